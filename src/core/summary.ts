import { type Against, changesOf } from './changes.ts'
import { describeChange, describePeriod, sidesOf } from './comparison.ts'
import { heaviestFirst, tellFinding } from './contradictions.ts'
import { findingsOf, openFindings, reasonKept } from './doubt.ts'
import { exampleCode } from './look.ts'
import { hasRole, type Office, type Person } from './office.ts'
import { ownersOf } from './overview.ts'
import type { Item } from './pack.ts'
import { clip, weigh } from './page.ts'
import { askedItems, isDone, progressOf, type Round, titleOf, writeShortDay } from './round.ts'
import type { Say } from './say.ts'

const LINES_MAX = 12
/** Each line is weighed rather too long: that many come to less than 900 on the screen. */
const LETTERS_MAX = 960

/** How much of each kind is told: findings, changes against either period, people awaited, the count of remarks. */
type Measure = readonly [findings: number, changes: number, waiting: number, remarks: number]

/** From the fullest to the barest; the first that fits a small screen is taken. */
const MEASURES: readonly Measure[] = [
  [2, 4, 3, 1],
  [2, 4, 3, 0],
  [2, 3, 3, 0],
  [2, 2, 3, 0],
  [2, 2, 2, 0],
  [1, 2, 2, 0],
  [1, 2, 1, 0],
  [1, 1, 1, 0],
  [1, 0, 1, 0],
  [1, 0, 0, 0],
  [0, 0, 0, 0],
]

/** What goes with the draft, in at most twelve lines: how complete it is, what does not add up, what has changed, who is awaited, the ways on. */
export function summarise(round: Round, office: Office, reader?: Person): readonly Say[] {
  const material = gather(round, office)
  const briefs = MEASURES.map((measure) => lay(material, { round, reader, measure }))
  const fitting = briefs.find((lines) => lines.length <= LINES_MAX && weighAll(lines) <= LETTERS_MAX)
  return [{ key: 'report.brief', values: { lines: fitting ?? briefs.at(-1) ?? [] } }]
}

/** The same ways on, to be pressed. */
export function waysOn(round: Round, reader?: Person): readonly Say[] {
  return [
    ...(findingsOf(round).length > 0 ? [{ key: 'quick.findings' } as const] : []),
    ...(sidesOf(round).length > 0 ? [{ key: 'quick.compare' } as const] : []),
    ...(reader && hasRole(reader, 'chairman') ? [{ key: 'quick.approve' } as const] : []),
  ]
}

function weighAll(lines: readonly Say[]): number {
  return lines.reduce((sum, line) => sum + weigh(line) + 1, 0)
}

interface Material {
  readonly findings: readonly Say[]
  readonly kept: number
  readonly remarks: number
  readonly changes: Readonly<Record<Against, readonly Say[]>>
  readonly waiting: readonly Waiting[]
  /** A code to try the ways on with: what does not add up, or changed most. */
  readonly code: string
}

interface Waiting {
  readonly line: Say
  readonly count: number
}

const CHANGES_MAX = 2
const CODES_MAX = 3
const NAME_MAX = 42

function gather(round: Round, office: Office): Material {
  const all = findingsOf(round)
  const sides = sidesOf(round)
  const open = heaviestFirst(openFindings(round))
  const changed = {
    previous: sides.includes('previous') ? changesOf(round, 'previous').slice(0, CHANGES_MAX) : [],
    yearBefore: sides.includes('yearBefore') ? changesOf(round, 'yearBefore').slice(0, CHANGES_MAX) : [],
  }
  const lines = (side: Against) =>
    changed[side].map((change): Say => {
      const told: Say = {
        key: 'changes.brief',
        values: { item: clip(change.item.name, NAME_MAX), change: describeChange(change, office) },
      }
      return { key: 'report.changes', values: { period: describePeriod(round, side), change: told } }
    })
  return {
    findings: open.map(
      (finding): Say => ({ key: 'report.findingLine', values: { finding: tellFinding(finding, NAME_MAX) } }),
    ),
    kept: all.filter((finding) => reasonKept(finding, round) !== undefined).length,
    remarks: all.filter((finding) => finding.severity === 'warn').length,
    changes: { previous: lines('previous'), yearBefore: lines('yearBefore') },
    waiting: waitingFor(round, office),
    code:
      open[0]?.codes[0] ?? [...changed.previous, ...changed.yearBefore][0]?.item.code ?? exampleCode(round),
  }
}

function lay(
  { findings, kept, remarks, changes, waiting, code }: Material,
  { round, reader, measure }: { round: Round; reader: Person | undefined; measure: Measure },
): readonly Say[] {
  const [findingsTold, changesTold, waitingTold, remarksTold] = measure
  const progress = progressOf(round, askedItems(round))
  const isComplete = waiting.length === 0
  const rest = waiting.slice(waitingTold)
  const isChairman = reader !== undefined && hasRole(reader, 'chairman')
  return [
    { key: 'report.summary', values: { period: titleOf(round) } },
    isComplete
      ? { key: 'report.complete', values: progress }
      : { key: 'report.done', values: { ...progress, left: progress.total - progress.done } },
    ...findingsHead(findings.length, kept),
    ...findings.slice(0, findingsTold),
    ...(remarks === 0 || remarksTold === 0
      ? []
      : [{ key: 'report.remarks', values: { count: remarks } } as const]),
    ...tellChanges(changes, changesTold),
    ...(isComplete ? [] : [{ key: 'report.waiting' } as const]),
    ...waiting.slice(0, waitingTold).map(({ line }) => line),
    ...(rest.length === 0 ? [] : [restLine(rest)]),
    { key: isChairman ? 'report.waysChairman' : 'report.ways', values: { code } },
  ]
}

/** The greatest of either side first; told together, each side's under each other. */
function tellChanges({ previous, yearBefore }: Material['changes'], most: number): readonly Say[] {
  const inTurn = previous.length > yearBefore.length ? previous : yearBefore
  const taken = inTurn
    .flatMap((_, index) => [previous[index], yearBefore[index]])
    .filter((line) => line !== undefined)
    .slice(0, most)
  return [...previous, ...yearBefore].filter((line) => taken.includes(line))
}

function findingsHead(count: number, kept: number): readonly Say[] {
  if (count > 0 && kept > 0) return [{ key: 'report.findingsKept', values: { count, kept } }]
  if (count > 0) return [{ key: 'report.findings', values: { count } }]
  return kept > 0 ? [{ key: 'report.kept', values: { count: kept } }] : []
}

function restLine(rest: readonly Waiting[]): Say {
  const count = rest.reduce((sum, one) => sum + one.count, 0)
  return { key: 'report.waitingMore', values: { people: rest.length, count } }
}

/** Who is awaited, the one who owes most first; alike in the order of the office. */
function waitingFor(round: Round, office: Office): readonly Waiting[] {
  return ownersOf(round, office)
    .map(({ person, items }) => ({ person, open: items.filter((item) => !isDone(round, item)) }))
    .filter(({ open }) => open.length > 0)
    .sort((one, other) => other.open.length - one.open.length)
    .map(({ person, open }) => ({ line: waitingLine(person, open, round), count: open.length }))
}

const DAYS_SHOWN = 2

function waitingLine(person: Person, open: readonly Item[], round: Round): Say {
  const days = open.flatMap(({ code }) => {
    const given = round.answers.get(code)?.given
    return given?.state === 'pending' && given.until !== undefined ? [given.until] : []
  })
  const values = { person: clip(person.name, NAME_MAX), count: open.length, codes: listCodes(open) }
  if (days.length === 0) return { key: 'report.waitingLine', values }
  const different = [...new Set(days)].sort().map(writeShortDay)
  const shown = different.slice(0, DAYS_SHOWN).join(', ')
  const promised = different.length > DAYS_SHOWN ? `${shown}…` : shown
  return days.length === open.length
    ? { key: 'report.waitingPromised', values: { ...values, days: promised } }
    : { key: 'report.waitingPartly', values: { ...values, promised: days.length, days: promised } }
}

/** "II.2c.1, II.2c.2, II.2c.3 và 5 mục nữa" */
function listCodes(items: readonly Item[]): string | Say {
  const isLong = items.length > CODES_MAX + 1
  const list = (isLong ? items.slice(0, CODES_MAX) : items).map(({ code }) => code).join(', ')
  return isLong ? { key: 'list.more', values: { list, count: items.length - CODES_MAX } } : list
}
