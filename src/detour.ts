import type { Logger } from 'pino'
import type { Capabilities } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import type { Event } from './core/talk.ts'
import type { Refusal } from './delivery.ts'
import { fitMessage } from './outgoing.ts'
import type { Steps } from './steps.ts'
import { EMPTY_DEED, type OutRow, type Store } from './store/store.ts'

/** What becomes of words a channel refused. */
export type Detour = (row: OutRow, refusal: Refusal) => Promise<void>

export function createDetour({
  store,
  clock,
  log,
  announce,
  deliver,
  capabilitiesOf,
}: Pick<Steps, 'announce'> & {
  readonly store: Store
  readonly clock: () => Moment
  readonly log: Logger
  readonly deliver: () => void
  readonly capabilitiesOf: (channel: string) => Capabilities | undefined
}): Detour {
  /** Where a chat is closed its words go to another of the person's; where none takes them, somebody is asked to tell them. */
  return async function sendElsewhere(
    row: OutRow,
    { reason, isClosed = false, isQuota = false }: Refusal,
  ): Promise<void> {
    const { officeId, personId, channel, chat } = row
    log.warn({ channel, reason, row: row.id }, 'a message was refused')
    if (officeId === undefined || personId === undefined) return
    if (isClosed && !isQuota) await store.closeAddress({ channel, chat }, reason, clock())
    const key = `moved:${row.id}`
    const deed = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      const open = (await facts.addresses()).find(
        (one) =>
          one.personId === personId &&
          one.closed === undefined &&
          !(one.channel === channel && one.chat === chat),
      )
      if (!facts.office || !open || !isClosed) return undefined
      const { text, choices, file, link } = row
      const message = {
        channel: open.channel,
        chat: open.chat,
        personId,
        key,
        text,
        choices,
        isUnasked: true,
        ...(file ? { file } : {}),
        ...(link ? { link } : {}),
      }
      return { ...EMPTY_DEED, at: clock(), messages: fitMessage(message, capabilitiesOf(open.channel)) }
    })
    if (deed) return deliver()
    // Of an alert that does not arrive no alert is made.
    if (/^(?:unreachable|unsure|trouble|looping):/.test(row.key)) return
    const event: Event = { type: 'unreachable', personId, text: row.text }
    await announce(officeId, {
      key: `unreachable:${row.id}`,
      to: ['coordinator', 'admin'],
      not: personId,
      event,
    })
  }
}
