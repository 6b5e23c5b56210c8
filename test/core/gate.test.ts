import { describe, expect, it } from 'vitest'
import type { Given } from '../../src/core/answer.ts'
import { assemble } from '../../src/core/assemble.ts'
import { findUntraced } from '../../src/core/gate.ts'
import type { Report } from '../../src/core/report.ts'
import { fc } from '../draws.ts'
import { office, pack, round, value } from './ward.ts'

const count = fc.bigInt({ min: 0n, max: 10n ** 21n }).map((n) => value(String(n)))
const rounds = fc
  .record({
    'I.1': fc.option(count, { nil: undefined }),
    'I.2': fc.option(count, { nil: undefined }),
    'I.3': fc.option(fc.constantFrom({ state: 'none' } as const, value('05')), { nil: undefined }),
    'II.1': fc.option(
      fc.lorem({ maxCount: 9 }).map((text) => ({ state: 'text', text: `${text} 12/5, 3.000` }) as const),
      { nil: undefined },
    ),
  })
  .map((given) =>
    round(Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)) as never),
  )

/** Every place of a tree that holds a digit, as a way to write another text there. */
function digitPlaces(node: unknown, write: (value: unknown) => Report): ((digit: number) => Report)[] {
  if (typeof node === 'string')
    return [...node.matchAll(/\d/g)].map(
      ({ index }) =>
        (digit) =>
          write(`${node.slice(0, index)}${(Number(node[index]) + digit) % 10}${node.slice(index + 1)}`),
    )
  if (Array.isArray(node))
    return node.flatMap((one, at) =>
      digitPlaces(one, (changed) => write(node.map((other, index) => (index === at ? changed : other)))),
    )
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node)
    .filter(([key]) => !['source', 'gaps', 'share', 'level'].includes(key))
    .flatMap(([key, one]) => digitPlaces(one, (changed) => write({ ...node, [key]: changed })))
}

describe('the digit gate', () => {
  it('lets a thousand drafts pass, and stops each of them when one digit anywhere is another', () => {
    fc.assert(
      fc.property(rounds, fc.nat(), fc.integer({ min: 1, max: 9 }), (one, pick, by) => {
        const report = assemble(one, office)
        expect(findUntraced(report, one, office)).toEqual([])
        const places = digitPlaces(report, (changed) => changed as Report)
        expect(places.length).toBeGreaterThan(10)
        const mutated = places[pick % places.length]?.(by)
        expect(mutated && findUntraced(mutated, one, office)).not.toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('stops dots that nobody filled in, unless they stand out', () => {
    const one = round({ 'II.1': { state: 'text', text: 'Đã số hóa … hồ sơ.' } })
    const report = assemble({ ...one, place: 'phường An Bình' }, office)
    expect(findUntraced(report, { ...one, place: 'phường An Bình' }, office)).toEqual([])
    const plain: Report = {
      ...report,
      blocks: report.blocks.map((block) =>
        'runs' in block ? { ...block, runs: block.runs.map(({ isDoubtful: _, ...run }) => run) } : block,
      ),
    }
    expect(findUntraced(plain, { ...one, place: 'phường An Bình' }, office)).toHaveLength(1)
  })

  const printing = (text: string, answers: Parameters<typeof round>[0]) => {
    const one = {
      ...round(answers),
      pack: { ...pack, sections: [{ title: 'MỤC', text: [text], sections: [] }] },
    }
    return { one, report: assemble(one, office) }
  }

  it('knows digits beside a condition, and a figure below nought', () => {
    const said = printing('Nghị quyết 76{% if I.1 > 0 %}, nhận {I.1}{% endif %} và hết.', {
      'I.1': value('5'),
    })
    expect(findUntraced(said.report, said.one, office)).toEqual([])
    const below = printing('Chênh {I.1}.', { 'I.1': value('-3') })
    expect(findUntraced(below.report, below.one, office)).toEqual([])
  })

  it.each([
    ['hơn 175 hồ sơ', '175 hồ sơ'],
    ['hơn 175 hồ sơ', 'không quá 175 hồ sơ'],
    ['hơn 175 hồ sơ', 'hơn 175 văn bản'],
    ['hơn 175 hồ sơ', 'hơn -175 hồ sơ'],
  ])('stops “%s” where it reads “%s”', (written, read) => {
    const { one, report } = printing('Có {I.1}.', {
      'I.1': { ...value('175'), qualifier: 'atLeast' } as Given,
    })
    const changed = JSON.parse(JSON.stringify(report).replaceAll(written, read)) as Report
    expect(JSON.stringify(report)).toContain(written)
    expect(findUntraced(changed, one, office)).not.toEqual([])
  })

  it('stops a paragraph that lost its beginning', () => {
    const text = 'Giảm 125 hồ sơ, tăng 30 việc.'
    const { one, report } = printing('{II.1}', { 'II.1': { state: 'text', text } })
    const changed = JSON.parse(JSON.stringify(report).replaceAll(text, '25 hồ sơ, tăng 30 việc.')) as Report
    expect(findUntraced(changed, one, office)).not.toEqual([])
  })
})
