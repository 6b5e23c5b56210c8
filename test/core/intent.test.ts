import { describe, expect, it } from 'vitest'
import type { Answer, Given } from '../../src/core/answer.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { latestByCode, type Round } from '../../src/core/round.ts'
import { step } from '../../src/core/step.ts'
import { type Effect, NEW_TALK, type Step, Talk } from '../../src/core/talk.ts'
import { answer, keysOf, NOW, pack, recordsOf, round, value, world } from './ward.ts'

/** What several people say in turn, each answer kept as the store would keep it. */
function act(start: Round, ...lines: readonly (readonly [who: string, text: string])[]) {
  const talks = new Map<string, Talk>()
  let answers: readonly Answer[] = [...start.answers.values()]
  let last: Step = { talk: NEW_TALK, effects: [] }
  let minute = 0
  for (const [who, text] of lines) {
    minute += 1
    const at = `2025-03-05T09:${String(minute).padStart(2, '0')}:00.000+07:00`
    const now = { ...start, answers: latestByCode(answers) }
    last = step(
      talks.get(who) ?? NEW_TALK,
      { type: 'message', text, files: [] },
      { ...world(who, now), now: at },
    )
    talks.set(who, Talk.parse(JSON.parse(JSON.stringify(last.talk))))
    answers = [...answers, ...last.effects.flatMap((effect) => kept(effect, who, at))]
  }
  const current = latestByCode(answers)
  return {
    last,
    talks,
    given: (code: string): Given | undefined => current.get(code)?.given,
    answers: current,
  }
}

function kept(effect: Effect, by: string, at: string): readonly Answer[] {
  if (effect.type !== 'record') return []
  const { code, given, raw, reason } = effect
  return [
    { code, given, raw, by, at, channel: 'web', messageId: '', ...(reason === undefined ? {} : { reason }) },
  ]
}

const by = (who: string, code: string, given: Given): Answer => ({ ...answer(code, given), by: who })
const withAnswers = (one: Round, ...answers: readonly Answer[]): Round => ({
  ...one,
  answers: new Map([...one.answers, ...answers.map((each) => [each.code, each] as const)]),
})
const all = { 'I.1': value('12'), 'I.2': value('1'), 'I.3': value('2'), 'I.4': value('3'), 'I.5': value('4') }

describe('a change after all has been given', () => {
  it('takes words as the reason, and a figure as a figure', () => {
    const reasoned = act(round(all), ['ban', 'sửa I.1 = 7'], ['ban', 'đếm nhầm hồ sơ chứng thực'])
    expect(reasoned.answers.get('I.1')).toMatchObject({
      given: value('7'),
      reason: 'đếm nhầm hồ sơ chứng thực',
    })
    const again = act(round(all), ['ban', 'sửa I.1 = 7'], ['ban', 'bưu chính 5'])
    expect(again.given('I.2')).toMatchObject({ value: '5' })
    expect(again.answers.get('I.1')?.reason).toBeUndefined()
  })
})

describe('what was sent back', () => {
  const sent = withAnswers(
    { ...round({}, { 'I.1': value('11') }) },
    by('ban', 'I.1', value('12')),
    by('sep', 'return:I.1', { state: 'text', text: 'Sao tăng?' }),
  )

  it('is kept by “giữ nguyên” as it stands, never as it was last period', () => {
    const again = act(sent, ['ban', 'bắt đầu'])
    expect(keysOf(again.last).slice(0, 2)).toEqual(['ask.sentBack', 'ask.standsHow'])
    const same = act(sent, ['ban', 'bắt đầu'], ['ban', 'giữ nguyên'])
    expect(same.given('I.1')).toEqual(value('12'))
    expect(same.answers.has('return:I.1')).toBe(false)
    expect(same.last.effects).toContainEqual(expect.objectContaining({ type: 'tell', to: 'sep' }))
  })

  it('is not asked for over and over once it is promised', () => {
    const promised = act(sent, ['ban', 'bắt đầu'], ['ban', 'chưa có, hẹn thứ Hai'])
    expect(keysOf(promised.last)).not.toContain('ask.sentBack')
  })

  it('completes the report when it was the last thing open', () => {
    const others = { ...all, 'II.1': { state: 'none' }, 'II.2': value('1'), 'III.1': value('4') } as const
    const start = withAnswers(round(others), by('sep', 'return:I.1', { state: 'text', text: 'Xem lại' }))
    const done = act(start, ['ban', 'bắt đầu'], ['ban', '12'])
    expect(done.last.effects.filter(({ type }) => type === 'report')).toHaveLength(2)
  })

  it('of one’s own is no order to oneself', () => {
    const own = act(
      round(),
      ['dau-moi', 'II.2 = 1'],
      ['dau-moi', 'II.1: Công tác này đã kiểm tra lại đầy đủ'],
    )
    expect([...own.answers.keys()].filter((code) => code.startsWith('return:'))).toEqual([])
  })
})

describe('a bare “ok”', () => {
  const calm = ReportPack.parse({
    ...pack,
    items: pack.items.map((item) => (item.code === 'I.1' ? { ...item, usual: 'same' } : item)),
  })
  const start = { ...round({}, { 'I.1': value('11') }), pack: calm }

  it('confirms nothing: it may have been said to something else', () => {
    for (const word of ['ok', 'vâng', 'dạ', 'nhất trí']) {
      const said = act(start, ['ban', 'bắt đầu'], ['ban', word])
      expect(recordsOf(said.last), word).toEqual([])
      expect(keysOf(said.last)[0], word).toBe('ask.sameYes')
    }
  })

  it('does not answer a block that was put off', () => {
    const rest = { ...start, answers: round({ ...all }).answers }
    const open = { ...rest, answers: new Map([...rest.answers].filter(([code]) => code !== 'I.1')) }
    const put = act(open, ['ban', 'bắt đầu'], ['ban', 'bỏ qua'], ['ban', 'đúng'])
    expect(put.given('I.1')).toBeUndefined()
  })

  it('“không hết” is not “none of them”', () => {
    const none = ReportPack.parse({
      ...pack,
      items: pack.items.map((item) => (/I\.[12]$/.test(item.code) ? { ...item, usual: 'none' } : item)),
    })
    const said = act({ ...round(), pack: none }, ['ban', 'bắt đầu'], ['ban', 'không hết'])
    expect(recordsOf(said.last)).toEqual([])
  })
})

describe('a flood', () => {
  const many = Array.from({ length: 21 }, () => ['ban', 'tiến độ'] as const)
  const inOneMinute = (...lines: readonly (readonly [string, string])[]) => {
    let talk = NEW_TALK
    const records: unknown[] = []
    for (const [who, text] of lines) {
      const taken = step(talk, { type: 'message', text, files: [] }, { ...world(who), now: NOW })
      talk = taken.talk
      records.push(...recordsOf(taken))
    }
    return { talk, records }
  }

  it('leaves no question behind that nobody has read', () => {
    const { talk, records } = inOneMinute(...many, ['ban', 'I.1 = 1,144'])
    expect(records).toEqual([])
    expect(talk.choice).toBeUndefined()
    expect(talk.shown).toEqual([])
  })

  it('obeys nothing', () => {
    const flood = Array.from({ length: 21 }, () => ['dau-moi', 'tiến độ'] as const)
    const { talk } = inOneMinute(...flood, ['dau-moi', 'chốt số liệu'])
    expect(talk.awaiting).toBeUndefined()
  })
})

describe('an item that has gone to another', () => {
  it('is not answered from a screen that still shows it', () => {
    const moved = act(round(), ['ban', 'I.1 = 1,144'], ['dau-moi', 'chuyển I.1 cho Luật'], ['ban', '1'])
    // The holder of the duty stays accountable and may say; the figure is theirs.
    expect(moved.given('I.1')).toMatchObject({ value: '1144' })
    const strange = act(
      withAnswers(round(), by('dau-moi', 'own:III.1', { state: 'text', text: 'ban' })),
      ['ban', 'III.1 = 1,144'],
      ['dau-moi', 'chuyển III.1 cho Luật'],
      ['ban', '1'],
    )
    expect(strange.given('III.1')).toBeUndefined()
    expect(keysOf(strange.last)).toContain('notYours')
  })

  it('may still be corrected by who is accountable, as a question between two', () => {
    const start = withAnswers(
      round(),
      by('ban', 'own:I.1', { state: 'text', text: 'luat' }),
      by('luat', 'I.1', value('5')),
    )
    const said = act(start, ['ban', 'sửa I.1 = 6'])
    expect(said.given('I.1')).toEqual(value('5'))
    expect(said.given('rival:I.1')).toMatchObject({ value: '6' })
  })
})

describe('two values', () => {
  const start = withAnswers(
    round(),
    by('ban', 'own:I.1', { state: 'text', text: 'luat' }),
    by('luat', 'I.1', value('5')),
  )

  it('are one again when who said otherwise agrees', () => {
    const agreed = act(start, ['ban', 'sửa I.1 = 6'], ['ban', 'sửa I.1 = 5'])
    expect(agreed.answers.has('rival:I.1')).toBe(false)
  })

  it('are not undone by one of the two once they are settled', () => {
    const settled = act(
      round({ 'I.1': value('1') }),
      ['ban', 'sửa I.1 = 7'],
      ['dau-moi', 'ghi thay I.1 = 9'],
      ['dau-moi', 'I.1 lấy 9'],
      ['ban', 'hoàn tác'],
    )
    expect(settled.given('I.1')).toMatchObject({ value: '9' })
    expect(keysOf(settled.last)[0]).toBe('echo.changedSince')
  })
})

describe('“ghi thay”', () => {
  it('records nothing of somebody else than the one named', () => {
    const said = act(round(), ['dau-moi', 'ghi thay Luật: I.1 = 5'])
    expect(recordsOf(said.last)).toEqual([])
    expect(keysOf(said.last)[0]).toBe('behalf.notTheirs')
  })
})

describe('a paragraph', () => {
  it.each([
    'Phê duyệt quy hoạch chi tiết khu dân cư và công khai tại trụ sở.',
    'Mở lại do hệ thống lỗi 02 lần trong kỳ, đã khắc phục xong.',
    'Nhắc nhở các đơn vị thực hiện đúng quy trình.',
    'Trả lại 1.234 hồ sơ không đủ điều kiện giải quyết.',
    'Nhờ sự chỉ đạo kịp thời của Đảng ủy, công tác này đạt kết quả tốt.',
    'Chuyển đổi số cho người dân được đẩy mạnh.',
  ])('“%s” is the paragraph, whatever it begins with', (text) => {
    const said = act(round(), ['dau-moi', 'bắt đầu'], ['dau-moi', text])
    expect(said.given('II.1')).toEqual({ state: 'text', text })
  })

  it('that goes on keeps its full stop', () => {
    const said = act(
      round(),
      ['dau-moi', 'bắt đầu'],
      ['dau-moi', 'Công tác này được duy trì.'],
      ['dau-moi', 'thêm: Không có vướng mắc.'],
    )
    expect(said.given('II.1')).toEqual({
      state: 'text',
      text: 'Công tác này được duy trì.\nKhông có vướng mắc.',
    })
  })
})

describe('the ways that are offered at last', () => {
  const lost = ['chắc là ổn', 'ổn thật mà', 'thì vậy đó'].map((text) => ['luat', text] as const)

  it('leave a bare figure a figure', () => {
    const said = act(round(), ['luat', 'bắt đầu'], ...lost, ['luat', '2'])
    expect(said.given('III.1')).toMatchObject({ state: 'value', value: '2' })
    const none = act(round(), ['luat', 'bắt đầu'], ...lost, ['luat', 'b'])
    expect(none.given('III.1')).toEqual({ state: 'none' })
  })
})

describe('an item of another', () => {
  it('is not taken by naming oneself when asked for whom', () => {
    const taken = act(round(), ['ban', 'chuyển III.1 cho Xyz'], ['ban', 'Bàn'])
    expect(taken.answers.has('own:III.1')).toBe(false)
  })

  it('is not shown to who only hears that their own has moved', () => {
    const known = { ...round({}, { 'I.1': value('11'), 'III.1': value('77') }) }
    const moved = act(known, ['dau-moi', 'chuyển I.1, III.1 cho Mối'])
    const told = (to: string) =>
      JSON.stringify(moved.last.effects.filter((effect) => effect.type === 'tell' && effect.to === to))
    expect(told('ban')).toContain('I.1')
    expect(told('ban')).not.toContain('III.1')
    expect(told('luat')).not.toContain('11')
  })
})

describe('“không phải tôi”', () => {
  it('lets the account go for its own words only', () => {
    const asked = [['luat', 'bắt đầu'] as const, ['luat', 'không phải tôi'] as const]
    const typesOf = ({ effects }: Step) => effects.map(({ type }) => type)
    const told = act(round(), ...asked, ['luat', 'Số tài khoản đã kích hoạt: 120'])
    expect(typesOf(told.last)).not.toContain('unbind')
    expect(typesOf(act(round(), ...asked, ['luat', '1']).last)).toContain('unbind')
  })
})

describe('two values that look alike', () => {
  const start = withAnswers(
    round(),
    by('dau-moi', 'own:I.1', { state: 'text', text: 'luat' }),
    by('luat', 'I.1', value('0')),
    by('ban', 'rival:I.1', { state: 'none' }),
  )

  it('are told apart by their order', () => {
    expect(act(start, ['dau-moi', 'I.1 lấy 0']).answers.has('rival:I.1')).toBe(true)
    expect(act(start, ['dau-moi', 'I.1 lấy bản đầu']).given('I.1')).toEqual(value('0'))
    expect(act(start, ['dau-moi', 'I.1 lấy bản sau']).given('I.1')).toEqual({ state: 'none' })
  })
})

describe('an approval', () => {
  it('is given to nothing whose answers were not looked up', () => {
    const unread = { ...round(), isClosed: true, isUnread: true, answers: new Map() }
    expect(keysOf(act(unread, ['sep', 'duyệt']).last)[0]).toBe('approve.lookFirst')
  })

  it('counts only for the closing it made', () => {
    const version = { n: 1, at: NOW, by: 'sep', sha256: 'x', isApproved: true }
    const closed = { ...round(all), isClosed: true, closedAt: '2025-03-06T08:00:00.000+07:00' }
    const versions = new Map([['2025-quy1', [version]]])
    const again = step(
      NEW_TALK,
      { type: 'message', text: 'duyệt', files: [] },
      { ...world('sep', closed), versions },
    )
    expect(keysOf(again)[0]).not.toBe('approve.already')
  })
})
