import { readFileSync } from 'node:fs'
import type { Given } from '../../../src/core/answer.ts'
import type { Facts, Finding } from '../../../src/core/finding.ts'
import { Item } from '../../../src/core/pack.ts'
import { Relation } from '../../../src/core/relation.ts'
import { checkRelations } from '../../../src/core/relations.ts'
import type { Say } from '../../../src/core/say.ts'
import { WEB_WORDS } from '../../../src/web/words.ts'
import { readWords } from '../../../src/words.ts'

const words = await readWords('prompts/texts.yaml', WEB_WORDS)

/** A finding's sentence as an official reads it. */
export function sentenceOf(say: Say | undefined): string {
  return say ? words.phrase(say, { address: 'đồng chí', name: '' }) : ''
}

/** "2.5" and "7/28" are values; "không", "-", "hẹn", "khoảng 5" and the like are what officials say instead. */
export function givenBy(text: string | undefined): Given | undefined {
  if (text === undefined || text === '') return undefined
  if (text === 'không') return { state: 'none' }
  if (text === '-') return { state: 'notApplicable' }
  if (text === 'hẹn') return { state: 'pending' }
  const [, word = '', value = text] = /^(khoảng|hơn|không quá|ước) (.*)$/.exec(text) ?? []
  const qualifier = QUALIFIERS[word] ?? 'exact'
  return { state: 'value', value, qualifier }
}

const QUALIFIERS: Readonly<Record<string, 'approx' | 'atLeast' | 'atMost' | 'estimate'>> = {
  khoảng: 'approx',
  hơn: 'atLeast',
  'không quá': 'atMost',
  ước: 'estimate',
}

export interface Desk {
  /** By code, as in `givenBy`. */
  readonly values: Readonly<Record<string, string>>
  readonly previous?: Readonly<Record<string, string>>
  /** The kind of each code; a count where none is named. */
  readonly kinds?: Readonly<Record<string, Item['kind']>>
  readonly extra?: Pick<Facts, 'periodEnd' | 'signingDay' | 'isSameYear'>
}

/** An item called "mục A" for the code A, counted in "hồ sơ". */
export function itemFor(code: string, rest: Readonly<Record<string, unknown>> = {}): Item {
  return Item.parse({
    code,
    name: `mục ${code}`,
    kind: 'count',
    unit: 'hồ sơ',
    duty: 'chung',
    group: 'chung',
    ...rest,
  })
}

export function factsFor({ values, previous = {}, kinds = {}, extra = {} }: Desk): Facts {
  return {
    valueOf: (code) => givenBy(values[code]),
    previousOf: (code) => givenBy(previous[code]),
    itemOf: (code) => itemFor(code, kinds[code] === undefined ? {} : { kind: kinds[code] }),
    ...extra,
  }
}

/** What one relation, written as in a pack, has to say about the values of a desk. */
export function findingOf(relation: Readonly<Record<string, unknown>>, desk: Desk): Finding | undefined {
  const [finding] = checkRelations([Relation.parse({ id: 'thu', ...relation })], factsFor(desk))
  return finding
}

/** The same as its sentence; silent is ''. */
export function said(relation: Readonly<Record<string, unknown>>, desk: Desk): string {
  return sentenceOf(findingOf(relation, desk)?.say)
}

export interface PublishedRow {
  readonly id: string
  readonly type: string
  readonly kind: string
  readonly figures: string
  readonly written: string
  readonly holds: boolean
  readonly says: readonly string[]
}

/** The sums, rates and bounds of five published reports, as facts; our own columns and words. */
export function readPublished(): readonly PublishedRow[] {
  const [, ...lines] = readFileSync(new URL('./published.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => {
    const [id = '', type = '', kind = '', figures = '', written = '', holds, , says = ''] = line.split('\t')
    return {
      id,
      type,
      kind,
      figures,
      written,
      holds: holds === 'yes',
      says: says === '' ? [] : says.split('|'),
    }
  })
}
