import type { Moment } from './core/answer.ts'
import { carriedLeave } from './core/away.ts'
import { addMinutes, dayOf, isOfficeTime, momentOn } from './core/calendar.ts'
import { yearsFallingDue } from './core/due.ts'
import { never } from './core/never.ts'
import { findPerson, hasRole, type Office, type Person, type Role } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import type { Period } from './core/period.ts'
import { asksOfTasks } from './core/plan.ts'
import { type Due, planKey, planReminders } from './core/remind.ts'
import { duePeriods, workTimeOf } from './core/schedule.ts'
import type { Event } from './core/talk.ts'
import { readRounds } from './rounds.ts'
import type { Steps } from './steps.ts'
import type { Facts, Store, StoredOffice, StoredPeriod } from './store/store.ts'

/** The open channels of each person. */
type Ways = ReadonlyMap<string, readonly string[]>

/** What the bot does of its own accord. Each deed has a key for all time, so that all of it may be done any number of times. */
export interface Chores {
  openPeriod(officeId: string, pack: ReportPack, period: Period): Promise<'opened' | 'known'>
  openDue(): Promise<void>
  recallDue(): Promise<void>
  remind(kinds?: readonly Due['type'][]): Promise<void>
  tellUnsure(): Promise<void>
}

export function createChores({
  store,
  packs,
  readOffice,
  clock,
  repeatable,
  deliver,
  onFault,
  remaining,
  stepEach,
  announce,
}: Steps & {
  readonly store: Store
  readonly packs: readonly ReportPack[]
  readonly readOffice: (stored: StoredOffice) => Office
  readonly clock: () => Moment
  readonly repeatable: readonly string[]
  readonly deliver: () => void
  /** What is due and cannot be done keeps nothing else from being done. */
  readonly onFault: (error: unknown, key: string) => void
  /** How many messages a channel's account may still send; undefined where nobody counts. */
  readonly remaining: (channel: string) => Promise<number | undefined>
}): Chores {
  /** Opens the collection and tells everyone who can be reached, once for all time. */
  async function openPeriod(officeId: string, pack: ReportPack, period: Period): Promise<'opened' | 'known'> {
    const deed = await store.turn({ type: 'deed', officeId, key: `open:${period.key}` }, async (stored) => {
      if (!stored.office) return undefined
      const at = clock()
      const office = readOffice(stored.office)
      const opened: StoredPeriod = { key: period.key, packId: pack.id, openedAt: at }
      const rounds = await readRounds(stored, { office, packs, now: at, withClosed: true })
      const leave = carriedLeave(rounds, dayOf(at))
      const facts: Facts = {
        ...stored,
        periods: [opened, ...stored.periods],
        answersOf: async (key) => (key === period.key ? leave : stored.answersOf(key)),
      }
      const greetings = await stepEach({ facts, office, at }, office.people, {
        event: { type: 'opened', periodKey: period.key },
        key: `open:${officeId}:${period.key}`,
      })
      const detail = JSON.stringify({ period: period.key })
      const answers = leave.map((answer) => ({ periodKey: period.key, answer }))
      return {
        ...greetings,
        answers,
        periods: [opened],
        audits: [{ actor: 'thuky', action: 'open', detail }],
      }
    })
    if (deed) deliver()
    return deed ? 'opened' : 'known'
  }

  /** Periods whose opening has come and whose deadline has not gone. */
  async function openDue(): Promise<void> {
    const now = clock()
    for (const stored of await store.listOffices()) {
      const office = readOffice(stored)
      // A machine that wakes at night opens in the morning.
      if (!isOfficeTime(now, workTimeOf(office.calendar))) continue
      const known = new Set((await store.listPeriods(stored.id)).map((period) => period.key))
      for (const { pack, period } of duePeriods(office, packsOf(office, packs), now)) {
        if (!known.has(period.key)) await openPeriod(stored.id, pack, period)
      }
    }
  }

  /** Whoever asked to be reminded at an hour that has come is asked then; once, for the mark goes with it. */
  async function recallDue(): Promise<void> {
    const now = clock()
    for (const { id } of await store.listOffices()) {
      const open = (await store.listPeriods(id)).filter(({ closedAt }) => closedAt === undefined)
      for (const { key } of open) {
        const marks = await store.listMarks(id, { periodKey: key, kind: 'later' })
        for (const { by, text: due } of marks.flatMap(({ by, given }) =>
          given.state === 'text' && given.text <= now ? [{ by, text: given.text }] : [],
        ))
          await recall(id, key, { by, due })
      }
    }
  }

  async function recall(
    officeId: string,
    periodKey: string,
    { by, due }: { readonly by: string; readonly due: Moment },
  ): Promise<void> {
    const key = `later:${periodKey}:${by}:${due}`
    const deed = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      const office = facts.office && readOffice(facts.office)
      const person = office && findPerson(office, by)
      if (!office || !person) return undefined
      const event: Event = { type: 'recalled', periodKey }
      const recalled = await stepEach({ facts, office, at: clock() }, [person], {
        event,
        key,
        isUnasked: false,
      })
      return recalled.talks.length > 0 ? recalled : undefined
    })
    if (deed) deliver()
  }

  /** One office that cannot be reminded keeps no other from it. */
  async function remind(kinds?: readonly Due['type'][]): Promise<void> {
    for (const { id } of await store.listOffices())
      await remindOffice(id, kinds).catch((error: unknown) => onFault(error, id))
  }

  /** What is due is planned in a look, and done by turns of their own. */
  async function remindOffice(id: string, kinds?: readonly Due['type'][]): Promise<void> {
    const { due, ways } = await planned(id)
    const wave = due.filter(({ type }) => kinds?.includes(type) !== false)
    const left = await budgetOf(id, wave, ways)
    for (const one of wave) {
      const own = 'personId' in one ? (ways.get(one.personId) ?? []) : []
      // Where no account may send any more, the coordinator has been asked to tell them.
      if (own.length > 0 && own.every((channel) => left.get(channel) === 0)) continue
      const isSaid = await perform(id, one, new Set(left.keys())).catch((error: unknown) => {
        onFault(error, one.key)
        return false
      })
      if (isSaid) spend(left, own)
    }
  }

  /** What is due, and the open channels of each person in the order they are written to. */
  async function planned(officeId: string): Promise<{ readonly due: readonly Due[]; readonly ways: Ways }> {
    const ways = new Map<string, readonly string[]>()
    const due = await store.look(officeId, async (facts) => {
      const all = await planIn(facts)
      for (const { personId, channel, closed } of all.length > 0 ? await facts.addresses() : [])
        if (closed === undefined) ways.set(personId, [...(ways.get(personId) ?? []), channel])
      return all
    })
    return { due: due ?? [], ways }
  }

  /** What is left of each account that may send fewer messages than this wave needs; the coordinator is told, once a day. */
  async function budgetOf(officeId: string, wave: readonly Due[], ways: Ways): Promise<Map<string, number>> {
    const people = new Set(wave.flatMap((due) => ('personId' in due ? due.personId : [])))
    const firsts = [...people].flatMap((person) => ways.get(person)?.[0] ?? [])
    const short = new Map<string, number>()
    for (const channel of new Set(firsts)) {
      const wanted = firsts.filter((one) => one === channel).length
      const left = await remaining(channel)
      if (left === undefined || left >= wanted) continue
      short.set(channel, Math.max(left, 0))
      const event: Event = { type: 'budget', channel, left: Math.max(left, 0), wanted }
      const key = `budget:${channel}:${clock().slice(0, 10)}`
      await announce(officeId, { key, to: ['coordinator'], avoid: new Set([channel]), event })
    }
    return short
  }

  /** `doing`: the key of this very deed, which is kept already as it is being done. */
  async function planIn(facts: Facts, doing?: string): Promise<readonly Due[]> {
    if (!facts.office) return []
    const now = clock()
    const whole = readOffice(facts.office)
    // Where no report accounts for tasks, nobody is told of them.
    const office = packsOf(whole, packs).some(asksOfTasks) ? whole : { ...whole, plans: [] }
    const open = facts.periods.filter(({ closedAt }) => closedAt === undefined)
    const years = yearsFallingDue(office, dayOf(now))
    if (open.length === 0 && years.length === 0) return []
    const ofYears = facts.periods.flatMap(({ key }) =>
      years.some((year) => key.startsWith(`${year}-`)) ? key : [],
    )
    const rounds = await readRounds(facts, { office, packs, now, whole: ofYears })
    const addresses = await facts.addresses()
    const reachable = addresses.flatMap(({ personId, closed }) => (closed === undefined ? personId : []))
    const kept = await facts.deeds([...open.map(({ key }) => key), ...years.map(planKey)])
    const done = new Set([...kept].filter((key) => key !== doing))
    const opened = new Map(facts.periods.map(({ key, openedAt }) => [key, openedAt]))
    const joined = new Map(addresses.map(({ personId, boundAt }) => [personId, boundAt]))
    const known = { now, office, rounds, reachable: new Set(reachable), done, opened, joined }
    const due = planReminders(known)
    const told = due.flatMap((one) => (one.type === 'tasks' ? one.personId : []))
    if (told.length === 0) return due
    const said = await facts.saidTo(told, momentOn(dayOf(now), '00:00'))
    const heard = new Set(said.flatMap(({ personId, isUnasked }) => (isUnasked ? personId : [])))
    return planReminders({ ...known, heard })
  }

  /** Planned anew where it is kept: who has answered since is left in peace. Says whether anything was said. */
  async function perform(officeId: string, { key }: Due, avoid: ReadonlySet<string>): Promise<boolean> {
    const deed = await store.turn({ type: 'deed', officeId, key }, async (facts) => {
      const due = (await planIn(facts, key)).find((one) => one.key === key)
      if (!facts.office || !due) return undefined
      const office = readOffice(facts.office)
      const people = await toldOf(due, office, facts)
      const told = await stepEach({ facts, office, at: clock() }, people, { event: eventOf(due), key, avoid })
      // Nothing said is nothing done: who is just talking is reminded later.
      return told.messages.length > 0 ? told : undefined
    })
    if (deed) deliver()
    return deed !== undefined
  }

  /** One leader's turn hands the draft to all of them. */
  async function toldOf(due: Due, office: Office, facts: Facts): Promise<readonly Person[]> {
    const withRole = (role: Role) => office.people.filter((person) => hasRole(person, role))
    switch (due.type) {
      case 'remind':
      case 'promised':
      case 'tasks':
        return office.people.filter(({ id }) => id === due.personId)
      case 'overdue':
        return withRole(due.to)
      case 'digest':
        return withRole('chairman')
      case 'deliver': {
        const addresses = await facts.addresses()
        const canHear = ({ id }: Person) =>
          addresses.some(({ personId, closed }) => personId === id && closed === undefined)
        return [...withRole('coordinator'), ...withRole('chairman')].filter(canHear).slice(0, 1)
      }
      default:
        return never(due)
    }
  }

  /** What was sent and never answered for: once an hour the coordinator hears of the latest, and finds the rest in the list. */
  async function tellUnsure(): Promise<void> {
    const now = clock()
    await store.recover({ at: now, repeatable })
    const unsure = await store.listUnsure(addMinutes(now, -60))
    for (const officeId of new Set(unsure.map((one) => one.officeId))) {
      const latest = unsure.findLast((one) => one.officeId === officeId)
      const key = `unsure:${now.slice(0, 13)}`
      if (latest)
        await announce(officeId, { key, to: ['coordinator'], event: { type: 'unsure', unsure: latest } })
    }
  }

  return { openPeriod, openDue, recallDue, remind, tellUnsure }
}

function eventOf(due: Due): Event {
  switch (due.type) {
    case 'remind':
      return { type: 'reminded', periodKey: due.periodKey, stage: due.stage }
    case 'promised':
      return { type: 'promised', periodKey: due.periodKey }
    case 'tasks':
      return { type: 'tasksDue', tasks: due.tasks }
    case 'overdue':
      return { type: 'overdue', periodKey: due.periodKey }
    case 'deliver':
      return { type: 'due', periodKey: due.periodKey }
    case 'digest':
      return { type: 'digest', periodKey: due.periodKey }
    default:
      return never(due)
  }
}

/** Who has but one channel is written to there: it may send one message less. */
function spend(left: Map<string, number>, own: readonly string[]): void {
  const [only, ...others] = own
  const count = only === undefined || others.length > 0 ? undefined : left.get(only)
  if (only !== undefined && count !== undefined) left.set(only, count - 1)
}
