import { describe, expect, it } from 'vitest'
import { step } from '../../src/core/step.ts'
import { type Effect, NEW_TALK, type Step, type Talk, type World } from '../../src/core/talk.ts'
import { faultsIn, textOf } from './spoken.ts'
import { converse, keysOf, office, recordsOf, round, saysOf, value, world } from './ward.ts'

const on = (channel: string, more: { isPreferred?: boolean; isClosed?: boolean } = {}) => ({
  channel,
  isPreferred: false,
  isClosed: false,
  ...more,
})
const BOTH = [on('telegram', { isPreferred: true }), on('zalo')]

function say(text: string, more: Partial<World> = {}, me = 'ban', talk: Talk = NEW_TALK): Step {
  return step(talk, { type: 'message', text, files: [] }, { ...world(me), ...more })
}

function withRoles(id: string, ...roles: readonly ('official' | 'admin' | 'coordinator')[]): World['office'] {
  return {
    ...office,
    people: office.people.map((person) => (person.id === id ? { ...person, roles: [...roles] } : person)),
  }
}

const kept = ({ effects }: Step): readonly Effect[] =>
  effects.filter(({ type }) => type !== 'say' && type !== 'tell')
const toldTo = ({ effects }: Step): readonly (readonly [string, string | undefined])[] =>
  effects.flatMap((effect) => (effect.type === 'tell' ? [[effect.to, effect.says[0]?.key] as const] : []))

describe('“kênh”', () => {
  it.each(['kênh', 'KENH', '/kenh', '/kenh@thuky_bot', 'Kênh?', 'dạ kênh ạ'])(
    '“%s” tells where one writes from, which is written to and which is closed',
    (text) => {
      const addresses = [...BOTH, on('zalo-bot', { isClosed: true })]
      const one = say(text, { addresses })
      expect(keysOf(one).slice(0, 2)).toEqual(['channels.list', 'channels.how'])
      expect(textOf(one, 'ban').split('\n').slice(0, 4)).toEqual([
        'Đồng chí nhắn được với tôi qua:',
        '- Telegram: tôi gửi tin cho đồng chí qua đây',
        '- Zalo',
        '- Zalo (bot): hiện tôi chưa gửi tin qua đây được; đồng chí nhắn một tin từ đây để mở lại',
      ])
      expect(textOf(one, 'ban')).toContain('Gõ “nhắn qua Zalo”')
    },
  )

  it('of who has but one names no other', () => {
    expect(keysOf(say('kênh', { addresses: [on('web')] }))).toEqual(['channels.list', 'footer.idle'])
    expect(keysOf(say('kênh', { channel: 'web' }))).toEqual(['channels.none', 'footer.idle'])
  })

  it('says of a chosen channel that is closed where the words go meanwhile', () => {
    const one = say('kênh', {
      addresses: [on('zalo', { isPreferred: true, isClosed: true }), on('telegram')],
    })
    expect(textOf(one, 'ban')).toContain('- Zalo: đồng chí đã chọn, nhưng hiện tôi chưa gửi tin')
    expect(textOf(one, 'ban')).toContain('- Telegram: tôi gửi tin cho đồng chí qua đây')
    expect(faultsIn(one, 'ban', 'kênh')).toEqual([])
  })
})

describe('“nhắn qua Zalo”', () => {
  it.each([
    ['nhắn qua Zalo', 'zalo'],
    ['nhan qua zalo', 'zalo'],
    ['NHẮN QUA TELEGRAM', 'telegram'],
    ['dạ nhắn cho tôi qua Telegram nhé', 'telegram'],
    ['Nhắn qua trang web.', 'web'],
    ['nhắn qua cửa sổ dòng lệnh', 'terminal'],
  ])('“%s” chooses %s', (text, channel) => {
    const one = say(text, { addresses: [...BOTH, on('web'), on('terminal')] })
    expect(kept(one)).toEqual([{ type: 'prefer', channel }])
    expect(keysOf(one)[0]).toBe('prefer.done')
    expect(faultsIn(one, 'ban', text)).toEqual([])
  })

  it('means the one of the two Zalos that somebody has', () => {
    const bot = { addresses: [on('telegram'), on('zalo-bot')] }
    expect(kept(say('nhắn qua Zalo', bot))).toEqual([{ type: 'prefer', channel: 'zalo-bot' }])
    expect(kept(say('nhắn qua Zalo (bot)', bot))).toEqual([{ type: 'prefer', channel: 'zalo-bot' }])
    expect(kept(say('nhắn qua Zalo bot', { addresses: BOTH }))).toEqual([])
    const closed = { addresses: [on('zalo', { isClosed: true }), on('zalo-bot')] }
    expect(kept(say('nhắn qua Zalo', closed))).toEqual([{ type: 'prefer', channel: 'zalo-bot' }])
  })

  it('is refused where there is no account, with whom to ask for a code', () => {
    const one = say('nhắn qua Zalo', { addresses: [on('telegram')] })
    expect(kept(one)).toEqual([])
    expect(saysOf(one)[0]).toMatchObject({ key: 'prefer.none', values: { person: 'Lê Mối' } })
    const administered = say('nhắn qua Zalo', { office: withRoles('luat', 'official', 'admin') })
    expect(saysOf(administered)[0]).toMatchObject({ values: { person: 'Phạm Luật' } })
    expect(keysOf(say('nhắn qua Zalo', {}, 'dau-moi'))[0]).toBe('prefer.noneOwn')
    expect(faultsIn(one, 'ban', 'nhắn qua Zalo')).toEqual([])
  })

  it('is kept for a channel that is closed, and it is told how to open it', () => {
    const one = say('nhắn qua Zalo', { addresses: [on('telegram'), on('zalo', { isClosed: true })] })
    expect(kept(one)).toEqual([{ type: 'prefer', channel: 'zalo' }])
    expect(keysOf(one).slice(0, 2)).toEqual(['prefer.done', 'prefer.closed'])
  })

  it('leaves the question under way, and what was asked beside it', () => {
    const talk: Talk = {
      ...NEW_TALK,
      periodKey: '2025-quy1',
      shown: ['I.1'],
      awaiting: { type: 'day', code: 'I.1' },
    }
    for (const text of ['nhắn qua Zalo', 'kênh', 'gửi tệp'])
      expect(say(text, { addresses: BOTH }, 'ban', talk).talk).toMatchObject({
        shown: ['I.1'],
        awaiting: { type: 'day' },
      })
  })
})

describe('an account confirmed', () => {
  const bind = (event: object, more: Partial<World> = {}, talk: Talk = NEW_TALK, me = 'ban') =>
    step(talk, { type: 'bound', ...event }, { ...world(me), ...more })

  it('that is the first is welcomed, and nobody else hears of it', () => {
    const one = bind({ channel: 'zalo', others: [] })
    expect(keysOf(one)).toEqual(keysOf(step(NEW_TALK, { type: 'bound' }, world('ban'))))
    expect(keysOf(one).slice(0, 2)).toEqual(['stranger.bound', 'ask.group'])
    expect(toldTo(one)).toEqual([])
  })

  it('that is one more hears where words go, and the coordinator is told what to do if it is wrong', () => {
    const one = bind({ channel: 'zalo', others: ['telegram'] }, { addresses: BOTH })
    expect(keysOf(one).slice(0, 3)).toEqual(['stranger.bound', 'bound.also', 'ask.group'])
    const said = textOf(one, 'ban')
    expect(said).toContain('Tin nhắn của tôi vẫn gửi qua Telegram; gõ “nhắn qua Zalo” để đổi.')
    expect(said).toContain('Đ/c Bùi Bàn vừa ghép thêm một tài khoản Zalo')
    expect(said).toContain('gõ “gỡ Bùi Bàn Zalo”')
    expect(said).toContain('“không phải tôi”')
    expect(toldTo(one)).toEqual([['dau-moi', 'bound.told']])
    expect(faultsIn(one, 'ban')).toEqual([])
  })

  it('from which words are already sent says so', () => {
    const one = bind({ channel: 'zalo', others: ['telegram'] }, { addresses: [on('zalo'), on('telegram')] })
    expect(saysOf(one)[1]).toMatchObject({
      key: 'bound.alsoHere',
      values: { other: { key: 'channel.telegram' } },
    })
    expect(keysOf(bind({ channel: 'zalo', others: ['zalo'] }, { addresses: BOTH }))[1]).toBe('bound.another')
  })

  it('is told to every administrator but the one it is', () => {
    const both = {
      office: {
        ...office,
        people: office.people.map((one) => ({ ...one, roles: [...one.roles, 'admin' as const] })),
      },
    }
    expect(toldTo(bind({ channel: 'zalo', others: ['web'] }, both)).map(([id]) => id)).toEqual([
      'sep',
      'dau-moi',
      'luat',
    ])
    const alone = { office: withRoles('luat', 'admin') }
    expect(toldTo(bind({ channel: 'zalo', others: ['web'] }, alone)).map(([id]) => id)).toEqual(['luat'])
    expect(toldTo(bind({ channel: 'zalo', others: ['web'] }, {}, NEW_TALK, 'dau-moi'))).toEqual([])
  })

  it('that was another’s is told with that name, also when it is the first', () => {
    const one = bind({ channel: 'zalo', others: [], from: 'luat' })
    expect(toldTo(one)).toEqual([['dau-moi', 'bound.toldMoved']])
    expect(textOf(one, 'ban')).toContain('trước đây của đ/c Phạm Luật vừa được ghép với đ/c Bùi Bàn')
    expect(faultsIn(one, 'ban')).toEqual([])
  })

  it('goes on with the talk where it was, the question asked again', () => {
    const talk: Talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.3', 'I.4'], skipped: ['I.1'] }
    const one = bind({ channel: 'zalo', others: ['telegram'] }, { addresses: BOTH }, talk)
    expect(one.talk.shown.slice(0, 2)).toEqual(['I.3', 'I.4'])
    expect(one.talk.skipped).toEqual(['I.1'])
    const doubtful: Talk = {
      ...talk,
      choice: { code: 'I.3', raw: '1,2', options: [value('1')], isLettered: false },
    }
    // "1" is no choice between readings that were never shown here.
    expect(bind({ channel: 'zalo', others: ['telegram'] }, {}, doubtful).talk.choice).toBeUndefined()
  })
})

describe('“gỡ Hà zalo”', () => {
  it.each([
    ['gỡ Bàn Zalo', ['zalo', 'zalo-bot']],
    ['GO BAN ZALO', ['zalo', 'zalo-bot']],
    ['gỡ tài khoản Zalo của Bàn', ['zalo', 'zalo-bot']],
    ['gỡ đ/c Bùi Bàn khỏi Telegram', ['telegram']],
    ['gỡ liên kết Zalo bot của Bàn', ['zalo-bot']],
    ['gỡ Bùi Bàn Zalo (bot)', ['zalo-bot']],
    ['gỡ trang web của Bàn', ['web']],
    ['gỡ Bàn', [undefined]],
    ['gỡ tài khoản của Bàn', [undefined]],
  ])('“%s” takes %j away', (text, channels) => {
    const one = say(text, {}, 'dau-moi')
    expect(kept(one)).toEqual(
      channels.map((channel) => ({
        type: 'unbindOther',
        personId: 'ban',
        ...(channel === undefined ? {} : { channel }),
      })),
    )
    expect(keysOf(one)[0]).toBe('unbound.done')
    expect(toldTo(one)).toEqual([['ban', 'unbound.told']])
    // The name of that channel has a word in it that the rules have no ear for.
    if (!textOf(one, 'dau-moi').includes('Zalo (bot)')) expect(faultsIn(one, 'dau-moi', text)).toEqual([])
  })

  it('goes before the words to who is unbound, so that these go elsewhere', () => {
    expect(say('gỡ Bàn zalo', {}, 'dau-moi').effects.map(({ type }) => type)).toEqual([
      'unbindOther',
      'unbindOther',
      'say',
      'tell',
    ])
  })

  it('is an administrator’s to say, and refused to others', () => {
    const administered = { office: withRoles('luat', 'official', 'admin') }
    const me = administered.office.people.find(({ id }) => id === 'luat')
    expect(kept(say('gỡ Bàn zalo', { ...administered, ...(me ? { me } : {}) }))).toHaveLength(2)
    for (const who of ['sep', 'luat']) {
      expect(kept(say('gỡ Bàn zalo', {}, who))).toEqual([])
      expect(keysOf(say('gỡ Bàn zalo', {}, who))[0]).toBe('account.notAllowed')
    }
  })

  it('asks whom where the name is nobody’s, or several people’s', () => {
    expect(keysOf(say('gỡ Bình zalo', {}, 'dau-moi'))[0]).toBe('account.unknown')
    const twins = { ...office, people: office.people.map((one) => ({ ...one, name: `${one.name} Bàn` })) }
    const one = say('gỡ Bàn zalo', { office: twins }, 'dau-moi')
    expect(kept(one)).toEqual([])
    expect(saysOf(one)[0]).toMatchObject({ key: 'account.which' })
  })

  it('is not what “gõ nhầm” is, with or without accents', () => {
    const given = Object.fromEntries(['I.1', 'I.2', 'I.3', 'I.4', 'I.5'].map((code) => [code, value('1')]))
    for (const reason of ['gõ nhầm', 'go nham mot so', 'Gõ sai', 'cấp mã nhầm cho 2 hộ']) {
      const one = converse('ban', ['sửa I.1 = 7', reason], round(given))
      expect(keysOf(one)[0], reason).toBe('edit.reasonKept')
    }
  })

  it('is no order where no person is meant', () => {
    const asked: Talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['II.1'] }
    for (const text of [
      'Gỡ vướng cho doanh nghiệp',
      'Gỡ bỏ 5 biển quảng cáo',
      'Cấp mã số vùng trồng',
      'Cấp mã định danh cho 12 hộ',
    ]) {
      const one = say(text, {}, 'dau-moi', asked)
      expect(recordsOf(one)[0], text).toEqual(['II.1', { state: 'text', text }])
    }
    expect(kept(say('gõ bắt đầu', {}, 'dau-moi'))).toEqual([])
  })
})

describe('“cấp mã Hà”', () => {
  it.each([
    'cấp mã Bàn',
    'CAP MA BAN',
    'mã cho Bàn',
    'cấp mã cho đ/c Bùi Bàn',
    'cấp lại mã cho anh Bàn',
    '/capma Bàn',
  ])('“%s” asks the shell for a code', (text) => {
    expect(say(text, {}, 'dau-moi').effects).toEqual([{ type: 'invite', personId: 'ban' }])
  })

  it('may be for oneself, for one more channel', () => {
    expect(kept(say('cấp mã cho tôi', {}, 'dau-moi'))).toEqual([{ type: 'invite', personId: 'dau-moi' }])
  })

  it('is refused to others, with whom to turn to', () => {
    for (const text of ['cấp mã Luật', 'cấp mã cho tôi', 'mã cho Luật']) {
      const one = say(text)
      expect(kept(one)).toEqual([])
      expect(saysOf(one)[0]).toEqual({ key: 'account.notAllowed', values: { person: 'Lê Mối' } })
      expect(faultsIn(one, 'ban', text)).toEqual([])
    }
  })

  it('asks whom where nobody is called so', () => {
    const one = say('cấp mã Bình', {}, 'dau-moi')
    expect(keysOf(one)[0]).toBe('account.unknown')
    expect(faultsIn(one, 'dau-moi', 'cấp mã Bình')).toEqual([])
  })
})

describe('words the shell says by itself', () => {
  it('keep to the rules', () => {
    const shell = (...says: ReturnType<typeof saysOf>): Step => ({
      talk: NEW_TALK,
      effects: [{ type: 'say', says, choices: [] }],
    })
    const code = { key: 'invite.code', values: { person: 'Bùi Bàn', code: 'ABC234', minutes: 60 } } as const
    const link = { key: 'invite.link', values: { link: 'https://vi.du/ma/ABC234' } } as const
    expect(faultsIn(shell(code), 'dau-moi', 'cấp mã Bàn')).toEqual([])
    expect(textOf(shell(code, link), 'dau-moi')).toMatch(/\nhttps:\/\/vi\.du\/ma\/ABC234$/)
    expect(faultsIn(shell(code, link), 'dau-moi', 'cấp mã Bàn')).toEqual([])
    expect(faultsIn(shell({ key: 'stranger.wrongCode', values: { left: 3 } }), 'ban', 'ABC235')).toEqual([])
    expect(faultsIn(shell({ key: 'stranger.locked' }), 'ban', 'ABC236')).toEqual([])
  })
})

describe('“không phải tôi”', () => {
  it('lets the account go while nothing is collected, too', () => {
    const one = say('không phải tôi', { rounds: [] })
    expect(one.effects.map(({ type }) => type)).toEqual(['say', 'unbind', 'tell'])
  })
})
