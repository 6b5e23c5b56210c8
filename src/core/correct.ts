import { askedItem, askGroup } from './ask.ts'
import { dayOf } from './calendar.ts'
import { coordinatorOf, inChargeOf } from './charge.ts'
import { type Command, readCommand } from './command.ts'
import { tell } from './follow.ts'
import { type Setting, settled } from './keep.ts'
import { currentRound, onScreen, progressLine, say } from './next.ts'
import { hasRole } from './office.ts'
import type { Item } from './pack.ts'
import { findPeople } from './people.ts'
import {
  closedOrNothing,
  contextOf,
  isNumber,
  ownedByOther,
  sayLeftover,
  sayUnknown,
  takeReadings,
} from './readings.ts'
import { readStates } from './reply/states.ts'
import { givenBy, readOne, readReply } from './reply.ts'
import { findItem } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

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

function codeMeant(talk: Talk, what: string): string | undefined {
  if (!isNumber(what)) return what
  const n = Number(what)
  return talk.echoed.find((one) => one.n === n)?.code
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
