import { describe, expect, it } from 'vitest'
import { periodOf } from '../../src/core/period.ts'
import { step } from '../../src/core/step.ts'
import { NEW_TALK, Talk } from '../../src/core/talk.ts'
import { fc } from '../draws.ts'
import { converse, hear, keysOf, pack, recordsOf, round, saysOf, value, world } from './ward.ts'

const said = (text: string) => ({ type: 'message', text, files: [] }) as const

describe('the opening', () => {
  it('tells an owner how much, how long and until when, and asks nothing yet', () => {
    const opened = hear('ban', { type: 'opened', periodKey: '2025-quy1' })
    expect(saysOf(opened)).toMatchObject([
      {
        key: 'open.hello',
        values: { period: 'quý I năm 2025', count: 5, minutes: 2, from: '15/12/2024', to: '14/03/2025' },
      },
    ])
    expect(opened.talk.shown).toEqual([])
  })

  it('tells one without items so, and gives only leaders the report button', () => {
    const opened = hear('sep', { type: 'opened', periodKey: '2025-quy1' })
    expect(keysOf(opened)).toEqual(['open.nothingForYou', 'open.leader'])
    expect(opened.effects).toMatchObject([{ choices: [{ key: 'quick.report', values: { asked: 'quy1' } }] }])
  })

  it('says nothing of a period that is not there', () => {
    expect(hear('ban', { type: 'opened', periodKey: '2024-quy1' }).effects).toEqual([])
  })
})

describe('asking', () => {
  it('groups at most four items of one register and shows the last values', () => {
    const asked = hear('ban', said('bắt đầu'), round({}, { 'I.2': value('97') }))
    expect(asked.talk.shown).toEqual(['I.1', 'I.2', 'I.3', 'I.4'])
    expect(saysOf(asked)[0]).toMatchObject({
      key: 'ask.group',
      values: {
        lead: 'Tiếp nhận',
        lines: [
          { key: 'ask.line', values: { n: 1 } },
          { key: 'ask.lineLast', values: { n: 2, last: '97' } },
          {},
          {},
        ],
      },
    })
    expect(keysOf(asked)).toEqual(['ask.group', 'ask.example', 'footer'])
  })

  it('asks for a narrative and for a choice alone', () => {
    expect(hear('dau-moi', said('bắt đầu')).talk.shown).toEqual(['II.1'])
    const chosen = converse('dau-moi', ['bắt đầu', 'Mọi việc thuận lợi.'])
    expect(recordsOf(chosen)).toEqual([['II.1', { state: 'text', text: 'Mọi việc thuận lợi.' }]])
    expect(chosen.talk.shown).toEqual(['II.2'])
  })

  it('finds its place from the answers, whatever the talk remembers', () => {
    const asked = hear('ban', said('bắt đầu'), round({ 'I.1': value('1'), 'I.3': { state: 'none' } }))
    expect(asked.talk.shown).toEqual(['I.2', 'I.4', 'I.5'])
  })

  it('says so when nothing is open, or nothing is this person’s', () => {
    expect(keysOf(step(NEW_TALK, said('bắt đầu'), { ...world('ban'), rounds: [] }))).toEqual([
      'nothing.open',
      'footer.guest',
    ])
    expect(keysOf(hear('sep', said('bắt đầu')))).toEqual(['nothing.forYou', 'footer.leader'])
  })
})

describe('an answer', () => {
  it('fills the group in order and leads on to the next', () => {
    const one = converse('ban', ['bắt đầu', '31; 0; 92; 133'])
    expect(recordsOf(one)).toEqual(
      [
        ['I.1', value('31')],
        ['I.2', value('0')],
        ['I.3', value('92')],
        ['I.4', value('133')],
      ].map(([code, given]) => [code, expect.objectContaining(given as object)]),
    )
    expect(keysOf(one)).toEqual(['echo.recorded', 'ask.one', 'ask.exampleOne', 'footer'])
    expect(one.talk.shown).toEqual(['I.5'])
  })

  it('may name numbers of the question and codes, in any order', () => {
    const one = converse('ban', ['bắt đầu', '3 = 92, I.1 = 31'])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.3', 'I.1'])
    expect(one.talk.shown).toEqual(['I.2', 'I.4', 'I.5'])
  })

  it('with too few or too many values is not guessed at', () => {
    const one = converse('ban', ['bắt đầu', '31; 0; 92'])
    expect(recordsOf(one)).toEqual([])
    expect(saysOf(one)[0]).toMatchObject({ key: 'back.position', values: { count: 4 } })
    expect(one.talk.shown).toEqual(['I.1', 'I.2', 'I.3', 'I.4'])
  })

  it('keeps its good part when one value is doubtful, and asks that one back', () => {
    const one = converse('ban', ['bắt đầu', '31; 1,234; 92; 133'])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1', 'I.3', 'I.4'])
    expect(keysOf(one)).toEqual(['echo.recorded', 'back.choose', 'footer'])
    const picked = converse('ban', ['bắt đầu', '31; 1,234; 92; 133', '1'])
    expect(recordsOf(picked)).toEqual([['I.2', expect.objectContaining({ value: '1234' })]])
  })

  it('given afresh instead of a choice is taken', () => {
    const one = converse('ban', ['bắt đầu', '1 = 1,234', '1234'])
    expect(recordsOf(one)).toEqual([['I.1', expect.objectContaining({ value: '1234' })]])
    expect(one.talk.choice).toBeUndefined()
  })

  it('to another’s item is refused with the owner’s name', () => {
    const one = converse('ban', ['III.1 = 5'])
    expect(recordsOf(one)).toEqual([])
    expect(saysOf(one)[0]).toMatchObject({ key: 'notYours', values: { owner: 'Phạm Luật' } })
  })

  it('of two, one of them another’s, keeps one’s own', () => {
    const one = converse('ban', ['III.1 = 5; I.1 = 31'])
    expect(recordsOf(one).map(([code]) => code)).toEqual(['I.1'])
    expect(keysOf(one).slice(0, 2)).toEqual(['echo.recorded', 'notYours'])
  })

  it('that says the same again is echoed and not recorded twice', () => {
    const one = converse('ban', ['I.1 = 31', 'I.1 = 31'])
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('echo.recorded')
  })

  it('the last one brings thanks', () => {
    expect(keysOf(converse('luat', ['bắt đầu', '5']))).toEqual(['echo.recorded', 'done.all', 'footer.simple'])
  })

  it('with a promise is kept, but does not count as done', () => {
    const one = converse('luat', ['bắt đầu', 'hẹn thứ Hai'])
    expect(recordsOf(one)).toEqual([['III.1', { state: 'pending', until: '2025-03-10' }]])
    expect(saysOf(one).at(-1)).toEqual({ key: 'footer.idle', values: { done: 0, total: 1 } })
  })

  it('of nought, of none arisen and of not applicable are three different things', () => {
    const one = converse('ban', ['I.1 = 0; I.2 = không phát sinh; I.3 = không áp dụng'])
    expect(recordsOf(one)).toEqual([
      ['I.1', expect.objectContaining({ state: 'value', value: '0' })],
      ['I.2', { state: 'none' }],
      ['I.3', { state: 'notApplicable' }],
    ])
  })
})

describe('not understanding', () => {
  it('never says the same twice in a row, and leaves the item open', () => {
    const keys = (messages: readonly string[]) => keysOf(converse('luat', ['bắt đầu', ...messages]))[0]
    expect(keys(['chắc là ổn'])).toBe('confused.number')
    expect(keys(['chắc là ổn', 'ổn thật mà'])).toBe('confused.still')
    expect(keys(['chắc là ổn', '5'])).toBe('echo.recorded')
  })

  it('says even the same to the same in other words than before', () => {
    const reason = ['I.1 = 5', 'sửa I.9 = 5']
    const once = converse('ban', reason)
    expect(keysOf(once)[0]).toBe('confused.unknownItem')
    const twice = converse('ban', [...reason, 'sửa I.9 = 5'])
    expect(keysOf(twice).slice(0, 2)).toEqual(['confused.again', 'confused.unknownItem'])
    expect(keysOf(converse('ban', [...reason, 'sửa I.9 = 5', 'sửa I.9 = 5']))[0]).toBe('confused.unknownItem')
    expect(keysOf(converse('ban', ['trợ giúp', 'trợ giúp']))[0]).toBe('help.official')
  })

  it('shows the options again when none was chosen', () => {
    const one = converse('dau-moi', ['bắt đầu', 'không có', 'hay quá'])
    expect(keysOf(one)).toEqual(['confused.choice', 'ask.choice', 'footer'])
  })

  it('names an item or a command it does not know', () => {
    expect(keysOf(converse('ban', ['bắt đầu', '9 = 3']))[0]).toBe('confused.unknownItem')
    expect(keysOf(converse('ban', ['IX.9 = 3']))[0]).toBe('confused.unknownItem')
    expect(keysOf(converse('ban', ['/xyz']))[0]).toBe('confused.command')
    expect(keysOf(converse('ban', ['xin số gì thế']))[0]).toBe('confused.unasked')
  })

  it('says so of an empty message and of a file it does not take', () => {
    expect(keysOf(converse('ban', [' \u200b ']))[0]).toBe('confused.empty')
    expect(keysOf(hear('ban', { type: 'message', text: '', files: [{ name: 'bang.exe' }] }))[0]).toBe(
      'sent.gone',
    )
  })
})

describe('a correction', () => {
  it('takes the number of the last echo, though a new question stands below it', () => {
    const one = converse('ban', ['bắt đầu', '31; 0; 92; 133', 'sửa 3 = 98'])
    expect(recordsOf(one)).toEqual([['I.3', expect.objectContaining({ value: '98' })]])
    expect(saysOf(one)[0]).toMatchObject({
      key: 'echo.recorded',
      values: { lines: [{ key: 'echo.lineChanged', values: { before: expect.anything() } }] },
    })
  })

  it('without a value asks for it', () => {
    const one = converse('ban', ['bắt đầu', '31; 0; 92; 133', 'sửa 3'])
    expect(one.talk.shown).toEqual(['I.3'])
    expect(recordsOf(converse('ban', ['bắt đầu', '31; 0; 92; 133', 'sửa 3', '99']))).toEqual([
      ['I.3', expect.objectContaining({ value: '99' })],
    ])
  })

  it('is undone once, to what stood before or to nothing', () => {
    expect(recordsOf(converse('ban', ['I.1 = 31', 'sửa I.1 = 32', 'hoàn tác']))).toEqual([
      ['I.1', expect.objectContaining({ value: '31' })],
    ])
    expect(recordsOf(converse('ban', ['I.1 = 31', 'hoàn tác']))).toEqual([['I.1', { state: 'withdrawn' }]])
    expect(keysOf(converse('ban', ['I.1 = 31', 'hoàn tác', 'hoàn tác']))[0]).toBe('echo.nothingToUndo')
  })

  it('of a closed period is refused', () => {
    const closed = { ...round(), isClosed: true }
    expect(keysOf(hear('ban', said('sửa I.1 = 5'), closed))).toEqual(['closed', 'footer.guest'])
    expect(keysOf(hear('ban', said('31'), closed))).toEqual(['closed', 'footer.guest'])
  })
})

describe('putting off', () => {
  it('goes on with the rest and comes back at the end', () => {
    const one = converse('ban', ['bắt đầu', 'bỏ qua'])
    expect(keysOf(one).slice(0, 2)).toEqual(['echo.skipped', 'ask.one'])
    expect(one.talk.shown).toEqual(['I.5'])
    expect(converse('ban', ['bắt đầu', 'bỏ qua', '5', 'bắt đầu']).talk.shown).toEqual([
      'I.1',
      'I.2',
      'I.3',
      'I.4',
    ])
  })

  it('cancelling drops the question back, not the answers', () => {
    const one = converse('ban', ['bắt đầu', '31; 1,234; 92; 133', 'huỷ'])
    expect(one.talk.choice).toBeUndefined()
    expect(recordsOf(one)).toEqual([])
    expect(keysOf(one)[0]).toBe('echo.cancelled')
  })
})

describe('the report', () => {
  it('goes to leaders and the coordinator only', () => {
    expect(hear('sep', said('/baocao quy1')).effects).toEqual([
      {
        type: 'report',
        packId: 'nho',
        period: { key: '2025-quy1', name: 'quy1', year: 2025 },
        withSources: false,
      },
    ])
    expect(hear('dau-moi', said('/baocao')).effects).toMatchObject([{ type: 'report' }])
    expect(hear('dau-moi', said('/baocao quý 1 nguồn')).effects).toMatchObject([
      { type: 'report', period: { key: '2025-quy1' }, withSources: true },
    ])
    expect(keysOf(hear('ban', said('/baocao quy1')))[0]).toBe('report.notAllowed')
  })

  it('is asked for again when the period is unknown, without a pack, or has not begun', () => {
    expect(keysOf(hear('sep', said('/baocao hôm nay')))[0]).toBe('report.unclearPeriod')
    expect(keysOf(hear('sep', said('/baocao quy2')))[0]).toBe('report.noPack')
    expect(keysOf(hear('sep', said('/baocao nam 2031')))[0]).toBe('report.notBegun')
  })
})

describe('progress and help', () => {
  it('shows one’s own, and leaders everyone’s', () => {
    expect(keysOf(converse('ban', ['I.1 = 31', 'tiến độ']))).toEqual([
      'progress.mine',
      'group.left',
      'progress.open',
      'progress.answered',
      'footer',
    ])
    expect(keysOf(hear('sep', said('/tiendo')))).toEqual([
      'progress.all',
      'group.left',
      'progress.owing',
      'progress.chairmanHow',
      'footer.leader',
    ])
    expect(keysOf(hear('dau-moi', said('/tiendo')))).toEqual([
      'progress.all',
      'group.left',
      'progress.owing',
      'progress.nudgeHow',
      'progress.ownLater',
      'footer.idle',
    ])
    expect(keysOf(hear('dau-moi', said('tiến độ 2')))).toEqual([
      'progress.mine',
      'group.left',
      'progress.open',
      'page.last',
      'footer.idle',
    ])
    expect(keysOf(hear('ban', said('trợ giúp')))[0]).toBe('help.official')
    expect(keysOf(hear('sep', said('trợ giúp')))[0]).toBe('help.chairman')
    expect(keysOf(hear('dau-moi', said('trợ giúp')))).toEqual([
      'help.coordinator',
      'help.accounts',
      'help.more',
      'footer.idle',
    ])
  })
})

describe('the talk as a whole', () => {
  const words = fc.oneof(
    fc.constantFrom(
      'bắt đầu',
      'bỏ qua',
      'huỷ',
      'hoàn tác',
      'tiến độ',
      '/baocao quy1',
      '31; 0; 92; 133',
      '1 = 5',
      '2',
      '1,234',
      'sửa 2 = 7',
      'sửa 3',
      'không',
      'hẹn thứ Hai',
      'I.4 = 9',
      'III.1 = 2',
      'ừ',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.nat(3000).map(String),
  )
  const people = fc.constantFrom('ban', 'dau-moi', 'luat', 'sep')

  it('always answers, never throws, and what it keeps can be read back', () => {
    fc.assert(
      fc.property(people, fc.array(words, { maxLength: 12 }), (me, messages) => {
        for (let length = 1; length <= messages.length; length += 1) {
          const one = converse(me, messages.slice(0, length))
          expect(one.effects.some((effect) => effect.type !== 'record')).toBe(true)
          expect(Talk.parse(JSON.parse(JSON.stringify(one.talk)))).toEqual(one.talk)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('records nothing for an item of somebody else', () => {
    const own = { ban: /^I\./, 'dau-moi': /^II\./, luat: /^III\./, sep: /^$/ } as const
    fc.assert(
      fc.property(
        fc.constantFrom('ban', 'dau-moi', 'luat', 'sep'),
        fc.array(words, { maxLength: 8 }),
        (me, messages) => {
          for (const [code] of recordsOf(converse(me, messages)))
            expect(code.replace(/^help:/, '')).toMatch(own[me])
        },
      ),
      { numRuns: 150 },
    )
  })

  it('takes a text of a hundred thousand letters', () => {
    expect(keysOf(converse('ban', ['bắt đầu', 'đ'.repeat(100_000)]))[0]).toMatch(/confused|back/)
  })
})

describe('two collections at once', () => {
  const second = () => ({
    ...round(),
    period: periodOf('nam', 2025),
    schedule: { ...round().schedule, deadline: '2025-12-18T17:00:00.000+07:00' },
  })
  const both = (first = round()) => ({ ...world('luat', first), rounds: [first, second()] })
  const say = (talk: Talk, text: string, one = both()) => step(talk, said(text), one)

  it('are named in the question, and one is finished before the next', () => {
    const asked = say(NEW_TALK, 'bắt đầu')
    expect(keysOf(asked)).toContain('ask.period')
    const answered = say(asked.talk, '5')
    expect(answered.effects[0]).toMatchObject({ type: 'record', periodKey: '2025-quy1' })
    const done = both(round({ 'III.1': value('5') }))
    expect(keysOf(answered)).toContain('done.next')
    expect(say(answered.talk, 'sửa 1 = 6', done).effects[0]).toMatchObject({
      type: 'record',
      periodKey: '2025-quy1',
    })
    expect(say(answered.talk, 'hoàn tác', done).effects[0]).toMatchObject({
      type: 'record',
      periodKey: '2025-quy1',
    })
    const next = say(answered.talk, 'bắt đầu', done)
    expect(next.talk.periodKey).toBe('2025-nam')
    expect(say(next.talk, '7', done).effects[0]).toMatchObject({ type: 'record', periodKey: '2025-nam' })
  })

  it('never share numbers: when the first closes, a bare answer is not taken for the second', () => {
    const asked = say(NEW_TALK, 'bắt đầu')
    const closed = { ...both(), rounds: [{ ...round(), isClosed: true }, second()] }
    expect(recordsOf(say(asked.talk, '5', closed))).toEqual([])
    expect(recordsOf(say(asked.talk, 'hoàn tác', closed))).toEqual([])
  })
})

describe('a collection that closed since', () => {
  const second = () => ({
    ...round(),
    period: periodOf('nam', 2025),
    schedule: { ...round().schedule, deadline: '2025-12-18T17:00:00.000+07:00' },
  })
  const closed = { ...world('ban'), rounds: [{ ...round(), isClosed: true }, second()] }
  const { talk } = hear('ban', said('bắt đầu'))

  it.each(['sửa I.1 = 5', 'I.1 = 5', 'trực tiếp 5', '31; 0; 92; 133'])(
    'is told first, and %j is not recorded for the next one',
    (text) => {
      const one = step(talk, said(text), closed)
      expect(recordsOf(one)).toEqual([])
      expect(saysOf(one)[0]).toEqual({
        key: 'closed.moved',
        values: { closed: 'quý I năm 2025', period: 'năm 2025' },
      })
      expect(keysOf(one).slice(1, 3)).toEqual(['closed.notRecorded', 'ask.group'])
      expect(step(one.talk, said(text), closed).effects[0]).toMatchObject({
        type: 'record',
        periodKey: '2025-nam',
      })
    },
  )

  it('is told once, whatever is said', () => {
    const one = step(talk, said('bắt đầu'), closed)
    expect(keysOf(one).slice(0, 2)).toEqual(['closed.moved', 'ask.group'])
    expect(keysOf(step(one.talk, said('tiến độ'), closed))).not.toContain('closed.moved')
  })

  it('is still told after a report, which has no words of its own', () => {
    const chief = { ...closed, me: world('dau-moi').me }
    const before = { ...talk, shown: [] }
    const one = step(before, said('/baocao quy1'), chief)
    const { told: _, ...kept } = before
    expect(one.talk).toEqual(kept)
    expect(keysOf(step(one.talk, said('sửa II.2 = 1'), chief))[0]).toBe('closed.moved')
  })

  it('is the one named when none is open', () => {
    const rounds = [round(), second()].map((one) => ({ ...one, isClosed: true }))
    const one = step({ ...talk, periodKey: '2025-nam' }, said('sửa I.1 = 5'), { ...closed, rounds })
    expect(saysOf(one)[0]).toEqual({
      key: 'closed',
      values: { period: 'năm 2025', person: 'Lê Mối' },
    })
  })
})

describe('two corrections in one line', () => {
  const start = ['bắt đầu', '31; 0; 92; 133']
  const codes = (text: string) => recordsOf(converse('ban', [...start, text]))

  it.each([
    'sửa I.1 = 5; I.3 = 7',
    'sửa 1 = 5; 3 = 7',
    'sửa 1 = 5, mục 3 = 7',
    'sửa I.1 = 5; sửa I.3 = 7',
    'sửa I.1: 5; I.3: 7',
    'sửa I.1 = 5\nmục 3 = 7',
  ])('%j: both are taken', (text) => {
    expect(codes(text)).toEqual([
      ['I.1', expect.objectContaining({ value: '5' })],
      ['I.3', expect.objectContaining({ value: '7' })],
    ])
  })

  it('one of which is not understood: the other is taken, and it is said which was not', () => {
    expect(codes('sửa I.1 = 5; 9 = 7')).toHaveLength(1)
    expect(saysOf(converse('ban', [...start, 'sửa I.1 = 5; 9 = 7']))).toContainEqual({
      key: 'confused.unknownItem',
      values: { raw: '9' },
    })
    expect(codes('sửa IX.9 = 3; I.3 = 7')).toHaveLength(1)
    const back = converse('ban', [...start, 'sửa I.1 = linh tinh; I.3 = 7'])
    expect(recordsOf(back)).toHaveLength(1)
    expect(keysOf(back)).toContain('confused.number')
    expect(keysOf(converse('ban', [...start, 'sửa I.1 = 5; III.1 = 7']))).toContain('notYours')
    expect(saysOf(converse('ban', [...start, 'sửa 8 = 5; 9 = 7']))[0]).toEqual({
      key: 'confused.unknownItem',
      values: { raw: '8, 9' },
    })
  })

  it('a narrative keeps its signs', () => {
    expect(recordsOf(converse('dau-moi', ['sửa II.1 = Hoàn thành 5/5 nhiệm vụ; tỷ lệ = 100%']))).toEqual([
      ['II.1', { state: 'text', text: 'Hoàn thành 5/5 nhiệm vụ; tỷ lệ = 100%' }],
    ])
  })
})

describe('something beside the question', () => {
  it('is answered, and the question still open is asked again', () => {
    const one = converse('ban', ['bắt đầu', 'III.1 = 5'])
    expect(keysOf(one)).toEqual(['notYours', 'ask.group', 'ask.example', 'footer'])
    expect(one.talk.shown).toEqual(['I.1', 'I.2', 'I.3', 'I.4'])
  })

  it('as well when what was asked for had been promised', () => {
    const given = Object.fromEntries(['I.1', 'I.2', 'I.3'].map((code) => [code, value('1')]))
    const promised = { 'I.4': { state: 'pending' }, 'I.5': { state: 'pending' } } as const
    const open = round({ ...given, ...promised })
    expect(converse('ban', ['bắt đầu', 'III.1 = 5'], open).talk.shown).toEqual(['I.4', 'I.5'])
    const one = converse('ban', ['bắt đầu', 'I.4 = 2; III.1 = 5'], open)
    expect(keysOf(one)).toEqual(['echo.recorded', 'notYours', 'ask.one', 'ask.exampleOne', 'footer'])
    expect(keysOf(converse('ban', ['bắt đầu', 'I.4 = 2'], open))).toContain('done.butSkipped')
  })
})

describe('what belongs to an earlier question', () => {
  it('a number of an echo means only what was recorded', () => {
    expect(keysOf(converse('ban', ['I.5 = 3', 'sửa 2 = 7']))[0]).toBe('confused.unknownItem')
  })

  it('a line sent twice is not the next answer; a third time it is', () => {
    const lines = ['bắt đầu', '31; 0; 92; 133', '31; 0; 92; 133']
    expect(keysOf(converse('ban', lines))[0]).toBe('back.sameAgain')
    expect(recordsOf(converse('ban', lines))).toEqual([])
  })

  it('a pack that has lost a shown item leaves no numbers behind', () => {
    const asked = hear('ban', said('bắt đầu'))
    const smaller = { ...round(), pack: { ...pack, items: pack.items.filter((item) => item.code !== 'I.2') } }
    expect(recordsOf(hear('ban', said('3 = 92'), smaller, asked.talk))).toEqual([])
  })

  it('options that are figures themselves have letters', () => {
    const asked = converse('ban', ['bắt đầu', '1 = 2 hoặc 1'])
    expect(JSON.stringify(saysOf(asked))).toMatch(/"n":"a"/)
    expect(recordsOf(converse('ban', ['bắt đầu', '1 = 2 hoặc 1', '2']))).toEqual([
      ['I.1', expect.objectContaining({ value: '2' })],
    ])
  })

  it('a file beside figures is mentioned, and the figures are kept', () => {
    const one = hear('ban', { type: 'message', text: 'I.1 = 31', files: [{ name: 'so-lieu.xlsx' }] })
    expect(keysOf(one).slice(0, 2)).toEqual(['sent.gone', 'echo.recorded'])
  })
})

describe('a flood', () => {
  const named = (n: number) => `I.${(n % 5) + 1} = ${n + 40}`

  it('is told of once, and loses nothing that names its item', () => {
    const flood = Array.from({ length: 50 }, (_, n) => named(n))
    const taken = converse('ban', ['bắt đầu', ...flood])
    const [after] = taken.world.rounds
    expect([...(after?.answers.values() ?? [])].map(({ given }) => given)).toMatchObject(
      ['85', '86', '87', '88', '89'].map((value) => ({ state: 'value', value })),
    )
    expect(keysOf(taken)).toEqual([])
    const told = converse('ban', ['bắt đầu', ...flood.slice(0, 20)])
    expect(keysOf(told)).toEqual(['flood', 'footer.simple'])
  })

  it('takes no bare figure for a question nobody can have read', () => {
    const many = ['bắt đầu', ...Array.from({ length: 25 }, () => 'tiến độ'), '31; 0; 92; 133']
    expect(recordsOf(converse('ban', many))).toEqual([])
  })
})
