import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/core/answer.ts'
import { awayUntil, inChargeOf } from '../../src/core/charge.ts'
import { findPerson } from '../../src/core/office.ts'
import { findItem, itemsOf, progressOf, silentItems } from '../../src/core/round.ts'
import { answer, office, pack, round, value } from './ward.ts'

const mark = (code: string, text: string, reason?: string): Answer => ({
  ...answer(code, { state: 'text', text }),
  ...(reason === undefined ? {} : { reason }),
})
const marked = (...marks: readonly Answer[]) => ({
  ...round(),
  answers: new Map(marks.map((one) => [one.code, one])),
})
const charged = (code: string, ...marks: readonly Answer[]) => {
  const item = findItem(pack, code)
  return item && inChargeOf(item, marked(...marks), office).id
}

describe('who answers for an item', () => {
  it('is the holder of its duty, or whoever it was handed to', () => {
    expect(charged('I.1')).toBe('ban')
    expect(charged('I.1', mark('own:I.1', 'luat'))).toBe('luat')
    expect(charged('I.2', mark('own:I.1', 'luat'))).toBe('ban')
  })

  it('is the holder of its duty again when the other no longer works here', () => {
    expect(charged('I.1', mark('own:I.1', 'nguoi-cu'))).toBe('ban')
  })

  it('is the substitute of one who is away, until the last day', () => {
    expect(charged('I.1', mark('away:ban', 'luat', '2025-03-05'))).toBe('luat')
    expect(charged('I.1', mark('away:ban', 'luat', '2025-03-04'))).toBe('ban')
    expect(
      charged('I.1', mark('away:ban', 'luat', '2025-03-09'), mark('away:luat', 'dau-moi', '2025-03-09')),
    ).toBe('dau-moi')
  })

  it('is oneself where two who are away stand in for each other', () => {
    const both = [mark('away:ban', 'luat', '2025-03-09'), mark('away:luat', 'ban', '2025-03-09')]
    expect(charged('I.1', ...both)).toBe('ban')
    expect(charged('III.1', ...both)).toBe('luat')
  })

  it('decides whose list an item is on', () => {
    const luat = findPerson(office, 'luat')
    const handed = marked(mark('own:I.1', 'luat'))
    expect(luat && itemsOf(handed, office, luat).map(({ code }) => code)).toEqual(['I.1', 'III.1'])
    expect(luat && awayUntil(luat, handed)).toBeUndefined()
  })
})

describe('an item that was sent back', () => {
  it('waits again, whatever its answer', () => {
    const answered = { ...round({ 'I.1': value('5'), 'I.2': value('3') }) }
    const back = mark('return:I.1', 'Sao bằng đúng quý trước?')
    const sent = { ...answered, answers: new Map([...answered.answers, [back.code, back]]) }
    const items = pack.items.slice(0, 2)
    expect(progressOf(sent, items)).toEqual({ done: 1, total: 2 })
    expect(silentItems(sent, items).map(({ code }) => code)).toEqual(['I.1'])
  })
})
