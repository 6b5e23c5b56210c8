import { describe, expect, it } from 'vitest'
import { Relation } from '../../../src/core/relation.ts'
import { checkRelations } from '../../../src/core/relations.ts'
import { type Desk, factsFor, findingOf, itemFor, said, sentenceOf } from './desk.ts'

describe('what is carried over', () => {
  const carried = { type: 'carried', item: 'A', last: 'Z' }

  it('is what the last period left', () => {
    expect(findingOf(carried, { values: { A: '7' }, previous: { Z: '7' } })).toBeUndefined()
    const desk: Desk = { values: { A: '3' }, previous: { Z: '4' } }
    expect(findingOf(carried, desk)).toMatchObject({
      codes: ['A'],
      left: '3',
      right: '4',
      difference: '1',
      repairs: [{ code: 'A', given: { state: 'value', value: '4', qualifier: 'exact' } }],
    })
    expect(said(carried, desk)).toBe('**mục A** đã báo là 3, còn **mục Z** của kỳ trước là 4, chênh 1 hồ sơ')
  })

  it('is silent without either, or where either does not apply', () => {
    expect(findingOf(carried, { values: { A: '3' } })).toBeUndefined()
    expect(findingOf(carried, { values: { A: '3', Z: '4' } })).toBeUndefined()
    expect(findingOf(carried, { values: {}, previous: { Z: '4' } })).toBeUndefined()
    expect(findingOf(carried, { values: { A: '-' }, previous: { Z: '4' } })).toBeUndefined()
    expect(findingOf(carried, { values: { A: '3' }, previous: { Z: '-' } })).toBeUndefined()
  })

  it('takes none for nought and is a warning when last period was vague', () => {
    expect(findingOf(carried, { values: { A: 'không' }, previous: { Z: '0' } })).toBeUndefined()
    expect(findingOf(carried, { values: { A: 'không' }, previous: { Z: '4' } })?.left).toBe('0')
    const vague: Desk = { values: { A: '3' }, previous: { Z: 'hơn 4' } }
    expect(findingOf({ ...carried, severity: 'hard' }, vague)).toMatchObject({
      severity: 'warn',
      repairs: [{ given: { value: '4', qualifier: 'approx' } }],
    })
  })
})

describe('a cumulative figure', () => {
  const grows = { type: 'grows', item: 'A' }
  const extra = { isSameYear: true }

  it('never falls within the year', () => {
    expect(findingOf(grows, { values: { A: '12' }, previous: { A: '12' }, extra })).toBeUndefined()
    const desk: Desk = { values: { A: '10' }, previous: { A: '12' }, extra }
    expect(findingOf(grows, desk)).toMatchObject({
      codes: ['A'],
      left: '10',
      right: '12',
      difference: '2',
      repairs: [],
    })
    expect(said(grows, desk)).toBe(
      'số lũy kế **mục A** đã báo là 10, thấp hơn 12 của kỳ trước trong năm, chênh 2 hồ sơ',
    )
  })

  it('is silent across years and without either value', () => {
    const fall = { values: { A: '10' }, previous: { A: '12' } }
    expect(findingOf(grows, fall)).toBeUndefined()
    expect(findingOf(grows, { ...fall, extra: { isSameYear: false } })).toBeUndefined()
    expect(findingOf(grows, { values: { A: '10' }, extra })).toBeUndefined()
    expect(findingOf(grows, { values: { A: 'hẹn' }, previous: { A: '12' }, extra })).toBeUndefined()
    expect(findingOf(grows, { values: { A: '-' }, previous: { A: '12' }, extra })).toBeUndefined()
    expect(findingOf(grows, { values: { A: 'hơn 9' }, previous: { A: '12' }, extra })).toBeUndefined()
  })

  it('falls to nought with none, and is a warning when vague', () => {
    expect(findingOf(grows, { values: { A: 'không' }, previous: { A: '12' }, extra })?.left).toBe('0')
    const vague: Desk = { values: { A: '9' }, previous: { A: 'hơn 12' }, extra }
    expect(findingOf({ ...grows, severity: 'hard' }, vague)?.severity).toBe('warn')
  })
})

describe('one quantity in two places', () => {
  const same = { type: 'same', item: 'A', other: 'B', severity: 'hard' }

  it('is written the same', () => {
    expect(findingOf(same, { values: { A: '244', B: '244' } })).toBeUndefined()
    const desk: Desk = { values: { A: '2382', B: '3135' } }
    expect(findingOf(same, desk)).toMatchObject({
      severity: 'hard',
      codes: ['A', 'B'],
      left: '2.382',
      right: '3.135',
      difference: '753',
      repairs: [
        { code: 'A', given: { value: '3135' } },
        { code: 'B', given: { value: '2382' } },
      ],
    })
    expect(said(same, desk)).toBe('cùng một số nhưng **mục A** là 2.382, còn **mục B** là 3.135')
  })

  it('is silent while one is missing or does not apply; none is nought', () => {
    expect(findingOf(same, { values: { A: '1' } })).toBeUndefined()
    expect(findingOf(same, { values: { B: '1' } })).toBeUndefined()
    expect(findingOf(same, { values: { A: '1', B: '-' } })).toBeUndefined()
    expect(findingOf(same, { values: { A: '0', B: 'không' } })).toBeUndefined()
    expect(findingOf(same, { values: { A: '1', B: 'không' } })).toBeDefined()
  })

  it('may be rounded in one place', () => {
    const kinds = { A: 'percent', B: 'percent' } as const
    expect(findingOf(same, { values: { A: '96.4', B: '96.42' }, kinds })).toBeUndefined()
    expect(findingOf(same, { values: { A: '96.5', B: '96.42' }, kinds })).toBeDefined()
    expect(findingOf(same, { values: { A: 'khoảng 4', B: '9' }, kinds })?.severity).toBe('warn')
  })

  it.each([
    ['ratio', '7/28', '8/28', '7/28', '8/28'],
    ['score', '35.5/36', '35/36', '35,5/36', '35/36'],
    ['date', '2023-02-03', '2023-03-02', '03/02/2023', '02/03/2023'],
  ] as const)('%s %s is not %s', (kind, one, other, left, right) => {
    const kinds = { A: kind, B: kind }
    expect(findingOf(same, { values: { A: one, B: one }, kinds })).toBeUndefined()
    expect(findingOf(same, { values: { A: one }, kinds })).toBeUndefined()
    expect(findingOf(same, { values: { B: one }, kinds })).toBeUndefined()
    expect(findingOf(same, { values: { A: one, B: 'không' }, kinds })).toBeUndefined()
    const finding = findingOf(same, { values: { A: one, B: other }, kinds })
    expect(finding).toMatchObject({
      left,
      right,
      severity: 'hard',
      codes: ['A', 'B'],
      repairs: [
        { code: 'A', given: { value: other } },
        { code: 'B', given: { value: one } },
      ],
    })
    expect(sentenceOf(finding?.say)).toContain(`**mục A** là ${left}, còn **mục B** là ${right}`)
    expect(findingOf(same, { values: { A: one, B: `khoảng ${other}` }, kinds })?.severity).toBe('warn')
  })

  it('shows a choice by its name and changes no derived item', () => {
    const options = [
      { value: '0', name: 'Không' },
      { value: '1', name: 'Có' },
    ]
    const facts = {
      ...factsFor({ values: { A: '0', B: '1' } }),
      itemOf: (code: string) =>
        itemFor(code, { kind: 'choice', options, ...(code === 'B' ? { source: 'derived' } : {}) }),
    }
    const [finding] = checkRelations([Relation.parse({ id: 'thu', ...same })], facts)
    expect(finding).toMatchObject({ left: 'Không', right: 'Có', repairs: [{ code: 'A' }] })
    expect(finding?.repairs).toHaveLength(1)
    expect(finding).not.toHaveProperty('difference')
  })
})

describe('a day that lies not after another', () => {
  const signed = { type: 'notAfter', earlier: 'periodEnd', later: 'signing', severity: 'hard' }
  const kinds = { A: 'date', B: 'date' } as const

  it('finds a data window that ends after the signing', () => {
    const extra = { periodEnd: '2023-12-11', signingDay: '2023-12-05' }
    const finding = findingOf(signed, { values: {}, extra })
    expect(finding).toMatchObject({
      severity: 'hard',
      codes: [],
      left: '11/12/2023',
      right: '05/12/2023',
      difference: '6',
      repairs: [],
    })
    expect(sentenceOf(finding?.say)).toBe(
      'ngày cuối kỳ số liệu là 11/12/2023, sau ngày ký báo cáo là 05/12/2023, chênh 6 ngày',
    )
  })

  it('is silent on the day itself and while a day is unknown', () => {
    const day = '2023-12-11'
    expect(findingOf(signed, { values: {}, extra: { periodEnd: day, signingDay: day } })).toBeUndefined()
    expect(findingOf(signed, { values: {}, extra: { periodEnd: day } })).toBeUndefined()
    expect(findingOf(signed, { values: {}, extra: { signingDay: day } })).toBeUndefined()
  })

  it('compares items that are days, of several days the last', () => {
    const days = { type: 'notAfter', earlier: 'A', later: 'B' }
    expect(findingOf(days, { values: { A: '2025-03-14', B: '2025-03-14' }, kinds })).toBeUndefined()
    const range = { values: { A: '2025-02-20..2025-03-16', B: '2025-03-14' }, kinds }
    expect(findingOf({ ...days, severity: 'hard' }, range)?.severity).toBe('hard')
    expect(findingOf(days, range)).toMatchObject({ codes: ['A', 'B'], left: '16/03/2025', difference: '2' })
    expect(said(days, range)).toBe('mục A là 16/03/2025, sau mục B là 14/03/2025, chênh 2 ngày')
    expect(said({ ...days, later: 'signing' }, { ...range, extra: { signingDay: '2025-03-15' } })).toContain(
      'sau ngày ký báo cáo là 15/03/2025, chênh 1 ngày',
    )
  })

  it('is silent where a day is none, missing or no day, and a warning where it is vague', () => {
    const days = { type: 'notAfter', earlier: 'A', later: 'B', severity: 'hard' }
    for (const value of ['', 'không', '-', 'hẹn', '12'])
      expect(findingOf(days, { values: { A: '2025-03-16', B: value }, kinds })).toBeUndefined()
    expect(findingOf(days, { values: { A: '99', B: '2025-03-16' }, kinds })).toBeUndefined()
    const vague = { values: { A: '2025-03-16', B: 'khoảng 2025-03-14' }, kinds }
    expect(findingOf(days, vague)?.severity).toBe('warn')
    const early = { values: { A: 'khoảng 2025-03-16', B: '2025-03-14' }, kinds }
    expect(findingOf(days, early)?.severity).toBe('warn')
  })

  it('needs no item to be known, whatever the kind of relation', () => {
    const facts = {
      ...factsFor({
        values: { A: '9', B: '1', R: '5/4', L: '15', D: '2025-03-16' },
        previous: { A: '12', B: '12' },
        extra: { isSameYear: true, signingDay: '2025-03-14' },
      }),
      itemOf: () => undefined,
    }
    const kinds = [
      { type: 'part', part: 'A', whole: 'B' },
      { type: 'balance', left: 'A', right: ['B'] },
      { type: 'rate', rate: 'L', part: 'B', whole: 'A' },
      { type: 'ratioRate', ratio: 'R', rate: 'L' },
      { type: 'score', item: 'R' },
      { type: 'bound', item: 'A', max: 5 },
      { type: 'coded', item: 'A', values: ['0'] },
      { type: 'exclusive', items: ['L', 'L', 'L', 'L', 'L', 'L', 'L'] },
      { type: 'carried', item: 'A', last: 'B' },
      { type: 'grows', item: 'A' },
      { type: 'same', item: 'A', other: 'B' },
      { type: 'notAfter', earlier: 'D', later: 'signing' },
    ]
    const relations = kinds.map((kind) => Relation.parse({ id: 'thu', ...kind }))
    const findings = checkRelations(relations, facts)
    expect(findings.map((finding) => finding.type)).toEqual(kinds.map((kind) => kind.type))
    expect(sentenceOf(findings[1]?.say)).toBe('**A** là 9, còn **B** là 1, chênh 8')
    expect(sentenceOf(findings[6]?.say)).toContain('mục **A** đã báo là 9')
  })

  it('names items nobody knows by their codes', () => {
    const facts = {
      ...factsFor({ values: { A: '2025-03-16', B: '2025-03-14' } }),
      itemOf: () => undefined,
    }
    const relation = Relation.parse({ id: 'thu', type: 'notAfter', earlier: 'A', later: 'B' })
    expect(sentenceOf(checkRelations([relation], facts)[0]?.say)).toContain('A là 16/03/2025, sau B là')
  })
})
