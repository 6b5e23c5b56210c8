import { describe, expect, it } from 'vitest'
import { step } from '../../src/core/step.ts'
import { type HandedFile, NEW_TALK, Talk } from '../../src/core/talk.ts'
import { fc } from '../draws.ts'
import { keysOf, recordsOf, round, saysOf, world } from './ward.ts'

const on = (...shown: string[]): Talk => ({ ...NEW_TALK, periodKey: '2025-quy1', shown })
const send = (files: readonly HandedFile[], { text = '', talk = on('I.1', 'I.2'), me = 'ban' } = {}) =>
  step(talk, { type: 'message', text, files }, world(me, round()))
const file = (text: string, name = 'bang.xlsx'): HandedFile => ({ name, text })

describe('a file', () => {
  it('whose words were read is taken like typed words, with a sentence before', () => {
    const one = send([file('31; 0')])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1', 'I.2'])
    expect(keysOf(one).slice(0, 2)).toEqual(['sent.read', 'echo.recorded'])
  })

  it('is the whole paragraph where a text is asked', () => {
    const words = 'Công tác được quan tâm.\nKết quả có chuyển biến.'
    const one = send([file(words)], { talk: on('II.1'), me: 'dau-moi' })
    expect(recordsOf(one)).toEqual([['II.1', { state: 'text', text: words }]])
  })

  it.each(['báo cáo quý 1', 'hoàn tác', '/baocao quy1', 'bỏ qua', 'duyệt'])(
    'that reads “%s” commands nothing',
    (words) => {
      const one = send([file(words)], { me: 'sep' })
      expect(one.effects.every(({ type }) => type === 'say')).toBe(true)
      expect(keysOf(one)[0]).toBe('sent.read')
    },
  )

  it.each(['type', 'size', 'unreadable', 'empty', 'gone'] as const)(
    'that is no use (%s) is told so',
    (why) => {
      const one = send([{ name: 'x.png', why }])
      expect(keysOf(one)[0]).toBe(`sent.${why}`)
      expect(one.talk.shown).toEqual(['I.1', 'I.2'])
    },
  )

  it('after another is taken after it, in one message with one question', () => {
    const one = send([file('I.1 = 31'), { name: 'x.png', why: 'type' }, file('I.2 = 5', 'b.csv')], {
      text: 'I.3 = 9',
    })
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.3', 'I.1', 'I.2'])
    expect(one.effects.filter(({ type }) => type === 'say')).toHaveLength(1)
    expect(keysOf(one)).toEqual([
      ...['sent.type', 'echo.recorded', 'sent.read', 'echo.recorded', 'sent.read', 'echo.recorded'],
      ...['ask.group', 'ask.example', 'footer'],
    ])
    expect(saysOf(one)[0]).toMatchObject({ values: { file: 'x.png' } })
  })

  it('after a value in doubt is no choice between its readings', () => {
    const one = send([file('1')], { text: 'I.3 = 2 hoặc 7' })
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one).slice(0, 2)).toEqual(['back.leftover', 'sent.read'])
  })

  it('after words that answered the question is no answer to the next, which nobody has seen', () => {
    const one = send([file('7; 8')], { text: '31; 0' })
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1', 'I.2'])
    const two = 'Kết quả có nhiều chuyển biến tích cực.'
    const letters = send([file(two), file('Nội dung thứ hai không rõ của mục nào.', 'b.docx')], {
      talk: on('II.1'),
      me: 'dau-moi',
    })
    expect(recordsOf(letters)).toEqual([['II.1', { state: 'text', text: two }]])
  })

  it('with “sửa II.1” beside it is for that item', () => {
    const words = 'Kết quả có nhiều chuyển biến tích cực.'
    const one = send([file(words)], { text: 'sửa II.1', talk: on('II.2'), me: 'dau-moi' })
    expect(recordsOf(one)).toEqual([['II.1', { state: 'text', text: words }]])
  })

  it('goes with a note that is no answer, even where a text is asked', () => {
    const words = 'Kết quả có nhiều chuyển biến tích cực.'
    const one = send([file(words)], { text: 'Em gửi nhận xét quý 1 ạ', talk: on('II.1'), me: 'dau-moi' })
    expect(recordsOf(one)).toEqual([['II.1', { state: 'text', text: words }]])
    expect(keysOf(one)[0]).toBe('sent.note')
    expect(keysOf(send([file('31; 0')], { text: 'cảm ơn đồng chí' }))[0]).toBe('sent.read')
  })

  it('that cannot be read leaves the words beside it what they are', () => {
    const one = send([{ name: 'x.png', why: 'type' }], { text: '31; 0' })
    expect(recordsOf(one)).toHaveLength(2)
  })

  it('is always answered with one message, whatever is in it and beside it', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '31; 0',
        'I.1 = 5',
        '1',
        'đúng',
        'II.1\t5\nI.2\t7',
        'hoàn tác',
        'sửa I.3',
        'không phải tôi',
      ),
    )
    const files = fc.array(
      fc.oneof(
        words.map((text) => file(text)),
        fc.constant({ name: 'x', why: 'type' } as const),
      ),
    )
    fc.assert(
      fc.property(files, words, fc.constantFrom('ban', 'dau-moi', 'luat'), (handed, text, me) => {
        const one = send(handed, { text, me, talk: on('I.1') })
        expect(one.effects.filter(({ type }) => type === 'say').length).toBe(1)
        expect(Talk.safeParse(JSON.parse(JSON.stringify(one.talk))).success).toBe(true)
      }),
    )
  })

  it('for a collection that is closed by now is not taken for another', () => {
    const talk = { ...on('I.1'), periodKey: '2024-nam' }
    const one = send([file('31'), file('32', 'b.txt')], { talk })
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one).filter((key) => key === 'closed.notRecorded')).toHaveLength(2)
  })
})
