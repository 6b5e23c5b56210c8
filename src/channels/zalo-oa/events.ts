import { z } from 'zod'
import type { InFile, Notice, Update } from '../channel.ts'

/** What one event of the webhook says; nothing of both where it says nothing to us. */
export interface Heard {
  readonly updates: readonly Update[]
  readonly notices: readonly Notice[]
}

/** Ids and figures come as strings or bare. */
const Word = z.union([z.string(), z.number()]).transform(String)
const MaybeWord = Word.optional().catch(undefined)
const Party = z.object({ id: MaybeWord }).catch({ id: undefined })
const Attachment = z.object({
  type: MaybeWord,
  payload: z
    .object({ name: MaybeWord, size: MaybeWord, url: MaybeWord })
    .catch({ name: undefined, size: undefined, url: undefined }),
})
const NO_MESSAGE = { msg_id: undefined, msg_ids: [], text: undefined, attachments: [] }

/** No shape of a part makes the rest unread: what an official wrote must not be lost over a field nobody needs. */
const Event = z.object({
  event_name: z.string(),
  timestamp: MaybeWord,
  oa_id: MaybeWord,
  user_id: MaybeWord,
  sender: Party,
  recipient: Party,
  follower: Party,
  user: Party,
  message: z
    .object({
      msg_id: MaybeWord,
      msg_ids: z.array(Word).catch([]),
      text: MaybeWord,
      attachments: z.array(Attachment).catch([]),
    })
    .catch(NO_MESSAGE),
  info: z.object({ phone: MaybeWord }).catch({ phone: undefined }),
})
type Event = z.infer<typeof Event>

export const GROUP = 'g:'
const NOTHING: Heard = { updates: [], notices: [] }

export function readEvent(body: unknown): Heard {
  const parsed = Event.safeParse(body)
  if (!parsed.success) return NOTHING
  const event = parsed.data
  const { event_name: name } = event
  const person = event.sender.id ?? event.follower.id ?? event.user_id ?? event.user.id
  if (/^oa_send_|^user_(received|seen)_message$/.test(name)) return readArrival(event)
  if (person === undefined) return NOTHING
  const update = { id: idOf(event, person), chat: person, text: '', files: [] }
  if (/^user_send_group_/.test(name)) return readGroup(event, person)
  if (/^user_send_/.test(name)) return heard({ ...update, ...readMessage(event) })
  switch (name) {
    case 'user_submit_info':
      return event.info.phone === undefined ? NOTHING : heard({ ...update, phone: event.info.phone })
    // Whoever opens the talk is told what this is, or asked what is open; the core does both at this word.
    case 'follow':
    case 'user_click_chatnow':
      return heard({ ...update, text: '/start' })
    case 'unfollow':
      return { updates: [], notices: [{ type: 'closed', chat: person, reason: name, ...timeOf(event) }] }
    case 'user_withdraw':
      return { updates: [], notices: [{ type: 'withdrawn', chat: person, ...timeOf(event) }] }
    default:
      return NOTHING
  }
}

/** Milliseconds, as they come; what is no such number is no time. */
function timeOf({ timestamp }: Event): { readonly at?: number } {
  return timestamp !== undefined && /^\d{13}$/.test(timestamp) ? { at: Number(timestamp) } : {}
}

function heard(update: Update): Heard {
  return { updates: [update], notices: [] }
}

/** Of an event without an id: what happened, when and to whom is one event for all time. */
function idOf({ event_name, timestamp, message }: Event, person: string): string {
  return message.msg_id ?? `${event_name}:${timestamp}:${person}`
}

/** In the eyes of the account, which is the sender here. */
function readArrival({ event_name, recipient, message }: Event): Heard {
  if (recipient.id === undefined) return NOTHING
  const chat = event_name.includes('_group_') ? `${GROUP}${recipient.id}` : recipient.id
  const ids = message.msg_id === undefined ? message.msg_ids : [message.msg_id]
  const words = message.text === undefined ? {} : { text: message.text }
  return {
    updates: [],
    notices: ids.map((messageId) => ({ type: 'arrived', chat, messageId, ...words })),
  }
}

/** A group talks among itself: only what is said to us is handed in. */
function readGroup(event: Event, person: string): Heard {
  const { text, files } = readMessage(event)
  const mention = `[@${event.oa_id}]`
  const isToUs = text.startsWith('/') || (event.oa_id !== undefined && text.includes(mention))
  if (!isToUs || event.recipient.id === undefined) return NOTHING
  return heard({
    id: idOf(event, person),
    chat: `${GROUP}${event.recipient.id}`,
    sender: person,
    text: text.replaceAll(mention, ' ').trim(),
    files,
  })
}

function readMessage({ event_name, message }: Event): Pick<Update, 'text' | 'files'> {
  const text = message.text ?? ''
  const files = message.attachments.filter(({ type }) => type !== 'link').map(readFile)
  if (text !== '' || files.length > 0) return { text, files }
  // A sticker or a card may come without any attachment; the person must hear that it could not be read.
  return { text, files: [{ name: nameOf(event_name.replace(/^user_send_(group_)?/, '')), size: 0 }] }
}

function readFile({ type = 'file', payload }: z.infer<typeof Attachment>): InFile {
  const { name = nameOf(type), size, url } = payload
  const bytes = Number(size)
  return {
    name,
    size: Number.isFinite(bytes) ? bytes : 0,
    ...(type === 'file' && url !== undefined ? { ref: url } : {}),
  }
}

const ENDING_BY_KIND: Readonly<Record<string, string>> = {
  image: '.jpg',
  gif: '.gif',
  audio: '.m4a',
  video: '.mp4',
}

/** A name for what has none of its own. */
function nameOf(kind: string): string {
  return `${kind}${ENDING_BY_KIND[kind] ?? ''}`
}
