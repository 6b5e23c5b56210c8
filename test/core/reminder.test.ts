import { describe, expect, it } from 'vitest'
import type { Day, Given } from '../../src/core/answer.ts'
import { addMinutes, momentOn } from '../../src/core/calendar.ts'
import type { Round } from '../../src/core/round.ts'
import { step } from '../../src/core/step.ts'
import { type Event, NEW_TALK, type Step, type Talk, type World } from '../../src/core/talk.ts'
import { readPrompts } from '../../src/prompts.ts'
import { keysOf, recordsOf, round, saysOf, value, world } from './ward.ts'

const { words } = await readPrompts('prompts')
const reminded: Event = { type: 'reminded', periodKey: '2025-quy1' }
const promised: Event = { type: 'promised', periodKey: '2025-quy1' }
const full = Object.fromEntries(
  ['I.1', 'I.2', 'I.3', 'I.4', 'I.5', 'II.1', 'II.2', 'III.1'].map((code) => [code, value('1')]),
)
const without = (...codes: readonly string[]) =>
  Object.fromEntries(Object.entries(full).filter(([code]) => !codes.includes(code)))
const said = (text: string): Event => ({ type: 'message', text, files: [] })

function hear(me: string, event: Event, one: Round, more: { talk?: Talk; now?: Day } = {}): Step {
  const { talk = NEW_TALK, now = '2025-03-17' } = more
  return step(talk, event, there(me, one, now))
}

function there(me: string, one: Round, now: Day): World {
  return { ...world(me, { ...one, today: now }), now: momentOn(now, '14:00') }
}

const textOf = (one: Step) =>
  saysOf(one)
    .map((say) => words.phrase(say, { address: 'đồng chí', name: 'Bùi Bàn' }))
    .join('\n\n')

describe('a reminder', () => {
  const some = round(without('I.2', 'I.4'), { 'I.2': value('97') })

  it('lists what is missing with last values, and is answered in one reply', () => {
    const one = hear('ban', reminded, some)
    expect(textOf(one)).toContain('còn **2/5** nội dung của đồng chí, hạn 17:00 thứ Ba, 18/3:')
    expect(textOf(one)).toContain('1. Bưu chính (kỳ trước: 97 hồ sơ)\n2. Toàn trình')
    expect(textOf(one).length).toBeLessThanOrEqual(900)
    expect(one.talk.shown).toEqual(['I.2', 'I.4'])
    const answered = hear('ban', said('5; 7'), some, { talk: one.talk })
    expect(recordsOf(answered).slice(0, 2)).toMatchObject([
      ['I.2', value('5')],
      ['I.4', value('7')],
    ])
  })

  it('offers ways out that are understood', () => {
    const { talk } = hear('ban', reminded, some)
    const promisedIn = (text: string) =>
      recordsOf(hear('ban', said(text), some, { talk })).filter(([, given]) => given.state === 'pending')
    expect(promisedIn('tất cả hẹn thứ Hai').map(([code]) => code)).toEqual(['I.2', 'I.4'])
    expect(promisedIn('2 = hẹn thứ Hai').map(([code]) => code)).toEqual(['I.4'])
    const handed = hear('ban', said('nhờ Luật'), some, { talk })
    expect(recordsOf(handed).map(([code]) => code)).toEqual(['own:I.2', 'own:I.4'])
  })

  it('says on the day that it is the day', () => {
    expect(keysOf(hear('ban', reminded, some, { now: '2025-03-18' }))[0]).toBe('remind.today')
    expect(keysOf(hear('ban', reminded, some))[0]).toBe('remind.told')
    const due: Given = { state: 'pending', until: '2025-03-17' }
    const one = hear('ban', promised, { ...round({ 'I.2': due }), today: '2025-03-17' })
    expect(keysOf(one)[0]).toBe('remind.promised')
    // Nothing else is asked for.
    expect(one.talk.shown).toEqual(['I.2'])
  })

  it('says nothing to who has answered meanwhile, has promised the rest, or where all is closed', () => {
    const silent = (one: Round) => {
      const heard = hear('ban', reminded, one)
      expect(heard).toEqual({ talk: NEW_TALK, effects: [] })
    }
    silent(round(full))
    silent({ ...some, isClosed: true })
    const later: Given = { state: 'pending', until: '2025-03-18' }
    silent(round({ ...full, 'I.2': later, 'I.4': later }))
  })

  it('tells who stands in whose promise it was', () => {
    const open = round({ ...without('I.2'), 'I.2': { state: 'pending', until: '2025-03-17' } })
    const kept = open.answers.get('I.2')
    const one = { ...open, answers: new Map([...open.answers, ['I.2', { ...kept, by: 'luat' }]]) } as Round
    expect(keysOf(hear('ban', promised, one))[0]).toBe('remind.promisedBy')
    expect(textOf(hear('ban', promised, one))).toContain('hẹn có số liệu')
  })

  it('asks on its day for what was promised', () => {
    const one = round({ ...full, 'I.2': { state: 'pending', until: '2025-03-17' } })
    const asked = hear('ban', promised, one)
    expect(asked.talk.shown).toEqual(['I.2'])
    expect(recordsOf(hear('ban', said('12'), one, { talk: asked.talk }))[0]).toMatchObject([
      'I.2',
      value('12'),
    ])
  })

  it('leaves a question under way as it is, and tells what is missing by codes', () => {
    const open = round(without('I.1', 'I.2', 'I.4', 'I.5'))
    const choice = { code: 'I.1', raw: '1,144', options: [], isLettered: false }
    const talks: readonly Talk[] = [
      { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.4', 'I.5'] },
      { ...NEW_TALK, periodKey: '2025-quy1', choice },
      { ...NEW_TALK, periodKey: '2025-quy1', awaiting: { type: 'day', code: 'I.1' } },
      { ...NEW_TALK, periodKey: '2025-quy1', isReasonAwaited: true },
    ]
    for (const talk of talks) {
      const one = hear('ban', reminded, open, { talk })
      expect(one.talk).toEqual(talk)
      expect(keysOf(one).slice(0, 2)).toEqual(['remind.told', 'remind.howCodes'])
      expect(textOf(one)).not.toMatch(/^\d\. /m)
    }
    const [first] = talks
    // What is on the screen comes first, so that figures in its order are read as they were meant.
    expect(textOf(hear('ban', reminded, open, first ? { talk: first } : {}))).toMatch(
      /- I\.4 .*\n- I\.5 .*\n- I\.1 .*\n- I\.2 /,
    )
  })

  it('of another collection waits for the question under way, and else goes there', () => {
    const other: Round = { ...round(), period: { key: '2025-thang3', name: 'quy1', year: 2025 } }
    const both = (talk: Talk) => {
      const here = there('ban', other, '2025-03-17')
      return step(talk, reminded, { ...here, rounds: [other, some], focus: '2025-thang3' })
    }
    const asked: Talk = { ...NEW_TALK, periodKey: '2025-thang3', shown: ['I.1'] }
    expect(both(asked).talk).toEqual(asked)
    expect(keysOf(both(asked))[1]).toBe('remind.howLater')
    const idle = both({ ...NEW_TALK, periodKey: '2025-thang3', echoed: [{ n: 1, code: 'I.1' }] })
    expect(idle.talk).toMatchObject({ periodKey: '2025-quy1', shown: ['I.2', 'I.4'], echoed: [] })
  })

  it('numbers figures only: words and choices are asked one by one', () => {
    const words_ = hear('dau-moi', reminded, round())
    expect(words_.talk.shown).toEqual([])
    expect(keysOf(words_).slice(0, 2)).toEqual(['remind.told', 'remind.howStart'])
    const mixed = round({ 'own:II.1': { state: 'text', text: 'ban' } })
    const one = hear('ban', reminded, mixed)
    expect(one.talk.shown).toEqual(['I.1', 'I.2', 'I.3', 'I.4', 'I.5'])
    expect(textOf(one)).toContain('- II.1 Nhận xét')
    expect(keysOf(one)).toContain('remind.howRest')
  })

  it('fits one message however long the names are', () => {
    const items = Array.from({ length: 60 }, (_, index) => ({
      code: `IX.${index}`,
      name: `Số hồ sơ thủ tục hành chính thứ ${index} `.repeat(6),
      kind: index % 3 === 0 ? ('text' as const) : ('count' as const),
      group: 'nhan',
      duty: 'mot-cua',
    }))
    const long: Round = { ...round(), pack: { ...round().pack, items } }
    for (const talk of [NEW_TALK, { ...NEW_TALK, periodKey: '2025-quy1', shown: ['IX.1'] }]) {
      const text = textOf(hear('ban', reminded, long, { talk }))
      expect(text.length).toBeLessThanOrEqual(900)
      expect(text).toMatch(/và \d+ nội dung nữa/)
    }
  })
})

describe('what leaders hear', () => {
  const overdue: Event = { type: 'overdue', periodKey: '2025-quy1' }
  const away = { state: 'text', text: 'ban' } as const
  const one = (): Round => {
    const late = round({ ...without('I.1', 'III.1'), 'I.2': { state: 'pending', until: '2025-03-20' } })
    const mark = {
      ...(late.answers.get('I.3') ?? fail()),
      code: 'away:luat',
      given: away,
      reason: '2025-03-21',
    }
    return { ...late, answers: new Map([...late.answers, ['away:luat', mark]]) }
  }
  const fail = (): never => {
    throw new Error('it is answered')
  }

  it('after the deadline is each missing item with who answers it and why it may be missing', () => {
    const heard = hear('sep', overdue, one(), { now: '2025-03-19' })
    expect(textOf(heard)).toContain('còn **3/8** nội dung của báo cáo quý I năm 2025 chưa có')
    expect(textOf(heard)).toContain('- I.1 Trực tiếp (đ/c Bùi Bàn)')
    expect(textOf(heard)).toContain('- I.2 Bưu chính (đ/c Bùi Bàn, hẹn 20/3)')
    expect(textOf(heard)).toContain('- III.1 Cuộc (đ/c Phạm Luật vắng đến 21/3, đ/c Bùi Bàn trả lời thay)')
    expect(heard.talk).toEqual(NEW_TALK)
  })

  it('names who has no chat', () => {
    const alone = { ...there('dau-moi', one(), '2025-03-19'), reachable: new Set(['dau-moi']) }
    expect(textOf(step(NEW_TALK, overdue, alone))).toContain('(đ/c Bùi Bàn, chưa kết nối với tôi)')
  })

  it('is nothing when all came in meanwhile', () => {
    expect(hear('sep', overdue, round(full)).effects).toEqual([])
  })

  it('is never longer than a message', () => {
    const items = Array.from({ length: 80 }, (_, index) => ({
      code: `IX.${index}`,
      name: `Số hồ sơ thủ tục hành chính thứ ${index} `.repeat(4),
      kind: 'count' as const,
      group: 'nhan',
      duty: 'mot-cua',
    }))
    const text = textOf(hear('sep', overdue, { ...round(), pack: { ...round().pack, items } }))
    expect(text.length).toBeLessThanOrEqual(900)
    expect(text).toMatch(/và \d\d nội dung nữa/)
  })

  it('on the deadline is the draft, for each of them under one key, with how much is missing', () => {
    const due: Event = { type: 'due', periodKey: '2025-quy1' }
    const { effects } = hear('dau-moi', due, one(), { now: '2025-03-18' })
    expect(effects).toMatchObject([
      { type: 'record', code: 'sent:deadline' },
      {
        type: 'report',
        to: 'dau-moi',
        key: 'deadline:2025-quy1:2025-03-18T17:00',
        lead: { key: 'report.due' },
      },
      { type: 'report', to: 'sep', key: 'deadline:2025-quy1:2025-03-18T17:00' },
    ])
    const whole = hear('dau-moi', due, round(full), { now: '2025-03-18' }).effects
    expect(whole.filter((effect) => 'lead' in effect)).toEqual([])
  })

  it('on Mondays is where the office stands', () => {
    const digest: Event = { type: 'digest', periodKey: '2025-quy1' }
    expect(keysOf(hear('sep', digest, one())).slice(0, 2)).toEqual(['digest.lead', 'progress.all'])
  })
})

describe('who has just written', () => {
  it('is reminded only after half an hour of silence', () => {
    const at = (minute: string) => ({ ...NEW_TALK, pace: { minute, count: 1 } })
    const told = (minute: string) =>
      step(at(minute), { type: 'reminded', periodKey: '2025-quy1' }, there('luat', round(), '2025-03-17'))
    const { now } = there('luat', round(), '2025-03-17')
    expect(told(addMinutes(now, -29).slice(0, 16)).effects).toEqual([])
    expect(textOf(told(addMinutes(now, -30).slice(0, 16)))).toContain('còn **')
  })
})

describe('a task that falls due', () => {
  const tasks = [
    {
      year: 2025,
      code: 'KH.1',
      name: 'Ban hành',
      due: '2025-03-20',
      when: 'soon' as const,
      state: 'Đang thực hiện',
    },
  ]
  const item = {
    code: 'KH.1',
    name: 'Ban hành',
    kind: 'choice' as const,
    options: [{ value: 'dang-lam', name: 'Đang thực hiện' }],
    duty: 'tu-phap',
    group: 'nhan',
    isTask: true as const,
  }
  const base = round({ 'KH.1': value('dang-lam') })
  const open = { ...base, pack: { ...base.pack, items: [...base.pack.items, item] } }

  it('can be answered by its code where it is being asked for', () => {
    const told = textOf(step(NEW_TALK, { type: 'tasksDue', tasks }, there('luat', open, '2025-03-17')))
    expect(told).toContain('- KH.1 Ban hành: Đang thực hiện (hạn 20/3)')
    expect(told).toContain('“KH.1 = xong”')
  })

  it('is told all the same where nothing is being collected, and wants no answer', () => {
    const closed = { ...there('luat', open, '2025-03-17'), rounds: [] }
    const [unsaid] = tasks.map(({ state: _, ...task }) => task)
    const told = textOf(step(NEW_TALK, { type: 'tasksDue', tasks: unsaid ? [unsaid] : [] }, closed))
    expect(told).toContain('- KH.1 Ban hành: chưa báo kết quả (hạn 20/3)')
    expect(told).toContain('chưa phải báo cáo kết quả ngay')
  })

  it('asks for no answer where the report was due, or is of another year', () => {
    const late = textOf(step(NEW_TALK, { type: 'tasksDue', tasks }, there('luat', open, '2025-03-19')))
    expect(late).not.toContain('= xong')
    const other = tasks.map((task) => ({ ...task, year: 2026 }))
    const told = textOf(step(NEW_TALK, { type: 'tasksDue', tasks: other }, there('luat', open, '2025-03-17')))
    expect(told).not.toContain('= xong')
  })

  it('is told otherwise on its last day', () => {
    const last = tasks.map((task) => ({ ...task, when: 'today' as const }))
    const told = textOf(step(NEW_TALK, { type: 'tasksDue', tasks: last }, there('luat', open, '2025-03-17')))
    expect(told).toContain('ngày làm việc cuối trong hạn')
  })
})
