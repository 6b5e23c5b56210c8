import mammoth from 'mammoth'
import { unpack } from './archive.ts'
import type { HandedFile } from './core/talk.ts'
import { cleanText } from './core/text.ts'
import { type Cells, readSheetCells } from './sheets.ts'

export const LARGEST_DOCUMENT = 5 * 1024 * 1024
/** More than any narrative or table of one report. */
const LONGEST_TEXT = 50_000

export type DocumentWords = { readonly text: string } | { readonly why: NonNullable<HandedFile['why']> }

/**
 * The words of a .docx, .xlsx, .txt or .csv, judged by what is in it; of the name only ".csv" counts, since nothing
 * else tells a table from a text. Bad input is never a fault.
 */
export async function readDocument(file: {
  readonly name: string
  readonly size: number
  readonly bytes?: Uint8Array
}): Promise<DocumentWords> {
  const { name, size, bytes } = file
  if (Math.max(size, bytes?.length ?? 0) > LARGEST_DOCUMENT) return { why: 'size' }
  if (!bytes) return { why: 'gone' }
  if (bytes.length === 0) return { why: 'empty' }
  const words = isZip(bytes) ? await readOfficeFile(bytes) : readPlain(bytes, /\.csv$/i.test(name))
  if ('why' in words) return words
  const text = cleanText(words.text)
  if (text === '') return { why: 'empty' }
  return text.length > LONGEST_TEXT ? { why: 'size' } : { text }
}

function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, 'PK\u0003\u0004')
}

function startsWith(bytes: Uint8Array, sign: string): boolean {
  return [...sign].every((letter, at) => bytes[at] === letter.charCodeAt(0))
}

async function readOfficeFile(bytes: Uint8Array): Promise<DocumentWords> {
  const parts = await unpack(bytes)
  if (parts === undefined) return { why: 'unreadable' }
  if (parts === 'size') return { why: 'size' }
  try {
    if (parts.has('word/document.xml')) return { text: await readLetter(bytes) }
    if (!parts.has('xl/workbook.xml')) return { why: 'type' }
    const cells = await readSheetCells(bytes, parts)
    return cells === 'size' ? { why: 'size' } : { text: writeRows(cells) }
  } catch {
    // Whatever a library says of a file that is broken: the person can only send another.
    return { why: 'unreadable' }
  }
}

/** Paragraphs as lines, rows of a table as cells with tabs between them; pictures are left out. */
async function readLetter(bytes: Uint8Array): Promise<string> {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), includeDefaultStyleMap: false },
  )
  return value
    .replace(
      /<t[dh]\b[^>]*>([\s\S]*?)<\/t[dh]>/g,
      (_, cell: string) => `${cell.replace(/<\/p>|<br \/>/g, ' ').trim()}\t`,
    )
    .replace(/\t?<\/tr>|<\/(?:p|li|h\d)>|<br \/>/g, '\n')
    .replace(/<[^>]*>| ↑/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (_, name: keyof typeof SIGNS) => SIGNS[name])
}

const SIGNS = { lt: '<', gt: '>', quot: '"', amp: '&' } as const

/** Letters, and no page of the web nor of another program that is made of letters too. */
function readPlain(bytes: Uint8Array, isTable: boolean): DocumentWords {
  const text = decode(bytes)
  if (text === undefined) return { why: isBinary(bytes) ? 'type' : 'unreadable' }
  if (/^\s*(?:<|%PDF|\{\\rtf)/.test(text) || text.includes('\0')) return { why: 'type' }
  if (text.length > LONGEST_TEXT) return { why: 'size' }
  return { text: isTable ? writeRows(readCsv(text.replace(/\r\n?/g, '\n'))) : text }
}

function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 32))
}

function writeRows(rows: Cells): string {
  return rows
    .map((row) =>
      row
        .map((cell) => cell.replace(/\s+/g, ' ').trim())
        .join('\t')
        .trimEnd(),
    )
    .filter((line) => line !== '')
    .join('\n')
}

const MARKS = [';', '\t', ','] as const

/** Cells between whichever mark stands in the most lines; one in quotes may hold the mark itself. */
function readCsv(text: string): Cells {
  const lines = text.split('\n')
  const uses = MARKS.map((one) => lines.filter((line) => line.includes(one)).length)
  const mark = MARKS[uses.indexOf(Math.max(...uses))] ?? ','
  const rows: string[][] = [[]]
  const cells = text.matchAll(new RegExp(`(?:"((?:[^"]|"")*)"|([^${mark}\n]*))(${mark}|\n|$)`, 'g'))
  for (const [, quoted, plain = '', end] of cells) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\n') rows.push([])
  }
  return rows
}
