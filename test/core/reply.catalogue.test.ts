import { describe, expect, it } from 'vitest'
import type { AskedItem } from '../../src/core/reply.ts'
import { readReply } from '../../src/core/reply.ts'
import { readShelf } from '../../src/prompts.ts'
import { describeReply, listSilentlyWrong, readCases } from './reply.labelled.ts'

const { catalogue } = await readShelf(new URL('../../prompts', import.meta.url).pathname)
const items = catalogue.items.map((item): AskedItem => ({ item }))

function find(code: string): AskedItem | undefined {
  return items.find(({ item }) => item.code.toLowerCase() === code.toLowerCase())
}

/** Everything the holder of the duties asked about may be telling of. */
function ownedWith(asked: readonly AskedItem[]): readonly AskedItem[] {
  const duties = asked.map(({ item }) => item.duty)
  // Many offices have one person for these two.
  if (duties.includes('thu-tuc')) duties.push('dieu-hanh')
  return items.filter(({ item }) => duties.includes(item.duty))
}

const cases = readCases('reply.catalogue.txt', find)

describe('replies of played reports, with the items of the catalogue', () => {
  const read = (asked: readonly AskedItem[], text: string) =>
    readReply(asked, text, { today: '2023-06-05', find, all: ownedWith(asked) })

  it.each(cases)('$line: $text', ({ asked, text, expected }) => {
    expect(describeReply(read(asked, text))).toBe(expected)
  })

  it('asked about as a whole are quoted as a whole', () => {
    const asked = ['II.2h.1', 'II.2h.2', 'II.2h.3'].flatMap((code) => find(code) ?? [])
    expect(read(asked, '01 cán bộ, hộ khẩu 5')).toMatchObject({
      type: 'which',
      raw: '01 cán bộ; hộ khẩu 5',
    })
  })

  it('never give a wrong value without a question', () => {
    const wrong = cases.flatMap(({ asked, text, expected }) => {
      const found = listSilentlyWrong(read(asked, text), expected)
      return found.length > 0 ? [`${text}: ${found.join(' ')}, not ${expected}`] : []
    })
    expect(wrong).toEqual([])
  })
})
