import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { Telegraf } from 'telegraf'
import { sharedIn } from '../../src/accounts.ts'
import { createApp } from '../../src/app.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { momentOf } from '../../src/core/calendar.ts'
import { packsOf } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { type Prompts, readOfficeFile } from '../../src/prompts.ts'
import { openStore } from '../../src/store/open.ts'
import { EMPTY_DEED, type Store } from '../../src/store/store.ts'
import { type FakeTelegram, openFakeTelegram } from '../channels/telegram/fake.ts'

const OFFICES = 25
const MESSAGES = 2000
const PEOPLE = [
  ['tu-phap', 'II.1.1'],
  ['van-hoa', 'I.4.1'],
  ['dia-chinh', 'II.2c.10'],
  ['cong-an', 'II.6.2'],
] as const
const CHATS = Array.from({ length: OFFICES * PEOPLE.length }, (_, index) => 5000 + index)

const log = pino({ level: 'silent' })

/** The same messages, answered by thuky with everything kept, and echoed by bare telegraf with nothing kept. */
export async function timeTelegram(
  prompts: Prompts,
  folder: string,
): Promise<{ readonly ours: number; readonly bare: number }> {
  const bare = await timeBare()
  const ours = await timeOurs(prompts, folder)
  return { ours, bare }
}

async function timeBare(): Promise<number> {
  const fake = await openFakeTelegram({ chats: CHATS, hasLimits: false })
  const bot = new Telegraf(fake.token, { telegram: { apiRoot: fake.apiRoot } })
  bot.on('text', (context) => context.reply(context.message.text))
  const running = bot.launch()
  const rate = await timeAnswers(fake, 0)
  bot.stop()
  await Promise.race([running, sleep(1000)])
  await fake.close()
  return rate
}

async function timeOurs(prompts: Prompts, folder: string): Promise<number> {
  const fake = await openFakeTelegram({ chats: CHATS, hasLimits: false })
  const store = await openStore(`file:${join(folder, 'telegram.db')}`)
  // Runs fast: so many messages of one person in one minute would be a flood, and go unanswered.
  const clock = () => Date.UTC(2025, 2, 5) + Math.floor(performance.now() * 1000)
  const { pace: _, ...capabilities } = createChannel(fake, store, clock).capabilities
  const channel: Channel = { ...createChannel(fake, store, clock), capabilities }
  const app = createApp({ ...prompts, store, channels: [channel], clock: () => momentOf(clock()), log })
  await seat(store, prompts)
  await channel.start(app.receive(channel.name), app.notify(channel.name))
  for (const { id } of await store.listOffices()) {
    const [pack] = prompts.packs.filter((one) => one.periods.quy1 !== undefined)
    if (pack) await app.openPeriod(id, pack, periodOf('quy1', 2025))
  }
  await app.idle()
  const rate = await timeAnswers(fake, fake.delivered)
  await channel.stop()
  await app.stop()
  await store.close()
  await fake.close()
  return rate
}

function createChannel(fake: FakeTelegram, store: Store, clock: () => number): Channel {
  const { token, apiRoot } = fake
  return createTelegramChannel({
    mode: 'polling',
    token,
    apiRoot,
    shared: sharedIn(store, clock),
    clock,
    log,
  })
}

/** Answers a second: everybody writes at once, and is waited for. */
async function timeAnswers(fake: FakeTelegram, before: number): Promise<number> {
  const answered = async (count: number) => {
    while (fake.delivered < before + count) await sleep(2)
  }
  writeRound(fake, 0)
  await answered(CHATS.length)
  const started = performance.now()
  for (let round = 1; round <= MESSAGES / CHATS.length; round += 1) writeRound(fake, round)
  await answered(CHATS.length + MESSAGES)
  return MESSAGES / ((performance.now() - started) / 1000)
}

function writeRound(fake: FakeTelegram, round: number): void {
  for (const [index, chat] of CHATS.entries()) {
    const code = PEOPLE[index % PEOPLE.length]?.[1] ?? ''
    fake.write(chat, `${code} = ${100 + round * 8}`)
  }
}

async function seat(store: Store, prompts: Prompts): Promise<void> {
  const example = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
  const now = momentOf(Date.UTC(2025, 2, 5))
  for (let n = 0; n < OFFICES; n += 1) {
    const id = `xa-${n}`
    await store.saveOffice({ id, data: JSON.stringify({ ...example, id }) }, now)
    for (const [index, [personId]] of PEOPLE.entries()) {
      const chat = String(5000 + n * PEOPLE.length + index)
      await store.bind({ channel: 'telegram', chat, officeId: id, personId }, now)
    }
  }
  if (packsOf(example, prompts.packs).length === 0) throw new Error('no pack')
}

/** Reminders to so many people at once, against Telegram's limits. */
export async function timeWave(
  prompts: Prompts,
  { folder, count }: { readonly folder: string; readonly count: number },
): Promise<{ readonly perSecond: number; readonly tooMany: number }> {
  const chats = Array.from({ length: count }, (_, index) => 10_000 + index)
  const fake = await openFakeTelegram({ chats, hasLimits: true })
  const store = await openStore(`file:${join(folder, 'wave.db')}`, { synchronous: 'OFF' })
  const at = momentOf(Date.now())
  const office = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
  await store.saveOffice({ id: 'wave', data: JSON.stringify({ ...office, id: 'wave' }) }, at)
  for (const chat of chats)
    await store.bind({ channel: 'telegram', chat: String(chat), officeId: 'wave', personId: `p${chat}` }, at)
  for (let from = 0; from < count; from += 200) {
    await store.turn({ type: 'deed', officeId: 'wave', key: `wave-${from}` }, async () => ({
      at,
      ...EMPTY_DEED,
      messages: chats.slice(from, from + 200).map((chat) => ({
        channel: 'telegram',
        chat: String(chat),
        key: `wave:${chat}`,
        text: 'Kính nhắc đồng chí còn 3 nội dung chưa gửi.',
        choices: ['Làm ngay'],
        isUnasked: true,
      })),
    }))
  }
  const channel = createChannel(fake, store, Date.now)
  const app = createApp({ ...prompts, store, channels: [channel], clock: () => momentOf(Date.now()), log })
  const started = performance.now()
  const sending = app.beat().catch(() => undefined)
  while (fake.delivered < count && performance.now() - started < count * 100) await sleep(5)
  const perSecond = fake.delivered / ((performance.now() - started) / 1000)
  const tooMany = fake.count('sendMessage') - fake.delivered
  await app.stop()
  await sending
  await store.close()
  await fake.close()
  return { perSecond, tooMany }
}
