import { describe, expect, test } from 'vitest'
import type { Item } from '../../../src/core/pack.ts'
import { type AskedItem, readReply } from '../../../src/core/reply.ts'

/** code · kind · unit · group · name, as in the pack of the administrative reform report; II.2c.11 is computed. */
const CATALOGUE = `
I.5.2 | ratio | thanh niên | quan-su | Tuyển quân, đạt/chỉ tiêu
II.2c.1 | count | hồ sơ | tiep-nhan | Tổng số hồ sơ đã tiếp nhận
II.2c.2 | count | hồ sơ | tiep-nhan | Trong đó, mới tiếp nhận trong kỳ
II.2c.3 | count | hồ sơ | tiep-nhan | Mới tiếp nhận bằng hình thức trực tuyến
II.2c.4 | count | hồ sơ | tiep-nhan | Từ kỳ trước chuyển qua
II.2c.5 | count | hồ sơ | giai-quyet | Số hồ sơ đã giải quyết
II.2c.6 | count | hồ sơ | giai-quyet | Giải quyết trước hạn
II.2c.7 | count | hồ sơ | giai-quyet | Giải quyết đúng hạn
II.2c.8 | count | hồ sơ | giai-quyet | Giải quyết quá hạn
II.2c.9 | count | hồ sơ | giai-quyet | Số hồ sơ đang giải quyết
II.2c.11 | percent | % | giai-quyet | Tỷ lệ hồ sơ giải quyết đúng và trước hạn
II.2b.1 | count | thủ tục | thu-tuc | Số TTHC đang thực hiện
II.3.1 | ratio | người | bo-may | Cán bộ, công chức, có mặt/biên chế được giao
II.4.1 | count | lượt người | bo-may | Số lượt cán bộ, công chức được đào tạo, bồi dưỡng
II.5.1 | money | đồng | tai-chinh | Tổng thu ngân sách trong kỳ
II.5.2 | percent | % | tai-chinh | Tỷ lệ thu so với dự toán năm
II.6.4 | choice | - | bo-may | Duy trì, áp dụng hệ thống quản lý chất lượng ISO 9001 tại UBND
`
const OPTIONS = [
  { value: '0', name: 'Không thực hiện' },
  { value: '1', name: 'Có thực hiện' },
]

const all: readonly AskedItem[] = CATALOGUE.trim()
  .split('\n')
  .map((line) => {
    const [code = '', kind = '', unit = '', group = '', name = ''] = line.split(' | ')
    const item: Item = {
      code,
      name,
      kind: kind as Item['kind'],
      group,
      duty: 'd',
      ...(unit === '-' ? {} : { unit }),
      ...(kind === 'choice' ? { options: OPTIONS } : {}),
      ...(code === 'II.2c.11' ? { source: 'derived' } : {}),
    }
    return { item }
  })
const find = (code: string): AskedItem | undefined => all.find(({ item }) => item.code === code)

/** "II.2c.5=221", "II.2c.11=?", "+ [words left over]", or why nothing was read. */
function tell(codes: string, text: string): string {
  const asked = codes.split(' ').flatMap((code) => find(code) ?? [])
  const reply = readReply(asked, text, { today: '2025-03-05', find, all })
  if (reply.type === 'which') return `which ${reply.candidates.join(' ')}`
  if (reply.type !== 'readings') return reply.type
  const told = reply.readings.map(({ code, result }) => {
    if (result.outcome === 'value') return `${code}=${result.value}`
    return `${code}=${result.outcome === 'ask' ? `? ${result.choices.length}` : result.outcome}`
  })
  return [...told, ...reply.leftover.map((words) => `+ [${words}]`)].join(' ')
}

const COUNTS = 'II.2c.5 II.2c.6 II.2c.7 II.2c.8'
const FOUR = 'II.2c.5=221 II.2c.6=200 II.2c.7=2 II.2c.8=19'

describe('a rate that is computed, said beside the counts it comes from', () => {
  test.each([
    '221; 200; 2; 19, tỷ lệ đúng và trước hạn 91,4%',
    '221; 200; 2; 19; tỷ lệ đúng và trước hạn 91,4%',
    '221, 200, 2, 19, tỷ lệ đúng và trước hạn 91,4%',
    '221; 200; 2; 19 (tỷ lệ đúng hạn 91,4%)',
    '221; 200; 2; 19; đúng và trước hạn 91,4%',
    '221; 200; 2; 19, ty le dung va truoc han 91,4%',
    '221; 200; 2; 19, tỷ lệ 91,4%',
    '221; 200; 2; 19, tỷ lệ đúng và trước hạn 91,4',
  ])('%s', (text) => {
    expect(tell(COUNTS, text)).toBe(`${FOUR} II.2c.11=91.4`)
  })

  test('said first it is still the rate', () => {
    expect(tell(COUNTS, 'tỷ lệ đúng và trước hạn 91,4%; 221; 200; 2; 19')).toBe(`${FOUR} II.2c.11=91.4`)
  })

  test('without a name it is left over', () => {
    expect(tell(COUNTS, '221; 200; 2; 19; 91,4%')).toBe(`${FOUR} + [91,4%]`)
  })

  test('beside a single count it is told apart', () => {
    expect(tell('II.2c.5', '221, tỷ lệ đúng và trước hạn 91,4%')).toBe('II.2c.5=221 II.2c.11=91.4')
    expect(tell(COUNTS, 'đúng hạn 2, tỷ lệ đúng hạn 91%')).toBe('II.2c.7=2 II.2c.11=91')
  })

  test('does not make up for a missing count', () => {
    expect(tell(COUNTS, '221; 200; 2, tỷ lệ đúng và trước hạn 91,4%')).toBe(
      'II.2c.11=91.4 + [221] + [200] + [2]',
    )
  })

  test('is not meant by the words it shares with the counts', () => {
    expect(tell('II.2c.5', '221, trong đó trước hạn 219, đúng hạn 2')).toBe(
      'II.2c.5=221 II.2c.6=219 II.2c.7=2',
    )
  })

  test('is not what a count of its name means', () => {
    expect(tell('II.2c.6', 'đúng và trước hạn 219')).toBe('which II.2c.6 II.2c.7')
    expect(tell('II.2c.6 II.2c.7', 'đúng và trước hạn 219')).toBe('miscounted')
  })
})

describe('a sum of money and its share of the plan', () => {
  test.each([
    '1 tỷ 250 triệu, đạt 40,35% dự toán',
    'thu 1 tỷ 250 triệu đạt 40,35%',
    'thu được 1 tỷ 250 triệu, bằng 40,35% dự toán năm',
    '1.250.000.000đ; 40,35% so với dự toán',
  ])('%s', (text) => {
    expect(tell('II.5.1 II.5.2', text)).toBe('II.5.1=1250000000 II.5.2=40.35')
    expect(tell('II.5.1', text).startsWith('II.5.1=1250000000')).toBe(true)
  })

  test('what is spent is not what was taken in', () => {
    expect(tell('II.5.1', 'chi 800 triệu')).toBe('II.5.1=? 1')
    expect(tell('II.5.1 II.5.2', 'chi 800 triệu, đạt 40,35%')).toBe('miscounted')
  })

  test('the same of last year is of neither', () => {
    expect(tell('II.5.1 II.5.2', 'thu 1 tỷ 250 triệu, cùng kỳ 35%')).toBe('II.5.1=1250000000 + [cùng kỳ 35%]')
    expect(tell('II.5.1 II.5.2', 'dự toán 3 tỷ')).toBe('II.5.2=? 0')
  })
})

describe('a question never has one item to choose from', () => {
  test.each([
    ['II.2c.5 II.2c.6', 'không trước hạn 3', 'II.2c.6=? 2'],
    ['II.2c.1 II.2c.2 II.2c.4', 'kỳ trước 9; 0; 92', 'II.2c.4=? 1 + [0] + [92]'],
    ['II.2c.5', 'không đúng hạn 3', 'which II.2c.5 II.2c.7'],
    ['II.2c.5 II.2c.6', '1 = đúng hạn 31', 'which II.2c.5 II.2c.7'],
    ['II.2c.1', 'Tổng số hồ sơ đã tiếp nhận\t228\t210', 'II.2c.1=? 2'],
  ])('%s: %s', (codes, text, told) => {
    expect(tell(codes, text)).toBe(told)
  })
})

describe('a choice among figures', () => {
  test.each([
    ['II.6.4 II.3.1 II.4.1', 'Có thực hiện; 20/21; 5', 'II.6.4=1 II.3.1=20/21 II.4.1=5'],
    ['II.6.4 II.3.1', 'không; 20/21', 'II.6.4=0 II.3.1=20/21'],
    ['II.6.4', 'k', 'II.6.4=noOption'],
  ])('%s: %s', (codes, text, told) => {
    expect(tell(codes, text)).toBe(told)
  })
})
