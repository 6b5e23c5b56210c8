import type { Job } from './job.ts'

/** Opens what is due, works off what waits and delivers what is pending. */
export const beat: Job = {
  name: 'beat',
  cron: '*/20 * * * * *',
  run: (app) => app.beat(),
}
