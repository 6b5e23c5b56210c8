import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Update } from '../../../src/channels/channel.ts'
import { createZaloOaChannel } from '../../../src/channels/zalo-oa.ts'
import { fc } from '../../draws.ts'
import { sign } from './fake.ts'
import { createMemoryShared } from './shared.ts'

const FIXTURE = JSON.parse(
  readFileSync(join(import.meta.dirname, 'payloads/webhook/signed-fixture.SYNTHETIC.json'), 'utf8'),
) as {
  readonly appId: string
  readonly oaSecretKey: string
  readonly rawBody: string
  readonly header: Readonly<Record<string, string>>
}
const MAC = FIXTURE.header['X-ZEvent-Signature'] ?? ''
const APP_SECRET = 'not-a-real-app-secret'
const LAN = '246845883529197922'

interface Posted {
  readonly status: number
  readonly updates: readonly Update[]
}

interface Request {
  readonly body: string | Uint8Array
  readonly header?: string | readonly string[] | undefined
  /** Of the webhook; absent where only the application's secret is known. */
  readonly key?: string
}

/** One request to a channel that stores everything. */
async function post({ body, header, key }: Request): Promise<Posted> {
  const updates: Update[] = []
  const channel = createZaloOaChannel({
    appId: FIXTURE.appId,
    appSecret: APP_SECRET,
    ...(key === undefined ? {} : { webhookSecret: key }),
    apiRoot: 'http://127.0.0.1:1',
    oauthRoot: 'http://127.0.0.1:1',
    shared: createMemoryShared(() => 0).of('one'),
    clock: () => 0,
    log: { warn: () => {}, error: () => {} },
  })
  await channel.start(async (update) => {
    updates.push(update)
    return { isStored: true }
  })
  const answer = await channel.webhook?.handle({
    headers: { 'x-zevent-signature': header },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  })
  await channel.stop()
  expect(Object.keys(answer ?? {})).toEqual(['status'])
  return { status: answer?.status ?? 0, updates }
}

function postSigned(body: string, timestamp = '1750316131602', id = FIXTURE.appId): Promise<Posted> {
  return post({ body, header: sign(id, body, timestamp, 'key'), key: 'key' })
}

describe('a signature', () => {
  const key = FIXTURE.oaSecretKey
  const { rawBody } = FIXTURE

  test('of the fixture holds', async () => {
    expect(await post({ body: rawBody, header: MAC, key })).toMatchObject({
      status: 200,
      updates: [{ id: '96d3cdf3af150460916', chat: LAN, text: 'Đã nộp báo cáo: 12,5 ha', files: [] }],
    })
  })

  test.each([
    ['without its prefix', MAC.slice(4)],
    ['with spaces in it', ` mac = ${MAC.slice(4, 20)} ${MAC.slice(20)} `],
    ['in capitals', MAC.slice(4).toUpperCase()],
  ])('%s holds as well', async (_name, header) => {
    expect(await post({ body: rawBody, header, key })).toMatchObject({ status: 200 })
  })

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['cut', MAC.slice(0, -1)],
    ['too long', `${MAC}0`],
    ['of other letters', MAC.replace(/.$/, 'g')],
    ['of another digest', MAC.replace(/.$/, '0')],
    ['of another algorithm', MAC.replace('mac=', 'sha256=')],
    ['given twice', [MAC, MAC]],
  ])('that is %s is refused', async (_name, header) => {
    expect(await post({ body: rawBody, header, key })).toEqual({ status: 401, updates: [] })
  })

  test.each([
    ['written anew', JSON.stringify(JSON.parse(rawBody), undefined, 1)],
    ['decomposed', rawBody.normalize('NFD')],
    ['with another figure', rawBody.replace('12,5', '12,6')],
    ['with another time', rawBody.replace('1750316131602', '1750316131603')],
    ['with a line break at its end', `${rawBody}\n`],
  ])('does not hold for the body %s', async (_name, body) => {
    expect(body).not.toBe(rawBody)
    expect(await post({ body, header: MAC, key })).toEqual({ status: 401, updates: [] })
  })

  test('does not hold for a body of which one byte is another', async () => {
    const bytes = new TextEncoder().encode(rawBody)
    const place = fc.integer({ min: 0, max: bytes.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const body = bytes.map((byte, index) => (index === at ? byte ^ change : byte))
        expect((await post({ body, header: MAC, key })).status).toBeGreaterThanOrEqual(400)
      }),
      { numRuns: 150 },
    )
  })

  test('does not hold under another key or for another application', async () => {
    expect(await post({ body: rawBody, header: MAC, key: 'another-key' })).toMatchObject({ status: 401 })
    expect(await post({ body: rawBody, header: MAC })).toMatchObject({ status: 401 })
    const header = sign('1234567890123456780', rawBody, '1750316131602', key)
    expect(await post({ body: rawBody, header, key })).toMatchObject({ status: 401 })
  })

  test('holds under the application secret, alone or beside the other key', async () => {
    const header = sign(FIXTURE.appId, rawBody, '1750316131602', APP_SECRET)
    expect(await post({ body: rawBody, header })).toMatchObject({ status: 200 })
    expect(await post({ body: rawBody, header, key })).toMatchObject({ status: 200 })
  })

  test('holds with the id of the account in place of that of the application', async () => {
    const body = '{"oa_id":"388613280878808645","event_name":"x","timestamp":"1"}'
    expect(await postSigned(body, '1', '388613280878808645')).toMatchObject({ status: 200 })
    const crafted = '{"oa_id":"38x","event_name":"x","timestamp":"1"}'
    expect(await postSigned(crafted, '1', '38x')).toMatchObject({ status: 401 })
  })
})

describe('the time a signature is of', () => {
  test('is taken as it stands, as a string or bare', async () => {
    const bare = '{"event_name":"x","timestamp":17503161316020000001}'
    expect(await postSigned(bare, '17503161316020000001')).toMatchObject({ status: 200 })
    expect(await postSigned(bare, String(Number('17503161316020000001')))).toMatchObject({ status: 401 })
    const padded = '{ "event_name" : "x" , "timestamp" : "007" }'
    expect(await postSigned(padded, '007')).toMatchObject({ status: 200 })
  })

  test('is that of the event, not one that something inside it bears', async () => {
    const body = '{"message":{"timestamp":"2"},"list":[{"timestamp":"3"}],"timestamp":"1","a":"timestamp"}'
    expect(await postSigned(body, '1')).toMatchObject({ status: 200 })
    expect(await postSigned(body, '2')).toMatchObject({ status: 401 })
  })

  test.each([
    '{"event_name":"x"}',
    '{"event_name":"x","timestamp":null}',
    '{"event_name":"x","timestamp":{"timestamp":"1"}}',
    '{"event_name":"x","timestamp":""}',
    '{"event_name":"x","timestamp":"1e3"}',
    '{"event_name":"x","timestamp":1.5}',
    '{"timestamp":"1","event_name":"x","timestamp":"1"}',
    '{"timestamp":"1","event_name":"x","time\\u0073tamp":"2"}',
    '[{"timestamp":"1"}]',
    '"timestamp"',
  ])('must be there, once, in digits: %s', async (body) => {
    const timestamps = ['', '1', '2', 'null', '1e3', '1.5', 'undefined']
    const statuses = timestamps.map(async (timestamp) => (await postSigned(body, timestamp)).status)
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([401]))
  })
})

describe('a body', () => {
  test('that is no JSON is refused as such', async () => {
    expect(await postSigned('event_name=user_send_text')).toMatchObject({ status: 400 })
    expect(await postSigned('')).toMatchObject({ status: 400 })
    expect(await postSigned('\uFEFF{"timestamp":"1"}')).toMatchObject({ status: 400 })
  })

  test('cut in the middle of a letter is refused, not guessed', async () => {
    const bytes = new TextEncoder().encode('{"timestamp":"1","text":"Đ')
    const body = new Uint8Array([...bytes.slice(0, -1), ...new TextEncoder().encode('"}')])
    expect(await post({ body, header: MAC, key: 'key' })).toEqual({ status: 400, updates: [] })
  })

  test('with bare ids keeps every digit of them', async () => {
    const body = `{"event_name":"user_send_text","sender":{"id":3120036654733951761},"message":{"msg_id":98765432109876543211,"text":"Số: 12345678901234567890"},"timestamp":1750316131602}`
    expect((await postSigned(body)).updates).toEqual([
      {
        id: '98765432109876543211',
        chat: '3120036654733951761',
        text: 'Số: 12345678901234567890',
        files: [],
      },
    ])
  })

  test.each([
    '{"event_name":"some_event_of_tomorrow","sender":{"id":"1"},"timestamp":"1750316131602"}',
    '{"event_name":"user_send_text","timestamp":"1750316131602"}',
    '{"event_name":"anonymous_send_text","sender":{"id":"1"},"message":{"text":"x"},"timestamp":"1750316131602"}',
    '{"event_name":"their_oa_send_text","recipient":{"id":"1"},"message":{"msg_id":"a"},"timestamp":"1750316131602"}',
    '{"event_name":"my_user_send_text","sender":{"id":"1"},"message":{"msg_id":"a"},"timestamp":"1750316131602"}',
    '{"event_name":"user_submit_info","sender":{"id":"1"},"info":{"name":"Lan"},"timestamp":"1750316131602"}',
    '{"event_name":"user_send_group_text","sender":{"id":"1"},"recipient":{"id":"2"},"message":{"text":"[@undefined] x"},"timestamp":"1750316131602"}',
    '{"event_name":"user_send_group_text","sender":{"id":"1"},"message":{"text":"/tiendo"},"timestamp":"1750316131602"}',
    '{"event_name":42,"timestamp":"1750316131602"}',
    '{"timestamp":"1750316131602"}',
  ])('that says nothing to us is taken and passed over: %s', async (body) => {
    expect(await postSigned(body)).toEqual({ status: 200, updates: [] })
  })

  test('with odd parts is read as far as it goes', async () => {
    const message = { text: 228, msg_id: 'a', attachments: 'none', quote_msg_id: [] }
    const event = { event_name: 'user_send_text', sender: { id: LAN }, message, info: 7, recipient: null }
    const { updates } = await postSigned(JSON.stringify({ ...event, timestamp: '1750316131602' }))
    expect(updates).toStrictEqual([{ id: 'a', chat: LAN, text: '228', files: [] }])
  })

  test.each([
    ['user_send_sticker', [{ type: 'sticker', payload: { url: 'https://a.b/c', id: '9' } }], 'sticker'],
    ['user_send_gif', [{ type: 'gif', payload: { url: 'https://a.b/c' } }], 'gif.gif'],
    ['user_send_audio', [{ type: 'audio', payload: { url: 'https://a.b/c' } }], 'audio.m4a'],
    ['user_send_video', [{ type: 'video', payload: { url: 'https://a.b/c' } }], 'video.mp4'],
    ['user_send_business_card', [{ type: 'link', payload: { description: '{}' } }], 'business_card'],
    ['user_send_sticker', undefined, 'sticker'],
    ['user_send_file', [{ type: 'file', payload: {} }], 'file'],
    ['user_send_file', [{}], 'file'],
  ])('of %s is something that could not be read', async (event_name, attachments, name) => {
    const event = { event_name, sender: { id: LAN }, message: { msg_id: 'a', attachments }, timestamp: '1' }
    expect((await postSigned(JSON.stringify(event), '1')).updates).toStrictEqual([
      { id: 'a', chat: LAN, text: '', files: [{ name, size: 0 }] },
    ])
  })
})
