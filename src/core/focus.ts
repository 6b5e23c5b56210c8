import type { Command } from './command.ts'
import { currentRound } from './next.ts'
import { titleOf } from './round.ts'
import type { Say } from './say.ts'
import { type Talk, talkAnew, type World } from './talk.ts'

/** Numbers, choices and what can be undone belong to one collection: in another they mean nothing. */
export function focus(
  talk: Talk,
  world: World,
): { readonly talk: Talk; readonly world: World; readonly moved?: Say } {
  const round = currentRound(talk.periodKey === undefined ? world : { ...world, focus: talk.periodKey })
  if (!round) return { talk, world }
  const { key } = round.period
  const there = { ...world, focus: key }
  if (talk.periodKey === undefined || talk.periodKey === key)
    return { talk: { ...talk, periodKey: key }, world: there }
  const left = world.rounds.find((one) => one.period.key === talk.periodKey)
  const period = titleOf(round)
  const moved: Say = left
    ? { key: 'closed.moved', values: { closed: titleOf(left), period } }
    : { key: 'ask.period', values: { period } }
  return { talk: talkAnew(talk, key), world: there, moved }
}

/** What reads something up lets the question beside stand; anything else lets it go. */
const ASIDE: ReadonlySet<Command['type']> = new Set([
  'help',
  'progress',
  'agenda',
  'source',
  'courtesy',
  'report',
  'look',
  'channels',
  'upload',
  'unsure',
  'settleUnsure',
  'prefer',
  'unbindOther',
  'invite',
])

/** The talk without what it waited for beside items, unless the command reads something up. */
export function letGo(talk: Talk, command?: Command): Talk {
  if (command && ASIDE.has(command.type)) return talk
  const { awaiting: _, ...rest } = talk
  return rest
}
