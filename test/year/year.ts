import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, createApp } from '../../src/app.ts'
import { createRecordingChannel } from '../../src/channels/recording.ts'
import type { Moment } from '../../src/core/answer.ts'
import { addMinutes, readMoment } from '../../src/core/calendar.ts'
import { Office } from '../../src/core/office.ts'
import { packsOf } from '../../src/core/pack.ts'
import { itemsOf } from '../../src/core/round.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { readRounds } from '../../src/rounds.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'

/** How people are: answers at once, only when reminded, long after, never, or is away for a while. */
export type Habit = 'prompt' | 'reminded' | 'late' | 'silent' | 'away'
const HABITS: readonly Habit[] = ['prompt', 'prompt', 'reminded', 'late', 'silent', 'away']

/** One message out, as the year's book keeps it. */
export interface Entry {
  readonly at: Moment
  readonly to: string
  readonly text: string
  readonly hasFile: boolean
  /** It came of the bot's own accord. */
  readonly isUnasked: boolean
}

export interface Year {
  readonly office: Office
  readonly habits: ReadonlyMap<string, Habit>
  readonly book: readonly Entry[]
  /** Keys of all that was done of its own accord, by period. */
  readonly deeds: ReadonlyMap<string, ReadonlySet<string>>
  readonly seconds: number
  readonly faults: number
}

const GIVEN =
  'An Bách Cảnh Danh Gia Hiếu Khoa Lâm Nghĩa Phú Quân Sơn Thái Uyên Vinh Xuân Yên Bảo Châu Đạt Giang Hưng Khánh Long Nam Oanh Phong Quý'.split(
    ' ',
  )
const STEP_MINUTES = 30
/** Nothing is expected of the night, but that it is quiet. */
const NIGHT_MINUTES = 180
const PEOPLE = 40

/** A year of an office of forty, from the first working day to the last, with everybody's habits played out. */
export async function playYear(from: string, to: string): Promise<Year> {
  const started = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'thuky-year-'))
  const store = await openStore(`file:${join(folder, 'year.db')}`, { synchronous: 'OFF' })
  const prompts = await readPrompts('prompts')
  const office = await fortyOf(prompts.duties)
  const habits = new Map(
    office.people.map(({ id, roles }, index) => [
      id,
      roles.includes('chairman') ? ('prompt' as const) : (HABITS[index % HABITS.length] ?? 'prompt'),
    ]),
  )
  const clock = { now: readMoment(from) ?? '' }
  const channel = createRecordingChannel('web')
  const book: Entry[] = []
  const app = createApp({
    ...prompts,
    store,
    channels: [
      {
        ...channel,
        send: async (chat, message) => {
          const hasFile = message.file !== undefined
          book.push({ at: clock.now, to: chat, text: message.text, hasFile, isUnasked: stage.isBeating })
          return channel.send(chat, message)
        },
      },
    ],
    clock: () => clock.now,
    log: pino({ level: 'silent' }),
  })
  await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, clock.now)
  for (const { id } of office.people)
    await store.bind({ channel: 'web', chat: id, officeId: office.id, personId: id }, clock.now)
  await channel.start(app.receive('web'), app.notify('web'))
  const stage = {
    isBeating: false,
    store,
    office,
    app,
    clock,
    habits,
    hand: channel.hand,
    count: 0,
    packs: prompts.packs,
  }
  for (const end = readMoment(to) ?? ''; clock.now < end; ) {
    const isNight = clock.now.slice(11, 13) >= '20' || clock.now.slice(11, 13) < '05'
    clock.now = addMinutes(clock.now, isNight ? NIGHT_MINUTES : STEP_MINUTES)
    stage.isBeating = true
    await app.beat()
    stage.isBeating = false
    await actOut(stage, book)
  }
  const keys = (await store.listPeriods(office.id)).map(({ key }) => key)
  const deeds = new Map(
    await Promise.all(keys.map(async (key) => [key, await store.listDeeds(office.id, [key])] as const)),
  )
  await app.stop()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
  const seconds = (performance.now() - started) / 1000
  return { office, habits, book, deeds, seconds, faults: app.counts.faults }
}

/** The sample ward with its duties spread over as many as there are, and colleagues without any. */
async function fortyOf(duties: readonly string[]): Promise<Office> {
  const example = await readOfficeFile('prompts/office.example.yaml', duties)
  const more = Array.from({ length: PEOPLE - example.people.length }, (_, n) => ({
    id: `can-bo-${n + 1}`,
    name: `Trần Văn ${GIVEN[n] ?? n}`,
    title: 'Công chức',
    address: 'đồng chí' as const,
    roles: ['official' as const],
    duties: [],
  }))
  return Office.parse({ ...example, people: [...example.people, ...more] })
}

interface Stage {
  readonly store: Store
  readonly office: Office
  readonly app: App
  readonly clock: { readonly now: Moment }
  readonly habits: ReadonlyMap<string, Habit>
  readonly hand: ReturnType<typeof createRecordingChannel>['hand']
  readonly packs: Awaited<ReturnType<typeof readPrompts>>['packs']
  count: number
}

/** What each person does at this hour, by what they have heard so far. */
async function actOut(stage: Stage, book: readonly Entry[]): Promise<void> {
  const { clock, habits, office, store } = stage
  const hour = clock.now.slice(11, 16)
  if (hour !== '09:30' && hour !== '15:30') return
  for (const { key, openedAt, closedAt } of await store.listPeriods(office.id)) {
    const days = (Date.parse(clock.now) - Date.parse(openedAt)) / 86_400_000
    if (closedAt !== undefined || days > 40) continue
    if (days < 0.3) await handOn(stage, key)
    for (const [person, habit] of habits) {
      const heard = book.filter((one) => one.to === person && one.at > openedAt).length
      const isFirstMorning = hour === '09:30' && days < 1.5
      if (habit === 'away' && isFirstMorning) await say(stage, person, 'nghỉ đến thứ Hai, nhờ Lan')
      else if (isTime(habit, { days, heard })) await answerAll(stage, person, key)
    }
  }
}

function isTime(habit: Habit, { days, heard }: { readonly days: number; readonly heard: number }): boolean {
  switch (habit) {
    case 'prompt':
      return days > 1
    case 'reminded':
      return heard > 1
    case 'late':
    case 'away':
      return days > 20
    default:
      return false
  }
}

/** Every owner keeps one item and hands the rest to colleagues who hold no duty: forty people owe something. */
async function handOn(stage: Stage, key: string): Promise<void> {
  const { office } = stage
  const helpers = office.people.filter(
    ({ duties, roles }) => duties.length === 0 && !roles.includes('chairman'),
  )
  let next = 0
  for (const owner of office.people.filter(({ duties }) => duties.length > 0)) {
    for (const { code } of (await openItems(stage, owner.id, key)).slice(1)) {
      const helper = helpers[next % helpers.length]
      next += 1
      if (helper) await say(stage, owner.id, `chuyển ${code} cho ${helper.name}`)
    }
  }
}

async function say(stage: Stage, person: string, text: string): Promise<void> {
  stage.count += 1
  await stage.hand({ id: `y${stage.count}`, chat: person, text, files: [] })
  await stage.app.idle()
}

/** All that is open of theirs, by code; a text has words. */
async function answerAll(stage: Stage, person: string, key: string): Promise<void> {
  for (const { code, kind } of (await openItems(stage, person, key)).slice(0, 6))
    await say(stage, person, `${code} = ${kind === 'text' ? 'Thực hiện theo kế hoạch.' : 'không phát sinh'}`)
}

async function openItems(stage: Stage, person: string, key: string) {
  const { store, office, clock, packs } = stage
  const shelf = {
    periods: await store.listPeriods(office.id),
    answersOf: (periodKey: string) => store.listAnswers(office.id, periodKey),
  }
  const rounds = await readRounds(shelf, { office, packs: packsOf(office, packs), now: clock.now })
  const round = rounds.find(({ period, isClosed }) => period.key === key && !isClosed)
  const me = office.people.find(({ id }) => id === person)
  return round && me ? itemsOf(round, office, me).filter(({ code }) => !round.answers.has(code)) : []
}
