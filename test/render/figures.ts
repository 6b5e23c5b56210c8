import type { FigureSheet } from '../../src/render/xlsx.ts'

export const figures: FigureSheet = {
  name: 'Số liệu quý I/2025',
  columns: [
    { title: 'Mã', width: 8 },
    { title: 'Chỉ tiêu', width: 50 },
    { title: 'Số liệu', width: 18 },
  ],
  rows: [
    { cells: ['2', 'Cải cách thủ tục hành chính', ''], isGroup: true },
    { cells: ['2.1', 'Hồ sơ tiếp nhận', { number: '7847' }], isGroup: false },
    { cells: ['2.10', 'Tỷ lệ', { number: '99.58' }], isGroup: false },
    { cells: ['3', '=SUM(A1:A9)', { number: '12345678901234567890' }], isGroup: false },
    { cells: ['4', 'Thu ngân sách', { number: '4465036077' }], isGroup: false },
    { cells: ['5', '', { number: '-5' }], isGroup: false },
  ],
}
