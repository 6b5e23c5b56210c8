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

/** The channels for which there are credentials. */
export function createAccounts(
  { telegram, zaloOa, zaloBot }: Accounts,
  options: { readonly store: Store; readonly clock: () => number; readonly log: Logger },
): readonly Channel[] {
  const { clock, log } = options
  const shared = sharedIn(options.store, clock)
  return [
    ...(telegram ? [createTelegramChannel({ ...telegram, shared, clock, log })] : []),
    ...(zaloOa ? [createZaloOaChannel({ ...zaloOa, shared, clock, log })] : []),
    ...(zaloBot ? [createZaloBotChannel({ ...zaloBot, shared, log })] : []),
  ]
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
