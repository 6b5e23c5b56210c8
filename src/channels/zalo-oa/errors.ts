import type { Trouble } from '../channel.ts'

/** What is to be done about an error: refresh the token once, wait, look for another way, give up, call a person. */
export type Remedy =
  | { readonly class: 'refresh' }
  | { readonly class: 'wait'; readonly afterMs: number; readonly isPause: boolean }
  | { readonly class: 'window' }
  | { readonly class: 'quota' }
  | { readonly class: 'permanent' }
  | { readonly class: 'person'; readonly trouble: Trouble }

interface Rule {
  readonly codes: readonly number[]
  /** Of a code with two meanings: the words of the one meant. */
  readonly says?: RegExp
  readonly remedy: Remedy
}

const MINUTE = 60_000

/** The first that fits counts. */
const RULES: readonly Rule[] = [
  { codes: [-216, -220, -124], remedy: { class: 'refresh' } },
  // The limits are by the minute, of the application and of the account.
  { codes: [-32], says: /limit/i, remedy: { class: 'wait', afterMs: MINUTE, isPause: true } },
  { codes: [-32], remedy: { class: 'wait', afterMs: MINUTE, isPause: false } },
  // The attachment has expired: it is uploaded anew each time.
  { codes: [-100], remedy: { class: 'wait', afterMs: 1000, isPause: false } },
  { codes: [-234], remedy: { class: 'wait', afterMs: 30 * MINUTE, isPause: false } },
  { codes: [-211, -218], remedy: { class: 'quota' } },
  // Seven days, not following, blocked, restricted, inactive; a group disabled or left.
  {
    codes: [-230, -232, -213, -217, -244, -227, -237, -403],
    remedy: { class: 'window' },
  },
  { codes: [-223], says: /quota|limit/i, remedy: { class: 'quota' } },
  {
    codes: [-204, -205, -209, -212, -219, -221, -223, -224, -235, -240, -242, -320, -321, -14002],
    remedy: { class: 'person', trouble: 'notAllowed' },
  },
  { codes: [-14003, -14004], remedy: { class: 'person', trouble: 'tokenRefused' } },
  { codes: [-14014, -14020, -118], remedy: { class: 'person', trouble: 'tokenDead' } },
]

/** A code nobody listed is a refusal for good: a repetition could only be refused again. */
export function remedyOf(code: number, words: string): Remedy {
  const rule = RULES.find(({ codes, says }) => codes.includes(code) && (says?.test(words) ?? true))
  return rule?.remedy ?? { class: 'permanent' }
}
