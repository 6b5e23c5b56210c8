import { afterEach, describe, expect, test } from 'vitest'
import type { Channel, OutMessage, Receive, Update } from '../../src/channels/channel.ts'

/** One channel with a person at its other end. */
export interface Harness {
  readonly channel: Channel
  /** The chat in which that person sits. */
  readonly chat: string
  /** Whether the other side names its messages itself, and so may deliver one twice. */
  readonly isRedelivering: boolean
  /** The longest message a person can write there; absent where nobody counts. */
  readonly longest?: number
  /** The person writes; resolves when the channel has dealt with it. */
  write(message: { readonly id: string; readonly text: string }): Promise<void>
  /** What the person sees, oldest first. */
  shown(): Promise<readonly Shown[]>
  close?(): Promise<void>
}

export interface Shown {
  readonly text: string
  readonly choices: readonly string[]
  readonly file?: { readonly name: string; readonly bytes: Uint8Array }
}

const STORED = { isStored: true } as const

/** What every channel keeps to, whatever is behind it. */
export function describeChannel(name: string, makeHarness: () => Promise<Harness>): void {
  describe(`the ${name} channel`, () => {
    let harness: Harness

    async function begin(receive: Receive = async () => STORED): Promise<readonly Update[]> {
      harness = await makeHarness()
      const updates: Update[] = []
      await harness.channel.start(async (update) => {
        updates.push(update)
        return receive(update)
      })
      return updates
    }

    function message(more: Partial<OutMessage>): OutMessage {
      return { id: '34', text: 'Kính gửi đồng chí', choices: [], ...more }
    }

    afterEach(async () => {
      await harness.channel.stop()
      await harness.close?.()
    })

    test('hands in what was written, letter for letter, with the chat it came from', async () => {
      const updates = await begin()
      const text = '7.847 hồ sơ, trong đó trực tuyến 7.212; Nguyễn Thị Ngọc Ánh – “đã xong” 😀 ½ <b>&amp;</b>'
      await harness.write({ id: 'm1', text })
      expect(updates).toMatchObject([{ chat: harness.chat, text, files: [] }])
    })

    test('hands in a figure as a figure', async () => {
      const updates = await begin()
      await harness.channel.send(harness.chat, message({ text: 'Bao nhiêu hồ sơ?' }))
      await harness.write({ id: 'm1', text: '3' })
      expect(updates.map(({ text }) => text)).toEqual(['3'])
    })

    test('hands in the longest text whole, up to 100.000 characters', async () => {
      const updates = await begin()
      const text = 'ữ'.repeat(harness.longest ?? 100_000)
      await harness.write({ id: 'm1', text })
      expect(updates.map((update) => update.text.length)).toEqual([text.length])
      expect(updates[0]?.text === text).toBe(true)
    })

    test('gives two messages of the same words two ids', async () => {
      const updates = await begin()
      await harness.write({ id: 'm1', text: 'xong' })
      await harness.write({ id: 'm2', text: 'xong' })
      expect(new Set(updates.map(({ id }) => id)).size).toBe(2)
    })

    test('gives a redelivery the id it had', async ({ skip }) => {
      const updates = await begin()
      skip(!harness.isRedelivering, 'every line is a message of its own')
      await harness.write({ id: 'm1', text: 'xong' })
      await harness.write({ id: 'm1', text: 'xong' })
      expect(updates).toHaveLength(2)
      expect(updates[0]?.id).toBe(updates[1]?.id)
    })

    test('shows text with its line breaks', async () => {
      await begin()
      const text = 'Đã ghi nhận:\n1. Số hồ sơ: 7.847'
      const outcome = await harness.channel.send(harness.chat, message({ text }))
      expect(outcome.type).toBe('sent')
      expect(await harness.shown()).toMatchObject([{ text }])
    })

    test('shows as many quick replies as it says it can', async () => {
      await begin()
      const choices = Array.from(
        { length: harness.channel.capabilities.buttons },
        (_, index) => `Phương án ${index + 1}`,
      )
      await harness.channel.send(harness.chat, message({ choices }))
      expect(await harness.shown()).toMatchObject([{ choices }])
    })

    test('hands over a file with its Vietnamese name and all its bytes', async ({ skip }) => {
      await begin()
      skip(harness.channel.capabilities.files.length === 0, 'no files here')
      const file = {
        id: 'f1',
        name: 'Báo cáo quý I – phường Hòa Thuận.docx',
        bytes: Uint8Array.of(80, 75, 3, 4, 0, 255),
      }
      const text = 'Dự thảo'.slice(0, harness.channel.capabilities.captionMax)
      await harness.channel.send(harness.chat, message({ text, file }))
      const [seen] = await harness.shown()
      expect(seen?.file?.name).toBe(file.name)
      expect([...(seen?.file?.bytes ?? [])]).toEqual([...file.bytes])
    })

    test('shows messages in the order they were sent', async () => {
      await begin()
      for (const id of ['1', '2', '3'])
        await harness.channel.send(harness.chat, message({ id, text: `tin ${id}` }))
      expect((await harness.shown()).map(({ text }) => text)).toEqual(['tin 1', 'tin 2', 'tin 3'])
    })

    test('shows a message once that was sent twice, where it says so', async ({ skip }) => {
      await begin()
      skip(!harness.channel.capabilities.isRepeatable, 'here a message sent twice shows twice')
      await harness.channel.send(harness.chat, message({}))
      const again = await harness.channel.send(harness.chat, message({}))
      expect(again.type).toBe('sent')
      expect(await harness.shown()).toHaveLength(1)
    })

    test('does not throw at a chat nobody sits in, and shows it to no one else', async () => {
      await begin()
      const outcome = await harness.channel.send('999999', message({}))
      expect(['sent', 'refused']).toContain(outcome.type)
      expect(await harness.shown()).toEqual([])
    })

    test('tells the person at once when nothing was stored', async () => {
      await begin(async () => ({ isStored: false, say: 'Tin nhắn chưa được ghi nhận.' }))
      await harness.write({ id: 'm1', text: '228' })
      expect((await harness.shown()).map(({ text }) => text)).toEqual(['Tin nhắn chưa được ghi nhận.'])
    })

    test('says nothing by itself when all is well', async () => {
      await begin()
      await harness.write({ id: 'm1', text: '228' })
      expect(await harness.shown()).toEqual([])
    })

    test('stops only when what is under way has been dealt with', async () => {
      const events: string[] = []
      let finish = () => {}
      let begun = () => {}
      const hasBegun = new Promise<void>((resolve) => {
        begun = resolve
      })
      await begin(async () => {
        begun()
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        events.push('stored')
        return STORED
      })
      const written = harness.write({ id: 'm1', text: '228' })
      await hasBegun
      const stopped = harness.channel.stop().then(() => events.push('stopped'))
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(events).toEqual([])
      finish()
      await stopped
      await written
      expect(events).toEqual(['stored', 'stopped'])
    })

    test('hands nothing in after it stopped, and may be stopped twice', async () => {
      const updates = await begin()
      await harness.channel.stop()
      await harness.write({ id: 'm1', text: '228' }).catch(() => undefined)
      await harness.channel.stop()
      expect(updates).toEqual([])
    })
  })
}
