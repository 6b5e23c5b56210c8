import { describe, expect, test } from 'vitest'
import { isRateOf, isTenfold, isWhole } from '../../../src/core/figures/answers.ts'
import { readDecimal } from '../../../src/core/figures/decimal.ts'
import { readFigure } from '../../../src/core/figures/read.ts'

describe('ten times the last period', () => {
  test.each([
    ['1890', '189'],
    ['189', '1890'],
    ['10', '1'],
    ['18900', '189'],
    ['9.55', '95.5'],
    ['0.5', '5'],
    ['10890', '1890'],
    ['18090', '1890'],
    ['1890', '10890'],
    ['18905', '1890'],
    ['125', '12'],
    ['1205', '125'],
    ['90.5', '9.5'],
  ])('%s after %s is asked about', (value, previous) => {
    expect(isTenfold(value, previous)).toBe(true)
  })

  test.each([
    ['189', '189'],
    ['189.0', '189'],
    ['12', '1'],
    ['135', '12'],
    ['1251', '12'],
    ['2105', '125'],
    ['1135', '135'],
    ['567', '189'],
    ['0', '189'],
    ['189', '0'],
    ['0', '0'],
    ['70/28', '7/28'],
    ['70', '7/28'],
    ['7/28', '70'],
  ])('%s after %s is not', (value, previous) => {
    expect(isTenfold(value, previous)).toBe(false)
  })
})

describe('a rate beside its ratio', () => {
  const isRate = (rate: string, part: string, whole: string): boolean => {
    const [a, b] = [readDecimal(part), readDecimal(whole)]
    return a !== undefined && b !== undefined && isRateOf(rate, a, b)
  }

  test.each([
    ['25', '7', '28'],
    ['25.00', '7', '28'],
    ['14.58', '7', '48'],
    ['14.6', '7', '48'],
    ['14.5', '7', '48'],
    ['14', '7', '48'],
    ['15', '7', '48'],
    ['0', '0', '48'],
    ['99', '7.45', '7.5'],
  ])('%s %% is the rate of %s/%s', (rate, part, whole) => {
    expect(isRate(rate, part, whole)).toBe(true)
  })

  test.each([
    ['26', '7', '28'],
    ['14.57', '7', '48'],
    ['14.59', '7', '48'],
    ['14.7', '7', '48'],
    ['16', '7', '48'],
    ['100', '0', '0'],
    ['7/48', '7', '48'],
  ])('%s %% is not the rate of %s/%s', (rate, part, whole) => {
    expect(isRate(rate, part, whole)).toBe(false)
  })
})

test('a whole number has no decimals and is a number', () => {
  expect(['12', '0', '12.0'].every(isWhole)).toBe(true)
  expect(['12.5', '7/28', ''].some(isWhole)).toBe(false)
})

describe('the unit recorded', () => {
  test('is the asked one where none or a fitting one is typed', () => {
    expect(readFigure('12', { kind: 'count', unit: 'văn bản QPPL' })).toMatchObject({ unit: 'văn bản QPPL' })
    expect(readFigure('12 vb', { kind: 'count', unit: 'văn bản QPPL' })).toMatchObject({
      unit: 'văn bản QPPL',
    })
  })

  test('is absent where nothing is known, and for a date', () => {
    const bare = { outcome: 'value', value: '12', qualifier: 'exact' }
    expect(readFigure('12', { kind: 'count' })).toStrictEqual(bare)
    expect(readFigure('7/28', { kind: 'ratio' })).toStrictEqual({ ...bare, value: '7/28' })
    expect(readFigure('không', { kind: 'count' })).toStrictEqual({ ...bare, value: '0' })
    expect(readFigure('chưa có', { kind: 'count' })).toStrictEqual({ outcome: 'empty', empty: 'pending' })
    expect(readFigure('như cũ', { kind: 'count', previous: '12' })).toStrictEqual(bare)
    expect(readFigure('14/3/2025', { kind: 'date', unit: 'ngày' })).toStrictEqual({
      outcome: 'value',
      value: '2025-03-14',
      qualifier: 'exact',
    })
  })
})

test('nothing typed is no number', () => {
  for (const nothing of ['', ' ', '\n', ' \n\n '])
    expect(readFigure(nothing, { kind: 'count' })).toEqual({ outcome: 'refuse', why: 'noNumber' })
})

describe('promises across the end of a month and a year', () => {
  test.each([
    ['hẹn ngày 30', '2025-01-31', '2025-03-30'],
    ['hẹn ngày 31', '2025-03-31', '2025-03-31'],
    ['hẹn ngày 5', '2025-12-20', '2026-01-05'],
    ['hẹn ngày 25', '2025-12-20', '2025-12-25'],
    ['hẹn 20/12', '2025-12-20', '2025-12-20'],
    ['hẹn 21/12', '2025-12-20', '2025-12-21'],
    ['hẹn thứ Bảy', '2025-12-27', '2026-01-03'],
    ['mai gửi', '2024-02-28', '2024-02-29'],
  ])('"%s" on %s is %s', (text, today, until) => {
    const reading = readFigure(text, { kind: 'count', today })
    expect(reading).toEqual({ outcome: 'empty', empty: 'pending', until })
  })

  test('a day that will not come is no promise', () => {
    const read = (text: string) => readFigure(text, { kind: 'count', today: '2025-03-01' })
    for (const text of ['hẹn 29/2', 'hẹn hôm qua', 'hẹn 1/2/2025'])
      expect(read(text)).toMatchObject({ outcome: 'ask', why: 'brokenPromise' })
  })

  test('a date without a year is this year, until it would be nine months ahead', () => {
    const read = (today: string) => readFigure('28/12', { kind: 'date', today })
    expect(read('2025-04-02')).toMatchObject({ outcome: 'value', value: '2025-12-28' })
    expect(read('2025-04-01')).toMatchObject({ outcome: 'ask', why: 'brokenDate' })
  })

  test('a nonsense today is no today', () => {
    expect(readFigure('14/3', { kind: 'date', today: 'hôm nay' })).toMatchObject({
      outcome: 'ask',
      choices: [],
    })
    expect(readFigure('hẹn mai', { kind: 'count', today: 'hôm nay' })).toEqual({
      outcome: 'empty',
      empty: 'pending',
    })
  })
})
