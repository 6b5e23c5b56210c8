import { isKnown } from './amounts.ts'
import {
  askValues,
  computeRate,
  createAsk,
  createValue,
  isRateOf,
  isSameAmount,
  isTenfold,
  isWhole,
  listValues,
} from './answers.ts'
import { compareDecimals, multiplyDecimals, readDecimal, roundDecimal, writeDecimal } from './decimal.ts'
import type { FigureAsk, FigureQuestion, FigureReading } from './figure.ts'
import type { Measure, Ratio } from './pieces.ts'
import type { Figure } from './quantity.ts'
import { readSides } from './ratios.ts'
import { fitUnit, readColumnExponent } from './units.ts'

/** One number where a count, a decimal, a percent or an amount of money is asked. */
export function chooseLevel(measures: readonly Measure[], asked: FigureQuestion): FigureReading {
  const ratios = measures.filter((piece) => piece.type === 'ratio')
  const [ratio] = ratios
  if (ratio !== undefined && asked.kind === 'percent') return chooseRate(measures, asked, ratio)
  const apart = measures.filter((piece) => piece.type !== 'figure')
  if (apart.length > 0) return askApart(measures, asked)
  return chooseFigure(measures as readonly Figure[], asked)
}

/** Ranges, pairs and ratios never answer a question for one number; their parts are offered. */
function askApart(measures: readonly Measure[], asked: FigureQuestion): FigureAsk {
  const [first] = measures
  const figures = measures.flatMap(listFigures)
  const own = figures.filter((figure) => fitFigure(figure, asked) === 'own')
  const said = listValues(
    own.length > 0 ? own : figures.filter((figure) => fitFigure(figure, asked) !== 'other'),
  )
  // "2-3 triệu": nobody means two đồng.
  const values = asked.kind === 'money' ? said.filter((value) => value.length > 3) : said
  if (measures.some((piece) => piece.type === 'range')) return askValues('range', values, asked)
  const isDay =
    measures.length === 1 && first?.type === 'ratio' && first.unit === undefined && couldBeDay(first)
  return askValues(isDay ? 'dayOrRatio' : 'severalNumbers', values, asked)
}

function listFigures(measure: Measure): readonly Figure[] {
  switch (measure.type) {
    case 'figure':
      return [measure]
    case 'ratio':
      return [measure.part, measure.whole]
    case 'range':
      return measure.ends
    case 'pair':
      return measure.sides
  }
}

function couldBeDay({ part, whole }: Ratio): boolean {
  const [day, month] = [Number(part.raw), Number(whole.raw)]
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

// A percent from "893/990", with or without the rate beside it.

function chooseRate(measures: readonly Measure[], asked: FigureQuestion, ratio: Ratio): FigureReading {
  const others = measures.filter((piece) => piece !== ratio)
  const sides = readSides(ratio, asked)
  const [figure] = others
  if (
    others.length > 1 ||
    (figure !== undefined && (figure.type !== 'figure' || figure.dimension !== 'percent'))
  ) {
    return askApart(measures, asked)
  }
  const rate = sides && computeRate(sides.part, sides.whole, 2)
  const computed = rate === undefined ? [] : [writeDecimal(rate)]
  if (figure === undefined) return askValues('share', computed, asked)
  const [given] = listValues([figure])
  if (sides && given !== undefined && isKnown(figure.amount) && isRateOf(given, sides.part, sides.whole)) {
    return acceptFigure(figure, asked)
  }
  return askValues('mismatch', [...listValues([figure]), ...computed], asked)
}

// One figure among several.

type Fit = 'own' | 'bare' | 'percent' | 'other'

/** Whether a figure is of the kind asked for, may be, or is of another. */
function fitFigure(figure: Figure, asked: FigureQuestion): Fit {
  const { dimension, unit } = figure
  if (asked.kind === 'percent' && (dimension === 'unit' || isAmountOfMoney(figure))) return 'other'
  if (dimension === 'bare') return 'bare'
  if (dimension === 'percent') return asked.kind === 'percent' || asked.unit === '%' ? 'own' : 'percent'
  if (asked.kind === 'money' || dimension === 'money') return asked.kind === dimension ? 'own' : 'other'
  const fit = fitUnit(unit ?? '', asked.unit)
  return ({ same: 'own', loose: 'bare', other: 'other' } as const)[fit]
}

const THOUSAND = { units: 1000n, scale: 0 }

/** "1 tỷ 250 triệu" is no share, though no "đồng" follows it. */
function isAmountOfMoney({ dimension, raw, amount }: Figure): boolean {
  if (dimension === 'money') return true
  const number = raw === undefined && isKnown(amount) ? readDecimal(amount.value) : undefined
  return dimension === 'bare' && number !== undefined && compareDecimals(number, THOUSAND) >= 0
}

function chooseFigure(figures: readonly Figure[], asked: FigureQuestion): FigureReading {
  const fits = (fit: Fit): readonly Figure[] => figures.filter((figure) => fitFigure(figure, asked) === fit)
  const [own, bare, other] = [fits('own'), fits('bare'), fits('other')]
  const spelled = askSpelled(figures, asked)
  if (spelled !== undefined) return spelled
  // A figure with the asked unit stands out among figures of other things, not among bare ones.
  const candidates = own.length > 0 && bare.length === 0 ? own : [...own, ...bare]
  const [chosen, ...rest] = candidates
  if (chosen === undefined) {
    const isMoney = asked.kind === 'money'
    const offered = figures.filter((figure) => isMoney || !isAmountOfMoney(figure))
    return askValues('unit', listValues(offered), asked)
  }
  const isAlone = rest.every(({ amount }) => isSameAmount(amount, chosen.amount))
  if (!isAlone || (own.length === 0 && other.length > 0))
    return askValues('severalNumbers', listValues([...candidates, ...other]), asked)
  return acceptFigure(chosen, asked)
}

/** "31 (ba mươi hai)": the digits and the words beside them differ. */
function askSpelled(figures: readonly Figure[], asked: FigureQuestion): FigureAsk | undefined {
  const [first, second, ...rest] = figures
  if (first === undefined || second === undefined || rest.length > 0) return undefined
  const isSpelledOut = first.isWords !== second.isWords && (second.isBracketed || first.isBracketed)
  if (!isSpelledOut || isSameAmount(first.amount, second.amount)) return undefined
  return askValues('words', listValues(figures), asked)
}

// The last doubts about the figure chosen.

function acceptFigure(figure: Figure, asked: FigureQuestion): FigureReading {
  const { amount } = figure
  if (!isKnown(amount)) {
    return askValues(
      amount.why,
      amount.choices.map((choice) => scaleMoney(choice, figure, asked)),
      asked,
    )
  }
  if (figure.isNegative) return askValues('negative', [amount.value], asked)
  const { value } = amount
  const said = { ...(figure.unit === undefined ? {} : { unit: figure.unit }), qualifier: figure.qualifier }
  const ask = doubtValue(value, figure, asked)
  if (ask !== undefined) return ask
  const scaled = scaleMoney(value, figure, asked)
  if (asked.previous !== undefined && isTenfold(scaled, asked.previous)) {
    return createAsk(
      'tenfold',
      [scaled, asked.previous].map((each) => createValue(each, asked, said)),
    )
  }
  return createValue(scaled, asked, said)
}

function doubtValue(value: string, figure: Figure, asked: FigureQuestion): FigureAsk | undefined {
  switch (asked.kind) {
    case 'count':
      return isWhole(value) ? undefined : askValues('fraction', [], asked)
    case 'money':
      return doubtMoney(value, figure, asked)
    case 'percent':
      return doubtPercent(value, figure, asked)
    default:
      return undefined
  }
}

/** "768" for money is hardly 768 đồng; and in a column of triệu, "4465036077" is hardly triệu. */
function doubtMoney(value: string, figure: Figure, asked: FigureQuestion): FigureAsk | undefined {
  const amount = readDecimal(value)
  if (amount === undefined || amount.units === 0n) return undefined
  const column = readColumnExponent(asked.unit)
  const scaled = scaleMoney(value, figure, asked)
  const isSmall = compareDecimals(amount, THOUSAND) < 0
  if (figure.dimension === 'bare' && isSmall && (column === 0 || figure.raw === undefined)) {
    return askValues(
      'shorthand',
      [...[3, 6, column].map((exponent) => shiftUp(value, exponent)), value],
      asked,
    )
  }
  const isHuge = scaled !== value && compareDecimals(amount, { units: 1000000n, scale: 0 }) >= 0
  if (isHuge) return askValues('shorthand', [value, scaled], asked)
  return isWhole(scaled) ? undefined : askFraction(scaled, asked)
}

function askFraction(value: string, asked: FigureQuestion): FigureAsk {
  const decimal = readDecimal(value)
  return askValues('fraction', decimal === undefined ? [] : [writeDecimal(roundDecimal(decimal, 0))], asked)
}

/** A question in "triệu đồng" gives bare numbers that scale; "2 triệu" has said so itself. Values are kept in đồng. */
function scaleMoney(value: string, figure: Figure, asked: FigureQuestion): string {
  const isColumn = asked.kind === 'money' && figure.dimension === 'bare' && figure.raw !== undefined
  return isColumn ? shiftUp(value, readColumnExponent(asked.unit)) : value
}

function shiftUp(value: string, exponent: number): string {
  const decimal = readDecimal(value)
  if (decimal === undefined) return value
  return writeDecimal(multiplyDecimals(decimal, { units: 10n ** BigInt(exponent), scale: 0 }))
}

/** Over a hundred may be a plan overfilled or a lost comma; "0,95" bare may be 95 %. */
function doubtPercent(value: string, figure: Figure, asked: FigureQuestion): FigureAsk | undefined {
  const percent = readDecimal(value)
  if (percent === undefined) return undefined
  const hundred = { units: 100n, scale: 0 }
  if (compareDecimals(percent, hundred) > 0) {
    const shifted = [1, 2, 3].map((places) => ({ units: percent.units, scale: percent.scale + places }))
    const lost = shifted.find((each) => compareDecimals(each, hundred) <= 0)
    return askValues('overHundred', [value, ...(lost === undefined ? [] : [writeDecimal(lost)])], asked)
  }
  const isShare =
    figure.dimension === 'bare' && percent.units > 0n && compareDecimals(percent, { units: 1n, scale: 0 }) < 0
  return isShare
    ? askValues('share', [value, writeDecimal(multiplyDecimals(percent, hundred))], asked)
    : undefined
}
