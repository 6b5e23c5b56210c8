import type { Answer, Moment } from './core/answer.ts'
import { dayOf } from './core/calendar.ts'
import { movedDeadline } from './core/mark.ts'
import { Office, placeOf } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { dataWindow, type Period, periodOf, readPeriodKey } from './core/period.ts'
import { planFor, withPlan } from './core/plan.ts'
import { latestByCode, type Round } from './core/round.ts'
import { type Schedule, scheduleOf } from './core/schedule.ts'
import type { Store, StoredOffice, StoredPeriod } from './store/store.ts'

/** What the store holds of one office, as far as a collection needs it. */
export interface Shelf {
  readonly periods: readonly StoredPeriod[]
  answersOf(periodKey: string): Promise<readonly Answer[]>
}

interface Reading {
  readonly office: Office
  readonly packs: readonly ReportPack[]
  readonly now: Moment
  /** The latest closed collection with its answers, too. */
  readonly withClosed?: boolean
  /** Those that are read whole though they are closed. */
  readonly whole?: readonly string[]
}

/** All collections of an office, the earliest deadline first; closed ones without their answers. */
export async function readRounds(shelf: Shelf, reading: Reading): Promise<readonly Round[]> {
  const { office, packs, now, withClosed = false, whole = [] } = reading
  const known = shelf.periods.flatMap((stored) => {
    const period = readPeriodKey(stored.key)
    // The office may have taken another form since: what was answered stays.
    const taken = period && packsOf(office, packs).find((one) => one.periods[period.name] !== undefined)
    const pack = taken ?? packs.find((one) => one.id === stored.packId)
    if (!period || !pack) return []
    const schedule = scheduleOf(period, office.calendar)
    const closed = stored.closedAt === undefined ? {} : { closedAt: stored.closedAt }
    return [{ period, pack, schedule, isClosed: isOver(stored, schedule, now), ...closed }]
  })
  known.sort((one, other) => (one.schedule.deadline < other.schedule.deadline ? -1 : 1))
  const lastClosed = withClosed ? known.findLast(({ isClosed }) => isClosed) : undefined
  const rounds = await Promise.all(
    known.map(async (one) =>
      one.isClosed && one !== lastClosed && !whole.includes(one.period.key)
        ? { ...one, isUnread: true, today: dayOf(now), answers: new Map(), previous: new Map() }
        : readRound(shelf, { office, now, ...one }),
    ),
  )
  return rounds.toSorted((one, other) => (one.schedule.deadline < other.schedule.deadline ? -1 : 1))
}

/** The collections no pack is left for, as "2026-quy1: cchc"; nobody sees them until it is there again. */
export async function periodsWithoutPack(
  store: Pick<Store, 'listPeriods'>,
  reading: Reading,
): Promise<readonly string[]> {
  const stored = await store.listPeriods(reading.office.id)
  const rounds = await readRounds({ periods: stored, answersOf: async () => [] }, reading)
  const shown = new Set(rounds.map(({ period }) => period.key))
  return stored.filter(({ key }) => !shown.has(key)).map(({ key, packId }) => `${key}: ${packId}`)
}

/** One collection with its answers and those of the period before; also for a period never opened. */
export async function readRound(
  shelf: Shelf,
  { office, pack, period, now }: { office: Office; pack: ReportPack; period: Period; now: Moment },
): Promise<Round> {
  const stored = shelf.periods.find((one) => one.key === period.key)
  const schedule = scheduleOf(period, office.calendar)
  const before = periodBefore(shelf.periods, pack, period)
  const yearBefore = periodOf(period.name, period.year - 1).key
  const isKnown = shelf.periods.some((one) => one.key === yearBefore && one.packId === pack.id)
  // The first task of another year's plan has the code of this one's, and nothing else in common.
  const known = new Set(pack.items.map(({ code }) => code))
  const ofThisPlan = (answers: Round['answers'], year: number): Round['answers'] =>
    year === period.year ? answers : new Map([...answers].filter(([code]) => known.has(code)))
  const answers: Round['answers'] = stored ? latestByCode(await shelf.answersOf(period.key)) : new Map()
  return {
    period,
    pack: withPlan(pack, planFor(office, period.year)),
    place: placeOf(office),
    schedule: withMovedDeadline(schedule, movedDeadline({ answers })),
    today: dayOf(now),
    isClosed: isOver(stored, schedule, now),
    ...(stored?.closedAt === undefined ? {} : { closedAt: stored.closedAt }),
    answers,
    previous: before ? ofThisPlan(latestByCode(await shelf.answersOf(before.key)), before.year) : new Map(),
    ...(before ? { before } : {}),
    ...(isKnown
      ? { yearBefore: ofThisPlan(latestByCode(await shelf.answersOf(yearBefore)), period.year - 1) }
      : {}),
  }
}

/** What somebody moved the deadline to holds. */
function withMovedDeadline(schedule: Schedule, deadline: Moment | undefined): Schedule {
  if (deadline === undefined) return schedule
  return { ...schedule, deadline }
}

/** Closed by someone, or by the calendar unless someone has reopened it since. */
function isOver(stored: StoredPeriod | undefined, { closes }: Schedule, now: Moment): boolean {
  return stored?.closedAt !== undefined || (stored?.reopenedAt === undefined && closes < now)
}

/** The latest collection of the same pack that ended earlier. */
function periodBefore(
  periods: readonly StoredPeriod[],
  pack: ReportPack,
  period: Period,
): Period | undefined {
  const end = dataWindow(period).to
  return periods
    .filter((stored) => stored.packId === pack.id)
    .flatMap((stored) => readPeriodKey(stored.key) ?? [])
    .filter((other) => dataWindow(other).to < end)
    .sort((one, other) => (dataWindow(one).to < dataWindow(other).to ? 1 : -1))[0]
}

/** Office files are read often and change rarely: parsed once for each text. */
export function createOfficeReader(): (stored: StoredOffice) => Office {
  const read = new Map<string, { readonly data: string; readonly office: Office }>()
  return (stored) => {
    const known = read.get(stored.id)
    if (known?.data === stored.data) return known.office
    const office = Office.parse(JSON.parse(stored.data))
    read.set(stored.id, { data: stored.data, office })
    return office
  }
}
