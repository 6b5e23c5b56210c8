import { coordinatorOf } from './charge.ts'
import { hasRole } from './office.ts'
import { askedItems, progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { World } from './talk.ts'
import { approvedVersion, writeAt } from './versions.ts'

/** What is said while nothing is being collected: which collection is closed, and whom to turn to; leaders hear whether it is approved. */
export function describeClosed(world: World, about?: string): Say {
  const closed = world.rounds.filter(({ isClosed }) => isClosed)
  const round = closed.find(({ period }) => period.key === about) ?? closed.at(-1)
  if (!round) return { key: 'nothing.open' }
  const period = titleOf(round)
  if (!hasRole(world.me, 'chairman', 'coordinator'))
    return { key: 'closed', values: { period, person: coordinatorOf(world.office).name } }
  return describeToLeader(round, world)
}

function describeToLeader(round: Round, { versions, me }: World): Say {
  const period = titleOf(round)
  const approved = approvedVersion(round, versions)
  if (!approved) return { key: 'closed.leader', values: { period, ...progressOf(round, askedItems(round)) } }
  const key = hasRole(me, 'chairman') ? 'closed.approved' : 'closed.approvedBy'
  return { key, values: { period, n: approved.n, at: writeAt(approved.at) } }
}
