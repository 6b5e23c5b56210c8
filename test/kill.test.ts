import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openStore } from '../src/store/open.ts'

const BEGAN = String(Date.now())
const TURNS = 200
const KILLS = 6
const PEOPLE = [
  ['tu-phap', 'II.1.1'],
  ['van-hoa', 'I.4.1'],
  ['dia-chinh', 'II.2c.10'],
  ['cong-an', 'II.6.2'],
] as const

interface Update {
  readonly id: string
  readonly chat: string
  readonly code: string
  readonly value: string
}

/** Values that never look like a tenfold slip of each other, each used once. */
const updates: readonly Update[] = Array.from({ length: TURNS }, (_, index) => {
  const [chat = '', code = ''] = PEOPLE[index % PEOPLE.length] ?? []
  return { id: `u${index}`, chat, code, value: String(100 + index) }
})

async function startOffice(folder: string, before = '') {
  const program = [
    '--import',
    'tsx',
    'test/kill/office.ts',
    join(folder, 'kill.db'),
    join(folder, 'sent.jsonl'),
    BEGAN,
  ]
  const child = spawn('bash', ['-c', `${before} exec "$0" "$@"`, process.execPath, ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const stored = new Set<string>()
  const refused = new Set<string>()
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let markReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    markReady = resolve
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') markReady()
    if (line.startsWith('stored ')) stored.add(line.slice(7))
    if (line.startsWith('refused ')) refused.add(line.slice(8))
  })
  child.stdin.on('error', () => undefined)
  await Promise.race([ready, exited])
  return { child, stored, refused, exited }
}

/** Hands in what has not been acknowledged, as a chat platform would, in order for each chat. */
async function feed(
  child: ChildProcess,
  open: readonly Update[],
  stored: ReadonlySet<string>,
): Promise<void> {
  const lines = PEOPLE.map(async ([chat]) => {
    for (const { id, code, value } of open.filter((update) => update.chat === chat)) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.stdin?.write(`${JSON.stringify({ id, chat, text: `${code} = ${value}` })}\n`)
      while (!stored.has(id) && child.exitCode === null && child.signalCode === null) await sleep(1)
    }
  })
  await Promise.all(lines)
}

it('killed at random moments it loses nothing, doubles nothing, and answers each message once', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thuky-kill-'))
  const acknowledged = new Set<string>()
  let kills = 0
  for (;;) {
    const { child, stored, exited } = await startOffice(folder)
    // A redelivery of what was acknowledged already must change nothing.
    const again = updates.filter(({ id }) => acknowledged.has(id)).slice(-3)
    const open = [...again, ...updates.filter(({ id }) => !acknowledged.has(id))]
    const killing =
      kills < KILLS ? sleep(30 + Math.random() * 150).then(() => child.kill('SIGKILL')) : undefined
    await feed(child, open, stored)
    for (const id of stored) acknowledged.add(id)
    if (killing) {
      await killing
      kills += 1
      await exited
      continue
    }
    child.stdin?.write('finish\n')
    await exited
    break
  }

  const store = await openStore(`file:${join(folder, 'kill.db')}`)
  const answers = await store.listAnswers('tan-loc', '2025-quy1')
  for (const [chat, code] of PEOPLE) {
    const given = answers
      .filter((answer) => answer.code === code)
      .map((answer) => (answer.given.state === 'value' ? answer.given.value : ''))
    expect(given, code).toEqual(
      updates.filter((update) => update.chat === chat).map((update) => update.value),
    )
    const lines = await store.listTranscript('tan-loc', chat)
    expect(lines.filter((line) => line.direction === 'in')).toHaveLength(TURNS / PEOPLE.length)
    // One opening message, then one reply to each.
    expect(lines.filter((line) => line.direction === 'out')).toHaveLength(1 + TURNS / PEOPLE.length)
  }
  const { inboxWaiting, outbox } = await store.countWork()
  expect(inboxWaiting).toBe(0)
  // The coordinator, told of each correction, is not told of more than twenty a day.
  expect(outbox.unknown).toBe(0)
  await store.close()
  const sent = readFileSync(join(folder, 'sent.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): { id: string } => JSON.parse(line))
  const late = outbox.pending + outbox.sending
  expect(new Set(sent.map(({ id }) => id)).size).toBeGreaterThanOrEqual(TURNS + PEOPLE.length - late)
  expect(existsSync(folder)).toBe(true)
  rmSync(folder, { recursive: true })
})

it('with a full disk it says that nothing was recorded, and keeps what it had said was', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thuky-full-'))
  // No file may grow beyond this: the disk is full for whoever writes on.
  const { child, stored, refused, exited } = await startOffice(folder, 'ulimit -f 2500;')
  for (let index = 0; refused.size === 0 && index < 2000; index += 1) {
    child.stdin.write(
      `${JSON.stringify({ id: `d${index}`, chat: 'cong-an', text: `II.6.2 = ${100 + index}` })}\n`,
    )
    while (!stored.has(`d${index}`) && !refused.has(`d${index}`)) await sleep(1)
  }
  child.kill('SIGKILL')
  await exited
  expect(refused.size).toBeGreaterThan(0)
  expect(stored.size).toBeGreaterThan(10)

  const after = await startOffice(folder)
  after.child.stdin.write('finish\n')
  await after.exited
  const store = await openStore(`file:${join(folder, 'kill.db')}`)
  const given = (await store.listAnswers('tan-loc', '2025-quy1')).map((answer) =>
    answer.given.state === 'value' ? answer.given.value : '',
  )
  expect(given).toEqual([...stored].map((id) => String(100 + Number(id.slice(1)))))
  expect((await store.countWork()).inboxWaiting).toBe(0)
  await store.close()
  rmSync(folder, { recursive: true })
})
