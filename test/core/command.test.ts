import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommand } from '../../src/core/command.ts'

describe('a command', () => {
  it.each([
    ['/start', { type: 'start' }],
    ['Bắt đầu', { type: 'start' }],
    ['BAT DAU', { type: 'start' }],
    ['tiếp tục', { type: 'start' }],
    ['/tiendo@thuky_bot', { type: 'progress' }],
    ['Tiến độ?', { type: 'progress' }],
    ['bo qua', { type: 'skip' }],
    ['Để sau', { type: 'skip' }],
    ['huỷ', { type: 'cancel' }],
    ['hủy bỏ', { type: 'cancel' }],
    ['Hoàn tác', { type: 'undo' }],
    ['số này lấy ở đâu?', { type: 'source' }],
    ['trợ giúp', { type: 'help' }],
    ['/baocao quy1', { type: 'report', asked: 'quy1' }],
    ['/baocao@thuky_bot quý I', { type: 'report', asked: 'quy i' }],
    ['/bao_cao quy 1', { type: 'report', asked: 'quy 1' }],
    ['/baocao', { type: 'report', asked: '' }],
    ['Báo cáo quý 1 năm ngoái', { type: 'report', asked: 'quy 1 nam ngoai' }],
    ['cho tôi xin báo cáo quý 1', { type: 'report', asked: 'quy 1' }],
    ['Cho tôi xem dự thảo báo cáo 6 tháng', { type: 'report', asked: '6 thang' }],
    ['bao cao quy I', { type: 'report', asked: 'quy i' }],
    ['baocao quy1', { type: 'report', asked: 'quy1' }],
    ['/baocaoquy1', { type: 'report', asked: 'quy1' }],
    ['/baocao_quy1', { type: 'report', asked: 'quy1' }],
    ['/bao_cao quy1-2025', { type: 'report', asked: 'quy1-2025' }],
    ['/baocao quí 1 năm ngoái', { type: 'report', asked: 'qui 1 nam ngoai' }],
    ['/baocao q1', { type: 'report', asked: 'q1' }],
    ['/baocao quy5', { type: 'report', asked: 'quy5' }],
    ['xem dự thảo quý 1/2025', { type: 'report', asked: 'quy 1/2025' }],
    ['Dự thảo quý I', { type: 'report', asked: 'quy i' }],
    ['cho anh xin bản dự thảo báo cáo quý 1 nhé', { type: 'report', asked: 'quy 1' }],
    ['Đồng chí cho tôi xem báo cáo CCHC quý 1', { type: 'report', asked: 'quy 1' }],
    ['tôi muốn xem báo cáo quy 1 2205', { type: 'report', asked: 'quy 1 2205' }],
    ['báo cáo quý 5', { type: 'report', asked: 'quy 5' }],
    ['báo cáo kỳ này', { type: 'report', asked: 'ky nay' }],
    ['bc quý 1', { type: 'report', asked: 'quy 1' }],
    ['báo cáo quý 1 kèm nguồn', { type: 'report', asked: 'quy 1 kem nguon' }],
    ['tiến độ 2', { type: 'progress', page: 2 }],
    ['/tiendo trang 3', { type: 'progress', page: 3 }],
    ['so sánh', { type: 'look', look: { type: 'compare', page: 1 } }],
    ['SO SANH 2', { type: 'look', look: { type: 'compare', page: 2 } }],
    ['/sosanh', { type: 'look', look: { type: 'compare', page: 1 } }],
    ['/so_sanh kỳ trước', { type: 'look', look: { type: 'compare', against: 'previous', page: 1 } }],
    ['so sánh với kỳ trước 3', { type: 'look', look: { type: 'compare', against: 'previous', page: 3 } }],
    ['so sánh cùng kỳ', { type: 'look', look: { type: 'compare', against: 'yearBefore', page: 1 } }],
    [
      'cho tôi xem so sánh cùng kỳ năm ngoái',
      { type: 'look', look: { type: 'compare', against: 'yearBefore', page: 1 } },
    ],
    ['mâu thuẫn', { type: 'look', look: { type: 'contradictions', page: 1 } }],
    ['/mauthuan 2', { type: 'look', look: { type: 'contradictions', page: 2 } }],
    ['xem các số chưa khớp', { type: 'look', look: { type: 'contradictions', page: 1 } }],
    ['nguồn', { type: 'look', look: { type: 'source' } }],
    ['nguồn II.2c.1', { type: 'look', look: { type: 'source', what: 'ii.2c.1' } }],
    ['NGUON II.2C.1?', { type: 'look', look: { type: 'source', what: 'ii.2c.1' } }],
    ['/nguon@thuky_bot II.2c.1', { type: 'look', look: { type: 'source', what: 'ii.2c.1' } }],
    ['nguồn của số II.2c.1', { type: 'look', look: { type: 'source', what: 'ii.2c.1' } }],
    ['số II.2c.1 lấy ở đâu?', { type: 'look', look: { type: 'source', what: 'ii.2c.1' } }],
    ['số II.2c.1 này ở đâu ra', { type: 'look', look: { type: 'source', what: 'ii.2c.1' } }],
    ['/so 3.3.1', { type: 'look', look: { type: 'source', what: '3.3.1' } }],
    ['nguồn 2', { type: 'look', look: { type: 'source', what: '2' } }],
    ['sửa 3 = 190', { type: 'correct', what: '3', to: '190' }],
    ['sua 3=190', { type: 'correct', what: '3', to: '190' }],
    ['Sửa mục 3 thành 190', { type: 'correct', what: '3', to: '190' }],
    ['sửa II.2c.1 = 5 hồ sơ', { type: 'correct', what: 'II.2c.1', to: '5 hồ sơ' }],
    ['sửa lại 2 là không phát sinh', { type: 'correct', what: '2', to: 'không phát sinh' }],
    ['/sua 2 98', { type: 'correct', what: '2', to: '98' }],
    ['sửa 2', { type: 'correct', what: '2', to: '' }],
    ['/xyz abc', { type: 'unknown', word: '/xyz' }],
  ])('“%s”', (text, command) => {
    expect(readCommand(text)).toEqual(command)
  })

  it.each([
    '228',
    'không',
    '5; 0; 12',
    'II.2c.1 = 228',
    'sửa chữa trụ sở xong',
    'Duy trì báo cáo hằng tuần',
    'hẹn thứ Hai',
    'Báo cáo đúng hạn 6 tháng đầu năm',
    'Gửi báo cáo quý I năm 2025',
    'báo cáo 5',
    'Dự thảo kế hoạch quý 2',
    'so sánh với năm 2024 thì tăng 5 hồ sơ',
    'nguồn vốn 100 triệu đồng',
    'nguồn nhân lực 5 người',
    'mâu thuẫn đất đai 2 vụ',
    'quý 1',
    'constructor',
    '__proto__',
  ])('is not what “%s” is', (text) => {
    expect(readCommand(text)).toBeUndefined()
  })

  it('is looked for in anything without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => readCommand(text) === undefined || typeof readCommand(text) === 'object',
      ),
    )
  })
})
