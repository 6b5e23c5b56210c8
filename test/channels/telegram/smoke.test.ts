import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type Office, openOffice } from './office.ts'

/** A Telegram that nobody here wrote: what both understand alike is not our own mistake made twice. */
const TOKEN = '666:of-somebody-else'

/** Its own types need a package it does not bring. */
const Button = z.object({ text: z.string(), callback_data: z.string() })
const Keyboard = z.object({ inline_keyboard: z.array(z.array(Button)) })
const Shown = z.object({
  result: z.array(z.object({ messageId: z.int(), message: z.object({ reply_markup: Keyboard }) })),
})

let server: TelegramServer
let office: Office
let client: ReturnType<TelegramServer['getClient']>

beforeEach(async () => {
  server = new TelegramServer({ port: await findPort(), host: '127.0.0.1' })
  await server.start()
  client = server.getClient(TOKEN, { userId: 55, chatId: 55, timeout: 5_000, interval: 20 })
  office = await openOffice({ apiRoot: server.config.apiURL, token: TOKEN })
  await office.start()
})
afterEach(async () => {
  await office.close()
  await server.stop()
})

/** It cannot be told to take any port. */
async function findPort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

const handedIn = (count: number) =>
  vi.waitFor(
    () => {
      expect(office.updates).toHaveLength(count)
      return office.updates
    },
    { timeout: 5_000 },
  )

test('text goes in and out, letter for letter', async () => {
  const text = 'Phường Hòa Thuận: 7.847 hồ sơ 😀'
  await client.sendMessage(client.makeMessage(text))
  expect(await handedIn(1)).toMatchObject([{ chat: '55', text, files: [] }])
  const outcome = await office.channel.send('55', { id: '1', text: `Đã ghi: **${text}**`, choices: [] })
  expect(outcome).toEqual({ type: 'sent', messageId: expect.stringMatching(/^\d+$/) })
  const { result } = await client.getUpdates()
  expect(result.map((row: { message: { text?: string } }) => row.message.text)).toEqual([`Đã ghi: ${text}`])
})

test('a deep link brings its code', async () => {
  await client.sendCommand(client.makeCommand('/start AB23CD'))
  expect(await handedIn(1)).toMatchObject([{ text: '/start AB23CD' }])
})

test('a button shown is pressed, and the press says which', async () => {
  await office.channel.send('55', { id: '34', text: 'Có đúng không?', choices: ['Đúng', 'Không'] })
  const [message] = Shown.parse(await client.getUpdates()).result
  const buttons = message?.message.reply_markup.inline_keyboard.flat() ?? []
  expect(buttons.map(({ text }) => text)).toEqual(['Đúng', 'Không'])
  const data = buttons[1]?.callback_data ?? ''
  await client.sendCallback(
    client.makeCallbackQuery(data, { message: { message_id: message?.messageId ?? 0 } }),
  )
  expect(await handedIn(1)).toMatchObject([
    { id: '666:q1', chat: '55', text: '', pressed: { messageId: '34', choice: 1 } },
  ])
})
