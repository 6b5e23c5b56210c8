import { type Amount, doubt, isKnown } from './amounts.ts'
import { isJoint, isNumberWord, readDigit, readDigitScale, readScale } from './atoms.ts'
import { multiplyDecimals, readDecimal, writeDecimal } from './decimal.ts'
import { type Group, readGroup, readTailAsDigit, readUnderHundred } from './groups.ts'
import { readNumeral } from './numeral.ts'
import type { Token } from './tokens.ts'

/** A number said in words, or in digits with scale words: "hai mươi ba", "2 tỷ rưỡi", "5tr2". */
export interface Spoken {
  readonly amount: Amount
  readonly end: number
  /** Said in words only, so it may be compared with the digits beside it. */
  readonly isWords: boolean
}

/** Digits that open a number, with the token after them; "7 847" is already one literal. */
export interface Literal {
  readonly raw: string
  readonly end: number
}

/** Reads the longest spoken number at a token; bare digits without a scale are not spoken. */
export function readSpoken(tokens: readonly Token[], at: number, literal?: Literal): Spoken | undefined {
  const said =
    literal === undefined
      ? (readPointed(tokens, at) ?? readParts(tokens, at))
      : (readPointedDigits(tokens, literal) ?? readScaledLiteral(tokens, literal) ?? readParts(tokens, at))
  if (said === undefined) return undefined
  const isWords = literal === undefined && tokens.slice(at, said.end).every(({ type }) => type === 'word')
  return { ...refuseLeftovers(tokens, at, said), isWords }
}

interface Said {
  readonly amount: Amount
  readonly end: number
}

interface Part {
  readonly group: Group
  readonly exponent: number
  readonly isHalf: boolean
}

function refuseLeftovers(tokens: readonly Token[], at: number, said: Said): Said {
  let end = said.end
  while (isNumberWord(tokens, end)) end += 1
  if (end === said.end) return said
  const pair = [readDigit(tokens, at), readDigit(tokens, at + 1)]
  const isPair = end === at + 2 && pair.every((digit) => digit !== undefined)
  // "hai ba hồ sơ" is two or three of them.
  if (isPair) return { amount: doubt('range', ...pair.map(String)), end }
  return { amount: doubt('words', ...(isKnown(said.amount) ? [said.amount.value] : [])), end }
}

// Groups with their scales.

function readParts(tokens: readonly Token[], at: number): Said | undefined {
  const parts: Part[] = []
  let end = at
  for (
    let part = readPart(tokens, end, parts.at(-1));
    part !== undefined;
    part = readPart(tokens, end, parts.at(-1))
  ) {
    parts.push(part)
    end = part.end
    if (part.exponent === 0 || part.isHalf) break
  }
  const [first] = parts
  if (first === undefined || (first.group.form === 'digits' && first.exponent === 0)) return undefined
  return { amount: sumParts(parts), end }
}

function readPart(tokens: readonly Token[], at: number, before?: Part): (Part & { end: number }) | undefined {
  const group =
    readDigitsGroup(tokens, at, before) ?? readGroup(tokens, at) ?? readTailGroup(tokens, at, before)
  const implied = before === undefined && group === undefined ? readImpliedOne(tokens, at) : group
  if (implied === undefined) return undefined
  const readOne = implied.form === 'digits' ? readDigitScale : readScale
  let end = implied.end
  let exponent = 0
  for (let scale = readOne(tokens, end); scale !== undefined; scale = readScale(tokens, end)) {
    exponent += scale
    end += 1
  }
  const isHalf = exponent > 0 && isJoint(tokens, end, 'half')
  return { group: implied, exponent, isHalf, end: isHalf ? end + 1 : end }
}

function readTailGroup(tokens: readonly Token[], at: number, before?: Part): Group | undefined {
  return before === undefined ? undefined : readTailAsDigit(tokens, at)
}

function readDigitsGroup(tokens: readonly Token[], at: number, before?: Part): Group | undefined {
  const token = tokens[at]
  if (token?.type !== 'number' || !/^\d+$/.test(token.text)) return undefined
  // A column further on is another figure.
  if (before !== undefined && token.gap > 1) return undefined
  return { value: Number(token.text.slice(0, 15)), end: at + 1, form: 'digits', digits: token.text }
}

/** "nghìn hai", "triệu rưỡi": one of them is understood. */
function readImpliedOne(tokens: readonly Token[], at: number): Group | undefined {
  if (readScale(tokens, at) === undefined) return undefined
  const isFollowed =
    isJoint(tokens, at + 1, 'half') || readTailAsDigit(tokens, at + 1) || readDigit(tokens, at + 1)
  return isFollowed ? { value: 1, end: at, form: 'full' } : undefined
}

/** The readings of the whole: one is the value, more are a doubt, none is no number at all. */
function sumParts(parts: readonly Part[]): Amount {
  const split = parts.findLastIndex(({ exponent }) => exponent >= 3) + 1
  const [scaled, low] = [parts.slice(0, split), parts.slice(split)]
  const exponent = scaled.at(-1)?.exponent ?? 0
  const readings = listSums(scaled).flatMap((base) => listLows(low, exponent).map((tail) => base + tail))
  const [only, ...others] = [...new Set(readings)].map(String)
  if (only !== undefined && others.length === 0) return { value: only }
  const isShort = parts.some(({ group }) => group.form === 'digits') || (readings.length > 1 && exponent > 3)
  return doubt(isShort ? 'shorthand' : 'words', ...(only === undefined ? [] : [only, ...others]))
}

function listSums(parts: readonly Part[]): readonly bigint[] {
  const sums = [sumScaled(parts, 'value'), ...(hasOther(parts) ? [sumScaled(parts, 'other')] : [])]
  return sums.filter((sum) => sum !== undefined)
}

/** What may follow the last nghìn, triệu or tỷ; after triệu "5 trăm" is five hundred thousand to most. */
function listLows(low: readonly Part[], exponent: number): readonly bigint[] {
  const [first, second] = low
  if (first === undefined) return [0n]
  if (second === undefined && first.exponent === 0)
    return exponent === 0 ? listOthers(first.group) : listTails(first.group, exponent)
  const tails = second === undefined || second.exponent > 0 ? [0n] : listTails(second.group, first.exponent)
  const hundreds = second?.exponent === 0 ? [first] : low
  const sums = listSums(hundreds).flatMap((sum) => tails.map((tail) => sum + tail))
  if (low.length > 2) return []
  return exponent > 4 ? sums.flatMap((sum) => [sum * 10n ** BigInt(exponent - 3), sum]) : sums
}

function hasOther(parts: readonly Part[]): boolean {
  return parts.some(({ group }) => group.other !== undefined)
}

/** Scales fall within a billion, and billions fall in turn; otherwise it is no number ("ba nghìn hai triệu"). */
function sumScaled(parts: readonly Part[], pick: 'value' | 'other'): bigint | undefined {
  let total = 0n
  let section = 0n
  let lastLow = 9
  let lastHigh = Number.POSITIVE_INFINITY
  for (const { group, exponent, isHalf } of parts) {
    const low = exponent % 9
    const high = exponent - low
    if (low >= lastLow || (high > 0 && high >= lastHigh)) return undefined
    section += readValue(group, pick) * 10n ** BigInt(low)
    lastLow = low
    if (high > 0) {
      total += section * 10n ** BigInt(high)
      section = 0n
      lastLow = 9
      lastHigh = high
    }
    if (isHalf) total += 10n ** BigInt(exponent) / 2n
  }
  return total + section
}

function readValue({ value, other, digits }: Group, pick: 'value' | 'other'): bigint {
  if (digits !== undefined) return BigInt(digits)
  return BigInt(pick === 'other' ? (other ?? value) : value)
}

/** What a last group without a scale may add after a scale: "nghìn hai" 200, "5tr25" 250.000 or 25.000. */
function listTails(tail: Group, exponent: number): readonly bigint[] {
  const value = readValue(tail, 'value')
  const at = (power: number): bigint => value * 10n ** BigInt(Math.max(power, 0))
  if (exponent > 9) return []
  if (tail.form === 'digits') return listDigitTails(tail.digits ?? '', exponent, at)
  if (tail.form === 'zeroHundred') return listOthers(tail)
  // "một nghìn năm" is 1.500, or 1.005 to who says "một trăm năm" for 105.
  if (tail.form === 'digit' && tail.value === 5 && exponent === 3) return [500n, 5n]
  if (tail.form === 'digit') return [at(exponent - 1)]
  return exponent <= 4 ? listOthers(tail) : [at(exponent - 3), value]
}

function listOthers({ value, other }: Group): readonly bigint[] {
  return other === undefined ? [BigInt(value)] : [BigInt(value), BigInt(other)]
}

function listDigitTails(digits: string, exponent: number, at: (power: number) => bigint): readonly bigint[] {
  const { length } = digits
  if (exponent < 3) return length < exponent || exponent === 1 ? [at(exponent - length), at(0)] : [at(0)]
  if (length > 3) return []
  if (digits.startsWith('0') && length === 3) return [at(exponent - 3), at(0)]
  if (digits.startsWith('0') || length === 2) return [at(exponent - length), at(exponent - 3)]
  return [at(exponent - length)]
}

// Decimals said or written before a scale.

function readScaledLiteral(tokens: readonly Token[], { raw, end }: Literal): Said | undefined {
  if (/^\d+$/.test(raw)) return undefined
  const exponent = readDigitScale(tokens, end)
  if (exponent === undefined) return undefined
  return shift(tokens, readNumeral(raw, 'scaled', exponent), end)
}

/** "95 phẩy 5". */
function readPointedDigits(tokens: readonly Token[], { raw, end }: Literal): Said | undefined {
  const fraction = tokens[end + 1]
  if (!isJoint(tokens, end, 'point') || !/^\d+$/.test(raw) || !/^\d+$/.test(fraction?.text ?? ''))
    return undefined
  return shift(tokens, readNumeral(`${raw},${fraction?.text}0000`, 'fraction'), end + 2)
}

/** "chín mươi lăm phẩy năm": after the point one number below a hundred, or digit by digit. */
function readPointed(tokens: readonly Token[], at: number): Said | undefined {
  const whole = readGroup(tokens, at) ?? (readDigit(tokens, at) === 0 ? { value: 0, end: at + 1 } : undefined)
  if (whole === undefined || !isJoint(tokens, whole.end, 'point')) return undefined
  const after = whole.end + 1
  const spelled = readUnderHundred(tokens, after)
  let fraction = spelled?.form === 'full' ? String(spelled.value) : ''
  let end = spelled?.form === 'full' ? spelled.end : after
  for (
    let digit = readDigit(tokens, end);
    digit !== undefined && spelled?.form !== 'full';
    digit = readDigit(tokens, end)
  ) {
    fraction += digit
    end += 1
  }
  if (fraction === '') return undefined
  const value = readDecimal(`${whole.value}.${fraction}`)
  return shift(tokens, value === undefined ? doubt('words') : { value: writeDecimal(value) }, end)
}

function shift(tokens: readonly Token[], amount: Amount, at: number): Said {
  let end = at
  let exponent = 0
  for (let scale = readDigitScale(tokens, end); scale !== undefined; scale = readScale(tokens, end)) {
    exponent += scale
    end += 1
  }
  const raise = (value: string): string => {
    const decimal = readDecimal(value)
    if (decimal === undefined) return value
    return writeDecimal(multiplyDecimals(decimal, { units: 10n ** BigInt(exponent), scale: 0 }))
  }
  if (isKnown(amount)) return { amount: { value: raise(amount.value) }, end }
  return { amount: doubt(amount.why, ...amount.choices.map(raise)), end }
}
