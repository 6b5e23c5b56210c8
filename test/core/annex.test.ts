import { describe, expect, it } from 'vitest'
import { type AnnexWords, assembleAnnex } from '../../src/core/annex.ts'
import type { Answer, Given } from '../../src/core/answer.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { beginMaking } from '../../src/core/runs.ts'
import { answer, office, pack, round, value } from './ward.ts'

const words: AnnexWords = {
  title: 'NGUỒN',
  reference: '',
  columns: ['Mã', 'Tên', 'Giá trị', 'Nguyên văn', 'Người', 'Lúc', 'Kiểm tra', 'Lý do'],
  checked: (held, all) => `khớp ${held}/${all}`,
  computed: 'tự tính',
  changed: (before, after) => `${before} → ${after}`,
}

const sum = { id: 'tong', type: 'sum', total: 'I.1', parts: ['I.2', 'I.3'] } as const
const cellsOf = (
  code: string,
  given: Readonly<Record<string, Given>>,
  { history = [], missing = 'wait' }: { history?: readonly Answer[]; missing?: 'wait' | 'zero' } = {},
) => {
  const one = { ...round(given), pack: ReportPack.parse({ ...pack, relations: [{ ...sum, missing }] }) }
  const { table } = assembleAnnex(beginMaking(one, office), history, words)
  const rows = table.rows.map(({ cells }) => cells.map((cell) => cell.map(({ text }) => text).join('')))
  const [, , , , , , checks, reasons] = rows.find(([first]) => first === code) ?? []
  return { checks, reasons }
}

describe('the record of sources', () => {
  it('counts a check once all it speaks of is answered', () => {
    expect(cellsOf('I.1', { 'I.1': value('7'), 'I.2': value('5') }).checks).toBe('')
    const whole = { 'I.1': value('7'), 'I.2': value('5'), 'I.3': value('2') }
    expect(cellsOf('I.1', whole).checks).toBe('khớp 1/1')
    expect(cellsOf('I.1', { ...whole, 'I.3': { state: 'pending' } }).checks).toBe('')
    expect(cellsOf('I.1', { ...whole, 'I.3': value('3') }).checks).toBe('khớp 0/1; 5 + 3 = 8 ≠ 7')
  })

  it('tells a check that failed although an answer was missing', () => {
    const given = { 'I.1': value('7'), 'I.2': value('5') }
    expect(cellsOf('I.1', given, { missing: 'zero' }).checks).toBe('khớp 0/1; 5 ≠ 7')
  })

  it('counts no comparison with a period of which nothing is known', () => {
    const grows = { id: 'luy-ke', type: 'grows', item: 'I.1' } as const
    const packed = ReportPack.parse({ ...pack, relations: [grows] })
    const checksIn = (previous: Readonly<Record<string, Given>>) => {
      const one = { ...round({ 'I.1': value('7') }, previous), pack: packed }
      const [row] = assembleAnnex(beginMaking(one, office), [], words).table.rows
      return row?.cells[6]?.map(({ text }) => text).join('')
    }
    expect(checksIn({})).toBe('')
    expect(checksIn({ 'I.1': value('5') })).toBe('khớp 1/1')
  })

  it('writes a dash for what was taken back', () => {
    const history = [
      answer('I.2', value('5')),
      answer('I.2', { state: 'withdrawn' }),
      answer('I.2', value('7')),
    ]
    expect(cellsOf('I.2', { 'I.2': value('7') }, { history }).reasons).toBe('05 → –; – → 07')
  })
})
