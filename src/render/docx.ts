import {
  AlignmentType,
  Document,
  type FileChild,
  Header,
  HeadingLevel,
  type ISectionOptions,
  LineRuleType,
  PageNumber,
  Paragraph,
  SectionType,
  TextRun,
} from 'docx'
import type { Block, Report, Run, Signature } from '../core/report.ts'
import { layHead, markList } from './letterhead.ts'
import { seal } from './seal.ts'
import { centreLine, cleanText, FONT, type Look, layTable, TEXT_WIDTH, writeText } from './typography.ts'

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
export async function renderDocx(report: Report, words: RenderWords): Promise<Uint8Array> {
  const document = new Document({
    styles: { default: STYLES },
    sections: [
      ...(report.isDraft && report.cover.length > 0 ? [laySection(layCover(report.cover, words))] : []),
      laySection([...layHead(report, words), ...layBody(report.blocks), ...laySignature(report, words)]),
    ],
  })
  return seal(document, `${report.title} ${report.subject}`)
}

const BLACK = { font: FONT, size: 28, color: '000000' }
const STYLES = {
  document: { run: { ...BLACK, language: { value: 'vi-VN', eastAsia: 'vi-VN' } } },
  heading1: { run: { ...BLACK, bold: true } },
  heading2: { run: { ...BLACK, bold: true } },
  heading3: { run: BLACK },
}

/** A4 upright with its own page numbers, printed from the second page on. */
function laySection(children: readonly FileChild[]): ISectionOptions {
  const number = new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: 28 })
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: true,
      page: {
        size: { width: 11906, height: 16838 },
        margin: { top: 1134, bottom: 1134, left: 1701, right: 851, header: 567, footer: 567 },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      default: new Header({
        children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })],
      }),
    },
    children,
  }
}

function layCover(lines: readonly string[], { coverTitle }: RenderWords): readonly Paragraph[] {
  return [
    centreLine(coverTitle, { size: 14, bold: true }),
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

/** The last block stays with the signature: a signature alone on a page could be put under another text. */
function layBody(blocks: readonly Block[]): readonly Paragraph[] {
  return blocks.map((block, at) => {
    const isLast = at === blocks.length - 1
    return new Paragraph({
      ...(block.type === 'heading' ? { heading: HEADINGS[block.level].style } : {}),
      alignment: AlignmentType.JUSTIFIED,
      indent: { firstLine: 720 },
      spacing: { before: at === 0 ? 240 : 0, after: 120, line: 288, lineRule: LineRuleType.AUTO },
      keepNext: isLast || block.type === 'heading',
      children: block.runs.map((run) => writeRun(run, block)),
    })
  })
}

const HEADINGS = {
  1: { style: HeadingLevel.HEADING_1, isBold: true },
  2: { style: HeadingLevel.HEADING_2, isBold: true },
  3: { style: HeadingLevel.HEADING_3, isBold: false },
}

/** A gap stands out whatever it is part of. */
function writeRun({ text, source }: Run, block: Block): TextRun {
  const look: Look = { size: 14 }
  if (source.type === 'gap') return writeText(text, { ...look, bold: true, highlight: 'yellow' })
  if (block.type === 'paragraph') return writeText(text, look)
  return writeText(
    block.level === 1 ? cleanText(text).toUpperCase() : text,
    HEADINGS[block.level].isBold ? { ...look, bold: true } : look,
  )
}

/** Who receives it on the left, who signs on the right. */
function laySignature({ signature, recipients }: Report, words: RenderWords): readonly FileChild[] {
  const left = 4111
  return [
    layTable([left, TEXT_WIDTH - left], [[layRecipients(recipients, words), laySigner(signature)]]),
    new Paragraph({ spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } }),
  ]
}

function layRecipients(recipients: readonly string[], words: RenderWords): readonly Paragraph[] {
  return [
    writeLeft(words.recipients, { size: 12, bold: true, italics: true }),
    ...markList(recipients).map((line) => writeLeft(line, { size: 11 })),
  ]
}

/** Five lines are left between the office and the name for the signature and the seal. */
function laySigner({ powers, name }: Signature): readonly Paragraph[] {
  const look: Look = { size: 14, bold: true }
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
