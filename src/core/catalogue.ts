import { z } from 'zod'
import { checkFit, codesOf } from './fit.ts'
import { inputsOf } from './formula.ts'
import type { Problem } from './office.ts'
import {
  checkDrafts,
  checkItem,
  Group,
  Item,
  isSettingName,
  type PackFile,
  type ReportPack,
  type Section,
  templatesOf,
} from './pack.ts'
import { Relation } from './relation.ts'
import { placeholdersIn } from './template.ts'

/** Indicators every pack may pick from, with what must hold between them. */
export const Catalogue = z.strictObject({
  groups: z.array(Group).default([]),
  items: z.array(Item).default([]),
  relations: z.array(Relation).default([]),
})
export type Catalogue = z.infer<typeof Catalogue>

/** All files of the catalogue as one, in their order. */
export function joinCatalogues(catalogues: readonly Catalogue[]): Catalogue {
  return {
    groups: catalogues.flatMap(({ groups }) => groups),
    items: catalogues.flatMap(({ items }) => items),
    relations: catalogues.flatMap(({ relations }) => relations),
  }
}

/**
 * The pack as a collection works with it: what it takes from `base` filled in, and of the catalogue just
 * the items its sentences and forms name, with what their formulas need. A relation stays when all it
 * speaks of is there.
 */
export function buildPack(file: PackFile, catalogue: Catalogue, base?: ReportPack): ReportPack {
  const { extends: _, ...own } = file
  const sections = own.sections ?? base?.sections ?? []
  const appendices = own.appendices ?? base?.appendices ?? []
  const document = { ...base?.document, ...own.document } as ReportPack['document']
  const replaced = new Set(own.items.map((item) => item.code))
  const known = replaceItems(replaceItems(catalogue.items, base?.items ?? []), own.items)
  const used = usedCodes(
    [
      ...sections.flatMap(namesInSection),
      ...[...(document.opening ?? []), document.closing ?? ''].flatMap(namesInText),
      ...appendices.flatMap((form) =>
        form.rows.flatMap((row) => [...(row.item === undefined ? [] : [row.item]), ...namesInText(row.note)]),
      ),
      ...replaced,
    ],
    known,
  )
  const items = known.filter((item) => used.has(item.code)).map((item) => withinReach(item, used))
  const groups = new Map(
    [...catalogue.groups, ...(base?.groups ?? []), ...own.groups].map((group) => [group.id, group]),
  )
  const ownIds = new Set(own.relations.map((relation) => relation.id))
  const relations = new Map([...catalogue.relations, ...(base?.relations ?? [])].map((one) => [one.id, one]))
  return {
    ...own,
    periods: own.periods ?? base?.periods ?? {},
    document,
    groups: [...groups.values()].filter(({ id }) => items.some((item) => item.group === id)),
    items,
    relations: [
      ...[...relations.values()].filter(
        (relation) => !ownIds.has(relation.id) && codesOf(relation).every((code) => used.has(code)),
      ),
      ...own.relations,
      ...items
        .filter(({ span }) => span === 'year')
        .map(growing)
        .filter(({ id }) => !relations.has(id) && !ownIds.has(id)),
    ],
    sections,
    appendices,
    isVariant: file.extends !== undefined,
  }
}

/** What is counted since January never falls within a year. */
function growing({ code }: Item): Relation {
  const id = `luy-ke-${code.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  return { id, type: 'grows', item: code, severity: 'ask', missing: 'wait' }
}

/** One that takes another's place is asked in its place; what is new comes last. */
function replaceItems(items: readonly Item[], own: readonly Item[]): readonly Item[] {
  const byCode = new Map(own.map((item) => [item.code, item]))
  const codes = new Set(items.map((item) => item.code))
  return [
    ...items.map((item) => byCode.get(item.code) ?? item),
    ...own.filter((item) => !codes.has(item.code)),
  ]
}

function usedCodes(named: readonly string[], items: readonly Item[]): ReadonlySet<string> {
  const byCode = new Map(items.map((item) => [item.code, item]))
  const used = new Set<string>()
  const add = (code: string): void => {
    const item = byCode.get(code)
    if (!item || used.has(code)) return
    used.add(code)
    for (const input of item.formula ? inputsOf(item.formula) : []) add(input)
    if (item.when) add(item.when.item)
    if (item.when?.and) add(item.when.and.item)
  }
  for (const code of named) add(code)
  return used
}

/** A drafted paragraph goes with the figures it tells of: a pack that does not ask for them all is offered none. */
function withinReach(item: Item, used: ReadonlySet<string>): Item {
  const { draft, ...rest } = item
  const names = draft === undefined ? [] : (placeholdersIn(draft) ?? [])
  return names.every((name) => used.has(name) || isSettingName(name)) ? item : rest
}

function namesInSection(section: Section): readonly string[] {
  return [
    ...namesInText(section.title),
    ...namesInText(section.line ?? ''),
    ...section.text.flatMap(namesInText),
    ...section.sections.flatMap(namesInSection),
  ]
}

function namesInText(text: Section['text'][number]): readonly string[] {
  return templatesOf(text).flatMap(({ template }) => placeholdersIn(template) ?? [])
}

/** What is wrong with one file of the catalogue among the others. */
export function checkCatalogue(
  file: Catalogue,
  all: Catalogue,
  duties: readonly string[],
): readonly Problem[] {
  const groups = all.groups.map((group) => group.id)
  const count = <T>(list: readonly T[], one: T) => list.filter((other) => other === one).length
  const codes = all.items.map((item) => item.code.toLowerCase())
  return [
    ...file.groups.flatMap(({ id }, index): readonly Problem[] =>
      count(groups, id) > 1 ? [{ path: ['groups', index, 'id'], key: 'file.twice', value: id }] : [],
    ),
    ...file.items.flatMap((item, index): readonly Problem[] => [
      ...(count(codes, item.code.toLowerCase()) > 1
        ? [{ path: ['items', index, 'code'], key: 'file.twice', value: item.code } as const]
        : []),
      ...checkItem(item, index, { groups, duties }),
    ]),
    ...checkFit(file, all.items),
    ...checkDrafts(
      file.items,
      all.items.map((item) => item.code),
    ),
  ]
}
