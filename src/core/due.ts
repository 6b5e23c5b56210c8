import type { Answer, Day } from './answer.ts'
import { addDays, addWorkingDays, dayOf, lastWorkingDay, readMoment, type WorkTime } from './calendar.ts'
import { inChargeOf, standInFor } from './charge.ts'
import { type Office, ownerOf, type Person } from './office.ts'
import { type Plan, type Task, taskCode, tasksOf, UNFINISHED } from './plan.ts'
import { isAnswered, type Round } from './round.ts'
import { workTimeOf } from './schedule.ts'
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

/** A task that falls due, in words. */
export interface TaskDue {
  /** Of the plan; the same code is another task in another year. */
  readonly year: number
  readonly code: string
  readonly name: string
  readonly due: Day
  /** Today is the last working day it can be done on, or that day comes within three. */
  readonly when: 'today' | 'soon'
  /** How far it had come when it was last reported, in the words of the pack; nobody may have yet. */
  readonly state?: string
}

const TASK_DAYS_BEFORE = 3
/** Three working days may have the longest holidays between them. */
const DAYS_AHEAD = 21

/** The years of the plans in which a task falls due now: what was reported in them has to be known. */
export function yearsFallingDue(office: Office, today: Day): readonly number[] {
  const work = workTimeOf(office.calendar)
  return office.plans.filter((plan) => fallingDue(plan, today, work).length > 0).map(({ year }) => year)
}

/**
 * The tasks that fall due and were not reported as finished, each with who has it in charge. The latest word counts,
 * whichever collection of the plan's year it was given in, and whether that is open or closed.
 */
export function tasksFallingDue(
  rounds: readonly Round[],
  office: Office,
  today: Day,
): readonly (TaskDue & { readonly person: Person })[] {
  return office.plans.flatMap((plan) => {
    const tasks = fallingDue(plan, today, workTimeOf(office.calendar))
    const own = rounds.filter(({ period, isUnread }) => period.year === plan.year && !isUnread)
    const current = own.findLast(({ isClosed }) => !isClosed) ?? own.at(-1)
    return tasks.flatMap(({ task, due, before, when }) => {
      const code = taskCode(task)
      const said = latestOf(code, own)
      // "quý I, quý II": what was done by the first of them has to be done again.
      const isOld = said !== undefined && before !== undefined && dayOf(said.at) <= before
      if (said && !isUnfinished(said) && !isOld) return []
      const person = inChargeNow({ code, duty: task.lead }, current, { office, today })
      const state = said && stateIn(said, current)
      return [
        {
          year: plan.year,
          code,
          name: task.name,
          due,
          when,
          person,
          ...(state === undefined ? {} : { state }),
        },
      ]
    })
  })
}

function isUnfinished({ given }: Answer): boolean {
  return given.state === 'value' && UNFINISHED.some((state) => state === given.value)
}

function stateIn({ given }: Answer, round: Round | undefined): string | undefined {
  const words: Readonly<Record<string, string>> = round?.pack.document.tasks?.states ?? {}
  return given.state === 'value' ? words[given.value] : undefined
}

/** Who answers for it where it is being asked for; else who leads it, for what was handed on was the answering alone. */
function inChargeNow(
  task: { readonly code: string; readonly duty: string },
  round: Round | undefined,
  { office, today }: { readonly office: Office; readonly today: Day },
): Person {
  const lead = ownerOf(office, task.duty)
  if (!round) return lead
  const kept = { ...round, today }
  return round.isClosed ? (standInFor(lead, kept, office) ?? lead) : inChargeOf(task, kept, office)
}

/** Of each collection what it was told, else what the one before it was. */
function latestOf(code: string, rounds: readonly Round[]): Answer | undefined {
  return rounds
    .flatMap(({ answers, previous }) => {
      const said = [answers.get(code), previous.get(code)]
      return said.find((answer) => isAnswered(answer?.given)) ?? []
    })
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .at(-1)
}

interface Falling {
  readonly task: Task
  readonly due: Day
  /** The day before it on which the same task was due. */
  readonly before: Day | undefined
  readonly when: TaskDue['when']
}

function fallingDue(plan: Plan, today: Day, work: WorkTime): readonly Falling[] {
  return dueDaysOf(plan).flatMap(({ task, days }) => {
    for (const due of days) {
      const when = whenDue(due, today, work)
      if (when) return [{ task, due, before: days.findLast((day) => day < due), when }]
    }
    return []
  })
}

function whenDue(day: Day, today: Day, work: WorkTime): TaskDue['when'] | undefined {
  // What is far off need not be reckoned in working days.
  if (day < today || day > addDays(today, DAYS_AHEAD)) return undefined
  const last = lastWorkingDay(day, work)
  if (last === today) return 'today'
  return today < last && addWorkingDays(last, -TASK_DAYS_BEFORE, work) <= today ? 'soon' : undefined
}

const dueDays = new WeakMap<Plan, readonly { readonly task: Task; readonly days: readonly Day[] }[]>()

/** Read once for each plan: they are looked at every few minutes. */
function dueDaysOf(plan: Plan): readonly { readonly task: Task; readonly days: readonly Day[] }[] {
  const known = dueDays.get(plan)
  if (known) return known
  const read = tasksOf(plan).map((task) => ({ task, days: readDueDays(task.due, plan.year).toSorted() }))
  dueDays.set(plan, read)
  return read
}
