import { beforeAll, describe, expect, it } from 'vitest'
import { dayOf, isOfficeTime } from '../../src/core/calendar.ts'
import { readPeriodKey, scheduleOf, workTimeOf } from '../../src/core/period.ts'
import { playYear, type Year } from './year.ts'

let year: Year
beforeAll(async () => {
  year = await playYear('2026-02-20T06:00', '2027-01-20T06:00')
}, 600_000)

const keysOf = (prefix: string) =>
  [...year.deeds.values()].flatMap((keys) => [...keys].filter((key) => key.startsWith(`${prefix}:`)))

describe('a year of an office of forty', () => {
  it('goes by in seconds, without a fault', () => {
    expect(year.faults).toBe(0)
    expect([...year.deeds.keys()].sort()).toEqual(['2026-6thang', '2026-nam', '2026-quy1', '2026-quy3'])
  })

  it('writes to nobody unasked at night, on a holiday or in the noon break', () => {
    const work = workTimeOf(year.office.calendar)
    const unasked = year.book.filter(({ isUnasked }) => isUnasked)
    expect(unasked.length).toBeGreaterThan(150)
    // The draft of the deadline comes on the stroke of it, which is the end of the day.
    const deadlines = [...year.deeds.keys()].flatMap((key) => {
      const period = readPeriodKey(key)
      return period ? [scheduleOf(period, year.office.calendar).deadline] : []
    })
    const wrong = unasked.filter(({ at }) => !isOfficeTime(at, work) && !deadlines.includes(at))
    expect(wrong.map(({ at, to, text }) => `${at} ${to} ${text.slice(0, 60)}`)).toEqual([])
  })

  it('reminds nobody more than three times a period, and nobody who owes nothing', () => {
    const byPerson = new Map<string, number>()
    for (const key of keysOf('remind')) {
      const [, periodKey = '', , personId = ''] = key.split(':')
      byPerson.set(`${periodKey} ${personId}`, (byPerson.get(`${periodKey} ${personId}`) ?? 0) + 1)
    }
    expect(byPerson.size).toBeGreaterThan(20)
    expect([...byPerson].filter(([, count]) => count > 3)).toEqual([])
    const prompt = [...byPerson.keys()].filter((one) => year.habits.get(one.split(' ')[1] ?? '') === 'prompt')
    expect(prompt).toEqual([])
    const silent = [...byPerson].filter(([one]) => year.habits.get(one.split(' ')[1] ?? '') === 'silent')
    expect(silent.length).toBeGreaterThan(0)
    expect(silent.every(([, count]) => count === 3)).toBe(true)
  })

  it('tells the coordinator, then the chairman, what is missing after each deadline, once', () => {
    for (const keys of year.deeds.values()) {
      const overdue = [...keys].filter((key) => key.startsWith('overdue:'))
      expect(overdue.filter((key) => key.includes('coordinator'))).toHaveLength(1)
      expect(overdue.filter((key) => key.includes('chairman'))).toHaveLength(1)
    }
  })

  it('hands out a draft of each of the four reports on its deadline', () => {
    expect(keysOf('deliver')).toHaveLength(4)
    const drafts = year.book.filter(({ to, hasFile }) => to === 'chu-tich' && hasFile)
    expect(new Set(drafts.map(({ at }) => dayOf(at))).size).toBeGreaterThanOrEqual(4)
  })
})
