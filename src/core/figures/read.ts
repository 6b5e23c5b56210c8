import { isKnown } from './amounts.ts'
import { askValues, createAsk, createEmpty, createValue, listValues } from './answers.ts'
import { chooseDay } from './days.ts'
import { addDecimals, readDecimal, subtractDecimals, writeDecimal } from './decimal.ts'
import { readEmpty } from './empties.ts'
import type { FigureAsk, FigureQuestion, FigureReading } from './figure.ts'
import { joinPieces } from './joins.ts'
import { chooseLevel } from './levels.ts'
import type { MarkRole } from './marks.ts'
import { isEmptyWord, isMark, isMeasure, isSign, type Measure, type Piece, readPieces } from './pieces.ts'
import type { Figure } from './quantity.ts'
import { chooseRatio } from './ratios.ts'
import { cleanText, LONGEST_FIGURE, MOST_TOKENS } from './text.ts'
import { readTokens } from './tokens.ts'

/**
 * Reads what an official typed for one question: `readFigure('7.847 hồ sơ', { kind: 'count', unit: 'hồ sơ' })`.
 * Total: never throws, takes time linear in the text, and whatever has two readings is an `ask`.
 */
export function readFigure(text: string, asked: FigureQuestion): FigureReading {
  const cleaned = text.length > LONGEST_FIGURE ? text : cleanText(text)
  const tokens = cleaned.length > LONGEST_FIGURE ? [] : readTokens(cleaned)
  if (cleaned.length > LONGEST_FIGURE || tokens.length > MOST_TOKENS)
    return { outcome: 'refuse', why: 'tooLong' }
  const pieces = mend(joinPieces(readPieces(tokens, asked), asked))
  if (asked.kind === 'date') return chooseDay(pieces, asked)
  const measures = pieces.filter(isMeasure)
  if (measures.length === 0) return readEmpty(pieces, asked)
  const isRatio = asked.kind === 'ratio' || asked.kind === 'score'
  return (
    askAround(pieces, measures, asked) ??
    (isRatio ? chooseRatio(measures, asked) : chooseLevel(measures, asked))
  )
}

// A slip mended in the same breath.

/** "222 chứ không phải 221", "sửa 221 thành 222": only the figure meant stays. */
function mend(pieces: readonly Piece[]): readonly Piece[] {
  const isMending = pieces.some((piece) => isMark(piece, 'not', 'mend'))
  if (!isMending) return pieces
  const denied = pieces.filter((_, at) => !isDenied(pieces, at))
  const becomes = denied.findLastIndex((piece) => isMark(piece, 'become'))
  const isReplaced = becomes >= 0 && denied.slice(becomes).some(isMeasure)
  return isReplaced ? denied.slice(becomes) : denied
}

/** A figure right after "không phải". */
function isDenied(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  if (piece === undefined || !isMeasure(piece)) return false
  const before = pieces.slice(0, at).findLast((each) => !isEmptyWord(each))
  return isMark(before, 'not')
}

// Words around a number that make it no plain answer.

const ADDING = new Set(['ruoi', 'ta'])

function askAround(
  pieces: readonly Piece[],
  measures: readonly Measure[],
  asked: FigureQuestion,
): FigureAsk | undefined {
  const figures = measures.filter((piece) => piece.type === 'figure')
  const offer = (why: FigureAsk['why']): FigureAsk => askValues(why, listValues(figures), asked)
  const has = (role: MarkRole): boolean => pieces.some((piece) => isMark(piece, role))
  if (pieces.some((piece) => isSign(piece, '^'))) return offer('unreadable')
  // "5 ha rưỡi", "2 tá": a half or a dozen that belongs to no scale word changes the figure.
  if (pieces.some((piece) => piece.type === 'word' && ADDING.has(piece.fold))) return offer('unreadable')
  if (has('change') || isBeside(pieces, 'changeBeside')) return askChange(pieces, figures, asked)
  if (has('pending') || isBeside(pieces, 'waiting')) return offer('partial')
  if (has('vague')) return offer('vague')
  if (has('unsure') || (asked.kind === 'count' && isBeside(pieces, 'mean'))) return offer('vague')
  if (has('previous') && !isAllPrevious(figures, asked)) {
    return askValues(
      'mismatch',
      [...listValues(figures), ...(asked.previous === undefined ? [] : [asked.previous])],
      asked,
    )
  }
  return isAlsoEmpty(pieces, figures, asked) ? askEmpty(pieces, figures, asked) : undefined
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

function isAllPrevious(figures: readonly Figure[], asked: FigureQuestion): boolean {
  return figures.every(({ amount }) => isKnown(amount) && amount.value === asked.previous)
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
