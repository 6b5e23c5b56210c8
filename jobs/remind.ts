import type { Job } from './job.ts'

/** Reminds who still owes something, of figures and of tasks that fall due. */
export const remind: Job = {
  name: 'remind',
  cron: '30 */5 * * * *',
  run: (app) => app.remind(['remind', 'tasks']),
}
