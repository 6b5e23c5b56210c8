import { type Amount, doubt } from './amounts.ts'
import { readDecimal, writeDecimal } from './decimal.ts'

/**
 * Digits with separators. What "1.234" means depends on what is asked: a `whole` number has thousands only,
 * a `fraction` may have either, and `scaled` digits stand before nghìn, triệu or tỷ.
 */
export type NumeralMode = 'whole' | 'fraction' | 'scaled'

/** "7.847" → 7847; "95,5" → 95.5 where a fraction may be; "1,234" → a doubt. Spaces may separate thousands. */
export function readNumeral(raw: string, mode: NumeralMode, exponent = 0): Amount {
  const groups = raw.split(/[., ]/)
  const separators = raw.replace(/\d/g, '')
  if (separators === '') return readPlain(raw)
  if (new Set(separators).size === 2) return readMixed(raw, separators, mode)
  if (separators.length > 1 || separators === ' ') return readGroups(groups, separators)
  const [whole = '', fraction = ''] = groups
  const single = { whole, fraction, isDot: separators === '.' }
  return couldBeThousands(single) ? readThousands(single, mode, exponent) : readFraction(single, mode)
}

interface Single {
  readonly whole: string
  readonly fraction: string
  readonly isDot: boolean
}

/** A leading nought is style up to three digits; longer it is a phone number or a slip. */
function readPlain(raw: string): Amount {
  const value = canonical(raw)
  return raw.startsWith('0') && raw.length > 3 ? doubt('unreadable', value) : { value }
}

function readGroups(groups: readonly string[], separators: string): Amount {
  const joined = canonical(groups.join(''))
  if (isGrouped(groups)) return { value: joined }
  if (separators.startsWith(' ')) return doubt('spacing', joined)
  return separators.startsWith(',') ? doubt('severalNumbers', ...groups.map(canonical)) : doubt('separator')
}

/** Both separators: the last is the decimal one, if it comes once and the rest are proper thousands. */
function readMixed(raw: string, separators: string, mode: NumeralMode): Amount {
  const last = separators.slice(-1)
  const [whole = '', fraction = '', ...rest] = raw.split(last)
  const groups = whole.split(/[., ]/)
  if (rest.length > 0 || last === ' ' || !isGrouped(groups)) return doubt('separator')
  const decimal = canonical(`${groups.join('')}.${fraction}`)
  // "1.234,567" may be the decimal it says or the thousands of a slipped finger.
  if (fraction.length === 3 && mode !== 'scaled') {
    const thousands = canonical(groups.join('') + fraction)
    return mode === 'whole' ? doubt('separator', thousands) : doubt('separator', decimal, thousands)
  }
  return mode === 'whole' ? doubt('fraction', canonical(groups.join(''))) : { value: decimal }
}

function couldBeThousands({ whole, fraction }: Single): boolean {
  return isGrouped([whole, fraction])
}

function readThousands({ whole, fraction, isDot }: Single, mode: NumeralMode, exponent: number): Amount {
  const thousands = canonical(whole + fraction)
  const decimal = canonical(`${whole}.${fraction}`)
  if (mode === 'fraction') return doubt('separator', thousands, decimal)
  if (mode === 'whole') return isDot ? { value: thousands } : doubt('separator', thousands)
  // Budgets are written "4.465 triệu" and "4,465 tỷ"; the other two pairings are anyone's guess.
  const isBillions = exponent >= 9
  if (isDot !== isBillions) return { value: isDot ? thousands : decimal }
  return doubt('separator', thousands, decimal)
}

function readFraction({ whole, fraction, isDot }: Single, mode: NumeralMode): Amount {
  if (mode !== 'whole') return { value: canonical(`${whole}.${fraction}`) }
  if (/^0+$/.test(fraction)) return doubt('fraction', canonical(whole))
  return isDot ? doubt('fraction', canonical(whole + fraction)) : doubt('fraction')
}

function isGrouped(groups: readonly string[]): boolean {
  const [first = '', ...rest] = groups
  return /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => group.length === 3)
}

function canonical(digits: string): string {
  return writeDecimal(readDecimal(digits) ?? { units: 0n, scale: 0 })
}
