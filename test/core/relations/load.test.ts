import { describe, expect, it } from 'vitest'
import { checkPack, ReportPack } from '../../../src/core/pack.ts'
import { WEB_WORDS } from '../../../src/web/words.ts'
import { readWords } from '../../../src/words.ts'
import { checkYaml, FileFault } from '../../../src/yaml.ts'
import { pack } from '../ward.ts'

const words = await readWords('prompts/texts.yaml', WEB_WORDS)
const duties = ['mot-cua']

const { document, periods } = pack

/** A pack with a few items of every kind; what is tried comes after them. */
const PACK = `id: thu
name: Báo cáo thử
periods: ${JSON.stringify(periods)}
document: ${JSON.stringify(document)}
groups:
  - { id: nhom, ask: Nhóm }
sections:
  - { number: I, title: MỤC }
items:
  - { code: HS1, name: Hồ sơ, kind: count, unit: hồ sơ, duty: mot-cua, group: nhom }
  - { code: HS2, name: Hồ sơ mới, kind: count, unit: Hồ sơ, duty: mot-cua, group: nhom }
  - { code: HS3, name: Hồ sơ cũ, kind: count, unit: hồ sơ, duty: mot-cua, group: nhom }
  - { code: VB, name: Văn bản, kind: count, unit: văn bản, duty: mot-cua, group: nhom }
  - { code: SO, name: Một số, kind: decimal, duty: mot-cua, group: nhom }
  - { code: TIEN, name: Tiền, kind: money, unit: đồng, duty: mot-cua, group: nhom }
  - { code: TL, name: Tỷ lệ, kind: percent, duty: mot-cua, group: nhom }
  - { code: TL2, name: Tỷ lệ khác, kind: percent, unit: "%", duty: mot-cua, group: nhom }
  - { code: TS, name: Tỷ số, kind: ratio, unit: người, duty: mot-cua, group: nhom }
  - { code: DIEM, name: Điểm, kind: score, unit: điểm, duty: mot-cua, group: nhom }
  - { code: NGAY, name: Ngày, kind: date, duty: mot-cua, group: nhom }
  - { code: NGAY2, name: Ngày khác, kind: date, duty: mot-cua, group: nhom }
  - { code: CHU, name: Chữ, kind: text, duty: mot-cua, group: nhom }
`
const LINES = PACK.split('\n').length

interface Refusal {
  /** Counted from the first line of what was tried. */
  readonly line: number
  readonly path: string
  readonly says: string
}

function refusalsOf(tried: string): readonly Refusal[] {
  try {
    checkYaml('pack.yaml', PACK + tried, ReportPack, (made) => checkPack(made, duties))
    return []
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return error.faults.map((fault) => {
      const [, says = ''] = words.faults([fault])[0]?.split(' – ') ?? []
      return { line: fault.line - LINES + 1, path: fault.path, says }
    })
  }
}

const relation = (fields: string) => refusalsOf(`relations:\n  - { id: thu, ${fields} }\n`)
const derived = (kind: string, formula: string, unit = 'hồ sơ') =>
  refusalsOf(
    `  - { code: D, name: Suy ra, kind: ${kind}, unit: ${unit}, duty: mot-cua, group: nhom, source: derived, formula: { ${formula} } }\n`,
  )

describe('a relation', () => {
  it.each([
    'type: sum, total: HS1, parts: [HS2, HS3], severity: hard, missing: zero',
    'type: sum, total: HS1, parts: HS2',
    'type: sum, total: SO, parts: [HS2, HS3]',
    'type: bound, item: TL, min: 0',
    'type: bound, item: TL, min: 5, max: 5',
    'type: part, part: HS2, whole: HS1',
    'type: balance, left: HS1, right: [HS2, HS3]',
    'type: rate, rate: TL, part: HS2, whole: HS1',
    'type: rate, rate: TL, part: [HS2, HS3], whole: HS1',
    'type: ratioRate, ratio: TS, rate: TL',
    'type: score, item: DIEM',
    'type: bound, item: TL, min: 0, max: "100,5"',
    'type: bound, item: TIEN, max: 1.250.000',
    'type: coded, item: HS1, values: [0, 1]',
    'type: exclusive, items: [TL, TL2]',
    'type: carried, item: HS1, last: HS2',
    'type: carried, item: HS1, last: HS1',
    'type: grows, item: HS1',
    'type: same, item: HS1, other: HS2',
    'type: same, item: TS, other: DIEM',
    'type: same, item: NGAY, other: NGAY2',
    'type: notAfter, earlier: periodEnd, later: signing',
    'type: notAfter, earlier: NGAY, later: signing',
    'type: notAfter, earlier: NGAY, later: NGAY2',
  ])('that fits is taken: %s', (fields) => {
    expect(relation(fields)).toEqual([])
  })

  it.each([
    ['type: sum, total: HS9, parts: [HS2]', 'total', 'không có chỉ tiêu nào mã “HS9”'],
    ['type: sum, total: HS1, parts: [HS2, HS9]', 'parts.1', 'không có chỉ tiêu nào mã “HS9”'],
    ['type: sum, total: HS1, parts: [HS2, HS2]', 'parts.1', '“HS2” bị dùng hai lần'],
    [
      'type: sum, total: HS1, parts: [VB, HS2]',
      'parts.0',
      'đơn vị tính không khớp nhau, VB (văn bản) ≠ HS1 (hồ sơ)',
    ],
    [
      'type: sum, total: SO, parts: [HS2, VB]',
      'parts.1',
      'đơn vị tính không khớp nhau, VB (văn bản) ≠ HS2 (Hồ sơ)',
    ],
    [
      'type: sum, total: TIEN, parts: [SO]',
      'parts.0',
      'đơn vị tính không khớp nhau, SO (decimal) ≠ TIEN (đồng)',
    ],
    [
      'type: sum, total: TL, parts: [SO]',
      'parts.0',
      'đơn vị tính không khớp nhau, SO (decimal) ≠ TL (percent)',
    ],
    [
      'type: sum, total: HS1, parts: [CHU]',
      'parts.0',
      'chỉ tiêu không đúng loại ở đây, CHU: text ≠ count | decimal | percent | money',
    ],
    ['type: part, part: HS9, whole: HS1', 'part', '“HS9”'],
    ['type: part, part: HS1, whole: VB', 'whole', 'VB (văn bản) ≠ HS1 (hồ sơ)'],
    ['type: balance, left: [HS9], right: [HS1]', 'left.0', '“HS9”'],
    ['type: balance, left: [HS1], right: [HS2, HS1]', 'right.1', '“HS1” bị dùng hai lần'],
    ['type: balance, left: [HS1], right: [TIEN]', 'right.0', 'TIEN (đồng) ≠ HS1 (hồ sơ)'],
    ['type: rate, rate: HS3, part: HS2, whole: HS1', 'rate', 'HS3: count ≠ percent'],
    ['type: rate, rate: TL, part: TIEN, whole: HS1', 'whole', 'HS1 (hồ sơ) ≠ TIEN (đồng)'],
    ['type: rate, rate: TL, part: [HS2, HS9], whole: HS1', 'part.1', '“HS9”'],
    ['type: ratioRate, ratio: HS1, rate: TL', 'ratio', 'HS1: count ≠ ratio | score'],
    ['type: ratioRate, ratio: TS, rate: HS1', 'rate', 'HS1: count ≠ percent'],
    ['type: score, item: HS1', 'item', 'HS1: count ≠ ratio | score'],
    ['type: bound, item: TS, max: 1', 'item', 'TS: ratio ≠ count'],
    ['type: bound, item: HS1', '', 'thiếu mục “min | max”'],
    ['type: bound, item: HS1, min: 10, max: 9', 'max', 'không có giá trị nào nằm trong khoảng 10 … 9'],
    ['type: bound, item: HS1, max: mười', 'max', 'giá trị chưa đúng'],
    ['type: coded, item: TIEN, values: [0]', 'item', 'TIEN: money ≠ choice | count'],
    ['type: coded, item: HS1, values: []', 'values', 'giá trị chưa đúng, cần ≥ 1'],
    ['type: exclusive, items: [TL, HS1]', 'items.1', 'HS1: count ≠ percent'],
    ['type: exclusive, items: [TL]', 'items', 'giá trị chưa đúng, cần ≥ 2'],
    ['type: carried, item: HS1, last: VB', 'last', 'VB (văn bản) ≠ HS1 (hồ sơ)'],
    ['type: carried, item: HS9, last: VB', 'item', '“HS9”'],
    ['type: grows, item: TS', 'item', 'TS: ratio ≠ count'],
    [
      'type: same, item: CHU, other: HS1',
      'item',
      'CHU: text ≠ count | decimal | percent | money | ratio | score | date | choice',
    ],
    ['type: same, item: NGAY, other: HS1', 'item', 'NGAY (date) ≠ HS1 (hồ sơ)'],
    ['type: same, item: TS, other: TL', 'other', 'TL (percent) ≠ TS (người)'],
    ['type: notAfter, earlier: HS1, later: signing', 'earlier', 'HS1: count ≠ date'],
    ['type: notAfter, earlier: periodEnd, later: NGAY9', 'later', '“NGAY9”'],
    [
      'type: tong, total: HS1, parts: [HS2]',
      'type',
      'giá trị chưa đúng, cần sum | part | balance | rate | ratioRate | score | bound | coded | exclusive | carried | grows | same | notAfter',
    ],
    ['type: sum, total: HS1, parts: [HS2], tong: 1', 'tong', 'không có mục nào tên “tong”'],
    ['type: sum, total: HS1, parts: [HS2], severity: nặng', 'severity', 'cần hard | ask | warn'],
    ['type: sum, total: HS1', 'parts', 'thiếu mục “parts”'],
  ])('%s is refused at %s: %s', (fields, at, says) => {
    const [refusal, ...more] = relation(fields)
    expect(refusal?.says).toContain(says)
    expect(refusal).toMatchObject({ line: 2, path: at === '' ? 'relations.0' : `relations.0.${at}` })
    expect(more).toEqual([])
  })

  it('whose id was used before is refused at the line of the second', () => {
    const twice = `relations:
  - { id: mot, type: grows, item: HS1 }
  - { id: hai, type: grows, item: HS2 }
  - { id: mot, type: grows, item: HS3 }
`
    expect(refusalsOf(twice)).toEqual([{ line: 4, path: 'relations.2.id', says: '“mot” bị dùng hai lần' }])
  })

  it('that carries an unknown item over from itself is refused', () => {
    expect(relation('type: carried, item: HS9, last: HS9')).toEqual([
      { line: 2, path: 'relations.0.item', says: 'không có chỉ tiêu nào mã “HS9”' },
    ])
  })

  it('that makes a total part of its own part is refused', () => {
    const round = `relations:
  - { id: mot, type: sum, total: VB, parts: [SO] }
  - { id: hai, type: sum, total: HS2, parts: [HS3] }
  - { id: ba, type: sum, total: HS1, parts: [HS2] }
  - { id: bon, type: part, part: HS1, whole: HS3 }
`
    expect(refusalsOf(round)).toEqual([
      { line: 3, path: 'relations.1', says: 'vòng tròn, không tính được: HS2 → HS3 → HS1 → HS2' },
    ])
  })

  it('may hold the same part in two totals, and the same total twice', () => {
    const fine = `relations:
  - { id: mot, type: sum, total: HS1, parts: [HS2, HS3] }
  - { id: hai, type: part, part: HS2, whole: HS1 }
  - { id: ba, type: part, part: HS3, whole: HS2 }
`
    expect(refusalsOf(fine)).toEqual([])
  })
})

describe('a derived item', () => {
  it.each([
    ['count', 'type: sum, parts: [HS1, HS2]', 'hồ sơ'],
    ['count', 'type: difference, from: HS1, less: HS2', 'hồ sơ'],
    ['money', 'type: sum, parts: TIEN', 'đồng'],
    ['percent', 'type: rate, part: [HS1, HS2], whole: HS3', '"%"'],
    ['ratio', 'type: ratio, part: HS1, whole: HS3', 'hồ sơ'],
    ['score', 'type: ratio, part: SO, whole: HS3', 'điểm'],
  ])('that fits is taken: %s, %s', (kind, formula, unit) => {
    expect(derived(kind, formula, unit)).toEqual([])
  })

  it.each([
    ['count', 'type: sum, parts: [HS1, HS9]', 'không có chỉ tiêu nào mã “HS9”'],
    ['count', 'type: sum, parts: [HS1, HS1]', '“HS1” bị dùng hai lần'],
    ['count', 'type: sum, parts: [HS1, VB]', 'VB (văn bản) ≠ D (hồ sơ)'],
    ['count', 'type: difference, from: VB, less: [HS1]', 'VB (văn bản) ≠ D (hồ sơ)'],
    ['count', 'type: difference, from: HS1, less: [VB]', 'VB (văn bản) ≠ D (hồ sơ)'],
    ['percent', 'type: sum, parts: [HS1]', 'HS1 (hồ sơ) ≠ D (hồ sơ)'],
    ['text', 'type: sum, parts: [HS1]', 'D: text ≠ count | decimal | percent | money'],
    ['count', 'type: rate, part: HS1, whole: HS2', 'D: count ≠ percent'],
    ['percent', 'type: rate, part: TIEN, whole: HS2', 'HS2 (Hồ sơ) ≠ TIEN (đồng)'],
    ['percent', 'type: ratio, part: HS1, whole: HS2', 'D: percent ≠ ratio | score'],
    ['count', 'type: rates, part: HS1, whole: HS2', 'cần sum | difference | rate | ratio'],
    ['count', 'type: sum, parts: [HS1, D]', '“D” bị dùng hai lần'],
  ])('%s by %s is refused: %s', (kind, formula, says) => {
    const [refusal] = derived(kind, formula)
    expect(refusal?.says).toContain(says)
    expect(refusal?.line).toBe(1)
    expect(refusal?.path).toMatch(/^items\.13\.formula/)
  })

  const item = (code: string, rest: string) =>
    `  - { code: ${code}, name: Suy ra, kind: count, unit: hồ sơ, duty: mot-cua, group: nhom, ${rest} }\n`

  it('without a formula, or a formula without one, is refused', () => {
    expect(refusalsOf(item('D', 'source: derived'))).toEqual([
      { line: 1, path: 'items.13', says: 'thiếu mục “formula”' },
    ])
    expect(refusalsOf(item('D', 'formula: { type: sum, parts: HS1 }'))).toEqual([
      { line: 1, path: 'items.13.formula', says: 'mục “formula” không dùng ở đây' },
    ])
    expect(refusalsOf(item('D', 'source: asked, formula: { type: sum, parts: HS1 }'))).toHaveLength(1)
    expect(refusalsOf(item('D', 'source: asked'))).toEqual([])
  })

  it('computed from itself, however far round, is refused once', () => {
    const [one, two, three] = [
      item('D1', 'source: derived, formula: { type: sum, parts: [HS1, D2] }'),
      item('D2', 'source: derived, formula: { type: difference, from: HS2, less: [D3] }'),
      item('D3', 'source: derived, formula: { type: sum, parts: [D1] }'),
    ]
    expect(refusalsOf(`${one}${two}${three}`)).toEqual([
      { line: 1, path: 'items.13.formula', says: 'vòng tròn, không tính được: D1 → D2 → D3 → D1' },
    ])
    const led = item('D4', 'source: derived, formula: { type: sum, parts: [D1] }')
    expect(refusalsOf(`${led}${one}${two}${three}`)).toEqual([
      { line: 2, path: 'items.14.formula', says: 'vòng tròn, không tính được: D1 → D2 → D3 → D1' },
    ])
    const fine = item('D3', 'source: derived, formula: { type: sum, parts: [HS3] }')
    expect(refusalsOf(`${one}${two}${fine}`)).toEqual([])
  })
})
