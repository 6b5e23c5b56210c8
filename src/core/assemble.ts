import type { Given } from './answer.ts'
import { findingsOf, openFindings, reasonKept } from './doubt.ts'
import { findPerson, type Office, ownerOf } from './office.ts'
import type { Item, ReportPack, Section } from './pack.ts'
import type { Block, Gap, Report, Run } from './report.ts'
import {
  askedItems,
  findItem,
  isAnswered,
  progressOf,
  type Round,
  settingsOf,
  valuesOf,
  writeDay,
} from './round.ts'
import { fillTemplate, readTemplate } from './template.ts'
import { writeWithQualifier } from './wording.ts'

interface Making {
  readonly round: Round
  readonly office: Office
  readonly settings: Readonly<Record<string, string>>
  readonly valueOf: (code: string) => Given | undefined
}

/** Answers → the document as a tree in which every digit knows its source. Gaps are marked, never filled. */
export function assemble(round: Round, office: Office): Report {
  const making: Making = { round, office, settings: settingsOf(round, office), valueOf: valuesOf(round) }
  const { document } = round.pack
  const fill = (template: string) => fillTemplate(template, making.settings)
  const gaps = gapsOf(making)
  return {
    isDraft: true,
    issuer: document.issuer.map(fill),
    symbol: document.symbol,
    place: office.name,
    title: document.title,
    subject: fill(document.subject),
    addressees: office.superiors,
    blocks: [
      ...document.opening.flatMap((text) => paragraphs(text, making)),
      ...round.pack.sections.flatMap((section) => sectionBlocks(section, 1, making)),
      ...notes(making),
      ...paragraphs(document.closing, making),
    ],
    signature: {
      powers: document.powers[office.signer.as],
      name: findPerson(office, office.signer.person)?.name ?? '',
    },
    recipients: [document.sameAsAbove, ...office.recipients, fill(document.filed)],
    gaps,
    cover: coverLines(gaps, making),
  }
}

function sectionBlocks(section: Section, level: 1 | 2 | 3, making: Making): readonly Block[] {
  const mark = level === 3 ? `${section.number})` : `${section.number}.`
  const heading: Block = {
    type: 'heading',
    level,
    runs: [{ text: `${mark} ${section.title}`, source: { type: 'pack' } }],
  }
  const deeper = level === 1 ? 2 : 3
  return [
    heading,
    ...section.text.flatMap((text) => paragraphs(text, making)),
    ...section.sections.flatMap((inner) => sectionBlocks(inner, deeper, making)),
  ]
}

/** One paragraph; a narrative of several lines becomes as many. */
function paragraphs(template: string, making: Making): readonly Block[] {
  const lines: Run[][] = [[]]
  for (const run of runsOf(template, making)) {
    const [first = '', ...more] = run.text.split('\n')
    lines.at(-1)?.push({ ...run, text: first })
    for (const text of more) lines.push([{ ...run, text }])
  }
  return lines
    .map((runs) => runs.filter((run) => run.text !== ''))
    .filter((runs) => runs.some((run) => run.text.trim() !== ''))
    .map((runs): Block => ({ type: 'paragraph', runs }))
}

function runsOf(template: string, making: Making): readonly Run[] {
  const pieces = readTemplate(template)
  if (!pieces) throw new Error(`malformed template: ${template}`)
  return pieces.map((piece): Run => {
    if (piece.type === 'text') return { text: piece.text, source: { type: 'pack' } }
    const setting = making.settings[piece.name]
    if (setting !== undefined) return { text: setting, source: { type: 'setting' } }
    const item = findItem(making.round.pack, piece.name)
    if (!item) throw new Error(`nothing is called {${piece.name}}`)
    return itemRun(item, piece.isBare, making)
  })
}

function itemRun(item: Item, isBare: boolean, making: Making): Run {
  const given = making.valueOf(item.code)
  if (!isAnswered(given) || given === undefined) {
    const gap = gapOf(item, making)
    return {
      text: fillTemplate(gapTemplate(gap, making.round.pack), gapValues(gap)),
      source: { type: 'gap', code: item.code },
    }
  }
  const type = making.round.answers.has(item.code) ? 'answer' : 'formula'
  return { text: textOf(given, item, isBare, making), source: { type, code: item.code } }
}

function textOf(given: Given, item: Item, isBare: boolean, { round, office }: Making): string {
  const { document } = round.pack
  switch (given.state) {
    case 'value': {
      const written = writeWithQualifier(given, item, office)
      const unit =
        item.kind === 'money' || item.kind === 'percent' || item.kind === 'choice'
          ? undefined
          : (item.unit ?? given.unit)
      return isBare || unit === undefined || written.endsWith(unit) ? written : `${written} ${unit}`
    }
    case 'text':
      return given.text
    case 'notApplicable':
      return document.notApplicable
    default:
      return item.kind === 'text' ? document.noneText : document.none
  }
}

function gapsOf(making: Making): readonly Gap[] {
  return askedItems(making.round.pack)
    .filter((item) => !isAnswered(making.round.answers.get(item.code)?.given))
    .map((item) => gapOf(item, making))
}

function gapOf(item: Item, { round, office }: Making): Gap {
  const given = round.answers.get(item.code)?.given
  const gap = { code: item.code, name: item.name, owner: ownerOf(office, item.duty).name }
  return given?.state === 'pending' && given.until !== undefined ? { ...gap, promised: given.until } : gap
}

function gapTemplate(gap: Gap, pack: ReportPack): string {
  return gap.promised === undefined ? pack.document.gap : pack.document.gapPromised
}

function gapValues(gap: Gap): Readonly<Record<string, string>> {
  return {
    ma: gap.code,
    ten: gap.name,
    nguoi: gap.owner,
    ngay: gap.promised === undefined ? '' : writeDay(gap.promised),
  }
}

/** Contradictions that were kept, each with the reason given for it. */
function notes({ round }: Making): readonly Block[] {
  const template = readTemplate(round.pack.document.note) ?? []
  return findingsOf(round).flatMap((finding): Block[] => {
    const reason = reasonKept(finding, round)
    if (reason === undefined) return []
    const values: Readonly<Record<string, string>> = {
      trai: finding.left,
      phai: finding.right,
      ly_do: reason,
    }
    const source = { type: 'answer', code: finding.codes[0] ?? '' } as const
    const runs = template.map(
      (piece): Run =>
        piece.type === 'text'
          ? { text: piece.text, source: { type: 'pack' } }
          : { text: values[piece.name] ?? '', source },
    )
    return [{ type: 'paragraph', runs }]
  })
}

/** The note that goes before a draft: what is missing, from whom, and what does not add up. */
function coverLines(gaps: readonly Gap[], { round, settings }: Making): readonly string[] {
  const { cover } = round.pack.document
  const findings = openFindings(round).map(({ codes, left, right }) =>
    fillTemplate(cover.finding, { ma: codes.join(', '), trai: left, phai: right }),
  )
  if (gaps.length + findings.length === 0) return []
  const { done, total } = progressOf(round, askedItems(round.pack))
  const lead = fillTemplate(cover.lead, { ...settings, da_co: String(done), tong: String(total) })
  return [lead, ...findings, ...ownerLines(gaps, round.pack)]
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
