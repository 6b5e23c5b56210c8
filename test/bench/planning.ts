import { packsOf } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { planReminders } from '../../src/core/remind.ts'
import type { Round } from '../../src/core/round.ts'
import { scheduleOf } from '../../src/core/schedule.ts'
import { type Prompts, readOfficeFile } from '../../src/prompts.ts'

const OFFICES = 3321

/** All communes, wards and special zones of the country at the hour of the second reminder, half of it answered. */
export async function timePlanning(
  prompts: Prompts,
): Promise<{ readonly ms: number; readonly reminders: number }> {
  const example = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
  const [pack] = packsOf(example, prompts.packs)
  if (!pack) throw new Error('no pack')
  const period = periodOf('quy1', 2025)
  const now = '2025-03-17T14:00:00.000+07:00'
  const reachable = new Set(example.people.map(({ id }) => id))
  const facts = Array.from({ length: OFFICES }, (_, n) => {
    const office = { ...example, id: `xa-${n}`, calendar: { ...example.calendar } }
    const answers: Round['answers'] = new Map(
      pack.items
        .filter((_, index) => (index + n) % 2 === 0)
        .map(({ code, duty }) => [
          code,
          {
            code,
            given: { state: 'none' },
            raw: 'không',
            by: office.people.find(({ duties }) => duties.includes(duty))?.id ?? '',
            at: '2025-03-10T08:00:00.000+07:00',
            channel: 'web',
            messageId: '',
          },
        ]),
    )
    const round: Round = {
      period,
      pack,
      schedule: scheduleOf(period, office.calendar),
      today: now.slice(0, 10),
      isClosed: false,
      answers,
      previous: new Map(),
    }
    return { now, office, rounds: [round], reachable, done: new Set<string>() }
  })
  const started = performance.now()
  const reminders = facts.reduce((sum, one) => sum + planReminders(one).length, 0)
  return { ms: performance.now() - started, reminders }
}
