import type { Office } from './office.ts'
import { ownersOf } from './progress.ts'
import { isAnswered, progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'

const CODES_SHOWN = 6

/** What goes with the draft: how complete it is and who is awaited. */
export function summarise(round: Round, office: Office): readonly Say[] {
  const progress = progressOf(round, round.pack.items)
  const head: Say = { key: 'report.summary', values: { period: titleOf(round), ...progress } }
  const lines = waitingLines(round, office)
  return [
    head,
    lines.length === 0 ? { key: 'report.complete' } : { key: 'report.waiting', values: { lines } },
  ]
}

function waitingLines(round: Round, office: Office): readonly Say[] {
  return ownersOf(round, office).flatMap(({ person, items }): Say[] => {
    const open = items.filter((item) => !isAnswered(round.answers.get(item.code)?.given))
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
