import type { Given, Moment } from './answer.ts'
import { dayOf, weekdayOf } from './calendar.ts'
import type { Qualifier } from './figures/figure.ts'
import { writeFigure, writeQualified } from './figures/write.ts'
import { never } from './never.ts'
import type { Office } from './office.ts'
import type { Item } from './pack.ts'
import { writeDay, writeShortDay } from './round.ts'
import type { Say, SayKey } from './say.ts'

const QUOTE_MAX = 120

/** An answer as it is shown in the chat: "228 hồ sơ", "không phát sinh", "hẹn 12/3". */
export function describeGiven(given: Given, item: Item, office: Office): Say {
  switch (given.state) {
    case 'value':
      return describeValue(given, item, office)
    case 'text':
      return { key: 'given.text', values: { text: shorten(given.text) } }
    case 'none':
      return { key: 'given.none' }
    case 'notApplicable':
      return { key: 'given.notApplicable' }
    case 'pending':
      return given.until === undefined
        ? { key: 'given.pending' }
        : { key: 'given.pendingUntil', values: { day: writeDay(given.until) } }
    case 'withdrawn':
      return { key: 'given.pending' }
    default:
      return never(given)
  }
}

function describeValue(given: Given & { state: 'value' }, item: Item, office: Office): Say {
  const written = writeValue(given, item, office)
  const unit = given.unit ?? item.unit
  const isUnitWritten =
    unit === undefined || written.endsWith(unit) || item.kind === 'money' || item.kind === 'percent'
  const plain: Say = isUnitWritten
    ? { key: 'given.bare', values: { value: written } }
    : { key: 'given.value', values: { value: written, unit } }
  return given.qualifier === 'exact' ? plain : { key: QUALIFIERS[given.qualifier], values: { value: plain } }
}

const QUALIFIERS = {
  approx: 'qualifier.approx',
  atLeast: 'qualifier.atLeast',
  atMost: 'qualifier.atMost',
  estimate: 'qualifier.estimate',
} as const satisfies Record<Exclude<Qualifier, 'exact'>, SayKey>

/** The bare value in canonical form; a choice shows the name of its option. */
export function writeValue(given: Given & { state: 'value' }, item: Item, office: Office): string {
  if (item.kind === 'choice')
    return item.options?.find((option) => option.value === given.value)?.name ?? given.value
  if (item.kind === 'text') return given.value
  return writeFigure(given.value, { kind: item.kind }, office.style)
}

/** The same as a document prints it, with "khoảng" or "hơn" where the official said so. */
export function writeWithQualifier(given: Given & { state: 'value' }, item: Item, office: Office): string {
  if (item.kind === 'choice' || item.kind === 'text') return writeValue(given, item, office)
  return writeQualified(given, { kind: item.kind }, office.style)
}

/** "17:00 thứ Ba, 17/3" */
export function describeMoment(moment: Moment): Say {
  const weekday = WEEKDAYS[weekdayOf(dayOf(moment)) - 1] ?? 'weekday.7'
  return {
    key: 'time.at',
    values: { time: moment.slice(11, 16), weekday: { key: weekday }, day: writeShortDay(moment) },
  }
}

const WEEKDAYS = [
  'weekday.1',
  'weekday.2',
  'weekday.3',
  'weekday.4',
  'weekday.5',
  'weekday.6',
  'weekday.7',
] as const

/** Long words are quoted by their beginning, cut between words. */
export function shorten(text: string, max: number = QUOTE_MAX): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  const cut = line.slice(0, max)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), max / 2))}…`
}
