import { Readable } from 'node:stream'
import { type Agent, type FormData, request } from 'undici'
import { z } from 'zod'
import { readLosslessJson } from '../json.ts'

/** How a call ended. "unreached": nothing of it was done. "unanswered": whether it was done, nobody knows. */
export type Reply =
  | { readonly type: 'answered'; readonly json: unknown; readonly text: string }
  | { readonly type: 'failed'; readonly code: number; readonly words: string }
  | { readonly type: 'tooMany'; readonly afterMs: number }
  | { readonly type: 'unreached'; readonly reason: string }
  | { readonly type: 'unanswered'; readonly reason: string }

export interface Call {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData
  readonly agent: Agent
  readonly forMs: number
}

const Failure = z.object({
  error: z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number),
  message: z.string().catch(''),
})
/** Zalo has an error of its own for it; some hosts say it by status alone. */
const TOKEN_INVALID = -216

/** Business errors come with status 200; only `error` 0, or no `error` at all, is success. */
export async function post({ url, headers, body, agent, forMs }: Call): Promise<Reply> {
  let hasLeft = false
  // The body is asked for once the connection stands: an error before that is known to have changed nothing.
  function* give() {
    hasLeft = true
    yield body
  }
  const isText = typeof body === 'string'
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(forMs),
      headers: isText ? { ...headers, 'content-length': String(Buffer.byteLength(body)) } : headers,
      body: isText ? Readable.from(give(), { objectMode: false }) : body,
    })
    const text = await answer.body.text()
    if (answer.statusCode === 429)
      return { type: 'tooMany', afterMs: readWait(answer.headers['retry-after']) }
    if (answer.statusCode === 401) return { type: 'failed', code: TOKEN_INVALID, words: '' }
    return readReply(answer.statusCode, text)
  } catch (error) {
    const reason = nameOf(error)
    return { type: hasLeft || !isText ? 'unanswered' : 'unreached', reason }
  }
}

function readReply(status: number, text: string): Reply {
  if (status >= 500) return { type: 'unanswered', reason: `http ${status}` }
  const json = readMaybeJson(text)
  const failure = Failure.safeParse(json)
  if (failure.success && failure.data.error !== 0)
    return { type: 'failed', code: failure.data.error, words: failure.data.message }
  // Turned away before anybody looked at it: a proxy, a wrong path.
  if (status >= 400) return { type: 'unreached', reason: `http ${status}` }
  if (typeof json !== 'object' || json === null) return { type: 'unanswered', reason: 'not JSON' }
  return { type: 'answered', json, text }
}

function readMaybeJson(text: string): unknown {
  try {
    return readLosslessJson(text)
  } catch {
    return undefined
  }
}

function readWait(header: string | readonly string[] | undefined): number {
  const seconds = Number(header)
  return seconds > 0 ? seconds * 1000 : 60_000
}

/** Its code or its kind: an error's words may hold what was sent. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
