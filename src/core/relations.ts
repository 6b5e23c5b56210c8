import { writeQualified } from './figures/write.ts'
import { type Facts, type Finding, found, namesOf, repair } from './finding.ts'
import { exactly, HUNDRED, isBelow, isMeeting } from './interval.ts'
import { checkBound, checkCoded, checkNotAfter } from './limits.ts'
import { never } from './never.ts'
import { checkRate, checkRatioRate, checkScore } from './rates.ts'
import type { Relation, RelationOf } from './relation.ts'
import type { Say } from './say.ts'
import {
  kindOf,
  nameOf,
  readSide,
  type Side,
  type Source,
  writeBareGap,
  writeGap,
  writeNumber,
  writeSide,
} from './side.ts'

/**
 * Checks every relation whose values are present. Written figures are intervals by their decimals, so
 * 92/228 may be called 40 %; one that was cut off instead of rounded (7/48 as 14,5 %) is only a warning.
 */
export function checkRelations(relations: readonly Relation[], facts: Facts): readonly Finding[] {
  return relations.map((relation) => checkRelation(relation, facts)).filter((one) => one !== undefined)
}

function checkRelation(relation: Relation, facts: Facts): Finding | undefined {
  switch (relation.type) {
    case 'sum':
      return checkSum(relation, facts)
    case 'part':
      return checkPart(relation, facts)
    case 'balance':
      return checkBalance(relation, facts)
    case 'rate':
      return checkRate(relation, facts)
    case 'ratioRate':
      return checkRatioRate(relation, facts)
    case 'score':
      return checkScore(relation, facts)
    case 'bound':
      return checkBound(relation, facts)
    case 'coded':
      return checkCoded(relation, facts)
    case 'exclusive':
      return checkExclusive(relation, facts)
    case 'carried':
      return checkCarried(relation, facts)
    case 'grows':
      return checkGrows(relation, facts)
    case 'same':
      return checkSame(relation, facts)
    case 'notAfter':
      return checkNotAfter(relation, facts)
    default:
      return never(relation)
  }
}

function checkSum(relation: RelationOf<'sum'>, facts: Facts): Finding | undefined {
  const total = readSide([relation.total], facts, relation.missing)
  const parts = readSide(relation.parts, facts, relation.missing)
  if (!total || !parts || isMeeting(total.interval, parts.interval)) return undefined
  const [left, right] = [writeSide(parts), writeSide(total)]
  const values = { total: nameOf(total), written: right, parts: left, difference: writeGap(total, parts) }
  return found(relation, [total, parts], {
    left,
    right,
    difference: writeBareGap(total, parts),
    say: { key: 'find.sum', values },
    repairs: repair(total, parts, facts),
  })
}

function checkPart(relation: RelationOf<'part'>, facts: Facts): Finding | undefined {
  const part = readSide([relation.part], facts, relation.missing)
  const whole = readSide([relation.whole], facts, relation.missing)
  if (!part || !whole || !isBelow(whole.interval, part.interval)) return undefined
  const [left, right] = [writeSide(part), writeSide(whole)]
  const names = { part: nameOf(part), whole: nameOf(whole) }
  return found(relation, [part, whole], {
    left,
    right,
    difference: writeBareGap(part, whole),
    say: {
      key: 'find.part',
      values: { ...names, written: left, wholeWritten: right, difference: writeGap(part, whole) },
    },
  })
}

function checkBalance(relation: RelationOf<'balance'>, facts: Facts): Finding | undefined {
  const one = readSide(relation.left, facts, relation.missing)
  const other = readSide(relation.right, facts, relation.missing)
  if (!one || !other || isMeeting(one.interval, other.interval)) return undefined
  const [left, right] = [writeSide(one), writeSide(other)]
  const names = { leftNames: namesOf(one, facts), rightNames: namesOf(other, facts) }
  return found(relation, [one, other], {
    left,
    right,
    difference: writeBareGap(one, other),
    say: { key: 'find.balance', values: { ...names, left, right, difference: writeGap(one, other) } },
    repairs: [...repair(one, other, facts), ...repair(other, one, facts)],
  })
}

function checkExclusive(relation: RelationOf<'exclusive'>, facts: Facts): Finding | undefined {
  const shares = readSide(relation.items, facts, relation.missing)
  if (!shares || !isBelow(exactly(HUNDRED), shares.interval)) return undefined
  const all: Side = { ...shares, number: HUNDRED }
  const [left, right] = [writeSide(shares), writeNumber(HUNDRED, 'percent')]
  const values = { items: namesOf(shares, facts), parts: left, difference: writeGap(shares, all) }
  return found(relation, [shares], {
    left,
    right,
    difference: writeBareGap(shares, all),
    say: { key: 'find.exclusive', values },
  })
}

/** What came over from the last period is what was left at its end. */
function checkCarried(relation: RelationOf<'carried'>, facts: Facts): Finding | undefined {
  const now = readSide([relation.item], facts)
  const before = readSide([relation.last], beforeOf(facts))
  if (!now || !before || isMeeting(now.interval, before.interval)) return undefined
  const [left, right] = [writeSide(now), writeSide(before)]
  const names = { item: nameOf(now), last: nameOf(before) }
  return found(relation, [now, { ...before, codes: [] }], {
    left,
    right,
    difference: writeBareGap(now, before),
    say: {
      key: 'find.carried',
      values: { ...names, written: left, previous: right, difference: writeGap(now, before) },
    },
    repairs: repair(now, before, facts),
  })
}

function checkGrows(relation: RelationOf<'grows'>, facts: Facts): Finding | undefined {
  const now = readSide([relation.item], facts)
  const before = readSide([relation.item], beforeOf(facts))
  if (!facts.isSameYear || !now || !before || !isBelow(now.interval, before.interval)) return undefined
  const [left, right] = [writeSide(now), writeSide(before)]
  const values = { item: nameOf(now), written: left, previous: right, difference: writeGap(now, before) }
  return found(relation, [now, before], {
    left,
    right,
    difference: writeBareGap(now, before),
    say: { key: 'find.grows', values },
  })
}

function beforeOf({ previousOf, itemOf }: Facts): Source {
  return { valueOf: previousOf, itemOf }
}

function checkSame(relation: RelationOf<'same'>, facts: Facts): Finding | undefined {
  const kind = facts.itemOf(relation.item)?.kind
  if (kind === 'ratio' || kind === 'score' || kind === 'date' || kind === 'choice')
    return compareWritten(relation, facts)
  const one = readSide([relation.item], facts, relation.missing)
  const other = readSide([relation.other], facts, relation.missing)
  if (!one || !other || isMeeting(one.interval, other.interval)) return undefined
  const [left, right] = [writeSide(one), writeSide(other)]
  return found(relation, [one, other], {
    left,
    right,
    difference: writeBareGap(one, other),
    say: sayDifferent({ item: nameOf(one), written: left }, { item: nameOf(other), written: right }),
    repairs: [...repair(one, other, facts), ...repair(other, one, facts)],
  })
}

/** Ratios, days and choices are the same when they are written the same. */
function compareWritten(relation: RelationOf<'same'>, facts: Facts): Finding | undefined {
  const one = readWritten(relation.item, facts)
  const other = readWritten(relation.other, facts)
  if (!one || !other || one.given.value === other.given.value) return undefined
  const repairs = [
    { code: relation.item, given: other.given },
    { code: relation.other, given: one.given },
  ]
  return found(relation, [one, other], {
    left: one.written,
    right: other.written,
    say: sayDifferent(one, other),
    repairs: repairs.filter(({ code }) => facts.itemOf(code)?.source !== 'derived'),
  })
}

function readWritten(code: string, facts: Facts) {
  const given = facts.valueOf(code)
  if (given?.state !== 'value') return undefined
  const item = facts.itemOf(code)
  const option = item?.options?.find(({ value }) => value === given.value)
  const written = option?.name ?? writeQualified(given, { kind: kindOf(item) })
  return { codes: [code], isExact: given.qualifier === 'exact', given, item: item?.name ?? code, written }
}

interface Named {
  readonly item: string
  readonly written: string
}

function sayDifferent(one: Named, other: Named): Say {
  return {
    key: 'find.same',
    values: {
      item: one.item,
      written: one.written,
      other: other.item,
      otherWritten: other.written,
    },
  }
}
