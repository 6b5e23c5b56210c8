import type { Job } from './job.ts'

/** Tells the chairman once a week how far the collection is, where the office wants it. */
export const digest: Job = {
  name: 'digest',
  cron: '20 */10 * * * *',
  run: (app) => app.remind(['digest']),
}
