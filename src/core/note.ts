import { reasonKept } from './doubt.ts'
import type { Finding } from './finding.ts'
import { inputsOf } from './formula.ts'
import { hasLeftover } from './leftover.ts'
import type { Run } from './report.ts'
import { findItem, type Round } from './round.ts'
import { layTemplate } from './template.ts'

/** The reason for a contradiction that was kept, and the items on whose figures it may stand. */
export interface Note {
  readonly codes: readonly string[]
  readonly runs: readonly Run[]
}

/** One note a contradiction; it stands on the first of its figures that is printed, or on what is computed from it. */
export function notesOn(findings: readonly Finding[], round: Round): Note[] {
  const { items, document } = round.pack
  return findings.flatMap((finding): Note[] => {
    if (finding.type === 'wording' || reasonKept(finding, round) === undefined) return []
    const parts = notePartsOf(finding, round)
    const isComputed = finding.type === 'computed' && document.noteComputed !== undefined
    const [template, at] = isComputed
      ? [document.noteComputed ?? '', 'document.noteComputed']
      : [document.note, 'document.note']
    const users = items.filter(({ formula }) =>
      formula ? inputsOf(formula).some((code) => finding.codes.includes(code)) : false,
    )
    const runs = layTemplate(template, () => undefined).map(
      (piece): Run =>
        piece.type === 'text'
          ? { text: piece.text, source: { type: 'pack', at } }
          : {
              text: parts[piece.name] ?? '',
              source: { type: 'finding', relationId: finding.relationId, part: piece.name },
              ...(hasLeftover(parts[piece.name] ?? '') ? { isDoubtful: true } : {}),
            },
    )
    return [{ codes: [...finding.codes, ...users.map(({ code }) => code)], runs }]
  })
}

/** Takes the notes due on the figure about to be printed out of the list: each stands once. */
export function takeNotes(code: string, notes: Note[]): readonly Run[] {
  const due = notes.filter(({ codes }) => codes.includes(code))
  for (const note of due) notes.splice(notes.indexOf(note), 1)
  const space: Run = { text: ' ', source: { type: 'pack', at: 'document.note' } }
  return due.flatMap(({ runs }, index) => (index === 0 ? runs : [space, ...runs]))
}

/** What the note of a contradiction is filled with. */
export function notePartsOf(finding: Finding, round: Round): Readonly<Record<string, string | undefined>> {
  return {
    ten: findItem(round.pack, finding.codes[0] ?? '')?.name,
    trai: finding.left,
    phai: finding.right,
    ly_do: reasonKept(finding, round),
  }
}
