import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import type { Channel, Notice, Receive, Update } from '../../../src/channels/channel.ts'
import type { Shared } from '../../../src/channels/shared.ts'
import { createTelegramChannel, type TelegramOptions } from '../../../src/channels/telegram.ts'
import { type FakeOptions, type FakeTelegram, openFakeTelegram } from './fake.ts'

export const SECRET = 'mot-Bi_mat'
export const CHAT = 88_001

/** A channel with a Telegram behind it, and all that it handed in, told and logged. */
export interface Office {
  readonly channel: Channel
  readonly fake: FakeTelegram
  readonly updates: readonly Update[]
  readonly notices: readonly Notice[]
  readonly log: readonly string[]
  /** Where the webhook stands, when there is one. */
  readonly publicUrl: string | undefined
  /** What `receive` answers from now on. */
  answer(receive: Receive): void
  start(): Promise<void>
  close(): Promise<void>
}

export interface OfficeOptions {
  readonly mode?: TelegramOptions['mode']
  readonly fake?: FakeOptions
  readonly apiRoot?: string
  readonly token?: string
  readonly shared?: Shared
  readonly timing?: TelegramOptions['timing']
  readonly clock?: () => number
}

export const QUICK = { pollSeconds: 2, callMs: 1_000, connectMs: 500, pauseMs: 20, longPauseMs: 40 }

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const fake = await openFakeTelegram({ chats: [CHAT], repeatMs: 20, ...options.fake })
  const updates: Update[] = []
  const notices: Notice[] = []
  const log: string[] = []
  let receive: Receive = async () => ({ isStored: true })
  const house = options.mode === 'webhook' ? await openHouse() : undefined
  const channel = createTelegramChannel({
    token: options.token ?? fake.token,
    apiRoot: options.apiRoot ?? fake.apiRoot,
    shared: options.shared ?? createLeases()('alone'),
    clock: options.clock ?? (() => 0),
    log: pino(
      { level: 'trace', base: null, timestamp: false },
      { write: (line: string) => void log.push(line) },
    ),
    timing: { ...QUICK, ...options.timing },
    ...(house ? { mode: 'webhook', webhookSecret: SECRET, publicUrl: house.url } : { mode: 'polling' }),
  })
  house?.lead(channel)
  return {
    channel,
    fake,
    updates,
    notices,
    log,
    publicUrl: house?.url,
    answer: (given) => {
      receive = given
    },
    start: () =>
      channel.start(
        async (update) => {
          updates.push(update)
          return receive(update)
        },
        async (notice) => void notices.push(notice),
      ),
    close: async () => {
      await channel.stop()
      await house?.close()
      await fake.close()
    },
  }
}

/** A server as an office has one: the body as it came, the status as it goes. */
async function openHouse() {
  let channel: Channel | undefined
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const isOurs = req.url === channel?.webhook?.path
    const answer = isOurs ? await channel?.webhook?.handle({ headers: req.headers, body }) : undefined
    res.writeHead(answer?.status ?? 404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: (given: Channel) => {
      channel = given
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Leases as the store keeps them, for as many processes as are named. */
export function createLeases(): (owner: string) => Shared {
  const held = new Map<string, { readonly owner: string; readonly until: number }>()
  return (owner) => ({
    async hold(name, forMs) {
      const lease = held.get(name)
      const now = performance.now()
      if (lease && lease.owner !== owner && lease.until > now) return false
      held.set(name, { owner, until: now + forMs })
      return true
    },
    async letGo(name) {
      if (held.get(name)?.owner === owner) held.delete(name)
    },
    async readSecret() {
      return undefined
    },
    async keepSecret() {},
  })
}
