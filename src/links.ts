import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Receive } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { addMinutes } from './core/calendar.ts'
import type { Store, StoredLink } from './store/store.ts'
import type { Links } from './web/links.ts'

/** Hands out addresses for files where a channel has none. */
export interface LinkDesk {
  /** The address, and for how many minutes it opens. */
  open(
    link: Omit<StoredLink, 'id' | 'expiresAt'>,
  ): Promise<{ readonly url: string; readonly minutes: number }>
}

const MINUTES = { download: 60, upload: 30 } as const
const ID_BYTES = 16
const ID_LENGTH = 22
const SECRET = 'links'

/** Short-lived signed links; each opens once. A file that is sent there comes in like any message of its chat. */
export async function createLinks({
  store,
  clock,
  publicUrl,
  receive,
}: {
  readonly store: Store
  readonly clock: () => Moment
  readonly publicUrl: string
  readonly receive: (channel: string) => Receive
}): Promise<LinkDesk & Links> {
  const secret = await readOrMakeSecret(store, clock)
  const sign = (id: string) => createHmac('sha256', secret).update(id).digest('base64url').slice(0, ID_LENGTH)

  /** A forged one is known as such without asking the store. */
  async function read(token: string): Promise<StoredLink | undefined> {
    const [id, signature] = [token.slice(0, ID_LENGTH), Buffer.from(token.slice(ID_LENGTH))]
    const ours = Buffer.from(sign(id))
    const isSigned = signature.length === ours.length && timingSafeEqual(signature, ours)
    const link = isSigned ? await store.readLink(id, clock()) : undefined
    // The chat may have become somebody else's since.
    const owner = link && (await store.findPerson(link))
    return owner?.officeId === link?.officeId && owner?.personId === link?.personId ? link : undefined
  }

  return {
    open: async (link) => {
      const id = randomBytes(ID_BYTES).toString('base64url')
      const minutes = MINUTES[link.purpose]
      await store.saveLink({ ...link, id, expiresAt: addMinutes(clock(), minutes) })
      return { url: new URL(`/tep/${id}${sign(id)}`, publicUrl).href, minutes }
    },

    look: async (token) => {
      const link = await read(token)
      if (link?.purpose !== 'download') return link && { purpose: 'upload' }
      const file = link.fileId === undefined ? undefined : await store.readFile(link.officeId, link.fileId)
      return file && { purpose: 'download', name: file.name }
    },

    download: async (token) => {
      const link = await read(token)
      if (link?.purpose !== 'download' || link.fileId === undefined) return undefined
      const file = await store.readFile(link.officeId, link.fileId)
      return file && (await store.spendLink(link.id, clock())) ? file : undefined
    },

    upload: async (token, { name, bytes }) => {
      const link = await read(token)
      if (link?.purpose !== 'upload') return 'gone'
      const { id, channel, chat } = link
      // Sent twice it is one message: the link names it.
      const update = { id: `link:${id}`, chat, text: '', files: [{ name, size: bytes.length, bytes }] }
      const { isStored } = await receive(channel)(update)
      if (isStored) await store.spendLink(id, clock())
      return isStored ? 'stored' : 'notStored'
    },
  }
}

/** One for all processes and all time; a lease lets one of them make it. */
async function readOrMakeSecret(store: Store, clock: () => Moment): Promise<string> {
  const holder = randomBytes(ID_BYTES).toString('hex')
  for (;;) {
    const kept = await store.readSecret(SECRET)
    if (kept !== undefined) return kept
    const lease = { name: SECRET, holder, until: addMinutes(clock(), 1) }
    if (await store.hold(lease, clock()))
      await store.keepSecret(SECRET, randomBytes(32).toString('hex'), clock())
    else await sleep(50)
  }
}
