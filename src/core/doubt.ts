import { z } from 'zod'
import { Given } from './answer.ts'
import { addDays } from './calendar.ts'
import { inChargeOf } from './charge.ts'
import { findRivals } from './dispute.ts'
import { findDoubtfulTexts, findTwoDates } from './doubtful.ts'
import type { Finding } from './finding.ts'
import { markCode } from './mark.ts'
import type { Office, Person } from './office.ts'
import { findOverfull, findOverruled } from './overrule.ts'
import { dataWindow } from './period.ts'
import { checkRelations } from './relations.ts'
import { findItem, type Round, valuesOf } from './round.ts'
import type { Say } from './say.ts'
import { describeGiven } from './wording.ts'

/** A contradiction as the talk remembers it while it is being asked about. */
export const Doubt = z.object({
  relationId: z.string(),
  signature: z.string(),
  repairs: z.array(z.object({ code: z.string(), given: Given })),
})
export type Doubt = z.infer<typeof Doubt>

/** Every relation of the pack that does not hold for what is known now, and every text that looks carried over. */
export function findingsOf(round: Round): readonly Finding[] {
  const { pack, before, period, schedule, place } = round
  const items = new Map(pack.items.map((item) => [item.code, item]))
  // What was left at the end of March is carried over in April; a report since January carries what January began with.
  const follows = before !== undefined && addDays(dataWindow(before).to, 1) === schedule.from
  const isComputed = (code: string) => items.get(code)?.formula !== undefined
  const relations = pack.relations.filter((relation) => {
    if (relation.type === 'carried') return follows
    // A rate that is computed is held against its formula, once.
    return !(relation.type === 'rate' || relation.type === 'ratioRate') || !isComputed(relation.rate)
  })
  const textOf = (code: string) => {
    const given = round.answers.get(code)?.given
    return given?.state === 'text' ? given.text : undefined
  }
  return [
    ...checkRelations(relations, {
      valueOf: valuesOf(round),
      previousOf: (code) => round.previous.get(code)?.given,
      itemOf: (code) => items.get(code),
      periodEnd: schedule.to,
      ...(round.signing === undefined ? {} : { signingDay: round.signing }),
      isSameYear: before?.year === period.year,
    }),
    ...findOverruled(pack, round.answers),
    ...findOverfull(pack, valuesOf(round)),
    ...(place === undefined ? [] : findDoubtfulTexts(pack, textOf, { place, period })),
    ...findTwoDates(pack, textOf),
    ...findRivals(round),
  ]
}

/** The numbers in contradiction: a reason given for them is none for other numbers. */
export function signatureOf(finding: Finding): string {
  return `${finding.left} ≠ ${finding.right}`
}

/** Under this code the reason for keeping a contradiction is kept, like an answer. */
export function noteCode(relationId: string): string {
  return markCode('note', relationId)
}

/** The reason for which a contradiction stands, if one was given for these very numbers. */
export function reasonKept(finding: Finding, round: Round): string | undefined {
  const note = round.answers.get(noteCode(finding.relationId))
  return note?.given.state === 'text' && note.reason === signatureOf(finding) ? note.given.text : undefined
}

/** Whether somebody has to look at it: neither a mere remark nor kept with a reason. */
export function isOpen(finding: Finding, round: Round): boolean {
  return finding.severity !== 'warn' && reasonKept(finding, round) === undefined
}

/** What of the collection somebody has to look at. */
export function openFindings(round: Round): readonly Finding[] {
  return findingsOf(round).filter((finding) => isOpen(finding, round))
}

/** The first open contradiction that touches an item of this person and has not been put off. */
export function doubtFor(
  round: Round,
  office: Office,
  person: Person,
  deferred: readonly string[],
): Finding | undefined {
  return openFindings(round).find(
    (finding) =>
      // Between two people's values the coordinator chooses.
      finding.type !== 'rival' &&
      finding.codes.some((code) => isOwn(code, round, office, person)) &&
      !deferred.includes(`${finding.relationId} ${signatureOf(finding)}`),
  )
}

function isOwn(code: string, round: Round, office: Office, person: Person): boolean {
  const item = findItem(round.pack, code)
  return item !== undefined && inChargeOf(item, round, office).id === person.id
}

/** Asks about a contradiction, with both sides' numbers and numbered ways out. */
export function askDoubt(finding: Finding, round: Round, office: Office, person: Person) {
  const repairs = finding.repairs.filter(({ code }) => isOwn(code, round, office, person))
  const ways: readonly Say[] = [
    ...repairs.flatMap(({ code, given }): Say[] => {
      const item = findItem(round.pack, code)
      return item
        ? [{ key: 'doubt.repair', values: { item: item.name, value: describeGiven(given, item, office) } }]
        : []
    }),
    { key: 'doubt.keep' },
    { key: 'doubt.later' },
  ]
  const lines = ways.map((label, index): Say => ({ key: 'option.line', values: { n: index + 1, label } }))
  const doubt: Doubt = {
    relationId: finding.relationId,
    signature: signatureOf(finding),
    repairs: [...repairs],
  }
  return {
    doubt,
    says: [
      {
        key: finding.type === 'wording' || finding.type === 'documents' ? 'doubt.askText' : 'doubt.ask',
        values: { finding: finding.say, lines },
      },
    ] as const,
    choices: lines,
  }
}
