import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/core/answer.ts'
import { deriveAll, inputsOf } from '../../../src/core/formula.ts'
import { Item } from '../../../src/core/pack.ts'
import { givenBy, itemFor } from './desk.ts'

type Values = Readonly<Record<string, string>>

function answersBy(values: Values): ReadonlyMap<string, Answer> {
  const rest = { raw: '', by: 'ban', at: '2025-03-03T08:00:00.000+07:00', channel: 'web', messageId: 'm' }
  return new Map(
    Object.keys(values).flatMap((code) => {
      const given = givenBy(values[code])
      return given ? [[code, { code, given, ...rest }] as const] : []
    }),
  )
}

const SUM = { type: 'sum', parts: ['A', 'B'] }
const DIFFERENCE = { type: 'difference', from: 'A', less: ['B', 'C'] }
const RATE = { type: 'rate', part: ['A', 'B'], whole: 'C' }
const RATIO = { type: 'ratio', part: ['A'], whole: 'C' }

function derive(formula: unknown, values: Values) {
  const items = [itemFor('D', { source: 'derived', formula })]
  return deriveAll({ items }, answersBy(values)).get('D')
}

const value = (text: string, qualifier = 'exact') => ({ state: 'value', value: text, qualifier })

describe('a derived sum', () => {
  it.each<[Values, unknown]>([
    [{ A: '5', B: '7' }, value('12')],
    [{ A: '1.5', B: '2.75' }, value('4.25')],
    [{ A: '5', B: 'không' }, value('5')],
    [{ A: '0', B: 'không' }, value('0')],
    [{ A: '5', B: '-' }, value('5')],
    [{ A: 'không', B: 'không' }, { state: 'none' }],
    [{ A: 'không', B: '-' }, { state: 'none' }],
    [{ A: '-', B: '-' }, { state: 'notApplicable' }],
    [{ A: '5' }, undefined],
    [{ A: '5', B: 'hẹn' }, undefined],
    [{ A: '-', B: 'hẹn' }, undefined],
    [{ A: '5', B: '1/2' }, undefined],
    [{ A: 'hơn 5', B: '7' }, value('12', 'atLeast')],
    [{ A: '5', B: 'hơn 7' }, value('12', 'atLeast')],
    [{ A: 'hơn 5', B: 'hơn 7' }, value('12', 'atLeast')],
    [{ A: 'hơn 5', B: 'không quá 7' }, value('12', 'approx')],
    [{ A: 'ước 5', B: '7' }, value('12', 'estimate')],
  ])('of %j is %j', (values, expected) => {
    expect(derive(SUM, values)).toEqual(expected)
  })
})

describe('a derived difference', () => {
  it.each<[Values, unknown]>([
    [{ A: '20', B: '5', C: '3' }, value('12')],
    [{ A: '5', B: '7', C: '0' }, value('-2')],
    [{ A: '20', B: '-', C: '3' }, value('17')],
    [{ A: '20', B: '-', C: '-' }, value('20')],
    [{ A: '-', B: '5', C: '3' }, { state: 'notApplicable' }],
    [{ A: 'không', B: 'không', C: 'không' }, { state: 'none' }],
    [{ A: '3', B: 'không', C: 'không' }, value('3')],
    [{ A: 'không', B: '0', C: '0' }, value('0')],
    [{ A: '20', B: '5' }, undefined],
    [{ B: '5', C: '5' }, undefined],
    [{ B: '-', C: '-' }, undefined],
    [{ A: 'hơn 20', B: '5', C: '3' }, value('12', 'atLeast')],
    [{ A: '20', B: 'hơn 5', C: '3' }, value('12', 'atMost')],
    [{ A: '20', B: 'không quá 5', C: '3' }, value('12', 'atLeast')],
    [{ A: 'hơn 20', B: 'không quá 5', C: '3' }, value('12', 'atLeast')],
    [{ A: 'hơn 20', B: 'hơn 5', C: '3' }, value('12', 'approx')],
    [{ A: '20', B: 'khoảng 5', C: '3' }, value('12', 'approx')],
  ])('of %j is %j', (values, expected) => {
    expect(derive(DIFFERENCE, values)).toEqual(expected)
  })
})

describe('what a share leaves of the hundred', () => {
  it.each<[Values, unknown]>([
    [{ A: '100' }, value('0')],
    [{ A: '96.5' }, value('3.5')],
    [{ A: '0' }, value('100')],
    [{ A: '100.1' }, undefined],
    [{ A: 'không' }, { state: 'none' }],
    [{ A: '-' }, { state: 'notApplicable' }],
    [{ A: 'hẹn' }, undefined],
    [{ A: '1/2' }, undefined],
    [{}, undefined],
    [{ A: 'hơn 90' }, value('10', 'atMost')],
    [{ A: 'không quá 90' }, value('10', 'atLeast')],
    [{ A: 'ước 90' }, value('10', 'approx')],
  ])('of %j is %j', (values, expected) => {
    expect(derive({ type: 'rest', of: 'A' }, values)).toEqual(expected)
  })
})

describe('a derived rate', () => {
  it.each<[Values, unknown]>([
    [{ A: '219', B: '2', C: '221' }, value('100')],
    [{ A: '7', B: '0', C: '48' }, value('14.58')],
    [{ A: '122', B: '0', C: '129' }, value('94.57')],
    [{ A: '1', B: '0', C: '800' }, value('0.13')],
    [{ A: '893', B: '0', C: '990' }, value('90.2')],
    [{ A: '3', B: '0', C: '2' }, value('150')],
    [{ A: '7', B: '-', C: '28' }, value('25')],
    [{ A: '0', B: '0', C: '28' }, value('0')],
    [{ A: 'không', B: 'không', C: '28' }, value('0')],
    [{ A: '0', B: '0', C: '0' }, { state: 'none' }],
    [{ A: 'không', B: 'không', C: 'không' }, { state: 'none' }],
    [{ A: '5', B: '0', C: '0' }, undefined],
    [{ A: '-', B: '-', C: '5' }, { state: 'notApplicable' }],
    [{ A: '1', B: '1', C: '-' }, { state: 'notApplicable' }],
    [{ A: '1', B: '1' }, undefined],
    [{ A: '1', C: '1' }, undefined],
    [{ A: '1', B: '1', C: 'hẹn' }, undefined],
    [{ A: 'hơn 7', B: '0', C: '28' }, value('25', 'atLeast')],
    [{ A: '7', B: '0', C: 'hơn 28' }, value('25', 'atMost')],
    [{ A: 'không quá 7', B: '0', C: '28' }, value('25', 'atMost')],
    [{ A: '7', B: '0', C: 'không quá 28' }, value('25', 'atLeast')],
    [{ A: 'hơn 7', B: '0', C: 'không quá 28' }, value('25', 'atLeast')],
    [{ A: 'hơn 7', B: '0', C: 'hơn 28' }, value('25', 'approx')],
    [{ A: 'hơn 7', B: 'không quá 7', C: '28' }, value('50', 'approx')],
    [{ A: 'khoảng 7', B: '0', C: '28' }, value('25', 'approx')],
    [{ A: '7', B: '0', C: 'ước 28' }, value('25', 'approx')],
    [{ A: '7', B: '0', C: 'khoảng 28' }, value('25', 'approx')],
    [{ A: '0', B: '0', C: 'hơn 28' }, value('0')],
  ])('of %j is %j', (values, expected) => {
    expect(derive(RATE, values)).toEqual(expected)
  })
})

describe('a derived ratio', () => {
  it.each<[Values, unknown]>([
    [{ A: '7', C: '28' }, value('7/28')],
    [{ A: '35.5', C: '36' }, value('35.5/36')],
    [{ A: 'không', C: '28' }, value('0/28')],
    [{ A: 'không', C: 'không' }, { state: 'none' }],
    [{ A: '5', C: '0' }, undefined],
    [{ A: '5' }, undefined],
    [{ A: '-', C: '5' }, { state: 'notApplicable' }],
    [{ A: 'ước 7', C: '28' }, value('7/28', 'approx')],
    [{ A: 'hơn 7', C: '28' }, value('7/28', 'atLeast')],
    [{ A: '7', C: 'hơn 28' }, value('7/28', 'approx')],
    [{ A: '0', C: 'hơn 28' }, value('0/28', 'approx')],
  ])('of %j is %j', (values, expected) => {
    expect(derive(RATIO, values)).toEqual(expected)
  })
})

describe('derived items', () => {
  const derived = (code: string, formula: unknown) =>
    Item.parse(itemFor(code, { source: 'derived', formula }))
  const chain = [
    derived('RATE', { type: 'rate', part: 'TOTAL', whole: 'REST' }),
    derived('REST', { type: 'difference', from: 'TOTAL', less: 'C' }),
    derived('TOTAL', { type: 'sum', parts: ['A', 'B'] }),
    itemFor('A'),
    itemFor('B'),
    itemFor('C'),
  ]

  it('are computed from each other in whatever order they stand', () => {
    expect(deriveAll({ items: chain }, answersBy({ A: '6', B: '4', C: '5' }))).toEqual(
      new Map([
        ['TOTAL', value('10')],
        ['REST', value('5')],
        ['RATE', value('200')],
      ]),
    )
  })

  it('are missing with all that rest on them, the others are there', () => {
    expect([...deriveAll({ items: chain }, answersBy({ A: '6', B: '4' })).keys()]).toEqual(['TOTAL'])
    expect(deriveAll({ items: chain }, new Map()).size).toBe(0)
  })

  it('given by an official are what others compute from, and computed beside it all the same', () => {
    const all = deriveAll({ items: chain }, answersBy({ A: '6', B: '4', C: '5', TOTAL: '11' }))
    expect(all.get('TOTAL')).toEqual(value('10'))
    expect(all.get('REST')).toEqual(value('6'))
    const promised = deriveAll({ items: chain }, answersBy({ A: '6', B: '4', C: '5', TOTAL: 'hẹn' }))
    expect(promised.get('REST')).toEqual(value('5'))
  })

  it('one of which was taken back is computed again', () => {
    const answers = new Map(answersBy({ A: '6', B: '4', C: '5', TOTAL: '11' }))
    const total = answers.get('TOTAL')
    if (total) answers.set('TOTAL', { ...total, given: { state: 'withdrawn' } })
    expect(deriveAll({ items: chain }, answers).get('REST')).toEqual(value('5'))
  })

  it('that run in a circle are missing and hang nothing', () => {
    const round = [derived('X', { type: 'sum', parts: ['Y'] }), derived('Y', { type: 'sum', parts: ['X'] })]
    expect(deriveAll({ items: round }, new Map()).size).toBe(0)
  })

  it('name what they are computed from', () => {
    const inputs = (formula: unknown) => {
      const item = derived('D', formula)
      return item.formula && inputsOf(item.formula)
    }
    expect([SUM, DIFFERENCE, RATE, RATIO].map(inputs)).toEqual([
      ['A', 'B'],
      ['A', 'B', 'C'],
      ['A', 'B', 'C'],
      ['A', 'C'],
    ])
  })
})
