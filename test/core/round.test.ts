import { describe, expect, it } from 'vitest'
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
})
