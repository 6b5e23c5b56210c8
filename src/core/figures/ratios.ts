import { type Amount, isKnown } from './amounts.ts'
import { askValues, createValue, isRateOf, listValues } from './answers.ts'
import { compareDecimals, type Decimal, isWholeDecimal, readDecimal, writeDecimal } from './decimal.ts'
import type { FigureQuestion, FigureReading } from './figure.ts'
import { readNumeral } from './numeral.ts'
import type { Measure, Ratio } from './pieces.ts'
import type { Figure } from './quantity.ts'
import { fitUnit } from './units.ts'

/** The two sides of a ratio, both settled. */
export interface Sides {
  readonly part: Decimal
  readonly whole: Decimal
  /** "7/28", canonical. */
  readonly value: string
}

/** The sides as numbers: thousands in a ratio, decimals in a score; a doubtful side → undefined. */
export function readSides(ratio: Ratio, asked: FigureQuestion): Sides | undefined {
  const [part, whole] = readAmounts(ratio, asked).flatMap((amount) =>
    isKnown(amount) ? (readDecimal(amount.value) ?? []) : [],
  )
  return part && whole && { part, whole, value: `${writeDecimal(part)}/${writeDecimal(whole)}` }
}

/** One "a/b" where a ratio or a score is asked; a rate beside it must agree. */
export function chooseRatio(measures: readonly Measure[], asked: FigureQuestion): FigureReading {
  const ratios = measures.filter((piece) => piece.type === 'ratio')
  const figures = measures.filter((piece) => piece.type === 'figure')
  const [ratio] = ratios
  if (ratio === undefined) return askForWhole(measures, figures, asked)
  const rates = figures.filter(({ dimension }) => dimension === 'percent')
  const values = new Set(ratios.map((each) => readSides(each, asked)?.value))
  if (values.size > 1 || ratios.length + rates.length < measures.length) {
    const offered = [...values].flatMap((value) => value ?? [])
    return askValues('severalNumbers', offered, asked)
  }
  const sides = readSides(ratio, asked)
  return sides === undefined ? askSide(ratio, asked) : acceptRatio(ratio, { sides, rates }, asked)
}

function acceptRatio(
  ratio: Ratio,
  { sides, rates }: { readonly sides: Sides; readonly rates: readonly Figure[] },
  asked: FigureQuestion,
): FigureReading {
  const { part, whole, value } = sides
  if (asked.kind === 'ratio' && ![part, whole].every(isWholeDecimal)) return askValues('fraction', [], asked)
  if (ratio.unit !== undefined && fitUnit(ratio.unit, asked.unit) === 'other')
    return askValues('unit', [value], asked)
  if (ratio.part.isNegative) return askValues('negative', [value], asked)
  if (compareDecimals(part, whole) > 0) {
    return askValues('overHundred', [value, value.split('/').reverse().join('/')], asked)
  }
  const isAgreed = rates.every(({ amount }) => isKnown(amount) && isRateOf(amount.value, part, whole))
  return isAgreed ? createValue(value, asked, ratio) : askValues('mismatch', [value], asked)
}

/** "7", "25%" or "7 nhiệm vụ, tổng 28" where "7/28" is asked. */
function askForWhole(
  measures: readonly Measure[],
  figures: readonly Figure[],
  asked: FigureQuestion,
): FigureReading {
  if (measures.some(({ type }) => type === 'range')) return askValues('range', [], asked)
  const counts = listValues(
    figures.filter(({ dimension }) => dimension !== 'percent' && dimension !== 'money'),
  )
  if (measures.length > 1) {
    const sides = counts.flatMap((count) => readDecimal(count) ?? []).sort(compareDecimals)
    const offered = sides.length === 2 ? [sides.map(writeDecimal).join('/')] : []
    return askValues('severalNumbers', offered, asked)
  }
  // A rate alone says neither of the two numbers.
  if (figures.some(({ dimension }) => dimension === 'percent')) return askValues('sides', [], asked)
  const last = asked.previous?.split('/')[1]
  return askValues('partial', last === undefined ? [] : counts.map((part) => `${part}/${last}`), asked)
}

function askSide(ratio: Ratio, asked: FigureQuestion): FigureReading {
  const amounts = readAmounts(ratio, asked)
  const [why = 'unreadable'] = amounts.flatMap((amount) => (isKnown(amount) ? [] : [amount.why]))
  const [parts = [], wholes = []] = amounts.map((amount) => listValues([{ amount }]))
  return askValues(
    why,
    parts.flatMap((part) => wholes.map((whole) => `${part}/${whole}`)),
    asked,
  )
}

function readAmounts({ part, whole }: Ratio, asked: FigureQuestion): readonly Amount[] {
  return [part, whole].map((side) => readAmount(side, asked))
}

/** "5.090/5.370" has thousands whatever is asked, except for points: "35.50/36". */
function readAmount({ amount, raw }: Figure, { kind }: FigureQuestion): Amount {
  const isUnreadable = !isKnown(amount) && amount.why === 'unreadable'
  return raw === undefined || isUnreadable
    ? amount
    : readNumeral(raw, kind === 'score' ? 'fraction' : 'whole')
}
