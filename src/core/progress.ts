import { timeLeft } from './agenda.ts'
import { describeClosed } from './closed.ts'
import { entrustedBy, entrustedLines, sayNothingToAnswer } from './entrusted.ts'
import { isPaused } from './mark.ts'
import { hasRole, type Office } from './office.ts'
import { describeOffice } from './overview.ts'
import type { Item } from './pack.ts'
import { clip, type Part, pageFooter, shortenSay, turnTo } from './page.ts'
import { isDone, itemsOf, progressOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { World } from './talk.ts'
import { describeGiven, describeMoment } from './wording.ts'

/** Where things stand: one's own items, and for coordinator and chairman every owner's count. */
export function describeProgress(round: Round | undefined, world: World, page = 1): readonly Say[] {
  if (!round) return [describeClosed(world)]
  const own = itemsOf(round, world.office, world.me)
  const isLeader = hasRole(world.me, 'coordinator', 'chairman')
  if (!isLeader)
    return own.length > 0
      ? describeOwn(round, own, { world, page, before: 0 })
      : [sayNothingToAnswer(round, world)]
  // A leader's first page is the whole office; what is their own comes after it.
  if (page > 1 && own.length > 0) return describeOwn(round, own, { world, page, before: 1 })
  const later: readonly Say[] =
    own.length > 0 ? [{ key: 'progress.ownLater', values: { ...progressOf(round, own) } }] : []
  const [head, ...rest] = describeOffice(round, world)
  return [...(head ? [head] : []), ...stateOf(round, world), ...rest, ...later]
}

/** What is open first, then what is recorded, a page at a time. */
function describeOwn(
  round: Round,
  own: readonly Item[],
  { world, page, before }: { readonly world: World; readonly page: number; readonly before: number },
): readonly Say[] {
  const { office } = world
  const open = own.filter((item) => !isDone(round, item))
  const answered = own.filter((item) => !open.includes(item))
  const values = {
    period: titleOf(round),
    ...progressOf(round, own),
    deadline: describeMoment(round.schedule.deadline),
  }
  const parts: readonly Part[] = [
    {
      lines: open.map((item) => openLine(round, item)),
      lay: (lines) => ({ key: 'progress.open', values: { lines } }),
    },
    {
      lines: answered.map((item) => answeredLine(round, item, office)),
      lay: (lines) => ({ key: 'progress.answered', values: { lines } }),
    },
    {
      lines: entrustedLines(entrustedBy(world.me, round, world), round, world),
      lay: (lines) => ({ key: 'entrusted.some', values: { lines } }),
    },
  ]
  const turned = turnTo(parts, page - before)
  const place = { ...turned, page: turned.page + before, pages: turned.pages + before }
  const head: Say = { key: 'progress.mine', values }
  return [head, ...stateOf(round, world), ...turned.says, ...pageFooter(place, { key: 'look.progress' })]
}

/** How long there is, and that nobody is reminded meanwhile. */
function stateOf(round: Round, world: World): readonly Say[] {
  const left = timeLeft(round, world)
  return [isPaused(round) ? { key: 'progress.paused', values: { left } } : left]
}

const NAME_MAX = 80

function openLine(round: Round, item: Item): Say {
  const given = round.answers.get(item.code)?.given
  const values = { code: item.code, item: clip(item.name, NAME_MAX) }
  return given?.state === 'pending' && given.until !== undefined
    ? { key: 'progress.itemPending', values: { ...values, day: writeDay(given.until) } }
    : { key: 'progress.item', values }
}

function answeredLine(round: Round, item: Item, office: Office): Say {
  const given = round.answers.get(item.code)?.given ?? { state: 'none' }
  const value = shortenSay(describeGiven(given, item, office), NAME_MAX)
  return {
    key: 'progress.answeredItem',
    values: { code: item.code, item: clip(item.name, NAME_MAX), value },
  }
}
