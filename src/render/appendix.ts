import {
  AlignmentType,
  type FileChild,
  type ISectionOptions,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
} from 'docx'
import type { Appendix, Table } from '../core/report.ts'
import { layGrid } from './grid.ts'
import { numberPages, type Sheet } from './page.ts'
import { capitalise, textOfRuns, writeRuns } from './runs.ts'
import type { Style } from './style.ts'
import { centreLine, drawRule, leaveSpace } from './typography.ts'

/** A4 on its side, as in the decree's own forms. */
const SHEET: Sheet = {
  orientation: PageOrientation.LANDSCAPE,
  margins: { top: 1134, bottom: 851, left: 1701, right: 851 },
}
const WIDTH = 16838 - 1701 - 851

/** Twips: 3 cm, whatever the length of the line above. */
const RULE = 1701

/** An appendix of the report: a section of its own, closed by the mark that ends a text. */
export function layAppendix(appendix: Appendix, style: Style): ISectionOptions {
  const end = hasEnd(appendix.table) ? leaveSpace(20) : centreLine('./.', { size: style.bodySize }, 60)
  return numberPages([...layHead(appendix, style), layTable(appendix.table, style), end], SHEET)
}

/** The sources of the figures, for the office itself: laid out alike, but no part of the report. */
export function layAnnex(annex: Appendix, style: Style): ISectionOptions {
  return numberPages([...layHead(annex, style), layTable(annex.table, style), leaveSpace(20)], SHEET)
}

function layHead({ label, title, reference }: Appendix, { bodySize: size }: Style): readonly FileChild[] {
  return [
    ...centre(writeRuns(label, { size: 14, isBold: true })),
    ...centre(writeRuns(capitalise(title), { size, isBold: true })),
    ...(reference.length > 0
      ? [...centre(writeRuns(reference, { size, isItalic: true })), drawRule(RULE, WIDTH)]
      : []),
    leaveSpace(180),
  ]
}

function centre(children: readonly ParagraphChild[]): readonly Paragraph[] {
  if (children.length === 0) return []
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 60, after: 0 },
      keepNext: true,
      children,
    }),
  ]
}

function layTable(table: Table, { bodySize }: Style): FileChild {
  return layGrid(table, { width: WIDTH, size: bodySize === 14 ? 13 : 12 })
}

function hasEnd({ rows }: Table): boolean {
  return (rows.at(-1)?.cells ?? []).some((cell) => textOfRuns(cell).trimEnd().endsWith('./.'))
}
