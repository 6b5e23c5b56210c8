import { beat } from './beat.ts'
import type { Job } from './job.ts'

export const jobs: readonly Job[] = [beat]
