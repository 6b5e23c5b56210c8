import {
  addDecimals,
  compareDecimals,
  type Decimal,
  multiplyDecimals,
  subtractDecimals,
} from './figures/decimal.ts'
import type { Qualifier } from './figures/figure.ts'

/**
 * Where the true figure lies when one was written: from `lo`, itself included, to `hi`, itself excluded
 * when `isOpen`; no `hi` is no upper limit. Figures of a report are never below nought.
 */
export interface Interval {
  readonly lo: Decimal
  readonly hi: Decimal | undefined
  readonly isOpen: boolean
}

export const ZERO: Decimal = { units: 0n, scale: 0 }
export const HUNDRED: Decimal = { units: 100n, scale: 0 }
const LESS_A_TENTH: Decimal = { units: 9n, scale: 1 }
const PLUS_A_TENTH: Decimal = { units: 11n, scale: 1 }

/** Just this: a count of files. */
export function exactly(value: Decimal): Interval {
  return { lo: value, hi: value, isOpen: false }
}

/** All that is written so when rounded half up: 14.5 at one place → 14.45 up to, not with, 14.55. */
export function roundedTo(value: Decimal, places: number): Interval {
  const half: Decimal = { units: 5n, scale: places + 1 }
  const lo = subtractDecimals(value, half)
  return { lo: lo.units < 0n ? ZERO : lo, hi: addDecimals(value, half), isOpen: true }
}

/** What a qualifier makes of it: "hơn 175" has no upper limit, "khoảng 100" is taken as 90 to 110. */
export function qualify(interval: Interval, qualifier: Qualifier): Interval {
  const { lo, hi } = interval
  switch (qualifier) {
    case 'exact':
      return interval
    case 'atLeast':
      return { lo, hi: undefined, isOpen: false }
    case 'atMost':
      return { lo: ZERO, hi, isOpen: false }
    case 'approx':
    case 'estimate':
      return {
        lo: multiplyDecimals(lo, LESS_A_TENTH),
        hi: hi && multiplyDecimals(hi, PLUS_A_TENTH),
        isOpen: false,
      }
  }
}

/** [1, 2] + [10, 20) → [11, 22). */
export function addIntervals(a: Interval, b: Interval): Interval {
  return {
    lo: addDecimals(a.lo, b.lo),
    hi: a.hi && b.hi && addDecimals(a.hi, b.hi),
    isOpen: a.isOpen || b.isOpen,
  }
}

/** [1, 2] × [10, 20) → [10, 40). */
export function multiplyIntervals(a: Interval, b: Interval): Interval {
  return {
    lo: multiplyDecimals(a.lo, b.lo),
    hi: a.hi && b.hi && multiplyDecimals(a.hi, b.hi),
    isOpen: a.isOpen || b.isOpen,
  }
}

/** Nothing in `a` reaches anything in `b`: [1, 2) is below [2, 3], [1, 2] is not. */
export function isBelow(a: Interval, b: Interval): boolean {
  if (a.hi === undefined) return false
  const order = compareDecimals(a.hi, b.lo)
  return order < 0 || (order === 0 && a.isOpen)
}

/** Some figure could be both. */
export function isMeeting(a: Interval, b: Interval): boolean {
  return !isBelow(a, b) && !isBelow(b, a)
}
