import { createHash, randomInt } from 'node:crypto'

/** Letters and figures nobody mistakes for one another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const SIGNS = `${LETTERS}23456789`

/** A one-time code as people type it, and as a deep link carries it: never a mere number, which might be an answer. */
export const CODE = /^(?:\/start )?(?=\S*[A-Z])([A-HJ-NP-Z2-9]{6})$/i

export const INVITE_MINUTES = 60

/** Six signs, one at least a letter. */
export function newCode(): string {
  const signs = Array.from({ length: 6 }, () => SIGNS[randomInt(SIGNS.length)] ?? '')
  signs[randomInt(signs.length)] = LETTERS[randomInt(LETTERS.length)] ?? ''
  return signs.join('')
}

/** Only the hash of a one-time code is kept. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code.toUpperCase()).digest('hex')
}
