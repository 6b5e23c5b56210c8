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

  const reasonOf = (text: string) =>
    converse('ban', [...start, text], checked()).effects.find(
      (effect) => effect.type === 'record' && effect.code === 'note:tong',
    )

  it.each(['trực tiếp là 9', 'tổng trực tiếp 9, bưu chính 4', '10; 4; 6; 0', 'I.3 = 6'])(
    '%j is a correction, not the reason',
    (text) => {
      expect(reasonOf(text)).toBeUndefined()
      expect(recordsOf(converse('ban', [...start, text], checked())).length).toBeGreaterThan(0)
    },
  )

  it.each([
    'em nhầm, bưu chính 5',
    'em kiểm tra lại rồi, bưu chính là 5 ạ',
    'bưu chính có 5 hồ sơ thôi',
    'bưu chính 5 mới chuẩn',
    '225 + 2 = 227',
    '12',
  ])('%j is not noted as the reason', (text) => {
    expect(reasonOf(text)).toBeUndefined()
  })

  it.each([
    '03 hồ sơ công dân rút sau ngày 15/3',
    'vì có 2 hồ sơ chuyển lên tỉnh',
    'vì 1 hồ sơ trực tiếp bị trùng',
    'một hồ sơ ở nơi khác',
    'lỗi phần mềm',
  ])('%j is the reason, with all its words', (text) => {
    expect(reasonOf(text)).toMatchObject({ given: { state: 'text', text }, raw: text })
  })

  it('is kept without the words that announce it, and with them in what was said', () => {
    expect(reasonOf('giữ nguyên vì bị trùng')).toMatchObject({
      given: { state: 'text', text: 'bị trùng' },
      raw: 'giữ nguyên vì bị trùng',
    })
  })

  it.each(['giữ nguyên', 'Giữ nguyên nhé', 'ok', 'vâng ạ', 'đúng rồi', 'cảm ơn đồng chí', 'không có'])(
    '%j is not the reason: it is asked for once more, in other words and with the way out',
    (text) => {
      const one = converse('ban', [...start, text], checked())
      expect(recordsOf(one)).toEqual([])
      expect(keysOf(one)).toEqual(['doubt.reasonAgain', 'footer'])
      expect(one.talk.isReasonAwaited).toBe(true)
    },
  )

  it('words that may be both are asked about, and taken as what they are said to be', () => {
    const text = 'bưu chính là 5, do 1 hồ sơ công dân rút'
    const asked = converse('ban', [...start, text], checked())
    expect(recordsOf(asked)).toEqual([])
    expect(keysOf(asked)[0]).toBe('doubt.unsure')
    expect(keysOf(converse('ban', [...start, text, 'vâng'], checked()))).toContain('doubt.unsureAgain')
    expect(keysOf(converse('ban', [...start, text, 'vâng', 'ừ'], checked()))).toContain('doubt.deferred')
    expect(converse('ban', [...start, text, '1'], checked()).effects[0]).toMatchObject({
      code: 'note:tong',
      given: { text },
    })
    expect(keysOf(converse('ban', [...start, text, '3'], checked()))).toContain('doubt.unsureAgain')
    const mended = converse('ban', [...start, text, '2. Sửa số đã ghi'], checked())
    expect(recordsOf(mended)).toEqual([['I.2', expect.objectContaining({ value: '5' })]])
    expect(mended.talk.unsure).toBeUndefined()
    expect(keysOf(converse('ban', [...start, text, '1', '1. Ghi làm lý do'], checked()))[0]).toBe(
      'back.pressedBefore',
    )
  })

  it('a bare number is asked about once; then the ways out are on the screen again, and it is one', () => {
    expect(keysOf(converse('ban', [...start, '1'], checked())).slice(0, 2)).toEqual([
      'doubt.again',
      'doubt.ask',
    ])
    expect(recordsOf(converse('ban', [...start, '1', '1'], checked()))).toEqual([
      ['I.1', expect.objectContaining({ value: '9' })],
    ])
  })

  it('a lone figure where one item was corrected is of that item', () => {
    const one = converse('ban', ['bắt đầu', '9; 4; 5; 0', 'sửa I.1 = 10', '2', '9 hồ sơ'], checked())
    expect(recordsOf(one)).toEqual([['I.1', expect.objectContaining({ value: '9' })]])
  })
})
