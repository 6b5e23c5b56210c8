import type { Answer } from './answer.ts'
import { coordinatorOf, inChargeOf } from './charge.ts'
import { findingsOf, isOpen, noteCode, reasonKept, signatureOf } from './doubt.ts'
import type { Finding } from './finding.ts'
import { findPerson, type Office, type Person } from './office.ts'
import { clip, type Page, type Part, pageFooter, shortenSay, turnTo } from './page.ts'
import { findItem, type Round, titleOf, writeShortDay } from './round.ts'
import type { Say } from './say.ts'
import type { Talk } from './talk.ts'

/** How far somebody is with a contradiction: they are being asked about it, or have put it off. */
export interface Stance {
  readonly personId: string
  readonly state: 'asked' | 'putOff'
  readonly periodKey: string
  readonly relationId: string
  readonly signature: string
}

/** What one person's talk says of contradictions: known to leaders, so that they see who is at it. */
export function stancesOf(personId: string, { periodKey, doubt, deferred }: Talk): readonly Stance[] {
  if (periodKey === undefined) return []
  const common = { personId, periodKey }
  return [
    ...(doubt ? [{ ...common, state: 'asked', ...doubt } as const] : []),
    ...deferred.map((key) => {
      const [relationId = '', ...signature] = key.split(' ')
      return { ...common, state: 'putOff', relationId, signature: signature.join(' ') } as const
    }),
  ]
}

const WORDS_MAX = 60
const REASON_MAX = 80

/** What the list is told with: whose office, what is known of who is at it, a page, and what the reader may see. */
export interface Listing {
  readonly office: Office
  readonly stances: readonly Stance[]
  readonly page: number
  isSeen(finding: Finding): boolean
}

/** Every contradiction with both sides' numbers: the open ones, the heaviest first, those kept, and remarks. */
export function describeContradictions(
  round: Round,
  { office, stances, page, isSeen }: Listing,
): { readonly says: readonly Say[]; readonly page: Page; readonly words: Say } {
  const all = findingsOf(round).filter(isSeen)
  const open = heaviestFirst(all.filter((finding) => isOpen(finding, round)))
  const kept = all.filter((finding) => reasonKept(finding, round) !== undefined)
  const remarks = all.filter((finding) => !open.includes(finding) && !kept.includes(finding))
  const parts: readonly Part[] = [
    {
      lines: open.map((finding) => openLine(finding, round, { office, stances })),
      lay: (lines) => ({ key: 'contradictions.open', values: { lines } }),
    },
    {
      lines: kept.map((finding) => keptLine(finding, round, office)),
      lay: (lines) => ({ key: 'contradictions.kept', values: { lines } }),
    },
    {
      lines: remarks.map((finding): Say => {
        const values = { finding: tellFinding(finding), owners: ownersOf(finding, round, office) }
        return { key: 'contradictions.remarkLine', values }
      }),
      lay: (lines) => ({ key: 'contradictions.remarks', values: { lines } }),
    },
  ]
  const turned = turnTo(parts, page)
  const words: Say = { key: 'look.contradictions' }
  const period = titleOf(round)
  const head: Say =
    all.length === 0
      ? { key: 'contradictions.none', values: { period } }
      : open.length === 0
        ? { key: 'contradictions.settled', values: { period } }
        : { key: 'contradictions.head', values: { period, count: open.length } }
  return { says: [head, ...turned.says, ...pageFooter(turned, words)], page: turned, words }
}

/** What bars approval before what must be explained; alike in the order they were found. */
export function heaviestFirst(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding) => ['hard', 'ask', 'warn'].indexOf(severity)
  return [...findings].sort((one, other) => rank(one) - rank(other))
}

/** A finding in one short line, and as it is told to somebody who did not write the figure. */
export function tellFinding({ say }: Finding, max = WORDS_MAX): Say {
  const told: Say = say.key === 'find.computed' ? { key: 'find.computedTold', values: say.values } : say
  return shortenSay(told, max)
}

function openLine(
  finding: Finding,
  round: Round,
  { office, stances }: Pick<Listing, 'office' | 'stances'>,
): Say {
  return {
    key: finding.severity === 'hard' ? 'contradictions.lineHard' : 'contradictions.line',
    values: {
      finding: tellFinding(finding),
      state: describeState(finding, round, { office, stances }),
    },
  }
}

/** "đang hỏi đ/c Hà", "đ/c Hà để lại, sẽ kiểm tra sau", "chờ đ/c Hà" */
export function describeState(
  finding: Finding,
  round: Round,
  { office, stances }: Pick<Listing, 'office' | 'stances'>,
): Say {
  const own = stances.filter(
    ({ periodKey, relationId, signature }) =>
      periodKey === round.period.key &&
      relationId === finding.relationId &&
      signature === signatureOf(finding),
  )
  const asked = own.find(({ state }) => state === 'asked')
  const stance = asked ?? own.find(({ state }) => state === 'putOff')
  const person = stance && findPerson(office, stance.personId)
  if (!stance || !person)
    return { key: 'contradictions.waiting', values: { owners: ownersOf(finding, round, office) } }
  return {
    key: stance.state === 'asked' ? 'contradictions.asked' : 'contradictions.putOff',
    values: { person: person.name },
  }
}

function keptLine(finding: Finding, round: Round, office: Office): Say {
  const note: Answer | undefined = round.answers.get(noteCode(finding.relationId))
  return {
    key: 'contradictions.keptLine',
    values: {
      finding: tellFinding(finding),
      reason: clip(reasonKept(finding, round) ?? '', REASON_MAX),
      person: note ? (findPerson(office, note.by)?.name ?? note.by) : '',
      day: note ? writeShortDay(note.at) : '',
    },
  }
}

const OWNERS_MAX = 2

/** Who answers for its figures; what is of no item is the coordinator's. */
function ownersOf({ codes }: Finding, round: Round, office: Office): string {
  const people = codes.flatMap((code): readonly Person[] => {
    const item = findItem(round.pack, code)
    return item ? [inChargeOf(item, round, office)] : []
  })
  const names = [...new Set(people.map(({ name }) => name))]
  if (names.length === 0) return coordinatorOf(office).name
  const shown = names.slice(0, OWNERS_MAX).join(', ')
  return names.length > OWNERS_MAX ? `${shown}…` : shown
}
