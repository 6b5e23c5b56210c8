import { leadersBut } from './approve.ts'
import { awayUntil, inChargeOf } from './charge.ts'
import { fitLines } from './follow.ts'
import { ON_DEADLINE, setMark } from './mark.ts'
import { never } from './never.ts'
import { say } from './next.ts'
import { hasRole, ownerOf } from './office.ts'
import { describeOffice } from './overview.ts'
import type { Item } from './pack.ts'
import { clip } from './page.ts'
import { askedItems, isDone, progressOf, type Round, titleOf, writeShortDay } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Event, Step, Talk, World } from './talk.ts'
import { describeMoment } from './wording.ts'

/** What leaders hear unasked of a collection; their talk stays as it is. */
export function tellLeader(
  talk: Talk,
  { type, periodKey }: Event & { type: 'overdue' | 'digest' | 'due' },
  world: World,
): Step {
  const round = world.rounds.find(({ period, isClosed }) => !isClosed && period.key === periodKey)
  if (!round) return { talk, effects: [] }
  switch (type) {
    case 'overdue':
      return tellOverdue(talk, round, world)
    case 'digest':
      return say(talk, [{ key: 'digest.lead' }, ...describeOffice(round, world)], world)
    case 'due':
      return { talk, effects: handOut(round, world) }
    default:
      return never(type)
  }
}

/** Each missing item with who answers it and why it may be missing; nobody is blamed. */
function tellOverdue(talk: Talk, round: Round, world: World): Step {
  const missing = missingOf(round)
  if (missing.length === 0) return { talk, effects: [] }
  const values = {
    now: describeMoment(world.now),
    count: missing.length,
    total: askedItems(round).length,
    period: titleOf(round),
    deadline: describeMoment(round.schedule.deadline),
    lines: fitLines(
      inTurns(missing, round, world).map((item) => missingLine(item, round, world)),
      LETTERS_MAX,
    ),
  }
  const how: Say = {
    key: hasRole(world.me, 'coordinator') ? 'overdue.coordinatorHow' : 'overdue.chairmanHow',
  }
  return say(talk, [{ key: 'overdue.told', values }, how], world)
}

/** One of each person's in turn: where not all can be told, it is not one person's alone that are. */
function inTurns(items: readonly Item[], round: Round, { office }: World): readonly Item[] {
  const turns = new Map<string, Item[]>()
  for (const item of items) {
    const { id } = inChargeOf(item, round, office)
    turns.set(id, [...(turns.get(id) ?? []), item])
  }
  const place = (item: Item) => turns.get(inChargeOf(item, round, office).id)?.indexOf(item) ?? 0
  return items.toSorted((one, other) => place(one) - place(other))
}

const LETTERS_MAX = 400
const NAME_MAX = 48

function missingOf(round: Round): readonly Item[] {
  return askedItems(round).filter((item) => !isDone(round, item))
}

function missingLine(item: Item, round: Round, world: World): Say {
  const { office } = world
  const given = round.answers.get(item.code)?.given
  const owner = ownerOf(office, item.duty)
  const person = inChargeOf(item, round, office)
  const away = awayUntil(owner, round)
  const values = { code: item.code, item: clip(item.name, NAME_MAX), person: person.name }
  if (given?.state === 'pending' && given.until !== undefined)
    return { key: 'overdue.promised', values: { ...values, day: writeShortDay(given.until) } }
  if (away !== undefined && owner !== person)
    return { key: 'overdue.away', values: { ...values, owner: owner.name, day: writeShortDay(away) } }
  return { key: world.reachable.has(person.id) ? 'overdue.line' : 'overdue.unreachable', values }
}

/** The draft as it stands goes to every leader, and says what is missing where something is. */
function handOut(round: Round, world: World): readonly Effect[] {
  const { done, total } = progressOf(round, askedItems(round))
  const lead: Say = { key: 'report.due', values: { period: titleOf(round), count: total - done } }
  const handed = setMark('sent', ON_DEADLINE, { text: world.now, raw: '' })
  const drafts = [world.me, ...leadersBut(world)].map(
    ({ id }): Effect => ({
      type: 'report',
      packId: round.pack.id,
      period: round.period,
      withSources: false,
      to: id,
      key: `deadline:${round.period.key}:${round.schedule.deadline.slice(0, 16)}`,
      ...(done < total ? { lead } : {}),
    }),
  )
  return [{ type: 'record', periodKey: round.period.key, ...handed }, ...drafts]
}
