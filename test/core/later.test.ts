import { describe, expect, it } from 'vitest'
import { readLater, readPromisedDay } from '../../src/core/later.ts'
import { CalendarSettings, workTimeOf } from '../../src/core/schedule.ts'
import { hear, recordsOf, round, saysOf, value } from './ward.ts'

/** A Wednesday. */
const NOW = '2025-03-05T15:15:00.000+07:00'
const work = workTimeOf(CalendarSettings.parse({ daysOff: ['2025-03-07'] }))
const later = (words: string, now = NOW) => readLater(words, now, work)?.slice(0, 16)

describe('a promised day', () => {
  it('is the next of its name, or the one of this year', () => {
    expect(readPromisedDay('thứ Hai', '2025-03-05')).toBe('2025-03-10')
    expect(readPromisedDay('12/3', '2025-03-05')).toBe('2025-03-12')
    expect(readPromisedDay('5/1', '2025-12-20')).toBe('2026-01-05')
  })

  it('is the one that has gone by where that is what was said, and never of next year unasked', () => {
    expect(readPromisedDay('1/3', '2025-03-11')).toBe('2025-03-01')
    expect(readPromisedDay('28/12', '2025-01-10')).toBe('2024-12-28')
    expect(readPromisedDay('1/3/2026', '2025-03-11')).toBe('2026-03-01')
  })
})

describe('a time to be reminded at', () => {
  it.each([
    ['30 phút', '2025-03-05T15:45'],
    ['2 tiếng nữa', '2025-03-05T17:15'],
    ['16h', '2025-03-05T16:00'],
    ['14h', '2025-03-06T14:00'],
    ['chiều', '2025-03-06T14:00'],
    ['chiều mai', '2025-03-06T14:00'],
    ['thứ Hai', '2025-03-10T08:00'],
    ['10h thứ Hai', '2025-03-10T10:00'],
    ['22h', '2025-03-06T08:00'],
  ])('“%s” is %s', (words, moment) => {
    expect(later(words)).toBe(moment)
  })

  it('is on no day off: the next working day at that hour, or its morning', () => {
    const thursday = '2025-03-06T15:15:00.000+07:00'
    expect(later('10h mai', thursday)).toBe('2025-03-10T10:00')
    expect(later('chiều thứ Bảy')).toBe('2025-03-10T14:00')
    expect(later('14h', thursday)).toBe('2025-03-10T14:00')
    expect(later('22h', thursday)).toBe('2025-03-10T08:00')
    expect(later('mai', '2025-04-29T09:00:00.000+07:00')).toBe('2025-05-02T08:00')
  })

  it('may be on a day off that is today: who asks then is at work', () => {
    const saturday = '2025-03-08T09:00:00.000+07:00'
    expect(later('30 phút', saturday)).toBe('2025-03-08T09:30')
    expect(later('16h', saturday)).toBe('2025-03-08T16:00')
    expect(later('14 tiếng', saturday)).toBe('2025-03-10T08:00')
  })

  it('is in the morning of a night that has turned into a working day', () => {
    expect(later('5 tiếng', '2025-03-05T21:30:00.000+07:00')).toBe('2025-03-06T08:00')
    expect(later('5 tiếng', '2025-03-06T21:30:00.000+07:00')).toBe('2025-03-10T08:00')
  })

  it.each(['1/3', 'lúc khác', 'lát nữa', 'hôm qua', '99h'])('is none in “%s”', (words) => {
    expect(later(words)).toBeUndefined()
  })
})

describe('the hour that was asked for', () => {
  const recalled = { type: 'recalled', periodKey: '2025-quy1' } as const

  it('brings the question back while something is open', () => {
    const step = hear('luat', recalled, round())
    expect(saysOf(step)[0]).toEqual({ key: 'later.now' })
    expect(step.talk.shown).toEqual(['III.1'])
  })

  it('says nothing when everything has been answered meanwhile', () => {
    const step = hear('luat', recalled, round({ 'III.1': value('3') }))
    expect(saysOf(step)).toEqual([])
    expect(recordsOf(step)).toEqual([['later:luat', { state: 'withdrawn' }]])
  })
})
