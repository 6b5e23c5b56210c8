/**
 * Exact decimal arithmetic on BigInt: a report adds dong beyond 2^53 and rounds half up, floats do neither.
 * Stored values are canonical strings ("95.5", never "95.50"); inside a sum they are units and a scale.
 */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

/** The decimal a canonical string stands for: "95.5" → 955 at scale 1; not a plain number → undefined. */
export function readDecimal(text: string): Decimal | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

/** The canonical string, no trailing noughts and no "-0": 9550 at scale 2 → "95.5". */
export function writeDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`
}

/** 1.5 + 2 → 3.5. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: rescale(a, scale) + rescale(b, scale), scale }
}

/** 1.5 − 2 → -0.5. */
export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { units: -b.units, scale: b.scale })
}

/** 1.5 × 2 → 3.0. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** a ÷ b half up to `places`: 893 ÷ 990 to 4 places → 0.9020; by nought → undefined. */
export function divideDecimals(a: Decimal, b: Decimal, places: number): Decimal | undefined {
  if (b.units === 0n) return undefined
  const over = a.units * tenTo(b.scale + places)
  return { units: divideHalfUp(over, b.units * tenTo(a.scale)), scale: places }
}

/** Half up, away from nought, to `places`: 2.345 to 2 → 2.35. */
export function roundDecimal(a: Decimal, places: number): Decimal {
  if (a.scale <= places) return a
  return { units: divideHalfUp(a.units, tenTo(a.scale - places)), scale: places }
}

/** Cut off, not rounded, to `places`: 14.58 to 1 → 14.5; how many an official writes a rate. */
export function truncateDecimal(a: Decimal, places: number): Decimal {
  if (a.scale <= places) return a
  return { units: a.units / tenTo(a.scale - places), scale: places }
}

/** Below nought, nought or above as a < b, a = b, a > b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const difference = subtractDecimals(a, b).units
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** 2.50 is 2.5. */
export function isSameDecimal(a: Decimal, b: Decimal): boolean {
  return compareDecimals(a, b) === 0
}

/** 12.0 is whole, 12.5 is not. */
export function isWholeDecimal(a: Decimal): boolean {
  return a.units % tenTo(a.scale) === 0n
}

function rescale(a: Decimal, scale: number): bigint {
  return a.units * tenTo(scale - a.scale)
}

function tenTo(power: number): bigint {
  return 10n ** BigInt(power)
}

function divideHalfUp(over: bigint, under: bigint): bigint {
  const isNegative = over < 0n !== under < 0n
  const [top, bottom] = [over < 0n ? -over : over, under < 0n ? -under : under]
  const quotient = (2n * top + bottom) / (2n * bottom)
  return isNegative ? -quotient : quotient
}
