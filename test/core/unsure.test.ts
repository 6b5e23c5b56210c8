import { describe, expect, it } from 'vitest'
import { step } from '../../src/core/step.ts'
import { type Effect, NEW_TALK, type Step, Talk, type Unsure } from '../../src/core/talk.ts'
import { foldText } from '../../src/core/text.ts'
import { fc } from '../draws.ts'
import { faultsIn, shownAfter, textOf } from './spoken.ts'
import { keysOf, NOW, recordsOf, saysOf, value, world } from './ward.ts'

const message = (id: string, more: Partial<Unsure> = {}): Unsure => ({
  id,
  personId: 'ban',
  at: NOW,
  text: `Kính gửi đồng chí, tin số ${id}.`,
  hasFile: false,
  ...more,
})
const TWO = [message('7'), message('9', { personId: 'luat', hasFile: true })]

function say(text: string, talk: Talk = NEW_TALK, unsure = TWO, me = 'dau-moi'): Step {
  return step(talk, { type: 'message', text, files: [] }, { ...world(me), unsure })
}

/** The talk as it is stored and read again. */
function talkAfter(...texts: readonly string[]): Talk {
  let talk = NEW_TALK
  for (const text of texts) talk = Talk.parse(JSON.parse(JSON.stringify(say(text, talk).talk)))
  return talk
}

function settledBy({ effects }: Step): readonly Effect[] {
  return effects.filter(({ type }) => type === 'settleUnsure')
}

describe('messages that may not have arrived', () => {
  it.each(['tin chưa rõ', 'TIN CHUA RO', '/tinchuaro', '/tinchuaro@thuky_bot', 'cho tôi xem tin chưa rõ ạ'])(
    'are listed with who, when and how they begin by “%s”',
    (text) => {
      const listed = say(text.replace('xem ', ''))
      expect(textOf(listed, 'dau-moi')).toContain(
        '1. Bùi Bàn, 08:00 thứ Tư, 5/3: “Kính gửi đồng chí, tin số 7.”',
      )
      expect(textOf(listed, 'dau-moi')).toContain('2. Phạm Luật, 08:00 thứ Tư, 5/3, kèm tệp: “Kính gửi')
      expect(faultsIn(listed, 'dau-moi', text)).toEqual([])
    },
  )

  it('are quoted by sixty letters of one line, without marks', () => {
    const text = `Đã ghi:\n**12 hồ sơ** ${'và nhiều việc khác nữa '.repeat(9)}`
    const said = textOf(say('tin chưa rõ', NEW_TALK, [message('1', { text })]), 'dau-moi')
    const quoted = /“(Đã ghi.*?)”/.exec(said)?.[1] ?? ''
    expect(quoted).toMatch(/^Đã ghi: 12 hồ sơ và nhiều việc .*…$/)
    expect(quoted.length).toBeLessThanOrEqual(61)
  })

  it('are ten at most, and how many are left is told', () => {
    const many = Array.from({ length: 13 }, (_, index) =>
      message(String(index), { text: 'một tin dài, '.repeat(30) }),
    )
    const listed = say('tin chưa rõ', NEW_TALK, many)
    const said = textOf(listed, 'dau-moi')
    expect(said).toContain('10. Bùi Bàn')
    expect(said).not.toContain('11. Bùi Bàn')
    expect(said).toContain('Còn 3 tin nữa.')
    expect(shownAfter(listed, 'dau-moi').length).toBeLessThanOrEqual(3)
    expect(faultsIn(listed, 'dau-moi', 'tin chưa rõ')).toEqual([])
    expect(keysOf(say('gửi lại 11', listed.talk, many))[0]).toBe('unsure.noSuch')
  })

  it('are an administrator’s to see, too, and nobody else’s', () => {
    const admin = { ...world('luat'), unsure: TWO }
    const asAdmin = { ...admin, me: { ...admin.me, roles: ['admin' as const] } }
    const event = { type: 'message', text: 'tin chưa rõ', files: [] } as const
    expect(keysOf(step(NEW_TALK, event, asAdmin))[0]).toBe('unsure.list')
    for (const me of ['ban', 'sep']) {
      expect(keysOf(say('tin chưa rõ', NEW_TALK, TWO, me))[0]).toBe('unsure.notAllowed')
      expect(keysOf(say('gửi lại 1', NEW_TALK, TWO, me))[0]).toBe('unsure.notAllowed')
      expect(faultsIn(say('gửi lại 1', NEW_TALK, TWO, me), me, 'gửi lại 1')).toEqual([])
    }
  })

  it('that are none are said to be none', () => {
    expect(keysOf(say('tin chưa rõ', NEW_TALK, []))[0]).toBe('unsure.none')
  })

  it('can be seen while nothing is collected', () => {
    const idle = { ...world('dau-moi'), rounds: [], unsure: TWO }
    const listed = step(NEW_TALK, { type: 'message', text: 'tin chưa rõ', files: [] }, idle)
    const settled = step(listed.talk, { type: 'message', text: 'đã tới 2', files: [] }, idle)
    expect(settledBy(settled)).toEqual([{ type: 'settleUnsure', id: '9', as: 'arrived' }])
  })
})

describe('what is known of them', () => {
  it.each([
    ['gửi lại 1', [['7', 'again']]],
    ['GUI LAI 2', [['9', 'again']]],
    ['dạ gửi lại tin số 2 nhé', [['9', 'again']]],
    [
      'Gửi lại 1, 2.',
      [
        ['7', 'again'],
        ['9', 'again'],
      ],
    ],
    ['gửi lại 1 và 1', [['7', 'again']]],
    ['đã tới 1', [['7', 'arrived']]],
    ['da toi 2', [['9', 'arrived']]],
    ['Tin 2 đã đến', []],
    [
      'đã đến 1; 2 rồi',
      [
        ['7', 'arrived'],
        ['9', 'arrived'],
      ],
    ],
  ])('“%s” settles the numbers as they were shown', (text, settled) => {
    expect(
      settledBy(say(text, talkAfter('tin chưa rõ'))).map((one) => 'id' in one && [one.id, one.as]),
    ).toEqual(settled)
  })

  it('is told back with the number and the name', () => {
    const again = say('gửi lại 2', talkAfter('tin chưa rõ'))
    expect(textOf(again, 'dau-moi')).toContain('Tôi gửi lại tin 2 cho đ/c Phạm Luật.')
    expect(faultsIn(again, 'dau-moi', 'gửi lại 2')).toEqual([])
  })

  it('is of the list that was seen, whatever has come since', () => {
    const now = [message('3', { personId: 'sep' }), ...TWO]
    expect(settledBy(say('gửi lại 1', talkAfter('tin chưa rõ'), now))).toEqual([
      { type: 'settleUnsure', id: '7', as: 'again' },
    ])
  })

  it('is not done twice', () => {
    const rest = TWO.slice(1)
    const twice = say('gửi lại 1', talkAfter('tin chưa rõ', 'gửi lại 1'), rest)
    expect(settledBy(twice)).toEqual([])
    expect(keysOf(twice)[0]).toBe('unsure.settled')
    // The second of the list is still the second.
    expect(settledBy(say('đã tới 2', twice.talk, rest))).toHaveLength(1)
  })

  it('means nothing before the list was seen, or after something else was said: the list is shown', () => {
    for (const talk of [
      NEW_TALK,
      talkAfter('tin chưa rõ', 'bắt đầu'),
      talkAfter('tin chưa rõ', 'II.2 = 1'),
    ]) {
      const one = say('gửi lại 1', talk)
      expect(settledBy(one)).toEqual([])
      expect(keysOf(one)[0]).toBe('unsure.list')
    }
  })

  it('stays known while something is looked up', () => {
    for (const beside of ['tiến độ', 'trợ giúp', 'kênh', 'cảm ơn'])
      expect(settledBy(say('gửi lại 1', talkAfter('tin chưa rõ', beside)))).toHaveLength(1)
  })
})

describe('the figure that is being asked', () => {
  const asked = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.1'] }
  const listed: Talk = { ...asked, awaiting: { type: 'unsure', ids: ['7', '9'] } }
  const official = (text: string, talk: Talk) =>
    step(talk, { type: 'message', text, files: [] }, { ...world('ban'), unsure: TWO })

  it('is never given by “gửi lại 1”, however it is written and whoever says it', () => {
    const spelt = fc
      .record({
        before: fc.constantFrom('', 'dạ ', 'Dạ, ', 'nhờ đồng chí '),
        words: fc.constantFrom('gửi lại', 'gui lai', 'GỬI LẠI', '/guilai'),
        of: fc.constantFrom(' ', ' tin ', ' số ', ' tin số '),
        numbers: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 3 }),
        between: fc.constantFrom(', ', '; ', ' và ', ' '),
        after: fc.constantFrom('', '.', ' ạ', ' nhé', ' giúp tôi với'),
      })
      .map(({ before, words, of, numbers, between, after }) =>
        [words.startsWith('/') ? '' : before, words, of, numbers.join(between), after].join(''),
      )
    fc.assert(
      fc.property(spelt, fc.constantFrom('ban', 'dau-moi'), fc.boolean(), (text, me, isFolded) => {
        for (const shown of [[], ['I.1'], ['I.1', 'I.2'], ['II.2'], ['II.1']]) {
          const talk = { ...NEW_TALK, periodKey: '2025-quy1', shown }
          const one = say(isFolded ? foldText(text) : text, talk, TWO, me)
          expect(recordsOf(one), text).toEqual([])
          expect(one.talk.shown).toEqual(shown)
        }
      }),
    )
  })

  it('is not given by a bare number under the list: which is meant is asked once', () => {
    const coordinator = { ...listed, shown: ['II.2'] }
    const number = say('1', coordinator)
    expect(recordsOf(number)).toEqual([])
    expect(saysOf(number)[0]).toEqual({ key: 'unsure.number', values: { n: '1' } })
    expect(faultsIn(number, 'dau-moi', '1')).toEqual([])
    expect(settledBy(say('gửi lại 1', number.talk))).toHaveLength(1)
    expect(recordsOf(say('1', number.talk))).toEqual([['II.2', expect.objectContaining(value('1'))]])
  })

  it('is given by what can be no number of the list', () => {
    expect(recordsOf(official('31', listed))).toEqual([['I.1', expect.objectContaining(value('31'))]])
    expect(recordsOf(official('I.1 = 1', listed))).toEqual([['I.1', expect.objectContaining(value('1'))]])
  })

  it('stands while the list is looked at', () => {
    expect(say('tin chưa rõ', { ...asked, shown: ['II.2'] }).talk.shown).toEqual(['II.2'])
  })

  it('may be told with “đã tới” by who sees no list', () => {
    expect(recordsOf(official('đã tới 31', asked))).toEqual([['I.1', expect.objectContaining(value('31'))]])
  })
})
