import { foldAccents, keyWord } from './text.ts'
import type { Token } from './tokens.ts'

/**
 * Tables of phrases, the form of nearly all the grammar: a role and the phrases that play it.
 * In a phrase "a|b" is either word, "#" any number, "##" a year, "@" a Roman numeral, "*" any word,
 * and "!word" only the word with its accents, where the accent-free form is more often another.
 */
export type PhraseTable<Role extends string> = Readonly<Record<Role, readonly string[]>>

export interface PhraseMatch<Role extends string> {
  readonly role: Role
  readonly end: number
}

export type PhraseFinder<Role extends string> = (
  tokens: readonly Token[],
  at: number,
) => PhraseMatch<Role> | undefined

type Element = (token: Token) => boolean

interface Phrase<Role extends string> {
  readonly role: Role
  readonly elements: readonly Element[]
}

/** The longest phrase of the table that starts at a token: `find(readTokens('không có gì'), 0)`. */
export function createFinder<Role extends string>(table: PhraseTable<Role>): PhraseFinder<Role> {
  const byFirst = new Map<string, Phrase<Role>[]>()
  for (const [role, phrases] of Object.entries(table) as [Role, readonly string[]][]) {
    for (const words of phrases.map((phrase) => phrase.split(' '))) {
      const phrase = { role, elements: words.map((word) => createElement(word, words.length === 1)) }
      for (const first of (words[0] ?? '').split('|').map(foldEntry)) {
        byFirst.set(first, [...(byFirst.get(first) ?? []), phrase])
      }
    }
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.elements.length - a.elements.length)

  return (tokens, at) => {
    const token = tokens[at]
    if (token === undefined) return undefined
    let longest: Phrase<Role> | undefined
    for (const first of token.openings) {
      const found = byFirst.get(first)?.find(({ elements }) => isMatch(elements, tokens, at))
      if (found && found.elements.length > (longest?.elements.length ?? 0)) longest = found
    }
    return longest && { role: longest.role, end: at + longest.elements.length }
  }
}

/** An accented word is itself or its accent-free form; a wrong accent is another word. */
export function isWord(token: Token | undefined, key: string, fold: string): boolean {
  return token !== undefined && (token.key === key || token.text === fold || token.typed === key)
}

function isMatch(elements: readonly Element[], tokens: readonly Token[], at: number): boolean {
  return elements.every((element, index) => {
    const token = tokens[at + index]
    return token !== undefined && element(token)
  })
}

function createElement(word: string, isAlone: boolean): Element {
  const alternatives = word.split('|').map((each) => createAlternative(each, isAlone))
  return (token) => alternatives.some((isAlternative) => isAlternative(token))
}

function createAlternative(word: string, isAlone: boolean): Element {
  switch (word) {
    case '#':
      return ({ type }) => type === 'number'
    case '##':
      return ({ text }) => /^(19|20)\d\d$/.test(text)
    case '@':
      return ({ text }) => /^[ivx]+$/.test(text)
    case '*':
      return ({ type }) => type === 'word'
    default:
      return createWord(word, isAlone)
  }
}

function createWord(word: string, isAlone: boolean): Element {
  const [key, fold] = [keyWord(word.replace('!', '')), foldEntry(word)]
  if (word.startsWith('!')) return ({ key: own, typed }) => own === key || typed === key
  // Within a phrase the other words vouch for an accent-free one.
  return (token) =>
    isWord(token, key, fold) && !(isAlone && token.isBare && token.key !== key && token.typed !== key)
}

function foldEntry(word: string): string {
  return foldAccents(word.length > 1 ? word.replace('!', '') : word)
}
