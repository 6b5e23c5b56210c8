import { type Amount, isKnown } from './amounts.ts'
import {
  compareDecimals,
  type Decimal,
  divideDecimals,
  isSameDecimal,
  isWholeDecimal,
  readDecimal,
  roundDecimal,
  truncateDecimal,
} from './decimal.ts'
import type {
  AskReason,
  EmptyKind,
  FigureAsk,
  FigureEmpty,
  FigureQuestion,
  FigureRefusal,
  FigureValue,
} from './figure.ts'
import type { Figure } from './quantity.ts'
import { fitUnit } from './units.ts'

/** The outcomes, made in one place so that all carry the unit asked for in the same way. */

export const NO_NUMBER: FigureRefusal = { outcome: 'refuse', why: 'noNumber' }

/** A value as it is stored: `createValue('12', { kind: 'count', unit: 'hồ sơ' })`. */
export function createValue(
  value: string,
  asked: FigureQuestion,
  said: Partial<FigureValue> = {},
): FigureValue {
  const unit = readAskedUnit(said.unit, asked)
  const rest = unit === undefined ? {} : { unit }
  return { outcome: 'value', value, qualifier: said.qualifier ?? 'exact', ...rest }
}

export function createEmpty(empty: EmptyKind, until?: string): FigureEmpty {
  return until === undefined ? { outcome: 'empty', empty } : { outcome: 'empty', empty, until }
}

/** Asks back; the same choice is offered once. */
export function createAsk(why: AskReason, choices: readonly (FigureValue | FigureEmpty)[] = []): FigureAsk {
  const seen = new Map(
    choices.map((choice) => [choice.outcome === 'value' ? choice.value : choice.empty, choice]),
  )
  return { outcome: 'ask', why, choices: [...seen.values()] }
}

const HIGHEST_SHARE: Decimal = { units: 1000n, scale: 0 }

/** Offers numbers as values of the question; what no share can be, or half a ratio, is not. */
export function askValues(why: AskReason, values: readonly string[], asked: FigureQuestion): FigureAsk {
  return createAsk(
    why,
    values.filter((value) => isOffered(value, asked)).map((value) => createValue(value, asked)),
  )
}

function isOffered(value: string, { kind }: FigureQuestion): boolean {
  if (kind === 'ratio' || kind === 'score') return value.includes('/')
  const number = kind === 'percent' ? readDecimal(value) : undefined
  return number === undefined || compareDecimals(number, HIGHEST_SHARE) < 0
}

/** What a figure may stand for: its value, or the readings of a doubtful one. */
export function listValues(figures: readonly Pick<Figure, 'amount'>[]): readonly string[] {
  return figures.flatMap(({ amount }) => (isKnown(amount) ? [amount.value] : amount.choices))
}

/** Two figures that say the same: "31 (ba mươi mốt)". */
export function isSameAmount(a: Amount, b: Amount): boolean {
  return isKnown(a) && isKnown(b) && a.value === b.value
}

/** A rate as people write it: 7/28 is 25; 7/48 may be 14,58, 14,6 or, cut off, 14,5. */
export function isRateOf(rate: string, part: Decimal, whole: Decimal): boolean {
  const written = readDecimal(rate)
  const exact = computeRate(part, whole, 12)
  if (written === undefined || exact === undefined) return false
  const near = [roundDecimal(exact, written.scale), truncateDecimal(exact, written.scale)]
  return near.some((each) => compareDecimals(each, written) === 0)
}

/** part ÷ whole in percent, half up: (893, 990, 2) → 90.2. */
export function computeRate(part: Decimal, whole: Decimal, places: number): Decimal | undefined {
  return divideDecimals({ units: part.units * 100n, scale: part.scale }, whole, places)
}

/** Whether a canonical number has no decimals: "12" and "12.0", not "12.5". */
export function isWhole(value: string): boolean {
  const decimal = readDecimal(value)
  return decimal !== undefined && isWholeDecimal(decimal)
}

/**
 * An extra nought, or a lost one, against the last period: the same digits with more noughts behind, one "0" put in
 * somewhere (10.890 for 1.890), or one digit more after the same leading ones (18.905 for 1.890).
 */
export function isTenfold(value: string, previous: string): boolean {
  const [a, b] = [readDecimal(value), readDecimal(previous)]
  if (a === undefined || b === undefined || a.units === 0n || b.units === 0n || isSameDecimal(a, b))
    return false
  const [long, short] = compareDecimals(a, b) > 0 ? [value, previous] : [previous, value]
  if (listDigits(long).replace(/0+$/, '') === listDigits(short).replace(/0+$/, '')) return true
  return isOneDigitMore(listDigits(long), listDigits(short))
}

function listDigits(value: string): string {
  return value.replace('.', '').replace(/^0+/, '')
}

function isOneDigitMore(long: string, short: string): boolean {
  if (short.length < 2 || long.length !== short.length + 1) return false
  const isWithout = (at: number): boolean => long.slice(0, at) + long.slice(at + 1) === short
  return isWithout(short.length) || [...long].some((digit, at) => digit === '0' && isWithout(at))
}

/** The unit to record: the asked one where the typed one means it, else the typed one. */
function readAskedUnit(typed: string | undefined, asked: FigureQuestion): string | undefined {
  if (asked.kind === 'percent') return '%'
  if (asked.kind === 'money') return typed ?? 'đồng'
  if (asked.kind === 'date') return undefined
  if (typed === undefined || fitUnit(typed, asked.unit) === 'same') return asked.unit ?? typed
  return typed
}
