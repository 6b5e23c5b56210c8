import type { Given } from './answer.ts'
import { isOpen } from './doubt.ts'
import { findPerson, type Office } from './office.ts'
import type { Item } from './pack.ts'
import { findItem, isAnswered, type Round } from './round.ts'
import { beginMaking, gapOf, gapValues, type Making, writeGiven } from './runs.ts'
import { fillTemplate } from './template.ts'

/** The figures of a collection in the order of its form, to be typed over into another system. */
export interface Figures {
  readonly name: string
  readonly rows: readonly FigureRow[]
}

export interface FigureRow {
  readonly code: string
  readonly name: string
  readonly unit: string
  /** A number in canonical form, or words; empty for a heading and where nothing is known. */
  readonly value: string | { readonly number: string }
  /** Who said it, or who is awaited. */
  readonly note: string
  readonly isGroup: boolean
}

/** Where the pack has forms their lines, else its items under the questions they belong to. */
export function listFigures(round: Round, office: Office): Figures {
  const making = beginMaking(round, office)
  const { pack } = round
  const form = pack.appendices.flatMap(({ rows }) =>
    rows.map((row): FigureRow => {
      const item = row.item === undefined ? undefined : findItem(pack, row.item)
      const isGroup = !item && !row.isForeign
      const told = item
        ? layItem(item, making)
        : { value: row.isForeign ? pack.document.notApplicable : '', note: '' }
      return { code: row.code, name: row.name, unit: unitOf(item, row.unit), isGroup, ...told }
    }),
  )
  const listed = pack.groups.flatMap((group): FigureRow[] => [
    { code: '', name: group.ask, unit: '', value: '', note: '', isGroup: true },
    ...pack.items
      .filter((item) => item.group === group.id && !isUntold(item, round))
      .map((item) => ({
        code: item.code,
        name: item.name,
        unit: unitOf(item, item.unit),
        isGroup: false,
        ...layItem(item, making),
      })),
  ])
  return { name: round.period.key, rows: form.length > 0 ? form : listed }
}

/** Few tasks have a share, a product or a difficulty: only what was told is listed. */
export function isUntold({ detail, code }: Item, round: Round): boolean {
  return detail !== undefined && !isAnswered(round.answers.get(code)?.given)
}

function layItem(item: Item, making: Making): Pick<FigureRow, 'value' | 'note'> {
  const { round, office } = making
  const given = making.valueOf(item.code)
  if (given === undefined || !isAnswered(given)) {
    const gap = gapOf(item, making)
    const { gap: plain, gapPromised } = round.pack.document
    return { value: '', note: fillTemplate(gap.promised === undefined ? plain : gapPromised, gapValues(gap)) }
  }
  const answer = round.answers.get(item.code)
  const person = answer && isAnswered(answer.given) ? (findPerson(office, answer.by)?.name ?? answer.by) : ''
  // A figure in a contradiction nobody has settled is not typed over unseen.
  const open = making.findings
    .filter((finding) => finding.codes.includes(item.code) && isOpen(finding, round))
    .map(({ left, right }) => `${left} ≠ ${right}`)
  const note = [person, ...open].filter((part) => part !== '').join('; ')
  return { value: cellOf(given, item, making), note }
}

/** Money is kept in đồng, even where the form asks for triệu. */
function unitOf(item: Item | undefined, unit: string = ''): string {
  return item?.kind === 'money' ? 'đồng' : unit
}

const AMOUNTS: readonly Item['kind'][] = ['count', 'decimal', 'percent', 'money']

/** Only an exact figure is a number: "hơn 175" must not be added up as 175. A choice is one where the form codes it. */
function cellOf(given: Given, item: Item, making: Making): FigureRow['value'] {
  const isAmount = AMOUNTS.includes(item.kind)
  const isCoded = item.kind === 'choice' && given.state === 'value' && /^\d+$/.test(given.value)
  if (given.state === 'value' && given.qualifier === 'exact' && (isAmount || isCoded))
    return { number: given.value }
  if (given.state === 'none' && isAmount) return { number: '0' }
  return writeGiven(given, item, true, making)
}
