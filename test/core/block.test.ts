import { describe, expect, it } from 'vitest'
import type { Given } from '../../src/core/answer.ts'
import { blockOf, readBlock } from '../../src/core/block.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { converse, keysOf, pack, recordsOf, round, saysOf, value } from './ward.ts'

const usual: Readonly<Record<string, 'same' | 'none'>> = {
  'I.1': 'same',
  'I.3': 'same',
  'I.2': 'none',
  'I.5': 'none',
}
const calm = ReportPack.parse({
  ...pack,
  items: pack.items.map((item) => ({ ...item, ...(usual[item.code] ? { usual: usual[item.code] } : {}) })),
})
const before = { 'I.1': value('244'), 'I.3': { state: 'none' } } satisfies Record<string, Given>
const start = { ...round({}, before), pack: calm }
const talk = (...messages: readonly string[]) => converse('ban', ['bắt đầu', ...messages], start)
const recorded = (...messages: readonly string[]) =>
  recordsOf(talk(...messages)).map(([code, given]) => [
    code,
    given.state === 'value' ? given.value : given.state,
  ])

describe('a block', () => {
  it('asks first for what stays as it was, then for what mostly does not arise, then for the rest', () => {
    const first = talk()
    expect(first.talk.shown).toEqual(['I.1', 'I.3'])
    expect(keysOf(first)).toEqual(['ask.same', 'ask.sameHow', 'footer'])
    expect(saysOf(first)[0]).toMatchObject({
      values: {
        lines: [
          { values: { n: 1, last: { values: { value: '244' } } } },
          { values: { last: { key: 'given.none' } } },
        ],
      },
    })
    const second = talk('đúng')
    expect(second.talk.shown).toEqual(['I.2', 'I.5'])
    expect(keysOf(second)).toEqual(['echo.recorded', 'ask.none', 'ask.noneHow', 'footer'])
    expect(talk('đúng', 'không').talk.shown).toEqual(['I.4'])
  })

  it('is confirmed in a word, with or without accents, and by nothing less', () => {
    for (const word of ['đúng', 'Dung', 'dạ đúng hết ạ', 'giữ nguyên', 'như kỳ trước', 'cả 2 đều đúng'])
      expect(recorded(word), word).toEqual([
        ['I.1', '244'],
        ['I.3', 'none'],
      ])
    for (const word of ['không', 'ko', 'kps', 'Không phát sinh', 'cả 2 đều không', 'dạ không có ạ'])
      expect(recorded('đúng', word), word).toEqual([
        ['I.2', 'none'],
        ['I.5', 'none'],
      ])
  })

  it('takes what changed and confirms the rest only when told so', () => {
    expect(recorded('1 = 240, còn lại đúng')).toEqual([
      ['I.1', '240'],
      ['I.3', 'none'],
    ])
    const part = talk('1 = 240')
    expect(recordsOf(part).map(([code]) => code)).toEqual(['I.1'])
    expect(part.talk.shown).toEqual(['I.3'])
    expect(recorded('đúng', '2 = 4; các mục còn lại không')).toEqual([
      ['I.2', 'none'],
      ['I.5', '4'],
    ])
  })

  it('asks what changed when all one hears is that something did', () => {
    expect(keysOf(talk('không'))).toEqual(['ask.sameWhich', 'footer'])
    expect(keysOf(talk('đúng', 'có'))).toEqual(['ask.noneWhich', 'footer'])
    expect(recordsOf(talk('không'))).toEqual([])
  })

  it('takes no word for four when three were counted', () => {
    expect(recorded('cả 3 đều đúng')).toEqual([])
    expect(readBlock('none', 'cả 4 đều không', 4)).toEqual({ about: '', isRestConfirmed: true })
  })

  it('is none where the last period is not known, or something was said already', () => {
    expect(blockOf({ ...round(), pack: calm }, ['I.1', 'I.3'])).toBeUndefined()
    expect(blockOf({ ...round({ 'I.2': value('3') }), pack: calm }, ['I.2'])).toBeUndefined()
  })

  it('may be put off, and comes back after everything else', () => {
    const put = talk('bỏ qua')
    expect(put.talk.shown).toEqual(['I.2', 'I.5'])
    expect(put.talk.skipped).toEqual(['I.1', 'I.3'])
  })
})
