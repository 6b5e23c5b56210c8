import type { Moment } from './core/answer.ts'
import { hasRole, type Office, type Person, type Role } from './core/office.ts'
import { step } from './core/step.ts'
import type { Event } from './core/talk.ts'
import type { Deeds, TurnFor } from './deeds.ts'
import { type Deed, EMPTY_DEED, type Store, type StoredOffice } from './store/store.ts'
import type { Worlds } from './world.ts'

/** Steps that nobody's message led to. */
export interface Steps {
  stepEach(
    at: Pick<TurnFor, 'facts' | 'office' | 'at'>,
    people: readonly Person[],
    what: {
      readonly event: Event
      readonly key: string
      readonly isUnasked?: boolean
      /** Channels that are not to be used where there is another. */
      readonly avoid?: ReadonlySet<string>
    },
  ): Promise<Deed>
  announce(
    officeId: string,
    what: {
      readonly key: string
      readonly to: readonly Role[]
      readonly event: Event
      readonly avoid?: ReadonlySet<string>
      /** Not this person, whom it is about. */
      readonly not?: string
    },
  ): Promise<void>
}

const FALLBACK: readonly Role[] = ['coordinator', 'admin', 'chairman']

export function createSteps({
  store,
  deedOf,
  worldFor,
  readTalk,
  readOffice,
  clock,
  deliver,
}: Deeds &
  Worlds & {
    readonly store: Store
    readonly readOffice: (stored: StoredOffice) => Office
    readonly clock: () => Moment
    readonly deliver: () => void
  }): Steps {
  /** What an event leads to for each of these who can be written to. */
  async function stepEach(
    { facts, office, at }: Pick<TurnFor, 'facts' | 'office' | 'at'>,
    people: readonly Person[],
    { event, key, isUnasked = true, avoid }: Parameters<Steps['stepEach']>[2],
  ): Promise<Deed> {
    const addresses = await facts.addresses()
    const deeds: Deed[] = []
    for (const person of people) {
      const own = addresses.filter((one) => one.personId === person.id && one.closed === undefined)
      const address = own.find(({ channel }) => !avoid?.has(channel)) ?? own[0]
      if (!address) continue
      const { channel, chat } = address
      const turn: TurnFor = {
        facts,
        office,
        person,
        at,
        address: { channel, chat },
        key: `${key}:${person.id}`,
        messageId: '',
        isUnasked,
      }
      const talk = await readTalk(facts, person)
      deeds.push(await deedOf(step(talk, event, await worldFor(turn, talk)), turn))
    }
    return {
      ...EMPTY_DEED,
      at,
      talks: deeds.flatMap(({ talks }) => talks),
      answers: deeds.flatMap(({ answers }) => answers),
      messages: deeds.flatMap(({ messages }) => messages),
      audits: deeds.flatMap(({ audits }) => audits),
    }
  }

  /** Tells those who look after the bot what happened to it, once for all time; none of it may be held back. */
  async function announce(
    officeId: string,
    { key, to, event, avoid, not }: Parameters<Steps['announce']>[1],
  ): Promise<void> {
    const told = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      if (!facts.office) return undefined
      const office = readOffice(facts.office)
      const open = new Set(
        (await facts.addresses()).flatMap(({ personId, closed }) => (closed === undefined ? personId : [])),
      )
      // Where none of those can be told, the next who can.
      const people = [to, ...FALLBACK.map((role) => [role])]
        .map((roles) =>
          office.people.filter(
            (person) => hasRole(person, ...roles) && person.id !== not && open.has(person.id),
          ),
        )
        .find((found) => found.length > 0)
      if (!people) return undefined
      const way = avoid === undefined ? {} : { avoid }
      const deed = await stepEach({ facts, office, at: clock() }, people, { event, key, ...way })
      return { ...deed, messages: deed.messages.map(({ held: _, ...message }) => message) }
    })
    if (told) deliver()
  }

  return { stepEach, announce }
}
