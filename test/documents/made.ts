import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import PizZip from 'pizzip'

/** A letter of these paragraphs; an array is a row of a table. */
export async function makeLetter(blocks: readonly (string | readonly string[])[]): Promise<Uint8Array> {
  const children = blocks.map((block) =>
    typeof block === 'string'
      ? new Paragraph({ children: [new TextRun(block)] })
      : new Table({
          rows: [
            new TableRow({
              children: block.map((cell) => new TableCell({ children: [new Paragraph(cell)] })),
            }),
          ],
        }),
  )
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}

/** A zip of these parts. */
export function zip(parts: Readonly<Record<string, string>>): Uint8Array {
  const made = new PizZip()
  for (const [name, content] of Object.entries(parts)) made.file(name, content)
  return made.generate({ type: 'uint8array', compression: 'DEFLATE' })
}

/** A workbook of one sheet, with the cell styles of these number formats. */
export function makeWorkbook(cells: string, formats: readonly string[] = []): Uint8Array {
  const quoted = (code: string) => code.replaceAll('"', '&quot;')
  return zip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    'xl/workbook.xml':
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/styles.xml': `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>${formats
      .map((code, index) => `<numFmt numFmtId="${170 + index}" formatCode="${quoted(code)}"/>`)
      .join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats
      .map((_, index) => `<xf numFmtId="${170 + index}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`,
  })
}

/** "A1", a text. */
export function textCell(at: string, text: string): string {
  return `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
}

/** A number in a style: 0 is none, 1 the first of the formats. */
export function numberCell(at: string, number: string, style = 0): string {
  return `<c r="${at}" s="${style}"><v>${number}</v></c>`
}
