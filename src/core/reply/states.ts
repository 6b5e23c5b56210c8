import { TASK_STATES, type TaskState } from '../plan.ts'
import { foldText } from '../text.ts'
import type { AskedItem, Reading, Reply } from './reading.ts'

/** How officials say how far a task has come; without accents, whole words. */
const STATE_WORDS: Readonly<Record<string, TaskState>> = {
  xong: 'xong',
  'da xong': 'xong',
  'xong roi': 'xong',
  roi: 'xong',
  ok: 'xong',
  dat: 'xong',
  'hoan thanh': 'xong',
  'da hoan thanh': 'xong',
  'da thuc hien': 'xong',
  'da lam': 'xong',
  'da lam xong': 'xong',
  'hoan thanh xong': 'xong',
  dang: 'dang-lam',
  'dang lam': 'dang-lam',
  'dang thuc hien': 'dang-lam',
  'dang trien khai': 'dang-lam',
  'thuong xuyen': 'dang-lam',
  'lam thuong xuyen': 'dang-lam',
  'thuc hien thuong xuyen': 'dang-lam',
  chua: 'chua-lam',
  'chua lam': 'chua-lam',
  'chua thuc hien': 'chua-lam',
  'chua trien khai': 'chua-lam',
  'chua bat dau': 'chua-lam',
  cham: 'cham',
  tre: 'cham',
  'cham tien do': 'cham',
  'bi cham': 'cham',
  'tre han': 'cham',
  'qua han': 'cham',
}
const COURTESY = /^(?:da|thua|vang|em bao cao|bao cao)\s+|\s+(?:a|nhe|roi a|het|ca|roi|het roi|nha)$/g
const ALL =
  /^((?:ca|tat ca|toan bo)(?: (?:deu|\d+|nhiem vu|viec|da))* )?(.+?)(?: het| ca| tat ca| toan bo| het roi| het ca)*$/
const SAYS_ALL = /^(?:ca|tat ca|toan bo)\s|\s(?:het|ca|tat ca|toan bo)$/

/** Whether the items asked are tasks of the plan, whose states are told together. */
export function areTasks(asked: readonly AskedItem[]): boolean {
  return asked.length > 0 && asked.every(({ item }) => item.isTask)
}

/**
 * The states of several tasks in one reply: "xong hết", "1, 3 xong; 2 đang làm", "xong; đang làm; chưa", or a
 * spread "1-4 xong". A number names a task by its place; a number twice, or one that is not there, is asked about.
 * "cả 2 đều xong" must count what was asked, and of the rest only one thing can be said.
 */
export function readStates(asked: readonly AskedItem[], text: string): Reply | undefined {
  const folded = foldText(text).trim()
  const [, counted = '', words = ''] = (SAYS_ALL.test(folded) && ALL.exec(folded)) || []
  const all = stateIn(words)
  const strangeCount = all && (counted.match(/\d+/g) ?? []).map(Number).find((n) => n !== asked.length)
  if (strangeCount !== undefined) return { type: 'miscounted', given: strangeCount }
  if (all !== undefined || asked.length === 1) {
    const state = all ?? stateIn(folded)
    return state && told(asked.map((one) => [one, state, text] as const))
  }
  const clauses = splitClauses(text)
  const read = clauses.map(readClause)
  if (read.some((one) => one === undefined)) return undefined
  const known = read.flatMap((one) => one ?? [])
  if (known.filter(({ isRest }) => isRest).length > 1) return undefined
  if (known.every(({ places, isRest }) => places.length === 0 && !isRest)) {
    if (known.length !== asked.length) return { type: 'miscounted', given: known.length }
    return told(
      asked.map((one, index) => [one, known[index]?.state ?? 'xong', known[index]?.raw ?? ''] as const),
    )
  }
  const places = known.flatMap((one) => one.places)
  const strange = places.find((place, index) => !asked[place - 1] || places.indexOf(place) < index)
  if (strange !== undefined) return { type: 'unknownItem', raw: String(strange) }
  const rest = asked.flatMap((_, index) => (places.includes(index + 1) ? [] : [index + 1]))
  if (known.some((one) => one.places.length === 0 && !one.isRest)) return undefined
  return told(
    known.flatMap(({ places: named, state, raw, isRest }) =>
      (isRest ? rest : named).flatMap((place) => {
        const one = asked[place - 1]
        return one ? [[one, state, raw] as const] : []
      }),
    ),
  )
}

function told(states: readonly (readonly [AskedItem, TaskState, string])[]): Reply {
  const readings = states.map(
    ([{ item }, value, raw]): Reading => ({
      code: item.code,
      raw: raw.trim(),
      result: { outcome: 'value', value, qualifier: 'exact' },
    }),
  )
  return { type: 'readings', readings, leftover: [] }
}

interface Clause {
  readonly places: readonly number[]
  readonly state: TaskState
  readonly raw: string
  /** "còn lại đang làm" */
  readonly isRest: boolean
}

/** A clause ends where its state does: "1, 3 xong, 2 đang làm" is two. */
function splitClauses(text: string): readonly string[] {
  const parts = text.split(/[;\n,]+/).filter((part) => part.trim() !== '')
  const clauses: string[] = []
  let open = ''
  for (const part of parts) {
    open = open === '' ? part : `${open},${part}`
    if (/\p{L}/u.test(part.replace(/(?:^|\s)(?:và|va|đến|den)(?=\s)/gu, ''))) {
      clauses.push(open)
      open = ''
    }
  }
  return open === '' ? clauses : [...clauses, open]
}

const BEFORE_NUMBERS = /^(?:(?:dạ|da|thưa|thua|nhiệm vụ|nhiem vu|nv|việc|viec|số|so|câu|cau)\s*)+(?=\d)/iu
const REST =
  /^(?:(?:các|cac|những|nhung|số|so|tất cả|tat ca)?\s*(?:nhiệm vụ|nhiem vu|việc|viec|mục|muc)?\s*(?:còn lại|con lai))\s*(?:thì|thi|là|la|đều|deu)?\s*/iu
const NUMBERS = /^((?:\d+(?:\s*(?:-|–|,|và|va|đến|den)\s*\d+)*)?)\s*[:=.)-]?\s*(.*)$/isu

function readClause(raw: string): Clause | undefined {
  const trimmed = raw.trim()
  const isRest = REST.test(trimmed)
  const [, numbers = '', words = ''] = NUMBERS.exec(trimmed.replace(isRest ? REST : BEFORE_NUMBERS, '')) ?? []
  const state = stateIn(foldText(words))
  const places = placesIn(numbers)
  // "còn lại 2 xong" counts the rest or names the second: nobody can say which.
  if (isRest && places?.length !== 0) return undefined
  return state && places ? { places, state, raw, isRest } : undefined
}

function placesIn(text: string): readonly number[] | undefined {
  const places: number[] = []
  for (const part of text.split(/,|và|va/u).map((one) => one.trim())) {
    if (part === '') continue
    const [from = 0, to = from, more] = part.split(/-|–|đến|den/u).map(Number)
    if (more !== undefined || !(from > 0) || to < from || to - from > 60) return undefined
    for (let place = from; place <= to; place += 1) places.push(place)
  }
  return places
}

/** Longer than the states of any screen of tasks. */
const LONGEST = 300

/** "1 xong, 2 đang làm" where figures are asked: no figure is in it. */
export function soundsLikeStates(text: string): boolean {
  if (text.length > LONGEST) return false
  const read = splitClauses(text).map(readClause)
  return read.length > 0 && read.every((one) => one !== undefined) && /\d/.test(text)
}

/** What one task is said to be. */
export function readState(text: string): TaskState | undefined {
  return stateIn(foldText(text).trim())
}

function stateIn(folded: string): TaskState | undefined {
  const words = folded
    .replace(/[.!]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const state = STATE_WORDS[words] ?? STATE_WORDS[words.replace(COURTESY, '').trim()]
  return state ?? TASK_STATES.find((one) => one === words)
}
