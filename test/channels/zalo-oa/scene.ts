import { Writable } from 'node:stream'
import { pino } from 'pino'
import type { Notice, Receive, Update } from '../../../src/channels/channel.ts'
import { createZaloOaChannel, type ZaloOaChannel, type ZaloOaOptions } from '../../../src/channels/zalo-oa.ts'
import { APP, createFakeOa, type FakeOa, type FakeOptions, type FakePerson } from './fake.ts'
import { createMemoryShared, type MemoryShared } from './shared.ts'

export const LAN = '246845883529197922'
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** One account, one person in touch with it, and as many processes of ours as a test starts. */
export interface Scene {
  readonly fake: FakeOa
  readonly shared: MemoryShared
  readonly lan: FakePerson
  readonly updates: readonly Update[]
  readonly notices: readonly Notice[]
  /** Every line logged so far. */
  log(): string
  now(): number
  pass(ms: number): void
  /** A process of its own; not started. With an empty seed it has none. */
  create(options?: Partial<ZaloOaOptions>): ZaloOaChannel
  /** One that is started and has the webhook. */
  open(options?: Partial<ZaloOaOptions>): Promise<ZaloOaChannel>
  start(channel: ZaloOaChannel): Promise<void>
  close(): Promise<void>
}

export interface SceneOptions extends Partial<FakeOptions> {
  readonly receive?: Receive
  readonly storeDelayMs?: number
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  let now = Date.parse('2026-03-02T08:00:00+07:00')
  const clock = () => now
  const fake = await createFakeOa({ ...options, clock })
  const firstToken = fake.consent()
  const shared = createMemoryShared(clock, options.storeDelayMs)
  const channels: ZaloOaChannel[] = []
  const updates: Update[] = []
  const notices: Notice[] = []
  const lines: string[] = []
  const destination = new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line))
      done()
    },
  })
  const log = pino({ level: 'trace' }, destination)
  const lan = fake.person(LAN)
  lan.touch()

  function create({ seedRefreshToken = firstToken, ...more }: Partial<ZaloOaOptions> = {}): ZaloOaChannel {
    const channel = createZaloOaChannel({
      appId: APP.appId,
      appSecret: APP.appSecret,
      webhookSecret: APP.oaSecret,
      ...(seedRefreshToken === '' ? {} : { seedRefreshToken }),
      apiRoot: fake.apiRoot,
      oauthRoot: fake.oauthRoot,
      fileHosts: ['127.0.0.1'],
      shared: shared.of(`process ${channels.length + 1}`),
      clock,
      log,
      timing: { requestMs: 400, fileMs: 400, lockMs: 10 },
      ...more,
    })
    channels.push(channel)
    return channel
  }

  async function start(channel: ZaloOaChannel): Promise<void> {
    await channel.start(
      async (update) => {
        updates.push(update)
        return options.receive ? options.receive(update) : { isStored: true }
      },
      async (notice) => {
        notices.push(notice)
      },
    )
  }

  return {
    fake,
    shared,
    lan,
    updates,
    notices,
    log: () => lines.join(''),
    now: clock,
    pass: (ms) => {
      now += ms
    },
    create,
    async open(more) {
      const channel = create(more)
      if (channel.webhook) await fake.serve(channel.webhook)
      await start(channel)
      return channel
    },
    start,
    async close() {
      await Promise.all(channels.map((channel) => channel.stop()))
      await fake.close()
    },
  }
}
