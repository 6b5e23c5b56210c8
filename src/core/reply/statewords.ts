import { TASK_STATES, type TaskState } from '../plan.ts'
import { foldText } from '../text.ts'

/** How officials say how far a task has come; without accents, whole words. */
const STATE_WORDS: Readonly<Record<string, TaskState>> = {
  xong: 'xong',
  'da xong': 'xong',
  'xong roi': 'xong',
  'da xong roi': 'xong',
  roi: 'xong',
  ok: 'xong',
  dat: 'xong',
  'hoan thanh': 'xong',
  'da hoan thanh': 'xong',
  'da hoan thanh xong': 'xong',
  'hoan tat': 'xong',
  'da hoan tat': 'xong',
  'da thuc hien': 'xong',
  'da thuc hien xong': 'xong',
  'da lam': 'xong',
  'da lam xong': 'xong',
  'lam xong': 'xong',
  'hoan thanh xong': 'xong',
  dang: 'dang-lam',
  'dang lam': 'dang-lam',
  'dang lam do': 'dang-lam',
  'dang thuc hien': 'dang-lam',
  'dang trien khai': 'dang-lam',
  'dang trien khai thuc hien': 'dang-lam',
  'dang tien hanh': 'dang-lam',
  'dang xu ly': 'dang-lam',
  'dang xay dung': 'dang-lam',
  'dang soan': 'dang-lam',
  'dang soan thao': 'dang-lam',
  'dang du thao': 'dang-lam',
  'dang trinh': 'dang-lam',
  'dang trinh ky': 'dang-lam',
  'dang lay y kien': 'dang-lam',
  'dang ra soat': 'dang-lam',
  'dang hoan thien': 'dang-lam',
  'thuong xuyen': 'dang-lam',
  'lam thuong xuyen': 'dang-lam',
  'thuc hien thuong xuyen': 'dang-lam',
  chua: 'chua-lam',
  'chua lam': 'chua-lam',
  'chua thuc hien': 'chua-lam',
  'chua trien khai': 'chua-lam',
  'chua trien khai thuc hien': 'chua-lam',
  'chua tien hanh': 'chua-lam',
  'chua bat dau': 'chua-lam',
  cham: 'cham',
  tre: 'cham',
  'dang cham': 'cham',
  'cham tien do': 'cham',
  'tre tien do': 'cham',
  'dang cham tien do': 'cham',
  'bi cham': 'cham',
  'bi cham tien do': 'cham',
  'bi tre': 'cham',
  'tre han': 'cham',
  'qua han': 'cham',
  'khong phat sinh': 'khong-phat-sinh',
  'ko phat sinh': 'khong-phat-sinh',
  'k phat sinh': 'khong-phat-sinh',
  'khong co phat sinh': 'khong-phat-sinh',
  'ko co phat sinh': 'khong-phat-sinh',
  'chua phat sinh': 'khong-phat-sinh',
  'chua co phat sinh': 'khong-phat-sinh',
  kps: 'khong-phat-sinh',
}

/** Words that other words become without their accents: "đảng viên" is not "đang", "chữa" not "chưa". */
const SPELT: Readonly<Record<string, string>> = {
  dang: 'đang',
  chua: 'chưa',
  cham: 'chậm',
  tre: 'trễ',
  dat: 'đạt',
  roi: 'rồi',
}

/** Whether each word, where it has accents at all, has those of the word that is meant. */
export function isSpelt(typed: string, words = SPELT): boolean {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => {
      const folded = foldText(word)
      return word === folded || !Object.hasOwn(words, folded) || words[folded] === word
    })
}

const COURTESY = /^(?:da|thua|vang|em bao cao|bao cao)\s+|\s+(?:a|nhe|roi a|het|ca|roi|het roi|nha)$/g

/** The state that folded words say, all of them. */
export function stateIn(folded: string): TaskState | undefined {
  const words = folded
    .replace(/[.!]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const found = [words, words.replace(COURTESY, '').trim()].find((one) => Object.hasOwn(STATE_WORDS, one))
  if (found !== undefined) return STATE_WORDS[found]
  return TASK_STATES.find((one) => one === words)
}

/** What one task is said to be, and nothing else. */
export function readState(text: string): TaskState | undefined {
  return stateIn(foldText(text).trim())
}

/** Where a state is said, of which tasks: "1, 3 xong", "còn lại đang làm", or without a number. */
export interface Head {
  readonly start: number
  readonly end: number
  readonly places: readonly number[]
  /** "còn lại đang làm" */
  readonly isRest: boolean
  readonly state: TaskState
}

const CALLED = '(?:(?:da|thua|nhiem vu|nv|viec|so|cau|muc)\\s*)*'
const REST =
  '(?<rest>(?:cac|nhung|so|tat ca)?\\s*(?:nhiem vu|viec|muc)?\\s*con lai)\\s*(?:(?:thi|la|deu|da|van)\\s+)*'
const JOINT = '\\s*[:=.)–-]*\\s*(?:(?:thi|la|deu|hien|van|cung)\\s+)*'
const STATES = [...Object.keys(STATE_WORDS), ...TASK_STATES]
  .sort((one, other) => other.length - one.length)
  .map((words) => words.replaceAll(' ', '\\s+'))
  .join('|')
const STATE = `(?<state>${STATES})(?![\\p{L}\\p{N}])`
const LONGEST_CODE = 24

/** What finds the heads of a reply to these tasks, which may be named by their place or by their code. */
export interface Finder {
  at(place: number, isBare?: boolean): Head | undefined
}

/** `text` as typed; codes as the plan has them, in the order of their places. */
export function createFinder(text: string, codes: readonly string[]): Finder {
  const folded = foldText(text)
  const isAligned = folded.length === text.length
  const named = codes
    .map((code) => foldText(code))
    .filter((code) => code.includes('.') && code.length <= LONGEST_CODE)
    .sort((one, other) => other.length - one.length)
    .map((code) => `(?:kh\\.)?${code.replaceAll('.', '\\.')}`)
  const one = `(?:${[...named, '\\d{1,2}'].join('|')})`
  const many = `(?<numbers>${one}(?:\\s*(?:-|–|,|\\bva\\b|\\bden\\b)\\s*${one})*)(?!\\d)`
  const headed = new RegExp(
    `${CALLED}${many}${JOINT}${STATE}|${REST}(?<state2>${STATES})(?![\\p{L}\\p{N}])`,
    'uy',
  )
  const bare = new RegExp(`(?:(?:da|thua|vang|em bao cao|bao cao)\\s+)*?${STATE}`, 'uy')
  return {
    at(place, isBare = false) {
      const pattern = isBare ? bare : headed
      pattern.lastIndex = place
      const found = isAligned ? pattern.exec(folded) : null
      if (!found) return undefined
      const { numbers, rest, state, state2 } = found.groups ?? {}
      const said = state ?? state2 ?? ''
      const end = place + found[0].length
      if (!isSpelt(text.slice(end - said.length, end))) return undefined
      const places = numbers === undefined ? [] : placesIn(numbers, codes)
      const value = stateIn(said)
      return places && value && { start: place, end, places, isRest: rest !== undefined, state: value }
    },
  }
}

/** "1, 3", "1-4", "2.1 và 2.3"; undefined where a spread makes no sense. */
function placesIn(numbers: string, codes: readonly string[]): readonly number[] | undefined {
  const folded = codes.map((code) => foldText(code))
  const placeOf = (name: string): number => {
    const at = folded.indexOf(name.trim().replace(/^kh\./, ''))
    return name.includes('.') ? at + 1 : Number(name)
  }
  const places: number[] = []
  for (const part of numbers.split(/,|\bva\b/)) {
    const [from = 0, to = from, more] = part.split(/-|–|\bden\b/).map(placeOf)
    if (more !== undefined || !(from > 0) || to < from || to - from > 60) return undefined
    for (let place = from; place <= to; place += 1) places.push(place)
  }
  return places
}
