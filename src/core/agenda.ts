import type { Moment } from './answer.ts'
import { countWorkingDays, dayOf } from './calendar.ts'
import { isPaused, movedDeadline } from './mark.ts'
import { hasRole } from './office.ts'
import { type Period, periodOf } from './period.ts'
import { type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import { type Schedule, scheduleOf, workTimeOf } from './schedule.ts'
import type { World } from './talk.ts'
import { describeMoment } from './wording.ts'

/** The coming deadlines of the office: what is being collected, and what will be opened next. */
export function describeAgenda(world: World): readonly Say[] {
  const open = world.rounds.filter(({ isClosed }) => !isClosed)
  const next = nextToOpen(world)
  const leads: readonly Say[] =
    open.length > 0 && hasRole(world.me, 'coordinator', 'chairman') ? [{ key: 'agenda.how' }] : []
  return [
    ...open.map((round) => describeRound(round, world)),
    ...(open.length === 0 ? [{ key: 'nothing.open' } as const] : []),
    ...(next ? [describeNext(next)] : []),
    ...leads,
  ]
}

function describeRound(round: Round, world: World): Say {
  const { schedule } = round
  const lines: readonly (Say | false)[] = [
    { key: 'agenda.cutoff', values: { to: writeDay(schedule.to) } },
    {
      key: movedDeadline(round) === undefined ? 'agenda.deadline' : 'agenda.deadlineMoved',
      values: { deadline: describeMoment(schedule.deadline), left: timeLeft(round, world) },
    },
    ...superiorLine(schedule),
    isPaused(round) && { key: 'agenda.paused' },
  ]
  return {
    key: 'agenda.open',
    values: { period: titleOf(round), lines: lines.filter((line) => line !== false) },
  }
}

function superiorLine({ superiorDeadline: superior }: Schedule): readonly Say[] {
  return superior === undefined
    ? []
    : [{ key: 'agenda.superior', values: { deadline: describeMoment(superior) } }]
}

interface Coming {
  readonly period: Period
  readonly schedule: Schedule
  readonly title: string
}

/** The period whose opening comes first of those not opened yet. */
function nextToOpen({ office, packs, rounds, now }: World): Coming | undefined {
  const year = Number(now.slice(0, 4))
  return office.calendar.reports
    .flatMap((name) => [periodOf(name, year), periodOf(name, year + 1)])
    .flatMap((period): readonly Coming[] => {
      const pack = packs.find((one) => one.periods[period.name] !== undefined)
      const isKnown = rounds.some((round) => round.period.key === period.key)
      const schedule = scheduleOf(period, office.calendar)
      return !pack || isKnown || schedule.opens <= now
        ? []
        : [{ period, schedule, title: titleOf({ pack, period }) }]
    })
    .sort((one, other) => (one.schedule.opens < other.schedule.opens ? -1 : 1))[0]
}

function describeNext({ schedule, title }: Coming): Say {
  const lines: readonly Say[] = [
    { key: 'agenda.opens', values: { opens: describeFar(schedule.opens) } },
    { key: 'agenda.cutoff', values: { to: writeDay(schedule.to) } },
    { key: 'agenda.deadlineNext', values: { deadline: describeFar(schedule.deadline) } },
    ...superiorLine(schedule),
  ]
  return { key: 'agenda.next', values: { period: title, lines } }
}

/** Months away, the day says its year. */
function describeFar(moment: Moment): Say {
  return { key: 'agenda.far', values: { time: moment.slice(11, 16), day: writeDay(dayOf(moment)) } }
}

/** How long there is to the deadline of a collection, in working days. */
export function timeLeft({ schedule }: Round, { now, office }: Pick<World, 'now' | 'office'>): Say {
  if (schedule.deadline < now) return { key: 'group.late' }
  const [today, last] = [dayOf(now), dayOf(schedule.deadline)]
  if (today === last) return { key: 'group.today' }
  return { key: 'group.left', values: { days: countWorkingDays(today, last, workTimeOf(office.calendar)) } }
}
