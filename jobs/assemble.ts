import type { Job } from './job.ts'

/** Hands the draft out on the deadline, with its gaps; a complete one goes at once, by the turn that completed it. */
export const assemble: Job = {
  name: 'assemble',
  cron: '50 */5 * * * *',
  run: (app) => app.remind(['deliver']),
}
