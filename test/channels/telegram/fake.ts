import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Account,
  bad,
  done,
  type FakeChat,
  type FakeShown,
  isRecord,
  METHODS,
  type Params,
  type Reply,
} from './methods.ts'
import { createQueue, type Dealt } from './queue.ts'
import { conflict, type Fault, readBody, readParams, suffer, write } from './wire.ts'

export type { FakeShown } from './methods.ts'
export type { Dealt } from './queue.ts'
export type { Fault } from './wire.ts'

/**
 * A Telegram to test against: real HTTP on loopback, refusing what Telegram refuses, with people to write in it and
 * faults to order. It remembers everything and answers without looking through it.
 */
export interface FakeTelegram {
  readonly apiRoot: string
  readonly token: string
  readonly botId: number
  readonly username: string
  /** Makes a chat known without a word said in it; `write` does so as well. */
  open(chat: number, type?: FakeChat['type']): void
  write(chat: number, text: string, more?: More): Written
  sendFile(chat: number, file: HandedFile, more?: More): Written
  /** A new wording of what `write` or `sendFile` brought. */
  edit(messageId: number, text: string): Written
  press(messageId: number, index: number, more?: { readonly from?: number; readonly data?: string }): Written
  block(chat: number): Written
  unblock(chat: number): Written
  deactivate(chat: number): void
  /** A group becomes a supergroup; returns its new number. */
  migrate(chat: number): number
  /** Any update of Telegram's. */
  update(kind: string, body: Readonly<Record<string, unknown>>, chat?: number): Written
  /** Tells an update once more that was confirmed. */
  repeat(updateId: number): Promise<Dealt>
  /** What is seen in a chat, oldest first: what was delivered twice is seen twice. */
  shown(chat: number): readonly FakeShown[]
  commands(chat: number): FakeChat['commands']
  /** The answers to presses. */
  readonly answered: Account['answered']
  /** How many messages were delivered in all. */
  readonly delivered: number
  /** How many updates wait for the bot. */
  readonly waiting: number
  /** How often a method was called, whatever became of it. */
  count(method: string): number
  /** The parameters of each call of a method, its last 100. */
  calls(method: string): readonly Params[]
  /** Orders what the next calls of a method shall suffer; "file" and "webhook" are methods here too. */
  fault(method: string, fault: Fault, times?: number): void
  /** No more faults. */
  heal(): void
  close(): Promise<void>
}

/** Further fields of the message as Telegram has them; `from` is whoever writes in a group. */
export type More = Readonly<Record<string, unknown>> & { readonly from?: number }

export interface HandedFile {
  readonly bytes: Uint8Array
  readonly name?: string
  readonly mime?: string
  readonly caption?: string
  /** The size that is told, where it is not the true one. */
  readonly told?: number
}

export interface Written {
  readonly updateId: number
  readonly messageId: number
  /** Resolves once the bot dealt with it: "taken" when it may be forgotten, "refused" when it is to be told again. */
  readonly dealt: Promise<Dealt>
}

export interface FakeOptions {
  readonly token?: string
  readonly username?: string
  /** Keeps to Telegram's rates: 30 messages in any second, 20 a minute to a group. */
  readonly hasLimits?: boolean
  /** The chats known from the beginning. */
  readonly chats?: readonly number[]
  /** Before a webhook is called again. */
  readonly repeatMs?: number
  readonly port?: number
}

interface Poller {
  readonly answer: (reply: Reply) => void
  readonly limit: number
  readonly timer: NodeJS.Timeout
}

const ALL = { max: 30, perMs: 1_000 }
const GROUP = { max: 20, perMs: 60_000 }
const CALLS_KEPT = 100
const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member']

export async function openFakeTelegram(options: FakeOptions = {}): Promise<FakeTelegram> {
  const { token = '4711:AAfake-Secret_of-the-bot', username = 'thuky_bot', hasLimits = false } = options
  const botId = Number(token.split(':')[0])
  let lastMessageId = 100
  let lastUpdateId = 5_000
  let lastPressId = 9_000_000_000_000_000n
  let allowed: readonly string[] = ALLOWED
  let poller: Poller | undefined
  let isOffering = false
  const faults = new Map<string, Fault[]>()
  const counts = new Map<string, number>()
  const calls = new Map<string, Params[]>()
  const written = new Map<number, Readonly<Record<string, unknown>> & { readonly chat: { id: number } }>()
  const account: Account = {
    id: botId,
    username,
    chats: new Map(),
    shown: new Map(),
    files: new Map(),
    presses: new Set(),
    answered: [],
    nextMessageId: () => ++lastMessageId,
    hasRoom: hasLimits ? createWindow(ALL) : () => 0,
  }
  const queue = createQueue({
    repeatMs: options.repeatMs ?? 50,
    takeFault: () => {
      const fault = takeFault('webhook')
      return typeof fault === 'string' ? fault : undefined
    },
  })
  queue.onAdded(offer)

  function chatOf(id: number, type: FakeChat['type'] = id < 0 ? 'group' : 'private'): FakeChat {
    const known = account.chats.get(id)
    if (known) return known
    const hasRoom = hasLimits && type !== 'private' ? createWindow(GROUP) : () => 0
    const chat: FakeChat = { id, type, state: 'open', shown: [], commands: [], hasRoom }
    account.chats.set(id, chat)
    return chat
  }

  function takeFault(method: string): Fault | undefined {
    return faults.get(method)?.shift()
  }

  function tell(kind: string, body: Readonly<Record<string, unknown>>, line: string): Written {
    const updateId = ++lastUpdateId
    const messageId = Number(body['message_id'] ?? 0)
    if (!allowed.includes(kind)) return { updateId, messageId, dealt: Promise.resolve('refused') }
    return { updateId, messageId, dealt: queue.add({ update_id: updateId, [kind]: body }, line) }
  }

  function say(chat: number, body: Readonly<Record<string, unknown>>, from: unknown = chat): Written {
    const { type } = chatOf(chat)
    const message = {
      message_id: account.nextMessageId(),
      date: 1_700_000_000,
      chat: { id: chat, type, ...(type === 'private' ? {} : { title: 'UBND' }) },
      from: isRecord(from) ? from : { id: from, is_bot: false, first_name: 'Cán bộ' },
      ...body,
    }
    written.set(message.message_id, message)
    return tell('message', message, String(chat))
  }

  function member(chat: number, status: string): Written {
    const { type } = chatOf(chat)
    const from = { id: chat, is_bot: false, first_name: 'Cán bộ' }
    const user = { id: botId, is_bot: true, first_name: 'thuky', username }
    const old_chat_member = { user, status: status === 'kicked' ? 'member' : 'kicked' }
    const body = {
      chat: { id: chat, type },
      from,
      date: 0,
      old_chat_member,
      new_chat_member: { user, status },
    }
    return tell('my_chat_member', body, String(chat))
  }

  /** What was written in one go goes out in one batch. */
  function offer(): void {
    if (isOffering || !poller) return
    isOffering = true
    setImmediate(() => {
      isOffering = false
      if (!poller || queue.size === 0 || queue.webhook) return
      const { answer, limit, timer } = poller
      clearTimeout(timer)
      poller = undefined
      answer(done(queue.next(limit)))
    })
  }

  function poll(params: Params, { answer, res }: { answer: Poller['answer']; res: ServerResponse }): void {
    const { offset, limit = 100, timeout = 0, allowed_updates: wanted } = params
    const refusal = refusePoll(params)
    if (refusal) {
      answer(refusal)
      return
    }
    if (Array.isArray(wanted)) allowed = wanted.length > 0 ? wanted : ALLOWED
    if (poller) {
      clearTimeout(poller.timer)
      poller.answer(
        conflict('terminated by other getUpdates request; make sure that only one bot instance is running'),
      )
    }
    queue.confirm(offset === undefined ? undefined : Number(offset))
    const timer = setTimeout(() => {
      if (poller?.answer === answer) poller = undefined
      answer(done([]))
    }, Number(timeout) * 1000)
    const own: Poller = { answer, limit: Number(limit), timer }
    poller = own
    res.once('close', () => {
      clearTimeout(timer)
      if (poller === own) poller = undefined
    })
    if (queue.size > 0) offer()
  }

  function refusePoll({ offset = 0, limit = 100, timeout = 0 }: Params): Reply | undefined {
    if (![offset, limit, timeout].every(Number.isInteger) || Number(limit) < 1 || Number(limit) > 100)
      return bad('wrong parameters')
    if (!queue.webhook) return undefined
    return conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }

  function setWebhook({ url, secret_token: secret, max_connections: most = 40, ...more }: Params): Reply {
    if (typeof url !== 'string' || !/^https?:\/\/[^/]+\//.test(url)) return bad('bad webhook: invalid URL')
    if (secret !== undefined && (typeof secret !== 'string' || !/^[A-Za-z0-9_-]{1,256}$/.test(secret)))
      return bad('secret token contains unallowed characters')
    if (!Number.isInteger(most) || Number(most) < 1 || Number(most) > 100) return bad('wrong max_connections')
    const { allowed_updates: wanted } = more
    if (Array.isArray(wanted)) allowed = wanted.length > 0 ? wanted : ALLOWED
    queue.setWebhook({ url, secret, connections: Number(most) })
    return done(true)
  }

  function run(method: string, params: Params): Reply {
    if (method === 'setWebhook') return setWebhook(params)
    if (method === 'deleteWebhook') {
      if (params['drop_pending_updates'] === true) queue.drop()
      queue.setWebhook(undefined)
      return done(true)
    }
    const known = METHODS[method]
    if (!known) return { ok: false, error_code: 404, description: 'Not Found' }
    const strange = Object.keys(params).find((key) => key !== 'method' && !known.params.includes(key))
    return strange === undefined ? known.run(params, account) : bad(`nobody knows the parameter ${strange}`)
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await readBody(req)
    const url = req.url ?? ''
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url) ?? []
    if (given === undefined) return serveFile(url, res)
    counts.set(method, (counts.get(method) ?? 0) + 1)
    if (given !== token) return write(res, { ok: false, error_code: 401, description: 'Unauthorized' })
    const params = readParams(body, req.headers['content-type'] ?? '')
    if (!params) return write(res, bad("can't parse the request"))
    const log = calls.get(method) ?? []
    calls.set(method, log)
    if (log.push(params) > CALLS_KEPT) log.shift()
    const fault = takeFault(method)
    if (suffer(fault, res)) return
    const answer = (reply: Reply) => finish(reply, { fault, res })
    if (method === 'getUpdates') poll(params, { answer, res })
    else answer(run(method, params))
  }

  function serveFile(url: string, res: ServerResponse): void {
    counts.set('file', (counts.get('file') ?? 0) + 1)
    if (suffer(takeFault('file'), res)) return
    const prefix = `/file/bot${token}/`
    const path = url.startsWith(prefix) ? decodeURIComponent(url.slice(prefix.length)) : undefined
    const id = path?.split('/').at(-1)?.split('.')[0] ?? ''
    const file = account.files.get(id)
    if (!file || file.path !== path) write(res, { ok: false, error_code: 404, description: 'Not Found' })
    else res.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes)
  }

  function finish(reply: Reply, { fault, res }: { fault: Fault | undefined; res: ServerResponse }): void {
    if (fault === 'mute') return
    if (fault === 'lose') {
      res.socket?.destroy()
      return
    }
    if (fault === 'notJson') {
      res.writeHead(200, { 'content-type': 'text/html' }).end('<html>tạm dừng</html>')
      return
    }
    if (fault === 'duplicate') queue.doubleLast()
    const isTurned = fault === 'reorder' && reply.ok && Array.isArray(reply.result)
    write(res, isTurned ? done([...reply.result].reverse()) : reply)
  }

  const server = createServer((req, res) => {
    serve(req, res).catch(() => res.socket?.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  for (const chat of options.chats ?? []) chatOf(chat)

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    token,
    botId,
    username,
    answered: account.answered,
    get delivered() {
      return account.shown.size
    },
    get waiting() {
      return queue.size
    },

    open: chatOf,

    write(chat, text, { from, ...more } = {}) {
      return say(chat, { text, entities: entitiesOf(text), ...more }, from)
    },

    sendFile(chat, { bytes, name, mime, caption, told }, { from, ...more } = {}) {
      const id = `BQACAgUAAxkBAAI${account.files.size}`
      const path = `documents/${id}${/\.\w+$/.exec(name ?? '')?.[0] ?? ''}`
      const size = told ?? bytes.length
      account.files.set(id, { path, bytes: Buffer.from(bytes), size })
      const document = {
        file_id: id,
        file_unique_id: id,
        file_size: size,
        ...(name === undefined ? {} : { file_name: name }),
        ...(mime === undefined ? {} : { mime_type: mime }),
      }
      const words = caption === undefined ? {} : { caption, caption_entities: entitiesOf(caption) }
      return say(chat, { document, ...words, ...more }, from)
    },

    edit(messageId, text) {
      const before = written.get(messageId)
      if (!before) throw new Error('nobody wrote that')
      const words =
        'caption' in before
          ? { caption: text, caption_entities: entitiesOf(text) }
          : { text, entities: entitiesOf(text) }
      return tell('edited_message', { ...before, edit_date: 1, ...words }, `${before.chat.id}:edits`)
    },

    press(messageId, index, { from, data } = {}) {
      const shown = account.shown.get(messageId)
      const button = shown?.rows.flat()[index]
      if (!shown || !button) throw new Error('no such button')
      lastPressId += 1n
      const id = String(lastPressId)
      account.presses.add(id)
      const { type } = chatOf(shown.chat)
      const message = {
        message_id: messageId,
        date: 0,
        chat: { id: shown.chat, type },
        from: { id: botId, is_bot: true, first_name: 'thuky' },
        text: shown.text,
        reply_markup: { inline_keyboard: shown.rows },
      }
      const person = { id: from ?? shown.chat, is_bot: false, first_name: 'Cán bộ' }
      const query = {
        id,
        from: person,
        chat_instance: '1',
        message,
        data: data ?? button.callback_data,
      }
      return { ...tell('callback_query', query, `${shown.chat}:presses`), messageId }
    },

    block(chat) {
      chatOf(chat).state = 'blocked'
      return member(chat, 'kicked')
    },
    unblock(chat) {
      chatOf(chat).state = 'open'
      return member(chat, 'member')
    },
    deactivate(chat) {
      chatOf(chat).state = 'deactivated'
    },
    migrate(chat) {
      const to = -1_000_000_000_000 + chat
      chatOf(to, 'supergroup')
      say(chat, { migrate_to_chat_id: to }, GROUP_BOT)
      say(to, { migrate_from_chat_id: chat }, GROUP_BOT)
      chatOf(chat).movedTo = to
      return to
    },

    update: (kind, body, chat = 0) => tell(kind, body, String(chat)),
    repeat: (updateId) => queue.repeat(updateId),
    shown: (chat) => account.chats.get(chat)?.shown ?? [],
    commands: (chat) => account.chats.get(chat)?.commands ?? [],
    count: (method) => counts.get(method) ?? 0,
    calls: (method) => calls.get(method) ?? [],

    fault(method, fault, times = 1) {
      const ordered = Array.from({ length: times }, () => fault)
      faults.set(method, [...(faults.get(method) ?? []), ...ordered])
    },
    heal: () => faults.clear(),

    async close() {
      if (poller) clearTimeout(poller.timer)
      await queue.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** In whose name a group speaks of itself. */
const GROUP_BOT = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }

/** So many in any stretch of so long: the oldest of the last ones must be so long ago. Says how many seconds to wait. */
function createWindow({ max, perMs }: { readonly max: number; readonly perMs: number }): () => number {
  const sentAt = new Float64Array(max).fill(Number.NEGATIVE_INFINITY)
  let oldest = 0
  return () => {
    const now = performance.now()
    const waitMs = perMs - (now - (sentAt[oldest] ?? 0))
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    sentAt[oldest] = now
    oldest = (oldest + 1) % max
    return 0
  }
}

/** What Telegram finds in a text by itself. */
function entitiesOf(text: string) {
  return [...text.matchAll(/(?<!\S)\/[a-z0-9_]{1,64}(?:@\w+)?|(?<![\w@])@\w{5,32}/gi)].map(
    ({ 0: words, index }) => ({
      type: words.startsWith('/') ? 'bot_command' : 'mention',
      offset: index,
      length: words.length,
    }),
  )
}
