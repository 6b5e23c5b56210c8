import { describe, expect, it, vi } from 'vitest'
import { type FigureSheet, renderXlsx, type SheetCell } from '../../src/render/xlsx.ts'
import { fc } from '../draws.ts'
import { elementsOf, readArchive } from './archive.ts'
import { figures } from './figures.ts'
import { parseXml } from './opened.ts'

async function open(sheet: FigureSheet = figures) {
  const parts = readArchive(await renderXlsx(sheet))
  const xml = parts.get('xl/worksheets/sheet1.xml') ?? ''
  const shared = elementsOf(parts.get('xl/sharedStrings.xml') ?? '', 'si').map((si) =>
    si.replace(/<[^>]*>/g, ''),
  )
  return { parts, xml, shared }
}

function sheetOf(...cells: readonly SheetCell[]): FigureSheet {
  return { ...figures, rows: [{ cells, isGroup: false }] }
}

/** The cell at that address, as it stands. */
function cellAt(xml: string, address: string): string {
  return elementsOf(xml, 'c').find((cell) => cell.includes(`r="${address}"`)) ?? ''
}

describe('a sheet of figures', () => {
  it('holds numbers as numbers', async () => {
    const { xml } = await open()
    expect(cellAt(xml, 'C3')).toMatch(/^<c r="C3" s="\d+"><v>7847<\/v><\/c>$/)
    expect(cellAt(xml, 'C4')).toContain('<v>99.58</v>')
    expect(cellAt(xml, 'C6')).toContain('<v>4465036077</v>')
    expect(cellAt(xml, 'C7')).toContain('<v>-5</v>')
  })

  it('holds as text what is longer than the fifteen digits a cell keeps', async () => {
    const { xml, shared } = await open()
    expect(cellAt(xml, 'C5')).toContain('t="s"')
    expect(shared).toContain('12345678901234567890')
    const edge = await open(
      sheetOf({ number: '999999999999999' }, { number: '1000000000000000' }, { number: '1.000000000000001' }),
    )
    expect(['A2', 'B2', 'C2'].map((at) => cellAt(edge.xml, at).includes('t="s"'))).toEqual([
      false,
      true,
      true,
    ])
  })

  it('never reads a text as a formula', async () => {
    const { xml, shared } = await open(sheetOf('=1+1', '+1', '@SUM(A1)'))
    expect(xml).not.toContain('<f>')
    expect(shared).toContain('=1+1')
    expect(cellAt(xml, 'A2')).toContain('t="s"')
  })

  it('freezes its header row, bold, and sets groups in bold', async () => {
    const { xml, parts } = await open()
    expect(xml).toMatch(/<pane ySplit="1"[^>]*state="frozen"/)
    const styles = parts.get('xl/styles.xml') ?? ''
    const fonts = elementsOf(styles, 'font')
    for (const font of fonts) expect(font).toContain('"Times New Roman"')
    const formats = elementsOf(elementsOf(styles, 'cellXfs')[0] ?? '', 'xf')
    const isBold = (at: string) => {
      const format = formats[Number(/ s="(\d+)"/.exec(cellAt(xml, at))?.[1])] ?? ''
      expect(format).toContain('wrapText="1"')
      return fonts[Number(/fontId="(\d+)"/.exec(format)?.[1])]?.includes('<b/>')
    }
    expect(['A1', 'C1', 'B2', 'B3'].map(isBold)).toEqual([true, true, true, false])
  })

  it('gives a row the height of its longest text, up to what Excel takes', async () => {
    const heights = async (...cells: readonly SheetCell[]) =>
      Number(/ht="(\d+)"/.exec(elementsOf((await open(sheetOf(...cells))).xml, 'row')[1] ?? '')?.[1])
    expect(await heights('1', 'ngắn')).toBe(16)
    expect(await heights('1', 'một\nhai\nba')).toBe(48)
    expect(await heights('1', 'x'.repeat(120))).toBe(48)
    expect(await heights('1', 'x'.repeat(40_000))).toBe(409)
  })

  it('takes any name and any text', async () => {
    const anyText = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    })
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(anyText, { maxLength: 3 }), async (name, cells) => {
        const { parts } = await open({ ...sheetOf(...cells), name })
        for (const xml of parts.values()) parseXml(xml)
      }),
      { numRuns: 60 },
    )
  })

  it('cuts a text that no cell can hold, and says so with "…"', async () => {
    const { shared } = await open(sheetOf('x'.repeat(40_000)))
    expect(shared.at(-1)).toHaveLength(32_767)
    expect(shared.at(-1)?.endsWith('…')).toBe(true)
  })

  it('is the same for the same figures, whenever it is made', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-03-05T01:00:00Z') })
    const first = await renderXlsx(figures)
    vi.setSystemTime(new Date('2026-11-24T23:00:00Z'))
    const second = await renderXlsx(figures)
    vi.useRealTimers()
    expect(Buffer.compare(first, second)).toBe(0)
  })
})
