import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/core/calendar.ts'
import { holidayOn } from '../../src/core/holidays.ts'

const rowsOf = (file: string) =>
  readFileSync(new URL(`calendar/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))

const KINDS: Readonly<Record<string, string>> = {
  nghỉ: 'holiday',
  'nghỉ (dự kiến)': 'holiday',
  'nghỉ bù': 'compensation',
  'nghỉ hoán đổi': 'swap',
  'làm bù': 'extra',
}

/** Every day of a year that is not like the others, as "04-30 holiday". */
function daysOf(year: number): readonly string[] {
  const days: string[] = []
  for (let day = `${year}-01-01`; day < `${year + 1}`; day = addDays(day, 1)) {
    const kind = holidayOn(day)
    if (kind) days.push(`${day.slice(5)} ${kind}`)
  }
  return days
}

describe('the holidays', () => {
  it.each([2026, 2027])('of %i are those of the table, and no others', (year) => {
    const rows = rowsOf('holidays.tsv').filter(([day]) => day?.startsWith(`${year}-`))
    expect(rows.length).toBeGreaterThan(12)
    expect(daysOf(year)).toEqual(rows.map(([day, , , kind]) => `${day?.slice(5)} ${KINDS[kind ?? '']}`))
  })

  it.each(rowsOf('lunar-dates.tsv'))(
    'of the lunar year %s are Tết on %s and Giỗ Tổ',
    (_, tet = '', ...row) => {
      const [, gioTo = ''] = row
      const around = [-2, -1, 0, 1, 2, 3].map((days) => holidayOn(addDays(tet, days)))
      expect(around).toEqual([undefined, ...Array(5).fill('holiday')])
      expect(holidayOn(gioTo)).toBe('holiday')
    },
  )

  it('have a table of twenty-six lunar years', () => {
    expect(rowsOf('lunar-dates.tsv')).toHaveLength(26)
  })

  it('have the day of culture from 2026 on', () => {
    expect([2025, 2026, 2045].map((year) => holidayOn(`${year}-11-24`))).toEqual([
      undefined,
      'holiday',
      'holiday',
    ])
  })

  it.each([
    ['one day after a weekend', 2028, ['01-03']],
    ['the Tuesday where the Monday is off itself', 2028, ['05-02']],
    ['two days where two fall on one weekend', 2022, ['05-02', '05-03']],
    ['two days after Giỗ Tổ and 30/4 beside 1/5', 2023, ['05-02', '05-03']],
    ['the day after 3/9 where 2/9 is a Sunday', 2029, ['09-04']],
    ['the Monday where 2/9 is a Saturday', 2028, ['09-04']],
  ])('make up by %s in %i', (_, year, days) => {
    const made = daysOf(year).filter((day) => day.endsWith(' compensation'))
    expect(made).toEqual(expect.arrayContaining(days.map((day) => `${day} compensation`)))
  })

  it('make up for each holiday of one day on a weekend exactly once', () => {
    const made = (year: number) => daysOf(year).filter((day) => day.endsWith(' compensation'))
    expect(made(2022)).toEqual(['01-03', '04-11', '05-02', '05-03'].map((day) => `${day} compensation`))
    expect(made(2024)).toEqual([])
    expect(made(2028)).toEqual(['01-03', '05-02', '09-04'].map((day) => `${day} compensation`))
    expect(made(2029)).toEqual(['09-04', '11-26'].map((day) => `${day} compensation`))
  })

  it('have 3/9 beside 2/9 where 1/9 falls on a weekend, and 1/9 otherwise', () => {
    const beside = (year: number) => ['09-01', '09-03'].map((day) => holidayOn(`${year}-${day}`))
    expect(beside(2024)).toEqual([undefined, 'holiday'])
    expect(beside(2029)).toEqual([undefined, 'holiday'])
    expect(beside(2028)).toEqual(['holiday', undefined])
  })

  it('are fixed ones alone in years without a lunar table', () => {
    expect(daysOf(2046)).not.toContain('02-06 holiday')
    expect(holidayOn('2046-04-30')).toBe('holiday')
  })
})
