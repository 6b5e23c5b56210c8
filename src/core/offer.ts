import type { Office } from './office.ts'
import type { Item, ReportPack } from './pack.ts'
import { dataWindow, type Period } from './period.ts'
import { isSentBack, type Round, settingsOf, valuesOf, writeDay } from './round.ts'
import { runsOf } from './runs.ts'
import { fillTemplate, placeholdersIn } from './template.ts'
import { foldText } from './text.ts'

/** A paragraph somebody need only accept: drafted from figures, or last period's with the period replaced. */
export interface Offer {
  readonly from: 'figures' | 'previous'
  readonly text: string
}

/** Longer, it could not be read before it is accepted. */
const LONGEST = 2_000

export function offerFor(item: Item, round: Round, office: Office): Offer | undefined {
  if (item.kind !== 'text') return undefined
  const drafted = fillDraft(item, round, office)
  if (drafted !== undefined) return { from: 'figures', text: drafted }
  // What stands and is to be looked at again is not put aside for last period's words.
  const last = isSentBack(round, item.code) ? undefined : round.previous.get(item.code)?.given
  // Documents are of their period; a list of them is made anew.
  if (last?.state !== 'text' || item.of !== undefined || last.text.length > LONGEST) return undefined
  return { from: 'previous', text: replacePeriod(last.text, round) }
}

/** The drafted paragraph; undefined until every figure in it is known. */
export function fillDraft(item: Item, round: Round, office: Office): string | undefined {
  const names = item.draft === undefined ? undefined : placeholdersIn(item.draft)
  if (item.draft === undefined || names === undefined) return undefined
  const settings = settingsOf(round, office)
  const known = valuesOf(round)
  const isKnown = names.every((name) => {
    const state = known(name)?.state
    return settings[name] !== undefined || state === 'value' || state === 'none' || state === 'text'
  })
  if (!isKnown) return undefined
  const none = () => undefined
  const earlier = { previous: none, yearBefore: none }
  const making = { round, office, settings, valueOf: known, earlier, findings: [], notes: [] }
  const text = runsOf(item.draft, `items.${item.code}.draft`, making)
    .map((run) => run.text)
    .join('')
    .trim()
  return text === '' ? undefined : text
}

/** The names and days of the earlier period become those of this one; nothing else is touched. */
function replacePeriod(text: string, { pack, before, period, schedule }: Round): string {
  if (!before) return text
  const [old, now] = [labelOf(pack, before), labelOf(pack, period)]
  const window = dataWindow(before)
  const days = text
    .replaceAll(writeDay(window.from), writeDay(schedule.from))
    .replaceAll(writeDay(window.to), writeDay(schedule.to))
  const year = `((?:\\s*[/-]\\s*|\\s+năm\\s+))${before.year}`
  if (old === '' || now === '')
    return days.replace(new RegExp(`([Nn]ăm\\s+)${before.year}(?!\\d)`, 'gu'), `$1${period.year}`)
  const pattern = new RegExp(`(?<![\\p{L}\\d])${escaped(old)}(?![\\p{L}\\d])(?:${year}(?!\\d))?`, 'giu')
  return days.replace(pattern, (found: string, joint: string | undefined) => {
    const label = found[0] === found[0]?.toUpperCase() ? now[0]?.toUpperCase() + now.slice(1) : now
    return joint === undefined ? label : `${label}${joint}${period.year}`
  })
}

/** "quý I" of "quý I năm {nam}"; empty where the year is all there is to it. */
function labelOf(pack: ReportPack, { name }: Period): string {
  const words = pack.periods[name] ?? ''
  return fillTemplate(words.replace(/\s*năm \{nam\}/u, ''), { nam: '' }).trim()
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

const NUMBERS_SHOWN = 6

/** The numbers left in a text of another period, but those of the period itself: they may have changed. */
export function numbersIn(text: string, { pack, period }: Round): readonly string[] {
  const label = labelOf(pack, period)
  const bare = label === '' ? text : text.replaceAll(label, '')
  const found = bare.match(/\d+(?:[.,/]\d+)*%?/g) ?? []
  return [...new Set(found.filter((number) => number !== String(period.year)))].slice(0, NUMBERS_SHOWN)
}

const ACCEPTS: ReadonlySet<string> = new Set([
  'dung',
  'dung lai',
  'dung roi',
  'dung ban nay',
  'dung nhu vay',
  'lay ban nay',
  'lay',
  'nhu ky truoc',
  'nhu cu',
  'giu nguyen',
  'y cu',
  'dong y',
  'duoc',
])

/** "dùng nguyên văn", "lấy đoạn trên", "giữ nội dung cũ": words about the paragraph, and no paragraph. */
const TAKES =
  /^(?:(?:cu )?(?:dung|lay|giu)(?: lai| nguyen| luon)*)(?: (?:nguyen van|y nguyen|ban|doan|noi dung|cau|van|mau))*(?: (?:nay|cu|tren|do|ky truoc|lan truoc|soan san))?(?: nhu (?:vay|the|cu|tren|ky truoc))?$/
const DECLINES =
  /^(?:(?:khong|ko|k|chua)(?: (?:dung|lay|phu hop|on|duoc|giong)(?: (?:lai|doan|ban|noi dung|nay|cu|do))*)?|sai|bo|bo di|viet lai|sua lai|de (?:toi|em|minh) viet(?: lai)?|(?:toi|em) (?:tu )?viet(?: lai)?)$/

/** Whether the words take what was offered. */
export function acceptsOffer(text: string): boolean {
  const words = bareWords(text)
  return ACCEPTS.has(words) || ACCEPTS.has(`${words} roi`) || TAKES.test(words)
}

/** Whether they want something else than what was offered, and do not say what. */
export function declinesOffer(text: string): boolean {
  return DECLINES.test(bareWords(text))
}

function bareWords(text: string): string {
  return foldText(text)
    .replace(/[.,;:!…]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:da|vang) (?=\S)/, '')
    .replace(/ (?:a|nhe|nha|roi)$/, '')
}
