import { afterEach, expect, test, vi } from 'vitest'
import { CHAT, type Office, type OfficeOptions, openOffice, SECRET } from './office.ts'

let office: Office

async function open(options: OfficeOptions = {}): Promise<Office> {
  office = await openOffice({ mode: 'webhook', ...options })
  await office.start()
  await vi.waitFor(() => expect(office.fake.count('setWebhook')).toBeGreaterThan(0))
  // The answer may still be on its way back.
  await office.fake.write(CHAT, 'sẵn sàng').dealt
  await vi.waitFor(() => expect(office.fake.waiting).toBe(0))
  return office
}

afterEach(() => office.close())

function update(text: string): string {
  const chat = { id: CHAT, type: 'private' }
  return JSON.stringify({
    update_id: 9,
    message: { message_id: 9, date: 0, chat, from: { id: CHAT, is_bot: false }, text },
  })
}

function call(body: string | Uint8Array, headers: Readonly<Record<string, string | string[]>> = SIGNED) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return office.channel.webhook?.handle({ headers, body: bytes })
}

const SIGNED = { 'x-telegram-bot-api-secret-token': SECRET }
const textsOf = () => office.updates.slice(1).map(({ text }) => text)

test('the webhook is set with its address, its secret and what is wanted', async () => {
  await open()
  expect(office.channel.webhook?.path).toBe('/telegram/webhook')
  expect(office.fake.calls('setWebhook')).toEqual([
    {
      url: `${office.publicUrl}/telegram/webhook`,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      max_connections: 40,
    },
  ])
  expect(office.fake.count('getUpdates')).toBe(0)
})

test('setting it is tried until it works, and the start does not wait for that', async () => {
  office = await openOffice({ mode: 'webhook' })
  office.fake.fault('setWebhook', { status: 502 }, 2)
  office.fake.fault('getMe', 'reset')
  await office.start()
  await office.fake.write(CHAT, '228').dealt
  expect(office.fake.count('setWebhook')).toBe(3)
})

test('an update is taken once it is stored, and not before', async () => {
  await open()
  let finish = () => {}
  office.answer(
    () =>
      new Promise((resolve) => {
        finish = () => resolve({ isStored: true })
      }),
  )
  const { dealt } = office.fake.write(CHAT, '228')
  await vi.waitFor(() => expect(textsOf()).toEqual(['228']))
  expect(office.fake.waiting).toBe(1)
  finish()
  expect(await dealt).toBe('taken')
})

test('an update that was not stored comes again, with the id it had', async () => {
  await open()
  let isFull = true
  office.answer(async () => ({ isStored: !isFull }))
  expect(await office.fake.write(CHAT, '228').dealt).toBe('refused')
  isFull = false
  await vi.waitFor(() => expect(office.fake.waiting).toBe(0))
  expect(textsOf().length).toBeGreaterThan(1)
  expect(new Set(office.updates.slice(1).map(({ id }) => id)).size).toBe(1)
})

test('an update told twice has one id, and others may come before it', async () => {
  await open()
  office.fake.fault('webhook', 'duplicate')
  office.fake.fault('webhook', 'reorder')
  office.fake.write(CHAT, '1')
  office.fake.write(CHAT, '2')
  await vi.waitFor(() => expect(office.fake.waiting).toBe(0))
  expect(textsOf()).toEqual(['1', '1', '2'])
  expect(office.updates[1]?.id).toBe(office.updates[2]?.id)
})

test.each([
  ['no secret', {}],
  ['another secret', { 'x-telegram-bot-api-secret-token': 'mot-Bi_maT' }],
  ['the beginning of it', { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) }],
  ['an empty one', { 'x-telegram-bot-api-secret-token': '' }],
  ['it twice', { 'x-telegram-bot-api-secret-token': [SECRET, SECRET] }],
])('whoever calls with %s is turned away', async (_what, headers) => {
  await open()
  expect(await call(update('228'), headers)).toEqual({ status: 401 })
  expect(textsOf()).toEqual([])
})

test('with the secret it is let in', async () => {
  await open()
  expect(await call(update('228'))).toEqual({ status: 200 })
  expect(textsOf()).toEqual(['228'])
})

test.each([
  ['nothing', ''],
  ['no JSON', 'update_id=9'],
  ['JSON that breaks off', update('228').slice(0, -2)],
  [
    'a letter cut in two',
    Buffer.concat([Buffer.from('{"update_id":9,"x":"'), Buffer.from('Đ').subarray(0, 1)]),
  ],
  ['bytes that are no letters', Buffer.concat([Buffer.from('"'), Buffer.of(0xff, 0xfe), Buffer.from('"')])],
])('%s is refused', async (_what, body) => {
  await open()
  expect(await call(body)).toEqual({ status: 400 })
  expect(textsOf()).toEqual([])
})

test.each([
  ['a list', '[]'],
  ['no number', '{"message":{}}'],
  ['a number too large to be held', '{"update_id":9007199254740993}'],
  ['an unknown kind', '{"update_id":9,"purchased_paid_media":{}}'],
  ['a message without a chat', '{"update_id":9,"message":{"message_id":1,"text":"228"}}'],
  [
    'a chat that is no number',
    '{"update_id":9,"message":{"message_id":1,"chat":{"id":"__proto__"},"text":"1"}}',
  ],
])('%s needs nothing, so that it does not come for ever', async (_what, body) => {
  await open()
  expect(await call(body)).toEqual({ status: 200 })
  expect(textsOf()).toEqual([])
})

test('of a key said twice the last counts, as everywhere', async () => {
  await open()
  const doubled = update('228').replace('"update_id":9', '"update_id":8,"update_id":9')
  expect(await call(doubled)).toEqual({ status: 200 })
  expect(textsOf()).toEqual(['228'])
})

test('a person is told at once, and once, that nothing was stored', async () => {
  await open()
  office.answer(async () => ({ isStored: false, say: 'chưa được ghi' }))
  expect(await call(update('228'))).toEqual({ status: 500 })
  expect(office.fake.shown(CHAT).map(({ text }) => text)).toEqual(['chưa được ghi'])
  expect(await call(update('228'))).toEqual({ status: 500 })
  expect(office.fake.delivered).toBe(1)
})

test('a fault while handing in is no 200', async () => {
  await open()
  office.answer(async () => {
    throw new Error('the database is busy')
  })
  expect(await call(update('228'))).toEqual({ status: 500 })
})

test('before the start and after the stop it is called later', async () => {
  office = await openOffice({ mode: 'webhook' })
  expect(await call(update('228'))).toEqual({ status: 503 })
  await office.start()
  await office.fake.write(CHAT, '1').dealt
  await vi.waitFor(() => expect(office.fake.waiting).toBe(0))
  await office.channel.stop()
  expect(await call(update('228'))).toEqual({ status: 503 })
  expect(office.updates.map(({ text }) => text)).not.toContain('228')
})

test('neither the secret nor the token nor a text is logged', async () => {
  await open()
  await call(update('228'), { 'x-telegram-bot-api-secret-token': 'x' })
  await call('[]')
  await call(update('228').slice(0, -2))
  expect(office.log.join()).not.toMatch(/228|mot-Bi|AAfake/)
})

test('where updates are asked for there is no webhook', async () => {
  office = await openOffice()
  expect(office.channel.webhook).toBeUndefined()
})
