import { Temporal } from 'temporal-polyfill'
import type { Day, Moment } from './answer.ts'

/** When an office works. */
export interface WorkTime {
  /** A holiday, a compensatory, swapped or own day off, on whatever day of the week. */
  readonly isOff: (day: Day) => boolean
  /** A day of the weekend that is worked for another, as long as any. */
  readonly isExtra: (day: Day) => boolean
  /** In the order of the day; at least one. */
  readonly hours: readonly Hours[]
  /** When somebody is there on Saturdays, which are no working days for that. */
  readonly saturdayHours: readonly Hours[]
}

/** "07:30" to "11:30", the last minute not included. */
export interface Hours {
  readonly from: string
  readonly to: string
}

/** Everything happens in Vietnam, whatever the machine's zone: it has kept to this offset since 1975 and changes no clocks. */
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
    const time = Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    return `${time.toString({ fractionalSecondDigits: 3 })}${OFFSET}`
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

export function isWorkingDay(day: Day, work: WorkTime): boolean {
  return !work.isOff(day) && (weekdayOf(day) < SATURDAY || work.isExtra(day))
}

const SATURDAY = 6

/** The day itself, or the last working day before it when it is off. */
export function lastWorkingDay(day: Day, work: WorkTime): Day {
  return findDay(day, -1, (one) => isWorkingDay(one, work))
}

/** The day itself, or the next working day when it is off. */
export function firstWorkingDay(day: Day, work: WorkTime): Day {
  return findDay(day, 1, (one) => isWorkingDay(one, work))
}

/** The day `count` working days after `day`, or before it where negative; 0 gives the day itself, or the last working day before it. */
export function addWorkingDays(day: Day, count: number, work: WorkTime): Day {
  const step = Math.sign(count)
  let current = count < 0 ? firstWorkingDay(day, work) : lastWorkingDay(day, work)
  for (let left = count; left !== 0; left -= step)
    current = findDay(addDays(current, step), step, (one) => isWorkingDay(one, work))
  return current
}

/** Working days after the first up to and with the last. */
export function countWorkingDays(first: Day, last: Day, work: WorkTime): number {
  let count = 0
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) {
    if (isWorkingDay(day, work)) count += 1
  }
  return count
}

/** Whether somebody is at work: on a working day, or on a Saturday morning where the office keeps one. */
export function isOfficeTime(moment: Moment, work: WorkTime): boolean {
  const time = timeOf(moment)
  return hoursOn(dayOf(moment), work).some(({ from, to }) => from <= time && time < to)
}

/** The moment itself within office hours, else the beginning of the next ones. */
export function nextOfficeTime(moment: Moment, work: WorkTime): Moment {
  if (isOfficeTime(moment, work)) return moment
  const today = dayOf(moment)
  const later = hoursOn(today, work).find(({ from }) => from > timeOf(moment))
  if (later) return momentOn(today, later.from)
  const day = findDay(addDays(today, 1), 1, (one) => hoursOn(one, work).length > 0)
  return momentOn(day, hoursOn(day, work)[0]?.from ?? '')
}

function hoursOn(day: Day, work: WorkTime): readonly Hours[] {
  if (isWorkingDay(day, work)) return work.hours
  return weekdayOf(day) === SATURDAY && !work.isOff(day) ? work.saturdayHours : []
}

function timeOf(moment: Moment): string {
  return moment.slice(11, 16)
}

function findDay(day: Day, step: number, isIt: (day: Day) => boolean): Day {
  let current = day
  while (!isIt(current)) current = addDays(current, step)
  return current
}
