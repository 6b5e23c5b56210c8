import type { Say, SayValue } from './say.ts'

/** One part of a longer list: its lines, and the sentence that stands over those of them a page shows. */
export interface Part {
  readonly lines: readonly Say[]
  lay(lines: readonly Say[]): Say
}

/** A page of a list: what stands on it, and which of how many it is. */
export interface Page {
  readonly says: readonly Say[]
  readonly page: number
  readonly pages: number
}

const LINES_MAX = 9
/** Leaves room in a message of 900 for what stands over and under the list. */
const LETTERS_MAX = 670

/** Turns a list to one of its pages; beyond the last one it is the last. Lines are never cut. */
export function turnTo(parts: readonly Part[], wanted: number): Page {
  const pages: { part: Part; lines: Say[] }[][] = []
  let [lines, letters] = [LINES_MAX, LETTERS_MAX]
  for (const part of parts) {
    for (const line of part.lines) {
      const weight = weigh(line)
      if (pages.length === 0 || lines === 0 || letters < weight) {
        pages.push([])
        lines = LINES_MAX
        letters = LETTERS_MAX
      }
      lines -= 1
      letters -= weight
      const page = pages.at(-1)
      const last = page?.at(-1)
      if (last?.part === part) last.lines.push(line)
      else page?.push({ part, lines: [line] })
    }
  }
  const page = Math.min(Math.max(wanted, 1), Math.max(pages.length, 1))
  const shown = pages[page - 1] ?? []
  return { says: shown.map(({ part, lines: own }) => part.lay(own)), page, pages: pages.length }
}

/** How to turn on, or back to the beginning; nothing where there is one page. `words` is what one types. */
export function pageFooter({ page, pages }: Page, words: Say): readonly Say[] {
  if (pages < 2) return []
  const next = page < pages ? page + 1 : 1
  return [{ key: page < pages ? 'page.more' : 'page.last', values: { page, pages, words, next } }]
}

/** What a sentence adds to its values: a little for each, and much where the text itself is long. */
const LETTERS_AROUND = 3
const LONG_TEXTS: readonly (readonly [keys: string, letters: number])[] = [
  ['find.', 62],
  ['contradictions.', 42],
  ['report.ways', 85],
  ['report.summary', 72],
  ['report.findingsKept', 72],
  ['report.findingLine', 0],
  ['report.changes', 8],
  ['report.', 24],
  ['source.', 40],
]

/** About how long a sentence will be: the core does not see the texts, so rather too long than too short. */
export function weigh(say: Say): number {
  const values: readonly SayValue[] = 'values' in say ? Object.values(say.values) : []
  const own = LONG_TEXTS.find(([keys]) => say.key.startsWith(keys))?.[1] ?? 0
  return values.reduce((sum: number, value) => sum + LETTERS_AROUND + weighValue(value), LETTERS_AROUND + own)
}

function weighValue(value: SayValue): number {
  if (typeof value === 'string' || typeof value === 'number') return String(value).length
  if ('key' in value) return weigh(value)
  return value.reduce((sum, one) => sum + weigh(one), 0)
}

/** The same sentence with every long value cut between words; of a sum its result stays. */
export function shortenSay(say: Say, max: number): Say {
  if (!('values' in say)) return say
  const values = Object.entries(say.values).map(([place, value]) => [place, shortenValue(value, max)])
  return { key: say.key, values: Object.fromEntries(values) } as Say
}

function shortenValue(value: SayValue, max: number): SayValue {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return clip(value, max)
  return 'key' in value ? shortenSay(value, max) : value.map((one) => shortenSay(one, max))
}

/** "12 + 13 + 14 = 39" → "12 + … = 39"; cut between words, with "…" where something is left out. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  const result = / = [^=]{1,40}$/.exec(line)?.[0] ?? ''
  const cut = line.slice(0, Math.max(max - result.length, 1))
  const space = cut.lastIndexOf(' ')
  // A figure is never cut in two: what stands before it ends the line.
  return `${space > 0 ? cut.slice(0, space) : cut}…${result}`
}
