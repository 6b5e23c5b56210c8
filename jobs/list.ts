import { assemble } from './assemble.ts'
import { chase } from './chase.ts'
import { digest } from './digest.ts'
import { escalate } from './escalate.ts'
import type { Job } from './job.ts'
import { open } from './open.ts'
import { remind } from './remind.ts'
import { tidy } from './tidy.ts'
import { work } from './work.ts'

export const jobs: readonly Job[] = [work, open, chase, remind, escalate, assemble, digest, tidy]
