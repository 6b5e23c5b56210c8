import { isKnown } from './amounts.ts'
import type { SaidDay } from './dates.ts'
import type { FigureQuestion } from './figure.ts'
import type { MarkRole } from './marks.ts'
import { isMark, isSign, type Piece } from './pieces.ts'
import type { Figure } from './quantity.ts'

/** Joins figures that belong together: "7/28", "10-15", "20/5 đến 30/5", "hẹn 12". */
export function joinPieces(pieces: readonly Piece[], asked: FigureQuestion): readonly Piece[] {
  const joined: Piece[] = []
  let at = 0
  while (at < pieces.length) {
    const { piece, length } = joinAt(pieces, at, asked)
    joined.push(piece)
    at += length
  }
  return joined
}

function joinAt(
  pieces: readonly Piece[],
  at: number,
  asked: FigureQuestion,
): { piece: Piece; length: number } {
  const [first, link, second] = pieces.slice(at, at + 3) as [Piece, Piece?, Piece?]
  const dash = isSign(link, '-') || isMark(link, 'to', 'or') || isMarked(link, 'approx', '~')
  if (first.type === 'figure' && second?.type === 'figure') {
    if (dash) return joinRange(first, second)
    const isOver = isSign(link, '/') || isMark(link, 'over') || isMarked(link, 'atLeast', 'tren')
    if (isOver) return joinOver(pieces, at, [first, second])
  }
  if (dash && second?.type === 'day') {
    const from = first.type === 'day' ? first.said : readDayOnly(first)
    if (from !== undefined) return { piece: { type: 'days', from, to: second.said }, length: 3 }
  }
  // "hẹn 12": the number is a day.
  const promised =
    isMark(first, 'pending') && first.fold.endsWith('hen') && link ? readDayOnly(link) : undefined
  if (promised !== undefined && asked.kind !== 'date')
    return { piece: { type: 'day', said: promised }, length: 2 }
  return { piece: first, length: 1 }
}

function joinRange(first: Figure, second: Figure): { piece: Piece; length: number } {
  return { piece: { type: 'range', ends: [first, second] }, length: 3 }
}

/** "7/28" of one thing is a ratio, of two a pair; with a third number it is neither. */
function joinOver(
  pieces: readonly Piece[],
  at: number,
  sides: readonly [Figure, Figure],
): { piece: Piece; length: number } {
  const [part, whole] = sides
  const third = pieces[at + 4]
  if (isSign(pieces[at + 3], '/') && third?.type === 'figure') {
    return { piece: { type: 'pair', sides: [part, whole, third] }, length: 5 }
  }
  const isOneThing =
    part.dimension === 'bare' || (part.dimension === whole.dimension && part.unit === whole.unit)
  if (!isOneThing || whole.dimension === 'percent' || isAmount(sides)) {
    return { piece: { type: 'pair', sides }, length: 3 }
  }
  const unit = whole.unit ?? part.unit
  const qualifier = part.qualifier
  return {
    piece: { type: 'ratio', part, whole, qualifier, ...(unit === undefined ? {} : { unit }) },
    length: 3,
  }
}

function isAmount(sides: readonly Figure[]): boolean {
  return sides.some(({ dimension, raw, isWords }) => dimension === 'money' || (raw === undefined && !isWords))
}

/** The day of some month a lone number may be: 14, but not 32. */
export function readDayOnly(piece: Piece): SaidDay | undefined {
  if (piece.type !== 'figure' || piece.dimension !== 'bare' || !isKnown(piece.amount)) return undefined
  const day = Number(piece.amount.value)
  return Number.isInteger(day) && day >= 1 && day <= 31 ? { end: piece.end, day } : undefined
}

/** Whether a piece is this very phrase in this role. */
function isMarked(piece: Piece | undefined, role: MarkRole, fold: string): boolean {
  return isMark(piece, role) && piece.fold === fold
}
