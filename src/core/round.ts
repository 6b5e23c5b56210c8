import type { Answer, Day, Given, Moment } from './answer.ts'
import { inChargeOf } from './charge.ts'
import { deriveAll } from './formula.ts'
import { markText } from './mark.ts'
import { type Office, type Person, placeOf } from './office.ts'
import type { Item, ReportPack } from './pack.ts'
import type { Period } from './period.ts'
import type { Schedule } from './schedule.ts'
import { fillTemplate } from './template.ts'

/** One collection: a pack, for one period, with what has been answered so far. */
export interface Round {
  readonly period: Period
  readonly pack: ReportPack
  readonly schedule: Schedule
  readonly isClosed: boolean
  /** When somebody closed it; one the calendar closes has no such hour. */
  readonly closedAt?: Moment
  /** The latest answer of each item, by code. */
  readonly answers: ReadonlyMap<string, Answer>
  /** The same, of the period before it. */
  readonly previous: ReadonlyMap<string, Answer>
  /** That period, where there was one. */
  readonly before?: Period
  /** The answers to the same period a year ago. */
  readonly yearBefore?: ReadonlyMap<string, Answer>
  /** "phường An Bình": whose report it is, for telling another's name in it. */
  readonly place?: string
  /** The day it is looked at: who is away today. */
  readonly today: Day
  /** Closed, and its answers not looked up: nothing can be decided on it. */
  readonly isUnread?: boolean
  /** The day it is being signed. */
  readonly signing?: Day
}

export interface Progress {
  readonly done: number
  readonly total: number
}

const GROUP_MAX = 4
/** Told in a word each, tasks of a group go on one screen. */
const TASKS_MAX = 8

/** "quý I năm 2025", in the words of the pack. */
export function titleOf(round: Pick<Round, 'pack' | 'period'>): string {
  const words = round.pack.periods[round.period.name]
  if (!words) throw new Error(`pack ${round.pack.id} is not made for ${round.period.key}`)
  return fillTemplate(words, { nam: String(round.period.year) })
}

/** The later answer to an item replaces the earlier; one taken back leaves the item open. */
export function latestByCode(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  const latest = new Map(answers.map((answer) => [answer.code, answer]))
  for (const [code, answer] of latest) if (answer.given.state === 'withdrawn') latest.delete(code)
  return latest
}

export function findItem(pack: ReportPack, code: string): Item | undefined {
  const wanted = code.toLowerCase()
  return pack.items.find((item) => item.code.toLowerCase() === wanted)
}

/** What is asked of people as things stand; the rest is computed, or has no occasion. */
export function askedItems({ pack, answers }: Pick<Round, 'pack' | 'answers'>): readonly Item[] {
  return pack.items.filter(
    ({ source, when }) =>
      source !== 'derived' && source !== 'volunteered' && isMet(when, answers) && isMet(when?.and, answers),
  )
}

/** Whether what an item hangs on has come about. */
function isMet(when: Item['when'], answers: Round['answers']): boolean {
  if (!when) return true
  const given = answers.get(when.item)?.given
  if (given?.state === 'value') return when.is?.includes(given.value) ?? true
  return given?.state === 'text' && when.is === undefined
}

/** What a person is asked for. */
export function itemsOf(round: Round, office: Office, person: Person): readonly Item[] {
  return askedItems(round).filter((item) => inChargeOf(item, round, office).id === person.id)
}

/** What is known of each item: the answer, or what its formula makes of other answers. */
export function valuesOf(round: {
  readonly pack: Pick<ReportPack, 'items'>
  readonly answers: Round['answers']
}): (code: string) => Given | undefined {
  const derived = deriveAll(round.pack, round.answers)
  return (code) => {
    const given = round.answers.get(code)?.given
    return isAnswered(given) ? given : (derived.get(code) ?? given)
  }
}

/** A promise for later is not an answer, nor is what was taken back. */
export function isAnswered(given: Given | undefined): boolean {
  return given !== undefined && given.state !== 'pending' && given.state !== 'withdrawn'
}

/** Whether nobody has to say anything more of an item: answered, and not sent back since. */
export function isDone(round: Pick<Round, 'answers'>, { code }: Item): boolean {
  return isAnswered(round.answers.get(code)?.given) && !isSentBack(round, code)
}

export function isSentBack(round: Pick<Round, 'answers'>, code: string): boolean {
  return markText(round, 'return', code) !== undefined
}

export function progressOf(round: Round, items: readonly Item[]): Progress {
  return { done: items.filter((item) => isDone(round, item)).length, total: items.length }
}

/** Items nobody has said anything about yet, not even a promise, and what was sent back. */
export function silentItems(round: Round, items: readonly Item[]): readonly Item[] {
  return items.filter(
    ({ code }) =>
      !round.answers.has(code) ||
      (isSentBack(round, code) && round.answers.get(code)?.given.state !== 'pending'),
  )
}

/** What to ask next: the first open item and its neighbours of the same group, at most four; a text is asked alone, tasks by the screen. */
export function nextGroup(open: readonly Item[]): readonly Item[] {
  const [first] = open
  if (!first) return []
  if (first.isTask)
    return open.filter((item) => item.isTask && item.group === first.group).slice(0, TASKS_MAX)
  if (isAskedAlone(first)) return [first]
  return open.filter((item) => item.group === first.group && !isAskedAlone(item)).slice(0, GROUP_MAX)
}

function isAskedAlone(item: Item): boolean {
  return item.kind === 'text' || item.kind === 'choice'
}

/** The values of the names a template may use beside codes. */
export function settingsOf(round: Round, office: Office): Readonly<Record<string, string>> {
  return {
    ky: titleOf(round),
    KY: titleOf(round).toUpperCase(),
    nam: String(round.period.year),
    nam_sau: String(round.period.year + 1),
    nam_truoc: String(round.period.year - 1),
    tu_ngay: writeDay(round.schedule.from),
    den_ngay: writeDay(round.schedule.to),
    don_vi: placeOf(office),
    dia_danh: office.name,
    DIA_DANH: placeOf(office).toUpperCase(),
    tinh: office.province,
    soan_thao: office.drafter,
  }
}

/** "15/12/2024" */
export function writeDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** "17/3", as in a chat. */
export function writeShortDay(moment: Moment): string {
  return `${Number(moment.slice(8, 10))}/${Number(moment.slice(5, 7))}`
}
