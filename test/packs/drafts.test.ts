import { describe, expect, it } from 'vitest'
import type { Answer, Given } from '../../src/core/answer.ts'
import { deriveAll, inputsOf } from '../../src/core/formula.ts'
import type { Item, ReportPack } from '../../src/core/pack.ts'
import { canonical } from '../../src/core/runs.ts'
import { layTemplate, type Piece, placeholdersIn } from '../../src/core/template.ts'
import { readPrompts } from '../../src/prompts.ts'

/** Paragraphs offered to their owner once the figures are known: whatever the figures are, they must read well. */
const { packs } = await readPrompts('prompts')
const drafts = packs.flatMap((pack) =>
  pack.items.flatMap(({ code, draft }) => (draft === undefined ? [] : [{ pack, code, draft }])),
)

/** The figures a draft tells of that somebody gives; the rest follows from them. */
function given(draft: string, { items }: ReportPack): readonly Item[] {
  const byCode = new Map(items.map((item) => [item.code, item]))
  const found = new Map<string, Item>()
  const add = (code: string): void => {
    const item = byCode.get(code)
    if (!item || found.has(code)) return
    if (!item.formula) found.set(code, item)
    else for (const input of inputsOf(item.formula)) add(input)
  }
  for (const name of placeholdersIn(draft) ?? []) add(name)
  return [...found.values()]
}

const NOTHING: readonly Given[] = [{ state: 'none' }, { state: 'notApplicable' }]

/** Nothing at all, and a figure of its kind. */
function samplesOf({ kind }: Item): readonly Given[] {
  const values = { ratio: ['0/7', '5/7'], score: ['0/7', '5/7'], choice: ['0', '1'] } as const
  const [nought, some] = kind in values ? values[kind as keyof typeof values] : (['0', '5'] as const)
  return [nought, some].map((value) => ({ state: 'value', value, qualifier: 'exact' }) as const)
}

/** Every way to give the figures; one figure more is twice as many, and no draft tells of many. */
function waysToGive(items: readonly Item[], samples: (item: Item) => readonly Given[]) {
  return items.reduce<readonly ReadonlyMap<string, Answer>[]>(
    (ways, item) =>
      ways.flatMap((way) =>
        samples(item).map((one) => new Map([...way, [item.code, answer(item.code, one)]])),
      ),
    [new Map()],
  )
}

function answer(code: string, one: Given): Answer {
  return { code, given: one, raw: '', by: 'ai', at: '', channel: 'web', messageId: 'm' }
}

/** The draft with these answers, or nothing while something in it cannot be computed. */
function lay(draft: string, pack: ReportPack, answers: ReadonlyMap<string, Answer>) {
  const derived = deriveAll(pack, answers)
  const codes = new Set(pack.items.map(({ code }) => code))
  const knownOf = (name: string) =>
    codes.has(name) ? canonical(answers.get(name)?.given ?? derived.get(name)) : name
  const isKnown = (placeholdersIn(draft) ?? []).every((name) => knownOf(name) !== undefined)
  const pieces = layTemplate(draft, knownOf)
  return isKnown ? { pieces, figures: pieces.filter(isFigure).map(({ name }) => knownOf(name)) } : undefined
  function isFigure(piece: Piece): piece is Piece & { type: 'place' } {
    return piece.type === 'place' && codes.has(piece.name)
  }
}

const written = (pieces: readonly Piece[]) =>
  pieces.map((piece) => (piece.type === 'text' ? piece.text : 'x')).join('')

describe('the drafted paragraphs', () => {
  it('are offered by the packs for a score of texts', () => {
    expect(new Set(drafts.map(({ code }) => code)).size).toBeGreaterThanOrEqual(20)
  })

  it.each(drafts)(
    '$pack.id $code tells of figures its pack asks for, in whole sentences',
    ({ pack, draft }) => {
      const items = given(draft, pack)
      expect(items.length).toBeGreaterThan(0)
      for (const answers of waysToGive(items, samplesOf)) {
        const laid = lay(draft, pack, answers)
        if (!laid) continue
        const sentence = written(laid.pieces)
        expect(sentence).toMatch(/^(\p{Lu}|x)[^\d]*\.$/u)
        expect(sentence).not.toMatch(/ {2}|[,;] ?\.|\.{2}| [,.;]/)
      }
    },
  )

  it.each(drafts)('$pack.id $code never prints a nought where words say it better', ({ pack, draft }) => {
    for (const answers of waysToGive(given(draft, pack), samplesOf)) {
      const figures = lay(draft, pack, answers)?.figures ?? []
      expect(figures.filter((value) => value === '0' || value?.startsWith('0/'))).toEqual([])
    }
  })

  it.each(drafts)(
    '$pack.id $code says it in words where nothing arose or nothing applies',
    ({ pack, draft }) => {
      for (const nothing of NOTHING) {
        const [answers] = waysToGive(given(draft, pack), () => [nothing])
        const laid = answers && lay(draft, pack, answers)
        expect(laid?.figures).toEqual([])
        expect(written(laid?.pieces ?? [])).toMatch(/^\p{Lu}[^\d]+\.$/u)
      }
    },
  )
})
