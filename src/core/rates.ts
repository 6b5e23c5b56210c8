import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
} from './figures/decimal.ts'
import { type Facts, type Finding, found, repair } from './finding.ts'
import { exactly, HUNDRED, isBelow, isMeeting, multiplyIntervals } from './interval.ts'
import type { RelationOf } from './relation.ts'
import type { Say } from './say.ts'
import {
  nameOf,
  readRatio,
  readSide,
  type Side,
  writeBareGap,
  writeFraction,
  writeGap,
  writeNumber,
  writeSide,
  writeTerms,
} from './side.ts'

/** A rate beside the two figures it comes of: 5.090/5.370 is not 15,5 %. */
export function checkRate(relation: RelationOf<'rate'>, facts: Facts): Finding | undefined {
  const part = readSide(relation.part, facts, relation.missing)
  const whole = readSide([relation.whole], facts, relation.missing)
  if (!part || !whole) return undefined
  return compareRate(relation, { part, whole }, facts)
}

/** A rate beside its ratio: "12/12 điểm, đạt 95%". */
export function checkRatioRate(relation: RelationOf<'ratioRate'>, facts: Facts): Finding | undefined {
  const ratio = readRatio(relation.ratio, facts)
  return ratio && compareRate(relation, ratio, facts)
}

interface Fraction {
  readonly part: Side
  readonly whole: Side
}

/** Compares 100 · part with rate · whole, so that nothing is divided before it is judged. */
function compareRate(
  relation: RelationOf<'rate' | 'ratioRate'>,
  fraction: Fraction,
  facts: Facts,
): Finding | undefined {
  const rate = readSide([relation.rate], facts, relation.missing)
  if (!rate) return undefined
  const shares = multiplyIntervals(exactly(HUNDRED), fraction.part.interval)
  return isMeeting(shares, multiplyIntervals(rate.interval, fraction.whole.interval))
    ? undefined
    : describeRate(relation, { rate, ...fraction }, facts)
}

function describeRate(
  relation: RelationOf<'rate' | 'ratioRate'>,
  { rate, part, whole }: Fraction & { readonly rate: Side },
  facts: Facts,
): Finding | undefined {
  const hundredfold = multiplyDecimals(part.number, HUNDRED)
  // One decimal at least: beside 40 % an official is told 40,4 %, not 40 % again.
  const places = Math.min(2, Math.max(1, rate.number.scale))
  const computed = divideDecimals(hundredfold, whole.number, places)
  const exact = divideDecimals(hundredfold, whole.number, places + 1)
  if (!computed || !exact) return undefined
  const offered: Side = { ...rate, number: computed, isExact: part.isExact && whole.isExact }
  const values = {
    rate: nameOf(rate),
    fraction: writeFraction(part, whole),
    computed: writeNumber(computed, 'percent'),
    written: writeSide(rate),
  }
  const plain: Say =
    relation.type === 'rate'
      ? { key: 'find.rate', values }
      : { key: 'find.ratioRate', values: { ...values, ratio: nameOf(part) } }
  const finding = found(relation, [rate, part, whole], {
    left: `${values.fraction} = ${values.computed}`,
    right: values.written,
    difference: writeBareGap(rate, offered),
    say: plain,
    repairs: repair(rate, offered, facts),
  })
  const isCut = [rate, part, whole].every((side) => side.isExact) && isCutOff(rate, hundredfold, whole)
  if (!isCut) return finding
  const say: Say = { key: 'find.rounding', values: { ...values, exact: writeNumber(exact, 'percent') } }
  return { ...finding, severity: 'warn', say }
}

/** 14.58 written 14.5: the decimals that are there are right, only the last was not rounded. */
function isCutOff(rate: Side, hundredfold: Decimal, whole: Side): boolean {
  const next = addDecimals(rate.number, { units: 1n, scale: rate.number.scale })
  return (
    compareDecimals(multiplyDecimals(rate.number, whole.number), hundredfold) <= 0 &&
    compareDecimals(hundredfold, multiplyDecimals(next, whole.number)) < 0
  )
}

/** A score, or those present of those assigned, above its own maximum: 22/21. */
export function checkScore(relation: RelationOf<'score'>, facts: Facts): Finding | undefined {
  const ratio = readRatio(relation.item, facts)
  if (!ratio || !isBelow(ratio.whole.interval, ratio.part.interval)) return undefined
  const { part, whole } = ratio
  const [left, right] = [writeTerms(part), writeTerms(whole)]
  const names = { item: nameOf(part), written: writeFraction(part, whole) }
  return found(relation, [part, whole], {
    left,
    right,
    difference: writeBareGap(part, whole),
    say: {
      key: 'find.score',
      values: { ...names, part: left, whole: right, difference: writeGap(part, whole) },
    },
  })
}
