import { describe, expect, it, vi } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { renderDocx } from '../../src/render/docx.ts'
import { elementsOf, readArchive, textOf } from './archive.ts'
import { gap, heading, pack, paragraph, sampleReport, sampleWords } from './sample.ts'

async function open(report: Report = sampleReport, path = 'word/document.xml'): Promise<string> {
  return readArchive(await renderDocx(report, sampleWords)).get(path) ?? ''
}

async function paragraphs(report: Report = sampleReport): Promise<readonly string[]> {
  return elementsOf(await open(report), 'w:p')
}

/** The one paragraph that reads so. */
async function paragraphReading(text: string, report: Report = sampleReport): Promise<string> {
  const found = (await paragraphs(report)).filter((xml) => textOf(xml) === text)
  expect(found.map(textOf)).toEqual([text])
  return found[0] ?? ''
}

/** The rule right under the paragraph that reads so: how far it stands in on either side. */
async function ruleUnder(text: string): Promise<{ readonly xml: string; readonly side: number }> {
  const all = await paragraphs()
  const xml = all[all.findIndex((one) => textOf(one) === text) + 1] ?? ''
  const [, left, right] = /<w:ind w:left="(\d+)" w:right="(\d+)"/.exec(xml) ?? []
  expect(left).toBe(right)
  return { xml, side: Number(left) }
}

const plain: Report = { ...sampleReport, isDraft: false }

describe('the page', () => {
  it('is A4 upright', async () => {
    for (const size of elementsOf(await open(), 'w:pgSz')) expect(size).toContain('w:w="11906" w:h="16838"')
  })

  it('has margins of 20 mm above and below, 30 mm on the left and 15 mm on the right', async () => {
    const margins = elementsOf(await open(plain), 'w:pgMar')
    expect(margins).toHaveLength(1)
    expect(margins[0]).toMatch(/w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/)
  })

  it('names Times New Roman on all four script slots of every run and of the default style', async () => {
    const fonts = ['ascii', 'hAnsi', 'cs', 'eastAsia'].map((slot) => `w:${slot}="Times New Roman"`)
    const styles = elementsOf(await open(plain, 'word/styles.xml'), 'w:docDefaults')
    const header = elementsOf(await open(plain, 'word/header1.xml'), 'w:r')
    const runs = [...elementsOf(await open(), 'w:r'), ...header, ...styles]
    expect(runs.length).toBeGreaterThan(80)
    for (const run of runs) for (const font of fonts) expect(run).toContain(font)
  })

  it('is marked as Vietnamese, or Word underlines every word', async () => {
    expect(await open(plain, 'word/styles.xml')).toContain('<w:lang w:val="vi-VN"')
  })

  it('carries its number centred at the top in 14 points, from page 2 on', async () => {
    const header = await open(plain, 'word/header1.xml')
    expect(header).toContain('<w:jc w:val="center"/>')
    expect(header).toContain('<w:sz w:val="28"/>')
    expect(header).toMatch(/<w:instrText[^>]*>PAGE</)
    expect(await open(plain)).toContain('<w:titlePg/>')
    expect(await open(plain)).not.toContain('w:type="first"')
  })
})

describe('the letterhead', () => {
  it('is a table of two columns without lines, whose right column holds the national name on one line', async () => {
    const [table = ''] = elementsOf(await open(), 'w:tbl')
    const widths = elementsOf(table, 'w:gridCol').map((column) => Number(/w:w="(\d+)"/.exec(column)?.[1]))
    expect(widths.reduce((sum, width) => sum + width)).toBe(9354)
    expect(widths[1]).toBeGreaterThanOrEqual(5500)
    expect(table).not.toContain('w:val="single" w:color="auto"')
    expect(elementsOf(table, 'w:tblBorders')[0]?.match(/w:val="(\w+)"/g)).toEqual(
      Array(6).fill('w:val="none"'),
    )
  })

  it('sets the national name in 13 and the motto in 14 points, bold and centred', async () => {
    for (const [text, size] of [
      [sampleWords.nation, 26],
      [sampleWords.motto, 28],
    ] as const) {
      const xml = await paragraphReading(text)
      expect(xml).toContain(`<w:b/><w:bCs/><w:sz w:val="${size}"/>`)
      expect(xml).toContain('<w:jc w:val="center"/>')
    }
  })

  it('draws a rule as long as the motto under it', async () => {
    const { xml, side } = await ruleUnder(sampleWords.motto)
    expect(xml).toContain('<w:top w:val="single"')
    expect(Math.abs(5612 - 2 * side - 3415)).toBeLessThan(30)
  })

  it('sets every line of the issuer bold in 13 points, with a rule of a third to a half of the last under it', async () => {
    for (const line of sampleReport.issuer)
      expect(await paragraphReading(line)).toContain('<w:b/><w:bCs/><w:sz w:val="26"/>')
    const { xml, side } = await ruleUnder('PHƯỜNG AN BÌNH')
    expect(xml).toContain('<w:top w:val="single"')
    const share = (3742 - 2 * side) / 2390
    expect(share).toBeGreaterThan(1 / 3)
    expect(share).toBeLessThan(1 / 2)
  })

  it('leaves the number open before the symbol, in 13 points', async () => {
    const xml = await paragraphReading('Số:        /BC-UBND')
    expect(xml).toContain('<w:sz w:val="26"/>')
    expect(xml).toContain('xml:space="preserve"')
    expect(xml).not.toContain('<w:b/>')
  })

  it('sets place and date in italics on the row of the number', async () => {
    expect(await paragraphReading('An Bình, ngày 05 tháng 3 năm 2025')).toContain(
      '<w:i/><w:iCs/><w:sz w:val="28"/>',
    )
    const row = elementsOf(await open(), 'w:tr')[1] ?? ''
    expect(textOf(row)).toBe('Số:        /BC-UBNDAn Bình, ngày 05 tháng 3 năm 2025')
  })

  it('leaves room for a date that is still open', async () => {
    const { date: _, ...undated } = sampleReport
    expect(textOf(await open(undated))).toContain('An Bình, ngày      tháng      năm 2025')
  })
})

describe('the title', () => {
  it('stands with its subject in bold, centred, 14 points, over a rule of a third to a half of the subject', async () => {
    for (const text of [sampleReport.title, sampleReport.subject]) {
      const xml = await paragraphReading(text)
      expect(xml).toContain('<w:jc w:val="center"/>')
      expect(xml).toContain('<w:b/><w:bCs/><w:sz w:val="28"/>')
    }
    const { side } = await ruleUnder(sampleReport.subject)
    const share = (9354 - 2 * side) / 5430
    expect(share).toBeGreaterThan(1 / 3)
    expect(share).toBeLessThan(1 / 2)
  })

  it('keeps the rule within the page under a subject of several lines', async () => {
    const long = { ...sampleReport, subject: 'Kết quả thực hiện công tác cải cách hành chính '.repeat(6) }
    const sides = [...(await open(long)).matchAll(/<w:ind w:left="(\d+)" w:right="\1"/g)].map((match) =>
      Number(match[1]),
    )
    expect(Math.min(...sides)).toBeGreaterThan(0)
  })

  it('addresses one reader on the line of "Kính gửi:"', async () => {
    expect(await paragraphReading('Kính gửi: Sở Nội vụ tỉnh Vĩnh Long')).toContain('<w:sz w:val="28"/>')
  })

  it('addresses several on lines of their own, dashes in one column, ";" between and "." at the end', async () => {
    const report = { ...sampleReport, addressees: ['Sở Nội vụ', 'Sở Tài chính', 'Văn phòng UBND tỉnh'] }
    await paragraphReading('Kính gửi:', report)
    const lines = ['- Sở Nội vụ;', '- Sở Tài chính;', '- Văn phòng UBND tỉnh.']
    const indents = await Promise.all(
      lines.map(async (line) => /<w:ind [^>]*>/.exec(await paragraphReading(line, report))?.[0]),
    )
    expect(new Set(indents).size).toBe(1)
    expect(indents[0]).toMatch(/w:hanging="\d+"/)
  })

  it('has no "Kính gửi:" when the report goes to nobody above', async () => {
    expect(textOf(await open({ ...sampleReport, addressees: [] }))).not.toContain('Kính gửi')
  })
})

describe('the body', () => {
  const body = {
    ...plain,
    blocks: [
      heading(1, 'I. Tình hình chung'),
      heading(2, '1. Kết quả'),
      heading(3, 'a) Số lượng'),
      paragraph(pack('Một.')),
      paragraph(pack('Hai./.')),
    ],
  }

  it('is set in 14 points, upright, justified', async () => {
    const xml = await paragraphReading('Một.', body)
    expect(xml).toContain('<w:jc w:val="both"/>')
    expect(xml).toContain('<w:sz w:val="28"/>')
    expect(xml).not.toMatch(/<w:[bi]\/>/)
  })

  it('indents the first line by 1,27 cm', async () => {
    expect(await paragraphReading('Một.', body)).toContain('<w:ind w:firstLine="720"/>')
  })

  it('keeps 6 points between paragraphs and 1,2 between lines', async () => {
    expect(await paragraphReading('Một.', body)).toMatch(
      /<w:spacing w:after="120" w:before="0" w:line="288" w:lineRule="auto"\/>/,
    )
  })

  it('sets a heading of level 1 in bold capitals', async () => {
    expect(await paragraphReading('I. TÌNH HÌNH CHUNG', body)).toContain('<w:b/>')
  })

  it('sets a heading of level 2 in bold and of level 3 upright', async () => {
    expect(await paragraphReading('1. Kết quả', body)).toContain('<w:b/>')
    expect(await paragraphReading('a) Số lượng', body)).not.toContain('<w:b/>')
  })

  it('keeps a heading with what follows, and names its level for the table of contents', async () => {
    for (const [level, text] of [
      [1, 'I. TÌNH HÌNH CHUNG'],
      [2, '1. Kết quả'],
      [3, 'a) Số lượng'],
    ] as const) {
      const xml = await paragraphReading(text, body)
      expect(xml).toContain('<w:keepNext/>')
      expect(xml).toContain(`<w:pStyle w:val="Heading${level}"/>`)
    }
  })

  it('keeps the last paragraph, and only that, with the signature', async () => {
    expect(await paragraphReading('Hai./.', body)).toContain('<w:keepNext/>')
    expect(await paragraphReading('Một.', body)).not.toMatch(/<w:keepNext\/>/)
  })

  it('makes a gap stand out in yellow and bold, and nothing else', async () => {
    const report = { ...plain, blocks: [paragraph(pack('Có '), gap('I.1', '[CHƯA CÓ]'), pack('.'))] }
    const runs = elementsOf(await open(report), 'w:r').filter((run) => run.includes('w:highlight'))
    expect(runs.map(textOf)).toEqual(['[CHƯA CÓ]'])
    expect(runs[0]).toContain('<w:highlight w:val="yellow"/>')
    expect(runs[0]).toContain('<w:b/>')
  })
})

describe('the signature', () => {
  const table = async () => elementsOf(await open(), 'w:tbl')[1] ?? ''

  it('never breaks across pages, like every row of the document', async () => {
    const rows = elementsOf(await open(), 'w:tr')
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(row).toContain('<w:cantSplit/>')
  })

  it('has "Nơi nhận:" in 12 points, bold and italic, at the left', async () => {
    const xml = await paragraphReading('Nơi nhận:')
    expect(xml).toContain('<w:b/><w:bCs/><w:i/><w:iCs/><w:sz w:val="24"/>')
    expect(xml).toContain('<w:jc w:val="left"/>')
  })

  it('lists the receivers in 11 points with dashes, ";" between and "." at the end', async () => {
    const [left = ''] = elementsOf(await table(), 'w:tc')
    const lines = elementsOf(left, 'w:p').slice(1)
    expect(lines.map(textOf)).toEqual([
      '- Như trên;',
      '- TT. Đảng ủy, TT. HĐND phường;',
      '- Chủ tịch, các Phó Chủ tịch UBND phường;',
      '- Lưu: VT, VHXH.',
    ])
    for (const line of lines) expect(line).toContain('<w:sz w:val="22"/>')
  })

  it('has the powers in bold, five empty lines and the name in bold at the right', async () => {
    const lines = elementsOf(elementsOf(await table(), 'w:tc')[1] ?? '', 'w:p')
    expect(lines.map(textOf)).toEqual([
      'TM. ỦY BAN NHÂN DÂN',
      'KT. CHỦ TỊCH',
      'PHÓ CHỦ TỊCH',
      '',
      '',
      '',
      '',
      '',
      'Nguyễn Thị Ngọc Ánh',
    ])
    for (const line of lines) expect(line).toContain('<w:jc w:val="center"/>')
    for (const line of lines) expect(line).toContain('<w:b/><w:bCs/><w:sz w:val="28"/>')
  })
})

describe('a draft', () => {
  it('carries a framed mark above the letterhead', async () => {
    const xml = await paragraphReading('DỰ THẢO')
    for (const side of ['top', 'left', 'bottom', 'right']) expect(xml).toContain(`<w:${side} w:val="single"`)
    const all = await open()
    expect(all.indexOf('DỰ THẢO')).toBeLessThan(all.indexOf('<w:tbl>'))
  })

  it('opens with a note of what is missing, in a section of its own', async () => {
    const all = await paragraphs()
    const note = all.slice(0, all.findIndex((xml) => xml.includes('<w:sectPr>')) + 1)
    expect(note.map(textOf)).toEqual([sampleWords.coverTitle, ...sampleReport.cover])
  })

  it('counts the pages of the report from 1 after the note', async () => {
    const sections = elementsOf(await open(), 'w:sectPr')
    expect(sections).toHaveLength(2)
    for (const section of sections) expect(section).toContain('<w:pgNumType w:start="1"/>')
    expect(sections[1]).toContain('<w:type w:val="nextPage"/>')
  })

  it('has no note when nothing is missing', async () => {
    expect(elementsOf(await open({ ...sampleReport, cover: [] }), 'w:sectPr')).toHaveLength(1)
  })

  it('loses the mark and the note when it is a draft no more', async () => {
    const text = textOf(await open(plain))
    expect(text).not.toContain('DỰ THẢO')
    expect(text).not.toContain(sampleWords.coverTitle)
    expect(text.startsWith('ỦY BAN NHÂN DÂN')).toBe(true)
  })
})

describe('the text', () => {
  const saying = (text: string): Report => ({ ...plain, blocks: [paragraph(pack(text))] })

  it('loses what XML cannot hold: control characters and halves of surrogate pairs', async () => {
    await paragraphReading('a b c😀d', saying('a\u0000\u000b b\ud800 c😀\udc00\uffffd\u001f'))
  })

  it('shows quotes, angle brackets and ampersands as they are', async () => {
    const report = {
      ...saying('"A" <B> & \'C\' ]]>'),
      subject: '<x> & "y"',
      signature: { powers: [], name: '<script>' },
    }
    const xml = await open(report)
    expect(xml).toContain('&lt;B&gt; &amp;')
    expect(xml).not.toContain('<B>')
    expect(xml).not.toContain('<script>')
    expect(await open(report, 'docProps/core.xml')).toContain('BÁO CÁO &lt;x&gt; &amp; "y"')
  })

  it('is composed (NFC)', async () => {
    const xml = await open(saying('Ủy ban nhân dân'.normalize('NFD')))
    expect(xml).toContain('Ủy ban nhân dân'.normalize('NFC'))
  })

  it('keeps the spaces at the edges of a run', async () => {
    const runs = elementsOf(
      await paragraphReading('Có 07 văn bản', {
        ...plain,
        blocks: [paragraph(pack('Có '), pack('07 văn bản'))],
      }),
      'w:t',
    )
    expect(runs[0]).toBe('<w:t xml:space="preserve">Có </w:t>')
  })
})

describe('the file', () => {
  it('names its title and its maker', async () => {
    const core = await open(sampleReport, 'docProps/core.xml')
    expect(core).toContain('<dc:title>BÁO CÁO Công tác cải cách hành chính quý I năm 2025</dc:title>')
    expect(core).toContain('<dc:creator>thuky</dc:creator>')
  })

  it('is the same for the same report, whenever it is made', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-03-05T01:00:00Z') })
    const first = await renderDocx(sampleReport, sampleWords)
    vi.setSystemTime(new Date('2026-11-24T23:00:00Z'))
    const second = await renderDocx(sampleReport, sampleWords)
    vi.useRealTimers()
    expect(Buffer.compare(first, second)).toBe(0)
  })

  it('prints every word of the report, in order', async () => {
    const text = textOf(await open())
    let from = 0
    for (const block of sampleReport.blocks) {
      if (block.type === 'table') continue
      const words = block.runs.map((run) => run.text).join('')
      const at = text.indexOf(
        block.type === 'heading' && block.level === 1 ? words.toUpperCase() : words,
        from,
      )
      expect(at, words).toBeGreaterThanOrEqual(from)
      from = at
    }
  })
})
