import type { Given } from './answer.ts'
import { askBack, askedItem, askGroup } from './ask.ts'
import { type Block, blockOf, confirmedDetails, confirmedReading, deniesBlock, readBlock } from './block.ts'
import { dayOf, epochOf } from './calendar.ts'
import { coordinatorOf, inChargeOf } from './charge.ts'
import { describeClosed } from './closed.ts'
import { type Command, readCommand } from './command.ts'
import type { FigureReading } from './figures/figure.ts'
import { readFigure } from './figures/read.ts'
import { tell } from './follow.ts'
import { deriveAll } from './formula.ts'
import { type Accepted, askedNoReason, keep, record, type Setting, settled, worldWith } from './keep.ts'
import { climb } from './ladder.ts'
import { setMark } from './mark.ts'
import { never } from './never.ts'
import { ask, currentRound, onScreen, progressLine, say, shownItems, standingOf } from './next.ts'
import { acceptsOffer, declinesOffer, fillDraft } from './offer.ts'
import { hasRole, ownerOf } from './office.ts'
import { isLabelOf, readOptionNumber } from './option.ts'
import { agreementOf } from './overrule.ts'
import type { Item } from './pack.ts'
import { findPeople } from './people.ts'
import { TASK_STATES } from './plan.ts'
import { areTasks, readAfterDoubt, readStates } from './reply/states.ts'
import { readState } from './reply/statewords.ts'
import {
  type AskedItem,
  givenBy,
  type Reading,
  type Reply,
  type ReplyContext,
  readOne,
  readReply,
} from './reply.ts'
import { answerDoubt, askAgain, type Heard, keepReason, readMeaning } from './resolve.ts'
import { findItem, isAnswered, itemsOf, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { describeGiven, shorten } from './wording.ts'

/** Everything that is no command is an answer to what was asked, or to the items it names. */
export function takeReply(talk: Talk, text: string, world: World): Step {
  const round = currentRound(world)
  if (!round) return closedOrNothing(talk, world)
  const longer = goesOn(talk, round, world) ? append(talk, text, { world, round }) : undefined
  return longer ?? takeAnswer(talk, text, { world, round })
}

/** Whether a paragraph is on the screen to be accepted. */
export function isOffered({ offer, shown }: Talk): boolean {
  return offer !== undefined && shown.length === 1 && shown[0] === offer.code
}

/** The paragraph becomes the official's own words; one drafted from figures is remembered as such. */
function acceptOffer(talk: Talk, raw: string, setting: Setting): Step | undefined {
  const { offer } = talk
  if (!offer || !isOffered(talk) || talk.doubt || !acceptsOffer(raw)) return undefined
  const { code, text, isDraft } = offer
  const { round, world } = setting
  const item = findItem(round.pack, code)
  // The figures may have changed since it was shown: what was not read is not taken.
  const now = item && isDraft ? fillDraft(item, round, world.office) : text
  if (now !== text)
    return ask(talk, world, [{ key: 'ask.figuresChanged', values: { item: item?.name ?? code } }])
  const mark = isDraft ? [setMark('draft', code, { text, raw })] : []
  return keep(settled(talk), [{ code, given: { state: 'text', text }, raw }, ...mark], setting)
}

const STANDS =
  /^(?:cac |nhung )?(?:so |muc )?(?:nay |cu |tren |do )?(?:da |van )?(?:dung|giu nguyen|chinh xac|khong doi|khong thay doi|khong sai|nhu cu|nhu vay)(?: roi| so cu| nhu cu| nhu vay)*[.! ]*$/

/** "giữ nguyên": what was sent back and is being asked again stands as it was. */
function confirmStanding(talk: Talk, text: string, round: Round): readonly Accepted[] | undefined {
  if (talk.choice || talk.doubt || !STANDS.test(foldText(text).trim())) return undefined
  return standingOf(round, talk.shown)?.map(({ code, given }) => ({ code, given, raw: text }))
}

/** "không", "không dùng": the paragraph is not wanted, and what is to stand there not said yet. */
function declineOffer(talk: Talk, raw: string, { world, round }: Setting): Step | undefined {
  const item = findItem(round.pack, talk.offer?.code ?? '')
  if (!item || !isOffered(talk) || talk.doubt || !declinesOffer(raw)) return undefined
  const { offer: _, ...rest } = talk
  return say(rest, [{ key: 'ask.text', values: { item: item.name } }], world)
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

/** The block on the screen, unless something else is being asked back. */
export function blockAsked(talk: Talk, round: Round): Block | undefined {
  return talk.choice || talk.doubt ? undefined : blockOf(round, talk.shown)
}

/** "đúng", "không", "2 = 4, còn lại không": what is confirmed is recorded with what was said of single items. */
function takeBlock(
  talk: Talk,
  block: Block,
  { asked, text }: Heard,
  { world, round }: Setting,
): Step | undefined {
  if (deniesBlock(block, text)) {
    const says = [sayWhichChanged(block, asked)]
    return climb(talk, { talk: {}, says, choices: [{ key: 'quick.skip' }], raw: text }, { world, round })
  }
  const { about, isRestConfirmed } = readBlock(block, text, asked.length)
  if (!isRestConfirmed) return undefined
  const reply: Reply =
    about === ''
      ? { type: 'readings', readings: [], leftover: [] }
      : readReply(asked, about, contextOf(round, world))
  if (reply.type !== 'readings') return undefined
  const named = new Set(reply.readings.map(({ code }) => code))
  const rest = talk.shown.filter((code) => !named.has(code))
  const confirmed = rest.flatMap((code) => [
    confirmedReading(block, code, text, round),
    ...confirmedDetails(code, text, round),
  ])
  const readings = [...reply.readings, ...confirmed]
  const place = ({ code }: Reading) => talk.shown.indexOf(taskOf(code, round) ?? code)
  return takeReadings(
    remember(settled(talk), text),
    readings.toSorted((one, other) => place(one) - place(other)),
    { world, round, confirmed: { block, codes: rest } },
    sayLeftover(reply.leftover),
  )
}

/** The task on which something hangs. */
function taskOf(code: string, { pack }: Round): string | undefined {
  return findItem(pack, code)?.detail?.of
}

function sayWhichChanged(block: Block, asked: readonly AskedItem[]): Say {
  const [only] = asked
  if (areTasks(asked))
    return only && asked.length === 1
      ? { key: 'ask.sameTaskWhich', values: { item: only.item.name } }
      : { key: 'ask.sameTasksWhich' }
  if (only && asked.length === 1)
    return block === 'same'
      ? { key: 'ask.sameWhichOne', values: { item: only.item.name } }
      : { key: 'ask.noneWhichOne', values: { item: only.item.name } }
  return block === 'same' ? { key: 'ask.sameWhich' } : { key: 'ask.noneWhich' }
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
        ? askAfter(talk, text, world)
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
      return asked.length === 0 && unsaid.length === 0 ? askAfter(talk, text, world) : puzzled(...leftover)
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
const SHORTEST_SAID = 6

/** "0" may well be said twice, and "II.1.1 = 5" means the same at any time; "228; 225; 225; 3" does not. */
function remember(talk: Talk, text: string): Talk {
  const { said: _, ...rest } = talk
  const isFigures = /\d/.test(text) && !text.includes('=')
  return text.length < SHORTEST_SAID || !isFigures ? rest : { ...rest, said: text }
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

/** "sửa 2 = 190": the number of the last echo, of the question, or a code. */
export function correct(talk: Talk, command: Command & { type: 'correct' }, world: World): Step {
  const round = currentRound(world)
  if (!round) return closedOrNothing(talk, world)
  const code = codeMeant(talk, command.what)
  const isSeveral = command.to.includes('=') || NEXT_MARK.test(command.to)
  const item = code === undefined ? undefined : findItem(round.pack, code)
  if (isSeveral && item?.kind !== 'text')
    return correctSeveral(talk, `${command.what} = ${command.to}`, { world, round })
  if (!item) return say(talk, [sayUnknown(command.what)], world)
  const refusal = ownedByOther(item.code, { world, round })
  if (refusal) return say(talk, [refusal], world)
  if (command.to === '') {
    const question = askGroup(round, world.office, [item])
    return {
      talk: onScreen(settled(talk), question),
      effects: [{ type: 'say', says: [...question.says, ...progressLine(world)], choices: question.choices }],
    }
  }
  const asked = askedItem(round, item)
  const states = item.isTask ? readStates([asked], command.to, contextOf(round, world)) : undefined
  const reply = states?.type === 'readings' ? states : undefined
  const readings = reply?.readings ?? [readOne(asked, command.to, dayOf(world.now))]
  return takeReadings(settled(talk), readings, { world, round }, sayLeftover(reply?.leftover ?? []))
}

/** "sửa II.2c.6 = 219; II.2c.8 = 0": each is taken for itself, and what names no item is said. */
function correctSeveral(talk: Talk, text: string, setting: Setting): Step {
  const { world, round } = setting
  const parts = text
    .split(/\s*[;\n]\s*/)
    .flatMap((part) => part.split(NEXT_MARK))
    .map((part) => {
      const [mark = '', what] = MARKED.exec(part) ?? []
      const code = what === undefined ? undefined : codeMeant(talk, what)
      const isKnown = code !== undefined && findItem(round.pack, code) !== undefined
      return isKnown ? { text: `${code} = ${part.slice(mark.length)}` } : { text: part, unknown: what }
    })
  const names = parts.flatMap(({ unknown: what }) => what ?? [])
  const unknown = names.length === 0 ? [] : [sayUnknown(names.join(', '))]
  const known = parts.filter((part) => part.unknown === undefined).map((part) => part.text)
  if (known.join('').trim() === '') return say(talk, unknown, world)
  const heard = known.join('; ')
  const reply = readReply([], heard, contextOf(round, world))
  if (reply.type !== 'readings' || reply.readings.length === 0)
    return say(talk, [...unknown, ...sayLeftover([heard])], world)
  return takeReadings(settled(talk), reply.readings, setting, [...unknown, ...sayLeftover(reply.leftover)])
}

/** Before "II.2c.8 = ", "mục 3: ". */
const NEXT_MARK = /[;,\n]\s*(?=(?:(?:sửa|mục|câu|số)\s+)*[\p{L}\p{N}.]+\s*[=:→])/iu
const MARKED = /^\s*(?:(?:sửa|mục|câu|số)\s+)*([\p{L}\p{N}.]+)\s*(?:=|:|→|\sthành\s)\s*/iu

function sayUnknown(raw: string): Say {
  return { key: 'confused.unknownItem', values: { raw: shorten(raw) } }
}

/** All of it in one sentence, each part once. */
function sayLeftover(parts: readonly string[]): readonly Say[] {
  if (parts.length === 0) return []
  return [{ key: 'back.leftover', values: { raw: shorten([...new Set(parts)].join('; ')) } }]
}

/** The good part of a reply is kept, the first doubtful one asked back, all in one message. */
export function takeReadings(
  talk: Talk,
  readings: readonly Reading[],
  setting: Setting,
  leftover: readonly Say[] = [],
): Step {
  const foreign = readings
    .map((reading) => ownedByOther(reading.code, setting))
    .find((refusal) => refusal !== undefined)
  const { own, withdrawn, told } = readDerived(
    readings.filter((reading) => !ownedByOther(reading.code, setting)),
    setting,
  )
  const extra = [...(foreign ? [foreign] : []), ...told, ...leftover]
  const accepted = [...own.flatMap(acceptedOf), ...withdrawn]
  const doubtful = own.find((reading) => givenBy(reading) === undefined)
  const back = doubtful && questionBack(doubtful, setting)
  if (!back) return keep(talk, accepted, setting, extra)
  const others = own.filter((reading) => reading !== doubtful && givenBy(reading) === undefined)
  const unread = sayLeftover(others.map(({ raw }) => raw).filter((raw) => raw !== doubtful?.raw))
  if (accepted.length === 0) {
    const says = [...extra, ...unread, ...back.says]
    const { talk: asking, choices } = back
    return climb(talk, { talk: asking, says, choices, code: doubtful.code, raw: doubtful.raw }, setting)
  }
  const kept = record(talk, accepted, setting)
  const { world } = kept.after
  const { talk: unasked, says: recorded } = askedNoReason(kept)
  const says = [...recorded, ...extra, ...unread, ...back.says, ...progressLine(world)]
  return {
    talk: { ...unasked, ...back.talk, confused: 1 },
    effects: [...kept.effects, { type: 'say', says, choices: back.choices }],
  }
}

function questionBack(reading: Reading, { world, round }: Setting) {
  const item = findItem(round.pack, reading.code)
  if (!item) return { talk: {}, says: [], choices: [] }
  const asked = askedItem(round, item)
  const { result } = reading
  if (result.outcome === 'ask') {
    const back = askBack(asked, reading.raw, result, world.office)
    const choice =
      back.options.length === 0
        ? {}
        : {
            choice: {
              code: item.code,
              raw: reading.raw,
              options: [...back.options],
              isLettered: back.isLettered,
            },
          }
    return { talk: { shown: [item.code], ...choice }, says: back.says, choices: back.choices }
  }
  if (result.outcome === 'noOption') {
    const again = askGroup(round, world.office, [item])
    const key = item.isTask ? 'back.taskState' : 'confused.choice'
    return {
      talk: { shown: [item.code] },
      says: [{ key, values: { raw: shorten(reading.raw) } } as const, ...again.says],
      choices: again.choices,
    }
  }
  return {
    talk: { shown: [item.code] },
    says: notUnderstood(asked, reading),
    // Where something was said, "không có" is no way out.
    choices: isRefusal(result)
      ? ([{ key: 'quick.skip' }] as const)
      : ([{ key: 'quick.none' }, { key: 'quick.skip' }] as const),
  }
}

function isRefusal(result: Reading['result']): boolean {
  return result.outcome === 'refuse' && (result.why === 'tooLong' || result.why === 'noSuchDay')
}

/** The words in doubt, and why. */
function notUnderstood(asked: AskedItem, reading: Reading): readonly Say[] {
  const { item } = asked
  const { result } = reading
  if (result.outcome === 'refuse' && result.why === 'tooLong')
    return [{ key: 'confused.tooLong', values: { item: item.name } }]
  if (result.outcome === 'refuse' && result.why === 'noSuchDay')
    return [{ key: 'confused.noSuchDay', values: { raw: shorten(reading.raw) } }]
  if (result.outcome === 'tooShort')
    return [{ key: 'confused.shortText', values: { raw: shorten(reading.raw), item: item.name } }]
  return [{ key: 'confused.number', values: { raw: shorten(reading.raw), item: item.name } }]
}

function pickOption(
  choice: NonNullable<Talk['choice']>,
  text: string,
  setting: Setting,
): Accepted | undefined {
  const state = findItem(setting.round.pack, choice.code)?.isTask ? readState(text) : undefined
  const named = choice.options.find((given) => given.state === 'value' && given.value === state)
  if (named) return { code: choice.code, given: named, raw: choice.raw }
  const { number, label } = readOptionNumber(text)
  const isFigure = choice.isLettered && /^\s*\d/.test(text)
  const given = number === undefined || isFigure ? undefined : choice.options[number - 1]
  if (!given || !isLabelOf(label, { code: choice.code, given }, setting)) return undefined
  return { code: choice.code, given, raw: choice.raw }
}

/** What was told with a state that has just been settled: "xong 50%", and it is under way. */
function toldWith({ code, given, raw }: Accepted, { world, round }: Setting): readonly Accepted[] {
  const item = findItem(round.pack, code)
  const state = TASK_STATES.find((one) => given.state === 'value' && given.value === one)
  if (!item?.isTask || !state) return []
  return readAfterDoubt(code, { state, raw }, contextOf(round, world)).flatMap(acceptedOf)
}

function acceptedOf(reading: Reading): readonly Accepted[] {
  const given = givenBy(reading)
  return given ? [{ code: reading.code, given, raw: reading.raw }] : []
}

/**
 * Of a derived item nothing is recorded while it says what is computed, and an earlier figure is taken back;
 * a coarser rounding is the official's own way to write it, and what contradicts is kept and asked about.
 */
function readDerived(readings: readonly Reading[], setting: Setting) {
  const { round } = setting
  const { world, round: after } = worldWith(setting, readings.flatMap(acceptedOf))
  const derived = deriveAll(round.pack, after.answers)
  const own: Reading[] = []
  const told: Say[] = []
  const withdrawn: Accepted[] = []
  for (const reading of readings) {
    const { code, raw } = reading
    const item = findItem(round.pack, code)
    const given = givenBy(reading)
    const computed = derived.get(code)
    if (item?.source !== 'derived' || given === undefined) own.push(reading)
    else if (!computed) told.push({ key: 'derived.notYet', values: { item: item.name } })
    else if (agreementOf(given, computed) !== 'same') own.push(reading)
    else if (round.answers.has(code)) withdrawn.push({ code, given: { state: 'withdrawn' }, raw })
    else told.push(sayAgrees(item, computed, world))
  }
  return { own, told, withdrawn }
}

function sayAgrees(item: Item, computed: Given, world: World): Say {
  return {
    key: 'derived.same',
    values: { item: item.name, computed: describeGiven(computed, item, world.office) },
  }
}

function contextOf(round: Round, world: World): ReplyContext {
  return {
    today: dayOf(world.now),
    find: (code) => {
      const item = findItem(round.pack, code)
      return item && askedItem(round, item)
    },
    all: round.pack.items
      .filter((item) => !item.detail && inChargeOf(item, round, world.office).id === world.me.id)
      .map((item) => askedItem(round, item)),
  }
}

function codeMeant(talk: Talk, what: string): string | undefined {
  if (!isNumber(what)) return what
  const n = Number(what)
  return talk.echoed.find((one) => one.n === n)?.code
}

function isNumber(name: string): boolean {
  return /^\d{1,2}$/.test(name)
}

function ownedByOther(code: string, { world, round, behalfOf }: Setting): Say | undefined {
  if (behalfOf !== undefined) return undefined
  const item = findItem(round.pack, code)
  const owner = item && inChargeOf(item, round, world.office)
  // Whoever holds the duty stays accountable, also for what another answers.
  if (!item || !owner || [owner, ownerOf(world.office, item.duty)].some(({ id }) => id === world.me.id))
    return undefined
  const values = { item: item.name, owner: owner.name }
  return hasRole(world.me, 'coordinator')
    ? { key: 'notYours.behalf', values: { ...values, code: item.code } }
    : { key: 'notYours', values }
}

function closedOrNothing(talk: Talk, world: World): Step {
  const told = describeClosed(world, talk.periodKey)
  if (told.key !== 'closed') return say(talk, [told], world)
  // Never the same sentence twice in a row.
  const says: readonly Say[] = talk.confused % 2 === 0 ? [told] : [{ ...told, key: 'closed.again' }]
  return say({ ...talk, confused: talk.confused + 1 }, says, world)
}

/** "ghi thay Hà: II.2c.1 = 5": the coordinator answers for another, under the coordinator's own name; undefined when the words are an answer after all. */
export function answerOnBehalf(
  talk: Talk,
  { whom, answers }: { readonly whom: string; readonly answers: string },
  { world, round }: Setting,
): Step | undefined {
  const people = findPeople(world.office, whom)
  const [person, ...others] = people
  const isRequest = person !== undefined || answers.includes('=')
  if (!isRequest) return undefined
  if (!hasRole(world.me, 'coordinator')) return say(talk, [{ key: 'behalf.notAllowed' }], world)
  if (whom !== '' && (!person || others.length > 0))
    return say(
      talk,
      [{ key: 'behalf.unknown', values: { raw: shorten(whom), answers: shorten(answers) } }],
      world,
    )
  const ownerOfItem = (item: Item) => inChargeOf(item, round, world.office)
  const theirs = round.pack.items.filter((item) => !person || ownerOfItem(item).id === person.id)
  const all = theirs.map((item) => askedItem(round, item))
  const reply = readReply([], answers, { ...contextOf(round, world), all })
  if (reply.type === 'unknownItem') return say(talk, [sayUnknown(reply.raw)], world)
  const readings = reply.type === 'readings' ? reply.readings : []
  const foreign = readings
    .flatMap(({ code }) => findItem(round.pack, code) ?? [])
    .find((item) => person && item.source !== 'derived' && ownerOfItem(item).id !== person.id)
  if (person && foreign) {
    const { code, name } = foreign
    const values = { item: name, code, owner: ownerOfItem(foreign).name, person: person.name }
    return say(talk, [{ key: 'behalf.notTheirs', values }], world)
  }
  const clear = readings.filter((reading) => givenBy(reading) !== undefined)
  const unclear = readings
    .filter((reading) => !clear.includes(reading))
    .map(({ code, raw }) => `${code} = ${raw}`)
  const leftover = reply.type === 'readings' ? [...unclear, ...reply.leftover] : [answers]
  const example = unclear[0]?.split(' ')[0] ?? theirs[0]?.code ?? ''
  const unread = leftover.map(
    (raw): Say => ({ key: 'behalf.unclear', values: { raw: shorten(raw), code: example } }),
  )
  if (clear.length === 0) return say(talk, unread.slice(0, 1), world)
  return takeReadings(talk, clear, { world, round, behalfOf: whom, isAside: true }, unread)
}

/** "thêm: …" goes on with the text written last, or with the paragraph offered; undefined when there is neither. */
export function append(talk: Talk, text: string, setting: Setting): Step | undefined {
  const { round } = setting
  const last = lastText(talk, round) ?? askedText(talk, round)
  if (!last) return undefined
  const whole = `${last.text}\n${text}`.trim()
  return keep(settled(talk), [{ code: last.code, given: { state: 'text', text: whole }, raw: text }], setting)
}

function lastText(talk: Talk, { answers }: Round): { code: string; text: string; at: string } | undefined {
  const code = talk.echoed.at(-1)?.code
  const answer = code === undefined ? undefined : answers.get(code)
  return code !== undefined && answer?.given.state === 'text'
    ? { code, text: answer.given.text, at: answer.at }
    : undefined
}

/** The text on the screen: what was offered for it, and nothing where nothing was. */
function askedText(
  { shown, offer, ...talk }: Talk,
  { pack }: Round,
): { code: string; text: string } | undefined {
  const item = shown.length === 1 && !talk.doubt ? findItem(pack, shown[0] ?? '') : undefined
  if (item?.kind !== 'text') return undefined
  return { code: item.code, text: offer?.code === item.code ? offer.text : '' }
}

/** A chat cuts what is longer into messages that follow at once. */
const CUT_AT = 1_900
const CUT_SECONDS = 15

/** Whether the words are the next piece of a long text the chat has cut. */
function goesOn(talk: Talk, round: Round, { now }: World): boolean {
  const last = lastText(talk, round)
  const raw = last && round.answers.get(last.code)?.raw
  const isFull = raw !== undefined && raw.length >= CUT_AT && !/[.!?…]\s*$/.test(raw)
  return isFull && last !== undefined && epochOf(now) - epochOf(last.at) <= CUT_SECONDS * 1000
}

/** Why figures were changed after all had been given: kept with each of them, and told to whoever gathers the report. */
export function takeEditReason(
  talk: Talk,
  codes: readonly string[],
  { world, round, raw }: Setting & { readonly raw: string },
): Step | undefined {
  if (isNoReason(raw)) return say(talk, [{ key: 'edit.noReason' }], world)
  if (readCommand(raw) || raw.includes('=') || STARTS_WITH_CODE.test(raw) || !/\p{L}{2}/u.test(raw))
    return undefined
  // What names another figure, or answers what is being asked, is no reason.
  const reply = readReply([], raw, contextOf(round, world))
  const isFigure = reply.type === 'which' || (reply.type === 'readings' && reply.readings.length > 0)
  if (isFigure || talk.doubt || talk.choice || talk.shown.length > 0) return undefined
  const records = codes.flatMap((code): Effect[] => {
    const answer = round.answers.get(code)
    if (!answer || answer.by !== world.me.id) return []
    const { given, raw: words } = answer
    return [{ type: 'record', periodKey: round.period.key, code, given, raw: words, reason: raw }]
  })
  const reason = shorten(raw)
  const step = say(talk, [{ key: 'edit.reasonKept', values: { reason } }], world)
  const coordinator = coordinatorOf(world.office)
  const values = { person: world.me.name, codes: codes.join(', '), reason }
  const told =
    coordinator.id === world.me.id ? [] : [tell(coordinator.id, { key: 'edit.reasonTold', values })]
  return { talk: step.talk, effects: [...records, ...step.effects, ...told] }
}

const STARTS_WITH_CODE = /^\s*[\p{L}\d]+(?:\.[\p{L}\d]+)+(?=[\s:]|$)/u

function isNoReason(raw: string): boolean {
  return /^(?:khong|ko|thoi|khong (?:can|co|ghi|co ly do|can ly do|ghi ly do)|bo qua)[.! ]*$/.test(
    foldText(raw).trim(),
  )
}
