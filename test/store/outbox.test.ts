import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { OutRow, Store } from '../../src/store/store.ts'
import { createDatabase, engines } from './engines.ts'
import { at, chatA, chatB, later, message, say, setTwoOffices, soon } from './scene.ts'

describe.each(engines)('the outbox on %s', (engine) => {
  const open: Store[] = []
  let url: string
  let store: Store

  beforeEach(async () => {
    url = await createDatabase(engine)
    store = await openStore(url)
    open.push(store)
    await setTwoOffices(store)
  })
  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()))
  })

  const claim = (over: Partial<Parameters<Store['claim']>[0]> = {}, from = store) =>
    from.claim({ channel: 'telegram', at, leaseUntil: soon, limit: 100, ...over })
  const textsOf = (rows: readonly OutRow[]) => rows.map(({ text }) => text)
  const sayTexts = (texts: readonly string[]) =>
    say(
      store,
      'a',
      texts.map((text) => message({ text })),
    )
  const claimOne = async (over: Partial<Parameters<Store['claim']>[0]> = {}): Promise<OutRow> => {
    const [row, ...more] = await claim(over)
    expect(more).toEqual([])
    if (row === undefined) throw new Error('nothing was due')
    return row
  }
  const outboxOf = async () => (await store.countWork()).outbox

  test('gives out a chat one message at a time, in the order written', async () => {
    await sayTexts(['1', '2', '3'])
    await say(store, 'b', [message({ ...chatB, text: 'b1' })])

    const [first, b] = await claim()
    expect(first).toMatchObject({
      ...chatA,
      text: '1',
      attempt: 1,
      officeId: 'a',
      personId: 'p',
      choices: [],
    })
    expect(b).toMatchObject({ ...chatB, text: 'b1', officeId: 'b' })
    expect(await claim()).toEqual([])
    await store.settle(first ?? expect.unreachable(), { type: 'sent', messageId: '77' }, at)
    expect(textsOf(await claim())).toEqual(['2'])
    expect(await claim()).toEqual([])
  })

  test('gives out no more than asked for, the oldest first', async () => {
    for (const n of [1, 2, 3]) {
      const chat = { channel: 'telegram', chat: `chat-${n}` }
      await store.bind({ officeId: 'a', personId: `p${n}`, ...chat }, at)
      await say(store, 'a', [message({ ...chat, text: `${n}` })])
    }

    expect(textsOf(await claim({ limit: 2 }))).toEqual(['1', '2'])
    expect(textsOf(await claim({ limit: 2 }))).toEqual(['3'])
  })

  test('brings the file along', async () => {
    const bytes = Uint8Array.from({ length: 30_000 }, (_, n) => (n * 7) % 256)
    await say(store, 'a', [message({ choices: ['Có', 'Không'], file: { name: 'bc.docx', bytes } })])

    const row = await claimOne()
    expect(row.choices).toEqual(['Có', 'Không'])
    expect(row.file?.name).toBe('bc.docx')
    expect(Buffer.compare(row.file?.bytes ?? new Uint8Array(), bytes)).toBe(0)
    expect(await store.readFile('a', row.file?.id ?? '')).toEqual({ name: 'bc.docx', bytes })
  })

  test('holds back what must wait, and all that stands behind it', async () => {
    await sayTexts(['1', '2'])
    await store.settle(await claimOne(), { type: 'retry', notBefore: soon }, at)

    expect(await claim()).toEqual([])
    expect(await claimOne({ at: soon, leaseUntil: later })).toMatchObject({ text: '1', attempt: 2 })
    expect(await claim({ at: soon, leaseUntil: later })).toEqual([])
  })

  test.each(['refused', 'unknown'] as const)('goes on after a message that was %s', async (type) => {
    await sayTexts(['1', '2'])
    await store.settle(await claimOne(), { type, reason: 'blocked by the user' }, at)

    expect((await claimOne()).text).toBe('2')
    expect(await outboxOf()).toMatchObject({ [type]: 1, sending: 1 })
  })

  test('tries again where twice shows once when a sender vanished', async () => {
    await sayTexts(['1', '2'])
    const lost = await claimOne()

    await store.recover({ at, repeatable: ['telegram'] })
    expect(await claim()).toEqual([])
    await store.recover({ at: soon, repeatable: ['telegram'] })
    const again = await claimOne({ at: soon, leaseUntil: later })
    expect(again).toMatchObject({ id: lost.id, text: '1', attempt: 2 })
  })

  test('calls it unknown elsewhere, never sends it again, and goes on to the next', async () => {
    await sayTexts(['1', '2'])
    await claimOne()

    await store.recover({ at: soon, repeatable: ['web'] })
    const next = await claim({ at: soon, leaseUntil: later })
    expect(textsOf(next)).toEqual(['2'])
    expect(await outboxOf()).toMatchObject({ unknown: 1, sending: 1, pending: 0 })
    await store.recover({ at: later, repeatable: [] })
    expect(await claim({ at: later, leaseUntil: '2025-03-03T10:00:00.000+07:00' })).toEqual([])
    expect(await outboxOf()).toMatchObject({ unknown: 2, sending: 0 })
  })

  test('does not heed the word of a sender whose row was claimed anew', async () => {
    await sayTexts(['1'])
    const slow = await claimOne()
    await store.recover({ at: soon, repeatable: ['telegram'] })
    const quick = await claimOne({ at: soon, leaseUntil: later })

    await store.settle(slow, { type: 'refused', reason: 'too late' }, soon)
    expect(await outboxOf()).toMatchObject({ sending: 1, refused: 0 })
    await store.settle(quick, { type: 'sent' }, soon)
    await store.settle(slow, { type: 'unknown', reason: 'too late' }, soon)
    expect(await outboxOf()).toMatchObject({ sent: 1, unknown: 0 })
  })

  test('heeds a late word on a message nobody has claimed since', async () => {
    await sayTexts(['1'])
    const slow = await claimOne()
    await store.recover({ at: soon, repeatable: [] })
    expect(await outboxOf()).toMatchObject({ unknown: 1 })

    await store.settle(slow, { type: 'sent', messageId: '5' }, later)
    expect(await outboxOf()).toMatchObject({ unknown: 0, sent: 1 })
  })

  test('settles many at once, each to its own outcome', async () => {
    const outcomes = [
      { type: 'sent', messageId: '1' },
      { type: 'retry', notBefore: soon },
      { type: 'refused', reason: 'x' },
      { type: 'unknown', reason: 'y' },
    ] as const
    for (const n of outcomes.keys()) {
      const chat = { channel: 'telegram', chat: `many-${n}` }
      await store.bind({ officeId: 'a', personId: `many-${n}`, ...chat }, at)
      await say(store, 'a', [message(chat)])
    }

    const rows = await claim()
    await Promise.all(
      outcomes.map((outcome, n) => store.settle(rows[n] ?? expect.unreachable(), outcome, at)),
    )
    expect(await outboxOf()).toEqual({ sent: 1, pending: 1, refused: 1, unknown: 1, sending: 0 })
  })

  test('is worked by two processes without a message twice or out of order', async () => {
    const other = await openStore(url)
    open.push(other)
    const chats = Array.from({ length: 8 }, (_, n) => ({ channel: 'telegram', chat: `busy-${n}` }))
    for (const [n, chat] of chats.entries())
      await store.bind({ officeId: 'a', personId: `busy-${n}`, ...chat }, at)
    for (let n = 0; n < 10; n += 1) {
      await say(
        store,
        'a',
        chats.map((chat) => message({ ...chat, text: `${n}` })),
      )
    }

    const sent = new Map<string, string[]>(chats.map(({ chat }) => [chat, []]))
    const inFlight = new Set<string>()
    const send = async (from: Store, row: OutRow) => {
      expect(inFlight).not.toContain(row.chat)
      inFlight.add(row.chat)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
      sent.get(row.chat)?.push(row.text)
      inFlight.delete(row.chat)
      await from.settle(row, { type: 'sent' }, at)
    }
    const work = async (from: Store) => {
      while ((await from.countWork()).outbox.sent < 80) {
        await Promise.all((await claim({ limit: 3 }, from)).map((row) => send(from, row)))
      }
    }
    await Promise.all([work(store), work(other), work(store), work(other)])

    const inOrder = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
    expect([...sent.values()]).toEqual(chats.map(() => inOrder))
  })
})
