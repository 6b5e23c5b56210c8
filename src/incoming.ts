import type { InFile, Update } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { readCommand } from './core/command.ts'
import type { Edited, Event, HandedFile, Rewording } from './core/talk.ts'
import { LARGEST_DOCUMENT, readDocument } from './documents.ts'
import { CODE, hashCode } from './invite.ts'
import type { Facts, Inbound, Redeemed, Store, StoredInbound } from './store/store.ts'

/** What became of the code in a message, or under which message a button was pressed; it is kept with it. */
export type Note = Redeemed | { readonly type: 'pressed'; readonly messageId: string }

/** A channel's update as it is to be stored: a pressed button has become its words, a code its hash. */
export async function inboundOf(
  channel: string,
  update: Update,
  { store, at }: { readonly store: Store; readonly at: Moment },
): Promise<Inbound> {
  const { id, chat, files, edits, sender, pressed } = update
  const said = pressed ? await store.readChoice({ channel, chat }, pressed) : update.text
  const text = (said ?? '').normalize('NFC')
  // What is said in a group never makes anybody anyone.
  const code = sender === undefined ? CODE.exec(text.trim())?.[1] : undefined
  const note: Note | undefined = pressed && { type: 'pressed', messageId: pressed.messageId }
  return {
    channel,
    chat,
    updateId: id,
    text,
    files: files.map(limitFile),
    at,
    ...(edits === undefined ? {} : { edits }),
    ...(sender === undefined ? {} : { sender }),
    ...(note === undefined ? {} : { note: JSON.stringify(note) }),
    ...(code === undefined ? {} : { codeHash: hashCode(code) }),
  }
}

/** What we wrote ourselves when the message came in. */
export function readNote(note: string | undefined): Note | undefined {
  return note === undefined ? undefined : JSON.parse(note)
}

/** None of its files has still to be fetched. */
export function isWhole(inbound: StoredInbound | undefined): boolean {
  return inbound === undefined || inbound.files.every(({ ref }) => ref === undefined)
}

/** What a stored message is to the conversation. */
export async function readEvent(inbound: StoredInbound, facts: Facts): Promise<Event> {
  const { channel, text, files, edits, sender } = inbound
  // A new wording of what was said in a group is of no more interest than the old one.
  if (sender !== undefined) return { type: 'group', text: edits === undefined ? text : '' }
  const note = readNote(inbound.note)
  if (note?.type === 'bound') {
    const { others, from } = note
    return { type: 'bound', channel, others, ...(from === undefined ? {} : { from }) }
  }
  const isLate = note?.type === 'pressed' && isAnswer(text) && (await facts.lastChoices()) !== note.messageId
  // A button of a question that has gone by answers nothing: what is asked now is asked again.
  if (isLate) return { type: 'message', text: '/start', files: [] }
  const message = { type: 'message', text, files: await readFiles(files, facts) } as const
  return edits === undefined ? message : { ...message, edits: await readRewording(inbound, edits, facts) }
}

/** A command means the same whenever it is pressed. */
function isAnswer(text: string): boolean {
  return readCommand(text) === undefined
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

/** What is too large to be read is known by its size, and not kept or fetched. */
function limitFile(file: InFile): InFile {
  const { bytes, ref } = file
  const name = file.name.normalize('NFC')
  const size = bytes?.length ?? file.size
  if (size > LARGEST_DOCUMENT) return { name, size }
  return { name, size, ...(bytes ? { bytes } : {}), ...(bytes || ref === undefined ? {} : { ref }) }
}
