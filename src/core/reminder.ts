import type { Day } from './answer.ts'
import { askGroup } from './ask.ts'
import { addMinutes, dayOf } from './calendar.ts'
import type { TaskDue } from './due.ts'
import { fitLines, nameOf } from './follow.ts'
import { onScreen, say } from './next.ts'
import type { Office } from './office.ts'
import type { Item } from './pack.ts'
import { clip, weigh } from './page.ts'
import { owedBy } from './remind.ts'
import { findItem, isDone, isSentBack, itemsOf, type Round, titleOf, writeShortDay } from './round.ts'
import type { Say } from './say.ts'
import { type Event, type Step, type Talk, talkAnew, type World } from './talk.ts'
import { describeGiven, describeMoment } from './wording.ts'

/** Reminds of what is owed, to be answered in one reply; a question under way stands as it is. */
export function remind(
  talk: Talk,
  { type, periodKey }: Event & { type: 'reminded' | 'promised' },
  anywhere: World,
): Step {
  const round = anywhere.rounds.find(({ period, isClosed }) => !isClosed && period.key === periodKey)
  if (!round || isTalking(talk, anywhere)) return { talk, effects: [] }
  const world = { ...anywhere, focus: periodKey }
  const isHere = talk.periodKey === periodKey
  const isBusy = isAsked(talk, world)
  const there = isHere || isBusy ? talk : talkAnew(talk, periodKey)
  const missing = owedBy(world.me, round, world.office)
  // On the morning of a promise what was promised is asked for, and nothing else.
  const owed =
    type === 'promised' ? missing.filter((item) => isPromisedBy(round.today, item, round)) : missing
  if (owed.length === 0) return { talk, effects: [] }
  const head = (lines: readonly Say[]) => headOf(type, { round, world, count: owed.length, lines })
  if (isBusy) {
    // Numbers on the screen are those of its question: what is reminded of beside it is called by its code.
    const first = isHere ? [...owed].sort((one, other) => place(one, talk) - place(other, talk)) : owed
    const how: Say = isHere
      ? {
          key: 'remind.howCodes',
          values: { code: first[0]?.code ?? '', example: first[0]?.isTask ? 'xong' : '5' },
        }
      : { key: 'remind.howLater' }
    const lines = fitLines(
      first.map((item) => lineOf(item, { round, office: world.office })),
      LETTERS_MAX,
    )
    return say(talk, [head(lines), how], isHere ? world : anywhere)
  }
  return askOwed(there, owed, { round, world, head })
}

const TALKING_MINUTES = 30

/** Who has just written is at it already: what they are to be reminded of can wait. */
function isTalking({ pace }: Talk, { now }: World): boolean {
  return pace !== undefined && pace.minute > addMinutes(now, -TALKING_MINUTES).slice(0, 16)
}

/** Whether something waits for an answer: then nothing else may. */
function isAsked(talk: Talk, { rounds, office, me }: World): boolean {
  const round = rounds.find(({ period, isClosed }) => !isClosed && period.key === talk.periodKey)
  if (!round) return false
  const open = itemsOf(round, office, me).filter((item) => !isDone(round, item))
  // What an earlier reminder listed is listed anew.
  const isShown = !talk.isReminded && talk.shown.some((code) => open.some((item) => item.code === code))
  return (
    isShown ||
    talk.isReasonAwaited ||
    [talk.choice, talk.doubt, talk.awaiting, talk.unsure].some((one) => one !== undefined)
  )
}

function place({ code }: Item, { shown }: Talk): number {
  const at = shown.indexOf(code)
  return at < 0 ? shown.length : at
}

interface Owing {
  readonly round: Round
  readonly world: World
  readonly head: (lines: readonly Say[]) => Say
}

/** Figures are numbered, and can be given one after the other; of the rest the names are told. */
function askOwed(talk: Talk, owed: readonly Item[], { round, world, head }: Owing): Step {
  const { office } = world
  const figures = owed.filter(
    ({ kind, code }) => kind !== 'text' && kind !== 'choice' && !isSentBack(round, code),
  )
  const numbered = figures
    .slice(0, NUMBERED_MAX)
    .map((item, index) => lineOf(item, { round, office, n: index + 1 }))
  const shown = fitLines(numbered, LETTERS_MAX).filter(({ key }) => key !== 'told.more')
  const asked = figures.slice(0, shown.length)
  const rest = owed.filter((item) => !asked.includes(item))
  const question = askGroup(round, office, asked)
  const left = LETTERS_MAX - shown.reduce((sum, line) => sum + weigh(line), 0)
  const lines = [
    ...shown,
    ...fitLines(
      rest.map((item) => lineOf(item, { round, office })),
      left,
    ),
  ]
  const how = question.says.at(-1)
  if (!how) return say({ ...talk, shown: [] }, [head(lines), { key: 'remind.howStart' }], world)
  const exits: Say = { key: asked.length === 1 ? 'remind.exits' : 'remind.exitsAll' }
  const more: readonly Say[] = rest.length > 0 ? [{ key: 'remind.howRest' }] : []
  const step = say(onScreen({ ...talk, confused: 0 }, question), [head(lines), how, ...more, exits], world)
  return {
    talk: { ...step.talk, isReminded: true },
    effects: step.effects.map((effect) =>
      effect.type === 'say' ? { ...effect, choices: question.choices } : effect,
    ),
  }
}

const NUMBERED_MAX = 6
const LETTERS_MAX = 420
const NAME_MAX = 90

/** "1. Trực tiếp (kỳ trước: 97 hồ sơ)" where it can be answered by its number, else with its code. */
function lineOf(
  item: Item,
  { round, office, n }: { readonly round: Round; readonly office: Office; readonly n?: number },
): Say {
  const before = round.previous.get(item.code)?.given
  const last = before?.state === 'value' ? describeGiven(before, item, office) : undefined
  const name = clip(item.name, NAME_MAX)
  if (n === undefined)
    return last
      ? { key: 'told.itemLast', values: { code: item.code, item: name, last } }
      : { key: 'told.item', values: { code: item.code, item: name } }
  return last
    ? { key: 'ask.lineLast', values: { n, item: name, last } }
    : { key: 'ask.line', values: { n, item: name } }
}

function isPromisedBy(today: Day, { code }: Item, { answers }: Round): boolean {
  const given = answers.get(code)?.given
  return given?.state === 'pending' && given.until !== undefined && given.until <= today
}

/** Somebody else, whom this person stands in for, has named today. */
function promisedBy(round: Round, { office, me }: World): string | undefined {
  return itemsOf(round, office, me)
    .flatMap(({ code }) => round.answers.get(code) ?? [])
    .find(({ given, by }) => given.state === 'pending' && given.until === round.today && by !== me.id)?.by
}

function headOf(
  type: 'reminded' | 'promised',
  { round, world, count, lines }: { round: Round; world: World; count: number; lines: readonly Say[] },
): Say {
  const { deadline } = round.schedule
  const total = itemsOf(round, world.office, world.me).length
  const values = { period: titleOf(round), count, total, deadline: describeMoment(deadline), lines }
  if (type === 'promised') {
    const by = promisedBy(round, world)
    return by === undefined
      ? { key: 'remind.promised', values }
      : { key: 'remind.promisedBy', values: { ...values, person: nameOf(by, world) } }
  }
  return { key: dayOf(deadline) === dayOf(world.now) ? 'remind.today' : 'remind.told', values }
}

/** Where they are being asked for, their states can be told at once, each by its code. */
export function tellTasks(talk: Talk, tasks: readonly TaskDue[], world: World): Step {
  const [first] = tasks
  if (!first || isTalking(talk, world)) return { talk, effects: [] }
  const lines = tasks.map(({ code, name, due, state }): Say => {
    const values = { code, item: clip(name, NAME_MAX), day: writeShortDay(due) }
    return state === undefined
      ? { key: 'remind.taskUnsaid', values }
      : { key: 'remind.task', values: { ...values, state } }
  })
  const key = first.when === 'today' ? 'remind.tasksToday' : 'remind.tasks'
  const told: Say = { key, values: { lines: fitLines(lines, LETTERS_MAX) } }
  const round = world.rounds.findLast((one) => asksFor(first, one, world))
  if (!round) return say(talk, [told, { key: 'remind.tasksNext' }], world)
  const { key: periodKey } = round.period
  const isThere = talk.periodKey === periodKey
  if (!isThere && isAsked(talk, world)) return say(talk, [told, { key: 'remind.howLater' }], world)
  // A code means the collection the talk is about.
  const there = isThere ? talk : talkAnew(talk, periodKey)
  const how: Say = { key: 'remind.tasksHow', values: { code: first.code } }
  return say(there, [told, how], { ...world, focus: periodKey })
}

/** Whether a collection of the plan's year wants to know, and its report is not due yet. */
function asksFor(
  { year, code }: TaskDue,
  { period, isClosed, schedule, pack }: Round,
  { now }: World,
): boolean {
  return !isClosed && period.year === year && now < schedule.deadline && findItem(pack, code) !== undefined
}
