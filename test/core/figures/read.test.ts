import { describe, expect, test } from 'vitest'
import type { FigureQuestion, FigureReading } from '../../../src/core/figures/figure.ts'
import { readFigure } from '../../../src/core/figures/read.ts'
import { cleanText } from '../../../src/core/figures/text.ts'

/** The choices of a question, in order: values as they are stored, empties by name. */
function listChoices(text: string, asked: FigureQuestion): readonly string[] {
  const reading = readFigure(text, { today: '2025-03-05', ...asked })
  return reading.outcome === 'ask'
    ? reading.choices.map((choice) => (choice.outcome === 'value' ? choice.value : choice.empty))
    : [`not asked: ${JSON.stringify(reading)}`]
}

describe('a question back offers the readings', () => {
  test.each<[string, FigureQuestion, readonly string[]]>([
    ['1,234', { kind: 'count' }, ['1234']],
    ['1,234', { kind: 'decimal' }, ['1234', '1.234']],
    ['1.234,567', { kind: 'decimal' }, ['1234.567', '1234567']],
    ['1.234,567', { kind: 'count' }, ['1234567']],
    ['1.234,56', { kind: 'count' }, ['1234']],
    ['12.5', { kind: 'count' }, ['125']],
    ['12,0', { kind: 'count' }, ['12']],
    ['12,5', { kind: 'count' }, []],
    ['1 234 56', { kind: 'count' }, ['123456']],
    ['0158', { kind: 'count' }, ['158']],
    ['12,13,14', { kind: 'count' }, ['12', '13', '14']],
    ['01/11', { kind: 'count' }, ['1', '11']],
    ['7/28/5', { kind: 'count' }, ['7', '28', '5']],
    ['130/28/2', { kind: 'count' }, ['130', '28', '2']],
    ['893/990', { kind: 'percent' }, ['90.2']],
    ['0/0', { kind: 'percent' }, []],
    ['5.090/5.370 hồ sơ (đạt 15,5%)', { kind: 'percent' }, ['15.5', '94.79']],
    ['5.090/5.370 hồ sơ (đạt 15,5%)', { kind: 'ratio' }, ['5090/5370']],
    ['0,95', { kind: 'percent' }, ['0.95', '95']],
    ['120%', { kind: 'percent' }, ['120', '12']],
    ['9550%', { kind: 'percent' }, ['95.5']],
    ['53hs/768.000đ', { kind: 'count', unit: 'hồ sơ' }, ['53']],
    ['53hs/768.000đ', { kind: 'money', unit: 'đồng' }, ['768000']],
    ['10-15', { kind: 'count' }, ['10', '15']],
    ['2-3 triệu', { kind: 'money' }, ['3000000']],
    ['mấy chục', { kind: 'count' }, []],
    ['-5', { kind: 'count' }, ['5']],
    ['5tr05', { kind: 'money' }, ['5050000', '5005000']],
    ['5tr25', { kind: 'money' }, ['5250000', '5025000']],
    ['5tr005', { kind: 'money' }, ['5005000', '5000005']],
    ['hai triệu ba trăm', { kind: 'money' }, ['2300000', '2000300']],
    ['hai mươi năm', { kind: 'count' }, ['25', '20']],
    ['một trăm năm', { kind: 'count' }, ['150', '105']],
    ['hai ba hồ sơ', { kind: 'count' }, ['2', '3']],
    ['768', { kind: 'money' }, ['768000', '768000000', '768']],
    ['4465036077', { kind: 'money', unit: 'triệu đồng' }, ['4465036077', '4465036077000000']],
    ['4.465 tỷ', { kind: 'money' }, ['4465000000000', '4465000000']],
    ['12,5', { kind: 'money' }, []],
    ['1.234,56 đồng', { kind: 'money' }, ['1234']],
    ['2,5 đồng', { kind: 'money' }, []],
    ['31 (ba mươi hai)', { kind: 'count' }, ['31', '32']],
    ['1.890', { kind: 'count', previous: '189' }, ['1890', '189']],
    ['tăng 5', { kind: 'count', previous: '189' }, ['194', '5']],
    ['giảm 5', { kind: 'count', previous: '189' }, ['184', '5']],
    ['giảm 190', { kind: 'count', previous: '189' }, ['190']],
    ['tăng 10%', { kind: 'count', previous: '189' }, ['10']],
    ['tăng 2%', { kind: 'percent', previous: '90' }, ['92', '2']],
    ['không phát sinh thêm', { kind: 'count', previous: '189' }, ['189']],
    ['190 như kỳ trước', { kind: 'count', previous: '189' }, ['190', '189']],
    ['12 văn bản', { kind: 'count', unit: 'hồ sơ' }, ['12']],
    ['28/7', { kind: 'ratio' }, ['28/7', '7/28']],
    ['7', { kind: 'ratio', previous: '5/28' }, ['7/28']],
    ['7', { kind: 'ratio' }, []],
    ['7 nhiệm vụ, tổng 28', { kind: 'ratio' }, ['7/28']],
    ['tổng 28 nhiệm vụ, xong 7', { kind: 'ratio' }, ['7/28']],
    ['1,234/5.000', { kind: 'ratio' }, ['1234/5000']],
    ['31/6/2025', { kind: 'date' }, ['2025-06-30', '2025-07-01']],
    ['30/2/2024', { kind: 'date' }, ['2024-02-29', '2024-03-01']],
    ['06/02/023', { kind: 'date' }, ['2023-02-06']],
    ['3/14/2025', { kind: 'date' }, ['2025-03-14']],
    ['ngày 14', { kind: 'date' }, ['2025-03-14']],
    ['ngày 0', { kind: 'date' }, []],
    ['ngày 14 tháng 13', { kind: 'date' }, []],
    ['14 tháng 3 năm 25', { kind: 'date' }, ['2025-03-14']],
    ['14 tháng 3 năm 1000', { kind: 'date' }, []],
    ['2025-03/14', { kind: 'date' }, ['2025-03-14']],
    ['14/3-2025', { kind: 'date' }, ['2025-03-14']],
    ['14/3/205', { kind: 'date' }, []],
    ['14/3/51', { kind: 'date' }, ['1951-03-14', '2051-03-14']],
    ['thứ Sáu ngày 14', { kind: 'date' }, ['2025-03-07', '2025-03-14']],
    ['hôm 14', { kind: 'date' }, ['2025-03-14']],
    ['tuần sau', { kind: 'date' }, []],
    ['14', { kind: 'date' }, ['2025-03-14']],
    ['32', { kind: 'date' }, []],
    ['28/12', { kind: 'date' }, ['2025-12-28', '2024-12-28']],
    ['20/12 đến 05/01/2025', { kind: 'date' }, ['2024-12-20..2025-01-05']],
    ['14/3/2025, 15/3/2025', { kind: 'date' }, ['2025-03-14', '2025-03-15']],
    ['thứ Năm, 14/3/2025', { kind: 'date' }, ['2025-03-14']],
    ['-', { kind: 'count' }, ['0', 'notApplicable', 'pending']],
    ['-', { kind: 'date' }, ['notApplicable', 'pending']],
    ['x', { kind: 'percent' }, ['0', 'notApplicable', 'pending']],
    ['mai nghỉ', { kind: 'count' }, ['pending']],
    ['không', { kind: 'score' }, ['none', 'pending']],
    ['không phát sinh thêm', { kind: 'count' }, []],
    ['chưa giám sát cuộc nào', { kind: 'count' }, ['none', 'pending']],
    ['không văn bản', { kind: 'count', unit: 'hồ sơ' }, ['0']],
    ['không phát sinh nhưng trễ', { kind: 'count' }, ['none', 'pending']],
    ['chưa có nhưng', { kind: 'count' }, ['0', 'pending']],
    ['không có, không áp dụng', { kind: 'count' }, ['0', 'notApplicable']],
    ['không trễ hạn', { kind: 'count' }, ['0', 'pending']],
    ['không', { kind: 'ratio' }, ['none', 'pending']],
    ['không có mạng', { kind: 'count' }, ['0', 'pending']],
    ['chưa có báo cáo', { kind: 'count', unit: 'báo cáo' }, ['pending', '0']],
    ['225, không có trễ hạn', { kind: 'count' }, ['225', '0']],
    ['225, không phát sinh trễ hạn', { kind: 'count' }, ['225', 'none']],
    ['không có văn bản nào', { kind: 'count', unit: 'hồ sơ' }, ['0']],
    ['kỳ trước 9', { kind: 'count' }, ['9']],
    ['kỳ này 9, kỳ trước 7', { kind: 'count' }, ['9', '7']],
    ['kỳ trước 7/28', { kind: 'ratio' }, ['7/28']],
    ['kỳ trước 14/3/2025', { kind: 'date' }, ['2025-03-14']],
    ['kỳ trước không có', { kind: 'count' }, ['0', 'pending']],
    ['hồ sơ số 15', { kind: 'count', unit: 'hồ sơ' }, ['15']],
    ['5 rưỡi', { kind: 'decimal' }, ['5.5']],
    ['5 rưỡi', { kind: 'percent' }, ['5.5']],
    ['5,5 rưỡi', { kind: 'decimal' }, []],
    ['5 rưỡi', { kind: 'count' }, []],
    ['5 ha rưỡi, 6 ha', { kind: 'decimal', unit: 'ha' }, []],
    ['2 tá', { kind: 'count' }, ['24']],
    ['1 tỷ 250 triệu', { kind: 'percent' }, []],
    ['768.000đ', { kind: 'percent' }, []],
    ['768.000đ', { kind: 'count', unit: 'hồ sơ' }, []],
    ['225 hồ sơ', { kind: 'percent' }, ['225']],
    ['999', { kind: 'percent' }, ['999', '99.9']],
    ['2.500.000', { kind: 'percent' }, []],
    ['95.500', { kind: 'percent' }, ['95.5']],
    ['100%', { kind: 'ratio' }, []],
    ['mười bốn', { kind: 'date' }, ['2025-03-14']],
    ['14 hoặc 15', { kind: 'date' }, []],
    ['14%', { kind: 'date' }, []],
    ['14, 15', { kind: 'date' }, ['2025-03-14', '2025-03-15']],
    ['từ 31/2 đến 5/3/2025', { kind: 'date' }, ['2025-02-28', '2025-03-03']],
    ['từ 5/3 đến 31/6/2025', { kind: 'date' }, ['2025-06-30', '2025-07-01']],
    ['20/5/2023 đến 10/5/2023', { kind: 'date' }, []],
    ['29/2 đến 1/1/2024', { kind: 'date' }, []],
    ['14/3/2025 12', { kind: 'date' }, ['2025-03-14']],
    ['14/3/2025, 31/6/2025', { kind: 'date' }, ['2025-03-14', '2025-06-30', '2025-07-01']],
    ['1,234/5.000 nhiệm vụ', { kind: 'ratio', unit: 'nhiệm vụ' }, ['1234/5000']],
    ['2,8/18', { kind: 'ratio' }, []],
    ['7/28,5', { kind: 'ratio' }, []],
    ['35.5/3.600', { kind: 'score' }, ['35.5/3600', '35.5/3.6']],
    ['2½/28', { kind: 'ratio' }, []],
    ['hình như 7', { kind: 'ratio' }, []],
    ['hình như 35,5', { kind: 'score' }, []],
    ['7/28 hồ sơ', { kind: 'ratio', unit: 'nhiệm vụ' }, ['7/28']],
    ['-7/28', { kind: 'ratio' }, ['7/28']],
    ['7/28, 5/8', { kind: 'ratio' }, ['7/28', '5/8']],
    ['7/28, 768.000đ', { kind: 'ratio' }, ['7/28']],
    ['7/28, 5', { kind: 'ratio' }, ['7/28']],
    ['7-28', { kind: 'ratio' }, []],
    ['7 nhiệm vụ, 8 nhiệm vụ, 28 nhiệm vụ', { kind: 'ratio', previous: '5/28' }, []],
    ['7 nhiệm vụ, 768.000đ', { kind: 'ratio', previous: '5/28' }, []],
    ['25%', { kind: 'ratio', previous: '7/28' }, []],
    ['28 và 28', { kind: 'ratio' }, ['28/28']],
    ['7/28, đạt 25%, đạt 26%', { kind: 'ratio' }, ['7/28']],
    ['7', { kind: 'score', unit: 'điểm', previous: '35.5/36' }, ['7/36']],
    ['7/28@', { kind: 'ratio' }, ['7/28']],
    ['35.5', { kind: 'score', previous: '30/36' }, ['35.5/36']],
    ['768.000đ', { kind: 'ratio', previous: '7/28' }, []],
    ['7 nhiệm vụ, 28 nhiệm vụ, 768.000đ', { kind: 'ratio', unit: 'nhiệm vụ' }, ['7/28']],
    ['1,234', { kind: 'ratio', previous: '7/5000' }, ['1234/5000']],
    ['7/28, 1,234/5.000', { kind: 'ratio' }, ['7/28']],
    ['hai phẩy năm trên mười', { kind: 'ratio' }, []],
    ['12 ngày', { kind: 'count', unit: 'hồ sơ' }, ['12']],
    ['tăng 5, 6', { kind: 'count', previous: '189' }, ['5', '6']],
    ['tăng 1,5', { kind: 'count', previous: '189' }, []],
    ['giảm 189', { kind: 'count', previous: '189' }, ['0', '189']],
    ['tăng 5', { kind: 'count' }, ['5']],
    ['190 như kỳ trước', { kind: 'count' }, ['190']],
    ['1,5 rưỡi', { kind: 'count' }, []],
    ['7-28 kỳ trước', { kind: 'ratio' }, []],
  ])('"%s" for %j: %j', (text, asked, choices) => {
    expect(listChoices(text, asked)).toEqual(choices)
  })
})

describe('limits', () => {
  const read = (text: string): FigureReading => readFigure(text, { kind: 'count' })

  test('500 characters are read, 501 are too long', () => {
    expect(read(`12${' '.repeat(498)}`)).toMatchObject({ outcome: 'value', value: '12' })
    expect(read(`12${' '.repeat(499)}`)).toEqual({ outcome: 'refuse', why: 'tooLong' })
  })

  test('a short text that grows when normalised is too long', () => {
    expect(read('ﷺ'.repeat(40))).toEqual({ outcome: 'refuse', why: 'tooLong' })
  })

  test('150 words are read, 151 are too long', () => {
    expect(read('a '.repeat(150))).toEqual({ outcome: 'refuse', why: 'noNumber' })
    expect(read('a '.repeat(151))).toEqual({ outcome: 'refuse', why: 'tooLong' })
  })

  test('without today no relative day is guessed', () => {
    expect(readFigure('thứ 6 tuần sau', { kind: 'date' })).toMatchObject({
      outcome: 'ask',
      why: 'brokenDate',
      choices: [],
    })
    expect(readFigure('14/3', { kind: 'date' })).toMatchObject({ outcome: 'ask', choices: [] })
    expect(readFigure('14/3/2025', { kind: 'date' })).toMatchObject({ outcome: 'value', value: '2025-03-14' })
    expect(readFigure('hẹn thứ Hai', { kind: 'count' })).toEqual({ outcome: 'empty', empty: 'pending' })
  })
})

describe('cleaning', () => {
  test.each([
    ['１２ Hồ Sơ', '12 hồ sơ'],
    ['ho\u0302\u0300 so\u031b', 'hồ sơ'],
    ['m²', 'm2'],
    ['10²', '10^'],
    ['10²³', '10^3'],
    ['2½', '2^'],
    ['٣', '^'],
    ['1\u0336', '1^'],
    ['1\u00a0234', '1 234'],
    ['1\u200b2\u202e3\u00ad4', '1234'],
    ['1\t2\r\n3', '1\n2\n3'],
    ['1\u20e32', '1 2'],
    ['1–2—3−4', '1-2-3-4'],
    ['1⁄2', '1/2'],
    ['…', '...'],
    ['1O', '10'],
    ['o5', '05'],
    ['7.o47', '7.047'],
    ['1ohs', '1ohs'],
    ['so5', 'so5'],
    ['oo', 'oo'],
    ['①', '^'],
  ])('%j becomes %j', (raw, clean) => {
    expect(cleanText(raw)).toBe(clean)
  })
})
