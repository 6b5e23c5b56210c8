import type { Given } from './answer.ts'
import type { Form, FormRow, Item } from './pack.ts'
import type { Appendix, Column, Run } from './report.ts'
import { findItem } from './round.ts'
import { type Making, runsOf, valueRuns, writeGiven } from './runs.ts'

/** The statistics form, filled from the same answers as the text. */
export function assembleForm(form: Form, at: string, making: Making): Appendix {
  const title = (key: keyof Form['columns'], share: number, align: Column['align']): Column => ({
    title: runsOf(form.columns[key], `${at}.columns.${key}`, making),
    share,
    align,
  })
  return {
    label: runsOf(form.label, `${at}.label`, making),
    title: runsOf(form.title, `${at}.title`, making),
    reference: runsOf(form.reference, `${at}.reference`, making),
    table: {
      type: 'table',
      columns: [
        title('code', 8, 'center'),
        title('name', 42, 'left'),
        title('unit', 13, 'center'),
        title('value', 13, 'right'),
        title('note', 24, 'left'),
      ],
      rows: form.rows.map((row, index) => ({
        cells: layRow(row, `${at}.rows.${index}`, making),
        isGroup: row.item === undefined && !row.isForeign,
      })),
    },
  }
}

function layRow(row: FormRow, at: string, making: Making): readonly (readonly Run[])[] {
  const written = (key: 'code' | 'name' | 'unit'): readonly Run[] =>
    row[key] === '' ? [] : [{ text: row[key], source: { type: 'pack', at: `${at}.${key}` } }]
  return [
    written('code'),
    written('name'),
    written('unit'),
    layValue(row, making),
    row.note === '' ? [] : runsOf(row.note, `${at}.note`, making),
  ]
}

/** A coded indicator prints its code and nothing that arose a nought, as forms want it. */
function writeInForm(given: Given, item: Item, making: Making): string {
  if (item.kind === 'choice' && given.state === 'value') return given.value
  return given.state === 'none' && item.kind !== 'text' ? '0' : writeGiven(given, item, true, making)
}

function layValue(row: FormRow, making: Making): readonly Run[] {
  const { round } = making
  if (row.isForeign)
    return [
      { text: round.pack.document.notApplicable, source: { type: 'pack', at: 'document.notApplicable' } },
    ]
  const item = row.item === undefined ? undefined : findItem(round.pack, row.item)
  if (!item) return []
  return valueRuns(item, making, {
    write: (given) => writeInForm(given, item, making),
    gap: round.pack.document.gapInForm,
  })
}
