import { createHash, timingSafeEqual } from 'node:crypto'
import { readOutermost } from '../json.ts'

const HEADER = 'x-zevent-signature'

/** The digest a request claims to have; undefined where it claims none that could be right. */
export function readMac(headers: Readonly<Record<string, unknown>>): Buffer | undefined {
  const value = headers[HEADER]
  const hex = typeof value === 'string' && /^(?:mac=)?([0-9a-f]{64})$/i.exec(value.replace(/\s/g, ''))?.[1]
  return hex ? Buffer.from(hex, 'hex') : undefined
}

export interface Signed {
  readonly mac: Buffer
  /** As it came: a body written anew is another body. */
  readonly body: Uint8Array
  /** The same, read as text and known to be JSON. */
  readonly text: string
}

/**
 * SHA-256 over app id, body, timestamp and key. Zalo is reported to sign with either of two keys, and some events
 * with the id of the account in place of the app's. Only digits may stand before and behind the body, so that no
 * part of it passes for either.
 */
export function isSigned({ mac, body, text }: Signed, appId: string, keys: readonly string[]): boolean {
  const [timestamp, ...more] = readOutermost(text, 'timestamp')
  if (!isDigits(timestamp) || more.length > 0) return false
  const ids = [appId, ...readOutermost(text, 'oa_id').filter(isDigits)]
  const digests = ids.flatMap((id) =>
    keys.map((key) => createHash('sha256').update(id).update(body).update(timestamp).update(key).digest()),
  )
  return digests.some((digest) => timingSafeEqual(digest, mac))
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value)
}
