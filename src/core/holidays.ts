import type { Day } from './answer.ts'
import { addDays, weekdayOf } from './calendar.ts'

/** What the country does on a day: rests, or works a day of the weekend for another. */
export type HolidayKind = 'holiday' | 'compensation' | 'swap' | 'extra'

/** The kind of a public day off or of a worked Saturday; undefined on any other day. */
export function holidayOn(day: Day): HolidayKind | undefined {
  const year = Number(day.slice(0, 4))
  const known = years.get(year) ?? reckonYear(year)
  years.set(year, known)
  return known.get(day)
}

const years = new Map<number, ReadonlyMap<Day, HolidayKind>>()

/**
 * Bộ luật Lao động 2019, Điều 111 and 112, and Nghị quyết 28/2026/QH16: the days of a year, those of one day made up
 * for after a weekend. What falls on a weekend at Tết is made up for as announced each year, not by rule.
 */
function reckonYear(year: number): ReadonlyMap<Day, HolidayKind> {
  const [tet, gioTo] = LUNAR[year] ?? []
  const on = (date: string) => `${year}-${date}`
  const single = [
    ...['01-01', '04-30', '05-01', '09-02'],
    ...(gioTo === undefined ? [] : [gioTo]),
    ...(year >= CULTURE_DAY_SINCE ? ['11-24'] : []),
  ].map(on)
  const beside = weekdayOf(on('09-01')) <= 5 ? '09-01' : '09-03'
  const around = tet === undefined ? [] : [-1, 0, 1, 2, 3].map((days) => addDays(on(tet), days))
  const kinds = new Map<Day, HolidayKind>()
  for (const day of [...single, on(beside), ...around]) kinds.set(day, 'holiday')
  for (const day of single.sort()) {
    if (weekdayOf(day) <= 5) continue
    let free = addDays(day, 1)
    while (weekdayOf(free) > 5 || kinds.has(free)) free = addDays(free, 1)
    kinds.set(free, 'compensation')
  }
  for (const [day, kind] of ANNOUNCED) if (day.startsWith(`${year}-`)) kinds.set(day, kind)
  return kinds
}

const CULTURE_DAY_SINCE = 2026

/**
 * What the Government announced for a year, over the rule: further days off, and those worked for them ('extra' also
 * where a day the rule has off is worked). Tết of 2027 stands by rule until it is announced.
 */
const ANNOUNCED: readonly (readonly [Day, HolidayKind])[] = [
  ['2026-01-02', 'swap'],
  ['2026-01-10', 'extra'],
  ['2026-08-31', 'swap'],
  ['2026-08-22', 'extra'],
]

/** Mùng 1 Tết and Giỗ Tổ (10/3) by the Vietnamese lunar calendar, which now and then differs from the Chinese by a day. */
const LUNAR: Readonly<Record<number, readonly [tet: string, gioTo: string]>> = {
  2020: ['01-25', '04-02'],
  2021: ['02-12', '04-21'],
  2022: ['02-01', '04-10'],
  2023: ['01-22', '04-29'],
  2024: ['02-10', '04-18'],
  2025: ['01-29', '04-07'],
  2026: ['02-17', '04-26'],
  2027: ['02-06', '04-16'],
  2028: ['01-26', '04-04'],
  2029: ['02-13', '04-23'],
  2030: ['02-02', '04-12'],
  2031: ['01-23', '04-01'],
  2032: ['02-11', '04-19'],
  2033: ['01-31', '04-09'],
  2034: ['02-19', '04-28'],
  2035: ['02-08', '04-17'],
  2036: ['01-28', '04-06'],
  2037: ['02-15', '04-24'],
  2038: ['02-04', '04-13'],
  2039: ['01-24', '04-03'],
  2040: ['02-12', '04-20'],
  2041: ['02-01', '04-10'],
  2042: ['01-22', '04-29'],
  2043: ['02-10', '04-19'],
  2044: ['01-30', '04-07'],
  2045: ['02-17', '04-26'],
}
