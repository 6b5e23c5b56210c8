import type { Logger } from 'pino'
import type { Channel, Notify, Receive, Update } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { addMinutes } from './core/calendar.ts'
import { menuFor } from './core/menu.ts'
import { never } from './core/never.ts'
import { findPerson, hasRole, type Person, type Role } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { duePeriods, type Period } from './core/period.ts'
import type { Say } from './core/say.ts'
import { type Event, step } from './core/talk.ts'
import { createDeeds, EMPTY_DEED, type TurnFor } from './deeds.ts'
import { createDelivery } from './delivery.ts'
import { type Draft, draftReport, exportFigures } from './draft.ts'
import { inboundOf, isWhole, type Note, readEvent, readNote } from './incoming.ts'
import type { LinkDesk } from './links.ts'
import { fitMessage, messageOf } from './outgoing.ts'
import { createOfficeReader, readRound } from './rounds.ts'
import type { Address, Deed, Facts, OutRow, Store, StoredInbound, StoredPeriod } from './store/store.ts'
import type { Audience, Words } from './words.ts'
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

/** How long a file is asked for again before the turn goes on without it. */
const FETCH_MINUTES = 10
/** Who is told of a message whose end nobody knows hears of it within so long, or from the list. */
const UNSURE_HOURS = 24

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
      onClosed: sendElsewhere,
      onFault: (error) => {
        counts.faults += 1
        log.error({ err: error, channel: channel.name }, 'the outbox could not be worked off')
      },
    }),
  )
  const counts: Counts = { turns: 0, faults: 0, turnMs: 0 }
  const lines = new Map<string, Promise<void>>()
  let isStopping = false

  /** A message: stored, acknowledged, then worked off in line for its chat. */
  function receive(channel: string): Receive {
    return async (update) => {
      if (isStopping) return notStored(update)
      try {
        const inbound = await inboundOf(channel, update, { store, at: clock() })
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

  function notify(channel: string): Notify {
    return async (notice) => {
      const at = clock()
      switch (notice.type) {
        case 'arrived':
          await store.confirmArrival({ channel, chat: notice.chat }, notice, at)
          break
        case 'closed':
          await store.closeAddress({ channel, chat: notice.chat }, notice.reason, at)
          break
        case 'moved':
          await store.moveChat({ channel, chat: notice.chat }, notice.to)
          break
        case 'withdrawn':
          await store.forget({ channel, chat: notice.chat }, at)
          break
        case 'trouble': {
          const { trouble } = notice
          log.error({ channel, trouble }, 'a channel needs a person')
          const key = `trouble:${channel}:${trouble}:${at.slice(0, 10)}`
          for (const { id } of await store.listOffices())
            await announce(id, { key, to: ['admin'], event: { type: 'trouble', trouble, channel } })
          break
        }
        default:
          never(notice)
      }
    }
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
      return inbound.sender === undefined ? strangerDeed(inbound, at) : { ...EMPTY_DEED, at }
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

  /** One neutral sentence, at most once an hour a chat: the key keeps it so. A wrong code is told each time. */
  function strangerDeed({ id, channel, chat, note }: StoredInbound, at: Moment): Deed {
    const { say, key } = strangerSay(readNote(note), { id, hour: at.slice(0, 13) })
    const text = words.phrase(say, STRANGER)
    const message = { channel, chat, key: `stranger:${channel}:${chat}:${key}`, text, choices: [] }
    return { ...EMPTY_DEED, at, messages: [message] }
  }

  /** What need not be part of the turn: the words go out, a menu is offered, an incident is told. */
  async function afterTurn(deed: Deed, inbound: StoredInbound | undefined, address: Address): Promise<void> {
    deliver()
    if (inbound?.note !== undefined) await offerMenu(address)
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

  /** What an event leads to for each of these who can be written to. */
  async function stepEach(
    { facts, office, at }: Pick<TurnFor, 'facts' | 'office' | 'at'>,
    people: readonly Person[],
    { event, key, isUnasked = true }: { event: Event; key: string; isUnasked?: boolean },
  ): Promise<Deed> {
    const addresses = await facts.addresses()
    const deeds: Deed[] = []
    for (const person of people) {
      const address = addresses.find((one) => one.personId === person.id && one.closed === undefined)
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
    { key, to, event }: { readonly key: string; readonly to: readonly Role[]; readonly event: Event },
  ): Promise<void> {
    const told = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      if (!facts.office) return undefined
      const office = readOffice(facts.office)
      const wanted = office.people.filter((person) => hasRole(person, ...to))
      const people =
        wanted.length > 0 ? wanted : office.people.filter((person) => hasRole(person, 'coordinator'))
      const deed = await stepEach({ facts, office, at: clock() }, people, { event, key })
      return { ...deed, messages: deed.messages.map(({ held: _, ...message }) => message) }
    })
    if (told) deliver()
  }

  /** A chat is closed: its words go to another of the person's, or somebody is asked to tell them. */
  async function sendElsewhere(row: OutRow, reason: string): Promise<void> {
    const { officeId, personId, channel, chat } = row
    if (officeId === undefined || personId === undefined) return
    await store.closeAddress({ channel, chat }, reason, clock())
    const key = `moved:${row.id}`
    const deed = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      const open = (await facts.addresses()).find(
        (one) => one.personId === personId && one.closed === undefined && one.channel !== channel,
      )
      if (!facts.office || !open) return undefined
      const { text, choices, file, link } = row
      const message = {
        channel: open.channel,
        chat: open.chat,
        personId,
        key,
        text,
        choices,
        isUnasked: true,
        ...(file ? { file } : {}),
        ...(link ? { link } : {}),
      }
      return { ...EMPTY_DEED, at: clock(), messages: fitMessage(message, capabilitiesOf(open.channel)) }
    })
    if (deed) return deliver()
    const event: Event = { type: 'unreachable', personId, text: row.text }
    await announce(officeId, { key: `unreachable:${row.id}`, to: ['coordinator'], event })
  }

  /** Opens the collection and tells everyone who can be reached, once for all time. */
  async function openPeriod(officeId: string, pack: ReportPack, period: Period): Promise<'opened' | 'known'> {
    const deed = await store.turn({ type: 'deed', officeId, key: `open:${period.key}` }, async (stored) => {
      if (!stored.office) return undefined
      const at = clock()
      const office = readOffice(stored.office)
      const opened: StoredPeriod = { key: period.key, packId: pack.id, openedAt: at }
      const facts = { ...stored, periods: [opened, ...stored.periods] }
      const greetings = await stepEach({ facts, office, at }, office.people, {
        event: { type: 'opened', periodKey: period.key },
        key: `open:${officeId}:${period.key}`,
      })
      const detail = JSON.stringify({ period: period.key })
      return { ...greetings, periods: [opened], audits: [{ actor: 'thuky', action: 'open', detail }] }
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
      if (!office || !person) return undefined
      const event: Event = { type: 'recalled', periodKey }
      const recalled = await stepEach({ facts, office, at: clock() }, [person], {
        event,
        key,
        isUnasked: false,
      })
      return recalled.talks.length > 0 ? recalled : undefined
    })
    if (deed) deliver()
  }

  /** What was sent and never answered for: shown to the coordinator, who knows or asks. */
  async function tellUnsure(): Promise<void> {
    const now = clock()
    await store.recover({ at: now, repeatable })
    for (const { officeId, ...unsure } of await store.listUnsure(addMinutes(now, -UNSURE_HOURS * 60))) {
      const key = `unsure:${unsure.id}`
      await announce(officeId, { key, to: ['coordinator'], event: { type: 'unsure', unsure } })
    }
  }

  function deliver(): void {
    for (const delivery of deliveries) delivery.wake()
  }

  async function beat(): Promise<void> {
    if (isStopping) return
    await openDuePeriods()
    await recallDue()
    await tellUnsure()
    for (const address of await store.listWaiting()) void workOff(address)
    deliver()
    await idle()
  }

  async function idle(): Promise<void> {
    while (lines.size > 0) await Promise.all(lines.values())
    await Promise.all(deliveries.map((delivery) => delivery.idle()))
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
    notify,
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
      while (lines.size > 0) await Promise.all(lines.values())
      await Promise.all(deliveries.map((delivery) => delivery.stop()))
    },
    counts,
  }
}

const STRANGER: Audience = { address: 'đồng chí', name: '' }

/** What a stranger hears, under what key. */
function strangerSay(
  note: Note | undefined,
  { id, hour }: { readonly id: string; readonly hour: string },
): { readonly say: Say; readonly key: string } {
  if (note?.type === 'wrong')
    return { say: { key: 'stranger.wrongCode', values: { left: note.left } }, key: id }
  if (note?.type === 'locked') return { say: { key: 'stranger.locked' }, key: `locked:${hour}` }
  return { say: { key: 'stranger.hello' }, key: hour }
}

/** "SC-0303-0800-1": short enough to be read out on the telephone. */
function incidentOf(at: Moment, count: number): string {
  return `SC-${at.slice(8, 10)}${at.slice(5, 7)}-${at.slice(11, 13)}${at.slice(14, 16)}-${count + 1}`
}
