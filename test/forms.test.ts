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

  it('computes nothing where a bracket turns signs about', () => {
    const form = read(
      ['1.1', 'Tổng', 'hồ sơ', '', 'mot-cua'],
      ['1.2', 'Đã xong', 'hồ sơ', '', 'mot-cua'],
      ['1.3', 'Trả lại', 'hồ sơ', '', 'mot-cua'],
      ['1.4', 'Còn lại', 'hồ sơ', '', 'mot-cua', '1.1 - (1.2 - 1.3)'],
      ['1.5', 'Tỷ số', '%', '', 'mot-cua', '1.1 / [1.2 / 1.3]'],
      ['1.6', 'Tổng', 'hồ sơ', '', 'mot-cua', '= (1.1 + 1.2) + 1.3'],
      ['1.7', 'Hiệu', 'hồ sơ', '', 'mot-cua', '(1.1) - (1.2)'],
    )
    expect(form?.items.slice(3).map(({ formula }) => formula)).toEqual([
      undefined,
      undefined,
      { type: 'sum', parts: ['1.1', '1.2', '1.3'] },
      { type: 'difference', from: '1.1', less: ['1.2'] },
    ])
    expect(form?.defects).toEqual([
      { row: 5, what: 'badFormula', value: '1.1 - (1.2 - 1.3)' },
      { row: 6, what: 'badFormula', value: '1.1 / [1.2 / 1.3]' },
    ])
  })

  it.each([
    ['Tỉnh, huyện, xã', false],
    ['Cán bộ xã', false],
    ['Cán bộ', false],
    ['cấp xã', false],
    ['Huyện, phường', false],
    ['', false],
    ['huyện', true],
    ['Bộ, tỉnh', true],
    ['Huyện, thị xã', true],
  ])('with the level “%s” on a line: of another level %s', (level, isForeign) => {
    const form = read(['1.1', 'Số hồ sơ', 'hồ sơ', '', 'mot-cua', '', level])
    expect(form?.rows[0]?.isForeign).toBe(isForeign)
    expect(form?.items).toHaveLength(isForeign ? 0 : 1)
  })

  it.each([
    ['Không = 0; Có (đầy đủ) = 1', '0 Không, 1 Có (đầy đủ)'],
    ['0 = Không; 1 = Có', '0 Không, 1 Có'],
    ['0 = Không, 1 = Có', '0 Không, 1 Có'],
    ['0 = Không\n1 = Có (trên 50%)', '0 Không, 1 Có (trên 50%)'],
    ['Không=0\nCó, một phần=1\nMức 3 = 2', '0 Không, 1 Có, một phần, 2 Mức 3'],
  ])('reads the options “%s”', (cell, told) => {
    const [item] = read(['1.1', 'Trang thông tin', '', cell, 'mot-cua'])?.items ?? []
    expect(item?.kind).toBe('choice')
    expect(item?.options?.map(({ value, name }) => `${value} ${name}`).join(', ')).toBe(told)
  })

  it('tells apart a code that comes a third time or in other letters, and finds it in either', () => {
    const form = read(
      ['3.1.a', 'Một', 'hồ sơ', '', 'mot-cua'],
      ['3.1.A', 'Hai', 'hồ sơ', '', 'mot-cua'],
      ['3.1.a', 'Ba', 'hồ sơ', '', 'mot-cua'],
      ['3.2', 'Cộng', 'hồ sơ', '', 'mot-cua', '3.1.A + 3.1.abis'],
    )
    expect(form?.items.map(({ code }) => code)).toEqual(['3.1.a', '3.1.Abis', '3.1.abisbis', '3.2'])
    expect(form?.items[3]?.formula).toEqual({ type: 'sum', parts: ['3.1.a', '3.1.Abis'] })
    expect(form?.defects).toEqual([
      { row: 3, what: 'codeTwice', value: '3.1.A' },
      { row: 4, what: 'codeTwice', value: '3.1.abis' },
    ])
  })

  it('gives a line without a code, under no other, a code of its own', () => {
    const form = read(
      ['', 'Số cuộc họp', 'cuộc', '', 'dieu-hanh'],
      ['', 'Số văn bản', 'văn bản', '', 'dieu-hanh'],
      ['A', 'Số hồ sơ', 'hồ sơ', '', 'mot-cua'],
      ['', 'Trong đó: Trực tiếp', 'hồ sơ', '', 'mot-cua'],
      ['A.a', 'Trực tuyến', 'hồ sơ', '', 'mot-cua'],
    )
    expect(form?.items.map(({ code }) => code)).toEqual(['b', 'c', 'A', 'A.b', 'A.a'])
    expect(form?.defects.slice(0, 3)).toEqual([
      { row: 2, what: 'noCodeAbove', value: 'b' },
      { row: 3, what: 'noCodeAbove', value: 'c' },
      { row: 5, what: 'noCode', value: 'A.b' },
    ])
  })

  it('asks for a line of the first level with neither unit nor lines below it', () => {
    const form = read(
      ['I', 'Cải cách thể chế'],
      ['1', 'Số hồ sơ', '', '', 'mot-cua'],
      ['2', 'Chỉ đạo'],
      ['2.1', 'Số văn bản', 'văn bản', '', 'van-ban'],
    )
    expect(form?.items.map(({ code, group }) => [code, group])).toEqual([
      ['1', 'bieu-1'],
      ['2.1', 'bieu-2'],
    ])
    expect(form?.groups.map(({ id }) => id)).toEqual(['bieu-1', 'bieu-2'])
    expect(form?.defects).toEqual([{ row: 3, what: 'noUnit', value: '1' }])
  })

  it('has a group for lines whose heading the form leaves out', () => {
    const form = read(['1.2.1', 'Số văn bản', 'văn bản', '', 'van-ban'])
    expect(form?.groups).toEqual([{ id: form?.items[0]?.group, ask: '1' }])
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
