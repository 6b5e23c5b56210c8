import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import type { Block, Report, Run, Table } from '../../src/core/report.ts'
import { renderDocx } from '../../src/render/docx.ts'
import { sampleWords } from '../render/sample.ts'

const ROUNDS = 7
const LOOK =
  '<w:rPr><w:rFonts w:ascii="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'

/**
 * Milliseconds of each round, ours and those of a template filled by docxtemplater, turn by turn in one
 * run. Both write the words of the body and every cell in the same fonts; only ours writes the rest.
 */
export async function measureRender(
  report: Report,
): Promise<{ readonly ours: number[]; readonly docxtemplater: number[] }> {
  const template = makeTemplate(report)
  const values = valuesOf(report)
  const ours: number[] = []
  const docxtemplater: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const started = performance.now()
    await renderDocx(report, sampleWords)
    const turned = performance.now()
    fillTemplate(template, values)
    const ended = performance.now()
    if (round === 0) continue
    ours.push(turned - started)
    docxtemplater.push(ended - turned)
  }
  return { ours, docxtemplater }
}

export function fillTemplate(template: Uint8Array, values: object): Uint8Array {
  const filled = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: false })
  filled.render(values)
  return filled.getZip().generate({ type: 'uint8array', compression: 'DEFLATE' })
}

/** One loop over the paragraphs, then a table with a loop over its rows for each table of the report. */
export function makeTemplate(report: Report): Uint8Array {
  const body = [
    '<w:p><w:r><w:t>{#blocks}</w:t></w:r></w:p>',
    `<w:p><w:pPr><w:spacing w:after="120" w:before="0" w:line="288" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr><w:r>${LOOK}<w:t>{text}</w:t></w:r></w:p>`,
    '<w:p><w:r><w:t>{/blocks}</w:t></w:r></w:p>',
    ...tablesOf(report).map(({ columns }, at) => {
      const cells = columns.map((_, cell) => {
        const open = cell === 0 ? `{#table${at}}` : ''
        const close = cell === columns.length - 1 ? `{/table${at}}` : ''
        return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="2000"/><w:vAlign w:val="top"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0" w:before="0"/><w:jc w:val="left"/></w:pPr><w:r>${LOOK}<w:t>${open}{cell${cell}}${close}</w:t></w:r></w:p></w:tc>`
      })
      return `<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr></w:tbl><w:p/>`
    }),
  ].join('')
  const zip = new PizZip()
  zip.file(
    '[Content_Types].xml',
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  )
  zip.file(
    '_rels/.rels',
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  )
  zip.file(
    'word/document.xml',
    `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  )
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE' })
}

export function valuesOf(report: Report): object {
  const tables = tablesOf(report).map(({ columns, rows }, at) => [
    `table${at}`,
    [columns.map(({ title }) => title), ...rows.map(({ cells }) => cells)].map((cells) =>
      Object.fromEntries(columns.map((_, cell) => [`cell${cell}`, textOf(cells[cell] ?? [])])),
    ),
  ])
  return {
    blocks: report.blocks.filter(isText).map((block) => ({ text: textOf(block.runs) })),
    ...Object.fromEntries(tables),
  }
}

function tablesOf({ blocks, appendices, annex }: Report): readonly Table[] {
  return [
    ...blocks.filter((block) => block.type === 'table'),
    ...[...appendices, ...(annex ? [annex] : [])].map((appendix) => appendix.table),
  ]
}

function isText(block: Block): block is Exclude<Block, Table> {
  return block.type !== 'table'
}

function textOf(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join('')
}
