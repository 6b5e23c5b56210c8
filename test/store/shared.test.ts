import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../src/store/database.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { createDatabase, engines } from './engines.ts'
import { at, chatA, chatB, deed, inbound, later, message, redeem, say, setTwoOffices, soon } from './scene.ts'

describe.each(engines)('what processes share on %s', (engine) => {
  let store: Store
  let other: Store
  let database: Database

  beforeAll(async () => {
    const url = await createDatabase(engine)
    store = await openStore(url)
    other = await openStore(url)
    database = await connect(url)
    await setTwoOffices(store)
  })
  afterAll(async () => {
    await Promise.all([store.close(), other.close(), database.prisma.$disconnect()])
  })

  describe('a name', () => {
    const lease = (holder: string, until = soon) => ({ name: 'poller', holder, until })

    test('is held by one, who may hold it on, and is free when the time has run out', async () => {
      expect(await store.hold(lease('one'), at)).toBe(true)
      expect(await other.hold(lease('two'), at)).toBe(false)
      expect(await store.hold(lease('one'), at)).toBe(true)
      expect(await other.hold(lease('two', later), soon)).toBe(true)
      expect(await store.hold(lease('one', later), soon)).toBe(false)
    })

    test('is let go by its holder alone', async () => {
      await store.letGo('poller', 'one')
      expect(await store.hold(lease('one', later), soon)).toBe(false)
      await store.letGo('poller', 'two')
      expect(await store.hold(lease('one', later), soon)).toBe(true)
    })

    test('goes to one of many who want it at the same moment', async () => {
      const got = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (n % 2 === 0 ? store : other).hold({ name: 'wanted', holder: `h${n}`, until: soon }, at),
        ),
      )
      expect(got.filter((won) => won)).toHaveLength(1)
    })
  })

  test('a secret is the last that was kept, and none is ever changed', async () => {
    expect(await store.readSecret('zalo')).toBeUndefined()
    await store.keepSecret('zalo', 'one', at)
    await other.keepSecret('zalo', 'two', at)
    await store.keepSecret('else', 'three', at)
    expect(await store.readSecret('zalo')).toBe('two')
    await expect(database.prisma.secret.deleteMany()).rejects.toThrow()
    await expect(database.prisma.secret.updateMany({ data: { secret: 'x' } })).rejects.toThrow()
  })

  describe('a pace', () => {
    test('lets so many through in its time, and says how long to wait', async () => {
      const rate = { points: 2, perMs: 60_000 }
      const waits = [await store.takePace('a', rate), await store.takePace('a', rate)]
      const wait = await store.takePace('a', rate)
      expect(waits).toEqual([0, 0])
      expect(wait).toBeGreaterThan(30_000)
      expect(wait).toBeLessThanOrEqual(60_000)
      expect(await store.takePace('b', rate)).toBe(0)
    })

    test.runIf(engine === 'postgresql')('is one for all processes', async () => {
      const rate = { points: 5, perMs: 60_000 }
      const waits = await Promise.all(
        Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? store : other).takePace('both', rate)),
      )
      expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
      await store.pause('paused', rate, 60_000)
      expect(await other.takePace('paused', rate)).toBeGreaterThan(50_000)
    })

    test('can be paused', async () => {
      const rate = { points: 100, perMs: 10 }
      await store.pause('stop', rate, 60_000)
      expect(await store.takePace('stop', rate)).toBeGreaterThan(50_000)
    })
  })

  describe('a link', () => {
    const link = { ...chatA, purpose: 'upload', officeId: 'a', personId: 'p', expiresAt: soon } as const

    test('opens once, while it is young', async () => {
      await store.saveLink({ ...link, id: 'l1' })
      expect(await store.readLink('l1', at)).toEqual({ ...link, id: 'l1' })
      const spent = await Promise.all([1, 2, 3, 4].map((n) => (n % 2 ? store : other).spendLink('l1', at)))
      expect(spent.filter((won) => won)).toHaveLength(1)
      expect(await store.readLink('l1', at)).toBeUndefined()
      await store.saveLink({ ...link, id: 'l2' })
      expect(await store.readLink('l2', soon)).toBeUndefined()
      expect(await store.spendLink('l2', soon)).toBe(false)
    })
  })

  describe('an address', () => {
    const addressesOf = async (personId: string) => {
      let found: readonly unknown[] = []
      await store.turn({ type: 'deed', officeId: 'a', key: `look-${Math.random()}` }, async (facts) => {
        found = (await facts.addresses()).filter((one) => one.personId === personId)
        return deed()
      })
      return found
    }

    test('that was chosen comes before the others, the last choice first', async () => {
      const zalo = { channel: 'zalo', chat: 'z1' }
      const web = { channel: 'web', chat: 'w1' }
      for (const one of [{ channel: 'telegram', chat: 't1' }, zalo, web])
        await store.bind({ officeId: 'a', personId: 'chooser', ...one }, at)
      const choose = (address: typeof zalo, key: string, moment = at) =>
        store.turn({ type: 'deed', officeId: 'a', key }, async () =>
          deed({ at: moment, changes: [{ type: 'prefer', ...address }] }),
        )
      await choose(zalo, 'choose-1')
      await choose(web, 'choose-2', soon)
      expect(await addressesOf('chooser')).toMatchObject([
        { channel: 'web', isPreferred: true },
        { channel: 'zalo', isPreferred: true },
        { channel: 'telegram', isPreferred: false },
      ])
    })

    test('that is closed says so until its person writes again', async () => {
      const chat = { channel: 'zalo', chat: 'window' }
      await store.bind({ officeId: 'a', personId: 'windowed', ...chat }, at)
      await store.closeAddress(chat, 'window', at)
      expect(await addressesOf('windowed')).toMatchObject([{ closed: 'window' }])
      await store.turn({ type: 'deed', officeId: 'a', key: 'written' }, async () =>
        deed({ changes: [{ type: 'reopen', ...chat }] }),
      )
      const [address] = await addressesOf('windowed')
      expect(address).not.toHaveProperty('closed')
    })
  })

  describe('a code', () => {
    test('is looked at five times an hour from one chat', async () => {
      const guesser = { channel: 'web', chat: 'guesser' }
      const tries = []
      for (let n = 0; n < 7; n += 1) tries.push(await redeem(store, guesser, `wrong-${n}`, at))
      expect(tries).toEqual([
        { type: 'wrong', left: 4 },
        { type: 'wrong', left: 3 },
        { type: 'wrong', left: 2 },
        { type: 'wrong', left: 1 },
        { type: 'wrong', left: 0 },
        { type: 'locked' },
        { type: 'locked' },
      ])
      await store.saveInvite({ officeId: 'a', personId: 'p', codeHash: 'right', expiresAt: '2026' })
      expect(await redeem(store, guesser, 'right', soon)).toEqual({ type: 'locked' })
      expect(await redeem(store, guesser, 'right', later)).toMatchObject({ type: 'bound' })
    })

    test('tells where else its person writes from, and whose the chat was', async () => {
      const chat = { channel: 'web', chat: 'shared-phone' }
      await store.bind({ officeId: 'a', personId: 'first', ...chat }, at)
      await store.bind({ officeId: 'a', personId: 'second', channel: 'telegram', chat: 's' }, at)
      await store.saveInvite({ officeId: 'a', personId: 'second', codeHash: 'move', expiresAt: later })
      expect(await redeem(store, chat, 'move', at)).toEqual({
        type: 'bound',
        officeId: 'a',
        personId: 'second',
        others: ['telegram'],
        from: 'first',
      })
    })
  })

  describe('a message nobody knows the end of', () => {
    const unknown = async (key: string) => {
      await say(store, 'b', [message({ ...chatB, key, text: `lời ${key}` })])
      const [row] = await store.claim({ channel: 'telegram', at, leaseUntil: soon, limit: 100 })
      if (!row) throw new Error('nothing was due')
      await store.settle(row, { type: 'unknown', reason: 'no answer' }, at)
      return row
    }
    const settle = (id: string, as: 'again' | 'arrived') =>
      store.turn({ type: 'deed', officeId: 'b', key: `settle-${id}-${as}` }, async () =>
        deed({ changes: [{ type: 'settle', id, as }] }),
      )

    test('is known to have arrived by its words', async () => {
      const { id } = await unknown('echoed')
      expect((await store.listUnsure(at)).map((row) => row.id)).toEqual([id])
      expect(
        await store.confirmArrival(chatB, { isIt: (text) => text === 'lời khác', messageId: '9' }, soon),
      ).toBe(false)
      expect(
        await store.confirmArrival(chatB, { isIt: (text) => text === 'lời echoed', messageId: '9' }, soon),
      ).toBe(true)
      expect(await store.listUnsure(at)).toEqual([])
    })

    test('is sent again only when a person says so, once', async () => {
      const { id } = await unknown('lost')
      expect(await store.claim({ channel: 'telegram', at, leaseUntil: soon, limit: 9 })).toEqual([])
      await settle(id, 'again')
      await settle(id, 'arrived')
      const [again, ...more] = await store.claim({ channel: 'telegram', at, leaseUntil: soon, limit: 9 })
      expect(again).toMatchObject({ ...chatB, text: 'lời lost' })
      expect(more).toEqual([])
      await store.settle(again ?? expect.unreachable(), { type: 'sent' }, at)
      expect(await store.listUnsure(at)).toEqual([])
    })

    test('of another office is none of its business', async () => {
      const { id } = await unknown('theirs')
      await store.turn({ type: 'deed', officeId: 'a', key: 'meddle' }, async () =>
        deed({ changes: [{ type: 'settle', id, as: 'again' }] }),
      )
      expect((await store.listUnsure(at)).map((row) => row.id)).toEqual([id])
      await settle(id, 'arrived')
      expect(await store.listUnsure(at)).toEqual([])
    })
  })

  test('a pressed button is its words, in its own chat only', async () => {
    await say(store, 'b', [message({ ...chatB, choices: ['Đúng', 'Không'] })])
    const [row] = await store.claim({ channel: 'telegram', at, leaseUntil: soon, limit: 9 })
    const messageId = row?.id ?? ''
    expect(await store.readChoice(chatB, { messageId, choice: 1 })).toBe('Không')
    expect(await store.readChoice(chatB, { messageId, choice: 2 })).toBeUndefined()
    expect(await store.readChoice(chatA, { messageId, choice: 1 })).toBeUndefined()
    expect(await store.readChoice(chatB, { messageId: '1 OR 1', choice: 0 })).toBeUndefined()
  })

  test('replies go before what nobody asked for, whichever was written first', async () => {
    const chats = ['first', 'second'].map((chat) => ({ channel: 'zalo', chat }))
    for (const [n, chat] of chats.entries())
      await store.bind({ officeId: 'a', personId: `priority-${n}`, ...chat }, at)
    const [first, second] = chats
    await say(store, 'a', [message({ ...first, text: 'nhắc', isUnasked: true })])
    await say(store, 'a', [message({ ...second, text: 'trả lời' })])
    const [row] = await store.claim({ channel: 'zalo', at, leaseUntil: soon, limit: 1 })
    expect(row?.text).toBe('trả lời')
  })

  test('what is held back is kept with its reason and never sent', async () => {
    const chat = { channel: 'web', chat: 'held' }
    await store.bind({ officeId: 'a', personId: 'held', ...chat }, at)
    await say(store, 'a', [message({ ...chat, held: 'again and again' })])
    expect(await store.claim({ channel: 'web', at, leaseUntil: soon, limit: 9 })).toEqual([])
    const row = await database.prisma.outbox.findFirstOrThrow({ where: { chat: 'held' } })
    expect(row).toMatchObject({ state: 'refused', reason: 'again and again' })
  })

  test('files that came by reference are kept once they are fetched', async () => {
    const update = inbound({
      files: [
        { name: 'bảng.xlsx', size: 9, ref: 'r1' },
        { name: 'b', size: 1, ref: 'r2' },
      ],
    })
    await store.takeIn(update)
    let id = ''
    const look = async (then: 'keep' | 'leave') =>
      store.turn({ type: 'message', ...chatA }, async (facts) => {
        id = facts.inbound?.id ?? ''
        const [file, gone] = facts.inbound?.files ?? []
        if (then === 'leave') return undefined
        expect(gone).toEqual({ name: 'b', size: 1 })
        expect((await facts.fileOf(file?.id ?? ''))?.bytes).toEqual(Uint8Array.of(1, 2, 3))
        return deed()
      })
    await look('leave')
    await store.keepFetched(id, [{ ref: 'r1', bytes: Uint8Array.of(1, 2, 3) }, { ref: 'r2' }])
    expect(await look('keep')).toBeDefined()
  })

  test('who withdraws is forgotten, but for what the office was told', async () => {
    const chat = { channel: 'zalo', chat: 'gone' }
    await store.bind({ officeId: 'a', personId: 'leaver', ...chat }, at)
    await store.takeIn(inbound({ ...chat, text: 'số của tôi' }))
    await say(store, 'a', [message({ ...chat, text: 'Kính gửi' })])
    await store.forget(chat, soon, soon)
    expect(await store.findPerson(chat)).toBeUndefined()
    expect(await store.listTranscript('a', 'leaver')).toEqual([])
    const kept = JSON.stringify([
      await database.prisma.inbox.findMany({ where: { chat: 'gone' } }),
      await database.prisma.outbox.findMany({ where: { chat: 'gone' } }),
    ])
    expect(kept).not.toMatch(/số của tôi|Kính gửi/)
    expect(await store.listWaiting()).not.toContainEqual(chat)
  })

  test('a group that has got another id is written to under it', async () => {
    const group = { channel: 'zalo', chat: 'old-group' }
    await store.bind({ officeId: 'a', personId: 'group', ...group }, at)
    await say(store, 'a', [message(group)])
    await store.bind({ officeId: 'a', personId: 'group', channel: 'zalo', chat: 'new-group' }, at)
    await store.moveChat(group, 'new-group')
    const rows = await store.claim({ channel: 'zalo', at, leaseUntil: soon, limit: 9 })
    expect(rows.map(({ chat }) => chat)).toContain('new-group')
  })
})
