import { AlignmentType, type FileChild, type IIndentAttributesProperties, Paragraph } from 'docx'
import type { Report } from '../core/report.ts'
import type { RenderWords } from './docx.ts'
import { centreLine, drawRule, FRAME, layTable, measureBold, TEXT_WIDTH, writeText } from './typography.ts'

/** 66 mm for the issuer; the other 99 hold the national name, 95,7 mm at 13 points, on one line. */
const ISSUER = 3742
const NATION = TEXT_WIDTH - ISSUER

/** The law wants the rule under the issuer and the subject between a third and a half of the text. */
const RULE_SHARE = 0.42

/** What stands above the body on page 1: draft mark, letterhead, title, addressees. */
export function layHead(report: Report, words: RenderWords): readonly FileChild[] {
  return [
    ...(report.isDraft ? [stampDraft(words)] : []),
    layLetterhead(report, words),
    ...layTitle(report),
    ...layAddressees(report.addressees, words),
  ]
}

function stampDraft({ draftMark }: RenderWords): Paragraph {
  const width = measureBold(draftMark, 12) + 400
  const left = Math.round((ISSUER - width) / 2)
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    border: FRAME,
    indent: { left, right: TEXT_WIDTH - left - width },
    spacing: { before: 0, after: 120 },
    children: [writeText(draftMark, { size: 12, bold: true })],
  })
}

function layLetterhead(report: Report, words: RenderWords): FileChild {
  const date = report.date ?? words.openDate ?? ''
  const issuer = [
    ...report.issuer.map((line) => centreLine(line, { size: 13, bold: true })),
    drawRule(shareOf(report.issuer.at(-1) ?? '', 13, ISSUER), ISSUER),
  ]
  const nation = [
    centreLine(words.nation, { size: 13, bold: true }),
    centreLine(words.motto, { size: 14, bold: true }),
    drawRule(measureBold(words.motto, 14), NATION),
  ]
  const number = [centreLine(`${words.number}${' '.repeat(8)}${report.symbol}`, { size: 13 }, 120)]
  const placeAndDate = [centreLine(`${report.place}, ${date}`, { size: 14, italics: true }, 120)]
  return layTable(
    [ISSUER, NATION],
    [
      [issuer, nation],
      [number, placeAndDate],
    ],
  )
}

function layTitle({ title, subject }: Report): readonly Paragraph[] {
  return [
    centreLine(title, { size: 14, bold: true }, 360),
    centreLine(subject, { size: 14, bold: true }),
    drawRule(shareOf(subject, 14, TEXT_WIDTH), TEXT_WIDTH),
  ]
}

/** One addressee stands beside the words; several stand below them, their dashes under the colon. */
function layAddressees(addressees: readonly string[], words: RenderWords): readonly Paragraph[] {
  const [first, ...others] = addressees
  if (first === undefined) return []
  if (others.length === 0) return [centreLine(`${words.addressee} ${first}`, { size: 14 }, 240)]

  const lines = markList(addressees)
  const dash = measureRegular('- ')
  const colon = measureRegular(words.addressee) - measureRegular(':')
  const left = Math.max(0, Math.round((TEXT_WIDTH - colon - Math.max(...lines.map(measureRegular))) / 2))
  return [
    startLine(words.addressee, { left }, 240),
    ...lines.map((line) => startLine(line, { left: left + colon + dash, hanging: dash })),
  ]
}

function startLine(text: string, indent: IIndentAttributesProperties, before = 0): Paragraph {
  return new Paragraph({ indent, spacing: { before, after: 0 }, children: [writeText(text, { size: 14 })] })
}

/** Regular letters at 14 points, about 6% narrower than bold ones. */
function measureRegular(text: string): number {
  return Math.round(measureBold(text, 14) * 0.94)
}

/** ["A", "B"] → ["- A;", "- B."] */
export function markList(names: readonly string[]): readonly string[] {
  return names.map((name, at) => `- ${name}${at === names.length - 1 ? '.' : ';'}`)
}

function shareOf(text: string, size: number, room: number): number {
  return Math.round(Math.min(measureBold(text, size), room) * RULE_SHARE)
}
