import { type Mark, readMark } from './marks.ts'
import { isLabel, isNameWord, type Names } from './names.ts'
import { findEmpty, findFluff, findLink, type Link, NUMBER_WORDS } from './phrases.ts'
import type { AskedItem, ReplyContext } from './reading.ts'
import { isFigureItem } from './reading.ts'
import type { Phrase, Word } from './words.ts'

/** One thing said: at most one value with the words around it. */
export interface Clause {
  readonly words: readonly Word[]
  /** What stands before it: a line or ";", a weaker sign, or nothing (two labelled values side by side). */
  readonly before: 'hard' | 'soft'
  /** "trong đó" or a bracket, or "còn lại", opened it. */
  readonly opens?: 'inner' | 'rest'
  readonly mark?: Mark
  readonly hasValue: boolean
  /** A comma stands between its label and its value. */
  readonly isLoose: boolean
}

/** What a reply is cut with. */
export interface Knife {
  readonly text: string
  readonly words: readonly Word[]
  readonly names: Names
  readonly asked: readonly AskedItem[]
  readonly context: ReplyContext
}

/** A clause in the making. */
interface Draft {
  readonly words: Word[]
  readonly before: 'hard' | 'soft'
  readonly opens: Clause['opens'] | undefined
  readonly mark: Mark | undefined
  hasValue: boolean
  isLoose: boolean
}

const HARD: ReadonlySet<string> = new Set([';', '\n'])
const SOFT: ReadonlySet<string> = new Set([',', '.', '|', '•', '·', '!', '…'])
/** Separate only with spaces around and words after: " - ", " / ", " + ". */
const SPACED: ReadonlySet<string> = new Set(['-', '–', '—', '/', '+'])
const BULLETS: ReadonlySet<string> = new Set([...'-–—+•·*●“”"\'.,:'])

/** Cuts a reply into clauses: "trực tiếp 31, bưu chính ko có" → two. Linear in the words. */
export function cutClauses(knife: Knife): readonly Clause[] {
  const { words } = knife
  const clauses: Clause[] = []
  let draft = createDraft('hard')
  const close = (before: 'hard' | 'soft', opens?: Clause['opens'], mark?: Mark): void => {
    if (draft.words.length > 0 || draft.mark) clauses.push(finish(draft))
    const kept = draft.words.length === 0 && !draft.mark ? draft : undefined
    draft = createDraft(kept && kept.before === 'hard' ? 'hard' : before, opens ?? kept?.opens, mark)
  }
  let at = 0
  while (at < words.length) {
    const cut = readCut(knife, at, draft)
    switch (cut.type) {
      case 'close':
        close(cut.before, cut.opens, cut.mark)
        break
      case 'keep':
        draft.isLoose ||= !draft.hasValue && cut.hasValue && isAfterComma(words, at, draft)
        draft.words.push(...words.slice(at, cut.end))
        draft.hasValue ||= cut.hasValue
        break
      case 'skip':
        break
    }
    at = cut.end
  }
  close('hard')
  return clauses
}

type Cut =
  | {
      readonly type: 'close'
      readonly end: number
      readonly before: 'hard' | 'soft'
      readonly opens?: 'inner' | 'rest'
      readonly mark?: Mark
    }
  | { readonly type: 'keep'; readonly end: number; readonly hasValue: boolean }
  | { readonly type: 'skip'; readonly end: number }

function readCut(knife: Knife, at: number, draft: Draft): Cut {
  return (
    cutMark(knife, at, draft) ??
    cutNarrative(knife, at, draft) ??
    cutOpening(knife, at, draft) ??
    cutLink(knife, at, draft) ??
    cutSign(knife, at, draft) ??
    keepWords(knife, at, draft)
  )
}

function cutMark({ text, words, asked, context }: Knife, at: number, draft: Draft): Cut | undefined {
  const isOpening = draft.words.length === 0 && !draft.mark
  if (isNarrative(draft) && !isLineStart(words, at)) return undefined
  const mark = readMark({ text, words, asked, context, at, isOpening })
  if (mark === undefined || (isNarrative(draft) && !mark.isFirm)) return undefined
  return { type: 'close', end: mark.end, before: 'soft', mark }
}

/** What is said of a narrative is not cut, whatever signs it holds. */
function cutNarrative({ words }: Knife, at: number, draft: Draft): Cut | undefined {
  return isNarrative(draft) && words[at]?.type !== undefined
    ? { type: 'keep', end: at + 1, hasValue: true }
    : undefined
}

function isNarrative({ mark }: Draft): boolean {
  return mark?.target !== undefined && !isFigureItem(mark.target)
}

function isLineStart(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  return before === undefined || HARD.has(before.text)
}

/** Bullets, quotes and greetings before the first word of a clause. */
function cutOpening({ words, names, asked }: Knife, at: number, draft: Draft): Cut | undefined {
  const word = words[at]
  if (draft.words.length > 0 || word === undefined) return undefined
  if (BULLETS.has(word.text)) {
    const isNegative = word.text === '-' && words[at + 1]?.gap === false && words[at + 1]?.type === 'number'
    return isNegative ? undefined : { type: 'skip', end: at + 1 }
  }
  const fluff = findFluff(words, at)
  const isName = fluff && isLabel(names, words.slice(at, fluff.end))
  const isChoice = asked.some(({ item }) => item.kind === 'choice') && isYes(words, at)
  // "chi 800 triệu" is money spent, though without accents it may be "chỉ".
  const isSpending = word.text.toLowerCase() === 'chi'
  return fluff && !isName && !isChoice && !isSpending ? { type: 'skip', end: fluff.end } : undefined
}

/** "có" and nothing more, which answers a choice. */
function isYes(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]
  return words[at]?.fold === 'co' && (next === undefined || HARD.has(next.text))
}

function cutLink(knife: Knife, at: number, draft: Draft): Cut | undefined {
  const { words, names } = knife
  const link = findLink(words, at)
  if (link === undefined) return undefined
  const isName = words.slice(at, link.end).every((word) => isNameWord(names, word))
  switch (link.role) {
    case 'inner':
      return isName && draft.words.length > 0 && !draft.hasValue
        ? undefined
        : { type: 'close', end: link.end, before: 'soft', opens: 'inner' }
    case 'rest':
      return isName ? undefined : { type: 'close', end: link.end, before: 'soft', opens: 'rest' }
    case 'except':
      return draft.hasValue ? { type: 'close', end: link.end, before: 'soft' } : undefined
    case 'mend':
      return draft.hasValue && !isName ? { type: 'keep', end: link.end, hasValue: true } : undefined
    case 'reach':
    case 'until':
      return draft.hasValue && isBeforeNext(knife, link)
        ? { type: 'close', end: link.end, before: 'soft' }
        : undefined
    case 'and':
      return draft.hasValue && words[at - 1]?.fold !== 'so'
        ? { type: 'close', end: link.end, before: 'soft' }
        : undefined
  }
}

/** "đạt" and "đến" part two values only where a number follows. */
function isBeforeNext(knife: Knife, { role, end }: Phrase<Link>): boolean {
  return knife.words[end]?.type === 'number' && (role === 'reach' || areTwoDays(knife))
}

/** "từ 01/01/2023 đến 10/8/2023", where the first and the last day are two items. */
function areTwoDays({ words, asked }: Knife): boolean {
  const isPair = asked.length === 2 && asked.every(({ item }) => item.kind === 'date')
  return isPair && !words.some(({ text }) => HARD.has(text))
}

function cutSign(knife: Knife, at: number, draft: Draft): Cut | undefined {
  const { words } = knife
  const word = words[at]
  if (word === undefined || word.type === 'word' || word.type === 'number') return undefined
  if (word.text === '(' || word.text === '[') return cutBracket(words, at, draft)
  const close = { type: 'close', end: at + 1, before: 'soft' } as const
  if (word.text === ')' || word.text === ']') return close
  if (draft.hasValue && isMended(knife, at + 1)) return undefined
  if (HARD.has(word.text)) return { ...close, before: 'hard' }
  if (!draft.hasValue && word.text !== '.')
    return SOFT.has(word.text) ? { type: 'skip', end: at + 1 } : undefined
  const isApart = isSeparator(word, words[at + 1], draft) || isBetweenTwo(knife, at, draft)
  return isApart ? close : undefined
}

/** "53hs/768.000đ", "01/01/2023 - 10/8/2023": a stroke or a dash between values of two items. */
function isBetweenTwo(knife: Knife, at: number, { hasValue }: Draft): boolean {
  const { words, asked } = knife
  const [before, sign, next] = [words[at - 1], words[at], words[at + 1]]
  if (!hasValue || next?.type !== 'number') return false
  if (sign?.text !== '/') return (sign?.text === '-' || sign?.text === '–') && areTwoDays(knife)
  return before?.type === 'word' && asked.length === 2 && asked.every(({ item }) => PLAIN.has(item.kind))
}

/** Kinds whose values hold no stroke. */
const PLAIN: ReadonlySet<string> = new Set(['count', 'money', 'percent', 'decimal'])

/** "; à nhầm 3"; "xin lỗi" may be what the letters counted are for. */
function isMended({ words, names }: Knife, at: number): boolean {
  const link = findLink(words, at)
  return link?.role === 'mend' && !isLabel(names, words.slice(at, link.end))
}

function isSeparator(word: Word, next: Word | undefined, draft: Draft): boolean {
  if (isEnumerator(draft, word, next)) return false
  if (SOFT.has(word.text)) return word.text !== '.' || next?.gap !== false
  return SPACED.has(word.text) && word.gap && next?.gap === true && next.type === 'word'
}

/** "1. 31", "1 - Trực tiếp: 31": the sign after the first number of a line belongs to it. */
function isEnumerator({ words, mark, before }: Draft, sign: Word, next: Word | undefined): boolean {
  const [first, second] = words
  if (first?.type !== 'number' || second !== undefined || mark || next === undefined || next.type === 'break')
    return false
  if (sign.text === '.') return !sign.gap && first.text.length <= 2
  return SPACED.has(sign.text) && before === 'hard' && first.text.length <= 2 && next.type === 'word'
}

/** "Trực tiếp (1.989): 31": brackets of the question copied; "228 (225 mới)": parts. */
function cutBracket(words: readonly Word[], at: number, draft: Draft): Cut | undefined {
  if (draft.hasValue) return { type: 'close', end: at + 1, before: 'soft', opens: 'inner' }
  const close = words.slice(at, at + 12).findIndex(({ text }) => text === ')' || text === ']')
  const after = close < 0 ? undefined : words[at + close + 1]
  const isCopied = draft.words.length > 0 && (after?.text === ':' || after?.text === '=')
  return isCopied ? { type: 'skip', end: at + close + 1 } : undefined
}

function keepWords({ words, names }: Knife, at: number, draft: Draft): Cut {
  const empty = findEmpty(words, at)
  if (empty !== undefined) return { type: 'keep', end: empty.end, hasValue: true }
  const word = words[at]
  const isListNumber = draft.words.length === 0 && isNumberOfList(words, at)
  const isSpelled = word !== undefined && NUMBER_WORDS.has(word.key) && !isNameWord(names, word)
  return { type: 'keep', end: at + 1, hasValue: (word?.type === 'number' && !isListNumber) || isSpelled }
}

/** "1. Trực tiếp": no value yet. */
function isNumberOfList(words: readonly Word[], at: number): boolean {
  const [number, sign, next] = words.slice(at, at + 3)
  return (
    /^\d{1,2}$/.test(number?.text ?? '') &&
    /^[.)/–-]$/.test(sign?.text ?? '') &&
    !sign?.gap &&
    next?.type === 'word'
  )
}

/** A comma was passed over on the way from the label to the value. */
function isAfterComma(words: readonly Word[], at: number, draft: Draft): boolean {
  return draft.words.length > 0 && SOFT.has(words[at - 1]?.text ?? '')
}

function createDraft(before: 'hard' | 'soft', opens?: Clause['opens'], mark?: Mark): Draft {
  return { words: [], before, opens, mark, hasValue: false, isLoose: false }
}

function finish({ words, before, opens, mark, hasValue, isLoose }: Draft): Clause {
  return {
    words,
    before,
    hasValue,
    isLoose,
    ...(opens === undefined ? {} : { opens }),
    ...(mark === undefined ? {} : { mark }),
  }
}
