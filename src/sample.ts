import type { App } from './app.ts'
import type { Day, Moment } from './core/answer.ts'
import { addDays, addWorkingDays, dayOf } from './core/calendar.ts'
import type { Office } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { readPeriod } from './core/period.ts'
import { scheduleOf, workTimeOf } from './core/schedule.ts'
import type { Store } from './store/store.ts'

const DAYS_TO_TRY = 5

/** Sets the sample office up for trying out: quý I stands open and due in a week, everyone has a room in the browser. */
export async function openSample(options: {
  readonly store: Store
  readonly app: App
  readonly office: Office
  readonly packs: readonly ReportPack[]
  readonly now: Moment
}): Promise<void> {
  const { store, app, office, packs, now } = options
  const today = dayOf(now)
  const period = readPeriod('quy1', today)
  const pack = packsOf(office, packs).find((one) => one.periods.quy1 !== undefined)
  if (!period || !pack) return
  const known = (await store.listOffices()).some((stored) => stored.id === office.id)
  const isOver = scheduleOf(period, office.calendar).deadline < now
  const ready = isOver ? withDeadline(office, period.key, today) : office
  await store.saveOffice({ id: office.id, data: JSON.stringify(ready) }, now)
  if (!known) {
    for (const person of office.people) {
      await store.bind({ channel: 'web', chat: person.id, officeId: office.id, personId: person.id }, now)
    }
  }
  await app.openPeriod(office.id, pack, period)
}

function withDeadline(office: Office, key: string, today: Day): Office {
  const { calendar } = office
  const deadline = addWorkingDays(today, DAYS_TO_TRY, workTimeOf(calendar))
  const times = {
    opens: `${today}T00:00`,
    deadline: `${deadline}T${calendar.deadlineAt}`,
    closes: `${addDays(deadline, 30)}T23:59`,
  }
  return { ...office, calendar: { ...calendar, periods: { ...calendar.periods, [key]: times } } }
}
