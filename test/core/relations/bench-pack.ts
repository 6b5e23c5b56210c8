import type { Given } from '../../../src/core/answer.ts'
import type { Facts } from '../../../src/core/finding.ts'
import { Item } from '../../../src/core/pack.ts'
import { Relation } from '../../../src/core/relation.ts'

const BLOCKS = 50

/** Something the size of a real province's form: 500 items, 200 relations, every value given. */
export function makeBenchPack(): {
  readonly items: readonly Item[]
  readonly relations: readonly Relation[]
  readonly facts: Facts
} {
  const blocks = Array.from({ length: BLOCKS }, (_, index) => makeBlock(index))
  const items = blocks.flatMap((block) => block.items)
  const values = new Map(blocks.flatMap((block) => block.values))
  const byCode = new Map(items.map((item) => [item.code, item]))
  return {
    items,
    relations: blocks.flatMap((block) => block.relations),
    facts: {
      valueOf: (code) => values.get(code),
      previousOf: (code) => values.get(code),
      itemOf: (code) => byCode.get(code),
      isSameYear: true,
    },
  }
}

/** Ten items and four relations: files received, resolved in four ways, pending, a rate, a score, a part. */
function makeBlock(index: number) {
  const code = (n: number) => `B${index}.${n}`
  const counts = [1000 + index, 700, 200, 90, 10 + index, 30 + index, 400 + index]
  // One sum in five is wrong, so that a full re-check has something to say.
  const isWrong = index % 5 === 0
  const received = counts.slice(1, 5).reduce((sum, one) => sum + one, 0) + (isWrong ? 1 : 0)
  const rate = ((100 * 900) / received).toFixed(2)
  const item = (n: number, kind: Item['kind'], unit: string): Item =>
    Item.parse({ code: code(n), name: `Mục ${n}`, kind, unit, duty: 'chung', group: 'chung' })
  const value = (n: number, text: string): readonly [string, Given] => [
    code(n),
    { state: 'value', value: text, qualifier: 'exact' },
  ]
  return {
    items: [
      ...counts.map((_, n) => item(n, 'count', 'hồ sơ')),
      item(7, 'percent', '%'),
      item(8, 'ratio', 'người'),
      item(9, 'decimal', 'ha'),
    ],
    values: [
      value(0, String(received)),
      ...counts.slice(1).map((count, at) => value(at + 1, String(count))),
      value(7, String(Number(rate))),
      value(8, '20/21'),
      value(9, '12.5'),
    ],
    relations: [
      { id: `tong-${index}`, type: 'sum', total: code(0), parts: [1, 2, 3, 4].map(code) },
      { id: `ty-le-${index}`, type: 'rate', rate: code(7), part: [code(1), code(2)], whole: code(0) },
      { id: `bien-che-${index}`, type: 'score', item: code(8) },
      { id: `luy-ke-${index}`, type: 'grows', item: code(9) },
    ].map((relation) => Relation.parse(relation)),
  }
}
