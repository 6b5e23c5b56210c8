import { itemLines, tell } from './follow.ts'
import { unreachableSay } from './hand.ts'
import type { Setting } from './keep.ts'
import { findMark, setMark } from './mark.ts'
import { say } from './next.ts'
import { hasRole, type Person } from './office.ts'
import { ownersOf } from './overview.ts'
import { findPeople } from './people.ts'
import { askedItems, isDone, itemsOf, progressOf, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk } from './talk.ts'
import { foldText } from './text.ts'
import { describeMoment, shorten } from './wording.ts'

const EVERYBODY = /^(?:tat ca|moi nguoi|ca|het|toan bo|tat ca moi nguoi)?$/

/** "nhắc Hà", "nhắc tất cả": undefined when the words are no such order. */
export function nudge(
  talk: Talk,
  whom: string,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  const isLeader = hasRole(world.me, 'coordinator', 'chairman')
  const folded = foldText(whom).trim()
  const isAll = EVERYBODY.test(folded)
  const people = isAll ? [] : findPeople(world.office, whom)
  if (!isAll && people.length === 0)
    return isLeader && folded.split(/\s+/).length <= 4
      ? say(talk, [{ key: 'nudge.unknown', values: { raw: shorten(whom) } }], world)
      : undefined
  if (!isLeader) return say(talk, [{ key: 'nudge.notAllowed' }], world)
  const owing = ownersOf(round, world.office)
    .filter(({ person }) => person.id !== world.me.id && (isAll || people.includes(person)))
    .filter(({ items }) => items.some((item) => !isDone(round, item)))
    .map(({ person }) => person)
  if (owing.length === 0) return say(talk, [{ key: 'nudge.nobody' }], world)
  const isNudged = ({ id }: Person) => findMark(round, 'nudge', id)?.at.slice(0, 10) === round.today
  const now = owing.filter((person) => world.reachable.has(person.id) && !isNudged(person))
  const already = owing.filter(isNudged)
  const says: readonly Say[] = [
    ...(now.length === 0 ? [] : [{ key: 'nudge.done', values: { people: namesOf(now) } } as const]),
    ...(already.length === 0
      ? []
      : [{ key: 'nudge.already', values: { people: namesOf(already) } } as const]),
    ...owing.flatMap((person) => unreachableSay(person, world)),
  ]
  const step = say(talk, says, world)
  const marks = now.map(
    ({ id }): Effect => ({
      type: 'record',
      periodKey: round.period.key,
      ...setMark('nudge', id, { text: world.me.id, raw }),
    }),
  )
  return {
    talk: step.talk,
    effects: [...marks, ...step.effects, ...now.map((person) => nudgeFor(person, setting))],
  }
}

function namesOf(people: readonly Person[]): string {
  return people.map(({ name }) => name).join(', ')
}

/** What somebody still owes, to be answered in one reply. */
function nudgeFor(person: Person, { round, world }: Setting): Effect {
  const items = itemsOf(round, world.office, person)
  const open = items.filter((item) => !isDone(round, item))
  return {
    ...tell(person.id, {
      key: 'nudge.told',
      values: {
        from: world.me.name,
        count: open.length,
        total: items.length,
        period: titleOf(round),
        deadline: describeMoment(round.schedule.deadline),
        lines: itemLines(open, round, world.office),
      },
    }),
    choices: [{ key: 'quick.start' }],
  }
}

/** "chốt số liệu": what is missing is said before anything is locked. */
export function closeCollection(talk: Talk, { round, world }: Setting, isConfirmed = false): Step {
  if (!hasRole(world.me, 'coordinator', 'chairman')) return say(talk, [{ key: 'close.notAllowed' }], world)
  const { done, total } = progressOf(round, askedItems(round))
  const period = titleOf(round)
  if (done < total && !isConfirmed) {
    const step = say(talk, [{ key: 'close.gaps', values: { count: total - done, period } }], world)
    return withChoices(
      { ...step, talk: { ...step.talk, awaiting: { type: 'closeGaps', periodKey: round.period.key } } },
      [{ key: 'close.anyway' }, { key: 'close.wait' }],
    )
  }
  const leaders = world.office.people.filter(
    (person) => hasRole(person, 'chairman', 'coordinator') && person.id !== world.me.id,
  )
  const told: Say = { key: 'close.told', values: { period, person: world.me.name, done, total } }
  return {
    talk: { ...talk, shown: [] },
    effects: [
      { type: 'period', periodKey: round.period.key, isClosed: true },
      { type: 'say', says: [{ key: 'close.done', values: { period, done, total } }], choices: [] },
      ...leaders.map(({ id }) => tell(id, told)),
    ],
  }
}

export function withChoices(step: Step, choices: readonly Say[]): Step {
  return {
    talk: step.talk,
    effects: step.effects.map((effect) => (effect.type === 'say' ? { ...effect, choices } : effect)),
  }
}
