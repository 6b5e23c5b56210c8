import { foldAccents, keyWord } from '../figures/text.ts'
import { findEmpty, findPast, NUMBER_WORDS, TOTAL_WORDS, WEAK_WORDS } from './phrases.ts'
import type { AskedItem } from './reading.ts'
import { isFigureItem } from './reading.ts'
import { readWords, type Word } from './words.ts'

/** An item with the words its name is made of. */
export interface Named {
  readonly asked: AskedItem
  /** Words that tell it from others, by key. */
  readonly strong: ReadonlySet<string>
  /** All words outside brackets: "cán bộ (không phải công chức)" is no kind of công chức. */
  readonly head: ReadonlySet<string>
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

/** Whether a plan is what the item counts: "Số kế hoạch đã ban hành". */
export function isOfPlans({ item }: AskedItem): boolean {
  const words = readWords(item.name).filter((word) => !isWeakWord(word) && !isTotalWord(word))
  return findPast(words, 0)?.role === 'plan'
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
    head: new Set([...keysOf(name.replace(/\([^)]*\)/g, ' ')), ...shortFor(name)]),
    known: new Set([...keys, ...unitKeys]),
    isTotal: keys.slice(0, 2).some((key) => foldKey(key) === 'tong'),
    aspect: findAspect(keys),
  }
}

/** Whether one may be part of the other: of one group, or named with a word in common. */
export function isKin(one: AskedItem, other: AskedItem): boolean {
  const { strong } = nameItem(other)
  return one.item.group === other.item.group || [...nameItem(one).strong].some((key) => strong.has(key))
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

/** Whether every word is of some name, and more than a unit: "thu được" is not for the "thủ" of thủ tục. */
export function isLabel(names: Names, words: readonly Word[]): boolean {
  return words.every((word) => isNameWord(names, word)) && !words.some((word) => isUnit(names, word))
}

/** An empty at a word, unless an item is called so: "cán bộ không phải công chức", "45 thủ tục không áp dụng". */
export function findSaidEmpty(
  words: readonly Word[],
  at: number,
  names: Names,
): ReturnType<typeof findEmpty> {
  const empty = findEmpty(words, at)
  if (empty === undefined) return undefined
  const isPlain = empty.end === at + 1
  const isName = isInName(names, words.slice(at, isPlain ? at + 2 : empty.end))
  return isName && (isPlain || words.some(({ type }) => type === 'number')) ? undefined : empty
}

/** Whether words stand side by side in the name of an item at hand. */
function isInName({ asked, siblings }: Names, words: readonly Word[]): boolean {
  const phrase = words.map(({ fold }) => fold).join(' ')
  const isIn = ({ asked: { item } }: Named): boolean =>
    ` ${foldAccents(item.name.toLowerCase().normalize('NFC')).replace(/[^a-z0-9]+/g, ' ')} `.includes(
      ` ${phrase} `,
    )
  return words.length > 1 && [...asked, ...siblings].some(isIn)
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
  const match = matchNearest(names, label)
  const farther = match.candidates.length > 0 ? listWhole(names, label, match.candidates) : []
  const [exact, ...others] = farther.filter((asked) => isWholeName(names, asked, label))
  if (exact && others.length === 0) return { found: exact, candidates: [exact] }
  return farther.length > 0 ? { candidates: [...match.candidates, ...farther] } : match
}

/** Whether every word of the name was said, small ones too. */
export function isWholeName(names: Names, { item }: AskedItem, words: readonly Word[]): boolean {
  const said = new Set(words.flatMap((word) => keysMeant(names, word)))
  return keysOf(item.name).every((key) => said.has(key))
}

function matchNearest(names: Names, label: readonly Word[]): Match {
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

/** Farther items whose whole name was said, with a word in it the nearest have not: "tỷ lệ điểm …". */
function listWhole(
  names: Names,
  label: readonly Word[],
  nearest: readonly AskedItem[],
): readonly AskedItem[] {
  const all = [...names.asked, ...names.siblings, ...names.others]
  const near = all.filter(({ asked }) => nearest.includes(asked))
  const extra = label.filter(
    (word) =>
      !isWeakWord(word) && isNameWord(names, word) && !near.some(({ known }) => isIn(names, word, known)),
  )
  if (extra.length === 0) return []
  return all
    .filter((named) => isWhole(names, named, label) && extra.every((word) => isIn(names, word, named.known)))
    .map(({ asked }) => asked)
}

function matchAmong(names: Names, pool: readonly Named[], label: readonly Word[]): Match {
  const strong = label.filter((word) => isStrong(names, word))
  const weak = label.filter((word) => isUnit(names, word) || (isWeakWord(word) && strong.length > 0))
  if (strong.length === 0) return matchUnit(names, pool, weak)
  const aspect = findAspect(label.map(({ key }) => key))
  const fitting = pool.filter(
    (named) => isAspectFit(aspect, named.aspect) && strong.every((word) => isIn(names, word, named.known)),
  )
  const plain = fitting.filter((named) => named.aspect !== 'doing')
  // "trung cấp 16" is of those who have it, not of those still learning.
  const unmarked = aspect === undefined && plain.length > 0 ? plain : fitting
  const near = mostBy(unmarked, (named) => weak.filter((word) => isIn(names, word, named.strong)).length)
  const totals = label.some(isTotalWord) ? near.filter((named) => named.isTotal) : []
  const said = new Set(strong.flatMap((word) => keysMeant(names, word)))
  const found = settle(totals.length > 0 ? totals : near, said)
  // Small words say nothing by themselves, but where they point elsewhere it is not clear which is meant.
  const pointed = mostBy(near, (named) => weak.filter((word) => isIn(names, word, named.known)).length)
  const isClear = pointed.some(({ asked }) => asked === found.found)
  return isClear ? found : { candidates: near.map(({ asked }) => asked) }
}

function mostBy(pool: readonly Named[], count: (named: Named) => number): readonly Named[] {
  const most = Math.max(...pool.map(count))
  return pool.filter((named) => count(named) === most)
}

/** Items beside the asked ones whose own words are all in what was said, or that have all the words that were. */
export function listBeside(names: Names, words: readonly Word[]): readonly AskedItem[] {
  const isAsked = (key: string): boolean => names.asked.some(({ known }) => known.has(key))
  const siblings = names.siblings.filter(({ strong }) => {
    const own = [...strong].filter((key) => !isAsked(key))
    return own.length > 0 && own.every((key) => words.some((word) => keysMeant(names, word).includes(key)))
  })
  return [...new Set([...siblings, ...listHolding(names, words)])]
    .slice(0, MOST_BESIDE)
    .map(({ asked }) => asked)
}

/** Items that have all the words of a label, where the asked ones have not and no unknown word is in it or beside it. */
function listHolding(names: Names, words: readonly Word[]): readonly Named[] {
  const isTelling = (word: Word): boolean =>
    isNameWord(names, word) && isStrong(names, word) && !NUMBER_WORDS.has(word.key)
  const label = words.filter(isTelling)
  const whole = words.slice(Math.max(0, words.findIndex(isTelling) - 1), words.findLastIndex(isTelling) + 2)
  const isBroken = whole.some((word) => word.type === 'word' && !isNameWord(names, word) && !isWeakWord(word))
  const isAsked = label.every((word) => names.asked.some(({ known }) => isIn(names, word, known)))
  if (isBroken || isAsked) return []
  return [...names.siblings, ...names.others].filter(({ known }) =>
    label.every((word) => isIn(names, word, known)),
  )
}

const MOST_BESIDE = 5

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

function settle(best: readonly Named[], said: ReadonlySet<string> = new Set()): Match {
  const chosen = best.length === 1 ? best[0] : findGeneral(best, said)
  const candidates = best.map(({ asked }) => asked)
  return chosen ? { found: chosen.asked, candidates } : { candidates }
}

/** "giải quyết" among "giải quyết", "giải quyết trước hạn", …: the one whose words all the others have, and more. */
function findGeneral(pool: readonly Named[], said: ReadonlySet<string> = new Set()): Named | undefined {
  return pool.find(({ asked, strong }) =>
    pool.every(
      (other) =>
        other.strong === strong ||
        (other.asked.item.unit === asked.item.unit &&
          other.strong.size > strong.size &&
          [...strong].every((key) => other.head.has(key) || (other.strong.has(key) && said.has(key)))),
    ),
  )
}

/** "thu" may be "thủ tục" typed in haste, but not where a name itself has "thu". */
export function isUnit(names: Names, word: Word): boolean {
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
