import { Temporal } from 'temporal-polyfill'
import type { Day, Moment } from './answer.ts'

/** The only file that knows Temporal. Everything happens in Vietnam, whatever the machine's zone. */
const ZONE = 'Asia/Ho_Chi_Minh'

/** Vietnam has kept to this offset since 1975, and changes no clocks. */
const OFFSET = '+07:00'
const OFFSET_MS = 7 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** "2025-03-03T08:00:00.000+07:00" for an instant in epoch milliseconds. Asked many times a turn, so without Temporal. */
export function momentOf(epochMs: number): Moment {
  return `${new Date(epochMs + OFFSET_MS).toISOString().slice(0, -1)}${OFFSET}`
}

/** The moment for "2025-03-03" or "2025-03-03T08:00" read off a Vietnamese clock; undefined when there is no such time. */
export function readMoment(text: string): Moment | undefined {
  try {
    return momentFrom(Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(ZONE))
  } catch {
    return undefined
  }
}

export function epochOf(moment: Moment): number {
  return Date.parse(moment)
}

export function addMinutes(moment: Moment, minutes: number): Moment {
  return momentOf(epochOf(moment) + minutes * 60_000)
}

export function dayOf(moment: Moment): Day {
  return moment.slice(0, 10)
}

/** The moment of a clock time ("17:00") on a day. */
export function momentOn(day: Day, time: string): Moment {
  return `${day}T${time.padStart(5, '0')}:00.000${OFFSET}`
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay() || 7
}

export function isWorkingDay(day: Day, daysOff: readonly Day[]): boolean {
  return weekdayOf(day) <= 5 && !daysOff.includes(day)
}

/** The day `count` working days after `day`; 0 gives the day itself, or the working day before it when it is off. */
export function addWorkingDays(day: Day, count: number, daysOff: readonly Day[]): Day {
  let current = day
  if (count === 0) {
    while (!isWorkingDay(current, daysOff)) current = addDays(current, -1)
    return current
  }
  for (let left = count; left > 0; ) {
    current = addDays(current, 1)
    if (isWorkingDay(current, daysOff)) left -= 1
  }
  return current
}

/** Working days after the first up to and with the last. */
export function countWorkingDays(first: Day, last: Day, daysOff: readonly Day[]): number {
  let count = 0
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) {
    if (isWorkingDay(day, daysOff)) count += 1
  }
  return count
}

function momentFrom(time: Temporal.ZonedDateTime): Moment {
  return time.toString({ timeZoneName: 'never', fractionalSecondDigits: 3 })
}
