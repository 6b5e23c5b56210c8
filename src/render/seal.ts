import { type Document, Packer } from 'docx'
import { cleanText } from './typography.ts'

/** 1 January 1980, the first day a zip archive can name. */
const DAY_ZERO = 0x00210000

/** The document as bytes, the same for the same report: docx would write the time of day into it. */
export async function seal(document: Document, title: string): Promise<Uint8Array> {
  const properties = { path: 'docProps/core.xml', data: writeProperties(title) }
  const bytes = new Uint8Array(await Packer.toArrayBuffer(document, undefined, [properties]))
  stampEntries(bytes)
  return bytes
}

/** Title and creator, and no dates: the ones that docx writes are of the rendering, not of the report. */
function writeProperties(title: string): string {
  const escaped = cleanText(title).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${escaped}</dc:title><dc:creator>thuky</dc:creator></cp:coreProperties>`
  )
}

/** Every entry of a zip archive names its time twice: in its own header and in the directory at the end. */
export function stampEntries(zip: Uint8Array): void {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = zip.length - 22
  let entry = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    view.setUint32(entry + 12, DAY_ZERO, true)
    view.setUint32(view.getUint32(entry + 42, true) + 10, DAY_ZERO, true)
    const [name, extra, comment] = [28, 30, 32].map((at) => view.getUint16(entry + at, true))
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
}
