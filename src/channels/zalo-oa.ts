import type { Logger } from 'pino'
import { Agent } from 'undici'
import type { Capabilities, Channel, Notify, Receive, Trouble, Update, Webhook } from './channel.ts'
import { readLosslessJson } from './json.ts'
import type { Shared } from './shared.ts'
import { download } from './zalo-oa/download.ts'
import { readEvent } from './zalo-oa/events.ts'
import { createSender, type Outcome, type PhoneCard, type Quota } from './zalo-oa/sender.ts'
import { isSigned, readMac } from './zalo-oa/signature.ts'
import { createTokens } from './zalo-oa/tokens.ts'

/** A Zalo Official Account: messages, quick replies and files in private chats, plain messages in its groups. */
export interface ZaloOaChannel extends Channel {
  /** What is left to be sent, as the last answer had it. */
  quota(): Quota | undefined
  /** Asks a person for the telephone number; absent where no card for it is set up. */
  askPhone?(to: string): Promise<Outcome>
}

export interface ZaloOaOptions {
  readonly appId: string
  readonly appSecret: string
  /** The "OA Secret Key" of the webhook page. */
  readonly webhookSecret?: string
  /** Begins the chain of refresh tokens; of no use once it has begun. */
  readonly seedRefreshToken?: string
  readonly apiRoot?: string
  readonly oauthRoot?: string
  /** Where the files may lie that people send: these hosts with all their subdomains. */
  readonly fileHosts?: readonly string[]
  /** `template_type` of a message with buttons, should Zalo want one. */
  readonly buttonTemplate?: string
  readonly phoneCard?: PhoneCard
  readonly shared: Shared
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly timing?: Partial<typeof TIMING>
}

/** In milliseconds: to connect, for a request, for a whole file, between looks at the tokens' age and at their lock. */
const TIMING = { connectMs: 5000, requestMs: 15_000, fileMs: 30_000, checkMs: 3_600_000, lockMs: 200 }
const FILE_HOSTS = ['zdn.vn', 'zadn.vn', 'dlfl.vn', 'dlfl.me', 'zaloapp.com', 'zalo.me']
const DAY_MS = 86_400_000
const FILE_IN_MAX = 5 * 1024 * 1024

const CAPABILITIES: Capabilities = {
  textMax: 2000,
  buttons: 5,
  files: ['docx', 'pdf', 'csv'],
  // Zalo says "5 MB": the smaller of what that may mean.
  fileMax: 5_000_000,
  captionMax: 0,
  takesFiles: true,
  isRepeatable: false,
  pace: { account: { points: 80, perMs: 60_000 }, chat: () => undefined },
}

export function createZaloOaChannel(options: ZaloOaOptions): ZaloOaChannel {
  const { appId, appSecret, fileHosts = FILE_HOSTS, phoneCard, clock, log } = options
  const { apiRoot = 'https://openapi.zalo.me', oauthRoot = 'https://oauth.zaloapp.com' } = options
  const timing = { ...TIMING, ...options.timing }
  const keys = [options.webhookSecret ?? appSecret, appSecret]
  // One that has been idle for longer may be closed just when a message goes out on it.
  const idle = { keepAliveTimeout: 1000, keepAliveMaxTimeout: 1000 }
  const agent = new Agent({ connect: { timeout: timing.connectMs }, ...idle })
  const tokens = createTokens({ ...options, ...timing, oauthRoot, agent, tell })
  const sender = createSender({ ...options, ...timing, apiRoot, agent, tokens, tell })
  const underWay = new Set<Promise<unknown>>()
  const toldAt = new Map<Trouble, number>()
  const told = new Set<string>()
  let receive: Receive | undefined
  let notify: Notify | undefined
  let timer: NodeJS.Timeout | undefined

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    return work.finally(() => underWay.delete(work))
  }

  /** Once a day; the death of a token by whoever writes it down, which happens once. */
  async function tell(trouble: Trouble): Promise<void> {
    const last = toldAt.get(trouble)
    if (trouble !== 'tokenDead' && last !== undefined && clock() - last < DAY_MS) return
    await notify?.({ type: 'trouble', trouble })
    toldAt.set(trouble, clock())
  }

  async function handle({ headers, body }: Parameters<Webhook['handle']>[0]): Promise<{ status: number }> {
    const mac = readMac(headers)
    if (!mac) return { status: 401 }
    const read = readBody(body)
    if (!read) return { status: 400 }
    if (!isSigned({ mac, body, text: read.text }, appId, keys)) return { status: 401 }
    if (!receive) return { status: 503 }
    try {
      return { status: (await takeIn(read.json, receive)) ? 200 : 500 }
    } catch (error) {
      log.error({ err: error }, 'an event of Zalo could not be kept')
      return { status: 500 }
    }
  }

  async function takeIn(json: unknown, hand: Receive): Promise<boolean> {
    const { updates, notices } = readEvent(json)
    for (const notice of notices) await notify?.(notice)
    const taken = await Promise.all(updates.map(async (update) => isTaken(update, await hand(update))))
    return taken.every((isStored) => isStored)
  }

  /** Zalo repeats what was not stored: the person is told of it at the first time only. */
  async function isTaken({ id, chat }: Update, result: Awaited<ReturnType<Receive>>): Promise<boolean> {
    if (!result.isStored && result.say !== undefined && !told.has(id)) {
      told.add(id)
      await sender.send(chat, { id: `say:${id}`, text: result.say, choices: [] })
    }
    if (result.isStored) told.delete(id)
    return result.isStored
  }

  return {
    name: 'zalo',
    capabilities: CAPABILITIES,
    webhook: { path: '/zalo/oa', handle: (request) => track(handle(request)) },

    async start(given, heard) {
      receive = given
      notify = heard
      const check = () => void track(tokens.read())
      timer ??= setInterval(check, timing.checkMs).unref()
      check()
    },

    send: (to, message) => track(sender.send(to, message)),
    fetchFile: (url) => download({ url, hosts: fileHosts, maxBytes: FILE_IN_MAX, forMs: timing.fileMs }),
    quota: sender.quota,
    remaining: () => {
      const quota = sender.quota()
      // What is left of the replies to one person says nothing of the account.
      return quota?.type === 'reply' ? undefined : quota?.remain
    },
    ...(phoneCard ? { askPhone: (to: string) => track(sender.askPhone(to, phoneCard)) } : {}),

    async stop() {
      receive = undefined
      clearInterval(timer)
      timer = undefined
      await Promise.allSettled(underWay)
    },
  }
}

/** Undefined where it is no JSON, which no body is that was cut in the middle of a letter. */
function readBody(body: Uint8Array): { readonly text: string; readonly json: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    return { text, json: readLosslessJson(text) }
  } catch {
    return undefined
  }
}
