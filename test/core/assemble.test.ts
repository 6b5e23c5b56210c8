import { describe, expect, it } from 'vitest'
import { assemble } from '../../src/core/assemble.ts'
import { type Period, periodOf } from '../../src/core/period.ts'
import type { Report } from '../../src/core/report.ts'
import { office, pack, round, value } from './ward.ts'

const runsOf = (report: Report) => report.blocks.flatMap((block) => ('runs' in block ? block.runs : []))
const textOf = (report: Report) =>
  report.blocks.map((block) => ('runs' in block ? block.runs.map((run) => run.text).join('') : ''))

describe('a report', () => {
  const full = round({
    'I.1': value('31'),
    'I.2': value('7'),
    'I.3': { state: 'none' },
    'I.4': { state: 'notApplicable' },
    'I.5': { ...value('1234'), unit: 'hồ sơ' } as never,
    'II.1': { state: 'text', text: 'Dòng một.\n\nDòng hai.' },
    'II.2': value('1'),
    'III.1': value('0'),
  })

  it('stands in the order of the pack, with its headings numbered by level', () => {
    expect(textOf(assemble(full, office))).toEqual([
      'Số liệu từ 15/12/2024 đến 14/03/2025.',
      'I. TIẾP NHẬN',
      'Trực tiếp 31 hồ sơ, bưu chính 07.',
      '1. Chữ',
      'Dòng một.',
      'Dòng hai.',
      'a) Sâu',
      'Đối thoại: Có; không phát sinh, –, 1.234 hồ sơ, 00 hồ sơ.',
      'Trên đây là báo cáo quý I năm 2025./.',
    ])
  })

  it('lets every digit know where it comes from', () => {
    const sources = runsOf(assemble(full, office))
      .filter((run) => /\d/.test(run.text))
      .map((run) => `${run.text} ← ${run.source.type}`)
    expect(sources).toEqual([
      '15/12/2024 ← setting',
      '14/03/2025 ← setting',
      '31 hồ sơ ← answer',
      '07 ← answer',
      '1.  ← pack',
      '1.234 hồ sơ ← answer',
      '00 hồ sơ ← answer',
      'quý I năm 2025 ← setting',
    ])
  })

  it('has the frame of the office', () => {
    const report = assemble(full, office)
    expect(report).toMatchObject({
      isDraft: true,
      issuer: ['ỦY BAN NHÂN DÂN', 'PHƯỜNG NHỎ'],
      subject: 'Việc quý I năm 2025',
      addressees: ['Sở Nội vụ'],
      signature: { powers: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name: 'Trần Sếp' },
      recipients: ['Như trên', 'Lưu: VT, VH-XH'],
      gaps: [],
      cover: [],
    })
    const deputy = assemble(full, { ...office, signer: { person: 'dau-moi', as: 'deputy' } })
    expect(deputy.signature).toEqual({
      powers: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
      name: 'Lê Mối',
    })
  })
})

describe('a report with gaps', () => {
  const half = round({
    'I.1': value('31'),
    'I.2': { state: 'pending', until: '2025-03-10' },
    'I.3': { state: 'pending' },
  })

  it('marks each with its owner and the promised day, and never fills one', () => {
    const gaps = runsOf(assemble(half, office))
      .filter((run) => run.source.type === 'gap')
      .map((run) => run.text)
    expect(gaps[0]).toBe('[CHƯA CÓ: Bưu chính – Bùi Bàn – hẹn 10/03/2025]')
    expect(gaps).toContain('[CHƯA CÓ: Một phần – Bùi Bàn]')
    expect(gaps).toHaveLength(7)
  })

  it('lists them on the cover', () => {
    const { cover, gaps } = assemble(half, office)
    expect(cover).toEqual([
      'Có 1/8',
      'Bùi Bàn, 4: I.2 Bưu chính (hẹn 10/03/2025); I.3 Một phần; I.4 Toàn trình; I.5 Khác',
      'Lê Mối, 2: II.1 Nhận xét; II.2 Có đối thoại',
      'Phạm Luật, 1: III.1 Cuộc',
    ])
    expect(gaps).toHaveLength(7)
  })

  it('without any answer is a well-formed report of gaps', () => {
    expect(assemble(round(), office).gaps).toHaveLength(8)
  })
})

describe('a report with contradictions', () => {
  const relations = [
    { id: 'tong', type: 'sum', total: 'I.1', parts: ['I.2', 'I.3'], severity: 'ask', missing: 'wait' },
  ] as const
  const wrong = round({ 'I.1': value('10'), 'I.2': value('4'), 'I.3': value('5') })
  const checked = {
    ...wrong,
    pack: { ...wrong.pack, relations: relations.map((one) => ({ ...one, parts: [...one.parts] })) },
  }

  it('lists an unsettled one on the cover, with both sides', () => {
    expect(assemble(checked, office).cover[1]).toBe('I.1, I.2, I.3: 4 + 5 = 9 ≠ 10')
  })

  it('prints one that was kept with its reason, for these numbers only', () => {
    const note = {
      code: 'note:tong',
      given: { state: 'text', text: 'một hồ sơ ở nơi khác' },
      raw: '',
      by: 'ban',
      at: '',
      channel: '',
      messageId: '',
    } as const
    const keptFor = (reason: string) => ({
      ...checked,
      answers: new Map([...checked.answers, ['note:tong', { ...note, reason }]]),
    })
    const kept = assemble(keptFor('4 + 5 = 9 ≠ 10'), office)
    const noted = runsOf(kept).filter((run) => run.note)
    expect(noted.map(({ text, note }) => [text, note?.map((run) => run.text).join('')])).toEqual([
      ['10 hồ sơ', 'Ghi chú: 4 + 5 = 9 ≠ 10: một hồ sơ ở nơi khác.'],
    ])
    expect(kept.cover.join()).not.toContain('≠')
    expect(assemble(keptFor('4 + 4 = 8 ≠ 10'), office).cover[1]).toContain('≠')
  })
})

describe('a comparison with an earlier period', () => {
  const words = { unknown: '(chưa có)', more: 'tăng {chenh}', less: 'giảm {chenh}', same: 'không đổi' }
  const comparing = (text: string, before: Period) => ({
    ...round({ 'I.1': value('1000') }, { 'I.1': value('4000') }),
    before,
    pack: {
      ...pack,
      document: { ...pack.document, opening: [], earlier: words },
      sections: [{ title: 'MỤC', text: [text], sections: [] }],
    },
  })
  const lines = (text: string, before: Period) =>
    textOf(assemble(comparing(text, before), office)).slice(1, -1)

  it('is made with the period before it, where that is as long', () => {
    expect(lines('So với kỳ trước {I.1|so_sanh}.', periodOf('quy4', 2024))).toEqual([
      'So với kỳ trước giảm 3.000 hồ sơ.',
    ])
  })

  it('is not made with a year, or with a part of itself: the sentence is left out', () => {
    expect(lines('So với kỳ trước {I.1|so_sanh}.', periodOf('nam', 2024))).toEqual([])
    expect(lines('Kỳ trước {I.1|ky_truoc}.', periodOf('nam', 2024))).toEqual([])
  })

  it('leaves the figure of this period where both stand in one sentence', () => {
    expect(lines('Nhận {I.1}, {I.1|so_sanh}.', periodOf('nam', 2024))).toEqual([
      'Nhận 1.000 hồ sơ, (chưa có).',
    ])
  })

  it('is not made of “hơn” and “khoảng”', () => {
    const one = comparing('Kỳ này {I.1|so_sanh}.', periodOf('quy4', 2024))
    const vague = { ...value('1000'), qualifier: 'atLeast' } as const
    const answers = new Map([...one.answers].map(([code, given]) => [code, { ...given, given: vague }]))
    expect(textOf(assemble({ ...one, answers }, office)).slice(1, -1)).toEqual([])
  })
})

describe('a list each line behind the same mark', () => {
  it('has no line for a blank one, and no note twice', () => {
    const one = round({ 'II.1': { state: 'text', text: 'Văn bản một số 1\n\nVăn bản hai số 2' } })
    const listing = {
      ...one,
      pack: { ...pack, sections: [{ title: 'MỤC', text: ['+ {II.1 | moi_dong}'], sections: [] }] },
    }
    expect(textOf(assemble(listing, office)).filter((text) => text.startsWith('+'))).toEqual([
      '+ Văn bản một số 1',
      '+ Văn bản hai số 2',
    ])
  })
})
