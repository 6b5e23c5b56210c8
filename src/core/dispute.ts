import { type Answer, type Given, isSameGiven } from './answer.ts'
import { coordinatorOf, hasSay, inChargeOf } from './charge.ts'
import type { Finding } from './finding.ts'
import { nameOf, tell } from './follow.ts'
import { type Accepted, keep, type Setting } from './keep.ts'
import { findMark, liftMark, markCode, marksOf } from './mark.ts'
import { say } from './next.ts'
import { findPerson, hasRole, ownerOf } from './office.ts'
import type { Item } from './pack.ts'
import { findItem, isAnswered, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { describeGiven, shorten, writeValue } from './wording.ts'

/** Of what was accepted: what may stand at once, and what contradicts a figure somebody else in charge has given. */
export function splitDisputed(accepted: readonly Accepted[], setting: Setting) {
  const foreign = accepted.filter((one) => isForeign(one, setting))
  const disputed = accepted.filter((one) => !foreign.includes(one) && isDisputed(one, setting))
  const undisputed = accepted.filter((one) => !foreign.includes(one) && !disputed.includes(one))
  return { undisputed, disputed, foreign }
}

/** What was theirs when it was asked may have been handed on since: they have no say in it any more. */
function isForeign({ code }: Accepted, { round, world, isSettled, behalfOf }: Setting): boolean {
  const item = findItem(round.pack, code)
  if (!item || isSettled || behalfOf !== undefined) return false
  return !hasSay(world.me, item, round, world.office)
}

/** Whose item it is, told to who gave a figure for it. */
export function sayForeign(foreign: readonly Accepted[], { round, world }: Setting): readonly Say[] {
  return foreign.slice(0, 1).flatMap(({ code }): Say[] => {
    const item = findItem(round.pack, code)
    return item
      ? [{ key: 'notYours', values: { item: item.name, owner: inChargeOf(item, round, world.office).name } }]
      : []
  })
}

function isDisputed({ code, given }: Accepted, setting: Setting): boolean {
  const { round, world } = setting
  const item = findItem(round.pack, code)
  const before = round.answers.get(code)
  if (!item || !before || setting.isUndo || setting.isRepair || setting.isSettled) return false
  if (!isAnswered(before.given) || isSameGiven(before.given, given) || before.by === world.me.id) return false
  if (findMark(round, 'return', code)) return false
  // Whoever has left the post has no say in it any more: their figure is simply corrected.
  const author = findPerson(world.office, before.by)
  return author !== undefined && hasSay(author, item, round, world.office)
}

/** The other value is kept beside the first, neither is written over, and the coordinator chooses. */
export function keepDisputed(disputed: readonly Accepted[], setting: Setting) {
  const { world, round } = setting
  const coordinator = coordinatorOf(world.office)
  const isMine = coordinator.id === world.me.id
  const isNews = ({ code, given }: Accepted) => {
    const rival = findMark(round, 'rival', code)
    return !rival || rival.by !== world.me.id || !isSameGiven(rival.given, given)
  }
  const news = disputed.filter(isNews)
  const marks = news.map((one): Accepted => ({ ...one, code: markCode('rival', one.code) }))
  const questions = news.map((one) => askWhich(one, setting))
  const effects: readonly Effect[] = isMine
    ? []
    : questions.map(({ says, choices }) => ({ type: 'tell', to: coordinator.id, says, choices }))
  const says = disputed.flatMap((rival): readonly Say[] => {
    const { code, given } = rival
    const item = findItem(round.pack, code)
    const before = round.answers.get(code)
    if (!item || !before) return []
    if (isMine) return askWhich(rival, setting).says
    const value = describeGiven(given, item, world.office)
    if (!news.includes(rival)) return [{ key: 'rival.waiting', values: { item: item.name, value } }]
    return [
      {
        key: 'rival.noted',
        values: {
          item: item.name,
          value,
          person: nameOf(before.by, world),
          time: before.at.slice(11, 16),
          other: describeGiven(before.given, item, world.office),
        },
      },
    ]
  })
  return { marks, effects, says }
}

function askWhich(
  rival: Accepted,
  { round, world }: Setting,
): { says: readonly Say[]; choices: readonly Say[] } {
  const item = findItem(round.pack, rival.code)
  const before = round.answers.get(rival.code)
  if (!item || !before) return { says: [], choices: [] }
  const candidates = [
    { given: before.given, by: before.by, at: before.at },
    { given: rival.given, by: world.me.id, at: world.now },
  ]
  const lines = candidates.map((one) => whoSaid(one, item, world))
  const choices: readonly Say[] = [
    ...waysToTake(before.given, rival.given, { item, world }),
    { key: 'rival.askAgain', values: { code: item.code } },
  ]
  return {
    says: [{ key: 'rival.ask', values: { item: item.name, code: item.code, lines, ways: choices } }],
    choices,
  }
}

/** "256 hồ sơ – đ/c Hà, 09:10" */
function whoSaid({ given, by, at }: Pick<Answer, 'given' | 'by' | 'at'>, item: Item, world: World): Say {
  const value = describeGiven(given, item, world.office)
  return { key: 'rival.line', values: { value, person: nameOf(by, world), time: at.slice(11, 16) } }
}

const FIRST = /^(?:ban |so )?(?:dau|truoc|thu nhat)$/
const SECOND = /^(?:ban |so )?(?:sau|thu hai)$/

/** By their values where these are short and plain, else by their order. */
function waysToTake(
  one: Given,
  other: Given,
  { item, world }: { readonly item: Item; readonly world: World },
): readonly Say[] {
  const isPlain = [one, other].every(({ state }) => state === 'value')
  return isPlain
    ? [takeWords(one, item, world), takeWords(other, item, world)]
    : [
        { key: 'rival.takeFirst', values: { code: item.code } },
        { key: 'rival.takeSecond', values: { code: item.code } },
      ]
}

/** "II.2c.1 lấy 256": what is typed or pressed to choose. */
function takeWords(given: Given, item: Item, world: World): Say {
  const value: Say | string =
    given.state === 'value' ? writeValue(given, item, world.office) : describeGiven(given, item, world.office)
  return { key: 'rival.take', values: { code: item.code, value } }
}

/** Two values for one figure stand against each other until the coordinator has chosen. */
export function findRivals(round: Pick<Round, 'answers' | 'pack'>): readonly Finding[] {
  return marksOf(round, 'rival').flatMap(({ of, answer }): Finding[] => {
    const item = findItem(round.pack, of)
    const stands = round.answers.get(of)
    if (!item || !stands || isSameGiven(stands.given, answer.given)) return []
    const [left, right] = [stands.given, answer.given].map(plain)
    return [
      {
        relationId: `hai-so.${of.toLowerCase()}`,
        type: 'rival',
        severity: 'hard',
        codes: [item.code],
        left: left ?? '',
        right: right ?? '',
        say: { key: 'find.rival', values: { item: item.name, one: left ?? '', other: right ?? '' } },
        repairs: [],
      },
    ]
  })
}

function plain(given: Given): string {
  if (given.state === 'value') return given.value.replace('.', ',')
  return given.state === 'text' ? `“${shorten(given.text)}”` : given.state === 'none' ? '0' : '–'
}

/** "II.2c.1 lấy 256": undefined where no two values stand against each other. */
export function settleDispute(
  talk: Talk,
  { code: named, value }: { readonly code: string; readonly value: string },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { round, world, raw } = setting
  const item = findItem(round.pack, named)
  const rival = item && findMark(round, 'rival', item.code)
  const stands = item && round.answers.get(item.code)
  if (!item || !rival || !stands) return item ? sayNoRival(talk, item, world) : undefined
  if (!hasRole(world.me, 'coordinator', 'chairman'))
    return say(talk, [{ key: 'rival.notAllowed', values: { item: item.name } }], world)
  const wanted = foldText(value).replace(/\s+/g, ' ')
  const isMeant = (given: Given) => {
    const written = given.state === 'value' ? writeValue(given, item, world.office) : plain(given)
    return [written, plain(given), `${written} ${item.unit ?? ''}`.trim()].some(
      (one) => foldText(one) === wanted,
    )
  }
  const [meant, ...more] = [stands, rival].filter(({ given }) => isMeant(given))
  const placed = FIRST.test(wanted) ? stands : SECOND.test(wanted) ? rival : undefined
  // Two that look alike are told apart by their order.
  const chosen = placed ?? (more.length === 0 ? meant : undefined)
  if (!chosen) {
    const ways: readonly Say[] = [
      ...waysToTake(stands.given, rival.given, { item, world }),
      { key: 'rival.askAgain', values: { code: item.code } },
    ]
    return say(talk, [{ key: 'rival.neither', values: { raw: shorten(raw), ways } }], world)
  }
  const kept: readonly Accepted[] = [
    ...(chosen === rival ? [{ code: item.code, given: chosen.given, raw: chosen.raw }] : []),
    liftMark('rival', item.code, raw),
  ]
  const told: Say = {
    key: 'rival.settled',
    values: {
      item: item.name,
      value: describeGiven(chosen.given, item, world.office),
      person: world.me.name,
    },
  }
  // Whoever was asked to choose need not any more.
  const concerned = [ownerOf(world.office, item.duty), coordinatorOf(world.office)].map(({ id }) => id)
  const others = [...new Set([stands.by, rival.by, ...concerned])].filter((id) => id !== world.me.id)
  const settings = { ...setting, isSettled: true, isAside: true }
  const step = keep(talk, kept, settings, chosen === rival ? [] : [told])
  return { talk: step.talk, effects: [...step.effects, ...others.map((id) => tell(id, told))] }
}

/** Said of a figure nobody disputes, by who may choose; by anybody else the words are an answer. */
function sayNoRival(talk: Talk, { name, code }: Item, world: World): Step | undefined {
  return hasRole(world.me, 'coordinator', 'chairman')
    ? say(talk, [{ key: 'rival.none', values: { item: name, code } }], world)
    : undefined
}

/** "hỏi lại II.2c.1": both look at their figure once more. */
export function askBothAgain(talk: Talk, named: string, { round, world }: Setting): Step | undefined {
  const item = findItem(round.pack, named)
  const rival = item && findMark(round, 'rival', item.code)
  const stands = item && round.answers.get(item.code)
  if (!item || !rival || !stands) return undefined
  if (!hasRole(world.me, 'coordinator', 'chairman')) return undefined
  const both = [stands, rival].map((one) => whoSaid(one, item, world))
  const told: Say = { key: 'rival.check', values: { item: item.name, code: item.code, lines: both } }
  const others = [...new Set([stands.by, rival.by])].filter((id) => id !== world.me.id)
  const step = say(talk, [{ key: 'rival.asked', values: { item: item.name } }], world)
  return { talk: step.talk, effects: [...step.effects, ...others.map((id) => tell(id, told))] }
}
