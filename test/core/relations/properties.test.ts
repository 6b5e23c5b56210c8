import { describe, expect, it } from 'vitest'
import { addDecimals, readDecimal, writeDecimal } from '../../../src/core/figures/decimal.ts'
import type { Item } from '../../../src/core/pack.ts'
import { checkRelations } from '../../../src/core/relations.ts'
import { fc } from '../../draws.ts'
import { makeBenchPack } from './bench-pack.ts'
import { findingOf, sentenceOf } from './desk.ts'

const amount = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 1, max: 15 }))
  .map(([n, length]) => String(n % 10n ** BigInt(length)))
const parts = fc.array(amount, { minLength: 1, maxLength: 12 })

function sumOf(all: readonly string[]): string {
  return writeDecimal(all.map((one) => readDecimal(one) ?? { units: 0n, scale: 0 }).reduce(addDecimals))
}

function findSum(all: readonly string[], total: string, kind: Item['kind'] = 'count') {
  const codes = all.map((_, index) => `P${index}`)
  const values = { T: total, ...Object.fromEntries(all.map((one, index) => [`P${index}`, one])) }
  const kinds = Object.fromEntries(['T', ...codes].map((code) => [code, kind]))
  return findingOf({ type: 'sum', total: 'T', parts: codes }, { values, kinds })
}

/** Another digit in one place, as a finger slips. */
function slip(figure: string, at: number, by: number): string {
  const place = at % figure.length
  const digit = (Number(figure[place]) + 1 + (by % 9)) % 10
  return `${BigInt(figure.slice(0, place) + digit + figure.slice(place + 1))}`
}

describe('whatever the figures', () => {
  it.each(['count', 'money', 'decimal', 'percent'] as const)('a %s split into parts is accepted', (kind) => {
    fc.assert(
      fc.property(parts, (all) => {
        expect(findSum(all, sumOf(all), kind)).toBeUndefined()
      }),
    )
  })

  it('parts rounded to two decimals still make their rounded total', () => {
    const split = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(split, (all) => {
        const whole = all.reduce((sum, one) => sum + one, 0)
        const shares = all.map((one) => String(Math.round((one * 10_000) / whole) / 100))
        expect(findSum(shares, '100', 'percent')).toBeUndefined()
      }),
    )
  })

  it.each(['count', 'money'] as const)(
    'a single-digit slip in one %s is found and its numbers are said',
    (kind) => {
      fc.assert(
        fc.property(parts, fc.nat(), fc.nat(), fc.nat(), (all, which, at, by) => {
          const index = which % all.length
          const slipped = all.map((one, here) => (here === index ? slip(one, at, by) : one))
          const finding = findSum(slipped, sumOf(all), kind)
          expect(finding?.repairs[0]?.given).toMatchObject({ value: sumOf(slipped) })
          expect(sentenceOf(finding?.say)).toContain(finding?.left ?? '?')
        }),
      )
    },
  )

  it('nothing is said while any value is missing', () => {
    fc.assert(
      fc.property(parts, amount, fc.nat(), fc.constantFrom('', 'hẹn'), (all, total, which, absent) => {
        const index = which % (all.length + 1)
        const some = all.map((one, here) => (here === index ? absent : one))
        expect(findSum(some, index === all.length ? absent : total)).toBeUndefined()
      }),
    )
  })

  it('a rate rounded half up to any of its decimals is accepted, one further off is found', () => {
    const figures = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.nat(9999), fc.integer({ min: 0, max: 2 }))
    fc.assert(
      fc.property(figures, ([whole, over, places]) => {
        const part = over % (whole + 1)
        const unit = 10 ** places
        // Half up of part · 100 · unit ÷ whole, in whole numbers.
        const rounded = Math.floor((2 * part * 100 * unit + whole) / (2 * whole))
        const rateOf = (units: number) => String(units / unit)
        const find = (rate: string) =>
          findingOf(
            { type: 'rate', rate: 'R', part: 'A', whole: 'B' },
            { values: { R: rate, A: String(part), B: String(whole) }, kinds: { R: 'percent' } },
          )
        expect(find(rateOf(rounded))).toBeUndefined()
        expect(find(rateOf(rounded + 10 * unit))?.severity).toBe('ask')
      }),
    )
  })
})

describe('the pack of the bench', () => {
  const { items, relations, facts } = makeBenchPack()

  it('has 500 items and 200 relations, of which ten sums are wrong', () => {
    expect([items.length, relations.length]).toEqual([500, 200])
    const findings = checkRelations(relations, facts)
    expect(findings.map((finding) => finding.type)).toEqual(Array.from({ length: 10 }, () => 'sum'))
  })
})
