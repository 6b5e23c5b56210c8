import type { Given } from './answer.ts'
import { type Against, type Change, changesOf, periodAgainst, sizeOf } from './changes.ts'
import { writeDecimal } from './figures/decimal.ts'
import type { FigureKind } from './figures/figure.ts'
import { writeFigure } from './figures/write.ts'
import type { Office } from './office.ts'
import type { Item } from './pack.ts'
import { clip, type Page, type Part, pageFooter, turnTo } from './page.ts'
import { type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import { describeGiven, writeValue } from './wording.ts'

const NAME_MAX = 60

/** What a comparison is asked of: with one earlier period or both, a page of it, and what the reader may see. */
export interface Comparing {
  readonly against?: Against
  readonly page: number
  isSeen(item: Item): boolean
}

/** The changes against the earlier periods, what matters most first, a page at a time. */
export function describeComparison(
  round: Round,
  office: Office,
  { against, page, isSeen }: Comparing,
): { readonly says: readonly Say[]; readonly page: Page; readonly words: Say } {
  const words: Say = { key: WORDS[against ?? 'both'] }
  const known = sidesOf(round, against)
  if (known.length === 0) return { says: [nothingKnown(round, against)], page: turnTo([], 1), words }
  const parts = known.map((side): Part => {
    const changes = changesOf(round, side).filter(({ item }) => isSeen(item))
    const period = describePeriod(round, side)
    return {
      lines:
        changes.length === 0
          ? [{ key: 'changes.same', values: { period } }]
          : changes.map((change): Say => changeLine(change, office)),
      // That nothing has changed is a sentence of its own.
      lay: (lines) =>
        changes.length === 0
          ? { key: 'changes.same', values: { period } }
          : { key: SIDES[side], values: { of: titleOf(round), period, lines } },
    }
  })
  const turned = turnTo(parts, page)
  return { says: [...turned.says, ...pageFooter(turned, words)], page: turned, words }
}

const WORDS = {
  previous: 'look.comparePrevious',
  yearBefore: 'look.compareYear',
  both: 'look.compare',
} as const

const SIDES = { previous: 'changes.previous', yearBefore: 'changes.yearBefore' } as const

/** The earlier periods there are; of a year the one before it is both, and told once. */
export function sidesOf(round: Round, against?: Against): readonly Against[] {
  const wanted: readonly Against[] = against === undefined ? ['previous', 'yearBefore'] : [against]
  const known = wanted.filter((side) => periodAgainst(round, side) !== undefined)
  const keys = known.map((side) => periodAgainst(round, side)?.key)
  return known.filter((_, index) => keys.indexOf(keys[index]) === index)
}

function nothingKnown(round: Round, against: Against | undefined): Say {
  if (against === 'previous') return { key: 'changes.noPrevious' }
  if (against === undefined) return { key: 'changes.neither' }
  const period = titleOf({ ...round, period: { ...round.period, year: round.period.year - 1 } })
  return { key: 'changes.noYearBefore', values: { period } }
}

/** "quý I năm 2024"; a period the pack has no name for is the last one. */
export function describePeriod(round: Round, against: Against): SayOrText {
  const period = periodAgainst(round, against)
  return period && round.pack.periods[period.name] !== undefined
    ? titleOf({ pack: round.pack, period })
    : { key: 'changes.lastPeriod' }
}

type SayOrText = string | Say

function changeLine(change: Change, office: Office): Say {
  const { code, name } = change.item
  return {
    key: 'changes.line',
    values: { code, item: clip(name, NAME_MAX), change: describeChange(change, office) },
  }
}

/** "200 → 228 hồ sơ (+28; +14%)", "95% → 93,5% (-1,5 điểm %)" */
export function describeChange({ item, now, before, difference, share }: Change, office: Office): Say {
  const size = writeFigure(writeDecimal(sizeOf(difference)), { kind: kindOf(item) })
  const sign = difference.units < 0n ? '-' : '+'
  const values = {
    before: writeBare(before, item, office),
    now: describeGiven(now, item, office),
    difference: describeDifference(`${sign}${size}`, item),
  }
  if (!share) return { key: 'changes.bare', values }
  const percent = writeFigure(writeDecimal(sizeOf(share)), { kind: 'percent' })
  return { key: 'changes.share', values: { ...values, share: `${sign}${percent}` } }
}

function describeDifference(written: string, { kind }: Item): SayOrText {
  return kind === 'percent' ? { key: 'changes.points', values: { difference: written } } : written
}

/** The difference of two scores or rates is a plain number. */
function kindOf({ kind }: Item): FigureKind {
  return kind === 'count' || kind === 'money' ? kind : 'decimal'
}

function writeBare(given: Given, item: Item, office: Office): string {
  return given.state === 'value' ? writeValue(given, item, office) : '0'
}
