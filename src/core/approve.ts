import type { Moment } from './answer.ts'
import { dayOf } from './calendar.ts'
import { inChargeOf } from './charge.ts'
import { findingsOf, isOpen } from './doubt.ts'
import { linesOf, tell } from './follow.ts'
import { inputsOf } from './formula.ts'
import { keep, type Setting } from './keep.ts'
import { withChoices } from './lead.ts'
import { setMark } from './mark.ts'
import { currentRound, say } from './next.ts'
import { hasRole, type Person } from './office.ts'
import type { Item, ReportPack } from './pack.ts'
import { readPeriod } from './period.ts'
import { askedItems, findItem, progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { shorten } from './wording.ts'

/** One state of the report that was handed out: which it is, and the fingerprint of its file. */
export interface Version {
  readonly n: number
  readonly at: Moment
  readonly by: string
  readonly sha256: string
  readonly isApproved: boolean
}

/** "trả lại 3.3.2: sao lại bằng đúng tiếp nhận?": the items wait again, and their owners hear why. */
export function sendBack(
  talk: Talk,
  { codes, comment }: { readonly codes: readonly string[]; readonly comment: string },
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  if (!hasRole(world.me, 'chairman', 'coordinator')) return undefined
  const unknown = codes.find((code) => !findItem(round.pack, code))
  const [asked] = talk.shown
  const isTextAsked = asked !== undefined && findItem(round.pack, asked)?.kind === 'text'
  const isOwn = codes.every((code) => {
    const item = findItem(round.pack, code)
    return item !== undefined && inChargeOf(item, round, world.office).id === world.me.id
  })
  // Of their own items, or in the middle of a paragraph, the words are an answer.
  if (isOwn || (unknown !== undefined && isTextAsked)) return undefined
  if (unknown !== undefined)
    return say(talk, [{ key: 'confused.unknownItem', values: { raw: unknown } }], world)
  const items = [...new Set(codes.flatMap((code) => askedFor(findItem(round.pack, code), round.pack)))]
  if (comment === '')
    return say(talk, [{ key: 'sentBack.whichComment', values: { code: codes[0] ?? '' } }], world)
  const marks = items.map(({ code }) => setMark('return', code, { text: comment, raw }))
  const owners = [
    ...new Map(
      items.map((item) => [inChargeOf(item, round, world.office).id, inChargeOf(item, round, world.office)]),
    ).values(),
  ]
  const told = owners
    .filter(({ id }) => id !== world.me.id)
    .map((owner): Effect => {
      const own = items.filter((item) => inChargeOf(item, round, world.office).id === owner.id)
      const lines = own.flatMap((item): readonly Say[] => {
        const given = round.answers.get(item.code)?.given
        return given
          ? linesOf([{ code: item.code, given }], setting)
          : [{ key: 'told.item', values: { code: item.code, item: item.name } }]
      })
      const values = { from: world.me.title, comment: shorten(comment), lines }
      return { ...tell(owner.id, { key: 'sentBack.told', values }), choices: [{ key: 'quick.start' }] }
    })
  const lines = items.map((item): Say => ({ key: 'told.item', values: { code: item.code, item: item.name } }))
  const said: Say = {
    key: 'sentBack.done',
    values: { people: owners.map(({ name }) => name).join(', '), lines },
  }
  const isMine = owners.some(({ id }) => id === world.me.id)
  const step = isMine ? keep(talk, marks, setting, [said]) : say(talk, [said], world)
  const records = isMine
    ? []
    : marks.map((mark): Effect => ({ type: 'record', periodKey: round.period.key, ...mark }))
  return { talk: step.talk, effects: [...records, ...step.effects, ...told] }
}

/** Of a computed figure those are asked that it is computed from. */
function askedFor(item: Item | undefined, pack: ReportPack): readonly Item[] {
  if (!item) return []
  return item.formula
    ? inputsOf(item.formula).flatMap((code) => askedFor(findItem(pack, code), pack))
    : [item]
}

/** The collection a leader speaks of, closed ones too: the one named, else the one under way, else the latest. */
export function roundMeant(asked: string, world: World): Round | undefined {
  if (asked === '') return currentRound(world) ?? world.rounds.at(-1)
  const period = readPeriod(asked, dayOf(world.now))
  return world.rounds.find((one) => one.period.key === period?.key)
}

/** "duyệt": what does not add up bars it, what is missing is asked about; then nothing can be changed any more. */
export function approve(talk: Talk, asked: string, world: World, isConfirmed = false): Step {
  if (!hasRole(world.me, 'chairman')) return say(talk, [{ key: 'approve.notAllowed' }], world)
  const round = roundMeant(asked, world)
  if (!round) return say(talk, [{ key: 'report.whichPeriod', values: { example: 'duyệt quý I' } }], world)
  const period = titleOf(round)
  const approved = approvedVersion(round, world)
  if (approved)
    return say(
      talk,
      [{ key: 'approve.already', values: { period, n: approved.n, at: writeAt(approved.at) } }],
      world,
    )
  const barring = findingsOf({ ...round, signing: dayOf(world.now) }).filter(
    (finding) => finding.severity === 'hard' && isOpen(finding, round),
  )
  if (barring.length > 0) {
    const lines = barring
      .slice(0, BARRING_SHOWN)
      .map((finding): Say => ({ key: 'report.findingLine', values: { finding: finding.say } }))
    return withChoices(
      say(talk, [{ key: 'approve.barred', values: { count: barring.length, lines } }], world),
      [{ key: 'quick.findings' }],
    )
  }
  const { done, total } = progressOf(round, askedItems(round))
  if (done < total && !isConfirmed) {
    const step = say(talk, [{ key: 'approve.gaps', values: { count: total - done, period } }], world)
    const awaiting = { type: 'approveGaps' as const, periodKey: round.period.key }
    return withChoices({ ...step, talk: { ...step.talk, awaiting } }, [
      { key: 'approve.anyway' },
      { key: 'approve.wait' },
    ])
  }
  return { talk, effects: [{ type: 'approve', packId: round.pack.id, period: round.period }] }
}

const BARRING_SHOWN = 3

/** The version a closed collection was approved with. */
function approvedVersion(round: Round, world: World): Version | undefined {
  const last = (world.versions.get(round.period.key) ?? []).findLast(({ isApproved }) => isApproved)
  return round.isClosed ? last : undefined
}

/** "mở lại vì …": an approved report by the chairman alone, a mere closing by the coordinator too; never without a reason. */
export function reopen(talk: Talk, reason: string, world: World): Step {
  const round = world.rounds.filter(({ isClosed }) => isClosed).at(-1)
  if (!round) return say(talk, [{ key: 'reopen.nothing' }], world)
  const isApproved = approvedVersion(round, world) !== undefined
  const may = isApproved ? hasRole(world.me, 'chairman') : hasRole(world.me, 'chairman', 'coordinator')
  if (!may) return say(talk, [{ key: 'reopen.notAllowed' }], world)
  const period = titleOf(round)
  if (reason === '') {
    const step = say(talk, [{ key: 'reopen.reason', values: { period } }], world)
    return {
      ...step,
      talk: { ...step.talk, awaiting: { type: 'reopenReason', periodKey: round.period.key } },
    }
  }
  const told: Say = { key: 'reopen.told', values: { period, person: world.me.name, reason: shorten(reason) } }
  return {
    talk,
    effects: [
      { type: 'period', periodKey: round.period.key, isClosed: false, reason },
      {
        type: 'say',
        says: [{ key: 'reopen.done', values: { period, reason: shorten(reason) } }],
        choices: [],
      },
      ...leadersBut(world).map(({ id }) => tell(id, told)),
    ],
  }
}

export function leadersBut({ office, me }: World): readonly Person[] {
  return office.people.filter((person) => hasRole(person, 'chairman', 'coordinator') && person.id !== me.id)
}

/** "phiên bản": all of them; "phiên bản 2": its file once more. */
export function showVersions(talk: Talk, n: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const round = roundMeant('', world)
  const versions = round ? (world.versions.get(round.period.key) ?? []) : []
  if (!round || versions.length === 0) return say(talk, [{ key: 'versions.none' }], world)
  const wanted = versions.find((one) => String(one.n) === n)
  if (wanted) return { talk, effects: [{ type: 'resend', periodKey: round.period.key, n: wanted.n }] }
  const lines = versions.slice(-VERSIONS_SHOWN).map(
    ({ n: number, at, sha256, isApproved }): Say => ({
      key: isApproved ? 'versions.approved' : 'versions.line',
      values: { n: number, at: writeAt(at), hash: sha256.slice(0, 8) },
    }),
  )
  return say(talk, [{ key: 'versions.list', values: { period: titleOf(round), lines } }], world)
}

const VERSIONS_SHOWN = 8

/** "khác gì bản trước", "khác gì 1, 3": what changed between two versions. */
export function showDifference(talk: Talk, which: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const round = roundMeant('', world)
  const versions = round ? (world.versions.get(round.period.key) ?? []) : []
  const numbers = (which.match(/\d+/g) ?? []).map(Number)
  const [one, other] = numbers.length === 2 ? numbers : [versions.at(-2)?.n, versions.at(-1)?.n]
  const from = versions.find(({ n }) => n === one)
  const to = versions.find(({ n }) => n === other)
  if (!round || !from || !to)
    return say(talk, [{ key: 'versions.noTwo', values: { count: versions.length } }], world)
  return { talk, effects: [{ type: 'difference', packId: round.pack.id, period: round.period, from, to }] }
}

/** "09:10 ngày 12/3/2025" */
export function writeAt(at: Moment): string {
  return `${at.slice(11, 16)} ngày ${Number(at.slice(8, 10))}/${Number(at.slice(5, 7))}/${at.slice(0, 4)}`
}
