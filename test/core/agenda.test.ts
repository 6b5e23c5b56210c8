import { describe, expect, it } from 'vitest'
import { periodOf } from '../../src/core/period.ts'
import type { Round } from '../../src/core/round.ts'
import { step } from '../../src/core/step.ts'
import { NEW_TALK, type Talk, type World } from '../../src/core/talk.ts'
import { readPrompts } from '../../src/prompts.ts'
import { office, round, saysOf, world } from './ward.ts'

const { words } = await readPrompts('prompts')
const agenda = (
  me: string,
  one: Round | undefined = round(),
  more: Partial<World> = {},
  talk: Talk = NEW_TALK,
) => {
  const heard = step(talk, { type: 'message', text: 'lịch', files: [] }, { ...world(me, one), ...more })
  const text = saysOf(heard)
    .map((say) => words.phrase(say, { address: 'đồng chí', name: '' }))
    .join('\n\n')
  return { text, talk: heard.talk }
}

describe('the agenda', () => {
  it('tells of what is open its cut-off, its deadline and the working days left, and what opens next', () => {
    const { text } = agenda('ban')
    expect(text).toContain('**Báo cáo quý I năm 2025**, đang thu thập số liệu:')
    expect(text).toContain('- Số liệu tính đến hết ngày 14/03/2025')
    expect(text).toContain('- Hạn gửi: **17:00 thứ Ba, 18/3**. Còn 9 ngày làm việc.')
    expect(text).toContain('Kỳ tới: **báo cáo năm 2025**\n- Mở lúc 08:00 ngày 04/12/2025')
    expect(text).not.toMatch(/cấp trên|đã dời|tạm dừng|dời hạn/)
  })

  it('says what was moved, what is paused, and the superior’s own deadline', () => {
    const base = round({
      'deadline:moved': { state: 'text', text: 'x' },
      'pause:reminders': { state: 'text', text: 'x' },
    })
    const schedule = { ...base.schedule, superiorDeadline: '2025-03-20T17:00:00.000+07:00' }
    const { text } = agenda('dau-moi', { ...base, schedule })
    expect(text).toContain('- Hạn gửi (đã dời): ')
    expect(text).toContain('- Hạn của cấp trên: 17:00 thứ Năm, 20/3')
    expect(text).toContain('- Đang tạm dừng nhắc')
    expect(text).toContain('Gõ “dời hạn đến” kèm ngày')
  })

  it('tells what comes where nothing is open, and nothing twice', () => {
    const { text } = agenda('ban', { ...round(), isClosed: true })
    expect(text).toContain('chưa có kỳ báo cáo nào đang thu thập')
    expect(text).toContain('Kỳ tới: **báo cáo năm 2025**')
    const both = { rounds: [round(), { ...round(), period: periodOf('nam', 2025), isClosed: true }] }
    expect(agenda('ban', round(), both).text).toContain('Kỳ tới: **báo cáo quý I năm 2026**')
  })

  it('tells of no next period where the office owes none', () => {
    const calendar = { ...office.calendar, reports: [] }
    expect(agenda('ban', round(), { office: { ...office, calendar } }).text).not.toContain('Kỳ tới')
  })

  it('leaves the question under way as it is', () => {
    const asked: Talk = { ...NEW_TALK, periodKey: '2025-quy1', shown: ['I.1', 'I.2'] }
    expect(agenda('ban', round(), {}, asked).talk.shown).toEqual(['I.1', 'I.2'])
  })
})
