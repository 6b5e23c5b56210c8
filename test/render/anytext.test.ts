import { describe, expect, it } from 'vitest'
import type { Appendix, Report, Run } from '../../src/core/report.ts'
import { renderDocx } from '../../src/render/docx.ts'
import { cleanText } from '../../src/render/typography.ts'
import { fc } from '../draws.ts'
import { textOf } from './archive.ts'
import { openDocument, parseXml } from './opened.ts'
import { appendix, column, pack, paragraph, richReport, row, sampleWords, table } from './sample.ts'

/** Any 16-bit units at all, halves of surrogate pairs among them, and what breaks XML more often than not. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        ']]>',
        '&#0;',
        '\u0000',
        '\ud83d\ude00',
        '\ud800',
        'ệ',
        '<w:p>',
      ),
    ),
    { maxLength: 30 },
  )
  .map((units) => units.join(''))

const anyRun: fc.Arbitrary<Run> = fc.record(
  {
    text: anyText,
    source: fc.constantFrom<Run['source']>({ type: 'pack', at: 'a' }, { type: 'gap', code: 'I.1' }),
    isDoubtful: fc.boolean(),
    note: fc.array(fc.record({ text: anyText, source: fc.constant({ type: 'pack' as const, at: 'a' }) }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['text', 'source'] },
)
const anyRuns = fc.array(anyRun, { maxLength: 4 })
const anyTable = fc.record({
  type: fc.constant('table' as const),
  columns: fc.array(
    fc.record({
      title: anyRuns,
      share: fc.double({ min: 0.01, max: 100, noNaN: true }),
      align: fc.constantFrom('left', 'center', 'right'),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  rows: fc.array(fc.record({ cells: fc.array(anyRuns, { maxLength: 6 }), isGroup: fc.boolean() }), {
    maxLength: 4,
  }),
})
const anyAppendix: fc.Arbitrary<Appendix> = fc.record({
  label: anyRuns,
  title: anyRuns,
  reference: anyRuns,
  table: anyTable,
})
const anyReport: fc.Arbitrary<Report> = fc.record({
  isDraft: fc.boolean(),
  issuer: fc.array(anyText, { maxLength: 3 }),
  symbol: anyText,
  place: anyText,
  title: anyText,
  subject: anyText,
  addressees: fc.array(anyText, { maxLength: 3 }),
  blocks: fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant('heading' as const),
        level: fc.constantFrom(1, 2, 3),
        runs: anyRuns,
        line: anyRuns,
      }),
      fc.record({ type: fc.constant('paragraph' as const), runs: anyRuns, isBasis: fc.boolean() }),
      anyTable,
    ),
    { maxLength: 6 },
  ),
  signature: fc.record({ powers: fc.array(anyText, { maxLength: 3 }), name: anyText }),
  recipients: fc.array(anyText, { maxLength: 4 }),
  appendices: fc.array(anyAppendix, { maxLength: 2 }),
  annex: anyAppendix,
  gaps: fc.constant([]),
  cover: fc.array(anyText, { maxLength: 2 }),
})

describe('whatever the texts', () => {
  it('every part is well-formed XML', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        const { parts } = await openDocument(report)
        expect(parts.size).toBeGreaterThan(10)
        for (const xml of parts.values()) parseXml(xml)
      }),
      { numRuns: 60 },
    )
  })

  it('a paragraph says what it was given, less what XML cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { document } = await openDocument({
          ...richReport,
          appendices: [],
          blocks: [paragraph(pack(`x${text}y`))],
        })
        const escaped = cleanText(`x${text}y`)
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')
        const plain = document.replaceAll('&quot;', '"').replaceAll('&apos;', "'")
        expect(plain).toContain(`>${escaped}</w:t>`)
      }),
      { numRuns: 60 },
    )
  })

  it('equal reports give equal bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        const [one, other] = [
          await renderDocx(report, sampleWords),
          await renderDocx(structuredClone(report), sampleWords),
        ]
        expect(Buffer.compare(one, other)).toBe(0)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a big report', () => {
  it('is a valid document: a narrative of fifty pages, tables of 200 rows, a word without an end', async () => {
    const sentence = 'Ủy ban nhân dân phường tiếp tục quán triệt cán bộ, công chức nghiêm túc thực hiện. '
    const narrative = Array.from({ length: 50 }, (_, page) =>
      paragraph(pack(`Trang ${page}. ${sentence.repeat(40)}`)),
    )
    const rows = Array.from({ length: 200 }, (_, at) => row(`${at}`, 'x'.repeat(500), `"<${at}>" & 'y'`))
    const { parts, document } = await openDocument({
      ...richReport,
      blocks: [
        ...narrative,
        table([column('TT', 1), column('Tên', 3), column('Số', 2)], rows),
        paragraph(pack('Hết./.')),
      ],
      appendices: [appendix('Phụ lục', 200)],
    })
    for (const xml of parts.values()) parseXml(xml)
    expect(document.match(/<w:tr>/g)?.length).toBeGreaterThan(400)
    expect(textOf(document)).toContain('Trang 49.')
  })
})
