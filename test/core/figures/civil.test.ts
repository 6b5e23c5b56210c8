import { describe, expect, test } from 'vitest'
import {
  addDays,
  countDays,
  isRealDay,
  lengthOfMonth,
  readIsoDay,
  weekdayOf,
  writeIsoDay,
} from '../../../src/core/figures/civil.ts'
import { fc } from '../../draws.ts'

describe('civil days', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11016],
    ['2000-03-01', 11017],
    ['2025-03-05', 20152],
  ])('%s is day %i', (iso, days) => {
    expect(countDays(iso)).toBe(days)
  })

  test('agree with the calendar of the machine over four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90_000, max: 90_000 }), (days) => {
        const date = new Date(days * 86_400_000)
        const iso = date.toISOString().slice(0, 10)
        expect(addDays('1970-01-01', days)).toBe(iso)
        expect(countDays(iso)).toBe(days)
        expect(weekdayOf(iso)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay())
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    [2024, 2, 29],
    [2025, 2, 28],
    [1900, 2, 28],
    [2000, 2, 29],
    [2025, 4, 30],
    [2025, 6, 30],
    [2025, 9, 30],
    [2025, 11, 30],
    [2025, 1, 31],
    [2025, 12, 31],
  ])('%i-%i has %i days', (year, month, length) => {
    expect(lengthOfMonth(year, month)).toBe(length)
    expect(isRealDay({ year, month, day: length })).toBe(true)
    expect(isRealDay({ year, month, day: length + 1 })).toBe(false)
  })

  test('there is no day 0, month 0 or month 13', () => {
    expect(isRealDay({ year: 2025, month: 1, day: 0 })).toBe(false)
    expect(isRealDay({ year: 2025, month: 0, day: 1 })).toBe(false)
    expect(isRealDay({ year: 2025, month: 13, day: 1 })).toBe(false)
    expect(isRealDay({ year: 2025, month: 1, day: 1 })).toBe(true)
  })

  test('are read from ISO text, with or without a time', () => {
    expect(readIsoDay('2025-03-05')).toEqual({ year: 2025, month: 3, day: 5 })
    expect(readIsoDay('2025-03-05T08:00')).toEqual({ year: 2025, month: 3, day: 5 })
    expect(readIsoDay('5/3/2025')).toBeUndefined()
    expect(writeIsoDay({ year: 2025, month: 3, day: 5 })).toBe('2025-03-05')
  })
})
