import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { checkOffice, Office, Slug } from './core/office.ts'
import { checkPack, ReportPack } from './core/pack.ts'
import { WEB_WORDS } from './web/words.ts'
import { faultsWithoutWords, readWords, type Words } from './words.ts'
import { type Fault, readYamlFile } from './yaml.ts'

/** Everything a clerk may edit, read and checked. */
export interface Prompts {
  readonly words: Words
  readonly duties: readonly string[]
  readonly packs: readonly ReportPack[]
}

const Duties = z.record(Slug, z.strictObject({ before: z.string().min(1), after: z.string().min(1) }))

export async function readPrompts(folder: string): Promise<Prompts> {
  const words = await readWords(join(folder, 'texts.yaml'), WEB_WORDS)
  const duties = await readDuties(folder)
  const files = (await readdir(join(folder, 'packs'))).filter((file) => file.endsWith('.yaml')).sort()
  const packs = await Promise.all(files.map((file) => readPack(join(folder, 'packs', file), duties)))
  return { words, duties, packs }
}

export async function readDuties(folder: string): Promise<readonly string[]> {
  return Object.keys((await readYamlFile(join(folder, 'duties.yaml'), Duties)).value)
}

export async function readPack(file: string, duties: readonly string[]): Promise<ReportPack> {
  return (await readYamlFile(file, ReportPack, (pack) => checkPack(pack, duties))).value
}

export async function readOfficeFile(file: string, duties: readonly string[]): Promise<Office> {
  return (await readYamlFile(file, Office, (office) => checkOffice(office, duties))).value
}

/** The faults of a file in Vietnamese; where the texts themselves are at fault, in the one sentence that stands in code. */
export async function describeFaults(folder: string, faults: readonly Fault[]): Promise<readonly string[]> {
  try {
    return (await readWords(join(folder, 'texts.yaml'), WEB_WORDS)).faults(faults)
  } catch {
    return faultsWithoutWords(faults)
  }
}
