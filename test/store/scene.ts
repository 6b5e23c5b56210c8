import type { Answer, Moment } from '../../src/core/answer.ts'
import {
  type Address,
  type Deed,
  EMPTY_DEED,
  type Inbound,
  type NewMessage,
  type Store,
} from '../../src/store/store.ts'

/** What the store tests speak of: two offices, "a" and "b", with a person "p" in each, at the web chats "chat-a" and "chat-b". */
export const at = '2025-03-03T08:00:00.000+07:00'
export const soon = '2025-03-03T08:01:00.000+07:00'
export const later = '2025-03-03T09:00:00.000+07:00'
export const chatA = { channel: 'telegram', chat: 'chat-a' }
export const chatB = { channel: 'telegram', chat: 'chat-b' }

export async function setTwoOffices(store: Store): Promise<void> {
  for (const id of ['a', 'b']) {
    await store.saveOffice({ id, data: JSON.stringify({ id }) }, at)
    await store.bind({ officeId: id, personId: 'p', channel: 'telegram', chat: `chat-${id}` }, at)
  }
}

let last = 0

export function inbound(over: Partial<Inbound> = {}): Inbound {
  last += 1
  return { ...chatA, updateId: `update-${last}`, text: 'II.1: 228', files: [], at, ...over }
}

export function message(over: Partial<NewMessage> = {}): NewMessage {
  last += 1
  return { ...chatA, key: `message-${last}`, text: 'Đã ghi nhận', choices: [], ...over }
}

export function answer(over: Partial<Answer> = {}): Answer {
  const given = { state: 'value', value: '228', qualifier: 'exact' } as const
  return { code: 'II.1', given, raw: '228', by: 'p', at, channel: 'telegram', messageId: 'm', ...over }
}

export function deed(over: Partial<Deed> = {}): Deed {
  return {
    at,
    ...EMPTY_DEED,
    ...over,
  }
}

/** Has the office say these by a deed of its own. */
export async function say(store: Store, officeId: string, messages: readonly NewMessage[]): Promise<void> {
  last += 1
  await store.turn({ type: 'deed', officeId, key: `say-${last}` }, async () => deed({ messages }))
}

/** A code comes in from a chat; what became of it. */
export async function redeem(store: Store, address: Address, codeHash: string, at: Moment): Promise<unknown> {
  await store.takeIn(inbound({ ...address, text: 'mã', at, codeHash }))
  let note = 'null'
  await store.turn({ type: 'message', ...address }, async (facts) => {
    note = facts.inbound?.note ?? 'null'
    return deed({ at })
  })
  return JSON.parse(note)
}
