import { describe, expect, test } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  isSameDecimal,
  isWholeDecimal,
  multiplyDecimals,
  readDecimal,
  roundDecimal,
  subtractDecimals,
  truncateDecimal,
  writeDecimal,
} from '../../../src/core/figures/decimal.ts'
import { fc } from '../../draws.ts'

const of = (text: string): Decimal => {
  const decimal = readDecimal(text)
  if (decimal === undefined) throw new Error(`no decimal: ${text}`)
  return decimal
}
const anyDecimal = fc.record({
  units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  scale: fc.integer({ min: 0, max: 12 }),
})

describe('decimals', () => {
  test.each([
    ['95.50', '95.5'],
    ['007', '7'],
    ['-0.0', '0'],
    ['-0.50', '-0.5'],
    ['0.05', '0.05'],
    ['100', '100'],
    ['9007199254740993.1', '9007199254740993.1'],
  ])('%s is kept as %s', (text, canonical) => {
    expect(writeDecimal(of(text))).toBe(canonical)
  })

  test.each(['', '-', '1.', '.5', '1,5', '7/28', '1.2.3', '1e3', ' 1', '1\n', '2025-03-14'])(
    '"%s" is no decimal',
    (text) => {
      expect(readDecimal(text)).toBeUndefined()
    },
  )

  test('are written and read back', () => {
    fc.assert(
      fc.property(anyDecimal, (a) => {
        expect(isSameDecimal(of(writeDecimal(a)), a)).toBe(true)
      }),
    )
  })

  test('add and subtract exactly, whatever their scales', () => {
    expect(writeDecimal(addDecimals(of('0.1'), of('0.2')))).toBe('0.3')
    expect(writeDecimal(addDecimals(of('4465036077'), of('0.25')))).toBe('4465036077.25')
    expect(writeDecimal(subtractDecimals(of('1.5'), of('2')))).toBe('-0.5')
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(isSameDecimal(subtractDecimals(addDecimals(a, b), b), a)).toBe(true)
      }),
    )
  })

  test('multiply exactly', () => {
    expect(writeDecimal(multiplyDecimals(of('1.5'), of('-2.25')))).toBe('-3.375')
  })

  test.each([
    ['893', '990', 4, '0.902'],
    ['1', '3', 2, '0.33'],
    ['2', '3', 2, '0.67'],
    ['1', '8', 2, '0.13'],
    ['-1', '8', 2, '-0.13'],
    ['1', '-8', 2, '-0.13'],
    ['-1', '-8', 2, '0.13'],
    ['7.5', '0.25', 0, '30'],
    ['0', '5', 2, '0'],
  ] as const)('%s ÷ %s to %i places is %s', (a, b, places, quotient) => {
    expect(writeDecimal(divideDecimals(of(a), of(b), places) ?? of('99'))).toBe(quotient)
  })

  test('nothing is divided by nought', () => {
    expect(divideDecimals(of('1'), of('0.00'), 2)).toBeUndefined()
  })

  test.each([
    ['2.345', 2, '2.35'],
    ['2.344', 2, '2.34'],
    ['-2.345', 2, '-2.35'],
    ['2.5', 0, '3'],
    ['2.49', 0, '2'],
    ['2.5', 3, '2.5'],
    ['99.995', 2, '100'],
  ] as const)('%s to %i places, half up, is %s', (text, places, rounded) => {
    expect(writeDecimal(roundDecimal(of(text), places))).toBe(rounded)
  })

  test.each([
    ['14.58', 1, '14.5'],
    ['-14.58', 1, '-14.5'],
    ['14.58', 2, '14.58'],
    ['14.58', 5, '14.58'],
  ] as const)('%s cut off at %i places is %s', (text, places, cut) => {
    expect(writeDecimal(truncateDecimal(of(text), places))).toBe(cut)
  })

  test('compare by value', () => {
    expect(compareDecimals(of('2.50'), of('2.5'))).toBe(0)
    expect(compareDecimals(of('2.49'), of('2.5'))).toBe(-1)
    expect(compareDecimals(of('10'), of('9.99'))).toBe(1)
    expect(compareDecimals(of('-3'), of('2'))).toBe(-1)
    expect(isSameDecimal(of('1'), of('1.01'))).toBe(false)
  })

  test('know whole numbers', () => {
    expect(['12', '12.0', '0', '-3.00'].map(of).every(isWholeDecimal)).toBe(true)
    expect(['12.5', '0.01'].map(of).some(isWholeDecimal)).toBe(false)
  })
})
