import { describe, expect, it } from 'vitest'
import { checkFit } from '../../src/core/fit.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { askedItems } from '../../src/core/round.ts'
import { pack, round, value } from './ward.ts'

describe('an item that hangs on another', () => {
  const hanging = ReportPack.parse({
    ...pack,
    items: pack.items.map((item) =>
      item.code === 'I.5'
        ? { ...item, when: { item: 'II.2', is: ['1'] } }
        : item.code === 'III.1'
          ? { ...item, when: { item: 'II.1' } }
          : item,
    ),
  })
  const asked = (given: Parameters<typeof round>[0]) =>
    askedItems({ ...round(given), pack: hanging }).map(({ code }) => code)

  it('is asked only once the other has one of the values named', () => {
    expect(asked({})).not.toContain('I.5')
    expect(asked({ 'II.2': value('0') })).not.toContain('I.5')
    expect(asked({ 'II.2': value('1') })).toContain('I.5')
  })

  it('is asked for any words where no value is named, and not when there are none', () => {
    expect(asked({ 'II.1': { state: 'none' } })).not.toContain('III.1')
    expect(asked({ 'II.1': { state: 'pending' } })).not.toContain('III.1')
    expect(asked({ 'II.1': { state: 'text', text: 'Thiếu kinh phí.' } })).toContain('III.1')
  })

  it('with a second condition is asked while both hold', () => {
    const both = ReportPack.parse({
      ...pack,
      items: pack.items.map((item) =>
        item.code === 'III.1' ? { ...item, when: { item: 'II.1', and: { item: 'II.2', is: ['1'] } } } : item,
      ),
    })
    const codes = (given: Parameters<typeof round>[0]) =>
      askedItems({ ...round(given), pack: both }).map(({ code }) => code)
    expect(codes({ 'II.1': value('3') })).not.toContain('III.1')
    expect(codes({ 'II.1': value('3'), 'II.2': value('1') })).toContain('III.1')
    expect(checkFit(both)).toEqual([])
    const lost = both.items.map((item) =>
      item.when ? { ...item, when: { ...item.when, and: { item: 'X.9' } } } : item,
    )
    expect(checkFit({ ...both, items: lost })).toEqual([expect.objectContaining({ value: 'X.9' })])
  })

  it('is never asked where it is only taken when told', () => {
    const items = pack.items.map((item) =>
      item.code === 'III.1' ? { ...item, source: 'volunteered' as const } : item,
    )
    const all = { ...round({}), pack: { ...pack, items } }
    expect(askedItems(all).map(({ code }) => code)).not.toContain('III.1')
  })
})
