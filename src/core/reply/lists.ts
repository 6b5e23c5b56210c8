import { findCounting, findFitting } from './fits.ts'
import { type AskedItem, isFigureItem, type Reading, readOne } from './reading.ts'
import type { Said } from './said.ts'
import { readWords, sliceWords, type Word } from './words.ts'

/** What was read of a reply, and the clauses with figures in them that were not. */
export interface Told {
  readonly readings: readonly Reading[]
  readonly leftover: readonly Said[]
}

/** What a reply to several items is read from. */
export interface Scene {
  readonly text: string
  readonly asked: readonly AskedItem[]
  readonly today: string
}

/** Values in the order of the question: as many as were asked for, with nothing that says otherwise. */
export function readInOrder(said: readonly Said[], scene: Scene): Told | undefined {
  if (scene.asked.length === 0) return undefined
  if (said.some(({ clause }) => clause.mark !== undefined || clause.opens === 'rest')) return undefined
  if (isCounting(said)) return undefined
  const lines = groupLines(said)
  const valued = lines.filter((line) => line.some(({ hasValue }) => hasValue))
  const single = said.filter(({ hasValue }) => hasValue)
  const fitting = readFitting(single, scene)
  if (fitting) return { readings: fitting, leftover: [] }
  const whole = readLines(lines, scene) ?? readLines(valued, scene)
  if (whole) return { readings: whole, leftover: [] }
  const { parts, beside, leftover } = setApart(single, scene)
  const each =
    readLines(
      parts.map((one) => [one]),
      scene,
    ) ?? readPlain(parts, scene)
  return each && { readings: [...each, ...beside], leftover }
}

/** "40,35%, 1 tỷ 250 triệu" for a sum and a rate: each value shows of which alone it can be. */
function readFitting(parts: readonly Said[], { asked, today }: Scene): readonly Reading[] | undefined {
  const pairs = parts.map((part) => ({ part, item: findOwner(part, asked) }))
  const items = new Set(pairs.map(({ item }) => item))
  if (parts.length === 0 || items.has(undefined) || items.size < parts.length) return undefined
  return pairs.flatMap(({ part, item }) => (item ? [readOne(item, part.span, today)] : []))
}

/** The one item asked for that the value can be of by its sign, scale or unit, where no name says otherwise. */
export function findOwner(part: Said, asked: readonly AskedItem[]): AskedItem | undefined {
  if (part.isStrange || part.isPast) return undefined
  const fitting = part.sort === undefined ? findCounting(asked, part.units) : findFitting(asked, part.sort)
  const isNamed = part.match.candidates.length > 0
  if (isNamed && part.item !== fitting) return undefined
  return isNamed || !part.hasLabel ? fitting : undefined
}

interface Apart {
  readonly parts: readonly Said[]
  readonly beside: readonly Reading[]
  readonly leftover: readonly Said[]
}

/** What follows the values and is none of them: a total or a rate nobody asked for, or another item by its name. */
function setApart(single: readonly Said[], { asked, today }: Scene): Apart {
  const isAsked = ({ item }: AskedItem): boolean => asked.some((one) => one.item.code === item.code)
  const isRateAsked = asked.some(({ item }) => item.kind === 'percent')
  const last = single.findLastIndex(
    ({ hasLabel, isPast, sort }) => !hasLabel && !isPast && (isRateAsked || sort !== 'percent'),
  )
  const isApart = ({ isTotal, isPast, hasLabel, sort, item, match }: Said, at: number): boolean => {
    if (sort === 'percent' && !isRateAsked) return hasLabel || at > last
    if (match.candidates.length === 0 && isTotal) return true
    return at > last && (isPast || (item !== undefined && !isAsked(item)))
  }
  const apart = single.filter(isApart)
  return {
    parts: single.filter((one) => !apart.includes(one)),
    beside: apart.flatMap(({ item, span }) => (item && !isAsked(item) ? [readOne(item, span, today)] : [])),
    leftover: apart.filter(({ item }) => item === undefined || isAsked(item)),
  }
}

function readPlain(parts: readonly Said[], scene: Scene): readonly Reading[] | undefined {
  const [only] = parts
  const plain = only && parts.length === 1 && !only.hasLabel ? splitPlain(only.span, scene) : undefined
  return plain?.flatMap((part, index) => {
    const item = scene.asked[index]
    return item ? [readOne(item, part, scene.today)] : []
  })
}

/** "1 989", "2 131": thousands, or the numbers of the lines? */
function isCounting(said: readonly Said[]): boolean {
  const starts = said.map(({ clause }) => clause.words)
  return (
    starts.length > 1 &&
    starts.every(([n, value], at) => n?.text === String(at + 1) && value?.type === 'number')
  )
}

/** Clauses that no line end and no ";" parts. */
function groupLines(said: readonly Said[]): readonly (readonly Said[])[] {
  const lines: Said[][] = []
  for (const one of said) {
    const last = lines.at(-1)
    if (last && one.clause.before === 'soft') last.push(one)
    else lines.push([one])
  }
  return lines
}

function readLines(
  lines: readonly (readonly Said[])[],
  { text, asked, today }: Scene,
): readonly Reading[] | undefined {
  const isInOrder = lines.length === asked.length && lines.every((line, index) => isFor(line, asked[index]))
  if (!isInOrder) return undefined
  return lines.flatMap((line, index) => {
    const item = asked[index]
    const words = line.flatMap(({ clause }) => clause.words)
    const [first] = line
    // The name of an option may look like a label.
    const isSpan = line.length === 1 && first?.hasLabel && item && isFigureItem(item)
    const raw = isSpan ? first.span : sliceWords(text, words)
    return item ? [readOne(item, raw, today)] : []
  })
}

/** A label, where there is one, has to agree with the place; unknown words beside a figure agree with none. */
function isFor(line: readonly Said[], asked: AskedItem | undefined): boolean {
  if (asked === undefined) return false
  return line.every(({ match, isStrange, isTotal, hasValue, hasLabel, clause }, at) => {
    if (!isFigureItem(asked)) return true
    if (isStrange || (clause.opens === 'inner' && hasLabel) || (at > 0 && hasLabel && hasValue)) return false
    if (match.found) return match.found.item.code === asked.item.code
    if (match.candidates.length > 0) return match.candidates.some(({ item }) => item.code === asked.item.code)
    return !(isTotal && hasValue) && !(hasLabel && hasValue)
  })
}

const FEWEST = 3

/** "31 0 92 133", "31 - 0 - 92", "31 / 0 / 92", "31,0,92,133": plain numbers, as many as were asked for. */
export function splitPlain(span: string, { asked }: Pick<Scene, 'asked'>): readonly string[] | undefined {
  const words = readWords(span)
  const [first] = words
  if (asked.length < 2 || first === undefined || !asked.every(({ item }) => item.kind === 'count'))
    return undefined
  if (words.length === 1) return splitCommas(first.text, asked.length)
  const numbers = words.filter(({ type }) => type === 'number')
  if (numbers.length !== asked.length || numbers.some(({ text }) => text.includes(','))) return undefined
  const signs = words.filter(({ type }) => type !== 'number')
  if (signs.length === 0)
    return couldBeThousands(numbers, asked) ? undefined : numbers.map(({ text }) => text)
  // Of two numbers with a stroke or a dash between, nobody can tell a list from a share or a range.
  const isList = asked.length >= FEWEST && isSameSign(words, signs, numbers.length)
  return isList ? numbers.map(({ text }) => text) : undefined
}

/** "1 989 97 726", where the first was 1.989 last period: three figures, one missing, or four? */
function couldBeThousands(numbers: readonly Word[], asked: readonly AskedItem[]): boolean {
  return asked.some(({ previous = '0' }, at) => {
    const isPair =
      /^[1-9]\d{0,2}$/.test(numbers[at]?.text ?? '') && /^\d{3}$/.test(numbers[at + 1]?.text ?? '')
    return isPair && Number(previous) >= 1000
  })
}

function isSameSign(words: readonly Word[], signs: readonly Word[], count: number): boolean {
  const [sign] = signs
  const isBetween = words.every(({ type }, at) => (type === 'number') === (at % 2 === 0))
  return (
    isBetween &&
    signs.length === count - 1 &&
    (sign?.text === '-' || sign?.text === '/' || sign?.text === '–') &&
    signs.every(({ text, gap }, at) => text === sign.text && gap && words[at * 2 + 2]?.gap === true)
  )
}

/** "31,0,92,133" can be no number; "31,0" and "1,234,567" can. */
function splitCommas(text: string, count: number): readonly string[] | undefined {
  const parts = text.split(',')
  const isThousands = parts.slice(1).every((part) => part.length === 3)
  const isList = parts.length === count && count >= FEWEST && !text.includes('.') && !isThousands
  return isList ? parts : undefined
}
