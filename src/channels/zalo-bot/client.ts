import { Readable } from 'node:stream'
import { type Dispatcher, request } from 'undici'
import { z } from 'zod'
import { readJson } from './events.ts'

/** How a call ended. "unreached": nothing of it left us. "unanswered": it left, and nobody knows what became of it. */
export type Answer =
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'no'; readonly code: number; readonly words: string }
  | { readonly type: 'unreached' | 'unanswered'; readonly reason: string }
export type Failure = Exclude<Answer, { readonly type: 'done' }>

const Reply = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.coerce.number().optional().catch(undefined),
  description: z.string().catch(''),
})

/** A refusal may come with status 200, and a page of some gateway with any. */
export async function post(
  url: string,
  body: object,
  how: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal },
): Promise<Answer> {
  const bytes = Buffer.from(JSON.stringify(body))
  let hasLeft = false
  // The body is asked for once a connection stands: before that, nothing can have been done.
  function* give() {
    hasLeft = true
    yield bytes
  }
  try {
    const { statusCode, body: answer } = await request(url, {
      ...how,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': String(bytes.length) },
      body: Readable.from(give()),
      // A kept connection may be closing just when it is used again, and then nobody knows whether it was.
      reset: true,
    })
    const reply = Reply.safeParse(readJson(new Uint8Array(await answer.arrayBuffer())))
    if (reply.data?.ok && statusCode < 300) return { type: 'done', result: reply.data.result }
    const code = reply.data?.error_code ?? statusCode
    const isNo = reply.success || (statusCode >= 400 && statusCode < 500)
    return isNo && code < 500
      ? { type: 'no', code, words: reply.data?.description ?? '' }
      : { type: 'unanswered', reason: `status ${code}` }
  } catch (error) {
    // Its words may hold the address, and so the token.
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'failed'
    return { type: hasLeft ? 'unanswered' : 'unreached', reason }
  }
}
