import { createHash, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Pool } from 'undici'
import { z } from 'zod'
import { never } from '../core/never.ts'
import type { Channel, Notify, Receive, Update, Webhook } from './channel.ts'
import { readMarks } from './marks.ts'
import type { Shared } from './shared.ts'
import { type Answer, type Failure, post } from './zalo-bot/client.ts'
import { Id, readEvent, readJson, unwrap } from './zalo-bot/events.ts'

export interface ZaloBotOptions {
  readonly token: string
  /** "https://bot-api.zaloplatforms.com" */
  readonly apiRoot: string
  /** "webhook" needs the two that follow. */
  readonly mode: 'polling' | 'webhook'
  /** 8 to 256 characters. */
  readonly webhookSecret?: string
  /** "https://thuky.example.gov.vn" */
  readonly publicUrl?: string
  readonly shared: Shared
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly timing?: Partial<Timing>
}

interface Timing {
  /** How long an answer is waited for. */
  readonly answerMs: number
  /** How long one poll asks the other side to wait for a message. */
  readonly pollMs: number
  /** Between two tries, and between two polls that brought nothing. */
  readonly retryMs: number
  readonly restMs: number
  /** Where only a person can mend it. */
  readonly longMs: number
  /** How long `stop` waits for a poll. */
  readonly graceMs: number
}

/** Polls are short: what is handed out to a process that then dies is lost. */
const TIMING: Timing = {
  answerMs: 20_000,
  pollMs: 5_000,
  retryMs: 3_000,
  restMs: 300,
  longMs: 60_000,
  graceMs: 8_000,
}
/** Longer than a poll can take, also where the other side heeds no wish for a shorter one. */
const POLL_MAX_MS = 45_000
const LEASE = 'zalo-bot-poller'
const LEASE_MS = 90_000
const CONNECT_MS = 10_000
const NAME = 'zalo-bot'
const PATH = '/zalo/bot'

type Outcome = Awaited<ReturnType<Channel['send']>>
type Asked = Parameters<Webhook['handle']>[0]

/** Zalo's small free bot: text alone goes both ways. */
export function createZaloBotChannel(options: ZaloBotOptions): Channel {
  const { token, apiRoot, shared, log } = options
  const timing = { ...TIMING, ...options.timing }
  const hook = options.mode === 'webhook' ? readHook(options) : undefined
  // What stands before the colon outlives a renewal of the token; it is half of a secret, so only its hash is shown.
  const bot = hash(token.split(':')[0] ?? '')
    .toString('hex')
    .slice(0, 12)
  const pool = new Pool(new URL(apiRoot).origin, { connect: { timeout: CONNECT_MS } })
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  const told = new Set<string>()
  let running: Promise<void> = Promise.resolve()
  let receive: Receive | undefined
  let notify: Notify | undefined
  let isRefused = false

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    return work.finally(() => underWay.delete(work))
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  }

  async function call(method: string, body: object, forMs = timing.answerMs): Promise<Answer> {
    const answer = await post(`${apiRoot}/bot${token}/${method}`, body, {
      dispatcher: pool,
      signal: AbortSignal.timeout(forMs),
    })
    const code = answer.type === 'no' ? answer.code : undefined
    if (answer.type === 'done') isRefused = false
    // Where no chat is named, what cannot be found is the bot itself.
    else if (code === 401 || (code === 404 && method !== 'sendMessage')) await complain()
    return answer
  }

  async function complain(): Promise<void> {
    if (isRefused) return
    isRefused = true
    try {
      await notify?.({ type: 'trouble', trouble: 'tokenRefused' })
    } catch (error) {
      isRefused = false
      log.error({ err: error, channel: NAME }, 'a trouble could not be told')
    }
  }

  async function rest(method: string, answer: Failure): Promise<void> {
    const code = answer.type === 'no' ? answer.code : answer.reason
    log.warn({ channel: NAME, method, code }, 'a call failed')
    await pause(isRefused || code === 429 ? timing.longMs : timing.retryMs)
  }

  async function insist(method: string, body: object): Promise<void> {
    while (!stopping.signal.aborted) {
      const answer = await call(method, body)
      if (answer.type === 'done') return
      await rest(method, answer)
    }
  }

  /** There is no offset: what was handed out is gone, so nothing more is asked for before it is stored. */
  async function poll(): Promise<void> {
    await insist('deleteWebhook', {})
    while (!stopping.signal.aborted) {
      if (await isOurs()) await pollOnce()
      else await pause(timing.retryMs)
    }
    await shared.letGo(LEASE)
  }

  async function pollOnce(): Promise<void> {
    const answer = await call('getUpdates', { timeout: Math.ceil(timing.pollMs / 1000) }, POLL_MAX_MS)
    const updates = answer.type === 'done' ? readUpdates(answer.result) : []
    for (const update of updates) await keep(update)
    // A poll that brings nothing ends as the other side's timeout.
    const isEmpty = answer.type === 'no' && answer.code === 408
    if (answer.type !== 'done' && !isEmpty) await rest('getUpdates', answer)
    else if (updates.length === 0) await pause(timing.restMs)
  }

  /** Renewed with every round. */
  async function isOurs(): Promise<boolean> {
    try {
      return await shared.hold(LEASE, LEASE_MS)
    } catch (error) {
      log.error({ err: error, channel: NAME }, 'the lease of the poller could not be taken')
      return false
    }
  }

  async function keep(update: Update): Promise<void> {
    while (!(await hand(update))) {
      if (stopping.signal.aborted)
        return log.error({ channel: NAME }, 'a message is lost: stopped before it was stored')
      await pause(timing.retryMs)
      await isOurs()
    }
  }

  async function hand(update: Update): Promise<boolean> {
    const { isStored, say } = await (receive?.(update) ?? Promise.resolve(NOT_STORED)).catch(
      (error: unknown) => {
        log.error({ err: error, channel: NAME }, 'a message could not be handed in')
        return NOT_STORED
      },
    )
    if (!isStored && say !== undefined && !told.has(update.id)) {
      told.add(update.id)
      await tell(update.chat, say)
    }
    return isStored
  }

  async function tell(chat: string, text: string): Promise<Outcome> {
    const answer = await call('sendMessage', { chat_id: chat, text })
    const isNowhere = answer.type === 'no' && answer.code === 404
    // What was not found may be the bot, and then it is no fault of the chat.
    return isNowhere && (await call('getMe', {})).type !== 'done' ? PAUSE : judge(answer)
  }

  /** One event, or a list of them. */
  function readUpdates(events: unknown): readonly Update[] {
    return [events].flat().flatMap((event) => {
      const read = readEvent(event, bot)
      if (read === 'unreadable') log.warn({ channel: NAME }, 'a message is lost: it has a shape nobody knows')
      return typeof read === 'string' ? [] : [read]
    })
  }

  async function handle(secret: string, { headers, body }: Asked): ReturnType<Webhook['handle']> {
    if (!isSame(headers['x-bot-api-secret-token'], secret)) return { status: 401 }
    if (!receive || stopping.signal.aborted) return { status: 503 }
    const json = readJson(body)
    if (json === undefined) return { status: 400 }
    for (const update of readUpdates(unwrap(json))) {
      if (!(await hand(update))) return { status: 500 }
    }
    return { status: 200 }
  }

  return {
    name: NAME,
    capabilities: {
      textMax: 2000,
      buttons: 0,
      files: [],
      fileMax: 0,
      captionMax: 0,
      takesFiles: false,
      isRepeatable: false,
      monthly: 3000,
      // Our own choice: Zalo names no rate.
      pace: { account: { points: 1, perMs: 1000 }, chat: () => undefined },
    },
    ...(hook && { webhook: { path: PATH, handle: (asked) => track(handle(hook.secret_token, asked)) } }),

    async start(given, report) {
      receive = given
      notify = report
      running = (hook ? insist('setWebhook', hook) : poll()).catch((error: unknown) =>
        log.error({ err: error, channel: NAME }, 'nothing is asked for any more'),
      )
    },

    send: (to, { text }) => track(tell(to, readMarks(text).plain)),

    async stop() {
      stopping.abort()
      // A poll that is cut off may take a message with it.
      await Promise.race([running, sleep(timing.graceMs, undefined, { ref: false })])
      await Promise.allSettled(underWay)
      await pool.destroy()
      await running
      receive = undefined
    },
  }
}

/** What Zalo is told of our webhook. */
function readHook({ publicUrl, webhookSecret }: ZaloBotOptions) {
  if (!publicUrl || !webhookSecret) throw new Error('a webhook needs an address and a secret')
  return { url: `${publicUrl.replace(/\/+$/, '')}${PATH}`, secret_token: webhookSecret }
}

/** In constant time, whatever the lengths. */
function isSame(given: string | readonly string[] | undefined, secret: string): boolean {
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(secret))
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const NOT_STORED: Awaited<ReturnType<Receive>> = { isStored: false }
const PAUSE = { type: 'retryLater', afterMs: 60_000, isPause: true } as const
const Sending = z.object({ message_id: Id }).partial().catch({})

function judge(answer: Answer): Outcome {
  switch (answer.type) {
    case 'done': {
      const { message_id: messageId } = Sending.parse(answer.result)
      return { type: 'sent', ...(messageId === undefined ? {} : { messageId }) }
    }
    case 'no':
      return judgeNo(answer.code, answer.words)
    case 'unreached':
      return { type: 'retryLater', afterMs: 15_000 }
    case 'unanswered':
      return { type: 'unknown', reason: answer.reason }
    default:
      return never(answer)
  }
}

function judgeNo(code: number, words: string): Outcome {
  const isSpent = code === 429 && /quota/i.test(words)
  if (code === 401 || (code === 429 && !isSpent)) return PAUSE
  if (code === 408) return { type: 'unknown', reason: 'error 408' }
  const isClosed = code === 403 || isSpent
  return {
    type: 'refused',
    reason: `error ${code}`,
    ...(isClosed ? { isClosed } : {}),
    ...(isSpent ? { isQuota: true } : {}),
  }
}
