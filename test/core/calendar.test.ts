import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addWorkingDays,
  countWorkingDays,
  firstWorkingDay,
  isOfficeTime,
  isWorkingDay,
  lastWorkingDay,
  nextOfficeTime,
  weekdayOf,
} from '../../src/core/calendar.ts'
import { CalendarSettings, workTimeOf } from '../../src/core/schedule.ts'

const workOf = (more: object) => workTimeOf(CalendarSettings.parse(more))
const usual = workOf({})
const at = (time: string) => `${time}:00.000+07:00`

const YEARS = readFileSync(new URL('calendar/days-off.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [year = '', off = '', worked = ''] = line.split('\t')
    const days = (words: string) => new Set(words.split(' ').map((day) => `${year}-${day}`))
    return [year, days(off), days(worked)] as const
  })

describe('a working day', () => {
  it.each(YEARS)('of %s is each that the table has not off', (year, off, worked) => {
    let day = `${year}-01-01`
    for (; day.startsWith(year); day = addDays(day, 1)) {
      const isWorked = (weekdayOf(day) <= 5 && !off.has(day)) || worked.has(day)
      expect(isWorkingDay(day, usual), day).toBe(isWorked)
    }
    expect(day).toBe(`${Number(year) + 1}-01-01`)
  })

  it('is told for seven years', () => {
    expect(YEARS.map(([year]) => year)).toEqual(['2024', '2025', '2026', '2027', '2028', '2029', '2030'])
  })

  it('is what the office says against the country', () => {
    const own = workOf({
      daysOff: ['2026-08-22', '2026-06-17'],
      workingDays: ['2026-11-24', '2026-11-28', '2026-11-29'],
    })
    expect(isWorkingDay('2026-06-17', own)).toBe(false)
    expect(isWorkingDay('2026-08-22', own)).toBe(false)
    expect(isWorkingDay('2026-11-24', own)).toBe(true)
    expect(isWorkingDay('2026-11-28', own)).toBe(true)
    expect(isWorkingDay('2026-11-29', own)).toBe(true)
    expect(isWorkingDay('2026-11-22', own)).toBe(false)
  })

  it("is off once where days off fall on each other: the country's, the weekend, the office's own", () => {
    // 24/11/2026 is a public holiday; Saturday and Sunday come before Monday the 23rd.
    const twice = workOf({ daysOff: ['2026-11-21', '2026-11-23', '2026-11-24'] })
    const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']
    expect(days.filter((day) => isWorkingDay(day, twice))).toEqual(['2026-11-20', '2026-11-25'])
    expect(addWorkingDays('2026-11-20', 1, twice)).toBe('2026-11-25')
    expect(lastWorkingDay('2026-11-24', twice)).toBe('2026-11-20')
  })

  it('is not a Saturday on which only the desk is open', () => {
    const desk = workOf({ saturdayHours: [{ from: '07:30', to: '11:30' }] })
    expect(isWorkingDay('2026-11-28', desk)).toBe(false)
    expect(addWorkingDays('2026-11-27', 1, desk)).toBe('2026-11-30')
  })

  it('can be the day itself, the last before or the next after it', () => {
    expect(lastWorkingDay('2026-11-23', usual)).toBe('2026-11-23')
    expect(lastWorkingDay('2026-11-24', usual)).toBe('2026-11-23')
    expect(firstWorkingDay('2026-11-24', usual)).toBe('2026-11-25')
    expect(lastWorkingDay('2027-03-14', usual)).toBe('2027-03-12')
    expect(firstWorkingDay('2027-02-05', usual)).toBe('2027-02-10')
    expect(lastWorkingDay('2026-08-23', usual)).toBe('2026-08-22')
  })
})

describe('working days', () => {
  it.each([
    ['2026-04-24', 1, '2026-04-28'],
    ['2026-11-23', 1, '2026-11-25'],
    ['2026-08-21', 1, '2026-08-22'],
    ['2026-08-28', 1, '2026-09-03'],
    ['2027-02-04', 2, '2027-02-11'],
    ['2027-03-14', 2, '2027-03-16'],
    ['2027-03-14', 0, '2027-03-12'],
    ['2027-03-15', 0, '2027-03-15'],
    ['2027-03-16', -1, '2027-03-15'],
    ['2027-03-14', -1, '2027-03-12'],
    ['2026-11-26', -3, '2026-11-20'],
    ['2028-04-28', 1, '2028-05-03'],
  ])('from %s, %i of them, lead to %s', (day, count, result) => {
    expect(addWorkingDays(day, count, usual)).toBe(result)
  })

  it('are counted after the first day up to and with the last', () => {
    expect(countWorkingDays('2026-11-20', '2026-11-26', usual)).toBe(3)
    expect(countWorkingDays('2026-11-26', '2026-11-26', usual)).toBe(0)
    expect(countWorkingDays('2026-11-27', '2026-11-29', usual)).toBe(0)
    expect(countWorkingDays('2026-08-20', '2026-08-24', usual)).toBe(3)
  })
})

describe('office time', () => {
  const half = workOf({ officeHours: [{ from: '07:00', to: '11:00' }] })
  const desk = workOf({ saturdayHours: [{ from: '08:00', to: '11:00' }], daysOff: ['2026-12-05'] })

  it.each([
    ['2026-11-25T07:29', usual, '2026-11-25T07:30'],
    ['2026-11-25T07:30', usual, '2026-11-25T07:30'],
    ['2026-11-25T11:29', usual, '2026-11-25T11:29'],
    ['2026-11-25T11:30', usual, '2026-11-25T13:30'],
    ['2026-11-25T12:00', usual, '2026-11-25T13:30'],
    ['2026-11-25T16:59', usual, '2026-11-25T16:59'],
    ['2026-11-25T17:00', usual, '2026-11-26T07:30'],
    ['2026-11-23T18:00', usual, '2026-11-25T07:30'],
    ['2026-11-27T23:59', usual, '2026-11-30T07:30'],
    ['2026-11-28T00:00', usual, '2026-11-30T07:30'],
    ['2026-12-31T17:00', usual, '2027-01-04T07:30'],
    ['2027-02-04T17:00', usual, '2027-02-10T07:30'],
    ['2026-08-22T14:00', usual, '2026-08-22T14:00'],
    ['2026-11-25T11:00', half, '2026-11-26T07:00'],
    ['2026-11-27T17:00', desk, '2026-11-28T08:00'],
    ['2026-11-28T10:59', desk, '2026-11-28T10:59'],
    ['2026-11-28T11:00', desk, '2026-11-30T07:30'],
    ['2026-12-04T17:00', desk, '2026-12-07T07:30'],
    ['2027-05-01T09:00', desk, '2027-05-04T07:30'],
    ['2026-08-22T14:00', desk, '2026-08-22T14:00'],
  ])('from %s on begins at its time', (moment, work, next) => {
    expect(nextOfficeTime(at(moment), work)).toBe(at(next))
    expect(isOfficeTime(at(moment), work)).toBe(moment === next)
    expect(isOfficeTime(at(next), work)).toBe(true)
  })

  it('is kept in the order of the day whatever the file has first', () => {
    const mixed = workOf({
      officeHours: [
        { from: '13:30', to: '17:00' },
        { from: '07:30', to: '11:30' },
      ],
    })
    expect(nextOfficeTime(at('2026-11-25T06:00'), mixed)).toBe(at('2026-11-25T07:30'))
  })
})
