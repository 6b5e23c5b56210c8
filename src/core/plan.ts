import { z } from 'zod'
import type { Office, Problem } from './office.ts'
import type { DetailWords, Item, ReportPack } from './pack.ts'
import { Code } from './relation.ts'
import { Slug } from './slug.ts'
import { fillTemplate } from './template.ts'

/** What a task is to reach: "tối thiểu 85%". */
const Target = z.strictObject({
  /** What is measured, where the task does not say: "Tỷ lệ hồ sơ công việc xử lý trên mạng". */
  name: z.string().min(1).optional(),
  kind: z.literal(['count', 'percent']).default('percent'),
  least: z.string().regex(/^\d+(\.\d+)?$/, '85'),
  unit: z.string().min(1).optional(),
})

const Task = z.strictObject({
  code: Code,
  name: z.string().min(1),
  /** The duty that leads, and those that help. */
  lead: Slug,
  with: z.array(Slug).default([]),
  /** "quý I", "trong năm", "hằng tuần". */
  due: z.string().min(1),
  product: z.string().min(1).optional(),
  target: Target.optional(),
})
export type Task = z.infer<typeof Task>

/** The year's plan for administrative reform: what the reports account for. */
export const Plan = z.strictObject({
  year: z.int().min(2000).max(2100),
  /** "Kế hoạch số 75/KH-UBND ngày 24/01/2025". */
  name: z.string().min(1),
  groups: z.array(z.strictObject({ id: Slug, name: z.string().min(1), tasks: z.array(Task).min(1) })).min(1),
})
export type Plan = z.infer<typeof Plan>

/** What the schema cannot see: a year, a group or a task named twice, duties nobody knows. */
export function checkPlans(plans: readonly Plan[], duties: readonly string[]): readonly Problem[] {
  const years = plans.map(({ year }) => String(year))
  return plans.flatMap((plan, index) => [
    ...twice(years.slice(0, index), String(plan.year), ['plans', index, 'year']),
    ...checkPlan(plan, ['plans', index], duties),
  ])
}

function checkPlan(plan: Plan, path: Problem['path'], duties: readonly string[]): readonly Problem[] {
  const problems: Problem[] = []
  const groups: string[] = []
  const codes: string[] = []
  plan.groups.forEach((group, at) => {
    problems.push(...twice(groups, group.id, [...path, 'groups', at, 'id']))
    groups.push(group.id)
    group.tasks.forEach((task, place) => {
      const here = [...path, 'groups', at, 'tasks', place]
      problems.push(...twice(codes, task.code, [...here, 'code']))
      codes.push(task.code.toLowerCase())
      const named = [
        { duty: task.lead, path: [...here, 'lead'] },
        ...task.with.map((duty, index) => ({ duty, path: [...here, 'with', index] })),
      ]
      for (const one of named)
        if (!duties.includes(one.duty))
          problems.push({ path: one.path, key: 'file.unknownDuty', value: one.duty })
    })
  })
  return problems
}

/** A code is the same in capitals. */
function twice(earlier: readonly string[], value: string, path: Problem['path']): readonly Problem[] {
  return earlier.includes(value.toLowerCase()) ? [{ path, key: 'file.twice', value }] : []
}

/**
 * How far a task has come; the words stand in the pack. That it has not arisen is a state like the others, so that
 * all of them add up to the plan, each can be counted, and each is printed by its own words.
 */
export const TASK_STATES = ['xong', 'dang-lam', 'chua-lam', 'cham', 'khong-phat-sinh'] as const
export type TaskState = (typeof TASK_STATES)[number]

/** Not done, and yet to be: what can be late, and have a difficulty. */
export const UNFINISHED: readonly TaskState[] = ['dang-lam', 'chua-lam', 'cham']

/** A task's state is asked under this code, what it reached under the next. */
export function taskCode(task: Task): string {
  return `KH.${task.code}`
}

export function resultCode(task: Task): string {
  return `KQ.${task.code}`
}

/** What hangs on a task's state, and under which code. */
const DETAIL_CODES = { percent: 'TL', product: 'SP', difficulty: 'VM', cause: 'NN', remedy: 'GP' } as const
export type TaskDetail = keyof typeof DETAIL_CODES

/** "KH.2.1" → "VM.2.1" */
export function detailCode(stateCode: string, detail: TaskDetail): string {
  return `${DETAIL_CODES[detail]}${stateCode.slice(stateCode.indexOf('.'))}`
}

export function tasksOf(plan: Plan): readonly Task[] {
  return plan.groups.flatMap((group) => group.tasks)
}

/** The plan an office has for a year. */
export function planFor(office: Office, year: number): Plan | undefined {
  return office.plans.find((plan) => plan.year === year)
}

/** Whether a pack accounts for the tasks of a plan. */
export function asksOfTasks({ document, items }: ReportPack): boolean {
  return document.tasks !== undefined && items.some((item) => item.plan !== undefined)
}

/** The pack with the tasks of the plan as items: their states are asked, what counts them is computed. */
export function withPlan(pack: ReportPack, plan: Plan | undefined): ReportPack {
  const words = pack.document.tasks
  if (!plan || !words || !asksOfTasks(pack)) return pack
  const tasks = tasksOf(plan)
  const options = TASK_STATES.map((value) => ({ value, name: words.states[value] }))
  const asked = plan.groups.flatMap((group) =>
    group.tasks.flatMap((task): Item[] => [
      {
        code: taskCode(task),
        name: task.name,
        kind: 'choice',
        options,
        duty: task.lead,
        group: group.id,
        isTask: true,
      },
      ...(task.target
        ? [
            {
              code: resultCode(task),
              name: task.target.name ?? `${words.actual}: ${task.name}`,
              kind: task.target.kind,
              ...(task.target.unit === undefined ? {} : { unit: task.target.unit }),
              duty: task.lead,
              group: group.id,
            },
          ]
        : []),
      ...(words.details ? detailsOf(task, group.id, words.details) : []),
    ]),
  )
  return {
    ...pack,
    groups: [...pack.groups, ...plan.groups.map(({ id, name }) => ({ id, ask: name }))],
    items: [...pack.items.map((item) => countTasks(item, tasks)), ...asked],
  }
}

/** What is asked beside a task's state, each only where the state calls for it. */
function detailsOf(task: Task, group: string, words: DetailWords): readonly Item[] {
  const of = taskCode(task)
  const item = (is: TaskDetail, more: Partial<Item>): Item => ({
    code: detailCode(of, is),
    name: fillTemplate(words.name, { ten: words[is], ma: task.code }),
    kind: 'text',
    duty: task.lead,
    group,
    detail: { of, is },
    ...more,
  })
  const difficulty = detailCode(of, 'difficulty')
  const isUnfinished = { item: of, is: [...UNFINISHED] }
  return [
    item('percent', {
      kind: 'percent',
      unit: '%',
      source: 'volunteered',
      when: { item: of, is: ['dang-lam', 'cham'] },
    }),
    item('product', {
      of: 'documents',
      when: { item: of, is: ['xong'] },
      ...(task.product === undefined ? { source: 'volunteered' } : { hint: task.product }),
    }),
    item('difficulty', { when: { item: of, is: ['cham'] } }),
    item('cause', { when: { item: difficulty, and: isUnfinished } }),
    item('remedy', { when: { item: difficulty, and: isUnfinished } }),
  ]
}

function countTasks(item: Item, tasks: readonly Task[]): Item {
  if (item.plan === undefined) return item
  const values = item.plan === 'total' ? undefined : [item.plan]
  return {
    ...item,
    source: 'derived',
    formula: { type: 'tally', items: tasks.map(taskCode), ...(values ? { values } : {}) },
  }
}
