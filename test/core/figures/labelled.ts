import { readFileSync } from 'node:fs'
import type { FigureKind, FigureQuestion, FigureReading } from '../../../src/core/figures/figure.ts'
import { readFigure } from '../../../src/core/figures/read.ts'

/** A phrase with what it must be read as; Wednesday 5 March 2025 is today in all of them. */
export interface Labelled {
  readonly line: number
  readonly input: string
  readonly asked: FigureQuestion
  /** "value 7847 exact hồ sơ", "ask separator", "empty pending 2025-03-10", "refuse noNumber". */
  readonly expected: string
}

export const TODAY = '2025-03-05'

/** Reads a table of labelled phrases: input, kind, unit, outcome, answer, qualifier, said unit, previous. */
export function readLabelled(file: string): readonly Labelled[] {
  const [, ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((text, index) => {
    const [
      input = '',
      kind = '',
      unit = '',
      outcome = '',
      answer = '',
      qualifier = '',
      said = '',
      previous = '',
    ] = text.split('\t')
    const asked = {
      kind: kind as FigureKind,
      today: TODAY,
      ...(unit === '' ? {} : { unit }),
      ...(previous === '' ? {} : { previous }),
    }
    const expected = [outcome, ...answer.split(':'), qualifier, said].filter((part) => part !== '').join(' ')
    return { line: index + 2, input: input.replaceAll('\\n', '\n').replaceAll('\\t', '\t'), asked, expected }
  })
}

/** The reading in the words of the tables. */
export function describeReading(reading: FigureReading): string {
  switch (reading.outcome) {
    case 'value':
      return ['value', reading.value, reading.qualifier, reading.unit ?? '']
        .filter((part) => part !== '')
        .join(' ')
    case 'ask':
      return `ask ${reading.why}`
    case 'empty':
      return ['empty', reading.empty, reading.until ?? ''].filter((part) => part !== '').join(' ')
    case 'refuse':
      return `refuse ${reading.why}`
  }
}

/** A value recorded without a question, and not the one meant: the one thing that must never happen. */
export function isSilentlyWrong({ expected }: Labelled, reading: FigureReading): boolean {
  if (reading.outcome === 'empty') return !expected.startsWith(`empty ${reading.empty}`)
  return reading.outcome === 'value' && !expected.startsWith(`value ${reading.value} ${reading.qualifier}`)
}

/** Reads all and says which went wrong and which of those silently. */
export function readAll(rows: readonly Labelled[]): {
  readonly wrong: readonly string[]
  readonly silent: readonly string[]
} {
  const readings = rows.map((row) => ({ row, reading: readFigure(row.input, row.asked) }))
  const tell = ({ row, reading }: (typeof readings)[number]): string =>
    `${row.line}: "${row.input}" (${row.asked.kind} ${row.asked.unit ?? ''}) → ${describeReading(reading)}, not ${row.expected}`
  return {
    wrong: readings.filter(({ row, reading }) => describeReading(reading) !== row.expected).map(tell),
    silent: readings.filter(({ row, reading }) => isSilentlyWrong(row, reading)).map(tell),
  }
}
