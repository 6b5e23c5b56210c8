import { describe, expect, test } from 'vitest'
import { readAll, readLabelled } from './labelled.ts'

describe.each([
  ['./cases.tsv', 129],
  ['./phrases.tsv', 300],
])('%s', (file, least) => {
  test(`has at least ${least} rows`, () => {
    expect(readLabelled(file).length).toBeGreaterThanOrEqual(least)
  })

  test('records no wrong value without a question', () => {
    expect(readAll(readLabelled(file)).silent).toEqual([])
  })

  test('is read as labelled', () => {
    expect(readAll(readLabelled(file)).wrong).toEqual([])
  })
})
