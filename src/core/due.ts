import type { Day } from './answer.ts'
import { addDays, readMoment } from './calendar.ts'
import { foldText } from './text.ts'

/** A day, a quarter, a month, part or whole of the year; what comes round every week or month has no day of its own. */
const WHEN = new RegExp(
  [
    String.raw`(?<day>\d{1,2})[/.-](?<of>\d{1,2})(?:[/.-](?<stated>\d{4}))?(?!\d)`,
    '(?:quy|q) ?(?<quarter>iv|i{1,3}|[1-4])(?![a-z0-9])',
    String.raw`thang (?<month>\d{1,2})(?!\d)`,
    '6 thang cuoi nam',
    '(?<months>6|9) thang(?: dau)?(?: nam)?',
    '(?<![a-z])(?<!hang )nam(?![a-z])',
  ].join('|'),
  'g',
)
/** "quý I năm 2026" is no day at the end of the year. */
const YEAR_AFTER = /(?<=\d|\bi{1,3}|\biv) nam (?=20\d\d)/g
/** "3 tháng một lần" */
const COMES_ROUND = /\d+ thang ?(?:\/|1|mot|moi) ?lan/
/** "ngày 15 tháng 6 năm 2026" */
const DAY_IN_WORDS = /ngay (\d{1,2}) thang (\d{1,2})(?: nam (20\d\d))?/g
/** "12/2026" */
const MONTH_OF = /(?<![\d/.-])(?<!quy |q |thang )(\d{1,2})\/(20\d\d)(?!\d)/g
/** "quý I, II và IV", "tháng 3, 6, 9" */
const LIST = /(quy|thang) ((?:iv|i{1,3}|\d{1,2})(?:\s*(?:,|;|va)\s*(?:iv|i{1,3}|\d{1,2})(?![a-z0-9/]))+)/g
const QUARTERS: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 }

/** The days on which a task is due, from the words of a plan: "quý I", "trong năm", "tháng 6", "15/6/2026". */
export function readDueDays(words: string, year: number): readonly Day[] {
  const said = foldText(words)
  if (COMES_ROUND.test(said)) return []
  const folded = said
    .replace(DAY_IN_WORDS, (_, day, month, of) => `${day}/${month}${of === undefined ? '' : `/${of}`}`)
    .replace(YEAR_AFTER, ' ')
    .replace(MONTH_OF, (whole, month, of) => (Number(of) === year ? `thang ${month}` : whole))
    .replace(LIST, (_, noun, list: string) =>
      list.replace(/[a-z0-9]+/g, (one) => (one === 'va' ? ',' : `${noun} ${one}`)),
    )
  return [...folded.matchAll(WHEN)].flatMap(({ groups = {} }) => dayMeant(groups, year) ?? [])
}

function dayMeant(found: Readonly<Record<string, string | undefined>>, year: number): Day | undefined {
  const { day, of, stated, quarter, month, months } = found
  if (day !== undefined && of !== undefined)
    return readMoment(`${stated ?? year}-${of.padStart(2, '0')}-${day.padStart(2, '0')}`)?.slice(0, 10)
  const last =
    quarter === undefined ? Number(month ?? months ?? 12) : 3 * (QUARTERS[quarter] ?? Number(quarter))
  const next = readMoment(
    last === 12 ? `${year + 1}-01-01` : `${year}-${String(last + 1).padStart(2, '0')}-01`,
  )
  return next && addDays(next.slice(0, 10), -1)
}
