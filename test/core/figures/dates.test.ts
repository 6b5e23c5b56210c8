import { describe, expect, test } from 'vitest'
import { settleDay, settlePromise } from '../../../src/core/figures/dates.ts'

const TODAY = '2025-03-05'
const END = { end: 1 }

describe('a day said of the past', () => {
  test.each([
    [{ day: 14, month: 3, year: 2025 }, TODAY, { iso: '2025-03-14' }],
    [{ day: 14, month: 3, year: 2025 }, undefined, { iso: '2025-03-14' }],
    [{ day: 14, month: 3, year: 2025, weekday: 5 }, TODAY, { iso: '2025-03-14' }],
    [{ day: 14, month: 3, year: 2025, weekday: 4 }, TODAY, { repairs: ['2025-03-14'] }],
    [{ day: 14, month: 3 }, TODAY, { iso: '2025-03-14' }],
    [{ day: 14, month: 3 }, undefined, { repairs: [] }],
    [{ day: 14, month: 3 }, 'hôm nay', { repairs: [] }],
    [{ day: 30, month: 11 }, TODAY, { iso: '2025-11-30' }],
    [{ day: 1, month: 12 }, TODAY, { repairs: ['2025-12-01', '2024-12-01'] }],
    [{ day: 29, month: 2 }, TODAY, { repairs: ['2025-02-28', '2025-03-01'] }],
    [{ day: 14 }, TODAY, { repairs: ['2025-03-14'] }],
    [{ day: 32 }, TODAY, { repairs: [] }],
    [{ offset: -1 }, TODAY, { iso: '2025-03-04' }],
    [{ weekday: 3 }, TODAY, { iso: '2025-03-12' }],
    [{ weekday: 2 }, TODAY, { iso: '2025-03-11' }],
    [{ weekday: 4 }, TODAY, { iso: '2025-03-06' }],
    [{ weekday: 3, weeks: 0 }, TODAY, { iso: '2025-03-05' }],
    [{ weekday: 1, weeks: 2 }, TODAY, { iso: '2025-03-17' }],
    [{ isVague: true }, TODAY, { repairs: [] }],
    [{ weekday: 6, isVague: true }, TODAY, { repairs: [] }],
    [{ day: 6, month: 2, year: 23, isBroken: true }, TODAY, { repairs: ['2023-02-06'] }],
    [{ day: 14, month: 3, year: 50, isBroken: true }, TODAY, { repairs: ['2050-03-14'] }],
    [{ day: 14, month: 3, year: 51, isBroken: true }, TODAY, { repairs: ['1951-03-14', '2051-03-14'] }],
    [{ day: 14, month: 3, year: 99, isBroken: true }, TODAY, { repairs: ['1999-03-14', '2099-03-14'] }],
    [{ day: 14, month: 3, year: 100, isBroken: true }, TODAY, { repairs: [] }],
    [{ day: 31, month: 6, year: 2025 }, TODAY, { repairs: ['2025-06-30', '2025-07-01'] }],
    [{ day: 31, month: 6, year: 1944 }, TODAY, { repairs: [] }],
    [{ day: 31, month: 6, year: 1945 }, TODAY, { repairs: ['1945-06-30', '1945-07-01'] }],
    [{ day: 32, month: 6, year: 2025 }, TODAY, { repairs: [] }],
    [{ day: 14, month: 13, year: 2025 }, TODAY, { repairs: [] }],
    [{ day: 3, month: 14, year: 2025 }, TODAY, { repairs: ['2025-03-14'] }],
    [{ day: 3, month: 32, year: 2025 }, TODAY, { repairs: [] }],
    [{ day: 0, month: 3, year: 2025 }, TODAY, { repairs: [] }],
    [{ day: 14, month: 0, year: 2025 }, TODAY, { repairs: [] }],
  ] as const)('%j on %s is %j', (said, today, reading) => {
    expect(settleDay({ ...END, ...said }, today)).toEqual(reading)
  })
})

describe('a day promised', () => {
  test.each([
    [{ day: 14, month: 3, year: 2025 }, TODAY, '2025-03-14'],
    [{ day: 14, month: 3, year: 2025 }, undefined, '2025-03-14'],
    [{ day: 31, month: 6, year: 2025 }, TODAY, undefined],
    [{ day: 14, month: 3 }, undefined, undefined],
    [{ day: 14, month: 3 }, TODAY, '2025-03-14'],
    [{ day: 5, month: 3 }, TODAY, '2025-03-05'],
    [{ day: 6, month: 3 }, TODAY, '2025-03-06'],
    [{ day: 31, month: 12 }, TODAY, '2025-12-31'],
    [{ day: 20, month: 12 }, '2025-12-20', '2025-12-20'],
    [{ day: 5 }, TODAY, '2025-03-05'],
    [{ day: 6 }, TODAY, '2025-03-06'],
    [{ day: 31 }, '2025-11-30', '2025-12-31'],
    [{ day: 31 }, '2025-12-31', '2025-12-31'],
    [{ day: 30 }, '2025-01-30', '2025-01-30'],
    [{ day: 30 }, '2025-01-31', '2025-03-30'],
    [{ day: 4, month: 3 }, TODAY, '2026-03-04'],
    [{ day: 1 }, '2025-11-30', '2025-12-01'],
    [{ offset: 1 }, '2025-12-31', '2026-01-01'],
    [{ weekday: 1 }, TODAY, '2025-03-10'],
    [{ weekday: 1, isVague: true }, TODAY, undefined],
    [{ day: 6, month: 4, isBroken: true }, TODAY, undefined],
    [{ offset: 1 }, 'hôm nay', undefined],
  ] as const)('%j on %s is %s', (said, today, day) => {
    expect(settlePromise({ ...END, ...said }, today)).toBe(day)
  })
})
