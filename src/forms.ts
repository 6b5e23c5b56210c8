import { readFile } from 'node:fs/promises'
import readSheets from 'read-excel-file/node'
import { type ReadForm, readFormSheet } from './core/formsheet.ts'
import { foldText } from './core/text.ts'
import type { Duties } from './prompts.ts'

/** Reads a statistics form from the first sheet of an .xlsx; undefined when it is none, or has no columns for code and name. */
export async function readFormFile(path: string, duties: Duties): Promise<ReadForm | undefined> {
  const cells = await readCells(path)
  return cells && readFormSheet(cells, namesOf(duties))
}

async function readCells(path: string): Promise<readonly (readonly string[])[] | undefined> {
  try {
    // Codes such as 1.10 must stay as they are written.
    const [sheet] = await readSheets(await readFile(path), { parseNumber: (text) => text })
    return sheet?.data.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  } catch {
    // Not there, or not a workbook: what was expected is the caller's to say.
    return undefined
  }
}

/** A duty by its id, or by the title of the office that holds it. */
function namesOf(duties: Duties): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(duties).flatMap(([id, { before, after }]) =>
      [id, before, after].map((name) => [foldText(name), id] as const),
    ),
  )
}
