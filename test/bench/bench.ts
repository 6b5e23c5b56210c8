import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { createRecordingChannel } from '../../src/channels/recording.ts'
import { momentOf } from '../../src/core/calendar.ts'
import { packsOf } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { checkRelations } from '../../src/core/relations.ts'
import { readReply } from '../../src/core/reply.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { openStore } from '../../src/store/open.ts'
import { fuzzFigures } from '../core/figures/fuzz.ts'
import { makeBenchPack } from '../core/relations/bench-pack.ts'
import { timeTelegram, timeWave } from './channels.ts'
import { openLargest, timeDrafts, timeRenderers } from './draft.ts'
import { costOfForm } from './effort.ts'
import { timePlanning } from './planning.ts'

/** Timings are noisy on shared machines: medians and ratios of one run are what to quote. */
const folder = mkdtempSync(join(tmpdir(), 'thuky-bench-'))
const prompts = await readPrompts('prompts')
const { words, packs, duties } = prompts
const office = await readOfficeFile('prompts/office.example.yaml', duties)

function row(name: string, value: string): void {
  console.log(`${name.padEnd(64, ' ')} ${value}`)
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

async function openOffice(name: string) {
  const store = await openStore(`file:${join(folder, name)}`)
  const channel = createRecordingChannel('web')
  const app = createApp({
    store,
    packs,
    words,
    channels: [channel],
    // Runs fast: so many messages of one person in one minute would be a flood, and go unanswered.
    clock: () => momentOf(Date.UTC(2025, 2, 5) + Math.floor(performance.now() * 400)),
    log: pino({ level: 'silent' }),
  })
  await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, momentOf(0))
  for (const { id } of office.people)
    await store.bind({ channel: 'web', chat: id, officeId: office.id, personId: id }, momentOf(0))
  const [pack] = packsOf(office, packs)
  if (!pack) throw new Error('no pack')
  await app.openPeriod(office.id, pack, periodOf('quy1', 2025))
  await channel.start(app.receive('web'))
  await app.idle()
  return { store, channel, app, pack }
}

const CODES = [
  ['tu-phap', 'II.1.1'],
  ['van-hoa', 'I.4.1'],
  ['dia-chinh', 'II.2c.10'],
  ['cong-an', 'II.6.2'],
] as const

async function benchTurns(): Promise<void> {
  const { store, channel, app } = await openOffice('turns.db')
  const hand = async (index: number) => {
    const [chat, code] = CODES[index % CODES.length] ?? CODES[0]
    await channel.hand({ id: `m${index}`, chat, text: `${code} = ${100 + (index % 700)}`, files: [] })
    await app.idle()
  }
  for (let index = 0; index < 100; index += 1) await hand(index)
  const times: number[] = []
  const started = performance.now()
  for (let index = 100; index < 600; index += 1) {
    const before = performance.now()
    await hand(index)
    times.push(performance.now() - before)
  }
  const serial = 500 / ((performance.now() - started) / 1000)
  const burst = performance.now()
  await Promise.all(
    Array.from({ length: 1000 }, (_, index) => {
      const [chat, code] = CODES[index % CODES.length] ?? CODES[0]
      return channel.hand({ id: `b${index}`, chat, text: `${code} = ${100 + (index % 700)}`, files: [] })
    }),
  )
  await app.idle()
  const together = 1000 / ((performance.now() - burst) / 1000)
  times.sort((one, other) => one - other)
  row('turns/s, one after the other (SQLite, synchronous FULL)', serial.toFixed(0))
  row('turns/s, four people at once', together.toFixed(0))
  row(
    'one turn, stored to delivered: p50 / p95',
    `${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.95).toFixed(1)} ms`,
  )
  await store.close()
}

async function benchDraft(): Promise<void> {
  const { store, app, pack } = await openOffice('draft.db')
  const times: number[] = []
  for (let index = 0; index < 40; index += 1) {
    const before = performance.now()
    await app.draft(office.id, { period: periodOf('quy1', 2025), pack })
    if (index >= 5) times.push(performance.now() - before)
  }
  times.sort((one, other) => one - other)
  row(
    'one draft, read, assembled and rendered: p50 / p95',
    `${quantile(times, 0.5).toFixed(0)} / ${quantile(times, 0.95).toFixed(0)} ms`,
  )
  await store.close()
}

/** The largest published report, and how the time grows with the pages. */
async function benchLargest(): Promise<void> {
  const largest = await openLargest(join(folder, 'largest'))
  const times = await timeDrafts(largest)
  row(
    'largest replay with form and record of sources: p50 / p95',
    `${quantile(times, 0.5).toFixed(0)} / ${quantile(times, 0.95).toFixed(0)} ms`,
  )
  const { whole, once, tenfold } = await timeRenderers(largest)
  const median = (all: readonly number[]) =>
    quantile(
      [...all].sort((one, other) => one - other),
      0.5,
    )
  const [ours, peer] = [median(whole.ours), median(whole.docxtemplater)]
  row(
    'the same rendered by thuky / words only by docxtemplater',
    `${ours.toFixed(0)} / ${peer.toFixed(0)} ms (${(ours / peer).toFixed(1)} times)`,
  )
  row(
    'its body once / ten times over',
    `${median(once).toFixed(0)} / ${median(tenfold).toFixed(0)} ms (${(median(tenfold) / median(once)).toFixed(1)} times)`,
  )
}

/** From the start of the process to the line that says where to click, on a fresh folder and again. */
async function benchStart(): Promise<void> {
  for (const round of ['first', 'again']) {
    const started = performance.now()
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      env: {
        ...process.env,
        PORT: '0',
        DATA_DIR: join(folder, 'start'),
        LOG_FILE: join(folder, 'start.log'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
    row(`start to ready, ${round}`, `${((performance.now() - started) / 1000).toFixed(2)} s`)
    child.kill('SIGTERM')
    await new Promise<void>((resolve) => child.once('exit', () => resolve()))
  }
}

/** A fuzz run of a million strings, then replies as officials write them. */
function benchReading(): void {
  const { count, median, p999, slowest } = fuzzFigures(1_000_000)
  row(`figures: ${count} random strings, read a second (by the median)`, (1000 / median).toFixed(0))
  row('figures: 99,9th percentile / slowest of them', `${p999.toFixed(3)} / ${slowest.toFixed(2)} ms`)
  const asked = itemsToAsk()
  const context = { today: '2025-03-05', find: () => undefined, all: asked }
  const replies = [
    '228; 225; 225; 3',
    '1 = 228, 3 = 225',
    'tổng 228, mới 225, trực tuyến 225, kỳ trước chuyển qua 3',
  ]
  const started = performance.now()
  for (let index = 0; index < 3000; index += 1)
    readReply(asked, replies[index % replies.length] ?? '', context)
  row('replies of four answers read a second', (3000 / ((performance.now() - started) / 1000)).toFixed(0))
}

function itemsToAsk() {
  const [pack] = packsOf(office, packs)
  return (pack?.items ?? []).filter((item) => item.group === 'tiep-nhan').map((item) => ({ item }))
}

function benchRelations(): void {
  const { relations, facts } = makeBenchPack()
  const times: number[] = []
  for (let index = 0; index < 300; index += 1) {
    const before = performance.now()
    checkRelations(relations, facts)
    if (index >= 100) times.push(performance.now() - before)
  }
  times.sort((one, other) => one - other)
  row(
    `relations: all ${relations.length} checked again on 500 items: p50 / p95`,
    `${quantile(times, 0.5).toFixed(2)} / ${quantile(times, 0.95).toFixed(2)} ms`,
  )
}

/** Not a time but a patience: what people have to read and write. */
async function benchEffort(): Promise<void> {
  const { asked, confirmed, tasks, outbound, replies } = await costOfForm(prompts, join(folder, 'form'))
  row('form of 60 lines, second period: figures truly asked (≤ 17)', String(asked))
  row('confirmed many at a time / tasks of the plan told', `${confirmed} / ${tasks}`)
  row('messages to one owner, at most (≤ 14)', String(outbound))
  row('replies of an owner, median (≤ 4)', String(replies))
}

/** Telegram's limits are what a second allows; nothing else should be in the way. */
async function benchTelegram(): Promise<void> {
  const { ours, bare } = await timeTelegram(prompts, folder)
  row('full turns/s through Telegram, inbox and outbox kept (≥ 300)', ours.toFixed(0))
  row(
    'bare telegraf echoing, nothing kept; ratio (≥ 0,15)',
    `${bare.toFixed(0)}; ${(ours / bare).toFixed(2)}`,
  )
  const { perSecond, tooMany } = await timeWave(prompts, { folder, count: 3000 })
  row(
    "3.000 reminders/s against Telegram's 30 (≥ 28,5); refused as too many",
    `${perSecond.toFixed(1)}; ${tooMany}`,
  )
}

/** The whole country at once, and a house where nothing is to be done. */
async function benchReminders(): Promise<void> {
  const { ms, reminders } = await timePlanning(prompts)
  row(`reminders planned for 3.321 offices × 12 people (${reminders}) (≤ 1.000 ms)`, `${ms.toFixed(0)} ms`)
  const alone = execFileSync(process.execPath, ['--import', 'tsx', 'test/bench/planning.process.ts'])
  row('a process that plans them, whole: memory (≤ 300 MB)', `${Number(alone).toFixed(0)} MB`)
  const { store, app } = await openOffice('idle.db')
  await app.beat()
  const times: number[] = []
  for (let index = 0; index < 100; index += 1) {
    const before = performance.now()
    await app.beat()
    times.push(performance.now() - before)
  }
  times.sort((one, other) => one - other)
  row('one beat of an idle office: p50 (≤ 5 ms)', `${quantile(times, 0.5).toFixed(1)} ms`)
  await store.close()
}

await benchEffort()
await benchReminders()
await benchTurns()
await benchTelegram()
await benchDraft()
await benchLargest()
await benchStart()
benchReading()
benchRelations()
row('memory of this process after all that (RSS)', `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`)
rmSync(folder, { recursive: true, force: true })
