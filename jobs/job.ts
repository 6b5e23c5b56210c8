import type { App } from '../src/app.ts'

/** What beats: safe to run any number of times, on any number of processes. */
export interface Job {
  readonly name: string
  /** In Vietnam's time. */
  readonly cron: string
  run(app: App): Promise<void>
}
