import type { Given } from './answer.ts'
import { type Against, changeOf, type Earlier, earlierOf, isComparable, sizeOf } from './changes.ts'
import { inChargeOf } from './charge.ts'
import { findingsOf, isOpen, reasonKept } from './doubt.ts'
import { findDoubtful } from './doubtful.ts'
import { writeDecimal } from './figures/decimal.ts'
import { writeFigure } from './figures/write.ts'
import type { Finding } from './finding.ts'
import { inputsOf } from './formula.ts'
import { hasLeftover } from './leftover.ts'
import { type Note, notesOn, takeNotes } from './note.ts'
import type { Office } from './office.ts'
import type { Item, ReportPack } from './pack.ts'
import type { Gap, Run } from './report.ts'
import { findItem, isAnswered, type Round, settingsOf, valuesOf, writeDay } from './round.ts'
import { type Filter, fillTemplate, layTemplate, NOT_APPLICABLE } from './template.ts'
import { writeWithQualifier } from './wording.ts'

/** What a sentence is filled from. */
export interface Making {
  readonly round: Round
  readonly office: Office
  readonly settings: Readonly<Record<string, string>>
  readonly valueOf: (code: string) => Given | undefined
  readonly earlier: Earlier
  readonly findings: readonly Finding[]
  /** Notes that no figure carries yet; each leaves the list as its figure is printed. */
  readonly notes: Note[]
}

export function beginMaking(round: Round, office: Office): Making {
  const findings = findingsOf(round)
  return {
    round,
    office,
    settings: settingsOf(round, office),
    valueOf: valuesOf(round),
    earlier: earlierOf(round),
    findings,
    notes: notesOn(findings, round),
  }
}

/** One template as runs, `at` being its place in the pack; every run knows its source. */
export function runsOf(template: string, at: string, making: Making): readonly Run[] {
  const { settings, round } = making
  const runs: Run[] = []
  for (const piece of layTemplate(template, (name) => settings[name] ?? canonical(making.valueOf(name)))) {
    if (piece.type === 'text') {
      runs.push({ text: piece.text, source: { type: 'pack', at } })
      continue
    }
    const { name, filters } = piece
    const setting = settings[name]
    if (setting !== undefined) {
      runs.push({ text: setting, source: { type: 'setting', name } })
      continue
    }
    const item = findItem(round.pack, name)
    if (!item) throw new Error(`nothing is called {${name}}`)
    const written = itemRuns(item, filters, making)
    if (!filters.includes('chu_thich')) runs.push(...written)
    else {
      // The mark belongs to the word before it, so that no line ends between them.
      const note = inOneLine(written, at)
      const before = runs.at(-1)
      if (before && !before.note) runs[runs.length - 1] = { ...before, note }
      else runs.push({ text: '', source: { type: 'pack', at }, note })
    }
  }
  return runs
}

/** Documents listed a line each follow one another in a note. */
function inOneLine(runs: readonly Run[], at: string): readonly Run[] {
  return runs.flatMap((run) =>
    run.text
      .split('\n')
      .flatMap((text, index): Run[] => [
        ...(index === 0 ? [] : [{ text: '; ', source: { type: 'pack', at } as const }]),
        { ...run, text },
      ]),
  )
}

/** What conditions compare with. */
export function canonical(given: Given | undefined): string | undefined {
  switch (given?.state) {
    case 'value':
      return given.value
    case 'text':
      return given.text
    case 'none':
      return '0'
    case 'notApplicable':
      return NOT_APPLICABLE
    default:
      return undefined
  }
}

function itemRuns(item: Item, filters: readonly Filter[], making: Making): readonly Run[] {
  if (filters.includes('ky_truoc')) return [earlierRun(item, 'previous', filters, making)]
  if (filters.includes('cung_ky')) return [earlierRun(item, 'yearBefore', filters, making)]
  if (filters.includes('so_sanh')) return [changeRun(item, 'change', making)]
  if (filters.includes('so_cung_ky')) return [changeRun(item, 'yearChange', making)]
  return valueRuns(item, making, {
    write: (given) => writeGiven(given, item, filters.includes('so'), making),
  })
}

/** How a place writes what is known, and what stands there while nothing is. */
interface Writing {
  write(given: Given): string
  readonly gap?: string | undefined
}

/** What is known of an item, with its source and the notes due on it; or its gap. */
export function valueRuns(item: Item, making: Making, { write, gap }: Writing): readonly Run[] {
  const given = making.valueOf(item.code)
  if (given === undefined || !isAnswered(given)) return [gapRun(item, making, gap)]
  const type = isAnswered(making.round.answers.get(item.code)?.given) ? 'answer' : 'formula'
  const note = takeNotes(item.code, making.notes)
  const source = { type, code: item.code } as const
  const run: Run = { text: write(given), source, ...(note.length > 0 ? { note } : {}) }
  if (given.state === 'text') return markDoubtful(run, item, making)
  return [isOpenlyDoubted(item, making) ? { ...run, isDoubtful: true } : run]
}

/** A figure in a contradiction nobody has settled stands out like a gap. */
function isOpenlyDoubted({ code }: Item, { round, findings }: Making): boolean {
  return findings.some(
    (finding) => finding.type !== 'wording' && finding.codes.includes(code) && isOpen(finding, round),
  )
}

/** What looks carried over stands out until somebody has said why it stays. */
export function markDoubtful(run: Run, item: Item, { round, findings }: Making): readonly Run[] {
  const { place, period } = round
  const own = findings.find(({ type, codes }) => type === 'wording' && codes.includes(item.code))
  if (place === undefined || !own || reasonKept(own, round) !== undefined) return [run]
  const runs: Run[] = []
  let done = 0
  for (const { start, end } of findDoubtful(run.text, item, { place, period })) {
    runs.push({ ...run, text: run.text.slice(done, start) })
    runs.push({ ...run, text: run.text.slice(start, end), isDoubtful: true })
    done = end
  }
  return [...runs, { ...run, text: run.text.slice(done) }].filter(({ text }) => text !== '')
}

export function gapRun(item: Item, making: Making, template?: string): Run {
  const gap = gapOf(item, making)
  return {
    text: fillTemplate(template ?? gapTemplate(gap, making.round.pack), gapValues(gap)),
    source: { type: 'gap', code: item.code },
  }
}

/** An answer in the words of the document. */
export function writeGiven(given: Given, item: Item, isBare: boolean, { round, office }: Making): string {
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

/** The same figure of the last period, or of this period a year ago. */
function earlierRun(item: Item, how: Against, filters: readonly Filter[], making: Making): Run {
  const given = making.earlier[how](item.code)
  const text =
    given !== undefined && isAnswered(given)
      ? writeGiven(given, item, filters.includes('so'), making)
      : (making.round.pack.document.earlier?.unknown ?? '')
  const source = { type: 'earlier', code: item.code, how } as const
  return { text, source, ...(hasLeftover(text) ? { isDoubtful: true } : {}) }
}

const COMPARED: readonly Item['kind'][] = ['count', 'decimal', 'money']

/** "tăng 12 hồ sơ (5,63%)"; what is "hơn" or "khoảng" has no exact change. */
export function changeRun(item: Item, how: 'change' | 'yearChange', making: Making): Run {
  const source = { type: 'earlier', code: item.code, how } as const
  const words = making.round.pack.document.earlier
  const against = how === 'change' ? 'previous' : 'yearBefore'
  const sides = { now: making.valueOf(item.code), before: making.earlier[against](item.code) }
  const change = changeOf(item, sides)
  if (!words || !change || !COMPARED.includes(item.kind) || !isComparable(item, against, making.round))
    return { text: words?.unknown ?? '', source }
  const { difference } = change
  if (difference.units === 0n) return { text: words.same, source }
  const size = sizeOf(difference)
  const share = change.share && sizeOf(change.share)
  const chenh = writeGiven(
    { state: 'value', value: writeDecimal(size), qualifier: 'exact' },
    item,
    false,
    making,
  )
  const ty_le = share ? writeFigure(writeDecimal(share), { kind: 'percent' }) : ''
  const pieces = layTemplate(difference.units > 0n ? words.more : words.less, (name) =>
    name === 'ty_le' && share ? writeDecimal(share) : '0',
  )
  const written = pieces.map((piece) =>
    piece.type === 'text' ? piece.text : piece.name === 'chenh' ? chenh : ty_le,
  )
  return { text: written.join(''), source }
}

export function gapOf(item: Item, { round, office }: Making): Gap {
  const given = round.answers.get(item.code)?.given
  const owners = missingFor(item, round).map((one) => inChargeOf(one, round, office).name)
  const gap = { code: item.code, name: item.name, owner: [...new Set(owners)].join(', ') }
  return given?.state === 'pending' && given.until !== undefined ? { ...gap, promised: given.until } : gap
}

/** What somebody has still to say before the item is known: itself, or what it is computed from. */
function missingFor(item: Item, round: Round): readonly Item[] {
  if (!item.formula) return [item]
  const missing = inputsOf(item.formula).flatMap((code) => {
    const input = findItem(round.pack, code)
    return input && !isAnswered(round.answers.get(code)?.given) ? missingFor(input, round) : []
  })
  return missing.length > 0 ? missing : [item]
}

function gapTemplate(gap: Gap, pack: ReportPack): string {
  return gap.promised === undefined ? pack.document.gap : pack.document.gapPromised
}

export function gapValues(gap: Gap): Readonly<Record<string, string>> {
  return {
    ma: gap.code,
    ten: gap.name,
    nguoi: gap.owner,
    ngay: gap.promised === undefined ? '' : writeDay(gap.promised),
  }
}
