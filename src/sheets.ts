import { readSheet } from 'read-excel-file/universal'
import type { Parts } from './archive.ts'
import { writeDay } from './core/round.ts'

/** Rows of cells as words. */
export type Cells = readonly (readonly string[])[]

/** Further out lies no table of an office; a library that fills the rows between would fill the memory. */
const LAST_ROW = 20_000
const LAST_COLUMN = 300

interface NumberCell {
  readonly number: string
}

/**
 * The cells of the first sheet of an .xlsx as they are seen: 0,955 shown as a percentage is "95,5%". A number has a
 * decimal comma, so that it cannot be taken for one with thousands. Throws for what is no workbook.
 */
export async function readSheetCells(bytes: Uint8Array, parts: Parts): Promise<Cells | 'size'> {
  const sheet = findFirstSheet(parts)
  const cells = sheet === undefined ? [] : listCells(sheet)
  if (cells.some(({ row, column }) => row > LAST_ROW || column > LAST_COLUMN)) return 'size'
  const looks = readLooks(textOf(parts, 'xl/styles.xml'))
  const lookAt = new Map(cells.map(({ row, column, style }) => [`${row} ${column}`, looks[style]]))
  const rows = await readSheet<NumberCell>(Uint8Array.from(bytes).buffer, 1, {
    parseNumber: (number) => ({ number }),
  })
  return rows.map((row, r) =>
    row.map((cell, c) => {
      if (cell === null) return ''
      if (cell instanceof Date) return writeDay(cell.toISOString())
      return typeof cell === 'object'
        ? writeNumber(cell.number, lookAt.get(`${r + 1} ${c + 1}`))
        : String(cell)
    }),
  )
}

/** How a number is shown; undefined where Excel decides. */
interface Look {
  readonly decimals: number
  readonly isPercent: boolean
}

function writeNumber(text: string, look: Look | undefined): string {
  const value = Number(text)
  if (!Number.isFinite(value)) return text
  // As many digits as Excel counts with: 0.30000000000000004 is nobody's figure.
  const exact = Number((look?.isPercent ? value * 100 : value).toPrecision(15))
  const digits = exact.toLocaleString('en', {
    useGrouping: false,
    maximumSignificantDigits: 15,
    ...(look ? { maximumFractionDigits: look.decimals, roundingPriority: 'lessPrecision' } : {}),
  })
  return `${digits.replace('.', ',')}${look?.isPercent ? '%' : ''}`
}

/** The look of each cell style, in their order. */
function readLooks(styles: string): readonly (Look | undefined)[] {
  const codes = new Map<string, string>(BUILT_IN)
  for (const tag of tagsOf('numFmt', styles))
    codes.set(attribute(tag, 'numFmtId'), attribute(tag, 'formatCode'))
  const [used = ''] = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles) ?? []
  return tagsOf('xf', used).map((tag) => readLook(codes.get(attribute(tag, 'numFmtId')) ?? ''))
}

const BUILT_IN = [
  ['1', '0'],
  ['2', '0.00'],
  ['3', '#,##0'],
  ['4', '#,##0.00'],
  ['9', '0%'],
  ['10', '0.00%'],
] as const

/** "#,##0.0" and "0.00%"; signs in quotes are only printed. Whatever else is left to its value. */
function readLook(code: string): Look | undefined {
  const [first = ''] = code.replace(/&quot;[^&]*&quot;|"[^"]*"|\\.|[_*].|\[[^\]]*\]/g, '').split(';')
  const [, decimals = '', percent] =
    /^[#?0,]*?[#?0](?:\.([#?0]+))?(%)?$/.exec(first.replaceAll(' ', '')) ?? []
  if (decimals === '' && !/^[#?0,]*[#?0]%?$/.test(first.replaceAll(' ', ''))) return undefined
  return { decimals: decimals.length, isPercent: percent !== undefined }
}

interface CellTag {
  readonly row: number
  readonly column: number
  readonly style: number
}

function listCells(sheet: string): readonly CellTag[] {
  return tagsOf('c', sheet).flatMap((tag): CellTag[] => {
    const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(attribute(tag, 'r')) ?? []
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
    return [{ row: Number(row), column, style: Number(attribute(tag, 's') || '0') }]
  })
}

function findFirstSheet(parts: Parts): string | undefined {
  const [first = ''] = tagsOf('sheet', textOf(parts, 'xl/workbook.xml'))
  const id = /\b\w+:id="([^"]*)"/.exec(first)?.[1]
  const relation = tagsOf('Relationship', textOf(parts, 'xl/_rels/workbook.xml.rels')).find(
    (tag) => attribute(tag, 'Id') === id,
  )
  const target = attribute(relation ?? '', 'Target').replace(/^\/?(?:xl\/)?/, 'xl/')
  return parts.has(target) ? textOf(parts, target) : undefined
}

function textOf(parts: Parts, name: string): string {
  return new TextDecoder().decode(parts.get(name))
}

function tagsOf(name: string, xml: string): readonly string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}\\b(?!:)[^>]*>`, 'g')) ?? []
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
}
