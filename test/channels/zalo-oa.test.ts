import { afterEach, describe, expect, test } from 'vitest'
import type { OutMessage } from '../../src/channels/channel.ts'
import type { ZaloOaOptions } from '../../src/channels/zalo-oa.ts'
import { describeChannel, type Harness } from './contract.ts'
import { DAY, LAN, openScene, type Scene, type SceneOptions } from './zalo-oa/scene.ts'

describeChannel('Zalo OA', async (): Promise<Harness> => {
  const scene = await openScene()
  const channel = scene.create()
  if (channel.webhook) await scene.fake.serve(channel.webhook)
  return {
    channel,
    chat: LAN,
    isRedelivering: true,
    write: async ({ id, text }) => {
      await scene.lan.write(text, { id })
    },
    shown: async () => scene.lan.shown(),
    close: () => scene.close(),
  }
})

let scene: Scene

async function begin(options: SceneOptions = {}, more: Partial<ZaloOaOptions> = {}) {
  scene = await openScene(options)
  return scene.open(more)
}

function message(more: Partial<OutMessage> = {}): OutMessage {
  return { id: '34', text: 'Kính gửi đồng chí', choices: [], ...more }
}

const DOCX = { id: 'f1', name: 'Báo cáo quý I.docx', bytes: Uint8Array.of(80, 75, 3, 4, 0, 255) }

// The suite above opens scenes of its own.
afterEach(() => scene?.close())

describe('what people send', () => {
  test('a quoted message is what was written, without the quote', async () => {
    await begin()
    await scene.lan.write('12,5 ha', { quote: 'out1' })
    expect(scene.updates).toMatchObject([{ chat: LAN, text: '12,5 ha' }])
  })

  test('a tapped button comes back as the very words of the choice', async () => {
    const channel = await begin()
    const choice = 'Không phát sinh'.normalize('NFD')
    await channel.send(LAN, message({ choices: [choice, '/baocao quy1'] }))
    await scene.lan.press(choice)
    await scene.lan.press('/baocao quy1')
    expect(scene.updates.map(({ text }) => text)).toEqual([choice, '/baocao quy1'])
  })

  test('the words of a choice too long for a button come back whole', async () => {
    const channel = await begin()
    const choice = `${'Giữ nguyên '.repeat(8)}như kỳ trước 😀😀😀 và ghi lý do`
    await channel.send(LAN, message({ choices: [choice] }))
    const [title] = scene.lan.shown()[0]?.choices ?? []
    expect(title?.length).toBeLessThanOrEqual(100)
    expect(title).toMatch(/^Giữ nguyên .*…$/u)
    await scene.lan.press(title ?? '')
    expect(scene.updates.map(({ text }) => text)).toEqual([choice])
  })

  test.each([
    ['ữ'.repeat(100), 'ữ'.repeat(100)],
    ['ữ'.repeat(101), `${'ữ'.repeat(99)}…`],
    [`${'a'.repeat(98)}😀bc`, `${'a'.repeat(98)}…`],
    [`😀${'a'.repeat(99)}`, `😀${'a'.repeat(97)}…`],
  ])('a button of %j is titled without cutting a letter', async (choice, title) => {
    const channel = await begin()
    await channel.send(LAN, message({ choices: [choice] }))
    expect(scene.lan.shown()[0]?.choices).toEqual([title])
  })

  test('a file comes by its address and can be fetched whole', async () => {
    const channel = await begin()
    await scene.lan.sendFile({ name: 'số liệu quý.docx', bytes: DOCX.bytes })
    const [file] = scene.updates[0]?.files ?? []
    expect(file).toMatchObject({ name: 'số liệu quý.docx', size: 6 })
    expect(await channel.fetchFile?.(file?.ref ?? '')).toEqual({ bytes: Buffer.from(DOCX.bytes) })
  })

  test('whoever follows, or opens the talk, begins it', async () => {
    await begin()
    await scene.lan.follow()
    await scene.fake.post({
      app_id: '1',
      oa_id: '388613280878808645',
      user_id: LAN,
      event_name: 'user_click_chatnow',
      timestamp: '1750316131602',
    })
    expect(scene.updates).toMatchObject([
      { chat: LAN, text: '/start' },
      { id: `user_click_chatnow:1750316131602:${LAN}`, chat: LAN, text: '/start' },
    ])
  })

  test('an event without an id has the same one each time it is delivered', async () => {
    await begin({ receive: async () => ({ isStored: scene.updates.length > 1 }) })
    await scene.lan.follow()
    expect(await scene.fake.repeat()).toEqual([200])
    expect(scene.updates[0]?.id).toBe(`follow:${scene.now() + 1}:${LAN}`)
    expect(scene.updates[1]?.id).toBe(scene.updates[0]?.id)
  })

  test('the telephone number is told', async () => {
    await begin()
    await scene.lan.submitPhone('84912345678')
    expect(scene.updates).toMatchObject([{ chat: LAN, text: '', phone: '84912345678' }])
  })

  test('who unfollows cannot be written to; who withdraws wants to be forgotten', async () => {
    await begin()
    await scene.lan.unfollow()
    await scene.lan.withdraw()
    expect(scene.updates).toEqual([])
    expect(scene.notices).toEqual([
      { type: 'closed', chat: LAN, reason: 'unfollow', at: expect.any(Number) },
      { type: 'withdrawn', chat: LAN, at: expect.any(Number) },
    ])
  })

  test('events delivered twice and in another order keep their ids', async () => {
    await begin()
    scene.fake.holdBack()
    await scene.lan.write('một', { id: 'a' })
    await scene.lan.write('hai', { id: 'b' })
    await scene.fake.release((events) => [...events, ...events].reverse())
    expect(scene.updates.map(({ id, text }) => `${id} ${text}`)).toEqual(['b hai', 'a một', 'b hai', 'a một'])
  })
})

describe('a group', () => {
  const GROUP = 'f414c8f76fa586fbdfb4'

  test('is heard where the account is named or a command given, and nowhere else', async () => {
    await begin()
    const group = scene.fake.group(GROUP, [LAN])
    await group.write(LAN, 'mai họp lúc 8 giờ')
    await group.write(LAN, '[@246845883529197923] 12 hộ')
    await group.write(LAN, '[@388613280878808645] tiến độ')
    await group.write(LAN, 'cho xem[@388613280878808645]tiến độ')
    await group.write(LAN, '/tiendo')
    expect(scene.updates).toMatchObject([
      { chat: `g:${GROUP}`, sender: LAN, text: 'tiến độ' },
      { chat: `g:${GROUP}`, sender: LAN, text: 'cho xem tiến độ' },
      { chat: `g:${GROUP}`, sender: LAN, text: '/tiendo' },
    ])
  })

  test('is answered in plain words that name nobody, without buttons', async () => {
    const channel = await begin()
    const group = scene.fake.group(GROUP, [LAN])
    const text = '**Tiến độ**: [@246845883529197922]4/12[@f414c8f76fa586fbdfb4]'
    expect(await channel.send(`g:${GROUP}`, message({ text, choices: ['Xem'] }))).toMatchObject({
      type: 'sent',
    })
    expect(group.shown()).toEqual([{ text: 'Tiến độ: 4/12', choices: [] }])
  })

  test('the account has left is closed', async () => {
    const channel = await begin()
    expect(await channel.send('g:0000', message())).toEqual({
      type: 'refused',
      reason: 'Zalo error -403',
      isClosed: true,
    })
  })
})

describe('sending', () => {
  test('bold words are shown plain, and a private text keeps what would name somebody in a group', async () => {
    const channel = await begin()
    await channel.send(LAN, message({ text: '**Quý I**: [@1] xong' }))
    expect(scene.lan.shown()).toMatchObject([{ text: 'Quý I: [@1] xong' }])
  })

  test('letters are sent composed, so that they count once', async () => {
    const channel = await begin()
    const text = 'ữ'.repeat(2000)
    expect(await channel.send(LAN, message({ text: text.normalize('NFD') }))).toMatchObject({ type: 'sent' })
    expect(scene.lan.shown()[0]?.text).toBe(text)
  })

  test('names the template of buttons where the account wants one', async () => {
    const channel = await begin({ buttonTemplate: 'button' }, { buttonTemplate: 'button' })
    await channel.send(LAN, message({ choices: ['Có', 'Không'] }))
    expect(scene.lan.shown()).toMatchObject([{ choices: ['Có', 'Không'] }])
  })

  test('a file is uploaded just before it is sent, whichever key it is answered with', async () => {
    const channel = await begin({ uploadKey: 'attachment_id' })
    expect(await channel.send(LAN, message({ text: '', file: DOCX }))).toMatchObject({ type: 'sent' })
    expect(scene.lan.shown()).toMatchObject([{ file: { name: DOCX.name } }])
    expect(scene.fake.asked.slice(-2)).toEqual(['/v2.0/oa/upload/file', '/v3.0/oa/message/cs'])
  })

  test('a file name carries no quotes and no line breaks', async () => {
    const channel = await begin()
    await channel.send(LAN, message({ text: '', file: { ...DOCX, name: 'a"b\r\nc/d.docx' } }))
    expect(scene.lan.shown()[0]?.file?.name).toBe('a-b--c-d.docx')
  })

  test('a kind of file that is passed over in silence is refused', async () => {
    const channel = await begin()
    const file = { ...DOCX, name: 'so-lieu.xlsx' }
    expect(await channel.send(LAN, message({ text: '', file }))).toEqual({
      type: 'refused',
      reason: 'the file was not taken',
    })
  })

  test('an upload that is refused, or has no token, ends as a message would', async () => {
    const channel = await begin()
    const sending = message({ text: '', file: DOCX })
    scene.fake.fail('/upload/file', { error: -32, message: 'Your OA reached limit call api' })
    expect(await channel.send(LAN, sending)).toEqual({ type: 'retryLater', afterMs: 60_000, isPause: true })
    scene.fake.fail('/upload/file', { error: -210, message: 'Parameter exceeds allowable limit' })
    expect(await channel.send(LAN, sending)).toEqual({ type: 'refused', reason: 'Zalo error -210' })
    scene.fake.consent()
    expect(await channel.send(LAN, sending)).toEqual({ type: 'retryLater', afterMs: 30_000, isPause: true })
  })

  test('an answer may say little', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { answer: { error: '0' } })
    expect(await channel.send(LAN, message())).toStrictEqual({ type: 'sent' })
    expect(channel.quota()).toBeUndefined()
    scene.fake.fail('/message/cs', { answer: { error: 0, data: { quota: { owner_type: 'OA' } } } })
    expect(await channel.send(LAN, message())).toStrictEqual({ type: 'sent' })
    expect(channel.quota()).toStrictEqual({})
  })

  test('knows what is left of the quota', async () => {
    const channel = await begin()
    expect(channel.quota()).toBeUndefined()
    await channel.send(LAN, message())
    expect(channel.quota()).toEqual({ remain: 1999, total: 2000, type: 'sub_quota' })
  })

  test('asks for the telephone number where a card for it is set up', async () => {
    const phoneCard = {
      title: 'Văn phòng',
      subtitle: 'Xin số điện thoại',
      imageUrl: 'https://example.com/a.png',
    }
    const channel = await begin({}, { phoneCard })
    expect(await channel.askPhone?.(LAN)).toMatchObject({ type: 'sent' })
    expect(scene.lan.shown()).toMatchObject([{ text: 'Văn phòng' }])
    expect(scene.create().askPhone).toBeUndefined()
  })

  test('is free up to seven days after the person was last in touch', async () => {
    const channel = await begin()
    scene.pass(7 * DAY)
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'sent' })
    scene.pass(60_000)
    expect(await channel.send(LAN, message())).toEqual({
      type: 'refused',
      reason: 'Zalo error -230',
      isClosed: true,
    })
  })

  test('to whoever blocked us is refused', async () => {
    const channel = await begin()
    scene.lan.block()
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'refused', isClosed: true })
  })

  test('more than Zalo bears in a minute waits for the next minute, with everything else', async () => {
    const channel = await begin()
    for (let sent = 0; sent < 100; sent += 1) await channel.send(LAN, message())
    expect(await channel.send(LAN, message())).toEqual({ type: 'retryLater', afterMs: 60_000, isPause: true })
    scene.pass(60_000)
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'sent' })
    expect(scene.lan.shown()).toHaveLength(101)
  })

  test('obeys a status 429 for as long as it says', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { status: 429, headers: { 'retry-after': '7' } })
    expect(await channel.send(LAN, message())).toEqual({ type: 'retryLater', afterMs: 7000, isPause: true })
    scene.fake.fail('/message/cs', { status: 429 })
    expect(await channel.send(LAN, message())).toMatchObject({ afterMs: 60_000, isPause: true })
  })

  for (const [fault, reason] of [
    ['loseReply', 'ECONNRESET'],
    ['reset', 'ECONNRESET'],
    ['hang', 'TimeoutError'],
    ['notJson', 'not JSON'],
    [{ status: 500 }, 'http 500'],
    [{ answer: null }, 'not JSON'],
  ] as const) {
    test(`what ends in ${JSON.stringify(fault)} is unknown, and is not sent again`, async () => {
      const channel = await begin()
      await channel.send(LAN, message())
      scene.fake.fail('/message/cs', fault)
      expect(await channel.send(LAN, message())).toEqual({ type: 'unknown', reason })
      expect(scene.fake.asked.filter((path) => path.endsWith('/cs'))).toHaveLength(2)
    })

    test(`an upload that ends in ${JSON.stringify(fault)} is tried again later: nothing was shown`, async () => {
      const channel = await begin()
      await channel.send(LAN, message())
      scene.fake.fail('/upload/file', fault)
      const sending = message({ text: '', file: DOCX })
      expect(await channel.send(LAN, sending)).toMatchObject({ type: 'retryLater' })
      expect(await channel.send(LAN, sending)).toMatchObject({ type: 'sent' })
      expect(scene.lan.shown()).toHaveLength(2)
    })
  }

  test('what was turned away at the door is sent later', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { status: 400 })
    expect(await channel.send(LAN, message())).toEqual({ type: 'retryLater', afterMs: 10_000 })
  })

  test('an answer that says neither yes nor no is unknown', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { answer: { error: 'none', data: { message_id: 'a' } } })
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'unknown' })
  })

  test('what never reached Zalo is sent later', async () => {
    const channel = await begin()
    await channel.send(LAN, message())
    // Nobody listens at port 1.
    const away = scene.create({ apiRoot: 'http://127.0.0.1:1' })
    expect(await away.send(LAN, message())).toMatchObject({ type: 'retryLater' })
    const nowhere = scene.create({ apiRoot: 'https://zalo.invalid' })
    expect(await nowhere.send(LAN, message())).toMatchObject({ type: 'retryLater' })
    const tls = scene.create({ apiRoot: scene.fake.apiRoot.replace('http:', 'https:') })
    expect(await tls.send(LAN, message())).toMatchObject({ type: 'retryLater' })
  })

  test('an expired attachment is uploaded anew', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { error: -100, message: 'attachment_id was expired' })
    const sending = message({ text: '', file: DOCX })
    expect(await channel.send(LAN, sending)).toMatchObject({ type: 'retryLater' })
    expect(await channel.send(LAN, sending)).toMatchObject({ type: 'sent' })
    expect(scene.fake.asked.filter((path) => path.includes('upload'))).toHaveLength(2)
  })

  test('where a person is needed, the administrators are told once and everything waits', async () => {
    const channel = await begin()
    const upgrade = { error: -224, message: 'The OA needs to upgrade OA Tier Package' }
    scene.fake.fail('/message/cs', upgrade, 2)
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater', isPause: true })
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater', isPause: true })
    expect(scene.notices).toEqual([{ type: 'trouble', trouble: 'notAllowed' }])
    scene.pass(DAY)
    scene.fake.fail('/message/cs', upgrade)
    await channel.send(LAN, message())
    expect(scene.notices).toHaveLength(2)
  })

  test('a trouble that could not be told is told at the next refusal', async () => {
    scene = await openScene()
    const channel = scene.create()
    let isBroken = true
    const troubles: string[] = []
    await channel.start(
      async () => ({ isStored: true }),
      async (notice) => {
        if (isBroken) throw new Error('the store is gone')
        troubles.push(notice.type)
      },
    )
    scene.fake.fail('/message/cs', { error: -224, message: 'plan' }, 2)
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater' })
    isBroken = false
    await channel.send(LAN, message())
    expect(troubles).toEqual(['trouble'])
    expect(scene.log()).toContain('could not be told')
  })

  test('-223 is a matter for a person, unless it speaks of a quota', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', {
      error: -223,
      message: 'Official Account has not authorized this API',
    })
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater', isPause: true })
    scene.fake.fail('/message/cs', { error: -223, message: 'Your OA has reach the limit quota' })
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'refused', isClosed: true })
  })

  test('-32 pauses everything, unless it does not speak of a limit', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { error: -32, message: 'Your application reached limit call api' })
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater', isPause: true })
    scene.fake.fail('/message/cs', { error: -32, message: 'Please try again' })
    expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater', isPause: false })
  })

  test('what is refused in a way nobody listed is refused for good', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', { error: -98765, message: 'weird' })
    expect(await channel.send(LAN, message())).toEqual({ type: 'refused', reason: 'Zalo error -98765' })
  })
})

describe('what did arrive', () => {
  test('is told by the echo, with its words and its id', async () => {
    const channel = await begin()
    scene.fake.fail('/message/cs', 'loseReply')
    expect(await channel.send(LAN, message({ text: '**Quý I**' }))).toMatchObject({ type: 'unknown' })
    await channel.send(LAN, message({ text: '', file: DOCX }))
    await scene.fake.echo()
    expect(scene.notices).toStrictEqual([
      { type: 'arrived', chat: LAN, messageId: 'out1', text: 'Quý I' },
      { type: 'arrived', chat: LAN, messageId: 'out2' },
    ])
  })

  test('is told for a group as well', async () => {
    const channel = await begin()
    scene.fake.group('f414', [LAN])
    await channel.send('g:f414', message({ text: '4/12' }))
    await scene.fake.echo()
    expect(scene.notices).toMatchObject([{ type: 'arrived', chat: 'g:f414', text: '4/12' }])
  })

  test('is told by what was received and by what was seen', async () => {
    await begin()
    const event = { app_id: '1', sender: { id: '3886' }, recipient: { id: LAN }, timestamp: '1750316131602' }
    await scene.fake.post({ ...event, event_name: 'user_received_message', message: { msg_id: 'a' } })
    await scene.fake.post({ ...event, event_name: 'user_seen_message', message: { msg_ids: ['b', 'c'] } })
    expect(scene.notices).toEqual(
      ['a', 'b', 'c'].map((messageId) => ({ type: 'arrived', chat: LAN, messageId })),
    )
  })
})

test('whoever listens to messages alone is spared the rest', async () => {
  scene = await openScene()
  const channel = scene.create()
  if (channel.webhook) await scene.fake.serve(channel.webhook)
  await channel.start(async () => ({ isStored: true }))
  expect(await scene.lan.unfollow()).toBe(200)
  scene.fake.fail('/message/cs', { error: -224, message: 'plan' })
  expect(await channel.send(LAN, message())).toMatchObject({ type: 'retryLater' })
  expect(scene.log()).toBe('')
  expect(channel.name).toBe('zalo')
})

describe('what could not be stored', () => {
  test('is not spoken of where there is nothing to say', async () => {
    await begin({ receive: async () => ({ isStored: false }) })
    expect(await scene.lan.write('228')).toBe(500)
    expect(scene.lan.shown()).toEqual([])
    expect(scene.fake.asked).not.toContain('/v3.0/oa/message/cs')
  })

  test('is repeated by Zalo, and told to the person at the first time only', async () => {
    let isBroken = true
    await begin({
      receive: async () => (isBroken ? { isStored: false, say: 'Chưa được ghi.' } : { isStored: true }),
    })
    expect(await scene.lan.write('228')).toBe(500)
    expect(await scene.fake.repeat()).toEqual([500])
    isBroken = false
    expect(await scene.fake.repeat()).toEqual([200])
    expect(await scene.fake.repeat()).toEqual([])
    expect(scene.lan.shown().map(({ text }) => text)).toEqual(['Chưa được ghi.'])
    expect(new Set(scene.updates.map(({ id }) => id)).size).toBe(1)
  })

  test('is repeated as well where the store failed outright', async () => {
    let isBroken = true
    await begin({
      receive: async () => {
        if (isBroken) throw new Error('the store is gone')
        return { isStored: true }
      },
    })
    expect(await scene.lan.write('228')).toBe(500)
    isBroken = false
    expect(await scene.fake.repeat()).toEqual([200])
    expect(scene.log()).toContain('could not be kept')
  })

  test('is not taken for stored while the channel is stopped', async () => {
    const channel = await begin()
    await channel.stop()
    expect(await scene.lan.write('228')).toBe(503)
    await scene.start(channel)
    expect(await scene.fake.repeat()).toEqual([200])
    expect(scene.updates).toMatchObject([{ text: '228' }])
  })
})

test('no token and no secret is ever logged or given as a reason', async () => {
  const channel = await begin()
  const outcomes: unknown[] = []
  const faults = ['loseReply', 'reset', 'hang', 'notJson', { status: 500 }, { status: 401 }] as const
  for (const fault of faults) {
    scene.fake.fail('/message/cs', fault)
    scene.fake.fail('/upload/file', fault)
    outcomes.push(await channel.send(LAN, message()), await channel.send(LAN, message({ file: DOCX })))
    scene.fake.voidAccess()
    outcomes.push(await channel.send(LAN, message()))
  }
  scene.fake.fail('/v4/oa/access_token', 'loseReply')
  scene.fake.voidAccess()
  outcomes.push(await channel.send(LAN, message()), await channel.send(LAN, message()))
  scene.shared.break()
  outcomes.push(await channel.send(LAN, message()))
  expect(new Set(outcomes.map((outcome) => (outcome as { type: string }).type))).toEqual(
    new Set(['unknown', 'retryLater', 'sent']),
  )
  expect(scene.fake.refreshes).toBeGreaterThan(6)
  const told = scene.log() + JSON.stringify([outcomes, scene.notices])
  expect(scene.log()).toContain('could not be renewed')
  expect(told).toContain('tokenDead')
  expect(told).not.toMatch(/access-[0-9a-f]{8}|refresh-[0-9a-f]{8}|not-real/)
  const kept = scene.shared.secrets('zalo-oa-token')
  expect(kept.map((secret) => Buffer.from(secret, 'base64').toString()).join()).not.toMatch(/access|refresh/)
})
