import { createHash } from 'node:crypto'
import { assemble } from './core/assemble.ts'
import type { Office } from './core/office.ts'
import { askedItems, progressOf, type Round } from './core/round.ts'
import type { Say } from './core/say.ts'
import { summarise } from './core/summary.ts'
import { renderDocx } from './render/docx.ts'
import type { OutFileContent } from './store/store.ts'
import type { Words } from './words.ts'

/** A draft as it goes out: the file, its fingerprint, and the few lines that go with it. */
export interface Draft {
  readonly file: OutFileContent
  readonly sha256: string
  readonly summary: readonly Say[]
  readonly done: number
  readonly total: number
}

export async function draftReport(round: Round, office: Office, words: Words): Promise<Draft> {
  const bytes = await renderDocx(assemble(round, office), {
    nation: words.text('document.nation'),
    motto: words.text('document.motto'),
    number: words.text('document.number'),
    addressee: words.text('document.addressee'),
    recipients: words.text('document.recipients'),
    draftMark: words.text('document.draft'),
    coverTitle: words.text('document.cover'),
    openDate: words.text('document.openDate', { year: yearOf(round) }),
  })
  return {
    file: { name: fileName(round, office), bytes },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    summary: summarise(round, office),
    ...progressOf(round, askedItems(round.pack)),
  }
}

/** The year it will be signed in: the day and month are left to the clerk who issues it. */
function yearOf(round: Round): string {
  return round.schedule.deadline.slice(0, 4)
}

/** "du-thao-cchc-2025-quy1-an-binh.docx": safe on every system and in every channel. */
function fileName(round: Round, office: Office): string {
  return `du-thao-${round.pack.id}-${round.period.key}-${office.id}.docx`
}
