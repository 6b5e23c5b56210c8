import { channelsCalled, nameChannel } from './channel.ts'
import { coordinatorOf } from './charge.ts'
import { nameOf, tell } from './follow.ts'
import { askedText } from './hand.ts'
import { currentRound, say } from './next.ts'
import { hasRole, type Person } from './office.ts'
import { findPeople } from './people.ts'
import type { Say } from './say.ts'
import type { Effect, Event, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

/** "kênh": from where one may write, and where one is written to. */
export function listChannels(talk: Talk, world: World): Step {
  const { addresses = [], channel } = world
  const first = writtenTo(world)
  const lines = addresses.map((one, index): Say => {
    const values = { channel: nameChannel(one.channel) }
    if (one === first) return { key: 'channels.first', values }
    if (!one.isClosed) return { key: 'channels.line', values }
    return { key: one.isPreferred && index === 0 ? 'channels.preferredClosed' : 'channels.closed', values }
  })
  const other = addresses.find((one) => one.channel !== (first?.channel ?? channel))
  const how: readonly Say[] = other
    ? [{ key: 'channels.how', values: { channel: nameChannel(other.channel) } }]
    : []
  const list: Say =
    lines.length === 0 ? { key: 'channels.none' } : { key: 'channels.list', values: { lines } }
  return say(talk, [list, ...how], world)
}

/** The first that is not closed; they stand in the order they are written to. */
function writtenTo({ addresses = [] }: World) {
  return addresses.find(({ isClosed }) => !isClosed)
}

/** "nhắn qua Zalo" */
export function prefer(talk: Talk, words: string, world: World): Step {
  const { addresses = [], office, me } = world
  const channels = channelsCalled(words)
  const found = channels.flatMap((channel) => addresses.filter((one) => one.channel === channel))
  const address = found.find(({ isClosed }) => !isClosed) ?? found[0]
  if (!address) {
    const channel = nameChannel(channels[0] ?? words)
    const person = keepersBut(world)[0] ?? coordinatorOf(office)
    const how: Say = isKeeper(me)
      ? { key: 'prefer.noneOwn', values: { channel } }
      : { key: 'prefer.none', values: { channel, person: person.name } }
    return say(talk, [how], world)
  }
  const values = { channel: nameChannel(address.channel) }
  const closed: readonly Say[] = address.isClosed ? [{ key: 'prefer.closed', values }] : []
  const step = say(talk, [{ key: 'prefer.done', values }, ...closed], world)
  return { ...step, effects: [{ type: 'prefer', channel: address.channel }, ...step.effects] }
}

/** "gỡ Hà zalo", "gỡ Hà": an account that should not be there goes; undefined when the words are an answer after all. */
export function unbindOther(
  talk: Talk,
  { whom, channel }: { readonly whom: string; readonly channel: string },
  world: World,
): Step | undefined {
  const person = ownerMeant({ talk, whom, isClear: channel !== '' }, world)
  if (!person || 'key' in person) return person && say(talk, [person], world)
  const personId = person.id
  const channels = channelsCalled(channel)
  const gone: readonly Effect[] =
    channel === ''
      ? [{ type: 'unbindOther', personId }]
      : channels.map((one) => ({ type: 'unbindOther', personId, channel: one }))
  const account: Say =
    channel === ''
      ? { key: 'account.any' }
      : { key: 'account.on', values: { channel: nameChannel(channels[0] ?? channel) } }
  const step = say(talk, [{ key: 'unbound.done', values: { account, person: person.name } }], world)
  const told: Say = { key: 'unbound.told', values: { account, from: world.me.name } }
  return {
    ...step,
    effects: [...gone, ...step.effects, ...(personId === world.me.id ? [] : [tell(personId, told)])],
  }
}

/** "cấp mã Hà": the shell makes the code, and says it; undefined when the words are an answer after all. */
export function invite(talk: Talk, whom: string, world: World): Step | undefined {
  const person = ownerMeant({ talk, whom, isClear: true }, world)
  if (!person || 'key' in person) return person && say(talk, [person], world)
  return { talk, effects: [{ type: 'invite', personId: person.id }] }
}

const SELF = /^(?:toi|em|minh)$/
const LIKE_NAME = /^[\p{L}./]+(?: [\p{L}./]+){0,3}$/u

/** Whose account it is about; what is to be said where that is not clear, undefined where nobody need be meant. */
function ownerMeant(
  { talk, whom, isClear }: { readonly talk: Talk; readonly whom: string; readonly isClear: boolean },
  world: World,
): Person | Say | undefined {
  const { me, office } = world
  const people = SELF.test(foldText(whom)) ? [me] : findPeople(office, whom)
  const round = currentRound(world)
  const mayBeText = round !== undefined && askedText(talk, { world, round })
  if (people.length === 0 && !(isKeeper(me) && isClear && LIKE_NAME.test(whom) && !mayBeText))
    return undefined
  if (!isKeeper(me)) return { key: 'account.notAllowed', values: { person: coordinatorOf(office).name } }
  const [person, ...others] = people
  if (!person) return { key: 'account.unknown', values: { raw: shorten(whom) } }
  const names = people.map(({ name }) => name).join(', ')
  return others.length > 0 ? { key: 'account.which', values: { names } } : person
}

type Binding = Event & { readonly type: 'bound' }

/** What else hears who now writes from one more place. */
export function sayBoundToo({ channel: here, others = [] }: Binding, world: World): readonly Say[] {
  if (here === undefined || others.length === 0) return []
  const channel = nameChannel(here)
  const current = writtenTo(world)?.channel ?? others[0] ?? here
  const other = others.find((one) => one !== here)
  if (other === undefined) return [{ key: 'bound.another', values: { channel } }]
  return current === here
    ? [{ key: 'bound.alsoHere', values: { channel, other: nameChannel(other) } }]
    : [{ key: 'bound.also', values: { channel, current: nameChannel(current) } }]
}

/** One more account of somebody, or an account that was another's: who keeps the accounts hears of it. */
export function tellOfBinding({ channel, others = [], from }: Binding, world: World): readonly Effect[] {
  if (others.length === 0 && from === undefined) return []
  const values = { person: world.me.name, channel: nameChannel(channel ?? '') }
  const told: Say =
    from === undefined
      ? { key: 'bound.told', values }
      : { key: 'bound.toldMoved', values: { ...values, before: nameOf(from, world) } }
  return keepersBut(world).map(({ id }) => tell(id, told))
}

/** The administrators beside who speaks; without one, the coordinator. */
function keepersBut({ office, me }: World): readonly Person[] {
  const administrators = office.people.filter((person) => hasRole(person, 'admin') && person.id !== me.id)
  const coordinator = coordinatorOf(office)
  return administrators.length > 0 || coordinator.id === me.id ? administrators : [coordinator]
}

/** Who looks after accounts, and after messages that may not have arrived. */
export function isKeeper(person: Person): boolean {
  return hasRole(person, 'coordinator', 'admin')
}
