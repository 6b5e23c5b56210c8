import type { Day } from './answer.ts'
import { readAlike } from './reply/alike.ts'
import { cutClauses } from './reply/clauses.ts'
import { readInOrder, type Scene } from './reply/lists.ts'
import { indexNames, listBeside, type Names } from './reply/names.ts'
import { readNumbering } from './reply/numbering.ts'
import {
  type AskedItem,
  doubtReading,
  isFigureItem,
  type Reply,
  type ReplyContext,
  readOne,
} from './reply/reading.ts'
import { splitRuns } from './reply/runs.ts'
import { joinPairs, resolveClause, type Said } from './reply/said.ts'
import { areTasks, readStates } from './reply/states.ts'
import { readTable } from './reply/table.ts'
import { readNamed } from './reply/told.ts'
import { readWords } from './reply/words.ts'

export {
  type AskedItem,
  givenBy,
  type Reading,
  type Reply,
  type ReplyContext,
  readOne,
} from './reply/reading.ts'

/** Longer than any table of one report; beyond it only one narrative can be meant. */
const LONGEST_REPLY = 8_000
const MOST_CLAUSES = 400

/**
 * Reads one reply into answers: "57; 3; 0; 2", "1 = 31, 3 = 92", "II.2c.1 = 228", "trực tiếp: 31, bưu chính không có",
 * "221, trong đó trước hạn 219", rows of a spreadsheet, or the answer to the one thing asked. Total; never guesses
 * which value is of which item.
 */
export function readReply(asked: readonly AskedItem[], text: string, context: ReplyContext): Reply {
  const states = areTasks(asked) ? readStates(asked, text) : undefined
  if (states) return states
  const names = indexNames(asked, context.all ?? [])
  const isLong = text.length > LONGEST_REPLY
  const reply = isLong ? undefined : readParts(asked, text, { names, context })
  if (reply) return reply
  const [only] = asked
  if (only && asked.length === 1) {
    return { type: 'readings', readings: [readOne(only, text, context.today)], leftover: [] }
  }
  return {
    type: 'miscounted',
    given: Math.max(1, text.split(/[;\n]/).filter((part) => part.trim() !== '').length),
  }
}

interface Setting {
  readonly names: Names
  readonly context: ReplyContext
}

function readParts(asked: readonly AskedItem[], text: string, setting: Setting): Reply | undefined {
  const { names, context } = setting
  const isNarrative = asked.length === 1 && !asked.every(isFigureItem)
  const table = text.includes('\t') && !isNarrative ? readTable(text, names, context) : undefined
  const readTail = (tail: string): Reply | undefined => readClauses(asked, tail, setting)
  return (
    table ?? readAlike(asked, { text, today: context.today }, readTail) ?? readClauses(asked, text, setting)
  )
}

function readClauses(asked: readonly AskedItem[], text: string, setting: Setting): Reply | undefined {
  const { names, context } = setting
  const said = readSaid(asked, text, setting)
  const source: Source = { asked, text, context }
  if (said === undefined) return undefined
  if (asked.length !== 1) return readSeveral(said, source, names)
  if (asked.every(isFigureItem)) return readSingle(said, source, names)
  // A narrative is left for another item only by its code and "=".
  const [first] = said
  return first?.clause.mark?.isFirm && first.item ? gather(said, names, source).reply : undefined
}

function readSaid(
  asked: readonly AskedItem[],
  text: string,
  { names, context }: Setting,
): readonly Said[] | undefined {
  const words = readWords(text)
  const clauses = cutClauses({ text, words, names, asked, context })
  if (clauses.length > MOST_CLAUSES) return undefined
  const cut = readNumbering(clauses, asked).flatMap((clause) => splitRuns(clause, names))
  return joinPairs(cut.map((clause) => resolveClause(clause, text, names)))
}

interface Source {
  readonly asked: readonly AskedItem[]
  readonly text: string
  readonly context: ReplyContext
}

/** One thing was asked: the whole reply is its answer, unless parts of it name other items. */
function readSingle(said: readonly Said[], source: Source, names: Names): Reply | undefined {
  const [only] = source.asked
  const valued = said.filter(({ hasValue, clause }) => hasValue || clause.mark)
  const isMarked = valued.some(({ clause }) => clause.mark)
  const isOther = valued.some(({ item }) => item && item.item.code !== only?.item.code)
  const isParted = valued.slice(1).some(({ clause }) => clause.opens === 'inner')
  const [first] = valued
  const isUnsure = first?.isStrange || (first?.hasLabel && first.match.candidates.length === 0)
  const beside = valued.length === 1 && first && isUnsure ? listBeside(names, first.clause.words) : []
  if (first?.isSpent && valued.length === 1) return askWhich(first, source.asked, source.context.today)
  if (first && beside.length > 0) return askWhich(first, [...source.asked, ...beside], source.context.today)
  if (!isMarked && !isOther && !isParted) return undefined
  const { reply, leftover } = gather(said, names, source)
  if (isMarked) return reply
  if (reply?.type !== 'readings' || leftover.length === 0) return reply
  // What is left over may belong to the figure before it, unless it says itself that it is a part.
  const isPart = leftover.every((one) => isInner(one, valued) && one.hasLabel !== one.isStrange)
  return isPart && isWithin(leftover, valued[0]) ? reply : undefined
}

function readSeveral(said: readonly Said[], source: Source, names: Names): Reply | undefined {
  const { asked, text, context } = source
  const heading = said.find(({ isPast, hasValue }) => isPast && !hasValue)
  if (heading) return askWhich(heading, asked, context.today)
  const ordered = readInOrder(said, { text, asked, today: context.today })
  if (ordered)
    return { type: 'readings', readings: ordered.readings, leftover: ordered.leftover.map(({ raw }) => raw) }
  return gather(said, names, source).reply
}

function gather(
  said: readonly Said[],
  names: Names,
  { asked, text, context }: Source,
): { readonly reply: Reply | undefined; readonly leftover: readonly Said[] } {
  const scene: Scene = { text, asked, today: context.today }
  const { readings, leftover } = readNamed(said, names, scene)
  if (readings.length > 0)
    return { reply: { type: 'readings', readings, leftover: leftover.map(writeLeft) }, leftover }
  return { reply: explain(said, leftover, scene.today), leftover }
}

function writeLeft({ raw, clause }: Said): string {
  return raw || (clause.mark?.name ?? '')
}

/** Why nothing could be read. */
function explain(said: readonly Said[], leftover: readonly Said[], today: Day): Reply | undefined {
  const unknown = leftover.find(({ clause }) => clause.mark && !clause.mark.target)
  if (unknown?.clause.mark) return { type: 'unknownItem', raw: unknown.clause.mark.name }
  const unclear = leftover.find(({ match, clause }) => match.candidates.length > 0 && !clause.isLoose)
  const others = leftover.filter((one) => one !== unclear && one.hasValue)
  if (unclear) return addLeftover(askWhich(unclear, listMeant(unclear), today), others)
  return { type: 'miscounted', given: Math.max(1, said.filter(({ hasValue }) => hasValue).length) }
}

/** "1 = bưu chính 31" may be of the first or of bưu chính. */
function listMeant({ clause, match }: Said): readonly AskedItem[] {
  const marked = clause.mark?.target
  return [...new Set([...(marked ? [marked] : []), ...match.candidates])]
}

/** Which of several is meant is a question; of one alone the question is whether its value is. */
function askWhich({ raw, span }: Said, items: readonly AskedItem[], today: Day): Reply {
  const [only, ...others] = items
  if (only === undefined) return { type: 'miscounted', given: 1 }
  if (others.length > 0) return { type: 'which', raw, candidates: items.map(({ item }) => item.code) }
  const reading = doubtReading({ ...readOne(only, span, today), raw }, 'unreadable')
  return { type: 'readings', readings: [reading], leftover: [] }
}

/** What else was said and not understood goes with the question. */
function addLeftover(reply: Reply, others: readonly Said[]): Reply {
  return reply.type === 'readings' ? { ...reply, leftover: others.map(writeLeft) } : reply
}

function isInner(one: Said, valued: readonly Said[]): boolean {
  const from = valued.findIndex(({ clause }) => clause.opens === 'inner')
  return from > 0 && valued.indexOf(one) >= from
}

/** A part is no larger than its whole. */
function isWithin(parts: readonly Said[], whole: Said | undefined): boolean {
  const sizes = parts.flatMap(({ span }) => span.match(/\d+/g) ?? [])
  const most = Number((whole?.span.match(/\d[\d.]*/)?.[0] ?? '').replaceAll('.', ''))
  return sizes.every((size) => Number(size) <= most)
}
