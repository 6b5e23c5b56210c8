import type { Moment } from './answer.ts'
import { dayOf } from './calendar.ts'
import { coordinatorOf, inChargeOf } from './charge.ts'
import { describeClosed } from './closed.ts'
import { readCommand } from './command.ts'
import { findingsOf, isOpen } from './doubt.ts'
import type { Finding } from './finding.ts'
import { linesOf, senderOf, tell } from './follow.ts'
import { inputsOf } from './formula.ts'
import { askedText, unreachableSay } from './hand.ts'
import { keep, type Setting } from './keep.ts'
import { withChoices } from './lead.ts'
import { exampleCode, viewedRound } from './look.ts'
import { setMark } from './mark.ts'
import { progressLine, say } from './next.ts'
import { hasRole, type Person } from './office.ts'
import type { Item, ReportPack } from './pack.ts'
import { readPeriod } from './period.ts'
import type { Request } from './request.ts'
import { askedItems, findItem, progressOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { approvedVersion, writeAt } from './versions.ts'
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
  { codes, comment, isGuessed = false }: Omit<Request & { type: 'sendBack' }, 'type'>,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round } = setting
  if (!hasRole(world.me, 'chairman', 'coordinator')) return undefined
  const unknown = codes.find((code) => !findItem(round.pack, code))
  // In the middle of a paragraph, what is no code is a part of it.
  if (unknown !== undefined && askedText(talk, setting)) return undefined
  if (unknown !== undefined)
    return say(talk, [{ key: 'sentBack.unknown', values: { raw: unknown, code: exampleCode(round) } }], world)
  const named = codes.flatMap((code) => findItem(round.pack, code) ?? [])
  const items = [...new Set(named.flatMap((item) => askedFor(item, round.pack)))]
  const ownerOfItem = (item: Item) => inChargeOf(item, round, world.office)
  // Of their own items whoever gathers the report may say anything: it is an answer.
  if (isGuessed && items.some((item) => ownerOfItem(item).id === world.me.id)) return undefined
  if (items.length === 0)
    return askedText(talk, setting)
      ? undefined
      : say(talk, [{ key: 'sentBack.whichItem', values: { code: exampleCode(round) } }], world)
  if (comment === '') {
    const step = say(talk, [{ key: 'sentBack.whichComment', values: { lines: itemNames(items) } }], world)
    const awaiting = { type: 'comment' as const, codes: items.map(({ code }) => code) }
    return { ...step, talk: { ...step.talk, awaiting } }
  }
  const computed = named.filter(({ formula }) => formula !== undefined)
  return askAgainFor(talk, { items, computed, comment }, setting)
}

/** The comment asked for; undefined when the words are something else. */
export function takeComment(
  talk: Talk,
  codes: readonly string[],
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { raw, world } = setting
  if (readCommand(raw)) return undefined
  if (isNo(raw)) return say(talk, [{ key: 'echo.cancelled' }], world)
  return sendBack(talk, { codes, comment: raw }, setting)
}

interface SentBack {
  readonly items: readonly Item[]
  /** Those named that are computed: what they are computed from is asked for. */
  readonly computed: readonly Item[]
  readonly comment: string
}

function askAgainFor(
  talk: Talk,
  { items, computed, comment }: SentBack,
  setting: Setting & { readonly raw: string },
): Step {
  const { world, round, raw } = setting
  const { me, office } = world
  const marks = items.map(({ code }) => setMark('return', code, { text: comment, raw }))
  const owners = [...new Set(items.map((item) => inChargeOf(item, round, office)))]
  const told = owners
    .filter(({ id }) => id !== me.id)
    .map((owner): Effect => {
      const own = items.filter((item) => inChargeOf(item, round, office) === owner)
      const lines = own.flatMap((item): readonly Say[] => {
        const given = round.answers.get(item.code)?.given
        return given ? linesOf([{ code: item.code, given }], setting) : itemNames([item])
      })
      const values = { from: senderOf(me), comment: shorten(comment), lines, code: own[0]?.code ?? '' }
      return { ...tell(owner.id, { key: 'sentBack.told', values }), choices: [{ key: 'quick.start' }] }
    })
  const people = owners.map(({ name }) => name).join(', ')
  const says: readonly Say[] = [
    { key: 'sentBack.done', values: { people, lines: itemNames(items) } },
    ...computed.map((item): Say => ({ key: 'sentBack.computed', values: { item: item.name } })),
    ...owners.flatMap((owner) => unreachableSay(owner, world)),
  ]
  if (owners.some(({ id }) => id === me.id)) {
    const step = keep(talk, marks, setting, says)
    return { talk: step.talk, effects: [...step.effects, ...told] }
  }
  const records = marks.map((mark): Effect => ({ type: 'record', periodKey: round.period.key, ...mark }))
  const step = say(talk, says, world)
  return { talk: step.talk, effects: [...records, ...step.effects, ...told] }
}

function itemNames(items: readonly Item[]): readonly Say[] {
  return items.map((item) => ({ key: 'told.item', values: { code: item.code, item: item.name } }))
}

/** Of a computed figure those are asked that it is computed from. */
function askedFor(item: Item | undefined, pack: ReportPack): readonly Item[] {
  if (!item) return []
  return item.formula
    ? inputsOf(item.formula).flatMap((code) => askedFor(findItem(pack, code), pack))
    : [item]
}

/** The collections a leader may speak of, closed ones too: the one named, else what was looked at today and what is under way, or the latest. */
function roundsMeant(asked: string, talk: Talk, world: World): readonly Round[] {
  if (asked !== '') {
    const key = readPeriod(asked, dayOf(world.now))?.key
    return world.rounds.filter(({ period }) => period.key === key)
  }
  const rounds = [viewedRound(talk, world), viewedRound({}, world)]
  return [...new Set(rounds.filter((round) => round !== undefined))]
}

/** "duyệt": what does not add up bars it, what is missing is asked about; then nothing can be changed any more. */
export function approve(talk: Talk, asked: string, world: World, isConfirmed = false): Step {
  if (!hasRole(world.me, 'chairman')) return say(talk, [{ key: 'approve.notAllowed' }], world)
  const rounds = roundsMeant(asked, talk, world)
  const waiting = rounds.filter((one) => !approvedVersion(one, world.versions))
  const [round = rounds[0], other] = waiting
  if (!round) return say(talk, [{ key: 'report.whichPeriod', values: { example: '“duyệt quý I”' } }], world)
  const period = titleOf(round)
  if (other) {
    const ways = waiting.map((one): Say => ({ key: 'approve.way', values: { period: titleOf(one) } }))
    return withChoices(say(talk, [{ key: 'approve.which', values: { ways } }], world), ways)
  }
  if (round.isUnread) return say(talk, [{ key: 'approve.lookFirst', values: { period } }], world)
  const approved = approvedVersion(round, world.versions)
  if (approved)
    return say(
      talk,
      [{ key: 'approve.already', values: { period, n: approved.n, at: writeAt(approved.at) } }],
      world,
    )
  const open = findingsOf({ ...round, signing: dayOf(world.now) }).filter((finding) => isOpen(finding, round))
  const barring = open.filter(({ severity }) => severity === 'hard')
  // What no figure can mend is only a matter of days.
  if (barring.some(({ codes }) => codes.length === 0))
    return say(
      talk,
      [{ key: 'approve.tooEarly', values: { period, to: writeDay(round.schedule.to) } }],
      world,
    )
  if (barring.length > 0) return sayBarred(talk, barring, { period, world })
  const { done, total } = progressOf(round, askedItems(round))
  const loose = open.filter(({ severity }) => severity === 'ask').length
  if ((done < total || loose > 0) && !isConfirmed) {
    const all: readonly (Say | false)[] = [
      done < total && { key: 'approve.gapsLine', values: { count: total - done } },
      loose > 0 && { key: 'approve.findingsLine', values: { count: loose } },
    ]
    const lines = all.filter((one) => one !== false)
    const step = say(talk, [{ key: 'approve.gaps', values: { period, lines } }], world)
    const awaiting = { type: 'approveGaps' as const, periodKey: round.period.key }
    return withChoices({ ...step, talk: { ...step.talk, awaiting } }, [
      { key: 'approve.anyway' },
      { key: 'approve.wait' },
    ])
  }
  return { talk, effects: [{ type: 'approve', packId: round.pack.id, period: round.period }] }
}

function sayBarred(
  talk: Talk,
  barring: readonly Finding[],
  { period, world }: { readonly period: string; readonly world: World },
): Step {
  const lines = barring
    .slice(0, BARRING_SHOWN)
    .map((finding): Say => ({ key: 'report.findingLine', values: { finding: finding.say } }))
  const values = { period, count: barring.length, code: barring[0]?.codes[0] ?? '', lines }
  return withChoices(say(talk, [{ key: 'approve.barred', values }], world), [{ key: 'quick.findings' }])
}

const BARRING_SHOWN = 3

/** "mở lại vì …": an approved report by the chairman alone, a mere closing by the coordinator too; never without a reason. */
export function reopen(talk: Talk, reason: string, world: World): Step {
  const round = world.rounds.filter(({ isClosed }) => isClosed).at(-1)
  if (!round) return say(talk, [{ key: 'reopen.nothing' }], world)
  const isApproved = approvedVersion(round, world.versions) !== undefined
  const may = isApproved ? hasRole(world.me, 'chairman') : hasRole(world.me, 'chairman', 'coordinator')
  if (!may) {
    const person = coordinatorOf(world.office).name
    const isLeader = hasRole(world.me, 'coordinator')
    const refused: Say = { key: 'reopen.notAllowed', values: { person } }
    return say(talk, [isLeader ? describeClosed(world, round.period.key) : refused], world)
  }
  const period = titleOf(round)
  if (!/\p{L}{2}/u.test(reason)) {
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
        says: [
          { key: 'reopen.done', values: { period, reason: shorten(reason) } },
          ...progressLine(withOpen(round, world), 'idle'),
        ],
        choices: [],
      },
      ...leadersBut(world).map(({ id }) => tell(id, told)),
    ],
  }
}

function withOpen(round: Round, world: World): World {
  return { ...world, rounds: world.rounds.map((one) => (one === round ? { ...one, isClosed: false } : one)) }
}

/** The reason asked for; undefined when the words are something else. */
export function takeReopenReason(talk: Talk, raw: string, world: World): Step | undefined {
  if (readCommand(raw)) return undefined
  if (isNo(raw)) return say(talk, [{ key: 'reopen.kept' }], world)
  // A word is no reason, and a question is another matter.
  const words = foldText(raw).match(/\p{L}+/gu) ?? []
  if (words.length < 3 || ASKS.test(words.join(' ')) || raw.trimEnd().endsWith('?')) return undefined
  return reopen(talk, raw.replace(/^(?:vì|do|lý do|vi|ly do)\s*:?\s+/iu, ''), world)
}

const ASKS = /^(?:cho (?:toi|minh|em|anh|chi) (?:xem|hoi|biet)|xem|bao nhieu|sao)\b/

/** "không", "thôi": nothing of what was asked about is to be done. */
export function isNo(raw: string): boolean {
  return /^(?:khong(?: can| co| duyet| chot| mo)?|chua|thoi|de sau|ko|k)[.! ]*$/.test(foldText(raw).trim())
}

export function leadersBut({ office, me }: World): readonly Person[] {
  return office.people.filter((person) => hasRole(person, 'chairman', 'coordinator') && person.id !== me.id)
}

/** "phiên bản": all of them; "phiên bản 2": its file once more. */
export function showVersions(talk: Talk, n: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const { round, versions } = versionsMeant(talk, world)
  const last = versions.at(-1)
  if (!round || !last) return say(talk, [{ key: 'versions.none' }], world)
  const wanted = versions.find((one) => one.n === Number(n))
  if (wanted)
    return {
      talk,
      effects: [
        { type: 'resend', periodKey: round.period.key, n: wanted.n, ending: progressLine(world, 'idle') },
      ],
    }
  const lines = versions.slice(-VERSIONS_SHOWN).map(
    ({ n: number, at, sha256, isApproved }): Say => ({
      key: isApproved ? 'versions.approved' : 'versions.line',
      values: { n: number, at: writeAt(at), hash: sha256.slice(0, 8) },
    }),
  )
  const unknown: readonly Say[] = n === '' ? [] : [{ key: 'versions.unknown', values: { n } }]
  const values = { period: titleOf(round), lines, n: last.n }
  const key = versions.length > 1 ? 'versions.list' : 'versions.one'
  return say(talk, [...unknown, { key, values }], world)
}

const VERSIONS_SHOWN = 8

/** "khác gì bản trước", "khác gì 1 và 3": what changed between two versions; of one named, between it and the last. */
export function showDifference(talk: Talk, which: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const { round, versions } = versionsMeant(talk, world)
  const [one, other = versions.at(-1)?.n] = (which.match(/\d+/g) ?? [versions.at(-2)?.n]).map(Number)
  const from = versions.find(({ n }) => n === one)
  const to = versions.find(({ n }) => n === other)
  const missing = [one, other].find((n) => !versions.some((version) => version.n === n))
  if (versions.length > 1 && missing !== undefined) return showVersions(talk, String(missing), world)
  if (!round || !from || !to || from === to)
    return say(talk, [{ key: 'versions.noTwo', values: { count: versions.length } }], world)
  const { pack, period } = round
  const ending = progressLine(world, 'idle')
  return { talk, effects: [{ type: 'difference', packId: pack.id, period, from, to, ending }] }
}

function versionsMeant(talk: Talk, world: World) {
  const round = viewedRound(talk, world)
  return { round, versions: round ? (world.versions.get(round.period.key) ?? []) : [] }
}
