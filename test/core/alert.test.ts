import { describe, expect, it } from 'vitest'
import { type Alert, describeAlert } from '../../src/core/alert.ts'
import { step } from '../../src/core/step.ts'
import { NEW_TALK, type Talk } from '../../src/core/talk.ts'
import { faultsIn, shownAfter, textOf } from './spoken.ts'
import { NOW, recordsOf, value, world } from './ward.ts'

const unsure = { id: '7', personId: 'ban', at: NOW, text: 'Kính gửi', hasFile: false }
const ALERTS: readonly (readonly [Alert, string])[] = [
  [{ type: 'unsure', unsure }, 'Một tin gửi đ/c Bùi Bàn lúc 08:00 có thể chưa đến'],
  [{ type: 'trouble', trouble: 'tokenDead', channel: 'zalo' }, 'Zalo đã ngừng nhận, gửi tin'],
  [{ type: 'trouble', trouble: 'tokenDead', channel: 'zalo' }, '“thuky zalo token”'],
  [{ type: 'trouble', trouble: 'tokenRefused', channel: 'telegram' }, 'Telegram đã ngừng nhận, gửi tin'],
  [
    { type: 'trouble', trouble: 'notAllowed', channel: 'zalo' },
    'Zalo không cho tài khoản của đơn vị gửi tin',
  ],
  [{ type: 'trouble', trouble: 'otherPoller', channel: 'telegram' }, 'một chương trình khác đang nhận'],
  [{ type: 'looping', personId: 'luat' }, 'Tôi đã giữ lại một tin gửi đ/c Phạm Luật'],
  [
    { type: 'unreachable', personId: 'luat', text: 'Đ/c Mối nhờ tôi nhắc:\nhạn **18/3**' },
    'gọi điện báo giúp nội dung: “Đ/c Mối nhờ tôi nhắc: hạn 18/3”',
  ],
]

describe('an alert', () => {
  it.each(ALERTS)('%j is one message that says what is the matter and what to do', (alert, words) => {
    const told = step(NEW_TALK, alert, world('dau-moi'))
    expect(shownAfter(told, 'dau-moi')).toHaveLength(1)
    expect(textOf(told, 'dau-moi')).toContain(words)
    expect(textOf(told, 'dau-moi')).not.toContain('\n')
    expect(faultsIn(told, 'dau-moi')).toEqual([])
  })

  it.each(ALERTS)('%j leaves the talk as it is, and what was asked can be answered', (alert) => {
    const talk: Talk = {
      ...NEW_TALK,
      periodKey: '2025-quy1',
      shown: ['I.1'],
      awaiting: { type: 'whom', codes: ['I.1'] },
      confused: 1,
    }
    const told = step(talk, alert, world('ban'))
    expect(told.talk).toBe(talk)
    const answered = step(told.talk, { type: 'message', text: '31', files: [] }, world('ban'))
    expect(recordsOf(answered)).toEqual([['I.1', expect.objectContaining(value('31'))]])
  })

  it('of somebody who has left the office names what is known of them', () => {
    expect(describeAlert({ type: 'looping', personId: 'da-nghi' }, world('dau-moi'))).toMatchObject({
      values: { person: 'da-nghi' },
    })
  })

  it('quotes a long message by its beginning', () => {
    const text = 'Các nội dung còn thiếu của báo cáo quý I, đề nghị trả lời. '.repeat(40)
    const told = step(NEW_TALK, { type: 'unreachable', personId: 'ban', text }, world('dau-moi'))
    expect(textOf(told, 'dau-moi').length).toBeLessThan(300)
    expect(faultsIn(told, 'dau-moi')).toEqual([])
  })
})
