import type { Clause } from './clauses.ts'
import { findSaidEmpty, isNameWord, isWeakWord, type Names } from './names.ts'
import { SCALE_WORDS } from './phrases.ts'
import type { Word } from './words.ts'

interface Run {
  readonly type: 'label' | 'value'
  readonly words: readonly Word[]
}

/** "trực tiếp 31 bưu chính 0" and "31 trực tiếp 0 bưu chính" are two clauses each, though no sign parts them. */
export function splitRuns(clause: Clause, names: Names): readonly Clause[] {
  if (clause.mark || clause.words.filter(({ type }) => type === 'number').length + 1 < 2) return [clause]
  const runs = readRuns(clause.words, names)
  if (runs.length < 4 || runs.length % 2 === 1) return [clause]
  return Array.from({ length: runs.length / 2 }, (_, pair): Clause => {
    const words = runs.slice(pair * 2, pair * 2 + 2).flatMap((run) => run.words)
    const { opens: _opens, ...rest } = clause
    return pair === 0 ? { ...clause, words } : { ...rest, words, before: 'soft', isLoose: false }
  })
}

function readRuns(words: readonly Word[], names: Names): readonly Run[] {
  const runs: { type: Run['type']; words: Word[] }[] = []
  let pending: Word[] = []
  let at = 0
  while (at < words.length) {
    const { type, end } = readStep(words, at, names)
    const step = words.slice(at, end)
    const last = runs.at(-1)
    if (last && (type === undefined || type === last.type)) last.words.push(...step)
    else if (type === undefined) pending.push(...step)
    else {
      runs.push({ type, words: [...pending, ...step] })
      pending = []
    }
    at = end
  }
  return runs
}

function readStep(
  words: readonly Word[],
  at: number,
  names: Names,
): { readonly type: Run['type'] | undefined; readonly end: number } {
  const empty = findSaidEmpty(words, at, names)
  if (empty) return { type: 'value', end: empty.end }
  const word = words[at]
  if (word?.type === 'number' || isScaleAt(words, at)) return { type: 'value', end: at + 1 }
  const isLabel =
    word?.type === 'word' && isNameWord(names, word) && !isWeakWord(word) && !names.units.has(word.key)
  return { type: isLabel ? 'label' : undefined, end: at + 1 }
}

/** "4,46 tỷ": the word belongs to the number before it. */
export function isScaleAt(words: readonly Word[], at: number): boolean {
  return words[at - 1]?.type === 'number' && SCALE_WORDS.has(words[at]?.key ?? '')
}
