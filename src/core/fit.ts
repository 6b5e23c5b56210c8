import { compareDecimals, readDecimal } from './figures/decimal.ts'
import { type Formula, inputsOf } from './formula.ts'
import { never } from './never.ts'
import type { Problem } from './office.ts'
import type { Item, ReportPack } from './pack.ts'
import { PERIOD_END, type Relation, SIGNING } from './relation.ts'

type Path = Problem['path']

/** One item as a relation or a formula names it, and what it may be there. */
interface Use {
  readonly path: Path
  readonly code: string
  readonly kinds: readonly Item['kind'][]
  /** It is added to, or held against, the others that are. */
  readonly isCompared: boolean
}

const AMOUNTS = ['count', 'decimal', 'percent', 'money'] as const
const RATIOS = ['ratio', 'score'] as const

/** Whether relations and formulas fit the items they name, their own or others': known, of one kind and unit, not in circles. */
export function checkFit(
  { items, relations }: Pick<ReportPack, 'items' | 'relations'>,
  others: readonly Item[] = [],
): readonly Problem[] {
  const byCode = new Map([...others, ...items].map((item) => [item.code, item]))
  const ids = relations.map((relation) => relation.id)
  return [
    ...items.flatMap((item, index) => checkSource(item, ['items', index])),
    ...items.flatMap(({ when }, index): readonly Problem[] => [
      ...(when && !byCode.has(when.item)
        ? [{ path: ['items', index, 'when', 'item'], key: 'file.unknownCode', value: when.item } as const]
        : []),
      ...(when?.and && !byCode.has(when.and.item)
        ? [{ path: ['items', index, 'when', 'and'], key: 'file.unknownCode', value: when.and.item } as const]
        : []),
    ]),
    ...items.flatMap((item, index) =>
      item.formula ? checkUses(usesOfFormula(item, item.formula, ['items', index]), byCode) : [],
    ),
    ...relations.flatMap((relation, index) => [
      ...(ids.indexOf(relation.id) < index
        ? [{ path: ['relations', index, 'id'], key: 'file.twice', value: relation.id } as const]
        : []),
      ...checkLimits(relation, ['relations', index]),
      ...checkUses(usesOf(relation, ['relations', index]), byCode),
    ]),
    ...checkCircles(items, relations),
  ]
}

/** The items a relation speaks of. */
export function codesOf(relation: Relation): readonly string[] {
  return usesOf(relation, []).map((use) => use.code)
}

function checkSource(item: Item, path: Path): readonly Problem[] {
  if (item.source === 'derived' && !item.formula) return [{ path, key: 'file.missing', value: 'formula' }]
  if (item.source !== 'derived' && item.formula)
    return [{ path: [...path, 'formula'], key: 'file.notHere', value: 'formula' }]
  return []
}

function checkLimits(relation: Relation, path: Path): readonly Problem[] {
  if (relation.type !== 'bound') return []
  const { min, max } = relation
  if (min === undefined && max === undefined) return [{ path, key: 'file.missing', value: 'min | max' }]
  const [low, high] = [min, max].map((limit) => readDecimal(limit ?? ''))
  if (!low || !high || compareDecimals(low, high) <= 0) return []
  return [{ path: [...path, 'max'], key: 'file.emptyRange', value: `${min} … ${max}` }]
}

function checkUses(uses: readonly Use[], byCode: ReadonlyMap<string, Item>): readonly Problem[] {
  const codes = uses.map((use) => use.code)
  const repeated = uses.filter((use, index) => codes.indexOf(use.code) < index)
  const unknown = uses.filter((use) => !byCode.has(use.code))
  const misfits = uses.filter((use) => {
    const item = byCode.get(use.code)
    return item && !use.kinds.includes(item.kind)
  })
  const problems: readonly Problem[] = [
    ...repeated.map(({ path, code }): Problem => ({ path, key: 'file.twice', value: code })),
    ...unknown.map(({ path, code }): Problem => ({ path, key: 'file.unknownCode', value: code })),
    ...misfits.map(({ path, code, kinds }): Problem => {
      const value = `${code}: ${byCode.get(code)?.kind} ≠ ${kinds.join(' | ')}`
      return { path, key: 'file.wrongKind', value }
    }),
  ]
  return problems.length > 0 ? problems : checkUnits(uses, byCode)
}

/** Hồ sơ are not added to văn bản, nor money divided by heads. */
function checkUnits(uses: readonly Use[], byCode: ReadonlyMap<string, Item>): readonly Problem[] {
  const measured = uses.flatMap(({ path, code, isCompared }) => {
    const item = byCode.get(code)
    return item && isCompared ? [{ path, item }] : []
  })
  const first = (measured.find(({ item }) => item.unit !== undefined) ?? measured[0])?.item
  if (!first) return []
  return measured
    .filter(({ item }) => !isMeasuredAlike(item, first))
    .map(({ path, item }): Problem => {
      const value = `${item.code} (${unitOf(item)}) ≠ ${first.code} (${unitOf(first)})`
      return { path, key: 'file.unitsDiffer', value }
    })
}

/** A number without a unit goes with any number; money and shares have but one unit. */
function isMeasuredAlike(one: Item, other: Item): boolean {
  if (familyOf(one) !== familyOf(other)) return false
  if (familyOf(one) !== 'number' || one.unit === undefined) return true
  return one.unit.toLowerCase() === other.unit?.toLowerCase()
}

function familyOf({ kind }: Item): string {
  if (kind === 'count' || kind === 'decimal') return 'number'
  return kind === 'score' ? 'ratio' : kind
}

function unitOf(item: Item): string {
  return item.unit ?? item.kind
}

function usesOf(relation: Relation, path: Path): readonly Use[] {
  const one = (field: string, code: string, kinds: Use['kinds'] = AMOUNTS): Use => ({
    path: [...path, field],
    code,
    kinds,
    isCompared: true,
  })
  const many = (field: string, codes: readonly string[], kinds: Use['kinds'] = AMOUNTS) =>
    codes.map((code, index) => ({ ...one(field, code, kinds), path: [...path, field, index] }))
  const alone = (use: Use): Use => ({ ...use, isCompared: false })
  switch (relation.type) {
    case 'sum':
      return [one('total', relation.total), ...many('parts', relation.parts)]
    case 'part':
      return [one('part', relation.part), one('whole', relation.whole)]
    case 'balance':
      return [...many('left', relation.left), ...many('right', relation.right)]
    case 'rate':
      return [
        alone(one('rate', relation.rate, ['percent'])),
        ...many('part', relation.part),
        one('whole', relation.whole),
      ]
    case 'ratioRate':
      return [alone(one('ratio', relation.ratio, RATIOS)), alone(one('rate', relation.rate, ['percent']))]
    case 'score':
      return [one('item', relation.item, RATIOS)]
    case 'bound':
    case 'grows':
      return [one('item', relation.item)]
    case 'coded':
      return [one('item', relation.item, ['choice', 'count'])]
    case 'exclusive':
      return many('items', relation.items, ['percent'])
    case 'carried':
      return relation.item === relation.last
        ? [one('item', relation.item)]
        : [one('item', relation.item), one('last', relation.last)]
    case 'same':
      return [one('item', relation.item, COMPARABLE), one('other', relation.other, COMPARABLE)]
    case 'notAfter':
      return [one('earlier', relation.earlier, ['date']), one('later', relation.later, ['date'])].filter(
        ({ code }) => code !== PERIOD_END && code !== SIGNING,
      )
    default:
      return never(relation)
  }
}

const COMPARABLE = [...AMOUNTS, ...RATIOS, 'date', 'choice'] as const

const RESULTS = {
  sum: AMOUNTS,
  difference: AMOUNTS,
  rate: ['percent'],
  ratio: RATIOS,
  share: ['percent'],
  rest: ['percent'],
  lines: ['count'],
  tally: ['count'],
} as const satisfies Record<Formula['type'], readonly Item['kind'][]>

const INPUTS: Readonly<Record<Formula['type'], readonly Item['kind'][]>> = {
  sum: AMOUNTS,
  difference: AMOUNTS,
  rate: AMOUNTS,
  ratio: AMOUNTS,
  share: RATIOS,
  rest: ['percent'],
  lines: ['text'],
  tally: ['choice'],
}

function usesOfFormula(item: Item, formula: Formula, path: Path): readonly Use[] {
  const isSum = formula.type === 'sum' || formula.type === 'difference'
  const result: Use = {
    path: [...path, 'formula'],
    code: item.code,
    kinds: RESULTS[formula.type],
    isCompared: isSum,
  }
  const inputs = inputsOf(formula).map(
    (code): Use => ({
      path: [...path, 'formula'],
      code,
      kinds: INPUTS[formula.type],
      isCompared: INPUTS[formula.type] === AMOUNTS,
    }),
  )
  return [result, ...inputs]
}

type Edges = ReadonlyMap<string, readonly string[]>

/** A total that is part of its own part, or a figure computed from itself, can never be right. */
function checkCircles(items: readonly Item[], relations: readonly Relation[]): readonly Problem[] {
  const formulas: Edges = new Map(
    items.flatMap(({ code, formula }) => (formula ? [[code, inputsOf(formula)] as const] : [])),
  )
  const holds = new Map<string, readonly string[]>()
  for (const { whole, parts } of relations.flatMap(wholeOf))
    holds.set(whole, [...(holds.get(whole) ?? []), ...parts])
  const found = (edges: Edges, pathOf: (code: string) => Path) =>
    circlesIn(edges).map(
      (circle): Problem => ({
        path: pathOf(circle[0] ?? ''),
        key: 'file.circular',
        value: circle.join(' → '),
      }),
    )
  return [
    ...found(formulas, (code) => ['items', items.findIndex((item) => item.code === code), 'formula']),
    ...found(holds, (code) => [
      'relations',
      relations.findIndex((relation) => wholeOf(relation).some(({ whole }) => whole === code)),
    ]),
  ]
}

function wholeOf(
  relation: Relation,
): readonly { readonly whole: string; readonly parts: readonly string[] }[] {
  if (relation.type === 'sum') return [{ whole: relation.total, parts: relation.parts }]
  if (relation.type === 'part') return [{ whole: relation.whole, parts: [relation.part] }]
  return []
}

/** Every way round: A → B → A. */
function circlesIn(edges: Edges): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = []
  const done = new Set<string>()
  const visit = (code: string, trail: readonly string[]): void => {
    const at = trail.indexOf(code)
    if (at >= 0) circles.push([...trail.slice(at), code])
    else if (!done.has(code)) {
      for (const next of edges.get(code) ?? []) visit(next, [...trail, code])
      done.add(code)
    }
  }
  for (const code of edges.keys()) visit(code, [])
  return circles
}
