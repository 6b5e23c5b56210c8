import { describe, expect, it } from 'vitest'
import { readRequest } from '../../src/core/request.ts'
import { foldText } from '../../src/core/text.ts'

describe('a request', () => {
  it.each([
    ['chuyển II.2c.1 cho Lan', { type: 'hand', what: 'II.2c.1', to: 'Lan' }],
    ['chuyển việc của Hùng cho Mai', { type: 'hand', what: 'việc của Hùng', to: 'Mai' }],
    ['nhờ Hà trả lời giúp', { type: 'hand', what: '', to: 'Hà' }],
    ['tôi nghỉ đến thứ Hai, nhờ Lan', { type: 'away', until: 'thu hai', to: 'Lan' }],
    ['tôi nghỉ, nhờ Lan', { type: 'away', until: '', to: 'Lan' }],
    ['tôi đi công tác mấy ngày', { type: 'away', until: '', to: '' }],
    ['tôi nghỉ đến thứ Sáu', { type: 'away', until: 'thu sau', to: '' }],
    ['để sau 14h', { type: 'later', when: '14h' }],
    ['để chiều mai làm nhé', { type: 'later', when: 'chieu mai' }],
    ['để sau lúc khác', { type: 'later', when: 'khac' }],
    ['thêm: Người dân phản hồi tốt.', { type: 'append', text: 'Người dân phản hồi tốt.' }],
    ['II.6.2 lấy 1.250', { type: 'settle', code: 'ii.6.2', value: '1.250' }],
    ['ghi thay Hà: II.1.1 = 5', { type: 'behalf', whom: 'Hà', answers: 'II.1.1 = 5' }],
  ])('is read in “%s”, with and without accents', (text, request) => {
    expect(readRequest(text)).toEqual(request)
    const bare = readRequest(foldText(text))
    expect(bare).toEqual(
      Object.fromEntries(
        Object.entries(request).map(([name, words]) => [name, name === 'type' ? words : foldText(words)]),
      ),
    )
  })

  it.each([
    'Nghỉ lễ vẫn giải quyết hồ sơ cho dân',
    'để sau khi họp giao ban sẽ báo',
    'đi công tác 3 lượt',
    'tôi nghĩ là 5',
  ])('is not read in “%s”', (text) => {
    expect(readRequest(text)).toBeUndefined()
  })
})
