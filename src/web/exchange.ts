import type { IncomingMessage } from 'node:http'
import type { WebWord } from './words.ts'

/** An answer to one request, ready to be written. */
export interface Reply {
  readonly status: number
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** A no that is worded for the person. */
export interface Refusal {
  readonly status: number
  readonly say: WebWord
  readonly headers?: Readonly<Record<string, string>>
}

const BODY_MAX = 1024 * 1024

/** Up to so many times too long a body is read and dropped, so that the sender lives to read the answer. */
const PATIENCE = 16

export function replyJson(value: unknown, status = 200): Reply {
  return {
    status,
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  }
}

export function replyText(text: string, status = 200): Reply {
  return {
    status,
    body: text,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  }
}

/** The whole body as bytes: a letter may be cut in two between chunks, so decoding comes after. */
export async function readBody(request: IncomingMessage, max = BODY_MAX): Promise<Uint8Array | 'tooLong'> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size <= max) chunks.push(chunk)
    else if (size > PATIENCE * Math.max(max, BODY_MAX)) break
  }
  return size > max ? 'tooLong' : Buffer.concat(chunks)
}

/** Undefined when it is not JSON in good UTF-8. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}

const TYPE_BY_ENDING: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function replyFile({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): Reply {
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type':
        TYPE_BY_ENDING[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
      'content-disposition': writeDisposition(name),
      'cache-control': 'no-store',
    },
  }
}

/** "attachment" with the name twice: plain for old clients, and in full by RFC 5987. */
function writeDisposition(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\w .()-]/g, '_')
  const full = encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`
}
