import { isOpen } from './doubt.ts'
import { assembleForm } from './form.ts'
import { findPerson, type Office } from './office.ts'
import type { ReportPack, Section, Text } from './pack.ts'
import type { Block, Gap, Report, Run } from './report.ts'
import { askedItems, isAnswered, progressOf, type Round } from './round.ts'
import { beginMaking, gapOf, gapValues, type Making, runsOf } from './runs.ts'
import { layTasks } from './tasks.ts'
import { fillTemplate } from './template.ts'

/** Answers → the document as a tree in which every digit knows its source. Gaps are marked, never filled. */
export function assemble(round: Round, office: Office): Report {
  const making = beginMaking(round, office)
  const { document, sections, appendices } = round.pack
  const fill = (template: string) => fillTemplate(template, making.settings)
  const gaps = gapsOf(making)
  const body = [
    ...document.opening.flatMap((text, index) => textBlocks(text, `document.opening.${index}`, making)),
    ...sections.flatMap((section, index) => sectionBlocks(section, [index], making)),
  ]
  const forms = appendices.map((form, index) => assembleForm(form, `appendices.${index}`, making))
  return {
    isDraft: true,
    issuer: document.issuer.map(fill),
    symbol: document.symbol,
    place: office.name,
    title: document.title,
    subject: fill(document.subject),
    addressees: office.superiors,
    blocks: [...body, ...otherNotes(making), ...paragraphs(document.closing, 'document.closing', making)],
    signature: {
      powers: document.powers[office.signer.as] ?? document.powers.chairman,
      name: findPerson(office, office.signer.person)?.name ?? '',
    },
    recipients: [document.sameAsAbove, ...office.recipients, fill(document.filed)],
    appendices: forms,
    gaps,
    cover: coverLines(making),
  }
}

function sectionBlocks(section: Section, path: readonly number[], making: Making): readonly Block[] {
  const at = `sections.${path.join('.sections.')}`
  const mark: readonly Run[] =
    section.number === undefined
      ? []
      : [{ text: `${markOf(section.number)} `, source: { type: 'pack', at: `${at}.number` } }]
  const level = path.length === 1 ? 1 : path.length === 2 ? 2 : 3
  const heading: Block = {
    type: 'heading',
    level,
    runs: [...mark, ...runsOf(section.title, `${at}.title`, making)],
    ...(section.line === undefined ? {} : { line: runsOf(section.line, `${at}.line`, making) }),
  }
  return [
    heading,
    ...section.text.flatMap((text, index) => textBlocks(text, `${at}.text.${index}`, making)),
    ...section.sections.flatMap((inner, index) => sectionBlocks(inner, [...path, index], making)),
  ]
}

/** A letter takes a bracket, a number a dot: "a)", "1.", "2.10." */
export function markOf(number: string): string {
  return /^\p{Ll}$/u.test(number) ? `${number})` : `${number}.`
}

function textBlocks(text: Text, at: string, making: Making): readonly Block[] {
  if (typeof text === 'string') return paragraphs(text, at, making)
  if ('basis' in text)
    return paragraphs(text.basis, `${at}.basis`, making).map((block) => ({ ...block, isBasis: true }))
  if ('tasks' in text) return layTasks(text.tasks, making)
  const { columns, rows } = text.table
  return [
    {
      type: 'table',
      columns: columns.map(({ title, share, align }, index) => ({
        title: runsOf(title, `${at}.table.columns.${index}.title`, making),
        share,
        align,
      })),
      rows: rows.map((cells, row) => ({
        cells: columns.map((_, index) =>
          runsOf(cells[index] ?? '', `${at}.table.rows.${row}.${index}`, making),
        ),
        isGroup: cells.length === 1,
      })),
    },
  ]
}

/** Nothing but comparisons with a period nobody reported on. */
function saysNothing(runs: readonly Run[], { round }: Making): boolean {
  const placed = runs.filter(({ source }) => source.type !== 'pack' && source.type !== 'setting')
  const isEarlier = ({ source }: Run) => source.type === 'earlier'
  const isUnknown = ({ text }: Run) => text === round.pack.document.earlier?.unknown
  return placed.length > 0 && placed.every(isEarlier) && placed.some(isUnknown)
}

/** One paragraph; a narrative of several lines becomes as many, a list each line behind the same mark. */
function paragraphs(
  template: string,
  at: string,
  making: Making,
): readonly (Block & { type: 'paragraph' })[] {
  const lines: Run[][] = [[]]
  const runs = runsOf(template, at, making)
  if (saysNothing(runs, making)) return []
  const isEach = /\|\s*moi_dong\b/.test(template)
  for (const run of runs) {
    const parts = run.text.split('\n')
    const [first = '', ...more] = isEach ? parts.filter((part) => part.trim() !== '') : parts
    const { note: _, ...plain } = run
    const before = isEach ? (lines.at(-1) ?? []).map(({ note: __, ...one }) => one) : []
    lines.at(-1)?.push(more.length === 0 ? run : { ...plain, text: first })
    more.forEach((text, index) => {
      lines.push([...before, index === more.length - 1 ? { ...run, text } : { ...plain, text }])
    })
  }
  return lines
    .map((line) => line.filter((run) => run.text !== '' || run.note))
    .filter((line) => line.some((run) => run.text.trim() !== '' || run.note))
    .map((line) => ({ type: 'paragraph', runs: line }))
}

function gapsOf(making: Making): readonly Gap[] {
  return askedItems(making.round)
    .filter((item) => !isAnswered(making.round.answers.get(item.code)?.given))
    .map((item) => gapOf(item, making))
}

/** Notes on figures that are printed nowhere in the text. */
function otherNotes({ notes }: Making): readonly Block[] {
  return notes.map(({ runs }) => ({ type: 'paragraph', runs }))
}

/** The note that goes before a draft: what is missing, from whom, what does not add up, what looks carried over. */
export function coverLines(making: Making): readonly string[] {
  const { round, settings, findings } = making
  const gaps = gapsOf(making)
  const { cover } = round.pack.document
  const open = findings
    .filter((finding) => isOpen(finding, round))
    .map(({ codes, left, right }) =>
      fillTemplate(cover.finding, { ma: codes.join(', '), trai: left, phai: right }),
    )
  const dropped = droppedCodes(round)
  const lines = [
    ...open,
    ...ownerLines(gaps, round.pack),
    ...(cover.dropped !== undefined && dropped.length > 0
      ? [fillTemplate(cover.dropped, { ma: dropped.join(', ') })]
      : []),
  ]
  if (lines.length === 0) return []
  const { done, total } = progressOf(round, askedItems(round))
  return [fillTemplate(cover.lead, { ...settings, da_co: String(done), tong: String(total) }), ...lines]
}

/** Answers whose items the form no longer has: kept, and said. */
export function droppedCodes({ pack, answers }: Pick<Round, 'pack' | 'answers'>): readonly string[] {
  const known = new Set(pack.items.map((item) => item.code))
  return [...answers.keys()].filter((code) => !known.has(code) && !code.includes(':'))
}

function ownerLines(gaps: readonly Gap[], pack: ReportPack): readonly string[] {
  const { owner, item, itemPromised } = pack.document.cover
  const names = [...new Set(gaps.map((gap) => gap.owner))]
  return names.map((name) => {
    const own = gaps.filter((gap) => gap.owner === name)
    const items = own.map((gap) =>
      fillTemplate(gap.promised === undefined ? item : itemPromised, gapValues(gap)),
    )
    return fillTemplate(owner, { nguoi: name, so: String(own.length), noi_dung: items.join('; ') })
  })
}
