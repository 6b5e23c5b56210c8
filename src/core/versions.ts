import { type Answer, isSameGiven, type Moment } from './answer.ts'
import type { Version } from './approve.ts'
import type { Office } from './office.ts'
import { latestByCode, type Round } from './round.ts'
import type { Say } from './say.ts'
import { describeGiven } from './wording.ts'

const LINES_MAX = 10

/** The version a closed collection was approved with. */
export function approvedVersion(
  { isClosed, closedAt, period }: Pick<Round, 'isClosed' | 'closedAt' | 'period'>,
  versions: ReadonlyMap<string, readonly Version[]>,
): Version | undefined {
  // Closed by its approval, and not by somebody since it was reopened.
  const approved = versions.get(period.key)?.findLast(({ isApproved }) => isApproved)
  return isClosed && (closedAt === undefined || closedAt === approved?.at) ? approved : undefined
}

/** "09:10 ngày 12/3/2025" */
export function writeAt(at: Moment): string {
  return `${at.slice(11, 16)} ngày ${Number(at.slice(8, 10))}/${Number(at.slice(5, 7))}/${at.slice(0, 4)}`
}

/** What the answers of two versions say differently: each version is what had been said when it was made. */
export function describeDifference(
  {
    round,
    office,
    history,
  }: { readonly round: Round; readonly office: Office; readonly history: readonly Answer[] },
  from: Version,
  to: Version,
): readonly Say[] {
  const at = ({ at: made }: Version) => latestByCode(history.filter((answer) => answer.at <= made))
  const [older, newer] = [at(from), at(to)]
  const changes = round.pack.items.flatMap((item): Say[] => {
    const [was, is] = [older, newer].map((answers) => answers.get(item.code)?.given)
    if (was && is && isSameGiven(was, is)) return []
    const values = { code: item.code, item: item.name }
    if (was && is)
      return [
        {
          key: 'told.lineChanged',
          values: {
            ...values,
            before: describeGiven(was, item, office),
            value: describeGiven(is, item, office),
          },
        },
      ]
    if (is) return [{ key: 'versions.new', values: { ...values, value: describeGiven(is, item, office) } }]
    return was
      ? [{ key: 'versions.gone', values: { ...values, before: describeGiven(was, item, office) } }]
      : []
  })
  const values = { from: from.n, to: to.n }
  if (changes.length === 0) return [{ key: 'versions.same', values }]
  const lines = changes.slice(0, LINES_MAX)
  const more = changes.length - lines.length
  const rest: readonly Say[] = more === 0 ? [] : [{ key: 'told.more', values: { count: more } }]
  return [
    { key: 'versions.changes', values: { ...values, count: changes.length, lines: [...lines, ...rest] } },
  ]
}
