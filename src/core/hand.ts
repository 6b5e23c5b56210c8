import { numbered } from './ask.ts'
import { awayUntil, inChargeOf } from './charge.ts'
import { readCommand } from './command.ts'
import { readFigure } from './figures/read.ts'
import { itemLines, tell } from './follow.ts'
import { type Accepted, keep, type Setting, settled } from './keep.ts'
import { liftMark, setMark } from './mark.ts'
import { say } from './next.ts'
import { findPerson, hasRole, type Office, ownerOf, type Person } from './office.ts'
import { readOptionNumber } from './option.ts'
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
  /^(?:het|tat ca|toan bo|ca|het ca|(?:toan bo |tat ca |het )?(?:phan|viec|noi dung)(?: viec)?(?: con lai)?)$/
const OF_PERSON =
  /^(?:(?:toan bo |tat ca |het )?(?:phan|viec|noi dung|muc)(?: viec)?|tat ca|het)(?: con lai)? cua (.+?)(?: con lai)?$/
const NAME_WORDS = 6
/** What is longer may be the text that is asked for. */
const NAME_WORDS_BESIDE_TEXT = 4

/** "chuyển II.2c.1 cho Lan", "nhờ Hà": undefined when these are no such words after all. */
export function handOn(
  talk: Talk,
  { what, to }: { readonly what: string; readonly to: string },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world } = setting
  const people = peopleMeant(to, world)
  const meant = itemsMeant(what, talk, setting)
  const isNamed = people.length > 0 || to === ''
  if (meant === undefined || (meant.type === 'refusal' && !isNamed)) return undefined
  if (meant.type === 'refusal') return say(talk, [meant.says], world)
  const { items } = meant
  if (to === '') return askForWhom(talk, codesOf(items), world)
  const [person, ...others] = people
  if (!person) {
    const most = askedText(talk, setting) ? NAME_WORDS_BESIDE_TEXT : NAME_WORDS
    return to.split(/\s+/).length > most ? undefined : unknownPerson(talk, to, items, world)
  }
  if (others.length > 0) return askWhom(talk, people, items, world)
  const refusal = refusalFor(person, items, setting)
  return refusal ? say(talk, [refusal], world) : handTo(talk, person, items, setting)
}

/** What is not one's to hand on, or is there already. */
function refusalFor(person: Person, items: readonly Item[], setting: Setting): Say | undefined {
  const { world, round } = setting
  const holder = (item: Item) => inChargeOf(item, round, world.office)
  const foreign = items.find((item) => !mayHand(item, setting))
  if (foreign) return { key: 'hand.notYours', values: { item: foreign.name, owner: holder(foreign).name } }
  if (items.some((item) => holder(item).id !== person.id)) return undefined
  return person.id === world.me.id
    ? { key: 'hand.alreadyYours' }
    : { key: 'hand.already', values: { person: person.name } }
}

/** Whether words that look like a request may be the text that is being asked for. */
export function askedText(talk: Talk, { round }: Setting): boolean {
  const [code] = talk.shown
  return code !== undefined && talk.shown.length === 1 && findItem(round.pack, code)?.kind === 'text'
}

const SELF = /^(?:(?:chinh|lai)\s+)?(?:toi|em|tui|minh)$/

/** "cho tôi" is who speaks; a name may be several people's. Without its accent "mình" may be Minh. */
function peopleMeant(name: string, { office, me }: World): readonly Person[] {
  const named = /mình/iu.test(name) ? [] : findPeople(office, name)
  return named.length === 0 && SELF.test(foldText(name).trim()) ? [me] : named
}

type Meant =
  | { readonly type: 'items'; readonly items: readonly Item[] }
  | { readonly type: 'refusal'; readonly says: Say }

/** The items handed on are those named, those on the screen, or all that are open. */
function itemsMeant(what: string, talk: Talk, { round, world }: Setting): Meant | undefined {
  const folded = foldText(what).replace(/\s+/g, ' ').trim()
  const find = (code: string) => findItem(round.pack, code) ?? []
  const open = (person: Person) => itemsOf(round, world.office, person).filter((item) => !isDone(round, item))
  const some = (items: readonly Item[], none: Say): Meant =>
    items.length > 0 ? { type: 'items', items } : { type: 'refusal', says: none }
  if (THIS.test(folded))
    return some((talk.choice ? [talk.choice.code] : talk.shown).flatMap(find), { key: 'hand.nothing' })
  if (ALL.test(folded)) return some(open(world.me), { key: 'hand.nothing' })
  const whose = OF_PERSON.exec(folded)?.[1]
  if (whose !== undefined) {
    const [person, ...others] = peopleMeant(whose, world)
    if (!person || others.length > 0)
      return {
        type: 'refusal',
        says: { key: 'hand.unknownWhose', values: { raw: shorten(what.trim().slice(-whose.length)) } },
      }
    return some(open(person), { key: 'hand.nothingOf', values: { person: person.name } })
  }
  const parts = folded.split(SEVERAL).map((part) => part.replace(/^(?:muc|cau|so|noi dung)\s+/, ''))
  const items = parts.map((part) => {
    const code = /^\d{1,2}$/.test(part) ? talk.shown[Number(part) - 1] : part
    return code === undefined ? undefined : findItem(round.pack, code)
  })
  if (items.every((item) => item !== undefined)) return { type: 'items', items }
  const unknown = parts.find((_, index) => items[index] === undefined)
  if (unknown === undefined || !parts.every((part) => LIKE_CODE.test(part))) return undefined
  return {
    type: 'refusal',
    says: { key: 'confused.unknownItem', values: { raw: shorten(unknown.toUpperCase()) } },
  }
}

const LIKE_CODE = /^(?:\d{1,2}|[a-z0-9]+(?:\.[a-z0-9]+)+)$/

/** Who answers for an item, or is accountable for it, may hand it on; so may the coordinator and the chairman. */
function mayHand(item: Item, { round, world }: Setting): boolean {
  return isConcerned(item, { round, world }) || hasRole(world.me, 'coordinator', 'chairman')
}

function isConcerned(item: Item, { round, world: { me, office } }: Setting): boolean {
  return inChargeOf(item, round, office).id === me.id || ownerOf(office, item.duty).id === me.id
}

export function handTo(
  talk: Talk,
  person: Person,
  items: readonly Item[],
  setting: Setting & { readonly raw: string; readonly isDisowned?: boolean },
): Step {
  const { world, round, raw } = setting
  const { me, office } = world
  const foreign = items.find((item) => !mayHand(item, setting))
  if (foreign) {
    const owner = inChargeOf(foreign, round, office).name
    return say(talk, [{ key: 'notYours', values: { item: foreign.name, owner } }], world)
  }
  const until = person.id === me.id ? undefined : awayUntil(person, round)
  if (until !== undefined) {
    const step = say(talk, [sayAway(person, until, world)], world)
    return { ...step, talk: { ...step.talk, awaiting: { type: 'whom', codes: codesOf(items) } } }
  }
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
  const manner = mannerOf(person, items, setting)
  const told: readonly Effect[] = [
    ...(person.id === me.id
      ? []
      : [
          {
            ...tell(person.id, {
              key: HANDED[manner],
              values: { from: me.name, period, deadline: describeMoment(round.schedule.deadline), lines },
            }),
            choices: [{ key: 'quick.start' }] as const,
          },
        ]),
    ...owners
      .filter(({ id }) => id !== me.id && id !== person.id)
      .map(({ id }) => {
        // Each hears of their own items only.
        const own = items.filter((item) =>
          isConcerned(item, { round, world: { ...world, me: { ...me, id } } }),
        )
        const names = own.map(
          (item): Say => ({ key: 'told.item', values: { code: item.code, item: item.name } }),
        )
        return tell(
          id,
          person.id === me.id
            ? { key: 'hand.movedToSelf', values: { from: me.name, lines: names } }
            : { key: 'hand.moved', values: { from: me.name, person: person.name, lines: names } },
        )
      }),
  ]
  const isMine = items.some((item) => ownerOf(office, item.duty).id === me.id)
  const done: Say =
    person.id === me.id
      ? { key: 'hand.taken', values: { lines } }
      : {
          key: manner === 'handed' && isMine ? 'hand.done' : DONE[manner],
          values: { person: person.name, lines },
        }
  const unreachable = unreachableSay(person, world)
  const { choice: _, ...free } = settled(talk)
  const isAside = !items.some((item) => isConcerned(item, setting))
  const step = keep({ ...free, undo: [] }, marks, { ...setting, isAside }, [done, ...unreachable])
  return { talk: step.talk, effects: [...step.effects, ...told] }
}

/** Handed to a colleague, given back to the holder of the duty, or owned by nobody and for the coordinator to place. */
type Manner = 'handed' | 'returned' | 'disowned'

const HANDED = { handed: 'hand.to', returned: 'hand.back', disowned: 'notMe.disowned' } as const
const DONE = { handed: 'hand.assigned', returned: 'hand.returned', disowned: 'notMe.passed' } as const

function mannerOf(
  person: Person,
  items: readonly Item[],
  { world: { me, office }, round, isDisowned }: Setting & { readonly isDisowned?: boolean },
): Manner {
  if (isDisowned) return 'disowned'
  const isReturn = (item: Item) =>
    ownerOf(office, item.duty).id === person.id && inChargeOf(item, round, office).id === me.id
  return items.every(isReturn) ? 'returned' : 'handed'
}

function codesOf(items: readonly Item[]): string[] {
  return items.map(({ code }) => code)
}

export function sayAway(person: Person, until: string, { office, me }: World): Say {
  const others = office.people.filter(({ id }) => id !== person.id)
  return {
    key: 'away.alsoAway',
    values: { person: person.name, day: writeDay(until), names: namesOf({ ...office, people: others }, me) },
  }
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
  return { ...step, talk: { ...step.talk, awaiting: { type: 'whom', codes: codesOf(items) } } }
}

function askWhom(talk: Talk, people: readonly Person[], items: readonly Item[], world: World): Step {
  const lines = numbered(
    people.map(({ name: person, title }): Say => ({ key: 'hand.name', values: { person, title } })),
  )
  const step = say(talk, [{ key: 'hand.which', values: { lines } }], world)
  return {
    talk: {
      ...step.talk,
      awaiting: { type: 'whom', codes: codesOf(items), people: people.map(({ id }) => id) },
    },
    effects: step.effects.map((effect) => (effect.type === 'say' ? { ...effect, choices: lines } : effect)),
  }
}

/** The colleagues by name, but oneself. */
export function namesOf({ people }: Office, me: Person): string {
  return people
    .filter(({ id }) => id !== me.id)
    .map(({ name }) => name)
    .join(', ')
}

/** The name asked for, or the number of one of several; undefined when the words are an answer after all. */
export function takeWhom(
  talk: Talk,
  { codes, people: offered = [] }: { readonly codes: readonly string[]; readonly people?: readonly string[] },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { round, world, raw } = setting
  const name = raw.replace(/^(?:nhờ|nho|chuyển cho|chuyen cho|cho)\s+/iu, '')
  const { number } = readOptionNumber(raw)
  const picked = number === undefined ? undefined : findPerson(world.office, offered[number - 1] ?? '')
  const [person, ...others] = picked ? [picked] : peopleMeant(name, world)
  const items = codes.flatMap((code) => findItem(round.pack, code) ?? [])
  if (!person)
    return isNameless(name, talk) ? undefined : unknownPerson({ ...talk, confused: 1 }, name, items, world)
  return others.length > 0
    ? askWhom(talk, [person, ...others], items, world)
    : handTo(talk, person, items, setting)
}

/** Whether words said where a name was asked for are none, or have been asked about once already. */
export function isNameless(words: string, { confused }: Talk): boolean {
  const isName =
    /^[\p{L}\s./]{2,40}$/u.test(words) && words.trim().split(/\s+/).length <= NAME_WORDS_BESIDE_TEXT
  return (
    confused > 0 ||
    !isName ||
    readCommand(words) !== undefined ||
    readFigure(words, { kind: 'count' }).outcome !== 'refuse'
  )
}

/** "chuyển cho ai?", asked of who chose to hand the item on. */
export function askForWhom(talk: Talk, codes: readonly string[], world: World): Step {
  const step = say(talk, [{ key: 'hand.whom', values: { names: namesOf(world.office, world.me) } }], world)
  return { ...step, talk: { ...step.talk, awaiting: { type: 'whom', codes: [...codes] } } }
}
