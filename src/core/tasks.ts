import { writeFigure } from './figures/write.ts'
import { ownerOf } from './office.ts'
import { planFor, resultCode, type Task, taskCode, tasksOf } from './plan.ts'
import type { Block, Column, Run } from './report.ts'
import { findItem } from './round.ts'
import { type Making, runsOf, valueRuns, writeGiven } from './runs.ts'

/** Tasks of the year's plan as a table: all of them, those not finished, or the targets with what was reached. */
export function layTasks(which: 'all' | 'unfinished' | 'targets', making: Making): readonly Block[] {
  const { round, office } = making
  const words = round.pack.document.tasks
  const plan = planFor(office, round.period.year)
  if (!words || !plan) return []
  const column = (key: 'number' | 'name' | 'owner' | 'due' | 'state' | 'target' | 'actual', share: number) =>
    ({
      title: runsOf(words[key], `document.tasks.${key}`, making),
      share,
      align: share < 14 ? 'center' : 'left',
    }) satisfies Column
  const tasks = tasksOf(plan).filter((task) => {
    if (which === 'targets') return task.target !== undefined
    const given = making.valueOf(taskCode(task))
    return which === 'all' || given?.state !== 'value' || given.value !== 'xong'
  })
  if (tasks.length === 0)
    return [{ type: 'paragraph', runs: runsOf(words.nothing, 'document.tasks.nothing', making) }]
  const inPlan = (text: string, at: string): readonly Run[] => [{ text, source: { type: 'plan', at } }]
  return [
    {
      type: 'table',
      columns: [
        column('number', 9),
        column('name', 45),
        ...(which === 'targets'
          ? [column('target', 13), column('actual', 20)]
          : [column('owner', 18), column('due', 13), column('state', 15)]),
      ],
      rows: tasks.map((task) => ({
        isGroup: false,
        cells: [
          inPlan(task.code, `${task.code}.code`),
          inPlan(task.name, `${task.code}.name`),
          ...(task.target && which === 'targets'
            ? [inPlan(writeTarget(task), `${task.code}.target`), answerRuns(resultCode(task), making)]
            : [
                inPlan(ownerOf(office, task.lead).title, `${task.code}.lead`),
                inPlan(task.due, `${task.code}.due`),
                answerRuns(taskCode(task), making),
              ]),
        ],
      })),
    },
  ]
}

/** "≥ 85%" */
export function writeTarget({ target }: Task): string {
  if (!target) return ''
  const written = `≥ ${writeFigure(target.least, { kind: target.kind })}`
  return target.unit === undefined ? written : `${written} ${target.unit}`
}

function answerRuns(code: string, making: Making): readonly Run[] {
  const item = findItem(making.round.pack, code)
  if (!item) return []
  const { gapInForm } = making.round.pack.document
  return valueRuns(item, making, { write: (given) => writeGiven(given, item, false, making), gap: gapInForm })
}
