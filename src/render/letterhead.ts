import {
  AlignmentType,
  type FileChild,
  type IIndentAttributesProperties,
  Paragraph,
  type ParagraphChild,
} from 'docx'
import type { Report } from '../core/report.ts'
import type { RenderWords } from './docx.ts'
import { type Style, textWidth } from './style.ts'
import { centreLine, drawRule, FRAME, type Look, layTable, measureBold, writeText } from './typography.ts'

/** 99 mm hold the national name, 95,7 mm at 13 points, on one line; the issuer has what is left. */
const NATION = 5612

/** The law wants the rule under the issuer and the subject between a third and a half of the text. */
const RULE_SHARE = 0.42

/** What stands above the body on page 1: draft mark, letterhead, title, addressees. */
export function layHead(report: Report, words: RenderWords, style: Style): readonly FileChild[] {
  const issuerWidth = textWidth(style) - NATION
  return [
    ...(report.isDraft ? [stampDraft(words, issuerWidth)] : []),
    layLetterhead(report, words, issuerWidth),
    ...layTitle(report, style),
    ...layAddressees(report.addressees, words, style),
  ]
}

function stampDraft({ draftMark }: RenderWords, issuerWidth: number): Paragraph {
  const width = measureBold(draftMark, 12) + 400
  const left = Math.round((issuerWidth - width) / 2)
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    border: FRAME,
    indent: { left, right: issuerWidth + NATION - left - width },
    spacing: { before: 0, after: 120 },
    children: [writeText(draftMark, { size: 12, isBold: true })],
  })
}

function layLetterhead(report: Report, words: RenderWords, issuerWidth: number): FileChild {
  const date = report.date ?? words.openDate ?? ''
  const issuer = [
    ...report.issuer.map((line) => centreLine(line, { size: 13, isBold: true })),
    drawRule(shareOf(report.issuer.at(-1) ?? '', 13, issuerWidth), issuerWidth),
  ]
  const nation = [
    centreLine(words.nation, { size: 13, isBold: true }),
    centreLine(words.motto, { size: 14, isBold: true }),
    drawRule(measureBold(words.motto, 14), NATION),
  ]
  const number = [centreLine(`${words.number}${' '.repeat(8)}${report.symbol}`, { size: 13 }, 120)]
  const placeAndDate = [centreLine(`${report.place}, ${date}`, { size: 14, isItalic: true }, 120)]
  return layTable(
    [issuerWidth, NATION],
    [
      [issuer, nation],
      [number, placeAndDate],
    ],
  )
}

function layTitle({ title, subject }: Report, style: Style): readonly Paragraph[] {
  const look: Look = { size: style.bodySize, isBold: true }
  const room = textWidth(style)
  return [
    centreLine(title, look, 360),
    centreLine(subject, look),
    drawRule(shareOf(subject, style.bodySize, room), room),
  ]
}

/** One addressee stands beside the words; several stand below them, their dashes under the colon. */
function layAddressees(
  addressees: readonly string[],
  words: RenderWords,
  style: Style,
): readonly Paragraph[] {
  const look: Look = { size: style.bodySize }
  const [first, ...others] = addressees
  if (first === undefined) return []
  if (others.length === 0) return [centreLine(`${words.addressee} ${first}`, look, 240)]

  const measure = (text: string) => measureRegular(text, style.bodySize)
  const lines = markList(addressees)
  const dash = measure('- ')
  const colon = measure(words.addressee) - measure(':')
  const left = Math.max(0, Math.round((textWidth(style) - colon - Math.max(...lines.map(measure))) / 2))
  return [
    startLine(writeText(words.addressee, look), { left }, 240),
    ...lines.map((line) => startLine(writeText(line, look), { left: left + colon + dash, hanging: dash })),
  ]
}

function startLine(text: ParagraphChild, indent: IIndentAttributesProperties, before = 0): Paragraph {
  return new Paragraph({ indent, spacing: { before, after: 0 }, children: [text] })
}

/** Regular letters are about 6% narrower than bold ones. */
function measureRegular(text: string, size: number): number {
  return Math.round(measureBold(text, size) * 0.94)
}

/** ["A", "B"] → ["- A;", "- B."] */
export function markList(names: readonly string[]): readonly string[] {
  return names.map((name, at) => `- ${name}${at === names.length - 1 ? '.' : ';'}`)
}

function shareOf(text: string, size: number, room: number): number {
  return Math.round(Math.min(measureBold(text, size), room) * RULE_SHARE)
}
