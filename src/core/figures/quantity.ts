import { type Amount, doubt, isKnown } from './amounts.ts'
import { isExactNumberWord, isNumberWord, readDigitScale } from './atoms.ts'
import type { FigureQuestion, Qualifier } from './figure.ts'
import { isFiller } from './fillers.ts'
import { findMark } from './marks.ts'
import { type NumeralMode, readNumeral } from './numeral.ts'
import { type Literal, readSpoken } from './spoken.ts'
import type { Token } from './tokens.ts'
import { findUnit, isTimeUnit, readColumnExponent } from './units.ts'

/** One number of a reply with what it counts: "hơn 53hs", "768.000đ", "95,5%". */
export interface Figure {
  readonly type: 'figure'
  readonly amount: Amount
  /** The digits as typed, for reading again as one side of a ratio. */
  readonly raw?: string
  readonly dimension: 'bare' | 'unit' | 'percent' | 'money'
  readonly unit?: string
  readonly qualifier: Qualifier
  readonly isWords: boolean
  readonly isNegative: boolean
  readonly isBracketed: boolean
  /** No space before it: "-5" is a number below nought, "- 5" an item of a list. */
  readonly isGlued: boolean
  readonly end: number
}

/** The tokens of a reply with what is asked. */
export interface Source {
  readonly tokens: readonly Token[]
  readonly asked: FigureQuestion
}

/** The figure at a token: digits or number words, their scale and their unit. */
export function readQuantity(source: Source, at: number): Figure | undefined {
  const { tokens, asked } = source
  const literal = readLiteral(tokens, at)
  const spoken = literal === undefined ? readWords(source, at) : readSpoken(tokens, at, literal)
  const end = spoken?.end ?? literal?.end
  if (end === undefined) return undefined
  const measure = readMeasure(source, end)
  const column = asked.kind === 'money' ? readColumnExponent(asked.unit) : 0
  const mode =
    measure.dimension === 'percent' ? 'fraction' : modeOf(asked, measure.dimension === 'bare' ? column : 0)
  const amount = spoken?.amount ?? readNumeral(literal?.raw ?? '', mode, column)
  const raw = spoken === undefined && literal !== undefined ? { raw: literal.raw } : {}
  return {
    type: 'figure',
    amount: doubtAmount(source, { at, numberEnd: end, isSpoken: spoken !== undefined, amount, measure }),
    ...raw,
    ...measure,
    qualifier: 'exact',
    isWords: spoken?.isWords ?? false,
    isNegative: false,
    isBracketed: false,
    isGlued: tokens[at]?.gap === 0,
  }
}

/** A percent or a score may have a decimal written with a dot; a count or an amount of money has thousands. */
function modeOf({ kind }: FigureQuestion, column: number): NumeralMode {
  if (column > 0) return 'scaled'
  return kind === 'decimal' || kind === 'percent' || kind === 'score' ? 'fraction' : 'whole'
}

type Measure = Pick<Figure, 'dimension' | 'unit' | 'end'>

interface Seen {
  readonly at: number
  readonly numberEnd: number
  readonly isSpoken: boolean
  readonly amount: Amount
  readonly measure: Measure
}

/** "7 847" is one literal, thousands apart by single spaces; "12 13" is two. */
function readLiteral(tokens: readonly Token[], at: number): Literal | undefined {
  const first = tokens[at]
  if (first?.type !== 'number') return undefined
  let end = at + 1
  if (!/^\d+$/.test(first.text) || !/^\d{3}([.,]\d+)?$/.test(tokens[end]?.text ?? ''))
    return { raw: first.text, end }
  const groups = [first.text]
  for (let token = tokens[end]; token?.type === 'number' && token.gap === 1; token = tokens[end]) {
    groups.push(token.text)
    end += 1
  }
  return { raw: groups.join(' '), end }
}

/** Number words, if they stand where a number can: "ba hồ sơ", but not the "ba" of a name. */
function readWords(source: Source, at: number): ReturnType<typeof readSpoken> {
  const { tokens } = source
  const first = tokens[at]
  if (first?.type !== 'word' || (first.isBare && !isExactNumberWord(first))) return undefined
  const spoken = readSpoken(tokens, at)
  if (spoken === undefined || spoken.end > at + 1) return spoken
  if (!isOpen(tokens, at) || !isClosed(source, spoken.end)) return undefined
  const isHomograph = HOMOGRAPHS.has(first.text) && (first.text === 'sau' || !findUnit(tokens, spoken.end))
  if (!isHomograph || !isKnown(spoken.amount)) return spoken
  return { ...spoken, amount: doubt('words', spoken.amount.value) }
}

/** Accent-free they are also nam (south), sau (after), bay (fly), tam (temporary). */
const HOMOGRAPHS: ReadonlySet<string> = new Set(['nam', 'sau', 'bay', 'tam'])

/** Southern names go by the order of birth: chị Năm, chú Ba. */
const PERSONS: ReadonlySet<string> = new Set(['anh', 'chị', 'chi', 'cô', 'chú', 'chu', 'bác', 'bac'])

function isOpen(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (before !== undefined && PERSONS.has(before.text) && findUnit(tokens, at + 1) === undefined) return false
  if (before === undefined || before.type === 'sign' || before.openings.some(isFiller)) return true
  return [1, 2, 3].some((length) => at >= length && findMark(tokens, at - length)?.end === at)
}

function isClosed(source: Source, at: number): boolean {
  const after = source.tokens[at]
  if (after === undefined || after.type === 'sign' || isFiller(after.fold) || after.fold === 'tren')
    return true
  const mark = findMark(source.tokens, at)?.role
  return mark === 'over' || mark === 'to' || mark === 'or' || readMeasure(source, at).dimension !== 'bare'
}

// What the number counts.

function readMeasure(source: Source, at: number): Measure {
  const { tokens, asked } = source
  const percentEnd = findPercentEnd(tokens, at)
  if (percentEnd !== undefined) return { dimension: 'percent', end: percentEnd }
  if (TRIEU_DONG.has(tokens[at - 1]?.text ?? '')) return { dimension: 'money', unit: 'đồng', end: at }
  // Money is đồng whatever column is asked for; "đồng" is no thing counted.
  const unit = findUnit(tokens, at, asked.kind === 'money' ? undefined : asked.unit)
  // "12 ngày 14/3" is twelve of them on a day.
  const isDate =
    isTimeUnit(unit?.unit) && !isTimeUnit(asked.unit) && tokens[unit?.end ?? at]?.type === 'number'
  if (unit !== undefined && !isDate) {
    const points = unit.unit === 'điểm' ? findPercentEnd(tokens, unit.end) : undefined
    if (points !== undefined) return { dimension: 'unit', unit: 'điểm phần trăm', end: points }
    return addPer(source, { dimension: 'unit', unit: unit.unit, end: unit.end })
  }
  const moneyEnd = findMoneyEnd(tokens, at)
  if (moneyEnd === undefined) return addPer(source, { dimension: 'bare', end: at })
  // "35,5đ" is points where points are asked.
  if (asked.kind === 'score' || asked.unit === 'điểm')
    return { dimension: 'unit', unit: 'điểm', end: moneyEnd }
  return addPer(source, { dimension: 'money', unit: 'đồng', end: moneyEnd })
}

function findPercentEnd(tokens: readonly Token[], at: number): number | undefined {
  if (tokens[at]?.text === '%') return at + 1
  return tokens[at]?.fold === 'phan' && tokens[at + 1]?.fold === 'tram' ? at + 2 : undefined
}

/** A scale that says it is of money. */
const TRIEU_DONG: ReadonlySet<string> = new Set(['trđ', 'trd'])
const DONG: ReadonlySet<string> = new Set(['đ', 'đồng', 'dong', 'vnđ', 'vnd'])

function findMoneyEnd(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  return DONG.has(token.text) || (token.text === 'd' && token.gap === 0) ? at + 1 : undefined
}

/** "đồng/người/tháng"; a number after the stroke is another figure. */
function addPer(source: Source, measure: Measure): Measure {
  const { tokens } = source
  let { end } = measure
  let per = ''
  while (tokens[end]?.text === '/' && tokens[end + 1]?.type === 'word') {
    const next = findUnit(tokens, end + 1)?.end ?? end + 2
    if (tokens[next]?.type === 'number') break
    per += `/${tokens
      .slice(end + 1, next)
      .map(({ text }) => text)
      .join(' ')}`
    end = next
  }
  if (per === '') return measure
  return {
    dimension: measure.dimension === 'money' ? 'money' : 'unit',
    unit: `${measure.unit ?? ''}${per}`,
    end,
  }
}

// What makes an amount doubtful.

const STRANGE = /^[\^_#@&|\\$€£¥°‰×÷§±]$/

function doubtAmount(source: Source, seen: Seen): Amount {
  const { tokens, asked } = source
  const { amount, numberEnd, measure } = seen
  const value = isKnown(amount) ? [amount.value] : amount.choices
  if (isStuck(source, seen)) return doubt('unreadable', ...value)
  if (isBroken(source, seen)) return doubt('words', ...value)
  const last = tokens[numberEnd - 1]
  const isLooseTail = seen.isSpoken && last?.type === 'number' && last.gap > 0 && measure.dimension === 'unit'
  // "2 triệu 350 hồ sơ" may be two figures.
  if (isLooseTail && isKnown(amount) && amount.value.length > 6) return doubt('shorthand', ...value)
  // "12 k": nghìn, or the beginning of "không"?
  const isLooseK = last?.text === 'k' && last.gap > 0 && asked.kind !== 'money'
  return isLooseK ? doubt('shorthand', ...value) : amount
}

/** "một trăm lình năm": a misspelt word with number words on both sides. */
function isBroken({ tokens }: Source, { isSpoken, measure, numberEnd }: Seen): boolean {
  if (!isSpoken || measure.end !== numberEnd) return false
  const [odd, next] = [tokens[numberEnd], numberEnd + 1]
  return (
    odd?.type === 'word' && !isFiller(odd.fold) && !findMark(tokens, numberEnd) && isNumberWord(tokens, next)
  )
}

/** Something that belongs to no number is glued to it: "½", "12abc", ".5". */
function isStuck(source: Source, { at, numberEnd, measure }: Seen): boolean {
  const { tokens } = source
  const [first, before, next] = [tokens[at], tokens[at - 1], tokens[measure.end]]
  const isGluedBefore = before !== undefined && first?.gap === 0
  if (isGluedBefore && (STRANGE.test(before.text) || isLoosePoint(tokens, at))) return true
  if (next === undefined || next.gap > 0) return false
  if (STRANGE.test(next.text)) return true
  const isGluedWord = next.type === 'word' && measure.end === numberEnd
  return (
    isGluedWord &&
    readDigitScale(tokens, numberEnd) === undefined &&
    !isFiller(next.fold) &&
    !findMark(tokens, measure.end)
  )
}

/** ".5" and "12 ,5": the point belongs to the number, yet not to one we know. */
function isLoosePoint(tokens: readonly Token[], at: number): boolean {
  const [point, before] = [tokens[at - 1], tokens[at - 2]]
  if (point?.text !== '.' && point?.text !== ',') return false
  return before === undefined || point.gap > 0 || before.type !== 'word'
}
