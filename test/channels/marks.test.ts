import { expect, test } from 'vitest'
import { readMarks } from '../../src/channels/marks.ts'

test.each([
  ['Hạn gửi: **12/3**.', 'Hạn gửi: 12/3.', ['12/3']],
  ['**228** và **225** 😀 **3**', '228 và 225 😀 3', ['228', '225', '3']],
  ['2 ** 3 = 8', '2 ** 3 = 8', []],
  ['**', '**', []],
])('%s becomes words without marks', (text, plain, bold) => {
  const read = readMarks(text)
  expect(read.plain).toBe(plain)
  expect(read.bold.map(({ offset, length }) => read.plain.slice(offset, offset + length))).toEqual(bold)
})
