import type { Job } from './job.ts'

/** Asks, on the morning of the day somebody promised, for what they promised. */
export const chase: Job = {
  name: 'chase',
  cron: '15 */5 * * * *',
  run: (app) => app.remind(['promised']),
}
