import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, OutMessage } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { addMinutes } from './core/calendar.ts'
import type { Outcome, OutRow, Store, Undone } from './store/store.ts'

export interface Delivery {
  /** There may be something to send. */
  wake(): void
  /** Resolves when nothing that can go now is left. */
  idle(): Promise<void>
  /** Begins nothing new, and resolves when what is under way has ended. */
  stop(): Promise<void>
}

interface DeliveryOptions {
  readonly store: Store
  readonly channel: Channel
  readonly clock: () => Moment
  /** The message as it is to be sent, with an address for what the channel cannot carry. */
  readonly messageOf: (row: OutRow, channel: Channel) => Promise<OutMessage>
  /** The deed that is to be done anew, where the row has missed its hour. */
  readonly overtaken: (row: OutRow) => Promise<Undone | undefined>
  readonly onSent: () => void
  /** It will not go this way: the words find another, or somebody is told, before the row is settled. */
  readonly onRefused: (row: OutRow, refusal: Refusal) => Promise<void>
  readonly onFault: (error: unknown) => void
}

export interface Refusal {
  readonly reason: string
  readonly isClosed?: boolean
  readonly isQuota?: boolean
}

/** So long one message may hold up those behind it. */
const PATIENCE_MINUTES = 6 * 60
/** Longer than any channel waits for an answer. */
const LEASE_MINUTES = 2
const MOST_AT_ONCE = 50
const LONGEST_PAUSE_MS = 10 * 60_000

/** Sends what is pending in one channel, as fast as it may be sent to, people side by side. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, channel, clock, messageOf, overtaken, onSent, onRefused, onFault } = options
  const { name, capabilities } = channel
  const { pace } = capabilities
  const underWay = new Set<Promise<void>>()
  const stopping = new AbortController()
  let isDue = false
  let running: Promise<void> | undefined

  function wake(): void {
    isDue = true
    if (stopping.signal.aborted) return
    running ??= run().finally(() => {
      running = undefined
      if (isDue) wake()
    })
  }

  async function run(): Promise<void> {
    while (isDue) {
      isDue = false
      try {
        await sendDue()
      } catch (error) {
        if (!stopping.signal.aborted) onFault(error)
      }
    }
  }

  /** Nothing is claimed before it may go, so that no lease runs while we wait. */
  async function sendDue(): Promise<void> {
    for (let rows = await takeDue(); rows.length > 0; rows = await takeDue())
      for (const row of rows) begin(row)
  }

  async function takeDue(): Promise<readonly OutRow[]> {
    while (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay)
    // Nothing is taken of the pace for nothing.
    if (pace && !(await store.hasDue(name, clock()))) return []
    if (pace) await waitFor(() => store.takePace(name, pace.account))
    if (stopping.signal.aborted) return []
    const at = clock()
    const limit = pace ? 1 : MOST_AT_ONCE - underWay.size
    return store.claim({ channel: name, at, leaseUntil: addMinutes(at, LEASE_MINUTES), limit })
  }

  async function waitFor(take: () => Promise<number>): Promise<void> {
    for (let ms = await take(); ms > 0; ms = await take()) {
      await sleep(ms, undefined, { signal: stopping.signal })
    }
  }

  function begin(row: OutRow): void {
    const sending = sendOne(row)
      .catch(onFault)
      .finally(() => {
        underWay.delete(sending)
        wake()
      })
    underWay.add(sending)
  }

  async function sendOne(row: OutRow): Promise<void> {
    const rate = pace?.chat(row.chat)
    const wait = rate ? await store.takePace(`${name} ${row.chat}`, rate) : 0
    await store.settle(row, wait > 0 ? later(wait) : await send(row), clock())
  }

  async function send(row: OutRow): Promise<Outcome> {
    const deed = await overtaken(row).catch((error: unknown) => onFault(error))
    if (deed) return { type: 'overtaken', deed }
    const result = await channel.send(row.chat, await messageOf(row, channel))
    if (result.type === 'sent') onSent()
    if (result.type === 'refused') await onRefused(row, result)
    if (result.type !== 'retryLater') return result
    if (!result.isPause && addMinutes(row.at, PATIENCE_MINUTES) < clock()) {
      const refused: Outcome = { type: 'refused', reason: 'it could not be sent for hours' }
      await onRefused(row, refused)
      return refused
    }
    if (result.isPause && pace) await store.pause(name, pace.account, result.afterMs)
    return later(Math.max(result.afterMs, Math.min(2 ** row.attempt * 500, LONGEST_PAUSE_MS)))
  }

  /** The next beat would find it, but may come much later than it is due. */
  function later(ms: number): Outcome {
    setTimeout(wake, ms).unref()
    return { type: 'retry', notBefore: addMinutes(clock(), ms / 60_000) }
  }

  async function idle(): Promise<void> {
    while (running || underWay.size > 0) await Promise.all([running, ...underWay])
  }

  return {
    wake,
    idle,
    stop: async () => {
      stopping.abort()
      await idle()
    },
  }
}
