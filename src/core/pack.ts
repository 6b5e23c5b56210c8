import { z } from 'zod'
import { checkFit } from './fit.ts'
import { Formula } from './formula.ts'
import { hasLeftover } from './leftover.ts'
import type { Problem } from './office.ts'
import { PERIOD_NAMES } from './period.ts'
import { Code, Relation } from './relation.ts'
import { Slug } from './slug.ts'
import { placeholdersIn } from './template.ts'

const When = z.strictObject({ item: Code, is: z.array(z.string().min(1)).min(1).optional() })

/** One thing to be known. */
export const Item = z.strictObject({
  code: Code,
  name: z.string().min(1),
  kind: z.literal(['count', 'decimal', 'percent', 'money', 'ratio', 'score', 'date', 'choice', 'text']),
  /** A text that lists documents, one a line: "Kế hoạch số 75/KH-UBND ngày 24/01/2025 về …". */
  of: z.literal('documents').optional(),
  /** Counted since the first of January rather than in the period: it never falls within a year. */
  span: z.literal('year').optional(),
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
  /** Asked unless it says otherwise; a derived one is computed by its formula and never asked, a volunteered one taken when told. */
  source: z.literal(['asked', 'derived', 'volunteered']).optional(),
  formula: Formula.optional(),
  /** Counted from the plan where the office has one, else asked: all its tasks, or those in a state. */
  plan: z.literal(['total', 'xong', 'dang-lam', 'chua-lam', 'cham', 'khong-phat-sinh']).optional(),
  /** A task of the plan, asked how far it has come. */
  isTask: z.literal(true).optional(),
  /** What is told beside the state of a task of the plan. */
  detail: z
    .strictObject({ of: Code, is: z.literal(['percent', 'product', 'difficulty', 'cause', 'remedy']) })
    .optional(),
  /** What it mostly is: as in the period before, or nothing at all. Such items are confirmed many at a time. */
  usual: z.literal(['same', 'none']).optional(),
  /** A paragraph offered to its owner once its figures are known; written like a section's text. */
  draft: z.string().min(1).optional(),
  /** Asked only while another item has one of these values; without `is`, while it has any value or text. With `and`, while both hold. */
  when: When.extend({ and: When.optional() }).optional(),
})
export type Item = z.infer<typeof Item>

export const Group = z.strictObject({ id: Slug, ask: z.string().min(1) })

const Cells = z.array(z.string())

/** A paragraph; or legal bases in italics, a small table, a list of tasks of the year's plan. */
const Text = z.union(
  [
    z.string().min(1),
    z.strictObject({ basis: z.string().min(1) }),
    z.strictObject({
      table: z.strictObject({
        columns: z
          .array(
            z.strictObject({
              title: z.string().min(1),
              share: z.number().positive().default(1),
              align: z.literal(['left', 'center', 'right']).default('left'),
            }),
          )
          .min(1),
        rows: z.array(Cells).min(1),
      }),
    }),
    z.strictObject({ tasks: z.literal(['all', 'unfinished', 'targets', 'difficulties']) }),
  ],
  {
    error: () =>
      '“…” | basis: “…” | table: { columns, rows } | tasks: all, unfinished, targets, difficulties',
  },
)
export type Text = z.infer<typeof Text>

export interface Section {
  readonly number?: string | undefined
  readonly title: string
  readonly line?: string | undefined
  readonly text: readonly Text[]
  readonly sections: readonly Section[]
}

const Section: z.ZodType<Section> = z.strictObject({
  number: z.string().min(1).optional(),
  title: z.string().min(1),
  /** What follows the title on its line: ": {V.1}". */
  line: z.string().min(1).optional(),
  /** "{II.2c.1}" is the figure with its unit, "{II.2c.1|so}" the bare number. */
  text: z.array(Text).default([]),
  get sections() {
    return z.array(Section).default([])
  },
})

/** One line of a statistics form; without an item it is a heading of the lines below it. */
export const FormRow = z.strictObject({
  code: z.string().default(''),
  name: z.string().min(1),
  unit: z.string().default(''),
  item: Code.optional(),
  note: z.string().default(''),
  /** The line is not for a commune: it is printed as not applicable and never asked. */
  isForeign: z.boolean().default(false),
})
export type FormRow = z.infer<typeof FormRow>

const Form = z.strictObject({
  label: z.string().min(1),
  title: z.string().min(1),
  /** "(Kèm theo Báo cáo số …)". */
  reference: z.string().min(1),
  columns: z.strictObject({
    code: z.string().min(1),
    name: z.string().min(1),
    unit: z.string().min(1),
    value: z.string().min(1),
    note: z.string().min(1),
  }),
  rows: z.array(FormRow).min(1),
})
export type Form = z.infer<typeof Form>

/** What the details of a task are called, where the pack asks for them. */
const DetailWords = z.strictObject({
  /** "{ten} (nhiệm vụ {ma})" */
  name: z.string().min(1),
  percent: z.string().min(1),
  product: z.string().min(1),
  difficulty: z.string().min(1),
  cause: z.string().min(1),
  remedy: z.string().min(1),
  /** What stands before the table of difficulties. */
  lead: z.string().min(1),
})
export type DetailWords = z.infer<typeof DetailWords>

const DocumentWords = z.strictObject({
  issuer: z.array(z.string().min(1)).min(1),
  symbol: z.string().min(1),
  title: z.string().min(1),
  subject: z.string().min(1),
  opening: z.array(Text).default([]),
  closing: z.string().min(1),
  /** The lines above the signer's name, by who signs. */
  powers: z.strictObject({
    chairman: z.array(z.string().min(1)).min(1),
    deputy: z.array(z.string().min(1)).min(1),
    /** Acting head, by order, by authorisation. */
    acting: z.array(z.string().min(1)).min(1).optional(),
    ordered: z.array(z.string().min(1)).min(1).optional(),
    authorised: z.array(z.string().min(1)).min(1).optional(),
  }),
  sameAsAbove: z.string().min(1),
  filed: z.string().min(1),
  /** What stands where no answer is yet. */
  gap: z.string().min(1),
  gapPromised: z.string().min(1),
  /** The same in a form, whose line names the item already. */
  gapInForm: z.string().min(1).optional(),
  /** The printed words of the kinds of empty. */
  none: z.string().min(1),
  /** The same where a whole paragraph was asked for. */
  noneText: z.string().min(1),
  notApplicable: z.string().min(1),
  /** A contradiction kept with a reason: a footnote on its figure. */
  note: z.string().min(1),
  /** The same where a figure was written over a computed one. */
  noteComputed: z.string().min(1).optional(),
  /** What "|ky_truoc", "|cung_ky", "|so_sanh" and "|so_cung_ky" print. */
  earlier: z
    .strictObject({
      unknown: z.string().min(1),
      more: z.string().min(1),
      less: z.string().min(1),
      same: z.string().min(1),
    })
    .optional(),
  /** The columns of a list of tasks, and the words of their states. */
  tasks: z
    .strictObject({
      states: z.strictObject({
        xong: z.string().min(1),
        'dang-lam': z.string().min(1),
        'chua-lam': z.string().min(1),
        cham: z.string().min(1),
        'khong-phat-sinh': z.string().min(1),
      }),
      number: z.string().min(1),
      name: z.string().min(1),
      owner: z.string().min(1),
      due: z.string().min(1),
      state: z.string().min(1),
      target: z.string().min(1),
      actual: z.string().min(1),
      nothing: z.string().min(1),
      /** The column of what came of a task, where a list of all of them has one. */
      product: z.string().min(1).optional(),
      /** What stands before the tasks that had no occasion, under the list of those not finished. */
      notArisen: z.string().min(1).optional(),
      details: DetailWords.optional(),
    })
    .optional(),
  /** The note that goes before a draft with gaps: one line an owner. */
  cover: z.strictObject({
    lead: z.string().min(1),
    owner: z.string().min(1),
    item: z.string().min(1),
    itemPromised: z.string().min(1),
    /** A contradiction nobody has settled yet. */
    finding: z.string().min(1),
    /** Answers to items the form no longer has. */
    dropped: z.string().min(1).optional(),
  }),
})

const Periods = z.partialRecord(z.literal(PERIOD_NAMES), z.string().min(1))

/** One kind of report as data: outline, items, relations, sentences. */
export const ReportPack = z.strictObject({
  id: Slug,
  name: z.string().min(1),
  /** The periods it is made for, and what each is called: quy1: "quý I năm {nam}". */
  periods: Periods,
  document: DocumentWords,
  groups: z.array(Group).min(1),
  items: z.array(Item).min(1),
  relations: z.array(Relation).default([]),
  sections: z.array(Section).min(1),
  appendices: z.array(Form).default([]),
  /** It extends another; an office takes it by name or not at all. */
  isVariant: z.boolean().default(false),
})
export type ReportPack = z.infer<typeof ReportPack>

/** The reports an office makes: the one it names, else all that are nobody's variant. */
export function packsOf(
  office: { readonly pack?: string | undefined },
  packs: readonly ReportPack[],
): readonly ReportPack[] {
  return packs.filter((pack) => (office.pack === undefined ? !pack.isVariant : pack.id === office.pack))
}

/** A pack as it is written: what it does not say it takes from another, and its items from the catalogue. */
export const PackFile = z.strictObject({
  id: Slug,
  name: z.string().min(1),
  /** The pack whose periods, words, sections and forms stand where this one has none of its own. */
  extends: Slug.optional(),
  periods: Periods.optional(),
  document: DocumentWords.partial()
    .extend({ opening: z.array(Text).optional() })
    .optional(),
  groups: z.array(Group).default([]),
  /** Its own items are always asked; one with a code of the catalogue takes that one's place. */
  items: z.array(Item).default([]),
  relations: z.array(Relation).default([]),
  sections: z.array(Section).min(1).optional(),
  appendices: z.array(Form).optional(),
})
export type PackFile = z.infer<typeof PackFile>

/** Names that stand for a setting in a template, beside the codes of items. */
const SETTING_NAMES = [
  'ky',
  'KY',
  'nam',
  'nam_sau',
  'nam_truoc',
  'tu_ngay',
  'den_ngay',
  'don_vi',
  'dia_danh',
  'DIA_DANH',
  'tinh',
  'soan_thao',
] as const

/** Whether a name in a template stands for a setting rather than for an item. */
export function isSettingName(name: string): boolean {
  return SETTING_NAMES.some((known) => known === name)
}

/** What the schema cannot see: codes given twice, groups and duties unknown, relations that contradict their items, templates that name nothing. */
export function checkPack(
  pack: ReportPack,
  duties: readonly string[],
  others: Pick<ReportPack, 'groups' | 'items'> = { groups: [], items: [] },
): readonly Problem[] {
  const ownCodes = pack.items.map((item) => item.code)
  const ownGroups = pack.groups.map((group) => group.id)
  const codes = [...ownCodes, ...others.items.map((item) => item.code)]
  const groups = [...ownGroups, ...others.groups.map((group) => group.id)]
  return [
    ...repeated(ownCodes.map((code) => code.toLowerCase())).map(
      (index): Problem => ({ path: ['items', index, 'code'], key: 'file.twice', value: codes[index] ?? '' }),
    ),
    ...repeated(ownGroups).map(
      (index): Problem => ({ path: ['groups', index, 'id'], key: 'file.twice', value: groups[index] ?? '' }),
    ),
    ...pack.items.flatMap((item, index) => checkItem(item, index, { groups, duties })),
    ...checkFit(pack, others.items),
    ...checkDrafts(pack.items, codes),
    ...pack.sections.flatMap((section, index) => checkSection(section, ['sections', index], codes)),
    ...pack.appendices.flatMap((form, index) => checkForm(form, ['appendices', index], codes)),
    ...checkDocument(pack, codes),
  ]
}

function repeated(names: readonly string[]): readonly number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []))
}

/** Whether an item names a group and a duty that are there, and options where it chooses. */
export function checkItem(
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
  if (item.kind !== 'text' && item.draft !== undefined)
    problems.push({ path: ['items', index, 'draft'], key: 'file.notHere', value: 'draft' })
  return problems
}

/** Drafted paragraphs that are no template, or name what is not there. */
export function checkDrafts(items: readonly Item[], codes: readonly string[]): readonly Problem[] {
  return items.flatMap(({ draft }, index) =>
    draft === undefined ? [] : checkTemplate(draft, ['items', index, 'draft'], [...codes, ...SETTING_NAMES]),
  )
}

function checkSection(
  section: Section,
  path: readonly (string | number)[],
  codes: readonly string[],
): readonly Problem[] {
  const names = [...codes, ...SETTING_NAMES]
  return [
    ...checkTemplate(section.title, [...path, 'title'], names),
    ...(section.line === undefined ? [] : checkTemplate(section.line, [...path, 'line'], names)),
    ...section.text.flatMap((text, index) => checkText(text, [...path, 'text', index], names)),
    ...section.sections.flatMap((inner, index) => checkSection(inner, [...path, 'sections', index], codes)),
  ]
}

function checkText(
  text: Text,
  path: readonly (string | number)[],
  names: readonly string[],
): readonly Problem[] {
  return templatesOf(text).flatMap(({ template, at }) => checkTemplate(template, [...path, ...at], names))
}

/** Every template of an entry, with its place in it. */
export function templatesOf(
  text: Text,
): readonly { readonly template: string; readonly at: readonly (string | number)[] }[] {
  if (typeof text === 'string') return [{ template: text, at: [] }]
  if ('basis' in text) return [{ template: text.basis, at: ['basis'] }]
  if ('tasks' in text) return []
  const { columns, rows } = text.table
  return [
    ...columns.map(({ title }, index) => ({ template: title, at: ['table', 'columns', index, 'title'] })),
    ...rows.flatMap((cells, row) =>
      cells.map((template, index) => ({ template, at: ['table', 'rows', row, index] })),
    ),
  ]
}

function checkForm(
  form: Form,
  path: readonly (string | number)[],
  codes: readonly string[],
): readonly Problem[] {
  const names = [...codes, ...SETTING_NAMES]
  return [
    ...(['label', 'title', 'reference'] as const).flatMap((key) =>
      checkTemplate(form[key], [...path, key], SETTING_NAMES),
    ),
    ...Object.entries(form.columns).flatMap(([key, text]) =>
      checkTemplate(text, [...path, 'columns', key], SETTING_NAMES),
    ),
    ...form.rows.flatMap((row, index): readonly Problem[] => [
      ...checkTemplate(row.note, [...path, 'rows', index, 'note'], names),
      ...(row.item !== undefined && !codes.includes(row.item)
        ? [{ path: [...path, 'rows', index, 'item'], key: 'file.unknownCode', value: row.item } as const]
        : []),
    ]),
  ]
}

function checkDocument(pack: ReportPack, codes: readonly string[]): readonly Problem[] {
  const { document } = pack
  const here = (text: string | undefined, path: readonly (string | number)[], names: readonly string[]) =>
    text === undefined ? [] : checkTemplate(text, path, names)
  return [
    ...Object.entries(pack.periods).flatMap(([name, text]) => here(text, ['periods', name], ['nam'])),
    ...document.issuer.flatMap((text, index) => here(text, ['document', 'issuer', index], SETTING_NAMES)),
    ...here(document.subject, ['document', 'subject'], SETTING_NAMES),
    ...document.opening.flatMap((text, index) =>
      checkText(text, ['document', 'opening', index], [...codes, ...SETTING_NAMES]),
    ),
    ...here(document.closing, ['document', 'closing'], SETTING_NAMES),
    ...here(document.filed, ['document', 'filed'], SETTING_NAMES),
    ...here(document.gap, ['document', 'gap'], GAP_NAMES),
    ...here(document.gapPromised, ['document', 'gapPromised'], GAP_NAMES),
    ...here(document.gapInForm, ['document', 'gapInForm'], GAP_NAMES),
    ...here(document.earlier?.more, ['document', 'earlier', 'more'], CHANGE_NAMES),
    ...here(document.earlier?.less, ['document', 'earlier', 'less'], CHANGE_NAMES),
    ...TASK_WORDS.flatMap((key) => here(document.tasks?.[key], ['document', 'tasks', key], SETTING_NAMES)),
    ...DETAIL_WORDS.flatMap((key) =>
      here(document.tasks?.details?.[key], ['document', 'tasks', 'details', key], SETTING_NAMES),
    ),
    ...here(document.tasks?.details?.name, ['document', 'tasks', 'details', 'name'], ['ten', 'ma']),
    ...here(document.cover.lead, ['document', 'cover', 'lead'], [...SETTING_NAMES, 'da_co', 'tong']),
    ...here(document.cover.owner, ['document', 'cover', 'owner'], ['nguoi', 'so', 'noi_dung']),
    ...here(document.cover.item, ['document', 'cover', 'item'], GAP_NAMES),
    ...here(document.cover.itemPromised, ['document', 'cover', 'itemPromised'], GAP_NAMES),
    ...here(document.cover.finding, ['document', 'cover', 'finding'], ['ma', 'trai', 'phai']),
    ...here(document.cover.dropped, ['document', 'cover', 'dropped'], ['ma']),
    ...here(document.note, ['document', 'note'], NOTE_NAMES),
    ...here(document.noteComputed, ['document', 'noteComputed'], NOTE_NAMES),
  ]
}

const TASK_WORDS = [
  'number',
  'name',
  'owner',
  'due',
  'state',
  'target',
  'actual',
  'nothing',
  'product',
  'notArisen',
] as const
const DETAIL_WORDS = ['percent', 'product', 'difficulty', 'cause', 'remedy', 'lead'] as const
const GAP_NAMES = ['ma', 'ten', 'nguoi', 'ngay'] as const
const NOTE_NAMES = ['ten', 'trai', 'phai', 'ly_do'] as const
const CHANGE_NAMES = ['chenh', 'ty_le'] as const

function checkTemplate(
  text: string,
  path: readonly (string | number)[],
  names: readonly string[],
): readonly Problem[] {
  const found = placeholdersIn(text)
  if (!found) return [{ path, key: 'file.badTemplate', value: text }]
  return [
    ...found
      .filter((name) => !names.includes(name))
      .map((name): Problem => ({ path, key: 'file.unknownName', value: `{${name}}` })),
    ...(hasLeftover(text.replace(/\{.*?\}/gsu, ''))
      ? [{ path, key: 'file.leftover', value: text } as const]
      : []),
  ]
}
