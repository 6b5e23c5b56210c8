import { describe, expect, it } from 'vitest'
import { addWorkingDays, momentOf, readMoment } from '../../src/core/calendar.ts'
import {
  CalendarSettings,
  dataWindow,
  duePeriods,
  PERIOD_NAMES,
  periodOf,
  readPeriod,
  readPeriodKey,
  scheduleOf,
} from '../../src/core/period.ts'

const settings = CalendarSettings.parse({})

describe('the data window of Nghị định 09/2019', () => {
  it.each([
    ['quy1', '2024-12-15', '2025-03-14'],
    ['quy2', '2025-03-15', '2025-06-14'],
    ['quy3', '2025-06-15', '2025-09-14'],
    ['quy4', '2025-09-15', '2025-12-14'],
    ['6thang', '2024-12-15', '2025-06-14'],
    ['6thangcuoi', '2025-06-15', '2025-12-14'],
    ['9thang', '2024-12-15', '2025-09-14'],
    ['nam', '2024-12-15', '2025-12-14'],
    ['thang1', '2024-12-15', '2025-01-14'],
    ['thang12', '2025-11-15', '2025-12-14'],
  ] as const)('of %s 2025 runs from %s to %s', (name, from, to) => {
    expect(dataWindow(periodOf(name, 2025))).toEqual({ from, to })
  })

  it('lets the months of a year follow each other without a gap', () => {
    const months = PERIOD_NAMES.filter((name) => name.startsWith('thang')).map((name) =>
      dataWindow(periodOf(name, 2024)),
    )
    for (const [index, month] of months.entries()) {
      const next = months[index + 1]
      if (next) expect(`${next.from.slice(0, 8)}14`).toBe(month.to)
    }
  })
})

describe('a schedule', () => {
  it('is due two working days after the cut-off unless the office says otherwise', () => {
    expect(scheduleOf(periodOf('quy1', 2025), settings)).toEqual({
      from: '2024-12-15',
      to: '2025-03-14',
      opens: '2025-03-04T08:00:00.000+07:00',
      deadline: '2025-03-18T17:00:00.000+07:00',
      closes: '2025-04-17T23:59:00.000+07:00',
    })
  })

  it('opens on the next working day when the opening falls on a Sunday', () => {
    expect(scheduleOf(periodOf('nam', 2022), settings).opens).toBe('2022-12-05T08:00:00.000+07:00')
  })

  it('takes what the superior fixed for one period, and the days off', () => {
    const own = CalendarSettings.parse({
      daysOff: ['2025-03-17'],
      periods: { '2025-6thang': { from: '2024-12-10', deadline: '2025-06-10T11:00' } },
    })
    expect(scheduleOf(periodOf('quy1', 2025), own).deadline).toBe('2025-03-19T17:00:00.000+07:00')
    expect(scheduleOf(periodOf('6thang', 2025), own)).toMatchObject({
      from: '2024-12-10',
      to: '2025-06-14',
      deadline: '2025-06-10T11:00:00.000+07:00',
    })
  })
})

describe('working days', () => {
  it('skip the weekend and the days off', () => {
    expect(addWorkingDays('2026-04-24', 1, ['2026-04-27'])).toBe('2026-04-28')
  })
  it('go back to the last working day when none is added', () => {
    expect(addWorkingDays('2027-03-14', 0, [])).toBe('2027-03-12')
  })
})

describe('a period as people name it', () => {
  it.each([
    ['quy1', '2025-03-03', '2025-quy1'],
    ['quý I', '2025-03-03', '2025-quy1'],
    ['Quí 1', '2025-03-03', '2025-quy1'],
    ['QUY III/2024', '2025-03-03', '2024-quy3'],
    ['q2', '2025-07-01', '2025-quy2'],
    ['quý 1 năm ngoái', '2025-03-03', '2024-quy1'],
    ['quý IV năm 2023', '2025-03-03', '2023-quy4'],
    ['6 tháng đầu năm', '2025-06-20', '2025-6thang'],
    ['6 tháng cuối năm 2025', '2025-12-16', '2025-6thangcuoi'],
    ['9thang', '2025-09-20', '2025-9thang'],
    ['năm 2025', '2026-01-04', '2025-nam'],
    ['nam', '2025-12-20', '2025-nam'],
    ['nam', '2025-02-20', '2025-nam'],
    ['tháng 3', '2025-04-01', '2025-thang3'],
    ['quy1-2025', '2026-11-21', '2025-quy1'],
    ['2025-quy1', '2026-11-21', '2025-quy1'],
    ['quy 4', '2025-03-03', '2024-quy4'],
    ['quý 1', '2025-12-20', '2026-quy1'],
    ['quy I', '2025-03-03', '2025-quy1'],
    ['quyI', '2025-03-03', '2025-quy1'],
    ['qúy 1', '2025-03-03', '2025-quy1'],
    ['quý một', '2025-03-03', '2025-quy1'],
    ['quý tư năm ngoái', '2025-03-03', '2024-quy4'],
    ['q1', '2025-03-03', '2025-quy1'],
    ['Q.1-2025', '2025-03-03', '2025-quy1'],
    ['quý 01/2025', '2025-03-03', '2025-quy1'],
    ['quý 1/2025', '2025-03-03', '2025-quy1'],
    ['quý I/25', '2025-03-03', '2025-quy1'],
    ['quy1nam2024', '2025-03-03', '2024-quy1'],
    ['năm 2024 quý 1', '2025-03-03', '2024-quy1'],
    ['quý 1 của năm 2024', '2025-03-03', '2024-quy1'],
    ['quí 1 năm ngoái', '2025-03-03', '2024-quy1'],
    ['quý 1 năm nay', '2025-03-03', '2025-quy1'],
    ['quý 2 năm sau', '2025-03-03', '2026-quy2'],
    ['quý 1 năm tới', '2025-03-03', '2026-quy1'],
    ['kỳ quý 1', '2025-03-03', '2025-quy1'],
    ['báo cáo cải cách hành chính quý 1', '2025-03-03', '2025-quy1'],
    ['sáu tháng đầu năm ngoái', '2025-06-20', '2024-6thang'],
    ['6 tháng đầu năm 2024', '2025-06-20', '2024-6thang'],
    ['6thangcuoi', '2025-12-20', '2025-6thangcuoi'],
    ['9 tháng đầu năm', '2025-09-20', '2025-9thang'],
    ['cả năm 2024', '2025-03-03', '2024-nam'],
    ['năm ngoái', '2025-03-03', '2024-nam'],
    ['t3/2025', '2025-04-01', '2025-thang3'],
    ['tháng 12 năm 2024', '2025-04-01', '2024-thang12'],
  ])('%s on %s is %s', (words, today, key) => {
    expect(readPeriod(words, today)?.key).toBe(key)
  })

  it.each([
    '',
    'tuần này',
    'quý 5',
    'báo cáo',
    '13',
    '2025',
    'quý',
    'quy 1 2205',
    'quy 1 năm 2205',
    'quy 12025',
    'quý 1 và quý 2',
    'quý 1, 2',
    'quý 1 năm trước nữa',
    'quý 1 2024 2025',
    'quý này',
    'kỳ trước',
    'tháng 13',
    '7 tháng',
    'quý v',
    'năm mươi',
    'quý 1 xã khác',
  ])('“%s” names none', (words) => {
    expect(readPeriod(words, '2025-03-03')).toBeUndefined()
  })

  it('reads keys in both orders and nothing else', () => {
    expect(readPeriodKey('nam-2025')?.key).toBe('2025-nam')
    expect(readPeriodKey('2025-quy5')).toBeUndefined()
    expect(readPeriodKey('quy1')).toBeUndefined()
  })
})

describe('periods due', () => {
  const packs = [{ periods: { quy1: 'quý I', nam: 'năm' } }]
  const keys = (now: string) => duePeriods({ calendar: settings }, packs, now).map(({ period }) => period.key)

  it('are those opened and not past their deadline', () => {
    expect(keys('2025-03-04T07:59:00.000+07:00')).toEqual([])
    expect(keys('2025-03-04T08:00:00.000+07:00')).toEqual(['2025-quy1'])
    expect(keys('2025-03-18T17:01:00.000+07:00')).toEqual([])
    expect(keys('2025-12-10T09:00:00.000+07:00')).toEqual(['2025-nam'])
  })
})

describe('a moment', () => {
  it('is read off Vietnamese clocks whatever the machine thinks', () => {
    expect(momentOf(Date.UTC(2025, 2, 3, 18, 30))).toBe('2025-03-04T01:30:00.000+07:00')
    expect(readMoment('2025-03-03T08:00')).toBe('2025-03-03T08:00:00.000+07:00')
    expect(readMoment('2025-02-30T08:00')).toBeUndefined()
    expect(readMoment('hôm nay')).toBeUndefined()
  })
})
