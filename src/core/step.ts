import { describeAlert } from './alert.ts'
import type { Moment } from './answer.ts'
import { answerAwaited } from './awaited.ts'
import { dayOf } from './calendar.ts'
import { type Command, readCommand } from './command.ts'
import { takeEdit } from './edit.ts'
import { focus, letGo } from './focus.ts'
import { greetPeriod, join, recall } from './greet.ts'
import { answerGroup } from './group.ts'
import { type Part, partsOf, takeInTurn } from './handed.ts'
import { settled } from './keep.ts'
import { never } from './never.ts'
import { ask, currentRound, say } from './next.ts'
import { obey } from './obey.ts'
import { hasRole } from './office.ts'
import { tellLeader } from './overdue.ts'
import { readPeriod } from './period.ts'
import { remind, tellTasks } from './reminder.ts'
import { type Round, titleOf } from './round.ts'
import { takeReply } from './take.ts'
import {
  type Effect,
  type Event,
  type Rewording,
  type Step,
  type Talk,
  talkAnew,
  type World,
} from './talk.ts'
import { cleanText, foldText } from './text.ts'
import { withLink } from './upload.ts'
import { shorten } from './wording.ts'

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
      return remind(talk, event, world)
    case 'tasksDue':
      return tellTasks(talk, event.tasks, world)
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
  const talk = before.periodKey === key ? before : talkAnew(before, key)
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
