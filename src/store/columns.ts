import { z } from 'zod'
import { Given } from '../core/answer.ts'
import type { StoredInbound } from './store.ts'

/** The columns that hold JSON, parsed as they are read. */
export function readGiven(column: string): Given {
  return Given.parse(JSON.parse(column))
}

const Choices = z.array(z.string())

export function readChoices(column: string): readonly string[] {
  return Choices.parse(JSON.parse(column))
}

const InFiles = z.array(
  z.object({
    name: z.string(),
    size: z.number(),
    id: z.string().exactOptional(),
    ref: z.string().exactOptional(),
  }),
)

export function readInFiles(column: string): StoredInbound['files'] {
  return InFiles.parse(JSON.parse(column))
}
