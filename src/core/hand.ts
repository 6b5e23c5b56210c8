import { awayUntil, coordinatorOf, inChargeOf } from './charge.ts'
import { itemLines, tell } from './follow.ts'
import { type Accepted, keep, type Setting, settled } from './keep.ts'
import { readPromisedDay } from './later.ts'
import { findMark, liftMark, setMark } from './mark.ts'
import { ask, say } from './next.ts'
import { hasRole, type Office, ownerOf, type Person } from './office.ts'
import type { Item } from './pack.ts'
import { findPeople } from './people.ts'
import { findItem, isDone, itemsOf, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { describeMoment, shorten } from './wording.ts'

const SEVERAL = /\s*(?:[,;]|\bva\b)\s*/
const THIS = /^(?:(?:cau|muc|so|phan|noi dung|viec) (?:nay|do|dang hoi)|nay)?$/
const ALL =
  /^(?:het|tat ca|toan bo|ca|het ca|(?:toan bo |tat ca )?(?:phan|viec|noi dung)(?: viec)?(?: cua)?(?: toi| em| minh)?(?: con lai)?)$/
const OF_PERSON = /^(?:(?:toan bo |tat ca |het )?(?:phan|viec|noi dung|muc)(?: viec)?|tat ca|het) cua (.+)$/
const NAME_WORDS = 6

/** "chuyển II.2c.1 cho Lan", "nhờ Hà": undefined when these are no such words after all. */
export function handOn(
  talk: Talk,
  { what, to }: { readonly what: string; readonly to: string },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round } = setting
  const items = itemsMeant(what, talk, setting)
  if (items === undefined) return undefined
  const people = findPeople(world.office, to)
  const [person, ...others] = people
  if (!person) {
    const isProse = to.split(/\s+/).length > NAME_WORDS || askedText(talk, setting)
    return isProse ? undefined : unknownPerson(talk, to, items, world)
  }
  const [first] = items
  if (!first) return say(talk, [{ key: 'hand.nothing' }], world)
  if (others.length > 0) return askWhom(talk, people, items, world)
  const foreign = items.find((item) => !mayHand(item, setting))
  if (foreign) {
    const owner = inChargeOf(foreign, round, world.office).name
    return say(talk, [{ key: 'notYours', values: { item: foreign.name, owner } }], world)
  }
  return handTo(talk, person, items, setting)
}

/** Whether words that look like a request may be the text that is being asked for. */
export function askedText(talk: Talk, { round }: Setting): boolean {
  const [code] = talk.shown
  return code !== undefined && talk.shown.length === 1 && findItem(round.pack, code)?.kind === 'text'
}

/** The items handed on are those named, those on the screen, or all that are open. */
function itemsMeant(what: string, talk: Talk, { round, world }: Setting): readonly Item[] | undefined {
  const folded = foldText(what).replace(/\s+/g, ' ').trim()
  const find = (code: string) => findItem(round.pack, code) ?? []
  const open = (person: Person) => itemsOf(round, world.office, person).filter((item) => !isDone(round, item))
  if (THIS.test(folded)) return (talk.choice ? [talk.choice.code] : talk.shown).flatMap(find)
  if (ALL.test(folded)) return open(world.me)
  const whose = OF_PERSON.exec(folded)?.[1]
  if (whose !== undefined) {
    const [person, ...others] = findPeople(world.office, whose)
    return person && others.length === 0 ? open(person) : undefined
  }
  const parts = folded.split(SEVERAL).map((part) => part.replace(/^(?:muc|cau|so|noi dung)\s+/, ''))
  const items = parts.map((part) => {
    const code = /^\d{1,2}$/.test(part) ? talk.shown[Number(part) - 1] : part
    return code === undefined ? undefined : findItem(round.pack, code)
  })
  return items.every((item) => item !== undefined) ? items : undefined
}

/** Who answers for an item, or is accountable for it, may hand it on; so may the coordinator and the chairman. */
function mayHand(item: Item, { round, world }: Setting): boolean {
  const { me, office } = world
  return (
    inChargeOf(item, round, office).id === me.id ||
    ownerOf(office, item.duty).id === me.id ||
    hasRole(me, 'coordinator', 'chairman')
  )
}

function handTo(
  talk: Talk,
  person: Person,
  items: readonly Item[],
  setting: Setting & { readonly raw: string },
): Step {
  const { world, round, raw } = setting
  const { me, office } = world
  const marks = items.map(
    (item): Accepted =>
      ownerOf(office, item.duty).id === person.id
        ? liftMark('own', item.code, raw)
        : setMark('own', item.code, { text: person.id, raw }),
  )
  const period = titleOf(round)
  const lines = itemLines(items, round, office)
  const owners = [
    ...new Set(items.flatMap((item) => [ownerOf(office, item.duty), inChargeOf(item, round, office)])),
  ]
  const told: readonly Effect[] = [
    ...(person.id === me.id
      ? []
      : [
          {
            ...tell(person.id, {
              key: 'hand.to',
              values: { from: me.name, period, deadline: describeMoment(round.schedule.deadline), lines },
            }),
            choices: [{ key: 'quick.start' }] as const,
          },
        ]),
    ...owners
      .filter(({ id }) => id !== me.id && id !== person.id)
      .map(({ id }) =>
        tell(id, { key: 'hand.moved', values: { from: me.name, person: person.name, lines } }),
      ),
  ]
  const isMine = items.some((item) => ownerOf(office, item.duty).id === me.id)
  const done: Say =
    person.id === me.id
      ? { key: 'hand.taken', values: { lines } }
      : { key: isMine ? 'hand.done' : 'hand.assigned', values: { person: person.name, lines } }
  const unreachable = unreachableSay(person, world)
  const { choice: _, ...free } = settled(talk)
  const step = keep({ ...free, undo: [] }, marks, setting, [done, ...unreachable])
  return { talk: step.talk, effects: [...step.effects, ...told] }
}

/** Whom words cannot reach yet has to be told by somebody. */
export function unreachableSay(person: Person, world: World): readonly Say[] {
  return world.reachable.has(person.id) || person.id === world.me.id
    ? []
    : [{ key: 'hand.unreachable', values: { person: person.name } }]
}

function unknownPerson(talk: Talk, name: string, items: readonly Item[], world: World): Step {
  const step = say(
    talk,
    [{ key: 'hand.unknown', values: { raw: shorten(name), names: namesOf(world.office, world.me) } }],
    world,
  )
  return { ...step, talk: { ...step.talk, awaiting: { type: 'whom', codes: items.map(({ code }) => code) } } }
}

function askWhom(talk: Talk, people: readonly Person[], items: readonly Item[], world: World): Step {
  const names = people.map(({ name }): Say => ({ key: 'hand.name', values: { person: name } }))
  const step = say(talk, [{ key: 'hand.which', values: { names } }], world)
  return {
    talk: { ...step.talk, awaiting: { type: 'whom', codes: items.map(({ code }) => code) } },
    effects: step.effects.map((effect) => (effect.type === 'say' ? { ...effect, choices: names } : effect)),
  }
}

/** The colleagues by name, but oneself. */
function namesOf({ people }: Office, me: Person): string {
  return people
    .filter(({ id }) => id !== me.id)
    .map(({ name }) => name)
    .join(', ')
}

/** The name asked for; undefined when the words name nobody. */
export function takeWhom(
  talk: Talk,
  codes: readonly string[],
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { round, world, raw } = setting
  const [person, ...others] = findPeople(
    world.office,
    raw.replace(/^(?:nhờ|nho|chuyển cho|chuyen cho|cho)\s+/iu, ''),
  )
  const items = codes.flatMap((code) => findItem(round.pack, code) ?? [])
  if (!person) return undefined
  return others.length > 0
    ? askWhom(talk, [person, ...others], items, world)
    : handTo(talk, person, items, setting)
}

/** "chuyển cho ai?", asked of who chose to hand the item on. */
export function askForWhom(talk: Talk, code: string, world: World): Step {
  const step = say(talk, [{ key: 'hand.whom', values: { names: namesOf(world.office, world.me) } }], world)
  return { ...step, talk: { ...step.talk, awaiting: { type: 'whom', codes: [code] } } }
}

/** "tôi nghỉ đến thứ Hai, nhờ Lan": nothing pauses for ever, and somebody always answers. */
export function goAway(
  talk: Talk,
  { until, to }: { readonly until: string; readonly to: string },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  const day = readPromisedDay(until, round.today)
  if (day === undefined) {
    return askedText(talk, setting)
      ? undefined
      : say(talk, [{ key: 'away.whichDay', values: { raw: shorten(raw) } }], world)
  }
  if (day < round.today) return say(talk, [{ key: 'away.past', values: { day: writeDay(day) } }], world)
  const people = findPeople(world.office, to).filter(({ id }) => id !== world.me.id)
  const [person, ...others] = people
  if (person && others.length === 0) return standIn(talk, { person, day }, setting)
  const names = person ? people.map(({ name }) => name).join(', ') : namesOf(world.office, world.me)
  const step = say(talk, [{ key: 'away.whom', values: { day: writeDay(day), names } }], world)
  return { ...step, talk: { ...step.talk, awaiting: { type: 'substitute', until: day } } }
}

/** The name of a substitute; undefined when the words name nobody. */
export function takeSubstitute(
  talk: Talk,
  until: string,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, raw } = setting
  const [person, ...others] = findPeople(world.office, raw.replace(/^(?:nhờ|nho|cho)\s+/iu, ''))
  if (!person || others.length > 0 || person.id === world.me.id) return undefined
  return standIn(talk, { person, day: until }, setting)
}

function standIn(
  talk: Talk,
  { person, day }: { readonly person: Person; readonly day: string },
  setting: Setting & { readonly raw: string },
): Step {
  const { world, round, raw } = setting
  const { me, office } = world
  const open = itemsOf(round, office, me).filter((item) => !isDone(round, item))
  const mark = setMark('away', me.id, { text: person.id, raw, reason: day })
  const values = { person: me.name, day: writeDay(day), period: titleOf(round) }
  const lines = itemLines(open, round, office)
  const coordinator = coordinatorOf(office)
  const told: readonly Effect[] = [
    {
      ...tell(person.id, { key: 'away.to', values: { ...values, lines } }),
      choices: [{ key: 'quick.start' }],
    },
    ...(coordinator.id === me.id || coordinator.id === person.id
      ? []
      : [tell(coordinator.id, { key: 'away.told', values: { ...values, substitute: person.name } })]),
  ]
  const says: readonly Say[] = [
    { key: 'away.done', values: { day: writeDay(day), substitute: person.name } },
    ...unreachableSay(person, world),
  ]
  const kept = keepMark({ ...settled(talk), shown: [] }, mark, setting)
  return { talk: kept.talk, effects: [...kept.effects, { type: 'say', says, choices: [] }, ...told] }
}

/** A mark alone: nothing is asked after it. */
export function keepMark(talk: Talk, mark: Accepted, { round }: Setting): Step {
  return { talk, effects: [{ type: 'record', periodKey: round.period.key, ...mark }] }
}

/** "tôi đã về" */
export function comeBack(talk: Talk, setting: Setting & { readonly raw: string }): Step {
  const { world, round, raw } = setting
  const mark = findMark(round, 'away', world.me.id)
  if (!mark || awayUntil(world.me, round) === undefined) return ask(talk, world, [])
  const substitute = mark.given.state === 'text' ? mark.given.text : ''
  const step = keep(settled(talk), [liftMark('away', world.me.id, raw)], setting, [{ key: 'away.back' }])
  return {
    talk: step.talk,
    effects: [...step.effects, tell(substitute, { key: 'away.over', values: { person: world.me.name } })],
  }
}

/** "không phải tôi": the account may be another's, or only the question. */
export function askNotMe(talk: Talk, world: World): Step {
  const step = say(talk, [{ key: 'notMe.ask', values: { name: world.me.name } }], world)
  const choices: readonly Say[] = [{ key: 'notMe.account' }, { key: 'notMe.question' }]
  return {
    talk: { ...step.talk, awaiting: { type: 'notMe', codes: talk.choice ? [talk.choice.code] : talk.shown } },
    effects: step.effects.map((effect) => (effect.type === 'say' ? { ...effect, choices } : effect)),
  }
}

/** "1": the account is let go; "2": the question goes back to whoever handed it on, or to the coordinator. */
export function takeNotMe(
  talk: Talk,
  codes: readonly string[],
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  const words = foldText(raw).replace(/[.)\s]+$/, '')
  if (words === '1' || words.includes('tai khoan')) {
    const coordinator = coordinatorOf(world.office)
    const told =
      coordinator.id === world.me.id
        ? []
        : [tell(coordinator.id, { key: 'notMe.told', values: { person: world.me.name } })]
    return {
      talk,
      effects: [{ type: 'say', says: [{ key: 'notMe.unbound' }], choices: [] }, { type: 'unbind' }, ...told],
    }
  }
  if (words !== '2' && !words.includes('noi dung') && !words.includes('cau hoi')) return undefined
  const items = codes.flatMap((code) => findItem(round.pack, code) ?? [])
  const [first] = items
  if (!first) return say(talk, [{ key: 'hand.nothing' }], world)
  const owner = ownerOf(world.office, first.duty)
  const to = owner.id === world.me.id ? coordinatorOf(world.office) : owner
  if (to.id === world.me.id) return say(talk, [{ key: 'notMe.coordinator' }], world)
  return handTo(talk, to, items, setting)
}
