import { findingsOf, openFindings, reasonKept } from './doubt.ts'
import type { Office } from './office.ts'
import { ownersOf } from './overview.ts'
import { askedItems, isDone, progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'

const CODES_SHOWN = 6

/** What goes with the draft: how complete it is and who is awaited. */
export function summarise(round: Round, office: Office): readonly Say[] {
  const progress = progressOf(round, askedItems(round))
  const head: Say = { key: 'report.summary', values: { period: titleOf(round), ...progress } }
  const lines = waitingLines(round, office)
  const waiting: Say =
    lines.length === 0 ? { key: 'report.complete' } : { key: 'report.waiting', values: { lines } }
  return [head, ...findingSays(round), waiting]
}

const FINDINGS_SHOWN = 3

/** What does not add up, what was kept with a reason, what is merely remarked. */
function findingSays(round: Round): readonly Say[] {
  const all = findingsOf(round)
  const open = openFindings(round)
  const kept = all.filter((finding) => reasonKept(finding, round) !== undefined).length
  const remarks = all.filter((finding) => finding.severity === 'warn').length
  const lines = open
    .slice(0, FINDINGS_SHOWN)
    .map((finding): Say => ({ key: 'report.findingLine', values: { finding: finding.say } }))
  return [
    ...(open.length === 0
      ? []
      : [{ key: 'report.findings', values: { count: open.length, lines } } as const]),
    ...(kept === 0 ? [] : [{ key: 'report.kept', values: { count: kept } } as const]),
    ...(remarks === 0 ? [] : [{ key: 'report.remarks', values: { count: remarks } } as const]),
  ]
}

function waitingLines(round: Round, office: Office): readonly Say[] {
  return ownersOf(round, office).flatMap(({ person, items }): Say[] => {
    const open = items.filter((item) => !isDone(round, item))
    if (open.length === 0) return []
    const codes = open
      .slice(0, CODES_SHOWN)
      .map((item) => item.code)
      .join(', ')
    return [
      {
        key: 'report.waitingLine',
        values: {
          person: person.name,
          count: open.length,
          codes: open.length > CODES_SHOWN ? `${codes}…` : codes,
        },
      },
    ]
  })
}
