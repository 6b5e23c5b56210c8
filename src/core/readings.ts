import type { Given } from './answer.ts'
import { askBack, askedItem, askGroup } from './ask.ts'
import { dayOf } from './calendar.ts'
import { inChargeOf } from './charge.ts'
import { describeClosed } from './closed.ts'
import { deriveAll } from './formula.ts'
import { type Accepted, askedNoReason, keep, record, type Setting, worldWith } from './keep.ts'
import { climb } from './ladder.ts'
import { progressLine, say } from './next.ts'
import { hasRole, ownerOf } from './office.ts'
import { isLabelOf, readOptionNumber } from './option.ts'
import { agreementOf } from './overrule.ts'
import type { Item } from './pack.ts'
import { TASK_STATES } from './plan.ts'
import { readAfterDoubt } from './reply/states.ts'
import { readState } from './reply/statewords.ts'
import { type AskedItem, givenBy, type Reading, type ReplyContext } from './reply.ts'
import { findItem, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Step, Talk, World } from './talk.ts'
import { describeGiven, shorten } from './wording.ts'

export function sayUnknown(raw: string): Say {
  return { key: 'confused.unknownItem', values: { raw: shorten(raw) } }
}

/** All of it in one sentence, each part once. */
export function sayLeftover(parts: readonly string[]): readonly Say[] {
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

export function pickOption(
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
export function toldWith({ code, given, raw }: Accepted, { world, round }: Setting): readonly Accepted[] {
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

export function contextOf(round: Round, world: World): ReplyContext {
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

export function isNumber(name: string): boolean {
  return /^\d{1,2}$/.test(name)
}

export function ownedByOther(code: string, { world, round, behalfOf }: Setting): Say | undefined {
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

export function closedOrNothing(talk: Talk, world: World): Step {
  const told = describeClosed(world, talk.periodKey)
  if (told.key !== 'closed') return say(talk, [told], world)
  // Never the same sentence twice in a row.
  const says: readonly Say[] = talk.confused % 2 === 0 ? [told] : [{ ...told, key: 'closed.again' }]
  return say({ ...talk, confused: talk.confused + 1 }, says, world)
}
