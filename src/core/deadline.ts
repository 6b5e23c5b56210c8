import type { Day, Moment } from './answer.ts'
import { leadersBut } from './approve.ts'
import { addDays, dayOf, firstWorkingDay, lastWorkingDay, momentOn } from './calendar.ts'
import { tell } from './follow.ts'
import { askedText } from './hand.ts'
import type { Setting } from './keep.ts'
import { readPromisedDay } from './later.ts'
import { audit, withChoices } from './lead.ts'
import { isPaused, liftMark, MOVED, REMINDERS, setMark } from './mark.ts'
import { say } from './next.ts'
import { hasRole } from './office.ts'
import { ownersOf } from './overview.ts'
import { readPeriod } from './period.ts'
import type { Request } from './request.ts'
import { isDone, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import { workTimeOf } from './schedule.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { describeMoment, shorten } from './wording.ts'

type Wanted = Omit<Request & { type: 'moveDeadline' }, 'type'>

/** "dời hạn quý 1 đến 17h 20/3": undefined when the words are the paragraph that is being asked for. */
export function moveDeadline(
  talk: Talk,
  wanted: Wanted,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, raw } = setting
  const isText = askedText(talk, setting)
  if (!hasRole(world.me, 'coordinator', 'chairman'))
    return isText ? undefined : say(talk, [{ key: 'deadline.notAllowed' }], world)
  const open = world.rounds.filter(({ isClosed }) => !isClosed)
  const named = wanted.asked === '' ? undefined : readPeriod(wanted.asked, dayOf(world.now))
  const meant = open.filter(({ period }) => wanted.asked === '' || period.key === named?.key)
  const [round, other] = meant
  if (isText && (!round || readWhen(wanted.to, round) === undefined)) return undefined
  if (!round) {
    const unknown: Say = { key: 'deadline.notOpen', values: { raw: shorten(wanted.asked) } }
    return say(talk, [unknown], world)
  }
  if (other) return askWhich(talk, meant, { to: wanted.to, world })
  const moment = readWhen(wanted.to, round)
  if (moment === undefined)
    return say(talk, [{ key: 'deadline.whichDay', values: { raw: shorten(raw) } }], world)
  return moveTo(talk, moment, { ...setting, round, isSure: wanted.isSure })
}

function askWhich(
  talk: Talk,
  rounds: readonly Round[],
  { to, world }: { readonly to: string; readonly world: World },
): Step {
  const ways = rounds.map((round): Say => ({ key: 'deadline.way', values: { period: titleOf(round), to } }))
  return withChoices(say(talk, [{ key: 'deadline.which', values: { ways } }], world), ways)
}

interface Moving extends Setting {
  readonly raw: string
  readonly isSure: boolean
}

/** "20/3", said in November, is more often a slip than a day of next year. */
const FAR_DAYS = 60

/** What cannot be is refused with the reason; past the superior's own deadline it has to be meant. */
function moveTo(talk: Talk, wanted: Moment, setting: Moving): Step {
  const { world, round, raw, isSure } = setting
  const { deadline: before, superiorDeadline: superior } = round.schedule
  const day = lastWorkingDay(dayOf(wanted), workTimeOf(world.office.calendar))
  const moment = `${day}${wanted.slice(10)}`
  const period = titleOf(round)
  const deadline = describeMoment(moment)
  const refused = refusalOf(moment, setting)
  if (refused) return say(talk, [refused], world)
  if (superior !== undefined && moment > superior && !isSure) {
    const anyway: Say = {
      key: 'deadline.anyway',
      values: { period, time: moment.slice(11, 16), day: writeDay(day) },
    }
    const values = { period, deadline, superior: describeMoment(superior), anyway }
    return withChoices(say(talk, [{ key: 'deadline.afterSuperior', values }], world), [anyway])
  }
  if (dayOf(moment) > addDays(dayOf(before), FAR_DAYS) && !isSure) {
    const anyway: Say = {
      key: 'deadline.anyway',
      values: { period, time: moment.slice(11, 16), day: writeDay(day) },
    }
    const values = { day: writeDay(day), before: describeMoment(before), anyway }
    return withChoices(say(talk, [{ key: 'deadline.far', values }], world), [anyway])
  }
  const mark = setMark('deadline', MOVED, { text: moment, raw })
  const values = { period, deadline, before: describeMoment(before) }
  const off: readonly Say[] =
    day === dayOf(wanted) ? [] : [{ key: 'deadline.dayOff', values: { day: writeDay(dayOf(wanted)) } }]
  const step = say(talk, [{ key: 'deadline.moved', values }, ...off], world)
  return {
    talk: step.talk,
    effects: [
      { type: 'record', periodKey: round.period.key, ...mark },
      audit('moveDeadline', round, { from: before, to: moment }),
      // The calendar would lock it before it is due: from now on only a person does.
      ...(moment > round.schedule.closes
        ? [{ type: 'period', periodKey: round.period.key, isClosed: false } as const]
        : []),
      ...step.effects,
      ...tellMoved(values, setting),
    ],
  }
}

function refusalOf(moment: Moment, { world, round }: Setting): Say | undefined {
  const { deadline: before, to } = round.schedule
  const deadline = describeMoment(moment)
  if (moment <= world.now) return { key: 'deadline.past', values: { deadline } }
  if (dayOf(moment) < to) {
    const first = writeDay(firstWorkingDay(to, workTimeOf(world.office.calendar)))
    return { key: 'deadline.beforeCutoff', values: { deadline, to: writeDay(to), first } }
  }
  return moment === before
    ? { key: 'deadline.same', values: { period: titleOf(round), deadline } }
    : undefined
}

/** Those who still owe something hear until when they have time, and the other leaders. */
function tellMoved(
  values: { readonly period: string; readonly deadline: Say; readonly before: Say },
  { world, round }: Setting,
): readonly Effect[] {
  const { me, office } = world
  const person = me.name
  const owing = ownersOf(round, office)
    .map((owner) => ({ ...owner, count: owner.items.filter((item) => !isDone(round, item)).length }))
    .filter(({ count, person: { id } }) => count > 0 && id !== me.id)
  const others = leadersBut(world).filter(({ id }) => !owing.some((one) => one.person.id === id))
  return [
    ...owing.map(({ person: { id }, count }): Effect => {
      const told: Say = { key: 'deadline.told', values: { ...values, person, count } }
      return { ...tell(id, told), choices: [{ key: 'quick.start' }] }
    }),
    ...others.map(({ id }) => tell(id, { key: 'deadline.toldLeader', values: { ...values, person } })),
  ]
}

const TIME =
  /(?:(?:luc|vao|truoc)\s+)?(?<!\d)(\d{1,2})\s*(?:h|gio|:)\s*(\d{2}(?![\d/.-]))?(?!\d)(?:\s*(chieu|toi))?/

/** "17h 20/3", "thứ Sáu", "20/3 lúc 9 giờ": without an hour it is the one there was. */
function readWhen(words: string, { schedule, today }: Round): Moment | undefined {
  const folded = foldText(words)
    .replace(/[.,;!?]+/g, ' ')
    .trim()
  const found = TIME.exec(folded)
  const rest = folded
    .replace(TIME, ' ')
    .replace(/\b(?:ngay|het|nhe|nha|a|giup)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const day: Day | undefined = readPromisedDay(rest, today)
  const stated = Number(found?.[1] ?? 0)
  const hour = found?.[3] !== undefined && stated < 12 ? stated + 12 : stated
  const minute = Number(found?.[2] ?? 0)
  if (day === undefined || hour > 23 || minute > 59) return undefined
  const time = found
    ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
    : schedule.deadline.slice(11, 16)
  return momentOn(day, time)
}

/** "tạm dừng nhắc", "nhắc tiếp": of all that is being collected. */
export function pauseReminders(
  talk: Talk,
  type: 'pause' | 'resume',
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, raw } = setting
  const isToPause = type === 'pause'
  if (!hasRole(world.me, 'coordinator', 'chairman'))
    return askedText(talk, setting) ? undefined : say(talk, [{ key: 'pause.notAllowed' }], world)
  const open = world.rounds.filter(({ isClosed }) => !isClosed)
  const changed = open.filter((round) => isPaused(round) !== isToPause)
  const periods = (changed.length > 0 ? changed : open).map(titleOf).join(', ')
  if (changed.length === 0)
    return say(talk, [{ key: isToPause ? 'pause.already' : 'pause.notPaused', values: { periods } }], world)
  const step = say(talk, [{ key: isToPause ? 'pause.done' : 'pause.over', values: { periods } }], world)
  const kept = changed.flatMap((round): readonly Effect[] => {
    const mark = isToPause
      ? setMark('pause', REMINDERS, { text: world.now, raw })
      : liftMark('pause', REMINDERS, raw)
    return [
      { type: 'record', periodKey: round.period.key, ...mark },
      audit(isToPause ? 'pauseReminders' : 'resumeReminders', round, {}),
    ]
  })
  const key = isToPause ? 'pause.told' : 'pause.toldOver'
  const told = leadersBut(world).map(({ id }) =>
    tell(id, { key, values: { periods, person: world.me.name } }),
  )
  return { talk: step.talk, effects: [...kept, ...step.effects, ...told] }
}
