import { createHash, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import type { Update as TelegramUpdate } from 'telegraf/types'
import type {
  Capabilities,
  Channel,
  MenuEntry,
  Notice,
  Notify,
  OutMessage,
  Receive,
  Sent,
  Trouble,
  Update,
  Webhook,
} from './channel.ts'
import type { Shared } from './shared.ts'
import { type Arrival, createReader, Me, Numbered } from './telegram/arrival.ts'
import { createCalls, type Failure, readFailure } from './telegram/calls.ts'
import { fetchFile } from './telegram/file.ts'
import { runLoop, type Timing, WANTED } from './telegram/loop.ts'
import { isTokenRefused, outcomeOf, post } from './telegram/post.ts'

export type TelegramOptions = {
  /** As BotFather gives it: the bot's number, a colon, its secret. */
  readonly token: string
  /** "https://api.telegram.org", or a server of one's own. */
  readonly apiRoot: string
  readonly shared: Shared
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly timing?: Partial<Timing>
} & (
  | { readonly mode: 'polling' }
  | {
      readonly mode: 'webhook'
      /** 1 to 256 of A-Z a-z 0-9 _ - */
      readonly webhookSecret: string
      /** Without a slash at its end. */
      readonly publicUrl: string
    }
)

const TIMING: Timing = {
  pollSeconds: 25,
  callMs: 20_000,
  connectMs: 10_000,
  pauseMs: 3_000,
  longPauseMs: 30_000,
}

const CAPABILITIES: Capabilities = {
  textMax: 4096,
  buttons: 12,
  files: 'any',
  fileMax: 50 * 1024 * 1024,
  captionMax: 1024,
  takesFiles: true,
  isRepeatable: false,
  pace: {
    // At most five such stretches begin within a second, so never more than 30 messages, and 28.8 on the long run.
    account: { points: 6, perMs: 208 },
    // The numbers of groups begin with a minus.
    chat: (to) => (to.startsWith('-') ? { points: 18, perMs: 60_000 } : { points: 3, perMs: 3_000 }),
  },
}

const PATH = '/telegram/webhook'
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
/** Telegram calls at so many places at once; what comes from one chat it keeps in line. */
const CONNECTIONS_MAX = 40
const HOUR_MS = 3_600_000
const COMMAND = /^[a-z0-9_]{1,32}$/
const DESCRIPTION_MAX = 256

/** From a start to its stop. */
interface Session {
  readonly receive: Receive
  readonly notify: Notify
  readonly stopping: AbortController
}

export function createTelegramChannel(options: TelegramOptions): Channel {
  const { token, apiRoot, shared, clock, log } = options
  const timing = { ...TIMING, ...options.timing }
  const call = createCalls({ token, apiRoot, ...timing })
  const readArrival = createReader(token)
  const underWay = new Set<Promise<unknown>>()
  const movedTo = new Map<string, string>()
  const toldAt = new Map<Trouble, number>()
  /** Updates of which the person knows that they were not stored. */
  const saidOf = new Set<string>()
  let session: Session | undefined
  let me: Me | undefined

  /** Who we are, and where updates go; what waits at Telegram goes on waiting. */
  async function setUp(signal: AbortSignal): Promise<void> {
    me = Me.parse(await call('getMe', {}, signal))
    if (options.mode === 'polling') {
      await call('deleteWebhook', {}, signal)
      return
    }
    const { publicUrl, webhookSecret } = options
    const where = { url: `${publicUrl}${PATH}`, secret_token: webhookSecret }
    const how = { allowed_updates: WANTED, max_connections: CONNECTIONS_MAX }
    await call('setWebhook', { ...where, ...how }, signal)
  }

  /** All at once and in order; returns the numbers of those that were not stored. */
  async function takeIn(updates: readonly TelegramUpdate[], own: Session): Promise<readonly number[]> {
    if (!me || own.stopping.signal.aborted) return updates.map(({ update_id }) => update_id)
    const self = me
    const arrivals = await Promise.all(updates.map((update) => readArrival(update, self)))
    const isDone = await Promise.all(arrivals.map((arrival) => take(arrival, own)))
    return updates.flatMap(({ update_id }, index) => (isDone[index] ? [] : [update_id]))
  }

  /** The door of a message: whether Telegram may forget it. */
  async function take({ update, notice, press, isUnknown }: Arrival, own: Session): Promise<boolean> {
    try {
      if (isUnknown) log.warn('an update of an unknown form')
      if (notice?.type === 'moved') movedTo.set(notice.chat, notice.to)
      if (notice) await own.notify(notice)
      if (update && !(await store(update, own))) return false
    } catch (error) {
      log.error({ failure: readFailure(error).code }, 'an update could not be taken in')
      return false
    }
    if (press) void track(answer(press))
    return true
  }

  async function store(update: Update, { receive }: Session): Promise<boolean> {
    const { isStored, say } = await receive(update)
    if (isStored) saidOf.delete(update.id)
    else if (say !== undefined && !saidOf.has(update.id)) {
      saidOf.add(update.id)
      await deliver(update.chat, { id: update.id, text: say, choices: [] })
    }
    return isStored
  }

  async function answer({ id, label }: NonNullable<Arrival['press']>): Promise<void> {
    const text = label === undefined ? {} : { text: label }
    await call('answerCallbackQuery', { callback_query_id: id, ...text }).catch(noteFailure)
  }

  const handle: Webhook['handle'] = async ({ headers, body }) => {
    if (options.mode !== 'webhook' || !isSame(headers[SECRET_HEADER], options.webhookSecret)) {
      return { status: 401 }
    }
    if (!session || !me) return { status: 503 }
    const read = readJson(body)
    if (!read) return { status: 400 }
    const update = Numbered.safeParse(read.json)
    if (!update.success) log.warn('a webhook call that is no update')
    const open = update.success ? await track(takeIn([update.data], session)) : []
    return { status: open.length === 0 ? 200 : 500 }
  }

  async function deliver(to: string, message: OutMessage): ReturnType<Channel['send']> {
    const attempt = (chat: string): Promise<Sent | Failure> => post(call, chat, message).catch(readFailure)
    let result = await attempt(movedTo.get(to) ?? to)
    if (result.type === 'refused' && result.movedTo !== undefined) {
      movedTo.set(to, result.movedTo)
      await inform({ type: 'moved', chat: to, to: result.movedTo })
      result = await attempt(result.movedTo)
    }
    if (result.type === 'sent') return result
    log.warn({ failure: result.code }, 'a message was not sent')
    if (isTokenRefused(result)) await tell('tokenRefused')
    return outcomeOf(result)
  }

  async function setMenu(chat: string, menu: readonly MenuEntry[]): Promise<void> {
    const commands = menu
      .map(({ command, description }) => ({
        command: command.replace(/^\//, ''),
        description: description.slice(0, DESCRIPTION_MAX),
      }))
      .filter(({ command }) => COMMAND.test(command))
    const scope = { type: 'chat', chat_id: movedTo.get(chat) ?? chat } as const
    await call('setMyCommands', { commands, scope }).catch(noteFailure)
  }

  /** Once an hour: whoever is told cannot mend it at once. */
  async function tell(trouble: Trouble): Promise<void> {
    const now = clock()
    if (now < (toldAt.get(trouble) ?? Number.NEGATIVE_INFINITY) + HOUR_MS) return
    toldAt.set(trouble, now)
    await inform({ type: 'trouble', trouble })
  }

  /** What nothing waits for. */
  async function inform(notice: Notice): Promise<void> {
    await session?.notify(notice).catch(noteFailure)
  }

  /** Errors of telegraf's hold the token and the text: of them only the code is logged. */
  function noteFailure(error: unknown): void {
    log.warn({ failure: readFailure(error).code }, 'telegram: something nobody waits for failed')
  }

  function track<T>(promise: Promise<T>): Promise<T> {
    const tracked = promise.finally(() => underWay.delete(tracked))
    underWay.add(tracked)
    return tracked
  }

  return {
    name: 'telegram',
    capabilities: CAPABILITIES,
    ...(options.mode === 'webhook' ? { webhook: { path: PATH, handle } } : {}),

    async start(receive, notify = async () => undefined) {
      const own = { receive, notify, stopping: new AbortController() }
      session = own
      const poll = (updates: readonly TelegramUpdate[]) => takeIn(updates, own)
      const ways = options.mode === 'polling' ? { takeIn: poll } : {}
      const { signal } = own.stopping
      void track(runLoop({ call, shared, timing, log, signal, setUp, tell, ...ways }).catch(noteFailure))
    },

    send: (to, message) => track(deliver(to, message)),
    inviteLink: (code) => me && `https://t.me/${me.username}?start=${code}`,
    setMenu: (chat, menu) => track(setMenu(chat, menu)),
    fetchFile: (ref) => track(fetchFile({ call, token, apiRoot, callMs: timing.callMs }, ref)),

    async stop() {
      session?.stopping.abort()
      session = undefined
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

/** Hashed, so that both are equally long and the time taken tells nothing. */
function isSame(given: string | readonly string[] | undefined, secret: string): boolean {
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(secret))
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Undefined where it is none, or was cut inside a letter. */
function readJson(body: Uint8Array): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return undefined
  }
}
