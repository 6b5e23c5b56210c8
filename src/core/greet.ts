import { sayBoundToo, tellOfBinding } from './account.ts'
import { usualOf } from './block.ts'
import { focus, letGo } from './focus.ts'
import { settled } from './keep.ts'
import { liftMark, markText } from './mark.ts'
import { ask, askPromised, currentRound, say } from './next.ts'
import { hasRole, placeOf } from './office.ts'
import { isDone, itemsOf, progressOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import { type Effect, type Event, NEW_TALK, type Step, type Talk, talkAnew, type World } from './talk.ts'
import { describeMoment } from './wording.ts'

/** The hour somebody asked to be reminded at has come: the mark goes, and who still owes is asked. */
export function recall(talk: Talk, periodKey: string, anywhere: World): Step {
  const { talk: here, world } = focus({ ...letGo(talk), periodKey }, anywhere)
  const round = currentRound(world)
  const lifted: Effect = { type: 'record', periodKey, ...liftMark('later', world.me.id, '') }
  if (round?.period.key !== periodKey || owesNothing(round, world)) return { talk, effects: [lifted] }
  // What is being asked back stands; the reminder only says that it is time.
  const step =
    here.choice || here.doubt
      ? say(here, [{ key: 'later.now' }], world)
      : askPromised({ ...here, skipped: [] }, world, [{ key: 'later.now' }])
  return { talk: step.talk, effects: [lifted, ...step.effects] }
}

const SECONDS_PER_ITEM = 15
const SECONDS_TO_CONFIRM = 4

/** The opening message: what, how long, until when, for whom; the first question follows when asked for. */
export function greetPeriod(talk: Talk, periodKey: string, world: World): Step {
  const round = world.rounds.find((one) => one.period.key === periodKey)
  if (!round) return { talk, effects: [] }
  const { period, pack, schedule } = round
  const values = {
    period: titleOf({ period, pack }),
    office: placeOf(world.office),
    deadline: describeMoment(schedule.deadline),
  }
  const mine = itemsOf(round, world.office, world.me)
  const count = mine.length
  if (count === 0) {
    const isLeader = hasRole(world.me, 'chairman', 'coordinator')
    const asked = { asked: period.name }
    const end: Say = isLeader ? { key: 'open.leader', values: asked } : { key: 'footer.guest' }
    const choices: readonly Say[] = isLeader ? [{ key: 'quick.report', values: asked }] : []
    return { talk, effects: [{ type: 'say', says: [{ key: 'open.nothingForYou', values }, end], choices }] }
  }
  const known = mine.filter((item) => usualOf(item, round) !== undefined)
  const seconds = (count - known.length) * SECONDS_PER_ITEM + known.length * SECONDS_TO_CONFIRM
  const hello: Say = {
    key: 'open.hello',
    values: {
      ...values,
      count,
      known: known.length === 0 ? '' : { key: 'open.known', values: { count: known.length } },
      minutes: Math.max(1, Math.ceil(seconds / 60)),
      from: writeDay(schedule.from),
      to: writeDay(schedule.to),
    },
  }
  // An opening never disturbs a talk in progress.
  const fresh = talk.periodKey === undefined ? NEW_TALK : talk
  return {
    talk: fresh,
    effects: [{ type: 'say', says: [hello], choices: [{ key: 'quick.start' }, { key: 'quick.progress' }] }],
  }
}

/** One who is known from elsewhere goes on where they were; the question is asked again, for here it has not been seen. */
export function join(before: Talk, event: Event & { type: 'bound' }, anywhere: World): Step {
  const known = event.others?.length ? settled(letGo(before)) : NEW_TALK
  const { talk, world } = focus(known, anywhere)
  const step = ask(talk, world, [welcome(world), ...sayBoundToo(event, world)])
  return { ...step, effects: [...step.effects, ...tellOfBinding(event, world)] }
}

function welcome(world: World): Say {
  return { key: 'stranger.bound', values: { title: world.me.title, office: placeOf(world.office) } }
}

/** "Bắt đầu": what is open, what was put off or promised, and when all is done the next collection. */
export function begin(talk: Talk, world: World): Step {
  const fresh = { ...settled(talk), shown: shownFirst(talk, world), skipped: [], confused: 0 }
  const { focus: _, ...anywhere } = world
  const next = owesNothing(currentRound(world), world) ? currentRound(anywhere) : undefined
  if (!next || next.period.key === talk.periodKey) return askPromised(fresh, world, resume(world))
  return askPromised(talkAnew(talk, next.period.key), { ...world, focus: next.period.key })
}

/** What somebody waits for an answer to comes before what was being asked. */
function shownFirst({ shown, isReminded }: Talk, world: World): string[] {
  const round = currentRound(world)
  const back = round
    ? itemsOf(round, world.office, world.me).filter(({ code }) => markText(round, 'return', code))
    : []
  if (back.length > 0) return back.map(({ code }) => code)
  return isReminded ? [] : shown
}

/** Whoever comes back is told how far they had come. */
function resume(world: World): readonly Say[] {
  const round = currentRound(world)
  const { done, total } = round
    ? progressOf(round, itemsOf(round, world.office, world.me))
    : { done: 0, total: 0 }
  return done === 0 || done === total
    ? []
    : [{ key: 'start.resume', values: { done, total, left: total - done } }]
}

function owesNothing(round: Round | undefined, world: World): boolean {
  return round !== undefined && itemsOf(round, world.office, world.me).every((item) => isDone(round, item))
}
