import { z } from 'zod'
import { Given, type Moment } from './answer.ts'
import { dayOf } from './calendar.ts'
import { type Command, readCommand } from './command.ts'
import { Doubt } from './doubt.ts'
import { keep, settled } from './keep.ts'
import { never } from './never.ts'
import { ask, askPromised, currentRound, say } from './next.ts'
import { hasRole, type Office, type Person, placeOf } from './office.ts'
import type { ReportPack } from './pack.ts'
import { dataWindow, type Period, readPeriod } from './period.ts'
import { describeProgress } from './progress.ts'
import { putOffDoubt } from './resolve.ts'
import { findItem, isAnswered, isDone, itemsOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import { blockAsked, correct, takeReply } from './take.ts'
import { cleanText, foldText } from './text.ts'
import { describeMoment, shorten } from './wording.ts'

/**
 * What must be remembered of a conversation beyond the answers. The position is not: the next
 * question is the first open item, so a pack may change while people are mid-way.
 */
export const Talk = z.object({
  v: z.literal(1),
  /** The collection all the rest is about. */
  periodKey: z.string().exactOptional(),
  /** Codes as the last question numbered them. */
  shown: z.array(z.string()).default([]),
  /** Codes as the last echo numbered them: "sửa 2" means these. */
  echoed: z.array(z.object({ n: z.int(), code: z.string() })).default([]),
  /** A question back: one of these for that item. */
  choice: z
    .object({
      code: z.string(),
      raw: z.string(),
      options: z.array(Given),
      isLettered: z.boolean().default(false),
    })
    .exactOptional(),
  /** A contradiction being asked about, and whether its reason is awaited. */
  doubt: Doubt.exactOptional(),
  isReasonAwaited: z.boolean().default(false),
  /** Words that came for that reason and may be a correction: which, is being asked. */
  unsure: z.string().exactOptional(),
  /** Contradictions put off: their numbers, so that other numbers are asked about anew. */
  deferred: z.array(z.string()).default([]),
  /** The options of the last question back: its buttons may still be pressed. */
  past: z.array(z.object({ code: z.string(), given: Given })).default([]),
  /** The last line that answered something, to know it when it comes again. */
  said: z.string().exactOptional(),
  /** Put off by "bỏ qua", asked again after everything else. */
  skipped: z.array(z.string()).default([]),
  /** What "hoàn tác" puts back. */
  undo: z.array(z.object({ code: z.string(), before: Given.exactOptional() })).default([]),
  /** How often in a row the bot has not understood. */
  confused: z.int().default(0),
})
export type Talk = z.infer<typeof Talk>

export const NEW_TALK: Talk = Talk.parse({ v: 1 })

export type Event =
  | {
      readonly type: 'message'
      readonly text: string
      readonly files: readonly HandedFile[]
      /** The message is a new wording of an earlier one: what was recorded from that, in its order. */
      readonly edits?: readonly Edited[]
    }
  /** Said in a group, where others read along. */
  | { readonly type: 'group'; readonly text: string }
  /** A period has been opened for collection. */
  | { readonly type: 'opened'; readonly periodKey: string }
  /** The person's account has just been confirmed. */
  | { readonly type: 'bound' }

/** A file somebody sent: its words, or why they could not be read. */
export interface HandedFile {
  readonly name: string
  readonly text?: string
  readonly why?: 'type' | 'size' | 'unreadable' | 'empty' | 'gone'
}

/** An answer as the first wording of a message gave it. */
export interface Edited {
  readonly periodKey: string
  readonly code: string
  readonly given: Given
}

/** What a turn leads to. One `say` is one outbound message. */
export type Effect =
  | {
      readonly type: 'record'
      readonly periodKey: string
      readonly code: string
      readonly given: Given
      readonly raw: string
      readonly reason?: string
    }
  | { readonly type: 'say'; readonly says: readonly Say[]; readonly choices: readonly Say[] }
  | {
      readonly type: 'report'
      readonly packId: string
      readonly period: Period
      /** With the record of where every figure comes from. */
      readonly withSources: boolean
    }

export interface World {
  readonly now: Moment
  readonly office: Office
  readonly me: Person
  readonly packs: readonly ReportPack[]
  /** Collections under way, the earliest deadline first. */
  readonly rounds: readonly Round[]
  /** The one the talk is about, while it is open. */
  readonly focus?: string
}

export interface Step {
  readonly talk: Talk
  readonly effects: readonly Effect[]
}

/** The conversation: what happened and what is known in, what to keep and to say out. Total: it always answers. */
export function step(talk: Talk, event: Event, world: World): Step {
  switch (event.type) {
    case 'opened':
      return greetPeriod(talk, event.periodKey, world)
    case 'bound':
      return ask(focus(NEW_TALK, world).talk, focus(NEW_TALK, world).world, [welcome(world)])
    case 'message':
      return hear(talk, event, world)
    case 'group':
      return { talk, effects: [] }
    default:
      return never(event)
  }
}

function hear(before: Talk, event: Event & { type: 'message' }, anywhere: World): Step {
  const text = cleanText(event.text)
  const { talk, world, moved } = focus(before, anywhere)
  const [file] = event.files
  const unwanted: readonly Say[] =
    file === undefined ? [] : [{ key: 'file.unwanted', values: { file: shorten(file.name) } }]
  const first = [...(moved ? [moved] : []), ...unwanted]
  if (text === '') return say(talk, first.length > 0 ? first : [{ key: 'confused.empty' }], world)
  const { talk: after, effects } = respond(talk, text, { world, isMoved: moved !== undefined })
  const isTold = effects.some((effect) => effect.type === 'say')
  return {
    // Until it has been told, the talk has not gone on to another collection.
    talk: moved && !isTold ? before : after,
    effects: effects.map((effect) =>
      effect.type === 'say' ? { ...effect, says: [...first, ...effect.says] } : effect,
    ),
  }
}

function respond(
  talk: Talk,
  text: string,
  { world, isMoved }: { readonly world: World; readonly isMoved: boolean },
): Step {
  const command = readCommand(text)
  const round = currentRound(world)
  const isConfirmed = talk.isReasonAwaited || (round !== undefined && blockAsked(talk, round) !== undefined)
  const isAnswer = !command || (command.type === 'courtesy' && isConfirmed)
  if (!isMoved || (!isAnswer && command?.type !== 'correct'))
    return isAnswer ? takeReply(talk, text, world) : obey(talk, command, world)
  // What was said of the collection that is closed is not taken for another.
  const period = round ? titleOf(round) : ''
  return ask(talk, world, [{ key: 'closed.notRecorded', values: { raw: shorten(text), period } }])
}

/** Numbers, choices and what can be undone belong to one collection: in another they mean nothing. */
function focus(
  talk: Talk,
  world: World,
): { readonly talk: Talk; readonly world: World; readonly moved?: Say } {
  const round = currentRound(talk.periodKey === undefined ? world : { ...world, focus: talk.periodKey })
  if (!round) return { talk, world }
  const { key } = round.period
  const there = { ...world, focus: key }
  if (talk.periodKey === undefined || talk.periodKey === key)
    return { talk: { ...talk, periodKey: key }, world: there }
  const left = world.rounds.find((one) => one.period.key === talk.periodKey)
  const period = titleOf(round)
  const moved: Say = left
    ? { key: 'closed.moved', values: { closed: titleOf(left), period } }
    : { key: 'ask.period', values: { period } }
  return { talk: { ...NEW_TALK, periodKey: key }, world: there, moved }
}

function obey(talk: Talk, command: Command, world: World): Step {
  switch (command.type) {
    case 'start':
      return begin(talk, world)
    case 'help':
      return say(talk, helpFor(world), world)
    case 'progress':
      return say(talk, describeProgress(currentRound(world), world), world)
    case 'skip':
      return skip(talk, world)
    case 'cancel':
      return say({ ...settled(talk), shown: [], confused: 0 }, [{ key: 'echo.cancelled' }], world)
    case 'courtesy':
      return say(talk, [{ key: 'courtesy' }], world)
    case 'undo':
      return undo(talk, world)
    case 'source':
      return tellSource(talk, world)
    case 'report':
      return report(talk, command.asked, world)
    case 'correct':
      return correct(talk, command, world)
    case 'unknown':
      return say(talk, [{ key: 'confused.command', values: { raw: shorten(command.word) } }], world)
    default:
      return never(command)
  }
}

/** A coordinator who answers for items needs both. */
function helpFor(world: World): readonly Say[] {
  const isLeader = hasRole(world.me, 'chairman', 'coordinator')
  const round = currentRound(world)
  const answers = !isLeader || (round !== undefined && itemsOf(round, world.office, world.me).length > 0)
  return [
    ...(isLeader ? [{ key: 'help.leader' } as const] : []),
    ...(answers ? [{ key: 'help.official' } as const] : []),
  ]
}

const SECONDS_PER_ITEM = 15

/** The opening message: what, how long, until when, for whom; the first question follows when asked for. */
function greetPeriod(talk: Talk, periodKey: string, world: World): Step {
  const round = world.rounds.find((one) => one.period.key === periodKey)
  if (!round) return { talk, effects: [] }
  const { period, pack, schedule } = round
  const values = {
    period: titleOf({ period, pack }),
    office: placeOf(world.office),
    deadline: describeMoment(schedule.deadline),
  }
  const count = itemsOf(round, world.office, world.me).length
  if (count === 0) {
    const choices: readonly Say[] = hasRole(world.me, 'chairman', 'coordinator')
      ? [{ key: 'quick.report', values: { asked: period.name } }]
      : []
    return { talk, effects: [{ type: 'say', says: [{ key: 'open.nothingForYou', values }], choices }] }
  }
  const hello: Say = {
    key: 'open.hello',
    values: {
      ...values,
      count,
      minutes: Math.max(1, Math.ceil((count * SECONDS_PER_ITEM) / 60)),
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

function welcome(world: World): Say {
  return { key: 'stranger.bound', values: { title: world.me.title, office: placeOf(world.office) } }
}

/** "Bắt đầu": what is open, what was put off or promised, and when all is done the next collection. */
function begin(talk: Talk, world: World): Step {
  const fresh = { ...settled(talk), skipped: [], confused: 0 }
  const { focus: _, ...anywhere } = world
  const next = owesNothing(currentRound(world), world) ? currentRound(anywhere) : undefined
  if (!next || next.period.key === talk.periodKey) return askPromised(fresh, world)
  return askPromised({ ...NEW_TALK, periodKey: next.period.key }, { ...world, focus: next.period.key })
}

function owesNothing(round: Round | undefined, world: World): boolean {
  return round !== undefined && itemsOf(round, world.office, world.me).every((item) => isDone(round, item))
}

/** Puts the shown question off; it comes back after everything else. */
function skip(talk: Talk, world: World): Step {
  if (talk.doubt) return putOffDoubt(talk, world)
  const round = currentRound(world)
  const { choice, ...rest } = talk
  const put = choice ? [choice.code] : talk.shown
  const open = round ? put.filter((code) => !isAnswered(round.answers.get(code)?.given)) : []
  if (open.length === 0) return ask({ ...rest, shown: [] }, world, [])
  const skipped = [...talk.skipped.filter((code) => !open.includes(code)), ...open]
  return ask({ ...rest, skipped, shown: [], confused: 0 }, world, [
    { key: 'echo.skipped', values: { count: open.length } },
  ])
}

/** Puts the last change back, as a new answer. */
function undo(talk: Talk, world: World): Step {
  const round = currentRound(world)
  if (!round || talk.undo.length === 0) return say(talk, [{ key: 'echo.nothingToUndo' }], world)
  const back = talk.undo.map(({ code, before }) => ({
    code,
    given: before ?? ({ state: 'withdrawn' } as const),
    raw: 'hoàn tác',
  }))
  return keep({ ...settled(talk), undo: [] }, back, { world, round, isUndo: true })
}

function tellSource(talk: Talk, world: World): Step {
  const round = currentRound(world)
  const code = talk.choice?.code ?? talk.shown[0]
  const item = round && code !== undefined ? findItem(round.pack, code) : undefined
  if (!item) return ask(talk, world, [])
  const answer: Say = item.hint
    ? { key: 'ask.hint', values: { item: item.name, hint: item.hint } }
    : { key: 'ask.noHint', values: { item: item.name } }
  return say(talk, [answer], world)
}

/** "/baocao quy1 nguồn": with the record of where every figure comes from. */
const WITH_SOURCES = /(^|\s)nguon$/

/** The draft, whoever may have it, for any period that has begun. */
function report(talk: Talk, asked: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const today = dayOf(world.now)
  const current = currentRound(world)
  const withSources = WITH_SOURCES.test(foldText(asked))
  const named = withSources ? asked.replace(/\p{L}+$/u, '').trim() : asked
  const period = named === '' ? current?.period : readPeriod(named, today)
  if (!period) return say(talk, [{ key: 'report.whichPeriod', values: { example: '/baocao quy1' } }], world)
  const pack = world.packs.find((one) => one.periods[period.name] !== undefined)
  if (!pack) return say(talk, [{ key: 'report.noPack', values: { asked: shorten(asked) } }], world)
  const { from } = dataWindow(period)
  if (from > today) {
    return say(
      talk,
      [{ key: 'report.notBegun', values: { period: titleOf({ pack, period }), from: writeDay(from) } }],
      world,
    )
  }
  return { talk, effects: [{ type: 'report', packId: pack.id, period, withSources }] }
}
