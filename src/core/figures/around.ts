import { isKnown } from './amounts.ts'
import { askValues, createAsk, createEmpty, createValue, listValues } from './answers.ts'
import {
  addDecimals,
  isWholeDecimal,
  multiplyDecimals,
  readDecimal,
  subtractDecimals,
  writeDecimal,
} from './decimal.ts'
import type { FigureAsk, FigureQuestion } from './figure.ts'
import type { MarkRole } from './marks.ts'
import { isEmptyWord, isMark, isMeasure, isSign, type Measure, type Piece } from './pieces.ts'
import type { Figure } from './quantity.ts'
import { readSides } from './ratios.ts'

/** What the words around a figure make doubtful, though the figure itself is plain. */
export function askAround(
  pieces: readonly Piece[],
  measures: readonly Measure[],
  asked: FigureQuestion,
): FigureAsk | undefined {
  const figures = measures.filter((piece) => piece.type === 'figure')
  const offer = (why: FigureAsk['why']): FigureAsk => askValues(why, listValues(figures), asked)
  const added = pieces.find((_, at) => isAdding(pieces, at))
  const has = (role: MarkRole): boolean => pieces.some((piece) => isMark(piece, role))
  if (pieces.some((piece) => isSign(piece, '^'))) return offer('unreadable')
  if (added) return askValues('unreadable', listAdded(added, figures, asked), asked)
  if (isNumbered(pieces)) return offer('numbered')
  if (has('change') || isBeside(pieces, 'changeBeside')) return askChange(pieces, figures, asked)
  if (has('pending') || isBeside(pieces, 'waiting')) return offer('partial')
  if (has('vague')) return offer('vague')
  if (isTale(pieces)) return offer('unreadable')
  if (has('unsure') || (asked.kind === 'count' && isBeside(pieces, 'mean'))) return offer('vague')
  const ofPeriod = askPeriod(pieces, measures, asked)
  if (ofPeriod) return ofPeriod
  return isAlsoEmpty(pieces, figures, asked) ? askEmpty(pieces, figures, asked) : undefined
}

const LONGEST_TALE = 6

/** "Một hồ sơ đang chờ thành phố trả kết quả, phần mềm chưa xếp": a story about some, not how many there are. */
function isTale(pieces: readonly Piece[]): boolean {
  const after = pieces.slice(pieces.findIndex(isMeasure))
  return after.filter((piece) => piece.type === 'word' && !isEmptyWord(piece)).length >= LONGEST_TALE
}

/** "kỳ trước 9", "190 như kỳ trước": of another period, or not the value it is said to repeat. */
function askPeriod(
  pieces: readonly Piece[],
  measures: readonly Measure[],
  asked: FigureQuestion,
): FigureAsk | undefined {
  const said = measures.flatMap((measure) => listSaid(measure, asked))
  if (pieces.some((piece) => isMark(piece, 'otherPeriod')))
    return askValues(said.length > 1 ? 'severalNumbers' : 'otherPeriod', said, asked)
  const isRepeated = said.every((value) => value === asked.previous)
  if (isRepeated || !pieces.some((piece) => isMark(piece, 'previous'))) return undefined
  return askValues('mismatch', [...said, ...(asked.previous === undefined ? [] : [asked.previous])], asked)
}

/** "5 ha rưỡi", "2 tá": a half or a dozen that belongs to no scale word changes the figure. */
function isAdding(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  if (piece?.type !== 'word') return false
  return piece.fold === 'ruoi' || (piece.fold === 'ta' && pieces[at - 1]?.type === 'figure')
}

/** What "5 rưỡi" and "2 tá" come to; half a file there is not. */
function listAdded(added: Piece, figures: readonly Figure[], asked: FigureQuestion): readonly string[] {
  const [amount, ...others] = listValues(figures).flatMap((value) => readDecimal(value) ?? [])
  if (amount === undefined || others.length > 0) return []
  const isHalf = 'fold' in added && added.fold === 'ruoi'
  if (!isHalf) return [writeDecimal(multiplyDecimals(amount, { units: 12n, scale: 0 }))]
  const isFraction = asked.kind === 'decimal' || asked.kind === 'percent'
  return isFraction && isWholeDecimal(amount)
    ? [writeDecimal(addDecimals(amount, { units: 5n, scale: 1 }))]
    : []
}

/** After these "số" leads to a count or speaks of things digital. */
const COUNTING = new Set(['tong', 'con', 'ky', 'doi', 'nghe', 'hoa'])

/** "hồ sơ số 15": the number of a file, or how many there are? "tổng số 15" and "ký số 15" are plain. */
function isNumbered(pieces: readonly Piece[]): boolean {
  return pieces.some((piece, at) => {
    if (piece.type !== 'word' || piece.fold !== 'so' || pieces[at + 1]?.type !== 'figure') return false
    const before = pieces[at - 1]
    return before === undefined || !('fold' in before) || !COUNTING.has(before.fold)
  })
}

function listSaid(measure: Measure, asked: FigureQuestion): readonly string[] {
  if (measure.type === 'figure') return listValues([measure])
  const sides = measure.type === 'ratio' ? readSides(measure, asked) : undefined
  return sides === undefined ? [] : [sides.value]
}

/** A word right before a figure, or before the words without content that lead to it. */
function isBeside(pieces: readonly Piece[], role: 'changeBeside' | 'waiting' | 'mean'): boolean {
  return pieces.some((piece, at) => {
    if (!isMark(piece, role) || (role === 'waiting' && piece.fold.includes(' '))) return false
    const next = pieces
      .slice(at + 1)
      .find((each) => !isEmptyWord(each) && !isMark(each, 'approx', 'atLeast', 'atMost'))
    return next !== undefined && isMeasure(next) && !isSign(pieces[at + 1], ':')
  })
}

/** "tăng 5": where last period is known the level is offered. */
function askChange(pieces: readonly Piece[], figures: readonly Figure[], asked: FigureQuestion): FigureAsk {
  const [figure] = figures
  const previous = readDecimal(asked.previous ?? '')
  const change = figure !== undefined && isKnown(figure.amount) ? readDecimal(figure.amount.value) : undefined
  if (figures.length !== 1 || previous === undefined || change === undefined) {
    return askValues('change', listValues(figures), asked)
  }
  const isLess = pieces.some(
    (piece) => isMark(piece) && /^(giam|bot|hut|thieu|xuong|it hon|thap hon|kem)/.test(piece.fold),
  )
  const isRelative = figure?.dimension === 'percent' && asked.kind !== 'percent'
  const level = isLess ? subtractDecimals(previous, change) : addDecimals(previous, change)
  const levels = isRelative || level.units < 0n ? [] : [writeDecimal(level)]
  return askValues('change', [...levels, ...listValues(figures)], asked)
}

/** A nought in words beside another number: "225, không có trễ hạn". A label before a colon does not count. */
function isAlsoEmpty(pieces: readonly Piece[], figures: readonly Figure[], asked: FigureQuestion): boolean {
  const isOwnKind = figures.length === 1 && figures[0]?.dimension === asked.kind
  const isNought =
    figures.length > 0 && figures.every(({ amount }) => isKnown(amount) && amount.value === '0')
  if (isOwnKind || isNought) return false
  return pieces.some((piece, at) => {
    const isEmpty = isMark(piece, 'zero', 'zeroHave', 'notYetHave', 'none', 'notApplicable')
    return isEmpty && !pieces.slice(at).some((each) => isSign(each, ':', '='))
  })
}

function askEmpty(pieces: readonly Piece[], figures: readonly Figure[], asked: FigureQuestion): FigureAsk {
  const none = pieces.some((piece) => isMark(piece, 'none')) ? createEmpty('none') : createValue('0', asked)
  const values = listValues(figures).map((value) => createValue(value, asked))
  return createAsk('severalNumbers', [...values, none])
}
