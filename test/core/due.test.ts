import { describe, expect, it } from 'vitest'
import { readDueDays } from '../../src/core/due.ts'

describe('the due days in the words of a plan', () => {
  it.each([
    ['quý I', ['2026-03-31']],
    ['Quý II', ['2026-06-30']],
    ['quý 3/2026', ['2026-09-30']],
    ['quý IV năm 2026', ['2026-12-31']],
    ['trong năm', ['2026-12-31']],
    ['năm 2026', ['2026-12-31']],
    ['trong năm 2026', ['2026-12-31']],
    ['tháng 2', ['2026-02-28']],
    ['Tháng 6/2026', ['2026-06-30']],
    ['6 tháng đầu năm', ['2026-06-30']],
    ['6 tháng đầu năm 2026', ['2026-06-30']],
    ['6 tháng cuối năm', ['2026-12-31']],
    ['trước 15/6', ['2026-06-15']],
    ['15/01/2027', ['2027-01-15']],
    ['trước ngày 20/11/2026', ['2026-11-20']],
    ['quý I, 6 tháng, quý III, năm', ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31']],
    ['trước ngày 15 tháng 6 năm 2026', ['2026-06-15']],
    ['ngày 30 tháng 4', ['2026-04-30']],
    ['12/2026', ['2026-12-31']],
    ['Tháng 3, 6, 9, 12', ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31']],
    ['Quý I, II, III, IV', ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31']],
    ['quý I và quý III', ['2026-03-31', '2026-09-30']],
    ['quý I và III', ['2026-03-31', '2026-09-30']],
  ])('“%s” are %j', (words, days) => {
    expect(readDueDays(words, 2026)).toEqual(days)
  })

  it.each([
    '3 tháng 1 lần',
    '6 tháng/lần',
    '12/2027',
    'hằng tuần',
    'hàng tháng',
    'hằng quý',
    'hằng năm',
    'thường xuyên',
    '31/2',
    'tháng 13',
  ])('are none in “%s”', (words) => {
    expect(readDueDays(words, 2026)).toEqual([])
  })
})
