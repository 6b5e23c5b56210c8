import { z } from 'zod'
import type { Answer, Given } from './answer.ts'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  readDecimal,
  subtractDecimals,
  writeDecimal,
} from './figures/decimal.ts'
import type { Qualifier } from './figures/figure.ts'
import { HUNDRED, ZERO } from './interval.ts'
import { never } from './never.ts'
import type { ReportPack } from './pack.ts'
import { Code, Codes } from './relation.ts'

/**
 * How a derived item is computed; it is shown and printed, never asked:
 *
 *     formula: { type: rate, part: [II.2c.6, II.2c.7], whole: II.2c.5 }
 *
 * - `sum` of all parts · `difference` from − less − less
 * - `rate` part ÷ whole in percent, at most two decimals, half up · `ratio` part over whole, "7/28"
 * - `share` what a ratio is in percent · `rest` what a share leaves of the hundred
 * - `lines` how many documents are listed
 * - `tally` how many of the items have one of the values, or how many items there are
 */
export const Formula = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('sum'), parts: Codes }),
    z.strictObject({ type: z.literal('difference'), from: Code, less: Codes }),
    z.strictObject({ type: z.literal('rate'), part: Codes, whole: Code }),
    z.strictObject({ type: z.literal('ratio'), part: Codes, whole: Code }),
    z.strictObject({ type: z.literal('share'), of: Code }),
    z.strictObject({ type: z.literal('rest'), of: Code }),
    z.strictObject({ type: z.literal('lines'), of: Codes }),
    z.strictObject({ type: z.literal('tally'), items: Codes, values: z.array(z.string().min(1)).optional() }),
  ],
  { error: () => 'sum | difference | rate | ratio | share | rest | lines | tally' },
)
export type Formula = z.infer<typeof Formula>

/** The items a formula computes from. */
export function inputsOf(formula: Formula): readonly string[] {
  switch (formula.type) {
    case 'sum':
      return formula.parts
    case 'difference':
      return [formula.from, ...formula.less]
    case 'rate':
    case 'ratio':
      return [...formula.part, formula.whole]
    case 'share':
    case 'rest':
      return [formula.of]
    case 'lines':
      return formula.of
    case 'tally':
      return formula.values === undefined ? [] : formula.items
    default:
      return never(formula)
  }
}

type GivenOf = (code: string) => Given | undefined

/**
 * Every derived item that can be computed, by code: 5 and 15 → a sum of 20, a rate of 25 %. One whose
 * inputs are missing is not in the map. An answer given to a derived item all the same is what others
 * compute from; the map holds the computed value even then, so that the two can be shown side by side.
 */
export function deriveAll(
  pack: Pick<ReportPack, 'items'>,
  answers: ReadonlyMap<string, Answer>,
): ReadonlyMap<string, Given> {
  const formulas = new Map(
    pack.items.flatMap(({ code, formula }) => (formula ? [[code, formula] as const] : [])),
  )
  const derived = new Map<string, Given>()
  const begun = new Set<string>()
  const derive = (code: string): Given | undefined => {
    const formula = formulas.get(code)
    if (formula && !begun.has(code)) {
      begun.add(code)
      const given = compute(formula, givenOf)
      if (given) derived.set(code, given)
    }
    return derived.get(code)
  }
  const givenOf = (code: string): Given | undefined => {
    const given = answers.get(code)?.given
    return given === undefined || isOpen(given) ? (derive(code) ?? given) : given
  }
  for (const code of formulas.keys()) derive(code)
  return derived
}

function isOpen(given: Given): boolean {
  return given.state === 'pending' || given.state === 'withdrawn'
}

function compute(formula: Formula, givenOf: GivenOf): Given | undefined {
  switch (formula.type) {
    case 'sum':
      return write(addUp(formula.parts, givenOf))
    case 'difference': {
      const from = addUp([formula.from], givenOf)
      const less = addUp(formula.less, givenOf)
      if (from === 'notApplicable' || less === 'notApplicable') return write(from)
      return from && less && write(subtract(from, less))
    }
    case 'rate':
    case 'ratio':
      return divide(formula, givenOf)
    case 'share':
      return shareOf(givenOf(formula.of))
    case 'rest':
      return restOf(givenOf(formula.of))
    case 'lines':
      return countLines(formula.of.map(givenOf))
    case 'tally':
      return tally(formula, givenOf)
    default:
      return never(formula)
  }
}

/** 7/28 → 25 %. */
function shareOf(given: Given | undefined): Given | undefined {
  if (given?.state !== 'value') return given?.state === 'pending' ? undefined : given
  const [part, whole] = given.value.split('/').map(readDecimal)
  if (!part || !whole) return undefined
  const rate = divideDecimals(multiplyDecimals(part, HUNDRED), whole, 2)
  return rate && { ...given, value: writeDecimal(rate) }
}

/** 96,5 % → 3,5 %; of more than the whole nothing can be left. */
function restOf(given: Given | undefined): Given | undefined {
  if (given?.state === 'none' || given?.state === 'notApplicable') return given
  if (given?.state !== 'value') return undefined
  const share = readDecimal(given.value)
  if (!share || compareDecimals(share, HUNDRED) > 0) return undefined
  const value = writeDecimal(subtractDecimals(HUNDRED, share))
  return { state: 'value', value, qualifier: firmOf(turnQualifier(given.qualifier)) }
}

/** A list is counted as it stands; nothing listed is a nought. */
function countLines(lists: readonly (Given | undefined)[]): Given | undefined {
  const counts = lists.map((given) => {
    if (given?.state === 'text') return given.text.split('\n').filter((line) => line.trim() !== '').length
    return given?.state === 'none' || given?.state === 'notApplicable' ? 0 : undefined
  })
  if (counts.includes(undefined)) return undefined
  const total = counts.reduce((sum: number, count) => sum + (count ?? 0), 0)
  return { state: 'value', value: String(total), qualifier: 'exact' }
}

/** Unknown as long as one of the items is: a task nobody spoke of is not one that is not done. */
function tally(
  { items, values }: { readonly items: readonly string[]; readonly values?: readonly string[] | undefined },
  givenOf: GivenOf,
): Given | undefined {
  const known = values === undefined ? [] : items.map(givenOf)
  if (known.some((given) => given === undefined || isOpen(given))) return undefined
  const counted =
    values === undefined
      ? items.length
      : known.filter((given) => given?.state === 'value' && values.includes(given.value)).length
  return { state: 'value', value: String(counted), qualifier: 'exact' }
}

interface Amount {
  readonly number: Decimal
  readonly qualifier: Qualifier
  /** Nothing arose in any of its terms, which is not the same as a nought. */
  readonly isNone: boolean
}

/** Nothing is divided by nought: 0/0 is "không phát sinh", 5/0 cannot be said. */
function divide(formula: Formula & { type: 'rate' | 'ratio' }, givenOf: GivenOf): Given | undefined {
  const part = addUp(formula.part, givenOf)
  const whole = addUp([formula.whole], givenOf)
  if (part === undefined || whole === undefined) return undefined
  if (part === 'notApplicable' || whole === 'notApplicable') return { state: 'notApplicable' }
  if (whole.number.units === 0n) return part.number.units === 0n ? { state: 'none' } : undefined
  if (formula.type === 'ratio') {
    const value = `${writeDecimal(part.number)}/${writeDecimal(whole.number)}`
    // Both numbers are shown, and what is said of a ratio is said of its first.
    return {
      state: 'value',
      value,
      qualifier: whole.qualifier === 'exact' ? firmOf(part.qualifier) : 'approx',
    }
  }
  const rate = divideDecimals(multiplyDecimals(part.number, HUNDRED), whole.number, 2)
  return rate && { state: 'value', value: writeDecimal(rate), qualifier: qualifyRate(part, whole) }
}

/** 5 of "hơn 20" is no more than a quarter, "hơn 5" of 20 no less; "hơn 5" of "hơn 20" may be either. */
function qualifyRate(part: Amount, whole: Amount): Qualifier {
  const qualifier = joinQualifiers(part.qualifier, turnQualifier(whole.qualifier))
  const isNought = part.number.units === 0n && part.qualifier === 'exact'
  if (qualifier === 'exact' || isNought) return 'exact'
  // Below nought a greater whole makes a greater share.
  return part.number.units < 0n || whole.number.units < 0n ? 'approx' : firmOf(qualifier)
}

/** An estimate says no more of a share than "khoảng". */
function firmOf(qualifier: Qualifier): Qualifier {
  return qualifier === 'estimate' ? 'approx' : qualifier
}

/** A term that does not apply here is left out; undefined as long as one is missing. */
function addUp(codes: readonly string[], givenOf: GivenOf): Amount | 'notApplicable' | undefined {
  const read = codes.map((code) => readAmount(givenOf(code)))
  if (read.includes(undefined)) return undefined
  const [first, ...more] = read.filter((one) => typeof one === 'object')
  if (!first) return 'notApplicable'
  return more.reduce(add, first)
}

/** What is left of "hơn 20" when 5 go is "hơn 15"; "hơn 5" taken from 20 leaves no more than 15. */
function subtract(from: Amount, less: Amount): Amount {
  return {
    number: subtractDecimals(from.number, less.number),
    qualifier: joinQualifiers(from.qualifier, turnQualifier(less.qualifier)),
    isNone: from.isNone && less.isNone,
  }
}

function add(one: Amount, other: Amount): Amount {
  return {
    number: addDecimals(one.number, other.number),
    qualifier: joinQualifiers(one.qualifier, other.qualifier),
    isNone: one.isNone && other.isNone,
  }
}

/** "hơn 5" and 3 is "hơn 8"; two kinds of vagueness are no more than "khoảng". */
function joinQualifiers(one: Qualifier, other: Qualifier): Qualifier {
  if (one === other || other === 'exact') return one
  return one === 'exact' ? other : 'approx'
}

/** The more is taken away, or the more it is divided by, the less is left. */
function turnQualifier(qualifier: Qualifier): Qualifier {
  if (qualifier === 'atLeast') return 'atMost'
  return qualifier === 'atMost' ? 'atLeast' : qualifier
}

function readAmount(given: Given | undefined): Amount | 'notApplicable' | undefined {
  switch (given?.state) {
    case 'value': {
      const number = readDecimal(given.value)
      return number && { number, qualifier: given.qualifier, isNone: false }
    }
    case 'none':
      return { number: ZERO, qualifier: 'exact', isNone: true }
    case 'notApplicable':
      return 'notApplicable'
    default:
      return undefined
  }
}

function write(amount: Amount | 'notApplicable' | undefined): Given | undefined {
  if (amount === undefined) return undefined
  if (amount === 'notApplicable') return { state: 'notApplicable' }
  if (amount.isNone) return { state: 'none' }
  return { state: 'value', value: writeDecimal(amount.number), qualifier: amount.qualifier }
}
