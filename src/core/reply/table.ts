import { createAsk } from '../figures/answers.ts'
import { readFigure } from '../figures/read.ts'
import { foldText } from '../text.ts'
import { type Match, matchName, type Names } from './names.ts'
import { findPast } from './phrases.ts'
import {
  type AskedItem,
  doubtReading,
  type Reading,
  type Reply,
  type ReplyContext,
  readOne,
} from './reading.ts'
import { readWords } from './words.ts'

type Row = readonly string[]

/** A row with the item it is of. */
interface Entry {
  readonly row: Row
  readonly item: AskedItem
  /** The column its name or code stands in. */
  readonly at: number
}

/** The words of a heading, accent-free, by what its column holds. */
const HEADINGS = {
  now: ['ky nay', 'ky bao cao', 'trong ky', 'quy nay', 'nam nay', 'thuc hien'],
  value: ['so lieu', 'ket qua', 'so luong', 'gia tri', 'tong so', 'tong'],
  other: [
    'ky truoc',
    'nam truoc',
    'quy truoc',
    'cung ky',
    'ke hoach',
    'du toan',
    'chi tieu giao',
    'ghi chu',
    'so sanh',
    'ty le',
    'luy ke',
    'don vi',
    'dvt',
    'stt',
  ],
} as const

/** Rows pasted from a spreadsheet, with or without a heading: the name tells the item, one column holds its value. */
export function readTable(text: string, names: Names, context: ReplyContext): Reply | undefined {
  const rows = text
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ''))
  if (!rows.some((row) => row.length > 1)) return undefined
  const matched = rows.map((row) => (isHeading(row) ? undefined : findEntry(row, names, context)))
  const entries = matched.flatMap((one) => (one && 'item' in one ? [one] : []))
  const unclear = matched.find((one) => one && 'candidates' in one)
  if (entries.length === 0) {
    return unclear && 'candidates' in unclear
      ? { type: 'which', raw: unclear.raw, candidates: unclear.candidates }
      : undefined
  }
  const left = rows.filter(
    (row, index) => !isEntry(matched[index]) && row.slice(1).some(isFigure) && !isHeading(row),
  )
  return settleTable(entries, left, { rows, matched, today: context.today })
}

interface Sheet {
  readonly rows: readonly Row[]
  readonly matched: readonly (Entry | Unclear | undefined)[]
  readonly today: string
}

interface Unclear {
  readonly raw: string
  readonly candidates: readonly string[]
}

function isEntry(one: Entry | Unclear | undefined): one is Entry {
  return one !== undefined && 'item' in one
}

function findEntry(row: Row, names: Names, context: ReplyContext): Entry | Unclear | undefined {
  const named = row.flatMap((cell, at): Entry[] => {
    const item =
      cell.includes('.') && /\p{L}|\..*\./u.test(cell) ? context.find(cell.replace(/\.$/, '')) : undefined
    return item ? [{ row, item, at }] : []
  })
  const [byCode] = named
  if (byCode) return { ...byCode, at: Math.max(byCode.at, lastName(row)) }
  for (const [at, cell] of row.entries()) {
    const match = isFigure(cell) ? undefined : matchCell(cell, names)
    if (match?.found) return { row, item: match.found, at }
    if (match && match.candidates.length > 1 && row.slice(at + 1).some(isFigure)) {
      return { raw: row.join(' ').trim(), candidates: match.candidates.map(({ item }) => item.code) }
    }
  }
  return undefined
}

/** Every word of a name cell has to be of the item's name: a longer name is of another item. */
function matchCell(cell: string, names: Names): Match | undefined {
  const exact = [...names.asked, ...names.siblings, ...names.others].filter(
    ({ asked }) => foldText(asked.item.name) === foldText(cell),
  )
  const [only] = exact
  if (only && exact.length === 1) return { found: only.asked, candidates: [only.asked] }
  const words = readWords(cell.slice(0, LONGEST_NAME)).filter(({ type }) => type === 'word')
  // "Kỳ trước" heads a column or a block; it names no item.
  const isPast = findPast(words, 0)?.end === words.length
  return words.length < 2 || isPast ? undefined : matchName(names, words)
}

const LONGEST_NAME = 200

function lastName(row: Row): number {
  return row.findLastIndex((cell, at) => at < 2 && cell !== '' && !isFigure(cell))
}

/** The one column with figures right of the names; of several only one that its heading picks out. */
function settleTable(entries: readonly Entry[], left: readonly Row[], sheet: Sheet): Reply {
  const heading = sheet.rows.find((row, index) => !isEntry(sheet.matched[index]) && isHeading(row))
  const from = Math.max(...entries.map(({ at }) => at)) + 1
  const columns = Array.from({ length: Math.max(...entries.map(({ row }) => row.length)) }, (_, at) => at)
    .filter((at) => at >= from)
    .filter((at) => entries.some(({ row }) => isFigure(row[at] ?? '')))
  const column = chooseColumn(columns, heading)
  const [only, ...others] = entries
  if (column === undefined && only && others.length === 0) return askColumn(only, columns, sheet.today)
  if (column === undefined) {
    const raw = (heading ?? entries[0]?.row ?? []).join(' ').trim()
    return { type: 'which', raw, candidates: entries.map(({ item }) => item.item.code) }
  }
  const readings = entries.flatMap(({ row, item }): Reading[] => {
    const cell = row[column] ?? ''
    return cell === '' ? [] : [readOne(item, cell, sheet.today)]
  })
  return { type: 'readings', readings, leftover: left.map((row) => row.join(' ').trim()) }
}

/** One row, and no heading that says which of its figures is of this period. */
function askColumn({ row, item }: Entry, columns: readonly number[], today: string): Reply {
  const choices = columns.flatMap((at) => {
    const { result } = doubtReading(readOne(item, row[at] ?? '', today), 'severalNumbers')
    return result.outcome === 'ask' ? result.choices : []
  })
  const result = createAsk('severalNumbers', choices)
  return {
    type: 'readings',
    readings: [{ code: item.item.code, raw: row.join(' ').trim(), result }],
    leftover: [],
  }
}

function chooseColumn(columns: readonly number[], heading: Row | undefined): number | undefined {
  const says = (kind: keyof typeof HEADINGS, at: number): boolean =>
    HEADINGS[kind].some((words) => foldText(heading?.[at] ?? '').includes(words))
  const usable = columns.filter((at) => !says('other', at))
  const now = usable.filter((at) => says('now', at))
  const chosen = now.length > 0 ? now : usable
  return chosen.length === 1 ? chosen[0] : undefined
}

function isHeading(row: Row): boolean {
  const words = row.map(foldText)
  return (
    !row.some(isFigure) &&
    [...HEADINGS.now, ...HEADINGS.value, ...HEADINGS.other, 'noi dung', 'chi tieu'].some((name) =>
      words.some((word) => word.includes(name)),
    )
  )
}

function isFigure(cell: string): boolean {
  if (cell === '' || cell.length > 60) return false
  if (/^\p{Nd}/u.test(cell)) return true
  return readFigure(cell, { kind: 'count', previous: '7' }).outcome !== 'refuse'
}
