import type { Day } from './answer.ts'
import { addDays } from './calendar.ts'
import { foldText } from './text.ts'

/** The reporting periods of Nghị định 09/2019, and the nine months some provinces add. */
export const PERIOD_NAMES = [
  'thang1',
  'thang2',
  'thang3',
  'thang4',
  'thang5',
  'thang6',
  'thang7',
  'thang8',
  'thang9',
  'thang10',
  'thang11',
  'thang12',
  'quy1',
  'quy2',
  'quy3',
  'quy4',
  '6thang',
  '6thangcuoi',
  '9thang',
  'nam',
] as const
export type PeriodName = (typeof PERIOD_NAMES)[number]

/** One period of one year; its key "2025-quy1" names it for all time. */
export interface Period {
  readonly key: string
  readonly name: PeriodName
  readonly year: number
}

export function periodOf(name: PeriodName, year: number): Period {
  return { key: `${year}-${name}`, name, year }
}

/** Reads "2025-quy1" and "quy1-2025". */
export function readPeriodKey(text: string): Period | undefined {
  const parts = /^(?:(\d{4})-([a-z0-9]+)|([a-z0-9]+)-(\d{4}))$/.exec(text.trim().toLowerCase())
  if (!parts) return undefined
  const name = PERIOD_NAMES.find((known) => known === (parts[2] ?? parts[3]))
  return name && periodOf(name, Number(parts[1] ?? parts[4]))
}

/** So long after its cut-off a period is still the one people mean by its bare name. */
const DAYS_STILL_MEANT = 45

/** How people write the four quarters. */
const QUARTERS: Readonly<Record<string, string>> = {
  ...{ 1: '1', 2: '2', 3: '3', 4: '4' },
  ...{ i: '1', ii: '2', iii: '3', iv: '4' },
  ...{ mot: '1', hai: '2', ba: '3', bon: '4', tu: '4' },
}

/** Words that go with a period and say nothing of which it is. */
const BESIDE =
  /(?<![a-z0-9])(?:bao cao|du thao|cai cach hanh chinh|cchc|so lieu|ky|cua|trong|ve|giup|nhe|nha|voi|di|a)(?![a-z0-9])/g

/**
 * Reads a period as people write it: "quy1", "quý I/2025", "6 tháng đầu năm", "năm ngoái". Without a
 * year it is the one being worked on: the latest begun, or the one that ended a short while ago. Every
 * word has to be understood: of "quý 1 2205" no year is guessed.
 */
export function readPeriod(text: string, today: Day): Period | undefined {
  const words = foldText(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, ' ')
    .replace(BESIDE, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const thisYear = Number(today.slice(0, 4))
  const { year, rest } = cutYear(words, thisYear)
  const name = readPeriodName(rest)
  if (!name) return undefined
  if (year !== undefined) return periodOf(name, year)
  const begun = [thisYear + 1, thisYear, thisYear - 1, thisYear - 2]
    .map((one) => periodOf(name, one))
    .filter((period) => dataWindow(period).from <= today)
  const [latest, before] = begun
  return before && addDays(dataWindow(before).to, DAYS_STILL_MEANT) >= today ? before : latest
}

/** "quy 1 nam ngoai" → the year before this, "quy 1"; of "nam 2025" the word "nam" is left, which is the whole year. */
function cutYear(words: string, thisYear: number): { readonly year?: number; readonly rest: string } {
  const told = /^(?:(.*) )?nam (nay|ngoai|truoc|sau|toi)$/.exec(words)
  if (told) {
    const year = thisYear + (told[2] === 'nay' ? 0 : told[2] === 'sau' || told[2] === 'toi' ? 1 : -1)
    return { year, rest: told[1] ?? 'nam' }
  }
  const written =
    /^(?:(.+?) )?(nam )?(20\d\d|[2-3]\d)$/.exec(words) ?? /^(?:()(nam )?(20\d\d) )(?=.)/.exec(words)
  if (!written) return { rest: words }
  const year = Number(written[3]) % 100
  const rest = written[1] || words.slice(written[0].length)
  return { year: 2000 + year, rest: rest === '' && written[2] !== undefined ? 'nam' : rest }
}

function readPeriodName(words: string): PeriodName | undefined {
  const quarter = /^(?:quy|qui|q) ?0?([1-4]|i{1,3}|iv|mot|hai|ba|bon|tu)$/.exec(words)?.[1]
  if (quarter) return PERIOD_NAMES.find((name) => name === `quy${QUARTERS[quarter]}`)
  if (/^(?:6|sau) thang ?cuoi(?: nam)?$/.test(words)) return '6thangcuoi'
  const months = /^(6|sau|9|chin) thang ?(?:dau)?(?: nam)?$/.exec(words)?.[1]
  if (months) return months === '6' || months === 'sau' ? '6thang' : '9thang'
  const month = /^(?:thang|t) (1[0-2]|0?[1-9])$/.exec(words)?.[1]
  if (month) return PERIOD_NAMES.find((name) => name === `thang${Number(month)}`)
  return /^(?:ca|(?:ca )?nam)$/.test(words) ? 'nam' : undefined
}

/** The data window of Nghị định 09/2019, Điều 12: the 15th to the 14th. */
export function dataWindow(period: Period): { readonly from: Day; readonly to: Day } {
  const [first, last] = monthsOf(period.name)
  return { from: dayInMonth(period.year, first - 1, 15), to: dayInMonth(period.year, last, 14) }
}

/** Whether one period ends where the other begins and is as long: only such figures can be compared. */
export function isNextOfKind(before: Period, period: Period): boolean {
  const [one, other] = [before, period].map(({ name }) => monthsOf(name))
  if (!one || !other || one[1] - one[0] !== other[1] - other[0]) return false
  return addDays(dataWindow(before).to, 1) === dataWindow(period).from
}

/** First and last month of a period, 1 to 12. */
function monthsOf(name: PeriodName): readonly [number, number] {
  if (name.startsWith('thang')) {
    const month = Number(name.slice(5))
    return [month, month]
  }
  if (name.startsWith('quy')) {
    const quarter = Number(name.slice(3))
    return [quarter * 3 - 2, quarter * 3]
  }
  if (name === '6thang') return [1, 6]
  if (name === '6thangcuoi') return [7, 12]
  if (name === '9thang') return [1, 9]
  return [1, 12]
}

export function dayInMonth(year: number, month: number, dayOfMonth: number): Day {
  const [y, m] = month === 0 ? [year - 1, 12] : month === 13 ? [year + 1, 1] : [year, month]
  return `${y}-${String(m).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
