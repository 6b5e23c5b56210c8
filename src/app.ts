import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel, OutMessage, Receive, Update } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { addMinutes } from './core/calendar.ts'
import { type Stance, stancesOf } from './core/contradictions.ts'
import { findPerson, hasRole, type Office, type Person } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { duePeriods, type Period } from './core/period.ts'
import { NEW_TALK, step, Talk } from './core/talk.ts'
import { createDeeds, type TurnFor } from './deeds.ts'
import { type Draft, draftReport, exportFigures } from './draft.ts'
import { BOUND, CODE, limitFile, readEvent } from './incoming.ts'
import { createOfficeReader, readRound, readRounds } from './rounds.ts'
import type {
  Address,
  Deed,
  Facts,
  Inbound,
  Outcome,
  OutRow,
  Store,
  StoredInbound,
  StoredPeriod,
} from './store/store.ts'
import type { Audience, Words } from './words.ts'

export interface AppOptions {
  readonly store: Store
  readonly packs: readonly ReportPack[]
  readonly words: Words
  readonly channels: readonly Channel[]
  /** What time it is; the only way the shell learns it. */
  readonly clock: () => Moment
  readonly log: Logger
}

/** The shell: it receives, beats, delivers and drafts, and takes no decision. */
export interface App {
  /** A channel hands in what arrived; resolves once it is stored. */
  receive(channel: string): Receive
  /** Opens what is due, works off what waits, delivers what is pending. Safe to call any number of times. */
  beat(): Promise<void>
  openPeriod(officeId: string, pack: ReportPack, period: Period): Promise<'opened' | 'known'>
  draft(officeId: string, wanted: Wanted): Promise<Draft>
  /** The figures as a workbook, in the order of the form. */
  figures(officeId: string, wanted: Wanted): Promise<Uint8Array>
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>
  /** Takes nothing new in and finishes what is in hand. */
  stop(): Promise<void>
  readonly counts: Counts
}

/** Which draft: of what period by what pack, with the record of sources or without. */
export interface Wanted {
  readonly period: Period
  readonly pack: ReportPack
  readonly withSources?: boolean
}

export interface Counts {
  turns: number
  faults: number
  turnMs: number
}

const LEASE_MINUTES = 2
const CLAIM_MAX = 50

export function createApp(options: AppOptions): App {
  const { store, packs, words, clock, log } = options
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]))
  const repeatable = options.channels
    .filter((channel) => channel.capabilities.isRepeatable)
    .map((channel) => channel.name)
  const readOffice = createOfficeReader()
  const { deedOf } = createDeeds({
    packs,
    words,
    buttonsOf: (channel) => channels.get(channel)?.capabilities.buttons,
  })
  const counts: Counts = { turns: 0, faults: 0, turnMs: 0 }
  const lines = new Map<string, Promise<void>>()
  let delivery: Promise<void> = Promise.resolve()
  let isDeliveryDue = false
  let isStopping = false

  /** A message: stored, acknowledged, then worked off in line for its chat. */
  function receive(channel: string): Receive {
    return async (update) => {
      if (isStopping) return notStored(update)
      try {
        const inbound = await inboundOf(channel, update)
        if ((await store.takeIn(inbound)) === 'new') void workOff({ channel, chat: update.chat })
        return { isStored: true }
      } catch (error) {
        counts.faults += 1
        log.error({ err: error, channel }, 'a message could not be stored')
        return notStored(update)
      }
    }
  }

  /** Nobody's trouble with the bot is told to a whole group. */
  function notStored({ sender }: Update): Awaited<ReturnType<Receive>> {
    const say = sender === undefined ? { say: words.phrase({ key: 'fault.notStored' }, STRANGER) } : {}
    return { isStored: false, ...say }
  }

  async function inboundOf(channel: string, update: Update): Promise<Inbound> {
    const { id, chat, files, edits, sender } = update
    const text = update.text.normalize('NFC')
    const isBound = sender === undefined && (await redeem({ channel, chat }, text))
    return {
      channel,
      chat,
      updateId: id,
      text: isBound ? `${BOUND}${text.trim().slice(-6)}` : text,
      files: files.map(limitFile),
      at: clock(),
      ...(edits === undefined ? {} : { edits }),
      ...(sender === undefined ? {} : { sender }),
    }
  }

  async function redeem(address: Address, text: string): Promise<boolean> {
    const code = CODE.exec(text.trim())?.[1]
    if (code === undefined) return false
    return (await store.redeemInvite(address, hashCode(code), clock())) !== undefined
  }

  /** Turns of one chat follow each other; chats go side by side. */
  function workOff(address: Address): Promise<void> {
    const key = `${address.channel}\n${address.chat}`
    const line = (lines.get(key) ?? Promise.resolve()).then(() => takeTurns(address))
    lines.set(key, line)
    return line.finally(() => {
      if (lines.get(key) === line) lines.delete(key)
    })
  }

  async function takeTurns(address: Address): Promise<void> {
    let inbound: StoredInbound | undefined
    try {
      for (;;) {
        const started = performance.now()
        const deed = await store.turn({ type: 'message', ...address }, (facts) => {
          inbound = facts.inbound
          return answerMessage(facts, address)
        })
        if (!deed) return
        counts.turns += 1
        counts.turnMs += performance.now() - started
        deliver()
      }
    } catch (error) {
      await noteFault(error, address, inbound)
    }
  }

  async function answerMessage(facts: Facts, address: Address): Promise<Deed | undefined> {
    const { inbound } = facts
    if (!inbound) return undefined
    const at = clock()
    const office = facts.office && readOffice(facts.office)
    const person = office && facts.personId !== undefined ? findPerson(office, facts.personId) : undefined
    if (!office || !person)
      return inbound.sender === undefined ? strangerDeed(address, at) : { ...EMPTY_DEED, at }
    const event = await readEvent(inbound, facts)
    const talk = await readTalk(facts, person)
    const turn = {
      facts,
      office,
      person,
      at,
      address,
      key: `reply:${inbound.id}`,
      // However often it is reworded, it is one message.
      messageId: inbound.edits ?? inbound.updateId,
    }
    const deed = await deedOf(step(talk, event, await worldFor(turn, talk)), turn)
    return event.type === 'group' ? { ...deed, talks: [] } : deed
  }

  /** All a decision may look at. A leader sees the latest closed collection whole, and the one being looked at, the versions handed out, and who is at a contradiction. */
  async function worldFor(
    { facts, office, person, at }: Pick<TurnFor, 'facts' | 'office' | 'person' | 'at'>,
    { viewed }: Talk,
  ) {
    const isLeader = hasRole(person, 'chairman', 'coordinator')
    const rounds = await readRounds(facts, {
      office,
      packs,
      now: at,
      withClosed: isLeader,
      ...(viewed ? { viewed: viewed.periodKey } : {}),
    })
    const keys = isLeader ? rounds.map(({ period }) => period.key) : []
    const versions = new Map(
      await Promise.all(keys.map(async (key) => [key, await facts.versionsOf(key)] as const)),
    )
    const reachable = new Set(await facts.reachable())
    const stances = isLeader ? await readStances(facts, office) : []
    return {
      now: at,
      office,
      me: person,
      packs: packsOf(office, packs),
      rounds,
      reachable,
      versions,
      stances,
    }
  }

  /** What each person's talk says of contradictions. */
  async function readStances(facts: Facts, office: Office): Promise<readonly Stance[]> {
    const talks = await Promise.all(
      office.people.map(async (person) => ({ person, talk: await readTalk(facts, person) })),
    )
    return talks.flatMap(({ person, talk }) => stancesOf(person.id, talk))
  }

  /** One neutral sentence, at most once an hour a chat: the key keeps it so. */
  function strangerDeed(address: Address, at: Moment): Deed {
    const text = words.phrase({ key: 'stranger.hello' }, STRANGER)
    const key = `stranger:${address.channel}:${address.chat}:${at.slice(0, 13)}`
    return { ...EMPTY_DEED, at, messages: [{ ...address, key, text, choices: [] }] }
  }

  async function readTalk(facts: Facts, person: Person): Promise<Talk> {
    const stored = await facts.talkOf(person.id)
    if (stored === undefined) return NEW_TALK
    const talk = Talk.safeParse(JSON.parse(stored))
    if (!talk.success) log.warn({ person: person.id }, 'a stored talk is of an older form and begins anew')
    return talk.success ? talk.data : NEW_TALK
  }

  /** The door of a message: what failed is logged whole and told in one calm sentence with its number. */
  async function noteFault(
    error: unknown,
    address: Address,
    inbound: StoredInbound | undefined,
  ): Promise<void> {
    const incident = incidentOf(clock(), counts.faults)
    counts.faults += 1
    log.error({ err: error, incident, channel: address.channel }, 'a turn failed')
    const noted =
      inbound === undefined
        ? undefined
        : await store.noteFailure(inbound.id, incident, clock()).catch(() => undefined)
    if (inbound?.sender !== undefined) return
    const key = noted?.isGivenUp ? 'fault.givenUp' : 'fault.incident'
    const text = words.phrase({ key, values: { number: incident } }, STRANGER)
    try {
      await channels.get(address.channel)?.send(address.chat, { id: incident, text, choices: [] })
    } catch (cause) {
      log.error({ err: cause, incident }, 'the person could not be told of it')
    }
  }

  /** Opens the collection and tells everyone who can be reached, once for all time. */
  async function openPeriod(officeId: string, pack: ReportPack, period: Period): Promise<'opened' | 'known'> {
    const deed = await store.turn({ type: 'deed', officeId, key: `open:${period.key}` }, async (facts) => {
      if (!facts.office) return undefined
      const at = clock()
      const office = readOffice(facts.office)
      const opened: StoredPeriod = { key: period.key, packId: pack.id, openedAt: at }
      const shelf = { periods: [opened, ...facts.periods], answersOf: facts.answersOf }
      const rounds = await readRounds(shelf, { office, packs, now: at })
      const deeds = await Promise.all(office.people.map((person) => greetingFor(person)))
      return {
        ...EMPTY_DEED,
        at,
        periods: [opened],
        talks: deeds.flatMap((one) => one?.talks ?? []),
        messages: deeds.flatMap((one) => one?.messages ?? []),
        audits: [{ actor: 'thuky', action: 'open', detail: JSON.stringify({ period: period.key }) }],
      }

      async function greetingFor(person: Person): Promise<Deed | undefined> {
        const [address] = await facts.addressesOf(person.id)
        if (!address) return undefined
        const world = { now: at, office, me: person, packs: packsOf(office, packs), rounds }
        const decided = step(
          await readTalk(facts, person),
          { type: 'opened', periodKey: period.key },
          { ...world, reachable: new Set(), versions: new Map() },
        )
        return deedOf(decided, {
          facts,
          office,
          person,
          at,
          address,
          key: `open:${officeId}:${period.key}:${person.id}`,
          messageId: '',
        })
      }
    })
    if (deed) deliver()
    return deed ? 'opened' : 'known'
  }

  /** Periods whose opening has come and whose deadline has not gone. */
  async function openDuePeriods(): Promise<void> {
    const now = clock()
    for (const stored of await store.listOffices()) {
      const office = readOffice(stored)
      const known = new Set((await store.listPeriods(stored.id)).map((period) => period.key))
      for (const { pack, period } of duePeriods(office, packsOf(office, packs), now)) {
        if (!known.has(period.key)) await openPeriod(stored.id, pack, period)
      }
    }
  }

  /** Whoever asked to be reminded at an hour that has come is asked then; once, for the mark goes with it. */
  async function recallDue(): Promise<void> {
    const now = clock()
    for (const { id } of await store.listOffices()) {
      const open = (await store.listPeriods(id)).filter(({ closedAt }) => closedAt === undefined)
      for (const { key } of open) {
        const marks = await store.listMarks(id, { periodKey: key, kind: 'later' })
        for (const { by, text: due } of marks.flatMap(({ by, given }) =>
          given.state === 'text' && given.text <= now ? [{ by, text: given.text }] : [],
        ))
          await recall(id, key, { by, due })
      }
    }
  }

  async function recall(
    officeId: string,
    periodKey: string,
    { by, due }: { readonly by: string; readonly due: Moment },
  ): Promise<void> {
    const key = `later:${periodKey}:${by}:${due}`
    const deed = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      const office = facts.office && readOffice(facts.office)
      const person = office && findPerson(office, by)
      const [address] = person ? await facts.addressesOf(by) : []
      if (!office || !person || !address) return undefined
      const turn = { facts, office, person, at: clock(), address, key, messageId: '' }
      const talk = await readTalk(facts, person)
      return deedOf(step(talk, { type: 'recalled', periodKey }, await worldFor(turn, talk)), turn)
    })
    if (deed) deliver()
  }

  /** Sends what is pending; a call while one is running makes it look once more. */
  function deliver(): void {
    isDeliveryDue = true
    delivery = delivery.then(async () => {
      while (isDeliveryDue) {
        isDeliveryDue = false
        try {
          await deliverAll()
        } catch (error) {
          counts.faults += 1
          log.error({ err: error }, 'the outbox could not be worked off')
        }
      }
    })
  }

  async function deliverAll(): Promise<void> {
    for (;;) {
      const at = clock()
      const rows = await store.claim({
        at,
        leaseUntil: addMinutes(at, LEASE_MINUTES),
        limit: CLAIM_MAX,
        repeatable,
      })
      if (rows.length === 0) return
      await Promise.all(rows.map(async (row) => store.settle(row, await send(row), clock())))
    }
  }

  async function send(row: OutRow): Promise<Outcome> {
    const channel = channels.get(row.channel)
    if (!channel) return { type: 'retry', notBefore: addMinutes(clock(), 10) }
    const message: OutMessage = {
      id: row.id,
      text: row.text,
      choices: row.choices.slice(0, channel.capabilities.buttons),
      ...(row.file ? { file: row.file } : {}),
    }
    const result = await channel.send(row.chat, message)
    if (result.type === 'retryLater')
      return { type: 'retry', notBefore: addMinutes(clock(), result.afterMs / 60_000) }
    return result
  }

  async function beat(): Promise<void> {
    if (isStopping) return
    await openDuePeriods()
    await recallDue()
    for (const address of await store.listWaiting()) void workOff(address)
    deliver()
    await idle()
  }

  async function idle(): Promise<void> {
    while (lines.size > 0) await Promise.all(lines.values())
    await delivery
  }

  async function readWanted(officeId: string, { period, pack }: Wanted) {
    const stored = (await store.listOffices()).find((one) => one.id === officeId)
    if (!stored) throw new Error(`no office ${officeId}`)
    const office = readOffice(stored)
    const shelf = {
      periods: await store.listPeriods(officeId),
      answersOf: (key: string) => store.listAnswers(officeId, key),
    }
    return { office, round: await readRound(shelf, { office, pack, period, now: clock() }) }
  }

  return {
    receive,
    beat,
    openPeriod,
    draft: async (officeId, { period, pack, withSources = false }) => {
      const { round, office } = await readWanted(officeId, { period, pack })
      const history = withSources ? await store.listAnswers(officeId, period.key) : undefined
      return draftReport({ round, office, ...(history ? { history } : {}) }, words)
    },
    figures: async (officeId, wanted) => {
      const { round, office } = await readWanted(officeId, wanted)
      return exportFigures(round, office, words)
    },
    idle,
    stop: async () => {
      isStopping = true
      await idle()
    },
    counts,
  }
}

const STRANGER: Audience = { address: 'đồng chí', name: '' }

const EMPTY_DEED: Omit<Deed, 'at'> = {
  talks: [],
  answers: [],
  messages: [],
  audits: [],
  periods: [],
  versions: [],
  unbinds: [],
}

/** Only the hash of a one-time code is kept. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code.toUpperCase()).digest('hex')
}

/** "SC-0303-0800-1": short enough to be read out on the telephone. */
function incidentOf(at: Moment, count: number): string {
  return `SC-${at.slice(8, 10)}${at.slice(5, 7)}-${at.slice(11, 13)}${at.slice(14, 16)}-${count + 1}`
}
