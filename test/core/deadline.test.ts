import { describe, expect, it } from 'vitest'
import { readCommand } from '../../src/core/command.ts'
import { isPaused, movedDeadline } from '../../src/core/mark.ts'
import type { Round } from '../../src/core/round.ts'
import { step } from '../../src/core/step.ts'
import { type Event, NEW_TALK, type Step, type World } from '../../src/core/talk.ts'
import { answer, keysOf, recordsOf, round, value, world } from './ward.ts'

const said = (text: string): Event => ({ type: 'message', text, files: [] })
/** It is Wednesday, 5/3; the figures run to 14/3, the deadline is 17:00 on Tuesday, 18/3. */
const order = (text: string, me = 'dau-moi', more: Partial<World> = {}, one: Round = round()): Step =>
  step(NEW_TALK, said(text), { ...world(me, one), ...more })
const movedTo = (one: Step) =>
  recordsOf(one).map(([code, given]) => [code, 'text' in given ? given.text : ''])
const auditsOf = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.type === 'audit' ? [[effect.action, effect.detail]] : []))
const toldOf = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.type === 'tell' ? [`${effect.to} ${effect.says[0]?.key}`] : []))
const pressed = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.type === 'say' ? effect.choices.map(({ key }) => key) : []))

describe('words that move a deadline', () => {
  it.each([
    ['dời hạn quý 1 đến 20/3', 'quý 1', '20/3', false],
    ['dời hạn đến 17h 20/3', '', '17h 20/3', false],
    ['doi han den 20/3', '', '20/3', false],
    ['dời hạn 20/3', '', '20/3', false],
    ['/doihan đến thứ Sáu', '', 'thứ Sáu', false],
    ['gia hạn báo cáo quý I sang 21/3', 'quý I', '21/3', false],
    ['lùi hạn gửi đến 21/3', '', '21/3', false],
    ['vẫn dời hạn quý I năm 2025 đến 17:00 24/03/2025', 'quý I năm 2025', '17:00 24/03/2025', true],
    ['dời hạn', '', '', false],
  ])('“%s” are read', (text, asked, to, isSure) => {
    expect(readCommand(text)).toEqual({ type: 'moveDeadline', asked, to, isSure })
  })

  it.each([
    ['tạm dừng nhắc', 'pause'],
    ['ngừng nhắc nhé', 'pause'],
    ['/tamdung', 'pause'],
    ['nhắc tiếp', 'resume'],
    ['tiếp tục nhắc', 'resume'],
    ['lịch', 'agenda'],
    ['/lich', 'agenda'],
  ])('“%s” is %s', (text, type) => {
    expect(readCommand(text)).toEqual({ type })
  })

  it.each(['Hồ sơ quá hạn 20/3', 'nhắc Hà', 'đúng hạn', 'dừng', 'lịch tiếp công dân'])(
    '“%s” are others',
    (text) => {
      expect(['moveDeadline', 'pause', 'resume', 'agenda']).not.toContain(readCommand(text)?.type)
    },
  )
})

describe('a deadline', () => {
  it.each([
    ['dời hạn đến 20/3', '2025-03-20T17:00'],
    ['dời hạn đến 9h30 20/3', '2025-03-20T09:30'],
    ['dời hạn đến 10h 21/3', '2025-03-21T10:00'],
    ['dời hạn đến 10 giờ 15 ngày 21/3', '2025-03-21T10:15'],
    ['dời hạn đến 11:00 21-3', '2025-03-21T11:00'],
    ['dời hạn đến 20/3 lúc 9 giờ', '2025-03-20T09:00'],
    ['dời hạn đến 4h chiều ngày 20/3', '2025-03-20T16:00'],
    ['dời hạn quý 1 đến 20/3/2025', '2025-03-20T17:00'],
    ['dời hạn đến 14/3', '2025-03-14T17:00'],
    ['dời hạn đến 22/3', '2025-03-21T17:00'],
  ])('“%s” is moved to %s', (text, moment) => {
    const one = order(text)
    expect(movedTo(one)).toEqual([['deadline:moved', `${moment}:00.000+07:00`]])
    expect(keysOf(one)[0]).toBe('deadline.moved')
  })

  it('is moved on the record, and who owes something is told', () => {
    const full = Object.fromEntries(['I.1', 'I.2', 'I.3', 'I.4', 'I.5'].map((code) => [code, value('1')]))
    const one = order('dời hạn đến 20/3', 'dau-moi', {}, round(full))
    expect(auditsOf(one)).toEqual([
      [
        'moveDeadline',
        {
          period: '2025-quy1',
          from: '2025-03-18T17:00:00.000+07:00',
          to: '2025-03-20T17:00:00.000+07:00',
        },
      ],
    ])
    expect(toldOf(one)).toEqual(['luat deadline.told', 'sep deadline.toldLeader'])
  })

  it('that falls on a day off is the working day before, and that is said', () => {
    expect(keysOf(order('dời hạn đến 22/3'))).toEqual(['deadline.moved', 'deadline.dayOff', 'footer.idle'])
    expect(keysOf(order('dời hạn đến 21/3'))).toEqual(['deadline.moved', 'footer.idle'])
  })

  it.each([
    ['dời hạn đến 13/3', 'deadline.beforeCutoff'],
    ['dời hạn đến 15/3', 'deadline.moved'],
    ['dời hạn đến 3/3', 'deadline.past'],
    ['dời hạn đến 7h 5/3', 'deadline.past'],
    ['dời hạn đến 31/2', 'deadline.whichDay'],
    ['dời hạn đến 25h 20/3', 'deadline.whichDay'],
    ['dời hạn đến khi đủ', 'deadline.whichDay'],
    ['dời hạn', 'deadline.whichDay'],
    ['dời hạn đến 18/3', 'deadline.same'],
    ['dời hạn quý 3 đến 20/3', 'deadline.notOpen'],
    ['dời hạn abc đến 20/3', 'deadline.notOpen'],
  ])('“%s” leads to %s', (text, key) => {
    const one = order(text)
    expect(keysOf(one)[0]).toBe(key)
    expect(recordsOf(one)).toHaveLength(key === 'deadline.moved' ? 1 : 0)
  })

  it('past the superior’s own has to be meant', () => {
    const { schedule } = round()
    const one = { ...round(), schedule: { ...schedule, superiorDeadline: '2025-03-19T17:00:00.000+07:00' } }
    const asked = order('dời hạn đến 20/3', 'sep', {}, one)
    expect(keysOf(asked)[0]).toBe('deadline.afterSuperior')
    expect(recordsOf(asked)).toEqual([])
    expect(pressed(asked)).toEqual(['deadline.anyway'])
    const meant = order('vẫn dời hạn quý I năm 2025 đến 17:00 20/03/2025', 'sep', {}, one)
    expect(movedTo(meant)).toEqual([['deadline:moved', '2025-03-20T17:00:00.000+07:00']])
    expect(keysOf(order('dời hạn đến 19/3', 'sep', {}, one))[0]).toBe('deadline.moved')
  })

  it('of which collection is asked where several are open', () => {
    const other: Round = { ...round(), period: { key: '2024-nam', name: 'nam', year: 2024 } }
    const rounds = [other, round()]
    const asked = order('dời hạn đến 20/3', 'dau-moi', { rounds })
    expect(keysOf(asked)[0]).toBe('deadline.which')
    expect(pressed(asked)).toEqual(['deadline.way', 'deadline.way'])
    const named = order('dời hạn quý I năm 2025 đến 20/3', 'dau-moi', { rounds })
    expect(named.effects[0]).toMatchObject({ type: 'record', periodKey: '2025-quy1' })
  })

  it('is moved by leaders only, and never by the words of a paragraph', () => {
    expect(keysOf(order('gia hạn đến 20/3', 'ban'))).toEqual(['deadline.notAllowed', 'footer.idle'])
    const asked = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['II.1'] }
    const text = 'Gia hạn đến khi có hướng dẫn mới'
    expect(recordsOf(step(asked, said(text), world('dau-moi')))[0]).toEqual(['II.1', { state: 'text', text }])
  })

  it('that was moved is known by its mark', () => {
    expect(movedDeadline(round())).toBeUndefined()
    expect(movedDeadline(round({ 'deadline:moved': { state: 'text', text: 'x' } }))).toBe('x')
  })
})

describe('reminders', () => {
  const paused = round({ 'pause:reminders': { state: 'text', text: 'x' } })

  it('are paused and go on again, each once, on the record', () => {
    const one = order('tạm dừng nhắc')
    expect(recordsOf(one).map(([code]) => code)).toEqual(['pause:reminders'])
    expect(auditsOf(one)).toEqual([['pauseReminders', { period: '2025-quy1' }]])
    expect(toldOf(one)).toEqual(['sep pause.told'])
    expect(keysOf(order('tạm dừng nhắc', 'sep', {}, paused))).toEqual(['pause.already', 'footer.leader'])
    const again = order('nhắc tiếp', 'sep', {}, paused)
    expect(recordsOf(again)).toEqual([['pause:reminders', { state: 'withdrawn' }]])
    expect(keysOf(again)[0]).toBe('pause.over')
    expect(keysOf(order('nhắc tiếp'))[0]).toBe('pause.notPaused')
  })

  it('are paused by leaders only', () => {
    expect(keysOf(order('tạm dừng nhắc', 'ban'))).toEqual(['pause.notAllowed', 'footer.idle'])
  })

  it('that are paused are known by their mark', () => {
    expect([isPaused(round()), isPaused(paused)]).toEqual([false, true])
  })

  it('that somebody asks for are on the record', () => {
    expect(auditsOf(order('nhắc Luật'))).toEqual([['nudge', { period: '2025-quy1', people: 'luat' }]])
    const mark = { ...answer('nudge:luat', { state: 'text', text: 'sep' }), by: 'sep' }
    const nudged = { ...round(), answers: new Map([[mark.code, mark]]) }
    expect(auditsOf(order('nhắc Luật', 'dau-moi', {}, nudged))).toEqual([])
  })
})
