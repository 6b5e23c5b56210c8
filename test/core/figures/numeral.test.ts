import { describe, expect, test } from 'vitest'
import { type NumeralMode, readNumeral } from '../../../src/core/figures/numeral.ts'

/** "1234" for a value, "separator 1234 1.234" for a doubt. */
function describeNumeral(raw: string, mode: NumeralMode, exponent = 0): string {
  const amount = readNumeral(raw, mode, exponent)
  return 'value' in amount ? amount.value : [amount.why, ...amount.choices].join(' ')
}

describe('digits with separators', () => {
  test.each<[string, string, string, string]>([
    // raw, where a whole number is asked, where a fraction may be, before triệu
    ['12', '12', '12', '12'],
    ['007', '7', '7', '7'],
    ['0007', 'unreadable 7', 'unreadable 7', 'unreadable 7'],
    ['1.234', '1234', 'separator 1234 1.234', '1234'],
    ['1,234', 'separator 1234', 'separator 1234 1.234', 'separator 1234 1.234'],
    ['1234.567', 'fraction 1234567', '1234.567', '1234.567'],
    ['0.123', 'fraction 123', '0.123', '0.123'],
    ['0,123', 'fraction', '0.123', '0.123'],
    ['01.234', 'fraction 1234', '1.234', '1.234'],
    ['12.5', 'fraction 125', '12.5', '12.5'],
    ['12,5', 'fraction', '12.5', '12.5'],
    ['12.50', 'fraction 1250', '12.5', '12.5'],
    ['12.0', 'fraction 12', '12', '12'],
    ['12,00', 'fraction 12', '12', '12'],
    ['12.000', '12000', 'separator 12000 12', '12000'],
    ['1.234.567', '1234567', '1234567', '1234567'],
    ['1,234,567', '1234567', '1234567', '1234567'],
    ['1 234 567', '1234567', '1234567', '1234567'],
    ['7 847', '7847', '7847', '7847'],
    ['07 847', 'spacing 7847', 'spacing 7847', 'spacing 7847'],
    ['1 234 56', 'spacing 123456', 'spacing 123456', 'spacing 123456'],
    ['1234.567.890', 'separator', 'separator', 'separator'],
    ['1.23.456', 'separator', 'separator', 'separator'],
    ['1,23,456', 'severalNumbers 1 23 456', 'severalNumbers 1 23 456', 'severalNumbers 1 23 456'],
    ['1.234,5', 'fraction 1234', '1234.5', '1234.5'],
    ['1,234.5', 'fraction 1234', '1234.5', '1234.5'],
    ['1 234,5', 'fraction 1234', '1234.5', '1234.5'],
    ['1.234,567', 'separator 1234567', 'separator 1234.567 1234567', '1234.567'],
    ['1.23,4', 'separator', 'separator', 'separator'],
    ['1.234,5,6', 'separator', 'separator', 'separator'],
    ['1,234 567', 'separator', 'separator', 'separator'],
    ['9.007.199.254.740.993', '9007199254740993', '9007199254740993', '9007199254740993'],
  ])('"%s" is %s, %s or %s', (raw, whole, fraction, scaled) => {
    expect(describeNumeral(raw, 'whole')).toBe(whole)
    expect(describeNumeral(raw, 'fraction')).toBe(fraction)
    expect(describeNumeral(raw, 'scaled', 6)).toBe(scaled)
  })

  test('before tỷ the comma is the decimal one and the dot is doubtful', () => {
    expect(describeNumeral('4,465', 'scaled', 9)).toBe('4.465')
    expect(describeNumeral('4.465', 'scaled', 9)).toBe('separator 4465 4.465')
    expect(describeNumeral('4.465', 'scaled', 12)).toBe('separator 4465 4.465')
  })
})
