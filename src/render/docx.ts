import { AlignmentType, Document, type FileChild, PageOrientation, Paragraph } from 'docx'
import type { Report, Signature } from '../core/report.ts'
import { layAnnex, layAppendix } from './appendix.ts'
import { layBody } from './body.ts'
import { layHead, markList } from './letterhead.ts'
import { numberPages, type Sheet } from './page.ts'
import { seal } from './seal.ts'
import { DEFAULT_STYLE, isLawful, type Style, textWidth } from './style.ts'
import { centreLine, FONT, type Look, layTable, leaveSpace, writeText } from './typography.ts'

/** The fixed phrases printed on the document. */
export interface RenderWords {
  readonly nation: string
  readonly motto: string
  /** Before the number that the clerk will write in. */
  readonly number: string
  readonly addressee: string
  readonly recipients: string
  readonly draftMark: string
  readonly coverTitle: string
  /** Stands for the date of a report that has none yet, with room to write it in. */
  readonly openDate?: string
}

/** The report as a .docx in the form of NĐ 30/2020/NĐ-CP, Phụ lục I. Equal reports give equal bytes. */
export async function renderDocx(
  report: Report,
  words: RenderWords,
  style: Style = DEFAULT_STYLE,
): Promise<Uint8Array> {
  if (!isLawful(style)) throw new Error(`outside the bounds of NĐ 30/2020: ${JSON.stringify(style)}`)
  const sheet: Sheet = { orientation: PageOrientation.PORTRAIT, margins: style.margins }
  const body = [
    ...layHead(report, words, style),
    ...layBody(report.blocks, style),
    ...laySignature(report, words, style),
  ]
  const document = new Document({
    styles: { default: STYLES },
    sections: [
      ...(report.isDraft && report.cover.length > 0
        ? [numberPages(layCover(report.cover, words), sheet)]
        : []),
      numberPages(body, sheet),
      ...report.appendices.map((appendix) => layAppendix(appendix, style)),
      ...(report.annex ? [layAnnex(report.annex, style)] : []),
    ],
  })
  return seal(document, `${report.title} ${report.subject}`)
}

const BLACK = { font: FONT, size: 28, color: '000000' }
const SMALL = { font: FONT, size: 22, color: '000000' }
const STYLES = {
  document: { run: { ...BLACK, language: { value: 'vi-VN', eastAsia: 'vi-VN' } } },
  heading1: { run: BLACK },
  heading2: { run: BLACK },
  heading3: { run: BLACK },
  footnoteText: { run: SMALL },
  footnoteTextChar: { run: SMALL },
  footnoteReference: { run: { font: FONT, color: '000000', superScript: true } },
}

function layCover(lines: readonly string[], { coverTitle }: RenderWords): readonly Paragraph[] {
  return [
    centreLine(coverTitle, { size: 14, isBold: true }),
    ...lines.map(
      (line) =>
        new Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          spacing: { before: 120 },
          children: [writeText(line, { size: 13 })],
        }),
    ),
  ]
}

/** Who receives it on the left, who signs on the right. */
function laySignature(
  { signature, recipients }: Report,
  words: RenderWords,
  style: Style,
): readonly FileChild[] {
  const left = 4111
  return [
    layTable(
      [left, textWidth(style) - left],
      [[layRecipients(recipients, words), laySigner(signature, style)]],
    ),
    leaveSpace(20),
  ]
}

function layRecipients(recipients: readonly string[], words: RenderWords): readonly Paragraph[] {
  return [
    writeLeft(words.recipients, { size: 12, isBold: true, isItalic: true }),
    ...markList(recipients).map((line) => writeLeft(line, { size: 11 })),
  ]
}

/** Five lines are left between the office and the name for the signature and the seal. */
function laySigner({ powers, name }: Signature, { bodySize }: Style): readonly Paragraph[] {
  const look: Look = { size: bodySize, isBold: true }
  return [
    ...powers.map((line) => centreLine(line, look)),
    ...Array.from({ length: 5 }, () => centreLine('', look)),
    centreLine(name, look),
  ]
}

function writeLeft(text: string, look: Look): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.LEFT,
    spacing: { before: 0, after: 0 },
    children: [writeText(text, look)],
  })
}
