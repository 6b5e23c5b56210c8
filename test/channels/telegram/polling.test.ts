import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { openFakeTelegram } from './fake.ts'
import { CHAT, createLeases, type Office, type OfficeOptions, openOffice, SECRET } from './office.ts'

const offices: Office[] = []

async function open(options: OfficeOptions = {}): Promise<Office> {
  const office = await openOffice(options)
  offices.push(office)
  return office
}

afterEach(async () => {
  for (const office of offices.splice(0)) await office.close()
})

const textsOf = ({ updates }: Office) => updates.map(({ text }) => text)
const allTaken = ({ fake }: Office) => vi.waitFor(() => expect(fake.waiting).toBe(0))

test('what waited before the start is handed in', async () => {
  const office = await open()
  office.fake.write(CHAT, '228')
  await office.start()
  await allTaken(office)
  expect(textsOf(office)).toEqual(['228'])
})

test('a webhook left behind is taken away and what waits stays, before anything is asked for', async () => {
  const office = await open()
  const { apiRoot, token } = office.fake
  const body = JSON.stringify({ url: 'http://127.0.0.1:9/hook', secret_token: SECRET })
  await fetch(`${apiRoot}/bot${token}/setWebhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  office.fake.write(CHAT, '228')
  office.fake.fault('deleteWebhook', { status: 502 }, 2)
  await office.start()
  await allTaken(office)
  expect(textsOf(office)).toEqual(['228'])
  expect(office.fake.count('deleteWebhook')).toBe(3)
  expect(office.notices).toEqual([])
})

test('everything wanted is asked for by name, a hundred at a time', async () => {
  const office = await open({ timing: { pollSeconds: 25 } })
  await office.start()
  await vi.waitFor(() => expect(office.fake.calls('getUpdates')).toHaveLength(1))
  expect(office.fake.calls('getUpdates')).toEqual([
    {
      timeout: 25,
      limit: 100,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    },
  ])
})

test('a batch is handed in at once and in order, whatever kinds are in it', async () => {
  const office = await open()
  let handed = 0
  let most = 0
  office.answer(async () => {
    handed += 1
    most = Math.max(most, handed)
    await sleep(10)
    handed -= 1
    return { isStored: true }
  })
  await office.channel.send(String(CHAT), { id: '3', text: 'Đúng không?', choices: ['Đúng'] })
  const first = office.fake.write(CHAT, '1')
  office.fake.edit(first.messageId, '2')
  office.fake.press(office.fake.shown(CHAT)[0]?.messageId ?? 0, 0)
  for (const text of ['4', '5', '6']) office.fake.write(CHAT, text)
  await office.start()
  await allTaken(office)
  expect(textsOf(office)).toEqual(['1', '2', '', '4', '5', '6'])
  expect(most).toBe(6)
})

test('more than a batch is handed in whole, each once', async () => {
  const office = await open()
  const texts = Array.from({ length: 250 }, (_, index) => String(index))
  for (const text of texts) office.fake.write(CHAT, text)
  await office.start()
  await allTaken(office)
  expect(textsOf(office)).toEqual(texts)
})

test('nothing is forgotten from the first one on that was not stored, until it is', async () => {
  const office = await open()
  let isFull = true
  office.answer(async ({ text }) => ({ isStored: !(isFull && text === '2') }))
  const [one, two, three] = ['1', '2', '3'].map((text) => office.fake.write(CHAT, text))
  await office.start()
  expect(await Promise.all([one?.dealt, two?.dealt, three?.dealt])).toEqual(['taken', 'refused', 'refused'])
  isFull = false
  await allTaken(office)
  expect(new Set(textsOf(office))).toEqual(new Set(['1', '2', '3']))
  expect(textsOf(office).filter((text) => text === '1')).toHaveLength(1)
  expect(textsOf(office).slice(-2)).toEqual(['2', '3'])
  const ids = office.updates.filter(({ text }) => text === '2').map(({ id }) => id)
  expect(new Set(ids).size).toBe(1)
})

test('of several that were not stored none is forgotten', async () => {
  const office = await open()
  let isFull = true
  office.answer(async ({ text }) => ({ isStored: !isFull || text === '3' }))
  for (const text of ['1', '2', '3']) office.fake.write(CHAT, text)
  await office.start()
  await vi.waitFor(() => expect(office.updates.length).toBeGreaterThan(6))
  expect(office.fake.waiting).toBe(3)
  isFull = false
  await allTaken(office)
  expect(textsOf(office).slice(-3)).toEqual(['1', '2', '3'])
})

test('a batch that comes out of order loses nothing either', async () => {
  const office = await open()
  let isFull = true
  office.answer(async ({ text }) => ({ isStored: !(isFull && text === '2') }))
  for (const text of ['1', '2', '3']) office.fake.write(CHAT, text)
  office.fake.fault('getUpdates', 'reorder')
  await office.start()
  await vi.waitFor(() => expect(textsOf(office).filter((text) => text === '2').length).toBeGreaterThan(1))
  expect(office.fake.waiting).toBe(2)
  isFull = false
  await allTaken(office)
})

test('between two tries there is a pause', async () => {
  const office = await open({ timing: { pauseMs: 100 } })
  office.answer(async () => ({ isStored: false }))
  office.fake.write(CHAT, '1')
  await office.start()
  await sleep(450)
  expect(office.updates.length).toBeGreaterThan(1)
  expect(office.updates.length).toBeLessThan(7)
})

test('that nothing was stored is told once, however often it comes', async () => {
  const office = await open()
  office.answer(async () => ({ isStored: false, say: 'chưa được ghi' }))
  office.fake.write(CHAT, '1')
  await office.start()
  await vi.waitFor(() => expect(office.updates.length).toBeGreaterThan(3))
  expect(office.fake.shown(CHAT).map(({ text }) => text)).toEqual(['chưa được ghi'])
})

test('what is stored at last and later fails again is told again', async () => {
  const office = await open()
  let isFull = true
  office.answer(async () => ({ isStored: !isFull, say: 'chưa được ghi' }))
  const { updateId } = office.fake.write(CHAT, '1')
  await office.start()
  await vi.waitFor(() => expect(office.fake.shown(CHAT)).toHaveLength(1))
  isFull = false
  await allTaken(office)
  isFull = true
  void office.fake.repeat(updateId)
  await vi.waitFor(() => expect(office.fake.shown(CHAT)).toHaveLength(2))
})

test('a notice nobody could keep comes again', async () => {
  const office = await open()
  let tries = 0
  await office.channel.start(
    async () => ({ isStored: true }),
    async () => {
      tries += 1
      if (tries === 1) throw new Error('the database is busy')
    },
  )
  await office.fake.block(CHAT).dealt
  await allTaken(office)
  expect(tries).toBe(2)
})

test('a fault while handing in is told in the log without its words, and the update comes again', async () => {
  const office = await open()
  let tries = 0
  office.answer(async () => {
    tries += 1
    if (tries === 1) throw new Error('at "228 hồ sơ"')
    return { isStored: true }
  })
  office.fake.write(CHAT, '228')
  await office.start()
  await allTaken(office)
  expect(tries).toBe(2)
  expect(office.log.join()).toContain('could not be taken in')
  expect(office.log.join()).not.toContain('228')
})

test('an answer lost, doubled or cut off loses no update', async () => {
  const office = await open({ timing: { pollSeconds: 1, callMs: 200 } })
  await office.start()
  for (const fault of ['lose', 'reset', 'notJson', 'duplicate', 'mute', { status: 502 }] as const) {
    office.fake.fault('getUpdates', fault)
    office.fake.write(CHAT, JSON.stringify(fault))
    await vi.waitFor(() => expect(office.fake.waiting).toBe(0), { timeout: 4_000 })
  }
  expect(new Set(textsOf(office)).size).toBe(6)
  const ids = new Set(office.updates.map(({ id }) => id))
  expect(ids.size).toBe(6)
})

test('numbers that begin anew after a quiet week are heard', async () => {
  const office = await open()
  await office.start()
  await office.fake.write(CHAT, '1').dealt
  // What was confirmed is confirmed once: an offset kept for ever would throw lower numbers away.
  await vi.waitFor(() => expect(office.fake.calls('getUpdates').at(-1)).toHaveProperty('offset'))
  await vi.waitFor(() => expect(office.fake.calls('getUpdates').at(-1)).not.toHaveProperty('offset'), {
    timeout: 4_000,
  })
})

test('a Telegram that is not there does not fail the start, and is found when it comes', async () => {
  const away = await openFakeTelegram()
  const port = Number(new URL(away.apiRoot).port)
  await away.close()
  const office = await open({ apiRoot: away.apiRoot, token: away.token })
  await office.start()
  await sleep(80)
  const back = await openFakeTelegram({ port, chats: [CHAT] })
  back.write(CHAT, '228')
  await vi.waitFor(() => expect(textsOf(office)).toEqual(['228']))
  await office.channel.stop()
  await back.close()
  expect(office.log.join()).toContain('telegram is there again')
})

test('another one who asks is told once an hour, and asking goes on', async () => {
  let now = 0
  const office = await open({ clock: () => now })
  office.fake.fault('getUpdates', { status: 409, description: 'Conflict' }, 3)
  await office.start()
  await vi.waitFor(() => expect(office.fake.count('getUpdates')).toBe(4))
  expect(office.notices).toEqual([{ type: 'trouble', trouble: 'otherPoller' }])
  office.fake.write(CHAT, '228')
  await allTaken(office)
  now = 3_600_000
  office.fake.fault('getUpdates', { status: 409, description: 'Conflict' })
  office.fake.write(CHAT, '229')
  await vi.waitFor(() => expect(office.notices).toHaveLength(2))
})

test.each([401, 404])(
  'a token refused (%i) is told, and asking goes on after a longer pause',
  async (status) => {
    const office = await open({ timing: { pauseMs: 5, longPauseMs: 150 } })
    office.fake.fault('getMe', { status, description: 'Unauthorized' }, 2)
    await office.start()
    await sleep(100)
    expect(office.fake.count('getMe')).toBe(1)
    expect(office.notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
    await office.fake.write(CHAT, '228').dealt
    expect(office.notices).toHaveLength(1)
    expect(office.log.join()).not.toContain('AAfake')
  },
)

test('asking too often waits as long as Telegram says', async () => {
  const office = await open()
  office.fake.fault('getUpdates', { status: 429, retryAfter: 1 })
  await office.start()
  await vi.waitFor(() => expect(office.fake.count('getUpdates')).toBe(1))
  await sleep(500)
  expect(office.fake.count('getUpdates')).toBe(1)
  await office.fake.write(CHAT, '228').dealt
})

test('of two processes one asks, and the other takes over when the first has stopped', async () => {
  const leases = createLeases()
  const first = await open({ shared: leases('first') })
  await first.start()
  await first.fake.write(CHAT, '1').dealt
  const second = await open({
    shared: leases('second'),
    apiRoot: first.fake.apiRoot,
    token: first.fake.token,
  })
  await second.start()
  await first.fake.write(CHAT, '2').dealt
  expect([textsOf(first), textsOf(second)]).toEqual([['1', '2'], []])
  await first.channel.stop()
  // Telegram may tell it to the connection just closed; nobody confirms it then.
  first.fake.write(CHAT, '3')
  await allTaken(first)
  expect([textsOf(first), textsOf(second)]).toEqual([['1', '2'], ['3']])
  expect([...first.notices, ...second.notices]).toEqual([])
})

test('whoever loses the lease asks no more', async () => {
  let isOurs = true
  const office = await open({
    timing: { pollSeconds: 1 },
    shared: { ...createLeases()('one'), hold: async () => isOurs },
  })
  await office.start()
  await vi.waitFor(() => expect(office.fake.count('getUpdates')).toBe(1))
  isOurs = false
  await sleep(1_300)
  const count = office.fake.count('getUpdates')
  office.fake.write(CHAT, '1')
  await sleep(200)
  expect(office.fake.count('getUpdates')).toBe(count)
  isOurs = true
  await allTaken(office)
})

test('a store that cannot tell who holds the lease stops nothing for ever', async () => {
  let isBroken = true
  const lease = createLeases()('one')
  const office = await open({
    shared: {
      ...lease,
      hold: async (name, forMs) => {
        if (isBroken) throw new Error('the database is busy')
        return lease.hold(name, forMs)
      },
    },
  })
  office.fake.write(CHAT, '1')
  await office.start()
  await sleep(60)
  isBroken = false
  await allTaken(office)
})

test('the stop does not wait for Telegram', async () => {
  const office = await open({ timing: { pollSeconds: 25, callMs: 20_000 } })
  await office.start()
  await vi.waitFor(() => expect(office.fake.count('getUpdates')).toBe(1))
  const began = performance.now()
  await office.channel.stop()
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('a stop while the bot is still being asked who it is comes at once', async () => {
  const office = await open({ timing: { callMs: 20_000 } })
  office.fake.fault('getMe', 'hang')
  await office.start()
  await vi.waitFor(() => expect(office.fake.count('getMe')).toBe(1))
  const began = performance.now()
  await office.channel.stop()
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('a stop while the lease is being asked for sends nothing more', async () => {
  let stopped: Promise<void> | undefined
  const leases = createLeases()
  const lease = leases('one')
  const office = await open({
    shared: {
      ...lease,
      hold: async (name, forMs) => {
        await sleep(5)
        stopped = office.channel.stop()
        return lease.hold(name, forMs)
      },
    },
  })
  await office.start()
  await vi.waitFor(() => expect(stopped).toBeDefined())
  await stopped
  expect(office.fake.count('getMe')).toBe(0)
  expect(await leases('another').hold('telegram-poller', 1)).toBe(true)
})

test('after a stop it can be started again and misses nothing', async () => {
  const office = await open()
  await office.start()
  await office.fake.write(CHAT, '1').dealt
  await office.channel.stop()
  office.fake.write(CHAT, '2')
  await office.start()
  await allTaken(office)
  expect(new Set(textsOf(office))).toEqual(new Set(['1', '2']))
})

test('something in place of Telegram that answers at once is not asked without a breath', async () => {
  const office = await open({ timing: { pollSeconds: 0 } })
  await office.start()
  await sleep(600)
  expect(office.fake.count('getUpdates')).toBeGreaterThan(2)
  expect(office.fake.count('getUpdates')).toBeLessThan(10)
})
