import { describe, expect, it } from 'vitest'
import type { Given } from '../../src/core/answer.ts'
import { agreementOf, findOverruled } from '../../src/core/overrule.ts'
import { answer, value } from './ward.ts'

const exact = (one: string) => value(one)
const qualified = (one: string, qualifier: 'atLeast' | 'approx') => ({ ...value(one), qualifier }) as const

describe('a figure written for what is computed', () => {
  it.each([
    ['25', '25', 'same'],
    ['40', '40.35', 'rounded'],
    ['14.6', '14.58', 'rounded'],
    ['14.5', '14.58', 'cut'],
    ['30', '25', 'other'],
    ['100', '99.6', 'other'],
    ['0', '0.4', 'other'],
    ['100', '100', 'same'],
  ])('%s beside %s is %s', (written, computed, agreement) => {
    expect(agreementOf(exact(written), exact(computed))).toBe(agreement)
  })

  it('is not agreed to where one of them is “hơn” or “khoảng”', () => {
    expect(agreementOf(qualified('90', 'atLeast'), exact('90'))).toBe('other')
    expect(agreementOf(qualified('95', 'approx'), exact('94.6'))).toBe('other')
  })

  it('is asked about, too, when what it was computed from is no longer known', () => {
    const rate = {
      code: 'R.1',
      name: 'Tỷ lệ',
      kind: 'percent',
      duty: 'chung',
      group: 'nhan',
      source: 'derived',
      formula: { type: 'rate', part: ['I.1'], whole: 'I.2' },
    } as const
    const items = [rate] as never
    const found = (given: Readonly<Record<string, Given>>) =>
      findOverruled({ items }, new Map(Object.entries(given).map(([code, one]) => [code, answer(code, one)])))
    expect(found({ 'R.1': exact('95'), 'I.1': exact('10') })).toMatchObject([
      { severity: 'ask', codes: ['R.1'], right: '95%', say: { key: 'find.unfounded' } },
    ])
    expect(found({ 'R.1': exact('95'), 'I.1': exact('10'), 'I.2': exact('20') })).toMatchObject([
      { severity: 'ask', left: '50%', right: '95%', repairs: [{ code: 'R.1' }] },
    ])
    expect(found({ 'R.1': exact('50'), 'I.1': exact('10'), 'I.2': exact('20') })).toEqual([])
  })
})
