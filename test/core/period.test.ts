import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayOf, isWorkingDay, momentOf, readMoment } from '../../src/core/calendar.ts'
import {
  dataWindow,
  PERIOD_NAMES,
  type Period,
  periodOf,
  readPeriod,
  readPeriodKey,
} from '../../src/core/period.ts'
import {
  CalendarSettings,
  checkCalendar,
  duePeriods,
  scheduleOf,
  workTimeOf,
} from '../../src/core/schedule.ts'

const settings = CalendarSettings.parse({})
const before20th = CalendarSettings.parse({ deadlineDay: 20 })

/** The rows of a table under calendar/, without its header. */
function rowsOf(file: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`calendar/${file}`, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
}

function allPeriods(first: number, last: number): readonly Period[] {
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return years.flatMap((year) => PERIOD_NAMES.map((name) => periodOf(name, year)))
}

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

  it.each(rowsOf('periods.tsv'))(
    'of %s is as written down',
    (key, from, to, opens, deadline, closes, by20th) => {
      const period = readPeriodKey(key ?? '')
      if (!period) throw new Error(`${key} is no period`)
      expect(scheduleOf(period, settings)).toEqual({
        from,
        to,
        opens: `${opens}T08:00:00.000+07:00`,
        deadline: `${deadline}T17:00:00.000+07:00`,
        closes: `${closes}T23:59:00.000+07:00`,
      })
      expect(scheduleOf(period, before20th).deadline).toBe(`${by20th}T17:00:00.000+07:00`)
    },
  )

  it('knows every period of seven years', () => {
    expect(rowsOf('periods.tsv')).toHaveLength(7 * PERIOD_NAMES.length)
  })

  it.each([
    ['by default', {}],
    ['before the 20th, as the superior wants it on the 25th', { deadlineDay: 20, superior: { day: 25 } }],
    ['on the very cut-off', { deadlineWorkingDays: 0, closesDaysAfterDeadline: 0 }],
    ['on the 15th, whatever that is', { deadlineDay: 15 }],
    ['in the next month', { deadlineDay: 5, superior: { day: 8, at: '11:00' } }],
  ])('goes from window to deadlines to closing in every year, due %s', (_, more) => {
    const own = CalendarSettings.parse(more)
    const work = workTimeOf(own)
    for (const period of allPeriods(2020, 2045)) {
      const { from, to, opens, deadline, superiorDeadline = deadline, closes } = scheduleOf(period, own)
      expect(from <= to && to < deadline && opens <= deadline, period.key).toBe(true)
      expect(deadline <= superiorDeadline && deadline <= closes, period.key).toBe(true)
      expect(isWorkingDay(dayOf(deadline), work) && isWorkingDay(dayOf(opens), work), period.key).toBe(true)
    }
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

  const deadlineOf = (key: string, more: object) => {
    const period = readPeriodKey(key)
    const schedule = period && scheduleOf(period, CalendarSettings.parse(more))
    return [schedule?.deadline, schedule?.superiorDeadline].map((moment) => moment?.slice(0, 16))
  }

  it('counts a day of the month that is off for the last working day before it', () => {
    expect(deadlineOf('2026-nam', { deadlineDay: 20 })).toEqual(['2026-12-18T17:00', undefined])
    expect(deadlineOf('2027-quy1', { deadlineDay: 20 })).toEqual(['2027-03-19T17:00', undefined])
  })

  it('takes the next month where the day has gone by at the cut-off, also over the turn of the year', () => {
    expect(deadlineOf('2026-nam', { deadlineDay: 5 })).toEqual(['2027-01-05T17:00', undefined])
    expect(deadlineOf('2026-thang8', { deadlineDay: 14 })).toEqual(['2026-08-14T17:00', undefined])
  })

  it('does not go back before the cut-off, over Tết or from a Sunday: there would be no figures', () => {
    expect(deadlineOf('2026-thang2', { deadlineDay: 20 })).toEqual(['2026-02-23T17:00', undefined])
    expect(deadlineOf('2027-quy1', { deadlineWorkingDays: 0 })).toEqual(['2027-03-15T17:00', undefined])
  })

  it('counts a date fixed for one period for the last working day before it, at the same hour', () => {
    const periods = { '2026-nam': { deadline: '2026-12-20T10:30', superior: '2026-12-27T09:00' } }
    expect(deadlineOf('2026-nam', { periods })).toEqual(['2026-12-18T10:30', '2026-12-25T09:00'])
  })

  it('may be due before a cut-off that is written down with it, and is then not put off past a day off', () => {
    const periods = { '2026-quy1': { to: '2026-03-20', deadline: '2026-03-15T17:00' } }
    expect(deadlineOf('2026-quy1', { periods })).toEqual(['2026-03-13T17:00', undefined])
  })

  it('is due before the superior wants it, whose day the rule of the office gives way to', () => {
    expect(deadlineOf('2026-nam', { superior: { workingDays: 4, at: '11:00' } })).toEqual([
      '2026-12-16T17:00',
      '2026-12-18T11:00',
    ])
    expect(deadlineOf('2026-nam', { deadlineDay: 25, superior: { day: 20 } })).toEqual([
      '2026-12-18T17:00',
      '2026-12-18T17:00',
    ])
  })

  it('takes a date fixed later than the rule of the superior as fixed by the superior', () => {
    const periods = { '2026-nam': { deadline: '2026-12-22T17:00' } }
    expect(deadlineOf('2026-nam', { superior: { day: 20 }, periods })).toEqual([
      '2026-12-22T17:00',
      '2026-12-22T17:00',
    ])
  })

  it('is reckoned once for the same settings, and anew for others', () => {
    const first = scheduleOf(periodOf('quy1', 2025), settings)
    expect(scheduleOf(periodOf('quy1', 2025), settings)).toBe(first)
    expect(scheduleOf(periodOf('quy1', 2026), settings)).not.toEqual(first)
    const moved = { ...settings, periods: { '2025-quy1': { deadline: '2025-03-20T17:00' } } }
    expect(scheduleOf(periodOf('quy1', 2025), moved).deadline).toBe('2025-03-20T17:00:00.000+07:00')
  })

  it('is there at once for every office of the country', () => {
    const offices = Array.from({ length: 3_321 }, () => CalendarSettings.parse({}))
    const start = performance.now()
    for (const calendar of offices) {
      for (let person = 0; person < 12; person += 1) {
        for (const name of calendar.reports) scheduleOf(periodOf(name, 2026), calendar)
      }
    }
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('the calendar of an office', () => {
  const faultsOf = (more: object) =>
    checkCalendar(CalendarSettings.parse(more)).map(
      ({ path, key, value }) => `${path.join('.')} ${key} ${value}`,
    )

  it('has no fault by default, with half days, or with a deadline of the superior', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ officeHours: [{ from: '07:00', to: '11:00' }], superior: { day: 20 } })).toEqual([])
  })

  it('is at fault where a day is both off and worked', () => {
    expect(faultsOf({ daysOff: ['2026-11-25', '2026-11-24'], workingDays: ['2026-11-24'] })).toEqual([
      'calendar.workingDays.0 file.twice 2026-11-24',
    ])
  })

  it('is at fault where it would speak at night', () => {
    const ladder = [
      { daysBefore: 3, at: '05:59' },
      { daysBefore: 1, at: '06:00' },
      { daysBefore: 0, at: '20:01' },
    ]
    expect(faultsOf({ ladder })).toEqual([
      'calendar.ladder.0.at file.atNight 05:59',
      'calendar.ladder.2.at file.atNight 20:01',
    ])
    expect(faultsOf({ saturdayHours: [{ from: '05:00', to: '11:00' }] })).toEqual([
      'calendar.saturdayHours.0 file.atNight 05:00–11:00',
    ])
  })

  it('is at fault with hours that end before they begin, and a superior of whom no day is said', () => {
    expect(faultsOf({ officeHours: [{ from: '13:00', to: '07:00' }], superior: { at: '11:00' } })).toEqual([
      'calendar.superior file.missing day',
      'calendar.officeHours.0 file.emptyRange 13:00–07:00',
    ])
  })

  it.each([
    [{ deadline: '2026-02-25T17:00' }, 'opens 2026-02-25T17:00 < 2026-03-04T08:00'],
    [{ opens: '2026-03-18T08:00' }, 'opens 2026-03-17T17:00 < 2026-03-18T08:00'],
    [{ closes: '2026-03-16T08:00' }, 'closes 2026-03-16T08:00 < 2026-03-17T17:00'],
    [
      { superior: '2026-03-12T17:00', deadline: '2026-03-17T17:00' },
      'superior 2026-03-12T17:00 < 2026-03-17T17:00',
    ],
    [{ from: '2026-03-20', to: '2026-03-10' }, 'to 2026-03-10 < 2026-03-20'],
  ])('is at fault where %o stands in the wrong order', (own, fault) => {
    const [field, ...value] = fault.split(' ')
    expect(faultsOf({ periods: { '2026-quy1': own } })).toContain(
      `calendar.periods.2026-quy1.${field} file.badOrder ${value.join(' ')}`,
    )
  })

  it('is at fault with a deadline before the cut-off, unless both are written down', () => {
    const deadline = '2026-03-11T17:00'
    expect(faultsOf({ periods: { '2026-quy1': { deadline } } })).toEqual([
      'calendar.periods.2026-quy1.deadline file.badOrder 2026-03-11T17:00 < 2026-03-14',
    ])
    expect(faultsOf({ periods: { '2026-quy1': { deadline, to: '2026-03-14' } } })).toEqual([])
  })

  it.each([
    { daysOff: ['2026-02-30'] },
    { periods: { '2026-quy1': { deadline: '2026-02-30T17:00' } } },
    { periods: { '2026-quy1': { deadline: '2026-03-17T24:00' } } },
    { periods: { '2026-quy1': { deadline: '2026-03-17T17:00Z' } } },
    { deadlineDay: 29 },
    { officeHours: [] },
    { ladder: [7, 5, 3, 1].map((daysBefore) => ({ daysBefore, at: '08:00' })) },
  ])('cannot be %o', (more) => {
    expect(CalendarSettings.safeParse(more).success).toBe(false)
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
