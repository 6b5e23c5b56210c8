import { readIsoDay } from './civil.ts'
import { type Decimal, readDecimal, roundDecimal, writeDecimal } from './decimal.ts'
import type { FigureKind, FigureValue, Qualifier } from './figure.ts'

/** What the figure is of; the unit is written after it where one is given. */
export interface WrittenAs {
  readonly kind: FigureKind
  readonly unit?: string
}

/** Office style: "05" for a count below ten, and so in ratios. */
export interface FigureStyle {
  readonly leadingZero: boolean
}

const PLAIN: FigureStyle = { leadingZero: false }

/**
 * The canonical Vietnamese form, which `readFigure` reads back to the same value (half up to two decimals):
 * 7847 → "7.847", 95.5 % → "95,5%", 768000 → "768.000 đồng", 7/28 → "07/28", 2025-03-14 → "14/03/2025".
 */
export function writeFigure(value: string, asked: WrittenAs, style: FigureStyle = PLAIN): string {
  switch (asked.kind) {
    case 'count':
      return addUnit(writeNumber(value, { places: 2, isFraction: false, style }), asked.unit)
    case 'decimal':
      return addUnit(writeNumber(value, { places: 2, isFraction: true, style: PLAIN }), asked.unit)
    case 'percent':
      return `${writeNumber(value, { places: 2, isFraction: true, style: PLAIN })}%`
    case 'money':
      return addUnit(
        writeNumber(value, { places: 0, isFraction: false, style: PLAIN }),
        readMoneyUnit(asked.unit),
      )
    case 'ratio':
      return addUnit(writeSides(value, { places: 2, isFraction: false, style }), asked.unit)
    case 'score':
      return addUnit(writeSides(value, { places: 2, isFraction: true, style: PLAIN }), asked.unit)
    case 'date':
      return value.split('..').map(writeDay).join(' đến ')
  }
}

/** The same with its qualifier in words: 175 atLeast → "hơn 175 lượt". */
export function writeQualified(
  figure: Pick<FigureValue, 'value' | 'qualifier'>,
  asked: WrittenAs,
  style: FigureStyle = PLAIN,
): string {
  return `${QUALIFIERS[figure.qualifier]}${writeFigure(figure.value, asked, style)}`
}

/** NĐ 30/2020: "ngày 05 tháng 3 năm 2025"; days below ten and the first two months have a leading nought. */
export function writeLongDate(iso: string): string {
  const parts = readIsoDay(iso)
  if (parts === undefined) return iso
  const month = parts.month < 3 ? padTwo(parts.month) : String(parts.month)
  return `ngày ${padTwo(parts.day)} tháng ${month} năm ${parts.year}`
}

const QUALIFIERS: Readonly<Record<Qualifier, string>> = {
  exact: '',
  approx: 'khoảng ',
  atLeast: 'hơn ',
  atMost: 'không quá ',
  estimate: 'ước ',
}

interface Form {
  readonly places: number
  /** A decimal may be asked here, so "1.234" alone would be doubtful. */
  readonly isFraction: boolean
  readonly style: FigureStyle
}

function writeNumber(value: string, form: Form): string {
  const decimal = readDecimal(value)
  return decimal === undefined ? value : writeRounded(roundDecimal(decimal, form.places), form)
}

function writeRounded(decimal: Decimal, { isFraction, style }: Form): string {
  const [signed = '', fraction] = writeDecimal(decimal).split('.')
  const whole = signed.replace('-', '')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.')
  const isDoubtful = isFraction && fraction === undefined && /^\d{1,3}\.\d{3}$/.test(grouped)
  const padded = style.leadingZero && fraction === undefined && whole.length === 1 ? `0${whole}` : grouped
  const decimals = fraction ?? (isDoubtful ? '0' : undefined)
  return `${signed.startsWith('-') ? '-' : ''}${padded}${decimals === undefined ? '' : `,${decimals}`}`
}

function writeSides(value: string, form: Form): string {
  return value
    .split('/')
    .map((side) => writeNumber(side, form))
    .join('/')
}

function writeDay(iso: string): string {
  const parts = readIsoDay(iso)
  return parts === undefined
    ? iso
    : `${padTwo(parts.day)}/${padTwo(parts.month)}/${String(parts.year).padStart(4, '0')}`
}

/** Values are kept in đồng, even where the column is in triệu. */
function readMoneyUnit(unit: string | undefined): string {
  return unit?.startsWith('đồng') ? unit : 'đồng'
}

function addUnit(written: string, unit: string | undefined): string {
  return unit === undefined ? written : `${written} ${unit}`
}

function padTwo(value: number): string {
  return String(value).padStart(2, '0')
}
