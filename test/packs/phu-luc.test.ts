import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planFor, withPlan } from '../../src/core/plan.ts'
import type { Effort } from '../../src/effort.ts'
import { play } from '../../src/play.ts'
import { readPrompts } from '../../src/prompts.ts'
import { readScenario } from '../../src/scenario.ts'
import { elementsOf, readArchive, textOf } from '../render/archive.ts'

/** The statistics form alone: sixty lines a commune fills in, and what they cost it once a period is behind it. */
const prompts = await readPrompts('prompts')
const scenario = await readScenario('test/scenarios/phu-luc-60.yaml', prompts.duties, prompts.packs)
const folder = mkdtempSync(join(tmpdir(), 'thuky-phu-luc-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [form] = prompts.packs.filter(({ id }) => id === 'cchc-phu-luc')
const pack = form && withPlan(form, planFor(scenario.office, 2025))
const rows = pack?.appendices.flatMap((one) => one.rows) ?? []
const published = readFileSync('test/packs/appendix.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))

/** A line the form counts: with an item, or with a number of its own though it is not a commune's. */
function slots() {
  const codes = new Set(rows.flatMap(({ item }) => item ?? []))
  const items = (pack?.items ?? []).filter(({ code }) => codes.has(code))
  const asked = items.filter(({ source }) => source !== 'derived')
  return {
    same: asked.filter(({ usual }) => usual === 'same').length,
    none: asked.filter(({ usual }) => usual === 'none').length,
    asked: asked.filter(({ usual }) => usual === undefined).length,
    derived: items.length - asked.length,
    foreign: rows.filter(({ code, isForeign }) => isForeign && code !== '').length,
  }
}

describe('the statistics form', () => {
  it('has sixty lines to fill: 31 confirmed in blocks, 17 asked, 7 computed, 5 of the district', () => {
    expect(slots()).toEqual({ same: 17, none: 14, asked: 17, derived: 7, foreign: 5 })
    expect(Object.values(slots()).reduce((sum, one) => sum + one, 0)).toBe(60)
  })

  it('has the lines of the published form, in their order', () => {
    expect(rows.map(({ code }) => code)).toEqual(published.map(([code]) => code))
    const shared = rows.filter(({ name }, index) => name === published[index]?.[1])
    expect(rows.length - shared.length).toBe(2)
  })

  it('asks of two figures beside its lines, which the share of posts is computed from', () => {
    const codes = new Set(rows.flatMap(({ item }) => item ?? []))
    expect(form?.items.filter(({ code }) => !codes.has(code)).map(({ code }) => code)).toEqual([
      '4.2.5.a',
      '4.2.5.b',
    ])
  })
})

describe('its second period', () => {
  let periods: Readonly<Record<string, Effort>> = {}
  let failed: readonly unknown[] = []
  beforeAll(async () => {
    ;({ periods, failed } = await play(scenario, prompts, folder))
  }, 120_000)
  const owners = () => Object.entries(periods['2025-nam']?.replies ?? {}).filter(([id]) => id !== 'chu-tich')

  it('asks no more than seventeen figures, the rest is confirmed or computed', () => {
    expect(failed).toEqual([])
    expect(periods['2025-nam']).toMatchObject({ questions: 17, confirmed: 33, tasks: 7 })
  })

  it('sends nobody more than fourteen messages, and half of the owners write no more than four', () => {
    expect(Math.max(...Object.values(periods['2025-nam']?.outbound ?? {}))).toBeLessThanOrEqual(14)
    const replies = owners()
      .map(([, count]) => count)
      .sort((one, other) => one - other)
    expect(replies).toHaveLength(7)
    expect(replies[3]).toBeLessThanOrEqual(4)
  })

  it('prints every line: figures, a nought that did not arise, a dash for the district', () => {
    const document = readArchive(readFileSync(join(folder, 'report.docx'))).get('word/document.xml') ?? ''
    const printed = elementsOf(document, 'w:tr')
      .map((row) => elementsOf(row, 'w:tc').map((cell) => textOf(cell)))
      .filter((cells) => cells.length === 5)
    const figuresOf = (code: string) => printed.filter(([own]) => own === code).map((cells) => cells[3])
    expect(printed).toHaveLength(rows.length + 1)
    expect(figuresOf('1.1.2')).toEqual(['07'])
    expect(figuresOf('3.3.1')).toEqual(['4.985', '–'])
    expect(figuresOf('3.1.2')).toEqual(['04'])
    expect(figuresOf('1.2.3')).toEqual(['0'])
    expect(figuresOf('4.2.5')).toEqual(['10%'])
    expect(figuresOf('7.6.1')).toEqual(['–'])
    expect(printed.find(([own]) => own === '4.2.5')?.[4]).toBe('07/70 biên chế')
  })
})
