import { type Answer, type Given, isSameGiven } from './answer.ts'
import { askBack, askedItem, askGroup, exampleFor } from './ask.ts'
import { dayOf } from './calendar.ts'
import type { Command } from './command.ts'
import { ask, currentRound, progressLine, say, shownItems } from './next.ts'
import { ownerOf } from './office.ts'
import { type AskedItem, givenBy, type Reading, type ReplyContext, readOne, readReply } from './reply.ts'
import { findItem, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { describeGiven, shorten } from './wording.ts'

interface Accepted {
  readonly code: string
  readonly given: Given
  readonly raw: string
}

/** Everything that is no command is an answer to what was asked, or to the items it names. */
export function takeReply(talk: Talk, text: string, world: World): Step {
  const round = currentRound(world)
  if (!round) return closedOrNothing(talk, world)
  if (talk.choice) {
    const picked = pickOption(talk.choice, text)
    if (picked) return keep(withoutChoice(talk), [picked], { world, round })
  }
  const asked = shownItems(round, talk.choice ? [talk.choice.code] : talk.shown)
  const context = contextOf(round, world)
  const reply = readReply(asked, text, context)
  switch (reply.type) {
    case 'unknownItem':
      return talk.shown.length === 0 && isNumber(reply.raw)
        ? ask(talk, world, [{ key: 'confused.command', values: { raw: shorten(text) } }])
        : say(talk, [{ key: 'confused.unknownItem', values: { raw: shorten(reply.raw) } }], world)
    case 'miscounted':
      return asked.length === 0
        ? ask(talk, world, [{ key: 'confused.command', values: { raw: shorten(text) } }])
        : say(talk, [{ key: 'back.position', values: { count: asked.length, given: reply.given } }], world)
    case 'readings':
      return takeReadings(withoutChoice(talk), reply.readings, { world, round })
  }
}

/** "sửa 2 = 190": the number of the last echo, of the question, or a code. */
export function correct(talk: Talk, command: Command & { type: 'correct' }, world: World): Step {
  const round = currentRound(world)
  if (!round) return closedOrNothing(talk, world)
  const code = codeMeant(talk, command.what)
  const item = code === undefined ? undefined : findItem(round.pack, code)
  if (!item)
    return say(talk, [{ key: 'confused.unknownItem', values: { raw: shorten(command.what) } }], world)
  const refusal = ownedByOther(item.code, { world, round })
  if (refusal) return say(talk, [refusal], world)
  if (command.to === '') {
    const question = askGroup(round, world.office, [item])
    return {
      talk: { ...withoutChoice(talk), shown: [item.code] },
      effects: [{ type: 'say', says: question.says, choices: question.choices }],
    }
  }
  const reading = readOne(askedItem(round, item), command.to, dayOf(world.now))
  return takeReadings(withoutChoice(talk), [reading], { world, round })
}

interface Setting {
  readonly world: World
  readonly round: Round
  readonly isUndo?: boolean
}

/** The good part of a reply is kept, the first doubtful one asked back, all in one message. */
function takeReadings(talk: Talk, readings: readonly Reading[], setting: Setting): Step {
  const foreign = readings
    .map((reading) => ownedByOther(reading.code, setting))
    .find((refusal) => refusal !== undefined)
  const own = readings.filter((reading) => !ownedByOther(reading.code, setting))
  const accepted = own.flatMap((reading): Accepted[] => {
    const given = givenBy(reading)
    return given ? [{ code: reading.code, given, raw: reading.raw }] : []
  })
  const doubtful = own.find((reading) => givenBy(reading) === undefined)
  if (!doubtful) {
    if (accepted.length === 0 && foreign) return say(talk, [foreign], setting.world)
    return keep(talk, accepted, setting, foreign ? [foreign] : [])
  }
  const kept = record(talk, accepted, setting)
  const back = questionBack(talk, doubtful, setting)
  const extra = foreign ? [foreign] : []
  const after = worldWith(setting, accepted)
  return {
    talk: { ...kept.talk, ...back.talk, confused: accepted.length > 0 ? 0 : talk.confused + 1 },
    effects: [
      ...kept.effects,
      {
        type: 'say',
        says: [...kept.says, ...extra, ...back.says, ...progressLine(after)],
        choices: back.choices,
      },
    ],
  }
}

/** Records what was accepted, echoes it and goes on to the next question. */
export function keep(
  talk: Talk,
  accepted: readonly Accepted[],
  setting: Setting,
  extra: readonly Say[] = [],
): Step {
  const kept = record(talk, accepted, setting)
  const next = ask({ ...kept.talk, shown: [], confused: 0 }, worldWith(setting, accepted), [
    ...kept.says,
    ...extra,
  ])
  return { talk: next.talk, effects: [...kept.effects, ...next.effects] }
}

function record(talk: Talk, accepted: readonly Accepted[], setting: Setting) {
  const { round } = setting
  const changed = accepted.filter(({ code, given }) => {
    const before = round.answers.get(code)?.given
    return before === undefined || !isSameGiven(before, given)
  })
  const effects = changed.map((one): Effect => ({ type: 'record', periodKey: round.period.key, ...one }))
  const numbers = accepted.map(({ code }, index) => ({ code, n: numberOf(talk, code) ?? index + 1 }))
  const says = accepted.length === 0 ? [] : [echo(accepted, numbers, setting)]
  const undo = changed.map(({ code }) => {
    const before = round.answers.get(code)?.given
    return before === undefined ? { code } : { code, before }
  })
  const kept: Talk = {
    ...talk,
    skipped: talk.skipped.filter((code) => !accepted.some((one) => one.code === code)),
    ...(accepted.length === 0 ? {} : { echoed: numbers }),
    ...(setting.isUndo || changed.length === 0 ? {} : { undo }),
  }
  return { talk: kept, effects, says }
}

function echo(
  accepted: readonly Accepted[],
  numbers: readonly { n: number }[],
  { world, round, isUndo }: Setting,
): Say {
  const lines = accepted.flatMap(({ code, given }, index): Say[] => {
    const item = findItem(round.pack, code)
    if (!item) return []
    const n = numbers[index]?.n ?? index + 1
    const value = describeGiven(given, item, world.office)
    const before = round.answers.get(code)?.given
    if (before === undefined || isSameGiven(before, given))
      return [{ key: 'echo.line', values: { n, item: item.name, value } }]
    return [
      {
        key: 'echo.lineChanged',
        values: { n, item: item.name, before: describeGiven(before, item, world.office), value },
      },
    ]
  })
  return { key: isUndo ? 'echo.undone' : 'echo.recorded', values: { lines } }
}

/** The number an item had in the question. */
function numberOf(talk: Talk, code: string): number | undefined {
  const index = talk.shown.indexOf(code)
  return index < 0 ? undefined : index + 1
}

/** The world as it stands once the answers are kept, so that the next question and the progress are right. */
function worldWith({ world, round }: Setting, accepted: readonly Accepted[]): World {
  const answers = new Map(round.answers)
  for (const { code, given, raw } of accepted) {
    const answer: Answer = { code, given, raw, by: world.me.id, at: world.now, channel: '', messageId: '' }
    if (given.state === 'withdrawn') answers.delete(code)
    else answers.set(code, answer)
  }
  return { ...world, rounds: world.rounds.map((one) => (one === round ? { ...round, answers } : one)) }
}

function questionBack(talk: Talk, reading: Reading, { world, round }: Setting) {
  const item = findItem(round.pack, reading.code)
  if (!item) return { talk: {}, says: [], choices: [] }
  const asked = askedItem(round, item)
  const { result } = reading
  if (result.outcome === 'ask') {
    const back = askBack(asked, reading.raw, result, world.office)
    const choice =
      back.options.length === 0
        ? {}
        : { choice: { code: item.code, raw: reading.raw, options: [...back.options] } }
    return { talk: { shown: [item.code], ...choice }, says: back.says, choices: back.choices }
  }
  if (result.outcome === 'noOption') {
    const again = askGroup(round, world.office, [item])
    return {
      talk: { shown: [item.code] },
      says: [{ key: 'confused.choice', values: { raw: shorten(reading.raw) } } as const, ...again.says],
      choices: again.choices,
    }
  }
  return {
    talk: { shown: [item.code] },
    says: notUnderstood(talk, asked, reading),
    choices: [{ key: 'quick.none' }, { key: 'quick.skip' }] as const,
  }
}

/** Never the same sentence twice: first the words in doubt, then an example with the ways out. */
function notUnderstood(talk: Talk, asked: AskedItem, reading: Reading): readonly Say[] {
  const { item } = asked
  const { result } = reading
  if (result.outcome === 'refuse' && result.why === 'tooLong')
    return [{ key: 'confused.tooLong', values: { item: item.name } }]
  if (result.outcome === 'refuse' && result.why === 'noSuchDay')
    return [{ key: 'confused.noSuchDay', values: { raw: shorten(reading.raw) } }]
  if (talk.confused === 0)
    return [{ key: 'confused.number', values: { raw: shorten(reading.raw), item: item.name } }]
  return [{ key: 'confused.example', values: { item: item.name, example: exampleFor(item) } }]
}

function pickOption(choice: NonNullable<Talk['choice']>, text: string): Accepted | undefined {
  const number = /^\s*(\d{1,2})\s*(?:[.)](?:\s.*)?)?$/s.exec(text)?.[1]
  const given = number === undefined ? undefined : choice.options[Number(number) - 1]
  return given && { code: choice.code, given, raw: choice.raw }
}

function contextOf(round: Round, world: World): ReplyContext {
  return {
    today: dayOf(world.now),
    find: (code) => {
      const item = findItem(round.pack, code)
      return item && askedItem(round, item)
    },
  }
}

function codeMeant(talk: Talk, what: string): string | undefined {
  if (!isNumber(what)) return what
  const n = Number(what)
  return talk.echoed.find((one) => one.n === n)?.code ?? talk.shown[n - 1]
}

function isNumber(name: string): boolean {
  return /^\d{1,2}$/.test(name)
}

function ownedByOther(code: string, { world, round }: Setting): Say | undefined {
  const item = findItem(round.pack, code)
  const owner = item && ownerOf(world.office, item.duty)
  if (!item || !owner || owner.id === world.me.id) return undefined
  return { key: 'notYours', values: { item: item.name, owner: owner.name } }
}

function closedOrNothing(talk: Talk, world: World): Step {
  const [closed] = world.rounds
  return say(
    talk,
    [closed ? { key: 'closed', values: { period: titleOf(closed) } } : { key: 'nothing.open' }],
    world,
  )
}

function withoutChoice(talk: Talk): Talk {
  const { choice: _, ...rest } = talk
  return rest
}
