import type { AskReason } from './figure.ts'

/**
 * Digits and number words run together in ways that have more than one reading, or none: what was meant is
 * asked, and nothing is offered that could be tapped by mistake. In the text as typed, accents kept.
 */
const MIXED: readonly Row[] = [
  // "2 mươi", "12 lăm", "1 tư": a word that belongs to a number, after digits
  { pattern: /\d\s*(?:mươi|mốt|lăm|linh|lẻ)(?!\p{L})/iu, why: 'words' },
  { pattern: /\d\s+(?:tư|ba|bốn|bảy|chín)\s*[.!]?$/iu, why: 'words' },
  // "hai không": twenty, or none twice
  { pattern: /(?<!\p{L})(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín)\s+không(?!\p{L})/iu, why: 'words' },
  // "ba phẩy linh năm", "ba phẩy một trăm": decimals are told digit by digit
  { pattern: /(?<!\p{L})phẩy\s+(?:linh|lẻ|\p{L}+\s+(?:trăm|nghìn|ngàn))(?!\p{L})/iu, why: 'words' },
  // "chưa có thứ Hai": not yet, and then? A nought it is not.
  { pattern: /(?<!\p{L})chưa có\s+(?:thứ|mai|tuần|ngày)(?!\p{L})/iu, why: 'partial' },
  // "9 tháng 3" is a day
  { pattern: /^(?!.*ngày)\D*\d+\s+tháng\s+\d+\s*[.!]?$/iu, why: 'dayOrRatio' },
  // "hẹn 14/13": no such day
  { pattern: /(?<!\p{L})hẹn\s+\d+\s*\/\s*\d+/iu, why: 'brokenDate', withFigure: true },
]

interface Row {
  readonly pattern: RegExp
  readonly why: AskReason
  /** Only where a figure was read in the text. */
  readonly withFigure?: boolean
}

/** Why a text that is asked for a number must be asked about whatever its figures read as. */
export function findMixed(text: string, hasFigure: boolean): AskReason | undefined {
  return MIXED.find(({ pattern, withFigure }) => (hasFigure || !withFigure) && pattern.test(text))?.why
}
