import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer, Given } from '../../src/core/answer.ts'
import { packsOf } from '../../src/core/pack.ts'
import { readPeriodKey } from '../../src/core/period.ts'
import { latestByCode, type Round } from '../../src/core/round.ts'
import { scheduleOf } from '../../src/core/schedule.ts'
import type { Prompts } from '../../src/prompts.ts'
import type { Scenario } from '../../src/scenario.ts'

export interface Replayed {
  readonly round: Round
  readonly history: readonly Answer[]
}

/** The collection as a played scenario left it in `answers.json`. */
export function readReplayed(
  folder: string,
  { office, period: ky = '' }: Scenario,
  { packs }: Prompts,
): Replayed {
  const [pack] = packsOf(office, packs)
  const period = readPeriodKey(ky)
  if (!pack || !period) throw new Error('the scenario names no report')
  const told = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Readonly<
    Record<string, Given & Pick<Answer, 'by' | 'at' | 'raw'>>
  >
  const history = Object.entries(told).map(
    ([code, { by, at, raw, ...given }]): Answer => ({
      code,
      given: given as Given,
      by,
      at,
      raw,
      channel: 'web',
      messageId: '',
    }),
  )
  const schedule = scheduleOf(period, office.calendar)
  const round: Round = {
    period,
    pack,
    schedule,
    isClosed: false,
    today: schedule.to,
    answers: latestByCode(history),
    previous: new Map(),
  }
  return { round, history }
}
