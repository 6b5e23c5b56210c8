import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/core/answer.ts'
import { setMark } from '../../src/core/mark.ts'
import { step } from '../../src/core/step.ts'
import { NEW_TALK, type Step } from '../../src/core/talk.ts'
import { answer, converse, hear, keysOf, recordsOf, round, saysOf, value, world } from './ward.ts'

const said = (text: string) => ({ type: 'message', text, files: [] }) as const
const toldTo = ({ effects }: Step, person: string) =>
  effects.flatMap((effect) =>
    effect.type === 'tell' && effect.to === person ? effect.says.map(({ key }) => key) : [],
  )

/** A collection in which these marks were kept. */
function marked(...marks: readonly ReturnType<typeof setMark>[]) {
  const rows = marks.map((mark): Answer => ({ ...answer(mark.code, mark.given), ...mark }))
  const start = round()
  return { ...start, answers: new Map([...start.answers, ...rows.map((row) => [row.code, row] as const)]) }
}
const handed = marked(setMark('own', 'III.1', { text: 'ban', raw: '' }))
const away = marked(setMark('away', 'luat', { text: 'ban', raw: '', reason: '2025-03-10' }))

describe('handing on', () => {
  it('shows whoever gave everything away who has it, and never an empty message', () => {
    const luat = converse('luat', ['chuyển hết cho Bàn', 'tiến độ'])
    expect(keysOf(luat)).toEqual(['entrusted.all', 'footer.guest'])
    expect(keysOf(converse('luat', ['chuyển hết cho Bàn', 'bắt đầu']))).toEqual([
      'entrusted.all',
      'footer.guest',
    ])
  })

  it('takes back what is handed “cho tôi”', () => {
    const back = hear('luat', said('chuyển III.1 cho tôi'), handed)
    expect(recordsOf(back)).toEqual([['own:III.1', { state: 'withdrawn' }]])
    expect(toldTo(back, 'ban')).toEqual(['hand.movedToSelf'])
  })

  it('says which item or name it does not know, and hands nothing on', () => {
    for (const [text, key] of [
      ['chuyển IX.9 cho Luật', 'confused.unknownItem'],
      ['chuyển 9 cho Luật', 'confused.unknownItem'],
      ['chuyển I.1 cho Hạnh', 'hand.unknown'],
      ['chuyển III.1 cho Mối', 'hand.notYours'],
      ['chuyển I.1 cho Bàn', 'hand.alreadyYours'],
      ['nhờ', 'hand.nothing'],
    ] as const) {
      const one = hear('ban', said(text))
      expect(keysOf(one)[0]).toBe(key)
      expect(recordsOf(one)).toEqual([])
    }
  })

  it('asks for the name where only “nhờ” was said', () => {
    expect(keysOf(converse('luat', ['bắt đầu', 'nhờ']))[0]).toBe('hand.whom')
    const named = converse('luat', ['bắt đầu', 'nhờ người khác', 'Bàn'])
    expect(recordsOf(named)).toEqual([['own:III.1', { state: 'text', text: 'ban' }]])
  })

  it('asks for an unknown name once more, and then takes the words for what they are', () => {
    const messages = ['bắt đầu', 'nhờ Hạnh', 'Hảo']
    expect(keysOf(converse('luat', messages))[0]).toBe('hand.unknown')
    expect(keysOf(converse('luat', [...messages, 'Hậu']))).not.toContain('hand.unknown')
    expect(recordsOf(converse('luat', ['bắt đầu', 'nhờ Hạnh', '7']))).toEqual([
      ['III.1', { ...value('7'), unit: 'hồ sơ' }],
    ])
    expect(keysOf(converse('luat', ['bắt đầu', 'nhờ Hạnh', 'huỷ']))[0]).toBe('echo.cancelled')
  })

  it('does not hand to somebody who is away', () => {
    const one = hear('ban', said('chuyển I.1 cho Luật'), away)
    expect(keysOf(one)[0]).toBe('away.alsoAway')
    expect(recordsOf(one)).toEqual([])
  })

  it('leaves the holder of the duty a say in what another answers', () => {
    const own = hear('luat', said('III.1 = 5'), handed)
    expect(recordsOf(own)).toEqual([['III.1', { ...value('5'), unit: 'hồ sơ' }]])
    expect(keysOf(hear('luat', said('I.1 = 5')))[0]).toBe('notYours')
    expect(keysOf(hear('dau-moi', said('I.1 = 5')))[0]).toBe('notYours.behalf')
  })
})

describe('“không phải tôi”', () => {
  it('gives back what was handed on, also before it was asked for', () => {
    const asked = hear('ban', said('không phải tôi'), handed)
    const back = step(asked.talk, said('2'), world('ban', handed))
    expect(recordsOf(back)).toEqual([['own:III.1', { state: 'withdrawn' }]])
    expect(toldTo(back, 'luat')).toEqual(['hand.back'])
  })

  it('gives back of a screen only what is another’s', () => {
    const talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.1', 'III.1'] }
    const asked = hear('ban', said('không phải tôi'), handed, talk)
    expect(recordsOf(step(asked.talk, said('2'), world('ban', handed)))).toEqual([
      ['own:III.1', { state: 'withdrawn' }],
    ])
  })

  it('brings one’s own to the coordinator, and what is of somebody away', () => {
    const own = converse('luat', ['bắt đầu', 'không phải tôi', '2'])
    expect(recordsOf(own)).toEqual([['own:III.1', { state: 'text', text: 'dau-moi' }]])
    expect(toldTo(own, 'dau-moi')).toEqual(['notMe.disowned'])
    const talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['III.1'] }
    const asked = hear('ban', said('không phải tôi'), away, talk)
    const passed = step(asked.talk, said('2'), world('ban', away))
    expect(recordsOf(passed)).toEqual([['own:III.1', { state: 'text', text: 'dau-moi' }]])
  })

  it('does not go in circles with the coordinator', () => {
    expect(keysOf(converse('dau-moi', ['bắt đầu', 'không phải tôi', '2']))[0]).toBe('notMe.coordinator')
    expect(keysOf(converse('luat', ['không phải tôi', '2']))[0]).toBe('notMe.which')
  })
})

describe('being away', () => {
  const record = (one: Step) =>
    one.effects.flatMap((effect) => (effect.type === 'record' ? [[effect.code, effect.reason]] : []))

  it('asks until when, and takes the day alone or with another name', () => {
    expect(keysOf(converse('luat', ['tôi nghỉ, nhờ Bàn']))[0]).toBe('away.untilWhen')
    expect(record(converse('luat', ['tôi nghỉ, nhờ Bàn', 'thứ Hai']))).toEqual([['away:luat', '2025-03-10']])
    const renamed = converse('luat', ['tôi nghỉ, nhờ Bàn', 'đến 7/3, nhờ Mối'])
    expect(record(renamed)).toEqual([['away:luat', '2025-03-07']])
    expect(toldTo(renamed, 'dau-moi')).toEqual(['away.to'])
  })

  it('takes no day that has gone by, and no year that was not said', () => {
    expect(keysOf(converse('luat', ['tôi nghỉ đến 1/3, nhờ Bàn']))[0]).toBe('away.past')
    expect(record(converse('luat', ['tôi nghỉ đến 1/3, nhờ Bàn', '1/3']))).toEqual([])
  })

  it.each([
    ['tôi nghỉ đến hết tuần, nhờ Bàn', '2025-03-07'],
    ['tôi đi họp đến chiều, nhờ Bàn', '2025-03-05'],
  ])('reads “%s” as until %s', (text, day) => {
    expect(record(converse('luat', [text]))).toEqual([['away:luat', day]])
  })

  it('tells whoever stood in until now that another does', () => {
    const again = hear('luat', said('tôi nghỉ đến thứ Hai, nhờ Mối'), away)
    expect(toldTo(again, 'ban')).toEqual(['away.passed'])
    expect(toldTo(again, 'dau-moi')).toEqual(['away.to'])
  })

  it('needs a substitute who is there', () => {
    expect(keysOf(hear('ban', said('tôi nghỉ đến thứ Sáu, nhờ Luật'), away))[0]).toBe('away.alsoAway')
    expect(keysOf(converse('luat', ['tôi nghỉ đến thứ Sáu', 'Luật']))[0]).toBe('away.other')
    expect(keysOf(hear('luat', said('bắt đầu'), away))).toEqual(['away.still', 'footer.guest'])
  })
})

describe('not understanding', () => {
  it('says something else each time, and then goes on', () => {
    const words = ['đấy', 'thì đấy', 'ấy mà', 'nói rồi']
    const keys = words.map(
      (_, index) => keysOf(converse('luat', ['bắt đầu', ...words.slice(0, index + 1)]))[0],
    )
    expect(keys).toEqual(['confused.number', 'confused.still', 'ways.ask', 'confused.handed'])
  })

  it('asks what changed of a block by another sentence the second time', () => {
    const usual = { ...round({}, { 'III.1': value('4') }) }
    const pack = {
      ...usual.pack,
      items: usual.pack.items.map((item) => ({ ...item, usual: 'same' as const })),
    }
    const talk = (...messages: readonly string[]) =>
      keysOf(converse('luat', ['bắt đầu', ...messages], { ...usual, pack }))[0]
    expect(talk('không')).toBe('ask.sameWhichOne')
    expect(talk('không', 'không')).toBe('confused.still')
  })

  it('offers a text to be written and a choice to be made again', () => {
    const ways = (talk: readonly string[]) =>
      saysOf(converse('dau-moi', talk)).flatMap((one) =>
        one.key === 'ways.ask' ? [JSON.stringify(one.values.lines)] : [],
      )[0]
    expect(ways(['bắt đầu', 'ừ', 'ờ', 'là sao'])).toContain('ways.write')
    expect(ways(['bắt đầu', 'không có', 'ừ', 'ờ', 'là sao'])).toContain('ways.pick')
  })
})
