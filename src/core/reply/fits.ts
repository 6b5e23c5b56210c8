import { isKnown } from '../figures/amounts.ts'
import { isMeasure, isSign, type Piece } from '../figures/pieces.ts'
import { fitUnit } from '../figures/units.ts'
import { type Match, matchName, type Named, type Names } from './names.ts'
import type { AskedItem } from './reading.ts'
import type { Word } from './words.ts'

/** What a value shows itself to be by its sign or its scale: "40,35%", "1 tỷ 250 triệu", "20/21". */
export type Sort = 'percent' | 'money' | 'ratio'

/** Without "đồng" only as much as nothing else in a report amounts to. */
const LEAST_MONEY = 1_000_000

/** The sort of the one figure said; of a plain number or of several there is none. */
export function sortOf(pieces: readonly Piece[]): Sort | undefined {
  if (isRatio(pieces)) return 'ratio'
  const [figure, ...others] = pieces.filter(isMeasure)
  if (figure?.type !== 'figure' || others.length > 0) return undefined
  if (figure.dimension === 'percent' || figure.dimension === 'money') return figure.dimension
  const { raw, amount } = figure
  const isScaled = figure.dimension === 'bare' && raw === undefined && isKnown(amount)
  return isScaled && Number(amount.value) >= LEAST_MONEY ? 'money' : undefined
}

/** "20/21 người"; what is said of days has signs of its own. */
function isRatio(pieces: readonly Piece[]): boolean {
  const [part, sign, whole] = pieces
  const isWhole = pieces.filter(isMeasure).length === 2 && whole?.type === 'figure' && isKnown(whole.amount)
  return part?.type === 'figure' && isSign(sign, '/') && isWhole
}

/** What the figures said count: "02 đ/c" → người. */
export function unitsOf(pieces: readonly Piece[]): readonly string[] {
  return pieces.flatMap((piece) =>
    piece.type === 'figure' && piece.dimension === 'unit' && piece.unit !== undefined ? [piece.unit] : [],
  )
}

/** Whether an item can be of what was counted; where nothing says what was, it can. */
export function canCount({ item }: AskedItem, units: readonly string[]): boolean {
  return units.length === 0 || units.some((unit) => fitUnit(unit, item.unit) !== 'other')
}

/** The one item of some that a value of this sort can be of. */
export function findFitting(items: readonly AskedItem[], sort: Sort | undefined): AskedItem | undefined {
  const [only, ...others] = items.filter(({ item }) => item.kind === sort)
  // "1/3" may be a day.
  const isDay = sort === 'ratio' && items.some(({ item }) => item.kind === 'date')
  return others.length === 0 && !isDay ? only : undefined
}

/** The one item of some that counts what was counted: "5 người" beside sáng kiến. */
export function findCounting(items: readonly AskedItem[], units: readonly string[]): AskedItem | undefined {
  const [only, ...others] = units.length === 0 ? [] : items.filter((one) => canCount(one, units))
  return others.length === 0 ? only : undefined
}

/** What a value shows of whose it is. */
interface Shown {
  readonly sort: Sort | undefined
  readonly units: readonly string[]
}

/** Finds the item a label means, with the help of what its value shows: "thu 4,46 tỷ" names a sum and a rate. */
export function matchSaid(names: Names, label: readonly Word[], { sort, units }: Shown): Match {
  const isRate = sort === 'percent' || label.some(({ fold }) => fold === 'le')
  const possible = isRate ? names : dropRates(names)
  const counted = matchName(keepCounted(possible, units), label)
  const match = counted.candidates.length > 0 ? counted : matchName(possible, label)
  const fitting = match.candidates.length > 1 ? findFitting(match.candidates, sort) : undefined
  return fitting ? { found: fitting, candidates: [fitting] } : match
}

/** "trước hạn 219" is no computed rate, whatever words its name has. */
export function dropRates(names: Names): Names {
  const isCount = ({ asked: { item } }: Named): boolean =>
    item.source !== 'derived' || item.kind !== 'percent'
  return { ...names, siblings: names.siblings.filter(isCount), others: names.others.filter(isCount) }
}

/** "02 đ/c đăng ký" is of those who did, not of what they did. */
function keepCounted(names: Names, units: readonly string[]): Names {
  const isOf = ({ asked }: Named): boolean => canCount(asked, units)
  return {
    ...names,
    asked: names.asked.filter(isOf),
    siblings: names.siblings.filter(isOf),
    others: names.others.filter(isOf),
  }
}
