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
  const used = new Set(items.map((item) => item.group))
  const groups = lines
    .filter(({ code }) => used.has(groupId(code)))
    .map(({ code, cells: { name } }) => ({ id: groupId(code), ask: name }))
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
  const codes = new Set<string>()
  let above = ''
  return raw
    .filter(({ cells }) => cells.name !== '')
    .map((line) => {
      const given = line.cells.code.replace(/\.+$/, '')
      let code = given
      if (given === '') {
        const letters = [...'abcdeghikl'].map((letter) => `${above}.${letter}`)
        code = letters.find((one) => !codes.has(one)) ?? `${above}.${codes.size}`
        defects.push({ row: line.row, what: 'noCode', value: code })
      } else if (codes.has(given)) {
        code = `${given}bis`
        defects.push({ row: line.row, what: 'codeTwice', value: given })
      }
      codes.add(code)
      if (given !== '') above = code
      return { ...line, code }
    })
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

/** A line of another level of government. */
function isForeign({ level, name }: Line['cells']): boolean {
  return /\b(?:huyen|tinh|bo)\b/.test(foldText(level)) || /tại cấp huyện$|cấp huyện$/iu.test(name)
}

/** Without a unit, a kind or options a line above others is their heading, and so is one of the first level. */
function isHeading({ cells, code }: Line, lines: readonly Line[]): boolean {
  const isBare = [cells.unit, cells.kind, cells.options, cells.formula].every((cell) => cell === '')
  return isBare && (isParent(code, lines) || !code.includes('.'))
}

function isParent(code: string, lines: readonly Line[]): boolean {
  return lines.some((other) => other.code.startsWith(`${code}.`))
}

function parentOf(code: string, lines: readonly Line[]): string {
  const parts = code.split('.')
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const parent = parts.slice(0, length).join('.')
    if (lines.some((line) => line.code === parent && isHeading(line, lines))) return parent
  }
  return parts[0] ?? code
}

function groupId(code: string): string {
  return `bieu-${code.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

/** "Trong đó: Tại cấp xã" says nothing alone. */
function fullName({ code, cells: { name } }: Line, lines: readonly Line[]): string {
  if (!/^trong đó/iu.test(name)) return name
  const above = lines.find((line) => line.code === code.slice(0, code.lastIndexOf('.')))
  return above ? `${above.cells.name} – ${name.replace(/^trong đó\s*:?\s*/iu, '')}` : name
}

/** "Không = 0; Có = 1", however the cell was broken. */
function readOptions(text: string): NonNullable<Item['options']> {
  return [...text.matchAll(/(\p{L}[\p{L}\d\s,]*?)\s*=\s*(\d+)/gu)].map(([, name = '', value = '']) => ({
    value,
    name: name.trim(),
  }))
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

/** "3.3.1.a + 3.3.1.b", "4.2.1 - 4.2.2", "3.3.2 / 3.3.1". */
function readFormula(text: string, lines: readonly Line[], kind: Item['kind']): Formula | undefined {
  const plain = text
    .replace(/^=/, '')
    .replace(/[()[\]]/g, ' ')
    .trim()
  const codes = plain.split(/[+/:-]/).map((part) => part.trim())
  const [first, second, ...more] = codes
  const isKnown = codes.every((code) => lines.some((line) => line.code === code))
  if (!isKnown || first === undefined || second === undefined) return undefined
  if (/^[^/:-]+$/.test(plain)) return { type: 'sum', parts: codes }
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
