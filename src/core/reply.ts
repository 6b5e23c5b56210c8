import type { Day, Given } from './answer.ts'
import type { FigureKind, FigureReading } from './figures/figure.ts'
import { readFigure } from './figures/read.ts'
import type { Item } from './pack.ts'
import { foldText } from './text.ts'

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
  | { readonly code: string; readonly raw: string; readonly result: { readonly outcome: 'noOption' } }

export type Reply =
  | { readonly type: 'readings'; readonly readings: readonly Reading[] }
  /** Fewer or more values than were asked for, and nothing says which is which. */
  | { readonly type: 'miscounted'; readonly given: number }
  /** "9 = 31", and there is no ninth; or a code nobody knows. */
  | { readonly type: 'unknownItem'; readonly raw: string }

export interface ReplyContext {
  readonly today: Day
  /** Finds any item by its code, with last period's value. */
  readonly find: (code: string) => AskedItem | undefined
}

/** Reads one reply into answers: "57; 3; 0; 2", "1 = 31, 3 = 92", "II.2c.1 = 228", or the answer to the one thing asked. */
export function readReply(asked: readonly AskedItem[], text: string, context: ReplyContext): Reply {
  const named = readNamed(asked, text, context)
  if (named) return named
  const [only] = asked
  if (only && asked.length === 1) return { type: 'readings', readings: [readOne(only, text, context.today)] }
  const parts = splitList(text)
  if (parts.length !== asked.length) return { type: 'miscounted', given: parts.length }
  return {
    type: 'readings',
    readings: asked.map((item, index) => readOne(item, parts[index] ?? '', context.today)),
  }
}

const NAMED =
  /(?:^|[;\n,])\s*(?:mục\s+)?([\p{L}]{0,4}\d[\p{L}\p{N}.]*|[IVX]{1,4}(?:\.[\p{L}\p{N}]+)+)\s*[=:)]\s*/giu

function readNamed(asked: readonly AskedItem[], text: string, context: ReplyContext): Reply | undefined {
  const marks = [...text.matchAll(NAMED)]
  const [first] = marks
  if (!first || text.slice(0, first.index).trim() !== '') return undefined
  // A narrative may well begin with "1)" or "I.1:"; only "mã = …" leaves it.
  const isNarrative = asked.length === 1 && asked[0]?.item.kind === 'text'
  if (isNarrative && (!first[0].includes('=') || !context.find(first[1] ?? ''))) return undefined
  const readings: Reading[] = []
  for (const [index, mark] of marks.entries()) {
    const name = mark[1] ?? ''
    const target = /^\d{1,2}$/.test(name) ? asked[Number(name) - 1] : context.find(name)
    if (!target) return { type: 'unknownItem', raw: name }
    const raw = text.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim()
    readings.push(readOne(target, raw, context.today))
  }
  return { type: 'readings', readings }
}

function splitList(text: string): readonly string[] {
  const separator = text.includes(';') ? ';' : '\n'
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Reads what was said about one item. */
export function readOne(asked: AskedItem, raw: string, today: Day): Reading {
  const { item } = asked
  if (item.kind === 'text') return readText(item, raw, today)
  if (item.kind === 'choice') return readOption(item, raw, today)
  return { code: item.code, raw, result: readFigure(raw, questionOf(asked, item.kind, today)) }
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

const SHORT_TEXT = 40

/** A narrative; only a short "không có" or "chưa có" is not taken as one. */
function readText(item: Item, raw: string, today: Day): Reading {
  if (raw.length <= SHORT_TEXT) {
    const short = readFigure(raw, { kind: 'count', today })
    if (short.outcome === 'empty') return { code: item.code, raw, result: short }
    if (short.outcome === 'value' && short.value === '0')
      return { code: item.code, raw, result: { outcome: 'empty', empty: 'none' } }
  }
  return { code: item.code, raw, result: { outcome: 'text', text: raw } }
}

function readOption(item: Item, raw: string, today: Day): Reading {
  const wanted = foldText(raw)
    .replace(/[.)\s]+$/, '')
    .trim()
  const options = item.options ?? []
  const byName = options.find((option) =>
    [option.name, option.value, `${option.value}. ${option.name}`].some(
      (words) => foldText(words) === wanted,
    ),
  )
  if (byName)
    return { code: item.code, raw, result: { outcome: 'value', value: byName.value, qualifier: 'exact' } }
  const short = readFigure(raw, { kind: 'count', today })
  if (short.outcome === 'empty') return { code: item.code, raw, result: short }
  return { code: item.code, raw, result: { outcome: 'noOption' } }
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
