import type { Formula } from './formula.ts'
import type { FormRow, Item } from './pack.ts'
import { foldText } from './text.ts'

/** A statistics form as it came in a spreadsheet, made into rows and items. */
export interface ReadForm {
  readonly rows: readonly FormRow[]
  readonly items: readonly Item[]
  readonly groups: readonly { readonly id: string; readonly ask: string }[]
  /** What was mended on the way, by the row of the sheet. */
  readonly defects: readonly Defect[]
}

export interface Defect {
  readonly row: number
  readonly what:
    | 'codeTwice'
    | 'noCode'
    | 'noCodeAbove'
    | 'noUnit'
    | 'groupWithItem'
    | 'unknownOwner'
    | 'badFormula'
    | 'badKind'
  readonly value: string
}

const COLUMNS = {
  code: ['ma', 'stt', 'ma chi tieu', 'ma so'],
  name: ['ten', 'chi tieu', 'ten chi tieu', 'noi dung'],
  unit: ['don vi', 'don vi tinh', 'dvt'],
  kind: ['kieu', 'loai', 'kieu du lieu'],
  options: ['lua chon', 'ma hoa', 'gia tri cho phep'],
  owner: ['phu trach', 'nguoi phu trach', 'don vi phu trach', 'bo phan'],
  formula: ['cong thuc', 'cach tinh'],
  level: ['cap', 'cap ap dung', 'pham vi'],
  note: ['ghi chu'],
} as const
type Column = keyof typeof COLUMNS

const KINDS: Readonly<Record<string, Item['kind']>> = {
  'so dem': 'count',
  'so luong': 'count',
  so: 'count',
  'so thap phan': 'decimal',
  'ty le': 'percent',
  'phan tram': 'percent',
  tien: 'money',
  'so tien': 'money',
  'ty so': 'ratio',
  diem: 'score',
  ngay: 'date',
  ma: 'choice',
  'lua chon': 'choice',
  chu: 'text',
  'van ban': 'text',
}

interface Line {
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
  /** Given or made: every line has one, and no two the same. */
  readonly code: string
}

/** Reads the rows of a sheet whose first filled row names the columns; undefined when code and name are not among them. */
export function readFormSheet(
  cells: readonly (readonly string[])[],
  duties: ReadonlyMap<string, string>,
): ReadForm | undefined {
  const head = cells.findIndex((row) => columnsOf(row).has('name') && columnsOf(row).has('code'))
  const columns = columnsOf(cells[head] ?? [])
  if (head < 0) return undefined
  const defects: Defect[] = []
  const lines = nameLines(
    cells.slice(head + 1).map((row, index) => ({
      row: head + 2 + index,
      cells: Object.fromEntries(
        Object.keys(COLUMNS).map((key) => [key, clean(row[columns.get(key as Column) ?? -1])]),
      ) as Line['cells'],
    })),
    defects,
  )
  const items = lines.flatMap((line) => itemOf(line, lines, { duties, defects }))
  const known = new Set(items.map((item) => item.code))
  const rows = lines.map((line): FormRow => rowOf(line, known))
  // A form may leave out the heading of its lines: they are asked under their first number.
  const groups = [...new Set(items.map((item) => item.group))].map((id) => ({
    id,
    ask: lines.find(({ code }) => groupId(code) === id)?.cells.name ?? id.replace(/^bieu-/, '').toUpperCase(),
  }))
  return { rows, items, groups, defects }
}

function columnsOf(row: readonly string[]): ReadonlyMap<Column, number> {
  const found = new Map<Column, number>()
  row.forEach((cell, index) => {
    const name = foldText(clean(cell))
    const column = (Object.keys(COLUMNS) as Column[]).find((key) =>
      (COLUMNS[key] as readonly string[]).includes(name),
    )
    if (column && !found.has(column)) found.set(column, index)
  })
  return found
}

function clean(cell: string | undefined): string {
  return (cell ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** A line without a code is a part of the line above; a code that came before is told apart. */
function nameLines(raw: readonly Omit<Line, 'code'>[], defects: Defect[]): readonly Line[] {
  const lines = raw.filter(({ cells }) => cells.name !== '')
  const given = new Set(lines.map(({ cells }) => fold(writtenCode(cells))))
  const codes = new Set<string>()
  let above = ''
  return lines.map((line) => {
    const written = writtenCode(line.cells)
    let code = written
    if (written === '') {
      code = freeCode(above, (one) => given.has(fold(one)) || codes.has(fold(one)))
      defects.push({ row: line.row, what: above === '' ? 'noCodeAbove' : 'noCode', value: code })
    }
    let taken: string | undefined
    while (codes.has(fold(code))) {
      taken = code
      code = `${code}bis`
    }
    if (taken !== undefined) defects.push({ row: line.row, what: 'codeTwice', value: taken })
    codes.add(fold(code))
    if (written !== '') above = code
    return { ...line, code }
  })
}

function writtenCode({ code }: Line['cells']): string {
  return code.replace(/\.+$/, '')
}

/** "3.3.1.a", then b, c …; under no line at all "a". */
function freeCode(above: string, isTaken: (code: string) => boolean): string {
  const under = (part: string | number) => (above === '' ? String(part) : `${above}.${part}`)
  const letter = [...'abcdeghikl'].map(under).find((code) => !isTaken(code))
  if (letter !== undefined) return letter
  let number = 1
  while (isTaken(under(number))) number += 1
  return under(number)
}

/** Codes that differ only in case are the same code. */
function fold(code: string): string {
  return code.toLowerCase()
}

interface Desk {
  readonly duties: ReadonlyMap<string, string>
  readonly defects: Defect[]
}

function itemOf(line: Line, lines: readonly Line[], { duties, defects }: Desk): readonly Item[] {
  const { row, cells, code } = line
  if (isForeign(cells) || isHeading(line, lines)) return []
  if (isParent(code, lines)) defects.push({ row, what: 'groupWithItem', value: code })
  const options = readOptions(cells.options)
  const kind = kindOf(cells, options, { row, defects })
  if (cells.unit === '' && kind === 'count') defects.push({ row, what: 'noUnit', value: code })
  const owner = duties.get(foldText(cells.owner))
  if (!owner && cells.owner !== '') defects.push({ row, what: 'unknownOwner', value: cells.owner })
  const formula = cells.formula === '' ? undefined : readFormula(cells.formula, lines, kind)
  if (cells.formula !== '' && !formula) defects.push({ row, what: 'badFormula', value: cells.formula })
  return [
    {
      code,
      name: fullName(line, lines),
      kind,
      ...(cells.unit === '' || kind === 'choice' || kind === 'text' ? {} : { unit: cells.unit }),
      duty: owner ?? 'dieu-hanh',
      group: groupId(parentOf(code, lines)),
      ...(kind === 'choice' ? { options } : {}),
      ...(formula ? { source: 'derived', formula } : {}),
    },
  ]
}

const OWN_LEVEL = /(?<!\bthi )\bxa\b|\b(?:phuong|dac khu|thi tran)\b/
const OTHER_LEVEL = /\b(?:huyen|tinh)\b|(?<!\b(?:can|noi|toan) )\bbo\b/

/** A line of another level of government, and not of the commune's own beside it. */
function isForeign({ level, name }: Line['cells']): boolean {
  const said = foldText(level)
  if (OWN_LEVEL.test(said)) return false
  return OTHER_LEVEL.test(said) || (/cấp huyện$/iu.test(name) && !/cấp xã/iu.test(name))
}

/** Without a unit, a kind or options a line above others is their heading. */
function isHeading(line: Line, lines: readonly Line[]): boolean {
  const { cells, code } = line
  const isBare = [cells.unit, cells.kind, cells.options, cells.formula].every((cell) => cell === '')
  return isBare && (isParent(code, lines) || isPart(line, lines))
}

function isParent(code: string, lines: readonly Line[]): boolean {
  return lines.some((other) => fold(other.code).startsWith(`${fold(code)}.`))
}

/** "II" above "1", "A" above "I": a part of the form, whose lines do not carry its number. */
function isPart(line: Line, lines: readonly Line[]): boolean {
  const next = lines[lines.indexOf(line) + 1]
  return /^[A-Z]+$/.test(line.code) && next !== undefined && /^(?:\d|I$)/.test(next.code)
}

function parentOf(code: string, lines: readonly Line[]): string {
  const parts = code.split('.')
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const parent = parts.slice(0, length).join('.')
    if (lines.some((line) => fold(line.code) === fold(parent) && isHeading(line, lines))) return parent
  }
  return parts[0] ?? code
}

function groupId(code: string): string {
  return `bieu-${code.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

/** "Trong đó: Tại cấp xã" says nothing alone. */
function fullName({ code, cells: { name } }: Line, lines: readonly Line[]): string {
  if (!/^trong đó/iu.test(name)) return name
  const above = lines.find((line) => fold(line.code) === fold(code.slice(0, code.lastIndexOf('.'))))
  return above ? `${above.cells.name} – ${name.replace(/^trong đó\s*:?\s*/iu, '')}` : name
}

/** "Không = 0; Có (đầy đủ) = 1" or "0 = Không; 1 = Có", however the cell was broken. */
function readOptions(text: string): NonNullable<Item['options']> {
  const isValueFirst = /^\d+\s*=/.test(text)
  const pairs = isValueFirst
    ? text.matchAll(/(?<value>\d+)\s*=\s*(?<name>[^=;]+?)(?=[\s,;./|-]*(?:$|;|\b\d+\s*=))/gu)
    : text.matchAll(/(?<name>[\p{L}\d(][^=;]*?)\s*=\s*(?<value>\d+)/gu)
  return [...pairs].map(({ groups: { name = '', value = '' } = {} }) => ({ value, name: name.trim() }))
}

function kindOf(
  { kind, unit }: Line['cells'],
  options: readonly unknown[],
  { row, defects }: { readonly row: number; readonly defects: Defect[] },
): Item['kind'] {
  if (options.length > 1) return 'choice'
  const named = KINDS[foldText(kind)]
  if (named && named !== 'choice') return named
  if (kind !== '') defects.push({ row, what: 'badKind', value: kind })
  if (unit.startsWith('%')) return 'percent'
  return /^(?:triệu |nghìn |tỷ )?đồng$/iu.test(unit) ? 'money' : 'count'
}

/** "3.3.1.a + 3.3.1.b", "4.2.1 - 4.2.2", "3.3.2 / 3.3.1"; a bracket after "-" or "/" would turn signs about. */
function readFormula(text: string, lines: readonly Line[], kind: Item['kind']): Formula | undefined {
  const bare = text.replace(/^=/, '').replace(/[([]\s*([\p{L}\d.]+)\s*[)\]]/gu, ' $1 ')
  if (/[-/:]\s*[([]/.test(bare)) return undefined
  const plain = bare.replace(/[()[\]]/g, ' ').trim()
  const codes = plain.split(/[+/:-]/).map((part) => {
    const code = fold(part.trim())
    return lines.find((line) => fold(line.code) === code)?.code
  })
  const known = codes.filter((code) => code !== undefined)
  const [first, second, ...more] = known
  if (known.length < codes.length || first === undefined || second === undefined) return undefined
  if (/^[^/:-]+$/.test(plain)) return { type: 'sum', parts: known }
  if (/^[^+/:]+$/.test(plain)) return { type: 'difference', from: first, less: [second, ...more] }
  if (more.length > 0) return undefined
  return { type: kind === 'percent' ? 'rate' : 'ratio', part: [first], whole: second }
}

function rowOf({ code, cells }: Line, known: ReadonlySet<string>): FormRow {
  return {
    code: cells.code,
    name: cells.name,
    unit: cells.unit,
    note: '',
    isForeign: isForeign(cells),
    ...(known.has(code) ? { item: code } : {}),
  }
}
