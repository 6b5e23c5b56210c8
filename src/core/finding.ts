import type { Day, Given } from './answer.ts'
import type { Relation, Severity } from './relation.ts'
import type { Say } from './say.ts'
import { givenFor, type Side, type Source } from './side.ts'

/** What is known when relations are checked; a derived item's value is given like any other. */
export interface Facts extends Source {
  /** The same item in the period before. */
  readonly previousOf: (code: string) => Given | undefined
  /** The last day of the data window. */
  readonly periodEnd?: Day
  readonly signingDay?: Day
  /** The period before lies in the same year, so cumulative figures may be compared. */
  readonly isSameYear?: boolean
}

/** A relation that does not hold, with both sides' numbers as an official would write them. */
export interface Finding {
  readonly relationId: string
  readonly type: Relation['type'] | 'wording' | 'documents' | 'computed' | 'rival'
  readonly severity: Severity
  /** The items of this period that are in contradiction. */
  readonly codes: readonly string[]
  /** "2.324 + 54 + 3 = 2.381" */
  readonly left: string
  /** "2.382" */
  readonly right: string
  /** "1"; between days, their number */
  readonly difference?: string
  /** One sentence without a greeting: small first letter, no full stop. */
  readonly say: Say
  /** What would mend it; offered, never done by itself. */
  readonly repairs: readonly Repair[]
}

export interface Repair {
  readonly code: string
  readonly given: Given
}

/** What a finding says; the rest follows from its relation and its sides. */
type Details = Pick<Finding, 'left' | 'right' | 'say'> & Partial<Pick<Finding, 'difference' | 'repairs'>>

/** What rests on "khoảng" or "hơn" is no more than a warning. */
export function found(
  relation: Relation,
  sides: readonly Pick<Side, 'codes' | 'isExact'>[],
  details: Details,
): Finding {
  return {
    relationId: relation.id,
    type: relation.type,
    severity: sides.every((side) => side.isExact) ? relation.severity : 'warn',
    codes: [...new Set(sides.flatMap((side) => side.codes))],
    repairs: [],
    ...details,
  }
}

/** Puts the number of one side where a single, asked figure stands on the other. */
export function repair(target: Side, by: Side, facts: Facts): readonly Repair[] {
  const [code, ...more] = target.codes
  if (code === undefined || more.length > 0 || facts.itemOf(code)?.source === 'derived') return []
  return [{ code, given: givenFor(by.number, facts.valueOf(code), by.isExact ? 'exact' : 'approx') }]
}

/** "Số hồ sơ đã giải quyết + Số hồ sơ đang giải quyết" */
export function namesOf(side: Side, facts: Facts): string {
  return side.codes.map((code) => facts.itemOf(code)?.name ?? code).join(' + ')
}
