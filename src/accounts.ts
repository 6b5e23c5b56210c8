import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Channel } from './channels/channel.ts'
import type { Shared } from './channels/shared.ts'
import { createTelegramChannel } from './channels/telegram.ts'
import { createZaloBotChannel } from './channels/zalo-bot.ts'
import { createZaloOaChannel } from './channels/zalo-oa.ts'
import type { Accounts } from './config.ts'
import { momentOf } from './core/calendar.ts'
import type { Store } from './store/store.ts'
import type { Words } from './words.ts'

/** The channels for which there are credentials. */
export function createAccounts(
  { telegram, zaloOa, zaloBot }: Accounts,
  options: {
    readonly store: Store
    readonly clock: () => number
    readonly log: Logger
    readonly words: Words
  },
): readonly Channel[] {
  const { clock, log, words } = options
  const shared = sharedIn(options.store, clock)
  return [
    ...(telegram ? [createTelegramChannel({ ...telegram, shared, clock, log })] : []),
    ...(zaloOa
      ? [createZaloOaChannel({ ...zaloOa, ...phoneCardOf(zaloOa, words), shared, clock, log })]
      : []),
    ...(zaloBot ? [createZaloBotChannel({ ...zaloBot, shared, log })] : []),
  ]
}

function phoneCardOf({ phoneImage }: NonNullable<Accounts['zaloOa']>, words: Words) {
  if (phoneImage === undefined) return {}
  const title = words.text('phone.title')
  return { phoneCard: { title, subtitle: words.text('phone.subtitle'), imageUrl: phoneImage } }
}

/** This process among those that share the store. */
export function sharedIn(store: Store, clock: () => number): Shared {
  const holder = randomUUID()
  const now = () => momentOf(clock())
  return {
    hold: (name, forMs) => store.hold({ name, holder, until: momentOf(clock() + forMs) }, now()),
    letGo: (name) => store.letGo(name, holder),
    readSecret: (name) => store.readSecret(name),
    keepSecret: (name, secret) => store.keepSecret(name, secret, now()),
  }
}
