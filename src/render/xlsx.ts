import writeExcelFile, { type CellObject } from 'write-excel-file/node'
import { stampEntries } from './seal.ts'
import { cleanText } from './typography.ts'

/** Figures as rows and columns, to be typed over into another system. */
export interface FigureSheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly SheetRow[]
}

export interface SheetColumn {
  readonly title: string
  /** In characters. */
  readonly width: number
}

export interface SheetRow {
  readonly cells: readonly SheetCell[]
  readonly isGroup: boolean
}

/** Text, or a number in its canonical form: "7847", "99.58". */
export type SheetCell = string | { readonly number: string }

/** The sheet as an .xlsx under a header row that stays in sight. Equal sheets give equal bytes. */
export async function renderXlsx({ name, columns, rows }: FigureSheet): Promise<Uint8Array> {
  const titles: SheetRow = { cells: columns.map(({ title }) => title), isGroup: true }
  const data = [titles, ...rows].map((row) => {
    const look: CellObject = {
      height: heightOf(row, columns),
      ...(row === titles ? { align: 'center' } : {}),
    }
    return columns.map((_, at) => ({ ...writeCell(row.cells[at] ?? '', row), ...look }))
  })
  const options = {
    sheet: nameSheet(name),
    columns: columns.map(({ width }) => ({ width })),
    orientation: 'landscape' as const,
    stickyRowsCount: 1,
  }
  const font = { fontFamily: 'Times New Roman', fontSize: 12 }
  const bytes = new Uint8Array(await writeExcelFile(data, options, font).toBuffer())
  stampEntries(bytes)
  return bytes
}

const GRID: CellObject = { wrap: true, alignVertical: 'top', borderStyle: 'thin', borderColor: '#000000' }

/** Points a line takes, and the most that Excel gives a row. */
const LINE_HEIGHT = 16
const ROW_LIMIT = 409

/** Estimated: the library writes no heights, and LibreOffice then shows the first line of a cell alone. */
function heightOf({ cells }: SheetRow, columns: readonly SheetColumn[]): number {
  const lines = columns.map(({ width }, at) => {
    const cell = cells[at] ?? ''
    const parts = typeof cell === 'string' ? cell.split('\n') : [cell.number]
    return parts.reduce((sum, part) => sum + Math.max(1, Math.ceil((part.length * 1.1) / width)), 0)
  })
  return Math.min(ROW_LIMIT, Math.max(1, ...lines) * LINE_HEIGHT)
}

function writeCell(cell: SheetCell, { isGroup }: SheetRow): CellObject {
  return {
    ...GRID,
    ...(isGroup ? { fontWeight: 'bold' } : {}),
    ...(typeof cell === 'string' ? writeText(cell) : writeNumber(cell.number)),
  }
}

/** A sheet keeps 15 digits of a number: a longer one is written as text and loses none. */
function writeNumber(number: string): CellObject {
  const [, whole = '', decimals = ''] = /^-?0*(\d+)(?:\.(\d+))?$/.exec(number) ?? []
  if (whole === '' || whole.length + decimals.length > 15) return { ...writeText(number), align: 'right' }
  return {
    type: Number,
    value: Number(number),
    format: decimals === '' ? '#,##0' : `#,##0.${'0'.repeat(decimals.length)}`,
    align: 'right',
  }
}

/** More than a cell of Excel holds would make it refuse the file. */
const CELL_LIMIT = 32_767

/** What looks like a formula or a number is marked as text, or Excel reads it anew when somebody edits it. */
function writeText(text: string): CellObject {
  const lines = text
    .split(/\r\n?|\n/)
    .map(cleanText)
    .join('\n')
  if (lines === '') return {}
  return {
    type: String,
    value: lines.length > CELL_LIMIT ? `${lines.slice(0, CELL_LIMIT - 1)}…` : lines,
    ...(/^[=+\-@\d]/.test(lines) && lines.length < 256 ? { format: '@' } : {}),
  }
}

/** Excel forbids some marks in the name of a sheet, and more than 31 characters. */
function nameSheet(name: string): string {
  const allowed = cleanText(name)
    .replace(/[[\]/\\:*?']/g, ' ')
    .slice(0, 31)
    .trim()
  return cleanText(allowed) || '1'
}
