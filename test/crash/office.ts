import { pino } from 'pino'
import { sharedIn } from '../../src/accounts.ts'
import { createApp } from '../../src/app.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { momentOf } from '../../src/core/calendar.ts'
import { readPrompts } from '../../src/prompts.ts'
import { openStore } from '../../src/store/open.ts'

/** One of the processes that get killed: offices on a real database, polling a Telegram that outlives them. */
const [database = '', apiRoot = '', token = '', began = ''] = process.argv.slice(2)
const { words, packs } = await readPrompts('prompts')
const store = await openStore(database)
/** A minute is a second: leases run out while one looks on. */
const clock = () => Date.UTC(2025, 2, 5) + (Date.now() - Number(began)) * 60
const log = pino({ level: 'silent' })
const channel = createTelegramChannel({
  mode: 'polling',
  token,
  apiRoot,
  shared: sharedIn(store, clock),
  clock,
  log,
  timing: { pollSeconds: 1, pauseMs: 50, longPauseMs: 100 },
})
// Faster than Telegram lets one, so that the whole does not take long.
const pace = { account: { points: 1, perMs: 5 }, chat: () => undefined }
const channels = [{ ...channel, capabilities: { ...channel.capabilities, pace } }]
const app = createApp({ store, packs, words, channels, clock: () => momentOf(clock()), log })
await channel.start(app.receive(channel.name), app.notify(channel.name))
process.stdout.write('ready\n')
for (;;) {
  await app.beat().catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 100))
}
