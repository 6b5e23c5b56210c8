import type { IncomingMessage, ServerResponse } from 'node:http'
import { busy, isRecord, type Params, type Reply } from './methods.ts'
import { readMultipart } from './multipart.ts'

export type Fault =
  /** Done, and the connection cut before the answer. */
  | 'lose'
  /** Read, not done, the connection reset. */
  | 'reset'
  /** Read, not done, never answered. */
  | 'hang'
  /** Done and never answered. */
  | 'mute'
  /** Done, and answered by something that is no JSON. */
  | 'notJson'
  /** getUpdates, webhook: told twice, whatever is confirmed. */
  | 'duplicate'
  /** getUpdates: the last one first. webhook: the update comes after what others wrote later. */
  | 'reorder'
  /** Not done. */
  | {
      readonly status: number
      readonly retryAfter?: number
      readonly description?: string
      readonly location?: string
    }

/** Whether the call ends here: whatever is not done is not even looked at. */
export function suffer(fault: Fault | undefined, res: ServerResponse): boolean {
  if (fault === 'hang') return true
  if (fault === 'reset') {
    res.socket?.resetAndDestroy()
    return true
  }
  if (typeof fault !== 'object') return false
  const { status, retryAfter, description, location } = fault
  if (location !== undefined) res.writeHead(status, { location }).end()
  else if (status === 429) write(res, busy(retryAfter ?? 1))
  else if (status >= 500)
    res.writeHead(status, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>')
  else write(res, { ok: false, error_code: status, description: description ?? 'Forbidden' })
  return true
}

export function write(res: ServerResponse, reply: Reply): void {
  const text = JSON.stringify(reply)
  res
    .writeHead(reply.ok ? 200 : reply.error_code, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    .end(text)
}

export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export function readParams(body: Buffer, contentType: string): Params | undefined {
  if (contentType.startsWith('multipart/form-data')) return readMultipart(body, contentType)
  if (contentType !== 'application/json') return undefined
  const params: unknown = JSON.parse(body.toString())
  return isRecord(params) ? params : undefined
}

export function conflict(description: string): Reply {
  return { ok: false, error_code: 409, description: `Conflict: ${description}` }
}
