import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../src/store/database.ts'
import { openStore } from '../../src/store/open.ts'
import type { Facts, Store } from '../../src/store/store.ts'
import { createDatabase, engines } from './engines.ts'
import {
  answer,
  at,
  chatA,
  chatB,
  deed,
  inbound,
  later,
  message,
  redeem,
  say,
  setTwoOffices,
  soon,
} from './scene.ts'

describe.each(engines)('the store on %s', (engine) => {
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

  const turnOf = (decide: (facts: Facts) => ReturnType<typeof deed> | undefined, chat = chatA) =>
    store.turn({ type: 'message', ...chat }, async (facts) => decide(facts))
  const finish = async (chat = chatA) => {
    while ((await turnOf(() => deed(), chat)) !== undefined) {}
  }

  describe('an office', () => {
    test('is kept as it was last saved', async () => {
      await store.saveOffice({ id: 'c', data: '1' }, at)
      await store.saveOffice({ id: 'c', data: '2' }, soon)

      expect((await store.listOffices()).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      expect(await store.listOffices()).toContainEqual({ id: 'c', data: '2' })
    })
  })

  describe('an address', () => {
    test('leads to its person, and in order of binding', async () => {
      await store.bind({ officeId: 'a', personId: 'two', channel: 'web', chat: 'w' }, at)
      await store.bind({ officeId: 'a', personId: 'two', channel: 'zalo', chat: 'z' }, at)

      expect(await store.findPerson({ channel: 'web', chat: 'w' })).toEqual({
        officeId: 'a',
        personId: 'two',
      })
      expect(await store.findPerson({ channel: 'web', chat: 'nobody' })).toBeUndefined()
      await store.takeIn(inbound())
      await turnOf(() => deed())
      const addresses = await store.turn({ type: 'deed', officeId: 'a', key: 'look' }, async (facts) => {
        const own = (await facts.addresses()).filter(({ personId }) => personId === 'two')
        expect(own).toEqual([
          { personId: 'two', channel: 'web', chat: 'w', boundAt: at, isPreferred: false },
          { personId: 'two', channel: 'zalo', chat: 'z', boundAt: at, isPreferred: false },
        ])
        return deed()
      })
      expect(addresses).toBeDefined()
    })

    test('that moves to another person takes none of the words meant for the first', async () => {
      const chat = { channel: 'web', chat: 'moving' }
      await store.bind({ officeId: 'a', personId: 'first', ...chat }, at)
      await say(store, 'a', [message({ ...chat, text: 'số liệu của xã A' })])
      await store.bind({ officeId: 'b', personId: 'second', ...chat }, at)

      const claimed = await store.claim({ channel: 'web', at, leaseUntil: soon, limit: 100 })
      expect(claimed.filter((row) => row.chat === 'moving')).toEqual([])
      expect(await store.listTranscript('b', 'second')).toEqual([])
    })
  })

  describe('an invite', () => {
    const invite = { officeId: 'b', personId: 'guest', expiresAt: soon }

    test('binds the one who redeems it, once', async () => {
      await store.saveInvite({ ...invite, codeHash: 'h1' })
      const guest = { channel: 'web', chat: 'guest' }

      expect(await redeem(store, guest, 'h1', at)).toEqual({
        type: 'bound',
        officeId: 'b',
        personId: 'guest',
        others: [],
      })
      expect(await store.findPerson(guest)).toEqual({ officeId: 'b', personId: 'guest' })
      expect(await redeem(store, { channel: 'web', chat: 'thief' }, 'h1', at)).toEqual({
        type: 'wrong',
        left: 4,
      })
      expect(await store.findPerson({ channel: 'web', chat: 'thief' })).toBeUndefined()
    })

    test('serves one of many who redeem it at the same moment', async () => {
      await store.saveInvite({ ...invite, codeHash: 'h2' })
      const tries = [1, 2, 3, 4, 5, 6].map((n) =>
        redeem(n % 2 === 0 ? store : other, { channel: 'web', chat: `racer-${n}` }, 'h2', at),
      )

      expect(
        (await Promise.all(tries)).filter((one) => JSON.stringify(one).includes('"bound"')),
      ).toHaveLength(1)
    })

    test('is void once it has expired, and when it never was', async () => {
      await store.saveInvite({ ...invite, codeHash: 'h3' })

      expect(await redeem(store, { channel: 'web', chat: 'late' }, 'h3', soon)).toMatchObject({
        type: 'wrong',
      })
      expect(await redeem(store, { channel: 'web', chat: 'late' }, 'unheard of', at)).toMatchObject({
        type: 'wrong',
      })
    })
  })

  describe('a message taken in', () => {
    test('is kept once, however often it is delivered', async () => {
      const update = inbound()
      expect(await store.takeIn(update)).toBe('new')
      expect(await store.takeIn(update)).toBe('known')
      expect(await other.takeIn({ ...update, text: 'something else' })).toBe('known')

      const texts: (string | undefined)[] = []
      while (
        (await turnOf((facts) => {
          texts.push(facts.inbound?.text)
          return deed()
        })) !== undefined
      ) {}
      expect(texts).toEqual([update.text])
      expect(await store.takeIn(update)).toBe('known')
      expect(await store.listWaiting()).toEqual([])
    })

    test('is kept once when a batch holds it twice', async () => {
      const update = inbound()
      const taken = await Promise.all(
        [inbound(), update, update, inbound(), update].map((one) => store.takeIn(one)),
      )

      expect(taken).toEqual(['new', 'new', 'known', 'new', 'known'])
      await finish()
    })

    test('spoils no other when it cannot be kept', async () => {
      // @ts-expect-error what a broken channel might hand in
      const broken = store.takeIn(inbound({ at: null }))
      const taken = Promise.all([store.takeIn(inbound()), store.takeIn(inbound())])

      await expect(broken).rejects.toThrow('store: takeIn failed')
      expect(await taken).toEqual(['new', 'new'])
      await finish()
    })

    test('waits in its chat in the order of arrival, and the chats do so too', async () => {
      await store.takeIn(inbound({ ...chatB, text: '1' }))
      await store.takeIn(inbound({ text: '2' }))
      await store.takeIn(inbound({ ...chatB, text: '3' }))
      expect(await store.listWaiting()).toEqual([chatB, chatA])

      const texts: (string | undefined)[] = []
      const note = (facts: Facts) => {
        texts.push(facts.inbound?.text)
        return deed()
      }
      await turnOf(note, chatB)
      await turnOf(note, chatB)
      await turnOf(note, chatA)
      expect(texts).toEqual(['1', '3', '2'])
    })

    test('keeps any text a person can send', async () => {
      const text = `\u202eà\u0301 ${'dài '.repeat(25_000)}\u0007 😀 'quoted' "twice" $1 ?`
      await store.takeIn(inbound({ text: `${text}\0`, files: [{ name: "tệp 'a'.pdf", size: 3 }] }))

      await turnOf(({ inbound: kept }) => {
        expect(kept?.text).toBe(text)
        expect(kept?.files).toEqual([{ name: "tệp 'a'.pdf", size: 3 }])
        return deed()
      })
    })

    test('keeps the bytes of its files with it, once, for the turn of whoever sent them', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256)
      const update = inbound({
        files: [
          { name: 'bảng.xlsx', size: 70_000, bytes },
          { name: 'ảnh', size: 3 },
        ],
      })
      const before = await database.prisma.file.count()
      const taken = await Promise.all([update, inbound(), update].map((one) => store.takeIn(one)))
      expect(taken).toEqual(['new', 'new', 'known'])
      expect(await other.takeIn(update)).toBe('known')

      expect(await database.prisma.file.count()).toBe(before + 1)
      await store.turn({ type: 'message', ...chatA }, async (facts) => {
        const [sheet, picture] = facts.inbound?.files ?? []
        expect(picture).toEqual({ name: 'ảnh', size: 3 })
        expect(await facts.fileOf(sheet?.id ?? '')).toEqual({ name: 'bảng.xlsx', bytes })
        expect(await facts.fileOf('no such file')).toBeUndefined()
        return deed()
      })
      await finish()
    })

    test('is not kept when one of its files cannot be', async () => {
      // @ts-expect-error what a broken channel might hand in
      const broken = inbound({ files: [{ name: null, size: 1, bytes: Uint8Array.of(1) }] })
      const taken = Promise.all([store.takeIn(inbound()), store.takeIn(inbound())])

      await expect(store.takeIn(broken)).rejects.toThrow('store: takeIn failed')
      expect(await taken).toEqual(['new', 'new'])
      expect(await database.prisma.inbox.count({ where: { updateId: broken.updateId } })).toBe(0)
      await finish()
    })

    test('of a stranger, or in a group, leaves no bytes behind', async () => {
      const before = await database.prisma.file.count()
      const files = [{ name: 'lạ', size: 1, bytes: Uint8Array.of(1) }]
      await store.takeIn(inbound({ chat: 'nobody', files }))
      await store.takeIn(inbound({ chat: 'group', sender: chatA.chat, files }))

      expect(await database.prisma.file.count()).toBe(before)
      await turnOf(() => deed(), { ...chatA, chat: 'nobody' })
      await turnOf(() => deed(), { ...chatA, chat: 'group' })
    })

    test('says which earlier one it is a new wording of', async () => {
      await store.takeIn(inbound({ edits: 'update-0' }))
      await turnOf((facts) => {
        expect(facts.inbound).toMatchObject({ edits: 'update-0' })
        expect(facts.inbound?.sender).toBeUndefined()
        return deed()
      })
    })

    test('can be looked up by a later turn of its chat, and of no other', async () => {
      await store.takeIn(inbound({ updateId: 'earlier', text: '228' }))
      await store.takeIn(inbound())
      await store.takeIn(inbound(chatB))
      const look = (chat: typeof chatA) =>
        store.turn({ type: 'message', ...chat }, async (facts) => {
          expect(await facts.wordsOf('earlier')).toBe(chat === chatA ? '228' : undefined)
          expect(await facts.wordsOf('no such update')).toBeUndefined()
          return deed()
        })
      await look(chatA)
      await look(chatA)
      await look(chatB)
    })

    test('is put aside at its third failure, and lets the next come through', async () => {
      await store.takeIn(inbound({ text: 'poison' }))
      await store.takeIn(inbound({ text: 'next' }))
      const seen: (string | undefined)[] = []
      const fail = async () => {
        let id = ''
        await store
          .turn({ type: 'message', ...chatA }, async (facts) => {
            id = facts.inbound?.id ?? ''
            seen.push(`${facts.inbound?.text} ${facts.inbound?.failures}`)
            throw new Error('boom')
          })
          .catch(() => undefined)
        return store.noteFailure(id, 'incident-1', at)
      }

      expect([await fail(), await fail(), await fail()].map(({ isGivenUp }) => isGivenUp)).toEqual([
        false,
        false,
        true,
      ])
      expect(seen).toEqual(['poison 0', 'poison 1', 'poison 2'])
      await turnOf((facts) => {
        expect(facts.inbound?.text).toBe('next')
        return deed()
      })
      expect(await store.listWaiting()).toEqual([])
      expect((await store.listTranscript('a', 'p')).map(({ text }) => text)).toContain('poison')
    })
  })

  describe('a turn', () => {
    test('keeps everything it decided, and gives it back', async () => {
      const given = [
        { state: 'value', value: '95.5', unit: '%', qualifier: 'approx' },
        { state: 'text', text: 'đã ban hành' },
        { state: 'none' },
        { state: 'notApplicable' },
        { state: 'pending', until: '2025-03-10' },
        { state: 'pending' },
      ] as const
      const answers = given.map((one, n) =>
        answer({ code: `II.${n}`, given: one, ...(n === 0 && { reason: 'nhầm' }) }),
      )
      await store.takeIn(inbound())
      await turnOf(() =>
        deed({
          answers: answers.map((one) => ({ periodKey: '2025-quy1', answer: one })),
          talks: [
            { personId: 'p', talk: '{"n":1}' },
            { personId: 'p', talk: '{"n":2}' },
          ],
          periods: [{ key: '2025-quy1', packId: 'cchc', openedAt: at }],
          audits: [{ actor: 'p', action: 'open', detail: '{}' }],
        }),
      )
      await store.turn({ type: 'deed', officeId: 'a', key: 'second period' }, async () =>
        deed({ periods: [{ key: '2025-6thang', packId: 'cchc', openedAt: soon }] }),
      )
      await store.turn({ type: 'deed', officeId: 'a', key: 'close' }, async () =>
        deed({ periods: [{ key: '2025-quy1', packId: 'cchc', openedAt: at, closedAt: later }] }),
      )

      expect(await store.listAnswers('a', '2025-quy1')).toEqual(answers)
      const periods = [
        { key: '2025-6thang', packId: 'cchc', openedAt: soon },
        { key: '2025-quy1', packId: 'cchc', openedAt: at, closedAt: later },
      ]
      expect(await store.listPeriods('a')).toEqual(periods)
      expect(await store.readTalk('a', 'p')).toBe('{"n":2}')
      await store.turn({ type: 'deed', officeId: 'a', key: 'look again' }, async (facts) => {
        expect(facts.office).toEqual({ id: 'a', data: '{"id":"a"}' })
        expect(facts.periods).toEqual(periods)
        expect(await facts.talkOf('p')).toBe('{"n":2}')
        expect(await facts.talkOf('nobody')).toBeUndefined()
        expect(await facts.answersOf('2025-quy1')).toEqual(answers)
        return deed()
      })
    })

    test('closes a period and reopens it', async () => {
      const period = { key: '2025-quy3', packId: 'cchc', openedAt: at }
      for (const [n, change] of [{}, { closedAt: soon }, { reopenedAt: later }].entries())
        await store.turn({ type: 'deed', officeId: 'b', key: `period-${n}` }, async () =>
          deed({ periods: [{ ...period, ...change }] }),
        )

      expect(await store.listPeriods('b')).toEqual([{ ...period, reopenedAt: later }])
    })

    test('numbers the versions of a report, each with the file as it was', async () => {
      const version = (n: number, isApproved = false) => ({
        ...{ periodKey: '2025-quy1', n, by: 'p', sha256: `sha-${n}`, isApproved },
        file: { name: `bản ${n}.docx`, bytes: Uint8Array.of(n) },
      })
      const keep = (key: string, versions: ReturnType<typeof version>[]) =>
        store.turn({ type: 'deed', officeId: 'a', key }, async () => deed({ versions }))
      await keep('version 1', [version(1)])
      await keep('version 2', [version(2), version(3, true)])
      await expect(keep('version 3', [version(3)])).rejects.toThrow('store: turn failed')

      await store.turn({ type: 'deed', officeId: 'a', key: 'versions' }, async (facts) => {
        const versions = await facts.versionsOf('2025-quy1')
        expect(versions).toMatchObject([
          { n: 1, at, by: 'p', sha256: 'sha-1', isApproved: false },
          { n: 2, isApproved: false },
          { n: 3, sha256: 'sha-3', isApproved: true },
        ])
        expect(await facts.fileOf(versions[1]?.fileId ?? '')).toEqual(version(2).file)
        expect(await facts.versionsOf('2025-quy3')).toEqual([])
        return deed()
      })
      await store.turn({ type: 'deed', officeId: 'b', key: 'versions' }, async (facts) => {
        expect(await facts.versionsOf('2025-quy1')).toEqual([])
        return deed()
      })
    })

    test('knows every answer of a period and the latest to each item', async () => {
      const [first, second] = [answer({ raw: '1' }), answer({ raw: '2' })]
      await store.turn({ type: 'deed', officeId: 'a', key: 'two answers' }, async () =>
        deed({ answers: [first, second].map((one) => ({ periodKey: 'two', answer: one })) }),
      )
      await store.turn({ type: 'deed', officeId: 'a', key: 'history' }, async (facts) => {
        expect(await facts.historyOf('two')).toEqual([first, second])
        expect(await facts.answersOf('two')).toEqual([second])
        return deed()
      })
    })

    test('unbinds an address: what still waited for it is not said, what the turn says is, and the audit knows', async () => {
      const chat = { channel: 'web', chat: 'leaving' }
      await store.bind({ officeId: 'a', personId: 'leaver', ...chat }, at)
      await say(store, 'a', [message({ ...chat, text: 'cho người cũ' })])
      await store.takeIn(inbound({ ...chat, text: 'không phải tôi' }))
      await turnOf(
        () => deed({ unbinds: [chat, chatB], messages: [message({ ...chat, text: 'đã gỡ' })] }),
        chat,
      )

      expect(await store.findPerson(chat)).toBeUndefined()
      expect(await store.findPerson(chatB)).toBeDefined()
      const rows = await store.claim({ channel: 'web', at, leaseUntil: soon, limit: 100 })
      expect(rows.filter((row) => row.chat === 'leaving').map(({ text }) => text)).toEqual(['đã gỡ'])
      expect(await database.prisma.audit.findMany({ where: { action: 'unbind' } })).toMatchObject([
        { officeId: 'a', actor: 'leaver', detail: JSON.stringify(chat) },
      ])
    })

    test('in a group is the turn of whoever wrote, and its words stay out of their own room', async () => {
      const group = { channel: 'telegram', chat: 'nhóm' }
      await store.takeIn(inbound({ ...group, sender: chatB.chat, text: 'từ B trong nhóm' }))
      await store.takeIn(inbound({ ...group, sender: 'nobody', text: 'người lạ trong nhóm' }))
      await store.takeIn(inbound({ ...group, sender: chatA.chat, text: 'từ A trong nhóm' }))
      const turns: unknown[] = []
      const note = (facts: Facts) => {
        turns.push([facts.office?.id, facts.personId, facts.inbound?.sender])
        return deed({ messages: [message({ ...group, text: 'trả lời trong nhóm' })] })
      }
      for (let n = 0; n < 3; n += 1) await turnOf(note, group)

      expect(turns).toEqual([
        ['b', 'p', 'chat-b'],
        [undefined, undefined, 'nobody'],
        ['a', 'p', 'chat-a'],
      ])
      const rooms = [...(await store.listTranscript('a', 'p')), ...(await store.listTranscript('b', 'p'))]
      expect(rooms.filter(({ text }) => text.includes('nhóm'))).toEqual([])
    })

    test('keeps nothing when deciding throws, and throws that on', async () => {
      await store.takeIn(inbound({ text: 'once' }))
      const boom = new Error('boom')
      await expect(
        turnOf(() => {
          throw boom
        }),
      ).rejects.toBe(boom)

      await turnOf((facts) => {
        expect(facts.inbound?.text).toBe('once')
        return deed()
      })
    })

    test('keeps nothing when one part of its deed cannot be kept', async () => {
      await store.takeIn(inbound({ text: 'whole' }))
      const half = deed({
        answers: [{ periodKey: 'half', answer: answer() }],
        talks: [{ personId: 'half', talk: '{}' }],
        // @ts-expect-error a deed nobody should make
        audits: [{ actor: 'p', action: 'x', detail: null }],
      })
      await expect(turnOf(() => half)).rejects.toThrow('store: turn failed')
      expect(await store.listAnswers('a', 'half')).toEqual([])
      expect(await store.readTalk('a', 'half')).toBeUndefined()
      await finish()
    })

    test('keeps nothing, and leaves the message waiting, when nothing is decided', async () => {
      await store.takeIn(inbound())
      expect(await turnOf(() => undefined)).toBeUndefined()
      expect(await store.listWaiting()).toEqual([chatA])
      await finish()
    })

    test('has nothing to do where no message waits', async () => {
      expect(await turnOf(() => expect.unreachable())).toBeUndefined()
    })

    test('of a stranger knows no office and leaves nothing but words', async () => {
      const chat = { channel: 'telegram', chat: 'stranger' }
      await store.takeIn(inbound(chat))
      await expect(
        turnOf(() => deed({ answers: [{ periodKey: 'k', answer: answer() }] }), chat),
      ).rejects.toThrow('store: turn failed')
      await turnOf((facts) => {
        expect(facts.office).toBeUndefined()
        expect(facts.personId).toBeUndefined()
        expect(facts.periods).toEqual([])
        return deed({ messages: [message({ ...chat, text: 'Xin chào' })] })
      }, chat)

      const [row] = (await store.claim({ channel: 'telegram', at, leaseUntil: soon, limit: 100 })).filter(
        (one) => one.chat === 'stranger',
      )
      expect(row).toMatchObject({ text: 'Xin chào', attempt: 1 })
      expect(row?.officeId).toBeUndefined()
    })

    test('says a thing once: a second message with its key is not kept, in its own office', async () => {
      await say(store, 'a', [
        message({ key: 'nhắc 1', text: 'one' }),
        message({ key: 'nhắc 1', text: 'two' }),
      ])
      await say(store, 'a', [
        message({ key: 'nhắc 1', text: 'three', file: { name: 'f', bytes: Uint8Array.of(1) } }),
      ])
      await say(store, 'b', [message({ ...chatB, key: 'nhắc 1', text: 'four' })])

      const texts = [
        ...(await store.listTranscript('a', 'p')),
        ...(await store.listTranscript('b', 'p')),
      ].map(({ text }) => text)
      expect(texts.filter((text) => ['one', 'two', 'three', 'four'].includes(text))).toEqual(['one', 'four'])
      expect(await database.prisma.file.count({ where: { name: 'f' } })).toBe(0)
    })

    test('does a deed once for all time, however many try at once', async () => {
      let decided = 0
      const tries = [1, 2, 3, 4, 5, 6].map((n) =>
        (n % 2 === 0 ? store : other).turn({ type: 'deed', officeId: 'a', key: 'beat' }, async () => {
          decided += 1
          return deed({ talks: [{ personId: 'beat', talk: `${n}` }] })
        }),
      )

      expect((await Promise.all(tries)).filter((kept) => kept !== undefined)).toHaveLength(1)
      expect(decided).toBe(1)
      const boom = async () => Promise.reject(new Error('boom'))
      await expect(store.turn({ type: 'deed', officeId: 'a', key: 'again' }, boom)).rejects.toThrow('boom')
      expect(
        await store.turn({ type: 'deed', officeId: 'a', key: 'again' }, async () => deed()),
      ).toBeDefined()
      await expect(
        store.turn({ type: 'deed', officeId: 'no', key: 'k' }, async () => deed()),
      ).rejects.toThrow()
    })

    test('of one office never runs beside another of it', async () => {
      const times = 20
      const count = async (n: number) =>
        (n % 2 === 0 ? store : other).turn(
          { type: 'deed', officeId: 'a', key: `count-${n}` },
          async (facts) => {
            const before = Number((await facts.talkOf('counter')) ?? 0)
            await new Promise((resolve) => setTimeout(resolve, 2))
            return deed({ talks: [{ personId: 'counter', talk: String(before + 1) }] })
          },
        )
      await Promise.all(Array.from({ length: times }, (_, n) => count(n)))

      expect(await store.readTalk('a', 'counter')).toBe(String(times))
    })

    test('of one chat takes each message once when two processes go at it', async () => {
      const stranger = { channel: 'telegram', chat: 'stranger 2' }
      for (const chat of [chatA, stranger]) {
        for (let n = 0; n < 10; n += 1) await store.takeIn(inbound({ ...chat, text: `${n}` }))
        const texts: (string | undefined)[] = []
        const work = async (one: Store) => {
          const note = async (facts: Facts) => {
            texts.push(facts.inbound?.text)
            return deed()
          }
          while ((await store.listWaiting()).length > 0) await one.turn({ type: 'message', ...chat }, note)
        }
        await Promise.all([work(store), work(other)])
        expect(texts).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
      }
    })
  })

  describe('a transcript', () => {
    test('shows both sides in order, with what still waits', async () => {
      const chat = { channel: 'web', chat: 'room' }
      await store.bind({ officeId: 'a', personId: 'room', ...chat }, at)
      await store.takeIn(inbound({ ...chat, text: 'báo cáo', files: [{ name: 'bảng.xlsx', size: 9 }] }))
      const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => n % 256)
      await turnOf(
        () =>
          deed({
            messages: [
              message({ ...chat, text: 'đây', choices: ['Duyệt'], file: { name: 'dự thảo.docx', bytes } }),
            ],
          }),
        chat,
      )
      await store.takeIn(inbound({ ...chat, text: 'cảm ơn', at: soon }))

      const lines = await store.listTranscript('a', 'room')
      expect(lines).toMatchObject([
        { direction: 'in', at, channel: 'web', text: 'báo cáo', choices: [], files: [{ name: 'bảng.xlsx' }] },
        {
          direction: 'out',
          at,
          channel: 'web',
          text: 'đây',
          choices: ['Duyệt'],
          files: [{ name: 'dự thảo.docx' }],
        },
        { direction: 'in', at: soon, text: 'cảm ơn', files: [] },
      ])
      expect(lines.map(({ id }) => id.at(0))).toEqual(['i', 'o', 'i'])
      const fileId = lines[1]?.files[0]?.id ?? ''
      expect(await store.readFile('a', fileId)).toEqual({ name: 'dự thảo.docx', bytes })
      await finish(chat)
    })
  })

  describe('two offices', () => {
    test('are strictly apart, whichever way one tries to cross', async () => {
      await say(store, 'a', [message({ text: 'mật', file: { name: 'mật.docx', bytes: Uint8Array.of(7) } })])
      await store.turn({ type: 'deed', officeId: 'a', key: 'secret' }, async () =>
        deed({
          answers: [{ periodKey: 'secret', answer: answer() }],
          talks: [{ personId: 'secret', talk: '{}' }],
          periods: [{ key: 'secret', packId: 'x', openedAt: at }],
        }),
      )
      const file = (await store.listTranscript('a', 'p'))
        .flatMap(({ files }) => files)
        .find(({ id }) => id !== undefined)
      expect(await store.readFile('a', file?.id ?? '')).toBeDefined()

      expect(await store.readFile('b', file?.id ?? '')).toBeUndefined()
      expect(await store.readFile('', file?.id ?? '')).toBeUndefined()
      expect(await store.listAnswers('b', 'secret')).toEqual([])
      expect((await store.listPeriods('b')).map(({ key }) => key)).not.toContain('secret')
      expect(await store.readTalk('b', 'secret')).toBeUndefined()
      expect((await store.listTranscript('b', 'p')).map(({ text }) => text)).not.toContain('mật')
      expect(
        await store.turn({ type: 'deed', officeId: 'b', key: 'secret' }, async () => deed()),
      ).toBeDefined()

      await store.takeIn(inbound({ ...chatB, text: 'từ B' }))
      await turnOf((facts) => {
        expect(facts.office?.id).toBe('b')
        return deed()
      }, chatB)
      await store.turn({ type: 'deed', officeId: 'b', key: 'look over' }, async (facts) => {
        expect(facts.periods.map(({ key }) => key)).not.toContain('secret')
        expect(await facts.talkOf('secret')).toBeUndefined()
        expect(await facts.answersOf('secret')).toEqual([])
        expect((await facts.addresses()).filter(({ personId }) => personId === 'p')).toMatchObject([chatB])
        return deed({ talks: [{ personId: 'secret', talk: '{"b":1}' }] })
      })
      expect(await store.readTalk('a', 'secret')).toBe('{}')
      expect((await store.listTranscript('a', 'p')).map(({ text }) => text)).not.toContain('từ B')
    })

    test('cannot write to each other, nor to an address nobody bound', async () => {
      await expect(say(store, 'a', [message({ ...chatB, text: 'nhầm nhà' })])).rejects.toThrow(
        'store: turn failed',
      )
      await expect(say(store, 'a', [message({ chat: 'nowhere' })])).rejects.toThrow('store: turn failed')
      await expect(say(store, 'a', [message({ personId: 'someone else' })])).rejects.toThrow(
        'store: turn failed',
      )
      await store.takeIn(inbound())
      await expect(turnOf(() => deed({ messages: [message(chatB)] }))).rejects.toThrow('store: turn failed')
      await finish()

      expect((await store.listTranscript('b', 'p')).map(({ text }) => text)).not.toContain('nhầm nhà')
    })

    test('with an office that is not kept: nothing can be bound or invited into it', async () => {
      await expect(
        store.bind({ officeId: 'no', personId: 'p', channel: 'web', chat: 'x' }, at),
      ).rejects.toThrow()
      await expect(
        store.saveInvite({ officeId: 'no', personId: 'p', codeHash: 'h9', expiresAt: soon }),
      ).rejects.toThrow()
      expect(await store.findPerson({ channel: 'web', chat: 'x' })).toBeUndefined()
    })
  })

  describe('answers, versions and audit', () => {
    test.each(['Answer', 'Audit', 'Version'])('%s is append-only in the database itself', async (table) => {
      await store.turn({ type: 'deed', officeId: 'a', key: `append ${table}` }, async () =>
        deed({
          answers: [{ periodKey: 'append', answer: answer() }],
          audits: [{ actor: 'p', action: 'x', detail: '{}' }],
          versions: [
            {
              ...{ periodKey: `append ${table}`, n: 1, by: 'p', sha256: '', isApproved: false },
              file: { name: 'f', bytes: Uint8Array.of(1) },
            },
          ],
        }),
      )
      const run = (sql: string) => database.prisma.$executeRawUnsafe(sql)
      const count = `SELECT count(*) AS n, max("at") AS m FROM "${table}"`
      const before = await database.prisma.$queryRawUnsafe(count)

      await expect(run(`UPDATE "${table}" SET "at" = 'x'`)).rejects.toThrow(/append-only/)
      await expect(run(`DELETE FROM "${table}"`)).rejects.toThrow(/append-only/)
      if (engine === 'postgresql') await expect(run(`TRUNCATE "${table}"`)).rejects.toThrow(/append-only/)
      else
        await expect(run(`REPLACE INTO "${table}" SELECT * FROM "${table}"`)).rejects.toThrow(/append-only/)
      expect(await database.prisma.$queryRawUnsafe(count)).toEqual(before)
    })
  })

  test('counts the work there is', async () => {
    await store.takeIn(inbound())
    const { inboxWaiting, outbox } = await store.countWork()
    expect(inboxWaiting).toBe(1)
    expect(outbox.pending).toBeGreaterThan(0)
    expect(Object.keys(outbox)).toEqual(['pending', 'sending', 'sent', 'refused', 'unknown'])
    await finish()
  })
})
