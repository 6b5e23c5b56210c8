import { describe, expect, it } from 'vitest'
import { acceptsOffer, declinesOffer } from '../../src/core/offer.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { step } from '../../src/core/step.ts'
import type { Talk } from '../../src/core/talk.ts'
import { converse, keysOf, pack, recordsOf, round, saysOf, value, world } from './ward.ts'

const drafted = ReportPack.parse({
  ...pack,
  items: pack.items.map((item) =>
    item.code === 'II.1' ? { ...item, draft: 'Trong {ky} đã nhận {III.1} và {I.1}.' } : item,
  ),
})
const last =
  'Quý IV năm 2024, phường tổ chức 12 buổi họp; quý IV/2024 không có khiếu nại. Số liệu đến 14/12/2024.'
const winter = { ...periodOf('quy4', 2024) }
const before = {
  ...round({}, { 'II.1': { state: 'text', text: last } }),
  pack: { ...pack, periods: { ...pack.periods, quy4: 'quý IV năm {nam}' } },
  before: winter,
}

describe('last period’s text', () => {
  it('is offered whole with the period replaced, and its numbers named', () => {
    const asked = converse('dau-moi', ['bắt đầu'], before)
    expect(keysOf(asked)).toEqual(['ask.offerLast', 'ask.offerNumbers', 'ask.offerHow', 'footer'])
    expect(saysOf(asked)[0]).toMatchObject({
      values: {
        text: 'Quý I năm 2025, phường tổ chức 12 buổi họp; quý I/2025 không có khiếu nại. Số liệu đến 14/03/2025.',
      },
    })
    expect(saysOf(asked)[1]).toMatchObject({ values: { numbers: expect.stringContaining('12') } })
  })

  it.each(['dùng', 'Dùng lại', 'đúng', 'như kỳ trước', 'dạ đúng rồi ạ'])('is taken by “%s”', (word) => {
    const taken = recordsOf(converse('dau-moi', ['bắt đầu', word], before))
    expect(taken[0]).toMatchObject([
      'II.1',
      { state: 'text', text: expect.stringContaining('Quý I năm 2025') },
    ])
  })

  it('gives way to other words, and to “không có”', () => {
    const own = 'Công tác họp dân được duy trì thường xuyên.'
    expect(recordsOf(converse('dau-moi', ['bắt đầu', own], before))).toEqual([
      ['II.1', { state: 'text', text: own }],
    ])
    expect(recordsOf(converse('dau-moi', ['bắt đầu', 'không có'], before))).toEqual([
      ['II.1', { state: 'none' }],
    ])
  })
})

describe('a drafted paragraph', () => {
  const known = { 'III.1': value('4'), 'I.1': value('31') }

  it('is offered once its figures are known', () => {
    const start = { ...round({ 'I.1': value('31') }), pack: drafted }
    expect(keysOf(converse('dau-moi', ['bắt đầu'], start))[0]).toBe('ask.text')
    const asked = converse('dau-moi', ['bắt đầu'], { ...round(known), pack: drafted })
    expect(saysOf(asked)[0]).toMatchObject({
      key: 'ask.offerDraft',
      values: { text: 'Trong quý I năm 2025 đã nhận 04 hồ sơ và 31 hồ sơ.' },
    })
  })

  it('is not taken as it was shown when its figures have changed since', () => {
    const asked = converse('dau-moi', ['bắt đầu'], { ...round(known), pack: drafted })
    const later = { ...round({ ...known, 'I.1': value('30') }), pack: drafted }
    const answered = step(
      asked.talk as Talk,
      { type: 'message', text: 'đúng', files: [] },
      world('dau-moi', later),
    )
    expect(recordsOf(answered)).toEqual([])
    expect(keysOf(answered)).toContain('ask.figuresChanged')
    expect(answered.talk.offer?.text).toContain('30 hồ sơ')
  })

  it('comes back to its owner when one of its figures is corrected', () => {
    const taken = converse('dau-moi', ['bắt đầu', 'đúng'], { ...round(known), pack: drafted })
    const [current] = taken.world.rounds
    const corrected = step(
      converse('ban', ['tiến độ'], current).talk,
      { type: 'message', text: 'I.1 = 29', files: [] },
      world('ban', current),
    )
    expect(recordsOf(corrected).map(([code]) => code)).toEqual(['I.1', 'return:II.1'])
    expect(corrected.effects).toContainEqual(
      expect.objectContaining({
        type: 'tell',
        to: 'dau-moi',
        says: [expect.objectContaining({ key: 'draft.changed' })],
      }),
    )
  })
})

describe('words about a paragraph that is offered', () => {
  it.each(['dùng', 'lấy nguyên văn', 'dùng lại đoạn trên', 'giữ nguyên nội dung cũ', 'dạ dùng đoạn này ạ'])(
    'take it: “%s”',
    (words) => {
      expect(acceptsOffer(words)).toBe(true)
      expect(declinesOffer(words)).toBe(false)
    },
  )

  it.each(['không', 'không dùng', 'ko dùng đoạn này', 'để tôi viết lại', 'chưa phù hợp'])(
    'decline it and are no paragraph: “%s”',
    (words) => {
      expect(declinesOffer(words)).toBe(true)
      expect(acceptsOffer(words)).toBe(false)
    },
  )

  it.each([
    'không có',
    'Dùng chung phần mềm một cửa',
    'Giữ nguyên mô hình họp tuần',
    'Không để hồ sơ trễ hạn',
  ])('are the paragraph itself: “%s”', (words) => {
    expect(acceptsOffer(words) || declinesOffer(words)).toBe(false)
  })
})
