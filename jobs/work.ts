import type { Job } from './job.ts'

/** Works off what waits and delivers what is pending. */
export const work: Job = {
  name: 'work',
  cron: '*/20 * * * * *',
  run: (app) => app.work(),
}
