import type { Given } from './answer.ts'
import { addDecimals, type Decimal, readDecimal, subtractDecimals, writeDecimal } from './figures/decimal.ts'
import type { FigureKind, Qualifier } from './figures/figure.ts'
import { writeFigure, writeQualified } from './figures/write.ts'
import { addIntervals, exactly, type Interval, qualify, roundedTo, ZERO } from './interval.ts'
import type { Item } from './pack.ts'
import type { Relation } from './relation.ts'

/** One side of a relation: one figure, or several added up. */
export interface Side {
  /** The items that count; one that does not apply here is left out. */
  readonly codes: readonly string[]
  /** The first of them, which names the side and lends it kind and unit. */
  readonly item: Item | undefined
  readonly number: Decimal
  readonly interval: Interval
  /** No "khoảng", "hơn", "ước" in it. */
  readonly isExact: boolean
  readonly terms: readonly Term[]
}

/** Where a side takes its figures from: this period, or the one before. */
export interface Source {
  readonly valueOf: (code: string) => Given | undefined
  readonly itemOf: (code: string) => Item | undefined
}

/** One figure of a side. */
export interface Term {
  readonly code: string
  readonly item: Item | undefined
  readonly number: Decimal
  readonly qualifier: Qualifier
  /** How many decimals it was rounded to; a count is not rounded. */
  readonly places: number | undefined
}

/** Adds the codes up; undefined as long as that cannot be said, or when none of them applies here. */
export function readSide(
  codes: readonly string[],
  source: Source,
  missing: Relation['missing'] = 'wait',
): Side | undefined {
  const read = codes.map((code) => readTerm(code, source))
  if (missing === 'wait' && read.includes('missing')) return undefined
  const terms = read.filter((term) => typeof term === 'object')
  const [first] = terms
  if (!first) return undefined
  // Trailing noughts are not kept: beside 13,4 a 12 was 12,0, so terms share the finest of them.
  const places = Math.max(...terms.map((term) => term.places ?? 0))
  return {
    codes: terms.map((term) => term.code),
    item: first.item,
    number: terms.map((term) => term.number).reduce(addDecimals),
    interval: terms.map((term) => intervalOf(term, places)).reduce(addIntervals),
    isExact: terms.every((term) => term.qualifier === 'exact'),
    terms,
  }
}

function readTerm(code: string, source: Source): Term | 'missing' | 'left out' {
  const given = source.valueOf(code)
  const item = source.itemOf(code)
  switch (given?.state) {
    case 'value': {
      const number = readDecimal(given.value)
      if (!number) return 'missing'
      const isRounded = item?.kind === 'decimal' || item?.kind === 'percent'
      return { code, item, number, qualifier: given.qualifier, places: isRounded ? number.scale : undefined }
    }
    case 'none':
      return { code, item, number: ZERO, qualifier: 'exact', places: undefined }
    case 'notApplicable':
      return 'left out'
    default:
      return 'missing'
  }
}

function intervalOf({ number, qualifier, places }: Term, finest: number): Interval {
  return qualify(places === undefined ? exactly(number) : roundedTo(number, finest), qualifier)
}

/** The two numbers of "7/28" or "35.5/36"; undefined where nothing or no ratio was given. */
export function readRatio(
  code: string,
  source: Source,
): { readonly part: Side; readonly whole: Side } | undefined {
  const given = source.valueOf(code)
  if (given?.state !== 'value') return undefined
  const [part, whole, ...more] = given.value.split('/').map(readDecimal)
  if (!part || !whole || more.length > 0) return undefined
  const item = source.itemOf(code)
  const sideOf = (number: Decimal, qualifier: Qualifier): Side => ({
    codes: [code],
    item,
    number,
    interval: qualify(exactly(number), qualifier),
    isExact: qualifier === 'exact',
    terms: [{ code, item, number, qualifier, places: undefined }],
  })
  return { part: sideOf(part, given.qualifier), whole: sideOf(whole, 'exact') }
}

/** "2.382", or "2.324 + 54 + 3 = 2.381" when there is something to add. */
export function writeSide(side: Side): string {
  const total = writeNumber(side.number, kindOf(side.item))
  if (side.terms.length > 1) return `${writeTerms(side)} = ${total}`
  return side.isExact ? total : writeTerms(side)
}

/** "7/28", or "(219 + 2)/221". */
export function writeFraction(part: Side, whole: Side): string {
  const over = writeTerms(part)
  return `${part.terms.length > 1 ? `(${over})` : over}/${writeTerms(whole)}`
}

/** "2.324 + 54 + 3" */
export function writeTerms(side: Side): string {
  return side.terms.map(writeTerm).join(' + ')
}

/** How far two sides are apart, with the unit: "1 hồ sơ". */
export function writeGap(one: Side, other: Side): string {
  const gap = gapOf(one, other)
  return writeNumber(gap, kindOf(one.item), one.item?.unit)
}

/** The same, bare: "1". */
export function writeBareGap(one: Side, other: Side): string {
  return writeNumber(gapOf(one, other), kindOf(one.item))
}

function gapOf(one: Side, other: Side): Decimal {
  const { units, scale } = subtractDecimals(one.number, other.number)
  return { units: units < 0n ? -units : units, scale }
}

/** Inside a sum đồng is not said after every term. */
function writeTerm({ number, item, qualifier }: Term): string {
  const kind = item?.kind === 'money' ? 'count' : kindOf(item)
  return qualifier === 'exact'
    ? writeNumber(number, kind)
    : writeQualified({ value: writeDecimal(number), qualifier }, { kind })
}

/** Canonical Vietnamese form; two figures that differ in the third decimal are not written alike. */
export function writeNumber(number: Decimal, kind: FigureKind, unit?: string): string {
  const value = writeDecimal(number)
  const [whole = '', fraction = ''] = value.split('.')
  if (fraction.length > 2) return `${writeFigure(whole, { kind: 'count' })},${fraction}${endOf(kind, unit)}`
  return writeFigure(value, unit === undefined ? { kind } : { kind, unit })
}

function endOf(kind: FigureKind, unit: string | undefined): string {
  if (kind === 'percent') return '%'
  return unit === undefined ? '' : ` ${unit}`
}

/** What a figure of the item is written as; a coded answer is a plain number. */
export function kindOf(item: Item | undefined): FigureKind {
  return item === undefined || item.kind === 'choice' || item.kind === 'text' ? 'count' : item.kind
}

/** The side's item by name, or its code where nobody knows it. */
export function nameOf(side: Side): string {
  return side.item?.name ?? side.codes.join(', ')
}

/** A figure to be taken instead of what stood there before, in the same unit. */
export function givenFor(number: Decimal, before: Given | undefined, qualifier: Qualifier): Given {
  const value = writeDecimal(number)
  return before?.state === 'value' ? { ...before, value, qualifier } : { state: 'value', value, qualifier }
}
