import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pino } from 'pino'
import { type App, createApp } from './app.ts'
import type { InFile, OutMessage } from './channels/channel.ts'
import { createRecordingChannel } from './channels/recording.ts'
import type { Answer, Given, Moment } from './core/answer.ts'
import { addMinutes, dayOf, momentOn, readMoment } from './core/calendar.ts'
import { readFigure } from './core/figures/read.ts'
import { ownerOf } from './core/office.ts'
import { type Item, packsOf, type ReportPack } from './core/pack.ts'
import { dataWindow } from './core/period.ts'
import { planFor, withPlan } from './core/plan.ts'
import { findItem, latestByCode } from './core/round.ts'
import { NEW_TALK, Talk } from './core/talk.ts'
import { foldText } from './core/text.ts'
import { addScreen } from './effort.ts'
import { liveOn } from './habits.ts'
import type { Prompts } from './prompts.ts'
import { countReminders, leaveResults, type Summary, summarisePlay } from './results.ts'
import { readRounds } from './rounds.ts'
import type { Scenario, Step } from './scenario.ts'
import { type Line, playedPeriod, type Stage, shelfOf } from './stage.ts'
import { openStore } from './store/open.ts'
import { EMPTY_DEED, type Store } from './store/store.ts'

const CHANNELS = ['web', 'telegram', 'zalo'] as const
const BEAT_MINUTES = 15
const NIGHT_MINUTES = 180
const SECONDS_A_MESSAGE = 4
/** The chat that everyone reads; no person can have that name. */
const GROUP = 'nhóm'

/** Replays a scenario through the real app and leaves the results in `out`. */
export async function play(scenario: Scenario, prompts: Prompts, out: string): Promise<Summary> {
  const folder = await mkdtemp(join(tmpdir(), 'thuky-play-'))
  // A play need not survive a power cut.
  const store = await openStore(`file:${join(folder, 'play.db')}`, { synchronous: 'OFF' })
  try {
    await seatPeople(scenario, store)
    const stage = await setStage(scenario, prompts, { store })
    const failed = await playSteps(stage)
    const periods = await store.listPeriods(scenario.office.id)
    const deeds = await store.listDeeds(
      scenario.office.id,
      periods.map(({ key }) => key),
    )
    const summary = { ...summarisePlay(stage, failed, periods), reminders: countReminders(deeds) }
    await leaveResults(stage, summary, prompts, out)
    await stage.app.stop()
    return summary
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Casting {
  /** Where the office and its people are known already, see `seatPeople`. */
  readonly store: Store
  /** False: no channel has quick replies; what is to be pressed is typed, by its number where the text numbers it. */
  readonly hasButtons?: boolean
  /** How far the clock moves from beat to beat; fewer are quicker. */
  readonly beatMinutes?: number
  /** Whether the words of an expectation are among those heard. */
  readonly isHeard?: (words: string, heard: string) => boolean
}

/** Plays the steps only: what was said, and which expectations failed; no results are left. */
export async function rehearse(
  scenario: Scenario,
  prompts: Prompts,
  casting: Casting,
): Promise<{ readonly failed: Summary['failed']; readonly transcript: readonly Line[] }> {
  const stage = await setStage(scenario, prompts, casting)
  const failed = await playSteps(stage)
  await stage.app.stop()
  return { failed, transcript: stage.transcript }
}

/** The office, and each of its people on every channel. */
export async function seatPeople({ office, now }: Scenario, store: Store): Promise<void> {
  const at = readMoment(now) ?? ''
  await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, at)
  for (const { id } of office.people) {
    for (const channel of CHANNELS)
      await store.bind({ channel, chat: id, officeId: office.id, personId: id }, at)
  }
}

async function playSteps(stage: Stage): Promise<Summary['failed']> {
  const failed: Summary['failed'][number][] = []
  for (const [index, step] of stage.scenario.steps.entries()) {
    const words = await playStep(stage, step)
    failed.push(...words.map((one) => ({ step: index + 1, words: one })))
  }
  return failed
}

async function setStage(scenario: Scenario, prompts: Prompts, casting: Casting): Promise<Stage> {
  const { store, hasButtons = true, beatMinutes = scenario.beat ?? BEAT_MINUTES } = casting
  const { isHeard = (words: string, heard: string) => heard.includes(words) } = casting
  const buttons = hasButtons ? scenario.buttons : 0
  const capabilities = buttons === undefined ? {} : { buttons }
  const channels = CHANNELS.map((name) => createRecordingChannel(name, { capabilities }))
  const now = readMoment(scenario.now) ?? ''
  const stage: Omit<Stage, 'app'> & { app?: App } = {
    scenario,
    packs: prompts.packs,
    store,
    channels,
    isHeard,
    beatMinutes,
    now,
    transcript: [],
    drafts: [],
    seen: new Map(),
    written: new Map(),
    handed: 0,
    shown: new Map(),
  }
  const app = createApp({
    store,
    channels,
    packs: prompts.packs,
    words: prompts.words,
    clock: () => stage.now,
    log: pino({ level: 'silent' }),
  })
  for (const channel of channels) await channel.start(app.receive(channel.name))
  const ready = Object.assign(stage, { app })
  for (const [key, answers] of Object.entries(scenario.earlier ?? {})) {
    await keepEarlier(store, prompts.packs, { scenario, key, answers })
  }
  const played = playedPeriod(scenario, prompts.packs)
  if (played) await app.openPeriod(scenario.office.id, played.pack, played.period)
  await app.beat()
  await writeDown(ready)
  return ready
}

/** Keeps what was answered in a period gone by, as of its last day and by whoever holds the duty. */
async function keepEarlier(
  store: Store,
  packs: readonly ReportPack[],
  { scenario, key, answers }: { scenario: Scenario; key: string; answers: Readonly<Record<string, string>> },
): Promise<void> {
  const { office } = scenario
  const played = playedPeriod({ ...scenario, period: key }, packs)
  if (!played) throw new Error(`no pack is made for ${key}`)
  const { pack, period } = played
  const at = readMoment(`${dataWindow(period).to}T08:00`) ?? ''
  const whole = withPlan(pack, planFor(office, period.year))
  const rows = Object.entries(answers).map(([code, raw]) => {
    const item = findItem(whole, code)
    if (!item) throw new Error(`nothing is called ${code}`)
    const answer: Answer = {
      code: item.code,
      given: givenOf(raw, item),
      raw,
      by: ownerOf(office, item.duty).id,
      at,
      channel: CHANNELS[0],
      messageId: `earlier-${period.key}`,
    }
    return { periodKey: period.key, answer }
  })
  await store.turn({ type: 'deed', officeId: office.id, key: `open:${period.key}` }, async () => ({
    ...EMPTY_DEED,
    at,
    answers: rows,
    periods: [{ key: period.key, packId: pack.id, openedAt: at }],
  }))
}

/** A figure as it is written; anything else is the words of a text. */
function givenOf(raw: string, { kind, unit }: Item): Given {
  if (kind === 'text' || kind === 'choice')
    return kind === 'text' ? { state: 'text', text: raw } : { state: 'value', value: raw, qualifier: 'exact' }
  const reading = readFigure(raw, { kind, ...(unit === undefined ? {} : { unit }) })
  if (reading.outcome === 'value')
    return { state: 'value', value: reading.value, qualifier: reading.qualifier }
  if (reading.outcome === 'empty' && reading.empty !== 'pending') return { state: reading.empty }
  throw new Error(`no figure in “${raw}”`)
}

/** Plays one step; resolves to the words that were expected and did not come, or came and should not. */
async function playStep(stage: Stage, step: Step): Promise<readonly string[]> {
  const before = stage.transcript.length
  if (step.at !== undefined) await moveClock(stage, readMoment(step.at) ?? stage.now)
  const failed: string[] = []
  if (step.from !== undefined) {
    if (step.sends !== undefined) await handFiles(stage, step.from, step.sends, step)
    else if (step.says !== undefined) await hand(stage, step.from, step.says, step)
    if (step.press !== undefined) failed.push(...(await press(stage, step.from, step.press, step)))
    if (step.answers) failed.push(...(await answerAll(stage, step.from, step.answers, step)))
  }
  const heard = (person: string) =>
    stage.transcript
      .slice(before)
      .filter((line) => line.direction === 'out' && line.person === person)
      .map((line) => line.text)
      .join('\n')
  const replies = step.from === undefined ? '' : heard(step.group ? GROUP : step.from)
  return [
    ...failed,
    ...step.expect.filter((words) => !stage.isHeard(words, replies)),
    ...step.refuse.filter((words) => stage.isHeard(words, replies)).map((words) => `≠ ${words}`),
    ...Object.entries(step.expect_to).flatMap(([person, all]) =>
      all.filter((words) => !stage.isHeard(words, heard(person))).map((words) => `${person}: ${words}`),
    ),
  ]
}

async function moveClock(stage: Stage, to: Moment): Promise<void> {
  while (stage.now < to) {
    const next = nextBeat(stage)
    stage.now = next < to ? next : to
    await stage.app.beat()
    await writeDown(stage)
    await liveByHabit(stage)
  }
}

/** On the round quarters of an hour, however long people took over their words; at night seldom, for it is quiet. */
function nextBeat({ now, beatMinutes }: Stage): Moment {
  const isNight = now.slice(11, 13) >= '20' || now.slice(11, 13) < '05'
  const minutes = isNight ? Math.max(NIGHT_MINUTES, beatMinutes) : beatMinutes
  const since = (Number(now.slice(11, 13)) * 60 + Number(now.slice(14, 16))) % minutes
  return addMinutes(momentOn(dayOf(now), now.slice(11, 16)), minutes - since)
}

async function liveByHabit(stage: Stage): Promise<void> {
  const { scenario, store, packs, now } = stage
  const { habits, office } = scenario
  const say = (person: string, text: string) => hand(stage, person, text, {})
  if (habits) await liveOn({ habits, office, packs: packsOf(office, packs), store, now, say })
}

async function hand(
  stage: Stage,
  person: string,
  text: string,
  step: Pick<Step, 'channel' | 'edits' | 'group'>,
  files: readonly InFile[] = [],
): Promise<void> {
  const channel = stage.channels.find((one) => one.name === (step.channel ?? CHANNELS[0]))
  stage.handed += 1
  // People take their time; so many messages in one minute would be a flood.
  stage.now = addMinutes(stage.now, SECONDS_A_MESSAGE / 60)
  const id = `play-${stage.handed}`
  const written = stage.written.get(person) ?? []
  const edits = step.edits === undefined ? undefined : (written.at(-step.edits) ?? 'never written')
  if (step.edits === undefined) stage.written.set(person, [...written, id])
  stage.transcript.push({
    at: stage.now,
    person,
    channel: channel?.name ?? '',
    direction: 'in',
    text,
    buttons: [],
    files: files.map((file) => file.name),
  })
  await channel?.hand({
    id,
    chat: step.group ? GROUP : person,
    text,
    files,
    ...(edits === undefined ? {} : { edits }),
    ...(step.group ? { sender: person } : {}),
  })
  await stage.app.idle()
  await writeDown(stage)
  await noteScreen(stage, person)
}

/** Counts what the person has before them now. */
async function noteScreen(stage: Stage, person: string): Promise<void> {
  const { office } = stage.scenario
  const { shown, periodKey } = await readTalk(stage, person)
  const shelf = shelfOf(stage, await stage.store.listPeriods(office.id))
  const rounds = await readRounds(shelf, { office, packs: stage.packs, now: stage.now })
  const round = rounds.find(({ period }) => period.key === periodKey)
  if (round) stage.shown = addScreen(stage.shown, round, person, shown)
}

async function handFiles(
  stage: Stage,
  person: string,
  paths: string | readonly string[],
  step: Step,
): Promise<void> {
  const files = await Promise.all(
    [paths].flat().map(async (path): Promise<InFile> => {
      const bytes = await readFile(resolve(stage.scenario.folder, path))
      return { name: basename(path), size: bytes.length, bytes }
    }),
  )
  await hand(stage, person, step.says ?? '', step, files)
}

/** Presses a quick reply of the last message that had any; where there are none, types what it would send. */
async function press(stage: Stage, person: string, words: string, step: Step): Promise<readonly string[]> {
  const channel = stage.channels.find((one) => one.name === (step.channel ?? CHANNELS[0]))
  if (channel?.capabilities.buttons === 0) {
    await hand(stage, person, typedFor(words, lastHeard(stage, person)), step)
    return []
  }
  const last = stage.transcript.findLast(
    (line) => line.person === person && line.direction === 'out' && line.buttons.length > 0,
  )
  const button = pick(last?.buttons ?? [], words)
  if (button === undefined) return [`[${words}]`]
  await hand(stage, person, button, step)
  return []
}

function lastHeard({ transcript }: Stage, person: string): string {
  return transcript.findLast((line) => line.person === person && line.direction === 'out')?.text ?? ''
}

/** "[Giữ nguyên]" under "2. Giữ nguyên, ghi lý do" is typed as "2"; what has no number, as its words. */
function typedFor(words: string, text: string): string {
  const numbered = text.split('\n').filter((line) => /^[\da-h]+\. /.test(line))
  return pick(numbered, words)?.split('.')[0] ?? words
}

/** A button may quote what was typed without accents. */
function pick(labels: readonly string[], words: string): string | undefined {
  const wanted = foldText(words)
  return (
    labels.find((label) => label === words) ??
    labels.find((label) => label.includes(words)) ??
    labels.find((label) => foldText(label).includes(wanted))
  )
}

/** The robot: answers whatever is asked from the table until nothing of it is open. */
async function answerAll(
  stage: Stage,
  person: string,
  table: Readonly<Record<string, string>>,
  step: Step,
): Promise<readonly string[]> {
  const stuck = new Set<string>()
  for (;;) {
    const answered = await answeredCodes(stage, person)
    const open = Object.keys(table).filter((code) => !answered.has(code) && !stuck.has(code))
    const [first] = open
    if (first === undefined) break
    const { shown } = await readTalk(stage, person)
    const wanted = shown.filter((code) => open.includes(code))
    await hand(stage, person, answerText(shown, wanted, first, table), step)
    const after = await answeredCodes(stage, person)
    const aimed = wanted.length > 0 ? wanted : [first]
    // What was said to an item and did not answer it will not answer it the second time.
    if (!aimed.some((code) => after.has(code))) for (const code of aimed) stuck.add(code)
  }
  return [...stuck].map((code) => `${code} = ${table[code]}`)
}

function answerText(
  shown: readonly string[],
  wanted: readonly string[],
  first: string,
  table: Readonly<Record<string, string>>,
): string {
  if (wanted.length === 0) return `${first} = ${table[first]}`
  if (shown.length === 1) return table[wanted[0] ?? first] ?? ''
  return wanted.map((code) => `${shown.indexOf(code) + 1} = ${table[code]}`).join('\n')
}

/** What is answered in the collection the person is talking about, or the latest one. */
async function answeredCodes(stage: Stage, person: string): Promise<ReadonlySet<string>> {
  const { id } = stage.scenario.office
  const [latest] = await stage.store.listPeriods(id)
  const key = (await readTalk(stage, person)).periodKey ?? latest?.key
  return new Set(key === undefined ? [] : latestByCode(await stage.store.listAnswers(id, key)).keys())
}

async function readTalk(stage: Stage, person: string): Promise<Talk> {
  const stored = await stage.store.readTalk(stage.scenario.office.id, person)
  return stored === undefined ? NEW_TALK : Talk.parse(JSON.parse(stored))
}

/** Copies what the channels have shown since the last look into the transcript. */
async function writeDown(stage: Stage): Promise<void> {
  for (const channel of stage.channels) {
    const seen = stage.seen.get(channel.name) ?? 0
    for (const { to, message } of channel.sent.slice(seen)) {
      stage.transcript.push(lineOf(stage.now, channel.name, to, message))
      if (message.file) stage.drafts.push({ name: message.file.name, bytes: message.file.bytes })
    }
    stage.seen.set(channel.name, channel.sent.length)
  }
}

function lineOf(at: Moment, channel: string, person: string, message: OutMessage): Line {
  return {
    at,
    person,
    channel,
    direction: 'out',
    text: message.text,
    buttons: message.choices,
    files: message.file ? [message.file.name] : [],
  }
}
