import { describe, expect, it } from 'vitest'
import { assemble } from '../../src/core/assemble.ts'
import { findUntraced } from '../../src/core/gate.ts'
import { withPlan } from '../../src/core/plan.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { round, value } from './ward.ts'

const { packs, duties } = await readPrompts('prompts')
const office = await readOfficeFile('test/scenarios/phu-my.office.yaml', duties)
const [plan] = office.plans
const canonical = packs.find(({ id }) => id === 'cchc')
if (!plan || !canonical) throw new Error('the sample plan and the canonical pack are there')
const pack = withPlan(canonical, plan)
const tasks = pack.items.filter(({ isTask }) => isTask)
const reportOf = (states: Readonly<Record<string, string>>) => {
  const answers = Object.fromEntries(Object.entries(states).map(([code, state]) => [code, value(state)]))
  const one = { ...round(answers), pack, period: { key: '2024-quy1', name: 'quy1', year: 2024 } as const }
  expect(findUntraced(assemble(one, office), one, office)).toEqual([])
  return assemble(one, office)
}
const textOf = (report: ReturnType<typeof reportOf>) =>
  report.blocks
    .map((block) => ('runs' in block ? block.runs.map(({ text }) => text).join('') : ''))
    .join('\n')

describe('the plan of the year', () => {
  it('is asked task by task of the duty that leads it', () => {
    expect(tasks).toHaveLength(42)
    expect(tasks[0]).toMatchObject({ code: 'KH.III.1.1', duty: 'dieu-hanh', kind: 'choice' })
  })

  it('takes the place of the questions that count its tasks', () => {
    const counted = pack.items.filter((item) => item.plan !== undefined)
    expect(counted.map(({ code, source }) => [code, source])).toEqual([
      ['I.2.1', 'derived'],
      ['I.2.2', 'derived'],
    ])
    expect(canonical.items.find(({ code }) => code === 'I.2.1')?.source).toBeUndefined()
  })

  it('is counted when every task has its state, to the last one', () => {
    const states = Object.fromEntries(tasks.map(({ code }, index) => [code, index < 7 ? 'xong' : 'dang-lam']))
    expect(textOf(reportOf(states))).toContain(
      'đề ra 42 nhiệm vụ; đến nay đã hoàn thành 07 nhiệm vụ, đạt 16,67%.',
    )
    const { 'KH.III.7.13': _, ...without } = states
    expect(textOf(reportOf(without))).toContain('đến nay đã hoàn thành [CHƯA CÓ: Số nhiệm vụ đã hoàn thành')
  })

  it('is listed as far as it is not done', () => {
    const states = Object.fromEntries(tasks.map(({ code }, index) => [code, index === 3 ? 'cham' : 'xong']))
    const table = reportOf(states).blocks.find((block) => block.type === 'table')
    expect(
      table?.rows.map(({ cells }) => cells.map((cell) => cell.map(({ text }) => text).join(''))),
    ).toEqual([
      ['III.1.4', expect.stringContaining('giám sát'), expect.any(String), 'trong năm', 'Chậm tiến độ'],
    ])
  })

  it('of another year changes nothing', () => {
    expect(withPlan(canonical, undefined)).toBe(canonical)
  })
})
