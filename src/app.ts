import type { Logger } from 'pino'
import type { Channel, Notify, Receive, Trouble, Update } from './channels/channel.ts'
import { createChores } from './chores.ts'
import type { Moment } from './core/answer.ts'
import { addMinutes } from './core/calendar.ts'
import { menuFor } from './core/menu.ts'
import { findPerson } from './core/office.ts'
import type { ReportPack } from './core/pack.ts'
import type { Period } from './core/period.ts'
import type { Due } from './core/remind.ts'
import { step } from './core/step.ts'
import type { Event } from './core/talk.ts'
import { createDeeds, type TurnFor } from './deeds.ts'
import { createDelivery } from './delivery.ts'
import { createDetour } from './detour.ts'
import { type Draft, draftReport, exportFigures } from './draft.ts'
import { inboundOf, isWhole, readEvent, readNote } from './incoming.ts'
import type { LinkDesk } from './links.ts'
import { createNotices } from './notices.ts'
import { messageOf } from './outgoing.ts'
import { createOfficeReader, readRound } from './rounds.ts'
import { createSteps } from './steps.ts'
import {
  type Address,
  type Deed,
  EMPTY_DEED,
  type Facts,
  type Store,
  type StoredInbound,
} from './store/store.ts'
import { createStrangers, STRANGER } from './strangers.ts'
import type { Words } from './words.ts'
import { createWorlds } from './world.ts'

export interface AppOptions {
  readonly store: Store
  readonly packs: readonly ReportPack[]
  readonly words: Words
  readonly channels: readonly Channel[]
  /** What time it is; the only way the shell learns it. */
  readonly clock: () => Moment
  readonly log: Logger
  /** For files where a channel has none; absent where nobody can reach us by a link. */
  readonly links?: LinkDesk
}

/** The shell: it receives, beats, delivers and drafts, and takes no decision. */
export interface App {
  /** A channel hands in what arrived; resolves once it is stored. */
  receive(channel: string): Receive
  /** A channel tells what it has learned beside messages. */
  notify(channel: string): Notify
  /** All the chores at once. Each is safe to do any number of times, on any number of processes. */
  beat(): Promise<void>
  /** Opens the collections whose time has come. */
  openDue(): Promise<void>
  /** Reminds, chases promises, escalates and delivers the draft, as far as any of these kinds is due; all without `kinds`. */
  remind(kinds?: readonly Due['type'][]): Promise<void>
  /** Works off what waits, and delivers what is pending. */
  work(): Promise<void>
  /** Removes what has had its time. */
  tidy(): Promise<void>
  openPeriod(officeId: string, pack: ReportPack, period: Period): Promise<'opened' | 'known'>
  draft(officeId: string, wanted: Wanted): Promise<Draft>
  /** The figures as a workbook, in the order of the form. */
  figures(officeId: string, wanted: Wanted): Promise<Uint8Array>
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>
  /** Takes nothing new in and finishes what is in hand. */
  stop(): Promise<void>
  /** The channels that need a person, each with why. */
  troubled(): ReadonlyMap<string, Trouble>
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

/** How long a file is asked for again before the turn goes on without it. */
const FETCH_MINUTES = 10

export function createApp(options: AppOptions): App {
  const { store, packs, words, clock, log, links } = options
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]))
  const repeatable = options.channels
    .filter((channel) => channel.capabilities.isRepeatable)
    .map((channel) => channel.name)
  const capabilitiesOf = (channel: string) => channels.get(channel)?.capabilities
  const readOffice = createOfficeReader()
  const { deedOf } = createDeeds({
    packs,
    words,
    capabilitiesOf,
    inviteLinks: (code) => options.channels.flatMap((channel) => channel.inviteLink?.(code) ?? []),
  })
  const { worldFor, readTalk } = createWorlds({
    packs,
    log,
    canLink: links !== undefined,
    takesFiles: (channel) => capabilitiesOf(channel)?.takesFiles ?? true,
  })
  const deliveries = options.channels.map((channel) =>
    createDelivery({
      store,
      channel,
      clock,
      messageOf: (row) => messageOf(row, { channel, words, links }),
      overtaken: (row) => detour.overtaken(row),
      onSent: () => notices.worked(channel.name),
      onRefused: (row, refusal) => detour.sendElsewhere(row, refusal),
      onFault: (error) => {
        counts.faults += 1
        log.error({ err: error, channel: channel.name }, 'the outbox could not be worked off')
      },
    }),
  )
  const { announce, ...steps } = createSteps({
    store,
    deedOf,
    worldFor,
    readTalk,
    readOffice,
    clock,
    deliver,
  })
  const chores = createChores({
    store,
    packs,
    readOffice,
    clock,
    repeatable,
    deliver,
    onFault: (error, key) => {
      counts.faults += 1
      log.error({ err: error, key }, 'what was due could not be done')
    },
    remaining,
    announce,
    ...steps,
  })
  const shell = { store, clock, log, announce }
  const notices = createNotices({ ...shell, readOffice })
  const strangers = createStrangers({ words, channels })
  const detour = createDetour({ ...shell, readOffice, readTalk, deliver, capabilitiesOf })
  const counts: Counts = { turns: 0, faults: 0, turnMs: 0 }
  const lines = new Map<string, Promise<void>>()
  const entering = new Map<string, Promise<void>>()
  let isStopping = false

  /** A message: stored, acknowledged, then worked off in line for its chat. */
  function receive(channel: string): Receive {
    return async (update) => {
      if (isStopping) return notStored(update)
      try {
        await inOrder(`${channel}\n${update.chat}`, async () => {
          const inbound = await inboundOf(channel, update, { store, at: clock() })
          if ((await store.takeIn(inbound)) === 'new') void workOff({ channel, chat: update.chat })
        })
        if (update.phone !== undefined) await notices.tellOfCaller(channel, update)
        notices.worked(channel)
        return { isStored: true }
      } catch (error) {
        counts.faults += 1
        log.error({ err: error, channel }, 'a message could not be stored')
        return notStored(update)
      }
    }
  }

  /** A press or a code has to be looked up first: what the same chat says after it waits for that. */
  function inOrder(key: string, take: () => Promise<void>): Promise<void> {
    const before = entering.get(key)
    const taken = before ? before.catch(() => undefined).then(take) : take()
    entering.set(key, taken)
    const leave = () => void (entering.get(key) === taken && entering.delete(key))
    taken.then(leave, leave)
    return taken
  }

  /** Nobody's trouble with the bot is told to a whole group. */
  function notStored({ sender }: Update): Awaited<ReturnType<Receive>> {
    const say = sender === undefined ? { say: words.phrase({ key: 'fault.notStored' }, STRANGER) } : {}
    return { isStored: false, ...say }
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
        const deed = await store.turn({ type: 'message', ...address }, async (facts) => {
          inbound = facts.inbound
          return isWhole(facts.inbound) ? answerMessage(facts, address) : undefined
        })
        if (deed) {
          counts.turns += 1
          counts.turnMs += performance.now() - started
          await afterTurn(deed, inbound, address)
          if (inbound?.isLast) return
        } else if (isWhole(inbound) || !(await fetchFiles(inbound, address))) return
      }
    } catch (error) {
      await noteFault(error, address, inbound)
    }
  }

  /** Brings what came by reference; false where the other side cannot be reached now: the beat tries again. */
  async function fetchFiles(inbound: StoredInbound | undefined, { channel }: Address): Promise<boolean> {
    if (!inbound) return false
    const fetched = await Promise.all(
      inbound.files
        .flatMap(({ ref }) => ref ?? [])
        .map(async (ref) => ({ ref, got: (await channels.get(channel)?.fetchFile?.(ref)) ?? 'gone' })),
    )
    const isOld = addMinutes(inbound.at, FETCH_MINUTES) < clock()
    if (fetched.some(({ got }) => got === 'later') && !isOld) return false
    await store.keepFetched(
      inbound.id,
      fetched.map(({ ref, got }) => (typeof got === 'string' ? { ref } : { ref, bytes: got.bytes })),
    )
    return true
  }

  async function answerMessage(facts: Facts, address: Address): Promise<Deed | undefined> {
    const { inbound } = facts
    if (!inbound) return undefined
    const at = clock()
    const office = facts.office && readOffice(facts.office)
    const person = office && facts.personId !== undefined ? findPerson(office, facts.personId) : undefined
    if (!office || !person)
      return inbound.sender === undefined ? strangers.greet(inbound, at) : { ...EMPTY_DEED, at }
    const event = await readEvent(inbound, facts)
    const talk = await readTalk(facts, person)
    const turn: TurnFor = {
      facts,
      office,
      person,
      at,
      address,
      key: `reply:${inbound.id}`,
      // However often it is reworded, it is one message.
      messageId: inbound.edits ?? inbound.updateId,
      isUnasked: false,
    }
    const deed = await deedOf(step(talk, event, await worldFor(turn, talk)), turn)
    if (event.type === 'group') return { ...deed, talks: [] }
    const isClosed = (await facts.addresses()).some(
      (one) => one.chat === address.chat && one.channel === address.channel && one.closed !== undefined,
    )
    return isClosed ? { ...deed, changes: [...deed.changes, { type: 'reopen', ...address }] } : deed
  }

  /** What need not be part of the turn: the words go out, a menu is offered, an incident is told. */
  async function afterTurn(deed: Deed, inbound: StoredInbound | undefined, address: Address): Promise<void> {
    deliver()
    if (readNote(inbound?.note)?.type === 'bound')
      void offerMenu(address).catch((error: unknown) =>
        log.warn({ err: error }, 'a menu could not be offered'),
      )
    await strangers.askPhone(deed, address)
    const held = deed.messages.find(({ held: reason }) => reason !== undefined)
    if (held?.personId === undefined) return
    const post = await store.findPerson(address)
    const key = `looping:${held.personId}:${deed.at.slice(0, 13)}`
    const event: Event = { type: 'looping', personId: held.personId }
    log.error({ person: held.personId }, 'a message was held back')
    if (post) await announce(post.officeId, { key, to: ['coordinator', 'admin'], event })
  }

  /** The channel's own menu shows what this person may ask for. */
  async function offerMenu({ channel, chat }: Address): Promise<void> {
    const post = await store.findPerson({ channel, chat })
    const stored = post && (await store.listOffices()).find(({ id }) => id === post.officeId)
    const person = stored && post && findPerson(readOffice(stored), post.personId)
    const menu = menuFor(person).map(({ command, key }) => ({
      command,
      description: words.phrase({ key }, STRANGER),
    }))
    await channels.get(channel)?.setMenu?.(chat, menu)
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

  /** What the other side has told of it, or what is left of the month. */
  async function remaining(channel: string): Promise<number | undefined> {
    const monthly = capabilitiesOf(channel)?.monthly
    if (monthly === undefined) return channels.get(channel)?.remaining?.()
    const month = `${clock().slice(0, 7)}-01T00:00:00.000+07:00`
    return monthly - (await store.countSent(channel, month))
  }

  function deliver(): void {
    for (const delivery of deliveries) delivery.wake()
  }

  async function beat(): Promise<void> {
    if (isStopping) return
    await chores.openDue()
    await chores.remind()
    await work()
  }

  /** Works off what waits, and delivers what is pending. */
  async function work(): Promise<void> {
    await chores.recallDue()
    await chores.tellUnsure()
    for (const address of await store.listWaiting()) void workOff(address)
    deliver()
    await idle()
  }

  async function idle(): Promise<void> {
    while (lines.size > 0) await Promise.all(lines.values())
    await Promise.all(deliveries.map((delivery) => delivery.idle()))
  }

  function unlessStopping<Args extends readonly unknown[]>(
    chore: (...args: Args) => Promise<void>,
  ): (...args: Args) => Promise<void> {
    return async (...args) => (isStopping ? undefined : chore(...args))
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
    notify: notices.notify,
    troubled: notices.troubled,
    beat,
    openPeriod: chores.openPeriod,
    openDue: unlessStopping(chores.openDue),
    remind: unlessStopping(chores.remind),
    work: unlessStopping(work),
    tidy: unlessStopping(() => store.tidy(clock())),
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
      while (lines.size > 0) await Promise.all(lines.values())
      await Promise.all(deliveries.map((delivery) => delivery.stop()))
    },
    counts,
  }
}

/** "SC-0303-0800-1": short enough to be read out on the telephone. */
function incidentOf(at: Moment, count: number): string {
  return `SC-${at.slice(8, 10)}${at.slice(5, 7)}-${at.slice(11, 13)}${at.slice(14, 16)}-${count + 1}`
}
