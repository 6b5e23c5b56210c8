import { isKnown } from '../figures/amounts.ts'
import { isMeasure, type Piece } from '../figures/pieces.ts'
import { type Match, matchName, type Named, type Names } from './names.ts'
import type { AskedItem } from './reading.ts'
import type { Word } from './words.ts'

/** What a value shows itself to be by its sign or its scale: "40,35%", "1 tỷ 250 triệu". */
export type Sort = 'percent' | 'money'

/** Without "đồng" only as much as nothing else in a report amounts to. */
const LEAST_MONEY = 1_000_000

/** The sort of the one figure said; of a plain number or of several there is none. */
export function sortOf(pieces: readonly Piece[]): Sort | undefined {
  const [figure, ...others] = pieces.filter(isMeasure)
  if (figure?.type !== 'figure' || others.length > 0) return undefined
  if (figure.dimension === 'percent' || figure.dimension === 'money') return figure.dimension
  const { raw, amount } = figure
  const isScaled = figure.dimension === 'bare' && raw === undefined && isKnown(amount)
  return isScaled && Number(amount.value) >= LEAST_MONEY ? 'money' : undefined
}

/** The one item of some that a value of this sort can be of. */
export function findFitting(items: readonly AskedItem[], sort: Sort | undefined): AskedItem | undefined {
  const [only, ...others] = items.filter(({ item }) => item.kind === sort)
  return others.length === 0 ? only : undefined
}

/** Finds the item a label means, with the help of what its value shows: "thu 4,46 tỷ" names a sum and a rate. */
export function matchSaid(names: Names, label: readonly Word[], sort: Sort | undefined): Match {
  const isRate = sort === 'percent' || label.some(({ fold }) => fold === 'le')
  const match = matchName(isRate ? names : dropRates(names), label)
  const fitting = match.candidates.length > 1 ? findFitting(match.candidates, sort) : undefined
  return fitting ? { found: fitting, candidates: [fitting] } : match
}

/** "trước hạn 219" is no computed rate, whatever words its name has. */
function dropRates(names: Names): Names {
  const isCount = ({ asked: { item } }: Named): boolean =>
    item.source !== 'derived' || item.kind !== 'percent'
  return { ...names, siblings: names.siblings.filter(isCount), others: names.others.filter(isCount) }
}
