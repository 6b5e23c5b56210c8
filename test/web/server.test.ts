import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Webhook } from '../../src/channels/channel.ts'
import { createWebChannel, type WebChannel } from '../../src/channels/web.ts'
import { createWebServer, type WebOptions, type WebServer } from '../../src/web/server.ts'
import { BOARD, createWard, DRAFT, OFFICE, type Ward } from './ward.ts'
import { WORDS } from './words.ts'

const ID = '0b9c2f1e-5f0a-4c55-9a43-5d8f2c1f7f10'

let channel: WebChannel
let ward: Ward
let server: WebServer
let port: number
const error = vi.fn()

async function open(more: Partial<WebOptions> = {}): Promise<void> {
  await server?.close()
  const health = { isReady: async () => true, metrics: async () => 'thuky_up 1\n' }
  server = createWebServer({ rooms: ward.rooms, channel, words: WORDS, health, log: { error }, ...more })
  port = await server.listen(0)
}

beforeEach(async () => {
  error.mockClear()
  channel = createWebChannel()
  ward = await createWard(channel)
  await open()
})

afterEach(() => server.close())

describe('the page', () => {
  test('is served with its words in place and nothing inline', async () => {
    const { status, text, headers } = await ask('/')
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(text).toContain(`<title>${WORDS['web.title']}</title>`)
    expect(text).not.toMatch(/\{\{/)
    expect(text).not.toMatch(/<script(?![^>]*(src=|application\/json))|<style| style=| on\w+=/)
  })

  test.each([
    ['/page.css', 'text/css; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml; charset=utf-8'],
  ])('has its part %s, which a browser need not fetch twice', async (path, type) => {
    const first = await ask(path)
    expect(first.headers['content-type']).toBe(type)
    const again = await ask(path, { headers: { 'if-none-match': `"else", W/${first.headers.etag}` } })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  test('escapes words that look like HTML, also in the JSON for the script', async () => {
    const nasty = '</script><img src=x onerror="alert(1)">&'
    await open({ words: { ...WORDS, 'web.title': nasty } })
    const { text } = await ask('/')
    expect(text).not.toContain('<img')
    expect(text.match(/<\/script>/g)).toHaveLength(2)
    expect(JSON.parse(/application\/json">(.*?)<\/script>/s.exec(text)?.[1] ?? '')['web.title']).toBe(nasty)
  })

  test('does not start with a word missing', () => {
    const { 'web.send': _send, ...words } = WORDS
    const health = { isReady: async () => true, metrics: async () => '' }
    expect(() => createWebServer({ rooms: ward.rooms, channel, words, health, log: { error } })).toThrow(
      'web.send',
    )
  })
})

describe('the rooms', () => {
  test('tell who works here and what was last said to them', async () => {
    await ward.say('mot-cua', 'Chào đồng chí')
    const office = (await ask('/api/office')).json
    expect(office).toMatchObject({ name: OFFICE.name })
    expect(office.people).toHaveLength(12)
    expect(office.people[7]).toEqual({ ...OFFICE.people[7], lastMessage: 'o1' })
    expect(office.people[0].lastMessage).toBe('')
  })

  test('take in a message with the id its browser made, and show it', async () => {
    const { status } = await post('mot-cua', { id: ID, text: 'Không phát sinh' })
    expect(status).toBe(200)
    expect(ward.updates).toEqual([
      { id: `web:mot-cua:${ID}`, chat: 'mot-cua', text: 'Không phát sinh', files: [] },
    ])
    const [line] = (await ask('/api/rooms/mot-cua')).json
    expect(line).toMatchObject({ direction: 'in', text: 'Không phát sinh' })
  })

  test('take in a message that is tried again under the same id', async () => {
    await post('mot-cua', { id: ID, text: '228' })
    expect((await post('mot-cua', { id: ID, text: '228' })).status).toBe(200)
    expect(ward.updates).toHaveLength(1)
  })

  test('take in a body cut inside a Vietnamese letter', async () => {
    const bytes = Buffer.from(JSON.stringify({ id: ID, text: 'Phường Hòa Thuận: đã xử lý' }))
    const cut = bytes.indexOf('ườ') + 1
    const { status } = await ask('/api/rooms/mot-cua', {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: [bytes.subarray(0, cut), bytes.subarray(cut, cut + 2), bytes.subarray(cut + 2)],
    })
    expect(status).toBe(200)
    expect(ward.updates[0]?.text).toBe('Phường Hòa Thuận: đã xử lý')
  })

  test('take in a text of 100.000 characters', async () => {
    expect((await post('mot-cua', { id: ID, text: 'ữ'.repeat(100_000) })).status).toBe(200)
    expect(ward.updates[0]?.text).toHaveLength(100_000)
  })

  test('refuse a body of 2 MB in words, and live on', async () => {
    const { status, json } = await post('mot-cua', { id: ID, text: 'x'.repeat(2 * 1024 * 1024) })
    expect([status, json]).toEqual([413, { say: WORDS['web.tooLong'] }])
    expect(ward.updates).toEqual([])
    expect((await ask('/healthz')).status).toBe(200)
  })

  test('hang up on a body without end', async () => {
    let written = 0
    function* endless(): Generator<Uint8Array> {
      for (; written < 60; written += 1) yield Buffer.alloc(1024 * 1024, 'x')
    }
    const headers = { 'content-type': 'application/json' }
    await ask('/api/rooms/mot-cua', { method: 'POST', headers, body: endless() }).catch(() => 'hung up')
    expect(written).toBeLessThan(60)
    expect((await ask('/healthz')).status).toBe(200)
  })

  test.each([
    ['no JSON', Buffer.from('{"id": "')],
    ['no UTF-8', Buffer.from(JSON.stringify({ id: ID, text: 'h\u00e9' }), 'latin1')],
    ['no text', Buffer.from(JSON.stringify({ id: ID }))],
    ['a strange id', Buffer.from(JSON.stringify({ id: '../../etc', text: '228' }))],
    ['nothing', Buffer.from('')],
  ])('refuse a body with %s', async (_what, body) => {
    const headers = { 'content-type': 'application/json' }
    const { status, json } = await ask('/api/rooms/mot-cua', { method: 'POST', headers, body: [body] })
    expect([status, json]).toEqual([400, { say: WORDS['web.badRequest'] }])
  })

  test('say so when a message was not stored', async () => {
    const { status, json } = await post('mot-cua', { id: ID, text: 'không lưu' })
    expect([status, json]).toEqual([503, { say: 'Tin nhắn chưa được ghi nhận.' }])
  })

  test('say so as well when the channel has stopped', async () => {
    await channel.stop()
    const { status, json } = await post('mot-cua', { id: ID, text: '228' })
    expect([status, json]).toEqual([503, { say: WORDS['web.notStored'] }])
  })

  test.each(['/api/rooms/nguoi-la', '/api/rooms/nguoi-la/events', '/api/rooms/__proto__'])(
    'know nobody at %s',
    async (path) => {
      const { status, json } = await ask(path)
      expect([status, json]).toEqual([404, { say: WORDS['web.unknownPerson'] }])
    },
  )

  test('take nothing in for somebody who does not work here', async () => {
    expect((await post('nguoi-la', { id: ID, text: '228' })).status).toBe(404)
    expect(ward.updates).toEqual([])
  })

  test('hand out a file under its full Vietnamese name', async () => {
    await ward.say('chu-tich', 'Dự thảo', { file: DRAFT })
    const { status, headers, bytes } = await ask('/api/files/f1')
    expect(status).toBe(200)
    expect([...bytes]).toEqual([...DRAFT.bytes])
    expect(headers['content-type']).toContain('wordprocessingml')
    const [, plain, full] = /^attachment; filename="([ -~]+)"; filename\*=UTF-8''(\S+)$/.exec(
      headers['content-disposition'] ?? '',
    ) ?? ['', '', '']
    expect(plain).toBe('Bao cao cai cach hanh chinh quy I nam 2025 _ phuong Hoa Thuan (du thao).docx')
    expect(decodeURIComponent(full ?? '')).toBe(DRAFT.name)
  })

  test('have no other files', async () => {
    expect((await ask('/api/files/f2')).status).toBe(404)
    expect((await ask('/api/files/..%2f..%2fpackage.json')).status).toBe(404)
  })

  test('show the board, or nothing while no period is open', async () => {
    expect((await ask('/api/board')).json).toEqual(BOARD)
    ward.setBoard(undefined)
    expect((await ask('/api/board')).json).toBeNull()
  })
})

describe('the events', () => {
  test('tell of a message in any room, and that the board may have changed', async () => {
    const events = await listen('mot-cua')
    await ward.say('mot-cua', 'Chào đồng chí')
    await ward.say('tu-phap', 'Chào đồng chí')
    await vi.waitFor(() =>
      expect(events.heard()).toEqual([
        { event: 'message', data: { person: 'mot-cua', id: '1' } },
        { event: 'board', data: {} },
        { event: 'message', data: { person: 'tu-phap', id: '2' } },
        { event: 'board', data: {} },
      ]),
    )
    events.leave()
  })

  test('follow a message that was posted', async () => {
    const events = await listen('mot-cua')
    await post('mot-cua', { id: ID, text: '228' })
    await vi.waitFor(() =>
      expect(events.heard()[0]).toMatchObject({ event: 'message', data: { person: 'mot-cua' } }),
    )
    const lines = (await ask('/api/rooms/mot-cua')).json
    expect(lines.map(({ direction }: { direction: string }) => direction)).toEqual(['in', 'out'])
    events.leave()
  })

  test('have a heartbeat every 20 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await open()
      const events = await listen('mot-cua')
      vi.advanceTimersByTime(20_000)
      await vi.waitFor(() => expect(events.heard()).toEqual([{ event: 'beat', data: {} }]))
      events.leave()
    } finally {
      vi.useRealTimers()
    }
  })

  test('end when the server closes, and close waits for nobody idle', async () => {
    const events = await listen('mot-cua')
    // Browsers keep a spare connection on which nothing was ever asked.
    const spare = connect(port, '127.0.0.1').on('error', () => undefined)
    await new Promise((resolve) => spare.once('connect', resolve))
    const from = performance.now()
    const closing = server.close()
    await ward.say('mot-cua', 'nobody hears this, and nothing breaks')
    await closing
    await events.ended
    expect(performance.now() - from).toBeLessThan(1_000)
  })

  test('leave nobody listening behind who has gone', async () => {
    const leave = vi.fn()
    await open({ channel: { ...channel, listen: () => leave } })
    const events = await listen('mot-cua')
    events.leave()
    await vi.waitFor(() => expect(leave).toHaveBeenCalledTimes(12))
  })
})

describe('closing', () => {
  test('finishes the request in hand', async () => {
    const events: string[] = []
    await channel.start(async () => {
      await setTimeout(80)
      events.push('stored')
      return { isStored: true }
    })
    const posted = post('mot-cua', { id: ID, text: '228' })
    await setTimeout(30)
    await server.close()
    events.push('closed')
    expect((await posted).status).toBe(200)
    expect(events).toEqual(['stored', 'closed'])
  })
})

describe('the guards', () => {
  test.each(['/', '/page.js', '/api/office', '/api/rooms/mot-cua', '/nothing'])(
    'let no other host name in at %s',
    async (path) => {
      const { status, text } = await ask(path, { headers: { host: `evil.example:${port}` } })
      expect(status).toBe(403)
      expect(text).toContain(WORDS['web.wrongHost'])
      expect(text).not.toContain(OFFICE.name)
    },
  )

  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:8080'])(
    'know this machine as %s',
    async (host) => {
      expect((await ask('/', { headers: { host } })).status).toBe(200)
    },
  )

  test.each(['undefined', 'localhost.evil.example', 'localhost@evil.example', '127.0.0.1.evil.example'])(
    'are not fooled by the host name "%s"',
    async (host) => {
      expect((await ask('/', { headers: { host } })).status).toBe(403)
    },
  )

  test('know the public host where one is set', async () => {
    await open({ publicHost: 'thuky.hoathuan.gov.vn' })
    const host = 'thuky.hoathuan.gov.vn'
    const headers = { host, origin: `https://${host}`, 'content-type': 'application/json' }
    const body = [Buffer.from(JSON.stringify({ id: ID, text: '228' }))]
    expect((await ask('/api/rooms/mot-cua', { method: 'POST', headers, body })).status).toBe(200)
    expect((await ask('/', { headers: { host: 'other.gov.vn' } })).status).toBe(403)
    const behindProxy = { ...headers, host: 'localhost:3000' }
    expect((await ask('/api/rooms/mot-cua', { method: 'POST', headers: behindProxy, body })).status).toBe(200)
  })

  test.each(['https://evil.example', 'null', 'http://localhost:1'])(
    'take no message from a page of %s',
    async (origin) => {
      const { status, json } = await post('mot-cua', { id: ID, text: '228' }, { origin })
      expect([status, json]).toEqual([403, { say: WORDS['web.wrongOrigin'] }])
      expect(ward.updates).toEqual([])
    },
  )

  test('take messages from our own page', async () => {
    expect(
      (await post('mot-cua', { id: ID, text: '228' }, { origin: `http://localhost:${port}` })).status,
    ).toBe(200)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'take no message of type "%s", which a form could send',
    async (type) => {
      expect((await post('mot-cua', { id: ID, text: '228' }, { 'content-type': type })).status).toBe(415)
      expect(ward.updates).toEqual([])
    },
  )

  test('are closed with one sentence where there is no sample office', async () => {
    await open({ rooms: { ...ward.rooms, office: async () => undefined } })
    for (const path of [
      '/',
      '/page.js',
      '/api/office',
      '/api/board',
      '/api/rooms/mot-cua',
      '/api/files/f1',
      '/nothing',
    ]) {
      const { status, text } = await ask(path)
      expect([path, status]).toEqual([path, 403])
      expect(text).toContain(WORDS['web.closed'])
    }
    expect((await post('mot-cua', { id: ID, text: '228' })).status).toBe(403)
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await ask(path)).status).toBe(200)
  })

  test('name what may be done where something else was asked', async () => {
    const { status, headers } = await ask('/api/rooms/mot-cua', { method: 'DELETE' })
    expect([status, headers.allow]).toEqual([405, 'GET, POST'])
    expect((await ask('/nothing')).status).toBe(404)
  })
})

describe('a webhook', () => {
  const PATH = '/telegram/webhook'
  type Handle = Webhook['handle']
  const openHook = (handle: Handle) =>
    open({ webhooks: [{ path: PATH, handle }], rooms: { ...ward.rooms, office: async () => undefined } })
  const call = (body: Iterable<Uint8Array>, headers = {}) => ask(PATH, { method: 'POST', headers, body })

  test('gets the bytes as they came, and the headers, whatever the host, and where there is no office', async () => {
    const handle = vi.fn<Handle>(async () => ({ status: 200 }))
    await openHook(handle)
    const bytes = Buffer.from('{ "text" : "Phường Hòa Thuận" }\n')
    const cut = bytes.indexOf('ườ') + 1
    const headers = { host: 'elsewhere.example', 'x-secret': 'abc', origin: 'https://elsewhere.example' }
    const { status, bytes: answer } = await call([bytes.subarray(0, cut), bytes.subarray(cut)], headers)
    expect([status, answer.length]).toEqual([200, 0])
    const [[asked] = []] = handle.mock.calls
    expect(Buffer.compare(Buffer.from(asked?.body ?? []), bytes)).toBe(0)
    expect(asked?.headers).toMatchObject({ 'x-secret': 'abc' })
  })

  test.each([200, 401, 500, 503])('is answered with %i and not a word', async (status) => {
    await openHook(async () => ({ status }))
    const answer = await call([Buffer.from('{}')])
    expect([answer.status, answer.text]).toEqual([status, ''])
  })

  test('that fails is answered with 500 and not a word', async () => {
    await openHook(async () => {
      throw new Error('the disk is on fire')
    })
    const answer = await call([Buffer.from('{"text":"228"}')])
    expect([answer.status, answer.text]).toEqual([500, ''])
    expect(error.mock.calls).toEqual([[{ err: expect.any(Error), path: PATH }, 'a webhook failed']])
  })

  test('gets nothing of a body of more than 1 MiB, and nobody runs out of memory', async () => {
    const handle = vi.fn<Handle>(async () => ({ status: 200 }))
    await openHook(handle)
    expect((await call([Buffer.alloc(1024 * 1024, 'x')])).status).toBe(200)
    const answer = await call([Buffer.alloc(1024 * 1024 + 1, 'x')])
    expect([answer.status, answer.text]).toEqual([413, ''])
    const before = process.memoryUsage().rss
    const many = Array.from({ length: 4 }, () => {
      function* large(): Generator<Uint8Array> {
        for (let written = 0; written < 30; written += 1) yield PIECE
      }
      return call(large()).then(
        ({ status }) => status,
        () => 'hung up',
      )
    })
    for (const outcome of await Promise.all(many)) expect([413, 'hung up']).toContain(outcome)
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024)
    expect(handle).toHaveBeenCalledTimes(1)
    expect((await ask('/healthz')).status).toBe(200)
  })

  test('is only called, and only at its own path', async () => {
    await openHook(async () => ({ status: 200 }))
    expect((await ask(PATH)).status).toBe(403)
    expect((await ask(`${PATH}x`, { method: 'POST', headers: JSON_TYPE })).status).toBe(403)
    await open()
    expect((await ask(PATH, { method: 'POST', headers: JSON_TYPE })).status).toBe(404)
  })

  const JSON_TYPE = { 'content-type': 'application/json' }
  const PIECE = Buffer.alloc(1024 * 1024, 'x')
})

describe('for those who run it', () => {
  test('it is alive, ready and measured, under any host name', async () => {
    const headers = { host: 'thuky:3000' }
    expect((await ask('/healthz', { headers })).status).toBe(200)
    expect((await ask('/readyz', { headers })).status).toBe(200)
    const { text, headers: given } = await ask('/metrics', { headers })
    expect(text).toBe('thuky_up 1\n')
    expect(given['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  })

  test('it is alive but not ready while it cannot work', async () => {
    await open({ health: { isReady: async () => false, metrics: async () => '' } })
    expect((await ask('/healthz')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(503)
  })

  test('a fault is logged with a number, and the person told only that number', async () => {
    const { status, json } = await post('mot-cua', { id: ID, text: 'hỏng' })
    expect(status).toBe(500)
    const [fields] = error.mock.calls[0] ?? []
    expect(fields).toMatchObject({ err: new Error('the disk is on fire') })
    expect(json).toEqual({ say: WORDS['web.fault'].replace('{number}', fields.incident) })
    expect(JSON.stringify({ ...fields, err: '' })).not.toMatch(/mot-cua|hỏng/)
  })

  test('a browser that goes away in the middle of a message is no fault', async () => {
    const going = request({
      port,
      method: 'POST',
      path: '/api/rooms/mot-cua',
      headers: { 'content-type': 'application/json' },
    })
    going.on('error', () => undefined).write('{"id":')
    await setTimeout(30)
    going.destroy()
    await setTimeout(30)
    expect(error).not.toHaveBeenCalled()
  })

  test('a port in use is told to the caller', async () => {
    const second = createWebServer({
      rooms: ward.rooms,
      channel,
      words: WORDS,
      health: { isReady: async () => true, metrics: async () => '' },
      log: { error },
    })
    await expect(second.listen(port)).rejects.toThrow('EADDRINUSE')
    await second.close()
  })
})

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Iterable<Uint8Array>
}

/** `fetch` would neither set a Host nor cut a body where we want. */
function ask(path: string, { method = 'GET', headers = {}, body = [] }: Asked = {}) {
  return new Promise<{
    status: number
    headers: IncomingHttpHeaders
    bytes: Buffer
    text: string
    json: ReturnType<typeof JSON.parse>
  }>((resolve, reject) => {
    const asking = request({ port, method, path, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      const text = bytes.toString('utf8')
      const isJson = response.headers['content-type']?.startsWith('application/json')
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        bytes,
        text,
        json: isJson ? JSON.parse(text) : undefined,
      })
    })
    asking.on('error', reject)
    const write = async () => {
      for (const part of body) {
        asking.write(part)
        await setTimeout(5)
      }
      asking.end()
    }
    write().catch(reject)
  })
}

function post(person: string, message: object, headers: Readonly<Record<string, string>> = {}) {
  const body = [Buffer.from(JSON.stringify(message))]
  return ask(`/api/rooms/${person}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
}

async function listen(person: string) {
  let read = ''
  const asking = request({ port, path: `/api/rooms/${person}/events`, agent: false })
  asking.on('error', () => undefined).end()
  const ended = new Promise<void>((resolve, reject) => {
    asking.on('response', (response) => {
      response.setEncoding('utf8').on('data', (part: string) => {
        read += part
      })
      response.on('end', resolve).on('error', reject)
    })
  })
  ended.catch(() => undefined)
  await new Promise((resolve) => asking.once('response', resolve))
  return {
    heard: () =>
      [...read.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(([, event, data = '']) => ({
        event,
        data: JSON.parse(data),
      })),
    leave: () => asking.destroy(),
    ended,
  }
}
