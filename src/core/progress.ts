import { hasRole, type Office } from './office.ts'
import { describeOffice } from './overview.ts'
import type { Item } from './pack.ts'
import { isDone, itemsOf, progressOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { World } from './talk.ts'
import { describeGiven, describeMoment } from './wording.ts'

/** Where things stand: one's own items, and for coordinator and chairman every owner's count. */
export function describeProgress(round: Round | undefined, world: World): readonly Say[] {
  if (!round) return [{ key: 'nothing.open' }]
  const own = itemsOf(round, world.office, world.me)
  return [
    ...(hasRole(world.me, 'coordinator', 'chairman') ? describeOffice(round, world) : []),
    ...(own.length > 0 ? describeOwn(round, own, world.office) : []),
  ]
}

function describeOwn(round: Round, own: readonly Item[], office: Office): readonly Say[] {
  const open = own.filter((item) => !isDone(round, item))
  const answered = own.filter((item) => !open.includes(item))
  const values = {
    period: titleOf(round),
    ...progressOf(round, own),
    deadline: describeMoment(round.schedule.deadline),
  }
  return [
    { key: 'progress.mine', values },
    ...(open.length === 0
      ? []
      : [{ key: 'progress.open', values: { lines: open.map((item) => openLine(round, item)) } } as const]),
    ...(answered.length === 0
      ? []
      : [
          {
            key: 'progress.answered',
            values: { lines: answered.map((item) => answeredLine(round, item, office)) },
          } as const,
        ]),
  ]
}

function openLine(round: Round, item: Item): Say {
  const given = round.answers.get(item.code)?.given
  return given?.state === 'pending' && given.until !== undefined
    ? {
        key: 'progress.itemPending',
        values: { code: item.code, item: item.name, day: writeDay(given.until) },
      }
    : { key: 'progress.item', values: { code: item.code, item: item.name } }
}

function answeredLine(round: Round, item: Item, office: Office): Say {
  const given = round.answers.get(item.code)?.given ?? { state: 'none' }
  return {
    key: 'progress.answeredItem',
    values: { code: item.code, item: item.name, value: describeGiven(given, item, office) },
  }
}
