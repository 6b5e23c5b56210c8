import { itemLines, senderOf, tell } from './follow.ts'
import { askedText, unreachableSay } from './hand.ts'
import type { Setting } from './keep.ts'
import { findMark, setMark } from './mark.ts'
import { say } from './next.ts'
import { hasRole, type Person } from './office.ts'
import { absenceOf, ownersOf } from './overview.ts'
import { findPeople } from './people.ts'
import { askedItems, isDone, itemsOf, progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk } from './talk.ts'
import { foldText } from './text.ts'
import { describeMoment, shorten } from './wording.ts'

const EVERYBODY = /^(?:tat ca|moi nguoi|ca|het|toan bo|tat ca moi nguoi)?$/

/** "nhắc Hà", "nhắc Hà và Hùng", "nhắc tất cả": undefined when the words are no such order. */
export function nudge(
  talk: Talk,
  whom: string,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  const isLeader = hasRole(world.me, 'coordinator', 'chairman')
  const named = whom.replace(/^(?:lại|lai)(?=\s|$)/iu, '').trim()
  const isAll = EVERYBODY.test(foldText(named))
  const meant = isAll ? [] : namedIn(named, setting)
  if (meant === undefined)
    return isLeader && named.split(/\s+/).length <= NAME_WORDS && !askedText(talk, setting)
      ? say(talk, [{ key: 'nudge.unknown', values: { raw: shorten(named) } }], world)
      : undefined
  if (!isLeader) return say(talk, [{ key: 'nudge.notAllowed' }], world)
  const owing = ownersOf(round, world.office)
    .filter(({ person }) => person.id !== world.me.id && (isAll || meant.includes(person)))
    .filter(({ items }) => items.some((item) => !isDone(round, item)))
    .map(({ person }) => person)
  if (isAll && owing.length === 0) return say(talk, [{ key: 'nudge.nobody' }], world)
  const isNudged = ({ id }: Person) => findMark(round, 'nudge', id)?.at.slice(0, 10) === round.today
  const now = owing.filter((person) => world.reachable.has(person.id) && !isNudged(person))
  const already = owing.filter(isNudged)
  const free = meant.filter((person) => !owing.includes(person))
  const says: readonly (Say | false)[] = [
    now.length > 0 && { key: 'nudge.done', values: { people: namesOf(now) } },
    already.length > 0 && { key: 'nudge.already', values: { people: namesOf(already) } },
    free.length > 0 && { key: 'nudge.nothingLeft', values: { people: namesOf(free) } },
    ...free.flatMap((person) => absenceOf(person, round, world.office)),
    ...owing.flatMap((person) => unreachableSay(person, world)),
  ]
  const step = say(
    talk,
    says.filter((one) => one !== false),
    world,
  )
  const marks = now.map(
    ({ id }): Effect => ({
      type: 'record',
      periodKey: round.period.key,
      ...setMark('nudge', id, { text: world.me.id, raw }),
    }),
  )
  return {
    talk: step.talk,
    effects: [
      ...marks,
      ...(now.length > 0 ? [audit('nudge', round, { people: now.map(({ id }) => id).join(', ') })] : []),
      ...step.effects,
      ...now.map((person) => nudgeFor(person, setting)),
    ],
  }
}

/** What a leader did with a collection, for the record. */
export function audit(action: string, { period }: Round, detail: Readonly<Record<string, string>>): Effect {
  return { type: 'audit', action, detail: { period: period.key, ...detail } }
}

const NAME_WORDS = 4
const SEVERAL = /\s*(?:[,;]|\s(?:và|va)\s)\s*/iu

/** Those named, each by a name that is nobody else's; undefined where one is not. */
function namedIn(names: string, { world }: Setting): readonly Person[] | undefined {
  const whole = findPeople(world.office, names)
  const found =
    whole.length > 0 ? [whole] : names.split(SEVERAL).map((name) => findPeople(world.office, name))
  return found.every((people) => people.length === 1) ? found.flat() : undefined
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
        from: senderOf(world.me),
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
