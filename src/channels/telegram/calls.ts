import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Telegram, TelegramError } from 'telegraf'
import type { Telegram as Methods, Opts } from 'telegraf/types'
import { z } from 'zod'

/** One call of the Bot API. What it throws holds the token and the text: `readFailure` is all that may see it. */
export type Call = <M extends keyof Methods>(
  method: M,
  payload: Opts<M>,
  signal?: AbortSignal,
) => Promise<unknown>

/** How a call ended without a result. `code` holds neither token nor text. */
export type Failure =
  /** Telegram said no. */
  | {
      readonly type: 'refused'
      readonly code: string
      readonly description: string
      readonly retryAfterMs?: number
      readonly movedTo?: string
    }
  /** Nothing of it can have got there. */
  | { readonly type: 'unreached'; readonly code: string }
  /** It left us; what became of it nobody knows. */
  | { readonly type: 'unanswered'; readonly code: string }

interface CallsOptions {
  readonly token: string
  readonly apiRoot: string
  /** After so long every call has ended, one that was given a signal of its own excepted. */
  readonly callMs: number
  /** Shorter than `callMs`: what is still under way after that did have a connection. */
  readonly connectMs: number
}

/** Marks the error of a connection that was never there. */
const NEVER = 'never:'
/** Node gives an address a quarter of a second before it tries the next; from Vietnam that can be too short. */
const ADDRESS_MS = 2_500
/** Shorter than what routers remember: a message must not be sent into a connection long dead. */
const IDLE_MS = 10_000

export function createCalls({ token, apiRoot, callMs, connectMs }: CallsOptions): Call {
  const client = new Telegram(token, { apiRoot, webhookReply: false })
  // telegraf takes no agent for http:// when it is made.
  client.options.agent = createAgent(apiRoot, connectMs)
  return (method, payload, signal = AbortSignal.timeout(callMs)) =>
    // telegraf has its types of signals from a package older than the built-in ones.
    client.callApi(method, payload, { signal: signal as never })
}

/**
 * node-fetch passes on no more of an error than its code, and "ECONNRESET" is said of a connection refused half-way
 * as well as of one reset after the message was read: so those that never came to be get a mark here.
 */
function createAgent(apiRoot: string, connectMs: number): HttpAgent {
  const isSecure = apiRoot.startsWith('https:')
  const options = { keepAlive: true, timeout: IDLE_MS, autoSelectFamilyAttemptTimeout: ADDRESS_MS }
  const agent = isSecure ? new HttpsAgent(options) : new HttpAgent(options)
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (given, callback) => {
    const socket = connect(given, callback)
    if (!socket) return socket
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })),
      connectMs,
    )
    const mark = (error: NodeJS.ErrnoException) =>
      Object.assign(error, { code: `${NEVER}${error.code ?? error.name}` })
    socket.once('error', mark)
    socket.once('close', () => clearTimeout(timer))
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      socket.off('error', mark)
    })
    return socket
  }
  return agent
}

const Refusal = z.object({
  error_code: z.int(),
  description: z.string().default(''),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.int().optional() })
    .optional(),
})

const Coded = z.object({ code: z.string() })
const Named = z.object({ name: z.string() })

export function readFailure(error: unknown): Failure {
  const refusal = error instanceof TelegramError ? Refusal.safeParse(error.response).data : undefined
  if (refusal && refusal.error_code < 500) {
    const { retry_after, migrate_to_chat_id } = refusal.parameters ?? {}
    return {
      type: 'refused',
      code: String(refusal.error_code),
      description: refusal.description,
      ...(retry_after === undefined ? {} : { retryAfterMs: retry_after * 1000 }),
      ...(migrate_to_chat_id === undefined ? {} : { movedTo: String(migrate_to_chat_id) }),
    }
  }
  const code = Coded.safeParse(error).data?.code ?? refusal?.error_code ?? Named.safeParse(error).data?.name
  if (typeof code === 'string' && code.startsWith(NEVER)) {
    return { type: 'unreached', code: code.slice(NEVER.length) }
  }
  return { type: 'unanswered', code: String(code) }
}
