import { isKnown } from './amounts.ts'
import { askValues, createValue, isRateOf, isWhole, listValues, NO_NUMBER } from './answers.ts'
import { compareDecimals, type Decimal, readDecimal } from './decimal.ts'
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
  const [partText, wholeText] = [readSide(ratio.part, asked), readSide(ratio.whole, asked)]
  const part = partText === undefined ? undefined : readDecimal(partText)
  const whole = wholeText === undefined ? undefined : readDecimal(wholeText)
  if (part === undefined || whole === undefined) return undefined
  return { part, whole, value: `${partText}/${wholeText}` }
}

/** One "a/b" where a ratio or a score is asked; a rate beside it must agree. */
export function chooseRatio(measures: readonly Measure[], asked: FigureQuestion): FigureReading {
  const ratios = measures.filter((piece) => piece.type === 'ratio')
  const figures = measures.filter((piece) => piece.type === 'figure')
  const [ratio] = ratios
  if (ratio === undefined) return askForWhole(measures, figures, asked)
  const rates = figures.filter(({ dimension }) => dimension === 'percent')
  const sides = readSides(ratio, asked)
  const isOne = ratios.every((each) => readSides(each, asked)?.value === sides?.value)
  if (!isOne || ratios.length + rates.length < measures.length) {
    const offered = ratios.flatMap((each) => readSides(each, asked)?.value ?? [])
    return askValues('severalNumbers', offered, asked)
  }
  if (sides === undefined) return askSide(ratio, asked)
  return acceptRatio(ratio, { sides, rates }, asked)
}

function acceptRatio(
  ratio: Ratio,
  { sides, rates }: { readonly sides: Sides; readonly rates: readonly Figure[] },
  asked: FigureQuestion,
): FigureReading {
  const { part, whole, value } = sides
  if (asked.kind === 'ratio' && !value.split('/').every(isWhole)) return askValues('fraction', [], asked)
  if (ratio.unit !== undefined && fitUnit(ratio.unit, asked.unit) === 'other')
    return askValues('unit', [value], asked)
  if (ratio.part.isNegative) return askValues('negative', [value], asked)
  if (compareDecimals(part, whole) > 0) {
    return askValues('overHundred', [value, value.split('/').reverse().join('/')], asked)
  }
  const isAgreed = rates.every(({ amount }) => isKnown(amount) && isRateOf(amount.value, part, whole))
  if (!isAgreed) return askValues('mismatch', [value], asked)
  const { unit, qualifier } = ratio
  return createValue(value, asked, { qualifier, ...(unit === undefined ? {} : { unit }) })
}

/** "7", "25%" or "7 nhiệm vụ, tổng 28" where "7/28" is asked. */
function askForWhole(
  measures: readonly Measure[],
  figures: readonly Figure[],
  asked: FigureQuestion,
): FigureReading {
  if (measures.some(({ type }) => type === 'range')) return askValues('range', [], asked)
  if (measures.length === 0) return NO_NUMBER
  const counts = figures.filter(({ dimension }) => dimension !== 'percent' && dimension !== 'money')
  const [part, whole, ...rest] = listValues(counts)
  if (part !== undefined && whole !== undefined && rest.length === 0) {
    const [a, b] = [readDecimal(part), readDecimal(whole)]
    const isPart = a !== undefined && b !== undefined && compareDecimals(a, b) <= 0
    return askValues('severalNumbers', isPart ? [`${part}/${whole}`] : [`${whole}/${part}`], asked)
  }
  const last = asked.previous?.split('/')[1]
  const offered = figures.length === 1 && part !== undefined && last !== undefined ? [`${part}/${last}`] : []
  return askValues(measures.length > 1 ? 'severalNumbers' : 'partial', offered, asked)
}

function askSide(ratio: Ratio, asked: FigureQuestion): FigureReading {
  const sides = [ratio.part, ratio.whole].map((side) => readSideAmount(side, asked))
  const doubtful = sides.find((side) => !isKnown(side))
  const [parts = [], wholes = []] = sides.map((side) => (isKnown(side) ? [side.value] : side.choices))
  const offered = parts.flatMap((part) => wholes.map((whole) => `${part}/${whole}`))
  return askValues(doubtful === undefined || isKnown(doubtful) ? 'unreadable' : doubtful.why, offered, asked)
}

function readSide(side: Figure, asked: FigureQuestion): string | undefined {
  const amount = readSideAmount(side, asked)
  return isKnown(amount) ? amount.value : undefined
}

/** "5.090/5.370" has thousands whatever is asked, except for points: "35.50/36". */
function readSideAmount(side: Figure, { kind }: FigureQuestion): Figure['amount'] {
  const isUnreadable = !isKnown(side.amount) && side.amount.why === 'unreadable'
  if (side.raw === undefined || isUnreadable) return side.amount
  return readNumeral(side.raw, kind === 'score' ? 'fraction' : 'whole')
}
