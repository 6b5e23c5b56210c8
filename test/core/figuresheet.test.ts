import { describe, expect, it } from 'vitest'
import { listFigures } from '../../src/core/figuresheet.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { office, pack, round, value } from './ward.ts'

const answers = {
  'I.1': value('1234'),
  'I.2': { ...value('175'), qualifier: 'atLeast' } as const,
  'I.3': { state: 'none' } as const,
  'II.2': value('1'),
}

describe('the figures of a collection', () => {
  it('stand under the questions they belong to, exact ones as numbers, others in words', () => {
    const { rows } = listFigures(round(answers), office)
    expect(rows.map(({ code, value: told, isGroup }) => (isGroup ? 'nhóm' : [code, told]))).toEqual([
      'nhóm',
      ['I.1', { number: '1234' }],
      ['I.2', 'hơn 175'],
      ['I.3', { number: '0' }],
      ['I.4', ''],
      ['I.5', ''],
      ['III.1', ''],
      'nhóm',
      ['II.1', ''],
      'nhóm',
      ['II.2', { number: '1' }],
    ])
    expect(rows.find(({ code }) => code === 'I.1')?.note).toBe('Bùi Bàn')
    expect(rows.find(({ code }) => code === 'I.4')?.note).toContain('CHƯA CÓ')
  })

  it('follow the form line by line where there is one', () => {
    const form = {
      label: 'Phụ lục',
      title: 'BIỂU',
      reference: '(Kèm theo)',
      columns: { code: 'STT', name: 'Tên', unit: 'ĐVT', value: 'Số', note: 'Ghi chú' },
      rows: [
        { code: '1', name: 'Nhóm', unit: '', note: '', isForeign: false },
        { code: '1.2', name: 'Bưu chính', unit: 'hồ sơ', item: 'I.3', note: '', isForeign: false },
        { code: '1.1', name: 'Trực tiếp', unit: 'hồ sơ', item: 'I.1', note: '', isForeign: false },
        { code: '1.3', name: 'Cấp tỉnh', unit: 'hồ sơ', note: '', isForeign: true },
      ],
    }
    const one = { ...round(answers), pack: { ...pack, appendices: [form] } }
    expect(
      listFigures(one, office).rows.map(({ code, value: told, isGroup }) => [code, told, isGroup]),
    ).toEqual([
      ['1', '', true],
      ['1.2', { number: '0' }, false],
      ['1.1', { number: '1234' }, false],
      ['1.3', '–', false],
    ])
  })

  it('are numbers only where they are amounts or the codes of a form; money is in đồng', () => {
    const items = [
      { code: 'T.1', name: 'Kinh phí', kind: 'money', unit: 'triệu đồng', group: 'nhan', duty: 'mot-cua' },
      { code: 'T.2', name: 'Ngày ban hành', kind: 'date', group: 'nhan', duty: 'mot-cua' },
      { code: 'T.3', name: 'Đúng hạn', kind: 'ratio', group: 'nhan', duty: 'mot-cua' },
      {
        code: 'KH.1',
        name: 'Rà soát',
        kind: 'choice',
        options: [
          { value: 'xong', name: 'Đã hoàn thành' },
          { value: 'cham', name: 'Chậm' },
        ],
        group: 'nhan',
        duty: 'mot-cua',
      },
      {
        code: 'T.4',
        name: 'Có trang',
        kind: 'choice',
        options: [
          { value: '0', name: 'Không' },
          { value: '1', name: 'Có' },
        ],
        group: 'nhan',
        duty: 'mot-cua',
      },
    ]
    const none = { state: 'none' } as const
    const given = { 'T.1': value('150000000'), 'T.2': none, 'T.3': none, 'KH.1': value('xong'), 'T.4': none }
    const asked = ReportPack.parse({ ...pack, items })
    const { rows } = listFigures({ ...round(given), pack: asked }, office)
    expect(rows.filter(({ code }) => code !== '').map((row) => [row.code, row.unit, row.value])).toEqual([
      ['T.1', 'đồng', { number: '150000000' }],
      ['T.2', '', 'không phát sinh'],
      ['T.3', '', 'không phát sinh'],
      ['KH.1', '', 'Đã hoàn thành'],
      ['T.4', '', 'không phát sinh'],
    ])
    const form = {
      label: 'Phụ lục',
      title: 'BIỂU',
      reference: '(Kèm theo)',
      columns: { code: 'STT', name: 'Tên', unit: 'ĐVT', value: 'Số', note: 'Ghi chú' },
      rows: [{ code: '1', name: 'Kinh phí', unit: 'Triệu đồng', item: 'T.1', note: '', isForeign: false }],
    }
    const formed = { ...round(given), pack: { ...asked, appendices: [form] } }
    expect(listFigures(formed, office).rows[0]).toMatchObject({
      unit: 'đồng',
      value: { number: '150000000' },
    })
  })
})
