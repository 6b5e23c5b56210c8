import { describe, expect, it } from 'vitest'
import type { Answer, Given, Moment } from '../../src/core/answer.ts'
import { addDays, addMinutes, dayOf, isOfficeTime, momentOn } from '../../src/core/calendar.ts'
import { movedDeadline } from '../../src/core/mark.ts'
import { Office, type Person } from '../../src/core/office.ts'
import { Plan, withPlan } from '../../src/core/plan.ts'
import { type Due, owedBy, planReminders, type RemindFacts } from '../../src/core/remind.ts'
import { askedItems, isDone, type Round } from '../../src/core/round.ts'
import { scheduleOf, workTimeOf } from '../../src/core/schedule.ts'
import { readPrompts } from '../../src/prompts.ts'
import { fc } from '../draws.ts'
import { answer, office, pack, round, value } from './ward.ts'

/** The deadline of the ward is 17:00 on Tuesday, 18/3; its ladder 13/3 08:00, 17/3 14:00, 18/3 08:00. */
const at = (text: string): Moment => momentOn(`2025-${text.slice(0, 5)}`, text.slice(6))
const EVERYBODY = new Set(office.people.map(({ id }) => id))
const ALL = ['I.1', 'I.2', 'I.3', 'I.4', 'I.5', 'II.1', 'II.2', 'III.1']
const full = Object.fromEntries(ALL.map((code) => [code, value('1')]))
const without = (...codes: readonly string[]) =>
  Object.fromEntries(Object.entries(full).filter(([code]) => !codes.includes(code)))
const text = (words: string): Given => ({ state: 'text', text: words })

function facts(now: string, one: Round, more: Partial<RemindFacts> = {}): RemindFacts {
  const moment = at(now)
  return {
    now: moment,
    office,
    rounds: [{ ...one, today: dayOf(moment) }],
    reachable: EVERYBODY,
    done: new Set(),
    ...more,
  }
}

const keysAt = (now: string, one: Round = round(), more: Partial<RemindFacts> = {}) =>
  planReminders(facts(now, one, more)).map(({ key }) => key)
/** Whom the ladder reminds, and at which stage. */
const remindedAt = (now: string, one: Round = round(), more: Partial<RemindFacts> = {}) =>
  planReminders(facts(now, one, more)).flatMap((due) =>
    due.type === 'remind' ? [`${due.personId} ${due.stage}`] : [],
  )
const with_ = (one: Round, ...answers: readonly Answer[]): Round => ({
  ...one,
  answers: new Map([...one.answers, ...answers.map((each) => [each.code, each] as const)]),
})
const said = (code: string, given: Given, when: string, by = 'ban'): Answer => ({
  ...answer(code, given),
  by,
  at: at(when),
})
const deadlined = (one: Round, deadline: string): Round => ({
  ...one,
  schedule: { ...one.schedule, deadline: at(deadline) },
})

describe('the ladder', () => {
  it.each([
    ['03-12 16:59', []],
    ['03-13 07:45', []],
    ['03-13 08:00', ['dau-moi T-3-0800', 'ban T-3-0800', 'luat T-3-0800']],
    ['03-14 10:00', ['dau-moi T-3-0800', 'ban T-3-0800', 'luat T-3-0800']],
    // A step slept through is said with the one that comes later the same day.
    ['03-17 10:00', []],
    ['03-17 14:00', ['dau-moi T-1-1400', 'ban T-1-1400', 'luat T-1-1400']],
    ['03-18 07:45', []],
    ['03-18 08:00', ['dau-moi T-0-0800', 'ban T-0-0800', 'luat T-0-0800']],
    ['03-18 16:59', ['dau-moi T-0-0800', 'ban T-0-0800', 'luat T-0-0800']],
    ['03-18 17:00', []],
    ['03-19 08:00', []],
  ])('at %s reminds %j: each stage until the next one or the deadline', (now, people) => {
    expect(remindedAt(now)).toEqual(people)
  })

  it.each(['03-13 12:00', '03-13 20:00', '03-15 09:00', '03-16 09:00', '03-18 06:00'])(
    'rests outside office hours, at %s',
    (now) => {
      expect(keysAt(now)).toEqual([])
    },
  )

  it('moves a stage that falls outside office hours to the next ones', () => {
    const calendar = { ...office.calendar, ladder: [{ daysBefore: 1, at: '19:00' }] }
    const own = { office: { ...office, calendar } }
    expect(remindedAt('03-17 16:00', round(), own)).toEqual([])
    expect(remindedAt('03-18 07:30', round(), own)).toHaveLength(3)
  })

  it('names each reminder by person, stage and deadline', () => {
    expect(keysAt('03-13 08:00')[1]).toBe('remind:2025-quy1:T-3-0800:ban:2025-03-18T17:00')
  })

  it('reminds nobody twice of a stage, nor of an earlier one when the clock was set back', () => {
    const done = new Set(keysAt('03-17 14:00'))
    expect(keysAt('03-17 14:30', round(), { done })).toEqual([])
    expect(keysAt('03-13 09:00', round(), { done })).toEqual([])
    expect(remindedAt('03-18 09:00', round(), { done })).toHaveLength(3)
  })

  it('catches up with one message after a sleep over all of its stages', () => {
    expect(remindedAt('03-18 09:00').filter((one) => one.startsWith('ban'))).toEqual(['ban T-0-0800'])
  })

  it('stops at three reminders a person, whatever the deadline was', () => {
    const done = new Set(['a', 'b', 'c'].map((name) => `remind:2025-quy1:${name}:ban:2025-03-18T17:00`))
    const later = deadlined(round(), '03-20 17:00')
    expect(remindedAt('03-19 14:00', later, { done })).toEqual(['dau-moi T-1-1400', 'luat T-1-1400'])
  })

  it('begins anew with a deadline that was moved', () => {
    const done = new Set(keysAt('03-13 08:00'))
    expect(remindedAt('03-17 09:00', deadlined(round(), '03-20 17:00'), { done })).toHaveLength(3)
  })

  it('leaves people in peace for a day after the opening, and after they were told of another deadline', () => {
    const opened = new Map([['2025-quy1', at('03-13 10:00')]])
    expect(keysAt('03-14 09:59', round(), { opened })).toEqual([])
    expect(remindedAt('03-14 10:00', round(), { opened })).toHaveLength(3)
    const moved = with_(round(), said('deadline:moved', text(at('03-18 17:00')), '03-13 10:00', 'dau-moi'))
    expect(keysAt('03-14 09:00', moved)).toEqual([])
    expect(remindedAt('03-14 10:00', moved)).toHaveLength(3)
  })
})

describe('who is reminded', () => {
  const NOON = '03-17 14:00'
  it('owes something', () => {
    expect(remindedAt(NOON, round(without('III.1')))).toEqual(['luat T-1-1400'])
    expect(remindedAt(NOON, round(full))).toEqual([])
  })

  it('has something sent back', () => {
    expect(remindedAt(NOON, round({ ...full, 'return:I.1': text('sao cao thế') }))).toEqual(['ban T-1-1400'])
  })

  it('has not promised the rest for a later day, or has broken the promise', () => {
    const promised = (until: string): Given => ({ state: 'pending', until })
    const one = (until: string) => round({ ...full, 'III.1': promised(until) })
    expect(remindedAt(NOON, one('2025-03-18'))).toEqual([])
    expect(remindedAt(NOON, one('2025-03-14'))).toEqual(['luat T-1-1400'])
    expect(remindedAt(NOON, round({ ...full, 'III.1': { state: 'pending' } }))).toEqual(['luat T-1-1400'])
  })

  it('has given no answer for a day; a mark is no answer', () => {
    const one = round(without('I.1', 'I.2'))
    expect(remindedAt(NOON, with_(one, said('I.2', value('5'), '03-16 14:01')))).toEqual([])
    expect(remindedAt(NOON, with_(one, said('I.2', value('5'), '03-16 14:00')))).toEqual(['ban T-1-1400'])
    expect(
      remindedAt(NOON, with_(one, said('later:ban', text('2025-03-17T08:00:00.000+07:00'), '03-17 13:00'))),
    ).toEqual(['ban T-1-1400'])
  })

  it('has not just joined, and been greeted', () => {
    const one = round(without('I.1', 'I.2'))
    const joined = (at: string) => new Map([['ban', `2025-03-${at}:00.000+07:00`]])
    expect(keysAt(NOON, one, { joined: joined('17T13:30') }).filter((key) => key.includes(':ban:'))).toEqual(
      [],
    )
    expect(
      keysAt(NOON, one, { joined: joined('10T08:00') }).filter((key) => key.includes(':ban:')),
    ).toHaveLength(1)
  })

  it('has not named the hour of today at which they want to be asked', () => {
    const later = (at: string) => said('later:ban', text(`2025-03-17T${at}:00.000+07:00`), '03-17 08:00')
    const one = round(without('I.1', 'I.2'))
    expect(remindedAt(NOON, with_(one, later('15:00')))).toEqual([])
    expect(remindedAt(NOON, with_(one, later('14:00')))).toEqual([])
    expect(remindedAt('03-17 16:00', with_(one, later('14:00')))).toEqual(['ban T-1-1400'])
  })

  it('has promised no day beyond the end of all', () => {
    const one = round(without('I.1', 'I.2'))
    const until = (day: string) => said('I.1', { state: 'pending', until: day }, '03-10 08:00')
    expect(remindedAt(NOON, with_(round(without('I.1')), until('2025-03-20')))).toEqual([])
    expect(remindedAt(NOON, with_(one, until('2026-03-13')))).toEqual(['ban T-1-1400'])
  })

  it('is here; who stands in for them is reminded instead', () => {
    const away = { ...said('away:luat', text('ban'), '03-10 08:00', 'luat'), reason: '2025-03-17' }
    const one = with_(round(without('III.1')), away)
    expect(remindedAt(NOON, one)).toEqual(['ban T-1-1400'])
    expect(remindedAt('03-18 09:00', one)).toEqual(['luat T-0-0800'])
  })

  it('is not away, even where two stand in for each other', () => {
    const away = (who: string, to: string) => ({
      ...said(`away:${who}`, text(to), '03-10 08:00', who),
      reason: '2025-03-17',
    })
    const one = with_(round(without('I.1', 'III.1')), away('luat', 'ban'), away('ban', 'luat'))
    expect(remindedAt(NOON, one)).toEqual([])
  })

  it('has it in charge: what was handed on is asked of who took it', () => {
    expect(remindedAt(NOON, round({ ...without('III.1'), 'own:III.1': text('ban') }))).toEqual([
      'ban T-1-1400',
    ])
  })

  it('was not nudged today', () => {
    const one = with_(round(without('III.1')), said('nudge:luat', text('sep'), '03-17 08:00', 'sep'))
    expect(remindedAt(NOON, one)).toEqual([])
    expect(remindedAt('03-18 08:00', one)).toEqual(['luat T-0-0800'])
  })

  it('can be reached', () => {
    expect(remindedAt(NOON, round(), { reachable: new Set(['luat']) })).toEqual(['luat T-1-1400'])
  })
})

describe('a promise', () => {
  const promised = (until: string, when: string) =>
    with_(round(full), {
      ...said('III.1', { state: 'pending', until }, when, 'luat'),
    })

  it.each([
    ['03-11 16:00', []],
    ['03-12 07:29', []],
    ['03-12 07:30', ['promised:2025-quy1:luat:2025-03-12']],
    ['03-12 16:00', ['promised:2025-quy1:luat:2025-03-12']],
    ['03-13 07:30', []],
  ])('is recalled on its day, at %s: %j', (now, keys) => {
    expect(keysAt(now, promised('2025-03-12', '03-11 15:00'))).toEqual(keys)
  })

  it('for a day off is recalled on the next working morning', () => {
    const one = promised('2025-03-15', '03-11 15:00')
    expect(keysAt('03-14 16:00', one)).toEqual([])
    expect(keysAt('03-17 07:30', one)).toEqual(['promised:2025-quy1:luat:2025-03-15'])
  })

  it('takes the place of a reminder that day', () => {
    const one = promised('2025-03-18', '03-14 15:00')
    expect(keysAt('03-18 08:00', one)).toEqual(['promised:2025-quy1:luat:2025-03-18'])
    const done = new Set(['promised:2025-quy1:luat:2025-03-18'])
    expect(keysAt('03-18 09:00', one, { done })).toEqual([])
  })

  it('made that same morning is not recalled', () => {
    expect(keysAt('03-12 09:00', promised('2025-03-12', '03-12 08:30'))).toEqual([])
  })

  it('is recalled after the deadline, too', () => {
    expect(keysAt('03-24 08:00', promised('2025-03-24', '03-18 15:00'))).toContain(
      'promised:2025-quy1:luat:2025-03-24',
    )
  })
})

describe('what leaders hear', () => {
  const delivered = new Set(['deliver:2025-quy1:2025-03-18T17:00'])

  it.each([
    ['03-18 16:59', [], new Set<string>()],
    ['03-18 17:00', ['deliver'], new Set<string>()],
    ['03-18 17:59', ['deliver'], new Set<string>()],
    ['03-18 18:00', [], new Set<string>()],
    ['03-19 07:29', [], delivered],
    ['03-19 07:30', ['overdue coordinator'], delivered],
    ['03-20 07:30', ['overdue coordinator', 'overdue chairman'], delivered],
    // The draft is handed out first; what it says is not said again that day.
    ['03-20 07:30', ['deliver', 'overdue coordinator', 'overdue chairman'], new Set<string>()],
  ])('at %s is due: %j', (now, dues, done) => {
    expect(
      planReminders(facts(now, round(), { done })).flatMap((due) => {
        if ('personId' in due) return []
        return due.type === 'overdue' ? `${due.type} ${due.to}` : due.type
      }),
    ).toEqual(dues)
  })

  it('is said once for each deadline', () => {
    const keys = keysAt('03-20 07:30', round(), { done: delivered })
    expect(keys).toEqual([
      'overdue:2025-quy1:coordinator:2025-03-18T17:00',
      'overdue:2025-quy1:chairman:2025-03-18T17:00',
    ])
    expect(keysAt('03-21 09:00', round(), { done: new Set([...delivered, ...keys]) })).toEqual([])
  })

  it('is not what the draft has told them that same day', () => {
    const late = with_(round(), said('sent:deadline', text('x'), '03-20 07:30', 'dau-moi'))
    expect(keysAt('03-20 07:35', late, { done: delivered })).toEqual([])
    expect(keysAt('03-21 07:30', late, { done: delivered })).toHaveLength(2)
  })

  it('is nothing where nothing is missing and the draft went out', () => {
    expect(keysAt('03-20 07:30', round({ ...full, 'sent:complete': text('x') }))).toEqual([])
    expect(keysAt('03-20 07:30', round(full))).toEqual(['deliver:2025-quy1:2025-03-18T17:00'])
    expect(keysAt('03-20 07:30', round({ ...without('I.1'), 'sent:complete': text('x') }))).toHaveLength(2)
  })

  it('waits for the morning where the deadline is at night', () => {
    const one = deadlined(round(full), '03-18 23:59')
    expect(keysAt('03-19 00:10', one)).toEqual([])
    expect(keysAt('03-19 07:30', one)).toHaveLength(1)
  })

  it('is not late where the collection was opened after its deadline', () => {
    expect(keysAt('03-20 07:30', round(), { opened: new Map([['2025-quy1', at('03-19 08:00')]]) })).toEqual(
      [],
    )
  })

  it('is for who can be reached', () => {
    const only = { reachable: new Set(['sep']) }
    expect(keysAt('03-20 07:30', round(), { ...only, done: delivered })).toEqual([
      'overdue:2025-quy1:chairman:2025-03-18T17:00',
    ])
  })

  it('is a digest on Mondays, where it is wanted', () => {
    const digest = { office: { ...office, calendar: { ...office.calendar, digest: true } } }
    const key = 'digest:2025-quy1:2025-03-10'
    expect(keysAt('03-10 07:45', round(), digest)).toEqual([])
    expect(keysAt('03-10 08:00', round(), digest)).toEqual([key])
    expect(keysAt('03-10 08:00')).toEqual([])
    // Monday may have been a day off.
    expect(keysAt('03-11 08:00', round(), digest)).toEqual([key])
    expect(keysAt('03-10 09:00', round(), { ...digest, done: new Set([key]) })).toEqual([])
  })
})

describe('a collection', () => {
  it('that is closed plans nothing', () => {
    expect(keysAt('03-20 07:30', { ...round(), isClosed: true })).toEqual([])
  })

  it('that is paused reminds nobody, and keeps nothing from who answers for it', () => {
    const paused = round({ 'pause:reminders': text('x') })
    expect(keysAt('03-17 14:00', paused)).toEqual([])
    const done = new Set(['deliver:2025-quy1:2025-03-18T17:00'])
    expect(keysAt('03-20 07:30', paused, { done })).toEqual([
      'overdue:2025-quy1:coordinator:2025-03-18T17:00',
      'overdue:2025-quy1:chairman:2025-03-18T17:00',
    ])
  })
})

describe('a task of the plan', async () => {
  const { packs } = await readPrompts('prompts')
  const canonical = packs.find(({ id }) => id === 'cchc') ?? pack
  const plan = Plan.parse({
    year: 2025,
    name: 'Kế hoạch',
    groups: [
      {
        id: 'chung',
        name: 'Chung',
        tasks: [{ code: '1', name: 'Ban hành kế hoạch', lead: 'tu-phap', due: '21/3' }],
      },
    ],
  })
  const planned = { ...office, plans: [plan] }
  // Nothing but the task is asked for.
  const whole = withPlan(canonical, plan)
  const small = { ...whole, items: whole.items.filter(({ code }) => code.startsWith('KH.')) }
  const one = (state: string | undefined) => ({
    ...round(state === undefined ? {} : { 'KH.1': value(state) }),
    pack: small,
  })
  const dues = (now: string, state: string | undefined, more: Partial<RemindFacts> = {}) =>
    keysAt(now, one(state), { office: planned, ...more }).filter((key) => !/^(?:deliver|overdue)/.test(key))

  it.each([
    ['03-17 09:00', []],
    ['03-18 09:00', ['tasks:2025-plan:luat:2025-03-21:soon']],
    // Where it could not be told then, it is told a day later.
    ['03-19 09:00', ['tasks:2025-plan:luat:2025-03-21:soon']],
    ['03-21 09:00', ['tasks:2025-plan:luat:2025-03-21:today']],
    ['03-24 09:00', []],
  ])(
    'that is unfinished is recalled three working days before it is due, and on the day: %s',
    (now, keys) => {
      expect(dues(now, 'dang-lam')).toEqual(keys)
    },
  )

  const july = Plan.parse({
    ...plan,
    groups: plan.groups.map((group) => ({
      ...group,
      tasks: group.tasks.map((task) => ({ ...task, due: '31/7' })),
    })),
  })
  const inJuly = (now: string, more: Partial<RemindFacts>) =>
    planReminders({
      ...facts(now, round()),
      office: { ...office, plans: [july] },
      rounds: [],
      ...more,
    })
  const closed = (state: string): Round => ({ ...one(state), isClosed: true })

  it('is recalled though nothing is being collected, with what was last said of it', () => {
    const told = { year: 2025, code: 'KH.1', name: 'Ban hành kế hoạch', due: '2025-07-31' }
    const due = (when: string, more: object) => [
      {
        type: 'tasks',
        key: `tasks:2025-plan:luat:2025-07-31:${when}`,
        personId: 'luat',
        tasks: [{ ...told, when, ...more }],
      },
    ]
    const state = { state: 'Đang thực hiện' }
    expect(inJuly('07-28 09:00', { rounds: [closed('dang-lam')] })).toEqual(due('soon', state))
    expect(inJuly('07-31 09:00', { rounds: [closed('dang-lam')] })).toHaveLength(1)
    expect(inJuly('07-31 09:00', {})).toEqual(due('today', {}))
    expect(inJuly('07-31 09:00', { rounds: [closed('xong')] })).toEqual([])
    expect(inJuly('07-25 09:00', {})).toEqual([])
    expect(inJuly('07-31 19:00', {})).toEqual([])
    expect(inJuly('07-31 09:00', { done: new Set(['tasks:2025-plan:luat:2025-07-31:today']) })).toEqual([])
  })

  it('waits where its owner has heard something that day, and on its last day until the afternoon', () => {
    const heard = new Set(['luat'])
    expect(inJuly('07-28 15:00', { heard })).toEqual([])
    expect(inJuly('07-31 09:00', { heard })).toEqual([])
    expect(inJuly('07-31 14:00', { heard })).toHaveLength(1)
  })

  it('is not recalled within a day of an answer, nor of joining', () => {
    const joined = new Map([['luat', at('07-31 08:00')]])
    expect(inJuly('07-31 09:00', { joined })).toEqual([])
    const answered = with_(closed('dang-lam'), said('I.1', value('5'), '07-31 08:50', 'luat'))
    expect(inJuly('07-31 09:00', { rounds: [answered] })).toEqual([])
  })

  it('that does not arise is not recalled, nor is one for which nothing was wanted', () => {
    for (const state of ['none', 'notApplicable'] as const)
      expect(
        inJuly('07-31 09:00', { rounds: [with_(closed('dang-lam'), answer('KH.1', { state }))] }),
      ).toEqual([])
  })

  it('that comes round is due again, though it was done the time before', () => {
    const twice = {
      ...plan,
      groups: plan.groups.map((group) => ({
        ...group,
        tasks: group.tasks.map((task) => ({ ...task, due: 'quý I, quý II' })),
      })),
    }
    const done = (when: string) => with_(closed('xong'), said('KH.1', value('xong'), when, 'luat'))
    const inJune = (one: Round) =>
      inJuly('06-30 09:00', { office: { ...office, plans: [twice] }, rounds: [one] })
    expect(inJune(done('03-12 08:00'))).toHaveLength(1)
    expect(inJune(done('06-10 08:00'))).toEqual([])
  })

  it('takes the word of its own year alone', () => {
    const before = { ...closed('xong'), period: { ...round().period, key: '2024-nam', year: 2024 } }
    expect(inJuly('07-31 09:00', { rounds: [before] })).toHaveLength(1)
  })

  it('is recalled to who stands in for its owner', () => {
    const away = { ...said('away:luat', text('ban'), '03-10 08:00', 'luat'), reason: '2025-08-05' }
    const [due] = inJuly('07-31 09:00', { rounds: [with_(closed('dang-lam'), away)] })
    expect(due && 'personId' in due ? due.personId : undefined).toBe('ban')
  })

  it('that is done, or has not arisen, is not', () => {
    expect(dues('03-21 09:00', 'xong')).toEqual([])
    expect(dues('03-21 09:00', 'khong-phat-sinh')).toEqual([])
  })

  it('waits where its owner owes something that day', () => {
    expect(dues('03-18 09:00', undefined)).toEqual(['remind:2025-quy1:T-0-0800:luat:2025-03-18T17:00'])
    const other = { ...round(without('III.1')), period: { ...round().period, key: '2025-thang3' } }
    const both = (done: readonly string[]) =>
      planReminders({
        ...facts('03-18 09:00', one('dang-lam')),
        office: planned,
        rounds: [one('dang-lam'), other].map((each) => ({ ...each, today: '2025-03-18' })),
        done: new Set(done),
      }).map(({ key }) => key)
    expect(both([])).toEqual(['remind:2025-thang3:T-0-0800:luat:2025-03-18T17:00'])
  })

  it('is recalled once, though two collections of its year are open', () => {
    const both = [one('dang-lam'), { ...one('dang-lam'), period: { ...round().period, key: '2025-thang3' } }]
    const planned2 = planReminders({
      ...facts('03-21 09:00', one('dang-lam')),
      office: planned,
      rounds: both.map((each) => ({ ...each, today: '2025-03-21' })),
    })
    expect(planned2.filter(({ type }) => type === 'tasks')).toHaveLength(1)
  })

  it('that is unfinished is asked again in the next collection of its year', () => {
    const next: Round = { ...one(undefined), previous: one('dang-lam').answers }
    expect(
      askedItems(next)
        .filter((item) => !isDone(next, item))
        .map(({ code }) => code),
    ).toEqual(['KH.1'])
  })
})

interface Move {
  readonly minutes: number
  readonly who: number
  readonly does: 'nothing' | 'answers' | 'promises' | 'all' | 'nudged' | 'postpones'
}

const move: fc.Arbitrary<Move> = fc.record({
  minutes: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 5, max: 600 }) },
    { weight: 1, arbitrary: fc.integer({ min: 600, max: 8000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -6000, max: -5 }) },
  ),
  who: fc.nat(2),
  does: fc.oneof(
    { weight: 15, arbitrary: fc.constant('nothing' as const) },
    { weight: 2, arbitrary: fc.constantFrom('answers' as const, 'promises' as const, 'nudged' as const) },
    { weight: 1, arbitrary: fc.constantFrom('all' as const, 'postpones' as const) },
  ),
})
const rung = fc.record({
  daysBefore: fc.nat(6),
  at: fc.constantFrom('06:00', '08:00', '12:00', '14:00', '16:30', '19:00'),
})
const calendars = fc.record({
  ladder: fc.array(rung, { maxLength: 3 }),
  deadlineWorkingDays: fc.nat(5),
  daysOff: fc.uniqueArray(
    fc.nat(40).map((days) => addDays('2025-03-01', days)),
    { maxLength: 8 },
  ),
  saturdayHours: fc.constantFrom([], [{ from: '07:30', to: '11:30' }]),
  digest: fc.boolean(),
})

/** What one move makes of the answers: by whom, of what. */
function doneBy({ does, who }: Move, person: Person, one: RemindFacts): readonly Answer[] {
  const [current] = one.rounds
  if (!current) return []
  const by = { by: person.id, at: one.now }
  const open = owedBy(person, current, one.office)
  const until: Given = { state: 'pending', until: addDays(current.today, 1 + who) }
  const later = momentOn(addDays(dayOf(current.schedule.deadline), 2), '17:00')
  switch (does) {
    case 'answers':
      return open.slice(0, 1).map(({ code }) => ({ ...answer(code, value('1')), ...by }))
    case 'all':
      return open.map(({ code }) => ({ ...answer(code, value('1')), ...by }))
    case 'promises':
      return open.map(({ code }) => ({ ...answer(code, until), ...by }))
    case 'nudged':
      return [{ ...answer(`nudge:${person.id}`, text('sep')), ...by, by: 'sep' }]
    case 'postpones':
      return [{ ...answer('deadline:moved', text(later)), ...by, by: 'sep' }]
    default:
      return []
  }
}

/** What is wrong with what is planned after a move, if anything. */
function faultsOf(
  dues: readonly Due[],
  one: RemindFacts,
  made: { readonly move: Move; readonly by: Person },
) {
  const [current] = one.rounds
  const isOffice = isOfficeTime(one.now, workTimeOf(one.office.calendar))
  return dues.flatMap((due) => {
    const reader = 'personId' in due ? one.office.people.find(({ id }) => id === due.personId) : undefined
    const isReader = reader?.id === made.by.id
    const owes = !reader || !current || owedBy(reader, current, one.office).length > 0
    const all: readonly (string | false)[] = [
      one.done.has(due.key) && 'twice',
      due.type !== 'deliver' && !isOffice && 'outside office hours',
      !owes && 'owes nothing',
      isReader && made.move.does === 'nudged' && 'nudged today',
      isReader && made.move.does === 'answers' && due.type === 'remind' && 'has just answered',
      due.type === 'remind' && current !== undefined && one.now >= current.schedule.deadline && 'too late',
    ]
    return all.flatMap((fault) => (fault === false ? [] : [`${fault}: ${due.key}`]))
  })
}

describe('in any office, however the clock goes', () => {
  it('nobody is reminded twice for a stage, after answering, outside office hours, or more than three times', () => {
    let reminders = 0
    fc.assert(
      fc.property(calendars, fc.array(move, { minLength: 5, maxLength: 60 }), (calendar, moves) => {
        const own = Office.parse({ ...office, calendar })
        const schedule = scheduleOf(round().period, own.calendar)
        let [now, answers]: [Moment, Round['answers']] = [addMinutes(schedule.deadline, -9 * 1440), new Map()]
        const done = new Set<string>()
        for (const one of moves) {
          now = addMinutes(now, one.minutes)
          const by = own.people[one.who + 1]
          if (!by) continue
          const here = (): RemindFacts => {
            const kept = { ...round(), answers, today: dayOf(now) }
            const deadline = movedDeadline(kept) ?? schedule.deadline
            const rounds = [{ ...kept, schedule: { ...schedule, deadline } }]
            return { now, office: own, rounds, reachable: EVERYBODY, done }
          }
          const given = doneBy(one, by, here()).map((each) => [each.code, each] as const)
          answers = new Map([...answers, ...given])
          const dues = planReminders(here())
          expect(faultsOf(dues, here(), { move: one, by })).toEqual([])
          for (const { key } of dues) done.add(key)
        }
        for (const { id } of own.people) {
          const told = [...done].filter((key) => key.startsWith('remind:') && key.split(':')[3] === id)
          expect(told.length).toBeLessThanOrEqual(3)
          reminders += told.length
        }
      }),
      { numRuns: 500 },
    )
    // It was not for want of reminders.
    expect(reminders).toBeGreaterThan(300)
  })
})
