import { describe, expect, it } from 'vitest'
import { listFigures } from '../../src/core/figuresheet.ts'
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
})
