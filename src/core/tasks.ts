import type { Given } from './answer.ts'
import { writeFigure } from './figures/write.ts'
import { ownerOf } from './office.ts'
import {
  detailCode,
  planFor,
  resultCode,
  type Task,
  type TaskDetail,
  taskCode,
  tasksOf,
  UNFINISHED,
} from './plan.ts'
import type { Block, Column, Run } from './report.ts'
import { askedItems, findItem } from './round.ts'
import { type Making, runsOf, valueRuns, writeGiven } from './runs.ts'

type Which = 'all' | 'unfinished' | 'targets' | 'difficulties'

/** Tasks of the year's plan as a table: all of them, those not finished, the targets with what was reached, or what stands in the way. */
export function layTasks(which: Which, making: Making): readonly Block[] {
  const { round, office } = making
  const words = round.pack.document.tasks
  const plan = planFor(office, round.period.year)
  if (!words || !plan) return []
  const tasks = tasksOf(plan).filter((task) => isListed(which, task, making))
  const said = (key: 'lead' | 'nothing') =>
    key === 'lead'
      ? runsOf(words.details?.lead ?? '', 'document.tasks.details.lead', making)
      : runsOf(words.nothing, 'document.tasks.nothing', making)
  const after = which === 'unfinished' ? listNotArisen(tasksOf(plan), making) : []
  if (tasks.length === 0)
    return which === 'difficulties' ? [] : [{ type: 'paragraph', runs: said('nothing') }, ...after]
  const columns = columnsOf(which, making)
  return [
    ...(which === 'difficulties' ? [{ type: 'paragraph', runs: said('lead') } as const] : []),
    {
      type: 'table',
      columns: columns.map(({ column }) => column),
      rows: tasks.map((task) => ({ isGroup: false, cells: columns.map(({ cell }) => cell(task)) })),
    },
    ...after,
  ]
}

function isListed(which: Which, task: Task, making: Making): boolean {
  const given = making.valueOf(taskCode(task))
  switch (which) {
    case 'all':
      return true
    case 'targets':
      return task.target !== undefined
    case 'unfinished':
      return isUnfinished(given)
    default:
      return isUnfinished(given) && DIFFICULTIES.some((detail) => isTold(task, detail, making))
  }
}

const DIFFICULTIES = ['difficulty', 'cause', 'remedy'] as const

/** Not done, or nobody has said so; what has no occasion is neither. */
function isUnfinished(given: Given | undefined): boolean {
  if (given?.state === 'value') return UNFINISHED.some((state) => state === given.value)
  return given?.state !== 'none' && given?.state !== 'notApplicable'
}

function isTold(task: Task, detail: TaskDetail, making: Making): boolean {
  const given = making.valueOf(detailCode(taskCode(task), detail))
  return given?.state === 'text' || given?.state === 'value'
}

interface TaskColumn {
  readonly column: Column
  cell(task: Task): readonly Run[]
}

function columnsOf(which: Which, making: Making): readonly TaskColumn[] {
  const { round, office } = making
  const words = round.pack.document.tasks
  const column = (at: string, title: string | undefined, share: number): Column => ({
    title: runsOf(title ?? '', `document.tasks.${at}`, making),
    share,
    align: share < 14 ? 'center' : 'left',
  })
  const inPlan =
    (field: string, write: (task: Task) => string) =>
    (task: Task): readonly Run[] => [
      { text: write(task), source: { type: 'plan', at: `${task.code}.${field}` } },
    ]
  const hasProducts = which === 'all' && words?.product !== undefined && words.details !== undefined
  const details = DIFFICULTIES.map((detail) => ({
    column: column(`details.${detail}`, words?.details?.[detail], 20),
    cell: (task: Task) => difficultyRuns(task, detail, making),
  }))
  const standing: readonly TaskColumn[] = [
    {
      column: column('owner', words?.owner, 18),
      cell: inPlan('lead', ({ lead }) => ownerOf(office, lead).title),
    },
    { column: column('due', words?.due, 13), cell: inPlan('due', ({ due }) => due) },
    { column: column('state', words?.state, 15), cell: (task) => stateRuns(task, !hasProducts, making) },
    ...(hasProducts
      ? [
          {
            column: column('product', words.product, 20),
            cell: (task: Task) => toldRuns(task, 'product', making),
          },
        ]
      : []),
  ]
  const targets: readonly TaskColumn[] = [
    { column: column('target', words?.target, 13), cell: inPlan('target', writeTarget) },
    { column: column('actual', words?.actual, 20), cell: (task) => answerRuns(resultCode(task), making) },
  ]
  return [
    { column: column('number', words?.number, 9), cell: inPlan('code', ({ code }) => code) },
    {
      column: column('name', words?.name, which === 'difficulties' ? 31 : 45),
      cell: inPlan('name', ({ name }) => name),
    },
    ...(which === 'difficulties' ? details : which === 'targets' ? targets : standing),
  ]
}

/** "≥ 85%" */
export function writeTarget({ target }: Task): string {
  if (!target) return ''
  const written = `≥ ${writeFigure(target.least, { kind: target.kind })}`
  return target.unit === undefined ? written : `${written} ${target.unit}`
}

/** "Đang thực hiện (60%)", and the product of what is done where no column has it. */
function stateRuns(task: Task, withProduct: boolean, making: Making): readonly Run[] {
  const given = making.valueOf(taskCode(task))
  const state = given?.state === 'value' ? given.value : undefined
  const share = state === 'dang-lam' || state === 'cham' ? toldRuns(task, 'percent', making) : []
  const product = state === 'xong' && withProduct ? toldRuns(task, 'product', making) : []
  return [
    ...answerRuns(taskCode(task), making),
    ...(share.length > 0 ? [sign(' ('), ...share, sign(')')] : []),
    ...(product.length > 0 ? [sign(': '), ...product] : []),
  ]
}

function sign(text: string): Run {
  return { text, source: { type: 'pack', at: 'document.tasks.state' } }
}

/** A difficulty that is known by its cause or its remedy alone is the state the task is in. */
function difficultyRuns(task: Task, detail: (typeof DIFFICULTIES)[number], making: Making): readonly Run[] {
  const [difficulty, ...others] = DIFFICULTIES.map((one) => {
    const given = making.valueOf(detailCode(taskCode(task), one))
    return given?.state === 'text' ? given.text : undefined
  })
  const isNamedByOther = difficulty === undefined || others.includes(difficulty)
  if (detail === 'difficulty' && isNamedByOther) return answerRuns(taskCode(task), making)
  const code = detailCode(taskCode(task), detail)
  const isAwaited = askedItems(making.round).some((item) => item.code === code)
  return isAwaited ? inOneLine(answerRuns(code, making)) : toldRuns(task, detail, making)
}

function toldRuns(task: Task, detail: TaskDetail, making: Making): readonly Run[] {
  return isTold(task, detail, making) ? inOneLine(answerRuns(detailCode(taskCode(task), detail), making)) : []
}

/** What was written in several lines follows one another in a cell; a note stands at the end. */
function inOneLine(runs: readonly Run[]): readonly Run[] {
  return runs.flatMap((run) => {
    const { note: _, ...plain } = run
    const lines = run.text.split('\n')
    return lines.flatMap((text, index): Run[] => [
      ...(index === 0 ? [] : [sign('; ')]),
      { ...(index === lines.length - 1 ? run : plain), text },
    ])
  })
}

function listNotArisen(tasks: readonly Task[], making: Making): readonly Block[] {
  const lead = making.round.pack.document.tasks?.notArisen
  const idle = tasks.filter((task) => {
    const given = making.valueOf(taskCode(task))
    return given?.state === 'none' || (given?.state === 'value' && given.value === 'khong-phat-sinh')
  })
  if (lead === undefined || idle.length === 0) return []
  const codes = idle.flatMap((task, index): Run[] => [
    sign(index === 0 ? ' ' : ', '),
    { text: task.code, source: { type: 'plan', at: `${task.code}.code` } },
  ])
  return [
    { type: 'paragraph', runs: [...runsOf(lead, 'document.tasks.notArisen', making), ...codes, sign('.')] },
  ]
}

function answerRuns(code: string, making: Making): readonly Run[] {
  const item = findItem(making.round.pack, code)
  if (!item) return []
  const { gapInForm } = making.round.pack.document
  return valueRuns(item, making, { write: (given) => writeGiven(given, item, false, making), gap: gapInForm })
}
