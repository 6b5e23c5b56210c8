import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { readFormSheet } from '../src/core/formsheet.ts'
import { readFormFile } from '../src/forms.ts'
import { readDuties } from '../src/prompts.ts'

const folder = mkdtempSync(join(tmpdir(), 'thuky-forms-'))
afterAll(() => rmSync(folder, { recursive: true }))
const duties = await readDuties('prompts')
const known = new Map(Object.keys(duties).map((id) => [id, id]))
const HEAD = ['Mã', 'Chỉ tiêu', 'Đơn vị tính', 'Lựa chọn', 'Phụ trách', 'Công thức', 'Cấp']

const read = (...rows: readonly (readonly string[])[]) => readFormSheet([HEAD, ...rows], known)

describe('a statistics form in a spreadsheet', () => {
  it('becomes rows in their order and an item for each line that asks for something', () => {
    const form = read(
      ['1', 'Chỉ đạo'],
      ['1.1', 'Số nhiệm vụ', 'Nhiệm vụ', '', 'dieu-hanh'],
      ['1.2', 'Tỷ lệ', '%', '', 'dieu-hanh'],
      ['1.3', 'Đối thoại', '', 'Không = 0; Có = 1', 'dieu-hanh'],
    )
    expect(form?.rows.map(({ code, item }) => [code, item])).toEqual([
      ['1', undefined],
      ['1.1', '1.1'],
      ['1.2', '1.2'],
      ['1.3', '1.3'],
    ])
    expect(form?.items.map(({ kind, unit }) => [kind, unit])).toEqual([
      ['count', 'Nhiệm vụ'],
      ['percent', '%'],
      ['choice', undefined],
    ])
    expect(form?.items[2]?.options).toEqual([
      { value: '0', name: 'Không' },
      { value: '1', name: 'Có' },
    ])
    expect(form?.groups).toEqual([{ id: 'bieu-1', ask: 'Chỉ đạo' }])
    expect(form?.defects).toEqual([])
  })

  it('computes what has a formula and asks for the rest', () => {
    const form = read(
      ['3.1', 'Tiếp nhận', 'hồ sơ', '', 'mot-cua', '= 3.1.a + 3.1.b'],
      ['3.1.a', 'Trực tiếp', 'hồ sơ', '', 'mot-cua'],
      ['3.1.b', 'Trực tuyến', 'hồ sơ', '', 'mot-cua'],
      ['3.2', 'Tỷ lệ trực tuyến', '%', '', 'mot-cua', '3.1.b / 3.1'],
      ['3.3', 'Còn lại', 'hồ sơ', '', 'mot-cua', '3.1 - 3.1.a'],
      ['3.4', 'Sai', 'hồ sơ', '', 'mot-cua', '3.1 + 9.9'],
    )
    expect(form?.items.map(({ formula }) => formula)).toEqual([
      { type: 'sum', parts: ['3.1.a', '3.1.b'] },
      undefined,
      undefined,
      { type: 'rate', part: ['3.1.b'], whole: '3.1' },
      { type: 'difference', from: '3.1', less: ['3.1.a'] },
      undefined,
    ])
    expect(form?.defects).toContainEqual({ row: 7, what: 'badFormula', value: '3.1 + 9.9' })
  })

  it('survives a code that stands twice, lines without code or unit, and lines of another level', () => {
    const form = read(
      ['3.3', 'Kết quả'],
      ['3.3.1', 'Đã tiếp nhận', 'hồ sơ', '', 'mot-cua'],
      ['', 'Trong đó: Trực tiếp', '', '', 'mot-cua'],
      ['', 'Trong đó: Bưu chính', '', '', 'mot-cua'],
      ['3.3.1', 'Cấp trên giải quyết', 'hồ sơ', '', 'mot-cua', '', 'huyện'],
      ['3.3.2', 'Không rõ ai', 'hồ sơ', '', 'ông Ba'],
    )
    expect(form?.items.map(({ code, name, duty }) => [code, name, duty])).toEqual([
      ['3.3.1', 'Đã tiếp nhận', 'mot-cua'],
      ['3.3.1.a', 'Đã tiếp nhận – Trực tiếp', 'mot-cua'],
      ['3.3.1.b', 'Đã tiếp nhận – Bưu chính', 'mot-cua'],
      ['3.3.2', 'Không rõ ai', 'dieu-hanh'],
    ])
    expect(form?.rows[4]).toMatchObject({ code: '3.3.1', isForeign: true })
    expect(form?.defects.map(({ row, what }) => `${row} ${what}`)).toEqual([
      '4 noCode',
      '5 noCode',
      '6 codeTwice',
      '3 groupWithItem',
      '4 noUnit',
      '5 noUnit',
      '7 unknownOwner',
    ])
  })

  it('is refused without columns for code and name', () => {
    expect(
      readFormSheet(
        [
          ['a', 'b'],
          ['1', 'x'],
        ],
        known,
      ),
    ).toBeUndefined()
  })

  it('is read from a real workbook, all 104 lines of the published form among them', async () => {
    const [, ...lines] = readFileSync('test/packs/appendix.tsv', 'utf8').trimEnd().split('\n')
    const rows = [
      ['BIỂU THỐNG KÊ'],
      ['Mã', 'Chỉ tiêu', 'Đơn vị tính'],
      ...lines.map((line) => line.split('\t').slice(0, 3)),
    ]
    const path = join(folder, 'bieu.xlsx')
    const cells = rows.map((row) => row.map((value) => ({ value, type: String })))
    writeFileSync(path, await writeXlsx(cells).toBuffer())
    const form = await readFormFile(path, duties)
    expect(form?.rows).toHaveLength(104)
    expect(form?.defects).toContainEqual({ row: 52, what: 'codeTwice', value: '3.3.1' })
    expect(new Set(form?.items.map(({ code }) => code)).size).toBe(form?.items.length)
  })

  it('is refused where the file is no workbook', async () => {
    const path = join(folder, 'khong-phai.xlsx')
    writeFileSync(path, 'không phải Excel')
    expect(await readFormFile(path, duties)).toBeUndefined()
    expect(await readFormFile(join(folder, 'khong-co.xlsx'), duties)).toBeUndefined()
  })
})
