import type { Job } from './job.ts'

/** Removes what has had its time. */
export const tidy: Job = {
  name: 'tidy',
  cron: '0 10 3 * * *',
  run: (app) => app.tidy(),
}
