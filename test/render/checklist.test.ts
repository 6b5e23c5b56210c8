import { beforeAll, describe, expect, it } from 'vitest'
import { elementsOf, textOf } from './archive.ts'
import { numberIn, type Opened, openDocument, paragraphAfter, paragraphOf } from './opened.ts'
import { richReport, sampleWords } from './sample.ts'

/**
 * NĐ 30/2020/NĐ-CP, Phụ lục I, point by point as in the domain reference. Three points have no test
 * here: 26 is the wording of the report pack, 28 is about regulations, 36 is left to the office.
 */
let opened: Opened
beforeAll(async () => {
  opened = await openDocument()
})

const A4_UPRIGHT = 'w:w="11906" w:h="16838" w:orient="portrait"'
const A4_ON_ITS_SIDE = 'w:w="16838" w:h="11906" w:orient="landscape"'
const BOLD = '<w:b/>'
const ITALIC = '<w:i/>'
const CENTRED = '<w:jc w:val="center"/>'

function sizeOf(xml: string): number {
  return numberIn(xml, /<w:sz w:val="(\d+)"\/>/) / 2
}

/** Twips between the indents of a rule drawn in that much room. */
function lengthOf(rule: string, room: number): number {
  expect(rule).toContain('<w:top w:val="single"')
  const [, left, right] = /<w:ind w:left="(\d+)" w:right="(\d+)"/.exec(rule) ?? []
  expect(left).toBe(right)
  return room - 2 * Number(left)
}

describe('the page', () => {
  it('1. is A4', () => {
    expect(elementsOf(opened.sections[0] ?? '', 'w:pgSz')[0]).toContain(A4_UPRIGHT)
  })

  it('2. stands upright, and only appendices lie on their side', () => {
    const sizes = opened.sections.map((section) => elementsOf(section, 'w:pgSz')[0] ?? '')
    expect(sizes).toHaveLength(4)
    for (const size of sizes.slice(1)) expect(size).toContain(A4_ON_ITS_SIDE)
    for (const section of opened.sections.slice(1))
      expect(section).toMatch(/w:top="1134" w:right="851" w:bottom="851" w:left="1701"/)
  })

  it('3. has margins of 20–25, 20–25, 30–35 and 15–20 mm', () => {
    expect(opened.sections[0]).toMatch(/w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/)
  })

  it('4. is set in Times New Roman, black, in composed letters, everywhere', () => {
    const fonts = ['ascii', 'hAnsi', 'cs', 'eastAsia'].map((slot) => `w:${slot}="Times New Roman"`)
    const headers = [...opened.parts].filter(([path]) => /header\d+\.xml$/.test(path)).map(([, xml]) => xml)
    expect(headers).toHaveLength(4)
    const runs = [opened.document, opened.footnotes, ...headers]
      .flatMap((xml) => elementsOf(xml, 'w:r'))
      .filter((run) => run.includes('<w:t') || run.includes('w:instrText'))
    const styles = elementsOf(opened.styles, 'w:style').filter((style) =>
      /"(Heading[123]|Footnote\w+)"/.test(style),
    )
    for (const one of [...runs, ...styles, ...elementsOf(opened.styles, 'w:docDefaults')])
      for (const font of fonts) expect(one).toContain(font)
    expect(`${opened.document}${opened.footnotes}`).not.toMatch(/<w:color w:val="(?!000000|auto)/)
    expect(opened.document).toBe(opened.document.normalize('NFC'))
  })

  it('5. is numbered from 1 in the middle of the top margin, in 14 points, but not on page 1', () => {
    const header = opened.parts.get('word/header1.xml') ?? ''
    expect(header).toContain(CENTRED)
    expect(header).toMatch(/<w:instrText[^>]*>PAGE</)
    expect(sizeOf(header)).toBe(14)
    expect(header).not.toContain(ITALIC)
    expect(opened.sections[0]).toContain('<w:titlePg/>')
    expect(opened.sections[0]).toContain('<w:pgNumType w:start="1"/>')
    expect(numberIn(opened.sections[0] ?? '', /w:header="(\d+)"/)).toBeLessThan(1134)
  })

  it('6. is numbered anew in every appendix, and not on its first page', () => {
    for (const section of opened.sections.slice(1)) {
      expect(section).toContain('<w:pgNumType w:start="1"/>')
      expect(section).toContain('<w:titlePg/>')
      expect(section).toContain('<w:headerReference w:type="default"')
    }
  })
})

describe('the letterhead', () => {
  it('7. names the nation in bold capitals of 13 points, in a column that holds it on one line', () => {
    const xml = paragraphOf(opened, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    expect(xml).toContain(BOLD)
    expect(xml).not.toContain(ITALIC)
    expect(sizeOf(xml)).toBe(13)
    const columns = elementsOf(opened.tables[0] ?? '', 'w:gridCol').map((column) =>
      numberIn(column, /w:w="(\d+)"/),
    )
    expect(columns[1]).toBeGreaterThanOrEqual(5272)
    expect(columns.reduce((sum, column) => sum + column)).toBe(9354)
  })

  it('8. has the motto below, bold, 14 points, hyphens with spaces, single spacing', () => {
    const xml = paragraphAfter(opened, 'CỘNG HÒA')
    expect(textOf(xml)).toBe('Độc lập - Tự do - Hạnh phúc')
    expect(xml).toContain(BOLD)
    expect(xml).toContain(CENTRED)
    expect(sizeOf(xml)).toBe(14)
    expect(xml).toContain('<w:spacing w:after="0" w:before="0"/>')
  })

  it('9. draws a line as long as the motto', () => {
    expect(Math.abs(lengthOf(paragraphAfter(opened, 'Độc lập'), 5612) - 3248)).toBeLessThan(200)
  })

  it('10. names no body above a commune: two bold lines are its own name', () => {
    for (const line of richReport.issuer) expect(paragraphOf(opened, line)).toContain(BOLD)
  })

  it('11. names the issuer in capitals, bold, 13 points, centred', () => {
    const xml = paragraphOf(opened, 'PHƯỜNG AN BÌNH')
    expect(sizeOf(xml)).toBe(13)
    expect(xml).toContain(CENTRED)
  })

  it('12. draws a line of a third to a half of the issuer', () => {
    const length = lengthOf(paragraphAfter(opened, 'PHƯỜNG AN BÌNH'), 3742)
    expect(length).toBeGreaterThan(2390 / 3)
    expect(length).toBeLessThan(2390 / 2)
  })

  it('13. leaves the number open before the symbol: 13 points, upright, centred, no space around marks', () => {
    const xml = paragraphOf(opened, 'Số:')
    expect(textOf(xml)).toMatch(/^Số: +\/BC-UBND$/)
    expect(sizeOf(xml)).toBe(13)
    expect(xml).toContain(CENTRED)
    expect(xml).not.toMatch(/<w:[bi]\/>/)
  })

  it('14. carries the code of a report in its symbol', () => {
    expect(textOf(paragraphOf(opened, 'Số:'))).toContain('/BC-')
  })

  it('15. has place and date on the row of the number, in italics of 14 points, a comma after the place', () => {
    const row = elementsOf(opened.tables[0] ?? '', 'w:tr')[1] ?? ''
    const xml = paragraphOf(opened, 'An Bình,')
    expect(row).toContain(xml)
    expect(row).toContain('/BC-UBND')
    expect(xml).toContain(ITALIC)
    expect(xml).toContain(CENTRED)
    expect(sizeOf(xml)).toBe(14)
  })

  it('16. prints the date as it is given, or leaves room for it', async () => {
    expect(textOf(paragraphOf(opened, 'An Bình,'))).toBe('An Bình, ngày 05 tháng 3 năm 2025')
    const { date: _, ...undated } = richReport
    expect(textOf(paragraphOf(await openDocument(undated), 'An Bình,'))).toBe(
      `An Bình, ${sampleWords.openDate}`,
    )
  })
})

describe('the title', () => {
  it('17. is in capitals, bold, 14 points, centred across the page', () => {
    const xml = paragraphOf(opened, 'BÁO CÁO')
    expect(xml).toContain(BOLD)
    expect(xml).toContain(CENTRED)
    expect(sizeOf(xml)).toBe(14)
    for (const table of opened.tables) expect(table).not.toContain(xml)
  })

  it('18. has the subject right below, in small letters, bold, 14 points, centred', () => {
    const xml = paragraphAfter(opened, 'BÁO CÁO')
    expect(textOf(xml)).toBe(richReport.subject)
    expect(xml).toContain(BOLD)
    expect(xml).toContain(CENTRED)
    expect(sizeOf(xml)).toBe(14)
  })

  it('19. has a line of a third to a half of the subject below', () => {
    const length = lengthOf(paragraphAfter(opened, richReport.subject), 9354)
    expect(length).toBeGreaterThan(5430 / 3)
    expect(length).toBeLessThan(5430 / 2)
  })

  it('20. addresses those above, upright, 14 points, one beside the words or several below, ";" and "."', async () => {
    const one = paragraphOf(opened, 'Kính gửi:')
    expect(textOf(one)).toBe('Kính gửi: Sở Nội vụ tỉnh Vĩnh Long')
    expect(sizeOf(one)).toBe(14)
    expect(one).not.toMatch(/<w:[bi]\/>/)
    const two = await openDocument({ ...richReport, addressees: ['Sở Nội vụ', 'Văn phòng UBND tỉnh'] })
    expect(textOf(paragraphAfter(two, 'Kính gửi:'))).toBe('- Sở Nội vụ;')
    expect(textOf(paragraphAfter(two, '- Sở Nội vụ;'))).toBe('- Văn phòng UBND tỉnh.')
  })
})

describe('the body', () => {
  const plain = () => paragraphOf(opened, 'Thực hiện chế độ')

  it('21. is set in 14 points, upright, justified', () => {
    expect(sizeOf(plain())).toBe(14)
    expect(plain()).toContain('<w:jc w:val="both"/>')
    expect(plain()).not.toMatch(/<w:[bi]\/>/)
  })

  it('22. indents the first line by 1 or 1,27 cm', () => {
    expect([567, 720]).toContain(numberIn(plain(), /w:firstLine="(\d+)"/))
  })

  it('23. has 6 points or more between paragraphs', () => {
    expect(numberIn(plain(), /w:after="(\d+)"/)).toBeGreaterThanOrEqual(120)
  })

  it('24. has 1 to 1,5 lines of spacing', () => {
    expect(plain()).toContain('w:lineRule="auto"')
    expect(numberIn(plain(), /w:line="(\d+)"/)).toBeGreaterThanOrEqual(240)
    expect(numberIn(plain(), /w:line="(\d+)"/)).toBeLessThanOrEqual(360)
  })

  it('25. sets the legal bases in italics, each on a line of its own', () => {
    for (const start of ['Căn cứ Nghị quyết', 'Căn cứ Kế hoạch']) {
      expect(paragraphOf(opened, start)).toContain(ITALIC)
      expect(paragraphOf(opened, start)).not.toContain(BOLD)
    }
    expect(plain()).not.toContain(ITALIC)
  })

  it('27. sets mục in bold capitals, a khoản with a title in bold, a điểm upright', () => {
    expect(paragraphOf(opened, 'II. KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH')).toContain(BOLD)
    expect(paragraphOf(opened, '1. Về kế hoạch')).toContain(BOLD)
    expect(paragraphOf(opened, '2.10. Kết quả theo lĩnh vực')).toContain(BOLD)
    expect(paragraphOf(opened, 'a) Số lượng')).not.toContain(BOLD)
    for (const xml of opened.paragraphs.filter((one) => one.includes('"Heading')))
      expect(xml).not.toContain(ITALIC)
  })

  it('27. leaves the text after a title on its line in small letters and upright', () => {
    const runs = elementsOf(paragraphOf(opened, 'IV. KIẾN NGHỊ'), 'w:r')
    expect(runs.map(textOf)).toEqual(['IV. KIẾN NGHỊ, ĐỀ XUẤT', ': Không.'])
    expect(runs.map((run) => run.includes(BOLD))).toEqual([true, false])
  })

  it('29. ends body and appendices with "./.", once each', () => {
    const ends = opened.paragraphs.map(textOf).filter((text) => text.endsWith('./.'))
    expect(ends).toHaveLength(3)
    expect(ends.slice(1)).toEqual(['./.', './.'])
  })
})

describe('the signature', () => {
  const cells = () => elementsOf(opened.tables[2] ?? '', 'w:tc')

  it('30. has the powers in bold capitals of 14 points, centred in the right column', () => {
    expect(cells()).toHaveLength(2)
    const lines = elementsOf(cells()[1] ?? '', 'w:p').slice(0, 3)
    expect(lines.map(textOf)).toEqual(['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'])
    for (const line of lines) {
      expect(line).toContain(BOLD)
      expect(line).toContain(CENTRED)
      expect(sizeOf(line)).toBe(14)
    }
  })

  it('31. prints every line of the powers, of a deputy three', () => {
    for (const line of richReport.signature.powers) expect(textOf(cells()[1] ?? '')).toContain(line)
  })

  it('32. has the name in bold, 14 points, centred, four to six lines below', () => {
    const lines = elementsOf(cells()[1] ?? '', 'w:p')
    expect(textOf(lines.at(-1) ?? '')).toBe('Nguyễn Thị Ngọc Ánh')
    expect(lines.at(-1)).toContain(BOLD)
    const empty = lines.filter((line) => textOf(line) === '').length
    expect(empty).toBeGreaterThanOrEqual(4)
    expect(empty).toBeLessThanOrEqual(6)
  })

  it('33. leaves the room for signature and seal empty', () => {
    expect(opened.document).not.toMatch(/<w:(drawing|pict)/)
  })

  it('34. has "Nơi nhận:" at the left, 12 points, bold italic', () => {
    const xml = paragraphOf(opened, 'Nơi nhận:')
    expect(cells()[0]).toContain(xml)
    expect(xml).toContain(BOLD)
    expect(xml).toContain(ITALIC)
    expect(sizeOf(xml)).toBe(12)
  })

  it('35. lists the receivers in 11 points, upright, with dashes, ";" and a last "."', () => {
    const lines = elementsOf(cells()[0] ?? '', 'w:p').slice(1)
    expect(textOf(lines[0] ?? '')).toBe('- Như trên;')
    expect(textOf(lines.at(-1) ?? '')).toBe('- Lưu: VT, VHXH.')
    for (const line of lines) expect(sizeOf(line)).toBe(11)
  })
})

describe('the appendix', () => {
  it('37. is numbered with the label it is given', () => {
    const labels = opened.paragraphs.map(textOf).filter((text) => /^Phụ lục/.test(text))
    expect(labels).toEqual(['Phụ lục I', 'Phụ lục II'])
  })

  it('38. has its label in small letters, bold, 14 points, centred, over a title in bold capitals', () => {
    const label = paragraphOf(opened, 'Phụ lục I')
    const title = paragraphAfter(opened, 'Phụ lục I')
    expect(textOf(title)).toBe('THỐNG KÊ MỘT SỐ CHỈ TIÊU CỤ THỂ')
    for (const xml of [label, title]) {
      expect(xml).toContain(BOLD)
      expect(xml).toContain(CENTRED)
      expect(sizeOf(xml)).toBe(14)
    }
  })

  it('39. names the report it belongs to in italics, centred, over a short line', () => {
    const xml = paragraphOf(opened, '(Kèm theo')
    expect(xml).toContain(ITALIC)
    expect(xml).toContain(CENTRED)
    expect(sizeOf(xml)).toBe(14)
    expect(Math.abs(lengthOf(paragraphAfter(opened, '(Kèm theo'), 14286) - 1701)).toBeLessThan(5)
  })

  it('40. has no signature of its own', () => {
    expect(opened.paragraphs.map(textOf).filter((text) => text === 'Nguyễn Thị Ngọc Ánh')).toHaveLength(1)
  })
})
