import { detailCode, TASK_STATES, type TaskDetail, type TaskState } from '../plan.ts'
import { foldText } from '../text.ts'
import { readBehind, readSettled, readTrouble, type Told } from './details.ts'
import type { AskedItem, Reading, Reply, ReplyContext } from './reading.ts'
import { createFinder, type Head, readState, stateIn } from './statewords.ts'

const ALL =
  /^((?:ca|tat ca|toan bo)(?: (?:deu|\d+|nhiem vu|viec|da))* )?(.+?)(?: het| ca| tat ca| toan bo| het roi| het ca)*$/
const SAYS_ALL = /^(?:ca|tat ca|toan bo)\s|\s(?:het|ca|tat ca|toan bo)$/
/** Longer than the states of any screen of tasks, with what there is to say of each. */
const LONGEST = 4_000

/** Whether the items asked are tasks of the plan, whose states are told together. */
export function areTasks(asked: readonly AskedItem[]): boolean {
  return asked.length > 0 && asked.every(({ item }) => item.isTask)
}

/**
 * The states of several tasks in one reply: "xong hết", "1, 3 xong; 2 đang làm 60%", "xong; đang làm; chưa", or a
 * spread "1-4 xong". A number names a task by its place; a number twice, or one that is not there, is asked about.
 * "cả 2 đều xong" must count what was asked, and of the rest only one thing can be said. What is told behind a
 * state goes to the details of its task.
 */
export function readStates(
  asked: readonly AskedItem[],
  text: string,
  context: ReplyContext,
): Reply | undefined {
  if (text.length > LONGEST) return undefined
  const all = readAll(asked, text)
  if (all) return all
  const clauses = cutClauses(asked, text)
  if (!clauses) return undefined
  if ('given' in clauses) return { type: 'miscounted', given: clauses.given }
  const rests = clauses.filter(({ head }) => head.isRest)
  if (rests.length > 1 || clauses.some(({ stray }) => SAYS_REST.test(foldText(stray)))) return undefined
  const places = clauses.flatMap(({ head }) => head.places)
  const strange = places.find((place, index) => !asked[place - 1] || places.indexOf(place) < index)
  if (strange !== undefined) return { type: 'unknownItem', raw: String(strange) }
  const rest = asked.flatMap((_, index) => (places.includes(index + 1) ? [] : [index + 1]))
  const told = clauses.map((clause) => {
    const of = (clause.head.isRest ? rest : clause.head.places).flatMap((place) => asked[place - 1] ?? [])
    return readClause(clause, of, context)
  })
  // "chưa có, hẹn thứ Hai" of the one task asked says when its state will be known.
  const isUnread = told.every(({ readings }) => readings.every(({ result }) => result.outcome === 'noOption'))
  if (asked.length === 1 && isUnread) return undefined
  return {
    type: 'readings',
    readings: told.flatMap(({ readings }) => readings),
    leftover: told.flatMap(({ leftover }) => leftover),
  }
}

const CODED = /^\s*(KH\.[\p{L}\p{N}.]+?)\s*(?:=|:|→|\s)\s*(.+)$/isu

/** "KH.2.1 = đang làm 60%; KH.2.2 = xong", whatever is being asked. */
export function readCoded(text: string, context: ReplyContext): Reply | undefined {
  const parts = text.length > LONGEST ? [] : text.split(/[;\n]\s*(?=KH\.)/iu)
  const replies = parts.map((part) => {
    const [, code = '', words = ''] = CODED.exec(part) ?? []
    const task = context.find(code)
    return task?.item.isTask ? readStates([task], words, context) : undefined
  })
  const read = replies.flatMap((reply) => (reply?.type === 'readings' ? [reply] : []))
  if (read.length === 0 || read.length < replies.length) return undefined
  return {
    type: 'readings',
    readings: read.flatMap(({ readings }) => readings),
    leftover: read.flatMap(({ leftover }) => leftover),
  }
}

const AS_BEFORE =
  /^(?:(?:tat ca|ca) )?(?:deu )?(?:van )?(?:nhu ky truoc|giu nguyen|nhu cu|nhu vay|vay|khong (?:thay )?doi)(?: het| ca| a)?$/

/** "giữ nguyên", where it was said of each how far it had come. */
function readAsBefore(asked: readonly AskedItem[], text: string): Reply | undefined {
  if (
    !AS_BEFORE.test(
      foldText(text)
        .replace(/[.!]+$/, '')
        .trim(),
    )
  )
    return undefined
  const readings = asked.flatMap(({ item, previous }) => {
    const state = TASK_STATES.find((one) => one === previous)
    return state ? [stateReading(item.code, state, text)] : []
  })
  return readings.length === asked.length ? { type: 'readings', readings, leftover: [] } : undefined
}

/** "xong hết", "cả 4 đều xong", or the one task's state alone. */
function readAll(asked: readonly AskedItem[], text: string): Reply | undefined {
  const before = readAsBefore(asked, text)
  if (before) return before
  const folded = foldText(text).trim()
  const [, counted = '', words = ''] = (SAYS_ALL.test(folded) && ALL.exec(folded)) || []
  const all = stateIn(words)
  const strangeCount = all && (counted.match(/\d+/g) ?? []).map(Number).find((n) => n !== asked.length)
  if (strangeCount !== undefined) return { type: 'miscounted', given: strangeCount }
  const state = all ?? (asked.length === 1 ? readState(text) : undefined)
  if (state === undefined) return undefined
  const readings = asked.map(({ item }) => stateReading(item.code, state, text))
  return { type: 'readings', readings, leftover: [] }
}

/** A state with the words behind it, up to the next. */
interface Clause {
  readonly head: Head
  readonly raw: string
  readonly tail: string
  /** What follows and seems to be of another task: "2 gần xong". */
  readonly stray: string
}

const SAYS_REST = /(?:^|\s)con lai(?!\p{L})/u
/** What an answer may begin with. */
const OPENING = /^\s*(?:(?:da|thua|vang|bao cao|tien do|ket qua|dong chi|anh|chi|em|toi|a)(?:[\s,:.]+))*/
const SIGNS = /[;,\n]|\.(?=\s)/g

function cutClauses(
  asked: readonly AskedItem[],
  text: string,
): readonly Clause[] | { readonly given: number } | undefined {
  const heads = findHeads(asked, text)
  const [first] = heads
  if (first)
    return first.start <= openingOf(text)
      ? heads.map((head, index) => cutClause(text, head, heads[index + 1]?.start))
      : undefined
  return listStates(asked, text)
}

/** Heads stand where a clause can begin: at the start, behind a sign, or at once behind the head or the share before. */
function findHeads(asked: readonly AskedItem[], text: string): readonly Head[] {
  const finder = createFinder(
    text,
    asked.map(({ item }) => item.code.slice(item.code.indexOf('.') + 1)),
  )
  const start = openingOf(text)
  const alone = asked.length === 1 ? finder.at(start, true) : undefined
  if (alone) return [{ ...alone, places: [1] }]
  const heads: Head[] = []
  const starts = [start, ...[...text.matchAll(SIGNS)].map(({ index }) => index + 1)]
  for (let at = starts.shift(); at !== undefined; at = starts.shift()) {
    const from = at + (NEXT.exec(text.slice(at))?.[0].length ?? 0)
    const last = heads.at(-1)
    if (last && from < last.end) continue
    const head = finder.at(from)
    if (!head) continue
    heads.push(head)
    // "1 xong 2 đang làm 60% 3 chậm": a head may follow at once.
    const share = SHARE.exec(text.slice(head.end))?.[0].length ?? 0
    starts.unshift(...(share > 0 ? [head.end, head.end + share] : [head.end]))
  }
  return heads
}

function openingOf(text: string): number {
  return OPENING.exec(foldText(text))?.[0].length ?? 0
}

const NEXT = /^\s*(?:(?:và|va|còn|thì)\s+(?=\d))?/iu
const SHARE = /^\s*\(?\d{1,3}\s*%\)?/

/** "1 xong và 2 đang làm" */
const LINK = /\s+(?:và|va|còn|thì)\s*$/iu

function cutClause(text: string, head: Head, next: number | undefined): Clause {
  const raw = text.slice(head.start, next)
  const behind = text.slice(head.end, next).replace(LINK, '')
  const at = findStray(behind)
  const tail = behind.slice(0, at)
  return {
    head,
    raw: raw.slice(0, head.end - head.start + tail.length).replace(/[\s,;.]+$/, ''),
    tail,
    stray: behind.slice(at),
  }
}

/** "…; 2 gần xong" is of the second task, whatever it says of it; "…; 15/BC-UBND" and "…, 2 cán bộ nghỉ" go on. */
function findStray(behind: string): number {
  for (const sign of behind.matchAll(SIGNS)) {
    const segment = behind.slice(sign.index + 1).split(/[;,\n]|\.\s/, 1)[0] ?? ''
    const isHard = sign[0] === ';' || sign[0] === '\n'
    const folded = foldText(segment)
    const isPlaced = /^\s*\d{1,2}\s*[.):=-]?\s*\p{L}/u.test(folded)
    const isState = /(?:^|\s)(?:xong|dang|chua|cham|tre|hoan thanh|phat sinh)(?!\p{L})/u.test(folded)
    const isMarked = /^\s*\d{1,2}\s*[):=]\s/.test(segment)
    if (SAYS_REST.test(folded) || isMarked || (isPlaced && (isHard || isState))) return sign.index
  }
  return behind.length
}

/** "xong; đang làm 60%; chậm do mưa bão": as many as were asked, in their order; by commas only the bare states. */
function listStates(
  asked: readonly AskedItem[],
  text: string,
): readonly Clause[] | { readonly given: number } | undefined {
  const isHard = /[;\n]/.test(text)
  const parts = text.split(isHard ? /[;\n]/ : ',').filter((part) => part.trim() !== '')
  const clauses = parts.flatMap((part, index): Clause[] => {
    const trimmed = part.trim()
    const head = createFinder(trimmed, []).at(0, true)
    const isTaken = head && (isHard || readState(trimmed) !== undefined)
    if (!isTaken) return []
    const tail = readState(trimmed) === undefined ? trimmed.slice(head.end) : ''
    return [{ head: { ...head, places: [index + 1] }, raw: trimmed, tail, stray: '' }]
  })
  if (clauses.length === 0 || clauses.length < parts.length) return undefined
  return clauses.length === asked.length ? clauses : { given: clauses.length }
}

function readClause(
  { head, raw, tail, stray }: Clause,
  of: readonly AskedItem[],
  context: ReplyContext,
): { readonly readings: readonly Reading[]; readonly leftover: readonly string[] } {
  const { state } = head
  const told = readBehind(state, tail, context.today)
  const left = stray.replace(/^[\s,;.]+|[\s,;.]+$/g, '')
  if (told.doubt) {
    const readings = of.map(({ item }): Reading => doubtReading(item.code, raw, told.doubt ?? []))
    return { readings, leftover: left === '' ? [] : [left] }
  }
  const readings = of.flatMap(({ item }) => [
    stateReading(item.code, state, raw),
    ...detailReadings(item.code, of.length === 1 ? told : { trouble: told.trouble ?? {} }, context),
  ])
  // One share or one document of several tasks: nobody can say whose it is.
  const isShared = of.length > 1 && (told.percent !== undefined || told.product !== undefined)
  const isPlaceless = of.every(({ item }) => context.find(detailCode(item.code, 'difficulty')) === undefined)
  const hasMore = told.percent !== undefined || told.product !== undefined || told.trouble !== undefined
  const lost =
    isShared || (isPlaceless && hasMore) ? [tail.replace(/^[\s,;:.–-]+/, '').trim()] : [told.left ?? '']
  return { readings, leftover: [...lost, left].filter((words) => words !== '') }
}

function stateReading(code: string, value: TaskState, raw: string): Reading {
  return { code, raw: raw.trim(), result: { outcome: 'value', value, qualifier: 'exact' } }
}

function doubtReading(code: string, raw: string, may: readonly TaskState[]): Reading {
  if (may.length === 0) return { code, raw, result: { outcome: 'noOption' } }
  const choices = may.map((value) => ({ outcome: 'value', value, qualifier: 'exact' }) as const)
  return { code, raw, result: { outcome: 'ask', why: 'state', choices } }
}

/** What was told goes only to details the pack asks for. */
function detailReadings(code: string, told: Told, { find }: ReplyContext): readonly Reading[] {
  const { percent, product, trouble = {} } = told
  const knows = (detail: TaskDetail) => find(detailCode(code, detail)) !== undefined
  const texts = { product, ...trouble }
  return [
    ...(percent && knows('percent') ? [{ code: detailCode(code, 'percent'), ...percent }] : []),
    ...(['product', 'difficulty', 'cause', 'remedy'] as const).flatMap((detail): Reading[] => {
      const text = texts[detail]
      if (text === undefined || !knows(detail)) return []
      return [{ code: detailCode(code, detail), raw: text, result: { outcome: 'text', text } }]
    }),
  ]
}

/** What was told behind a state that was in doubt, now that it is settled. */
export function readAfterDoubt(
  code: string,
  { state, raw }: { readonly state: TaskState; readonly raw: string },
  context: ReplyContext,
): readonly Reading[] {
  const [head] = findHeads([{ item: { code } as AskedItem['item'] }], raw)
  return head ? detailReadings(code, readSettled(state, raw.slice(head.end), context.today), context) : []
}

/** The answer to a question about a task's difficulty, its cause or its remedy, which may tell more than was asked. */
export function readDetail({ item }: AskedItem, text: string, context: ReplyContext): readonly Reading[] {
  const { detail } = item
  if (!detail || detail.is === 'percent' || detail.is === 'product') return []
  return detailReadings(detail.of, { trouble: readTrouble(detail.is, text) }, context)
}

/** "1 xong, 2 đang làm 60%" where figures are asked: no figure is in it. */
export function soundsLikeStates(text: string): boolean {
  if (text.length > LONGEST || !/\d/.test(text)) return false
  const heads = findHeads([], text)
  const [first] = heads
  if (!first || foldText(text.slice(0, first.start)).trim() !== '') return false
  // That nothing arose is said of figures as well.
  if (heads.every(({ start, end }) => /khong phat sinh/.test(foldText(text.slice(start, end))))) return false
  return heads.every((head, index) => {
    const tail = text.slice(head.end, heads[index + 1]?.start)
    return /^[\s,;.]*(?:\(?\d{1,3}\s*%\)?[\s,;.]*)?$/.test(tail)
  })
}
