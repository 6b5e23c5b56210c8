import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TASK_STATES } from '../../src/core/plan.ts'
import { readReply } from '../../src/core/reply.ts'

const asked = [1, 2, 3, 4].map((n) => ({
  item: {
    code: `KH.1.${n}`,
    name: `Nhiệm vụ thứ ${n}`,
    kind: 'choice' as const,
    options: TASK_STATES.map((value) => ({ value, name: value })),
    duty: 'dieu-hanh',
    group: 'ke-hoach',
    isTask: true as const,
  },
}))
const context = { today: '2025-03-12', find: () => undefined }

/** "1 xong, 2 dang-lam" for what was read, or the kind of question. */
function told(text: string, count = 4): string {
  const reply = readReply(asked.slice(0, count), text, context)
  if (reply.type !== 'readings') return reply.type
  return reply.readings
    .map(
      ({ code, result }) => `${code.slice(5)} ${result.outcome === 'value' ? result.value : result.outcome}`,
    )
    .join(', ')
}

describe('the states of tasks', () => {
  it.each([
    ['xong hết', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['Tất cả đã xong', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['cả 4 đều xong ạ', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['tất cả 4 nhiệm vụ đã xong', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['tất cả đang làm', '1 dang-lam, 2 dang-lam, 3 dang-lam, 4 dang-lam'],
    ['xong; đang làm; chưa; xong', '1 xong, 2 dang-lam, 3 chua-lam, 4 xong'],
    ['xong, đang làm, chưa làm, chậm', '1 xong, 2 dang-lam, 3 chua-lam, 4 cham'],
    ['1, 3 xong; 2 đang làm', '1 xong, 3 xong, 2 dang-lam'],
    ['1 và 3 xong, 2 đang làm, 4 chậm', '1 xong, 3 xong, 2 dang-lam, 4 cham'],
    ['1-3 xong; 4 chưa', '1 xong, 2 xong, 3 xong, 4 chua-lam'],
    ['1: xong\n2: đang thực hiện', '1 xong, 2 dang-lam'],
    ['1 = xong', '1 xong'],
    ['nhiệm vụ 2 đã hoàn thành', '2 xong'],
    ['dạ 2 xong ạ', '2 xong'],
    ['1 xong, còn lại đang làm', '1 xong, 2 dang-lam, 3 dang-lam, 4 dang-lam'],
    ['2, 3 chậm; các nhiệm vụ còn lại đã xong', '2 cham, 3 cham, 1 xong, 4 xong'],
    ['còn lại chưa làm', '1 chua-lam, 2 chua-lam, 3 chua-lam, 4 chua-lam'],
    ['1 den 4 dang trien khai', '1 dang-lam, 2 dang-lam, 3 dang-lam, 4 dang-lam'],
  ])('“%s” is read as %s', (text, read) => {
    expect(told(text)).toBe(read)
  })

  it.each([
    ['5 xong', 'unknownItem'],
    ['1 xong; 1 chậm', 'unknownItem'],
    ['xong; chưa', 'miscounted'],
    ['cả 2 đều xong', 'miscounted'],
    ['tất cả 3 nhiệm vụ đã xong', 'miscounted'],
    ['toàn bộ 5 việc đang làm', 'miscounted'],
    ['cả 2 xong hết', 'miscounted'],
  ])('“%s” is asked about', (text, kind) => {
    expect(told(text)).toBe(kind)
  })

  it.each([
    '1 chưa, còn lại xong, còn lại chậm',
    '1 chưa; các nhiệm vụ còn lại xong; còn lại chưa',
    '1 chưa, còn lại 2 xong',
    'cả hai đều xong',
    'xong cả 2',
  ])('“%s” says one thing twice or of nobody knows whom, and records nothing', (text) => {
    expect(told(text)).not.toMatch(/\d (?:xong|dang-lam|chua-lam|cham)/)
  })

  it.each(['xong một nửa', 'gần xong', '1 xong 50%', 'chưa xong', '12', 'không biết'])(
    '“%s” records nothing',
    (text) => {
      expect(told(text)).not.toMatch(/xong|lam|cham/)
    },
  )

  it('are told of one task by the word alone', () => {
    expect(told('xong rồi ạ', 1)).toBe('1 xong')
    expect(told('chưa', 1)).toBe('1 chua-lam')
    expect(told('cả 2 đều xong', 1)).toBe('miscounted')
  })

  it('never throw, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        told(text)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['1 xong, còn lại đang làm', '1, 3 xong; 2 đang làm', '2 chậm'])(
    '“%s” is no figure where figures are asked',
    (text) => {
      const figure = {
        item: { code: 'I.1', name: 'Số hồ sơ', kind: 'count' as const, unit: 'hồ sơ', duty: 'a', group: 'a' },
      }
      expect(readReply([figure], text, context).type).toBe('miscounted')
    },
  )
})
