import { describe, expect, test } from 'vitest'
import type { FigureKind } from '../../../src/core/figures/figure.ts'
import { writeFigure, writeLongDate, writeQualified } from '../../../src/core/figures/write.ts'

describe('writing a figure', () => {
  test.each<[string, FigureKind, string | undefined, string]>([
    ['7847', 'count', undefined, '7.847'],
    ['7847', 'count', 'hồ sơ', '7.847 hồ sơ'],
    ['158', 'count', undefined, '158'],
    ['5', 'count', undefined, '5'],
    ['0', 'count', undefined, '0'],
    ['1234567', 'count', undefined, '1.234.567'],
    ['-5', 'count', undefined, '-5'],
    ['-1234.5', 'decimal', undefined, '-1.234,5'],
    ['95.5', 'decimal', undefined, '95,5'],
    ['1234', 'decimal', undefined, '1.234,0'],
    ['123', 'decimal', undefined, '123'],
    ['1234567', 'decimal', undefined, '1.234.567'],
    ['1234.567', 'decimal', 'km', '1.234,57 km'],
    ['2.345', 'decimal', undefined, '2,35'],
    ['2.344', 'decimal', undefined, '2,34'],
    ['100', 'percent', undefined, '100%'],
    ['95.5', 'percent', '%', '95,5%'],
    ['14.583333', 'percent', undefined, '14,58%'],
    ['768000', 'money', undefined, '768.000 đồng'],
    ['4465036077', 'money', 'đồng', '4.465.036.077 đồng'],
    ['4465000000', 'money', 'triệu đồng', '4.465.000.000 đồng'],
    ['300000', 'money', 'đồng/người/tháng', '300.000 đồng/người/tháng'],
    ['1234.5', 'money', undefined, '1.235 đồng'],
    ['0', 'money', undefined, '0 đồng'],
    ['7/28', 'ratio', undefined, '7/28'],
    ['5090/5370', 'ratio', 'hồ sơ', '5.090/5.370 hồ sơ'],
    ['35.5/36', 'score', 'điểm', '35,5/36 điểm'],
    ['2025-03-14', 'date', undefined, '14/03/2025'],
    ['2023-05-20..2023-05-30', 'date', undefined, '20/05/2023 đến 30/05/2023'],
    ['chưa rõ', 'count', undefined, 'chưa rõ'],
    ['mai', 'date', undefined, 'mai'],
  ])('%s as %s of %s is "%s"', (value, kind, unit, written) => {
    expect(writeFigure(value, unit === undefined ? { kind } : { kind, unit })).toBe(written)
  })

  test.each<[string, FigureKind, string]>([
    ['5', 'count', '05'],
    ['0', 'count', '00'],
    ['9', 'count', '09'],
    ['10', 'count', '10'],
    ['2.5', 'count', '2,5'],
    ['7/28', 'ratio', '07/28'],
    ['1/1', 'ratio', '01/01'],
    ['8.6/9', 'score', '8,6/9'],
    ['5', 'decimal', '5'],
    ['5', 'percent', '5%'],
    ['5', 'money', '5 đồng'],
  ])('with the leading nought of the office, %s as %s is "%s"', (value, kind, written) => {
    expect(writeFigure(value, { kind }, { leadingZero: true })).toBe(written)
  })

  test('a qualifier stands before it in words', () => {
    const write = (qualifier: 'exact' | 'approx' | 'atLeast' | 'atMost' | 'estimate') =>
      writeQualified({ value: '5', qualifier }, { kind: 'count', unit: 'lượt' }, { leadingZero: true })
    expect(write('exact')).toBe('05 lượt')
    expect(write('approx')).toBe('khoảng 05 lượt')
    expect(write('atLeast')).toBe('hơn 05 lượt')
    expect(write('atMost')).toBe('không quá 05 lượt')
    expect(write('estimate')).toBe('ước 05 lượt')
  })
})

describe('the long date of NĐ 30', () => {
  test.each([
    ['2025-03-05', 'ngày 05 tháng 3 năm 2025'],
    ['2025-01-10', 'ngày 10 tháng 01 năm 2025'],
    ['2025-02-09', 'ngày 09 tháng 02 năm 2025'],
    ['2025-09-30', 'ngày 30 tháng 9 năm 2025'],
    ['2025-10-01', 'ngày 01 tháng 10 năm 2025'],
    ['2025-12-31', 'ngày 31 tháng 12 năm 2025'],
    ['không rõ', 'không rõ'],
  ])('%s is "%s"', (iso, written) => {
    expect(writeLongDate(iso)).toBe(written)
  })
})
