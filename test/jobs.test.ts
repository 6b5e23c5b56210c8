import { validate } from 'node-cron'
import { expect, test } from 'vitest'
import { jobs } from '../jobs/list.ts'

test.each(jobs.map((job) => [job.name, job.cron] as const))(
  'the job %s beats at a time there is',
  (_, cron) => {
    expect(validate(cron)).toBe(true)
  },
)

test('no two jobs have one name', () => {
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length)
})
