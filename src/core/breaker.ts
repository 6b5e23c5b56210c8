import type { Moment } from './answer.ts'
import { addMinutes } from './calendar.ts'

/** What one person is told. */
export interface Told {
  readonly at: Moment
  readonly text: string
  readonly isUnasked: boolean
}

const SAME_IN_AN_HOUR = 3
/** Who asks the same again is answered the same again; only another machine asks so often. */
const SAME_REPLIES_IN_AN_HOUR = 12
const UNASKED_IN_A_DAY = 20

/** From when on one has to know what somebody was told. */
export function breakerSince(now: Moment): Moment {
  return addMinutes(now, -24 * 60)
}

/** Something runs in circles: these very words three times within the hour, or more than enough that nobody asked for. */
export function isRunaway(next: Told, told: readonly Told[]): boolean {
  const anHourAgo = addMinutes(next.at, -60)
  const same = told.filter(({ text, at }) => text === next.text && text !== '' && at > anHourAgo)
  const unasked = told.filter(({ isUnasked, at }) => isUnasked && at > breakerSince(next.at))
  if (!next.isUnasked) return same.length >= SAME_REPLIES_IN_AN_HOUR
  return same.length >= SAME_IN_AN_HOUR || unasked.length >= UNASKED_IN_A_DAY
}
