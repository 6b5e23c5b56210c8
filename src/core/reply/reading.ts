import type { Day, Given } from '../answer.ts'
import type { AskReason, FigureKind, FigureReading } from '../figures/figure.ts'
import { readFigure } from '../figures/read.ts'
import type { Item } from '../pack.ts'
import { foldText } from '../text.ts'
import { readState } from './statewords.ts'

/** An item as it stood in the question: its number is its place, counted from one. */
export interface AskedItem {
  readonly item: Item
  /** Last period's canonical value. */
  readonly previous?: string
}

/** What one piece of a reply says about one item. */
export type Reading =
  | { readonly code: string; readonly raw: string; readonly result: FigureReading }
  | {
      readonly code: string
      readonly raw: string
      readonly result: { readonly outcome: 'text'; readonly text: string }
    }
  | {
      readonly code: string
      readonly raw: string
      readonly result: { readonly outcome: 'noOption' | 'tooShort' }
    }

export type Reply =
  /** `leftover` are the words with a figure in them that no item could be found for. */
  | { readonly type: 'readings'; readonly readings: readonly Reading[]; readonly leftover: readonly string[] }
  /** Fewer or more values than were asked for, and nothing says which is which. */
  | { readonly type: 'miscounted'; readonly given: number }
  /** "9 = 31", and there is no ninth; or a code nobody knows. */
  | { readonly type: 'unknownItem'; readonly raw: string }
  /** The words may mean any of these items, by code; nothing is recorded. */
  | { readonly type: 'which'; readonly raw: string; readonly candidates: readonly string[] }

export interface ReplyContext {
  readonly today: Day
  /** Finds any item by its code, with last period's value. */
  readonly find: (code: string) => AskedItem | undefined
  /** Every item that may be named in words beside the asked ones. */
  readonly all?: readonly AskedItem[]
}

/** Reads what was said about one item. */
export function readOne(asked: AskedItem, raw: string, today: Day): Reading {
  const { item } = asked
  if (item.kind === 'text') return readText(item, raw, today)
  const state = item.isTask ? readState(raw) : undefined
  if (state) return { code: item.code, raw, result: { outcome: 'value', value: state, qualifier: 'exact' } }
  if (item.isTask) return readNoState(item, raw, today)
  if (item.kind === 'choice') return readOption(item, raw, today)
  return { code: item.code, raw, result: readFigure(raw, questionOf(asked, item.kind, today)) }
}

/** A task told in no word of a state: that nothing arose is one, "không" alone says nothing of it. */
function readNoState({ code, options = [] }: Item, raw: string, today: Day): Reading {
  const named = options.find(({ name }) => foldText(name) === foldText(raw).trim())
  if (named) return { code, raw, result: { outcome: 'value', value: named.value, qualifier: 'exact' } }
  const short = readFigure(raw, { kind: 'count', today })
  if (short.outcome !== 'empty') return { code, raw, result: { outcome: 'noOption' } }
  if (short.empty !== 'none') return { code, raw, result: short }
  return { code, raw, result: { outcome: 'value', value: 'khong-phat-sinh', qualifier: 'exact' } }
}

/** Whether the item is answered by a figure, not by words or an option. */
export function isFigureItem({ item }: AskedItem): boolean {
  return item.kind !== 'text' && item.kind !== 'choice'
}

function questionOf(asked: AskedItem, kind: FigureKind, today: Day) {
  const { unit } = asked.item
  return {
    kind,
    today,
    ...(unit === undefined ? {} : { unit }),
    ...(asked.previous === undefined ? {} : { previous: asked.previous }),
  }
}

/** The same reading as a question: a value is offered, not taken. */
export function doubtReading(reading: Reading, why: AskReason): Reading {
  const { code, raw, result } = reading
  switch (result.outcome) {
    case 'value':
    case 'empty':
      return { code, raw, result: { outcome: 'ask', why, choices: [result] } }
    case 'refuse':
      return { code, raw, result: { outcome: 'ask', why, choices: [] } }
    default:
      return reading
  }
}

/** It would be printed as it stands. */
const AS_BEFORE =
  /^(?:van )?(?:nhu|giu nguyen|giong)(?: nhu)?(?: (?:ky|quy|thang|nam|lan))?(?: (?:truoc|cu|roi|tren))?[.!]?$/
/** "tức là sao", "ghi gì vậy", "tôi không hiểu": asked of us, and no paragraph. */
const ASKS_BACK =
  /^(?:(?:toi|em|minh) )?(?:khong|ko|k|chua) (?:hieu|ro|biet)\b|(?:^|\s)(?:la sao|la gi|gi vay|gi day|ghi gi|viet gi|the nao|sao day|sao bay gio|gi the)(?: (?:a|nhi|vay|day|the|ha))?[.!]*$/
const SHORT_TEXT = 40
const FEWEST_LETTERS = 8
/** "mưa bão" is a cause. */
const FEWEST_IN_DETAIL = 3
/** All there is to say of a ranking. */
const GRADE = /^(?:(?:xep )?loai )?(?:(?:rat |kha )?tot|kha|trung binh|yeu|kem|xuat sac|[abcd])\.?$/

/** A narrative; only a short "không có" or "chưa có" is not taken as one. */
function readText(item: Item, raw: string, today: Day): Reading {
  if (raw.length <= SHORT_TEXT && isBareEmpty(item, raw)) {
    const short = readFigure(raw, { kind: 'count', today })
    if (short.outcome === 'empty') return { code: item.code, raw, result: short }
    if (short.outcome === 'value' && short.value === '0')
      return { code: item.code, raw, result: { outcome: 'empty', empty: 'none' } }
  }
  if (AS_BEFORE.test(foldText(raw).trim())) return { code: item.code, raw, result: { outcome: 'tooShort' } }
  // "dạ vâng", "?", "20/25": nothing a report could print as a paragraph.
  const letters = raw.replace(/\P{L}/gu, '').length
  const isQuestion =
    raw.trimEnd().endsWith('?') || (raw.length <= SHORT_TEXT && ASKS_BACK.test(foldText(raw).trim()))
  const isGrade = foldText(item.name).includes('xep loai') && GRADE.test(foldText(raw).trim())
  const fewest = item.detail ? FEWEST_IN_DETAIL : FEWEST_LETTERS
  const isState = item.detail !== undefined && readState(raw) !== undefined
  if ((letters < fewest && !isGrade) || isQuestion || isState)
    return { code: item.code, raw, result: { outcome: 'tooShort' } }
  return { code: item.code, raw, result: { outcome: 'text', text: raw } }
}

const EMPTY_WORDS = new Set(
  'khong co chua phat sinh ap dung gi nao ca a ạ da nhe ko k kps hong so lieu hen thu ngay mai tuan sau hai ba tu nam sau bay'.split(
    ' ',
  ),
)

/** "không có kiến nghị" of "Kiến nghị": nothing is said but that there is none. "Không có hồ sơ trễ hạn" says more. */
function isBareEmpty(item: Item, raw: string): boolean {
  const name = new Set(foldText(item.name).split(/[^\p{L}\p{N}]+/u))
  const words = foldText(raw)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
  return words.every((word) => EMPTY_WORDS.has(word) || name.has(word))
}

const COURTESIES = new Set(['da', 'vang', 'a', 'em', 'nhe', 'nha', 'oi'])
const NO_WORDS = new Set(['khong', 'ko', 'khg', 'hong', 'hok'])

function readOption(item: Item, raw: string, today: Day): Reading {
  const typed = raw
    .toLowerCase()
    .normalize('NFC')
    .replace(/[.)\s]+$/, '')
    .split(/\s+/)
    .filter((word) => word !== '')
  // "đã" is no "dạ", and accent-free it may be either.
  const words = typed.filter((word) => word === 'đã' || !COURTESIES.has(foldText(word))).map(foldText)
  const options = item.options ?? []
  const chosen = findOption(options, typed.map(foldText)) ?? findOption(options, words)
  if (chosen)
    return { code: item.code, raw, result: { outcome: 'value', value: chosen.value, qualifier: 'exact' } }
  // "chưa thực hiện" of "Không thực hiện": not done, or not known yet?
  const [first, ...rest] = words
  const isOptionDenied =
    first === 'chua' && rest.length > 0 && options.some(({ name }) => tailOf(name) === rest.join(' '))
  if (isOptionDenied) return { code: item.code, raw, result: { outcome: 'noOption' } }
  const short = readFigure(raw, { kind: 'count', today })
  // "không áp dụng" of "Áp dụng ISO" is the answer no, or that the question does not arise.
  const isNameDenied = first === 'khong' && foldText(item.name).includes(rest.join(' '))
  if (short.outcome === 'empty' && !isNameDenied) return { code: item.code, raw, result: short }
  return { code: item.code, raw, result: { outcome: 'noOption' } }
}

type Option = NonNullable<Item['options']>[number]

/** The option typed out, or by its number, or by its first word where that is "có" or "không" and of it alone. */
function findOption(options: readonly Option[], words: readonly string[]): Option | undefined {
  const wanted = words.join(' ')
  const typed = options.find(({ name, value }) =>
    [name, value, `${value}. ${name}`].some((each) => foldText(each) === wanted),
  )
  if (typed) return typed
  const first = NO_WORDS.has(wanted) ? 'khong' : wanted
  if (first !== 'co' && first !== 'khong') return undefined
  const [only, ...others] = options.filter(({ name }) => foldText(name).split(' ')[0] === first)
  return others.length === 0 ? only : undefined
}

function tailOf(name: string): string {
  return foldText(name).split(' ').slice(1).join(' ')
}

/** The answer a reading amounts to; undefined when it has to be asked again. */
export function givenBy(reading: Reading): Given | undefined {
  const { result } = reading
  switch (result.outcome) {
    case 'value':
      return {
        state: 'value',
        value: result.value,
        qualifier: result.qualifier,
        ...(result.unit === undefined ? {} : { unit: result.unit }),
      }
    case 'text':
      return { state: 'text', text: result.text }
    case 'empty':
      if (result.empty !== 'pending') return { state: result.empty }
      return result.until === undefined ? { state: 'pending' } : { state: 'pending', until: result.until }
    default:
      return undefined
  }
}
