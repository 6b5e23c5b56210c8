import { z } from 'zod'
import type { Answer, Given } from './answer.ts'
import {
  addDecimals,
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
 */
export const Formula = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('sum'), parts: Codes }),
    z.strictObject({ type: z.literal('difference'), from: Code, less: Codes }),
    z.strictObject({ type: z.literal('rate'), part: Codes, whole: Code }),
    z.strictObject({ type: z.literal('ratio'), part: Codes, whole: Code }),
  ],
  { error: () => 'sum | difference | rate | ratio' },
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
      return divide(formula, givenOf, (part, whole) => {
        const rate = divideDecimals(multiplyDecimals(part, HUNDRED), whole, 2)
        return rate && writeDecimal(rate)
      })
    case 'ratio':
      return divide(formula, givenOf, (part, whole) => `${writeDecimal(part)}/${writeDecimal(whole)}`)
    default:
      return never(formula)
  }
}

interface Amount {
  readonly number: Decimal
  readonly qualifier: Qualifier
  /** Nothing arose in any of its terms, which is not the same as a nought. */
  readonly isNone: boolean
}

/** Nothing is divided by nought: 0/0 is "không phát sinh", 5/0 cannot be said. */
function divide(
  { part: parts, whole: code }: { readonly part: readonly string[]; readonly whole: string },
  givenOf: GivenOf,
  writeShare: (part: Decimal, whole: Decimal) => string | undefined,
): Given | undefined {
  const part = addUp(parts, givenOf)
  const whole = addUp([code], givenOf)
  if (part === undefined || whole === undefined) return undefined
  if (part === 'notApplicable' || whole === 'notApplicable') return { state: 'notApplicable' }
  if (whole.number.units === 0n) return part.number.units === 0n ? { state: 'none' } : undefined
  const value = writeShare(part.number, whole.number)
  // "hơn 5" of "hơn 20" may be more or less than a quarter.
  const isExact = part.qualifier === 'exact' && whole.qualifier === 'exact'
  return value === undefined ? undefined : { state: 'value', value, qualifier: isExact ? 'exact' : 'approx' }
}

/** A term that does not apply here is left out; undefined as long as one is missing. */
function addUp(codes: readonly string[], givenOf: GivenOf): Amount | 'notApplicable' | undefined {
  const read = codes.map((code) => readAmount(givenOf(code)))
  if (read.includes(undefined)) return undefined
  const [first, ...more] = read.filter((one) => typeof one === 'object')
  if (!first) return 'notApplicable'
  return more.reduce(add, first)
}

/** What is left of "hơn 20" when 5 go is "hơn 15"; taking "hơn 5" away leaves no more than "khoảng". */
function subtract(from: Amount, less: Amount): Amount {
  return {
    number: subtractDecimals(from.number, less.number),
    qualifier: less.qualifier === 'exact' ? from.qualifier : 'approx',
    isNone: from.isNone && less.isNone,
  }
}

function add(one: Amount, other: Amount): Amount {
  return {
    number: addDecimals(one.number, other.number),
    qualifier: joinQualifiers(one, other),
    isNone: one.isNone && other.isNone,
  }
}

/** "hơn 5" and 3 is "hơn 8"; two kinds of vagueness are no more than "khoảng". */
function joinQualifiers({ qualifier: one }: Amount, { qualifier: other }: Amount): Qualifier {
  if (one === other || other === 'exact') return one
  return one === 'exact' ? other : 'approx'
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
