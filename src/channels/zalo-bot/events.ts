import { z } from 'zod'
import type { Update } from '../channel.ts'
import { readLosslessJson } from '../json.ts'

/** Ids come as strings or bare. */
export const Id = z.union([z.string().min(1), z.number()]).transform(String)
const Words = z.string().optional().catch(undefined)
const Event = z.object({ event_name: z.string(), message: z.unknown().optional() })
const Message = z.object({
  message_id: Id,
  from: z.object({ id: Id, is_bot: z.boolean().optional().catch(undefined) }),
  chat: z.object({ id: Id, chat_type: Words }),
  text: Words,
  caption: Words,
})

/** What stands for content that cannot be handed in, by the kind of event. */
const FILE_BY_KIND = new Map([
  ['text', undefined],
  ['link', 'lien-ket.url'],
  ['image', 'anh.jpg'],
  ['sticker', 'nhan-dan.png'],
  ['voice', 'ghi-am.aac'],
  ['unsupported', 'tep-dinh-kem'],
])

/** `bot` keeps the ids of two bots apart. */
export function readEvent(body: unknown, bot: string): Update | 'nothing' | 'unreadable' {
  const event = Event.safeParse(body)
  const kind = /^message\.(\w+)\.received$/.exec(event.data?.event_name ?? '')?.[1] ?? ''
  if (!FILE_BY_KIND.has(kind)) return 'nothing'
  const read = Message.safeParse(event.data?.message)
  if (!read.success) return 'unreadable'
  const { message_id, from, chat, text, caption } = read.data
  if (from.is_bot) return 'nothing'
  const words = text ?? caption ?? ''
  // A link comes with the words around it.
  const name = kind === 'link' && words !== '' ? undefined : FILE_BY_KIND.get(kind)
  if (words === '' && name === undefined) return 'unreadable'
  // What is not known to be private is a group, where nobody gains a right.
  const isPrivate = chat.chat_type === undefined ? chat.id === from.id : /^private$/i.test(chat.chat_type)
  return {
    id: `${bot}:${chat.id}:${message_id}`,
    chat: chat.id,
    text: words,
    files: name === undefined ? [] : [{ name, size: 0 }],
    ...(isPrivate ? {} : { sender: from.id }),
  }
}

/** Some events come in a wrapping and some bare. */
export function unwrap(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'result' in json ? json.result : json
}

/** Undefined when it is not JSON in good UTF-8. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return readLosslessJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return undefined
    throw cause
  }
}
