import { isWord } from './phrases.ts'
import { foldAccents, keyWord } from './text.ts'
import type { Token } from './tokens.ts'

/** The words numbers are made of, northern and southern. */
const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy|bẩy', 'tám', 'chín']
/** Digits as they sound after a ten: hai mươi mốt, tư, lăm. */
const TAILS: Readonly<Record<string, number>> = { mốt: 1, tư: 4, lăm: 5, nhăm: 5 }
const JOINTS = {
  ten: 'mười|muời|mưòi',
  tens: 'mươi|muơi|mưoi',
  dozen: 'chục',
  twenty: 'hăm',
  hundred: 'trăm',
  link: 'linh|lẻ',
  half: 'rưỡi|rưởi',
  point: 'phẩy|phảy',
} as const
const SCALES: Readonly<Record<string, number>> = { nghìn: 3, ngàn: 3, vạn: 4, triệu: 6, tỷ: 9, tỉ: 9 }
/** Only after digits: "768k", "5tr2". */
const SHORT_SCALES: Readonly<Record<string, number>> = { k: 3, ng: 3, tr: 6, trđ: 6, trd: 6 }
/** Accent-free, these are first of all other words: văn bản, chức danh, trạm y tế, … */
const NOT_BEFORE: Readonly<Record<string, readonly string[]>> = {
  van: ['ban', 'phong', 'hoa', 'thu'],
  chuc: ['danh', 'vu', 'nang'],
  tram: ['y', 'xa'],
}

export type Joint = keyof typeof JOINTS

const digitWords = DIGITS.map(spell)
const tailWords = Object.entries(TAILS).map(([word, value]) => ({ value, spellings: spell(word) }))
const scaleWords = Object.entries(SCALES).map(([word, value]) => ({ value, spellings: spell(word) }))
const jointWords = Object.fromEntries(Object.entries(JOINTS).map(([name, words]) => [name, spell(words)]))

const exactKeys = new Set(
  [...digitWords, ...scaleWords.map(({ spellings }) => spellings), ...Object.values(jointWords)]
    .flat()
    .map(({ key }) => key),
)

/** 0–9 for a digit word, else undefined. "năm 2025" and "năm nay" are years, not fives. */
export function readDigit(tokens: readonly Token[], at: number): number | undefined {
  const value = digitWords.findIndex((spellings) => isOneOf(tokens[at], spellings))
  return value < 0 || (value === 5 && isYearWord(tokens[at + 1])) ? undefined : value
}

/** 1, 4 or 5 for mốt, tư, lăm. */
export function readTail(tokens: readonly Token[], at: number): number | undefined {
  return tailWords.find(({ spellings }) => isOneOf(tokens[at], spellings))?.value
}

/** Whether the word joins numbers in this way: `isJoint(tokens, 1, 'hundred')`. */
export function isJoint(tokens: readonly Token[], at: number, joint: Joint): boolean {
  return isOneOf(tokens[at], jointWords[joint] ?? []) && !isOtherWord(tokens, at)
}

/** The power of ten a scale word stands for: "triệu" → 6. */
export function readScale(tokens: readonly Token[], at: number): number | undefined {
  if (isOtherWord(tokens, at)) return undefined
  return scaleWords.find(({ spellings }) => isOneOf(tokens[at], spellings))?.value
}

/** The same after digits, where trăm and chục scale too and "k", "tr" are said: "5tr" → 6. */
export function readDigitScale(tokens: readonly Token[], at: number): number | undefined {
  if (isJoint(tokens, at, 'hundred')) return 2
  if (isJoint(tokens, at, 'dozen')) return 1
  const token = tokens[at]
  return (
    readScale(tokens, at) ??
    (token && Object.hasOwn(SHORT_SCALES, token.text) ? SHORT_SCALES[token.text] : undefined)
  )
}

const ONLY_IN_NUMBERS = ['ten', 'tens', 'dozen', 'twenty', 'hundred', 'link', 'half'] as const

/** Any word that only a number holds; two numbers run together are a doubt, not a sum. */
export function isNumberWord(tokens: readonly Token[], at: number): boolean {
  const digit = readDigit(tokens, at)
  if (digit !== undefined) return digit > 0
  const isJoined = ONLY_IN_NUMBERS.some((joint) => isJoint(tokens, at, joint))
  return isJoined || isAccentedTail(tokens, at) || readScale(tokens, at) !== undefined
}

/** "tu", "lam", "mot" without accents are too often từ, làm, một. */
export function isAccentedTail(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  return token !== undefined && token.text !== token.fold && readTail(tokens, at) !== undefined
}

/** Whether a word is spelled with the accents of a number word: "năm", not "nam". */
export function isExactNumberWord(token: Token): boolean {
  return exactKeys.has(token.key) || token.typed !== undefined
}

function isYearWord(next: Token | undefined): boolean {
  return next?.type === 'number' || ['nay', 'truoc', 'sau', 'ngoai', 'toi', 'hoc'].includes(next?.fold ?? '')
}

function isOtherWord(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token === undefined || token.text !== token.fold) return false
  const followers = Object.hasOwn(NOT_BEFORE, token.text) ? NOT_BEFORE[token.text] : undefined
  return followers?.includes(tokens[at + 1]?.fold ?? '') ?? false
}

interface Spelling {
  readonly key: string
  readonly fold: string
}

function spell(words: string): readonly Spelling[] {
  return words.split('|').map((word) => ({ key: keyWord(word), fold: foldAccents(word) }))
}

function isOneOf(token: Token | undefined, spellings: readonly Spelling[]): boolean {
  return spellings.some(({ key, fold }) => isWord(token, key, fold))
}
