import { describe, expect, it } from 'vitest'
import type { Report, Run } from '../../src/core/report.ts'
import { renderDocx } from '../../src/render/docx.ts'
import { DEFAULT_STYLE, type Style } from '../../src/render/style.ts'
import { elementsOf, textOf } from './archive.ts'
import { numberIn, openDocument, paragraphAfter, paragraphOf } from './opened.ts'
import {
  answer,
  appendix,
  column,
  gap,
  heading,
  noted,
  pack,
  paragraph,
  richReport,
  row,
  sampleWords,
  table,
} from './sample.ts'

const bare: Report = { ...richReport, appendices: [], blocks: [] }
const { annex: _, ...issued } = bare

describe('a note', () => {
  const report: Report = {
    ...issued,
    blocks: [
      paragraph(
        pack('Đã ban hành '),
        noted('07 văn bản', pack('Kế hoạch số '), answer('I.1', '15/KH-UBND')),
        pack('.'),
      ),
      table(
        [column('Mã', 1), column('Số', 1)],
        [{ cells: [[noted('1.1', pack('trong bảng'))], []], isGroup: false }],
      ),
      paragraph(noted('Hết./.', pack('sau cùng'))),
    ],
  }

  it('is a footnote of Word whose mark follows the text', async () => {
    const { document } = await openDocument(report)
    const [first = ''] = elementsOf(document, 'w:p').filter((xml) => textOf(xml).startsWith('Đã ban hành'))
    const parts = elementsOf(first, 'w:r').map(
      (run) => textOf(run) || (run.match(/<w:footnoteReference[^>]*>/)?.[0] ?? ''),
    )
    expect(parts).toEqual(['Đã ban hành ', '07 văn bản', '<w:footnoteReference w:id="1"/>', '.'])
    expect(elementsOf(first, 'w:r')[2]).toContain('<w:rStyle w:val="FootnoteReference"/>')
  })

  it('is numbered through the document, in tables and outside', async () => {
    const { document, footnotes } = await openDocument(report)
    expect([...document.matchAll(/<w:footnoteReference w:id="(\d+)"/g)].map((match) => match[1])).toEqual([
      '1',
      '2',
      '3',
    ])
    const notes = elementsOf(footnotes, 'w:footnote').filter((note) => textOf(note) !== '')
    expect(notes.map((note) => textOf(note).trim())).toEqual([
      'Kế hoạch số 15/KH-UBND',
      'trong bảng',
      'sau cùng',
    ])
    expect(document).not.toContain('w:numRestart')
  })

  it('is set in 11 points, justified, in Times New Roman', async () => {
    const { footnotes } = await openDocument(report)
    const [note = ''] = elementsOf(footnotes, 'w:footnote').filter((xml) => textOf(xml).includes('Kế hoạch'))
    expect(note).toContain('<w:jc w:val="both"/>')
    expect(note).toContain('<w:footnoteRef/>')
    for (const run of elementsOf(note, 'w:r').slice(1)) {
      expect(run).toContain('<w:sz w:val="22"/>')
      for (const slot of ['ascii', 'hAnsi', 'cs', 'eastAsia'])
        expect(run).toContain(`w:${slot}="Times New Roman"`)
    }
  })

  it('shows its gaps too', async () => {
    const { footnotes } = await openDocument({
      ...issued,
      blocks: [paragraph(noted('Có', gap('I.1', '[CHƯA CÓ]')))],
    })
    expect(footnotes).toContain('<w:highlight w:val="yellow"/>')
  })

  it('holds what a note within it would say, as Word has no notes within notes', async () => {
    const inner: Run = { ...noted('ngoài ', pack('trong')) }
    const { footnotes } = await openDocument({ ...issued, blocks: [paragraph(noted('Có', inner))] })
    expect(elementsOf(footnotes, 'w:footnote').map(textOf).at(-1)?.trim()).toBe('ngoài trong')
    expect(footnotes).not.toContain('w:footnoteReference ')
  })
})

describe('a doubtful run', () => {
  it('is marked in yellow like a gap, in text, headings and cells', async () => {
    const doubt: Run = { ...answer('I.1', '…….'), isDoubtful: true }
    const { document } = await openDocument({
      ...issued,
      blocks: [
        { ...heading(1, 'I. '), runs: [pack('I. '), doubt] },
        paragraph(doubt),
        table([column('Mã', 1)], [{ cells: [[doubt]], isGroup: false }]),
      ],
    })
    expect(elementsOf(document, 'w:r').filter((run) => run.includes('w:val="yellow"'))).toHaveLength(3)
  })
})

describe('a table', () => {
  const opened = () =>
    openDocument({
      ...issued,
      blocks: [
        paragraph(pack('Trước.')),
        table(
          [column('TT', 1, 'center'), column('Chỉ tiêu', 3), column('Số liệu', 3, 'right')],
          [{ ...row('I', 'Nhóm', ''), isGroup: true }, row('1', 'Hồ sơ', '228'), row('2', 'Văn bản', '07')],
        ),
        table([column('A', 1), column('B', 1)], [row('một')]),
        paragraph(pack('Sau./.')),
      ],
    })
  const grid = async () => (await opened()).tables[1] ?? ''

  it('shares the width of the text among its columns and loses none', async () => {
    const widths = elementsOf(await grid(), 'w:gridCol').map((one) => numberIn(one, /w:w="(\d+)"/))
    expect(widths.reduce((sum, width) => sum + width)).toBe(9354)
    expect(widths).toEqual([1336, 4009, 4009])
    expect(await grid()).toContain('<w:tblW w:type="dxa" w:w="9354"/>')
    expect(await grid()).toContain('<w:tblLayout w:type="fixed"/>')
  })

  it('repeats its header row, bold and centred, on each page', async () => {
    const rows = elementsOf(await grid(), 'w:tr')
    expect(rows.map((one) => one.includes('<w:tblHeader/>'))).toEqual([true, false, false, false])
    for (const cell of elementsOf(rows[0] ?? '', 'w:p')) {
      expect(cell).toContain('<w:jc w:val="center"/>')
      expect(cell).toContain('<w:b/>')
      expect(cell).toContain('<w:keepNext/>')
    }
  })

  it('draws all its lines half a point thick and breaks no row', async () => {
    for (const side of ['top', 'bottom', 'left', 'right', 'insideH', 'insideV'])
      expect(await grid()).toMatch(new RegExp(`<w:${side} w:val="single" w:color="000000" w:sz="4"`))
    for (const one of elementsOf(await grid(), 'w:tr')) expect(one).toContain('<w:cantSplit/>')
  })

  it('sets a group in bold and keeps it with what it heads, and other rows upright', async () => {
    const rows = elementsOf(await grid(), 'w:tr')
    expect(rows[1]).toContain('<w:b/>')
    expect(rows[1]).toContain('<w:keepNext/>')
    expect(rows[2]).not.toContain('<w:b/>')
    expect(rows[2]).not.toContain('<w:keepNext/>')
  })

  it('aligns every column as it says, in 13 points', async () => {
    const cells = elementsOf(elementsOf(await grid(), 'w:tr')[2] ?? '', 'w:p')
    expect(cells.map((cell) => /<w:jc w:val="(\w+)"/.exec(cell)?.[1])).toEqual(['center', 'left', 'right'])
    for (const cell of cells) expect(cell).toContain('<w:sz w:val="26"/>')
  })

  it('stands apart from the next, or Word would join them', async () => {
    const { document } = await opened()
    expect(document).not.toMatch(/<\/w:tbl><w:tbl>/)
  })

  it('has all its cells even where a row is short', async () => {
    const short = elementsOf((await opened()).tables[2] ?? '', 'w:tr')[1] ?? ''
    expect(elementsOf(short, 'w:tc')).toHaveLength(2)
  })

  it('stays with the signature when it comes last', async () => {
    const { tables } = await openDocument({
      ...issued,
      blocks: [table([column('A', 1)], [row('một'), row('hai')])],
    })
    const rows = elementsOf(tables[1] ?? '', 'w:tr')
    expect(rows.at(-1)).toContain('<w:keepNext/>')
  })
})

describe('an appendix', () => {
  it('fills its landscape page exactly, whatever the shares', async () => {
    const { tables } = await openDocument({ ...issued, appendices: [appendix('Phụ lục', 7)] })
    const widths = elementsOf(tables.at(-1) ?? '', 'w:gridCol').map((one) => numberIn(one, /w:w="(\d+)"/))
    expect(widths.reduce((sum, width) => sum + width)).toBe(16838 - 1701 - 851)
  })

  it('gets no second "./." when its last row has one', async () => {
    const one = appendix('Phụ lục', 1)
    const ended = { ...one, table: { ...one.table, rows: [row('1', 'Kiến nghị', '', '', 'Không./.')] } }
    const { paragraphs } = await openDocument({ ...issued, appendices: [ended] })
    expect(paragraphs.map(textOf).filter((text) => text.endsWith('./.'))).toEqual(['Không./.'])
  })

  it('ends in a low paragraph, or a full page would be followed by an empty one', async () => {
    const { paragraphs } = await openDocument({
      ...issued,
      appendices: [appendix('Phụ lục', 3), appendix('Phụ lục', 3)],
    })
    const holders = paragraphs.filter((xml) => xml.includes('<w:sectPr>'))
    expect(holders.map(textOf)).toEqual(['', './.'])
  })
})

describe('the annex', () => {
  it('comes last, on its own numbered landscape pages, and claims to be no part of the report', async () => {
    const { document, sections, paragraphs } = await openDocument()
    expect(sections.at(-1)).toContain('w:orient="landscape"')
    const after = paragraphs.slice(paragraphs.findIndex((xml) => textOf(xml) === 'NGUỒN GỐC SỐ LIỆU'))
    expect(after).not.toHaveLength(0)
    const text = after.map(textOf).join('\n')
    for (const word of ['Phụ lục', 'DỰ THẢO', './.']) expect(text).not.toContain(word)
    expect(document.indexOf('Phụ lục II')).toBeLessThan(document.indexOf('NGUỒN GỐC SỐ LIỆU'))
  })

  it('is left out when it was not asked for', async () => {
    expect((await openDocument(issued)).sections).toHaveLength(1)
  })
})

describe('the style of an office', () => {
  const other: Style = {
    bodySize: 13,
    indent: 567,
    lineSpacing: 360,
    spaceAfter: 160,
    margins: { top: 1418, bottom: 1418, left: 1985, right: 1134 },
  }

  it('changes what the decree leaves open, and the tables follow', async () => {
    const opened = await openDocument(richReport, other)
    const body = paragraphOf(opened, 'Thực hiện chế độ')
    expect(body).toContain('<w:spacing w:after="160" w:before="0" w:line="360" w:lineRule="auto"/>')
    expect(body).toContain('<w:ind w:firstLine="567"/>')
    expect(body).toContain('<w:sz w:val="26"/>')
    expect(opened.sections[0]).toMatch(/w:top="1418" w:right="1134" w:bottom="1418" w:left="1985"/)
    for (const table of opened.tables.slice(0, 3))
      expect(table).toContain('<w:tblW w:type="dxa" w:w="8787"/>')
    expect(paragraphAfter(opened, 'BÁO CÁO')).toContain('<w:sz w:val="26"/>')
  })

  it.each([
    { lineSpacing: 239 },
    { lineSpacing: 361 },
    { spaceAfter: 119 },
    { margins: { ...other.margins, left: 1700 } },
    { margins: { ...other.margins, right: 1135 } },
  ])('is refused outside the bounds of the decree: %j', async (change) => {
    await expect(renderDocx(issued, sampleWords, { ...DEFAULT_STYLE, ...change })).rejects.toThrow(
      'NĐ 30/2020',
    )
  })
})
