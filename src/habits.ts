import type { Moment } from './core/answer.ts'
import { findPerson, type Office } from './core/office.ts'
import type { Item, ReportPack } from './core/pack.ts'
import { itemsOf } from './core/round.ts'
import { readRounds } from './rounds.ts'
import type { Store, StoredPeriod } from './store/store.ts'

/**
 * How people in a play are, while its clock moves: they answer the day after the opening · once they have been
 * reminded · long after the deadline · never; are away at first, and answer late; or hand all but one item to
 * colleagues who have no duty of their own, and answer that one.
 */
export const HABITS = ['prompt', 'reminded', 'late', 'silent', 'away', 'delegates'] as const
export type Habit = (typeof HABITS)[number]
export type Habits = Readonly<Record<string, Habit>>

interface Scene {
  readonly habits: Habits
  readonly office: Office
  readonly packs: readonly ReportPack[]
  readonly store: Store
  readonly now: Moment
  readonly say: (person: string, text: string) => Promise<void>
}

/** The hours at which people see to their reports. */
const HOURS: ReadonlySet<string> = new Set(['10:00', '15:00'])
const FIRST_MORNING = 0.2
const LATE_DAYS = 20
const FORGOTTEN_DAYS = 40
/** As much as one person answers in one go. */
const ITEMS_AT_ONCE = 6

/** What everybody who still has something to give does at this hour. */
export async function liveOn(scene: Scene): Promise<void> {
  if (!HOURS.has(scene.now.slice(11, 16))) return
  for (const period of await scene.store.listPeriods(scene.office.id)) {
    const days = (Date.parse(scene.now) - Date.parse(period.openedAt)) / 86_400_000
    if (period.closedAt !== undefined || days > FORGOTTEN_DAYS) continue
    const openOf = await readOpen(scene, period)
    const deeds = [...(await scene.store.listDeeds(scene.office.id, [period.key]))]
    for (const [person, habit] of Object.entries(scene.habits)) {
      const isReminded = deeds.some(
        (key) => key.startsWith(`remind:${period.key}:`) && key.includes(`:${person}:`),
      )
      const open = openOf(person)
      if (open.length > 0) await act(scene, { person, habit, days, isReminded, open })
    }
  }
}

interface Actor {
  readonly person: string
  readonly habit: Habit
  readonly days: number
  readonly isReminded: boolean
  /** What is theirs in the collection, and not answered. */
  readonly open: readonly Item[]
}

async function act(scene: Scene, actor: Actor): Promise<void> {
  const { person, habit, days, isReminded } = actor
  const answer = () => answerSome(scene, actor)
  switch (habit) {
    case 'prompt':
      return days > 1 ? answer() : undefined
    case 'reminded':
      return isReminded ? answer() : undefined
    case 'late':
      return days > LATE_DAYS ? answer() : undefined
    case 'away':
      if (days < FIRST_MORNING) return leave(scene, person)
      return days > LATE_DAYS ? answer() : undefined
    case 'delegates':
      if (days < FIRST_MORNING) return delegate(scene, actor)
      return days > 1 ? answer() : undefined
    default:
      return undefined
  }
}

async function answerSome({ say }: Scene, { person, open }: Actor): Promise<void> {
  for (const item of open.slice(0, ITEMS_AT_ONCE)) await say(person, `${item.code} = ${wordsFor(item)}`)
}

/** No figure is made up: nothing has arisen, and what is planned is being done. */
function wordsFor({ isTask, kind }: Item): string {
  if (isTask) return 'đang làm'
  return kind === 'text' ? 'Thực hiện theo kế hoạch.' : 'không phát sinh'
}

async function leave({ say, office }: Scene, person: string): Promise<void> {
  const other = office.people.find(({ id, roles }) => id !== person && roles.includes('coordinator'))
  if (other) await say(person, `nghỉ đến thứ Hai, nhờ ${other.name}`)
}

/** One after the other, so that as many as possible have something to answer. */
async function delegate({ office, habits, say }: Scene, { person, open }: Actor): Promise<void> {
  const helpers = office.people.filter(({ id, duties }) => duties.length === 0 && habits[id] !== undefined)
  const start = office.people.findIndex(({ id }) => id === person)
  for (const [index, { code }] of open.slice(1).entries()) {
    const helper = helpers[(start * 3 + index) % helpers.length]
    if (helper) await say(person, `chuyển ${code} cho ${helper.name}`)
  }
}

async function readOpen(
  { store, office, packs, now }: Scene,
  { key }: StoredPeriod,
): Promise<(id: string) => readonly Item[]> {
  const shelf = {
    periods: await store.listPeriods(office.id),
    answersOf: (periodKey: string) => store.listAnswers(office.id, periodKey),
  }
  const rounds = await readRounds(shelf, { office, packs, now })
  const round = rounds.find(({ period, isClosed }) => period.key === key && !isClosed)
  return (id) => {
    const person = findPerson(office, id)
    return round && person
      ? itemsOf(round, office, person).filter(({ code }) => !round.answers.has(code))
      : []
  }
}
