import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeTelegram, openFakeTelegram } from './fake.ts'

/** The fake judges the channel; here it is judged itself. */
const CHAT = 88_001
const GROUP = -4_001

let fake: FakeTelegram

beforeEach(async () => {
  fake = await openFakeTelegram({ chats: [CHAT] })
})
afterEach(() => fake.close())

async function call(method: string, params: Readonly<Record<string, unknown>> = {}, token = fake.token) {
  const answer = await fetch(`${fake.apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  const body = (await answer.json()) as { result?: never; description?: string; parameters?: unknown }
  return { status: answer.status, ...body }
}

const text = (more: Readonly<Record<string, unknown>> = {}) => ({ chat_id: CHAT, text: 'Kính gửi', ...more })
const button = (data: string) => ({
  reply_markup: { inline_keyboard: [[{ text: 'Đúng', callback_data: data }]] },
})

test.each([
  ['a method nobody knows', 404, 'sendTelepathy', {}],
  ['no text', 400, 'sendMessage', { chat_id: CHAT, text: ' ' }],
  ['a text too long', 400, 'sendMessage', { chat_id: CHAT, text: 'x'.repeat(4097) }],
  ['a chat nobody knows', 400, 'sendMessage', { chat_id: 5, text: 'x' }],
  ['a button that carries too much', 400, 'sendMessage', text(button('ữ'.repeat(22)))],
  ['bold beyond the end', 400, 'sendMessage', text({ entities: [{ type: 'bold', offset: 5, length: 4 }] })],
  ['a parameter nobody knows', 400, 'sendMessage', text({ parse_mode: 'HTML' })],
  ['a document that is none', 400, 'sendDocument', { chat_id: CHAT, document: 'x' }],
  ['an answer to no press', 400, 'answerCallbackQuery', { callback_query_id: '1' }],
  ['a file nobody sent', 400, 'getFile', { file_id: '1' }],
  [
    'a command in capitals',
    400,
    'setMyCommands',
    { commands: [{ command: 'Tiendo', description: 'x' }], scope: { type: 'chat', chat_id: CHAT } },
  ],
])('%s is refused (%i)', async (_what, status, method, params) => {
  expect((await call(method, params)).status).toBe(status)
  expect(fake.delivered).toBe(0)
})

test('a wrong token is refused', async () => {
  expect((await call('getMe', {}, '4711:wrong')).status).toBe(401)
})

test('whoever blocked the bot is not reached', async () => {
  void fake.block(CHAT)
  expect(await call('sendMessage', text())).toMatchObject({ status: 403 })
  void fake.unblock(CHAT)
  expect((await call('sendMessage', text())).status).toBe(200)
})

test('updates come again until a higher offset confirms them', async () => {
  const { updateId } = fake.write(CHAT, '1')
  fake.write(CHAT, '2')
  expect((await call('getUpdates')).result).toHaveLength(2)
  expect((await call('getUpdates', { offset: updateId })).result).toHaveLength(2)
  expect((await call('getUpdates', { offset: updateId + 1 })).result).toHaveLength(1)
  expect((await call('getUpdates')).result).toHaveLength(1)
  expect((await call('getUpdates', { offset: updateId + 2 })).result).toEqual([])
  expect(fake.waiting).toBe(0)
})

test('of two who ask at once the first is turned away', async () => {
  const first = call('getUpdates', { timeout: 5 })
  while (fake.count('getUpdates') < 1) await new Promise((resolve) => setTimeout(resolve, 5))
  const second = call('getUpdates', { timeout: 5 })
  expect((await first).status).toBe(409)
  fake.write(CHAT, '1')
  expect((await second).result).toHaveLength(1)
})

test('whoever asks while a webhook is set is turned away', async () => {
  await call('setWebhook', { url: 'http://127.0.0.1:9/' })
  expect((await call('getUpdates')).status).toBe(409)
  await call('deleteWebhook')
  expect((await call('getUpdates')).status).toBe(200)
})

test('no more than thirty messages a second, and twenty a minute to a group', async () => {
  await fake.close()
  fake = await openFakeTelegram({ chats: [CHAT, GROUP], hasLimits: true })
  const began = performance.now()
  const toGroup = await Promise.all(
    Array.from({ length: 21 }, () => call('sendMessage', text({ chat_id: GROUP }))),
  )
  const late = toGroup.filter(({ status }) => status === 429)
  expect(late).toHaveLength(1)
  expect(late[0]?.parameters).toEqual({ retry_after: 60 })
  await new Promise((resolve) => setTimeout(resolve, 1_050))
  const toAll = await Promise.all(Array.from({ length: 31 }, () => call('sendMessage', text())))
  // On a slow machine the second may be over before the last one.
  if (performance.now() - began < 1_900) expect(toAll.filter(({ status }) => status === 429)).toHaveLength(1)
})

test('a form with a header smuggled into a name is refused', async () => {
  const boundary = 'x1'
  const head = `--${boundary}\r\ncontent-disposition:form-data; name="document"; filename="a"b.docx"\r\n\r\n`
  const answer = await fetch(`${fake.apiRoot}/bot${fake.token}/sendDocument`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${head}PK\r\n--${boundary}--`,
  })
  expect(answer.status).toBe(400)
})
