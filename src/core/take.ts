import { append, goesOn } from './append.ts'
import { dayOf } from './calendar.ts'
import { coordinatorOf } from './charge.ts'
import type { FigureReading } from './figures/figure.ts'
import { readFigure } from './figures/read.ts'
import { keep, type Setting, settled } from './keep.ts'
import { climb } from './ladder.ts'
import { never } from './never.ts'
import { ask, currentRound, say, shownItems } from './next.ts'
import { hasRole } from './office.ts'
import { isLabelOf, readOptionNumber } from './option.ts'
import {
  closedOrNothing,
  contextOf,
  isNumber,
  pickOption,
  sayLeftover,
  sayUnknown,
  takeReadings,
  toldWith,
} from './readings.ts'
import { areTasks } from './reply/states.ts'
import { type AskedItem, givenBy, type Reading, readReply } from './reply.ts'
import { answerDoubt, askAgain, type Heard, keepReason, readMeaning } from './resolve.ts'
import { findItem, isAnswered, isDone, itemsOf, type Round } from './round.ts'
import type { Say } from './say.ts'
import { acceptOffer, blockAsked, confirmStanding, declineOffer, remember, takeBlock } from './screen.ts'
import type { Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

/** Everything that is no command is an answer to what was asked, or to the items it names. */
export function takeReply(talk: Talk, text: string, world: World): Step {
  const round = currentRound(world)
  if (!round) return closedOrNothing(talk, world)
  const longer = goesOn(talk, round, world) ? append(talk, text, { world, round }) : undefined
  return longer ?? takeAnswer(talk, text, { world, round })
}

function takeAnswer(talk: Talk, text: string, setting: Setting): Step {
  return takeOffered(talk, text, setting) ?? takeWords(talk, text, setting)
}

/** What the screen offers is taken in a word or by its number: what stands, a paragraph, one of several readings. */
function takeOffered(talk: Talk, text: string, setting: Setting): Step | undefined {
  const standing = confirmStanding(talk, text, setting.round)
  if (standing) return keep(settled(talk), standing, setting)
  const offered = acceptOffer(talk, text, setting) ?? declineOffer(talk, text, setting)
  if (offered) return offered
  const picked = talk.choice && pickOption(talk.choice, text, setting)
  return picked && keep(settled(talk), [picked, ...toldWith(picked, setting)], setting)
}

function takeWords(talk: Talk, text: string, { world, round }: Setting): Step {
  const { unsure, ...rest } = talk
  const meaning = unsure === undefined ? undefined : readMeaning(text)
  if (talk.doubt && unsure !== undefined && meaning) {
    return meaning === 'reason'
      ? keepReason(rest, talk.doubt, unsure, { world, round })
      : takeParts(rest, hearReply(rest, unsure, { world, round }), { world, round })
  }
  const heard = hearReply(talk, text, { world, round })
  const answered = talk.doubt && answerDoubt(talk, talk.doubt, heard, { world, round })
  if (answered) return answered
  if (talk.doubt && saysNothingOfText(heard)) return askAgain(rest, talk.doubt, text, { world, round })
  if (isOldButton(rest, heard, { world, round })) return sayPressed(rest, text, world)
  if (text === talk.said) return sameAgain(rest, text, world)
  const block = blockAsked(rest, round)
  const taken = block && takeBlock(rest, block, heard, { world, round })
  return taken ?? takeParts(rest, heard, { world, round })
}

/** "không", "ok": no words to put in place of the paragraph that is asked about. */
function saysNothingOfText({ asked, reply }: Heard): boolean {
  const [only] = asked
  if (only?.item.kind !== 'text' || asked.length !== 1 || reply.type !== 'readings') return false
  // That there are no documents is an answer to a list of them.
  const isNone = ({ result }: Reading) => only.item.of === 'documents' && result.outcome === 'empty'
  return reply.readings.some(
    (reading) => reading.code === only.item.code && reading.result.outcome !== 'text' && !isNone(reading),
  )
}

function hearReply(talk: Talk, text: string, { world, round }: Setting): Heard {
  const shown = shownItems(round, talk.choice ? [talk.choice.code] : talk.shown)
  const asked = talk.doubt && !isRewording(text, shown, round) ? [] : shown
  return { asked, text, reply: readReply(asked, text, contextOf(round, world)) }
}

const SHARED_WORDS = 0.4

/** While a paragraph is asked about, only words much like it take its place; others may be of other items. */
function isRewording(text: string, shown: readonly AskedItem[], { answers }: Round): boolean {
  const [only] = shown
  if (only?.item.kind !== 'text' || shown.length !== 1) return true
  const before = answers.get(only.item.code)?.given
  if (before?.state !== 'text' || isBareText(text)) return true
  const [old, now] = [before.text, text].map((one) => new Set(foldText(one).match(/[\p{L}\p{N}]+/gu)))
  if (!old || !now) return true
  const shared = [...now].filter((word) => old.has(word)).length
  return shared >= SHARED_WORDS * Math.min(old.size, now.size)
}

/** Too short to be a paragraph: it is dealt with as an answer to the question about it. */
function isBareText(text: string): boolean {
  return text.length < 12
}

/** "1. 125 hồ sơ" is how a button speaks; when it is no option of the question at hand it was pressed twice or late. */
function isOldButton(talk: Talk, { asked, text }: Heard, setting: Setting): boolean {
  const { number, label } = readOptionNumber(text)
  if (number === undefined || label === '' || !/^\s*[\da-d]+\. /.test(text)) return false
  const past = talk.past[number - 1]
  if ((past && isLabelOf(label, past, setting)) || readMeaning(text)) return true
  const isOfQuestion = asked.some(({ item }) => item.kind === 'choice')
  const words = foldText(label)
  const isOption = setting.round.pack.items.some((item) =>
    item.options?.some(({ name }) => foldText(name) === words),
  )
  return isOption && !isOfQuestion
}

function sayPressed(talk: Talk, text: string, world: World): Step {
  return say(talk, [{ key: 'back.pressedBefore', values: { raw: shorten(text) } }], world)
}

/** The same line twice is more often a second tap than the next answer; a third time it is meant. */
function sameAgain(talk: Talk, text: string, world: World): Step {
  const { said: _, ...rest } = talk
  return say(rest, [{ key: 'back.sameAgain', values: { raw: shorten(text) } }], world)
}

function takeParts(talk: Talk, { asked, text, reply }: Heard, { world, round }: Setting): Step {
  const puzzled = (...says: readonly Say[]) =>
    climb(talk, { talk: {}, says, choices: [{ key: 'quick.skip' }], raw: text }, { world, round })
  switch (reply.type) {
    case 'which':
      return puzzled(sayWhich(reply.raw, reply.candidates, round))
    case 'unknownItem':
      return talk.shown.length === 0 && isNumber(reply.raw)
        ? askAfter(talk, text, world)
        : puzzled(sayUnknown(reply.raw))
    case 'miscounted':
      if (talk.doubt) return askAgain(talk, talk.doubt, text, { world, round })
      return asked.length === 0
        ? (promiseAll(talk, text, { world, round }) ?? askAfter(talk, text, world))
        : askCounted(talk, { asked, text }, { world, round })
    case 'readings': {
      const readings = reply.readings.filter((reading) => !unsays(reading, text, round))
      const unsaid = reply.readings.filter((reading) => !readings.includes(reading)).map(({ raw }) => raw)
      const leftover = sayLeftover([...unsaid, ...reply.leftover])
      if (readings.length > 0) {
        const isKept = readings.some((reading) => givenBy(reading) !== undefined)
        const after = isKept ? remember(settled(talk), text) : settled(talk)
        return takeReadings(after, readings, { world, round }, leftover)
      }
      if (asked.length > 0 || unsaid.length > 0) return puzzled(...leftover)
      return promiseAll(talk, text, { world, round }) ?? askAfter(talk, text, world)
    }
    default:
      return never(reply)
  }
}

/** "Để tôi tiếp tục sau" is no word about the figure of "Trực tiếp": what is answered goes only where it is named, as in "I.1 = chưa có". */
function unsays(reading: Reading, text: string, { answers }: Round): boolean {
  if (givenBy(reading)?.state !== 'pending' || !isAnswered(answers.get(reading.code)?.given)) return false
  return !/[=:→]\s*$/.test(text.slice(0, Math.max(0, text.indexOf(reading.raw))))
}

/** One "không phát sinh" for four items may mean all of them: a tap says so, nothing is guessed. */
function askCounted(
  talk: Talk,
  { asked, text }: { readonly asked: readonly AskedItem[]; readonly text: string },
  setting: Setting,
): Step {
  const { world } = setting
  const count = asked.length
  const alone = readFigure(text, { kind: 'count', today: dayOf(world.now) })
  const isEmpty =
    alone.outcome === 'empty' || (alone.outcome === 'value' && alone.value === '0' && !/\d/.test(text))
  const raw = shorten(text)
  const puzzled = (says: readonly Say[], ...choices: readonly Say[]) =>
    climb(talk, { talk: {}, says, choices: [...choices, { key: 'quick.skip' }], raw: text }, setting)
  const all = allButton(raw, alone)
  if (alone.outcome === 'ask' && alone.why === 'brokenPromise')
    return puzzled([{ key: 'back.brokenPromises', values: { raw } }])
  if (isEmpty) return puzzled([{ key: 'back.allEmpty', values: { count, raw, all } }], all)
  return areTasks(asked)
    ? puzzled([{ key: 'back.tasks', values: { raw } }, { key: 'ask.tasksExample' }])
    : puzzled([{ key: 'back.position', values: { count } }])
}

/** A button must be short, and say what will be read when it is pressed. */
function allButton(raw: string, alone: FigureReading): Say {
  if (raw.length <= LONGEST_BUTTON || alone.outcome !== 'empty') return { key: 'quick.all', values: { raw } }
  return { key: alone.empty === 'pending' ? 'quick.allPending' : 'quick.allNone' }
}

const LONGEST_BUTTON = 16

/** "hẹn thứ Hai", said to a reminder that listed what is missing: it is of all of that. */
function promiseAll(talk: Talk, text: string, setting: Setting): Step | undefined {
  const { world, round } = setting
  const words = text.replace(/^\s*(?:tất cả|tat ca|cả)\s+/iu, '')
  const result = readFigure(words, { kind: 'count', today: dayOf(world.now) })
  const isPromise = result.outcome === 'empty' && result.empty === 'pending' && result.until !== undefined
  const open = itemsOf(round, world.office, world.me).filter((item) => !isDone(round, item))
  if (!isPromise || open.length === 0 || !/hen(?!\p{L})/u.test(foldText(text))) return undefined
  const readings = open.map(({ code }): Reading => ({ code, raw: text, result }))
  return takeReadings(settled(talk), readings, setting, [])
}

/** Words that answer nothing, when nothing was asked: they lead to the next question. */
function askAfter(talk: Talk, text: string, world: World): Step {
  const raw = shorten(text)
  const { name: person } = coordinatorOf(world.office)
  const round = currentRound(world)
  const hasItems = round !== undefined && itemsOf(round, world.office, world.me).length > 0
  const isLeader = hasRole(world.me, 'chairman', 'coordinator')
  const said: readonly Say[] = [
    { key: hasItems || !isLeader ? 'confused.unasked' : 'confused.leader', values: { raw } },
    { key: 'confused.commandAgain', values: { raw } },
    { key: 'confused.person', values: { raw, person } },
  ]
  const says = said.slice(talk.confused % said.length).slice(0, 1)
  if (!hasItems && isLeader) return say({ ...talk, confused: talk.confused + 1 }, says, world)
  const step = ask(talk, world, says)
  return { ...step, talk: { ...step.talk, confused: step.talk.shown.length > 0 ? 0 : talk.confused + 1 } }
}

function sayWhich(raw: string, candidates: readonly string[], { pack }: Round): Say {
  const lines = candidates.flatMap((code): Say[] => {
    const item = findItem(pack, code)
    return item ? [{ key: 'progress.item', values: { code: item.code, item: item.name } }] : []
  })
  return { key: 'back.which', values: { raw: shorten(raw), lines } }
}
