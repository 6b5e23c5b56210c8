import type { Job } from './job.ts'

/** Opens the collections whose time has come. */
export const open: Job = {
  name: 'open',
  cron: '0 */5 * * * *',
  run: (app) => app.openDue(),
}
