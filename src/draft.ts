import { createHash } from 'node:crypto'
import { type AnnexWords, assembleAnnex } from './core/annex.ts'
import type { Answer } from './core/answer.ts'
import { assemble } from './core/assemble.ts'
import { listFigures } from './core/figuresheet.ts'
import { findUntraced } from './core/gate.ts'
import type { Office, Person } from './core/office.ts'
import { askedItems, progressOf, type Round } from './core/round.ts'
import { beginMaking } from './core/runs.ts'
import type { Say } from './core/say.ts'
import { summarise, waysOn } from './core/summary.ts'
import { renderDocx } from './render/docx.ts'
import type { Style } from './render/style.ts'
import { renderXlsx } from './render/xlsx.ts'
import type { OutFileContent } from './store/store.ts'
import type { Words } from './words.ts'

/** A draft as it goes out: the file, its fingerprint, and the few lines that go with it. */
export interface Draft {
  readonly file: OutFileContent
  readonly sha256: string
  readonly summary: readonly Say[]
  /** The ways on from it, to be pressed. */
  readonly choices: readonly Say[]
  readonly done: number
  readonly total: number
}

/** What a draft is made of. The final one bears no mark of a draft and no note before it. */
interface Drafting {
  readonly round: Round
  readonly office: Office
  /** Every answer of the period: the record of sources is added at the end. */
  readonly history?: readonly Answer[]
  /** Who asked for it. */
  readonly reader?: Person
  readonly isFinal?: boolean
}

/** The report of a collection as it stands, and the few lines that go with it. */
export async function draftReport(
  { round, office, history, reader, isFinal = false }: Drafting,
  words: Words,
): Promise<Draft> {
  // Only a draft is printed with its mark and the note before it.
  const report = { ...assemble(round, office), isDraft: !isFinal }
  const annex = history && assembleAnnex(beginMaking(round, office), history, annexWords(words))
  const whole = annex ? { ...report, annex } : report
  const untraced = findUntraced(whole, round, office)
  if (untraced.length > 0) {
    // The log keeps an error's code and not its words: the places are told, the texts are not.
    const code = untraced.map(({ source }) => source).join(' ')
    throw Object.assign(new Error('a figure does not come from where it says'), { code })
  }
  const printed = {
    nation: words.text('document.nation'),
    motto: words.text('document.motto'),
    number: words.text('document.number'),
    addressee: words.text('document.addressee'),
    recipients: words.text('document.recipients'),
    draftMark: words.text('document.draft'),
    coverTitle: words.text('document.cover'),
    openDate: words.text('document.openDate', { year: yearOf(round) }),
  }
  const bytes = await renderDocx(whole, printed, styleOf(office))
  return {
    file: { name: fileName(round, office, isFinal ? 'bao-cao' : 'du-thao'), bytes },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    summary: summarise(round, office, reader),
    choices: waysOn(round, reader),
    ...progressOf(round, askedItems(round)),
  }
}

/** The office's own measures in those of the document: twips, fortieths. */
function styleOf({ style }: Office): Style {
  const { top, bottom, left, right } = style.margins
  const [topTwips = 0, bottomTwips = 0, leftTwips = 0, rightTwips = 0] = [top, bottom, left, right].map(twips)
  return {
    bodySize: style.bodySize,
    indent: style.indent === 1 ? 567 : 720,
    lineSpacing: Math.round(style.lineSpacing * 240),
    spaceAfter: style.spaceAfter * 20,
    margins: { top: topTwips, bottom: bottomTwips, left: leftTwips, right: rightTwips },
  }
}

/** A twentieth of a point, rounded up as in the decree: 15 mm are 851. */
function twips(millimetres: number): number {
  return Math.ceil((millimetres * 1440) / 25.4)
}

/** The figures of a collection as a workbook, in the order of the form. */
export async function exportFigures(round: Round, office: Office, words: Words): Promise<Uint8Array> {
  const { name, rows } = listFigures(round, office)
  const columns = [
    { title: words.text('form.code'), width: 10 },
    { title: words.text('form.name'), width: 60 },
    { title: words.text('form.unit'), width: 14 },
    { title: words.text('form.value'), width: 16 },
    { title: words.text('form.note'), width: 40 },
  ]
  const cells = rows.map(({ code, name: item, unit, value, note, isGroup }) => ({
    cells: [code, item, unit, value, note],
    isGroup,
  }))
  return renderXlsx({ name, columns, rows: cells })
}

function annexWords(words: Words): AnnexWords {
  return {
    title: words.text('annex.title'),
    reference: words.text('annex.reference'),
    columns: [
      words.text('annex.code'),
      words.text('annex.name'),
      words.text('annex.value'),
      words.text('annex.raw'),
      words.text('annex.person'),
      words.text('annex.time'),
      words.text('annex.checks'),
      words.text('annex.reason'),
    ],
    checked: (held, all) => words.text('annex.checked', { held, all }),
    computed: words.text('annex.computed'),
    changed: (before, after) => words.text('annex.changed', { before, after }),
  }
}

/** The year it will be signed in: the day and month are left to the clerk who issues it. */
function yearOf(round: Round): string {
  return round.schedule.deadline.slice(0, 4)
}

/** "du-thao-2025-quy1-an-binh.docx": safe on every system and in every channel. */
function fileName(round: Round, office: Office, start: 'bao-cao' | 'du-thao'): string {
  return `${start}-${round.period.key}-${office.id}.docx`
}
