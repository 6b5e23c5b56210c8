import { describe, expect, it } from 'vitest'
import type { Item } from '../../../src/core/pack.ts'
import { type Desk, findingOf, type PublishedRow, readPublished, sentenceOf } from './desk.ts'

/** The row as a relation of a pack, with the values an official would have given. */
function deskOf({ type, kind, figures, written }: PublishedRow) {
  const parts = figures.split(/ \+ |\//)
  const codes = parts.map((_, index) => `P${index}`)
  const values = {
    ...Object.fromEntries(parts.map((part, index) => [codes[index] ?? '', part])),
    W: written,
    R: figures,
  }
  const kinds: Readonly<Record<string, Item['kind']>> =
    type === 'exclusive'
      ? { P0: 'percent', P1: 'percent' }
      : {
          W: type === 'rate' || type === 'ratioRate' ? 'percent' : 'count',
          R: kind === 'score' ? 'score' : 'ratio',
        }
  const desk: Desk = { values, kinds }
  return { desk, relation: { type, severity: 'hard', ...FIELDS[type]?.(codes) } }
}

const FIELDS: Readonly<Record<string, (codes: readonly string[]) => Readonly<Record<string, unknown>>>> = {
  sum: (codes) => ({ total: 'W', parts: codes }),
  rate: () => ({ rate: 'W', part: 'P0', whole: 'P1' }),
  ratioRate: () => ({ ratio: 'R', rate: 'W' }),
  part: () => ({ part: 'P0', whole: 'W' }),
  score: () => ({ item: 'R' }),
  exclusive: (codes) => ({ items: codes }),
}

const rows = readPublished()

describe('of what five offices have published', () => {
  it('all 84 sums, rates and bounds are here: 63 hold, 21 do not', () => {
    expect(rows).toHaveLength(84)
    expect(rows.filter((row) => row.holds)).toHaveLength(63)
  })

  it.each(rows.filter((row) => row.holds))('$id $type $figures = $written stays silent', (row) => {
    const { desk, relation } = deskOf(row)
    expect(findingOf(relation, desk)).toBeUndefined()
  })

  it.each(rows.filter((row) => !row.holds))('$id $type $figures ≠ $written is found: $says', (row) => {
    const { desk, relation } = deskOf(row)
    const finding = findingOf(relation, desk)
    expect(row.says.length).toBeGreaterThan(1)
    for (const words of row.says) expect(sentenceOf(finding?.say)).toContain(words)
    const isCutOff = row.figures === '7/48' || row.figures === '122/129'
    expect(finding?.severity).toBe(isCutOff ? 'warn' : 'hard')
  })
})
