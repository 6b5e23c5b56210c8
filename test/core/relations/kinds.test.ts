import { describe, expect, it } from 'vitest'
import { Relation } from '../../../src/core/relation.ts'
import { checkRelations } from '../../../src/core/relations.ts'
import { factsFor, findingOf, itemFor, said, sentenceOf } from './desk.ts'

type Values = Readonly<Record<string, string>>

describe('a sum', () => {
  const sum = { type: 'sum', total: 'A', parts: ['B', 'C', 'D'] }
  const find = (values: Values) => findingOf(sum, { values })

  it('that is wrong carries both sides, the difference and what would mend it', () => {
    expect(find({ A: '2382', B: '2324', C: '54', D: '3' })).toEqual({
      relationId: 'thu',
      type: 'sum',
      severity: 'ask',
      codes: ['A', 'B', 'C', 'D'],
      left: '2.324 + 54 + 3 = 2.381',
      right: '2.382',
      difference: '1',
      say: {
        key: 'find.sum',
        values: { total: 'mục A', written: '2.382', parts: '2.324 + 54 + 3 = 2.381', difference: '1 hồ sơ' },
      },
      repairs: [{ code: 'A', given: { state: 'value', value: '2381', qualifier: 'exact' } }],
    })
    expect(said(sum, { values: { A: '2382', B: '2324', C: '54', D: '3' } })).toBe(
      '**mục A** đã báo là 2.382, các phần cộng lại là 2.324 + 54 + 3 = 2.381, chênh 1 hồ sơ',
    )
  })

  it.each<[string, Values]>([
    ['is right', { A: '2381', B: '2324', C: '54', D: '3' }],
    ['has a part nobody has given', { A: '5', B: '1', C: '1' }],
    ['has a part that is promised', { A: '5', B: '1', C: '1', D: 'hẹn' }],
    ['has no total yet', { B: '1', C: '1', D: '1' }],
    ['has a total that does not apply', { A: '-', B: '1', C: '1', D: '1' }],
    ['has only parts that do not apply', { A: '5', B: '-', C: '-', D: '-' }],
    ['counts "không phát sinh" as nought', { A: '2', B: '1', C: '1', D: 'không' }],
    ['leaves out what does not apply', { A: '2', B: '1', C: '1', D: '-' }],
    ['is nothing of nothing', { A: 'không', B: 'không', C: '0', D: '-' }],
    ['has a part that is no number', { A: '2', B: '1', C: '1', D: '1/2' }],
  ])('stays silent when it %s', (_, values) => {
    expect(find(values)).toBeUndefined()
  })

  it('shows a none as 0 and leaves what does not apply out of the sentence', () => {
    const finding = find({ A: '5', B: '1', C: 'không', D: '-' })
    expect(finding?.left).toBe('1 + 0 = 1')
    expect(finding?.codes).toEqual(['A', 'B', 'C'])
  })

  it('of one part that applies is not written as an addition', () => {
    expect(find({ A: '5', B: '4', C: '-', D: '-' })?.left).toBe('4')
  })

  it('whose total was "không phát sinh" is found when parts are not', () => {
    const finding = find({ A: 'không', B: '1', C: '1', D: '0' })
    expect(finding?.right).toBe('0')
    expect(finding?.repairs).toEqual([
      { code: 'A', given: { state: 'value', value: '2', qualifier: 'exact' } },
    ])
  })

  it('set to count the missing as nought is checked as soon as one part is there', () => {
    const early = { ...sum, missing: 'zero' }
    expect(findingOf(early, { values: { A: '5', B: '1' } })?.left).toBe('1')
    expect(findingOf(early, { values: { A: '1', B: '1' } })).toBeUndefined()
    expect(findingOf(early, { values: { A: '5' } })).toBeUndefined()
    expect(findingOf(early, { values: { B: '5' } })).toBeUndefined()
  })

  it.each([
    ['hơn 5', '4', 'hơn 5'],
    ['không quá 1', '4', 'không quá 1'],
    ['khoảng 100', '4', 'khoảng 100'],
    ['ước 100', '4', 'ước 100'],
  ])('that rests on “%s” is a warning, never harder', (total, part, right) => {
    const finding = findingOf({ ...sum, severity: 'hard', parts: ['B'] }, { values: { A: total, B: part } })
    expect(finding).toMatchObject({ severity: 'warn', left: part, right })
  })

  it.each([
    ['hơn 4', '4'],
    ['hơn 4', '900'],
    ['không quá 4', '4'],
    ['không quá 4', '0'],
    ['khoảng 100', '90'],
    ['khoảng 100', '110'],
    ['ước 100', '95'],
  ])('of “%s” can be %s', (total, part) => {
    expect(findingOf({ ...sum, parts: ['B'] }, { values: { A: total, B: part } })).toBeUndefined()
  })

  it.each([
    ['khoảng 100', '89'],
    ['khoảng 100', '111'],
    ['hơn 4', '3'],
    ['không quá 4', '5'],
  ])('of “%s” cannot be %s', (total, part) => {
    expect(findingOf({ ...sum, parts: ['B'] }, { values: { A: total, B: part } })).toBeDefined()
  })

  it('that is mended by a vague figure is offered as vague', () => {
    const finding = findingOf({ ...sum, parts: ['B', 'C'] }, { values: { A: '5', B: 'hơn 10', C: '2' } })
    expect(finding?.left).toBe('hơn 10 + 2 = 12')
    expect(finding?.repairs).toEqual([
      { code: 'A', given: { state: 'value', value: '12', qualifier: 'approx' } },
    ])
  })

  it('of a vague and an exact part has no upper limit either', () => {
    expect(
      findingOf({ ...sum, parts: ['B', 'C'] }, { values: { A: '500', B: '2', C: 'hơn 10' } }),
    ).toBeUndefined()
    expect(
      findingOf({ ...sum, parts: ['B', 'C'] }, { values: { A: '500', B: 'hơn 10', C: '2' } }),
    ).toBeUndefined()
  })

  it('of shares is judged by their rounding', () => {
    const kinds = { A: 'percent', B: 'percent', C: 'percent', D: 'percent' } as const
    const shares = (values: Values) => findingOf(sum, { values, kinds })
    expect(shares({ A: '100', B: '33.3', C: '33.3', D: '33.3' })).toBeUndefined()
    expect(shares({ A: '100', B: '33.3', C: '33.3', D: '23.3' })).toMatchObject({
      left: '33,3% + 33,3% + 23,3% = 89,9%',
      right: '100%',
      difference: '10,1%',
    })
  })

  it('of shares knows where rounding begins and ends', () => {
    const kinds = { A: 'percent', B: 'percent', C: 'percent' } as const
    const shares = (values: Values) => findingOf({ ...sum, parts: ['B', 'C'] }, { values, kinds })
    // Up to 1,5 and not with it; from 0 and not from -0,5.
    expect(shares({ A: '2', B: '1', C: 'không' })).toBeDefined()
    expect(shares({ A: '2', B: 'không', C: '1' })).toBeDefined()
    expect(shares({ A: '2', B: '0', C: '1' })).toBeUndefined()
    expect(shares({ A: '0', B: '0', C: '1' })).toBeDefined()
  })

  it('takes a 12 beside a 13,4 for 12,0', () => {
    const kinds = { A: 'decimal', B: 'decimal', C: 'decimal' } as const
    const areas = { ...sum, parts: ['B', 'C'] }
    expect(findingOf(areas, { values: { A: '25.9', B: '12', C: '13.4' }, kinds })).toBeDefined()
    expect(findingOf(areas, { values: { A: '25.5', B: '12', C: '13.4' }, kinds })).toBeUndefined()
    expect(findingOf(areas, { values: { A: '25', B: '12', C: '13.4' }, kinds })).toBeUndefined()
  })

  it('of decimals that differ in the third place does not write them alike', () => {
    const kinds = { A: 'decimal', B: 'decimal' } as const
    const finding = findingOf({ ...sum, parts: ['B'] }, { values: { A: '1234.561', B: '1234.567' }, kinds })
    expect(finding).toMatchObject({ left: '1.234,567', right: '1.234,561', difference: '0,006' })
    expect(sentenceOf(finding?.say)).toContain('chênh 0,006 hồ sơ')
  })

  it('of money says đồng once', () => {
    const kinds = { A: 'money', B: 'money', C: 'money' } as const
    const values = { A: '9007199254740993', B: '9007199254740000', C: '992' }
    const finding = findingOf({ ...sum, parts: ['B', 'C'] }, { values, kinds })
    expect(finding).toMatchObject({
      left: '9.007.199.254.740.000 + 992 = 9.007.199.254.740.992 đồng',
      right: '9.007.199.254.740.993 đồng',
      difference: '1 đồng',
    })
  })

  it('does not offer to change a derived total, and keeps the unit of an asked one', () => {
    const facts = factsFor({ values: { B: '1' } })
    const relation = Relation.parse({ id: 'thu', ...sum, parts: ['B'] })
    const asked = { state: 'value', value: '2', unit: 'hồ sơ', qualifier: 'exact' } as const
    const givenOf = (code: string) => (code === 'A' ? asked : facts.valueOf(code))
    const [finding] = checkRelations([relation], { ...facts, valueOf: givenOf })
    expect(finding?.repairs).toEqual([{ code: 'A', given: { ...asked, value: '1' } }])
    const itemOf = (code: string) =>
      itemFor(code, { source: 'derived', formula: { type: 'sum', parts: ['B'] } })
    expect(checkRelations([relation], { ...facts, valueOf: givenOf, itemOf })).toMatchObject([
      { repairs: [] },
    ])
  })

  it('of items nobody knows is named by their codes', () => {
    const facts = { ...factsFor({ values: { A: '5', B: '1', C: '1', D: '1' } }), itemOf: () => undefined }
    const [finding] = checkRelations([Relation.parse({ id: 'thu', ...sum })], facts)
    expect(sentenceOf(finding?.say)).toBe('**A** đã báo là 5, các phần cộng lại là 1 + 1 + 1 = 3, chênh 2')
  })
})

describe('a part of a whole', () => {
  const part = { type: 'part', part: 'A', whole: 'B' }

  it('may be the whole, not more', () => {
    expect(said(part, { values: { A: '5', B: '5' } })).toBe('')
    expect(said(part, { values: { A: '7', B: '5' } })).toBe(
      '**mục A** đã báo là 7, lớn hơn **mục B** là 5, chênh 2 hồ sơ',
    )
    expect(findingOf(part, { values: { A: '7', B: '5' } })).toMatchObject({
      codes: ['A', 'B'],
      left: '7',
      right: '5',
      difference: '2',
      repairs: [],
    })
  })

  it.each<[string, Values]>([
    ['the whole is missing', { A: '7' }],
    ['the part is missing', { B: '0' }],
    ['the part does not apply', { A: '-', B: '5' }],
    ['the whole does not apply', { A: '7', B: '-' }],
    ['nothing arose', { A: 'không', B: '5' }],
    ['the whole is at least so many', { A: '7', B: 'hơn 5' }],
  ])('stays silent when %s', (_, values) => {
    expect(findingOf(part, { values })).toBeUndefined()
  })

  it('of a whole in which nothing arose is found', () => {
    expect(findingOf(part, { values: { A: '1', B: 'không' } })).toMatchObject({ right: '0' })
  })

  it('is found when rounding cannot make up for it, as rounding keeps the order', () => {
    const kinds = { A: 'decimal', B: 'decimal' } as const
    expect(findingOf(part, { values: { A: '12.5', B: '12.4' }, kinds })).toBeDefined()
    expect(findingOf(part, { values: { A: '12.4', B: '12.4' }, kinds })).toBeUndefined()
    expect(findingOf(part, { values: { A: '12.46', B: '12' }, kinds })).toBeUndefined()
  })

  it('that is vague is a warning', () => {
    expect(findingOf({ ...part, severity: 'hard' }, { values: { A: 'hơn 7', B: '5' } })?.severity).toBe(
      'warn',
    )
  })
})

describe('a balance', () => {
  const balance = { type: 'balance', left: 'A', right: ['B', 'C'] }

  it('names both sides and offers the single figure', () => {
    const desk = { values: { A: '1144', B: '1128', C: '0' } }
    expect(said(balance, desk)).toBe(
      '**mục A** là 1.144, còn **mục B + mục C** là 1.128 + 0 = 1.128, chênh 16 hồ sơ',
    )
    expect(findingOf(balance, desk)).toMatchObject({
      left: '1.144',
      right: '1.128 + 0 = 1.128',
      codes: ['A', 'B', 'C'],
      difference: '16',
      repairs: [{ code: 'A', given: { value: '1128' } }],
    })
  })

  it.each<[string, Values]>([
    ['it holds', { A: '228', B: '221', C: '7' }],
    ['a figure is missing', { A: '228', B: '1' }],
    ['one side does not apply', { A: '-', B: '1', C: '1' }],
    ['the other does not apply', { A: '1', B: '-', C: '-' }],
  ])('stays silent when %s', (_, values) => {
    expect(findingOf(balance, { values })).toBeUndefined()
  })

  it('of two figures can be mended at either end', () => {
    const finding = findingOf({ ...balance, right: 'B' }, { values: { A: '1', B: '2' } })
    expect(finding?.repairs.map(({ code }) => code)).toEqual(['A', 'B'])
  })

  it('counts the missing as nought where the pack says so', () => {
    const early = { ...balance, missing: 'zero' }
    expect(findingOf(early, { values: { A: '2', B: '1' } })?.right).toBe('1')
    expect(findingOf({ ...early, left: ['A', 'D'] }, { values: { A: '2', B: '1', C: '1' } })).toBeUndefined()
  })
})

describe('a rate', () => {
  const rate = { type: 'rate', rate: 'R', part: 'A', whole: 'B', severity: 'hard' }
  const find = (values: Values, relation: Readonly<Record<string, unknown>> = rate) =>
    findingOf(relation, { values, kinds: { R: 'percent' } })

  it('that is wrong is found in full, with the right one offered', () => {
    const finding = find({ R: '15.5', A: '5090', B: '5370' })
    expect(finding).toMatchObject({
      severity: 'hard',
      codes: ['R', 'A', 'B'],
      left: '5.090/5.370 = 94,8%',
      right: '15,5%',
      difference: '79,3%',
      repairs: [{ code: 'R', given: { state: 'value', value: '94.8', qualifier: 'exact' } }],
    })
    expect(sentenceOf(finding?.say)).toBe('5.090/5.370 tính ra **94,8%**, mục **mục R** đã báo là 15,5%')
  })

  it('that was cut off is a warning whatever the pack says, with the rounded one offered', () => {
    const finding = find({ R: '14.5', A: '7', B: '48' })
    expect(finding).toMatchObject({
      severity: 'warn',
      type: 'rate',
      difference: '0,1%',
      repairs: [{ code: 'R', given: { value: '14.6' } }],
    })
    expect(sentenceOf(finding?.say)).toBe(
      '7/48 tính ra 14,58%, làm tròn là **14,6%**, mục **mục R** đã báo là 14,5%',
    )
  })

  it.each([
    ['40', '92', '228', undefined, ''],
    ['40.4', '92', '228', undefined, ''],
    ['40.35', '92', '228', undefined, ''],
    ['41', '92', '228', 'hard', '40.4'],
    ['39', '92', '228', 'hard', '40.4'],
    ['40.3', '92', '228', 'warn', '40.4'],
    ['14', '7', '48', 'warn', '14.6'],
    ['14.58', '7', '48', undefined, ''],
    ['14.583', '7', '48', undefined, ''],
    ['14.582', '7', '48', 'hard', '14.58'],
    ['12.5', '1', '8', undefined, ''],
    ['13', '1', '8', undefined, ''],
    ['12', '1', '8', 'warn', '12.5'],
    ['0', '1', '1000', undefined, ''],
    ['0', '9', '1000', 'warn', '0.9'],
    ['100', '999', '1000', undefined, ''],
    ['99', '999', '1000', 'warn', '99.9'],
    ['100', '100', '100', undefined, ''],
    ['99', '100', '100', 'hard', '100'],
    ['101', '100', '100', 'hard', '100'],
  ])('written %s beside %s/%s: %s %s', (written, part, whole, severity, offered) => {
    const finding = find({ R: written, A: part, B: whole })
    expect(finding?.severity).toBe(severity)
    const [first] = finding?.repairs ?? []
    expect(first?.given.state === 'value' ? first.given.value : '').toBe(offered)
  })

  it('of several parts adds them up', () => {
    const early = { ...rate, part: ['A', 'C'] }
    expect(find({ R: '100', A: '219', C: '2', B: '221' }, early)).toBeUndefined()
    expect(find({ R: '99.1', A: '219', C: '2', B: '221' }, early)?.left).toBe('(219 + 2)/221 = 100%')
  })

  it.each<[string, Values]>([
    ['the rate is missing', { A: '1', B: '2' }],
    ['the part is missing', { R: '10', B: '2' }],
    ['the whole is missing', { R: '10', A: '2' }],
    ['the rate does not apply', { R: '-', A: '1', B: '2' }],
    ['the whole does not apply', { R: '10', A: '1', B: '-' }],
    ['nothing arose at all', { R: '100', A: 'không', B: 'không' }],
    ['the whole is nought', { R: '100', A: '0', B: '0' }],
    ['nothing arose in it', { R: 'không', A: 'không', B: '5' }],
    ['the whole is a lower limit and the rate lower', { R: '10', A: '5', B: 'hơn 20' }],
    ['the part is a lower limit and the rate higher', { R: '90', A: 'hơn 5', B: '20' }],
    ['the part is rough', { R: '26', A: 'khoảng 5', B: '20' }],
    ['the rate is rough', { R: 'khoảng 26', A: '5', B: '20' }],
  ])('stays silent when %s', (_, values) => {
    expect(find(values)).toBeUndefined()
  })

  it('of vague figures is a warning and offers a vague rate', () => {
    const finding = find({ R: '24.9', A: '5', B: 'không quá 20' })
    expect(finding).toMatchObject({
      severity: 'warn',
      repairs: [{ code: 'R', given: { value: '25', qualifier: 'approx' } }],
    })
    expect(finding?.say.key).toBe('find.rate')
    expect(find({ R: '15', A: 'hơn 5', B: '20' })?.severity).toBe('warn')
    // 51 of 200 is 25,5 and 25 is cut off; of "không quá 200" nobody can say so.
    expect(find({ R: '25', A: '51', B: 'không quá 200' })?.say.key).toBe('find.rate')
    expect(find({ R: '25', A: '51', B: '200' })?.say.key).toBe('find.rounding')
    expect(find({ R: 'hơn 30', A: '5', B: '20' })).toMatchObject({ severity: 'warn', right: 'hơn 30%' })
  })

  it('of areas allows for their rounding', () => {
    const kinds = { R: 'percent', A: 'decimal', B: 'decimal' } as const
    expect(findingOf(rate, { values: { R: '50.4', A: '12.5', B: '25' }, kinds })).toBeUndefined()
    expect(findingOf(rate, { values: { R: '53', A: '12.5', B: '25' }, kinds })).toBeDefined()
  })
})

describe('a ratio and the rate beside it', () => {
  const beside = { type: 'ratioRate', ratio: 'A', rate: 'R' }
  const kinds = { A: 'score', R: 'percent' } as const

  it('must agree', () => {
    expect(said(beside, { values: { A: '12/12', R: '100' }, kinds })).toBe('')
    const finding = findingOf(beside, { values: { A: '8.6/10', R: '94.5' }, kinds })
    expect(finding).toMatchObject({ codes: ['R', 'A'], left: '8,6/10 = 86%', right: '94,5%' })
    expect(finding?.repairs).toMatchObject([{ code: 'R', given: { value: '86' } }])
    expect(sentenceOf(finding?.say)).toBe('**mục A** 8,6/10 tính ra **86%**, mục **mục R** đã báo là 94,5%')
  })

  it('that was cut off is a warning', () => {
    const desk = { values: { A: '122/129', R: '94.5' }, kinds: { A: 'ratio', R: 'percent' } } as const
    expect(findingOf({ ...beside, severity: 'hard' }, desk)?.severity).toBe('warn')
    expect(said(beside, desk)).toContain('122/129 tính ra 94,57%, làm tròn là **94,6%**')
  })

  it.each<[string, Values]>([
    ['the ratio is missing', { R: '10' }],
    ['the rate is missing', { A: '1/2' }],
    ['the ratio is no ratio', { A: '12', R: '10' }],
    ['the ratio has three sides', { A: '1/2/3', R: '10' }],
    ['a side is no number', { A: 'x/2', R: '10' }],
    ['another side is no number', { A: '2/x', R: '10' }],
    ['the whole is nought', { A: '0/0', R: '10' }],
    ['the ratio does not apply', { A: '-', R: '10' }],
    ['no ratio arose', { A: 'không', R: '10' }],
  ])('stay silent when %s', (_, values) => {
    expect(findingOf(beside, { values, kinds })).toBeUndefined()
  })

  it('of which one is vague are a warning', () => {
    const finding = findingOf({ ...beside, severity: 'hard' }, { values: { A: 'hơn 7/28', R: '20' }, kinds })
    expect(finding).toMatchObject({ severity: 'warn', left: 'hơn 7/28 = 25%' })
  })
})

describe('a score', () => {
  const score = { type: 'score', item: 'A' }
  const find = (value: string) => findingOf(score, { values: { A: value }, kinds: { A: 'ratio' } })

  it('is not above its own maximum', () => {
    expect(find('21/21')).toBeUndefined()
    const finding = find('22/21')
    expect(finding).toMatchObject({ codes: ['A'], left: '22', right: '21', difference: '1', repairs: [] })
    expect(sentenceOf(finding?.say)).toBe(
      'mục **mục A** đã báo là 22/21, số đứng trước (22) lớn hơn số đứng sau (21), chênh 1 hồ sơ',
    )
    expect(findingOf(score, { values: { A: '36.5/36' }, kinds: { A: 'score' } })?.difference).toBe('0,5')
  })

  it('that is missing, none, not applicable or no ratio is silent', () => {
    for (const value of ['', 'không', '-', 'hẹn', '22', 'không quá 22/21'])
      expect(find(value)).toBeUndefined()
  })

  it('that is vague is a warning', () => {
    expect(find('hơn 22/21')?.severity).toBe('warn')
  })
})

describe('a bound', () => {
  const bound = (limits: Readonly<Record<string, unknown>>) => ({ type: 'bound', item: 'A', ...limits })
  const percent = { kinds: { A: 'percent' } } as const

  it.each<[Values, Readonly<Record<string, unknown>>, string, string]>([
    [{ A: '120' }, { max: 100 }, 'không quá 100%', '20%'],
    [{ A: '120' }, { min: 0, max: 100 }, 'từ 0% đến 100%', '20%'],
    [{ A: '-1' }, { min: 0 }, 'từ 0% trở lên', '1%'],
    [{ A: '100.1' }, { max: '100,0' }, 'không quá 100%', '0,1%'],
    [{ A: '4' }, { min: '4,5' }, 'từ 4,5% trở lên', '0,5%'],
  ])('%j outside %j is found', (values, limits, range, difference) => {
    const finding = findingOf(bound(limits), { values, ...percent })
    expect(finding?.difference).toBe(difference)
    expect(finding?.codes).toEqual(['A'])
    expect(sentenceOf(finding?.say)).toContain(`giá trị hợp lệ ${range}`)
  })

  it('says what was given', () => {
    const desk = { values: { A: '120' }, ...percent }
    expect(said(bound({ max: 100 }), desk)).toBe(
      'mục **mục A** đã báo là 120%, giá trị hợp lệ không quá 100%',
    )
    expect(findingOf(bound({ max: 100 }), desk)).toMatchObject({ left: '120%', right: '100%', repairs: [] })
  })

  it.each<[Values, Readonly<Record<string, unknown>>]>([
    [{ A: '100' }, { max: 100 }],
    [{ A: '0' }, { min: 0 }],
    [{ A: '50' }, { min: 0, max: 100 }],
    [{}, { max: 100 }],
    [{ A: '-' }, { min: 5 }],
    [{ A: 'hẹn' }, { min: 5 }],
    [{ A: 'hơn 90' }, { max: 100 }],
    [{ A: 'khoảng 105' }, { max: 100 }],
    [{ A: '120' }, {}],
  ])('%j within %j is silent', (values, limits) => {
    expect(findingOf(bound(limits), { values, ...percent })).toBeUndefined()
  })

  it('counts none as nought', () => {
    expect(findingOf(bound({ min: 1 }), { values: { A: 'không' } })?.left).toBe('0')
  })

  it('reads 1.250 as a clerk means it, and is a warning when the figure is vague', () => {
    expect(findingOf(bound({ max: '1.250' }), { values: { A: '1250' } })).toBeUndefined()
    expect(findingOf(bound({ max: '1.250,5' }), { values: { A: '1251' } })?.right).toBe('1.250,5')
    expect(findingOf(bound({ max: '12.345.678,25' }), { values: { A: '12345679' } })?.right).toBe(
      '12.345.678,25',
    )
    for (const max of ['x1.250', '1.250x', '1,2,3', ''])
      expect(Relation.safeParse({ id: 'thu', ...bound({ max }) }).success).toBe(false)
    const vague = findingOf(bound({ max: 100, severity: 'hard' }), { values: { A: 'hơn 120' } })
    expect(vague?.severity).toBe('warn')
  })
})

describe('a coded answer', () => {
  const coded = { type: 'coded', item: 'A', values: [0, 1], severity: 'hard' }

  it('is one of the values of the form', () => {
    expect(findingOf(coded, { values: { A: '1' } })).toBeUndefined()
    expect(findingOf(coded, { values: { A: '4' } })).toMatchObject({
      severity: 'hard',
      codes: ['A'],
      left: '4',
      right: '0, 1',
      repairs: [],
    })
    expect(said(coded, { values: { A: '4' } })).toBe(
      'mục **mục A** đã báo là 4, chỉ nhận một trong các giá trị 0, 1',
    )
  })

  it('that is missing, none or not applicable is silent; a vague one is a warning', () => {
    for (const value of ['', 'không', '-', 'hẹn'])
      expect(findingOf(coded, { values: { A: value } })).toBeUndefined()
    expect(findingOf(coded, { values: { A: 'khoảng 4' } })?.severity).toBe('warn')
  })
})

describe('shares that exclude each other', () => {
  const exclusive = { type: 'exclusive', items: ['A', 'B'] }
  const kinds = { A: 'percent', B: 'percent' } as const

  it('add up to a hundred at most', () => {
    expect(findingOf(exclusive, { values: { A: '60', B: '40' }, kinds })).toBeUndefined()
    const desk = { values: { A: '100', B: '100' }, kinds }
    expect(findingOf(exclusive, desk)).toMatchObject({
      codes: ['A', 'B'],
      left: '100% + 100% = 200%',
      right: '100%',
      difference: '100%',
      repairs: [],
    })
    expect(said(exclusive, desk)).toBe(
      '**mục A + mục B** loại trừ nhau nhưng cộng lại là 100% + 100% = 200%, vượt 100% là 100%',
    )
  })

  it('allow for rounding, wait for the missing and leave out what does not apply', () => {
    expect(findingOf(exclusive, { values: { A: '50.5', B: '49.6' }, kinds })).toBeUndefined()
    expect(findingOf(exclusive, { values: { A: '50.5', B: '49.7' }, kinds })).toBeDefined()
    expect(findingOf(exclusive, { values: { A: '120' }, kinds })).toBeUndefined()
    expect(findingOf(exclusive, { values: { A: '100', B: '-' }, kinds })).toBeUndefined()
    expect(findingOf(exclusive, { values: { A: '100', B: 'không' }, kinds })).toBeUndefined()
    expect(findingOf({ ...exclusive, missing: 'zero' }, { values: { A: '120' }, kinds })).toBeDefined()
  })
})
