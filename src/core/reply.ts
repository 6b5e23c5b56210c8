import type { Day } from './answer.ts'
import type { AskReason } from './figures/figure.ts'
import { readAlike } from './reply/alike.ts'
import { cutClauses } from './reply/clauses.ts'
import { dropRates } from './reply/fits.ts'
import { readInOrder, type Scene } from './reply/lists.ts'
import { indexNames, isWholeName, listBeside, type Names } from './reply/names.ts'
import { nameEmpties } from './reply/numbered.ts'
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
import { areTasks, readCoded, readDetail, readStates, soundsLikeStates } from './reply/states.ts'
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
export function readReply(asked: readonly AskedItem[], said: string, context: ReplyContext): Reply {
  const text = areTasks(asked) ? said : nameEmpties(said, asked.length)
  const states = (areTasks(asked) ? readStates(asked, text, context) : undefined) ?? readCoded(text, context)
  if (states) return states
  if (!areTasks(asked) && soundsLikeStates(text)) return { type: 'miscounted', given: 0 }
  const names = indexNames(asked, context.all ?? [])
  const isLong = text.length > LONGEST_REPLY
  const reply = isLong ? undefined : readParts(asked, text, { names, context })
  if (reply) return reply
  const [only] = asked
  if (only && asked.length === 1) {
    const whole = readOne(only, text, context.today)
    const parts = whole.result.outcome === 'text' ? readDetail(only, text, context) : []
    return { type: 'readings', readings: parts.length > 0 ? parts : [whole], leftover: [] }
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
  const said = readSaid(asked, text, setting)
  const source: Source = { ...setting, asked, text }
  if (said === undefined) return undefined
  if (asked.length !== 1) return readSeveral(said, source)
  if (asked.every(isFigureItem)) return readSingle(said, source)
  return readBesideText(said, source)
}

/** A text is left for another item by its code and "=", a list of documents also by the item's whole name. */
function readBesideText(said: readonly Said[], source: Source): Reply | undefined {
  const { asked, names, context } = source
  const [first, ...others] = said
  if (first?.item === undefined) return undefined
  if (first.clause.mark?.isFirm) return gather(said, source).reply
  const isNamed = first.hasValue && isWholeName(names, first.item, first.clause.words)
  if (!isNamed || others.length > 0) return undefined
  const isList = asked.every(({ item }) => item.of === 'documents')
  return isList ? gather(said, source).reply : askWhich(first, [...asked, first.item], context.today)
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

interface Source extends Setting {
  readonly asked: readonly AskedItem[]
  readonly text: string
}

/** One thing was asked: the whole reply is its answer, unless parts of it name other items. */
function readSingle(said: readonly Said[], source: Source): Reply | undefined {
  const { asked, text, context, names } = source
  const valued = said.filter(({ hasValue, clause }) => hasValue || clause.mark)
  const [first] = valued
  if (first === undefined) return undefined
  if (first.isSpent && valued.length === 1) return askWhich(first, asked, context.today)
  if (valued.some(({ clause }) => clause.mark)) return gather(said, source).reply
  const isAsked = ({ item }: Said): boolean => item?.item.code === asked[0]?.item.code
  if (valued.some((one) => one.item && !isAsked(one))) return readParted(said, valued, source)
  if (first.isPast && valued.length === 1 && first.item === undefined) return askPast(first, source)
  const beside = listMeantBeside(first, names)
  if (beside.length > 0)
    return askWhich({ ...first, raw: text }, [...new Set([...asked, ...beside])], context.today)
  if (said.length === 1 && isAsked(first)) return readOwn(first, source)
  const isParted = valued.slice(1).some(({ clause }) => clause.opens === 'inner')
  return isParted ? readParted(said, valued, source) : undefined
}

/** "kỳ trước 9", "dự toán 134" are not of this period, unless a share of the plan is asked: "đạt 95% kế hoạch". */
function askPast({ sort }: Said, { asked, text, context }: Source): Reply | undefined {
  if (sort === 'percent') return undefined
  const readings = asked.map((one) => doubtReading(readOne(one, text, context.today), 'otherPeriod'))
  return { type: 'readings', readings, leftover: [] }
}

/** Items not asked for that the words beside a figure may mean, where they are not of the asked one. */
function listMeantBeside(first: Said, names: Names): readonly AskedItem[] {
  const { clause, isStrange, isPast, hasLabel, match, item, sort } = first
  if (isPast) return []
  if (item === undefined && match.candidates.length > 0 && !isStrange) return match.candidates
  const isUnsure = isStrange || (hasLabel && match.candidates.length === 0)
  return isUnsure ? listBeside(sort === 'percent' ? names : dropRates(names), clause.words) : []
}

/** "cắt giảm 7 TTHC" is no change where the item is called so; "giảm 7" may be one. */
function readOwn({ raw, span }: Said, { asked, text, context }: Source): Reply | undefined {
  const whole = asked.map((one) => readOne(one, text, context.today))
  const isDoubtful = whole.some(({ result }) => result.outcome === 'ask' && BY_WORDS.has(result.why))
  const isNamed = readWords(raw).length - readWords(span).length >= 2
  const readings = asked.map((one) => readOne(one, span, context.today))
  return isDoubtful && isNamed ? { type: 'readings', readings, leftover: [] } : undefined
}

/** Doubts that words beside the figure raise. */
const BY_WORDS: ReadonlySet<AskReason> = new Set(['change', 'severalNumbers', 'unreadable'])

/** Parts that name other items, with or without the figure of the asked one before them. */
function readParted(said: readonly Said[], valued: readonly Said[], source: Source): Reply | undefined {
  const { reply, leftover } = gather(said, source)
  if (reply?.type !== 'readings' || leftover.length === 0) return reply
  if (reply.readings.every(({ code }) => code !== source.asked[0]?.item.code)) return reply
  // What is left over may belong to the figure before it, unless it says itself that it is a part.
  const isPart = leftover.every((one) => isInner(one, valued) && one.hasLabel !== one.isStrange)
  return isPart && isWithin(leftover, valued[0]) ? reply : undefined
}

function readSeveral(said: readonly Said[], source: Source): Reply | undefined {
  const { asked, text, context } = source
  const heading = said.find(({ isPast, hasValue }) => isPast && !hasValue)
  if (heading) return askWhich(heading, asked, context.today)
  const ordered = readInOrder(said, { text, asked, today: context.today })
  if (ordered)
    return { type: 'readings', readings: ordered.readings, leftover: ordered.leftover.map(({ raw }) => raw) }
  return gather(said, source).reply
}

function gather(
  said: readonly Said[],
  { asked, text, context, names }: Source,
): { readonly reply: Reply | undefined; readonly leftover: readonly Said[] } {
  const scene: Scene = { text, asked, today: context.today }
  const { readings, leftover } = readNamed(said, names, scene)
  if (readings.length > 0)
    return { reply: { type: 'readings', readings, leftover: leftover.map(writeLeft) }, leftover }
  return { reply: explain(said, leftover, scene.today), leftover }
}

function writeLeft({ raw, clause }: Said): string {
  const { mark } = clause
  // The code that is not found is the very thing to be told.
  return raw && mark && !mark.target ? `${mark.name} = ${raw}` : raw || (mark?.name ?? '')
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
  const left = others.map(writeLeft)
  if (reply.type === 'which') return { ...reply, raw: [reply.raw, ...left].join('; ') }
  return reply.type === 'readings' ? { ...reply, leftover: left } : reply
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
