import { SaxesParser } from 'saxes'
import type { Report } from '../../src/core/report.ts'
import { renderDocx } from '../../src/render/docx.ts'
import type { Style } from '../../src/render/style.ts'
import { elementsOf, readArchive, textOf } from './archive.ts'
import { richReport, sampleWords } from './sample.ts'

/** A rendered report as a checker sees it. */
export interface Opened {
  readonly parts: ReadonlyMap<string, string>
  /** word/document.xml: body, appendices, annex. */
  readonly document: string
  readonly styles: string
  readonly footnotes: string
  readonly paragraphs: readonly string[]
  readonly tables: readonly string[]
  readonly sections: readonly string[]
}

export async function openDocument(report: Report = richReport, style?: Style): Promise<Opened> {
  const parts = readArchive(await renderDocx(report, sampleWords, style))
  const document = parts.get('word/document.xml') ?? ''
  return {
    parts,
    document,
    styles: parts.get('word/styles.xml') ?? '',
    footnotes: parts.get('word/footnotes.xml') ?? '',
    paragraphs: elementsOf(document, 'w:p'),
    tables: elementsOf(document, 'w:tbl'),
    sections: elementsOf(document, 'w:sectPr'),
  }
}

/** The first paragraph that begins so. */
export function paragraphOf({ paragraphs }: Opened, start: string): string {
  const found = paragraphs.find((xml) => textOf(xml).startsWith(start))
  if (found === undefined) throw new Error(`no paragraph begins with “${start}”`)
  return found
}

/** The paragraph right after the one that begins so. */
export function paragraphAfter({ paragraphs }: Opened, start: string): string {
  return paragraphs[paragraphs.findIndex((xml) => textOf(xml).startsWith(start)) + 1] ?? ''
}

export function numberIn(xml: string, pattern: RegExp): number {
  return Number(pattern.exec(xml)?.[1])
}

/** Throws at the first place where a part is not well-formed XML with namespaces. */
export function parseXml(xml: string): void {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
}
