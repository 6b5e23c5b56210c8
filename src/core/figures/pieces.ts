import { isJoint, readDigitScale } from './atoms.ts'
import { readDay, type SaidDay } from './dates.ts'
import type { FigureQuestion, Qualifier } from './figure.ts'
import { isFiller } from './fillers.ts'
import { findMark, type MarkRole } from './marks.ts'
import { findNameEnd } from './names.ts'
import { type Figure, readQuantity, type Source } from './quantity.ts'
import type { Token } from './tokens.ts'
import { findUnit } from './units.ts'

/** A reply cut into what it says, in order. */
export type Piece = Figure | Ratio | Range | Pair | Day | DayRange | Mark | Plain

/** "07/28 nhiệm vụ". */
export interface Ratio {
  readonly type: 'ratio'
  readonly part: Figure
  readonly whole: Figure
  readonly unit?: string
  readonly qualifier: Qualifier
}

/** "10-15". */
export interface Range {
  readonly type: 'range'
  readonly ends: readonly Figure[]
}

/** "53hs/768.000đ": two figures of different things. */
export interface Pair {
  readonly type: 'pair'
  readonly sides: readonly Figure[]
}

export interface Day {
  readonly type: 'day'
  readonly said: SaidDay
}

export interface DayRange {
  readonly type: 'days'
  readonly from: SaidDay
  readonly to: SaidDay
}

export interface Mark {
  readonly type: 'mark'
  readonly role: MarkRole
  readonly fold: string
}

/** Names of things, units standing alone, words and signs; `fold` is accent-free. */
export interface Plain {
  readonly type: 'name' | 'unit' | 'word' | 'sign'
  readonly fold: string
}

export type Measure = Figure | Ratio | Range | Pair

/** Cuts a reply into pieces and gives each figure its qualifier. */
export function readPieces(tokens: readonly Token[], asked: FigureQuestion): readonly Piece[] {
  return qualify(negate(bracket(cutPieces({ tokens, asked })), asked))
}

/** Whether a piece holds a number that could answer. */
export function isMeasure(piece: Piece): piece is Measure {
  return piece.type === 'figure' || piece.type === 'ratio' || piece.type === 'range' || piece.type === 'pair'
}

/** Whether a piece is a mark of one of these roles. */
export function isMark(piece: Piece | undefined, ...roles: readonly MarkRole[]): piece is Mark {
  return piece?.type === 'mark' && (roles.length === 0 || roles.includes(piece.role))
}

/** Whether a piece is this sign: `isSign(piece, ',')`. */
export function isSign(piece: Piece | undefined, ...signs: readonly string[]): boolean {
  return piece?.type === 'sign' && signs.includes(piece.fold)
}

/** Whether a piece adds nothing between a word and its figure: "ước đạt được là 85%". */
export function isEmptyWord(piece: Piece): boolean {
  if (piece.type === 'word' || piece.type === 'sign') return isFiller(piece.fold)
  return piece.type === 'unit' || isMark(piece, 'plain')
}

function cutPieces(source: Source): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  while (at < source.tokens.length) {
    const { piece, end } = cutPiece(source, at)
    pieces.push(piece)
    at = end
  }
  return pieces
}

interface Cut {
  readonly piece: Piece
  readonly end: number
}

/** Names come before days and days before names only where a day is asked: "14 tháng 3", "9 tháng". */
function cutPiece(source: Source, at: number): Cut {
  const isDayAsked = source.asked.kind === 'date'
  const [first, second] = isDayAsked ? [cutDay, cutName] : [cutName, cutDay]
  return (
    first(source, at) ??
    second(source, at) ??
    cutMark(source, at) ??
    cutFigure(source, at) ??
    cutPlain(source, at)
  )
}

function cutName({ tokens, asked }: Source, at: number): Cut | undefined {
  const end = findNameEnd(tokens, at, asked.unit)
  return end === undefined ? undefined : { piece: { type: 'name', fold: foldSlice(tokens, at, end) }, end }
}

function cutDay({ tokens, asked }: Source, at: number): Cut | undefined {
  const said = readDay(tokens, at, asked.kind === 'date')
  return said && { piece: { type: 'day', said }, end: said.end }
}

function cutMark({ tokens }: Source, at: number): Cut | undefined {
  const found = findMark(tokens, at)
  // "không phẩy năm" is a number.
  if (found === undefined || (found.role === 'zero' && isJoint(tokens, found.end, 'point'))) return undefined
  return { piece: { type: 'mark', role: found.role, fold: foldSlice(tokens, at, found.end) }, end: found.end }
}

function cutFigure(source: Source, at: number): Cut | undefined {
  const figure = readQuantity(source, at)
  return figure && { piece: figure, end: figure.end }
}

function cutPlain({ tokens, asked }: Source, at: number): Cut {
  const unit = findUnit(tokens, at, asked.unit)
  if (unit !== undefined) return { piece: { type: 'unit', fold: unit.unit }, end: unit.end }
  const token = tokens[at]
  // "hơn trăm triệu": a scale without its number is vague.
  if (
    token !== undefined &&
    !token.isBare &&
    token.text !== token.fold &&
    readDigitScale(tokens, at) !== undefined
  ) {
    return { piece: { type: 'mark', role: 'vague', fold: token.fold }, end: at + 1 }
  }
  return {
    piece: {
      type: token?.type === 'sign' ? 'sign' : 'word',
      fold: token?.openings.at(token.type === 'word' ? -1 : 0) ?? '',
    },
    end: at + 1,
  }
}

function foldSlice(tokens: readonly Token[], from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map(({ fold }) => fold)
    .join(' ')
}

function bracket(pieces: readonly Piece[]): readonly Piece[] {
  let depth = 0
  return pieces.map((piece) => {
    if (isSign(piece, '(', '[')) depth += 1
    if (isSign(piece, ')', ']')) depth -= 1
    return piece.type === 'figure' && depth > 0 ? { ...piece, isBracketed: true } : piece
  })
}

/** A minus glued before a number with nothing to subtract from; "- 5" opens a list. */
function negate(pieces: readonly Piece[], asked: FigureQuestion): readonly Piece[] {
  return pieces.map((piece, index) => {
    if (piece.type !== 'figure') return piece
    const before = pieces[index - 1]
    const isMinus =
      isMark(before, 'minus') || (isSign(before, '-') && isMinusSign(piece, pieces[index - 2], asked))
    return isMinus ? { ...piece, isNegative: true } : piece
  })
}

function isMinusSign({ isGlued }: Figure, before: Piece | undefined, asked: FigureQuestion): boolean {
  if (before?.type === 'figure' || before?.type === 'day') return false
  return isGlued || (before === undefined && asked.kind === 'decimal')
}

// Qualifiers.

const STRENGTH = ['approx', 'estimate', 'atMost', 'atLeast'] as const

/** Words beside a figure qualify it; "ước" and "phấn đấu" reach over the whole reply. */
function qualify(pieces: readonly Piece[]): readonly Piece[] {
  const estimates = pieces.filter((piece) => isMark(piece, 'estimate'))
  return pieces.map((piece, index) => {
    if (piece.type !== 'figure') return piece
    const beside = [...estimates, ...listBefore(pieces, index), ...listAfter(pieces, index)]
    const said = STRENGTH.filter((each) => beside.some((mark) => isMark(mark, each)))
    return { ...piece, qualifier: said.at(-1) ?? 'exact' }
  })
}

function listBefore(pieces: readonly Piece[], index: number): readonly Piece[] {
  const before = pieces.slice(0, index)
  const gap = before.findLastIndex((piece) => !isEmptyWord(piece) && !isMark(piece, ...STRENGTH))
  return before.slice(gap + 1)
}

/** "85% trở lên", "20 gì đó". */
function listAfter(pieces: readonly Piece[], index: number): readonly Piece[] {
  return pieces.slice(index + 1, index + 2).filter((piece) => isMark(piece) && AFTER.has(piece.fold))
}

const AFTER: ReadonlySet<string> = new Set(['~', 'tro len', 'tro xuong', 'gi do', 'do lai'])
