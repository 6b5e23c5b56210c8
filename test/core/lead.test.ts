import { describe, expect, it } from 'vitest'
import { readCommand } from '../../src/core/command.ts'
import { itemsOf, type Round } from '../../src/core/round.ts'
import { step } from '../../src/core/step.ts'
import { type Effect, type Event, NEW_TALK, type Step, type World } from '../../src/core/talk.ts'
import { keysOf, NOW, office, recordsOf, round, value, world } from './ward.ts'

const said = (text: string): Event => ({ type: 'message', text, files: [] })
const FULL = Object.fromEntries(
  ['I.1', 'I.2', 'I.3', 'I.4', 'I.5', 'II.2', 'III.1'].map((code) => [code, value('1')]),
)

function toldTo(id: string, { effects }: Step): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'tell' && effect.to === id ? effect.says.map(({ key }) => key) : [],
  )
}

function typesOf({ effects }: Step): readonly Effect['type'][] {
  return effects.map(({ type }) => type)
}

function withoutChat(one: World, id: string): World {
  return { ...one, reachable: new Set([...one.reachable].filter((person) => person !== id)) }
}

describe('who has no chat', () => {
  it('is not nudged, and whoever wanted it is told so', () => {
    const one = step(NEW_TALK, said('nhắc Bàn'), withoutChat(world('dau-moi'), 'ban'))
    expect(keysOf(one)).toEqual(['hand.unreachable', 'footer.idle'])
    expect(recordsOf(one)).toEqual([])
    expect(toldTo('ban', one)).toEqual([])
  })

  it('is left out when all are nudged', () => {
    const one = step(NEW_TALK, said('nhắc tất cả'), withoutChat(world('dau-moi'), 'ban'))
    expect(recordsOf(one).map(([code]) => code)).toEqual(['nudge:luat'])
    expect(keysOf(one)).toEqual(['nudge.done', 'hand.unreachable', 'footer.idle'])
  })

  it('does not hear what was sent back, and the chairman is told so', () => {
    const there = withoutChat(world('sep', round({ 'I.1': value('5') })), 'ban')
    const one = step(NEW_TALK, said('trả lại I.1: sao bằng kỳ trước'), there)
    expect(keysOf(one)).toEqual(['sentBack.done', 'hand.unreachable', 'footer.leader'])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['return:I.1'])
  })
})

describe('a name', () => {
  it('that two people bear nudges neither', () => {
    const people = office.people.map((person) =>
      person.id === 'luat' ? { ...person, name: 'Phạm Bàn' } : person,
    )
    const one = step(NEW_TALK, said('nhắc Bàn'), { ...world('dau-moi'), office: { ...office, people } })
    expect(keysOf(one)).toEqual(['nudge.unknown', 'footer.idle'])
    expect(recordsOf(one)).toEqual([])
  })

  it('that is also a day is told by its capital', () => {
    const people = office.people.map((person) =>
      person.id === 'luat' ? { ...person, name: 'Phạm Mai' } : person,
    )
    const there = { ...world('dau-moi'), office: { ...office, people } }
    expect(toldTo('luat', step(NEW_TALK, said('nhắc Mai'), there))).toEqual(['nudge.told'])
    expect(keysOf(step(NEW_TALK, said('nhắc mai'), there))[0]).toBe('later.done')
  })
})

describe('a text that is being asked for', () => {
  it('may begin like an order', () => {
    const asked = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['II.1'] }
    for (const text of [
      'Đôn đốc các đơn vị',
      'Trả lại báo cáo chưa đạt',
      'Ghi thay sổ cũ: 12 quyển đã xong',
    ]) {
      expect(recordsOf(step(asked, said(text), world('dau-moi')))[0]).toEqual([
        'II.1',
        { state: 'text', text },
      ])
    }
  })
})

describe('an approval', () => {
  const signed = '2025-03-17T08:00:00.000+07:00'
  const there = (one: Round, more: Partial<World> = {}): World => ({
    ...world('sep', one),
    now: signed,
    ...more,
  })
  const full: Round = { ...round({ ...FULL, 'II.1': { state: 'none' } }), today: signed.slice(0, 10) }

  it('of a whole report needs one word', () => {
    expect(typesOf(step(NEW_TALK, said('duyệt'), there(full)))).toEqual(['approve'])
  })

  it('asks which report is meant when another was looked at today', () => {
    const other = { ...full, period: { key: '2024-nam', name: 'nam', year: 2024 } as const, isClosed: true }
    const talk = { ...NEW_TALK, viewed: { periodKey: '2024-nam', on: '2025-03-17' } }
    const both = there(full, { rounds: [other, full] })
    expect(keysOf(step(talk, said('duyệt'), both))).toEqual(['approve.which', 'footer.leader'])
    const named = step(talk, said('duyệt năm 2024'), both)
    expect(named.effects).toMatchObject([{ type: 'approve', period: { key: '2024-nam' } }])
  })

  it('with gaps is asked about, and the answer counts while nothing is being collected', () => {
    const closed = { ...full, isClosed: true, answers: new Map([...full.answers].slice(0, 3)) }
    const asked = step(NEW_TALK, said('duyệt'), there(closed))
    expect(keysOf(asked)).toEqual(['approve.gaps', 'footer.leader'])
    expect(typesOf(step(asked.talk, said('vẫn duyệt'), there(closed)))).toEqual(['approve'])
    expect(keysOf(step(asked.talk, said('không'), there(closed)))).toEqual([
      'approve.waiting',
      'footer.leader',
    ])
    expect(keysOf(step(NEW_TALK, said('vẫn duyệt'), there(closed)))).toEqual([
      'approve.gaps',
      'footer.leader',
    ])
  })

  it('is not taken back without a reason', () => {
    const version = { n: 1, at: NOW, by: 'sep', sha256: 'ab', isApproved: true }
    const versions = new Map([['2025-quy1', [version]]])
    const closed = there({ ...full, isClosed: true }, { versions })
    const asked = step(NEW_TALK, said('mở lại'), closed)
    expect(keysOf(asked)).toEqual(['reopen.reason', 'footer.leader'])
    expect(keysOf(step(asked.talk, said('không'), closed))).toEqual(['reopen.kept', 'footer.leader'])
    expect(keysOf(step(asked.talk, said('12'), closed))).not.toContain('reopen.done')
    expect(step(asked.talk, said('vì sai số'), closed).effects[0]).toMatchObject({
      type: 'period',
      isClosed: false,
      reason: 'sai số',
    })
    expect(keysOf(step(NEW_TALK, said('/baocao'), closed))).toEqual([])
    expect(typesOf(step(NEW_TALK, said('/baocao'), closed))).toEqual(['resend'])
  })
})

describe('the draft that goes out unasked', () => {
  it('goes once, also when an answer is taken back and given again', () => {
    const { 'I.1': _, ...rest } = FULL
    const before = round({ ...rest, 'II.1': { state: 'none' } })
    const one = step(NEW_TALK, said('I.1 = 5'), world('ban', before))
    const reports = one.effects.filter(({ type }) => type === 'report')
    expect(reports).toMatchObject([{ to: 'sep' }, { to: 'dau-moi' }])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1', 'sent:complete'])
    const sent = { state: 'text', text: NOW } as const
    const again = step(
      NEW_TALK,
      said('I.1 = 6'),
      world('ban', round({ ...rest, 'II.1': { state: 'none' }, 'sent:complete': sent })),
    )
    expect(again.effects.filter(({ type }) => type === 'report')).toEqual([])
  })
})

describe('a post that changes hands while figures are collected', () => {
  const people = office.people.map((person) => {
    if (person.id === 'ban') return { ...person, duties: [] }
    return person.id === 'luat' ? { ...person, duties: ['tu-phap', 'mot-cua'] } : person
  })
  const handed = { ...office, people }
  const answered = round({ 'I.1': value('5'), 'I.2': value('7') })
  const now = (me: string): World => ({ ...world(me, answered), office: handed })

  it('takes its open items along, and what was answered stays', () => {
    const [luat] = handed.people.filter(({ id }) => id === 'luat')
    if (!luat) throw new Error('nobody is called luat')
    expect(itemsOf(answered, handed, luat).map(({ code }) => code)).toEqual([
      'I.1',
      'I.2',
      'I.3',
      'I.4',
      'I.5',
      'III.1',
    ])
    const one = step(NEW_TALK, said('bắt đầu'), now('luat'))
    expect(one.talk.shown).toEqual(['I.3', 'I.4', 'I.5', 'III.1'])
  })

  it('lets the new holder correct without a dispute, and the former no more', () => {
    const one = step(NEW_TALK, said('I.1 = 6'), now('luat'))
    expect(recordsOf(one)).toMatchObject([['I.1', { state: 'value', value: '6' }]])
    expect(toldTo('dau-moi', one)).toEqual([])
    const shown = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.3', 'I.4'] }
    const former = step(shown, said('1; 2'), now('ban'))
    expect(recordsOf(former)).toEqual([])
    expect(keysOf(former)[0]).toBe('notYours')
  })
})

describe('a leader’s words', () => {
  it.each([
    ['trả lại II.2c.1: sai', ['II.2c.1'], 'sai', undefined],
    ['trả lại mục II.2c.1, II.1.1 – đếm lại', ['II.2c.1', 'II.1.1'], 'đếm lại', undefined],
    ['II.2c.1 sao lại bằng kỳ trước', ['II.2c.1'], 'sao lại bằng kỳ trước', true],
    ['II.2c.1: chưa đúng', ['II.2c.1'], 'chưa đúng', true],
    ['hỏi lại Hà số II.2c.1, sao cao thế', ['II.2c.1'], 'hỏi lại Hà, sao cao thế', true],
    ['trả lại', [], '', undefined],
    ['trả lại cho Hà', [], '', undefined],
  ])('“%s” send back what they name', (text, codes, comment, isGuessed) => {
    expect(readCommand(text)).toEqual({
      type: 'sendBack',
      codes,
      comment,
      ...(isGuessed ? { isGuessed } : {}),
    })
  })

  it.each([
    ['khác gì bản trước', ''],
    ['khác gì 1 và 3', '1 va 3'],
    ['khác gì 1, 3', '1, 3'],
    ['khác gì giữa phiên bản 1 và phiên bản 3?', '1 va phien ban 3'],
    ['so sánh bản 1 với bản 3', '1 voi ban 3'],
    ['khác gì bản 2', '2'],
  ])('“%s” compare versions', (text, which) => {
    expect(readCommand(text)).toEqual({ type: 'difference', which })
  })

  it.each(['II.2c.1 = 5', 'Trả lại 3 hồ sơ chưa hợp lệ', 'II.2c.1 = 5, kiểm tra lại giúp'])(
    '“%s” send nothing back',
    (text) => {
      expect(readCommand(text)?.type).not.toBe('sendBack')
    },
  )
})
