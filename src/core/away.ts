import type { Answer, Day } from './answer.ts'
import { addDays, weekdayOf } from './calendar.ts'
import { awayUntil, coordinatorOf } from './charge.ts'
import { itemLines, tell } from './follow.ts'
import { askedText, isNameless, namesOf, sayAway, unreachableSay } from './hand.ts'
import { keep, type Setting, settled } from './keep.ts'
import { readPromisedDay } from './later.ts'
import { findMark, liftMark, marksOf, setMark } from './mark.ts'
import { ask, say } from './next.ts'
import type { Person } from './office.ts'
import { findPeople } from './people.ts'
import { isDone, itemsOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

/** "tôi nghỉ đến thứ Hai, nhờ Lan": nothing pauses for ever, and somebody always answers. */
export function goAway(
  talk: Talk,
  { until, to }: { readonly until: string; readonly to: string },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  const day = until === '' ? undefined : readLastDay(until, round.today)
  if (day === undefined) {
    if (askedText(talk, setting)) return undefined
    const which: Say =
      until === '' ? { key: 'away.untilWhen' } : { key: 'away.whichDay', values: { raw: shorten(raw) } }
    return askUntil(talk, to, which, world)
  }
  if (day < round.today)
    return askUntil(talk, to, { key: 'away.past', values: { day: writeDay(day) } }, world)
  const people = findPeople(world.office, to).filter(({ id }) => id !== world.me.id)
  const [person, ...others] = people
  if (person && others.length === 0) return standIn(talk, { person, day }, setting)
  const names = person ? people.map(({ name }) => name).join(', ') : namesOf(world.office, world.me)
  return askSubstitute(talk, day, { key: 'away.whom', values: { day: writeDay(day), names } }, world)
}

const FRIDAY = 5

/** "hết tuần này", "hôm nay", or whatever else names a day. */
function readLastDay(words: string, today: string): string | undefined {
  const folded = foldText(words).trim()
  if (/^(?:(?:het )?(?:hom nay|ngay hom nay)|(?:(?:cuoi|het) )?(?:chieu|buoi chieu)(?: nay)?)$/.test(folded))
    return today
  if (/^(?:(?:het|cuoi) )?tuan(?: nay)?$/.test(folded))
    return addDays(today, Math.max(FRIDAY - weekdayOf(today), 0))
  return readPromisedDay(words, today)
}

function askUntil(talk: Talk, to: string, which: Say, world: World): Step {
  const step = say(talk, [which], world)
  return { ...step, talk: { ...step.talk, awaiting: { type: 'awayDay', to } } }
}

function askSubstitute(talk: Talk, until: string, which: Say, world: World): Step {
  const step = say(talk, [which], world)
  return { ...step, talk: { ...step.talk, awaiting: { type: 'substitute', until } } }
}

/** "đến thứ Hai", "thứ Hai, nhờ Lan", said where only the day was missing; undefined when no day is named. */
export function takeLastDay(
  talk: Talk,
  to: string,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const [, first = '', name] = /^(.*?)(?:[\s,;]+(?:nhờ|nho)\s+(\S.*))?$/isu.exec(setting.raw) ?? []
  const until = first.replace(/^(?:(?:tôi|toi|em)\s+)?(?:nghỉ|nghi)?\s*(?:đến|den)?\s*(?:hết|het)?\s*/iu, '')
  const day = readLastDay(until, setting.round.today)
  if (day === undefined || (day < setting.round.today && talk.confused > 0)) return undefined
  return goAway(
    day < setting.round.today ? { ...talk, confused: 1 } : talk,
    { until, to: name ?? to },
    setting,
  )
}

/** The name of a substitute; undefined when the words are an answer after all. */
export function takeSubstitute(
  talk: Talk,
  until: string,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, raw } = setting
  const name = raw.replace(/^(?:nhờ|nho|cho)\s+/iu, '')
  const people = findPeople(world.office, name)
  const others = people.filter(({ id }) => id !== world.me.id)
  const [person] = others
  if (person && others.length === 1) return standIn(talk, { person, day: until }, setting)
  const puzzled = { ...talk, confused: 1 }
  const names = person ? others.map((one) => one.name).join(', ') : namesOf(world.office, world.me)
  if (people.length > 0)
    return talk.confused > 0
      ? undefined
      : askSubstitute(puzzled, until, { key: 'away.other', values: { names } }, world)
  if (isNameless(name, talk)) return undefined
  return askSubstitute(puzzled, until, { key: 'hand.unknown', values: { raw: shorten(name), names } }, world)
}

function standIn(
  talk: Talk,
  { person, day }: { readonly person: Person; readonly day: string },
  setting: Setting & { readonly raw: string },
): Step {
  const { world, round, raw } = setting
  const { me, office } = world
  const until = awayUntil(person, round)
  // Two who are away cannot stand in for each other.
  if (until !== undefined) return askSubstitute(talk, day, sayAway(person, until, world), world)
  const before = findMark(round, 'away', me.id)
  const isAway = awayUntil(me, round) !== undefined
  const mark = setMark('away', me.id, { text: person.id, raw, reason: day })
  const values = { person: me.name, day: writeDay(day), period: titleOf(round) }
  // Who is away is so for every collection; each has its own to answer.
  const open = world.rounds.filter(({ isClosed }) => !isClosed)
  const handed = open.flatMap((one): readonly Say[] => {
    const lines = openLines(one, world)
    return lines.length === 0 ? [] : [{ key: 'away.to', values: { ...values, period: titleOf(one), lines } }]
  })
  const asked: readonly Say[] = handed.length === 0 ? [{ key: 'away.toNothing', values }] : handed
  const coordinator = coordinatorOf(office)
  const last = isAway && before?.given.state === 'text' ? before.given.text : person.id
  const told: readonly Effect[] = [
    ...asked.map(
      (one): Effect => ({
        ...tell(person.id, one),
        choices: handed.length === 0 ? [] : [{ key: 'quick.start' }],
      }),
    ),
    ...(last === person.id
      ? []
      : [tell(last, { key: 'away.passed', values: { person: me.name, substitute: person.name } })]),
    ...(coordinator.id === me.id || coordinator.id === person.id
      ? []
      : [tell(coordinator.id, { key: 'away.told', values: { ...values, substitute: person.name } })]),
  ]
  const says: readonly Say[] = [
    { key: 'away.done', values: { day: writeDay(day), substitute: person.name } },
    ...unreachableSay(person, world),
  ]
  const kept = open.map(({ period }): Effect => ({ type: 'record', periodKey: period.key, ...mark }))
  return {
    talk: { ...settled(talk), shown: [] },
    effects: [...kept, { type: 'say', says, choices: [] }, ...told],
  }
}

/** What a person still has to answer themselves in a collection, as though they were there. */
function openLines(round: Round, { office, me }: World): readonly Say[] {
  const before = findMark(round, 'away', me.id)
  const here = { ...round, answers: new Map([...round.answers].filter(([, answer]) => answer !== before)) }
  return itemLines(
    itemsOf(here, office, me).filter((item) => !isDone(round, item)),
    round,
    office,
  )
}

/** Leave that is told in one collection holds in one opened later, as long as it lasts. */
export function carriedLeave(rounds: readonly Round[], today: Day): readonly Answer[] {
  const marks = rounds.flatMap((round) => marksOf(round, 'away').map(({ answer }) => answer))
  return [...new Map(marks.map((answer) => [answer.code, answer])).values()].filter(
    ({ reason }) => reason !== undefined && reason >= today,
  )
}

/** "tôi đã về" */
export function comeBack(talk: Talk, setting: Setting & { readonly raw: string }): Step {
  const { world, round, raw } = setting
  const mark = findMark(round, 'away', world.me.id)
  if (!mark || awayUntil(world.me, round) === undefined) return ask(talk, world, [{ key: 'away.notAway' }])
  const substitute = mark.given.state === 'text' ? mark.given.text : ''
  const lifted = liftMark('away', world.me.id, raw)
  const step = keep(settled(talk), [lifted], setting, [{ key: 'away.back' }])
  const elsewhere = world.rounds
    .filter((one) => !one.isClosed && one !== round && findMark(one, 'away', world.me.id))
    .map(({ period }): Effect => ({ type: 'record', periodKey: period.key, ...lifted }))
  return {
    talk: step.talk,
    effects: [
      ...step.effects,
      ...elsewhere,
      tell(substitute, { key: 'away.over', values: { person: world.me.name } }),
    ],
  }
}
