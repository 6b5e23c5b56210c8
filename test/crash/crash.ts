import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { createRecordingChannel } from '../../src/channels/recording.ts'
import { momentOf } from '../../src/core/calendar.ts'
import { packsOf } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeTelegram, openFakeTelegram } from '../channels/telegram/fake.ts'

const OFFICES = 20
const ROUNDS = 10
const PEOPLE = [
  ['tu-phap', 'II.1.1'],
  ['van-hoa', 'I.4.1'],
  ['dia-chinh', 'II.2c.10'],
  ['cong-an', 'II.6.2'],
] as const
const WAVE_MS = 500
const LIFE_MS = [600, 4000] as const
const PATIENCE_MS = 240_000

export interface CrashResult {
  readonly kills: number
  readonly inbound: { readonly sent: number; readonly lost: number; readonly doubled: number }
  readonly outbound: {
    readonly rows: number
    readonly once: number
    readonly twice: number
    /** Said to be sent, and never seen. */
    readonly missing: number
    /** Held for a person to look at: of these so many had arrived. */
    readonly unknown: number
    readonly unknownSeen: number
  }
}

/** Two processes on one database and one Telegram; one of them dies at a random moment, again and again. */
export async function crash(database: string): Promise<CrashResult> {
  const began = Date.now()
  const chats = Array.from({ length: OFFICES * PEOPLE.length }, (_, index) => 5000 + index)
  const fake = await openFakeTelegram({ chats, hasLimits: false })
  const store = await openStore(database)
  await seat(store, began)
  const updates = write(fake, chats)
  const state = { kills: 0, isOver: false }
  const processes = [0, 1].map(() => live(database, { fake, began, state }))
  await updates
  await settled(store)
  state.isOver = true
  await Promise.all(processes)
  const result = await count(store, fake, chats)
  await store.close()
  await fake.close()
  return { kills: state.kills, ...result }
}

async function seat(store: Store, began: number): Promise<void> {
  const { words, packs, duties } = await readPrompts('prompts')
  const example = await readOfficeFile('prompts/office.example.yaml', duties)
  const now = momentOf(Date.UTC(2025, 2, 5))
  const app = createApp({
    store,
    packs,
    words,
    channels: [createRecordingChannel('web')],
    clock: () => momentOf(Date.UTC(2025, 2, 5) + (Date.now() - began)),
    log: pino({ level: 'silent' }),
  })
  for (let n = 0; n < OFFICES; n += 1) {
    const office = { ...example, id: `xa-${n}` }
    await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, now)
    for (const [index, [personId]] of PEOPLE.entries()) {
      const chat = String(5000 + n * PEOPLE.length + index)
      await store.bind({ channel: 'telegram', chat, officeId: office.id, personId }, now)
    }
    const [pack] = packsOf(office, packs)
    if (pack) await app.openPeriod(office.id, pack, periodOf('quy1', 2025))
  }
}

/** Each person's figures in order, all of them different. */
function figureOf(chat: number, round: number): string {
  return String(100 + (chat % 7) + round * 8)
}

async function write(fake: FakeTelegram, chats: readonly number[]): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, chat] of chats.entries()) {
      const code = PEOPLE[index % PEOPLE.length]?.[1] ?? ''
      fake.write(chat, `${code} = ${figureOf(chat, round)}`)
    }
    await sleep(WAVE_MS)
  }
}

interface Life {
  readonly fake: FakeTelegram
  readonly began: number
  readonly state: { kills: number; isOver: boolean }
}

async function live(database: string, { fake, began, state }: Life): Promise<void> {
  while (!state.isOver) {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/crash/office.ts', database, fake.apiRoot, fake.token, String(began)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), exited])
    await lifetime(child, state)
    if (!state.isOver) state.kills += 1
    child.kill('SIGKILL')
    await exited
  }
}

async function lifetime(child: ChildProcess, state: Life['state']): Promise<void> {
  const [least, most] = LIFE_MS
  const end = Date.now() + least + Math.random() * (most - least)
  while (Date.now() < end && !state.isOver && child.exitCode === null) await sleep(10)
}

/** Everything that was written has been dealt with, and nothing is on its way. */
async function settled(store: Store): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  const wanted = OFFICES * PEOPLE.length * ROUNDS
  for (;;) {
    const { inboxWaiting, outbox } = await store.countWork()
    const rows = Object.values(outbox).reduce((sum, one) => sum + one, 0)
    if (inboxWaiting + outbox.pending + outbox.sending === 0 && rows >= wanted) return
    if (Date.now() > end) return
    await sleep(200)
  }
}

async function count(
  store: Store,
  fake: FakeTelegram,
  chats: readonly number[],
): Promise<Omit<CrashResult, 'kills'>> {
  let [lost, doubled, once, twice, missing, unknownSeen] = [0, 0, 0, 0, 0, 0]
  for (const [index, chat] of chats.entries()) {
    const officeId = `xa-${Math.floor(index / PEOPLE.length)}`
    const [personId = '', code = ''] = PEOPLE[index % PEOPLE.length] ?? []
    const given = (await store.listAnswers(officeId, '2025-quy1'))
      .filter((answer) => answer.code === code)
      .map((answer) => (answer.given.state === 'value' ? answer.given.value : ''))
    const wanted = Array.from({ length: ROUNDS }, (_, round) => figureOf(chat, round))
    lost += wanted.filter((value) => !given.includes(value)).length
    doubled += given.length - new Set(given).size
    const shown = fake.shown(chat).map(({ text }) => text)
    const unsure = (await store.listUnsure('')).filter(
      (row) => row.officeId === officeId && row.personId === personId,
    )
    const lines = (await store.listTranscript(officeId, personId)).filter(
      ({ direction }) => direction === 'out',
    )
    for (const { id, text } of lines) {
      const times = shown.filter((one) => one === text.replaceAll('**', '')).length
      const isUnsure = unsure.some((row) => `o${row.id}` === id)
      if (times > 1) twice += 1
      else if (times === 1) once += 1
      else if (!isUnsure) missing += 1
      if (isUnsure && times > 0) unknownSeen += 1
    }
  }
  const { outbox } = await store.countWork()
  const rows = Object.values(outbox).reduce((sum, one) => sum + one, 0)
  const sent = chats.length * ROUNDS
  return {
    inbound: { sent, lost, doubled },
    outbound: { rows, once, twice, missing, unknown: outbox.unknown, unknownSeen },
  }
}
