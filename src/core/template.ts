import { Liquid, type Template } from 'liquidjs'
import { compareDecimals, readDecimal } from './figures/decimal.ts'

/**
 * Sentences with places to fill, in the Liquid language with single braces:
 *
 *     Đã tiếp nhận {II.2c.1}, trong đó {II.2c.2|so} mới{% if II.2c.8 > 0 %}, {II.2c.8} quá hạn{% endif %}.
 *
 * What fills a place keeps its identity: a filled template is a list of pieces, so that every digit of
 * a document knows where it came from. Of the language just places with these filters and plain conditions are
 * taken, "name sign number or words"; anything else is refused when the file is read.
 */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'place'; readonly name: string; readonly filters: readonly Filter[] }

/** What may follow the name of an item: bare number · at the foot of the page · one line each · earlier periods and the change since. */
const FILTERS = ['so', 'chu_thich', 'moi_dong', 'ky_truoc', 'cung_ky', 'so_sanh', 'so_cung_ky'] as const
export type Filter = (typeof FILTERS)[number]

/** What a condition compares with: the canonical value, or undefined while nothing is known. */
export type ValueFor = (name: string) => string | undefined

const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  outputDelimiterLeft: '{',
  outputDelimiterRight: '}',
})
for (const filter of FILTERS) engine.registerFilter(filter, (place) => mark(place, filter))

/** A template read once for each text: packs and texts are few, turns are many. */
interface Known {
  readonly templates: Template[]
  readonly names: readonly string[]
  /** Without a condition its pieces are always the same. */
  readonly pieces?: readonly Piece[]
}

const known = new Map<string, Known | undefined>()

function read(template: string): Known | undefined {
  if (!known.has(template)) known.set(template, tryRead(template))
  return known.get(template)
}

function tryRead(template: string): Known | undefined {
  const names: string[] = []
  const written = rewrite(template, names)
  if (written === undefined) return undefined
  try {
    const templates = engine.parse(written)
    const isPlain = !template.includes('{%')
    return { templates, names, ...(isPlain ? { pieces: render({ templates, names }, NOTHING) } : {}) }
  } catch {
    // The library tells a condition that is not closed by throwing; where it stands is the caller's to say.
    return undefined
  }
}

const MARKUP = /\{%-?\s*(.*?)\s*-?%\}|\{([^{}%]*)\}/gsu
const NAME = '[\\p{L}\\p{N}_]+(?:\\.[\\p{L}\\p{N}_]+)*'
const PLACE_FORM = new RegExp(`^\\s*(${NAME})((?:\\s*\\|\\s*(?:${FILTERS.join('|')}))*)\\s*$`, 'u')
/** A number has its decimals behind a dot, at most two: 1.000 could be one or a thousand. */
const TEST = new RegExp(`^(${NAME})(\\s*(?:>=|<=|==|>|<)\\s*(?:-?\\d+(?:\\.\\d{1,2})?|"[^"{}]*"))$`, 'u')

/** The template as the library is given it: every name stands as p0, p1 …, since a code such as 3.3.1 is none of its names. */
function rewrite(template: string, names: string[]): string | undefined {
  const nameOf = (name: string): string => {
    if (!names.includes(name)) names.push(name)
    return `p${names.indexOf(name)}`
  }
  let isSound = !/[{}]/.test(template.replace(MARKUP, ''))
  const written = template.replace(MARKUP, (whole, tag: string | undefined, place: string | undefined) => {
    const [, name, filters = ''] = PLACE_FORM.exec(place ?? '') ?? []
    if (name !== undefined) return `{${nameOf(name)}${filters}}`
    const asked = tag === undefined ? undefined : rewriteTag(tag, nameOf)
    isSound &&= asked !== undefined
    return tag === undefined || asked === undefined ? whole : whole.replace(tag, () => asked)
  })
  return isSound ? written : undefined
}

function rewriteTag(tag: string, nameOf: (name: string) => string): string | undefined {
  if (tag === 'else' || tag === 'endif') return tag
  const [, word, condition = ''] = /^(if|elsif)\s+(.+)$/su.exec(tag) ?? []
  if (word === undefined) return undefined
  const parts = condition.split(/\s+(and|or)\s+/u)
  const written = parts.map((part, index) => {
    if (index % 2 === 1) return part
    const [, name, rest] = TEST.exec(part.trim()) ?? []
    return name === undefined ? undefined : `${nameOf(name)}${rest}`
  })
  return written.includes(undefined) ? undefined : `${word} ${written.join(' ')}`
}

const NOTHING: ValueFor = () => undefined

function render({ templates, names }: Known, valueFor: ValueFor): readonly Piece[] {
  const unknown = new Set<string>()
  const ask: ValueFor = (name) => {
    const value = valueFor(name)
    if (value === undefined) unknown.add(name)
    return value
  }
  const pieces = piecesOf(engine.renderSync(templates, scopeOf(names, ask)))
  return unknown.size === 0 ? pieces : placesOf([...unknown])
}

/** What cannot be decided says nothing but what it waits for. */
function placesOf(names: readonly string[]): readonly Piece[] {
  return names.flatMap((name, index): Piece[] => [
    ...(index === 0 ? [] : [{ type: 'text' as const, text: '; ' }]),
    { type: 'place', name, filters: [] },
  ])
}

/** The names a template uses, each once; undefined when it is malformed. */
export function placeholdersIn(template: string): readonly string[] | undefined {
  return read(template)?.names
}

/** Fills every place from `values`; a place without a value is a fault of the program, templates are checked at load. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return layTemplate(template, (name) => values[name])
    .map((piece) => {
      if (piece.type === 'text') return piece.text
      const value = values[piece.name]
      if (value === undefined) throw new Error(`no value for {${piece.name}} in: ${template}`)
      return value
    })
    .join('')
}

/**
 * Decides the conditions and leaves the places: text and names in turn. A condition on what is not known can
 * neither hold nor fail: in place of the sentence stand the names it waits for.
 */
export function layTemplate(template: string, valueFor: ValueFor): readonly Piece[] {
  const found = read(template)
  if (!found) throw new Error(`malformed template: ${template}`)
  return found.pieces ?? render(found, valueFor)
}

/** Private-use signs that no text may hold: they carry the places through the library. */
const OPEN = '\uE000'
const BETWEEN = '\uE001'
const CLOSE = '\uE002'

/** What stands for an item inside the library: printed it is a mark, compared it is its value. */
interface Place {
  readonly name: string
  readonly filters: readonly Filter[]
  readonly valueFor: ValueFor
}

function scopeOf(names: readonly string[], valueFor: ValueFor): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name, index) => [`p${index}`, standFor({ name, filters: [], valueFor })]),
  )
}

function standFor(place: Place): Record<string, unknown> {
  const compare = (other: unknown) => compareWith(place.valueFor(place.name), other)
  return {
    [PLACE]: place,
    equals: (other: unknown) => compare(other) === 0,
    gt: (other: unknown) => (compare(other) ?? 0) > 0,
    lt: (other: unknown) => (compare(other) ?? 0) < 0,
    geq: (other: unknown) => (compare(other) ?? -1) >= 0,
    leq: (other: unknown) => (compare(other) ?? 1) <= 0,
    toString: () => `${OPEN}${[place.name, ...place.filters].join(BETWEEN)}${CLOSE}`,
  }
}

const PLACE = Symbol('place')

function mark(stand: unknown, filter: Filter): unknown {
  const place = (stand as { readonly [PLACE]?: Place } | undefined)?.[PLACE]
  return place ? standFor({ ...place, filters: [...place.filters, filter] }) : stand
}

/** What stands for an item that does not apply here: no condition on it holds. */
export const NOT_APPLICABLE = ''

/** Numbers and days by their size, words only for being the same; undefined when there is nothing to compare. */
function compareWith(value: string | undefined, other: unknown): number | undefined {
  if (value === undefined || value === NOT_APPLICABLE) return undefined
  const [one, two] = [readDecimal(value), readDecimal(String(other))]
  if (one && two) return compareDecimals(one, two)
  const isDay = [value, String(other)].every((text) => /^\d{4}-\d{2}-\d{2}$/.test(text))
  if (isDay) return value < String(other) ? -1 : value > String(other) ? 1 : 0
  return value === String(other) ? 0 : undefined
}

function piecesOf(filled: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [index, part] of filled.split(OPEN).entries()) {
    const close = index === 0 ? -1 : part.indexOf(CLOSE)
    if (close >= 0) {
      const [name = '', ...filters] = part.slice(0, close).split(BETWEEN)
      pieces.push({ type: 'place', name, filters: filters as Filter[] })
    }
    if (close + 1 < part.length) pieces.push({ type: 'text', text: part.slice(close + 1) })
  }
  return pieces
}
