import type { AskedItem, ReplyContext } from './reading.ts'
import type { Word } from './words.ts'

/** "mục 3 =", "II.2c.1:": the number of the question or the code of an item, said before its value. */
export interface Mark {
  readonly name: string
  /** Undefined when there is no such item. */
  readonly target: AskedItem | undefined
  /** "=" is never part of a sentence; ")" and ":" may be. */
  readonly isFirm: boolean
  /** Where the value begins, in words. */
  readonly end: number
}

/** What a mark is looked for in. */
export interface Place {
  readonly text: string
  readonly words: readonly Word[]
  readonly asked: readonly AskedItem[]
  readonly context: ReplyContext
  readonly at: number
  /** Nothing of the same clause stands before it. */
  readonly isOpening: boolean
}

const JOINTS: ReadonlySet<string> = new Set(['=', ':', ')', '->', '=>', '→'])
const FIRM: ReadonlySet<string> = new Set(['=', '=>', '->', '→'])
const PREFIXES: ReadonlySet<string> = new Set(['muc', 'cau', 'y', 'dong', 'stt', 'tt', 'so'])
const LONGEST_NAME = 24

/** The mark at a word, if one stands there. */
export function readMark(place: Place): Mark | undefined {
  const { words, at, isOpening } = place
  const first = words[at]
  if (first === undefined || first.type === 'break') return undefined
  const isPrefixed = isOpening && PREFIXES.has(first.fold) && words[at + 1]?.type === 'number'
  const isBracketed = isOpening && first.text === '(' && words[at + 2]?.text === ')'
  const from = isPrefixed || isBracketed ? at + 1 : at
  return readCode(place, from) ?? readNumber(place, from, isPrefixed && first.fold !== 'so')
}

/** "II.2c.1 = 228", "ii.2c.1: 228", "II.2c.1 228". */
function readCode(place: Place, at: number): Mark | undefined {
  const { text, words, context } = place
  const first = words[at]
  if (first === undefined || (words[at - 1]?.end === first.start && words[at - 1]?.text === '.'))
    return undefined
  const name = CODE.exec(text.slice(first.start, first.start + LONGEST_NAME + 1))?.[0]
  if (name === undefined || name.length > LONGEST_NAME) return undefined
  const after = skipWords(words, at, first.start + name.length)
  const isNamed = /\p{L}/u.test(name) || name.split('.').length > 2
  const joined = readJoined(place, name, after)
  if (joined !== undefined) return joined
  const target = isNamed && name.includes('.') && words[after]?.gap === true ? context.find(name) : undefined
  return target && { name, target, isFirm: false, end: after }
}

function readJoined({ words, context, isOpening }: Place, name: string, after: number): Mark | undefined {
  const joint = words[after]
  const isJoined = joint !== undefined && (JOINTS.has(joint.text) || (isOpening && joint.fold === 'la'))
  const isNamed = /\p{L}/u.test(name) || name.split('.').length > 2
  if (!isJoined || !(isNamed || FIRM.has(joint.text))) return undefined
  const target = context.find(name)
  if (target === undefined && !(isOpening && isNamed && isCodeLike(name))) return undefined
  return { name, target, isFirm: FIRM.has(joint.text), end: skipJoints(words, after) }
}

function skipWords(words: readonly Word[], from: number, end: number): number {
  let at = from
  while ((words[at]?.start ?? end) < end) at += 1
  return at
}

const CODE = /^[\p{L}\p{N}]{1,8}(?:\.[\p{L}\p{N}]{1,6}){0,6}/u

/** "IX.9", "5b": looks like a code though nobody knows it; "Trực tiếp" does not. */
function isCodeLike(name: string): boolean {
  return /\d/.test(name) && /^(?:[ivx]+(?:\.|\d|$)|\p{L}{0,4}\d|\d+\p{L}?\.)/iu.test(name)
}

/** "1 = 31", "1: 31", "(1) 31", "mục 1 là 31"; within a clause only "1 = 31" and "1) 31". */
function readNumber({ words, asked, isOpening }: Place, at: number, isPrefixed: boolean): Mark | undefined {
  const [number, joint] = [words[at], words[at + 1]]
  if (number?.type !== 'number' || !/^\d{1,2}$/.test(number.text)) return undefined
  const isJoined = joint !== undefined && (JOINTS.has(joint.text) || (isOpening && joint.fold === 'la'))
  const isInside = joint !== undefined && (FIRM.has(joint.text) || joint.text === ')')
  if (!(isOpening ? isJoined : isInside) && !isPrefixed) return undefined
  if (joint?.text === ')' && !isBracketFit(words, at, { isOpening, count: asked.length })) return undefined
  const isFirm = joint !== undefined && FIRM.has(joint.text)
  const end = isJoined ? skipJoints(words, at + 1) : at + 1
  return { name: number.text, target: asked[Number(number.text) - 1], isFirm, end }
}

/** "1) 31" and "(1) 31", but not the end of "228 (3)". */
function isBracketFit(
  words: readonly Word[],
  at: number,
  { isOpening, count }: { readonly isOpening: boolean; readonly count: number },
): boolean {
  const [before, number] = [words[at - 1], words[at]]
  if (before?.text === '(')
    return isOpening && (words[at - 2] === undefined || /^[;,\n]$/.test(words[at - 2]?.text ?? ''))
  return isOpening || (number?.gap === true && Number(number.text) <= count)
}

/** "1) =", "1: là". */
function skipJoints(words: readonly Word[], from: number): number {
  let at = from
  while (JOINTS.has(words[at]?.text ?? '') || words[at]?.fold === 'la') at += 1
  return at
}
