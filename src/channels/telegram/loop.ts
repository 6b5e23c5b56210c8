import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Update } from 'telegraf/types'
import { z } from 'zod'
import type { Trouble } from '../channel.ts'
import type { Shared } from '../shared.ts'
import { Numbered } from './arrival.ts'
import { type Call, readFailure } from './calls.ts'
import { isTokenRefused } from './post.ts'

export interface Loop {
  readonly call: Call
  readonly shared: Shared
  readonly timing: Timing
  readonly log: Pick<Logger, 'info' | 'warn'>
  /** Aborted at the stop. */
  readonly signal: AbortSignal
  /** Tried until it works, before anything else. */
  setUp(signal: AbortSignal): Promise<void>
  /** Takes a batch in and returns the numbers of those not stored; absent where updates come by themselves. */
  takeIn?(updates: readonly Update[]): Promise<readonly number[]>
  tell(trouble: Trouble): Promise<void>
}

export interface Timing {
  /** How long Telegram may wait for something to tell. */
  readonly pollSeconds: number
  readonly callMs: number
  readonly connectMs: number
  /** Before trying again. */
  readonly pauseMs: number
  /** Before trying again what a person must see to first. */
  readonly longPauseMs: number
}

export const WANTED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

const POLLER = 'telegram-poller'
const BATCH_MAX = 100
/** Telegram itself waits before it says that there is nothing; what stands in for it may not. */
const BREATH_MS = 100

/** Asks Telegram for what is new, one process of all at a time, until the stop. Whatever fails, it goes on. */
export async function runLoop(loop: Loop): Promise<void> {
  const { call, shared, timing, log, signal, setUp, takeIn, tell } = loop
  const pollMs = timing.pollSeconds * 1000 + timing.callMs
  let isHolding = false
  let isSetUp = false
  /** What may be forgotten: all before it. Told once only, for after a quiet week the numbers begin anew. */
  let offset: number | undefined
  let lastFailure: string | undefined

  while (!signal.aborted) {
    const pauseMs = await round().catch((error) => (signal.aborted ? 0 : noteFailure(error)))
    if (pauseMs === undefined) return
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  if (isHolding) await shared.letGo(POLLER)

  /** Says how long to wait for the next one; nothing when there need be none. */
  async function round(): Promise<number | undefined> {
    if (takeIn) isHolding = await shared.hold(POLLER, pollMs + timing.callMs)
    if (takeIn && !isHolding) return timing.pauseMs
    if (!isSetUp) await within(2 * timing.callMs, setUp)
    isSetUp = true
    const updates = takeIn ? z.array(Numbered).parse(await within(pollMs, ask)) : []
    if (lastFailure !== undefined) log.info('telegram is there again')
    lastFailure = undefined
    return takeIn && settle(updates, await takeIn(updates))
  }

  function settle(updates: readonly Update[], open: readonly number[]): number {
    if (open.length > 0) {
      offset = Math.min(...open)
      return timing.pauseMs
    }
    offset = updates.length === 0 ? undefined : Math.max(...updates.map(({ update_id }) => update_id)) + 1
    return updates.length === 0 ? BREATH_MS : 0
  }

  function ask(own: AbortSignal): Promise<unknown> {
    const since = offset === undefined ? {} : { offset }
    const wanted = { timeout: timing.pollSeconds, limit: BATCH_MAX, allowed_updates: WANTED, ...since }
    return call('getUpdates', wanted, own)
  }

  /** Ended by the stop or after so long. Both signals in one would be kept as long as the longer lives. */
  async function within<T>(ms: number, work: (own: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    const own = new AbortController()
    const abort = () => own.abort()
    const timer = setTimeout(abort, ms)
    signal.addEventListener('abort', abort)
    try {
      return await work(own.signal)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  }

  async function noteFailure(error: unknown): Promise<number> {
    const failure = readFailure(error)
    if (failure.code !== lastFailure) log.warn({ failure: failure.code }, 'telegram could not be asked')
    lastFailure = failure.code
    const isConflict = failure.type === 'refused' && failure.code === '409'
    if (isConflict) await tell('otherPoller')
    if (isTokenRefused(failure)) await tell('tokenRefused')
    if (isConflict || isTokenRefused(failure)) return timing.longPauseMs
    return 'retryAfterMs' in failure && failure.retryAfterMs !== undefined
      ? failure.retryAfterMs
      : timing.pauseMs
  }
}
