import type { Logger } from 'pino'
import type { Notify, Trouble, Update } from './channels/channel.ts'
import { readMarks } from './channels/marks.ts'
import type { Moment } from './core/answer.ts'
import { momentOf } from './core/calendar.ts'
import { never } from './core/never.ts'
import type { Office } from './core/office.ts'
import type { Steps } from './steps.ts'
import type { Address, Store, StoredOffice } from './store/store.ts'

/** What channels learn beside messages, and what becomes of it. */
export interface Notices {
  notify(channel: string): Notify
  /** A telephone number lets nobody in; those who hand out codes hear whose it is. */
  tellOfCaller(channel: string, update: Update): Promise<void>
  /** The channels that need a person and through which nothing has gone since, each with why. */
  troubled(): ReadonlyMap<string, Trouble>
  /** Something went through it. */
  worked(channel: string): void
}

export function createNotices({
  store,
  readOffice,
  clock,
  log,
  announce,
}: Pick<Steps, 'announce'> & {
  readonly store: Store
  readonly readOffice: (stored: StoredOffice) => Office
  readonly clock: () => Moment
  readonly log: Logger
}): Notices {
  const troubles = new Map<string, Trouble>()

  async function tellOfCaller(channel: string, { chat, phone = '' }: Update): Promise<void> {
    const local = phone.replace(/\D/g, '').replace(/^84/, '0')
    if ((await store.findPerson({ channel, chat })) !== undefined) return
    for (const stored of await store.listOffices()) {
      const person = readOffice(stored).people.find((one) => one.phone === local)
      const key = `asksIn:${channel}:${chat}`
      if (person)
        await announce(stored.id, {
          key,
          to: ['admin', 'coordinator'],
          event: { type: 'asksIn', personId: person.id, channel },
        })
    }
  }

  function notify(channel: string): Notify {
    return async (notice) => {
      const at = clock()
      switch (notice.type) {
        case 'arrived':
          await confirmArrival({ channel, chat: notice.chat }, notice)
          break
        case 'closed':
          await store.closeAddress({ channel, chat: notice.chat }, notice.reason, at)
          break
        case 'moved':
          await store.moveChat({ channel, chat: notice.chat }, notice.to)
          break
        case 'withdrawn':
          await store.forget(
            { channel, chat: notice.chat },
            notice.at === undefined ? at : momentOf(notice.at),
            at,
          )
          break
        case 'trouble': {
          const { trouble } = notice
          log.error({ channel, trouble }, 'a channel needs a person')
          troubles.set(channel, trouble)
          const key = `trouble:${channel}:${trouble}:${at.slice(0, 10)}`
          for (const { id } of await store.listOffices())
            await announce(id, {
              key,
              to: ['admin'],
              avoid: new Set([channel]),
              event: { type: 'trouble', trouble, channel },
            })
          break
        }
        default:
          never(notice)
      }
    }
  }

  /** Known by its words, as they look where marks are not shown. */
  async function confirmArrival(
    address: Address,
    { text, messageId }: { readonly text?: string; readonly messageId?: string },
  ): Promise<void> {
    if (text === undefined || text === '') return
    const plain = (words: string) =>
      readMarks(words.normalize('NFC'))
        .plain.replace(/\[@[^\]]*\]/g, '')
        .trim()
    const isIt = (stored: string) => plain(stored) === plain(text)
    await store.confirmArrival(address, { isIt, ...(messageId === undefined ? {} : { messageId }) }, clock())
  }

  return {
    notify,
    tellOfCaller,
    troubled: () => troubles,
    worked: (channel) => void troubles.delete(channel),
  }
}
