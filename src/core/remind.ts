import type { Day, Moment } from './answer.ts'
import {
  addDays,
  addMinutes,
  addWorkingDays,
  dayOf,
  isOfficeTime,
  lastWorkingDay,
  momentOn,
  nextOfficeTime,
  type WorkTime,
  weekdayOf,
} from './calendar.ts'
import { awayUntil, inChargeOf } from './charge.ts'
import { type TaskDue, tasksFallingDue } from './due.ts'
import { COMPLETE, findMark, isPaused, MOVED, markText, ON_DEADLINE } from './mark.ts'
import { hasRole, type Office, type Person, type Role } from './office.ts'
import type { Item } from './pack.ts'
import { askedItems, isDone, itemsOf, type Round } from './round.ts'
import { workTimeOf } from './schedule.ts'

/** What happened or is due; each has a key that names it for all time within its office, its period between two colons. */
export type Due =
  | {
      readonly type: 'remind'
      readonly key: string
      readonly personId: string
      readonly periodKey: string
      readonly stage: string
    }
  /** The morning has come of the day they promised something for. */
  | {
      readonly type: 'promised'
      readonly key: string
      readonly personId: string
      readonly periodKey: string
    }
  /** Tasks of a plan fall due, whether or not anything is being collected. */
  | {
      readonly type: 'tasks'
      readonly key: string
      readonly personId: string
      readonly tasks: readonly TaskDue[]
    }
  | {
      readonly type: 'overdue'
      readonly key: string
      readonly to: 'coordinator' | 'chairman'
      readonly periodKey: string
    }
  /** The draft as it stands on the deadline; or where things stand, once a week. */
  | { readonly type: 'deliver' | 'digest'; readonly key: string; readonly periodKey: string }

export interface RemindFacts {
  readonly now: Moment
  readonly office: Office
  readonly rounds: readonly Round[]
  /** Who has a chat to be written to. */
  readonly reachable: ReadonlySet<string>
  /** The keys of all that was done already. */
  readonly done: ReadonlySet<string>
  /** When each person last came by an account: they were greeted then. */
  readonly joined?: ReadonlyMap<string, Moment>
  /** Who was written to unasked today, as far as it matters. */
  readonly heard?: ReadonlySet<string>
  /** When each collection was opened, by its key; else it was when the calendar says. */
  readonly opened?: ReadonlyMap<string, Moment>
}

const REMINDERS_MAX = 3
const DAY_MINUTES = 24 * 60
/** A deadline mostly falls on the end of office hours: its draft is not left to the next morning. */
const DELIVERY_MINUTES = 60
const MONDAY_AT = '08:00'

/** All that is due at this moment in one office; what was done, or has been overtaken, is not. */
export function planReminders(facts: RemindFacts): readonly Due[] {
  const work = workTimeOf(facts.office.calendar)
  const isAtWork = isOfficeTime(facts.now, work)
  const counts = countReminders(facts.done)
  const watches = facts.rounds
    .filter(({ isClosed }) => !isClosed)
    .map((round): Watch => ({ ...facts, round, work, counts }))
  const ofRounds = watches.flatMap((watch): readonly Due[] => {
    if (!isAtWork) return deliver(watch)
    // A pause is of reminders: who answers for the report still hears what is missing.
    return [...deliver(watch), ...(isPaused(watch.round) ? [] : toPeople(watch)), ...toLeaders(watch)]
  })
  // A task can wait where somebody hears of something else that day.
  const busy = new Set(ofRounds.flatMap((due) => ('personId' in due ? due.personId : [])))
  const ofTasks = isAtWork ? tasks(facts, watches).filter(({ personId }) => !busy.has(personId)) : []
  return [...ofRounds, ...ofTasks].filter(({ key }) => !facts.done.has(key))
}

/** Under such keys it is remembered what was told of the tasks of a year: they are of no period. */
export function planKey(year: number): string {
  return `${year}-plan`
}

/** From then on what falls due today is told, whatever else was. */
const LAST_CALL = '14:00'

/** Whoever has in charge what falls due, unless they have just been told of something, or asked for peace. */
function tasks(facts: RemindFacts, watches: readonly Watch[]): readonly (Due & { type: 'tasks' })[] {
  const { office, now, rounds, reachable, joined, heard, done } = facts
  const today = dayOf(now)
  const due = tasksFallingDue(rounds, office, today)
  if (due.length === 0 || watches.some(({ round }) => isPaused(round))) return []
  const since = addMinutes(now, -DAY_MINUTES)
  const busy = answeredSince(since, rounds)
  const isLeft = watches.map((watch) => leftInPeace(watch))
  const hasSteps = watches.map((watch) => stepsToday(watch))
  return office.people.flatMap((person) => {
    const isFresh = (joined?.get(person.id) ?? '') > since || busy.has(person.id)
    if (!reachable.has(person.id) || isFresh || isLeft.some((left) => left(person))) return []
    const isTold = heard?.has(person.id) || hasSteps.some((has) => has(person))
    const own = due.filter((task) => task.person.id === person.id)
    // What is due today before what is due soon; the next of them another day.
    for (const when of ['today', 'soon'] as const) {
      const told = own.filter((task) => task.when === when && !done.has(taskKey(task, person)))
      const [first] = told
      if (first && !(isTold && (when === 'soon' || now < momentOn(today, LAST_CALL)))) {
        const together = told.filter(({ due: day, year }) => day === first.due && year === first.year)
        const words = together.map(({ person: _, ...task }) => task)
        return [{ type: 'tasks', key: taskKey(first, person), personId: person.id, tasks: words }]
      }
    }
    return []
  })
}

function taskKey({ year, due, when }: TaskDue, { id }: Person): string {
  return `tasks:${planKey(year)}:${id}:${due}:${when}`
}

/** Who still owes something in a collection whose ladder has a step today hears of that. */
function stepsToday(watch: Watch): (person: Person) => boolean {
  const today = dayOf(watch.now)
  if (!stagesOf(watch).some(({ at }) => dayOf(at) === today)) return () => false
  return (person) => owedBy(person, watch.round, watch.office).length > 0
}

/** The key of what a message to somebody came of, where it is theirs alone and planned anew as long as it is due. */
export function deedOfReminder(messageKey: string, personId: string): string | undefined {
  const end = `:${personId}:0`
  const isOne = /^(?:remind|tasks):/.test(messageKey) && messageKey.endsWith(end)
  return isOne ? messageKey.slice(0, -end.length) : undefined
}

/** What somebody has to give now: neither done nor promised for a day to come. */
export function owedBy(person: Person, round: Round, office: Office): readonly Item[] {
  return itemsOf(round, office, person).filter((item) => isOwed(item, round))
}

function isOwed(item: Item, round: Round): boolean {
  const until = promisedDay(item, round)
  // A day after all is over is no promise, but a slip.
  const isPromise = until !== undefined && until > round.today && until <= dayOf(round.schedule.closes)
  return !isDone(round, item) && !isPromise
}

function promisedDay({ code }: Item, { answers }: Pick<Round, 'answers'>): Day | undefined {
  const given = answers.get(code)?.given
  return given?.state === 'pending' ? given.until : undefined
}

/** One collection that is being watched, with what is known beside it. */
interface Watch extends RemindFacts {
  readonly round: Round
  readonly work: WorkTime
  readonly counts: ReadonlyMap<string, number>
}

/** How many reminders went to each person in each collection, whatever its deadline was. */
function countReminders(done: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of done) {
    const [type, periodKey, , personId] = key.split(':')
    if (type !== 'remind') continue
    const of = `${periodKey}:${personId}`
    counts.set(of, (counts.get(of) ?? 0) + 1)
  }
  return counts
}

/** Every person's own, from one look at the answers and one at the items. */
function toPeople(watch: Watch): readonly Due[] {
  const { round, office, now, reachable } = watch
  const today = dayOf(now)
  const stage = stageNow(watch)
  if (!stage && !hasPromises(round, today)) return []
  const owed = new Map<string, Item[]>()
  for (const item of askedItems(round)) {
    if (!isOwed(item, round)) continue
    const { id } = inChargeOf(item, round, office)
    owed.set(id, [...(owed.get(id) ?? []), item])
  }
  const wantsPeace = peaceWanted(watch)
  const rested = restedSince(addMinutes(now, -DAY_MINUTES), watch)
  return office.people.flatMap((person): readonly Due[] => {
    const items = owed.get(person.id) ?? []
    if (items.length === 0 || !reachable.has(person.id) || wantsPeace(person)) return []
    const until = promisedFor(items, watch)
    const named = { personId: person.id, periodKey: round.period.key }
    if (until !== undefined)
      return [{ type: 'promised', key: keyOf('promised', round, person.id, until), ...named }]
    return stage && rested(person) ? remind(person, stage, watch) : []
  })
}

/** Who is away, was nudged today, or has named the hour at which they want to be asked. */
function peaceWanted({ round, now }: Watch): (person: Person) => boolean {
  return (person) => {
    const isNudged = findMark(round, 'nudge', person.id)?.at.slice(0, 10) === dayOf(now)
    const later = markText(round, 'later', person.id)
    const isLater = later !== undefined && later > addMinutes(now, -60)
    return isNudged || isLater || awayUntil(person, round) !== undefined
  }
}

function leftInPeace(watch: Watch): (person: Person) => boolean {
  const wantsPeace = peaceWanted(watch)
  const rested = restedSince(addMinutes(watch.now, -DAY_MINUTES), watch)
  return (person) => wantsPeace(person) || !rested(person)
}

function hasPromises({ answers }: Round, today: Day): boolean {
  for (const { given } of answers.values())
    if (given.state === 'pending' && given.until !== undefined && given.until <= today) return true
  return false
}

/** The latest day promised whose first office hour has come today; one promised since then is not recalled. */
function promisedFor(items: readonly Item[], { round, now, work }: Watch): Day | undefined {
  const days = items.flatMap((item) => {
    const until = promisedDay(item, round)
    const morning = until === undefined ? undefined : nextOfficeTime(momentOn(until, '00:00'), work)
    const isToday = morning !== undefined && morning <= now && dayOf(morning) === dayOf(now)
    const at = round.answers.get(item.code)?.at ?? ''
    return until !== undefined && isToday && at < morning ? [until] : []
  })
  return days.sort().at(-1)
}

function answeredSince(since: Moment, rounds: readonly Round[]): ReadonlySet<string> {
  const busy = new Set<string>()
  for (const { answers } of rounds)
    for (const { code, by, at } of answers.values()) if (at > since && !code.includes(':')) busy.add(by)
  return busy
}

/** Who has been left in peace since then: not opened for, nor told of another deadline, and without an answer of their own. */
function restedSince(since: Moment, { round, opened, joined }: Watch): (person: Person) => boolean {
  const { period, schedule } = round
  const told = [opened?.get(period.key) ?? schedule.opens, findMark(round, 'deadline', MOVED)?.at ?? '']
  if (told.some((at) => at > since)) return () => false
  const busy = answeredSince(since, [round])
  return ({ id }) => !busy.has(id) && (joined?.get(id) ?? '') <= since
}

interface Stage {
  readonly name: string
  readonly at: Moment
}

/** The steps of the ladder in their order, each moved into office hours; none on the deadline or after it. */
function stagesOf({ round, office, work }: Watch): readonly Stage[] {
  const { deadline } = round.schedule
  return office.calendar.ladder
    .map(({ daysBefore, at }): Stage => {
      const day = addWorkingDays(lastWorkingDay(dayOf(deadline), work), -daysBefore, work)
      const name = `T-${daysBefore}-${at.replace(':', '')}`
      return { name, at: nextOfficeTime(momentOn(day, at), work) }
    })
    .filter(({ at }) => at < deadline)
    .sort((one, other) => (one.at < other.at ? -1 : 1))
}

/** The step the ladder has come to; those before it have been overtaken. */
function stageNow(watch: Watch): Stage | undefined {
  const { round, now } = watch
  if (now >= round.schedule.deadline) return undefined
  const stages = stagesOf(watch)
  const stage = stages.findLast(({ at }) => at <= now)
  // What was slept through is said with the next step, where that comes later the same day.
  const isNextToday = stages.some(({ at }) => at > now && dayOf(at) === dayOf(now))
  return stage && isNextToday && dayOf(stage.at) < dayOf(now) ? undefined : stage
}

function remind(person: Person, stage: Stage, watch: Watch): readonly Due[] {
  const { round, done, counts } = watch
  const { id } = person
  const { key: periodKey } = round.period
  const key = stageKey(stage, person, watch)
  // A clock that was set back does not begin the ladder anew.
  const isPast = stagesOf(watch).some((one) => one.at >= stage.at && done.has(stageKey(one, person, watch)))
  if (isPast || (counts.get(`${periodKey}:${id}`) ?? 0) >= REMINDERS_MAX) return []
  return [{ type: 'remind', key, personId: id, periodKey, stage: stage.name }]
}

function stageKey({ name }: Stage, { id }: Person, { round }: Watch): string {
  return `remind:${round.period.key}:${name}:${id}:${deadlineOf(round)}`
}

function keyOf(type: Due['type'], { period }: Round, ...rest: readonly string[]): string {
  return [type, period.key, ...rest].join(':')
}

function deadlineOf({ schedule }: Round): string {
  return schedule.deadline.slice(0, 16)
}

function deliver(watch: Watch): readonly Due[] {
  const { round, now, work } = watch
  const { deadline } = round.schedule
  const isHour =
    isOfficeTime(now, work) ||
    (now < addMinutes(deadline, DELIVERY_MINUTES) && isOfficeTime(addMinutes(deadline, -1), work))
  if (now < deadline || !isHour || wasOpenedLate(watch) || findMark(round, 'sent', COMPLETE)) return []
  return canHear(watch, 'coordinator', 'chairman')
    ? [{ type: 'deliver', key: keyOf('deliver', round, deadlineOf(round)), periodKey: round.period.key }]
    : []
}

/** Opened after its deadline, a collection is late by nobody's fault until it is given another. */
function wasOpenedLate({ round, opened }: Watch): boolean {
  return (opened?.get(round.period.key) ?? '') >= round.schedule.deadline
}

function canHear({ office, reachable }: Watch, ...roles: readonly Role[]): boolean {
  return office.people.some((person) => hasRole(person, ...roles) && reachable.has(person.id))
}

function toLeaders(watch: Watch): readonly Due[] {
  const { round, now, office, work } = watch
  const { escalate } = office.calendar
  const overdue = (['coordinator', 'chairman'] as const).flatMap((to): readonly Due[] => {
    if (now < round.schedule.deadline || now < overdueAt(escalate[to], watch) || !canHear(watch, to))
      return []
    const key = keyOf('overdue', round, to, deadlineOf(round))
    return [{ type: 'overdue', key, to, periodKey: round.period.key }]
  })
  const isMissing = () => askedItems(round).some((item) => !isDone(round, item))
  const today = dayOf(now)
  const monday = addDays(today, 1 - weekdayOf(today))
  const digestAt = nextOfficeTime(momentOn(monday, MONDAY_AT), work)
  // A week that begins with days off, or with the machine asleep, has its digest later.
  const isDigestDue = office.calendar.digest && digestAt <= now
  return [
    ...(overdue.length > 0 && !wasOpenedLate(watch) && !wasJustHandedOut(watch) && isMissing()
      ? overdue
      : []),
    ...(isDigestDue && canHear(watch, 'chairman')
      ? [{ type: 'digest', key: keyOf('digest', round, monday), periodKey: round.period.key } as const]
      : []),
  ]
}

/** The draft of the deadline says what is missing: nobody hears it twice on one day. It is handed out first. */
function wasJustHandedOut({ round, now }: Watch): boolean {
  const handed = findMark(round, 'sent', ON_DEADLINE)?.at
  return handed !== undefined && dayOf(handed) === dayOf(now)
}

/** The first office hour after so many working days have gone by since the deadline. */
function overdueAt(workingDays: number, { round, work }: Watch): Moment {
  const { deadline } = round.schedule
  const day = addWorkingDays(dayOf(deadline), workingDays, work)
  return nextOfficeTime(addMinutes(`${day}${deadline.slice(10)}`, 1), work)
}
