import { readFigure } from '../figures/read.ts'
import { findOwner, type Scene, splitPlain, type Told } from './lists.ts'
import { findTotal, isKin, type Names } from './names.ts'
import { type AskedItem, isFigureItem, type Reading, readOne } from './reading.ts'
import type { Said } from './said.ts'

/** Where each clause went. */
type Place =
  | { readonly type: 'item'; readonly item: AskedItem; readonly span: string }
  | { readonly type: 'rest'; readonly spans: readonly string[] }
  | { readonly type: 'left'; readonly said: Said }

/** Values each with the item it names: "trực tiếp 31, bưu chính không có, còn lại 92 với 133". */
export function readNamed(said: readonly Said[], names: Names, scene: Scene): Told {
  const valued = said.filter(({ hasValue, clause }) => hasValue || clause.mark !== undefined)
  const places = placeAll(valued, said.length === valued.length, { names, scene })
  const named = places.flatMap((place) =>
    place.type === 'item' ? [readOne(place.item, place.span, scene.today)] : [],
  )
  const rest = places.find((place) => place.type === 'rest')
  const left = places.flatMap((place) => (place.type === 'left' ? [place.said] : []))
  // What was not understood may have been one of the rest.
  const filled = rest && left.length === 0 ? fillRest(rest.spans, named, scene) : []
  const isLost = rest !== undefined && filled.length === 0
  const lost = isLost ? valued.filter(({ clause }) => clause.opens === 'rest') : []
  return { readings: settleTwice([...named, ...filled]), leftover: [...left, ...lost] }
}

interface Setting {
  readonly names: Names
  readonly scene: Scene
}

function placeAll(
  valued: readonly Said[],
  isAllValued: boolean,
  { names, scene }: Setting,
): readonly Place[] {
  const places: Place[] = []
  const main = findMain(valued, names, scene)
  // "31, trực tiếp, 0, bưu chính": a comma before the value may part it from the label.
  const isTidy = isAllValued && valued.every(({ item }) => item !== undefined)
  // "chi 800 triệu, đạt 40%": whose the rate is, is known only where all the rest is.
  const isKnown = valued.every(
    ({ item, hasLabel, isStrange, isPast }) => item !== undefined || isPast || (!hasLabel && !isStrange),
  )
  const itemOf = (one: Said): AskedItem | undefined => {
    if (one.item && (!one.clause.isLoose || isTidy)) return one.item
    const isSure = isKnown || (one.sort === 'ratio' && one === valued[0])
    return isSure && scene.asked.length > 1 && !one.clause.opens ? findOwner(one, scene.asked) : undefined
  }
  for (const [index, one] of valued.entries()) {
    const last = places.at(-1)
    const item = itemOf(one)
    if (one.clause.opens === 'rest') places.push({ type: 'rest', spans: splitRest(one, scene) })
    else if (item) places.push({ type: 'item', item, span: spanOf(one) })
    else if (one.hasLabel || one.isStrange || !last) {
      places.push(
        main && index === 0 ? { type: 'item', item: main, span: one.span } : { type: 'left', said: one },
      )
    } else places.push(...joinLast(places, one, scene))
  }
  return places
}

function spanOf({ span, raw }: Said): string {
  return span === '' ? raw : span
}

/** A value without a label goes with what came before it on the line: the figure reader says what two values are. */
function joinLast(places: Place[], one: Said, { text }: Scene): readonly Place[] {
  const last = places.at(-1)
  if (last === undefined || one.clause.before === 'hard' || one.clause.opens)
    return [{ type: 'left', said: one }]
  if (last.type === 'rest') {
    places.pop()
    return [{ type: 'rest', spans: [...last.spans, one.span] }]
  }
  if (last.type === 'left') return [{ type: 'left', said: one }]
  places.pop()
  const start = text.lastIndexOf(last.span, one.clause.words[0]?.start)
  const end = one.clause.words.at(-1)?.end
  return [{ ...last, span: start < 0 ? last.span : text.slice(start, end) }]
}

/** The item a first value belongs to where only what follows has names: the one asked for, or the total of those. */
function findMain(valued: readonly Said[], names: Names, { asked }: Scene): AskedItem | undefined {
  const [first, ...others] = valued
  const [second] = others
  if (!first || first.item || first.clause.mark || first.clause.opens || first.isPast || !second)
    return undefined
  const [only] = asked
  const isAlone = only !== undefined && asked.length === 1
  const main = isAlone ? only : findTotal(names.asked)?.asked
  const isTaken = others.some(({ item }) => item !== undefined && item.item.code === main?.item.code)
  if (main === undefined || isTaken || !isFigureItem(main)) return undefined
  const isParted = second.clause.opens === 'inner'
  // "433 lượt thư, trong đó khai sinh 196": all of them are thư.
  const isShared = isParted && !isAlone && first.match.candidates.includes(main)
  const isLabelled = first.hasLabel || first.match.candidates.length > 0
  if (isLabelled && !isShared) return undefined
  if (isParted && !hasPart(main, others)) return undefined
  if (isAlone) return main
  const isOneBare = others.every(({ item }) => item !== undefined)
  return first.isStrange || !(isParted || isOneBare) ? undefined : main
}

/** "158, trong đó 08 TTHC liên thông" is hardly of the kiến nghị asked for. */
function hasPart(whole: AskedItem, parts: readonly Said[]): boolean {
  const items = parts.flatMap(({ item }) => item ?? [])
  return items.length === 0 || items.some((item) => isKin(item, whole))
}

function splitRest({ span }: Said, scene: Scene): readonly string[] {
  const count = span.split(' ').filter((part) => /^\d+$/.test(part)).length
  return splitPlain(span, { asked: scene.asked.slice(0, count) }) ?? [span]
}

/** "còn lại 92 với 133", "còn lại không có". */
function fillRest(
  spans: readonly string[],
  named: readonly Reading[],
  { asked, today }: Scene,
): readonly Reading[] {
  const open = asked.filter(({ item }) => !named.some(({ code }) => code === item.code))
  const [only] = spans
  if (only !== undefined && spans.length === 1 && open.length > 1) {
    const readings = open.map((item) => readOne(item, only, today))
    return open.every(isFigureItem) && readAlikeValue(only, today) ? readings : []
  }
  return spans.length === open.length
    ? open.map((item, index) => readOne(item, spans[index] ?? '', today))
    : []
}

/** What can be said of many at once: nought, an empty, "như kỳ trước"; a figure cannot. */
export function readAlikeValue(span: string, today: string): 'empty' | 'previous' | undefined {
  const previous = '123456789'
  const result = readFigure(span, { kind: 'count', previous, today })
  // A figure is of one item; the figures of a promised day are not.
  const isPromise = result.outcome === 'empty' && result.empty === 'pending' && result.until !== undefined
  if (/[1-9]/.test(span) && !isPromise) return undefined
  if (result.outcome === 'empty') return 'empty'
  if (result.outcome !== 'value') return undefined
  return ({ 0: 'empty', [previous]: 'previous' } as const)[result.value]
}

/** An item told twice is a question, unless it is told the same. */
function settleTwice(readings: readonly Reading[]): readonly Reading[] {
  const byCode = new Map<string, Reading>()
  for (const reading of readings) {
    const before = byCode.get(reading.code)
    byCode.set(reading.code, before ? mergeTwice(before, reading) : reading)
  }
  return [...byCode.values()]
}

function mergeTwice(one: Reading, other: Reading): Reading {
  if (JSON.stringify(one.result) === JSON.stringify(other.result)) return one
  const raw = `${one.raw}; ${other.raw}`
  const choices = [one, other].flatMap(({ result }) => {
    if (result.outcome === 'value' || result.outcome === 'empty') return [result]
    return result.outcome === 'ask' ? result.choices : []
  })
  return { code: one.code, raw, result: { outcome: 'ask', why: 'severalNumbers', choices } }
}
