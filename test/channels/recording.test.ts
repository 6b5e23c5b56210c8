import { expect, test } from 'vitest'
import { OWN_PAGE } from '../../src/channels/channel.ts'
import { createRecordingChannel } from '../../src/channels/recording.ts'
import { describeChannel, type Harness } from './contract.ts'

for (const isRepeatable of [true, false]) {
  describeChannel(
    `recording (${isRepeatable ? 'repeatable' : 'not repeatable'})`,
    async (): Promise<Harness> => {
      const channel = createRecordingChannel('telegram', { capabilities: { isRepeatable } })
      return {
        channel,
        chat: '100',
        isRedelivering: true,
        write: async ({ id, text }) => {
          await channel.hand({ id, chat: '100', text, files: [] })
        },
        shown: async () => channel.sent.filter(({ to }) => to === '100').map(({ message }) => message),
      }
    },
  )
}

const MESSAGE = { id: '34', text: 'Kính gửi đồng chí', choices: [] }

test('ends the first sends as scripted, each once, and then sends', async () => {
  const later = { type: 'retryLater', afterMs: 1000 } as const
  const refused = { type: 'refused', reason: 'blocked' } as const
  const channel = createRecordingChannel('telegram', { outcomes: [later, refused] })
  expect(await channel.send('100', MESSAGE)).toEqual(later)
  expect(await channel.send('100', MESSAGE)).toEqual(refused)
  expect(channel.sent).toEqual([])
  expect(await channel.send('100', MESSAGE)).toMatchObject({ type: 'sent' })
  expect(channel.sent).toEqual([{ to: '100', message: MESSAGE }])
})

test('writes down a message whose end is unknown, since it may have arrived', async () => {
  const channel = createRecordingChannel('telegram', { outcomes: [{ type: 'unknown', reason: 'timeout' }] })
  expect(await channel.send('100', MESSAGE)).toMatchObject({ type: 'unknown' })
  expect(channel.sent).toHaveLength(1)
})

test('may be less able than others', () => {
  const { capabilities } = createRecordingChannel('zalo', { capabilities: { buttons: 0, files: [] } })
  expect(capabilities).toEqual({ ...OWN_PAGE, buttons: 0, files: [] })
})
