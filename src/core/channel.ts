import type { Say, SayValue } from './say.ts'
import { foldText } from './text.ts'

const NAMES: ReadonlyMap<string, Say> = new Map([
  ['telegram', { key: 'channel.telegram' }],
  ['zalo', { key: 'channel.zalo' }],
  ['zalo-bot', { key: 'channel.zaloBot' }],
  ['web', { key: 'channel.web' }],
  ['terminal', { key: 'channel.terminal' }],
])

/** A channel as people call it. */
export function nameChannel(channel: string): SayValue {
  return NAMES.get(channel) ?? channel
}

/** What a channel may be called in folded words, as a part of a pattern. */
export const CHANNEL_WORDS =
  '(zalo[ -]?\\(?bot\\)?|zalo|telegram|tele|trang web|web|cua so dong lenh|dong lenh)'

const CALLED: ReadonlyMap<string, readonly string[]> = new Map([
  ['zalobot', ['zalo-bot']],
  ['zalo', ['zalo', 'zalo-bot']],
  ['telegram', ['telegram']],
  ['tele', ['telegram']],
  ['trangweb', ['web']],
  ['web', ['web']],
  ['cuasodonglenh', ['terminal']],
  ['donglenh', ['terminal']],
])

/** The channels such words mean, the likeliest first: “Zalo” is either of its two. */
export function channelsCalled(words: string): readonly string[] {
  return CALLED.get(foldText(words).replace(/[^a-z]/g, '')) ?? []
}
