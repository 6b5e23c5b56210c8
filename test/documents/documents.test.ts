import { describe, expect, it } from 'vitest'
import { LARGEST_DOCUMENT, readDocument } from '../../src/documents.ts'
import { fc } from '../draws.ts'
import { makeLetter, makeWorkbook, numberCell, textCell, zip } from './made.ts'

const read = (bytes: Uint8Array, name = 'tep') => readDocument({ name, size: bytes.length, bytes })
const letters = (text: string) => new TextEncoder().encode(text)

describe('a letter', () => {
  it('is its paragraphs as lines, whatever its name', async () => {
    const bytes = await makeLetter(['Công tác chỉ đạo.', '', 'Đã ban hành 07 văn bản & 3 < 5.'])
    expect(await read(bytes, 'bao-cao.pdf')).toEqual({
      text: 'Công tác chỉ đạo.\n\nĐã ban hành 07 văn bản & 3 < 5.'.replace('\n\n', '\n'),
    })
  })

  it('has the rows of its tables as lines, the cells apart', async () => {
    const bytes = await makeLetter(['Bảng:', ['II.1', '228'], ['II.2', '3']])
    expect(await read(bytes)).toEqual({ text: 'Bảng:\nII.1\t228\nII.2\t3' })
  })

  it('with no words in it is empty', async () => {
    expect(await read(await makeLetter(['']))).toEqual({ why: 'empty' })
  })
})

describe('a sheet', () => {
  const row = (n: number, ...cells: readonly string[]) => `<row r="${n}">${cells.join('')}</row>`

  it('is its rows as lines, codes as they are written', async () => {
    const bytes = makeWorkbook(
      row(2, textCell('A2', '1.10'), textCell('B2', 'Hồ  sơ'), numberCell('C2', '7847')) +
        row(4, textCell('A4', 'II.2'), numberCell('C4', '0')),
    )
    expect(await read(bytes)).toEqual({ text: '1.10\tHồ sơ\t7847\nII.2\t\t0' })
  })

  it.each([
    ['0.955', '0%', '96%'],
    ['0.955', '0.0%', '95,5%'],
    ['0.946058091286307', '0.00%', '94,61%'],
    ['0.955', '0.0"%"', '1'],
    ['95.5', '0.0"%"', '95,5'],
    ['1.144', 'General', '1,144'],
    ['1234567', '#,##0', '1234567'],
    ['12.25', '#,##0.0', '12,3'],
    ['0.30000000000000004', 'General', '0,3'],
    ['4.465036077E9', 'General', '4465036077'],
    ['1E-3', 'General', '0,001'],
    ['-5', '0_);[Red](0)', '-5'],
    ['45731', 'dd/mm/yyyy', '15/03/2025'],
  ])('shows %s in the format %s as %s', async (number, format, shown) => {
    const bytes = makeWorkbook(row(1, textCell('A1', 'Số'), numberCell('B1', number, 1)), [format])
    expect(await read(bytes)).toEqual({ text: `Số\t${shown}` })
  })

  it('with one cell far out is not filled up to it', async () => {
    for (const far of [numberCell('XFD1048576', '1'), '<c r="XFD1048576"/>'])
      expect(await read(makeWorkbook(row(1, numberCell('A1', '1')) + row(1048576, far)))).toEqual({
        why: 'size',
      })
  })

  it('that is broken is said to be unreadable', async () => {
    expect(await read(makeWorkbook('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'))).toEqual({
      why: 'unreadable',
    })
    expect(await read(zip({ 'xl/workbook.xml': '<workbook' }))).toEqual({ why: 'unreadable' })
  })
})

describe('a plain text', () => {
  it.each([
    ['UTF-8', letters('hồ sơ: 228')],
    ['UTF-8 with a mark', letters('\ufeffhồ sơ: 228')],
    ['decomposed letters', letters('hồ sơ: 228'.normalize('NFD'))],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, ...Buffer.from('hồ sơ: 228', 'utf16le')])],
    [
      'UTF-16, the other way round',
      Uint8Array.from([0xfe, 0xff, ...Buffer.from('hồ sơ: 228', 'utf16le').swap16()]),
    ],
  ])('in %s is read', async (_, bytes) => {
    expect(await read(bytes)).toEqual({ text: 'hồ sơ: 228' })
  })

  it('in an old code page is unreadable, not guessed at', async () => {
    expect(await read(Uint8Array.from([0x68, 0xe5, 0x20, 0x73, 0xec]))).toEqual({ why: 'unreadable' })
  })

  it.each([
    ['II.1;228\nII.2;"95,5%"\n', 'II.1\t228\nII.2\t95,5%'],
    ['II.1,228\r\n"a, ""b""",3', 'II.1\t228\na, "b"\t3'],
    ['a\tb\n\n1\t2', 'a\tb\n1\t2'],
    ['BẢNG\nTên;Số\nA;5', 'BẢNG\nTên\tSố\nA\t5'],
    ['"a" b;2\n"c;3', '"a" b\t2\n"c\t3'],
  ])('named .csv is a table: %j', async (text, rows) => {
    expect(await read(letters(text), 'Bang.CSV')).toEqual({ text: rows })
  })
})

describe('what is no document', () => {
  it.each([
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), 'type'],
    ['a PDF', letters('%PDF-1.4 ...'), 'type'],
    ['rich text', letters('{\\rtf1 xin chào}'), 'type'],
    ['a page of the web', letters('\n<html><table><tr><td>228'), 'type'],
    ['an old Word file', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'type'],
    ['a zip of something else', zip({ 'a.xml': '<a/>' }), 'type'],
    ['nothing', new Uint8Array(), 'empty'],
    ['blanks', letters(' \r\n\t\ufeff'), 'empty'],
    ['half a zip', zip({ 'word/document.xml': '<a/>' }).subarray(0, 60), 'unreadable'],
    ['a letter without its parts', zip({ 'word/document.xml': '<a/>' }), 'unreadable'],
    ['too many words', letters('chữ '.repeat(20_000)), 'size'],
  ])('%s is named for what it is', async (_, bytes, why) => {
    expect(await read(bytes, 'bao-cao.docx')).toEqual({ why })
  })

  it('is known by its size before it is looked at, and gone when there are no bytes', async () => {
    expect(await readDocument({ name: 'a.docx', size: LARGEST_DOCUMENT + 1 })).toEqual({ why: 'size' })
    expect(await readDocument({ name: 'a.docx', size: 10 })).toEqual({ why: 'gone' })
  })

  it('a zip that would grow is not unpacked, whatever it says of its size', async () => {
    const bomb = zip({ 'word/document.xml': ' '.repeat(60_000_000) })
    const started = performance.now()
    expect(bomb.length).toBeLessThan(100_000)
    expect(await read(bomb)).toEqual({ why: 'size' })

    const liar = Buffer.from(bomb)
    for (const sign of ['PK\u0001\u0002', 'PK\u0003\u0004']) {
      const at = liar.indexOf(sign, 0, 'latin1')
      liar.writeUInt32LE(1000, at + (sign === 'PK\u0001\u0002' ? 24 : 22))
    }
    expect(await read(liar)).toEqual({ why: 'unreadable' })
    expect(performance.now() - started).toBeLessThan(1500)
  })

  it('never is a fault, whatever the bytes', async () => {
    const whole = [
      await makeLetter(['Một', ['hai', 'ba']]),
      makeWorkbook(`<row r="1">${textCell('A1', 'x')}${numberCell('B1', '1')}</row>`),
      letters('"a";b\n1;2'),
    ]
    const spoilt = fc.record({
      base: fc.constantFrom(...whole),
      cut: fc.nat(4000),
      spots: fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 6 }),
      name: fc.constantFrom('a.csv', 'a.docx'),
    })
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ base, cut, spots, name }) => {
        const bytes = Uint8Array.from(base.subarray(0, base.length - (cut % base.length)))
        for (const [at, value] of spots) bytes[at % bytes.length] = value
        const words = await read(bytes, name)
        expect('text' in words ? words.text.length : words.why.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})
