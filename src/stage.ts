import type { App } from './app.ts'
import type { RecordingChannel } from './channels/recording.ts'
import type { Moment } from './core/answer.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { type Period, readPeriodKey } from './core/period.ts'
import type { Shown } from './effort.ts'
import type { Shelf } from './rounds.ts'
import type { Scenario } from './scenario.ts'
import type { Store } from './store/store.ts'

/** One message of a play, in or out. */
export interface Line {
  readonly at: Moment
  readonly person: string
  readonly channel: string
  readonly direction: 'in' | 'out'
  readonly text: string
  readonly buttons: readonly string[]
  readonly files: readonly string[]
}

/** The stage a scenario is played on: the real app and store, a clock one can turn, channels that write things down. */
export interface Stage {
  readonly scenario: Scenario
  readonly packs: readonly ReportPack[]
  readonly app: App
  readonly store: Store
  readonly channels: readonly RecordingChannel[]
  readonly isHeard: (words: string, heard: string) => boolean
  readonly beatMinutes: number
  readonly transcript: Line[]
  readonly drafts: { name: string; bytes: Uint8Array }[]
  /** How many messages of each channel stand in the transcript already. */
  readonly seen: Map<string, number>
  /** The messages of each person, by the id they first came with. */
  readonly written: Map<string, string[]>
  now: Moment
  handed: number
  shown: Shown
}

export function playedPeriod(
  scenario: Scenario,
  packs: readonly ReportPack[],
): { pack: ReportPack; period: Period } | undefined {
  const period = scenario.period === undefined ? undefined : readPeriodKey(scenario.period)
  const pack = period && packsOf(scenario.office, packs).find((one) => one.periods[period.name] !== undefined)
  return period && pack && { period, pack }
}

export function shelfOf({ store, scenario }: Stage, periods: Shelf['periods']): Shelf {
  return { periods, answersOf: (key) => store.listAnswers(scenario.office.id, key) }
}
