import { describe, expect, test } from 'vitest'
import { readAll, readLabelled } from './labelled.ts'

describe('labelled phrases', () => {
  for (const [file, least] of [
    ['./cases.tsv', 129],
    ['./phrases.tsv', 300],
  ] as const) {
    const rows = readLabelled(file)
    const { wrong, silent } = readAll(rows)

    test(`${file} has at least ${least} rows`, () => {
      expect(rows.length).toBeGreaterThanOrEqual(least)
    })

    test(`${file} records no wrong value without a question`, () => {
      expect(silent).toEqual([])
    })

    test(`${file} is read as labelled`, () => {
      expect(wrong).toEqual([])
    })
  }
})
