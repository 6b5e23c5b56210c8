import { describe, expect, it } from 'vitest'
import { step } from '../../src/core/step.ts'
import { type Edited, NEW_TALK, type Talk } from '../../src/core/talk.ts'
import { fc } from '../draws.ts'
import { converse, keysOf, recordsOf, round, saysOf, value, world } from './ward.ts'

const gave = (values: Readonly<Record<string, string>>): readonly Edited[] =>
  Object.entries(values).map(([code, text]) => ({
    ...{ periodKey: '2025-quy1', code, given: value(text), raw: text },
  }))

interface Setting {
  /** What stands recorded since; else what the message gave. */
  readonly now?: Readonly<Record<string, string>>
  /** Its first words; else its values in a row. */
  readonly before?: string
  readonly talk?: Talk
}

/** The message that gave `values` now reads `text`. */
function reword(text: string, values: Readonly<Record<string, string>>, setting: Setting = {}) {
  const { now = values, before = Object.values(values).join('; '), talk = asked } = setting
  const given = Object.fromEntries(Object.entries(now).map(([code, one]) => [code, value(one)]))
  const edits = { before, gave: gave(values) }
  return step(talk, { type: 'message', text, files: [], edits }, world('ban', round(given)))
}

const asked: Talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.5'] }

describe('a message written anew', () => {
  it('corrects what it says otherwise, and the question on the screen stays', () => {
    const one = reword('12; 5', { 'I.1': '12', 'I.2': '4' })
    expect(recordsOf(one)).toEqual([['I.2', expect.objectContaining({ value: '5' })]])
    expect(keysOf(one).slice(0, 2)).toEqual(['echo.recorded', 'reworded.taken'])
    expect(saysOf(one)[0]).toMatchObject({
      values: { lines: [{ key: 'echo.lineChanged', values: { item: 'Bưu chính' } }] },
    })
    expect(one.talk.shown[0]).toBe('I.5')
    expect(one.talk.undo).toEqual([{ code: 'I.2', before: value('4') }])
  })

  it('is never an answer to the question on the screen', () => {
    expect(recordsOf(reword('7', { 'I.1': '12' }))).toEqual([
      ['I.1', expect.objectContaining({ value: '7' })],
    ])
  })

  it('that says the same changes nothing, and the talk is as it was', () => {
    const one = reword('12 hồ sơ', { 'I.1': '12' })
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('reworded.same')
    expect(one.talk).toBe(asked)
  })

  it('leaves a later correction of what it says as before', () => {
    const one = reword('12; 5', { 'I.1': '12', 'I.2': '4' }, { now: { 'I.1': '99', 'I.2': '4' } })
    expect(recordsOf(one)).toEqual([['I.2', expect.objectContaining({ value: '5' })]])
  })

  it('that answered nothing is asked for anew', () => {
    const one = step(
      asked,
      { type: 'message', text: '12', files: [], edits: { before: '12', gave: [] } },
      world('ban'),
    )
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('reworded.nothing')
    expect(one.talk).toBe(asked)
  })

  it('of a collection that is closed by now is asked for anew', () => {
    const closed = { ...round({ 'I.1': value('12') }), isClosed: true }
    const one = step(
      asked,
      { type: 'message', text: '13', files: [], edits: { before: '12', gave: gave({ 'I.1': '12' }) } },
      world('ban', closed),
    )
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('reworded.nothing')
  })

  it.each([
    '1 = 13',
    '2: 5',
    'mục 2 là 5',
    '12',
    '12; 4; 5',
    'chưa rõ',
    'hoàn tác',
    '',
    '12; 4 hoặc 5',
    '1,144; 4',
  ])('as “%s” leaves which figure is meant in doubt, and changes nothing', (text) => {
    const one = reword(text, { 'I.1': '12', 'I.2': '4' })
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('reworded.unclear')
    expect(one.talk).toBe(asked)
  })

  it('may name its items, and what it names beside them is not taken', () => {
    const one = reword('I.1 = 13; I.3 = 9', { 'I.1': '12' })
    expect(recordsOf(one)).toEqual([['I.1', expect.objectContaining({ value: '13' })]])
    expect(keysOf(one).slice(0, 3)).toEqual(['echo.recorded', 'reworded.taken', 'reworded.beside'])
  })

  it('drops the question back that is open, so that no number is taken for its choice', () => {
    const before = converse('ban', ['bắt đầu', '1 = 2 hoặc 3'])
    expect(before.talk.choice).toBeDefined()
    const one = reword('8', { 'I.2': '7' }, { talk: before.talk })
    expect(recordsOf(one)).toEqual([['I.2', expect.objectContaining({ value: '8' })]])
    expect(one.talk.choice).toBeUndefined()
  })

  it.each([
    ['2 = 5', '2 = 6', 'I.2', '6'],
    ['1 = 12, 2 = 5', '1 = 12, 2 = 6', 'I.2', '6'],
    ['2: 5; 1: 12', 'mục 1: 13; 2: 5', 'I.1', '13'],
    ['sửa 4 = 5', 'sửa 4 = 6', 'I.2', '6'],
    ['sửa I.2 = 5', 'sửa I.2 = 6', 'I.2', '6'],
  ])('“%s” become “%s” keeps the numbers it had', (before, text, code, now) => {
    const order = before.startsWith('2: ') ? { 'I.2': '5', 'I.1': '12' } : { 'I.1': '12', 'I.2': '5' }
    const values = before.includes('12') ? order : { 'I.2': '5' }
    expect(recordsOf(reword(text, values, { before }))).toEqual([
      [code, expect.objectContaining({ value: now })],
    ])
  })

  it.each([
    ['2 = 5', '3 = 5'],
    ['2 = 5', '2 = 5; 3 = 8'],
    ['2 = 5; 3 = abc', '2 = 6; 3 = 1'],
    ['5', '2 = 6'],
  ])('“%s” become “%s” has a number it had not, and changes nothing', (before, text) => {
    const one = reword(text, { 'I.2': '5' }, { before })
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('reworded.unclear')
  })

  it.each([
    ['1', 'a choice between readings'],
    ['hoàn tác', 'a command'],
    ['giữ nguyên vì đếm thiếu', 'a reason'],
  ])('that said “%s” (%s) gave no figure of its own, and a figure in it now is none', (before) => {
    const one = reword('7', { 'I.2': '5' }, { before })
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('reworded.nothing')
  })

  it('of a paragraph is the new paragraph, numbered or not', () => {
    const first = 'Kết quả có chuyển biến.'
    const edits = {
      before: first,
      gave: [{ periodKey: '2025-quy1', code: 'II.1', given: { state: 'text', text: first }, raw: first }],
    } as const
    const text = '1. Kết quả có chuyển biến tích cực.\n2. Còn một số hạn chế.'
    const one = step(
      asked,
      { type: 'message', text, files: [], edits },
      world('dau-moi', round({ 'II.1': { state: 'text', text: first } })),
    )
    expect(recordsOf(one)).toEqual([['II.1', { state: 'text', text }]])
  })

  it('records only items the first wording gave, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.nat(300)).map((numbers) => numbers.join('; ')),
          fc.constantFrom('I.3 = 4; 7; 9', '/start', 'đúng'),
        ),
        (text) => {
          const one = reword(text, { 'I.1': '12', 'I.2': '4' })
          expect(recordsOf(one).every(([code]) => code === 'I.1' || code === 'I.2')).toBe(true)
          expect(saysOf(one).length).toBeGreaterThan(0)
        },
      ),
    )
  })
})
