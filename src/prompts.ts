import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { buildPack, Catalogue, checkCatalogue, joinCatalogues } from './core/catalogue.ts'
import { checkOffice, Office, type Problem } from './core/office.ts'
import { checkPack, PackFile, ReportPack } from './core/pack.ts'
import { Slug } from './core/slug.ts'
import { WEB_WORDS } from './web/words.ts'
import { faultsWithoutWords, readWords, type Words } from './words.ts'
import { type CheckedFile, type Fault, FileFault, readYamlFile } from './yaml.ts'

/** Everything a clerk may edit, read and checked. */
export interface Prompts {
  readonly words: Words
  readonly duties: readonly string[]
  readonly packs: readonly ReportPack[]
}

const Duties = z.record(Slug, z.strictObject({ before: z.string().min(1), after: z.string().min(1) }))
/** Who holds each duty, by the titles before and after 01/7/2025. */
export type Duties = z.infer<typeof Duties>

export async function readPrompts(folder: string): Promise<Prompts> {
  const words = await readWords(join(folder, 'texts.yaml'), WEB_WORDS)
  const shelf = await readShelf(folder)
  return { words, duties: shelf.duties, packs: shelf.packs.map((file) => completePack(file, shelf, [])) }
}

async function yamlFilesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { withFileTypes: true })
  return files
    .filter((file) => file.isFile() && file.name.endsWith('.yaml'))
    .map((file) => file.name)
    .sort(new Intl.Collator('vi', { numeric: true }).compare)
    .map((name) => join(folder, name))
}

export async function readDuties(folder: string): Promise<Duties> {
  return (await readYamlFile(join(folder, 'duties.yaml'), Duties)).value
}

/** The indicators of prompts/items, all files as one. */
async function readCatalogue(folder: string, duties: readonly string[]): Promise<Catalogue> {
  const paths = await yamlFilesIn(join(folder, 'items'))
  const files = await Promise.all(paths.map((path) => readYamlFile(path, Catalogue)))
  const all = joinCatalogues(files.map((file) => file.value))
  const faults = files.flatMap((file) => checkCatalogue(file.value, all, duties).map(file.faultAt))
  if (faults.length > 0) throw new FileFault(faults)
  return all
}

/** What a pack is read among: the duties it may name, the items it may pick, the packs it may extend. */
export interface Shelf {
  readonly duties: readonly string[]
  readonly catalogue: Catalogue
  readonly packs: readonly CheckedFile<PackFile>[]
}

export async function readShelf(folder: string): Promise<Shelf> {
  const duties = Object.keys(await readDuties(folder))
  const catalogue = await readCatalogue(folder, duties)
  const paths = await yamlFilesIn(join(folder, 'packs'))
  const packs = await Promise.all(paths.map((path) => readYamlFile(path, PackFile)))
  const faults = packs.flatMap((file, index) =>
    clashesWith(packs.slice(0, index), file.value).map(file.faultAt),
  )
  if (faults.length > 0) throw new FileFault(faults)
  return { duties, catalogue, packs }
}

/** Two packs of one name, or two made for one period that nobody chooses between: only one would be collected. */
function clashesWith(earlier: readonly CheckedFile<PackFile>[], pack: PackFile): readonly Problem[] {
  if (earlier.some(({ value }) => value.id === pack.id))
    return [{ path: ['id'], key: 'file.twice', value: pack.id }]
  if (pack.extends !== undefined) return []
  return Object.keys(pack.periods ?? {}).flatMap((name): readonly Problem[] => {
    const other = earlier.find(
      ({ value }) => value.extends === undefined && Object.hasOwn(value.periods ?? {}, name),
    )
    if (!other) return []
    const value = `${name}: ${other.value.id}, ${pack.id}`
    return [{ path: ['periods', name], key: 'file.samePeriod', value }]
  })
}

export async function readPack(path: string, shelf: Shelf): Promise<ReportPack> {
  return completePack(await readYamlFile(path, PackFile), shelf, [])
}

/** A pack with what it takes from the catalogue and from the pack it extends; throws FileFault with every fault. */
function completePack(file: CheckedFile<PackFile>, shelf: Shelf, trail: readonly string[]): ReportPack {
  const { value } = file
  const found = shelf.packs.find((other) => other.value.id === value.extends)
  if (value.extends !== undefined && (!found || trail.includes(value.extends)))
    throw new FileFault([file.faultAt({ path: ['extends'], key: 'file.unknownPack', value: value.extends })])
  const base = found && completePack(found, shelf, [...trail, value.id])
  const pack = file.parse(ReportPack, buildPack(value, shelf.catalogue, base))
  if (Object.keys(pack.periods).length === 0)
    throw new FileFault([
      file.faultAt({ path: ['periods'], key: 'file.wrong', value: 'quy1: quý I năm {nam}' }),
    ])
  const { groups, items, relations, sections = [], appendices = [] } = value
  const own = { ...pack, groups, items, relations, sections, appendices }
  const problems = checkPack(own, shelf.duties, shelf.catalogue)
  if (problems.length > 0) throw new FileFault(problems.map(file.faultAt))
  return pack
}

/** With `packs`, the one it names must be among them. */
export async function readOfficeFile(
  file: string,
  duties: readonly string[],
  packs?: readonly ReportPack[],
): Promise<Office> {
  const check = (office: Office) => [...checkOffice(office, duties), ...checkChosenPack(office, packs)]
  return (await readYamlFile(file, Office, check)).value
}

/** An office that names a pack nobody has would collect nothing. */
export function checkChosenPack(
  { pack }: Office,
  packs: readonly ReportPack[] | undefined,
): readonly Problem[] {
  if (pack === undefined || !packs || packs.some(({ id }) => id === pack)) return []
  return [{ path: ['pack'], key: 'file.unknownPack', value: pack }]
}

/** The faults of a file in Vietnamese; where the texts themselves are at fault, in the one sentence that stands in code. */
export async function describeFaults(folder: string, faults: readonly Fault[]): Promise<readonly string[]> {
  try {
    return (await readWords(join(folder, 'texts.yaml'), WEB_WORDS)).faults(faults)
  } catch {
    return faultsWithoutWords(faults)
  }
}
