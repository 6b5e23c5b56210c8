import { isFiller } from '../figures/fillers.ts'
import { isMark, isMeasure, type Piece, readPieces } from '../figures/pieces.ts'
import { cleanText, LONGEST_FIGURE, MOST_TOKENS } from '../figures/text.ts'
import { readTokens } from '../figures/tokens.ts'
import { findUnit, fitUnit } from '../figures/units.ts'
import type { Clause } from './clauses.ts'
import { canCount, matchSaid, type Sort, sortOf, unitsOf } from './fits.ts'
import {
  findSaidEmpty,
  isAspectWord,
  isLabel,
  isNameWord,
  isOfPast,
  isOfPlans,
  isTotalWord,
  isUnit,
  isWeakWord,
  type Match,
  type Names,
} from './names.ts'
import { findFluff, findLink, findPast, findSynonym } from './phrases.ts'
import { type AskedItem, isFigureItem } from './reading.ts'
import { isScaleAt } from './runs.ts'
import { readWords, sliceWords, type Word } from './words.ts'

/** A clause with what it is about. */
export interface Said {
  readonly clause: Clause
  /** The clause as typed, without its mark. */
  readonly raw: string
  /** The value with whatever else is no label: what the figure reader gets. */
  readonly span: string
  readonly hasValue: boolean
  /** What the value shows itself to be of. */
  readonly sort?: Sort
  /** What its figures count. */
  readonly units: readonly string[]
  /** Words around the figure that neither the label nor the figure accounts for. */
  readonly isStrange: boolean
  /** It says whose the value is, understood or not. */
  readonly hasLabel: boolean
  readonly isTotal: boolean
  /** It speaks of last period or of a plan. */
  readonly isPast: boolean
  /** Money spent, where only money taken in is asked. */
  readonly isSpent: boolean
  readonly match: Match
  /** The item by mark or by name. */
  readonly item?: AskedItem
}

type Kind = 'value' | 'name' | 'weak' | 'fluff' | 'joint' | 'other'

const JOINTS: ReadonlySet<string> = new Set([...':=-–→“”"\'()[],.'])

/** "Trực tiếp" on one line and "31" on the next, all through the reply: pairs. */
export function joinPairs(said: readonly Said[]): readonly Said[] {
  const isPair = (one: Said, at: number): boolean =>
    at % 2 === 0 ? !one.hasValue && one.item !== undefined && !one.clause.mark : one.hasValue && !one.hasLabel
  if (said.length < 2 || said.length % 2 === 1 || !said.every(isPair)) return said
  return said.flatMap((one, at): Said[] => {
    const value = said[at + 1]
    return at % 2 === 0 && value ? [{ ...one, span: value.span, hasValue: true }] : []
  })
}

/** Tells the label of a clause from its value and finds the item meant. */
export function resolveClause(clause: Clause, text: string, names: Names): Said {
  const { words, mark } = clause
  const raw = sliceWords(text, words)
  if (mark?.target && !isFigureItem(mark.target)) {
    return { ...NOTHING, clause, raw, span: raw, hasValue: raw !== '', hasLabel: true, item: mark.target }
  }
  const kinds = kindsOf(words, names)
  const figure = trimEdges(words, kinds)
  const unit = unitAfter(figure, words, text)
  const core = [...figure, ...unit]
  const span = sliceWords(text, core)
  const label = expandSynonyms(
    words.filter((_, at) => kinds[at] === 'name' || kinds[at] === 'weak'),
    names,
  )
  const pieces = readParts(span)
  const [sort, units] = [sortOf(pieces), unitsOf(pieces)]
  const match = matchSaid(names, label, { sort, units })
  const isTold = (word: Word, at: number): boolean => kinds[at] === 'value' || unit.includes(word)
  const past = listPast(words, isTold, pastRoles(match.found, sort))
  const isFalse = past.length > 0 && !isNamedBeyond(label, past, match.found)
  const isOther = match.found && match.found.item.code !== mark?.target?.item.code
  // "câu 3 với câu 4 là 5" gives neither its own.
  const isClash = mark !== undefined && (isOther || findLink(words, 0)?.role === 'and')
  const isSpent = sort === 'money' && isOfSpending(words, names)
  const isStrange =
    isFalse ||
    isSpent ||
    isClash ||
    isSplit(core, kinds, words) ||
    isUnaccounted(pieces, mark?.target ?? match.found) ||
    !match.candidates.every((one) => canCount(one, units))
  const item = mark ? mark.target : match.found
  return {
    clause,
    raw,
    span,
    hasValue: pieces.some(isValue),
    ...(sort === undefined ? {} : { sort }),
    units,
    isStrange,
    hasLabel:
      mark !== undefined || match.candidates.length > 0 || label.some((word) => isTelling(word, names)),
    isTotal: label.some(isTotalWord),
    isPast: past.length > 0,
    isSpent,
    match,
    ...(item === undefined || (mark ? isClash : isStrange) ? {} : { item }),
  }
}

/** "chi 800 triệu"; accent-free it may be "chỉ", so it is asked about. */
function isOfSpending(words: readonly Word[], names: Names): boolean {
  return (
    words.some(({ text }) => text.toLowerCase() === 'chi') &&
    !names.asked.some(({ known }) => known.has('chi'))
  )
}

function isTelling(word: Word, names: Names): boolean {
  return !isWeakWord(word) && !isAspectWord(word) && !isUnit(names, word)
}

/** "3 kỳ trước chuyển qua" names an item, "kỳ trước 3" tells of another period. */
function isNamedBeyond(label: readonly Word[], past: readonly Word[], found: AskedItem | undefined): boolean {
  const isMore = label.some((word) => !past.includes(word) && !isWeakWord(word) && !isTotalWord(word))
  return found !== undefined && isOfPast(found) && isMore
}

/** "không đúng hạn 3": a label between an empty and a figure, so neither is its value. */
function isSplit(core: readonly Word[], kinds: readonly Kind[], words: readonly Word[]): boolean {
  const from = core[0] === undefined ? 0 : words.indexOf(core[0])
  const inside = kinds.slice(from, from + core.length)
  return (
    inside[0] === 'value' &&
    inside.at(-1) !== 'name' &&
    inside.includes('name') &&
    core.some(({ type }) => type === 'number')
  )
}

const NOTHING = {
  units: [],
  isStrange: false,
  isTotal: false,
  isPast: false,
  isSpent: false,
  match: { candidates: [] },
} as const

function kindsOf(words: readonly Word[], names: Names): readonly Kind[] {
  const kinds: Kind[] = []
  while (kinds.length < words.length) {
    const at = kinds.length
    const empty = findSaidEmpty(words, at, names)
    const fluff = empty ? undefined : findFluff(words, at)
    const isName = fluff === undefined || isLabel(names, words.slice(at, fluff.end))
    if (empty) kinds.push(...words.slice(at, empty.end).map(() => 'value' as const))
    else if (fluff && !isName) kinds.push(...words.slice(at, fluff.end).map(() => 'fluff' as const))
    else kinds.push(kindOf(words, at, { names, before: kinds.at(-1) }))
  }
  return kinds
}

function kindOf(words: readonly Word[], at: number, { names, before }: Around): Kind {
  const word = words[at]
  if (word === undefined) return 'other'
  if (word.type === 'number') return 'value'
  if (isScaleAt(words, at) || isPerAt(words, at, before)) return 'value'
  if (word.type !== 'word') return JOINTS.has(word.text) ? 'joint' : 'other'
  if (isNameWord(names, word) || isTotalWord(word) || isSynonymAt(words, at, names)) return 'name'
  return isWeakWord(word) ? 'weak' : 'other'
}

interface Around {
  readonly names: Names
  readonly before: Kind | undefined
}

/** "300.000 đồng/người/tháng", "02 đ/c": what follows the stroke belongs to the figure. */
function isPerAt(words: readonly Word[], at: number, before: Kind | undefined): boolean {
  const [last, word, next] = [words[at - 1], words[at], words[at + 1]]
  if (before !== 'value' || word?.gap !== false) return false
  return word.text === '/' ? next?.type === 'word' && !next.gap : last?.text === '/'
}

/** "trễ", where the pack has "quá hạn". Looked back for, as a synonym may be of several words. */
function isSynonymAt(words: readonly Word[], at: number, names: Names): boolean {
  return [0, 1, 2, 3].some((back) => {
    const found = at >= back ? findSynonym(words, at - back) : undefined
    return found !== undefined && found.end > at && isKnownPhrase(found.role, names)
  })
}

function expandSynonyms(label: readonly Word[], names: Names): readonly Word[] {
  const expanded: Word[] = []
  let at = 0
  while (at < label.length) {
    const found = findSynonym(label, at)
    const word = label[at]
    if (
      found &&
      isKnownPhrase(found.role, names) &&
      !label.slice(at, found.end).every((each) => isNameWord(names, each))
    ) {
      expanded.push(...readWords(found.role))
      at = found.end
    } else {
      if (word) expanded.push(word)
      at += 1
    }
  }
  return expanded
}

function isKnownPhrase(phrase: string, names: Names): boolean {
  return readWords(phrase).every((word) => isNameWord(names, word) || isWeakWord(word))
}

/** The words from the first to the last that are no label. */
function trimEdges(words: readonly Word[], kinds: readonly Kind[]): readonly Word[] {
  const isEdge = (kind: Kind | undefined): boolean =>
    kind !== undefined && kind !== 'value' && kind !== 'other'
  let [from, to] = [0, words.length]
  while (from < to && isEdge(kinds[from]) && !isMinus(words, from)) from += 1
  while (to > from && isEdge(kinds[to - 1]) && kinds[to - 1] !== 'joint') to -= 1
  return words.slice(from, to)
}

/** What is counted goes with the figure, though names hold the word: "công an 12 người" is of no thủ tục. */
function unitAfter(figure: readonly Word[], words: readonly Word[], text: string): readonly Word[] {
  const last = figure.at(-1)
  if (last?.type !== 'number') return []
  const from = words.indexOf(last) + 1
  const after = words.slice(from, from + LONGEST_UNIT)
  const unit = findUnit(readTokens(cleanText(sliceWords(text, after))), 0)
  return after.slice(0, unit?.end ?? 0)
}

const LONGEST_UNIT = 5

/** "-5" and ".5" stay what they are. */
function isMinus(words: readonly Word[], at: number): boolean {
  return (
    /^[-.,]$/.test(words[at]?.text ?? '') && words[at + 1]?.gap === false && words[at + 1]?.type === 'number'
  )
}

/** "40,35% dự toán" is a share of the plan, "kế hoạch 134" the plans themselves: neither tells what was planned. */
function pastRoles(found: AskedItem | undefined, sort: Sort | undefined): readonly ('past' | 'plan')[] {
  const isShare = sort === 'percent' && found?.item.kind === 'percent'
  return isShare || (found && isOfPlans(found)) ? ['past'] : ['past', 'plan']
}

/** Words of another period or of a plan, where they are not in a value: "11 chỉ tiêu" counts them. */
function listPast(
  words: readonly Word[],
  isTold: (word: Word, at: number) => boolean,
  roles: readonly ('past' | 'plan')[],
): readonly Word[] {
  return words.flatMap((word, at) => {
    const past = isTold(word, at) ? undefined : findPast(words, at)
    return past && roles.includes(past.role) ? words.slice(at, past.end) : []
  })
}

function readParts(span: string): readonly Piece[] {
  if (span === '' || span.length > LONGEST_FIGURE) return []
  const tokens = readTokens(cleanText(span))
  return tokens.length > MOST_TOKENS ? [] : readPieces(tokens, { kind: 'count' })
}

function isValue(piece: Piece): boolean {
  return (
    isMeasure(piece) ||
    piece.type === 'day' ||
    piece.type === 'days' ||
    isMark(
      piece,
      'zero',
      'zeroHave',
      'notYetHave',
      'none',
      'notApplicable',
      'pending',
      'previous',
      'vague',
      'waiting',
    )
  )
}

/** Beside a figure every word must be known; words without one are the figure reader's to weigh. */
function isUnaccounted(pieces: readonly Piece[], item: AskedItem | undefined): boolean {
  if (!pieces.some(isMeasure)) return false
  return pieces.some((piece) => {
    if (piece.type === 'word') return !isFiller(piece.fold)
    if (piece.type === 'name') return !PERIOD.test(piece.fold)
    return piece.type === 'unit' && item !== undefined && fitUnit(piece.fold, item.item.unit) === 'other'
  })
}

const PERIOD = /^(quy|thang|nam|q[1-4]|\d+ thang|trong|dau)\b/
