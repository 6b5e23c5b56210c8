import { z } from 'zod'
import { invite, isKeeper, listChannels, prefer, sayBoundToo, tellOfBinding, unbindOther } from './account.ts'
import { describeAgenda } from './agenda.ts'
import { type Alert, describeAlert } from './alert.ts'
import { Given, type Moment } from './answer.ts'
import {
  approve,
  isNo,
  reopen,
  sendBack,
  showDifference,
  showVersions,
  takeComment,
  takeReopenReason,
  type Version,
} from './approve.ts'
import { Awaiting } from './awaiting.ts'
import { comeBack, goAway, takeLastDay, takeSubstitute } from './away.ts'
import { usualOf } from './block.ts'
import { dayOf } from './calendar.ts'
import { type Command, readCommand } from './command.ts'
import type { Stance } from './contradictions.ts'
import { moveDeadline, pauseReminders } from './deadline.ts'
import { askNotMe, disownAccount, takeNotMe } from './disown.ts'
import { askBothAgain, settleDispute } from './dispute.ts'
import { Doubt } from './doubt.ts'
import type { TaskDue } from './due.ts'
import { takeEdit } from './edit.ts'
import { answerGroup } from './group.ts'
import { askedText, handOn, takeWhom } from './hand.ts'
import { type Part, partsOf, takeInTurn } from './handed.ts'
import { keep, type Setting, settled } from './keep.ts'
import { takeWay } from './ladder.ts'
import { readLater, readPromisedDay } from './later.ts'
import { closeCollection, nudge } from './lead.ts'
import { showLook, viewedRound } from './look.ts'
import { liftMark, markText, setMark } from './mark.ts'
import { never } from './never.ts'
import { ask, askPromised, currentRound, progressLine, say } from './next.ts'
import { findPerson, hasRole, type Office, type Person, placeOf } from './office.ts'
import { tellLeader } from './overdue.ts'
import type { ReportPack } from './pack.ts'
import { findPeople } from './people.ts'
import { dataWindow, type Period, readPeriod, workTimeOf } from './period.ts'
import { describeProgress } from './progress.ts'
import { remind, tellTasks } from './reminder.ts'
import type { Request } from './request.ts'
import { putOffDoubt } from './resolve.ts'
import { findItem, isAnswered, isDone, itemsOf, progressOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import { answerOnBehalf, append, blockAsked, correct, isOffered, takeEditReason, takeReply } from './take.ts'
import { cleanText, foldText } from './text.ts'
import { askWhatNumber, settleUnsure, showUnsure } from './unsure.ts'
import { describeUpload, withLink } from './upload.ts'
import { approvedVersion } from './versions.ts'
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
  /** They were not asked but reminded of: who begins is asked in the usual order. */
  isReminded: z.boolean().default(false),
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
  /** It has been asked for twice. */
  isReasonUrged: z.boolean().default(false),
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
  /** The paragraph offered for the text on the screen. */
  offer: z.object({ code: z.string(), text: z.string(), isDraft: z.boolean() }).exactOptional(),
  /** What the last message asked beside items. */
  awaiting: Awaiting.exactOptional(),
  /** How many messages came in this minute. */
  pace: z.object({ minute: z.string(), count: z.int() }).exactOptional(),
  /** The collection whose draft was sent last, and when: what is looked at that day is about it. */
  viewed: z.object({ periodKey: z.string(), on: z.string() }).exactOptional(),
  /** What was said last where nothing was understood: never the very same twice in a row. */
  told: z.string().exactOptional(),
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
      readonly edits?: Rewording
    }
  /** Said in a group, where others read along. */
  | { readonly type: 'group'; readonly text: string }
  /** A period has been opened for collection. */
  | { readonly type: 'opened'; readonly periodKey: string }
  /** The person's account has just been confirmed. */
  | {
      readonly type: 'bound'
      readonly channel?: string
      /** Where the same person wrote from before. */
      readonly others?: readonly string[]
      /** To whom the chat belonged before. */
      readonly from?: string
    }
  /** The hour has come at which the person asked to be reminded. */
  | { readonly type: 'recalled'; readonly periodKey: string }
  /** A step of the ladder has come for who still owes, or the morning of the day they promised something for. */
  | { readonly type: 'reminded'; readonly periodKey: string; readonly stage?: string }
  | { readonly type: 'promised'; readonly periodKey: string }
  /** Tasks of the plan in their charge fall due. */
  | { readonly type: 'tasksDue'; readonly tasks: readonly TaskDue[] }
  /** For leaders: what is missing after the deadline, where things stand this week, the deadline has come. */
  | { readonly type: 'overdue'; readonly periodKey: string }
  | { readonly type: 'digest'; readonly periodKey: string }
  | { readonly type: 'due'; readonly periodKey: string }
  | Alert

/** A file somebody sent: its words, or why they could not be read. */
export interface HandedFile {
  readonly name: string
  readonly text?: string
  readonly why?: 'type' | 'size' | 'unreadable' | 'empty' | 'gone'
}

/** A message is a new wording of one sent before. */
export interface Rewording {
  /** Its first words. */
  readonly before: string
  /** What it gave in whichever wording came last, in the order of its first. */
  readonly gave: readonly Edited[]
}

export interface Edited {
  readonly periodKey: string
  readonly code: string
  readonly given: Given
  /** The words it was first read from. */
  readonly raw: string
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
  | {
      readonly type: 'say'
      readonly says: readonly Say[]
      readonly choices: readonly Say[]
      /** An address to send a file to goes below the words. */
      readonly link?: 'upload'
    }
  | {
      readonly type: 'report'
      readonly packId: string
      readonly period: Period
      /** With the record of where every figure comes from. */
      readonly withSources: boolean
      /** For somebody else than who spoke. */
      readonly to?: string
      /** Names it for all time: it goes to each of them once. */
      readonly key?: string
      /** Said before it where it goes unasked; else that all is in. */
      readonly lead?: Say
    }
  /** Words to somebody else of the office. */
  | {
      readonly type: 'tell'
      readonly to: string
      readonly says: readonly Say[]
      readonly choices: readonly Say[]
    }
  /** This chat is nobody's any more. */
  | { readonly type: 'unbind' }
  /** Where the person is written to first from now on. */
  | { readonly type: 'prefer'; readonly channel: string }
  /** Somebody else's accounts of a channel, or all, are nobody's any more. */
  | { readonly type: 'unbindOther'; readonly personId: string; readonly channel?: string }
  /** Done for the record beside what it leads to. */
  | {
      readonly type: 'audit'
      readonly action: string
      readonly detail: Readonly<Record<string, string>>
    }
  /** A one-time code for somebody, to be said to who asked. */
  | { readonly type: 'invite'; readonly personId: string }
  /** Somebody knows of a message whether it arrived. */
  | { readonly type: 'settleUnsure'; readonly id: string; readonly as: 'again' | 'arrived' }
  /** A collection is locked, or opened again for a reason. */
  | {
      readonly type: 'period'
      readonly periodKey: string
      readonly isClosed: boolean
      readonly reason?: string
    }
  /** The report as it stands is frozen: its file kept, its answers locked. */
  | { readonly type: 'approve'; readonly packId: string; readonly period: Period }
  /** The file of an earlier version once more. */
  | {
      readonly type: 'resend'
      readonly periodKey: string
      readonly n: number
      /** Said last. */
      readonly ending: readonly Say[]
    }
  | {
      readonly type: 'difference'
      readonly packId: string
      readonly period: Period
      readonly from: Version
      readonly to: Version
      readonly ending: readonly Say[]
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
  /** Who has a chat to be written to. */
  readonly reachable: ReadonlySet<string>
  /** The versions handed out of each collection, by its key, oldest first; only leaders are shown any. */
  readonly versions: ReadonlyMap<string, readonly Version[]>
  /** For leaders: who is being asked about a contradiction, or has put it off. */
  readonly stances?: readonly Stance[]
  /** My own accounts, in the order they are written to. */
  readonly addresses?: readonly {
    readonly channel: string
    readonly isPreferred: boolean
    readonly isClosed: boolean
  }[]
  /** From which this message came. */
  readonly channel?: string
  /** Whether files can be sent there. */
  readonly takesFiles?: boolean
  /** Whether we can hand out links. */
  readonly canLink?: boolean
  /** For coordinators and administrators: messages that may or may not have reached somebody, oldest first. */
  readonly unsure?: readonly Unsure[]
}

/** A message of which nobody knows whether it arrived. */
export interface Unsure {
  readonly id: string
  readonly personId: string
  readonly at: Moment
  readonly text: string
  readonly hasFile: boolean
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
      return join(talk, event, world)
    case 'message': {
      if (event.edits) return hearEdit(talk, event.text, event.edits, world)
      const heard = unrepeated(talk, cleanText(event.text), hear(talk, event, world))
      return { ...heard, effects: withLink(heard.effects) }
    }
    case 'recalled':
      return recall(talk, event.periodKey, world)
    case 'reminded':
    case 'promised':
      return remind(talk, event, { world, fresh: { ...NEW_TALK, periodKey: event.periodKey } })
    case 'tasksDue':
      return tellTasks(talk, event.tasks, { world, fresh: NEW_TALK })
    case 'overdue':
    case 'digest':
    case 'due':
      return tellLeader(talk, event, world)
    case 'group': {
      const says = answerGroup(event.text, world)
      return { talk, effects: says.length === 0 ? [] : [{ type: 'say', says, choices: [] }] }
    }
    case 'unsure':
    case 'trouble':
    case 'looping':
    case 'asksIn':
    case 'budget':
    case 'unreachable':
      return { talk, effects: [{ type: 'say', says: [describeAlert(event, world)], choices: [] }] }
    default:
      return never(event)
  }
}

function hear(before: Talk, event: Event & { type: 'message' }, anywhere: World): Step {
  const { talk, world, moved } = focus(before, anywhere)
  const { parts, told } = partsOf(event, { talk, world })
  const first = [...(moved ? [moved] : []), ...told]
  if (parts.length === 0) return say(talk, first.length > 0 ? first : [{ key: 'confused.empty' }], world)
  const pace = paceOf(before, anywhere.now)
  if (pace.count > FLOOD) return calm({ ...talk, pace }, parts, world)
  const paced = { ...talk, pace }
  const { talk: after, effects } = takeInTurn(parts, { talk: paced, world }, (current, part, now) =>
    respond(current, part, { world: now, isMoved: moved !== undefined }),
  )
  const isTold = effects.some((effect) => effect.type === 'say')
  return {
    // Until it has been told, the talk has not gone on to another collection.
    talk: moved && !isTold ? before : after,
    effects: effects.map((effect) =>
      effect.type === 'say' ? { ...effect, says: [...first, ...effect.says] } : effect,
    ),
  }
}

/** Nobody reads so many replies in a minute. */
const FLOOD = 20

function paceOf({ pace }: Talk, now: Moment): NonNullable<Talk['pace']> {
  const minute = now.slice(0, 16)
  return { minute, count: pace?.minute === minute ? pace.count + 1 : 1 }
}

/**
 * What names its item is still taken; what answers a question cannot have been meant for one not read, and nothing
 * is left on the screen. Told once a minute.
 */
function calm(talk: Talk, parts: readonly Part[], world: World): Step {
  const { choice: _, doubt: __, awaiting: ___, offer: ____, ...rest } = settled(talk)
  const quiet: Talk = { ...rest, shown: [] }
  const { effects } = takeInTurn(parts, { talk: quiet, world }, (current, part, now) =>
    NAMES_ITEM.test(part.text) ? takeReply(current, part.text, now) : { talk: current, effects: [] },
  )
  const said = talk.pace?.count === FLOOD + 1 ? say(quiet, [{ key: 'flood' }], world).effects : []
  return {
    talk: quiet,
    effects: [...effects.filter(({ type }) => type === 'record' || type === 'tell'), ...said],
  }
}

/** "II.2c.1 = 5" */
const NAMES_ITEM = /^\s*[\p{L}\d]+(?:\.[\p{L}\d]+)+\s*[=:]/u

/** Words like an answer's, but of a message sent before: the collection it was about, as it stands now. */
function hearEdit(before: Talk, text: string, edits: Rewording, anywhere: World): Step {
  const [first] = edits.gave
  const round = anywhere.rounds.find(({ period, isClosed }) => !isClosed && period.key === first?.periodKey)
  if (!round) return say(before, [{ key: 'reworded.nothing' }], focus(before, anywhere).world)
  const { key } = round.period
  const talk = before.periodKey === key ? before : { ...NEW_TALK, periodKey: key }
  const step = takeEdit(talk, { text: cleanText(text), edits, round }, { ...anywhere, focus: key })
  // What changed nothing leaves the talk where it was.
  return step.effects.some(({ type }) => type === 'record') ? step : { ...step, talk: before }
}

/** Who asks twice is told twice; who was not understood is not told the very same again. */
function unrepeated(before: Talk, text: string, { talk, effects }: Step): Step {
  const { told: _, ...rest } = talk
  const [only, ...others] = effects.filter((effect) => effect.type === 'say')
  if (!only || others.length > 0) return { talk: rest, effects }
  const told = JSON.stringify(only.says)
  const isEchoed = only.says[0]?.key.startsWith('echo.')
  if (told !== before.told || isEchoed || isAskedFor(before, text))
    return { talk: { ...rest, told }, effects }
  const again: Effect = { ...only, says: [{ key: 'confused.again' }, ...only.says] }
  return { talk: rest, effects: effects.map((effect) => (effect === only ? again : effect)) }
}

function isAskedFor(talk: Talk, text: string): boolean {
  const command = readCommand(text)
  return command !== undefined && !isReply(talk, command) && !['unknown', 'correct'].includes(command.type)
}

/** "Vâng" where a reason is awaited is an answer, if a poor one. */
function isReply(talk: Talk, command: Command | undefined): boolean {
  return !command || (command.type === 'courtesy' && talk.isReasonAwaited)
}

/** "Ok" may be said to anything: what it would confirm is asked for in so many words. */
function acknowledge(talk: Talk, world: World): Step {
  const round = currentRound(world)
  const block = round && blockAsked(talk, round)
  if (block) return say(talk, [block === 'same' ? { key: 'ask.sameYes' } : { key: 'ask.noneYes' }], world)
  return say(talk, [isOffered(talk) ? { key: 'ask.offerYes' } : { key: 'courtesy' }], world)
}

/** A file's words are an answer, whatever they say: they command nothing. */
function respond(
  talk: Talk,
  { text, file }: Part,
  { world, isMoved }: { readonly world: World; readonly isMoved: boolean },
): Step {
  const round = currentRound(world)
  const isTyped = file === undefined
  const about = round ?? roundAwaited(talk, world)
  const awaited =
    isTyped && talk.awaiting && about
      ? answerAwaited(talk, talk.awaiting, { world, round: about, raw: text })
      : undefined
  if (awaited) return awaited
  const command = isTyped ? (readCommand(text) ?? readBarePeriod(talk, text, world)) : undefined
  const isAnswer = isReply(talk, command)
  if (!isMoved || (!isAnswer && command?.type !== 'correct')) {
    const obeyed = isAnswer || !command ? undefined : obey(letGo(talk, command), { command, text }, world)
    return obeyed ?? takeReply(letGo(talk), text, world)
  }
  // What was said of the collection that is closed is not taken for another.
  const period = round ? titleOf(round) : ''
  return ask(talk, world, [{ key: 'closed.notRecorded', values: { raw: shorten(text), period } }])
}

/** What is asked about a closed collection is answered while none is open. */
function roundAwaited({ awaiting }: Talk, { rounds }: World): Round | undefined {
  const key = awaiting && 'periodKey' in awaiting ? awaiting.periodKey : undefined
  return rounds.find(({ period }) => period.key === key)
}

/** "quý 1", said by a leader while nothing is being asked: the answer to "kỳ nào?". */
function readBarePeriod(talk: Talk, text: string, { me, now }: World): Command | undefined {
  const isIdle = talk.shown.length === 0 && !talk.choice && !talk.doubt
  if (!isIdle || text.length > PERIOD_LETTERS || !hasRole(me, 'chairman', 'coordinator')) return undefined
  return readPeriod(text, dayOf(now)) ? { type: 'report', asked: foldText(text) } : undefined
}

const PERIOD_LETTERS = 40

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

/** What reads something up lets the question beside stand; anything else lets it go. */
const ASIDE: ReadonlySet<Command['type']> = new Set([
  'help',
  'progress',
  'agenda',
  'source',
  'courtesy',
  'report',
  'look',
  'channels',
  'upload',
  'unsure',
  'settleUnsure',
  'prefer',
  'unbindOther',
  'invite',
])

function letGo(talk: Talk, command?: Command): Talk {
  if (command && ASIDE.has(command.type)) return talk
  const { awaiting: _, ...rest } = talk
  return rest
}

/** The answer to what the last message asked beside items; undefined when it is none. */
function answerAwaited(
  before: Talk,
  awaiting: Awaiting,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const talk = letGo(before)
  const { raw, world } = setting
  switch (awaiting.type) {
    case 'ways':
      return takeWay(talk, awaiting.code, setting)
    case 'day':
      return takeDay(talk, awaiting.code, setting)
    case 'whom':
      return takeWhom(talk, awaiting, setting)
    case 'substitute':
      return takeSubstitute(talk, awaiting.until, setting)
    case 'awayDay':
      return takeLastDay(talk, awaiting.to, setting)
    case 'notMe':
      return takeNotMe(talk, awaiting.codes, setting)
    case 'editReason':
      return takeEditReason(talk, awaiting.codes, setting)
    case 'approveGaps':
    case 'closeGaps':
      return takeAnyway(talk, awaiting, setting)
    case 'reopenReason':
      return takeReopenReason(talk, raw, world)
    case 'comment':
      return takeComment(talk, awaiting.codes, setting)
    case 'unsure':
      return askWhatNumber(before, awaiting, setting)
    default:
      return never(awaiting)
  }
}

/** "vẫn duyệt", "chờ đủ" */
function takeAnyway(
  talk: Talk,
  { type, periodKey }: Awaiting & { type: 'approveGaps' | 'closeGaps' },
  { raw, world, round }: Setting & { readonly raw: string },
): Step | undefined {
  const words = foldText(raw)
    .replace(/[.!\s]+$/, '')
    .replace(/^[12][.)]\s+/, '')
  const isAnyway = /^(?:1|van (?:duyet|chot|khoa)|co|dong y|cu (?:duyet|chot))$/.test(words)
  if (isNo(words) || /^(?:2|cho(?: du| them)?)$/.test(words))
    return say(talk, [{ key: 'approve.waiting' }], world)
  if (!isAnyway) return undefined
  const meant = world.rounds.find(({ period }) => period.key === periodKey) ?? round
  return type === 'approveGaps'
    ? approve(talk, meant.period.key, world, true)
    : closeCollection(talk, { world, round: meant }, true)
}

function obey(
  talk: Talk,
  { command, text }: { readonly command: Command; readonly text: string },
  world: World,
): Step | undefined {
  const round = currentRound(world)
  const setting = round && { world, round, raw: text }
  switch (command.type) {
    case 'start':
      return begin(talk, world)
    case 'help':
      return say(talk, helpFor(world), world)
    case 'helpAnswers':
      return say(talk, [{ key: 'help.official' }], world)
    case 'progress':
      return say(talk, describeProgress(currentRound(world), world, command.page), world)
    case 'agenda':
      return say(talk, describeAgenda(world), world)
    case 'skip':
      return skip(talk, world)
    case 'cancel':
      return say({ ...settled(talk), shown: [], confused: 0 }, [{ key: 'echo.cancelled' }], world)
    case 'courtesy':
      return acknowledge(talk, world)
    case 'undo':
      return undo(talk, world)
    case 'source':
      return tellSource(talk, world)
    case 'report':
      return report(talk, command.asked, world)
    case 'look':
      return showLook(talk, command.look, world)
    case 'correct':
      return correct(talk, command, world)
    case 'approve':
      return isProse(talk, command.asked !== '' && !readPeriod(command.asked, dayOf(world.now)), world)
        ? undefined
        : approve(talk, command.asked, world)
    case 'reopen':
      return isProse(talk, command.reason !== '', world) ? undefined : reopen(talk, command.reason, world)
    case 'versions':
      return showVersions(talk, command.n, world)
    case 'difference':
      return showDifference(talk, command.which, world)
    case 'channels':
      return listChannels(talk, world)
    case 'prefer':
      return prefer(talk, command.channel, world)
    case 'unbindOther':
      return unbindOther(talk, command, world)
    case 'invite':
      return invite(talk, command.whom, world)
    case 'upload':
      return say(talk, [describeUpload(world)], world)
    case 'unsure':
      return showUnsure(talk, world)
    case 'settleUnsure':
      return settleUnsure(talk, command, world)
    case 'notMe':
      // With nothing collected there is no question that could be another's.
      return setting ? askNotMe(talk, setting) : disownAccount(talk, world)
    case 'unknown':
      return say(talk, [{ key: 'confused.command', values: { raw: shorten(command.word) } }], world)
    default:
      return setting ? obeyInRound(talk, command, setting) : takeReply(talk, text, world)
  }
}

/** While a paragraph is asked for, words that go on like one are one, whatever they begin with. */
function isProse(talk: Talk, goesOn: boolean, world: World): boolean {
  const round = currentRound(world)
  return goesOn && round !== undefined && askedText(talk, { world, round })
}

type Anywhere =
  | ('approve' | 'reopen' | 'versions' | 'difference' | 'notMe')
  | ('prefer' | 'unbindOther' | 'invite' | 'settleUnsure')
type InRound = Exclude<Request, { type: Anywhere }>

/** What is asked for within the collection under way; undefined when the words are an answer after all. */
function obeyInRound(
  talk: Talk,
  command: InRound,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  switch (command.type) {
    case 'hand':
      return handOn(talk, command, setting)
    case 'away':
      return goAway(talk, command, setting)
    case 'back':
      return comeBack(talk, setting)
    case 'later':
      return nudgeNamed(talk, setting) ?? putOff(talk, command.when, setting)
    case 'nudge':
      return nudge(talk, command.whom, setting)
    case 'behalf':
      return answerOnBehalf(settled(talk), command, setting)
    case 'settle':
      return settleDispute(settled(talk), command, setting)
    case 'askAgain':
      return (
        askBothAgain(talk, command.code, setting) ??
        sendBack(talk, { codes: [command.code], comment: '', isGuessed: true }, setting)
      )
    case 'sendBack':
      return sendBack(talk, command, setting)
    case 'close':
      return closeCollection(talk, setting)
    case 'moveDeadline':
      return moveDeadline(talk, command, setting)
    case 'pause':
    case 'resume':
      return pauseReminders(talk, command.type, setting)
    case 'append':
      return append(talk, command.text, setting)
    default:
      return never(command)
  }
}

/** "nhắc Mai" is a person where somebody is called so, "nhắc mai" is tomorrow. */
function nudgeNamed(talk: Talk, setting: Setting & { readonly raw: string }): Step | undefined {
  const { raw, world } = setting
  const name = /^nhắc\s+(\p{Lu}\S*)$/iu.exec(raw.trim())?.[1]
  const isName = name !== undefined && /^\p{Lu}/u.test(name) && findPeople(world.office, name).length > 0
  return isName ? nudge(talk, name, setting) : undefined
}

/** "để sau 14h": asked again then, and not before. */
function putOff(talk: Talk, when: string, setting: Setting & { readonly raw: string }): Step {
  const { world, round, raw } = setting
  const moment = readLater(when, world.now, workTimeOf(world.office.calendar))
  if (moment === undefined)
    return say(talk, [{ key: 'later.whichTime', values: { raw: shorten(raw) } }], world)
  const mark = setMark('later', world.me.id, { text: moment, raw })
  const isTooLate = moment > round.schedule.deadline
  const says: readonly Say[] = [
    { key: 'later.done', values: { time: describeMoment(moment) } },
    ...(isTooLate
      ? [
          {
            key: 'later.afterDeadline',
            values: { deadline: describeMoment(round.schedule.deadline) },
          } as const,
        ]
      : []),
  ]
  const step = say({ ...settled(talk), confused: 0 }, says, world)
  return {
    talk: step.talk,
    effects: [{ type: 'record', periodKey: round.period.key, ...mark }, ...step.effects],
  }
}

/** The day asked for where somebody has no figure yet. */
function takeDay(talk: Talk, code: string, setting: Setting & { readonly raw: string }): Step | undefined {
  const { raw, round } = setting
  const until = readPromisedDay(raw.replace(/^(?:hẹn|hen)\s+/iu, ''), round.today)
  if (until === undefined) return undefined
  if (until < round.today) {
    const step = say(talk, [{ key: 'later.pastDay', values: { day: writeDay(until) } }], setting.world)
    return { ...step, talk: { ...step.talk, awaiting: { type: 'day', code } } }
  }
  return keep(settled(talk), [{ code, given: { state: 'pending', until }, raw }], setting)
}

/** The hour somebody asked to be reminded at has come: the mark goes, and who still owes is asked. */
function recall(talk: Talk, periodKey: string, anywhere: World): Step {
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

/** A coordinator who answers for items needs both. */
function helpFor(world: World): readonly Say[] {
  const isLeader = hasRole(world.me, 'chairman', 'coordinator')
  const round = currentRound(world)
  const answers = !isLeader || (round !== undefined && itemsOf(round, world.office, world.me).length > 0)
  return [
    ...(hasRole(world.me, 'chairman') ? [{ key: 'help.chairman' } as const] : []),
    ...(hasRole(world.me, 'coordinator') ? [{ key: 'help.coordinator' } as const] : []),
    ...(isKeeper(world.me) ? [{ key: 'help.accounts' } as const] : []),
    ...(answers ? [{ key: isLeader ? 'help.more' : 'help.official' } as const] : []),
  ]
}

const SECONDS_PER_ITEM = 15
const SECONDS_TO_CONFIRM = 4

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
function join(before: Talk, event: Event & { type: 'bound' }, anywhere: World): Step {
  const known = event.others?.length ? settled(letGo(before)) : NEW_TALK
  const { talk, world } = focus(known, anywhere)
  const step = ask(talk, world, [welcome(world), ...sayBoundToo(event, world)])
  return { ...step, effects: [...step.effects, ...tellOfBinding(event, world)] }
}

function welcome(world: World): Say {
  return { key: 'stranger.bound', values: { title: world.me.title, office: placeOf(world.office) } }
}

/** "Bắt đầu": what is open, what was put off or promised, and when all is done the next collection. */
function begin(talk: Talk, world: World): Step {
  const fresh = { ...settled(talk), shown: shownFirst(talk, world), skipped: [], confused: 0 }
  const { focus: _, ...anywhere } = world
  const next = owesNothing(currentRound(world), world) ? currentRound(anywhere) : undefined
  if (!next || next.period.key === talk.periodKey) return askPromised(fresh, world, resume(world))
  return askPromised({ ...NEW_TALK, periodKey: next.period.key }, { ...world, focus: next.period.key })
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
  const mine = talk.undo.filter(({ code }) => (round.answers.get(code)?.by ?? world.me.id) === world.me.id)
  const [other] = talk.undo.filter((one) => !mine.includes(one))
  if (other && mine.length === 0) return say(talk, [sayChangedSince(other.code, round, world)], world)
  const back = mine.map(({ code, before }) => ({
    code,
    given: before ?? ({ state: 'withdrawn' } as const),
    raw: 'hoàn tác',
  }))
  return keep({ ...settled(talk), undo: [] }, back, { world, round, isUndo: true })
}

function sayChangedSince(code: string, round: Round, world: World): Say {
  const by = round.answers.get(code)?.by ?? ''
  const values = {
    item: findItem(round.pack, code)?.name ?? code,
    person: findPerson(world.office, by)?.name ?? by,
  }
  return { key: 'echo.changedSince', values }
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
const WITH_SOURCES = /(?:^|\s)(?:(?:kem|co) )?nguon$/
const THIS_PERIOD = /^ky nay$/

/** The draft, whoever may have it, for any period that has begun. */
function report(talk: Talk, asked: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const today = dayOf(world.now)
  const current = viewedRound({}, world)
  const folded = foldText(asked)
  const withSources = WITH_SOURCES.test(folded)
  const named = folded.replace(WITH_SOURCES, '').trim()
  const isThis = named === '' || THIS_PERIOD.test(named)
  const period = isThis ? current?.period : readPeriod(named, today)
  if (!period) return say(talk, [whichPeriod(isThis ? '' : named)], world)
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
  const viewed = { periodKey: period.key, on: today }
  const round = world.rounds.find((one) => one.period.key === period.key)
  const approved = round && approvedVersion(round, world.versions)
  const effect: Effect =
    approved && !withSources
      ? { type: 'resend', periodKey: period.key, n: approved.n, ending: progressLine(world, 'idle') }
      : { type: 'report', packId: pack.id, period, withSources }
  return { talk: { ...talk, viewed }, effects: [effect] }
}

/** What was expected, with an example to copy. */
function whichPeriod(asked: string): Say {
  const example = '/baocao quy1'
  if (asked === '') return { key: 'report.whichPeriod', values: { example } }
  return { key: 'report.unclearPeriod', values: { asked: shorten(asked), example } }
}
