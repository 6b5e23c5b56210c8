import PizZip from 'pizzip'
import { describe, expect, it } from 'vitest'
import { fillTemplate, makeTemplate, valuesOf } from '../bench/render.ts'
import { elementsOf, textOf } from './archive.ts'
import { openDocument } from './opened.ts'
import { richReport } from './sample.ts'

describe('the render bench', () => {
  it('compares with a template that writes the same paragraphs and cells', async () => {
    const filled = new PizZip(fillTemplate(makeTemplate(richReport), valuesOf(richReport)))
    const theirs = filled.file('word/document.xml')?.asText() ?? ''
    const { tables, document } = await openDocument()
    const figures = tables.filter((_, at) => at !== 0 && at !== 2)
    const cells = figures.flatMap((table) => elementsOf(table, 'w:tc')).map(textOf)
    expect(cells.length).toBeGreaterThan(1000)
    expect(elementsOf(theirs, 'w:tc').map(textOf)).toEqual(cells)
    for (const line of ['Thực hiện chế độ báo cáo', 'Trên đây là báo cáo'])
      for (const xml of [theirs, document]) expect(textOf(xml)).toContain(line)
  })
})
