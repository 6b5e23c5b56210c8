import { AlignmentType, FootnoteReferenceRun, Paragraph, type ParagraphChild } from 'docx'
import type { Run } from '../core/report.ts'
import { cleanText, type Look, writeText } from './typography.ts'

/** Points; the law names no size for the foot of the page. */
const NOTE_SIZE = 11

/** Runs of the report as runs of the document. A gap stands out whatever it is part of, a doubt too. */
export function writeRuns(runs: readonly Run[], look: Look): readonly ParagraphChild[] {
  return runs.flatMap((run) => [
    writeRun(run, look),
    ...(run.note && run.note.length > 0 ? [writeNote(run.note)] : []),
  ])
}

export function capitalise(runs: readonly Run[]): readonly Run[] {
  return runs.map((run) => ({ ...run, text: cleanText(run.text).toUpperCase() }))
}

export function textOfRuns(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('')
}

function writeRun({ text, source, isDoubtful = false }: Run, look: Look) {
  if (source.type === 'gap') return writeText(text, { ...look, isBold: true, isMarked: true })
  return writeText(text, { ...look, isMarked: isDoubtful })
}

/** Word knows no notes within notes: what a note would say at its foot follows in its text. */
function writeNote(note: readonly Run[]): FootnoteReferenceRun {
  const runs = note.flatMap((run) => [run, ...(run.note ?? [])])
  const look: Look = { size: NOTE_SIZE }
  return new FootnoteReferenceRun({
    children: [
      new Paragraph({
        style: 'FootnoteText',
        alignment: AlignmentType.JUSTIFIED,
        children: [writeText(' ', look), ...runs.map((run) => writeRun(run, look))],
      }),
    ],
  })
}
