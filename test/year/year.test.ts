import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { dayOf, isOfficeTime } from '../../src/core/calendar.ts'
import { readPeriodKey } from '../../src/core/period.ts'
import { scheduleOf, workTimeOf } from '../../src/core/schedule.ts'
import { rehearse, seatPeople } from '../../src/play.ts'
import { readPrompts } from '../../src/prompts.ts'
import { readScenario, type Scenario } from '../../src/scenario.ts'
import type { Line } from '../../src/stage.ts'
import { openStore } from '../../src/store/open.ts'
import { lintTalk } from '../lint.ts'

const PERIODS = ['2026-quy1', '2026-6thang', '2026-quy3', '2026-nam']

interface Year {
  readonly scenario: Scenario
  readonly failed: readonly { readonly step: number; readonly words: string }[]
  readonly transcript: readonly Line[]
  /** Keys of all that was done of its own accord. */
  readonly deeds: readonly string[]
}

async function playYear(): Promise<Year> {
  const prompts = await readPrompts('prompts')
  const scenario = await readScenario('test/year/mot-nam.yaml', prompts.duties)
  const folder = mkdtempSync(join(tmpdir(), 'thuky-year-'))
  const store = await openStore(`file:${join(folder, 'year.db')}`, { synchronous: 'OFF' })
  await seatPeople(scenario, store)
  const played = await rehearse(scenario, prompts, { store })
  const keys = (await store.listPeriods(scenario.office.id)).map(({ key }) => key)
  const deeds = await store.listDeeds(scenario.office.id, [...keys, '2026-plan'])
  await store.close()
  rmSync(folder, { recursive: true, force: true })
  return { scenario, ...played, deeds: [...deeds] }
}

let year: Year
beforeAll(async () => {
  year = await playYear()
}, 600_000)

const keysOf = (type: string) => year.deeds.filter((key) => key.startsWith(`${type}:`))
const habitOf = (person = '') => year.scenario.habits?.[person]

describe('a year of an office of forty', () => {
  it('meets every expectation of its scenario, and says nothing amiss', () => {
    expect(year.failed).toEqual([])
    expect(lintTalk(year.transcript, year.scenario.office)).toEqual([])
    expect(keysOf('open').sort()).toEqual(PERIODS.map((key) => `open:${key}`).sort())
  })

  it('writes to nobody unasked at night, on a holiday or in the noon break', () => {
    const { calendar } = year.scenario.office
    const work = workTimeOf(calendar)
    // What answers somebody, or tells of it, comes with their words.
    const spoken = new Set(year.transcript.flatMap(({ at, direction }) => (direction === 'in' ? at : [])))
    const unasked = year.transcript.filter(({ at, direction }) => direction === 'out' && !spoken.has(at))
    expect(unasked.length).toBeGreaterThan(300)
    // The draft of the deadline comes on the stroke of it, which is the end of the day.
    const deadlines = PERIODS.flatMap((key) => {
      const period = readPeriodKey(key)
      return period ? [scheduleOf(period, calendar).deadline] : []
    })
    const wrong = unasked.filter(({ at }) => !isOfficeTime(at, work) && !deadlines.includes(at))
    expect(wrong.map(({ at, person, text }) => `${at} ${person} ${text.slice(0, 60)}`)).toEqual([])
  })

  it('reminds nobody more than three times a period, and nobody who owes nothing', () => {
    const counts = new Map<string, number>()
    for (const key of keysOf('remind')) {
      const [, periodKey = '', , person = ''] = key.split(':')
      counts.set(`${periodKey} ${person}`, (counts.get(`${periodKey} ${person}`) ?? 0) + 1)
    }
    const of = (habit: string) =>
      [...counts].flatMap(([one, count]) => (habitOf(one.split(' ')[1]) === habit ? count : []))
    expect(of('prompt')).toEqual([])
    expect(of('delegates')).toEqual([])
    expect(new Set(of('reminded'))).toEqual(new Set([1]))
    expect(new Set(of('silent'))).toEqual(new Set([3]))
    expect(new Set(of('late'))).toEqual(new Set([3]))
    expect(new Set(counts.values())).toEqual(new Set([1, 3]))
  })

  it('reminds each at the steps of the ladder, each with what is still theirs', () => {
    const told = year.transcript.filter(({ person, text }) => person === 'cong-an' && /còn \*\*/i.test(text))
    expect(told.map(({ at }) => at.slice(0, 16)).slice(0, 3)).toEqual([
      '2026-03-12T08:00',
      '2026-03-16T14:00',
      '2026-03-17T08:00',
    ])
  })

  it('tells the coordinator, then the chairman, what is missing after each deadline, once', () => {
    for (const period of PERIODS) {
      const overdue = keysOf('overdue').filter((key) => key.includes(`:${period}:`))
      expect(overdue.map((key) => key.split(':')[2]).sort()).toEqual(['chairman', 'coordinator'])
    }
  })

  it('hands out a draft of each of the four reports on its deadline', () => {
    expect(keysOf('deliver')).toHaveLength(4)
    const drafts = year.transcript.filter(({ person, files }) => person === 'chu-tich' && files.length > 0)
    expect(new Set(drafts.map(({ at }) => dayOf(at))).size).toBeGreaterThanOrEqual(4)
  })

  it('tells of a task that falls due between two collections, twice, to who leads it', () => {
    const july = ['tu-phap', 'mot-cua'].flatMap((id) =>
      ['soon', 'today'].map((when) => `tasks:2026-plan:${id}:2026-07-31:${when}`),
    )
    expect(
      keysOf('tasks')
        .filter((key) => key.includes('2026-07'))
        .sort(),
    ).toEqual(july.sort())
  })
})
