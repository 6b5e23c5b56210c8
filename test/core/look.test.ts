import { describe, expect, it } from 'vitest'
import { stancesOf } from '../../src/core/contradictions.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import type { Round } from '../../src/core/round.ts'
import type { Say } from '../../src/core/say.ts'
import { step } from '../../src/core/step.ts'
import { summarise, waysOn } from '../../src/core/summary.ts'
import { NEW_TALK, type Talk, type World } from '../../src/core/talk.ts'
import { answer, converse, hear, keysOf, NOW, office, pack, round, saysOf, value, world } from './ward.ts'

const said = (text: string) => ({ type: 'message', text, files: [] }) as const

/** The ward with a total, a computed figure over two duties and a remark. */
const checked = (one: Round = round()): Round => ({
  ...one,
  pack: ReportPack.parse({
    ...pack,
    items: [
      ...pack.items,
      {
        code: 'X.1',
        name: 'Tất cả',
        kind: 'count',
        group: 'nhan',
        duty: 'mot-cua',
        source: 'derived',
        formula: { type: 'sum', parts: ['I.4', 'III.1'] },
      },
    ],
    relations: [
      { id: 'tong', type: 'sum', total: 'I.1', parts: ['I.2', 'I.3'] },
      { id: 'cung', type: 'same', item: 'I.4', other: 'I.5', severity: 'hard' },
      { id: 'lon', type: 'bound', item: 'III.1', max: 100, severity: 'warn' },
    ],
  }),
})

const wrong = checked(
  round({
    'I.1': value('10'),
    'I.2': value('4'),
    'I.3': value('5'),
    'I.4': value('1'),
    'I.5': value('2'),
    'III.1': value('101'),
  }),
)

function listed(says: readonly Say[], key: Say['key']): readonly Say[] {
  const found = says.find((say) => say.key === key)
  return found && 'values' in found && 'lines' in found.values ? ([found.values.lines].flat() as Say[]) : []
}

describe('contradictions', () => {
  it('come with the heaviest first, those kept with their reason, and remarks last', () => {
    const note = {
      ...answer('note:tong', { state: 'text', text: 'một hồ sơ ở nơi khác' }),
      reason: '4 + 5 = 9 ≠ 10',
    }
    const says = saysOf(
      hear('sep', said('mâu thuẫn'), { ...wrong, answers: new Map([...wrong.answers, ['note:tong', note]]) }),
    )
    expect(listed(says, 'contradictions.open').map(({ key }) => key)).toEqual(['contradictions.lineHard'])
    expect(listed(says, 'contradictions.kept')).toMatchObject([
      { values: { reason: 'một hồ sơ ở nơi khác', person: 'Bùi Bàn' } },
    ])
    expect(listed(says, 'contradictions.remarks')).toHaveLength(1)
  })

  it('say whom they wait for, whom they are asked of, and who has put them off', () => {
    const states = (talk: Talk) =>
      listed(
        saysOf(
          step(NEW_TALK, said('mâu thuẫn'), { ...world('sep', wrong), stances: stancesOf('ban', talk) }),
        ),
        'contradictions.open',
      ).map((line) => ('values' in line && 'state' in line.values ? line.values.state : undefined))
    expect(states(NEW_TALK)).toMatchObject([
      { key: 'contradictions.waiting', values: { owners: 'Bùi Bàn' } },
      { key: 'contradictions.waiting' },
    ])
    const talk: Talk = {
      ...NEW_TALK,
      periodKey: '2025-quy1',
      doubt: { relationId: 'cung', signature: '1 ≠ 2', repairs: [] },
      deferred: ['tong 4 + 5 = 9 ≠ 10'],
    }
    expect(states(talk)).toMatchObject([
      { key: 'contradictions.asked', values: { person: 'Bùi Bàn' } },
      { key: 'contradictions.putOff', values: { person: 'Bùi Bàn' } },
    ])
    expect(states({ ...talk, periodKey: '2024-quy1' })).toMatchObject([
      { key: 'contradictions.waiting' },
      { key: 'contradictions.waiting' },
    ])
  })

  it('are shown to an official as far as they touch their own figures', () => {
    const says = saysOf(hear('luat', said('mâu thuẫn'), wrong))
    expect(listed(says, 'contradictions.open')).toEqual([])
    expect(listed(says, 'contradictions.remarks')).toHaveLength(1)
  })

  it('that are not there are told in one sentence', () => {
    expect(keysOf(hear('sep', said('/mauthuan'), checked()))).toEqual(['contradictions.none', 'look.footer'])
  })
})

describe('the source of a figure', () => {
  it('is told to leaders of every item, to an official of their own only', () => {
    expect(keysOf(hear('sep', said('nguồn III.1'), wrong))[0]).toBe('source.head')
    expect(keysOf(hear('dau-moi', said('nguồn I.1'), wrong))[0]).toBe('source.head')
    expect(keysOf(hear('ban', said('nguồn I.1'), wrong))[0]).toBe('source.head')
    expect(keysOf(hear('ban', said('nguồn III.1'), wrong))[0]).toBe('source.notYours')
  })

  it('of a computed figure shows its inputs, but another’s to nobody but leaders', () => {
    const inputs = (me: string) =>
      listed(saysOf(hear(me, said('nguồn X.1'), wrong)), 'source.head')
        .map(({ key }) => key)
        .filter((key) => key.startsWith('source.input'))
    expect(inputs('sep')).toEqual(['source.input', 'source.input'])
    expect(inputs('ban')).toEqual(['source.input', 'source.inputForeign'])
  })

  it('says who is awaited while nothing is known, and what it was', () => {
    const before = { ...round({}, { 'I.1': value('8') }), before: periodOf('quy4', 2024) }
    const says = saysOf(hear('sep', said('nguồn I.1'), before))
    expect(listed(says, 'source.head')).toMatchObject([
      { key: 'source.awaited', values: { person: 'Bùi Bàn' } },
      { key: 'source.previous', values: { period: { key: 'changes.lastPeriod' } } },
    ])
  })

  it('tells how many checks hold, and which does not', () => {
    const lines = listed(saysOf(hear('sep', said('nguồn I.1'), wrong)), 'source.head')
    expect(lines).toContainEqual({ key: 'source.checks', values: { held: 0, all: 1 } })
    expect(lines.map(({ key }) => key)).toContain('source.failing')
  })

  it('is found by the number just echoed, and asked for again when the code is unknown or missing', () => {
    const one = converse('ban', ['bắt đầu', '1; 2; 3; 4', 'nguồn 2'])
    expect(saysOf(one)[0]).toMatchObject({ key: 'source.head', values: { code: 'I.2' } })
    expect(keysOf(hear('sep', said('nguồn IX.9.9')))[0]).toBe('confused.unknownItem')
    expect(keysOf(hear('sep', said('nguồn')))[0]).toBe('source.how')
  })

  it('leaves the question under way as it is', () => {
    const asked = converse('ban', ['bắt đầu'])
    expect(converse('ban', ['bắt đầu', 'nguồn I.1']).talk.shown).toEqual(asked.talk.shown)
    expect(keysOf(converse('ban', ['bắt đầu', 'số này lấy ở đâu?']))[0]).toBe('ask.noHint')
  })
})

describe('a comparison', () => {
  const compared: Round = {
    ...round({ 'I.1': value('12'), 'III.1': value('3') }, { 'I.1': value('10'), 'III.1': value('2') }),
    before: periodOf('quy4', 2024),
    yearBefore: new Map([['I.1', answer('I.1', value('6'))]]),
  }

  it('is with both earlier periods, or the one that is named', () => {
    expect(keysOf(hear('sep', said('so sánh'), compared))).toEqual([
      'changes.previous',
      'changes.yearBefore',
      'look.footer',
    ])
    expect(keysOf(hear('sep', said('so sánh cùng kỳ'), compared))[0]).toBe('changes.yearBefore')
    expect(keysOf(hear('sep', said('so sánh kỳ trước'), compared))[0]).toBe('changes.previous')
  })

  it('shows an official their own figures', () => {
    const says = saysOf(hear('luat', said('so sánh'), compared))
    expect(listed(says, 'changes.previous')).toMatchObject([{ values: { code: 'III.1' } }])
  })

  it('says so where there is nothing to compare with', () => {
    expect(keysOf(hear('sep', said('so sánh')))[0]).toBe('changes.neither')
    expect(keysOf(hear('sep', said('so sánh cùng kỳ')))[0]).toBe('changes.noYearBefore')
    expect(keysOf(hear('sep', said('so sánh kỳ trước')))[0]).toBe('changes.noPrevious')
  })

  it('of a year tells the year before it once', () => {
    const year: Round = {
      ...compared,
      period: periodOf('nam', 2025),
      before: periodOf('nam', 2024),
      yearBefore: compared.previous,
    }
    expect(keysOf(hear('sep', said('so sánh'), year))).toEqual(['changes.previous', 'look.footer'])
  })
})

describe('what is looked at', () => {
  const old: Round = {
    ...round({ 'I.1': value('7') }),
    period: periodOf('quy1', 2024),
    isClosed: true,
  }
  const both = (now: string): World => ({
    ...world('sep', round({ 'I.1': value('9') })),
    now,
    rounds: [round({ 'I.1': value('9') }), old],
  })

  it('is the collection whose draft was sent that day, and the one under way after', () => {
    const asked = step(NEW_TALK, said('/baocao quy1 2024'), both(NOW))
    expect(asked.effects).toMatchObject([{ type: 'report', period: { key: '2024-quy1' } }])
    const same = step(asked.talk, said('nguồn I.1'), both(NOW))
    expect(saysOf(same)[0]).toMatchObject({ values: { period: 'quý I năm 2024' } })
    const later = step(asked.talk, said('nguồn I.1'), both('2025-03-06T08:00:00.000+07:00'))
    expect(saysOf(later)[0]).toMatchObject({ values: { period: 'quý I năm 2025' } })
  })

  it('is, when every collection is closed, the last one, to leaders', () => {
    const closed = { ...world('sep'), rounds: [old] }
    expect(saysOf(step(NEW_TALK, said('nguồn I.1'), closed))[0]).toMatchObject({ key: 'source.head' })
    const official = { ...world('ban'), rounds: [old] }
    expect(keysOf(step(NEW_TALK, said('nguồn I.1'), official))[0]).toBe('nothing.open')
  })

  it('is the draft of a period said by itself, to a leader who is asked nothing', () => {
    expect(hear('sep', said('quý I/2025')).effects).toMatchObject([{ type: 'report' }])
    expect(hear('ban', said('quý I/2025')).effects).not.toMatchObject([{ type: 'report' }])
    expect(converse('dau-moi', ['bắt đầu', 'quý I/2025']).effects).not.toMatchObject([{ type: 'report' }])
  })

  it('is one calm sentence where no one period is meant', () => {
    for (const text of ['/baocao quy5', '/baocao quy 1 2205', '/baocaoabc', 'báo cáo quý 1 và quý 2'])
      expect(keysOf(hear('sep', said(text)))[0]).toMatch(/^report\.unclearPeriod|^confused/)
    expect(keysOf(hear('sep', said('/baocao quy1 năm sau')))[0]).toBe('report.notBegun')
    expect(hear('sep', said('/baocao kỳ này')).effects).toMatchObject([{ type: 'report' }])
  })
})

describe('the few lines that go with a draft', () => {
  const lines = (one: Round, me?: string) =>
    listed(
      summarise(
        one,
        office,
        office.people.find(({ id }) => id === me),
      ),
      'report.brief',
    )

  it('name who is awaited for what, who owes most first, with the days they promised', () => {
    const half = round({ 'I.1': value('5'), 'I.2': { state: 'pending', until: '2025-03-10' } })
    expect(lines(half)).toMatchObject([
      { key: 'report.summary' },
      { key: 'report.done', values: { done: 1, total: 8 } },
      { key: 'report.waiting' },
      {
        key: 'report.waitingPartly',
        values: { person: 'Bùi Bàn', count: 4, codes: 'I.2, I.3, I.4, I.5', promised: 1, days: '10/3' },
      },
      { key: 'report.waitingLine', values: { person: 'Lê Mối', count: 2, codes: 'II.1, II.2' } },
      { key: 'report.waitingLine', values: { person: 'Phạm Luật', count: 1 } },
      { key: 'report.ways' },
    ])
  })

  it('count the contradictions and tell the heaviest two, and offer approval to the chairman only', () => {
    expect(lines(wrong, 'sep').map(({ key }) => key)).toEqual([
      'report.summary',
      'report.done',
      'report.findings',
      'report.findingLine',
      'report.findingLine',
      'report.remarks',
      'report.waiting',
      'report.waitingLine',
      'report.waysChairman',
    ])
    expect(lines(wrong, 'dau-moi').at(-1)).toEqual({ key: 'report.ways', values: { code: 'I.4' } })
    const [chairman, coordinator] = ['sep', 'dau-moi'].map((me) => office.people.find(({ id }) => id === me))
    expect(waysOn(wrong, chairman).map(({ key }) => key)).toEqual(['quick.findings', 'quick.approve'])
    expect(waysOn(wrong, coordinator).map(({ key }) => key)).toEqual(['quick.findings'])
  })

  it('tell the two greatest changes against either period', () => {
    const givens = (...numbers: readonly string[]) =>
      Object.fromEntries(numbers.map((number, index) => [`I.${index + 1}`, value(number)]))
    const past = round(givens('100', '100', '100'))
    const one: Round = {
      ...round(givens('150', '190', '110'), givens('100', '100', '100')),
      before: periodOf('quy4', 2024),
      yearBefore: past.answers,
    }
    const changes = lines(one).filter(({ key }) => key === 'report.changes')
    expect(changes).toHaveLength(4)
    expect(changes[0]).toMatchObject({ values: { change: { values: { item: 'Bưu chính' } } } })
    expect(changes[2]).toMatchObject({ values: { period: 'quý I năm 2024' } })
  })
})
