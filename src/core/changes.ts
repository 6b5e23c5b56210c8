import type { Given } from './answer.ts'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  readDecimal,
  subtractDecimals,
} from './figures/decimal.ts'
import { HUNDRED, ZERO } from './interval.ts'
import type { Item } from './pack.ts'
import { isNextOfKind, type Period } from './period.ts'
import { type Round, valuesOf } from './round.ts'

/** The period before, where it adjoins and is as long, or the same period a year ago. */
export type Against = 'previous' | 'yearBefore'

/** A figure that is not what it was, exactly: 228 after 200 is +28, which is 14 % more. */
export interface Change {
  readonly item: Item
  readonly now: Given
  readonly before: Given
  /** Below nought where it fell; between percents it is in points. */
  readonly difference: Decimal
  /** Of the earlier figure, in percent at two decimals; none from nought, and none between percents. */
  readonly share?: Decimal
}

/** What was known of an item then. */
export type Earlier = Readonly<Record<Against, (code: string) => Given | undefined>>

/** The figures this period may be held against. */
export function earlierOf({ pack, previous, yearBefore, before, period }: EarlierRound): Earlier {
  // The plan of this year counts nothing of another.
  const past = { items: pack.items.filter((item) => item.plan === undefined && !item.isTask && !item.detail) }
  return {
    // Three months are not held against the year before them.
    previous: valuesOf({
      pack: past,
      answers: before && isNextOfKind(before, period) ? previous : new Map(),
    }),
    yearBefore: valuesOf({ pack: past, answers: yearBefore ?? new Map() }),
  }
}

type EarlierRound = Pick<Round, 'pack' | 'previous' | 'yearBefore' | 'before' | 'period'>

/** Every figure known on both sides that is another now, what matters most first. */
export function changesOf(round: Round, against: Against): readonly Change[] {
  const earlier = earlierOf(round)
  const known = valuesOf(round)
  const changes = round.pack.items.flatMap((item): readonly Change[] => {
    const change = changeOf(item, { now: known(item.code), before: earlier[against](item.code) })
    return change && change.difference.units !== 0n && isComparable(item, against, round) ? [change] : []
  })
  // Sorting is stable: what matters alike stays in the order of the form.
  return changes
    .map((change) => ({ change, weight: weightOf(change) }))
    .sort((one, other) => compareDecimals(other.weight, one.weight))
    .map(({ change }) => change)
}

/** The period a comparison is with, where there is one. */
export function periodAgainst(round: Round, against: Against): Period | undefined {
  const { before, period } = round
  if (against === 'previous') return before && isNextOfKind(before, period) ? before : undefined
  if (!round.yearBefore) return undefined
  return { ...period, key: `${period.year - 1}-${period.name}`, year: period.year - 1 }
}

/** Counted since January, three months are not held against the six before them: only whole years are as long. */
export function isComparable(
  { span }: Item,
  against: Against,
  { before, period }: Pick<Round, 'before' | 'period'>,
): boolean {
  return span !== 'year' || against === 'yearBefore' || before?.name === period.name
}

/** The exact change of one item; undefined where a side is missing, or is "hơn" or "khoảng", or none can be told. */
export function changeOf(
  item: Item,
  sides: { readonly now: Given | undefined; readonly before: Given | undefined },
): Change | undefined {
  const { now, before } = sides
  const [one, other] = [readSide(now, item), readSide(before, item)]
  // "35/36" and "30/33" have no difference of their own.
  if (!now || !before || !one || !other || compareDecimals(one.of, other.of) !== 0) return undefined
  const difference = subtractDecimals(one.number, other.number)
  const share =
    item.kind === 'percent'
      ? undefined
      : divideDecimals(multiplyDecimals(difference, HUNDRED), sizeOf(other.number), 2)
  return { item, now, before, difference, ...(share ? { share } : {}) }
}

interface Side {
  readonly number: Decimal
  /** The maximum of a score, the whole of a ratio; nought where there is none. */
  readonly of: Decimal
}

function readSide(given: Given | undefined, { kind }: Item): Side | undefined {
  if (kind === 'text' || kind === 'choice' || kind === 'date') return undefined
  if (given?.state === 'none')
    return kind === 'ratio' || kind === 'score' ? undefined : { number: ZERO, of: ZERO }
  if (given?.state !== 'value' || given.qualifier !== 'exact') return undefined
  const [number, of] = given.value.split('/').map(readDecimal)
  return number && { number, of: of ?? ZERO }
}

/** Below nought or above, as far from it. */
export function sizeOf(number: Decimal): Decimal {
  return number.units < 0n ? { ...number, units: -number.units } : number
}

/** Ten more beneath every share: from 1 to 2 is no doubling worth a line, from 1.000 to 2.000 it is. */
const DAMPING: Decimal = { units: 10n, scale: 0 }
const ONE: Decimal = { units: 1n, scale: 0 }
/** Rates live within a hundred: twenty points weigh as much as a doubling. */
const POINTS: Decimal = { units: 20n, scale: 0 }
const PLACES = 6

/**
 * How much a change matters: its share of the earlier figure, tiny ones damped. What was nought and is
 * something now has no share; it weighs more than a doubling, the more the greater it is. Points of percent
 * weigh by themselves.
 */
function weightOf({ item, before, difference }: Change): Decimal {
  const size = sizeOf(difference)
  const over = (base: Decimal) => divideDecimals(size, base, PLACES) ?? ZERO
  if (item.kind === 'percent') return over(POINTS)
  const base = sizeOf(readSide(before, item)?.number ?? ZERO)
  if (base.units !== 0n) return over(addDecimals(base, DAMPING))
  return addDecimals(ONE, over(addDecimals(size, DAMPING)))
}
