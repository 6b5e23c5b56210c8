import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readCommand } from '../src/core/command.ts'
import { readFigure } from '../src/core/figures/read.ts'
import { acceptsOffer } from '../src/core/offer.ts'
import { SAYINGS } from '../src/core/say.ts'
import { foldText } from '../src/core/text.ts'
import type { Line } from '../src/stage.ts'
import { office } from './core/ward.ts'
import { lintTalk } from './lint.ts'

const END = '(Đã có 1/5) Gõ “bỏ qua” để làm sau.'

function line(person: string, text: string, more: Partial<Line> = {}): Line {
  return { at: '', person, channel: 'web', direction: 'out', text, buttons: [], files: [], ...more }
}

function faultsOf(text: string, more: Partial<Line> = {}): readonly string[] {
  const asked = line('ban', 'bắt đầu', { direction: 'in' })
  return lintTalk([asked, line('ban', text, more)], office).map((fault) => fault.split(':')[0] ?? '')
}

describe('the lint over what is said', () => {
  it('finds nothing in a sound message', () => {
    expect(faultsOf(`Tôi đã ghi:\n1. Trực tiếp: **31 hồ sơ**\n\n${END}`, { buttons: ['Bỏ qua'] })).toEqual([])
  })

  it.each([
    ['dài quá 900 ký tự', `${`${'Đồng chí cho biết.'.repeat(20)}\n`.repeat(3)}${END}`],
    ['thiếu “(Đã có n/m)” ở cuối', 'Đồng chí gõ “bắt đầu” để làm.'],
    ['không chỉ lối đi tiếp ở cuối', 'Đồng chí cho biết số hồ sơ. (Đã có 1/5)'],
    ['có chỗ chưa điền', `Báo cáo {period}.\n${END}`],
    ['chưa phải NFC', `${'Tôi hỏi.'.normalize('NFD')}\n${END}`],
    ['xưng hô không phù hợp', `Bạn cho biết số hồ sơ.\n${END}`],
    ['có chữ tiếng Anh', `Đồng chí gửi file giúp tôi.\n${END}`],
    ['có dấu chấm than', `Cảm ơn đồng chí!\n${END}`],
    ['có biểu tượng cảm xúc', `Cảm ơn đồng chí 👍\n${END}`],
    ['có hai dấu cách liền nhau', `Cảm ơn  đồng chí.\n${END}`],
    ['có dấu cách trước dấu câu', `Cảm ơn đồng chí .\n${END}`],
    ['có dấu câu lặp', `Cảm ơn đồng chí..\n${END}`],
  ])('finds: %s', (fault, text) => {
    expect(faultsOf(text).filter((one) => !one.startsWith('có dòng dài'))).toEqual([fault])
  })

  it('finds a button that cannot be typed from the text, by its words or its number', () => {
    expect(faultsOf(`Cảm ơn đồng chí.\n${END}`, { buttons: ['Xong hết'] })).toEqual([
      'nút có chữ không nằm trong tin',
    ])
    expect(faultsOf(`1. Có thực hiện\nĐồng chí chọn.\n${END}`, { buttons: ['1. CO THUC HIEN'] })).toEqual([])
  })

  it('leaves the user’s own words alone', () => {
    expect(faultsOf(`Tôi chưa rõ “ok bạn ơi!  👍”.\n${END}`)).toEqual([])
  })

  it('finds the same text twice to who was not understood, not to who asked twice', () => {
    const twice = (typed: string) =>
      lintTalk(
        [
          line('ban', `Tôi chưa rõ.\n${END}`),
          line('ban', typed, { direction: 'in' }),
          line('ban', `Tôi chưa rõ.\n${END}`),
        ],
        office,
      )
    expect(twice('hả')).toHaveLength(1)
    expect(twice('tiến độ')).toEqual([])
  })
})

/** What is typed together with a name or a reason. */
const STARTS: ReadonlySet<string> = new Set(['sua', 'nho', 'nhac', 'ghi thay', 'chuyen cho', 'mo lai vi'])

describe('what the sentences tell people to type', () => {
  const texts: Readonly<Record<string, string>> = parse(readFileSync('prompts/texts.yaml', 'utf8'))
  const told = Object.keys(SAYINGS).flatMap((key) =>
    [...(texts[key] ?? '').matchAll(/gõ (?=“)((?:“[^”]*”(?:,? (?:hoặc )?)?)+)/giu)].flatMap(
      ([, words = '']) => [...words.matchAll(/“([^”{…]+)”/gu)].map(([, one = '']) => [one, key] as const),
    ),
  )

  it.each(told)('“%s” (%s) is understood, with and without accents', (words) => {
    const isUnderstood = (typed: string) =>
      readCommand(typed) !== undefined ||
      acceptsOffer(typed) ||
      STARTS.has(foldText(typed)) ||
      readFigure(typed, { kind: 'count', today: '2025-03-05', previous: '5' }).outcome !== 'refuse'
    for (const typed of [
      words,
      words
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replaceAll('đ', 'd'),
    ])
      expect(isUnderstood(typed)).toBe(true)
  })
})
