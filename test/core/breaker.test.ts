import { expect, test } from 'vitest'
import { isRunaway } from '../../src/core/breaker.ts'
import { addMinutes } from '../../src/core/calendar.ts'

const NOW = '2025-03-05T10:00:00.000+07:00'
const told = (count: number, more: { text?: string; minutesAgo?: number; isUnasked?: boolean } = {}) =>
  Array.from({ length: count }, (_, n) => ({
    at: addMinutes(NOW, -(more.minutesAgo ?? 10)),
    text: more.text ?? `lời ${n}`,
    isUnasked: more.isUnasked ?? true,
  }))
const next = { at: NOW, text: 'Kính gửi', isUnasked: true }

test('the same words go three times within the hour, and not a fourth time', () => {
  expect(isRunaway(next, told(2, { text: 'Kính gửi' }))).toBe(false)
  expect(isRunaway(next, told(3, { text: 'Kính gửi' }))).toBe(true)
  expect(isRunaway(next, told(3, { text: 'Kính gửi', minutesAgo: 61 }))).toBe(false)
})

test('no more than twenty messages a day that nobody asked for', () => {
  expect(isRunaway(next, told(19))).toBe(false)
  expect(isRunaway(next, told(20))).toBe(true)
  expect(isRunaway(next, told(20, { minutesAgo: 24 * 60 + 1 }))).toBe(false)
  expect(isRunaway(next, told(20, { isUnasked: false }))).toBe(false)
})

test('who asks the same again is answered again, until only a machine would go on', () => {
  const reply = { ...next, isUnasked: false }
  expect(isRunaway(reply, told(40))).toBe(false)
  expect(isRunaway(reply, told(11, { text: 'Kính gửi', isUnasked: false }))).toBe(false)
  expect(isRunaway(reply, told(12, { text: 'Kính gửi', isUnasked: false }))).toBe(true)
})

test('a file without words is not the same words', () => {
  expect(isRunaway({ ...next, text: '' }, told(5, { text: '' }))).toBe(false)
})
