import { isAccentedTail, isJoint, readDigit, readScale, readTail } from './atoms.ts'
import type { Token } from './tokens.ts'

/** Below a thousand. `other` is a second reading ("hai mươi năm": 25, or 20 years). */
export interface Group {
  readonly value: number
  readonly end: number
  readonly form: 'digit' | 'full' | 'linked' | 'zeroHundred' | 'digits'
  readonly other?: number
  /** The digits as typed, whose length tells "2tr350" from "2tr35". */
  readonly digits?: string
}

/** The longest group of number words at a token: "ba trăm sáu mươi lăm" → 365. */
export function readGroup(tokens: readonly Token[], at: number): Group | undefined {
  return (
    readHundreds(tokens, at) ??
    readLinked(tokens, at) ??
    readUnderHundred(tokens, at) ??
    readZeroGroup(tokens, at)
  )
}

/** "một triệu không nghìn ba trăm". */
function readZeroGroup(tokens: readonly Token[], at: number): Group | undefined {
  const isZero = readDigit(tokens, at) === 0 && readScale(tokens, at + 1) !== undefined
  return isZero ? { value: 0, end: at + 1, form: 'full' } : undefined
}

function readHundreds(tokens: readonly Token[], at: number): Group | undefined {
  const digit = readDigit(tokens, at)
  const hundredAt = digit === undefined ? at : at + 1
  if (!isJoint(tokens, hundredAt, 'hundred')) return undefined
  const hundreds = { value: (digit ?? 1) * 100, end: hundredAt + 1 }
  const group = addBelowHundred(tokens, hundreds)
  if (digit === undefined && group.end === hundreds.end && !isPercentWord(tokens, group.end)) return undefined
  return digit === 0 ? { ...group, form: 'zeroHundred' } : group
}

function addBelowHundred(tokens: readonly Token[], hundreds: { value: number; end: number }): Group {
  const { value, end } = hundreds
  if (isJoint(tokens, end, 'half')) return { value: value + 50, end: end + 1, form: 'full' }
  const rest = readLinked(tokens, end) ?? readUnderHundred(tokens, end) ?? readTailAsDigit(tokens, end)
  if (rest === undefined) return { value, end, form: 'full' }
  if (rest.form !== 'digit') {
    const other = rest.other === undefined ? {} : { other: value + rest.other }
    return { value: value + rest.value, end: rest.end, form: 'full', ...other }
  }
  // "trăm hai" is 120; but "một trăm năm" and "hai trăm ba nghìn" are said both ways.
  const isUnsure = rest.value === 5 || readScale(tokens, rest.end) !== undefined
  const tens = { value: value + rest.value * 10, end: rest.end, form: 'full' } as const
  return isUnsure ? { ...tens, other: value + rest.value } : tens
}

/** trăm mốt 110, nghìn tư 1.400. */
export function readTailAsDigit(tokens: readonly Token[], at: number): Group | undefined {
  const tail = isAccentedTail(tokens, at) ? readTail(tokens, at) : undefined
  return tail === 1 || tail === 4 ? { value: tail, end: at + 1, form: 'digit' } : undefined
}

function readLinked(tokens: readonly Token[], at: number): Group | undefined {
  if (!isJoint(tokens, at, 'link')) return undefined
  const digit = readDigit(tokens, at + 1) ?? readTail(tokens, at + 1)
  return digit ? { value: digit, end: at + 2, form: 'linked' } : undefined
}

/** "hai mươi ba", "hăm lăm", "hai chục rưỡi", "hai tư", or a digit. */
export function readUnderHundred(tokens: readonly Token[], at: number): Group | undefined {
  if (isJoint(tokens, at, 'twenty')) {
    const digit = readTail(tokens, at + 1) ?? readDigit(tokens, at + 1)
    return digit ? { value: 20 + digit, end: at + 2, form: 'full' } : undefined
  }
  if (isJoint(tokens, at, 'ten')) return addUnits(tokens, 10, at + 1)
  const digit = readDigit(tokens, at)
  if (!digit) return undefined
  if (isJoint(tokens, at + 1, 'tens')) return addUnits(tokens, digit * 10, at + 2)
  if (isJoint(tokens, at + 1, 'dozen')) {
    const half = isJoint(tokens, at + 2, 'half') ? 1 : 0
    return { value: digit * 10 + half * 5, end: at + 2 + half, form: 'full' }
  }
  const tail = digit > 1 && isAccentedTail(tokens, at + 1) ? readTail(tokens, at + 1) : undefined
  if (tail !== undefined) return { value: digit * 10 + tail, end: at + 2, form: 'full' }
  return { value: digit, end: at + 1, form: 'digit' }
}

function addUnits(tokens: readonly Token[], tens: number, at: number): Group {
  const tail = readTail(tokens, at)
  const digit = tail ?? readDigit(tokens, at)
  if (!digit) return { value: tens, end: at, form: 'full' }
  // After a ten five is "lăm"; "hai mươi năm" is 25 to some and twenty years to others.
  const other = digit === 5 && tail === undefined ? { other: tens } : {}
  return { value: tens + digit, end: at + 1, form: 'full', ...other }
}

function isPercentWord(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === '%' || (tokens[at]?.fold === 'phan' && tokens[at + 1]?.fold === 'tram')
}
