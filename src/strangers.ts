import type { Channel } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import type { Say } from './core/say.ts'
import { type Note, readNote } from './incoming.ts'
import { type Address, type Deed, EMPTY_DEED, type StoredInbound } from './store/store.ts'
import type { Audience, Words } from './words.ts'

/** Whoever it is, nothing is known of them yet. */
export const STRANGER: Audience = { address: 'đồng chí', name: '' }

/** What is said to who is not known here. */
export interface Strangers {
  greet(inbound: StoredInbound, at: Moment): Deed
  /** After the greeting the telephone number is asked for, where a channel can. */
  askPhone(deed: Deed, address: Address): Promise<void>
}

export function createStrangers({
  words,
  channels,
}: {
  readonly words: Words
  readonly channels: ReadonlyMap<string, Channel>
}): Strangers {
  const asked = new Set<string>()

  /** One neutral sentence, at most once an hour a chat: the key keeps it so. A wrong code is told each time. */
  function greet({ id, channel, chat, note }: StoredInbound, at: Moment): Deed {
    const { say, key } = strangerSay(readNote(note), { id, hour: at.slice(0, 13) })
    const text = words.phrase(say, STRANGER)
    const message = { channel, chat, key: `stranger:${channel}:${chat}:${key}`, text, choices: [] }
    return { ...EMPTY_DEED, at, messages: [message] }
  }

  /** Once an hour. */
  async function askPhone({ at, messages }: Deed, { channel, chat }: Address): Promise<void> {
    const hour = `${channel} ${chat} ${at.slice(0, 13)}`
    if (asked.has(hour) || !messages.some(({ key }) => key.startsWith('stranger:'))) return
    asked.add(hour)
    await channels.get(channel)?.askPhone?.(chat)
  }

  return { greet, askPhone }
}

/** What a stranger hears, under what key. */
function strangerSay(
  note: Note | undefined,
  { id, hour }: { readonly id: string; readonly hour: string },
): { readonly say: Say; readonly key: string } {
  if (note?.type === 'wrong')
    return { say: { key: 'stranger.wrongCode', values: { left: note.left } }, key: id }
  if (note?.type === 'locked') return { say: { key: 'stranger.locked' }, key: `locked:${hour}` }
  return { say: { key: 'stranger.hello' }, key: hour }
}
