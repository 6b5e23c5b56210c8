import { afterAll, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { Facts, Store } from '../../src/store/store.ts'
import { fc } from '../draws.ts'
import { createDatabase, engines } from './engines.ts'
import { answer, at, deed, later, message, setTwoOffices } from './scene.ts'

const PEOPLE = ['p', 'q'] as const
const PERIODS = ['2025-quy1', '2025-6thang'] as const

/** Whatever may be written of an office, by a turn or beside one. */
const writes = fc.oneof(
  fc.record({
    what: fc.constant('answer'),
    period: fc.constantFrom(...PERIODS),
    n: fc.nat(3),
    value: fc.nat(99),
  }),
  fc.record({ what: fc.constant('talk'), person: fc.constantFrom(...PEOPLE), value: fc.nat(99) }),
  fc.record({ what: fc.constant('period'), period: fc.constantFrom(...PERIODS) }),
  fc.record({ what: fc.constant('bind'), person: fc.constantFrom(...PEOPLE), n: fc.nat(2) }),
  fc.record({ what: fc.constant('unbind'), n: fc.nat(2) }),
  fc.record({ what: fc.constant('prefer'), n: fc.nat(2) }),
  fc.record({ what: fc.constant('close'), n: fc.nat(2) }),
  fc.record({ what: fc.constant('forget'), n: fc.nat(2) }),
  fc.record({ what: fc.constant('office'), value: fc.nat(99) }),
  fc.record({ what: fc.constant('say'), value: fc.nat(2) }),
  fc.record({ what: fc.constant('fail') }),
)
type Write = Readonly<Record<string, string | number | undefined>>

const chatOf = (n: unknown) => ({ channel: 'web', chat: `memory-${n}` })
let count = 0

async function write(store: Store, { what, period, person, n, value }: Write): Promise<void> {
  count += 1
  const inTurn = (over: Parameters<typeof deed>[0]) =>
    store.turn({ type: 'deed', officeId: 'a', key: `write-${count}` }, async () => deed(over))
  const given = { state: 'value', value: String(value), qualifier: 'exact' } as const
  switch (what) {
    case 'answer':
      return void (await inTurn({
        answers: [{ periodKey: String(period), answer: answer({ code: `c${n}`, given }) }],
      }))
    case 'talk':
      return void (await inTurn({ talks: [{ personId: String(person), talk: `{"v":${value}}` }] }))
    case 'period':
      return void (await inTurn({ periods: [{ key: String(period), packId: 'k', openedAt: at }] }))
    case 'bind':
      return store.bind({ officeId: 'a', personId: String(person), ...chatOf(n) }, at)
    case 'unbind':
      return void (await inTurn({ unbinds: [chatOf(n)] }))
    case 'prefer':
      return void (await inTurn({ at: later, changes: [{ type: 'prefer', ...chatOf(n) }] }))
    case 'close':
      return store.closeAddress(chatOf(n), 'window', at)
    case 'forget':
      return store.forget(chatOf(n), at, at)
    case 'office':
      return store.saveOffice({ id: 'a', data: String(value) }, at)
    case 'say':
      return void (await inTurn({
        messages: [message({ channel: 'telegram', chat: 'chat-a', personId: 'p', text: `lời ${value}` })],
      }))
    default:
      await store
        .turn({ type: 'deed', officeId: 'a', key: `fail-${count}` }, async (facts) => {
          await look(facts)
          throw new Error('half-way')
        })
        .catch(() => undefined)
  }
}

async function look(facts: Facts) {
  return {
    office: facts.office,
    periods: facts.periods,
    addresses: await facts.addresses(),
    talks: await Promise.all(PEOPLE.map((person) => facts.talkOf(person))),
    answers: await Promise.all(PERIODS.map((period) => facts.answersOf(period))),
    said: [...(await facts.saidTo(PEOPLE, '2025-03-02T09:00:00.000+07:00'))].sort((one, other) =>
      one.text < other.text ? -1 : 1,
    ),
  }
}

async function seen(store: Store) {
  let found: unknown
  count += 1
  await store.turn({ type: 'deed', officeId: 'a', key: `look-${count}` }, async (facts) => {
    found = await look(facts)
    return deed()
  })
  return found
}

const open: Store[] = []
afterAll(() => Promise.all(open.map((store) => store.close())))

test.each(engines)(
  'what is remembered on %s is what is written, whoever wrote it',
  async (engine) => {
    const url = await createDatabase(engine)
    const [one, other] = [await openStore(url), await openStore(url)]
    open.push(one, other)
    await setTwoOffices(one)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.boolean(), writes), { maxLength: 12 }),
        async (steps) => {
          for (const n of [0, 1, 2]) await one.bind({ officeId: 'a', personId: 'p', ...chatOf(n) }, at)
          for (const [isMine, isLooking, step] of steps) {
            await write(isMine ? one : other, step)
            if (isLooking) await one.look('a', look)
          }
          const glanced = await one.look('a', look)
          const remembered = await seen(one)
          const stranger = await openStore(url)
          expect(remembered).toEqual(await seen(stranger))
          expect(glanced).toEqual(remembered)
          await stranger.close()
        },
      ),
      { numRuns: 50 },
    )
  },
  120_000,
)
