import { describe, expect, it } from 'vitest'
import type { Given } from '../../src/core/answer.ts'
import { type Against, changesOf, periodAgainst } from '../../src/core/changes.ts'
import { addDecimals, isSameDecimal, readDecimal, writeDecimal } from '../../src/core/figures/decimal.ts'
import { type Item, ReportPack } from '../../src/core/pack.ts'
import { type PeriodName, periodOf } from '../../src/core/period.ts'
import type { Round } from '../../src/core/round.ts'
import { fc } from '../draws.ts'
import { answer, pack, round, value } from './ward.ts'

type Givens = Readonly<Record<string, Given>>

function answersOf(givens: Givens) {
  return new Map(Object.entries(givens).map(([code, given]) => [code, answer(code, given)]))
}

function withItems(one: Round, ...items: readonly Partial<Item>[]): Round {
  const all = [
    ...pack.items,
    ...items.map((item) => ({ name: item.code, kind: 'count', group: 'nhan', duty: 'mot-cua', ...item })),
  ]
  return { ...one, pack: ReportPack.parse({ ...pack, items: all }) }
}

/** Quý I, with the quarter before it and the first quarter of last year. */
function quarter(now: Givens, before: Givens, yearBefore: Givens = {}): Round {
  return { ...round(now, before), before: periodOf('quy4', 2024), yearBefore: answersOf(yearBefore) }
}

function told(one: Round, against: Against = 'previous') {
  return changesOf(one, against).map(
    ({ item, difference, share }) =>
      `${item.code} ${writeDecimal(difference)}${share ? ` ${writeDecimal(share)}%` : ''}`,
  )
}

describe('changes against an earlier period', () => {
  it('are exact, and leave out what stayed or is not known on both sides', () => {
    const now = { 'I.1': value('228'), 'I.2': value('5'), 'I.3': value('7'), 'I.4': value('1') }
    const before = { 'I.1': value('200'), 'I.2': value('5'), 'I.4': { state: 'pending' } } as const
    expect(told(quarter(now, before))).toEqual(['I.1 28 14%'])
  })

  it('come with what matters most first: a share of the earlier figure, tiny ones damped', () => {
    const now = { 'I.1': value('110'), 'I.2': value('2'), 'I.3': value('150'), 'I.4': value('3') }
    const before = { 'I.1': value('100'), 'I.2': value('1'), 'I.3': value('100'), 'I.4': value('0') }
    expect(told(quarter(now, before))).toEqual(['I.4 3', 'I.3 50 50%', 'I.1 10 10%', 'I.2 1 100%'])
  })

  it('stay in the order of the form where they matter alike', () => {
    const now = { 'I.5': value('20'), 'I.2': value('20'), 'I.3': value('20') }
    const before = { 'I.2': value('10'), 'I.3': value('10'), 'I.5': value('10') }
    expect(told(quarter(now, before)).map((line) => line.slice(0, 3))).toEqual(['I.2', 'I.3', 'I.5'])
  })

  it('count nothing arisen as nought, and what falls as below nought', () => {
    const one = quarter({ 'I.1': { state: 'none' } }, { 'I.1': value('8') })
    expect(told(one)).toEqual(['I.1 -8 -100%'])
  })

  it('are told of no figure that is “hơn” or “khoảng”, or does not apply', () => {
    const now = { 'I.1': { state: 'value', value: '9', qualifier: 'atLeast' }, 'I.2': value('3') } as const
    expect(told(quarter(now, { 'I.1': value('8'), 'I.2': { state: 'notApplicable' } }))).toEqual([])
  })

  it('are points between percents, and a difference of scores only out of the same maximum', () => {
    const one = withItems(
      quarter(
        { 'X.1': value('93.5'), 'X.2': value('35.5/36'), 'X.3': value('30/33') },
        { 'X.1': value('95'), 'X.2': value('34/36'), 'X.3': value('30/36') },
      ),
      { code: 'X.1', kind: 'percent' },
      { code: 'X.2', kind: 'score' },
      { code: 'X.3', kind: 'score' },
    )
    expect(told(one)).toEqual(['X.1 -1.5', 'X.2 1.5 4.41%'])
  })

  it('are told of what is computed on both sides', () => {
    const one = withItems(
      quarter({ 'I.1': value('3'), 'I.2': value('4') }, { 'I.1': value('3'), 'I.2': value('1') }),
      { code: 'X.1', source: 'derived', formula: { type: 'sum', parts: ['I.1', 'I.2'] } },
    )
    expect(told(one)).toEqual(['I.2 3 300%', 'X.1 3 75%'])
  })

  it('are none where the period before does not adjoin, or is of another length', () => {
    const now = { 'I.1': value('9') }
    for (const name of ['nam', '6thang', 'quy3'] as const) {
      const one: Round = { ...round(now, { 'I.1': value('8') }), before: periodOf(name, 2024) }
      expect(periodAgainst(one, 'previous')).toBeUndefined()
      expect(told(one)).toEqual([])
    }
    expect(periodAgainst(quarter(now, {}), 'previous')?.key).toBe('2024-quy4')
  })

  it.each([
    ['quy1', 'quy4', 2024, 'previous', []],
    ['quy2', 'quy1', 2025, 'previous', []],
    ['nam', 'nam', 2024, 'previous', ['X.1 5 100%']],
    ['quy2', 'quy1', 2025, 'yearBefore', ['X.1 5 100%']],
  ] as const)(
    'of what is counted since January, in %s after %s %i, %s: %j',
    (name, last, year, against, expected) => {
      const past = { 'X.1': value('5') }
      const one = withItems(
        {
          ...round({ 'X.1': value('10') }, past),
          period: periodOf(name as PeriodName, 2025),
          before: periodOf(last, year),
          yearBefore: answersOf(past),
        },
        { code: 'X.1', span: 'year' },
      )
      expect(told(one, against)).toEqual(expected)
    },
  )

  it('give the later figure when added to the earlier, whatever the figures', () => {
    const number = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.nat(99))
      .map(([whole, cents]) => writeDecimal({ units: whole * 100n + BigInt(cents), scale: 2 }))
    fc.assert(
      fc.property(number, number, (now, before) => {
        const one = withItems(quarter({ 'X.1': value(now) }, { 'X.1': value(before) }), {
          code: 'X.1',
          kind: 'decimal',
        })
        const [change] = changesOf(one, 'previous')
        const [left, right] = [readDecimal(now), readDecimal(before)]
        if (!left || !right) return false
        if (!change) return isSameDecimal(left, right)
        return isSameDecimal(addDecimals(right, change.difference), left)
      }),
    )
  })
})
