import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderDocx } from '../../src/render/docx.ts'
import { renderXlsx } from '../../src/render/xlsx.ts'
import { elementsOf, readArchive, textOf } from './archive.ts'
import { figures } from './figures.ts'
import { convert, isMissing, wordsOf } from './libreoffice.ts'
import { richReport, sampleWords } from './sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'thuky-libreoffice-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(isMissing)('LibreOffice', { timeout: 180_000 }, () => {
  let document = ''
  beforeAll(async () => {
    const bytes = await renderDocx(richReport, sampleWords)
    writeFileSync(join(folder, 'report.docx'), bytes)
    document = readArchive(bytes).get('word/document.xml') ?? ''
  })

  it('reads every paragraph of the report', () => {
    const text = wordsOf(convert(folder, 'report.docx', 'txt:Text (encoded):UTF8').toString('utf8'))
    const paragraphs = elementsOf(document, 'w:p')
      .filter((xml) => !xml.includes('w:footnoteReference'))
      .map((xml) => wordsOf(textOf(xml).replaceAll('&apos;', "'").replaceAll('&quot;', '"')))
      .filter((line) => line !== '')
    expect(paragraphs.length).toBeGreaterThan(1000)
    expect(paragraphs.filter((line) => !text.includes(line))).toEqual([])
  })

  it('keeps notes, headers of tables and the two ways the pages lie when it writes the report anew', () => {
    const again = readArchive(convert(folder, 'report.docx', 'docx'))
    const notes = elementsOf(again.get('word/footnotes.xml') ?? '', 'w:footnote')
      .map(textOf)
      .filter((text) => text !== '')
    expect(notes.map(wordsOf)).toEqual([
      expect.stringContaining('Kế hoạch số 15/KH-UBND ngày 10/01/2025'),
      'Chi tiết tại Phụ lục I, Phụ lục II.',
    ])
    const body = again.get('word/document.xml') ?? ''
    expect(body.match(/<w:tblHeader/g)).toHaveLength(4)
    const sizes = elementsOf(body, 'w:pgSz').map((size) => /w:w="(\d+)"/.exec(size)?.[1])
    expect(sizes).toEqual(['11906', '16838', '16838', '16838'])
  })

  it('shows the numbers of the sheet', async () => {
    writeFileSync(join(folder, 'figures.xlsx'), await renderXlsx(figures))
    const csv = convert(
      folder,
      'figures.xlsx',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false',
    ).toString('utf8')
    expect(csv.trim().split('\n')).toEqual([
      'Mã,Chỉ tiêu,Số liệu',
      '2,Cải cách thủ tục hành chính,',
      '2.1,Hồ sơ tiếp nhận,7847',
      '2.10,Tỷ lệ,99.58',
      '3,=SUM(A1:A9),12345678901234567890',
      '4,Thu ngân sách,4465036077',
      '5,,-5',
    ])
  })
})
