import { describe, expect, test } from 'vitest'
import { decodeTyping, foldAccents, keyWord } from '../../../src/core/figures/text.ts'

describe('a keyboard without Vietnamese', () => {
  test.each([
    ['khoong', 'không'],
    ['cos', 'có'],
    ['hoof', 'hồ'],
    ['sow', 'sơ'],
    ['nawm', 'năm'],
    ['namw', 'năm'],
    ['tams', 'tám'],
    ['bary', 'bảy'],
    ['mootj', 'một'],
    ['moojt', 'một'],
    ['muwowif', 'mười'],
    ['muowif', 'mười'],
    ['dduwowcj', 'được'],
    ['ddang', 'đang'],
    ['tuw', 'tư'],
    ['nghifn', 'nghìn'],
    ['trieeuj', 'triệu'],
    ['baan', 'bân'],
    ['laays', 'lấy'],
    ['vaanx', 'vẫn'],
    ['kho6ng', 'không'],
    ['co1', 'có'],
    ['ho62', 'hồ'],
    ['so7', 'sơ'],
    ['na8m', 'năm'],
    ['ta1m', 'tám'],
    ['mu7o7i2', 'mười'],
    ['d9ang', 'đang'],
    ['tie6u4', 'tiễu'],
    ['va6n4', 'vẫn'],
    ['bo3', 'bỏ'],
    ['mo65t', 'một'],
  ])('"%s" is meant for "%s"', (typed, meant) => {
    expect(decodeTyping(typed)).toBe(keyWord(meant))
  })

  test.each(['hai', 'ba', 'hs', 'tthc', 'ko', 'hồ', '12', 'tr', 'r2', ''])('"%s" is left alone', (word) => {
    expect(decodeTyping(word)).toBeUndefined()
  })
})

test('both ways of placing a tone are one word', () => {
  expect(keyWord('hoà')).toBe(keyWord('hòa'))
  expect(keyWord('quý')).toBe(keyWord('qúy'))
  expect(keyWord('hòa')).not.toBe(keyWord('hoa'))
  expect(keyWord('hòa')).not.toBe(keyWord('hóa'))
})

test('accents fold away, đ too', () => {
  expect(foldAccents('Đồng chí đã nộp hồ sơ')).toBe('Dong chi da nop ho so')
})
