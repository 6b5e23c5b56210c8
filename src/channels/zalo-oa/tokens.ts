import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Agent } from 'undici'
import { z } from 'zod'
import type { Trouble } from '../channel.ts'
import type { Shared } from '../shared.ts'
import { post } from './client.ts'
import { remedyOf } from './errors.ts'
import { seal, unseal } from './vault.ts'

/**
 * The account's tokens. A refresh token is good for one use and brings the next one: the answer to its use is kept,
 * as it came, before anything else is done with it, and only one process at a time may ask.
 */
export interface Tokens {
  /** One to send with, other than the one just refused; undefined while there is none. */
  read(refused?: string): Promise<string | undefined>
}

export interface TokensOptions {
  readonly appId: string
  readonly appSecret: string
  readonly seedRefreshToken?: string
  readonly oauthRoot: string
  readonly shared: Shared
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly agent: Agent
  readonly requestMs: number
  readonly lockMs: number
  /** The administrators are to know. */
  tell(trouble: Trouble): Promise<void>
}

const NAME = 'zalo-oa-token'
/** Longer than a request takes, and than the store takes to keep its answer. */
const HOLD_MS = 60_000
const LOCK_TRIES = 50
const AGAIN_MS = 60_000

/** All that is known of the tokens, as it is kept. */
const Chain = z.object({
  /** What Zalo answered last, letter for letter, and when. */
  reply: z.string().optional(),
  at: z.number().default(0),
  /** A refresh token from a person, not used yet. */
  given: z.string().optional(),
  /** No token of this chain works any more. */
  isDead: z.boolean().default(false),
  /** Marks of the tokens given by people and used up: they are not tried again. */
  tried: z.array(z.string()).readonly(),
})
type Chain = z.infer<typeof Chain>

const Pair = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(90_000),
})

interface Held {
  readonly token: string
  /** From when on it should be replaced, and from when on it is of no use. */
  readonly dueAt: number
  readonly endsAt: number
}

export function createTokens(options: TokensOptions): Tokens {
  const { appSecret, shared, clock, log, tell, lockMs } = options
  let held: Held | undefined
  let renewing: Promise<void> | undefined
  // Answered by Zalo and not kept, since the store failed: the only copy there is.
  let unkept: Chain | undefined

  async function renew(refused: string | undefined): Promise<void> {
    try {
      const isDone = await underLock(shared, lockMs, () => renewAlone(refused))
      if (!isDone) log.warn('another process holds the tokens')
    } catch (error) {
      log.error({ err: error }, 'the tokens could not be renewed')
    }
  }

  async function renewAlone(refused: string | undefined): Promise<void> {
    if (unkept) await keep(unkept)
    const sealed = await shared.readSecret(NAME)
    const kept = readChain(sealed, appSecret)
    held = kept && heldOf(kept)
    if (!kept) return tell('tokenRefused')
    if (isFresh(refused)) return
    const token = nextToken(kept, options.seedRefreshToken)
    if (token !== undefined) await useUp(token, kept, sealed)
    else if (sealed === undefined) await bury(kept)
  }

  async function useUp(token: string, kept: Chain, sealed: string | undefined): Promise<void> {
    const reply = await askForPair(token, options)
    if (reply.type === 'answered') {
      unkept = { reply: reply.text, at: clock(), isDead: false, tried: triedAfter(kept, token) }
      return keep(unkept)
    }
    const remedy = reply.type === 'failed' ? remedyOf(reply.code, reply.words) : undefined
    if (remedy?.class !== 'person') {
      log.warn({ reply: reply.type }, 'no new tokens for now')
      // What is still good serves on, and not every message waits for one more try.
      if (held) held = { ...held, dueAt: clock() + AGAIN_MS }
      return
    }
    if (remedy.trouble !== 'tokenDead') return tell(remedy.trouble)
    // Another process may have used it, if it held the lock for too long.
    if ((await shared.readSecret(NAME)) === sealed) await bury({ tried: [...kept.tried, markOf(token)] })
  }

  async function keep(chain: Chain): Promise<void> {
    await shared.keepSecret(NAME, seal(JSON.stringify(chain), appSecret))
    unkept = undefined
    held = heldOf(chain)
  }

  /** Told first: what is kept says that it was told. */
  async function bury({ tried }: Pick<Chain, 'tried'>): Promise<void> {
    await tell('tokenDead')
    await keep({ ...ENDED, tried })
  }

  function isFresh(refused: string | undefined): boolean {
    return held !== undefined && held.token !== refused && clock() < held.dueAt
  }

  return {
    async read(refused) {
      if (!isFresh(refused)) {
        renewing ??= renew(refused).finally(() => {
          renewing = undefined
        })
        await renewing
      }
      return held && held.token !== refused && clock() < held.endsAt ? held.token : undefined
    },
  }
}

/** What there is before anything is kept. */
const ENDED: Chain = { at: 0, isDead: true, tried: [] }

/** Due after four fifths of its life: 20 of 25 hours. */
function heldOf({ reply, at }: Chain): Held | undefined {
  if (reply === undefined) return undefined
  const { access_token, expires_in } = Pair.parse(JSON.parse(reply))
  return { token: access_token, dueAt: at + expires_in * 800, endsAt: at + expires_in * 1000 }
}

/** A token from the environment begins a chain, and one that ended, unless that had begun or ended with it. */
function nextToken(kept: Chain, seed: string | undefined): string | undefined {
  if (kept.isDead) return seed === undefined || kept.tried.includes(markOf(seed)) ? undefined : seed
  return kept.reply === undefined ? kept.given : Pair.parse(JSON.parse(kept.reply)).refresh_token
}

/** Only what people gave is remembered: nobody else ever sees the tokens in between. */
function triedAfter({ reply, tried }: Chain, token: string): readonly string[] {
  return reply === undefined ? [...tried, markOf(token)] : tried
}

function markOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16)
}

/** Undefined where it was sealed with another secret. */
function readChain(sealed: string | undefined, key: string): Chain | undefined {
  if (sealed === undefined) return ENDED
  const words = unseal(sealed, key)
  return words === undefined ? undefined : Chain.parse(JSON.parse(words))
}

async function askForPair(token: string, { appId, appSecret, oauthRoot, agent, requestMs }: TokensOptions) {
  const form = { app_id: appId, grant_type: 'refresh_token', refresh_token: token }
  const reply = await post({
    url: `${oauthRoot}/v4/oa/access_token`,
    headers: { secret_key: appSecret, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    agent,
    forMs: requestMs,
  })
  return reply.type === 'answered' && !Pair.safeParse(reply.json).success
    ? ({ type: 'unanswered', reason: 'no pair' } as const)
    : reply
}

/** True once the work was done; false where another process kept the lock. */
async function underLock(shared: Shared, waitMs: number, work: () => Promise<void>): Promise<boolean> {
  for (let tries = 1; !(await shared.hold(NAME, HOLD_MS)); tries += 1) {
    if (tries === LOCK_TRIES) return false
    await sleep(waitMs)
  }
  try {
    await work()
    return true
  } finally {
    await shared.letGo(NAME)
  }
}

/** Why a pasted token was not taken; "busy": another process has the tokens in hand just now. */
export type NotTaken = 'secretKey' | 'tooShort' | 'notAToken' | 'usedUp' | 'busy'

const SHORTEST = 40

/** Begins the chain anew with a refresh token from Zalo's API Explorer; running processes go on by themselves. */
export async function pasteRefreshToken(paste: {
  readonly shared: Shared
  readonly appSecret: string
  readonly token: string
  readonly lockMs?: number
}): Promise<'taken' | NotTaken> {
  const { shared, appSecret, lockMs = 200 } = paste
  const token = paste.token.trim()
  if (token === appSecret) return 'secretKey'
  // An application's id, a line of a form, a piece of JSON.
  if (/^\d+$|[\s"{}:]/.test(token)) return 'notAToken'
  if (token.length < SHORTEST) return 'tooShort'
  let result: 'taken' | NotTaken = 'busy'
  await underLock(shared, lockMs, async () => {
    // Under another secret nothing of what was kept is of use any more.
    const { tried } = readChain(await shared.readSecret(NAME), appSecret) ?? ENDED
    result = tried.includes(markOf(token)) ? 'usedUp' : 'taken'
    if (result === 'usedUp') return
    const chain: Chain = { at: 0, given: token, isDead: false, tried }
    await shared.keepSecret(NAME, seal(JSON.stringify(chain), appSecret))
  })
  return result
}
