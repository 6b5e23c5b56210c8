import type { Logger } from 'pino'
import type { Capabilities } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { addMinutes, dayOf, isOfficeTime } from './core/calendar.ts'
import { findPerson, type Office } from './core/office.ts'
import { deedOfReminder } from './core/remind.ts'
import { workTimeOf } from './core/schedule.ts'
import type { Event } from './core/talk.ts'
import type { Refusal } from './delivery.ts'
import { fitMessage } from './outgoing.ts'
import type { Steps } from './steps.ts'
import { EMPTY_DEED, type OutRow, type Store, type StoredOffice, type Undone } from './store/store.ts'
import type { Worlds } from './world.ts'

/** What becomes of words that cannot go as they were meant to. */
export interface Detour {
  /** A channel refused them. */
  sendElsewhere(row: OutRow, refusal: Refusal): Promise<void>
  /** The deed that is to be done anew, where they would no longer be true. */
  overtaken(row: OutRow): Promise<Undone | undefined>
}

/** What is written so long after its hour comes at an odd one. */
const LATE_MINUTES = 60

export function createDetour({
  store,
  clock,
  log,
  announce,
  readOffice,
  readTalk,
  deliver,
  capabilitiesOf,
}: Pick<Steps, 'announce'> & {
  readonly store: Store
  readonly clock: () => Moment
  readonly log: Logger
  readonly readOffice: (stored: StoredOffice) => Office
  readonly readTalk: Worlds['readTalk']
  readonly deliver: () => void
  readonly capabilitiesOf: (channel: string) => Capabilities | undefined
}): Detour {
  /** Where a chat is closed its words go to another of the person's; where none takes them, somebody is asked to tell them. */
  async function sendElsewhere(
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

  /** A reminder that could not go in its hour, or whose person has spoken since, would no longer be true: it is planned anew. */
  async function overtaken({ key, officeId, personId, at, attempt }: OutRow): Promise<Undone | undefined> {
    const now = clock()
    const isLate = addMinutes(at, LATE_MINUTES) <= now
    const deed = personId === undefined ? undefined : deedOfReminder(key, personId)
    if (deed === undefined || officeId === undefined || personId === undefined) return undefined
    if (attempt <= 1 && !isLate) return undefined
    const isOver = await store.look(officeId, async (facts) => {
      const office = facts.office && readOffice(facts.office)
      const person = office && findPerson(office, personId)
      if (!office || !person) return false
      const { pace } = await readTalk(facts, person)
      const hasSpoken = pace !== undefined && pace.minute >= at.slice(0, 16)
      const isAnotherDay = dayOf(at) !== dayOf(now)
      return hasSpoken || isAnotherDay || (isLate && !isOfficeTime(now, workTimeOf(office.calendar)))
    })
    return isOver ? { officeId, key: deed } : undefined
  }

  return { sendElsewhere, overtaken }
}
