import { describe, expect, it } from 'vitest'
import type { Given } from '../../src/core/answer.ts'
import { assemble } from '../../src/core/assemble.ts'
import { listFigures } from '../../src/core/figuresheet.ts'
import { deriveAll } from '../../src/core/formula.ts'
import { findUntraced } from '../../src/core/gate.ts'
import { TASK_STATES, withPlan } from '../../src/core/plan.ts'
import { askedItems } from '../../src/core/round.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { round, value } from './ward.ts'

const { packs, duties } = await readPrompts('prompts')
const office = await readOfficeFile('test/scenarios/phu-my.office.yaml', duties)
const [plan] = office.plans
const canonical = packs.find(({ id }) => id === 'cchc')
if (!plan || !canonical) throw new Error('the sample plan and the canonical pack are there')
const pack = withPlan(canonical, plan)
const tasks = pack.items.filter(({ isTask }) => isTask)
const period = { key: '2024-quy1', name: 'quy1', year: 2024 } as const
const draft = (from: typeof pack, answers: Readonly<Record<string, Given>>) => {
  const one = { ...round(answers), pack: from, period }
  expect(findUntraced(assemble(one, office), one, office)).toEqual([])
  return assemble(one, office)
}
const reportOf = (states: Readonly<Record<string, string>>) =>
  draft(pack, Object.fromEntries(Object.entries(states).map(([code, state]) => [code, value(state)])))
const tablesOf = (report: ReturnType<typeof reportOf>) =>
  report.blocks.flatMap((block) =>
    block.type === 'table'
      ? [block.rows.map(({ cells }) => cells.map((cell) => cell.map(({ text }) => text).join('')))]
      : [],
  )
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

  it('counts what had no occasion neither as done nor as left, and all states add up to it', () => {
    const states = tasks.map(
      ({ code }, index) => [code, TASK_STATES[index % TASK_STATES.length] ?? ''] as const,
    )
    const answers = round(Object.fromEntries(states.map(([code, state]) => [code, value(state)]))).answers
    const counted = TASK_STATES.map((state) => {
      const item = { code: 'X', name: 'X', kind: 'count', duty: 'a', group: 'a', plan: state } as const
      const own = withPlan({ ...canonical, items: [item, ...canonical.items] }, plan)
      const given = deriveAll(own, answers).get('X')
      return given?.state === 'value' ? Number(given.value) : Number.NaN
    })
    expect(counted).toEqual([9, 9, 8, 8, 8])
    expect(counted.reduce((sum, one) => sum + one)).toBe(tasks.length)
    const report = reportOf(Object.fromEntries(states))
    const [list] = tablesOf(report)
    expect(list).toHaveLength(9 + 8 + 8)
    expect(list?.map((cells) => cells.at(-1))).not.toContain('Không phát sinh')
    expect(textOf(report)).toContain('Nhiệm vụ không phát sinh trong kỳ: III.1.5, III.2.2,')
  })

  it('is all done when nothing else had an occasion', () => {
    const states = Object.fromEntries(
      tasks.map(({ code }, index) => [code, index < 2 ? 'khong-phat-sinh' : 'xong']),
    )
    const report = reportOf(states)
    expect(tablesOf(report)).toEqual([])
    expect(textOf(report)).toContain('Không có.\nNhiệm vụ không phát sinh trong kỳ: III.1.1, III.1.2.')
  })

  it('prints beside a state how much is done, and what came of it', () => {
    const given = {
      ...Object.fromEntries(tasks.map(({ code }) => [code, value('xong')])),
      'KH.III.1.1': value('dang-lam'),
      'TL.III.1.1': { state: 'value', value: '60', unit: '%', qualifier: 'approx' },
      'SP.III.1.2': { state: 'text', text: 'Kế hoạch số 12/KH-UBND ngày 05/01/2024\nBáo cáo số 3/BC-UBND' },
      // Told while it was under way: of what is done no share is printed.
      'TL.III.1.2': value('30'),
    } as const
    const cellsIn = (tasksWords: object) => {
      const document = {
        ...pack.document,
        tasks: { ...pack.document.tasks, ...tasksWords },
      } as typeof pack.document
      const sections = [{ title: 'A', text: [{ tasks: 'all' as const }], sections: [] }]
      return tablesOf(draft({ ...pack, document, sections }, given))[0]
        ?.slice(0, 2)
        .map((cells) => cells.slice(4))
    }
    const product = 'Kế hoạch số 12/KH-UBND ngày 05/01/2024; Báo cáo số 3/BC-UBND'
    expect(cellsIn({})).toEqual([
      ['Đang thực hiện (khoảng 60%)', ''],
      ['Đã hoàn thành', product],
    ])
    expect(cellsIn({ product: undefined })).toEqual([
      ['Đang thực hiện (khoảng 60%)'],
      [`Đã hoàn thành: ${product}`],
    ])
  })

  it('lists what stands in the way, each with its cause and its remedy', () => {
    const words = (text: string) => ({ state: 'text', text }) as const
    const given = {
      ...Object.fromEntries(tasks.map(({ code }) => [code, value('xong')])),
      'KH.III.1.1': value('cham'),
      'VM.III.1.1': words('thiếu 2 cán bộ'),
      'NN.III.1.1': words('nghỉ từ 01/02/2024'),
      'KH.III.1.2': value('dang-lam'),
      'VM.III.1.2': words('chưa có kinh phí'),
      'NN.III.1.2': words('chưa có kinh phí'),
      'GP.III.1.2': words('đề nghị cấp 50 triệu'),
      'KH.III.1.3': value('cham'),
      'VM.III.1.3': { state: 'none' },
      // Done since: what stood in its way is no matter of this report.
      'VM.III.1.4': words('chờ hướng dẫn'),
    } as const
    const report = draft(pack, given)
    const lists = tablesOf(report)
    expect(lists.at(-1)?.map((cells) => [cells[0], ...cells.slice(2)])).toEqual([
      ['III.1.1', 'thiếu 2 cán bộ', 'nghỉ từ 01/02/2024', '[CHƯA CÓ – đ/c Lê Thị Mỹ Duyên]'],
      ['III.1.2', 'Đang thực hiện', 'chưa có kinh phí', 'đề nghị cấp 50 triệu'],
    ])
    expect(textOf(report)).toContain('Khó khăn, vướng mắc trong thực hiện kế hoạch CCHC năm 2024:')
  })

  it('asks for details only where the state calls for them', () => {
    const askedWith = (given: Readonly<Record<string, Given>>) =>
      askedItems({ ...round(given), pack })
        .filter(({ detail }) => detail)
        .map(({ code }) => code)
    const text: Given = { state: 'text', text: 'thiếu kinh phí' }
    expect(askedWith({})).toEqual([])
    expect(askedWith({ 'KH.III.1.1': value('xong'), 'KH.III.1.7': value('xong') })).toEqual(['SP.III.1.7'])
    expect(askedWith({ 'KH.III.1.1': value('cham'), 'KH.III.1.2': value('dang-lam') })).toEqual([
      'VM.III.1.1',
    ])
    expect(askedWith({ 'KH.III.1.1': value('dang-lam'), 'VM.III.1.1': text })).toEqual([
      'NN.III.1.1',
      'GP.III.1.1',
    ])
    expect(askedWith({ 'KH.III.1.1': value('cham'), 'VM.III.1.1': { state: 'none' } })).toEqual([
      'VM.III.1.1',
    ])
    expect(askedWith({ 'KH.III.1.1': value('xong'), 'VM.III.1.1': text })).toEqual([])
  })

  it('lists in the exported figures only the details that were told', () => {
    const one = { ...round({ 'TL.III.1.1': value('60') }), pack, period }
    const codes = listFigures(one, office).rows.map(({ code }) => code)
    expect(codes.filter((code) => /^(?:TL|SP|VM|NN|GP)\./.test(code))).toEqual(['TL.III.1.1'])
  })

  it('asks for no details in a pack without words for them', () => {
    const { details: _, ...tasksWords } = canonical.document.tasks ?? {}
    const document = { ...canonical.document, tasks: tasksWords } as typeof canonical.document
    expect(withPlan({ ...canonical, document }, plan).items.filter(({ detail }) => detail)).toEqual([])
  })

  it('of another year changes nothing', () => {
    expect(withPlan(canonical, undefined)).toBe(canonical)
  })
})
