import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Notice, Update } from '../../../src/channels/channel.ts'
import { readLosslessJson } from '../../../src/channels/json.ts'
import { remedyOf } from '../../../src/channels/zalo-oa/errors.ts'
import { LAN, openScene, type Scene } from './scene.ts'

const FOLDER = join(import.meta.dirname, 'payloads')
let scene: Scene
afterEach(() => scene?.close())

function read(name: string): unknown {
  return readLosslessJson(readFileSync(join(FOLDER, name), 'utf8'))
}

interface Said {
  readonly updates?: readonly Partial<Update>[]
  readonly notices?: readonly Notice[]
}

const SAYS_BY_EVENT: Readonly<Record<string, Said>> = {
  'add_user_to_tag.json': {},
  'follow.json': {
    updates: [
      {
        id: 'follow:154397978274:24684588352919792',
        chat: '24684588352919792',
        text: '/start',
        files: [],
      },
    ],
  },
  'unfollow.json': { notices: [{ type: 'closed', chat: '24684588352919792', reason: 'unfollow' }] },
  'user_click_chatnow.json': {
    updates: [
      {
        id: 'user_click_chatnow:1750316131602:246845883529197922',
        chat: '246845883529197922',
        text: '/start',
        files: [],
      },
    ],
  },
  'user_send_file.docx.json': {
    updates: [
      {
        id: '96d3cdf3af150460912',
        chat: '246845883529197922',
        text: '',
        files: [{ name: 'developer.docx', size: 233947, ref: 'https://example.com/developer.docx' }],
      },
    ],
  },
  // Nobody named the account: it is none of our business.
  'user_send_group_file.json': {},
  'user_send_group_text.json': {
    updates: [
      {
        id: '96d3cdf3af150460914',
        chat: 'g:f414c8f76fa586fbdfb4',
        sender: '246845883529197922',
        text: '12 hộ',
        files: [],
      },
    ],
  },
  'user_send_image.json': {
    updates: [
      {
        id: '96d3cdf3af150460911',
        chat: '246845883529197922',
        text: '',
        files: [{ name: 'image.jpg', size: 0 }],
      },
    ],
  },
  'user_send_location.json': {
    updates: [
      {
        id: '96d3cdf3af150460913',
        chat: '246845883529197922',
        text: '',
        files: [{ name: 'location', size: 0 }],
      },
    ],
  },
  'user_send_text.json': {
    updates: [{ id: '96d3cdf3af150460909', chat: '246845883529197922', text: 'message', files: [] }],
  },
  'user_send_text.quote.json': {
    updates: [{ id: '96d3cdf3af150460910', chat: '246845883529197922', text: '12,5 ha', files: [] }],
  },
  'user_submit_info.json': {
    updates: [
      {
        id: 'user_submit_info:1540368141908:246845883529697922',
        chat: '246845883529697922',
        text: '',
        phone: '84912345678',
        files: [],
      },
    ],
  },
  'zns_user_received_message.json': {
    notices: [{ type: 'arrived', chat: '84123456789', messageId: '15a0cc0bbb13bd4ce403' }],
  },
}

/** Not events. */
const BESIDE = ['headers.json', 'signed-fixture.SYNTHETIC.json']

describe('the events on record', () => {
  test('are all known here', () => {
    const known = [...Object.keys(SAYS_BY_EVENT), ...BESIDE].sort()
    expect(readdirSync(join(FOLDER, 'webhook')).sort()).toEqual(known)
  })

  test.each(Object.entries(SAYS_BY_EVENT))('%s', async (name, { updates = [], notices = [] }) => {
    scene = await openScene()
    await scene.open()
    const body = readFileSync(join(FOLDER, 'webhook', name), 'utf8')
    expect(await scene.fake.post({}, { body })).toBe(200)
    expect(scene.updates).toEqual(updates)
    expect(scene.notices).toEqual(notices)
  })

  test('come with the headers on record', () => {
    expect(Object.keys(read('webhook/headers.json') as object)).toContain('x-zevent-signature')
  })
})

const MESSAGE = { id: '1', text: 'Xin chào!', choices: [] }
const FILE = { id: 'f', name: 'a.docx', bytes: Uint8Array.of(80, 75) }

/** What the account was last asked for. */
function lastBody(): unknown {
  return JSON.parse(scene.fake.bodies.at(-1) ?? '')
}

describe('the requests on record', () => {
  test.each([
    ['send_text', (to: string) => ({ to, ...MESSAGE })],
    ['send_file', (to: string) => ({ to, ...MESSAGE, text: '', file: FILE })],
    ['group_text', (to: string) => ({ to, ...MESSAGE, text: 'hello from Zalo' })],
    ['group_file', (to: string) => ({ to, ...MESSAGE, text: '', file: FILE })],
  ] as const)('%s is what we ask for', async (name, make) => {
    scene = await openScene()
    const channel = await scene.open()
    const request = read(`api/${name}.request.json`) as {
      readonly recipient: { readonly user_id?: string; readonly group_id?: string }
      readonly message: { readonly attachment?: { readonly payload: { readonly token: string } } }
    }
    const { user_id, group_id } = request.recipient
    const key = request.message.attachment?.payload.token
    if (key !== undefined) scene.fake.fail('/upload', { answer: { data: { token: key }, error: 0 } })
    const { to, ...message } = make(user_id ?? `g:${group_id}`)
    await channel.send(to, message)
    expect(lastBody()).toEqual(request)
  })

  test('send_text_with_buttons is what we ask for, but for the words that come back', async () => {
    scene = await openScene()
    const channel = await scene.open()
    const request = read('api/send_text_with_buttons.request.json') as {
      readonly recipient: { readonly user_id: string }
      readonly message: {
        readonly text: string
        readonly attachment: { readonly payload: { readonly buttons: readonly { readonly title: string }[] } }
      }
    }
    const { text, attachment } = request.message
    const choices = attachment.payload.buttons.map(({ title }) => title)
    await channel.send(request.recipient.user_id, { ...MESSAGE, text, choices })
    const said = structuredClone(request)
    for (const button of said.message.attachment.payload.buttons)
      Object.assign(button, { payload: button.title })
    expect(lastBody()).toEqual(said)
    const types = (read('api/buttons.types.json') as readonly { readonly type: string }[]).map(
      ({ type }) => type,
    )
    expect(types).toContain('oa.query.show')
  })

  test('send_request_user_info is what we ask for', async () => {
    scene = await openScene()
    const request = read('api/send_request_user_info.request.json') as {
      readonly recipient: { readonly user_id: string }
    }
    const channel = await scene.open({
      phoneCard: {
        title: 'Official Account',
        subtitle: 'Đang yêu cầu thông tin từ bạn',
        imageUrl: 'https://developers.zalo.me/web/static/zalo.png',
      },
    })
    await channel.askPhone?.(request.recipient.user_id)
    expect(lastBody()).toEqual(request)
  })
})

describe('the answers on record', () => {
  test.each([
    ['send.response.reply_quota', '63ecf43f0df7dba892e6', { remain: 7, total: 8, type: 'reply' }],
    ['send.response.sub_quota', '63ecf43f0df7dba892e6', { remain: 1990, total: 2000, type: 'sub_quota' }],
    ['template_by_uid.response', 'a4d0243feee163bd3af2', { remain: 4821, type: 'purchase_quota' }],
  ])('%s is a message sent, and what is left', async (name, messageId, quota) => {
    scene = await openScene()
    const channel = await scene.open()
    scene.fake.fail('/message/cs', { answer: read(`api/${name}.json`) })
    expect(await channel.send(LAN, MESSAGE)).toEqual({ type: 'sent', messageId })
    expect(channel.quota()).toEqual(quota)
  })

  test.each(['upload_file.response', 'upload_file.response.alt'])(
    '%s has the key of a file',
    async (name) => {
      scene = await openScene()
      const channel = await scene.open()
      const answer = read(`api/${name}.json`) as { readonly data: Readonly<Record<string, string>> }
      scene.fake.fail('/upload', { answer })
      await channel.send(LAN, { ...MESSAGE, text: '', file: FILE })
      const [token] = Object.values(answer.data)
      expect(lastBody()).toMatchObject({ message: { attachment: { type: 'file', payload: { token } } } })
    },
  )

  test('oauth_token.response is a pair', async () => {
    scene = await openScene()
    scene.fake.fail('/v4/oa/access_token', { answer: read('api/oauth_token.response.json') })
    const channel = await scene.open()
    scene.fake.fail('/message/cs', { answer: read('api/send.response.reply_quota.json') })
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
  })

  const CLASS_BY_CODE: Readonly<Record<number, string>> = {
    [-216]: 'refresh',
    [-220]: 'refresh',
    [-201]: 'permanent',
    [-210]: 'permanent',
    [-213]: 'window',
    [-230]: 'window',
    [-224]: 'person',
    [-32]: 'wait',
    [-237]: 'window',
    [-14020]: 'person',
    [-14004]: 'person',
    [-14003]: 'person',
  }

  test('errors all have their remedy', () => {
    const errors = read('api/errors.json') as readonly { readonly error: number; readonly message?: string }[]
    const found = errors.map(({ error, message = '' }) => [error, remedyOf(error, message).class])
    expect(Object.fromEntries(found)).toEqual(CLASS_BY_CODE)
  })

  test('keep every digit of an id', () => {
    expect(read('api/conversation.response.json')).toMatchObject({
      data: [{ to_id: '3120036654733951760', from_id: '2512523625412515', time: 1619401853770 }],
    })
  })

  test('and the requests that we do not make are JSON all the same', () => {
    const files = readdirSync(join(FOLDER, 'api'))
    expect(files).toHaveLength(25)
    for (const name of files) expect(read(`api/${name}`)).toBeTypeOf('object')
  })
})
