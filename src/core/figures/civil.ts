/**
 * Civil dates as text (YYYY-MM-DD) and as days since 1970-01-01, proleptic Gregorian.
 * Only what reading a date needs; calendars of reports and holidays live in `core/calendar.ts`.
 */
export interface CivilDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** "2025-03-14" → its parts; anything else → undefined. */
export function readIsoDay(text: string): CivilDay | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.slice(0, 10)) ?? []
  return year === undefined ? undefined : { year: Number(year), month: Number(month), day: Number(day) }
}

/** Parts → "2025-03-14". */
export function writeIsoDay({ year, month, day }: CivilDay): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** 31/6 is no day; 29/2 only in a leap year. */
export function isRealDay({ year, month, day }: CivilDay): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month)
}

/** Days in a month: (2024, 2) → 29. */
export function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The day `count` days on: ("2025-02-28", 1) → "2025-03-01". */
export function addDays(iso: string, count: number): string {
  return writeIsoDay(fromDays(countDays(iso) + count))
}

/** Days from 1970-01-01, which is 0. */
export function countDays(iso: string): number {
  const { year, month, day } = readIsoDay(iso) ?? { year: 1970, month: 1, day: 1 }
  // Years run from March here, so the leap day is the last of its year (Hinnant, days_from_civil).
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** Monday is 1, Sunday is 7. */
export function weekdayOf(iso: string): number {
  return ((((countDays(iso) + 3) % 7) + 7) % 7) + 1
}

function fromDays(days: number): CivilDay {
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
