import { z } from 'zod'
import type { Day, Moment } from './answer.ts'
import {
  addDays,
  addWorkingDays,
  dayOf,
  firstWorkingDay,
  type Hours,
  lastWorkingDay,
  momentOn,
  type WorkTime,
} from './calendar.ts'
import { holidayOn } from './holidays.ts'
import type { Problem } from './office.ts'
import {
  dataWindow,
  dayInMonth,
  PERIOD_NAMES,
  type Period,
  type PeriodName,
  periodOf,
  readPeriodKey,
} from './period.ts'

export interface Schedule {
  /** The data window, both days included. */
  readonly from: Day
  readonly to: Day
  readonly opens: Moment
  readonly deadline: Moment
  /** When the superior wants it: never before the office's own deadline. */
  readonly superiorDeadline?: Moment
  readonly closes: Moment
}

// A fault in a file names an example of what was expected.
const day = z.iso.date('2026-11-24')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '17:00')
const MOMENT = '2026-03-17T17:00'
const moment = z.iso.datetime({ local: true, precision: -1, error: MOMENT }).regex(/\d$/, MOMENT)
const hours = z.strictObject({ from: time, to: time })
const workingDays = z.int().min(0).max(30)
/** Up to the 28th: every month has it. */
const dayOfMonth = z.int().min(1).max(28)

/** When an office works, and when its periods open, are due and close; every field has a lawful default. */
export const CalendarSettings = z.strictObject({
  /** The reports this office owes; a province takes quy3 or 9thang. */
  reports: z.array(z.literal(PERIOD_NAMES)).default(['quy1', '6thang', 'quy3', 'nam']),
  opensDaysBeforeCutoff: z.int().min(0).max(92).default(10),
  opensAt: time.default('08:00'),
  /** After the cut-off; or `deadlineDay`, the first such day of a month not before the cut-off ("before the 20th"). */
  deadlineWorkingDays: workingDays.default(2),
  deadlineDay: dayOfMonth.optional(),
  deadlineAt: time.default('17:00'),
  /** The superior's own deadline, counted the same way. */
  superior: z
    .strictObject({ workingDays: workingDays.optional(), day: dayOfMonth.optional(), at: time.optional() })
    .optional(),
  closesDaysAfterDeadline: z.int().min(0).max(366).default(30),
  /** Days off of this office beside the public holidays, and days it works though they are holidays or weekends. */
  daysOff: z.array(day).default([]),
  workingDays: z.array(day).default([]),
  officeHours: z
    .array(hours)
    .min(1)
    .default([
      { from: '07:30', to: '11:30' },
      { from: '13:30', to: '17:00' },
    ]),
  /** A desk that is open on Saturday mornings makes no working day of them. */
  saturdayHours: z.array(hours).default([]),
  /** When who still owes is reminded, in working days before the deadline. */
  ladder: z
    .array(z.strictObject({ daysBefore: workingDays, at: time }))
    .max(3)
    .default([
      { daysBefore: 3, at: '08:00' },
      { daysBefore: 1, at: '14:00' },
      { daysBefore: 0, at: '08:00' },
    ]),
  /** A weekly digest to the chairman. */
  digest: z.boolean().default(false),
  /** How many working days after the deadline they hear of what is missing; 0 is the first office time after it. */
  escalate: z
    .strictObject({ coordinator: workingDays.default(0), chairman: workingDays.default(1) })
    .prefault({}),
  /** What the superior fixed for one period: "2025-quy1": { deadline: 2025-03-17T17:00 }. */
  periods: z
    .record(
      z.string().regex(/^\d{4}-[a-z0-9]+$/, '2026-quy1'),
      z.strictObject({
        from: day.optional(),
        to: day.optional(),
        opens: moment.optional(),
        deadline: moment.optional(),
        superior: moment.optional(),
        closes: moment.optional(),
      }),
    )
    .default({}),
})
export type CalendarSettings = z.infer<typeof CalendarSettings>

/** What the schema cannot see: periods nobody knows, days both off and worked, moments in the wrong order, hours at night. */
export function checkCalendar(settings: CalendarSettings): readonly Problem[] {
  const at = (path: Problem['path'], key: Problem['key'], value: string): Problem => ({
    path: ['calendar', ...path],
    key,
    value,
  })
  const { daysOff, ladder } = settings
  const both = settings.workingDays.flatMap((one, index) =>
    daysOff.includes(one) ? [at(['workingDays', index], 'file.twice', one)] : [],
  )
  const { superior } = settings
  const unsaid =
    superior && superior.day === undefined && superior.workingDays === undefined
      ? [at(['superior'], 'file.missing', 'day')]
      : []
  const rungs = ladder.flatMap((rung, index) =>
    isAwake(rung.at) ? [] : [at(['ladder', index, 'at'], 'file.atNight', rung.at)],
  )
  const spans = (['officeHours', 'saturdayHours'] as const).flatMap((name) =>
    settings[name].flatMap(({ from, to }, index) => {
      if (from >= to) return [at([name, index], 'file.emptyRange', `${from}–${to}`)]
      return isAwake(from) && isAwake(to) ? [] : [at([name, index], 'file.atNight', `${from}–${to}`)]
    }),
  )
  const periods = Object.keys(settings.periods).flatMap((key) => {
    const period = readPeriodKey(key)
    if (!period) return [at(['periods', key], 'file.badPeriod', key)]
    return disordersOf(period, settings).map(([name, value]) =>
      at(['periods', key, name], 'file.badOrder', value),
    )
  })
  return [...both, ...unsaid, ...rungs, ...spans, ...periods]
}

function isAwake(time: string): boolean {
  return time >= '06:00' && time <= '20:00'
}

/** The moments of a period that come before what they have to follow, as "2026-02-17 < 2026-03-14". */
function disordersOf(
  period: Period,
  settings: CalendarSettings,
): readonly (readonly [field: string, value: string])[] {
  const own = settings.periods[period.key] ?? {}
  const { from, to, opens, deadline, closes } = scheduleOf(period, settings)
  const superior = own.superior && countedMoment(own.superior, to, workTimeOf(settings))
  // A report may be wanted before its cut-off, its last figures estimated: whoever writes both down means it.
  const cutoff = own.deadline !== undefined && own.to === undefined ? to : from
  const pairs = [
    ['to', from, to],
    ['deadline', cutoff, deadline],
    ['opens', opens, deadline],
    ['superior', deadline, superior ?? deadline],
    ['closes', deadline, closes],
  ] as const
  return pairs.flatMap(([field, earlier, later]) =>
    later < earlier ? [[field, `${later.slice(0, 16)} < ${earlier.slice(0, 16)}`] as const] : [],
  )
}

const workTimes = new WeakMap<CalendarSettings, WorkTime>()

/** When the office of these settings works: the holidays of the country, and what it does otherwise. */
export function workTimeOf(settings: CalendarSettings): WorkTime {
  const known = workTimes.get(settings)
  if (known) return known
  const off = new Set(settings.daysOff)
  const worked = new Set(settings.workingDays)
  const work: WorkTime = {
    isOff: (day) => off.has(day) || (!worked.has(day) && (holidayOn(day) ?? 'extra') !== 'extra'),
    isExtra: (day) => worked.has(day) || holidayOn(day) === 'extra',
    hours: inOrder(settings.officeHours),
    saturdayHours: inOrder(settings.saturdayHours),
  }
  workTimes.set(settings, work)
  return work
}

function inOrder(hours: readonly Hours[]): readonly Hours[] {
  return [...hours].sort((one, other) => (one.from < other.from ? -1 : 1))
}

const schedules = new WeakMap<CalendarSettings, Map<string, Schedule>>()

/** Window, opening, deadlines and closing of a period under an office's settings; reckoned once for these settings. */
export function scheduleOf(period: Period, settings: CalendarSettings): Schedule {
  const known = schedules.get(settings) ?? new Map<string, Schedule>()
  schedules.set(settings, known)
  const schedule = known.get(period.key) ?? reckonSchedule(period, settings)
  known.set(period.key, schedule)
  return schedule
}

function reckonSchedule(period: Period, settings: CalendarSettings): Schedule {
  const work = workTimeOf(settings)
  const own = settings.periods[period.key] ?? {}
  const lawful = dataWindow(period)
  const from = own.from ?? lawful.from
  const to = own.to ?? lawful.to
  const superior = superiorDeadline(to, own.superior, settings)
  const ruled = dueBy(
    to,
    { workingDays: settings.deadlineWorkingDays, day: settings.deadlineDay, at: settings.deadlineAt },
    work,
  )
  // What is said of this very period stands; the office's rule gives way to the superior's day.
  const deadline = own.deadline
    ? countedMoment(own.deadline, to, work)
    : superior !== undefined && superior < ruled
      ? superior
      : ruled
  const opens = own.opens
    ? momentOn(own.opens.slice(0, 10), own.opens.slice(11))
    : momentOn(firstWorkingDay(addDays(to, -settings.opensDaysBeforeCutoff), work), settings.opensAt)
  const closes = own.closes
    ? momentOn(own.closes.slice(0, 10), own.closes.slice(11))
    : momentOn(addDays(dayOf(deadline), settings.closesDaysAfterDeadline), '23:59')
  const later = superior !== undefined && superior > deadline ? superior : deadline
  return { from, to, opens, deadline, closes, ...(superior === undefined ? {} : { superiorDeadline: later }) }
}

function superiorDeadline(
  cutoff: Day,
  own: string | undefined,
  settings: CalendarSettings,
): Moment | undefined {
  const work = workTimeOf(settings)
  if (own !== undefined) return countedMoment(own, cutoff, work)
  const { day, workingDays, at = settings.deadlineAt } = settings.superior ?? {}
  if (day === undefined && workingDays === undefined) return undefined
  return dueBy(cutoff, { workingDays: workingDays ?? 0, day, at }, work)
}

interface Due {
  readonly workingDays: number
  readonly day: number | undefined
  readonly at: string
}

/** So many working days after the cut-off, or on a day of the month. */
function dueBy(cutoff: Day, { workingDays, day, at }: Due, work: WorkTime): Moment {
  const after = workingDays === 0 ? cutoff : addWorkingDays(cutoff, workingDays, work)
  const due = day === undefined ? after : dayFrom(cutoff, day)
  return momentOn(countedDay(due, cutoff, work), at)
}

/** The first such day of a month that is not before the cut-off. */
function dayFrom(cutoff: Day, day: number): Day {
  const [year, month] = [Number(cutoff.slice(0, 4)), Number(cutoff.slice(5, 7))]
  const same = dayInMonth(year, month, day)
  return same < cutoff ? dayInMonth(year, month + 1, day) : same
}

/** What is off counts for the last working day before it; unless, as over Tết, that is before the figures are complete. */
function countedDay(day: Day, cutoff: Day, work: WorkTime): Day {
  const last = lastWorkingDay(day, work)
  return last < cutoff && cutoff <= day ? firstWorkingDay(day, work) : last
}

function countedMoment(moment: string, cutoff: Day, work: WorkTime): Moment {
  return momentOn(countedDay(moment.slice(0, 10), cutoff, work), moment.slice(11))
}

/** The periods an office collects now: opened, and not yet due. */
export function duePeriods<Pack extends { readonly periods: Readonly<Partial<Record<PeriodName, string>>> }>(
  office: { readonly calendar: CalendarSettings },
  packs: readonly Pack[],
  now: Moment,
): readonly { readonly pack: Pack; readonly period: Period }[] {
  const year = Number(now.slice(0, 4))
  return packs.flatMap((pack) =>
    office.calendar.reports
      .filter((name) => pack.periods[name] !== undefined)
      .flatMap((name) => [periodOf(name, year - 1), periodOf(name, year), periodOf(name, year + 1)])
      .filter((period) => {
        const { opens, deadline } = scheduleOf(period, office.calendar)
        return opens <= now && now <= deadline
      })
      .map((period) => ({ pack, period })),
  )
}
