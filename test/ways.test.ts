import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Channel, Fetched, Update } from '../src/channels/channel.ts'
import { createRecordingChannel } from '../src/channels/recording.ts'
import { addMinutes, readMoment } from '../src/core/calendar.ts'
import { packsOf } from '../src/core/pack.ts'
import { periodOf } from '../src/core/period.ts'
import { createLinks } from '../src/links.ts'
import { readOfficeFile, readPrompts } from '../src/prompts.ts'
import { openStore } from '../src/store/open.ts'
import { EMPTY_DEED } from '../src/store/store.ts'

/** The ways to a person: what becomes of words where one is closed, unsure, too narrow, or misused. */
const folder = mkdtempSync(join(tmpdir(), 'thuky-ways-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const prompts = await readPrompts('prompts')
const office = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
let count = 0

type Outcome = Awaited<ReturnType<Channel['send']>>

/** A ward on two channels whose sends end as one wishes. */
async function openWard({ fetched }: { readonly fetched?: () => Fetched } = {}) {
  count += 1
  const store = await openStore(`file:${join(folder, `${count}.db`)}`, { synchronous: 'OFF' })
  const clock = { now: readMoment('2025-03-05T08:00') ?? '' }
  const ends = new Map<string, Outcome>()
  const channelOf = (name: string, more: Partial<Channel['capabilities']> = {}) => {
    const recording = createRecordingChannel(name, { capabilities: { isRepeatable: false, ...more } })
    const channel: Channel = {
      ...recording,
      send: async (to, message) => ends.get(`${name} ${to}`) ?? recording.send(to, message),
      ...(fetched ? { fetchFile: async () => fetched() } : {}),
    }
    return { recording, channel }
  }
  const telegram = channelOf('telegram')
  const narrow = channelOf('zalo-bot', {
    buttons: 0,
    files: [],
    fileMax: 0,
    captionMax: 0,
    takesFiles: false,
  })
  const links = await createLinks({
    store,
    clock: () => clock.now,
    publicUrl: 'https://thuky.example',
    receive: (name) => app.receive(name),
  })
  const app = createApp({
    ...prompts,
    store,
    channels: [telegram.channel, narrow.channel],
    clock: () => clock.now,
    log: pino({ level: 'silent' }),
    links,
  })
  await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, clock.now)
  for (const { id } of office.people)
    await store.bind({ channel: 'telegram', chat: id, officeId: office.id, personId: id }, clock.now)
  const [pack] = packsOf(office, prompts.packs)
  if (!pack) throw new Error('no pack')
  await app.openPeriod(office.id, pack, periodOf('quy1', 2025))
  for (const { recording, channel } of [telegram, narrow])
    await recording.start(app.receive(channel.name), app.notify(channel.name))
  await app.idle()
  let handed = 0
  const say = async (
    chat: string,
    text: string,
    more: Partial<Update> & { readonly by?: typeof telegram } = {},
  ) => {
    handed += 1
    clock.now = addMinutes(clock.now, 0.1)
    const { by = telegram, ...update } = more
    await by.recording.hand({ id: `m${handed}`, chat, text, files: [], ...update })
    await app.idle()
  }
  const heard = (chat: string, by = telegram) =>
    by.recording.sent.filter(({ to }) => to === chat).map(({ message }) => message.text)
  return { store, app, clock, ends, telegram, narrow, links, say, heard }
}

const BLOCKED: Outcome = { type: 'refused', reason: 'blocked', isClosed: true }
const LOST: Outcome = { type: 'unknown', reason: 'no answer' }

describe('a way that is closed', () => {
  it('is left for another of the same person, each word once', async () => {
    const { store, clock, ends, narrow, say, heard, app } = await openWard()
    await store.bind({ channel: 'zalo-bot', chat: 'z', officeId: office.id, personId: 'mot-cua' }, clock.now)
    ends.set('telegram mot-cua', BLOCKED)
    const before = heard('mot-cua').length
    await say('van-phong', 'nhắc Hà')
    await app.beat()
    expect(heard('mot-cua')).toHaveLength(before)
    expect(heard('z', narrow)).toHaveLength(1)
    expect(heard('z', narrow)[0]).toContain('Lê Thị Lan')
    ends.clear()
    await say('mot-cua', 'tiến độ')
    expect(heard('mot-cua').length).toBeGreaterThan(before)
  })

  it('and the only one is told to the coordinator, who can telephone', async () => {
    const { ends, say, heard, app } = await openWard()
    ends.set('telegram mot-cua', BLOCKED)
    await say('van-phong', 'nhắc Hà')
    await app.beat()
    await app.beat()
    const told = heard('van-phong').filter((text) => text.includes('gọi điện'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('Bùi Thị Hà')
  })
})

describe('a way that is closed, further', () => {
  it('is left for a second account on the same channel', async () => {
    const { store, clock, ends, say, heard, app } = await openWard()
    await store.bind(
      { channel: 'telegram', chat: 'ha-2', officeId: office.id, personId: 'mot-cua' },
      clock.now,
    )
    ends.set('telegram mot-cua', BLOCKED)
    await say('van-phong', 'nhắc Hà')
    await app.beat()
    expect(heard('ha-2')).toHaveLength(1)
  })

  it('for want of quota is open again for the next message', async () => {
    const { ends, say, heard, app, store } = await openWard()
    ends.set('telegram mot-cua', { type: 'refused', reason: 'quota', isClosed: true, isQuota: true })
    await say('van-phong', 'nhắc Hà')
    await app.beat()
    ends.clear()
    const before = heard('mot-cua').length
    await say('van-phong', 'ghi thay Hà: II.2c.1 = 228')
    expect(heard('mot-cua').length).toBe(before + 1)
    expect(await store.findPerson({ channel: 'telegram', chat: 'mot-cua' })).toBeDefined()
  })

  it('for this one message is told to somebody as well', async () => {
    const { ends, say, heard, app } = await openWard()
    ends.set('telegram mot-cua', { type: 'refused', reason: 'too long' })
    await say('van-phong', 'nhắc Hà')
    await app.beat()
    expect(heard('van-phong').filter((text) => text.includes('gọi điện'))).toHaveLength(1)
  })
})

describe('alerts', () => {
  it('name a channel that needs a person until something goes through it', async () => {
    const { app, say } = await openWard()
    await app.notify('telegram')({ type: 'trouble', trouble: 'notAllowed' })
    expect([...app.troubled()]).toEqual([['telegram', 'notAllowed']])
    await say('mot-cua', 'tiến độ')
    expect(app.troubled().size).toBe(0)
  })

  it('make no alerts of themselves, however bad the line', async () => {
    const { ends, say, heard, app, clock } = await openWard()
    for (const { id } of office.people) if (id !== 'van-phong') ends.set(`telegram ${id}`, LOST)
    await say('van-phong', 'nhắc tất cả')
    ends.set('telegram van-phong', LOST)
    for (let n = 0; n < 8; n += 1) {
      clock.now = addMinutes(clock.now, 1)
      await app.beat()
    }
    ends.clear()
    await app.beat()
    expect(heard('van-phong').filter((text) => text.includes('có thể chưa đến')).length).toBeLessThanOrEqual(
      1,
    )
  })
})

describe('a button', () => {
  it('of a question that has gone by answers nothing', async () => {
    const { say, telegram, store } = await openWard()
    const counts = 'I.1.1 I.2.1 I.2.2 I.3.1 I.5.1 II.3.1 II.4.1 II.6.1 II.6.4'
    for (const code of counts.split(' ')) await say('van-phong', `${code} = không phát sinh`)
    await say('van-phong', 'bắt đầu')
    const asked = telegram.recording.sent.findLast(({ to }) => to === 'van-phong')?.message
    const choice = asked?.choices.indexOf('Không có') ?? -1
    expect(choice).toBeGreaterThanOrEqual(0)
    await say('van-phong', 'I.6.1 = Mô hình “Ngày thứ Sáu không hẹn”.')
    const before = await store.listAnswers(office.id, '2025-quy1')
    await say('van-phong', '', { pressed: { messageId: asked?.id ?? '', choice } })
    expect(await store.listAnswers(office.id, '2025-quy1')).toEqual(before)
    const now = telegram.recording.sent.findLast(({ to }) => to === 'van-phong')?.message
    await say('van-phong', '', {
      pressed: { messageId: now?.id ?? '', choice: now?.choices.indexOf('Không có') ?? -1 },
    })
    expect((await store.listAnswers(office.id, '2025-quy1')).length).toBe(before.length + 1)
  })

  it('and the words typed after it come in as they were sent', async () => {
    const { telegram, store, app } = await openWard()
    const last = telegram.recording.sent.findLast(({ to }) => to === 'mot-cua')
    const messageId = last?.message.id ?? ''
    await Promise.all([
      telegram.recording.hand({
        id: 'p1',
        chat: 'mot-cua',
        text: '',
        files: [],
        pressed: { messageId, choice: 0 },
      }),
      telegram.recording.hand({ id: 'p2', chat: 'mot-cua', text: 'II.2c.1 = 228', files: [] }),
    ])
    await app.idle()
    const lines = (await store.listTranscript(office.id, 'mot-cua')).filter(
      ({ direction }) => direction === 'in',
    )
    expect(lines.map(({ text }) => text)).toEqual([last?.message.choices[0], 'II.2c.1 = 228'])
  })
})

describe('a message nobody knows the end of', () => {
  it('is told to the coordinator once, and sent again only when they say so', async () => {
    const { ends, say, heard, app } = await openWard()
    ends.set('telegram mot-cua', LOST)
    await say('van-phong', 'nhắc Hà')
    await app.beat()
    await app.beat()
    expect(heard('van-phong').filter((text) => text.includes('tin chưa rõ'))).toHaveLength(1)
    ends.clear()
    const before = heard('mot-cua').length
    await app.beat()
    expect(heard('mot-cua')).toHaveLength(before)
    await say('van-phong', 'tin chưa rõ')
    expect(heard('van-phong').at(-1)).toContain('Bùi Thị Hà')
    await say('van-phong', 'gửi lại 1')
    expect(heard('mot-cua')).toHaveLength(before + 1)
    await say('van-phong', 'gửi lại 1')
    expect(heard('mot-cua')).toHaveLength(before + 1)
  })

  it('is known to have arrived when the other side says so', async () => {
    const { ends, say, store, app } = await openWard()
    ends.set('telegram mot-cua', LOST)
    await say('van-phong', 'nhắc Hà')
    const [unsure] = await store.listUnsure('')
    await app.notify('telegram')({
      type: 'arrived',
      chat: 'mot-cua',
      text: unsure?.text ?? '',
      messageId: '9',
    })
    expect(await store.listUnsure('')).toEqual([])
  })
})

describe('a channel without files', () => {
  it('hands the draft out by a link that opens once', async () => {
    const { store, clock, narrow, links, say, heard } = await openWard()
    await store.bind(
      { channel: 'zalo-bot', chat: 'ct', officeId: office.id, personId: 'chu-tich' },
      clock.now,
    )
    await say('ct', '/baocao quy1', { by: narrow })
    const [, token = ''] =
      /https:\/\/thuky\.example\/tep\/([\w-]{20,200})/.exec(heard('ct', narrow).at(-1) ?? '') ?? []
    expect(await links.look(token)).toMatchObject({
      purpose: 'download',
      name: expect.stringContaining('.docx'),
    })
    expect(await links.look(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
    const file = await links.download(token)
    expect(
      Buffer.from(file?.bytes ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    expect(await links.download(token)).toBeUndefined()
  })

  it('takes a file by a link, as if it had been sent there, once', async () => {
    const { store, clock, narrow, links, say, heard, app } = await openWard()
    await store.bind({ channel: 'zalo-bot', chat: 'mc', officeId: office.id, personId: 'mot-cua' }, clock.now)
    await say('mc', 'gửi tệp', { by: narrow })
    const [, token = ''] = /\/tep\/([\w-]+)/.exec(heard('mc', narrow).at(-1) ?? '') ?? []
    const bytes = Buffer.from('mã,số\nII.2c.1,228\n')
    const sent = await Promise.all([1, 2].map(() => links.upload(token, { name: 'bảng.csv', bytes })))
    await app.idle()
    expect(sent).toContain('stored')
    expect(await links.upload(token, { name: 'bảng.csv', bytes })).toBe('gone')
    expect(await store.listAnswers(office.id, '2025-quy1')).toMatchObject([
      { code: 'II.2c.1', given: { value: '228' }, by: 'mot-cua' },
    ])
  })

  it('opens no link after its time', async () => {
    const { store, clock, narrow, links, say, heard } = await openWard()
    await store.bind({ channel: 'zalo-bot', chat: 'mc', officeId: office.id, personId: 'mot-cua' }, clock.now)
    await say('mc', 'gửi tệp', { by: narrow })
    const [, token = ''] = /\/tep\/([\w-]+)/.exec(heard('mc', narrow).at(-1) ?? '') ?? []
    clock.now = addMinutes(clock.now, 31)
    expect(await links.look(token)).toBeUndefined()
    expect(await links.upload(token, { name: 'a.csv', bytes: new Uint8Array(1) })).toBe('gone')
  })
})

describe('a file that comes by reference', () => {
  const files = [{ name: 'bảng.csv', size: 20, ref: 'r1' }]
  const bytes = Buffer.from('mã,số\nII.2c.1,228\n')

  it('is waited for, and answered for once it is there', async () => {
    let isThere = false
    const { store, say, app, heard } = await openWard({ fetched: () => (isThere ? { bytes } : 'later') })
    const before = heard('mot-cua').length
    await say('mot-cua', '', { files })
    expect(heard('mot-cua')).toHaveLength(before)
    isThere = true
    await app.beat()
    expect(await store.listAnswers(office.id, '2025-quy1')).toMatchObject([{ code: 'II.2c.1' }])
  })

  it('is asked for again when it cannot be had', async () => {
    const { say, heard, app, clock } = await openWard({ fetched: () => 'later' })
    const before = heard('mot-cua').length
    await say('mot-cua', '', { files })
    clock.now = addMinutes(clock.now, 11)
    await app.beat()
    expect(heard('mot-cua').length).toBeGreaterThan(before)
    expect(heard('mot-cua').at(-1)).toContain('gửi lại')
  })
})

describe('a code', () => {
  it('that is wrong is told so five times, then no more is looked at for an hour', async () => {
    const { say, heard } = await openWard()
    for (let n = 0; n < 7; n += 1) await say('nguoi-la', `SAQMA${n + 2}`)
    const texts = heard('nguoi-la')
    expect(texts[0]).toContain('4 lần')
    expect(texts.slice(0, 5).every((text) => text.includes('lần'))).toBe(true)
    expect(texts).toHaveLength(6)
  })

  it('typed in a group makes nobody anyone', async () => {
    const { say, store, clock } = await openWard()
    const { hashCode } = await import('../src/invite.ts')
    await store.saveInvite({
      officeId: office.id,
      personId: 'chu-tich',
      codeHash: hashCode('ABC234'),
      expiresAt: addMinutes(clock.now, 60),
    })
    await say('nhóm', 'ABC234', { sender: 'nguoi-la' })
    expect(await store.findPerson({ channel: 'telegram', chat: 'nguoi-la' })).toBeUndefined()
    await say('nguoi-la', 'ABC234')
    expect(await store.findPerson({ channel: 'telegram', chat: 'nguoi-la' })).toMatchObject({
      personId: 'chu-tich',
    })
  })

  it('made in the chat comes with the link that hands it in, where a channel has one', async () => {
    const { say, heard, telegram } = await openWard()
    Object.assign(telegram.channel, { inviteLink: (code: string) => `https://t.me/bot?start=${code}` })
    await say('van-phong', 'cấp mã Hà')
    expect(heard('van-phong').at(-1)).toMatch(/https:\/\/t\.me\/bot\?start=[A-HJ-NP-Z2-9]{6}/)
  })

  it('made in the chat binds whoever hands it in', async () => {
    const { say, heard, store } = await openWard()
    await say('van-phong', 'cấp mã Hà')
    const [code = ''] = /\b[A-HJ-NP-Z2-9]{6}\b/.exec(heard('van-phong').at(-1) ?? '') ?? []
    await say('dien-thoai-moi', code)
    expect(await store.findPerson({ channel: 'telegram', chat: 'dien-thoai-moi' })).toMatchObject({
      personId: 'mot-cua',
    })
  })
})

describe('a wave of reminders', () => {
  it('larger than what the account may send goes another way where there is one, and is told beforehand', async () => {
    const { store, app, clock, heard, narrow, telegram, ends } = await openWard()
    expect(ends.size).toBe(0)
    await store.bind({ channel: 'zalo-bot', chat: 'ha', officeId: office.id, personId: 'mot-cua' }, clock.now)
    await store.turn({ type: 'deed', officeId: office.id, key: 'choose' }, async () => ({
      at: clock.now,
      ...EMPTY_DEED,
      changes: [{ type: 'prefer', channel: 'zalo-bot', chat: 'ha' }],
    }))
    Object.assign(narrow.channel, { remaining: () => 0 })
    const before = heard('mot-cua', telegram).length
    clock.now = readMoment('2025-03-17T14:05') ?? ''
    await app.remind()
    await app.idle()
    expect(heard('ha', narrow)).toEqual([])
    expect(heard('mot-cua', telegram)).toHaveLength(before + 1)
    expect(heard('van-phong').filter((text) => text.includes('chỉ còn gửi được 0 tin'))).toHaveLength(1)
  })

  it('goes to as many as the account may still reach, and to the rest another day', async () => {
    const { app, clock, heard, telegram, ends } = await openWard()
    expect(ends.size).toBe(0)
    Object.assign(telegram.channel, { remaining: () => 3 })
    const before = new Map(office.people.map(({ id }) => [id, heard(id).length]))
    clock.now = readMoment('2025-03-17T14:05') ?? ''
    const remindedNow = () =>
      office.people.filter(({ id }) =>
        heard(id)
          .slice(before.get(id))
          .some((text) => text.includes('còn **')),
      ).length
    await app.remind()
    await app.idle()
    expect(remindedNow()).toBe(3)
    Object.assign(telegram.channel, { remaining: () => undefined })
    await app.remind()
    await app.idle()
    expect(remindedNow()).toBe(office.people.filter(({ duties }) => duties.length > 0).length)
  })
})

describe('a telephone number', () => {
  it('lets nobody in, and tells those who hand out codes whose it is', async () => {
    const { store, say, heard, clock } = await openWard()
    const people = office.people.map((one) => (one.id === 'mot-cua' ? { ...one, phone: '0912345678' } : one))
    await store.saveOffice({ id: office.id, data: JSON.stringify({ ...office, people }) }, clock.now)
    await say('nguoi-la', '', { phone: '84912345678' })
    await say('nguoi-la', '', { phone: '84912345678' })
    expect(await store.findPerson({ channel: 'telegram', chat: 'nguoi-la' })).toBeUndefined()
    expect(heard('van-phong').filter((text) => text.includes('cấp mã Bùi Thị Hà'))).toHaveLength(1)
    expect(heard('nguoi-la').join()).not.toContain('Hà')
  })
})

describe('what nobody asked for', () => {
  it('stops at twenty a day, and the coordinator hears of it', async () => {
    const { store, clock, say, heard } = await openWard()
    await store.turn({ type: 'deed', officeId: office.id, key: 'storm' }, async () => ({
      at: clock.now,
      ...EMPTY_DEED,
      messages: Array.from({ length: 20 }, (_, n) => ({
        channel: 'telegram',
        chat: 'mot-cua',
        personId: 'mot-cua',
        key: `storm-${n}`,
        text: `Tin ${n}`,
        choices: [],
        isUnasked: true,
      })),
    }))
    await say('van-phong', 'nhắc Hà')
    expect(heard('mot-cua').some((text) => text.includes('Lê Thị Lan'))).toBe(false)
    expect(heard('van-phong').some((text) => text.includes('Bùi Thị Hà') && text.includes('giữ lại'))).toBe(
      true,
    )
    await say('mot-cua', 'tiến độ')
    expect(heard('mot-cua').at(-1)).toContain('0/10')
  })
})

describe('a reminder that could not be sent in its hour', () => {
  const LATER: Outcome = { type: 'retryLater', afterMs: 1 }
  const failAt = async (ward: Awaited<ReturnType<typeof openWard>>, at: string) => {
    ward.ends.set('telegram mot-cua', LATER)
    ward.clock.now = readMoment(at) ?? ''
    await ward.app.remind()
    await ward.app.idle()
    ward.ends.clear()
  }
  const beatAt = async ({ app, clock }: Awaited<ReturnType<typeof openWard>>, at: string) => {
    clock.now = readMoment(at) ?? ''
    await app.beat()
  }

  it('is planned anew for the next one, and keeps no answer waiting', async () => {
    const ward = await openWard()
    const before = ward.heard('mot-cua').length
    await failAt(ward, '2025-03-13T16:10')
    await beatAt(ward, '2025-03-13T20:00')
    expect(ward.heard('mot-cua')).toHaveLength(before)
    await ward.say('mot-cua', 'tiến độ')
    expect(ward.heard('mot-cua')).toHaveLength(before + 1)
    await beatAt(ward, '2025-03-14T07:31')
    await beatAt(ward, '2025-03-14T07:36')
    expect(ward.heard('mot-cua')).toHaveLength(before + 2)
    expect(ward.heard('mot-cua').at(-1)).toContain('còn **')
  })

  it('never comes with what is no longer true', async () => {
    const ward = await openWard()
    await failAt(ward, '2025-03-18T16:30')
    await beatAt(ward, '2025-03-19T07:31')
    await beatAt(ward, '2025-03-19T08:00')
    expect(ward.heard('mot-cua').filter((text) => text.includes('Hôm nay là hạn gửi'))).toEqual([])
  })

  it('is not repeated with the numbers of a question since replaced', async () => {
    const ward = await openWard()
    await failAt(ward, '2025-03-17T14:05')
    const before = ward.heard('mot-cua').length
    await ward.say('mot-cua', 'bắt đầu')
    await beatAt(ward, '2025-03-17T14:10')
    expect(
      ward
        .heard('mot-cua')
        .slice(before)
        .filter((text) => text.includes('còn **')),
    ).toEqual([])
    await beatAt(ward, '2025-03-17T14:45')
    expect(ward.heard('mot-cua').at(-1)).toContain('còn **')
  })
})

describe('two offices of one house', () => {
  it('are reminded each by its own rules, and neither of the other', async () => {
    const { app, store, clock, heard, telegram } = await openWard()
    const [pack] = packsOf(office, prompts.packs)
    if (!pack) throw new Error('no pack')
    const calendar = { ...office.calendar, ladder: [{ daysBefore: 2, at: '09:00' }] }
    const other = { ...office, id: 'xa-khac', name: 'Khác', calendar }
    await store.saveOffice({ id: other.id, data: JSON.stringify(other) }, clock.now)
    const address = { channel: 'telegram', chat: 'ha-khac', officeId: other.id, personId: 'mot-cua' }
    await store.bind(address, clock.now)
    await app.openPeriod(other.id, pack, periodOf('quy1', 2025))
    await app.idle()
    const told = (chat: string) => heard(chat).filter((text) => text.includes('còn **')).length
    const remindAt = async (at: string) => {
      clock.now = readMoment(at) ?? ''
      await app.remind()
      await app.idle()
      return [told('mot-cua'), told('ha-khac')]
    }
    // T-3 at 08:00 is the one's, T-2 at 09:00 the other's, T-1 at 14:00 the one's again.
    expect(await remindAt('2025-03-13T08:05')).toEqual([1, 0])
    expect(await remindAt('2025-03-14T09:05')).toEqual([1, 1])
    expect(await remindAt('2025-03-17T14:05')).toEqual([2, 1])
    expect(
      telegram.recording.sent.some(({ to, message }) => to === 'mot-cua' && message.text.includes('Khác')),
    ).toBe(false)
  })
})

describe('leave', () => {
  it('holds in every collection, also in one that is opened later, until they are back', async () => {
    const { app, store, say, heard } = await openWard()
    const [pack] = packsOf(office, prompts.packs)
    if (!pack) throw new Error('no pack')
    await say('dia-chinh', 'nghỉ đến 30/6, nhờ Minh')
    await app.openPeriod(office.id, pack, periodOf('6thang', 2025))
    await app.idle()
    const marks = async (key: string) =>
      (await store.listAnswers(office.id, key)).filter(({ code }) => code === 'away:dia-chinh')
    expect((await marks('2025-6thang')).map(({ reason }) => reason)).toEqual(['2025-06-30'])
    expect(heard('to-so').at(-1)).toContain('6 tháng đầu năm 2025')
    await say('dia-chinh', 'tôi đã về')
    for (const key of ['2025-quy1', '2025-6thang'])
      expect((await marks(key)).at(-1)?.given.state).toBe('withdrawn')
  })
})

describe('an account', () => {
  it('that needs a person says so to those who look after it, once a day', async () => {
    const { app, heard } = await openWard()
    const tell = () => app.notify('telegram')({ type: 'trouble', trouble: 'tokenRefused' })
    const before = heard('van-phong').length
    await tell()
    await tell()
    await app.idle()
    expect(heard('van-phong').slice(before)).toHaveLength(1)
  })

  it('that was bound again after its person withdrew is not forgotten by the same word told twice', async () => {
    const { app, store, clock } = await openWard()
    const at = Date.parse(clock.now)
    await app.notify('telegram')({ type: 'withdrawn', chat: 'mot-cua', at })
    clock.now = addMinutes(clock.now, 10)
    await store.bind(
      { channel: 'telegram', chat: 'mot-cua', officeId: office.id, personId: 'mot-cua' },
      clock.now,
    )
    await app.notify('telegram')({ type: 'withdrawn', chat: 'mot-cua', at })
    expect(await store.findPerson({ channel: 'telegram', chat: 'mot-cua' })).toBeDefined()
  })

  it("that has become another person's opens no link of the first", async () => {
    const { store, clock, narrow, links, say, heard } = await openWard()
    await store.bind({ channel: 'zalo-bot', chat: 'mc', officeId: office.id, personId: 'mot-cua' }, clock.now)
    await say('mc', 'gửi tệp', { by: narrow })
    const [, token = ''] = /\/tep\/([\w-]+)/.exec(heard('mc', narrow).at(-1) ?? '') ?? []
    await store.bind({ channel: 'zalo-bot', chat: 'mc', officeId: office.id, personId: 'tu-phap' }, clock.now)
    expect(await links.look(token)).toBeUndefined()
    expect(await links.upload(token, { name: 'a.csv', bytes: new Uint8Array(1) })).toBe('gone')
  })

  it('whose person withdraws is forgotten', async () => {
    const { app, store, say } = await openWard()
    await say('mot-cua', 'II.2c.1 = 228')
    await app.notify('telegram')({ type: 'withdrawn', chat: 'mot-cua' })
    expect(await store.findPerson({ channel: 'telegram', chat: 'mot-cua' })).toBeUndefined()
    expect(await store.listAnswers(office.id, '2025-quy1')).toHaveLength(1)
  })

  it('is where a button was pressed: the words are those that stood there', async () => {
    const { say, heard, telegram } = await openWard()
    const last = telegram.recording.sent.findLast(({ to }) => to === 'chu-tich')
    const choices = last?.message.choices ?? []
    expect(choices.length).toBeGreaterThan(0)
    const before = heard('chu-tich').length
    await say('chu-tich', '', { pressed: { messageId: last?.message.id ?? '', choice: 0 } })
    expect(heard('chu-tich').length).toBeGreaterThan(before)
    const others = heard('tu-phap').length
    await say('tu-phap', '', { pressed: { messageId: last?.message.id ?? '', choice: 0 } })
    expect(heard('tu-phap').slice(others).join()).not.toContain('dự thảo')
  })
})
