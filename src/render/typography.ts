import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'

/** Named on every script slot, or Word substitutes another font on some Vietnamese letters. */
export const FONT = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: 'Times New Roman',
}

/** Thin, black and close to the text: every line drawn on the document. */
const LINE = { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' }
export const FRAME = { top: LINE, bottom: LINE, left: LINE, right: LINE }
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const NO_LINES = { top: NO_LINE, bottom: NO_LINE, left: NO_LINE, right: NO_LINE }
const NO_PADDING = { top: 0, bottom: 0, left: 0, right: 0, marginUnitType: WidthType.DXA }

/** How a piece of text looks; `size` in points. */
export interface Look {
  readonly size: number
  readonly isBold?: boolean
  readonly isItalic?: boolean
  /** In yellow: somebody must look at it before the document leaves. */
  readonly isMarked?: boolean
}

export function writeText(text: string, { size, isBold, isItalic, isMarked }: Look): TextRun {
  return new TextRun({
    text: cleanText(text),
    font: FONT,
    size: size * 2,
    sizeComplexScript: size * 2,
    ...(isBold ? { bold: true } : {}),
    ...(isItalic ? { italics: true } : {}),
    ...(isMarked ? { highlight: 'yellow' } : {}),
  })
}

/** NFC, and without what XML cannot hold: control characters and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .normalize('NFC')
}

/** A line of the letterhead, the title or the signature: centred, single spacing. */
export function centreLine(text: string, look: Look, before = 0): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before, after: 0 },
    children: [writeText(text, look)],
  })
}

/** A horizontal rule of that length, centred in `room`: the top border of a low empty paragraph. */
export function drawRule(length: number, room: number): Paragraph {
  const side = Math.max(0, Math.round((room - length) / 2))
  return new Paragraph({
    border: { top: LINE },
    indent: { left: side, right: side },
    spacing: { before: 60, after: 0, line: 60, lineRule: LineRuleType.EXACT },
  })
}

/** An empty paragraph of that height; it also keeps apart two tables, which Word would join. */
export function leaveSpace(height: number, { keepNext = false } = {}): Paragraph {
  return new Paragraph({
    spacing: { before: 0, after: 0, line: height, lineRule: LineRuleType.EXACT },
    ...(keepNext ? { keepNext } : {}),
  })
}

/** A table without lines or padding, whose rows stay whole when the page ends. */
export function layTable(
  columns: readonly number[],
  rows: readonly (readonly (readonly Paragraph[])[])[],
): Table {
  return new Table({
    width: { size: columns.reduce((sum, column) => sum + column, 0), type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    margins: NO_PADDING,
    borders: { ...NO_LINES, insideHorizontal: NO_LINE, insideVertical: NO_LINE },
    rows: rows.map(
      (cells) =>
        new TableRow({
          cantSplit: true,
          children: cells.map(
            (children, at) =>
              new TableCell({
                children,
                borders: NO_LINES,
                width: { size: columns[at] ?? 0, type: WidthType.DXA },
              }),
          ),
        }),
    ),
  })
}

/** Thousandths of the font size each letter of bold Times takes; accents add nothing. */
const LETTER_WIDTHS: readonly (readonly [width: number, letters: string])[] = [
  [250, ' .,'],
  [278, 'il/'],
  [333, 'jft-:;()'],
  [389, 'Is'],
  [444, 'cerz'],
  [556, 'bdđhknpquS'],
  [611, 'FP'],
  [667, 'BELTZ'],
  [722, 'ACDĐNRUVXYw'],
  [778, 'GHKOQ'],
  [833, 'm'],
  [944, 'M'],
  [1000, 'W'],
]
const widthByLetter = new Map(
  LETTER_WIDTHS.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width] as const)),
)

/** Twips a bold text takes on one line; `size` in points. */
export function measureBold(text: string, size: number): number {
  const letters = [...text.normalize('NFD').replace(/\p{M}/gu, '')]
  const thousandths = letters.reduce((sum, letter) => sum + (widthByLetter.get(letter) ?? 500), 0)
  return Math.round((thousandths * size * 20) / 1000)
}
