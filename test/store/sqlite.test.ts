import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../src/store/database.ts'
import { takeInAll } from '../../src/store/inbox.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { createTurns } from '../../src/store/turn.ts'
import { createFolder } from './engines.ts'
import { answer, chatA, deed, inbound, message, setTwoOffices } from './scene.ts'

describe('SQLite', () => {
  let url: string
  let store: Store
  let database: Database

  beforeAll(async () => {
    url = `file:${join(createFolder(), 'thuky.db')}`
    store = await openStore(url)
    database = await connect(url)
    await setTwoOffices(store)
  })
  afterAll(async () => {
    await Promise.all([store.close(), database.prisma.$disconnect()])
  })

  const settings = ['synchronous', 'foreign_keys', 'journal_mode'] as const
  const promised = { synchronous: 2, foreign_keys: 1, journal_mode: 'wal' }
  async function readSettings(tx: Pick<Database['prisma'], '$queryRawUnsafe'>) {
    const pairs: [string, unknown][] = []
    for (const name of settings) {
      const [row] = await tx.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`)
      const value = row?.[name]
      pairs.push([name, typeof value === 'bigint' ? Number(value) : value])
    }
    return Object.fromEntries(pairs)
  }

  test('waits for the disk, in transactions and between them, however many there were', async () => {
    for (let n = 0; n < 3; n += 1) {
      expect(await readSettings(database.prisma)).toEqual(promised)
      expect(await database.prisma.$transaction((tx) => readSettings(tx))).toEqual(promised)
    }
  })

  test('has the file to itself from the beginning of a transaction', async () => {
    await database.prisma
      .$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1`
        const rival = await connect(url)
        const began = performance.now()
        const done = takeInAll(rival, [inbound()]).then(() => performance.now() - began)
        await new Promise((resolve) => setTimeout(resolve, 150))
        await tx.$queryRaw`SELECT 1`
        return { rival, done }
      })
      .then(async ({ rival, done }) => {
        expect(await done).toBeGreaterThan(140)
        // The one that had to wait writes to the disk as carefully as before.
        expect(await readSettings(rival.prisma)).toEqual(promised)
        expect(await rival.prisma.$transaction((tx) => readSettings(tx))).toEqual(promised)
        await rival.prisma.$disconnect()
      })
  })

  test('gives up on a locked file in bounded time, says why, and works again afterwards', async () => {
    const rival = await connect(url)
    const hasty = await connect(url, { patienceMs: 300 })
    let release = () => {}
    const held = rival.prisma.$transaction(
      () =>
        new Promise<void>((resolve) => {
          release = resolve
        }),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    const update = inbound()
    const began = performance.now()
    const tries = await Promise.allSettled([
      takeInAll(hasty, [update]),
      createTurns(hasty)({ type: 'deed', officeId: 'a', key: 'locked' }, async () => deed()),
      ...Array.from({ length: 20 }, () => takeInAll(hasty, [inbound()])),
    ])

    expect(performance.now() - began).toBeLessThan(2500)
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 'rejected'))
    expect(tries[1]).toMatchObject({ reason: { message: 'store: turn failed', cause: expect.any(Error) } })
    release()
    await held
    expect(await takeInAll(hasty, [update])).toEqual(['new'])
    expect(
      await createTurns(hasty)({ type: 'deed', officeId: 'a', key: 'locked' }, async () => deed()),
    ).toBeDefined()
    await Promise.all([rival.prisma.$disconnect(), hasty.prisma.$disconnect()])
  })

  test('half-writes nothing on a full disk, and loses nothing', async () => {
    const full = await connect(url)
    const update = inbound({ text: 'trước khi đầy' })
    await store.takeIn(update)
    const pages = await full.prisma.$queryRawUnsafe<{ page_count: bigint }[]>('PRAGMA page_count')
    await full.prisma.$queryRawUnsafe(`PRAGMA max_page_count = ${pages[0]?.page_count}`)
    const big = deed({
      answers: [{ periodKey: 'full', answer: answer({ raw: 'nhỏ' }) }],
      talks: [{ personId: 'full', talk: '{}' }],
      messages: [message({ file: { name: 'to.docx', bytes: new Uint8Array(5_000_000) } })],
    })

    await expect(createTurns(full)({ type: 'message', ...chatA }, async () => big)).rejects.toThrow(
      'store: turn failed',
    )
    await expect(takeInAll(full, [inbound({ text: 'x'.repeat(5_000_000) })])).rejects.toThrow()
    expect(await store.listAnswers('a', 'full')).toEqual([])
    expect(await store.readTalk('a', 'full')).toBeUndefined()
    expect(await store.listWaiting()).toContainEqual(chatA)
    // The same connection goes on as soon as there is room.
    await full.prisma.$queryRawUnsafe('PRAGMA max_page_count = 1000000')
    expect(await createTurns(full)({ type: 'message', ...chatA }, async () => big)).toBeDefined()
    expect(await store.listAnswers('a', 'full')).toHaveLength(1)
    await full.prisma.$disconnect()
  })

  test('lets timers and sockets in while nothing but the store is at work', async () => {
    let isLetIn = false
    setTimeout(() => {
      isLetIn = true
    }, 1)
    const began = performance.now()
    while (!isLetIn && performance.now() - began < 2000) await store.countWork()

    expect(isLetIn).toBe(true)
  })

  test('keeps nothing that follows a fault inside a transaction, as PostgreSQL would not', async () => {
    const tries = database.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO "Talk" VALUES ('a', 'before', '{}')`
      await tx.$executeRaw`INSERT INTO "Talk" VALUES ('no such office', 'p', NULL)`.catch(() => undefined)
      await tx.$executeRaw`INSERT INTO "Talk" VALUES ('a', 'after', '{}')`
    })

    await expect(tries).rejects.toThrow()
    expect(await store.readTalk('a', 'before')).toBeUndefined()
    expect(await store.readTalk('a', 'after')).toBeUndefined()
  })
})
