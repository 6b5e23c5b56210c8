import { describe, expect, it } from 'vitest'
import { droppedCodes } from '../../src/core/assemble.ts'
import { buildPack, Catalogue } from '../../src/core/catalogue.ts'
import { Item, PackFile, packsOf } from '../../src/core/pack.ts'
import { itemsOf, silentItems } from '../../src/core/round.ts'
import { pack as base, office, round, value } from './ward.ts'

const item = (code: string, more: object = {}) => ({
  code,
  name: `Chỉ tiêu ${code}`,
  kind: 'count',
  unit: 'hồ sơ',
  duty: 'chung',
  group: code.startsWith('A') ? 'nhom-a' : 'nhom-b',
  ...more,
})

const catalogue = Catalogue.parse({
  groups: [
    { id: 'nhom-a', ask: 'Nhóm A' },
    { id: 'nhom-b', ask: 'Nhóm B' },
  ],
  items: [
    item('A.1'),
    item('A.2'),
    item('A.3'),
    item('B.1', {
      kind: 'percent',
      unit: '%',
      source: 'derived',
      formula: { type: 'rate', part: 'A.1', whole: 'A.2' },
    }),
    item('B.2'),
  ],
  relations: [
    { id: 'phan', type: 'part', part: 'A.1', whole: 'A.2' },
    { id: 'tong', type: 'sum', total: 'A.2', parts: ['A.1', 'A.3'] },
  ],
})

const build = (file: object) =>
  buildPack(PackFile.parse({ id: 'thu', name: 'Thử', extends: 'nho', ...file }), catalogue, base)
const codesOf = (file: object) => build(file).items.map(({ code }) => code)

describe('a pack built from the catalogue', () => {
  it('asks for what its sentences name and what their formulas need, in the order of the catalogue', () => {
    expect(codesOf({ sections: [{ title: 'MỤC', text: ['{B.2}, đạt {B.1}.'] }] })).toEqual([
      'A.1',
      'A.2',
      'B.1',
      'B.2',
    ])
  })

  it.each([
    ['a title', { sections: [{ title: 'Từ {A.3}' }] }],
    ['the line of a title', { sections: [{ title: 'MỤC', line: ': {A.3}' }] }],
    ['a condition', { sections: [{ title: 'MỤC', text: ['{% if A.3 > 0 %}có{% endif %}'] }] }],
    [
      'a table',
      { sections: [{ title: 'M', text: [{ table: { columns: [{ title: 'Cột' }], rows: [['{A.3}']] } }] }] },
    ],
    ['an opening', { document: { opening: ['{A.3}'] }, sections: [{ title: 'MỤC' }] }],
    [
      'a form',
      {
        sections: [{ title: 'MỤC' }],
        appendices: [
          {
            label: 'Phụ lục',
            title: 'BIỂU',
            reference: '(Kèm theo)',
            columns: { code: 'STT', name: 'Tên', unit: 'ĐVT', value: 'Số', note: 'Ghi chú' },
            rows: [{ name: 'Dòng', item: 'A.3' }],
          },
        ],
      },
    ],
  ])('takes what is named in %s', (_, file) => {
    expect(codesOf(file)).toEqual(['A.3'])
  })

  it('keeps a relation when all it speaks of is asked, and leaves out the others', () => {
    const made = build({ sections: [{ title: 'MỤC', text: ['{A.1} {A.2}'] }] })
    expect(made.relations.map(({ id }) => id)).toEqual(['phan'])
    expect(made.groups.map(({ id }) => id)).toEqual(['nhom-a'])
  })

  it('takes its own item in the place of the one with that code, and its own new ones last', () => {
    const made = build({
      sections: [{ title: 'MỤC', text: ['{A.1} {A.2}'] }],
      items: [item('C.1', { group: 'nhom-b' }), item('A.1', { unit: 'đợt' })],
    })
    expect(made.items.map(({ code, unit }) => [code, unit])).toEqual([
      ['A.1', 'đợt'],
      ['A.2', 'hồ sơ'],
      ['C.1', 'hồ sơ'],
    ])
  })

  it('takes from the pack it extends what it does not say itself', () => {
    const made = build({ document: { title: 'TỜ TRÌNH' }, sections: [{ title: 'MỤC', text: ['{A.1}'] }] })
    expect(made.document).toMatchObject({ title: 'TỜ TRÌNH', closing: base.document.closing })
    expect(made.periods).toEqual(base.periods)
    expect(made.isVariant).toBe(true)
  })

  it('takes the items, groups and relations of the pack it extends as they are there', () => {
    const own = build({
      groups: [{ id: 'rieng', ask: 'Riêng' }],
      items: [item('X.1', { group: 'rieng' }), item('A.1', { unit: 'đợt' })],
      relations: [{ id: 'rieng-phan', type: 'part', part: 'X.1', whole: 'A.1' }],
      sections: [{ title: 'MỤC', text: ['{A.1} {X.1}'] }],
    })
    const variant = PackFile.parse({ id: 'bien-the', name: 'Biến thể', extends: 'thu' })
    const made = buildPack(variant, catalogue, own)
    expect(made.items.map(({ code, unit }) => [code, unit])).toEqual([
      ['A.1', 'đợt'],
      ['X.1', 'hồ sơ'],
    ])
    expect(made.relations.map(({ id }) => id)).toEqual(['rieng-phan'])
    expect(made.groups.map(({ id }) => id)).toEqual(['nhom-a', 'rieng'])
    expect(made.document.opening).toEqual(base.document.opening)
  })

  it('offers a drafted paragraph where it asks for every figure in it, and none where one is missing', () => {
    const told = catalogue.items.concat(
      Item.parse(item('A.4', { kind: 'text', draft: '{ky}: {% if A.1 > 0 %}{A.1}{% endif %} trên {A.2}.' })),
    )
    const draftIn = (text: string) =>
      buildPack(
        PackFile.parse({ id: 'thu', name: 'Thử', extends: 'nho', sections: [{ title: 'M', text: [text] }] }),
        { ...catalogue, items: told },
        base,
      ).items.find(({ code }) => code === 'A.4')
    expect(draftIn('{A.1} {A.2} {A.4}')).toHaveProperty('draft')
    expect(draftIn('{A.2} {A.4}')).not.toHaveProperty('draft')
  })

  it('watches over what is counted since January', () => {
    const made = build({
      items: [item('A.1', { span: 'year' })],
      sections: [{ title: 'MỤC', text: ['{A.1}'] }],
    })
    expect(made.relations).toMatchObject([{ type: 'grows', item: 'A.1', severity: 'ask' }])
  })

  it('is taken by name alone, the others by any office', () => {
    const variant = build({ sections: [{ title: 'MỤC', text: ['{A.1}'] }] })
    expect(packsOf({}, [base, variant])).toEqual([base])
    expect(packsOf({ pack: 'thu' }, [base, variant])).toEqual([variant])
  })
})

describe('a pack changed while a period runs', () => {
  it('keeps the answers given, asks what is new and lists what it no longer asks', () => {
    const answered = round({ 'I.1': value('31'), 'I.2': value('7') })
    const [first, , ...rest] = base.items
    const added = { ...(first ?? rest[0]), code: 'I.9', name: 'Mới' } as (typeof base.items)[number]
    const changed = { ...answered, pack: { ...base, items: [first ?? added, added, ...rest] } }
    const desk = office.people.find(({ id }) => id === 'ban')
    expect(changed.answers.get('I.2')?.given).toEqual(value('7'))
    expect(droppedCodes(changed)).toEqual(['I.2'])
    const open = silentItems(changed, desk ? itemsOf(changed, office, desk) : [])
    expect(open.map(({ code }) => code)).toEqual(['I.9', 'I.3', 'I.4', 'I.5'])
  })
})
