import { foldAccents, keyWord } from '../figures/text.ts'
import { findPast, TOTAL_WORDS, WEAK_WORDS } from './phrases.ts'
import type { AskedItem } from './reading.ts'
import { isFigureItem } from './reading.ts'
import { readWords, type Word } from './words.ts'

/** An item with the words its name is made of. */
export interface Named {
  readonly asked: AskedItem
  /** Words that tell it from others, by key. */
  readonly strong: ReadonlySet<string>
  /** All words of its name and its unit. */
  readonly known: ReadonlySet<string>
  /** "Tổng số …" */
  readonly isTotal: boolean
  /** "đang giải quyết" is not "đã giải quyết". */
  readonly aspect: Aspect | undefined
}

/** Whether the name itself speaks of another period or of a plan: "Từ kỳ trước chuyển qua". */
export function isOfPast({ item }: AskedItem): boolean {
  const words = readWords(item.name)
  return words.some((_, at) => findPast(words, at) !== undefined)
}

export type Aspect = 'done' | 'doing'

/** The items that words may mean, the nearest first, and every word of their names. */
export interface Names {
  readonly asked: readonly Named[]
  /** Of the same group as an asked one. */
  readonly siblings: readonly Named[]
  readonly others: readonly Named[]
  /** Keys by the accent-free form, for those who type without accents. */
  readonly keysByFold: ReadonlyMap<string, ReadonlySet<string>>
  readonly units: ReadonlySet<string>
}

/** The item found, or the candidates when several fit, or none. */
export interface Match {
  readonly found?: AskedItem
  readonly candidates: readonly AskedItem[]
}

const WEAK_KEYS: ReadonlySet<string> = new Set(WEAK_WORDS.map(keyWord))
const WEAK_FOLDS: ReadonlySet<string> = new Set(WEAK_WORDS.map(foldAccents))
/** Plain "da" is more often "dạ". */
const ASPECTS: ReadonlyMap<string, Aspect> = new Map([
  [keyWord('đã'), 'done'],
  ['đang', 'doing'],
  ['dang', 'doing'],
  ['chưa', 'doing'],
  ['chua', 'doing'],
])
/** Everyday short forms of what names write out. */
const SHORT_FORMS: readonly (readonly [string, string])[] = [
  ['hội đồng nhân dân', 'HĐND'],
  ['ủy ban nhân dân', 'UBND'],
  ['mặt trận tổ quốc', 'MTTQ'],
  ['thủ tục hành chính', 'TTHC'],
  ['quy phạm pháp luật', 'QPPL'],
  ['phản ánh, kiến nghị', 'PAKN'],
  ['bưu chính công ích', 'BCCI'],
  ['lý luận chính trị', 'LLCT'],
  ['quản lý nhà nước', 'QLNN'],
]

function shortFor(name: string): readonly string[] {
  const lower = name.toLowerCase()
  return SHORT_FORMS.filter(([long]) => lower.includes(long)).flatMap(([, short]) => keysOf(short))
}

const NO_MATCH: Match = { candidates: [] }

/** Learns the names of the items that may be meant. */
export function indexNames(asked: readonly AskedItem[], all: readonly AskedItem[]): Names {
  const codes = new Set(asked.map(({ item }) => item.code))
  const groups = new Set(asked.map(({ item }) => item.group))
  const rest = all.filter((one) => isFigureItem(one) && !codes.has(one.item.code)).map(nameItem)
  const nearest = asked.filter(isFigureItem).map(nameItem)
  const named = [...nearest, ...rest]
  const keysByFold = new Map<string, Set<string>>()
  for (const { known } of named) {
    for (const key of known) {
      const fold = foldKey(key)
      keysByFold.set(fold, (keysByFold.get(fold) ?? new Set()).add(key))
    }
  }
  return {
    asked: nearest,
    siblings: rest.filter(({ asked: one }) => groups.has(one.item.group)),
    others: rest.filter(({ asked: one }) => !groups.has(one.item.group)),
    keysByFold,
    units: new Set(named.flatMap(({ asked: one }) => keysOf(one.item.unit ?? ''))),
  }
}

function nameItem(asked: AskedItem): Named {
  const { name, unit = '' } = asked.item
  const keys = [...keysOf(name), ...shortFor(name)]
  const unitKeys = keysOf(unit)
  const strong = keys.filter((key) => !isWeakKey(key) && !unitKeys.includes(key))
  return {
    asked,
    // A name that is nothing but its unit has no other words to be known by.
    strong: new Set(strong.length > 0 ? strong : keys),
    known: new Set([...keys, ...unitKeys]),
    isTotal: keys.slice(0, 2).some((key) => foldKey(key) === 'tong'),
    aspect: findAspect(keys),
  }
}

function keysOf(text: string): readonly string[] {
  return readWords(text.normalize('NFC'))
    .filter(({ type }) => type === 'word' || type === 'number')
    .map(({ key }) => key)
}

/** A key is the word with its tone as a digit at the end. */
function foldKey(key: string): string {
  return /^\p{Nd}/u.test(key) ? key : foldAccents(key).replace(/[1-5]$/, '')
}

function isWeakKey(key: string): boolean {
  return WEAK_KEYS.has(key) || TOTAL_WORDS.has(key) || ASPECTS.has(key)
}

function findAspect(keys: readonly string[]): Aspect | undefined {
  return keys.map((key) => ASPECTS.get(key)).find((aspect) => aspect !== undefined)
}

/** Whether a word belongs to the name of some item. */
export function isNameWord(names: Names, word: Word): boolean {
  return keysMeant(names, word).length > 0
}

/** Whether a word may be left out of a label or added to it without changing what it names. */
export function isWeakWord(word: Word): boolean {
  return WEAK_KEYS.has(word.key) || (word.isPlain && WEAK_FOLDS.has(word.fold))
}

/** Whether a word makes a total of a label: "tổng", "cộng". */
export function isTotalWord({ key }: Word): boolean {
  return TOTAL_WORDS.has(key)
}

/** Whether a word only tells finished from unfinished: "đã", "đang". */
export function isAspectWord({ key }: Word): boolean {
  return ASPECTS.has(key)
}

function keysMeant(names: Names, word: Word): readonly string[] {
  const keys = names.keysByFold.get(word.fold)
  if (keys === undefined) return []
  return word.isPlain ? [...keys] : [...keys].filter((key) => key === word.key)
}

/** Finds the item a label means: among the asked, then their group, then all; never one of two that fit alike. */
export function matchName(names: Names, label: readonly Word[]): Match {
  const { asked, siblings, others } = names
  const near = matchAmong(names, asked, label)
  if (near.candidates.length > 0) return near
  const isTotal = label.some(isTotalWord)
  if (!label.some((word) => isStrong(names, word))) {
    // Nothing but "tổng" or a unit: only if it can be of one item alone.
    const total = isTotal
      ? (findTotal(asked) ?? findTotal(siblings.filter((named) => named.isTotal)))
      : undefined
    return total ? settle([total]) : NO_MATCH
  }
  const beside = matchAmong(names, siblings, label)
  if (beside.candidates.length > 0) return beside
  // A whole asked name and words more is of nothing far; far from the question a label is the whole name.
  if (asked.some((named) => isWhole(names, named, label))) return NO_MATCH
  return matchAmong(
    names,
    others.filter((named) => isWhole(names, named, label)),
    label,
  )
}

function matchAmong(names: Names, pool: readonly Named[], label: readonly Word[]): Match {
  const strong = label.filter((word) => isStrong(names, word))
  const weak = label.filter((word) => isUnit(names, word) || (isWeakWord(word) && strong.length > 0))
  if (strong.length === 0) return matchUnit(names, pool, weak)
  const aspect = findAspect(label.map(({ key }) => key))
  const fitting = pool.filter(
    (named) => isAspectFit(aspect, named.aspect) && strong.every((word) => isIn(names, word, named.known)),
  )
  const near = mostBy(fitting, (named) => weak.filter((word) => isIn(names, word, named.strong)).length)
  const totals = label.some(isTotalWord) ? near.filter((named) => named.isTotal) : []
  const found = settle(totals.length > 0 ? totals : near)
  // Small words say nothing by themselves, but where they point elsewhere it is not clear which is meant.
  const pointed = mostBy(near, (named) => weak.filter((word) => isIn(names, word, named.known)).length)
  const isClear = pointed.some(({ asked }) => asked === found.found)
  return isClear ? found : { candidates: near.map(({ asked }) => asked) }
}

function mostBy(pool: readonly Named[], count: (named: Named) => number): readonly Named[] {
  const most = Math.max(...pool.map(count))
  return pool.filter((named) => count(named) === most)
}

/** Items beside the asked ones whose own words are all in what was said: "quá hạn 3 do lỗi phần mềm". */
export function listBeside(names: Names, words: readonly Word[]): readonly AskedItem[] {
  return names.siblings.flatMap((named) => {
    const own = [...named.strong].filter((key) => !names.asked.some(({ known }) => known.has(key)))
    const isSaid = own.every((key) => words.some((word) => keysMeant(names, word).includes(key)))
    return own.length > 0 && isSaid ? [named.asked] : []
  })
}

/** "4 lượt", where only one of the items asked for counts lượt. */
function matchUnit(names: Names, pool: readonly Named[], units: readonly Word[]): Match {
  const owners = pool.filter((named) => units.every((word) => isIn(names, word, named.known)))
  return units.length > 0 && owners.length === 1 && pool.length > 1 ? settle(owners) : NO_MATCH
}

function isStrong(names: Names, word: Word): boolean {
  return !isTotalWord(word) && !isWeakWord(word) && !isAspectWord(word) && !isUnit(names, word)
}

/** The one total of some items: by its name, or because all the others are kinds of it. */
export function findTotal(pool: readonly Named[]): Named | undefined {
  const totals = pool.filter(({ isTotal }) => isTotal)
  if (totals.length > 0) return totals.length === 1 ? totals[0] : undefined
  return pool.length > 1 ? findGeneral(pool) : undefined
}

function settle(best: readonly Named[]): Match {
  const chosen = best.length === 1 ? best[0] : findGeneral(best)
  const candidates = best.map(({ asked }) => asked)
  return chosen ? { found: chosen.asked, candidates } : { candidates }
}

/** "giải quyết" among "giải quyết", "giải quyết trước hạn", …: the one whose words all the others have, and more. */
function findGeneral(pool: readonly Named[]): Named | undefined {
  return pool.find(({ strong }) =>
    pool.every(
      (other) =>
        other.strong === strong ||
        (other.strong.size > strong.size && [...strong].every((key) => other.strong.has(key))),
    ),
  )
}

/** "thu" may be "thủ tục" typed in haste, but not where a name itself has "thu". */
function isUnit(names: Names, word: Word): boolean {
  const isItself = !names.units.has(word.key) && keysMeant(names, word).includes(word.key)
  return !isItself && isIn(names, word, names.units)
}

function isIn(names: Names, word: Word, keys: ReadonlySet<string>): boolean {
  return keysMeant(names, word).some((key) => keys.has(key))
}

function isWhole(names: Names, { strong }: Named, label: readonly Word[]): boolean {
  const said = new Set(label.flatMap((word) => keysMeant(names, word)))
  return [...strong].every((key) => said.has(key))
}

function isAspectFit(said: Aspect | undefined, own: Aspect | undefined): boolean {
  return said === undefined || said === own || (said === 'done' && own === undefined)
}
