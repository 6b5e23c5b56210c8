import type { InFile } from './channels/channel.ts'
import type { Edited, Event, HandedFile, Rewording } from './core/talk.ts'
import { LARGEST_DOCUMENT, readDocument } from './documents.ts'
import type { Facts, StoredInbound } from './store/store.ts'

/** A one-time code as people type it, and as a deep link carries it. */
export const CODE = /^(?:\/start )?([A-HJ-NP-Z2-9]{6})$/i
/** How a message is kept whose code has just been redeemed. */
export const BOUND = '/start '

/** What a stored message is to the conversation. */
export async function readEvent(inbound: StoredInbound, facts: Facts): Promise<Event> {
  const { text, files, edits, sender } = inbound
  // A new wording of what was said in a group is of no more interest than the old one.
  if (sender !== undefined) return { type: 'group', text: edits === undefined ? text : '' }
  if (CODE.test(text) && text.startsWith(BOUND)) return { type: 'bound' }
  const message = { type: 'message', text, files: await readFiles(files, facts) } as const
  return edits === undefined ? message : { ...message, edits: await readRewording(inbound, edits, facts) }
}

async function readFiles(files: StoredInbound['files'], facts: Facts): Promise<readonly HandedFile[]> {
  return Promise.all(
    files.map(async ({ name, size, id }) => {
      const kept = id === undefined ? undefined : await facts.fileOf(id)
      return { name, ...(await readDocument({ name, size, ...(kept ? { bytes: kept.bytes } : {}) })) }
    }),
  )
}

/** What the message said first, and what it gave. A reason given for a figure is not where that figure comes from. */
async function readRewording({ channel }: StoredInbound, edits: string, facts: Facts): Promise<Rewording> {
  const found = facts.periods.map(async ({ key }): Promise<readonly Edited[]> => {
    const own = (await facts.historyOf(key)).filter(
      (answer) => answer.channel === channel && answer.messageId === edits && answer.reason === undefined,
    )
    const given = new Map(own.map((answer) => [answer.code, answer.given]))
    return own
      .filter(({ code }, index) => own.findIndex((one) => one.code === code) === index)
      .map(({ code, raw, given: first }) => ({ periodKey: key, code, given: given.get(code) ?? first, raw }))
  })
  return { before: (await facts.wordsOf(edits)) ?? '', gave: (await Promise.all(found)).flat() }
}

/** What is too large to be read is known by its size, and not kept. */
export function limitFile(file: InFile): InFile {
  const { size, bytes } = file
  const name = file.name.normalize('NFC')
  if (!bytes) return { name, size }
  return { name, size: bytes.length, ...(bytes.length <= LARGEST_DOCUMENT ? { bytes } : {}) }
}
