import { z } from 'zod'
import { checkFit } from './fit.ts'
import { Formula } from './formula.ts'
import { type Problem, Slug } from './office.ts'
import { PERIOD_NAMES } from './period.ts'
import { Code, Relation } from './relation.ts'
import { placeholdersIn } from './template.ts'

/** One thing to be known. */
export const Item = z.strictObject({
  code: Code,
  name: z.string().min(1),
  kind: z.literal(['count', 'decimal', 'percent', 'money', 'ratio', 'score', 'date', 'choice', 'text']),
  unit: z.string().min(1).optional(),
  duty: Slug,
  /** Items of one group are asked together, four at a time: one register, one screen. */
  group: Slug,
  /** Where the official finds it. */
  hint: z.string().min(1).optional(),
  options: z
    .array(z.strictObject({ value: z.string().min(1), name: z.string().min(1) }))
    .min(2)
    .optional(),
  /** Asked unless it says otherwise; a derived one is computed by its formula and never asked. */
  source: z.literal(['asked', 'derived']).optional(),
  formula: Formula.optional(),
})
export type Item = z.infer<typeof Item>

const Group = z.strictObject({ id: Slug, ask: z.string().min(1) })

export interface Section {
  readonly number: string
  readonly title: string
  readonly text: readonly string[]
  readonly sections: readonly Section[]
}

const Section: z.ZodType<Section> = z.strictObject({
  number: z.string().min(1),
  title: z.string().min(1),
  /** Paragraphs; "{II.2c.1}" is the figure with its unit, "{II.2c.1|so}" the bare number. */
  text: z.array(z.string().min(1)).default([]),
  get sections() {
    return z.array(Section).default([])
  },
})

/** One kind of report as data: outline, items, relations, sentences. */
export const ReportPack = z.strictObject({
  id: Slug,
  name: z.string().min(1),
  /** The periods it is made for, and what each is called: quy1: "quý I năm {nam}". */
  periods: z.partialRecord(z.literal(PERIOD_NAMES), z.string().min(1)),
  document: z.strictObject({
    issuer: z.array(z.string().min(1)).min(1),
    symbol: z.string().min(1),
    title: z.string().min(1),
    subject: z.string().min(1),
    opening: z.array(z.string().min(1)).default([]),
    closing: z.string().min(1),
    /** The lines above the signer's name, by who signs. */
    powers: z.strictObject({
      chairman: z.array(z.string().min(1)).min(1),
      deputy: z.array(z.string().min(1)).min(1),
    }),
    sameAsAbove: z.string().min(1),
    filed: z.string().min(1),
    /** What stands where no answer is yet. */
    gap: z.string().min(1),
    gapPromised: z.string().min(1),
    /** The printed words of the kinds of empty. */
    none: z.string().min(1),
    /** The same where a whole paragraph was asked for. */
    noneText: z.string().min(1),
    notApplicable: z.string().min(1),
    /** A contradiction kept with a reason, printed before the closing. */
    note: z.string().min(1),
    /** The note that goes before a draft with gaps: one line an owner. */
    cover: z.strictObject({
      lead: z.string().min(1),
      owner: z.string().min(1),
      item: z.string().min(1),
      itemPromised: z.string().min(1),
      /** A contradiction nobody has settled yet. */
      finding: z.string().min(1),
    }),
  }),
  groups: z.array(Group).min(1),
  items: z.array(Item).min(1),
  relations: z.array(Relation).default([]),
  sections: z.array(Section).min(1),
})
export type ReportPack = z.infer<typeof ReportPack>

/** Names that stand for a setting in a template, beside the codes of items. */
export const SETTING_NAMES = [
  'ky',
  'nam',
  'tu_ngay',
  'den_ngay',
  'don_vi',
  'dia_danh',
  'DIA_DANH',
  'tinh',
  'soan_thao',
] as const

/** What the schema cannot see: codes given twice, groups and duties unknown, relations that contradict their items, templates that name nothing. */
export function checkPack(pack: ReportPack, duties: readonly string[]): readonly Problem[] {
  const codes = pack.items.map((item) => item.code)
  const groups = pack.groups.map((group) => group.id)
  return [
    ...repeated(codes).map(
      (index): Problem => ({ path: ['items', index, 'code'], key: 'file.twice', value: codes[index] ?? '' }),
    ),
    ...repeated(groups).map(
      (index): Problem => ({ path: ['groups', index, 'id'], key: 'file.twice', value: groups[index] ?? '' }),
    ),
    ...pack.items.flatMap((item, index) => checkItem(item, index, { groups, duties })),
    ...checkFit(pack),
    ...pack.sections.flatMap((section, index) => checkSection(section, ['sections', index], codes)),
    ...checkDocument(pack, codes),
  ]
}

function repeated(names: readonly string[]): readonly number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []))
}

function checkItem(
  item: Item,
  index: number,
  known: { groups: readonly string[]; duties: readonly string[] },
): readonly Problem[] {
  const problems: Problem[] = []
  if (!known.groups.includes(item.group))
    problems.push({ path: ['items', index, 'group'], key: 'file.unknownGroup', value: item.group })
  if (!known.duties.includes(item.duty))
    problems.push({ path: ['items', index, 'duty'], key: 'file.unknownDuty', value: item.duty })
  if (item.kind === 'choice' && !item.options)
    problems.push({ path: ['items', index], key: 'file.missing', value: 'options' })
  if (item.kind !== 'choice' && item.options)
    problems.push({ path: ['items', index, 'options'], key: 'file.notHere', value: 'options' })
  return problems
}

function checkSection(
  section: Section,
  path: readonly (string | number)[],
  codes: readonly string[],
): readonly Problem[] {
  return [
    ...section.text.flatMap((text, index) =>
      checkTemplate(text, [...path, 'text', index], [...codes, ...SETTING_NAMES]),
    ),
    ...section.sections.flatMap((inner, index) => checkSection(inner, [...path, 'sections', index], codes)),
  ]
}

function checkDocument(pack: ReportPack, codes: readonly string[]): readonly Problem[] {
  const { document } = pack
  const here = (text: string, path: readonly (string | number)[], names: readonly string[]) =>
    checkTemplate(text, path, names)
  return [
    ...Object.entries(pack.periods).flatMap(([name, text]) => here(text, ['periods', name], ['nam'])),
    ...document.issuer.flatMap((text, index) => here(text, ['document', 'issuer', index], SETTING_NAMES)),
    ...here(document.subject, ['document', 'subject'], SETTING_NAMES),
    ...document.opening.flatMap((text, index) =>
      here(text, ['document', 'opening', index], [...codes, ...SETTING_NAMES]),
    ),
    ...here(document.closing, ['document', 'closing'], SETTING_NAMES),
    ...here(document.filed, ['document', 'filed'], SETTING_NAMES),
    ...here(document.gap, ['document', 'gap'], GAP_NAMES),
    ...here(document.gapPromised, ['document', 'gapPromised'], GAP_NAMES),
    ...here(document.cover.lead, ['document', 'cover', 'lead'], [...SETTING_NAMES, 'da_co', 'tong']),
    ...here(document.cover.owner, ['document', 'cover', 'owner'], ['nguoi', 'so', 'noi_dung']),
    ...here(document.cover.item, ['document', 'cover', 'item'], GAP_NAMES),
    ...here(document.cover.itemPromised, ['document', 'cover', 'itemPromised'], GAP_NAMES),
    ...here(document.cover.finding, ['document', 'cover', 'finding'], ['ma', 'trai', 'phai']),
    ...here(document.note, ['document', 'note'], ['trai', 'phai', 'ly_do']),
  ]
}

const GAP_NAMES = ['ma', 'ten', 'nguoi', 'ngay'] as const

function checkTemplate(
  text: string,
  path: readonly (string | number)[],
  names: readonly string[],
): readonly Problem[] {
  const found = placeholdersIn(text)
  if (!found) return [{ path, key: 'file.badTemplate', value: text }]
  return found
    .filter((name) => !names.includes(name))
    .map((name): Problem => ({ path, key: 'file.unknownName', value: `{${name}}` }))
}
