import { z } from 'zod'

/** An instant as Vietnam's clocks show it: "2025-03-03T08:00:00.000+07:00". Always this offset, so text order is time order. */
export type Moment = string

/** YYYY-MM-DD, a day in Vietnam. */
export type Day = string

/** What an answer says: a value, or one of the kinds of empty. A confirmed nought is the value "0". */
export const Given = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('value'),
    /** Canonical: "7847", "95.5", "7/28", "2025-03-14". */
    value: z.string(),
    unit: z.string().exactOptional(),
    qualifier: z.literal(['exact', 'approx', 'atLeast', 'atMost', 'estimate']),
  }),
  z.object({ state: z.literal('text'), text: z.string() }),
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('notApplicable') }),
  z.object({ state: z.literal('pending'), until: z.string().exactOptional() }),
  /** Taken back by "hoàn tác" when nothing stood there before. */
  z.object({ state: z.literal('withdrawn') }),
])
export type Given = z.infer<typeof Given>

/** Append-only: a correction is a new answer to the same item. */
export interface Answer {
  readonly code: string
  readonly given: Given
  /** The words it was read from. */
  readonly raw: string
  /** Person id. */
  readonly by: string
  readonly at: Moment
  readonly channel: string
  readonly messageId: string
  /** Why an earlier answer was changed, or a contradiction kept. */
  readonly reason?: string
}

/** Whether two answers say the same; a unit typed or left out makes no difference. */
export function isSameGiven(one: Given, other: Given): boolean {
  if (one.state === 'value' && other.state === 'value')
    return one.value === other.value && one.qualifier === other.qualifier
  return JSON.stringify(one) === JSON.stringify(other)
}
