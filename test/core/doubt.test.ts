import { describe, expect, it } from 'vitest'
import { findingsOf, openFindings, signatureOf } from '../../src/core/doubt.ts'
import { periodOf } from '../../src/core/period.ts'
import { Relation } from '../../src/core/relation.ts'
import { converse, keysOf, pack, recordsOf, round, saysOf, value } from './ward.ts'

const relations = [
  Relation.parse({ id: 'tong', type: 'sum', total: 'I.1', parts: ['I.2', 'I.3'] }),
  Relation.parse({ id: 'chuyen', type: 'carried', item: 'I.4', last: 'I.5' }),
  Relation.parse({ id: 'lon', type: 'bound', item: 'I.5', max: 100, severity: 'warn' }),
]
const checked = (one = round()) => ({ ...one, pack: { ...pack, relations } })

describe('a contradiction', () => {
  it('is asked about in the message that made it, before anything else', () => {
    const one = converse('ban', ['bắt đầu', '10; 4; 5; 0'], checked())
    expect(recordsOf(one)).toHaveLength(4)
    expect(keysOf(one)).toEqual(['echo.recorded', 'doubt.ask', 'footer'])
    expect(one.talk.doubt).toMatchObject({ relationId: 'tong', signature: '4 + 5 = 9 ≠ 10' })
  })

  it('is mended by its number, and the next question follows', () => {
    const one = converse('ban', ['bắt đầu', '10; 4; 5; 0', '1'], checked())
    expect(recordsOf(one)).toEqual([['I.1', expect.objectContaining({ value: '9' })]])
    expect(one.talk.doubt).toBeUndefined()
    expect(one.talk.shown).toEqual(['I.5'])
  })

  it('is mended as well by correcting any part, and asked again while it stands', () => {
    expect(keysOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', 'sửa 2 = 5'], checked()))).not.toContain(
      'doubt.ask',
    )
    expect(keysOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', 'sửa 2 = 6'], checked()))).toContain('doubt.ask')
    expect(keysOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', '3 = 6'], checked()))).not.toContain('doubt.ask')
  })

  it('is kept with a reason in words, for those numbers only', () => {
    const asked = converse('ban', ['bắt đầu', '10; 4; 5; 0', '2'], checked())
    expect(asked.talk.isReasonAwaited).toBe(true)
    expect(keysOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', '2', '12'], checked()))[0]).toBe('doubt.again')
    const kept = converse('ban', ['bắt đầu', '10; 4; 5; 0', '2', 'một hồ sơ ở nơi khác'], checked())
    expect(kept.effects[0]).toMatchObject({ type: 'record', code: 'note:tong', reason: '4 + 5 = 9 ≠ 10' })
    expect(keysOf(kept)).toContain('doubt.kept')
    expect(kept.talk.shown).toEqual(['I.5'])
  })

  it('put off is not asked again for the same numbers, and stays open', () => {
    const one = converse('ban', ['bắt đầu', '10; 4; 5; 0', '3', '7'], checked())
    expect(keysOf(one)).not.toContain('doubt.ask')
    expect(openFindings(one.world.rounds[0] ?? checked()).map(signatureOf)).toEqual(['4 + 5 = 9 ≠ 10'])
    expect(keysOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', 'bỏ qua', 'I.1 = 11'], checked()))).toContain(
      'doubt.ask',
    )
  })

  it('that is a mere remark is asked about by nobody', () => {
    const one = converse('ban', ['I.5 = 101'], checked())
    expect(keysOf(one)).not.toContain('doubt.ask')
    expect(findingsOf(one.world.rounds[0] ?? checked())).toHaveLength(1)
  })

  it('not understood is asked once more in other words', () => {
    expect(keysOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', 'ừ thì'], checked())).slice(0, 2)).toEqual([
      'doubt.again',
      'doubt.ask',
    ])
  })

  it('between two people is not laid before a third', () => {
    expect(
      keysOf(
        converse('luat', ['5'], checked(round({ 'I.1': value('10'), 'I.2': value('4'), 'I.3': value('5') }))),
      ),
    ).not.toContain('doubt.ask')
  })
})

describe('what is carried over', () => {
  const previous = { 'I.5': value('7') }
  it('is compared with the period that ended the day before', () => {
    const one = { ...checked(round({ 'I.4': value('3') }, previous)), before: periodOf('nam', 2024) }
    expect(findingsOf(one).map(({ relationId }) => relationId)).toEqual(['chuyen'])
  })
  it('and not with one that lies inside or far before', () => {
    const one = { ...checked(round({ 'I.4': value('3') }, previous)), before: periodOf('quy3', 2024) }
    expect(findingsOf(one)).toEqual([])
  })
})

describe('a number that is no way out', () => {
  it('leaves the contradiction as it is', () => {
    const one = converse('ban', ['bắt đầu', '10; 4; 5; 0', '9'], checked())
    expect(saysOf(one).length).toBeGreaterThan(0)
    expect(one.talk.shown).toEqual(['I.1', 'I.2', 'I.3', 'I.4'])
  })
})

describe('while a reason is awaited', () => {
  const start = ['bắt đầu', '10; 4; 5; 0', '2']

  it('a way out pressed after all is taken, not noted as the reason', () => {
    expect(recordsOf(converse('ban', [...start, '1. Sửa Trực tiếp thành 09 hồ sơ'], checked()))).toEqual([
      ['I.1', expect.objectContaining({ value: '9' })],
    ])
    expect(keysOf(converse('ban', [...start, '3. Để tôi kiểm tra lại sau'], checked()))).toContain(
      'doubt.deferred',
    )
  })

  it('undoing afterwards leaves the answers given before', () => {
    expect(recordsOf(converse('ban', [...start, 'một hồ sơ ở nơi khác', 'hoàn tác'], checked()))).toEqual([])
    expect(recordsOf(converse('ban', ['bắt đầu', '10; 4; 5; 0', '3', 'hoàn tác'], checked()))).toEqual([])
  })

  it('a reason may come with the decision', () => {
    const one = converse('ban', ['bắt đầu', '10; 4; 5; 0', 'giữ nguyên vì một hồ sơ công dân rút'], checked())
    expect(one.effects[0]).toMatchObject({ code: 'note:tong' })
  })
})
