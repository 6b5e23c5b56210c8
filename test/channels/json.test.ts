import { expect, test } from 'vitest'
import { readLosslessJson, readOutermost } from '../../src/channels/json.ts'
import { fc } from '../draws.ts'

test('an integer of 16 digits or more is a string, digit for digit', () => {
  const text = '{"a":3120036654733951760,"b":[-1234567890123456],"c":123456789012345}'
  expect(readLosslessJson(text)).toEqual({
    a: '3120036654733951760',
    b: ['-1234567890123456'],
    c: 123456789012345,
  })
})

test('what only looks like one stays as it is', () => {
  const text = String.raw`{"a":"1234567890123456 và \"1234567890123456\\","b":0.1234567890123456,"c":12345678901234567e3,"1234567890123456":1}`
  expect(readLosslessJson(text)).toEqual(JSON.parse(text))
})

test('everything else is read as ever', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, space) => {
      const given = JSON.parse(text)
      const long = `{"long":12345678901234567,"given":${JSON.stringify(given, undefined, space)}}`
      const hasLong = /(?<![\d.])-?\d{16,}(?![\d.e])/.test(text)
      if (!hasLong) expect(readLosslessJson(long)).toEqual({ long: '12345678901234567', given })
      expect(readLosslessJson(text) === undefined).toBe(false)
    }),
  )
})

test('what is no JSON is refused', () => {
  for (const text of ['', '{', '{"a":1234567890123456', 'undefined', '{"a":01234567890123456}'])
    expect(() => readLosslessJson(text)).toThrow()
})

test('a key of the outermost object is found as often as it stands there', () => {
  const text = String.raw`{"t":"a\"b","x":{"t":1},"y":[{"t":2}],"t":1.50,"\u0074":null,"z":"t","t":[3]}`
  expect(readOutermost(text, 't')).toEqual(['a"b', '1.50', 'null', '['])
  expect(readOutermost('[{"t":1}]', 't')).toEqual([])
  expect(readOutermost('"t"', 't')).toEqual([])
})

test('a key agrees with what JSON.parse finds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.jsonValue())),
      fc.string(),
      (rest, value) => {
        const { t: _, ...others } = rest
        const text = JSON.stringify({ ...others, t: value })
        expect(readOutermost(text, 't')).toEqual([value])
      },
    ),
  )
})

test('no text takes long', () => {
  const started = performance.now()
  for (const text of [
    `"${'\\"'.repeat(500_000)}`,
    `[${'1234567890123456,'.repeat(50_000)}1]`,
    '['.repeat(1_000_000),
  ])
    try {
      readLosslessJson(text)
    } catch {
      // Not JSON: what counts is how soon that is known.
    }
  readOutermost(`${'['.repeat(500_000)}${']'.repeat(500_000)}`, 't')
  expect(performance.now() - started).toBeLessThan(3000)
})
