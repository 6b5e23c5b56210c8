import type { Moment } from './core/answer.ts'
import { blockOf } from './core/block.ts'
import { findItem, type Round } from './core/round.ts'

/** What a collection cost the people of an office. */
export interface Effort {
  /** Items truly asked, each counted once a person: none confirmed in a block, computed, or a task of the plan. */
  readonly questions: number
  /** Items confirmed many at a time. */
  readonly confirmed: number
  /** Tasks of the year's plan, told in a word each. */
  readonly tasks: number
  readonly outbound: Readonly<Record<string, number>>
  /** Messages people had to write. */
  readonly replies: Readonly<Record<string, number>>
}

/** How an item came before somebody. */
type Manner = 'asked' | 'confirmed' | 'task'

/** One item before one person in one collection. */
interface Showing {
  readonly period: string
  readonly person: string
  readonly code: string
}

/** What has been shown so far: each item once a person and a period; asked weighs more than confirmed. */
export type Shown = ReadonlyMap<string, Showing & { readonly manner: Manner }>

/** Adds what a person's screen shows. What has an answer is there to be looked at, not asked for. */
export function addScreen(shown: Shown, round: Round, person: string, codes: readonly string[]): Shown {
  const period = round.period.key
  const isBlock = blockOf(round, codes) !== undefined
  const added = codes
    .filter((code) => !round.answers.has(code))
    .map((code) => {
      const showing = { period, person, code, manner: mannerOf(code, isBlock ? 'confirmed' : 'asked', round) }
      return [`${period} ${person} ${code}`, showing] as const
    })
  return new Map([
    ...shown,
    ...added.filter(([key, { manner }]) => manner === 'asked' || shown.get(key)?.manner !== 'asked'),
  ])
}

function mannerOf(code: string, manner: Manner, round: Round): Manner {
  return findItem(round.pack, code)?.isTask ? 'task' : manner
}

/** A message in or out, as far as it counts. */
interface Passing {
  readonly at: Moment
  readonly person: string
  readonly direction: 'in' | 'out'
}

/** All that was asked and said. */
export function effortOf(shown: Shown, passed: readonly Passing[]): Effort {
  const all = [...shown.values()]
  const count = (wanted: Manner) => all.filter(({ manner }) => manner === wanted).length
  return {
    questions: count('asked'),
    confirmed: count('confirmed'),
    tasks: count('task'),
    outbound: countByPerson(passed.filter(({ direction }) => direction === 'out')),
    replies: countByPerson(passed.filter(({ direction }) => direction === 'in')),
  }
}

/** The same for each collection; a message counts for the one opened last before it. */
export function effortByPeriod(
  shown: Shown,
  passed: readonly Passing[],
  opened: readonly { readonly key: string; readonly openedAt: Moment }[],
): Readonly<Record<string, Effort>> {
  const inOrder = [...opened].sort((one, other) => (one.openedAt < other.openedAt ? -1 : 1))
  const periodAt = (at: Moment) => inOrder.findLast(({ openedAt }) => openedAt <= at)?.key
  return Object.fromEntries(
    inOrder.map(({ key }) => [
      key,
      effortOf(
        new Map([...shown].filter(([, { period }]) => period === key)),
        passed.filter(({ at }) => periodAt(at) === key),
      ),
    ]),
  )
}

function countByPerson(passed: readonly Passing[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { person } of passed) counts[person] = (counts[person] ?? 0) + 1
  return counts
}
