import { expect, test, vi } from 'vitest'
import type { OutMessage } from '../../src/channels/channel.ts'
import { createWebChannel } from '../../src/channels/web.ts'
import { describeChannel, type Harness } from './contract.ts'

describeChannel('web', async (): Promise<Harness> => {
  const channel = createWebChannel()
  const rows = new Map<string, OutMessage>()
  const said: string[] = []
  // As the page does: what was announced is looked up in what is stored.
  const announced = new Set<string>()
  channel.listen('mot-cua', (id) => announced.add(id))
  return {
    channel: {
      ...channel,
      send: (to, message) => {
        rows.set(message.id, message)
        return channel.send(to, message)
      },
    },
    chat: 'mot-cua',
    isRedelivering: true,
    write: async ({ id, text }) => {
      const result = await channel.post({ id: `web:mot-cua:${id}`, chat: 'mot-cua', text, files: [] })
      if (!result.isStored && result.say !== undefined) said.push(result.say)
    },
    shown: async () => [
      ...[...announced].flatMap((id) => rows.get(id) ?? []),
      ...said.map((text) => ({ text, choices: [] })),
    ],
  }
})

test('a listener hears its own chat only, and nothing after it left', async () => {
  const channel = createWebChannel()
  const heard = vi.fn()
  const leave = channel.listen('mot-cua', heard)
  await channel.send('tu-phap', { id: '1', text: '', choices: [] })
  await channel.send('mot-cua', { id: '2', text: '', choices: [] })
  leave()
  await channel.send('mot-cua', { id: '3', text: '', choices: [] })
  expect(heard.mock.calls).toEqual([['2']])
})

test('two pages in the same chat both hear', async () => {
  const channel = createWebChannel()
  const heard = vi.fn()
  const leave = channel.listen('mot-cua', heard)
  channel.listen('mot-cua', heard)
  await channel.send('mot-cua', { id: '1', text: '', choices: [] })
  leave()
  await channel.send('mot-cua', { id: '2', text: '', choices: [] })
  expect(heard.mock.calls).toEqual([['1'], ['1'], ['2']])
})

test('a message nobody listens to is sent all the same: the page reads it from the store', async () => {
  expect(await createWebChannel().send('mot-cua', { id: '1', text: '', choices: [] })).toEqual({
    type: 'sent',
  })
})

test('what is posted before the start is not stored', async () => {
  expect(await createWebChannel().post({ id: '1', chat: 'mot-cua', text: '228', files: [] })).toEqual({
    isStored: false,
  })
})
