import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table as Ruled,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Column, Run, Table } from '../core/report.ts'
import { writeRuns } from './runs.ts'
import type { Look } from './typography.ts'

/** Half a point, black. */
const RULE = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const RULES = {
  top: RULE,
  bottom: RULE,
  left: RULE,
  right: RULE,
  insideHorizontal: RULE,
  insideVertical: RULE,
}
const PADDING = { top: 40, bottom: 40, left: 85, right: 85, marginUnitType: WidthType.DXA }

/**
 * A table of figures with all its lines drawn, exactly as wide as `width`. The header row comes again on
 * each page; no row breaks, but one that may be higher than a page; a group row stays with what it heads.
 */
export function layGrid(
  table: Table,
  { width, size }: { readonly width: number; readonly size: 12 | 13 },
): Ruled {
  const widths = shareOut(
    width,
    table.columns.map((column) => column.share),
  )
  const layRow = (cells: readonly (readonly Run[])[], look: Look, options: RowOptions): TableRow =>
    new TableRow({
      cantSplit: true,
      ...options,
      children: table.columns.map(
        (column, at) =>
          new TableCell({
            width: { size: widths[at] ?? 0, type: WidthType.DXA },
            verticalAlign: options.tableHeader ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
            children: [layCell(cells[at] ?? [], look, options.tableHeader ? 'center' : column.align)],
          }),
      ),
    })
  const titles = table.columns.map((column) => column.title)
  return new Ruled({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: PADDING,
    borders: RULES,
    rows: [
      layRow(titles, { size, isBold: true }, { tableHeader: true, keepNext: true }),
      ...table.rows.map((row, at) =>
        layRow(
          row.cells,
          { size, isBold: row.isGroup },
          { keepNext: row.isGroup || at === table.rows.length - 1 },
        ),
      ),
    ],
  })
}

interface RowOptions {
  readonly tableHeader?: true
  readonly keepNext: boolean
}

function layCell(runs: readonly Run[], look: Look, align: Column['align']): Paragraph {
  return new Paragraph({
    alignment: ALIGNMENTS[align],
    spacing: { before: 0, after: 0 },
    children: writeRuns(runs, look),
  })
}

const ALIGNMENTS = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
}

/** Whole twips in the proportion of the shares, none lost to rounding. */
function shareOut(width: number, shares: readonly number[]): readonly number[] {
  const all = shares.reduce((sum, share) => sum + share, 0)
  const edges = shares.map((_, at) => shares.slice(0, at + 1).reduce((sum, share) => sum + share, 0))
  return edges.map(
    (edge, at) => Math.round((edge / all) * width) - Math.round(((edges[at - 1] ?? 0) / all) * width),
  )
}
