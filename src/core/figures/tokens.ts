import { decodeTyping, foldAccents, keyWord } from './text.ts'

/** One word, number or sign of a cleaned reply, with the spellings it may be known by. */
export interface Token {
  readonly type: 'word' | 'number' | 'sign'
  readonly text: string
  /** Spaces before it: 0 is "glued on". */
  readonly gap: number
  readonly fold: string
  readonly key: string
  /** What the keys would have given had Telex or VNI been on. */
  readonly typed?: string
  /** Accent-free in a reply that has accents, so hardly an accented word: "cho" there is not "chờ". */
  readonly isBare: boolean
  /** What a phrase may begin with for this token to open it. */
  readonly openings: readonly string[]
}

/** "53hs/768.000đ" → 53 · hs · / · 768.000 · đ. A number keeps its dots and commas: their meaning is asked later. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let gap = 0
  for (const [part] of text.matchAll(PARTS)) {
    if (part === ' ') gap += 1
    else {
      for (const piece of splitCode(part, tokens.at(-1), gap)) {
        tokens.push(createToken(piece, gap))
        gap = 0
      }
    }
  }
  const isAccented = tokens.some(({ text: word, fold }) => word !== fold && word.length > 1)
  return isAccented ? tokens.map((token) => ({ ...token, isBare: token.text === token.fold })) : tokens
}

const PARTS = / |\d+(?:[.,]\d+)*|[\p{L}\p{M}][\p{L}\p{M}\d]*|\.{2,}|[<>]=|./gsu

/** Letters run into digits: "2tr350" is three parts and "đạt95%" two, but "T3", "Q1" and VNI's "ho62" stay whole. */
function splitCode(part: string, before: Token | undefined, gap: number): readonly string[] {
  const digitsAt = part.search(/\d/)
  if (digitsAt <= 0) return [part]
  const isAfterNumber = before?.type === 'number' && gap === 0
  const isTail = /^\d+$/.test(part.slice(digitsAt))
  const isWordAndNumber = isTail && (part.length - digitsAt > 2 || foldAccents(part) !== part)
  if (!isAfterNumber && !isWordAndNumber) return [part]
  return part.match(/\d+|\D+/g) ?? [part]
}

function createToken(text: string, gap: number): Token {
  if (/^\d/.test(text))
    return { type: 'number', text, gap, fold: text, key: text, isBare: false, openings: [text, '#'] }
  // However long, a dotted line is a blank.
  const sign = text.startsWith('..') ? '...' : text
  if (!/^[\p{L}\p{M}]/u.test(text)) {
    return { type: 'sign', text: sign, gap, fold: sign, key: sign, isBare: false, openings: [sign] }
  }
  const fold = foldAccents(text)
  const token = {
    type: 'word',
    text,
    gap,
    fold,
    key: keyWord(text),
    isBare: false,
    openings: [fold],
  } as const
  const typed = decodeTyping(text)
  if (typed === undefined) return token
  return { ...token, typed, openings: [fold, foldAccents(typed.replace(/\d$/, ''))] }
}
