import type { Given } from './answer.ts'
import { coverLines, markOf } from './assemble.ts'
import { reasonKept } from './doubt.ts'
import { compareDecimals, readDecimal, roundDecimal } from './figures/decimal.ts'
import { hasLeftover } from './leftover.ts'
import { never } from './never.ts'
import { notePartsOf } from './note.ts'
import { findPerson, type Office, ownerOf } from './office.ts'
import type { Item } from './pack.ts'
import { planFor, tasksOf } from './plan.ts'
import type { Appendix, Block, Report, Run, Table } from './report.ts'
import { findItem, isAnswered, type Round } from './round.ts'
import { beginMaking, canonical, changeRun, gapRun, type Making, markDoubtful, writeGiven } from './runs.ts'
import { writeTarget } from './tasks.ts'
import { fillTemplate, layTemplate } from './template.ts'

/** A piece of the report whose digits do not come from where it says. */
export interface Untraced {
  readonly text: string
  readonly source: string
}

/**
 * The digit gate. Whatever carries a digit is read back and held against its source: the figure an official
 * gave, the formula recomputed, the template of the pack, the calendar. What does not agree to the last
 * digit is untraced, and a report with anything untraced does not leave. So is what a form left to fill in.
 */
export function findUntraced(report: Report, round: Round, office: Office): readonly Untraced[] {
  const making = beginMaking(round, office)
  return [
    ...headPieces(report, making).flatMap(({ name, written, meant }) =>
      written === meant ? [] : [{ text: written, source: name }],
    ),
    ...runsIn(report).flatMap((run) =>
      isTraced(run, making) && !isLeftover(run, making)
        ? []
        : [{ text: run.text, source: JSON.stringify(run.source) }],
    ),
  ]
}

function runsIn(report: Report): readonly Run[] {
  const papers = report.annex ? [...report.appendices, report.annex] : report.appendices
  return withNotes([...report.blocks.flatMap(runsOfBlock), ...papers.flatMap(runsOfAppendix)])
}

function runsOfBlock(block: Block): readonly Run[] {
  if (block.type === 'table') return runsOfTable(block)
  return block.type === 'heading' ? [...block.runs, ...(block.line ?? [])] : block.runs
}

function runsOfTable({ columns, rows }: Table): readonly Run[] {
  return [...columns.flatMap(({ title }) => title), ...rows.flatMap(({ cells }) => cells.flat())]
}

function runsOfAppendix({ label, title, reference, table }: Appendix): readonly Run[] {
  return [...label, ...title, ...reference, ...runsOfTable(table)]
}

function withNotes(runs: readonly Run[]): readonly Run[] {
  return runs.flatMap((run) => [run, ...withNotes(run.note ?? [])])
}

/** The parts that are plain text: letterhead, signature, recipients, cover note. */
function headPieces(report: Report, making: Making) {
  const { round, office, settings } = making
  const { document } = round.pack
  const fill = (template: string) => fillTemplate(template, settings)
  const piece = (name: string, written: readonly string[], meant: readonly string[]) => ({
    name,
    written: written.join('\n'),
    meant: meant.join('\n'),
  })
  return [
    piece('issuer', report.issuer, document.issuer.map(fill)),
    piece('symbol', [report.symbol], [document.symbol]),
    piece('place', [report.place], [office.name]),
    piece('title', [report.title], [document.title]),
    piece('subject', [report.subject], [fill(document.subject)]),
    piece('addressees', report.addressees, office.superiors),
    piece('recipients', report.recipients, [
      document.sameAsAbove,
      ...office.recipients,
      fill(document.filed),
    ]),
    piece('powers', report.signature.powers, document.powers[office.signer.as] ?? document.powers.chairman),
    piece('signer', [report.signature.name], [findPerson(office, office.signer.person)?.name ?? '']),
    piece('cover', report.cover, coverLines(making)),
  ]
}

/** Dots stand out or were explained; those of the office's own files are refused when they are read. */
function isLeftover({ text, source, isDoubtful }: Run, making: Making): boolean {
  if (isDoubtful || !hasLeftover(text)) return false
  if (source.type !== 'answer') return source.type === 'pack' || source.type === 'setting'
  const own = making.findings.find(({ type, codes }) => type === 'wording' && codes.includes(source.code))
  return own !== undefined && reasonKept(own, making.round) === undefined
}

function isTraced(run: Run, making: Making): boolean {
  const { text, source } = run
  if (!/\d/.test(text)) return true
  const { round, settings } = making
  switch (source.type) {
    case 'pack':
      return literalsAt(source.at, making).includes(flat(text))
    case 'setting':
      return text === settings[source.name]
    case 'plan':
      return text === planText(source.at, making)
    case 'answer':
      return isGiven(text, source.code, making, round.answers.get(source.code)?.given)
    case 'formula':
      return isGiven(text, source.code, making, making.valueOf(source.code))
    case 'earlier': {
      const item = findItem(round.pack, source.code)
      if (source.how === 'change' || source.how === 'yearChange')
        return item !== undefined && text === changeRun(item, source.how, making).text
      return isGiven(text, source.code, making, making.earlier[source.how](source.code))
    }
    case 'finding': {
      const finding = making.findings.find(({ relationId }) => relationId === source.relationId)
      return finding !== undefined && text === notePartsOf(finding, round)[source.part]
    }
    case 'record':
      return text === source.text
    case 'gap': {
      const item = findItem(round.pack, source.code)
      const { gapInForm } = round.pack.document
      return (
        item !== undefined && [undefined, gapInForm].some((one) => text === gapRun(item, making, one).text)
      )
    }
    default:
      return never(source)
  }
}

/** What a template says of itself: its words between the places, as it would be printed now. */
function literalsAt(at: string, making: Making): readonly string[] {
  let node: unknown = making.round.pack
  for (const step of at.split('.')) node = (node as Readonly<Record<string, unknown>> | undefined)?.[step]
  if (typeof node !== 'string') return []
  if (at.endsWith('.number')) return [flat(`${markOf(node)} `)]
  return layTemplate(node, (name) => making.settings[name] ?? canonical(making.valueOf(name)))
    .flatMap((piece) => (piece.type === 'text' ? piece.text.split('\n') : []))
    .map(flat)
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function planText(at: string, { round, office }: Making): string | undefined {
  const plan = planFor(office, round.period.year)
  const field = at.slice(at.lastIndexOf('.') + 1)
  const task = plan && tasksOf(plan).find(({ code }) => code === at.slice(0, -field.length - 1))
  if (!task) return undefined
  switch (field) {
    case 'code':
      return task.code
    case 'name':
      return task.name
    case 'due':
      return task.due
    case 'lead':
      return ownerOf(office, task.lead).title
    default:
      return writeTarget(task)
  }
}

/** The words are those the answer is written in, and the figure among them reads back to its value. */
function isGiven(text: string, code: string, making: Making, given: Given | undefined): boolean {
  const item = findItem(making.round.pack, code)
  if (!item || given === undefined || !isAnswered(given)) return false
  switch (given.state) {
    case 'text': {
      const whole: Run = { text: given.text, source: { type: 'answer', code } }
      const lines = (run: Run) => run.text.split('\n')
      return [whole, ...markDoubtful(whole, item, making)].flatMap(lines).includes(text)
    }
    case 'value': {
      const isCode = item.kind === 'choice' && text === given.value
      const forms = [true, false].map((isBare) => writeGiven(given, item, isBare, making))
      return isCode || (forms.includes(text) && isFigure(text, given, item))
    }
    case 'none':
      return text === '0'
    default:
      return false
  }
}

const NUMBER = /-?\d[\d.]*(?:,\d+)?/gu

/** Reads the printed figure back, by rules of its own, and compares to the last digit. */
function isFigure(text: string, given: Given & { state: 'value' }, item: Item): boolean {
  if (item.kind === 'choice')
    return text === given.value || item.options?.find(({ value }) => value === given.value)?.name === text
  const unit = item.unit ?? given.unit ?? ''
  const figure = unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length) : text
  const printed = figure.match(NUMBER) ?? []
  if (item.kind === 'date') return printed.join(' ') === given.value.split('..').map(turnDay).join(' ')
  const meant = given.value.split('/')
  return (
    printed.length === meant.length &&
    printed.every((number, index) => isSameNumber(number, meant[index] ?? '', item))
  )
}

/** "2025-03-14" → "14 03 2025" */
function turnDay(day: string): string {
  return day.split('-').reverse().join(' ')
}

function isSameNumber(printed: string, meant: string, item: Item): boolean {
  if (!/^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/.test(printed)) return false
  const one = readDecimal(printed.replaceAll('.', '').replace(',', '.'))
  const other = readDecimal(meant)
  if (!one || !other) return false
  return compareDecimals(one, roundDecimal(other, item.kind === 'money' ? 0 : 2)) === 0
}
