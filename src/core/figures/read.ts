import { createAsk } from './answers.ts'
import { askAround } from './around.ts'
import { chooseDay } from './days.ts'
import { readEmpty } from './empties.ts'
import type { FigureQuestion, FigureReading } from './figure.ts'
import { joinPieces } from './joins.ts'
import { chooseLevel } from './levels.ts'
import { findMixed } from './mixed.ts'
import { isEmptyWord, isMark, isMeasure, type Piece, readPieces } from './pieces.ts'
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
  const mixed = findMixed(cleaned, measures.length > 0)
  if (mixed) return createAsk(mixed)
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
