import type { Day } from './answer.ts'
import { countDays, readIsoDay } from './figures/civil.ts'
import { type Decimal, readDecimal } from './figures/decimal.ts'
import type { FigureKind } from './figures/figure.ts'
import { writeFigure } from './figures/write.ts'
import { type Facts, type Finding, found } from './finding.ts'
import { exactly, type Interval, isBelow } from './interval.ts'
import { PERIOD_END, type RelationOf, SIGNING } from './relation.ts'
import type { Say, SayValue } from './say.ts'
import { kindOf, nameOf, readSide, type Side, writeBareGap, writeNumber, writeSide } from './side.ts'

/** A figure outside what is possible, or usual. */
export function checkBound(relation: RelationOf<'bound'>, facts: Facts): Finding | undefined {
  const side = readSide([relation.item], facts, relation.missing)
  if (!side) return undefined
  const min = relation.min === undefined ? undefined : readDecimal(relation.min)
  const max = relation.max === undefined ? undefined : readDecimal(relation.max)
  const written = side.isExact ? exactly(side.number) : side.interval
  const limit = limitBroken(written, min, max)
  if (!limit) return undefined
  const edge: Side = { ...side, number: limit }
  const range = describeRange(kindOf(side.item), min, max)
  return found(relation, [side], {
    left: writeSide(side),
    right: writeNumber(limit, kindOf(side.item)),
    difference: writeBareGap(side, edge),
    say: { key: 'find.bound', values: { item: nameOf(side), written: writeSide(side), range } },
  })
}

function limitBroken(
  written: Interval,
  min: Decimal | undefined,
  max: Decimal | undefined,
): Decimal | undefined {
  if (min && isBelow(written, exactly(min))) return min
  if (max && isBelow(exactly(max), written)) return max
  return undefined
}

function describeRange(kind: FigureKind, min: Decimal | undefined, max: Decimal | undefined): Say {
  const [low, high] = [min && writeNumber(min, kind), max && writeNumber(max, kind)]
  if (low === undefined) return { key: 'find.upTo', values: { max: high ?? '' } }
  if (high === undefined) return { key: 'find.from', values: { min: low } }
  return { key: 'find.between', values: { min: low, max: high } }
}

/** "4" where the form allows 0 and 1. */
export function checkCoded(relation: RelationOf<'coded'>, facts: Facts): Finding | undefined {
  const given = facts.valueOf(relation.item)
  if (given?.state !== 'value' || relation.values.includes(given.value)) return undefined
  const [left, right] = [given.value, relation.values.join(', ')]
  const item = facts.itemOf(relation.item)?.name ?? relation.item
  return found(relation, [{ codes: [relation.item], isExact: given.qualifier === 'exact' }], {
    left,
    right,
    say: { key: 'find.coded', values: { item, written: left, values: right } },
  })
}

/** A day that lies after the day it cannot lie after: a data window that ends after the signing. */
export function checkNotAfter(relation: RelationOf<'notAfter'>, facts: Facts): Finding | undefined {
  const earlier = readDay(relation.earlier, facts)
  const later = readDay(relation.later, facts)
  if (!earlier || !later || earlier.day <= later.day) return undefined
  const [left, right] = [writeDay(earlier.day), writeDay(later.day)]
  const days = countDays(earlier.day) - countDays(later.day)
  return found(relation, [earlier, later], {
    left,
    right,
    difference: String(days),
    say: {
      key: 'find.notAfter',
      values: { earlier: earlier.name, earlierDay: left, later: later.name, laterDay: right, days },
    },
  })
}

interface NamedDay {
  readonly day: Day
  readonly name: SayValue
  readonly codes: readonly string[]
  readonly isExact: boolean
}

/** Of several days the last one counts. */
function readDay(what: string, facts: Facts): NamedDay | undefined {
  if (what === PERIOD_END) return fixedDay(facts.periodEnd, { key: 'find.periodEnd' })
  if (what === SIGNING) return fixedDay(facts.signingDay, { key: 'find.signing' })
  const given = facts.valueOf(what)
  const day = given?.state === 'value' ? given.value.split('..').at(-1) : undefined
  if (given?.state !== 'value' || day === undefined || !readIsoDay(day)) return undefined
  const name = facts.itemOf(what)?.name ?? what
  return { day, name, codes: [what], isExact: given.qualifier === 'exact' }
}

function writeDay(day: Day): string {
  return writeFigure(day, { kind: 'date' })
}

function fixedDay(day: Day | undefined, name: Say): NamedDay | undefined {
  return day === undefined ? undefined : { day, name, codes: [], isExact: true }
}
