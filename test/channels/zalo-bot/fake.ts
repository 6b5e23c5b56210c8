import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isIP } from 'node:net'
import { request } from 'undici'

/** A strict stand-in for the Zalo Bot Platform, over real HTTP on this machine alone. */
export interface FakeZaloBot {
  readonly apiRoot: string
  /** What was asked of it that Zalo would not forgive. */
  readonly offences: readonly string[]
  /** What was called, in order, whatever became of it. */
  readonly calls: readonly { readonly method: string; readonly body: unknown }[]
  /** Where updates are delivered to; undefined while they are polled. */
  webhook(): { readonly url: string; readonly secret: string } | undefined
  /** Somebody writes. Resolves once it is queued, or to the answers of the webhook. */
  write(message: Written): Promise<readonly number[]>
  /** Somebody sends a document: of that nothing but the event arrives. */
  sendFile(message: Omit<Written, 'text'>): Promise<readonly number[]>
  /** Any event, also as JSON that no object can stand for. */
  emit(event: object | string): Promise<readonly number[]>
  /** What stands in a chat, oldest first, each delivery by itself. */
  shown(chat: string): readonly { readonly text: string; readonly messageId: string }[]
  block(chat: string): void
  /** The next so many calls of a method go wrong. */
  fail(method: string, fault: Fault, times?: number): void
  /** From now on another token is the right one. */
  renewToken(token: string): void
  close(): Promise<void>
}

export interface Written {
  readonly chat: string
  readonly text: string
  /** In a group; the chat itself otherwise. */
  readonly from?: string
  readonly id?: string
}

/**
 * lose: done, but the answer never arrives. reset: hung up before anything was done. hang: no answer at all.
 * duplicate: handed out and kept. reorder: the last comes first. Or an answer of one's own.
 */
export type Fault =
  | 'lose'
  | 'reset'
  | 'hang'
  | 'duplicate'
  | 'reorder'
  | { readonly status: number; readonly body: string }

export interface FakeOptions {
  readonly token: string
  /** The chats that exist: people, and groups by their members. */
  readonly people: readonly string[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
  /** How updates come; Zalo documents the one and was seen doing the other. */
  readonly shape?: 'wrapped' | 'flat'
  /** A poll hands out one update, or all there are. */
  readonly batch?: 'one' | 'all'
  /** However long a poll asks to wait, it ends after this. */
  readonly holdMs?: number
  /** How often a delivery is tried again after another answer than 2xx. */
  readonly repeats?: number
  /** Messages a month. */
  readonly quota?: number
  /** Where a public address is really listened to. */
  readonly route?: (url: string) => string
  readonly port?: number
}

interface Answer {
  readonly status: number
  readonly body: object | string
}

const BOT = {
  id: '1459232241454765289',
  account_name: 'bot.thuky',
  account_type: 'BASIC',
  can_join_groups: true,
}

export async function openFakeZaloBot(options: FakeOptions): Promise<FakeZaloBot> {
  const { people, groups = {}, shape = 'wrapped', batch = 'one', holdMs = 100, repeats = 0 } = options
  const chats = new Map([...people, ...Object.keys(groups)].map((id) => [id, [] as Shown[]]))
  const blocked = new Set<string>()
  const faults = new Map<string, Fault[]>()
  const offences: string[] = []
  const calls: { method: string; body: unknown }[] = []
  const queue: string[] = []
  let { token, quota = Number.POSITIVE_INFINITY } = options
  let hook: { url: string; secret: string; updatedAt: number } | undefined
  let wake: (() => void) | undefined
  let count = 0

  type Shown = { text: string; messageId: string }
  const tick = () => {
    count += 1
    return count
  }
  const dateOf = (n: number) => 1_750_316_131_602 + n * 1000

  const server = createServer((asked, answer) => {
    serve(asked, answer).catch(() => answer.destroy())
  })

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of asked) chunks.push(chunk)
    const [, given = '', method = ''] = /^\/bot([^/]*)\/(\w+)$/.exec(asked.url ?? '') ?? []
    const read = readJson(Buffer.concat(chunks).toString('utf8'))
    calls.push({ method, body: read })
    const fault = faults.get(method)?.shift()
    if (fault === 'hang') return
    if (fault === 'reset') return void answer.destroy()
    const { status, body } =
      typeof fault === 'object' ? fault : await judge(asked, read, { given, method, fault })
    if (fault === 'lose') return void answer.destroy()
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    answer.writeHead(status, { 'content-type': 'application/json' }).end(text)
  }

  async function judge(
    asked: IncomingMessage,
    read: unknown,
    { given, method, fault }: { given: string; method: string; fault: Fault | undefined },
  ): Promise<Answer> {
    if (given !== token) return no(401, 'Unauthorized')
    if (asked.method !== 'POST' || asked.headers['content-type'] !== 'application/json')
      return offend(`${asked.method} ${method} of type ${asked.headers['content-type']}`)
    if (typeof read !== 'object' || read === null) return offend(`${method} without JSON`)
    const body = read as Readonly<Record<string, unknown>>
    switch (method) {
      case 'getMe':
        return yes(BOT)
      case 'getUpdates':
        return getUpdates(body, fault)
      case 'setWebhook':
        return setWebhook(body)
      case 'deleteWebhook':
        hook = undefined
        return yes({ url: '', updated_at: dateOf(tick()) })
      case 'getWebhookInfo':
        return yes({ url: hook?.url ?? '', updated_at: hook?.updatedAt ?? 0 })
      case 'sendMessage':
        return sendMessage(body)
      default:
        return no(404, 'Not Found')
    }
  }

  async function getUpdates(
    body: Readonly<Record<string, unknown>>,
    fault: Fault | undefined,
  ): Promise<Answer> {
    const offence = refusePoll(body)
    if (offence) return offend(offence)
    if (queue.length === 0) await new Promise<void>((resolve) => waitForUpdate(resolve))
    wake = undefined
    if (queue.length === 0)
      return { status: 408, body: { ok: false, description: 'Request timeout', error_code: 408 } }
    if (fault === 'reorder') queue.reverse()
    const handed = batch === 'all' ? [...queue] : queue.slice(0, 1)
    if (fault !== 'duplicate') queue.splice(0, handed.length)
    const result = batch === 'all' ? `[${handed}]` : handed[0]
    return { status: 200, body: `{"ok":true,"result":${result}}` }
  }

  function refusePoll(body: Readonly<Record<string, unknown>>): string | undefined {
    if (Object.keys(body).some((key) => key !== 'timeout')) return 'a poll with more than a timeout'
    if (!(Number(body['timeout']) >= 1)) return `a poll of ${body['timeout']} s`
    if (hook) return 'a poll beside a webhook'
    return wake ? 'two polls at once' : undefined
  }

  function waitForUpdate(resolve: () => void): void {
    const timer = setTimeout(resolve, holdMs)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  }

  function setWebhook({ url, secret_token: secret }: Readonly<Record<string, unknown>>): Answer {
    if (typeof url !== 'string' || typeof secret !== 'string')
      return offend('a webhook without address or secret')
    if (secret.length < 8 || secret.length > 256) return no(400, 'Bad Request: secret_token')
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'https:' || hostname === 'localhost' || isIP(hostname) !== 0)
      return no(400, 'Bad Request: the address is not public')
    hook = { url, secret, updatedAt: dateOf(tick()) }
    return yes({ url, updated_at: hook.updatedAt })
  }

  function sendMessage(body: Readonly<Record<string, unknown>>): Answer {
    const { chat_id: chat, text, ...more } = body
    if (Object.keys(more).length > 0) return offend(`a message with ${Object.keys(more)}`)
    if (typeof chat !== 'string' || typeof text !== 'string') return offend('a message without chat or text')
    const shown = chats.get(chat)
    if (!shown) return no(400, 'Bad Request: chat not found')
    if (text.length < 1 || text.length > 2000) return offend(`a text of ${text.length} characters`)
    if (blocked.has(chat)) return no(403, 'Forbidden')
    if (quota <= 0) return no(429, 'Quota exceeded')
    quota -= 1
    const n = tick()
    const messageId = idOf(n)
    shown.push({ text, messageId })
    return yes({ message_id: messageId, date: dateOf(n) })
  }

  function offend(what: string): Answer {
    offences.push(what)
    return no(400, 'Bad Request')
  }

  async function emit(given: object | string): Promise<readonly number[]> {
    const event = typeof given === 'string' ? given : JSON.stringify(given)
    if (!hook) {
      queue.push(event)
      wake?.()
      return []
    }
    const statuses: number[] = []
    do statuses.push(await deliver(hook, event))
    while (!isFine(statuses.at(-1)) && statuses.length <= repeats)
    return statuses
  }

  async function deliver({ url, secret }: { url: string; secret: string }, event: string): Promise<number> {
    const { statusCode, body } = await request(options.route?.(url) ?? url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bot-api-secret-token': secret },
      body: shape === 'wrapped' ? `{"ok":true,"result":${event}}` : event,
    })
    await body.dump()
    return statusCode
  }

  /** All a message has, whatever is in it. */
  function messageOf({ chat, from = chat, id }: Omit<Written, 'text'>): object {
    const n = tick()
    if (!chats.has(chat) || (groups[chat] && !groups[chat].includes(from)))
      throw new Error(`nobody is at ${chat}`)
    return {
      message_id: id ?? idOf(n),
      from: { id: from, display_name: 'Nguyễn Văn A', is_bot: false },
      chat: { id: chat, chat_type: groups[chat] ? 'GROUP' : 'PRIVATE' },
      date: dateOf(n),
    }
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    offences,
    calls,
    webhook: () => hook,
    write: ({ text, ...message }) =>
      emit({ event_name: 'message.text.received', message: { ...messageOf(message), text } }),
    sendFile: (message) => emit({ event_name: 'message.unsupported.received', message: messageOf(message) }),
    emit,
    shown: (chat) => chats.get(chat) ?? [],
    block: (chat) => void blocked.add(chat),
    fail: (method, fault, times = 1) =>
      void faults.set(method, [...(faults.get(method) ?? []), ...Array<Fault>(times).fill(fault)]),
    renewToken: (renewed) => {
      token = renewed
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFine(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300
}

function yes(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } }
}

function no(code: number, description: string): Answer {
  return { status: code, body: { ok: false, description, error_code: code } }
}

function idOf(n: number): string {
  return n.toString(16).padStart(20, '0')
}
