import type { AskReason } from './figure.ts'

/** How much was said: a canonical decimal, or a doubt with the amounts it may stand for. */
export type Amount = Known | Doubt

export interface Known {
  readonly value: string
}

export interface Doubt {
  readonly why: AskReason
  readonly choices: readonly string[]
}

/** Whether an amount is settled: `isKnown({ value: '12' })`. */
export function isKnown(amount: Amount): amount is Known {
  return 'value' in amount
}

/** An amount that must be asked about: `doubt('fraction', '125')`. */
export function doubt(why: AskReason, ...choices: readonly string[]): Doubt {
  return { why, choices: [...new Set(choices)] }
}
