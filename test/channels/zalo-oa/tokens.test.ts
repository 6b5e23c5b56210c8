import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { Shared } from '../../../src/channels/shared.ts'
import { pasteRefreshToken } from '../../../src/channels/zalo-oa/tokens.ts'
import { seal, unseal } from '../../../src/channels/zalo-oa/vault.ts'
import { APP } from './fake.ts'
import { HOUR, LAN, openScene, type Scene } from './scene.ts'

const NAME = 'zalo-oa-token'
const MESSAGE = { id: '34', text: 'Kính gửi đồng chí', choices: [] }
const WAITS = { type: 'retryLater', afterMs: 30_000, isPause: true }
const DEAD = { type: 'trouble', trouble: 'tokenDead' }

let scene: Scene
afterEach(() => scene?.close())

function paste(token: string, shared: Shared = scene.shared.of('command line')) {
  return pasteRefreshToken({ shared, appSecret: APP.appSecret, token, lockMs: 5 })
}

function oauthCalls(): number {
  return scene.fake.asked.filter((path) => path === '/v4/oa/access_token').length
}

function messageCalls(): number {
  return scene.fake.asked.filter((path) => path.endsWith('/message/cs')).length
}

/** The chain as it is kept now. */
function keptChain(): { readonly reply: string; readonly tried: readonly string[] } {
  return JSON.parse(unseal(scene.shared.secrets(NAME).at(-1) ?? '', APP.appSecret) ?? '')
}

/** A process that dies just before it can keep anything. */
function killedAtKeeping(shared: Shared): { readonly shared: Shared; readonly hasDied: Promise<void> } {
  let die = () => {}
  const hasDied = new Promise<void>((resolve) => {
    die = resolve
  })
  return {
    hasDied,
    shared: {
      ...shared,
      keepSecret: () => {
        die()
        return new Promise(() => {})
      },
    },
  }
}

describe('the tokens of the account', () => {
  test('begin with the one from the environment, and then go on by themselves', async () => {
    scene = await openScene()
    const channel = await scene.open()
    for (let day = 0; day < 5; day += 1) {
      scene.lan.touch()
      expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
      scene.pass(24 * HOUR)
    }
    expect(scene.fake.refreshes).toBe(5)
    expect(scene.shared.secrets(NAME)).toHaveLength(5)
    expect(keptChain().tried).toHaveLength(1)
    expect(scene.log()).toBe('')
  })

  test('are what Zalo answered, letter for letter, sealed', async () => {
    scene = await openScene()
    await (await scene.open()).send(LAN, MESSAGE)
    expect(JSON.parse(keptChain().reply)).toMatchObject({ expires_in: '90000' })
    expect(scene.shared.secrets(NAME).join()).not.toContain('access')
  })

  test('are replaced after twenty hours, not before', async () => {
    scene = await openScene()
    const channel = await scene.open()
    await channel.send(LAN, MESSAGE)
    scene.pass(20 * HOUR - 1)
    await channel.send(LAN, MESSAGE)
    expect(scene.fake.refreshes).toBe(1)
    scene.pass(1)
    await channel.send(LAN, MESSAGE)
    expect(scene.fake.refreshes).toBe(2)
  })

  test('are replaced in time though nobody sends anything', async () => {
    scene = await openScene()
    await scene.open({ timing: { checkMs: 10 } })
    await expect.poll(() => scene.fake.refreshes).toBe(1)
    scene.pass(20 * HOUR)
    await expect.poll(() => scene.fake.refreshes).toBe(2)
  })

  test('are still good for five hours while no new ones can be had', async () => {
    scene = await openScene()
    const channel = await scene.open()
    await channel.send(LAN, MESSAGE)
    scene.fake.fail('/v4/oa/access_token', { status: 503 }, 9)
    scene.pass(24 * HOUR)
    const calls = oauthCalls()
    for (let sent = 0; sent < 3; sent += 1)
      expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    // Not every message waits for one more try.
    expect(oauthCalls()).toBe(calls + 1)
    scene.pass(HOUR)
    const sends = messageCalls()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(messageCalls()).toBe(sends)
    expect(scene.notices).toEqual([])
  })

  test('that were refused are not used again, though no new ones can be had', async () => {
    scene = await openScene()
    const channel = await scene.open()
    await channel.send(LAN, MESSAGE)
    scene.fake.voidAccess()
    scene.fake.fail('/v4/oa/access_token', { status: 503 })
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(messageCalls()).toBe(2)
    expect(scene.notices).toEqual([])
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
  })

  test('are kept before they are used', async () => {
    scene = await openScene()
    scene.shared.break('keeping')
    const channel = await scene.open()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.lan.shown()).toEqual([])
    scene.shared.mend()
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    // The pair that could not be kept was the only one there is.
    expect(scene.fake.refreshes).toBe(1)
    scene.pass(20 * HOUR)
    await channel.send(LAN, MESSAGE)
    expect(scene.fake.refreshes).toBe(2)
  })

  test('wait for a store that is gone', async () => {
    scene = await openScene()
    const channel = await scene.open()
    scene.shared.break()
    expect(await scene.create().send(LAN, MESSAGE)).toEqual(WAITS)
    scene.shared.mend()
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
  })

  for (const [name, fault] of [
    ['-216', { error: -216, message: 'Access token is invalid' }],
    ['-220', { error: -220, message: 'access_token is expired or removed' }],
    ['-124', { error: -124, message: 'Access token invalid' }],
    ['status 401', { status: 401 }],
  ] as const) {
    test(`are replaced once after ${name}, and the message is sent once more`, async () => {
      scene = await openScene()
      const channel = await scene.open()
      await channel.send(LAN, MESSAGE)
      scene.fake.fail('/message/cs', fault)
      expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
      expect(scene.fake.refreshes).toBe(2)
      expect(scene.lan.shown()).toHaveLength(2)
    })
  }

  test('are not replaced for ever: refused twice, a person is told', async () => {
    scene = await openScene()
    const channel = await scene.open()
    await channel.send(LAN, MESSAGE)
    scene.fake.fail('/message/cs', { error: -216, message: 'Access token is invalid' }, 2)
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'retryLater', isPause: true })
    expect(scene.fake.refreshes).toBe(2)
    expect(scene.notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
  })

  test('of a wrong application secret are a matter for a person', async () => {
    scene = await openScene({ appSecret: 'another-app-secret' })
    const channel = await scene.open()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
  })
})

describe('two processes of one account', () => {
  for (const storeDelayMs of [0, 7]) {
    test(`that refresh together make one refresh (store answering in ${storeDelayMs} ms)`, async () => {
      scene = await openScene({ storeDelayMs })
      const [one, two] = [await scene.open(), await scene.open()]
      const sends = [one, two, one, two].map((channel) => channel.send(LAN, MESSAGE))
      expect((await Promise.all(sends)).map(({ type }) => type)).toEqual(Array(4).fill('sent'))
      expect(scene.fake.refreshes).toBe(1)
      scene.pass(20 * HOUR)
      await Promise.all([one, two, two, one].map((channel) => channel.send(LAN, MESSAGE)))
      expect(scene.fake.refreshes).toBe(2)
      expect(scene.lan.shown()).toHaveLength(8)
      expect(scene.notices).toEqual([])
    })
  }

  test('use what the other one has got', async () => {
    scene = await openScene()
    const [one, two] = [await scene.open(), await scene.open()]
    await Promise.all([one.send(LAN, MESSAGE), two.send(LAN, MESSAGE)])
    scene.fake.fail('/message/cs', { error: -216, message: 'Access token is invalid' })
    await one.send(LAN, MESSAGE)
    expect(scene.fake.refreshes).toBe(2)
    // The token of the second process is void since then.
    expect(await two.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    expect(scene.fake.refreshes).toBe(2)
  })

  test('do not call a token dead that the other one used meanwhile', async () => {
    scene = await openScene()
    const lawless = (name: string): Shared => ({ ...scene.shared.of(name), hold: async () => true })
    const one = scene.create({ shared: lawless('one') })
    const two = scene.create({ shared: lawless('two') })
    await Promise.all([scene.start(one), scene.start(two)])
    await Promise.all([one.send(LAN, MESSAGE), two.send(LAN, MESSAGE)])
    expect(scene.fake.refreshes).toBe(1)
    expect(oauthCalls()).toBeGreaterThan(1)
    expect(await one.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    expect(await two.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    expect(scene.notices).toEqual([])
  })

  test('do without what the other one holds for too long', async () => {
    scene = await openScene()
    await scene.shared.of('stuck').hold(NAME, HOUR)
    const channel = scene.create({ timing: { lockMs: 1 } })
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(oauthCalls()).toBe(0)
    expect(scene.log()).toContain('another process holds the tokens')
    expect(await paste(scene.fake.consent())).toBe('busy')
  })
})

describe('a token that is lost', () => {
  /** Zalo has answered, and the process is gone. */
  async function lose(): Promise<void> {
    scene = await openScene()
    const { shared, hasDied } = killedAtKeeping(scene.shared.of('killed'))
    const killed = scene.create({ shared })
    void killed.send(LAN, MESSAGE)
    await hasDied
    // Nobody can stop a process that is dead.
    Object.assign(killed, { stop: async () => {} })
    scene.pass(61_000)
  }

  test('between answer and keeping is told once, and everything waits', async () => {
    await lose()
    const [one, two] = [await scene.open(), await scene.open()]
    const outcomes = await Promise.all([one, two, one].map((channel) => channel.send(LAN, MESSAGE)))
    expect(outcomes).toEqual([WAITS, WAITS, WAITS])
    expect(await (await scene.open()).send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.notices).toEqual([DEAD])
    // The one it was lost by, and the one that found out.
    expect(oauthCalls()).toBe(2)
  })

  test('is replaced by a pasted one, without a restart', async () => {
    await lose()
    const channel = await scene.open()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(await paste(`${scene.fake.consent()}\n`)).toBe('taken')
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    scene.pass(20 * HOUR)
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    expect(scene.notices).toEqual([DEAD])
  })

  test('is told again when the pasted one is lost too', async () => {
    await lose()
    const channel = await scene.open()
    await channel.send(LAN, MESSAGE)
    await paste(scene.fake.consent())
    await channel.send(LAN, MESSAGE)
    scene.fake.consent()
    scene.fake.voidAccess()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.notices).toEqual([DEAD, DEAD])
  })

  test('is replaced by another one in the environment', async () => {
    await lose()
    expect(await (await scene.open()).send(LAN, MESSAGE)).toEqual(WAITS)
    const seedRefreshToken = scene.fake.consent()
    const restarted = await scene.open({ seedRefreshToken })
    expect(await restarted.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    scene.fake.consent()
    scene.fake.voidAccess()
    const calls = oauthCalls()
    expect(await restarted.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(await restarted.send(LAN, MESSAGE)).toEqual(WAITS)
    // The chain is tried once and dead; the token it began with is not tried again.
    expect(oauthCalls()).toBe(calls + 1)
  })

  test('leaves the environment unheeded while the chain lives', async () => {
    scene = await openScene()
    await (await scene.open()).send(LAN, MESSAGE)
    const other = await scene.open({ seedRefreshToken: 'refresh-of-long-ago'.repeat(4) })
    scene.pass(20 * HOUR)
    expect(await other.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
    expect(scene.notices).toEqual([])
  })

  test('is told where there never was one', async () => {
    scene = await openScene()
    const channel = scene.create({ seedRefreshToken: '' })
    await scene.start(channel)
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.notices).toEqual([DEAD])
    expect(await paste(scene.fake.consent())).toBe('taken')
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
  })

  test('with the answer of Zalo cannot be told from one that was never used', async () => {
    scene = await openScene()
    scene.fake.fail('/v4/oa/access_token', 'loseReply')
    const channel = await scene.open()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.notices).toEqual([DEAD])
  })

  for (const fault of ['reset', 'hang', { status: 502 }, { answer: { hello: 'world' } }] as const) {
    test(`is not what ${JSON.stringify(fault)} means`, async () => {
      scene = await openScene()
      scene.fake.fail('/v4/oa/access_token', fault)
      const channel = await scene.open()
      expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
      expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
      expect(scene.notices).toEqual([])
    })
  }
})

describe('what was kept under another secret', () => {
  test('is a matter for a person, and nothing is asked of Zalo', async () => {
    scene = await openScene()
    const right = await scene.open()
    await right.send(LAN, MESSAGE)
    const calls = oauthCalls()
    const wrong = scene.create({ appSecret: 'another-app-secret' })
    await scene.start(wrong)
    expect(await wrong.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(scene.notices).toEqual([{ type: 'trouble', trouble: 'tokenRefused' }])
    expect(oauthCalls()).toBe(calls)
    scene.pass(20 * HOUR)
    expect(await right.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
  })

  test('is left behind by a pasted token', async () => {
    scene = await openScene()
    await scene.shared.of('before').keepSecret(NAME, seal('{"tried":[]}', 'the secret before'))
    const channel = await scene.open()
    expect(await channel.send(LAN, MESSAGE)).toEqual(WAITS)
    expect(await paste(scene.fake.consent())).toBe('taken')
    expect(await channel.send(LAN, MESSAGE)).toMatchObject({ type: 'sent' })
  })

  test('does not open, nor does what was changed or cut', () => {
    const sealed = seal('lời', 'khoá')
    const bytes = Buffer.from(sealed, 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(unseal(sealed, 'khoá')).toBe('lời')
    expect(seal('lời', 'khoá')).not.toBe(sealed)
    expect(unseal(sealed, 'khoá khác')).toBeUndefined()
    expect(unseal(bytes.toString('base64'), 'khoá')).toBeUndefined()
    expect(unseal(sealed.slice(0, 8), 'khoá')).toBeUndefined()
  })
})

describe('a pasted token', () => {
  test.each([
    [APP.appSecret, 'secretKey'],
    [APP.appId, 'notAToken'],
    ['1'.repeat(60), 'notAToken'],
    [`${'a'.repeat(60)} ${'b'.repeat(60)}`, 'notAToken'],
    [`"refresh_token":"${'a'.repeat(60)}"`, 'notAToken'],
    ['', 'tooShort'],
    ['a'.repeat(39), 'tooShort'],
  ])('%j is not taken', async (token, why) => {
    scene = await openScene()
    expect(await paste(token)).toBe(why)
    expect(scene.shared.secrets(NAME)).toEqual([])
  })

  test('is not taken twice', async () => {
    scene = await openScene()
    const token = scene.fake.consent()
    expect(await paste(token)).toBe('taken')
    await (await scene.open()).send(LAN, MESSAGE)
    expect(await paste(token)).toBe('usedUp')
    expect(keptChain().reply).toContain('access_token')
  })

  test('may be short, and begin with a digit', async () => {
    scene = await openScene()
    expect(await paste(`7${'a'.repeat(39)}`)).toBe('taken')
  })

  test('waits its turn', async () => {
    scene = await openScene()
    const other = scene.shared.of('another process')
    await other.hold(NAME, HOUR)
    const pasting = paste(scene.fake.consent())
    await sleep(50)
    expect(scene.shared.secrets(NAME)).toEqual([])
    await other.letGo(NAME)
    expect(await pasting).toBe('taken')
  })
})
