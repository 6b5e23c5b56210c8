import { describe, expect, it } from 'vitest'
import { step } from '../../src/core/step.ts'
import { NEW_TALK } from '../../src/core/talk.ts'
import { fc } from '../draws.ts'
import { keysOf, round, saysOf, value, world } from './ward.ts'

const say = (text: string, me = 'ban', one = round({ 'I.1': value('4711') })) =>
  step(NEW_TALK, { type: 'group', text }, world(me, one))

describe('in a group', () => {
  it.each([
    'tiến độ',
    'TIẾN ĐỘ',
    'tien do ạ',
    '/tiendo',
    '/tiendo@thuky_bot',
    '@thuky_bot tiến độ',
    'còn thiếu gì?',
  ])('“%s” is answered with how many items each has, and no value', (text) => {
    expect(saysOf(say(text))).toEqual([
      {
        key: 'group.progress',
        values: {
          period: 'quý I năm 2025',
          units: 'Đầu mối 0/2, Một cửa 1/5, Tư pháp 0/1',
          left: { key: 'group.left', values: { days: 9 } },
        },
      },
    ])
    expect(JSON.stringify(say(text).effects)).not.toContain('4711')
  })

  it('the time left is told to the day of the deadline and after it', () => {
    const one = round()
    const left = (deadline: string) =>
      saysOf(say('tiến độ', 'ban', { ...one, schedule: { ...one.schedule, deadline } })).map(
        ({ key, ...rest }) => [key, 'values' in rest ? rest.values['left' as never] : ''],
      )
    expect(left('2025-03-05T17:00:00.000+07:00')).toEqual([['group.progress', { key: 'group.today' }]])
    expect(left('2025-03-05T07:00:00.000+07:00')).toEqual([['group.progress', { key: 'group.late' }]])
    expect(left('2025-03-10T17:00:00.000+07:00')).toEqual([
      ['group.progress', { key: 'group.left', values: { days: 3 } }],
    ])
  })

  it('where nothing is collected, that is said', () => {
    expect(keysOf(say('tiến độ', 'ban', { ...round(), isClosed: true }))).toEqual(['nothing.open'])
  })

  it.each([
    '31; 0; 92; 133',
    '228',
    'I.1 = 31',
    'trực tiếp 31 hồ sơ',
    'sáng nay nhận 12 hồ sơ, đến 14h xong',
    'đạt 95,5%',
    'sửa 1 = 5',
    '/baocao quy1',
    'báo cáo quý 1',
    'duyệt',
    'chốt số liệu',
    'hoàn tác',
    '/xyz',
    '@thuky_bot ơi',
  ])('“%s” is asked for in private', (text) => {
    expect(keysOf(say(text))).toEqual(['group.private'])
  })

  it.each([
    'Chào cả nhà',
    'vâng ạ',
    'ok',
    'cảm ơn đồng chí',
    'bỏ qua',
    'thôi',
    'để chiều',
    'nhờ Hà trả lời giúp',
    'Mai họp giao ban 8h30 ở phòng 2 nhé',
    'Họp lúc 14 giờ 30, thứ 2 ngày 17/3/2025',
    'Hạn nộp 17/3, quý 1 năm 2025, các đồng chí lưu ý',
    'Có gì gọi tôi 0912 345 678',
    'Xem Công văn 12/CV-UBND',
    '',
  ])('“%s” is people talking, and is left to them', (text) => {
    expect(say(text).effects).toEqual([])
  })

  it('nothing is recorded, nothing changes in the talk, and no value is told, whatever is said', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'tiến độ',
        '1',
        'I.1 = 5',
        'đúng',
        '/baocao quy1',
        'duyệt',
        'không phải tôi',
        'hoàn tác',
      ),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom('sep', 'dau-moi', 'ban'), (text, me) => {
        const talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.2'] }
        const after = step(talk, { type: 'group', text }, world(me, round({ 'I.1': value('4711') })))
        expect(after.talk).toBe(talk)
        expect(after.effects.every(({ type }) => type === 'say')).toBe(true)
        expect(JSON.stringify(after.effects)).not.toContain('4711')
      }),
    )
  })
})
