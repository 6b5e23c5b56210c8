import type { Answer } from './answer.ts'
import { reasonKept } from './doubt.ts'
import { codesOf } from './fit.ts'
import { findPerson } from './office.ts'
import type { Relation } from './relation.ts'
import type { Appendix, Column, Row, Run } from './report.ts'
import { findItem, isAnswered, writeDay } from './round.ts'
import { type Making, writeGiven } from './runs.ts'

/** The words of the annex; it is an internal paper, so they are the bot's own and not the pack's. */
export interface AnnexWords {
  readonly title: string
  readonly reference: string
  readonly columns: readonly [
    code: string,
    name: string,
    value: string,
    raw: string,
    person: string,
    time: string,
    checks: string,
    reason: string,
  ]
  /** "{held}/{all} phép kiểm tra khớp" */
  checked(held: number, all: number): string
  readonly computed: string
  /** "{before} → {after}: {reason}" */
  changed(before: string, after: string): string
}

const COLUMNS: readonly Pick<Column, 'share' | 'align'>[] = [
  { share: 8, align: 'left' },
  { share: 20, align: 'left' },
  { share: 12, align: 'right' },
  { share: 18, align: 'left' },
  { share: 12, align: 'left' },
  { share: 11, align: 'left' },
  { share: 12, align: 'left' },
  { share: 14, align: 'left' },
]

/** Where every figure comes from: who said what, when and where, what was checked and why it was changed. */
export function assembleAnnex(making: Making, history: readonly Answer[], words: AnnexWords): Appendix {
  const sources: Sources = { history, words, checks: listChecks(making) }
  return {
    label: record(''),
    title: record(words.title),
    reference: record(words.reference),
    table: {
      type: 'table',
      columns: COLUMNS.map((column, index) => ({ ...column, title: record(words.columns[index] ?? '') })),
      rows: making.round.pack.items.flatMap((item) => layRow(item.code, making, sources)),
    },
  }
}

function record(text: string): readonly Run[] {
  return text === '' ? [] : [{ text, source: { type: 'record', text } }]
}

interface Sources {
  readonly history: readonly Answer[]
  readonly words: AnnexWords
  readonly checks: readonly Check[]
}

/** A relation that was checked, with all it speaks of. */
interface Check {
  readonly id: string
  readonly codes: readonly string[]
}

/** What waits for an answer has not been checked; what counts a missing one as nought may fail all the same. */
function listChecks({ round, findings, ...making }: Making): readonly Check[] {
  const failing = new Set(findings.map(({ relationId }) => relationId))
  return round.pack.relations
    .map((relation) => ({ id: relation.id, codes: codesOf(relation), last: lastCodesOf(relation) }))
    .filter(
      ({ id, codes, last }) =>
        failing.has(id) ||
        (codes.every((code) => isAnswered(making.valueOf(code))) &&
          last.every((code) => isAnswered(round.previous.get(code)?.given))),
    )
}

function layRow(code: string, making: Making, sources: Sources): readonly Row[] {
  const { words } = sources
  const { round, office } = making
  const item = findItem(round.pack, code)
  const given = making.valueOf(code)
  if (!item || given === undefined || !isAnswered(given)) return []
  const answer = round.answers.get(code)
  const isAsked = answer !== undefined && isAnswered(answer.given)
  const cells = [
    code,
    item.name,
    writeGiven(given, item, false, making),
    isAsked ? answer.raw : words.computed,
    isAsked ? (findPerson(office, answer.by)?.name ?? answer.by) : '',
    isAsked ? `${answer.at.slice(11, 16)} ${writeDay(answer.at)}, ${answer.channel}` : '',
    checksOf(code, making, sources),
    reasonsOf(code, making, sources),
  ]
  return [{ cells: cells.map(record), isGroup: false }]
}

function checksOf(code: string, making: Making, { words, checks }: Sources): string {
  const { held, all, failing } = countChecks(code, making, checks)
  if (all === 0) return ''
  return [words.checked(held, all), ...failing.map(({ left, right }) => `${left} ≠ ${right}`)].join('; ')
}

/** The relations of the pack a figure takes part in that were checked: how many there are, how many hold, what does not. */
export function checksOn(code: string, making: Making) {
  return countChecks(code, making, listChecks(making))
}

function countChecks(code: string, { findings }: Making, checks: readonly Check[]) {
  const own = checks.filter(({ codes }) => codes.includes(code))
  const failing = findings.filter((finding) => own.some(({ id }) => id === finding.relationId))
  return { held: own.length - failing.length, all: own.length, failing }
}

/** What a relation needs of the period before. */
function lastCodesOf(relation: Relation): readonly string[] {
  if (relation.type === 'carried') return [relation.last]
  return relation.type === 'grows' ? [relation.item] : []
}

/** Why a contradiction was kept, and what stood there before. */
function reasonsOf(code: string, making: Making, { history, words }: Sources): string {
  const { round, findings } = making
  const item = findItem(round.pack, code)
  const said = history.filter((answer) => answer.code === code)
  const changes = said.slice(1).map((answer, index) => {
    const before = said[index]?.given
    const [from, to] = [before, answer.given].map((given) =>
      given && item && isAnswered(given) ? writeGiven(given, item, true, making) : '–',
    )
    const changed = words.changed(from ?? '', to ?? '')
    return answer.reason === undefined ? changed : `${changed} (${answer.reason})`
  })
  const kept = findings
    .filter(({ codes }) => codes.includes(code))
    .flatMap((finding) => reasonKept(finding, round) ?? [])
  return [...changes, ...kept].join('; ')
}
