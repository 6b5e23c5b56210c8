import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Webhook } from '../../../src/channels/channel.ts'
import type { Shown } from '../contract.ts'

/**
 * A Zalo Official Account with people at its other end: real HTTP on loopback, as strict as the documentation, and
 * with faults on demand. Its time is the test's.
 */
export interface FakeOa {
  readonly apiRoot: string
  readonly oauthRoot: string
  readonly cdnRoot: string
  /** Where the webhook is posted to, over real HTTP; the body reaches it as bytes. */
  serve(webhook: Webhook): Promise<void>
  /** The next requests whose path has this in it end so. */
  fail(path: string, fault: Fault, times?: number): void
  /** A pair as the console's API Explorer shows it: all earlier tokens are void. */
  consent(): string
  /** Access tokens are void from now on; the refresh token is not. */
  voidAccess(): void
  /** What was asked for, in order: "/v3.0/oa/message/cs". */
  readonly asked: readonly string[]
  /** With what: one for each of those. */
  readonly bodies: readonly string[]
  /** How many pairs were handed out for a refresh token. */
  readonly refreshes: number
  person(id: string): FakePerson
  group(id: string, members: readonly string[]): FakeGroup
  /** Posts an event as it stands, signed; the status that came back. */
  post(event: object, more?: PostOptions): Promise<number>
  /** Posts again, with `num_retry`, what was not answered with 200; the statuses. */
  repeat(): Promise<readonly number[]>
  /** What people do is not posted from now on … */
  holdBack(): void
  /** … until now: in this order, and as often as it stands there. */
  release(order: (events: readonly object[]) => readonly object[]): Promise<void>
  /** Tells the webhook what was delivered since this was last called, as Zalo does. */
  echo(): Promise<void>
  /** A file under an address of its own. */
  host(path: string, answer: Hosted): string
  close(): Promise<void>
}

export type Fault =
  | 'loseReply'
  | 'reset'
  | 'hang'
  | 'notJson'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly error: number; readonly message: string }
  | { readonly answer: unknown }

export interface Hosted {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface PostOptions {
  /** Instead of the right one. */
  readonly signature?: string
  readonly body?: string
}

export interface FakePerson {
  readonly id: string
  write(text: string, more?: { readonly id?: string; readonly quote?: string }): Promise<number>
  /** Taps the button of this title under the last message that has it. */
  press(title: string): Promise<number>
  sendFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<number>
  follow(): Promise<number>
  unfollow(): Promise<number>
  withdraw(): Promise<number>
  submitPhone(phone: string): Promise<number>
  /** Was in touch just now, in a way nobody is told of. */
  touch(): void
  /** Will not hear from the account any more. */
  block(): void
  /** Every delivery, oldest first. */
  shown(): readonly Shown[]
}

export interface FakeGroup {
  write(from: string, text: string): Promise<number>
  shown(): readonly Shown[]
}

export interface FakeOptions {
  readonly clock: () => number
  readonly appId?: string
  readonly appSecret?: string
  readonly oaSecret?: string
  readonly oaId?: string
  /** Whether a message with buttons must name this template. */
  readonly buttonTemplate?: string
  /** What an upload is answered with. */
  readonly uploadKey?: 'token' | 'attachment_id'
}

export const APP = {
  appId: '1234567890123456789',
  appSecret: 'app-secret-not-real-1',
  oaSecret: 'oa-secret-key-not-real-2',
  oaId: '388613280878808645',
}
const DAY = 86_400_000
const ACCESS_MS = 90_000_000
const PER_MINUTE = 100
const FILE_MAX = 5 * 1024 * 1024

interface Delivery extends Shown {
  readonly to: string
  readonly id: string
}

interface Account {
  lastSeen?: number
  isBlocked: boolean
}

interface Upload {
  readonly name: string
  readonly bytes: Uint8Array
  readonly at: number
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const NO_ERROR = { error: 0, message: 'Success' }

export async function createFakeOa(options: FakeOptions): Promise<FakeOa> {
  const { clock, uploadKey = 'token' } = options
  const app = { ...APP, ...options }
  const asked: string[] = []
  const bodies: string[] = []
  const accounts = new Map<string, Account>()
  const groups = new Map<string, readonly string[]>()
  const deliveries: Delivery[] = []
  const uploads = new Map<string, Upload>()
  const hosted = new Map<string, Hosted>()
  const faults: { readonly path: string; readonly fault: Fault }[] = []
  const undelivered: { readonly body: string; readonly signature: string; retries: number }[] = []
  let access: { readonly token: string; readonly until: number } | undefined
  let refreshToken = ''
  let refreshes = 0
  let echoed = 0
  let count = 0
  let minute = { start: 0, calls: 0 }
  let hookRoot: string | undefined
  let heldBack: object[] | undefined
  const closing: (() => Promise<void>)[] = []

  // ── What the account answers ──────────────────────────────────────

  function oauth(request: IncomingMessage, path: string, body: Buffer): object {
    if (path !== '/v4/oa/access_token') return { error: -14001, error_name: 'Invalid path' }
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded')
      return { error: -14005, error_name: 'Invalid content type' }
    if (request.headers['secret_key'] !== app.appSecret)
      return { error: -14004, error_name: 'Invalid secret key' }
    const form = new URLSearchParams(body.toString('utf8'))
    if (form.get('app_id') !== app.appId) return { error: -14002, error_name: 'Invalid app id' }
    if (form.get('grant_type') !== 'refresh_token') return { error: -14006, error_name: 'Invalid grant' }
    if (form.get('refresh_token') !== refreshToken)
      return { error: -14014, error_name: 'Invalid refresh token' }
    refreshes += 1
    mint()
    return { access_token: access?.token, refresh_token: refreshToken, expires_in: '90000' }
  }

  function mint(): void {
    access = { token: `access-${randomBytes(40).toString('hex')}`, until: clock() + ACCESS_MS }
    refreshToken = `refresh-${randomBytes(40).toString('hex')}`
  }

  async function api(request: IncomingMessage, path: string, body: Buffer): Promise<object> {
    const refusal = refuseCaller(request)
    if (refusal) return refusal
    const type = request.headers['content-type'] ?? ''
    if (path === '/v2.0/oa/upload/file') return takeFile(type, body)
    if (type !== 'application/json') return { error: -201, message: 'body is invalid!' }
    if (path === '/v3.0/oa/message/cs') return deliver(JSON.parse(body.toString('utf8')))
    if (path === '/v3.0/oa/group/message') return deliverToGroup(JSON.parse(body.toString('utf8')))
    return { error: -212, message: 'App has not registed this api' }
  }

  function refuseCaller(request: IncomingMessage): object | undefined {
    const token = request.headers['access_token']
    if (request.headers.authorization !== undefined || token !== access?.token || !access)
      return { error: -216, message: `Access token is invalid: ${String(token)}` }
    if (clock() >= access.until) return { error: -220, message: 'access_token is expired or removed' }
    if (clock() - minute.start >= 60_000) minute = { start: clock(), calls: 0 }
    minute = { ...minute, calls: minute.calls + 1 }
    if (minute.calls > PER_MINUTE) return { error: -32, message: 'Your OA reached limit call api' }
    return undefined
  }

  async function takeFile(type: string, body: Buffer): Promise<object> {
    if (!type.startsWith('multipart/form-data')) return { error: -201, message: 'file is invalid!' }
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    const file = form.get('file')
    if (!(file instanceof File) || [...form.keys()].length !== 1)
      return { error: -201, message: 'file is invalid!' }
    if (file.size > FILE_MAX) return { error: -210, message: 'Parameter exceeds allowable limit' }
    // Of a kind it does not carry, it says nothing at all.
    if (!/\.(docx?|pdf|csv)$/i.test(file.name)) return { data: {}, ...NO_ERROR }
    const key = `upload-${randomBytes(8).toString('hex')}`
    uploads.set(key, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), at: clock() })
    return { data: { [uploadKey]: key }, ...NO_ERROR }
  }

  function deliver(given: unknown): object {
    const parsed = PrivateMessage.safeParse(given)
    if (!parsed.success)
      return { error: -201, message: `${parsed.error.issues[0]?.path.join('.')} is invalid!` }
    const { recipient, message } = parsed.data
    const account = accounts.get(recipient.user_id)
    if (!account) return { error: -201, message: 'user_id is invalid!' }
    if (account.isBlocked) return { error: -217, message: 'User has blocked invitation from OA' }
    if (account.lastSeen === undefined || clock() - account.lastSeen > 7 * DAY)
      return { error: -230, message: 'User has not interacted with the OA in the past 7 days' }
    const refusal = show(recipient.user_id, message)
    if (refusal) return refusal
    const quota = { quota_type: 'sub_quota', remain: String(2000 - deliveries.length), total: '2000' }
    return { data: { message_id: lastId(), user_id: recipient.user_id, quota }, ...NO_ERROR }
  }

  function deliverToGroup(given: unknown): object {
    const parsed = GroupMessage.safeParse(given)
    if (!parsed.success)
      return { error: -201, message: `${parsed.error.issues[0]?.path.join('.')} is invalid!` }
    const { recipient, message } = parsed.data
    if (!groups.has(recipient.group_id)) return { error: -403, message: 'OA is not in group' }
    const refusal = show(recipient.group_id, message)
    return refusal ?? { data: { message_id: lastId(), group_id: recipient.group_id }, ...NO_ERROR }
  }

  function show(to: string, { text = '', attachment }: z.infer<typeof Message>): object | undefined {
    if (text === '' && !attachment) return { error: -201, message: 'text is invalid!' }
    if (text.length > 2000) return { error: -210, message: 'Parameter exceeds allowable limit' }
    const shown = { to, id: `out${deliveries.length + 1}`, text, choices: [] }
    if (!attachment) return void deliveries.push(shown)
    if (attachment.type === 'file') return showFile(shown, attachment.payload.token)
    const { payload } = attachment
    if ('elements' in payload)
      return void deliveries.push({ ...shown, text: payload.elements.map(({ title }) => title).join() })
    if (payload.template_type !== options.buttonTemplate)
      return { error: -201, message: 'template_type is invalid!' }
    for (const { title, payload: words } of payload.buttons) payloads.set(`${to}\n${title}`, words)
    return void deliveries.push({ ...shown, choices: payload.buttons.map(({ title }) => title) })
  }

  function showFile(shown: Delivery, token: string): object | undefined {
    const file = uploads.get(token)
    if (!file || clock() - file.at > 7 * DAY) return { error: -100, message: 'attachment_id was expired' }
    return void deliveries.push({ ...shown, file })
  }

  const payloads = new Map<string, string>()
  const lastId = () => deliveries.at(-1)?.id

  // ── HTTP ──────────────────────────────────────────────────────────

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    make: (path: string, body: Buffer) => Promise<Answer>,
  ): Promise<void> {
    const body = await readAll(request)
    const path = request.url ?? ''
    asked.push(path)
    bodies.push(body.toString('utf8'))
    const index = faults.findIndex((planned) => path.includes(planned.path))
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0]?.fault
    if (fault === 'reset') return void request.socket.resetAndDestroy()
    if (fault === 'hang') return
    if (typeof fault === 'object') return send(response, refusalOf(fault))
    const made = await make(path, body)
    if (fault === 'loseReply') return void request.socket.resetAndDestroy()
    return send(response, fault === 'notJson' ? { ...made, body: '<html>ok</html>' } : made)
  }

  const api_ = await listen((request, response) =>
    answer(request, response, async (path, body) => ({
      ...json(request.method === 'POST' ? await api(request, path, body) : { error: -212, message: 'GET' }),
      headers: {
        'x-ratelimit-limit': String(PER_MINUTE),
        'x-ratelimit-remain': String(Math.max(0, PER_MINUTE - minute.calls)),
      },
    })),
  )
  const oauth_ = await listen((request, response) =>
    answer(request, response, async (path, body) => json(oauth(request, path, body))),
  )
  const cdn = await listen((request, response) => {
    const {
      status = 200,
      headers = {},
      body = new Uint8Array(),
    } = hosted.get(request.url ?? '') ?? {
      status: 404,
    }
    asked.push(request.url ?? '')
    bodies.push('')
    response.writeHead(status, headers).end(body)
  })
  closing.push(api_.close, oauth_.close, cdn.close)
  mint()
  access = undefined

  // ── What people do ────────────────────────────────────────────────

  function envelope(event: object): object {
    return { app_id: app.appId, ...event, timestamp: String(clock() + count) }
  }

  async function post(event: object, more: PostOptions = {}): Promise<number> {
    if (heldBack) {
      heldBack.push(event)
      return 200
    }
    const body = more.body ?? JSON.stringify(event)
    const timestamp = /"timestamp":\s*"?(\d+)/.exec(body)?.[1] ?? ''
    const signature = more.signature ?? `mac=${sign(app.appId, body, timestamp, app.oaSecret)}`
    const status = await postOnce({ body, signature, retries: 0 })
    if (status !== 200 && more.signature === undefined) undelivered.push({ body, signature, retries: 0 })
    return status
  }

  async function postOnce(hook: {
    readonly body: string
    readonly signature: string
    readonly retries: number
  }): Promise<number> {
    if (hookRoot === undefined) throw new Error('no webhook is served')
    const response = await fetch(`${hookRoot}/zalo/oa`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'ZaloWebhook',
        ...(hook.signature === '' ? {} : { 'X-ZEvent-Signature': hook.signature }),
        ...(hook.retries > 0 ? { num_retry: String(hook.retries) } : {}),
      },
      body: hook.body,
      signal: AbortSignal.timeout(2000),
    })
    if ((await response.text()) !== '') throw new Error('the webhook answered with a body')
    return response.status
  }

  function person(id: string): FakePerson {
    const account = accounts.get(id) ?? { isBlocked: false }
    accounts.set(id, account)
    const parties = { sender: { id }, recipient: { id: app.oaId }, user_id_by_app: '552177279717587730' }
    function say(name: string, message: object): Promise<number> {
      count += 1
      account.lastSeen = clock()
      return post(envelope({ ...parties, event_name: name, message: { msg_id: `in${count}`, ...message } }))
    }
    function act(event: object): Promise<number> {
      count += 1
      account.lastSeen = clock()
      return post(envelope(event))
    }
    const shown = () => deliveries.filter(({ to }) => to === id)
    return {
      id,
      write: (text, more = {}) =>
        say('user_send_text', {
          text,
          ...(more.id === undefined ? {} : { msg_id: more.id }),
          ...(more.quote === undefined ? {} : { quote_msg_id: more.quote }),
        }),
      press: (title) => {
        const payload = payloads.get(`${id}\n${title}`)
        if (payload === undefined) throw new Error(`no button ${title}`)
        return say('user_send_text', { text: payload })
      },
      sendFile: ({ name, bytes }) => {
        const url = host(`/${count}/${encodeURIComponent(name)}`, { body: bytes })
        const checksum = createHash('md5').update(bytes).digest('hex')
        const payload = { size: String(bytes.length), name, checksum, type: name.split('.').at(-1), url }
        return say('user_send_file', { attachments: [{ payload, type: 'file' }] })
      },
      follow: () => {
        account.isBlocked = false
        return act({ oa_id: app.oaId, follower: { id }, event_name: 'follow', source: 'oa_profile' })
      },
      unfollow: () => act({ oa_id: app.oaId, follower: { id }, event_name: 'unfollow' }),
      withdraw: () => act({ ...parties, event_name: 'user_withdraw' }),
      submitPhone: (phone) =>
        act({ ...parties, event_name: 'user_submit_info', info: { name: 'Lan', phone } }),
      touch: () => {
        account.lastSeen = clock()
      },
      block: () => {
        account.isBlocked = true
      },
      shown: () => shown().map(({ text, choices, file }) => ({ text, choices, ...(file ? { file } : {}) })),
    }
  }

  function group(id: string, members: readonly string[]): FakeGroup {
    groups.set(id, members)
    return {
      write: (from, text) => {
        if (!members.includes(from)) throw new Error(`${from} is not in the group`)
        count += 1
        return post(
          envelope({
            oa_id: app.oaId,
            sender: { id: from },
            recipient: { id },
            event_name: 'user_send_group_text',
            message: { text, msg_id: `in${count}` },
          }),
        )
      },
      shown: () => deliveries.filter(({ to }) => to === id).map(({ text, choices }) => ({ text, choices })),
    }
  }

  function host(path: string, answered: Hosted): string {
    hosted.set(path, answered)
    return `${cdn.root}${path}`
  }

  return {
    apiRoot: api_.root,
    oauthRoot: oauth_.root,
    cdnRoot: cdn.root,
    asked,
    bodies,
    get refreshes() {
      return refreshes
    },
    async serve(webhook) {
      const hook = await listen(async (request, response) => {
        const body = new Uint8Array(await readAll(request))
        const { status } =
          request.url === webhook.path
            ? await webhook.handle({ headers: request.headers, body })
            : { status: 404 }
        response.writeHead(status).end()
      })
      hookRoot = hook.root
      closing.push(hook.close)
    },
    fail: (path, fault, times = 1) => {
      for (let left = times; left > 0; left -= 1) faults.push({ path, fault })
    },
    consent: () => {
      mint()
      return refreshToken
    },
    voidAccess: () => {
      access = undefined
    },
    person,
    group,
    post,
    async repeat() {
      const again = undelivered.splice(0)
      const statuses: number[] = []
      for (const hook of again) {
        const next = { ...hook, retries: hook.retries + 1 }
        const status = await postOnce(next)
        statuses.push(status)
        if (status !== 200 && next.retries < 5) undelivered.push(next)
      }
      return statuses
    },
    holdBack: () => {
      heldBack = []
    },
    async release(order) {
      const events = heldBack ?? []
      heldBack = undefined
      for (const event of order(events)) await post(event)
    },
    async echo() {
      for (const { to, id, text, file } of deliveries.slice(echoed)) {
        const kind = file ? 'file' : 'text'
        const event_name = groups.has(to) ? `oa_send_group_${kind}` : `oa_send_${kind}`
        const message = { msg_id: id, ...(file ? { attachments: [{ type: 'file' }] } : { text }) }
        await post(envelope({ sender: { id: app.oaId }, recipient: { id: to }, event_name, message }))
      }
      echoed = deliveries.length
    },
    host,
    async close() {
      await Promise.all(closing.map((end) => end()))
    },
  }
}

/** By the formula of Zalo's own Java code. */
export function sign(appId: string, body: string, timestamp: string, key: string): string {
  return createHash('sha256').update(`${appId}${body}${timestamp}${key}`, 'utf8').digest('hex')
}

const Button = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal(['oa.query.show', 'oa.query.hide']),
    title: z.string().min(1).max(100),
    payload: z.string().min(1).max(1000),
  }),
])

const FileAttachment = z.strictObject({
  type: z.literal('file'),
  payload: z.strictObject({ token: z.string() }),
})

const Message = z.strictObject({
  text: z.string().optional(),
  attachment: z
    .union([
      FileAttachment,
      z.strictObject({
        type: z.literal('template'),
        payload: z.union([
          z.strictObject({ template_type: z.string().optional(), buttons: z.array(Button).min(1).max(5) }),
          z.strictObject({
            template_type: z.literal('request_user_info'),
            elements: z
              .array(
                z.strictObject({
                  title: z.string().min(1).max(100),
                  subtitle: z.string().min(1).max(500),
                  image_url: z.url(),
                }),
              )
              .length(1),
          }),
        ]),
      }),
    ])
    .optional(),
})

const PrivateMessage = z.strictObject({
  recipient: z.strictObject({ user_id: z.string().regex(/^\d+$/) }),
  message: Message,
})

const GroupMessage = z.strictObject({
  recipient: z.strictObject({ group_id: z.string() }),
  message: z.strictObject({ text: z.string().optional(), attachment: FileAttachment.optional() }),
})

function refusalOf(fault: Extract<Fault, object>): Answer {
  if ('answer' in fault) return json(fault.answer)
  if ('error' in fault) return json(fault)
  return { status: fault.status, headers: fault.headers ?? {}, body: '<html>busy</html>' }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

function json(value: unknown): Answer {
  return { status: 200, headers: {}, body: JSON.stringify(value) }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<{ readonly root: string; close(): Promise<void> }> {
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    root: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
