import type { Job } from './job.ts'

/** Tells the coordinator, then the chairman, what is missing after the deadline; the draft, which says it too, goes first. */
export const escalate: Job = {
  name: 'escalate',
  cron: '45 */5 * * * *',
  run: (app) => app.remind(['deliver', 'overdue']),
}
