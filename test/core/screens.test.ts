import { describe, expect, it } from 'vitest'
import type { Answer, Given } from '../../src/core/answer.ts'
import type { Item, ReportPack } from '../../src/core/pack.ts'
import { clip, pageFooter, shortenSay, turnTo } from '../../src/core/page.ts'
import { periodOf } from '../../src/core/period.ts'
import type { Round } from '../../src/core/round.ts'
import type { Say } from '../../src/core/say.ts'
import { scheduleOf } from '../../src/core/schedule.ts'
import { step } from '../../src/core/step.ts'
import { summarise } from '../../src/core/summary.ts'
import { NEW_TALK, type World } from '../../src/core/talk.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { fc } from '../draws.ts'

// What leaders look at has to fit a small screen, whatever was answered: tried with the texts as they stand.
const prompts = await readPrompts('prompts')
const office = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
const longNamed = {
  ...office,
  people: office.people.map((person) => ({ ...person, name: `${person.name} Công Tằng Tôn Nữ` })),
}
const now = '2025-03-10T08:00:00.000+07:00'
const reader = { address: 'đồng chí', name: 'Nguyễn Văn Thành' }

const digits = fc.oneof(fc.nat(12), fc.nat(99_999), fc.bigInt({ min: 0n, max: 10n ** 12n })).map(String)

function givenFor({ kind, options }: Item): fc.Arbitrary<Given> {
  const value = (text: fc.Arbitrary<string>) =>
    text.map((one): Given => ({ state: 'value', value: one, qualifier: 'exact' }))
  const figure =
    kind === 'text'
      ? fc.lorem({ maxCount: 60 }).map((text): Given => ({ state: 'text', text }))
      : kind === 'choice'
        ? value(fc.constantFrom(...(options ?? []).map((option) => option.value)))
        : kind === 'ratio' || kind === 'score'
          ? value(fc.tuple(digits, digits).map(([one, other]) => `${one}/${other}`))
          : value(kind === 'date' ? fc.constant('2025-03-01') : digits)
  const none: Given = { state: 'none' }
  const promised: Given = { state: 'pending', until: '2025-03-14' }
  return fc.oneof({ weight: 8, arbitrary: figure }, { weight: 1, arbitrary: fc.constantFrom(none, promised) })
}

function answersTo(pack: ReportPack): fc.Arbitrary<ReadonlyMap<string, Answer>> {
  return fc.tuple(...pack.items.map((item) => fc.option(givenFor(item), { nil: undefined, freq: 4 }))).map(
    (givens) =>
      new Map(
        pack.items.flatMap(({ code, source }, index): [string, Answer][] => {
          const given = givens[index]
          if (!given || source === 'derived') return []
          const raw = `${code} là ${'con số rất dài '.repeat(20)}`
          return [[code, { code, given, raw, by: 'mot-cua', at: now, channel: 'web', messageId: 'm' }]]
        }),
      ),
  )
}

function roundOf(pack: ReportPack): fc.Arbitrary<Round> {
  const period = periodOf('quy1', 2025)
  return fc
    .tuple(answersTo(pack), answersTo(pack), answersTo(pack))
    .map(([answers, previous, yearBefore]) => ({
      period,
      pack: { ...pack, periods: { ...pack.periods, quy4: 'quý IV năm {nam}' } },
      schedule: scheduleOf(period, office.calendar),
      isClosed: false,
      today: '2025-03-10',
      place: 'phường Tân Lộc',
      answers,
      previous,
      before: periodOf('quy4', 2024),
      yearBefore,
    }))
}

function phrase(says: readonly Say[]): string {
  return says.map((say) => prompts.words.phrase(say, reader)).join('\n\n')
}

function told(me: string, text: string, round: Round): string {
  const person = longNamed.people.find(({ id }) => id === me)
  if (!person) throw new Error(`nobody is called ${me}`)
  const world: World = {
    now,
    office: longNamed,
    me: person,
    packs: [round.pack],
    rounds: [round],
    reachable: new Set(),
    versions: new Map(),
  }
  const { effects } = step(NEW_TALK, { type: 'message', text, files: [] }, world)
  return phrase(effects.flatMap((effect) => (effect.type === 'say' ? effect.says : [])))
}

const chairman = longNamed.people.find(({ id }) => id === 'chu-tich')
const packs = prompts.packs.filter(({ id }) => ['cchc', 'cchc-gon', 'cchc-quy1-hoa-thuan'].includes(id))

describe.each(packs)('a report by $id', (pack) => {
  it('is summed up in twelve lines and 900 letters, whatever was answered', () => {
    fc.assert(
      fc.property(roundOf(pack), (round) => {
        const text = phrase(summarise(round, longNamed, chairman))
        expect(text.length).toBeLessThanOrEqual(900)
        expect(text.split('\n').length).toBeLessThanOrEqual(12)
        expect(text).toContain('Gõ “mâu thuẫn”')
      }),
      { numRuns: 40 },
    )
  })

  it('is looked at in pages that fit, all of them different until the last', () => {
    fc.assert(
      fc.property(roundOf(pack), (round) => {
        for (const words of ['so sánh', 'so sánh kỳ trước', 'so sánh cùng kỳ', 'mâu thuẫn']) {
          const first = told('chu-tich', words, round)
          const count = Number(/\(Trang 1\/(\d+)\)/.exec(first)?.[1] ?? 1)
          const pages = Array.from({ length: count }, (_, index) =>
            told('chu-tich', `${words} ${index + 1}`, round),
          )
          for (const page of pages) {
            expect(page.length).toBeLessThanOrEqual(900)
            expect(page.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(14)
          }
          expect(new Set(pages).size).toBe(count)
        }
        for (const me of ['mot-cua', 'tu-phap', 'tai-chinh'])
          for (const page of [1, 2, 3, 99])
            expect(told(me, `tiến độ ${page}`, round).length).toBeLessThanOrEqual(900)
      }),
      { numRuns: 10 },
    )
  })

  it('tells the source of any item in one message', () => {
    fc.assert(
      fc.property(roundOf(pack), (round) => {
        for (const { code } of pack.items) {
          const text = told('chu-tich', `nguồn ${code}`, round)
          expect(text.length).toBeLessThanOrEqual(900)
          expect(text).toContain(`**${code}**`)
        }
      }),
      { numRuns: 2 },
    )
  })
})

describe('a page', () => {
  const line = (text: string): Say => ({
    key: 'changes.bare',
    values: { before: text, now: '', difference: '' },
  })
  const part = (...texts: readonly string[]) => ({
    lines: texts.map(line),
    lay: (lines: readonly Say[]): Say => ({ key: 'contradictions.open', values: { lines } }),
  })
  const many = part(...Array.from({ length: 20 }, (_, index) => `dòng ${index}`))

  it('holds nine lines, and every line stands on one page', () => {
    const pages = [1, 2, 3].map((page) => turnTo([many], page))
    const counts = pages.map(({ says }) =>
      says.map((say) => ('values' in say && 'lines' in say.values ? [say.values.lines].flat().length : 0)),
    )
    expect(counts).toEqual([[9], [9], [2]])
    expect(pages[0]?.pages).toBe(3)
  })

  it('beyond the last is the last, and of nothing there is none', () => {
    expect(turnTo([many], 99).page).toBe(3)
    expect(turnTo([many], 0).page).toBe(1)
    expect(turnTo([], 1)).toEqual({ says: [], page: 1, pages: 0 })
  })

  it('has a sentence over each part it shows', () => {
    expect(turnTo([part('a'), part('b')], 1).says).toHaveLength(2)
  })

  it('says how to turn on, and at the end how to begin again', () => {
    const words: Say = { key: 'look.compare' }
    expect(pageFooter(turnTo([part('a')], 1), words)).toEqual([])
    expect(pageFooter(turnTo([many], 2), words)).toMatchObject([{ key: 'page.more', values: { next: 3 } }])
    expect(pageFooter(turnTo([many], 3), words)).toMatchObject([{ key: 'page.last', values: { next: 1 } }])
  })
})

describe('long words', () => {
  it('are cut between words, and of a sum the result stays', () => {
    expect(clip('một hai ba', 20)).toBe('một hai ba')
    expect(clip('một hai ba bốn', 8)).toBe('một hai…')
    expect(clip('12 + 13 + 14 + 15 + 16 = 70', 18)).toBe('12 + 13 + 14… = 70')
  })

  it('are cut wherever they stand in a sentence', () => {
    const inner: Say = { key: 'given.text', values: { text: 'một hai ba bốn' } }
    expect(shortenSay({ key: 'echo.line', values: { n: 1, item: 'năm sáu bảy', value: inner } }, 8)).toEqual({
      key: 'echo.line',
      values: { n: 1, item: 'năm sáu…', value: { key: 'given.text', values: { text: 'một hai…' } } },
    })
  })
})
