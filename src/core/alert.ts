import { nameChannel } from './channel.ts'
import { nameOf } from './follow.ts'
import { never } from './never.ts'
import type { Say } from './say.ts'
import type { Unsure, World } from './talk.ts'
import { shorten } from './wording.ts'

/** What the coordinator or an administrator hears unasked, because only a person can see to it. */
export type Alert =
  /** A message may or may not have arrived. */
  | { readonly type: 'unsure'; readonly unsure: Unsure }
  /** A channel has stopped. */
  | {
      readonly type: 'trouble'
      readonly trouble: 'tokenDead' | 'tokenRefused' | 'notAllowed' | 'otherPoller'
      readonly channel: string
    }
  /** Words to somebody were held back: the same ones too often, or too many in a day. */
  | { readonly type: 'looping'; readonly personId: string }
  /** Somebody not known there has this person's telephone number, and wants to be let in. */
  | { readonly type: 'asksIn'; readonly personId: string; readonly channel: string }
  /** The account of a channel may send fewer messages than a wave needs. */
  | { readonly type: 'budget'; readonly channel: string; readonly left: number; readonly wanted: number }
  /** Words could reach somebody nowhere. */
  | { readonly type: 'unreachable'; readonly personId: string; readonly text: string }

/** An alert in one sentence, with what to do. */
export function describeAlert(alert: Alert, world: World): Say {
  switch (alert.type) {
    case 'unsure': {
      const { personId, at } = alert.unsure
      return { key: 'alert.unsure', values: { person: nameOf(personId, world), time: at.slice(11, 16) } }
    }
    case 'trouble':
      return { key: `alert.${alert.trouble}`, values: { channel: nameChannel(alert.channel) } }
    case 'looping':
      return { key: 'alert.looping', values: { person: nameOf(alert.personId, world) } }
    case 'asksIn': {
      const person = nameOf(alert.personId, world)
      return { key: 'alert.asksIn', values: { person, channel: nameChannel(alert.channel) } }
    }
    case 'budget': {
      const { channel, left, wanted } = alert
      return { key: 'alert.budget', values: { channel: nameChannel(channel), left, wanted } }
    }
    case 'unreachable': {
      const text = shorten(alert.text.replaceAll('**', ''))
      return { key: 'alert.unreachable', values: { person: nameOf(alert.personId, world), text } }
    }
    default:
      return never(alert)
  }
}
