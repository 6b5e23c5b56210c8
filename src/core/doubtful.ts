import { readIsoDay } from './figures/civil.ts'
import type { Finding } from './finding.ts'
import { LEFTOVER } from './leftover.ts'
import type { Item, ReportPack } from './pack.ts'
import type { Period } from './period.ts'
import type { Severity } from './relation.ts'

/** Words of an official that should not leave the house as they are: text carried over from elsewhere, a form's dots. */
export interface Doubtful {
  readonly start: number
  readonly end: number
  readonly why: Why
}

type Why = 'leftover' | 'place' | 'period' | 'year' | 'number' | 'date' | 'noNumber'

/** The report the words stand in. */
export interface Setting {
  /** "phường An Bình" */
  readonly place: string
  readonly period: Period
}

const PLACE =
  /(?<!\p{L})(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)\s+(\p{Lu}\p{Ll}*(?:\s+(?:\p{Lu}\p{Ll}*|\d+))*)/gu
const PERIOD = /(?<!\p{L})(?:[Qq]uý (?:IV|I{1,3}|[1-4])|0?6 tháng (?:đầu|cuối) năm|0?9 tháng)(?![\p{L}\d])/gu
const YEAR = /(?<!\p{L})năm (20\d{2})(?!\d)/gu
/** What may speak of another year and mean it. */
const YEAR_MEANT =
  /(?:ngày [\d\s]+tháng [\d\s]+|so với(?: cùng kỳ)? |cùng kỳ |giai đoạn [\d\s–-]*|từ |đến )$/u
const NUMBER_WITHOUT_SLASH = /(?<=số\s*:?\s*)\d+[A-ZĐ]{2,}-[\p{Lu}-]+/gu
/** A document without a number is more often something else that was said. */
const LINE_WITHOUT_NUMBER = /^(?!.*\d+[/-]\p{L}|.*(?:số|Số|luật|Luật).*\d|.*\d+\/\d{4}).+$/gmu
const DATE = /\d{1,2}\s*\/\s*\d{1,2}\s*\/\s*\d{2,4}/gu

/** Each place of a text somebody should look at again, in order and apart from one another. */
export function findDoubtful(text: string, item: Item, setting: Setting): readonly Doubtful[] {
  const isList = item.of === 'documents'
  const found = [
    ...spans(text, LEFTOVER, 'leftover'),
    ...spans(text, PLACE, 'place').filter(({ start, end }) => !isHere(text.slice(start, end), setting.place)),
    ...spans(text, NUMBER_WITHOUT_SLASH, 'number'),
    ...spans(text, DATE, 'date').filter(({ start, end }) => !isDate(text.slice(start, end))),
    // The titles of documents speak of every period and year.
    ...(isList ? spans(text, LINE_WITHOUT_NUMBER, 'noNumber') : []),
    ...(isList ? [] : spans(text, PERIOD, 'period').filter((span) => isOtherPeriod(text, span, setting))),
    ...(isList ? [] : spans(text, YEAR, 'year').filter((span) => isOtherYear(text, span, setting))),
  ]
  return found
    .sort((one, other) => one.start - other.start)
    .filter((span, index, all) => all.slice(0, index).every((before) => before.end <= span.start))
}

function spans(text: string, pattern: RegExp, why: Why): readonly Doubtful[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    why,
  }))
}

/** "phường Mỹ Thới Long Xuyên" is still Mỹ Thới; "Phường" alone means this one. */
function isHere(mention: string, place: string): boolean {
  const name = place.replace(/^(?:xã|phường|thị trấn|đặc khu)\s+/iu, '').toLowerCase()
  return mention
    .replace(/^(?:xã|phường|thị trấn|đặc khu)\s+/iu, '')
    .toLowerCase()
    .startsWith(name)
}

function isOtherPeriod(text: string, { start, end }: Doubtful, { period }: Setting): boolean {
  if (period.name === 'nam') return false
  const words = text.slice(start, end).toLowerCase()
  return !(MEANT[period.name] ?? []).some((pattern) => pattern.test(words))
}

/** The periods a report may well speak of: itself and what comes next. */
const MEANT: Readonly<Partial<Record<Period['name'], readonly RegExp[]>>> = {
  quy1: [/quý (?:i|1|ii|2)$/, /6 tháng/],
  '6thang': [/quý (?:i{1,3}|[1-3])$/, /6 tháng/],
  quy3: [/quý (?:iii|iv|3|4)$/, /9 tháng/],
  '9thang': [/quý/, /9 tháng/],
}

function isOtherYear(text: string, { start, end }: Doubtful, { period }: Setting): boolean {
  const year = Number(text.slice(end - 4, end))
  if (year === period.year || year === period.year + 1) return false
  return !YEAR_MEANT.test(text.slice(Math.max(0, start - 40), start))
}

function isDate(text: string): boolean {
  const [day = '', month = '', year = ''] = text.split('/').map((part) => part.trim())
  return readIsoDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) !== undefined
}

const SEVERITIES: Readonly<Record<Why, Severity>> = {
  leftover: 'hard',
  place: 'hard',
  period: 'ask',
  year: 'ask',
  number: 'ask',
  date: 'ask',
  noNumber: 'ask',
}

/** The texts of a report in which something is doubtful, to be asked about like a sum that does not hold. */
export function findDoubtfulTexts(
  pack: Pick<ReportPack, 'items'>,
  textOf: (code: string) => string | undefined,
  setting: Setting,
): readonly Finding[] {
  return pack.items.flatMap((item): Finding[] => {
    const text = item.kind === 'text' ? textOf(item.code) : undefined
    if (text === undefined) return []
    const found = findDoubtful(text, item, setting)
    const [first] = found
    if (!first) return []
    const quoted = [...new Set(found.map(({ start, end }) => text.slice(start, end)))].join('”, “')
    return [
      {
        relationId: `loi-van.${item.code}`,
        type: 'wording',
        severity: found.some(({ why }) => SEVERITIES[why] === 'hard') ? 'hard' : 'ask',
        codes: [item.code],
        left: `“${quoted}”`,
        right: item.name,
        say: { key: `find.${first.why}`, values: { item: item.name, words: quoted, place: setting.place } },
        repairs: [],
      },
    ]
  })
}

const REFERENCE =
  /(?<number>\d+\/(?:\d{4}\/)?[\p{Lu}\d-]+),? ngày (?<day>\d{1,2})(?: tháng |\/)(?<month>\d{1,2})(?: năm |\/)(?<year>\d{4})/gu

/** One document cannot be of two days: "134/KH-UBND ngày 03/2/2023" here, "ngày 02/3/2023" there. */
export function findTwoDates(
  pack: Pick<ReportPack, 'items'>,
  textOf: (code: string) => string | undefined,
): readonly Finding[] {
  const cited = pack.items.flatMap((item) =>
    [...(textOf(item.code) ?? '').matchAll(REFERENCE)].map(
      ({ groups: { number, day, month, year } = {} }) => ({
        code: item.code,
        number: number ?? '',
        // Numbers begin anew each January.
        key: `${number} ${year}`,
        date: `${day?.padStart(2, '0')}/${month?.padStart(2, '0')}/${year}`,
      }),
    ),
  )
  return [...new Map(cited.map((one) => [one.key, one])).values()].flatMap((last): Finding[] => {
    const first = cited.find(({ key, date }) => key === last.key && date !== last.date)
    if (!first) return []
    return [
      {
        relationId: `van-ban.${last.key.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
        type: 'documents',
        severity: 'ask',
        codes: [...new Set([first.code, last.code])],
        left: `${first.number} ngày ${first.date}`,
        right: `${last.number} ngày ${last.date}`,
        say: { key: 'find.twoDates', values: { number: first.number, one: first.date, other: last.date } },
        repairs: [],
      },
    ]
  })
}
