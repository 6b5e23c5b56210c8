import { findAll, findFluff, findLink } from './phrases.ts'
import { type AskedItem, isFigureItem, type Reading, type Reply, readOne } from './reading.ts'
import { readAlikeValue } from './told.ts'
import { readWords, sliceWords, type Word } from './words.ts'

/** Reads the rest of the reply, after "riêng" or a comma. */
export type ReadTail = (tail: string) => Reply | undefined

/** What is said of every item at once: "tất cả không", "như kỳ trước, riêng 3 = 190". */
export function readAlike(
  asked: readonly AskedItem[],
  { text, today }: { readonly text: string; readonly today: string },
  readTail: ReadTail,
): Reply | undefined {
  if (asked.length < 2 || !asked.every(isFigureItem)) return undefined
  const words = readWords(text)
  const { head, tail, isExcept } = splitHead(words)
  const said = readHead(head, text)
  const kind = said && (readAlikeValue(said.value, today) ?? readAlikeRate(said, asked))
  if (said === undefined || kind === undefined) return undefined
  if (!said.isAll && kind === 'empty' && !isExcept) return undefined
  if (said.count !== undefined && said.count !== asked.length)
    return { type: 'miscounted', given: said.count }
  const exceptions = tail.length === 0 ? [] : readExceptions(readTail(sliceWords(text, tail)), asked)
  if (exceptions === undefined) {
    return { type: 'which', raw: sliceWords(text, tail), candidates: asked.map(({ item }) => item.code) }
  }
  const readings = asked.map(
    (one) => exceptions.find(({ code }) => code === one.item.code) ?? readOne(one, said.value, today),
  )
  return { type: 'readings', readings, leftover: [] }
}

/** "đều 100%" of rates: they have no total that it could be. */
function readAlikeRate({ value, isAll }: Head, asked: readonly AskedItem[]): 'rate' | undefined {
  return isAll && value.includes('%') && asked.every(({ item }) => item.kind === 'percent')
    ? 'rate'
    : undefined
}

/** Exceptions count only when all of them were understood and are of what was asked. */
function readExceptions(
  reply: Reply | undefined,
  asked: readonly AskedItem[],
): readonly Reading[] | undefined {
  if (reply?.type !== 'readings' || reply.leftover.length > 0 || reply.readings.length >= asked.length)
    return undefined
  const isAsked = reply.readings.every(({ code }) => asked.some(({ item }) => item.code === code))
  return isAsked ? reply.readings : undefined
}

interface Halves {
  readonly head: readonly Word[]
  readonly tail: readonly Word[]
  readonly isExcept: boolean
}

const LONGEST_HEAD = 24
const STOPS: ReadonlySet<string> = new Set([',', ';', '\n', '.', '('])

function splitHead(words: readonly Word[]): Halves {
  for (let at = 1; at < Math.min(words.length, LONGEST_HEAD); at += 1) {
    const link = findLink(words, at)
    if (link?.role === 'except')
      return { head: words.slice(0, at), tail: words.slice(link.end), isExcept: true }
    if (!STOPS.has(words[at]?.text ?? '') || findFluff(words, at + 1)) continue
    const after = findLink(words, at + 1)
    const from = after?.role === 'except' ? after.end : at + 1
    if (from < words.length)
      return { head: words.slice(0, at), tail: words.slice(from), isExcept: after?.role === 'except' }
  }
  return { head: words.length > LONGEST_HEAD ? [] : words, tail: [], isExcept: false }
}

interface Head {
  readonly value: string
  readonly isAll: boolean
  /** "cả 4" */
  readonly count?: number
}

const COUNTS: Readonly<Record<string, number>> = { hai: 2, ba: 3, bon: 4 }
const COUNTED: ReadonlySet<string> = new Set(['muc', 'cai', 'so', 'noi', 'dung', 'chi', 'tieu', 'phan'])

/** "cả 4 mục đều không phát sinh ạ" → all of them, four, "không phát sinh". */
function readHead(head: readonly Word[], text: string): Head | undefined {
  let [isAll, count, at] = [false, undefined as number | undefined, 0]
  while (at < head.length) {
    const all = findAll(head, at)
    const fluff = all ? undefined : findFluff(head, at)
    const word = head[at]
    if (all) isAll = true
    else if (isAll && word && count === undefined && countOf(word) !== undefined) count = countOf(word)
    else if (!fluff && !(isAll && word && COUNTED.has(word.fold)) && word?.type !== 'sign') break
    at = (all ?? fluff)?.end ?? at + 1
  }
  const rest = dropAll(head.slice(at))
  if (rest.words.length === 0) return undefined
  const value = sliceWords(text, rest.words)
  return { value, isAll: isAll || rest.isAll, ...(count === undefined ? {} : { count }) }
}

/** "không có hết", "không cả 4 mục". */
function dropAll(words: readonly Word[]): { readonly words: readonly Word[]; readonly isAll: boolean } {
  const from = words.findIndex((_, at) => at > 0 && findAll(words, at) !== undefined)
  const end = from < 0 ? undefined : findAll(words, from)?.end
  const isTail =
    end !== undefined && words.slice(end).every((_, at) => findFluff(words, end + at) !== undefined)
  return isTail ? { words: words.slice(0, from), isAll: true } : { words, isAll: false }
}

function countOf(word: Word): number | undefined {
  if (word.type === 'number') return /^\d$/.test(word.text) ? Number(word.text) : undefined
  return COUNTS[word.fold]
}
