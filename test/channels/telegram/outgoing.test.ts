import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { OutMessage } from '../../../src/channels/channel.ts'
import { CHAT, type Office, type OfficeOptions, openOffice } from './office.ts'

const TO = String(CHAT)
const GROUP = -4_001

let office: Office
const servers: Server[] = []

async function open(options: OfficeOptions = {}): Promise<Office> {
  office = await openOffice(options)
  return office
}

/** A server of bare connections; returns its port. */
async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}
const cleanups: (() => void)[] = []

afterEach(async () => {
  for (const clean of cleanups.splice(0)) clean()
  for (const server of servers.splice(0)) server.close()
  await office.close()
})

function message(more: Partial<OutMessage> = {}): OutMessage {
  return { id: '34', text: 'Kính gửi đồng chí', choices: [], ...more }
}

function send(more: Partial<OutMessage> = {}) {
  return office.channel.send(TO, message(more))
}

test('a message sent is known by its number', async () => {
  await open()
  const outcome = await send()
  expect(outcome).toEqual({ type: 'sent', messageId: String(office.fake.shown(CHAT)[0]?.messageId) })
})

test('what is bold is bold, what looks like markup is shown as it is, and no link is previewed', async () => {
  await open()
  await send({ text: 'Còn **3 nội dung** 😀 <b>a_b</b> *x* [a](http://b.vn) **2**' })
  const text = 'Còn 3 nội dung 😀 <b>a_b</b> *x* [a](http://b.vn) 2'
  expect(office.fake.shown(CHAT)).toMatchObject([{ text, hasPreview: false }])
  const bold = office.fake
    .shown(CHAT)[0]
    ?.entities.map(({ offset, length }) => text.slice(offset, offset + length))
  expect(bold).toEqual(['3 nội dung', '2'])
})

test('the longest text goes out whole', async () => {
  await open()
  expect((await send({ text: 'ữ'.repeat(4096) })).type).toBe('sent')
  expect(office.channel.capabilities.textMax).toBe(4096)
})

test('two short buttons stand side by side, a long one alone', async () => {
  await open()
  const long = 'Lấy 228 hồ sơ như kỳ trước đã báo'
  await send({ choices: ['Đúng', 'Không', 'Sửa', long, 'Bỏ qua', 'Để sau'] })
  const rows = office.fake.shown(CHAT)[0]?.rows.map((row) => row.map(({ text }) => text))
  expect(rows).toEqual([['Đúng', 'Không'], ['Sửa'], [long], ['Bỏ qua', 'Để sau']])
})

test('a label too long is cut, no letter in two', async () => {
  await open()
  await send({ choices: ['ữ'.repeat(60), 'ữ'.repeat(61), '😀'.repeat(61)] })
  expect(office.fake.shown(CHAT)[0]?.choices).toEqual([
    'ữ'.repeat(60),
    `${'ữ'.repeat(59)}…`,
    `${'😀'.repeat(59)}…`,
  ])
})

test('a button carries the row and the number of the choice, whatever it is called', async () => {
  await open()
  await send({ id: '9'.repeat(20), choices: Array.from({ length: 12 }, () => 'Như nhau') })
  const data = office.fake
    .shown(CHAT)[0]
    ?.rows.flat()
    .map((button) => button.callback_data)
  expect(data).toEqual(Array.from({ length: 12 }, (_, index) => `${'9'.repeat(20)}:${index}`))
})

test('a file goes with its words and buttons in one message, byte for byte', async () => {
  await open()
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) % 256)
  // Part of a larger stretch of memory, as it comes from a database.
  const file = { id: 'f', name: 'Báo cáo.docx', bytes: new Uint8Array(bytes.buffer, 100, 250_000) }
  await send({ text: '**Dự thảo** quý I', choices: ['Duyệt'], file })
  const [shown] = office.fake.shown(CHAT)
  expect(shown).toMatchObject({
    text: 'Dự thảo quý I',
    choices: ['Duyệt'],
    entities: [{ offset: 0, length: 7 }],
  })
  expect(shown?.file?.bytes.equals(Buffer.from(bytes.buffer, 100, 250_000))).toBe(true)
  expect(office.fake.delivered).toBe(1)
})

test.each([
  ['Báo cáo "quý I".docx', 'Báo cáo _quý I_.docx'],
  ['a\r\nContent-Type: text/html\r\n\r\n.docx', 'a__Content-Type: text_html____.docx'],
  ['..\\..\\etc/passwd', '.._.._etc_passwd'],
  ['Phường Hòa Thuận – Ữ.docx'.normalize('NFD'), 'Phường Hòa Thuận – Ữ.docx'.normalize('NFC')],
])('the file name %j goes out as %j', async (name, sent) => {
  await open()
  expect((await send({ file: { id: 'f', name, bytes: Uint8Array.of(1) } })).type).toBe('sent')
  expect(office.fake.shown(CHAT)[0]?.file?.name).toBe(sent)
})

test('one message is one call, whatever becomes of it', async () => {
  await open()
  for (const fault of ['lose', 'reset', 'notJson', { status: 502 }, { status: 429 }] as const) {
    office.fake.fault('sendMessage', fault)
    await send()
  }
  expect(office.fake.count('sendMessage')).toBe(5)
})

test('too many requests: all of the account waits as long as Telegram says', async () => {
  await open()
  office.fake.fault('sendMessage', { status: 429, retryAfter: 17 })
  expect(await send()).toEqual({ type: 'retryLater', afterMs: 17_000, isPause: true })
})

test.each([
  ['block', '403 blocked'],
  ['deactivate', '403 deactivated'],
] as const)('who did %s is not to be reached here', async (deed, reason) => {
  await open()
  office.fake[deed](CHAT)
  expect(await send()).toEqual({ type: 'refused', reason, isClosed: true })
})

test('a chat Telegram does not know is not to be reached here', async () => {
  await open()
  const outcome = await office.channel.send('424242', message())
  expect(outcome).toEqual({ type: 'refused', reason: '400 chat not found', isClosed: true })
})

test('what is wrong with the message itself is refused, and the chat stays open', async () => {
  await open()
  expect(await send({ text: 'x'.repeat(4097) })).toEqual({ type: 'refused', reason: '400 too long' })
})

test('a refusal repeats no word Telegram says that we do not know', async () => {
  await open()
  const description = 'Bad Request: can\'t parse "228 hồ sơ"'
  office.fake.fault('sendMessage', { status: 400, description })
  expect(await send()).toEqual({ type: 'refused', reason: '400' })
  expect(office.log.join()).not.toContain('228')
})

test('a group that has moved is written to at its new place, once, and that is told', async () => {
  await open()
  await office.start()
  office.fake.open(GROUP)
  await office.channel.stop()
  const to = office.fake.migrate(GROUP)
  const fresh = await office.channel.send(String(GROUP), message())
  expect(fresh.type).toBe('sent')
  await office.channel.send(String(GROUP), message())
  expect(office.fake.shown(to)).toHaveLength(2)
  // The second one knew the way.
  expect(office.fake.count('sendMessage')).toBe(3)
})

test('that a group has moved is kept when a message finds it out', async () => {
  await open()
  await office.start()
  office.fake.open(GROUP)
  const to = -100_77
  office.fake.open(to, 'supergroup')
  office.fake.migrate(GROUP)
  await office.channel.send(String(GROUP), message())
  expect(office.notices).toContainEqual({
    type: 'moved',
    chat: String(GROUP),
    to: String(-1_000_000_000_000 + GROUP),
  })
})

test.each([401, 404])('a token refused (%i) is told once an hour, and everything waits', async (status) => {
  let now = 0
  await open({ clock: () => now })
  await office.start()
  office.fake.fault('sendMessage', { status, description: 'no' }, 4)
  const waiting = { type: 'retryLater', afterMs: 60_000, isPause: true }
  expect(await send()).toEqual(waiting)
  expect(await send()).toEqual(waiting)
  now = 3_599_999
  await send()
  expect(office.notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
  now = 3_600_000
  await send()
  expect(office.notices).toHaveLength(2)
})

test('what was sent and got no answer is unknown', async () => {
  await open({ timing: { callMs: 300 } })
  for (const fault of [
    'lose',
    'reset',
    'hang',
    'mute',
    'notJson',
    { status: 500 },
    { status: 502 },
  ] as const) {
    office.fake.fault('sendMessage', fault)
    expect((await send()).type, JSON.stringify(fault)).toBe('unknown')
  }
  expect(office.fake.shown(CHAT)).toHaveLength(3)
})

test('a file that was sent and got no answer is unknown', async () => {
  await open()
  office.fake.fault('sendDocument', 'reset')
  const file = { id: 'f', name: 'a.docx', bytes: new Uint8Array(2_000_000) }
  expect((await send({ file })).type).toBe('unknown')
})

test('an answer cut short is unknown', async () => {
  const port = await listen((socket) => {
    socket.once('data', () => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 80\r\n\r\n{"ok":true,',
      )
      setTimeout(() => socket.destroy(), 20)
    })
  })
  await open({ apiRoot: `http://127.0.0.1:${port}` })
  expect((await send()).type).toBe('unknown')
})

test('an answer that is JSON but not of Telegram’s is unknown', async () => {
  const port = await listen((socket) => {
    socket.once('data', () =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nnull'),
    )
  })
  await open({ apiRoot: `http://127.0.0.1:${port}` })
  expect((await send()).type).toBe('unknown')
})

test('a message nobody was there to take waits', async () => {
  const port = await listen(() => undefined)
  await new Promise((resolve) => servers.pop()?.close(resolve))
  await open({ apiRoot: `http://127.0.0.1:${port}` })
  expect(await send()).toMatchObject({ type: 'retryLater', isPause: true })
})

test('a name nobody knows: the message waits', async () => {
  // Longer than a name may be, so that no server is asked for it.
  await open({ apiRoot: `http://${'x'.repeat(64)}.invalid` })
  expect((await send()).type).toBe('retryLater')
})

test('a connection that does not come about in time: the message waits', async () => {
  // Nobody answers the greeting of an encrypted connection here.
  const port = await listen(() => undefined)
  await open({ apiRoot: `https://127.0.0.1:${port}`, timing: { connectMs: 100, callMs: 5_000 } })
  expect((await send()).type).toBe('retryLater')
})

test.each(['reset', 'end', 'plain'] as const)(
  'an encrypted connection that fails before it stands (%s): the message waits',
  async (how) => {
    const port = await listen((socket) => {
      socket.once('data', () => {
        if (how === 'reset') socket.resetAndDestroy()
        else socket.end(how === 'plain' ? 'HTTP/1.1 400 Bad Request\r\n\r\n' : '')
      })
    })
    await open({ apiRoot: `https://127.0.0.1:${port}` })
    expect((await send()).type).toBe('retryLater')
  },
)

test('a connection reset before the message was read whole is unknown: nobody can tell', async () => {
  const port = await listen((socket) => socket.resetAndDestroy())
  await open({ apiRoot: `http://127.0.0.1:${port}` })
  // Loopback may still be connecting when the reset comes; then nothing of the message left us.
  expect(['unknown', 'retryLater']).toContain((await send()).type)
})

test('a message on a connection used before is unknown when that is reset', async () => {
  await open()
  await send()
  office.fake.fault('sendMessage', 'reset')
  expect((await send()).type).toBe('unknown')
})

test('neither the token nor a word of a message is logged, whatever goes wrong', async () => {
  await open({ timing: { callMs: 200 } })
  await office.start()
  for (const fault of [
    'lose',
    'reset',
    'hang',
    'notJson',
    { status: 502 },
    { status: 403 },
    { status: 401 },
  ] as const) {
    office.fake.fault('sendMessage', fault)
    const outcome = await send({ text: 'số liệu 228' })
    expect(JSON.stringify(outcome)).not.toMatch(/AAfake|228/)
  }
  const log = office.log.join('')
  expect(log).toContain('a message was not sent')
  expect(log).not.toMatch(/AAfake|228|4711:/)
})

test('the menu is of this chat, with the commands Telegram takes', async () => {
  await open()
  await office.channel.setMenu?.(TO, [
    { command: '/tiendo', description: 'xem tiến độ' },
    { command: '/Báo cáo', description: 'không hợp lệ' },
    { command: '/baocao', description: 'ữ'.repeat(300) },
  ])
  expect(office.fake.commands(CHAT)).toEqual([
    { command: 'tiendo', description: 'xem tiến độ' },
    { command: 'baocao', description: 'ữ'.repeat(256) },
  ])
})

test('a menu that cannot be set is no fault', async () => {
  await open()
  office.fake.fault('setMyCommands', 'reset')
  await office.channel.setMenu?.(TO, [{ command: '/tiendo', description: 'xem tiến độ' }])
  expect(office.fake.commands(CHAT)).toEqual([])
})

test('a stop waits for what is being sent', async () => {
  await open({ timing: { callMs: 300 } })
  office.fake.fault('sendMessage', 'hang')
  let outcome = ''
  void send().then(({ type }) => {
    outcome = type
  })
  await office.channel.stop()
  expect(outcome).toBe('unknown')
})

test('groups are paced by the minute, people by the second', async () => {
  await open()
  const { pace } = office.channel.capabilities
  expect(pace?.chat('-4001')).toEqual({ points: 18, perMs: 60_000 })
  expect(pace?.chat('88001')).toEqual({ points: 3, perMs: 3_000 })
  expect(pace?.account).toEqual({ points: 6, perMs: 208 })
})
