import type { Logger } from 'pino'
import { type Stance, stancesOf } from './core/contradictions.ts'
import { hasRole, type Office, type Person } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { NEW_TALK, Talk, type World } from './core/talk.ts'
import type { TurnFor } from './deeds.ts'
import { readRounds } from './rounds.ts'
import type { Facts } from './store/store.ts'

/** What a turn may look at, read from the store. */
export interface Worlds {
  worldFor(turn: Pick<TurnFor, 'facts' | 'office' | 'person' | 'at' | 'address'>, talk: Talk): Promise<World>
  readTalk(facts: Facts, person: Person): Promise<Talk>
}

export function createWorlds(options: {
  readonly packs: readonly ReportPack[]
  readonly log: Logger
  readonly canLink: boolean
  readonly takesFiles: (channel: string) => boolean
}): Worlds {
  const { packs, log, canLink, takesFiles } = options

  /** A leader sees the latest closed collection whole, and the one being looked at, the versions handed out, and who is at a contradiction. */
  async function worldFor(
    { facts, office, person, at, address }: Parameters<Worlds['worldFor']>[0],
    { viewed }: Talk,
  ): Promise<World> {
    const isLeader = hasRole(person, 'chairman', 'coordinator')
    const rounds = await readRounds(facts, {
      office,
      packs,
      now: at,
      withClosed: isLeader,
      ...(viewed ? { whole: [viewed.periodKey] } : {}),
    })
    const keys = isLeader ? rounds.map(({ period }) => period.key) : []
    const versions = new Map(
      await Promise.all(keys.map(async (key) => [key, await facts.versionsOf(key)] as const)),
    )
    const addresses = await facts.addresses()
    return {
      now: at,
      office,
      me: person,
      packs: packsOf(office, packs),
      rounds,
      versions,
      stances: isLeader ? await readStances(facts, office) : [],
      reachable: new Set(addresses.flatMap(({ personId, closed }) => (closed === undefined ? personId : []))),
      addresses: addresses
        .filter(({ personId }) => personId === person.id)
        .map(({ channel, isPreferred, closed }) => ({
          channel,
          isPreferred,
          isClosed: closed !== undefined,
        })),
      channel: address.channel,
      takesFiles: takesFiles(address.channel),
      canLink,
      unsure: hasRole(person, 'coordinator', 'admin') ? await facts.unsure() : [],
    }
  }

  /** What each person's talk says of contradictions. */
  async function readStances(facts: Facts, office: Office): Promise<readonly Stance[]> {
    const talks = await Promise.all(
      office.people.map(async (person) => ({ person, talk: await readTalk(facts, person) })),
    )
    return talks.flatMap(({ person, talk }) => stancesOf(person.id, talk))
  }

  async function readTalk(facts: Facts, person: Person): Promise<Talk> {
    const stored = await facts.talkOf(person.id)
    if (stored === undefined) return NEW_TALK
    const talk = Talk.safeParse(JSON.parse(stored))
    if (!talk.success) log.warn({ person: person.id }, 'a stored talk is of an older form and begins anew')
    return talk.success ? talk.data : NEW_TALK
  }

  return { worldFor, readTalk }
}
