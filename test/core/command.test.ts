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
    ['sửa 3 = 190', { type: 'correct', what: '3', to: '190' }],
    ['sua 3=190', { type: 'correct', what: '3', to: '190' }],
    ['Sửa mục 3 thành 190', { type: 'correct', what: '3', to: '190' }],
    ['sửa II.2c.1 = 5 hồ sơ', { type: 'correct', what: 'ii.2c.1', to: '5 hồ sơ' }],
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
