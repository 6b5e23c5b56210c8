import { foldAccents, keyWord } from '../figures/text.ts'

/** One word, number or sign of a reply, with its place in the text as typed. */
export interface Word {
  readonly type: 'word' | 'number' | 'sign' | 'break'
  readonly text: string
  /** Accents kept, wherever the tone mark was put: "hoà" and "hòa" are one. */
  readonly key: string
  readonly fold: string
  /** Typed without accents, so it may stand for any word that folds to it. */
  readonly isPlain: boolean
  readonly start: number
  readonly end: number
  /** A space or tab before it. */
  readonly gap: boolean
}

const PARTS = /\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}][\p{L}\p{M}\p{Nd}]*|\n|->|=>|\S/gu

/** "53hs, 1.234" → 53 · hs · , · 1.234. A number keeps the dots and commas inside it. */
export function readWords(text: string): readonly Word[] {
  let last = 0
  return Array.from(text.matchAll(PARTS), (part): Word => {
    const typed = part[0]
    const gap = part.index > last
    last = part.index + typed.length
    const lower = typed.toLowerCase().normalize('NFC')
    const fold = foldAccents(lower)
    const type = typed === '\n' ? 'break' : typeOf(typed)
    return {
      type,
      text: typed,
      key: keyWord(lower),
      fold,
      isPlain: fold === lower,
      start: part.index,
      end: last,
      gap,
    }
  })
}

function typeOf(typed: string): 'word' | 'number' | 'sign' {
  if (/^\p{Nd}/u.test(typed)) return 'number'
  return /^[\p{L}\p{M}]/u.test(typed) ? 'word' : 'sign'
}

/** The words as typed, with what stands between them. */
export function sliceWords(text: string, words: readonly Word[]): string {
  const [first, last] = [words[0], words.at(-1)]
  return first && last ? text.slice(first.start, last.end) : ''
}

/** What a table of phrases found: the role, and where the phrase ends. */
export interface Phrase<Role extends string> {
  readonly role: Role
  readonly end: number
}

export type PhraseFinder<Role extends string> = (
  words: readonly Word[],
  at: number,
) => Phrase<Role> | undefined

interface Entry<Role extends string> {
  readonly role: Role
  readonly keys: readonly string[]
  readonly folds: readonly string[]
}

/** Finds the longest phrase that starts at a word; "a|b" is either word, and accents may be left out by the writer. */
export function createPhraseFinder<Role extends string>(
  table: Readonly<Record<Role, readonly string[]>>,
): PhraseFinder<Role> {
  const byFirst = new Map<string, Entry<Role>[]>()
  for (const [role, phrases] of Object.entries(table) as [Role, readonly string[]][]) {
    for (const spelled of phrases.flatMap(spellOut)) {
      const folds = spelled.map(foldAccents)
      const [first = ''] = folds
      byFirst.set(first, [...(byFirst.get(first) ?? []), { role, keys: spelled.map(keyWord), folds }])
    }
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.keys.length - a.keys.length)
  return (words, at) => {
    const found = byFirst.get(words[at]?.fold ?? '')?.find((entry) => isEntryAt(entry, words, at))
    return found && { role: found.role, end: at + found.keys.length }
  }
}

function isEntryAt({ keys, folds }: Entry<string>, words: readonly Word[], at: number): boolean {
  return keys.every((key, index) => {
    const word = words[at + index]
    return word !== undefined && (word.key === key || (word.isPlain && word.fold === folds[index]))
  })
}

/** "các|mấy mục" → các mục, mấy mục. */
function spellOut(phrase: string): readonly (readonly string[])[] {
  return phrase
    .split(' ')
    .reduce<readonly (readonly string[])[]>(
      (heads, word) => heads.flatMap((head) => word.split('|').map((each) => [...head, each])),
      [[]],
    )
}
