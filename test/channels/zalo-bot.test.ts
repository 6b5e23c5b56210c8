import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Channel, Notice, Receive, Update } from '../../src/channels/channel.ts'
import type { Shared } from '../../src/channels/shared.ts'
import { createWebChannel } from '../../src/channels/web.ts'
import { createZaloBotChannel, type ZaloBotOptions } from '../../src/channels/zalo-bot.ts'
import { createWebServer } from '../../src/web/server.ts'
import { WORDS } from '../web/words.ts'
import { describeChannel, type Harness } from './contract.ts'
import { type FakeOptions, type FakeZaloBot, openFakeZaloBot } from './zalo-bot/fake.ts'

const TOKEN = '4021785533190:kQ7zWm-not-a-real-token'
const SECRET = 'not-a-real-secret'
const ME = '6ede9afa66b88fe6d6a9'
const OTHER = '7f00aa12bd990e11c2d4'
const GROUP = 'g0123456789abcdef'
const PUBLIC = 'https://thuky.tanloc.example'
/** Nothing that takes seconds in earnest takes them here. */
const TIMING = { answerMs: 400, retryMs: 20, restMs: 1, longMs: 60, graceMs: 1_000 }

/** What every test opens is closed after it, the last first. */
const closing: (() => Promise<unknown>)[] = []
let written = ''

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(written).not.toMatch(/4021785533190|kQ7zWm|not-a-real/)
  written = ''
})

/** With every word an error brings: what is not in here is nowhere. */
const log = pino(
  { level: 'trace', timestamp: false },
  {
    write(line: string) {
      written += line
    },
  },
)

/** What a database would keep for several processes, in one. */
function createLeases() {
  const holders = new Map<string, string>()
  return (process: string): Shared => ({
    hold: async (name) => (holders.get(name) ?? holders.set(name, process).get(name)) === process,
    letGo: async (name) => void (holders.get(name) === process && holders.delete(name)),
    readSecret: async () => undefined,
    keepSecret: async () => undefined,
  })
}

async function openFake(more: Partial<FakeOptions> = {}): Promise<FakeZaloBot> {
  const fake = await openFakeZaloBot({
    token: TOKEN,
    people: [ME, OTHER],
    groups: { [GROUP]: [ME, OTHER] },
    ...more,
  })
  closing.push(async () => {
    await fake.close()
    expect(fake.offences).toEqual([])
  })
  return fake
}

function open(apiRoot: string, more: Partial<ZaloBotOptions> = {}): Channel {
  const channel = createZaloBotChannel({
    token: TOKEN,
    apiRoot,
    mode: 'polling',
    shared: createLeases()('one'),
    log,
    ...more,
    timing: { ...TIMING, ...more.timing },
  })
  closing.push(() => channel.stop())
  return channel
}

/** Our own server before the channel's webhook, as the other side reaches it. */
async function openDoor(): Promise<{ route(url: string): string; serve(channel: Channel): Promise<void> }> {
  let root = ''
  return {
    route: (url) => url.replace(PUBLIC, root),
    async serve({ webhook }) {
      const rooms = {
        office: async () => undefined,
        transcript: async () => [],
        board: async () => undefined,
        file: async () => undefined,
      }
      const health = { isReady: async () => true, metrics: async () => '' }
      const web = { rooms, channel: createWebChannel(), words: WORDS, health, log }
      const server = createWebServer({ ...web, webhooks: webhook ? [webhook] : [] })
      root = `http://127.0.0.1:${await server.listen(0)}`
      closing.push(() => server.close())
    },
  }
}

interface Line {
  readonly fake: FakeZaloBot
  readonly channel: Channel
  readonly updates: Update[]
  readonly notices: Notice[]
}

/** A channel that runs, with the person's side of it. */
async function begin(
  mode: 'polling' | 'webhook',
  { receive = async () => ({ isStored: true }), fake: given = {}, bot = {} }: Beginning = {},
): Promise<Line> {
  const door = await openDoor()
  const fake = await openFake({ route: door.route, ...given })
  const channel = open(fake.apiRoot, { mode, publicUrl: `${PUBLIC}/`, webhookSecret: SECRET, ...bot })
  await door.serve(channel)
  const updates: Update[] = []
  const notices: Notice[] = []
  await channel.start(
    async (update) => {
      updates.push(update)
      return receive(update)
    },
    async (notice) => void notices.push(notice),
  )
  if (mode === 'webhook') await vi.waitFor(() => expect(fake.webhook()).toBeDefined())
  return { fake, channel, updates, notices }
}

interface Beginning {
  readonly receive?: Receive
  readonly fake?: Partial<FakeOptions>
  readonly bot?: Partial<ZaloBotOptions>
}

for (const mode of ['polling', 'webhook'] as const) {
  describeChannel(`zalo-bot (${mode})`, async (): Promise<Harness> => {
    const before = closing.length
    const door = await openDoor()
    const fake = await openFake({ route: door.route, shape: 'flat' })
    const channel = open(fake.apiRoot, { mode, publicUrl: PUBLIC, webhookSecret: SECRET })
    await door.serve(channel)
    const dealt: string[] = []
    const count = (id: string) => dealt.filter((one) => one === id).length
    return {
      channel: {
        ...channel,
        async start(receive) {
          await channel.start(async (update) => {
            const result = await receive(update)
            dealt.push(update.id.split(':')[2] ?? '')
            return result
          })
          await vi.waitFor(() => expect(mode === 'polling' || fake.webhook()).toBeTruthy())
        },
      },
      chat: ME,
      isRedelivering: true,
      async write({ id, text }) {
        const seen = count(id)
        await fake.write({ chat: ME, id, text })
        await vi.waitFor(() => expect(count(id)).toBeGreaterThan(seen), { timeout: 500, interval: 5 })
        // What is said at once follows the storing.
        await sleep(30)
      },
      shown: async () => fake.shown(ME).map(({ text }) => ({ text, choices: [] })),
      async close() {
        for (const close of closing.splice(before).reverse()) await close()
      },
    }
  })
}

describe.each(['polling', 'webhook'] as const)('what arrives by %s', (mode) => {
  test('is known by the bot, the chat and the message, and names nothing of the token', async () => {
    const { fake, updates } = await begin(mode)
    await fake.write({ chat: ME, id: 'a1', text: '228 hồ sơ' })
    await vi.waitFor(() => expect(updates).toHaveLength(1))
    expect(updates).toEqual([{ id: expect.any(String), chat: ME, text: '228 hồ sơ', files: [] }])
    expect(updates[0]?.id).toMatch(new RegExp(`^[0-9a-f]{12}:${ME}:a1$`))
  })

  test('is named after who wrote it in a group', async () => {
    const { fake, updates } = await begin(mode)
    await fake.write({ chat: GROUP, from: OTHER, id: 'a1', text: 'tiến độ' })
    await vi.waitFor(() => expect(updates).toMatchObject([{ chat: GROUP, sender: OTHER, text: 'tiến độ' }]))
  })

  test('is a file without its bytes where a document was sent', async () => {
    const { fake, updates } = await begin(mode)
    await fake.sendFile({ chat: ME })
    await vi.waitFor(() =>
      expect(updates).toMatchObject([{ chat: ME, text: '', files: [{ name: 'tep-dinh-kem', size: 0 }] }]),
    )
  })

  test('is told as not stored once, however often it is tried again', async () => {
    const stored: string[] = []
    let tries = 0
    const receive: Receive = async ({ id }) => {
      tries += 1
      if (tries < 4) return { isStored: false, say: 'Tin nhắn chưa được ghi nhận.' }
      stored.push(id)
      return { isStored: true }
    }
    const { fake } = await begin(mode, { receive, fake: { repeats: 5 } })
    await fake.write({ chat: ME, text: '228' })
    await vi.waitFor(() => expect(stored).toHaveLength(1))
    expect(tries).toBe(4)
    expect(fake.shown(ME).map(({ text }) => text)).toEqual(['Tin nhắn chưa được ghi nhận.'])
  })

  test('is tried again when its storing threw', async () => {
    let tries = 0
    const receive: Receive = async () => {
      tries += 1
      if (tries === 1) throw new Error(`the disk is on fire`)
      return { isStored: true }
    }
    const { fake, updates } = await begin(mode, { receive, fake: { repeats: 1 } })
    await fake.write({ chat: ME, id: 'a1', text: '228' })
    await fake.write({ chat: ME, id: 'a2', text: '5' })
    await vi.waitFor(() => expect(updates.map(({ text }) => text)).toEqual(['228', '228', '5']))
    expect(fake.shown(ME)).toEqual([])
  })

  test('keeps ids apart that no double can hold', async () => {
    const { fake, updates } = await begin(mode)
    for (const end of [60, 61]) {
      const from = `{"id":"${ME}"}`
      const message = `{"message_id":31200366547339517${end},"text":"x","from":${from},"chat":${from}}`
      await fake.emit(`{"event_name":"message.text.received","message":${message}}`)
    }
    await vi.waitFor(() => expect(updates).toHaveLength(2))
    expect(updates.map(({ id }) => id.split(':')[2])).toEqual(['3120036654733951760', '3120036654733951761'])
  })
})

describe('an event', () => {
  const MESSAGE = {
    message_id: 'a1',
    from: { id: ME, is_bot: false },
    chat: { id: ME, chat_type: 'PRIVATE' },
    date: 1,
  }

  /** By the webhook, since there each event has its answer. */
  async function emit(event_name: string, message?: object): Promise<{ statuses: readonly number[] } & Line> {
    const line = await begin('webhook')
    return { ...line, statuses: await line.fake.emit({ event_name, ...(message && { message }) }) }
  }

  test.each([
    ['image', { photo: 'https://a.example/1.jpg', caption: 'số liệu: 228' }, 'anh.jpg', 'số liệu: 228'],
    ['image', { photo_url: 'https://a.example/1.jpg' }, 'anh.jpg', ''],
    ['sticker', { sticker: 'abc', url: 'https://a.example' }, 'nhan-dan.png', ''],
    ['voice', { voice_url: 'https://a.example/1.aac' }, 'ghi-am.aac', ''],
    ['link', { url: 'https://a.example' }, 'lien-ket.url', ''],
    ['unsupported', {}, 'tep-dinh-kem', ''],
  ])(
    'with %s hands in that something came which cannot be read, and the words beside it',
    async (kind, more, name, text) => {
      const { updates, statuses } = await emit(`message.${kind}.received`, { ...MESSAGE, ...more })
      expect(statuses).toEqual([200])
      expect(updates).toMatchObject([{ chat: ME, text, files: [{ name, size: 0 }] }])
      expect(updates[0]?.files[0]).not.toHaveProperty('ref')
    },
  )

  test('with a link among words is those words', async () => {
    const text = '228 hồ sơ, xem https://tanloc.example'
    const { updates } = await emit('message.link.received', { ...MESSAGE, text })
    expect(updates).toMatchObject([{ text, files: [] }])
  })

  test.each([
    ['message.reaction.received', MESSAGE],
    ['bot.added', undefined],
    ['message.text.received', { ...MESSAGE, text: 'x', from: { id: 'b', is_bot: true } }],
  ])('of no interest (%s) is acknowledged and says nothing', async (name, message) => {
    const { updates, statuses } = await emit(name, message)
    expect([statuses, updates]).toEqual([[200], []])
    expect(written).toBe('')
  })

  test.each([
    ['message.unsupported.received', undefined],
    ['message.text.received', { ...MESSAGE, message_id: undefined }],
    ['message.text.received', MESSAGE],
  ])('nobody can answer (%s) is acknowledged, and leaves a line in the log', async (name, message) => {
    const { updates, statuses } = await emit(name, message)
    expect([statuses, updates]).toEqual([[200], []])
    expect(written).toContain('a shape nobody knows')
  })

  test.each([
    ['GROUP', 'g1', ME],
    ['SUPERGROUP', 'g1', ME],
    [undefined, 'g1', ME],
    ['private', ME, undefined],
    [undefined, ME, undefined],
  ])('of a chat of type %s is private only where that is certain', async (chat_type, id, sender) => {
    const { updates } = await emit('message.text.received', {
      ...MESSAGE,
      text: 'x',
      chat: { id, chat_type },
    })
    expect(updates.map((update) => update.sender)).toEqual([sender])
  })
})

describe('the webhook', () => {
  async function handled(
    headers: Readonly<Record<string, string | readonly string[]>>,
    body: Uint8Array | string,
  ) {
    const { channel, updates } = await begin('webhook')
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    return { ...(await channel.webhook?.handle({ headers, body: bytes })), updates }
  }
  const HEADERS = { 'x-bot-api-secret-token': SECRET }
  const BODY = readFileSync(
    join(import.meta.dirname, 'zalo-bot/payloads/bot-webhook/text.observed-flat.json'),
  )

  test('takes what carries its secret', async () => {
    expect(await handled(HEADERS, BODY)).toMatchObject({ status: 200, updates: [{ text: '/gia btc' }] })
  })

  test.each([
    ['no secret', {}],
    ['an empty one', { 'x-bot-api-secret-token': '' }],
    ['another', { 'x-bot-api-secret-token': 'not-a-real-secreT' }],
    ['a piece of it', { 'x-bot-api-secret-token': 'not-a-real' }],
    ['it twice', { 'x-bot-api-secret-token': [SECRET, SECRET] }],
  ])('refuses what carries %s', async (_what, headers) => {
    expect(await handled(headers, BODY)).toMatchObject({ status: 401, updates: [] })
  })

  test.each([
    ['no JSON', '{"event_name": "message.text.'],
    ['nothing', ''],
    ['no UTF-8', Buffer.from('{"event_name":"hé"}', 'latin1')],
  ])('refuses a body of %s', async (_what, body) => {
    expect(await handled(HEADERS, body)).toMatchObject({ status: 400, updates: [] })
  })

  test.each(['null', '3', '[]', '{}', '{"ok":true}', '{"result":null}', '{"event_name":7}'])(
    'acknowledges %s, which is nothing to us',
    async (body) => {
      expect(await handled(HEADERS, body)).toMatchObject({ status: 200, updates: [] })
    },
  )

  test('asks to be tried again before the start, and after the end', async () => {
    const fake = await openFake()
    const channel = open(fake.apiRoot, { mode: 'webhook', publicUrl: PUBLIC, webhookSecret: SECRET })
    const ask = () => channel.webhook?.handle({ headers: HEADERS, body: BODY })
    expect(await ask()).toEqual({ status: 503 })
    await channel.start(async () => ({ isStored: true }))
    expect(await ask()).toEqual({ status: 200 })
    await channel.stop()
    expect(await ask()).toEqual({ status: 503 })
  })

  test('takes nothing new in while what is under way is waited for', async () => {
    let finish = () => {}
    const receive: Receive = async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      return { isStored: true }
    }
    const { channel, updates } = await begin('webhook', { receive })
    const ask = () => channel.webhook?.handle({ headers: HEADERS, body: BODY })
    const first = ask()
    const stopped = channel.stop()
    expect(await ask()).toEqual({ status: 503 })
    finish()
    await stopped
    expect([await first, updates.length]).toEqual([{ status: 200 }, 1])
  })

  test('gives a message another id under another bot, and the same one under a renewed token', async () => {
    const ids: string[] = []
    for (const token of [TOKEN, `${TOKEN}-renewed`, '99:of-another-bot']) {
      const fake = await openFake({ token })
      const channel = open(fake.apiRoot, { token, mode: 'webhook', publicUrl: PUBLIC, webhookSecret: SECRET })
      await channel.start(async ({ id }) => ({ isStored: ids.push(id) > 0 }))
      await channel.webhook?.handle({ headers: HEADERS, body: BODY })
    }
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test('is made known with its secret, as often as it takes', async () => {
    const fake = await openFake()
    fake.fail('setWebhook', { status: 502, body: '<html>' })
    fake.fail('setWebhook', 'reset')
    const channel = open(fake.apiRoot, { mode: 'webhook', publicUrl: `${PUBLIC}/`, webhookSecret: SECRET })
    await channel.start(async () => ({ isStored: true }))
    await vi.waitFor(() =>
      expect(fake.webhook()).toMatchObject({ url: `${PUBLIC}/zalo/bot`, secret: SECRET }),
    )
    const [call] = fake.calls.filter(({ method }) => method === 'setWebhook')
    expect(Object.keys(call?.body ?? {})).toEqual(Object.keys(payload('bot-api/setWebhook.request.json')))
  })

  test('cannot be without an address and a secret', async () => {
    expect(() => open('http://127.0.0.1:1', { mode: 'webhook', webhookSecret: SECRET })).toThrow('an address')
    expect(() => open('http://127.0.0.1:1', { mode: 'webhook', publicUrl: PUBLIC })).toThrow('a secret')
    expect(open('http://127.0.0.1:1').webhook).toBeUndefined()
  })
})

describe('the polling', () => {
  test('takes one event at a time, or a list', async () => {
    for (const batch of ['one', 'all'] as const) {
      const { fake, updates } = await begin('polling', { fake: { batch } })
      for (const text of ['1', '2', '3']) await fake.write({ chat: ME, text })
      await vi.waitFor(() => expect(updates.map(({ text }) => text)).toEqual(['1', '2', '3']))
    }
  })

  test('asks for nothing more before what came is stored', async () => {
    let isOpen = false
    const { fake, updates } = await begin('polling', { receive: async () => ({ isStored: isOpen }) })
    await fake.write({ chat: ME, id: 'a1', text: '228' })
    await vi.waitFor(() => expect(updates.length).toBeGreaterThan(2))
    const polls = () => fake.calls.filter(({ method }) => method === 'getUpdates').length
    const before = polls()
    await fake.write({ chat: ME, id: 'a2', text: '5' })
    await sleep(100)
    expect(polls()).toBe(before)
    isOpen = true
    await vi.waitFor(() => expect(updates.at(-1)?.text).toBe('5'))
    expect(new Set(updates.slice(0, -1).map(({ text }) => text))).toEqual(new Set(['228']))
  })

  test('takes an empty poll for what it is', async () => {
    const { fake } = await begin('polling', { fake: { holdMs: 5 } })
    await vi.waitFor(() => expect(fake.calls.length).toBeGreaterThan(4))
    expect(written).toBe('')
  })

  test('does not hammer a server that answers at once with nothing', async () => {
    const fake = await openFake()
    fake.fail('getUpdates', { status: 200, body: '{"ok":true}' }, 10_000)
    const channel = open(fake.apiRoot, { timing: { restMs: 100 } })
    await channel.start(async () => ({ isStored: true }))
    await sleep(350)
    await channel.stop()
    expect(fake.calls.length).toBeGreaterThan(2)
    expect(fake.calls.length).toBeLessThan(8)
    expect(written).toBe('')
  })

  test.each([
    ['hung up', 'reset'],
    ['an error of the server', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['no JSON', { status: 200, body: '<html>' }],
    ['too much', { status: 429, body: '{"ok":false,"error_code":429,"description":"Too many requests"}' }],
  ] as const)('goes on after %s', async (_what, fault) => {
    const { fake, updates, notices } = await begin('polling')
    fake.fail('getUpdates', fault, 2)
    await vi.waitFor(() => expect(written.split('\n').length).toBeGreaterThan(2), { timeout: 3_000 })
    await fake.write({ chat: ME, text: '228' })
    await vi.waitFor(() => expect(updates).toHaveLength(1))
    expect(notices).toEqual([])
  })

  test('gives what is handed out twice the id it had, and takes what comes out of order', async () => {
    const { fake, updates } = await begin('polling', {
      receive: async () => sleep(30).then(() => ({ isStored: true })),
    })
    fake.fail('getUpdates', 'duplicate', 2)
    await fake.write({ chat: ME, text: '228' })
    await vi.waitFor(() => expect(updates.length).toBeGreaterThan(1))
    expect(new Set(updates.map(({ id }) => id)).size).toBe(1)
    fake.fail('getUpdates', 'reorder')
    for (const text of ['2', '3']) await fake.write({ chat: ME, text })
    await vi.waitFor(() =>
      expect(updates.map(({ text }) => text)).toEqual(expect.arrayContaining(['2', '3'])),
    )
  })

  test('tells once that the token is refused, and goes on when it is good again', async () => {
    for (const code of [401, 404]) {
      const { fake, updates, notices } = await begin('polling')
      fake.fail('getUpdates', { status: code, body: `{"ok":false,"error_code":${code}}` }, 3)
      await vi.waitFor(() => expect(written.split(`"code":${code}`)).toHaveLength(4), { timeout: 3_000 })
      expect(notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
      await fake.write({ chat: ME, text: '228' })
      await vi.waitFor(() => expect(updates).toHaveLength(1))
    }
  })

  test('ends with the poll it is in, so that what that brings is not lost', async () => {
    const { fake, channel, updates } = await begin('polling', { fake: { holdMs: 400 } })
    await vi.waitFor(() => expect(fake.calls.at(-1)?.method).toBe('getUpdates'))
    const stopped = channel.stop()
    await fake.write({ chat: ME, text: '228' })
    await stopped
    expect(updates.map(({ text }) => text)).toEqual(['228'])
  })

  test('does not wait for ever for a poll that never ends', async () => {
    const { fake, channel } = await begin('polling', { bot: { timing: { graceMs: 100 } } })
    fake.fail('getUpdates', 'hang', 5)
    await sleep(150)
    const from = performance.now()
    await channel.stop()
    expect(performance.now() - from).toBeLessThan(900)
  })

  test('says in the log that a message was lost when the end came before it was stored', async () => {
    const { fake, channel, updates } = await begin('polling', { receive: async () => ({ isStored: false }) })
    await fake.write({ chat: ME, text: '228' })
    await vi.waitFor(() => expect(updates).not.toEqual([]))
    await channel.stop()
    expect(written).toContain('a message is lost')
  })

  test('is done by one process, and by the other when that one leaves', async () => {
    const fake = await openFake()
    const leases = createLeases()
    const heard: string[] = []
    const [one, two] = ['one', 'two'].map((name) => open(fake.apiRoot, { shared: leases(name) }))
    await one?.start(async ({ text }) => ({ isStored: heard.push(`one ${text}`) > 0 }))
    await vi.waitFor(() => expect(fake.calls.some(({ method }) => method === 'getUpdates')).toBe(true))
    await two?.start(async ({ text }) => ({ isStored: heard.push(`two ${text}`) > 0 }))
    for (const text of ['1', '2', '3']) await fake.write({ chat: ME, text })
    await vi.waitFor(() => expect(heard).toEqual(['one 1', 'one 2', 'one 3']))
    await one?.stop()
    await fake.write({ chat: ME, text: '4' })
    await vi.waitFor(() => expect(heard.at(-1)).toBe('two 4'))
  })

  test('waits while nobody can say whose turn it is', async () => {
    let isDown = true
    const shared: Shared = {
      ...createLeases()('one'),
      hold: async () => {
        if (isDown) throw new Error('no database')
        return true
      },
    }
    const { fake, updates } = await begin('polling', { bot: { shared } })
    await fake.write({ chat: ME, text: '228' })
    await sleep(100)
    expect(updates).toEqual([])
    isDown = false
    await vi.waitFor(() => expect(updates).toHaveLength(1))
  })

  test('puts an end to a webhook first', async () => {
    const { fake, channel } = await begin('webhook')
    await channel.stop()
    const polling = open(fake.apiRoot)
    const updates: Update[] = []
    await polling.start(async (update) => ({ isStored: updates.push(update) > 0 }))
    await vi.waitFor(() => expect(fake.webhook()).toBeUndefined())
    await fake.write({ chat: ME, text: '228' })
    await vi.waitFor(() => expect(updates).toHaveLength(1))
  })

  test('begins when the other side comes up, though it was down at the start', async () => {
    const first = await openFakeZaloBot({ token: TOKEN, people: [ME] })
    await first.close()
    const channel = open(first.apiRoot)
    const updates: Update[] = []
    await channel.start(async (update) => ({ isStored: updates.push(update) > 0 }))
    await sleep(60)
    const fake = await openFake({ port: Number(new URL(first.apiRoot).port) })
    await fake.write({ chat: ME, text: '228' })
    await vi.waitFor(() => expect(updates).toHaveLength(1))
  })
})

describe('what is sent', () => {
  const message = (text: string) => ({ id: '34', text, choices: [] })

  async function send(text = 'Xin chào', more: Partial<FakeOptions> = {}) {
    const fake = await openFake(more)
    const channel = open(fake.apiRoot)
    const notices: Notice[] = []
    await channel.start(
      async () => ({ isStored: true }),
      async (notice) => void notices.push(notice),
    )
    return { fake, channel, notices, send: () => channel.send(ME, message(text)) }
  }

  test('goes as it is documented, and comes back with its id', async () => {
    const { fake, send: go } = await send()
    const outcome = await go()
    expect(outcome).toEqual({ type: 'sent', messageId: fake.shown(ME)[0]?.messageId })
    expect(fake.calls.find(({ method }) => method === 'sendMessage')?.body).toEqual(
      payload('bot-api/sendMessage.request.json'),
    )
  })

  test('has no marks in it', async () => {
    const { fake, send: go } = await send('Còn **3 mục** chưa có số: 2 ** 3')
    await go()
    expect(fake.shown(ME).map(({ text }) => text)).toEqual(['Còn 3 mục chưa có số: 2 ** 3'])
  })

  test('may be as long as 2.000 characters', async () => {
    const { fake, channel, send: go } = await send('ữ'.repeat(2000))
    expect(channel.capabilities.textMax).toBe(2000)
    expect((await go()).type).toBe('sent')
    expect(fake.shown(ME)[0]?.text).toHaveLength(2000)
  })

  const PAUSE = { type: 'retryLater', afterMs: 60_000, isPause: true }
  const fails = (status: number, error_code: number, description = '') => ({
    status,
    body: JSON.stringify({ ok: false, error_code, description }),
  })

  test.each([
    ['a refusal', fails(400, 400, 'Bad Request: Xin chào'), { type: 'refused', reason: 'error 400' }],
    ['a refusal with status 200', fails(200, 400), { type: 'refused', reason: 'error 400' }],
    [
      'a refusal without a number',
      { status: 200, body: '{"ok":false}' },
      { type: 'refused', reason: 'error 200' },
    ],
    ['a number that is words', { status: 200, body: '{"ok":false,"error_code":"403"}' }, CLOSED('error 403')],
    ['being blocked', fails(403, 403), CLOSED('error 403')],
    ['being blocked, with status 200', fails(200, 403), CLOSED('error 403')],
    ['a month used up', fails(429, 429, 'Quota exceeded'), SPENT],
    ['too many at once', fails(429, 429, 'Too Many Requests'), PAUSE],
    ['too many at once, from a gateway', { status: 429, body: '<html>' }, PAUSE],
    ['a token refused', fails(401, 401), PAUSE],
    ['a token refused by a page', { status: 401, body: '<html>' }, PAUSE],
    ['a timeout behind it', fails(408, 408), { type: 'unknown', reason: 'error 408' }],
    ['a failure behind it', fails(200, 500), { type: 'unknown', reason: 'status 500' }],
    ['a failure', { status: 502, body: '<html>' }, { type: 'unknown', reason: 'status 502' }],
    [
      'a failure that says ok',
      { status: 500, body: '{"ok":true}' },
      { type: 'unknown', reason: 'status 500' },
    ],
    ['no JSON', { status: 200, body: '<html>' }, { type: 'unknown', reason: 'status 200' }],
    ['other JSON', { status: 200, body: '{"error":0}' }, { type: 'unknown', reason: 'status 200' }],
    ['being sent elsewhere', { status: 302, body: '' }, { type: 'unknown', reason: 'status 302' }],
    ['success without an id', { status: 200, body: '{"ok":true}' }, { type: 'sent' }],
    [
      'success with a bare id',
      { status: 200, body: '{"ok":true,"result":{"message_id":3120036654733951760}}' },
      { type: 'sent', messageId: '3120036654733951760' },
    ],
    ['a lost answer', 'lose', { type: 'unknown', reason: 'UND_ERR_SOCKET' }],
    ['a hang-up', 'reset', { type: 'unknown', reason: 'UND_ERR_SOCKET' }],
    ['silence', 'hang', { type: 'unknown', reason: expect.any(String) }],
  ] as const)('and met with %s ends so', async (_what, fault, outcome) => {
    const { fake, send: go } = await send()
    fake.fail('sendMessage', fault)
    expect(await go()).toEqual(outcome)
    expect(fake.shown(ME).length).toBe(fault === 'lose' ? 1 : 0)
    expect((await go()).type).toBe('sent')
  })

  test('is refused by a chat that closed itself, and by a month that is over', async () => {
    const blocking = await send()
    blocking.fake.block(ME)
    expect(await blocking.send()).toEqual(CLOSED('error 403'))
    const spent = await send('Xin chào', { quota: 1 })
    expect((await spent.send()).type).toBe('sent')
    expect(await spent.send()).toEqual(SPENT)
  })

  test('waits where the bot is not found, and not where the chat is not', async () => {
    const { fake, send: go, notices } = await send()
    fake.fail('sendMessage', { status: 404, body: JSON.stringify(payload('bot-api/error.generic.json')) }, 2)
    expect(await go()).toEqual({ type: 'refused', reason: 'error 404' })
    expect(notices).toEqual([])
    fake.fail('getMe', { status: 404, body: JSON.stringify(payload('bot-api/error.generic.json')) })
    expect(await go()).toEqual(PAUSE)
    expect(notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
  })

  test('tells once that the token is refused, again after it was good, and again if nobody heard', async () => {
    const fake = await openFake()
    const heard: string[] = []
    let isDeaf = true
    const channel = open(fake.apiRoot, { mode: 'webhook', publicUrl: PUBLIC, webhookSecret: SECRET })
    await channel.start(
      async () => ({ isStored: true }),
      async ({ type }) => {
        if (isDeaf) throw new Error('the disk is on fire')
        heard.push(type)
      },
    )
    await vi.waitFor(() => expect(fake.webhook()).toBeDefined())
    const go = () => channel.send(ME, message('Xin chào'))
    fake.renewToken('another')
    expect(await go()).toEqual(PAUSE)
    isDeaf = false
    for (let times = 0; times < 3; times += 1) await go()
    expect(heard).toEqual(['trouble'])
    fake.renewToken(TOKEN)
    await go()
    fake.renewToken('another')
    await go()
    expect(heard).toEqual(['trouble', 'trouble'])
  })

  test('that never left is sent again later', async () => {
    const gone = await openFakeZaloBot({ token: TOKEN, people: [ME] })
    await gone.close()
    const deaf = await listen(createServer((socket) => socket.on('error', () => undefined).resetAndDestroy()))
    for (const apiRoot of [
      gone.apiRoot,
      'http://no-such-host.invalid',
      // A handshake that fails, and one that is cut off.
      (await openFake()).apiRoot.replace('http:', 'https:'),
      deaf.replace('http:', 'https:'),
    ]) {
      const outcome = await open(apiRoot).send(ME, message('Xin chào'))
      expect([apiRoot, outcome]).toEqual([apiRoot, { type: 'retryLater', afterMs: 15_000 }])
    }
  })

  test('does not go over a connection that may just be closing', async () => {
    const BODY = '{"ok":true,"result":{"message_id":"m"}}'
    const used = await listen(
      createServer((socket) => {
        let isUsed = false
        socket
          .on('error', () => undefined)
          .on('data', (data) => {
            if (isUsed) socket.destroy()
            isUsed = data.includes('"text"')
            if (isUsed) socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`)
          })
      }),
    )
    const channel = open(used)
    for (let times = 0; times < 3; times += 1)
      expect(await channel.send(ME, message('Xin chào'))).toEqual({ type: 'sent', messageId: 'm' })
  })

  test('after the end never leaves', async () => {
    const { fake, channel, send: go } = await send()
    await channel.stop()
    expect((await go()).type).toBe('retryLater')
    expect(fake.shown(ME)).toEqual([])
  })

  test('is not cut off by the end', async () => {
    const { fake, channel, send: go } = await send()
    fake.fail('sendMessage', 'hang')
    const going = go()
    await channel.stop()
    expect((await Promise.race([going, sleep(0)]))?.type).toBe('unknown')
  })
})

describe('the payloads', () => {
  const files = ['bot-api', 'bot-webhook'].flatMap((folder) =>
    readdirSync(join(import.meta.dirname, 'zalo-bot/payloads', folder)).map((name) => `${folder}/${name}`),
  )

  test.each(files.filter((name) => name.startsWith('bot-webhook/')))('%s arrives', async (name) => {
    const { channel, updates } = await begin('webhook')
    const body = readFileSync(join(import.meta.dirname, 'zalo-bot/payloads', name))
    const headers = { 'x-bot-api-secret-token': SECRET }
    expect(await channel.webhook?.handle({ headers, body })).toEqual({ status: 200 })
    expect(updates).toEqual(ARRIVING[name] ?? 'something')
  })

  test.each(files.filter((name) => name.endsWith('.response.json') || name.includes('error')))(
    '%s is how the stand-in speaks, too',
    async (name) => {
      const fake = await openFake({ holdMs: 1 })
      const method = name.includes('error') ? 'unheardOf' : (/(\w+)\.\w*\.?response/.exec(name)?.[1] ?? '')
      const [asked, body] = /getUpdates/.test(name)
        ? ['getUpdates', { timeout: 30 }]
        : [method, BODIES[method] ?? {}]
      const answer = await fetch(`${fake.apiRoot}/bot${TOKEN}/${asked}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(shapeOf(await answer.json())).toEqual(shapeOf(payload(name)))
    },
  )

  test('of what we say are kept to', () => {
    // Each stands in a test of its own above: here only that none is forgotten.
    expect(files.filter((name) => name.endsWith('.request.json'))).toEqual([
      'bot-api/sendMessage.request.json',
      'bot-api/setWebhook.request.json',
    ])
  })

  const BODIES: Readonly<Record<string, object>> = {
    sendMessage: { chat_id: ME, text: 'Xin chào' },
    setWebhook: { url: `${PUBLIC}/x`, secret_token: SECRET },
  }
  const bot = expect.stringMatching(/^[0-9a-f]{12}:/)
  const ARRIVING: Readonly<Record<string, readonly object[]>> = {
    'bot-webhook/image.json': [{ id: bot, chat: ME, text: '...', files: [{ name: 'anh.jpg', size: 0 }] }],
    'bot-webhook/text.documented-wrapped.json': [{ id: bot, chat: ME, text: 'Xin chào', files: [] }],
    'bot-webhook/text.observed-flat.json': [{ id: bot, chat: ME, text: '/gia btc', files: [] }],
    'bot-webhook/unsupported.no-message.json': [],
  }
})

const SPENT = { type: 'refused', reason: 'error 429', isClosed: true, isQuota: true }

function CLOSED(reason: string) {
  return { type: 'refused', reason, isClosed: true }
}

function payload(name: string): object {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'zalo-bot/payloads', name), 'utf8'))
}

/** The keys, and of what kind each is. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]))
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
