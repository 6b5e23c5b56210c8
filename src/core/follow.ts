import { isSameGiven } from './answer.ts'
import type { Awaiting } from './awaiting.ts'
import { coordinatorOf, inChargeOf } from './charge.ts'
import { doubtFor, openFindings } from './doubt.ts'
import type { Accepted, Setting } from './keep.ts'
import { COMPLETE, findMark, liftMark, marksOf, setMark } from './mark.ts'
import { fillDraft } from './offer.ts'
import { findPerson, hasRole, ownerOf, type Person } from './office.ts'
import type { Item } from './pack.ts'
import { weigh } from './page.ts'
import { askedItems, findItem, isAnswered, itemsOf, progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect } from './talk.ts'
import { describeGiven } from './wording.ts'

/** What answers bring about beside being kept: others are told, marks are lifted, a reason is asked for. */
export interface FollowUps {
  readonly marks: readonly Accepted[]
  readonly effects: readonly Effect[]
  readonly says: readonly Say[]
  readonly awaiting?: Awaiting
}

export function followUps(
  { accepted, changed }: { readonly accepted: readonly Accepted[]; readonly changed: readonly Accepted[] },
  setting: Setting,
  after: Round,
): FollowUps {
  const { world } = setting
  const edit = editAfterwards(changed, setting, after)
  const delivery = deliverComplete(setting, after)
  const stale = changed.length === 0 ? [] : staleDrafts(setting, after)
  return {
    marks: [
      ...stale.map(({ code }) => setMark('return', code, { text: '', raw: '' })),
      ...(delivery.length === 0 ? [] : [setMark('sent', COMPLETE, { text: world.now, raw: '' })]),
    ],
    effects: [
      ...tellOfStale(stale, setting),
      ...tellWhoSentBack(accepted, setting),
      ...tellOwners(changed, setting),
      ...(edit?.effects ?? []),
      ...delivery,
    ],
    says: edit?.says ?? [],
    ...(edit?.awaiting ? { awaiting: edit.awaiting } : {}),
  }
}

/** An answer settles what was sent back, and what was handed to the coordinator because it was not understood. */
export function liftedBy(accepted: readonly Accepted[], { round, world }: Setting): readonly Accepted[] {
  return accepted.flatMap(({ code, given, raw }) => {
    if (!isAnswered(given)) return []
    const rival = findMark(round, 'rival', code)
    // Whoever said otherwise says the same now, or the other way round.
    const isAgreed = rival && (rival.by === world.me.id || isSameGiven(rival.given, given))
    const kinds = (['return', 'help'] as const).filter((kind) => findMark(round, kind, code))
    return [...kinds, ...(isAgreed ? (['rival'] as const) : [])].map((kind) => liftMark(kind, code, raw))
  })
}

/** Paragraphs taken as they were drafted, whose figures say something else now. */
function staleDrafts({ round, world }: Setting, after: Round): readonly Item[] {
  return marksOf(round, 'draft').flatMap(({ of, answer }): Item[] => {
    const item = findItem(after.pack, of)
    const given = after.answers.get(of)?.given
    const drafted = answer.given.state === 'text' ? answer.given.text : ''
    if (!item || given?.state !== 'text' || given.text !== drafted || findMark(round, 'return', of)) return []
    const now = fillDraft(item, after, world.office)
    // Nothing can be drafted when a figure has gone: what was drafted from it does not stand either.
    return now === drafted ? [] : [item]
  })
}

function tellOfStale(stale: readonly Item[], { round, world }: Setting): readonly Effect[] {
  return stale.flatMap((item): Effect[] => {
    const owner = inChargeOf(item, round, world.office)
    if (owner.id === world.me.id) return []
    return [
      {
        ...tell(owner.id, { key: 'draft.changed', values: { item: item.name, person: world.me.name } }),
        choices: [{ key: 'quick.start' }],
      },
    ]
  })
}

/** Whoever sent an item back hears what was answered, also when the figure stands. */
function tellWhoSentBack(accepted: readonly Accepted[], setting: Setting): readonly Effect[] {
  const { round, world } = setting
  const back = accepted.flatMap(({ code, given }) => {
    const mark = isAnswered(given) ? findMark(round, 'return', code) : undefined
    // Nobody waits for what was sent back because its figures changed.
    const by = mark?.given.state === 'text' && mark.given.text !== '' ? mark.by : undefined
    return by === undefined ? [] : [{ code, by }]
  })
  return [...new Set(back.map(({ by }) => by))].flatMap((by): Effect[] => {
    const codes = back.filter((one) => one.by === by).map(({ code }) => code)
    const lines = linesOf(
      accepted.filter(({ code }) => codes.includes(code)),
      setting,
    )
    return by === world.me.id
      ? []
      : [tell(by, { key: 'sentBack.answered', values: { person: world.me.name, lines } })]
  })
}

/** The holder of the duty stays accountable: what another gives for it is shown to them. */
function tellOwners(changed: readonly Accepted[], setting: Setting): readonly Effect[] {
  const { world } = setting
  if (setting.isSettled) return []
  const owned = changed.flatMap((one) => {
    const item = findItem(setting.round.pack, one.code)
    const owner = item && ownerOf(world.office, item.duty)
    return owner && owner.id !== world.me.id ? [{ one, owner }] : []
  })
  return [...new Set(owned.map(({ owner }) => owner.id))].map((to) => {
    const lines = linesOf(
      owned.filter(({ owner }) => owner.id === to).map(({ one }) => one),
      setting,
    )
    const key = setting.isUndo ? 'hand.undone' : 'hand.answered'
    const code = owned.find(({ owner }) => owner.id === to)?.one.code ?? ''
    return tell(to, { key, values: { person: world.me.name, lines, code } })
  })
}

/** A figure changed after all had been given wants a reason, and the coordinator knows of it. */
function editAfterwards(changed: readonly Accepted[], setting: Setting, after: Round) {
  const { round, world, isUndo, isRepair } = setting
  const mine = itemsOf(round, world.office, world.me)
  const edits = changed.filter(
    ({ code }) => isAnswered(round.answers.get(code)?.given) && !findMark(round, 'return', code),
  )
  const { done, total } = progressOf(round, mine)
  if (setting.behalfOf || edits.length === 0 || total === 0 || done < total) return undefined
  const coordinator = coordinatorOf(world.office)
  // Where the change leads to another question, that one is asked alone.
  const isAlone =
    progressOf(after, mine).done === total && !doubtFor(after, world.office, world.me, setting.deferred ?? [])
  const lines = linesOf(edits, setting)
  const told = tell(coordinator.id, {
    key: isUndo ? 'edit.undone' : 'edit.told',
    values: { person: world.me.name, period: titleOf(round), lines },
  })
  const effects = coordinator.id === world.me.id ? [] : [told]
  const codes = edits.map(({ code }) => code)
  // What was put back, and what mends a contradiction, give their own reason.
  const isMended =
    isRepair || openFindings(round).some((finding) => finding.codes.some((code) => codes.includes(code)))
  return isUndo || isMended || !isAlone
    ? { says: [], effects }
    : { says: [{ key: 'edit.reason' }] as const, awaiting: { type: 'editReason' as const, codes }, effects }
}

/** The last input is in: the draft goes to coordinator and chairman unasked, once for all time. */
function deliverComplete({ round, world }: Setting, after: Round): readonly Effect[] {
  const isComplete = (one: Round) => {
    const { done, total } = progressOf(one, askedItems(one))
    return done === total
  }
  if (isComplete(round) || !isComplete(after) || findMark(round, 'sent', COMPLETE)) return []
  return world.office.people
    .filter((person) => hasRole(person, 'coordinator', 'chairman'))
    .map(
      (person): Effect => ({
        type: 'report',
        packId: round.pack.id,
        period: round.period,
        withSources: false,
        to: person.id,
        key: `${COMPLETE}:${round.period.key}`,
      }),
    )
}

/** Words to somebody else of the office. */
export function tell(to: string, ...says: readonly Say[]): Effect & { type: 'tell' } {
  return { type: 'tell', to, says, choices: [] }
}

/** "- Trực tiếp: **31 hồ sơ**", with what stood there before where it was changed. */
export function linesOf(
  answers: readonly Pick<Accepted, 'code' | 'given'>[],
  { round, world }: Setting,
): readonly Say[] {
  return answers.flatMap(({ code, given }): Say[] => {
    const item = findItem(round.pack, code)
    if (!item) return []
    const value = describeGiven(given, item, world.office)
    const before = round.answers.get(code)?.given
    const values = { code, item: item.name, value }
    return before === undefined || isSameGiven(before, given)
      ? [{ key: 'told.line', values }]
      : [
          {
            key: 'told.lineChanged',
            values: { ...values, before: describeGiven(before, item, world.office) },
          },
        ]
  })
}

/** The items by code and name, as many as a message can hold. */
export function itemLines(
  items: readonly Item[],
  round: Round,
  office: Setting['world']['office'],
): readonly Say[] {
  const shown = items.slice(0, LINES_MAX).map((item): Say => {
    const last = round.previous.get(item.code)?.given
    const values = { code: item.code, item: item.name }
    return last?.state === 'value'
      ? { key: 'told.itemLast', values: { ...values, last: describeGiven(last, item, office) } }
      : { key: 'told.item', values }
  })
  const more = items.length - shown.length
  return more === 0 ? shown : [...shown, { key: 'told.more', values: { count: more } }]
}

const LINES_MAX = 6

/** As many lines as come to about so many letters, and how many more there are. */
export function fitLines(lines: readonly Say[], letters: number): readonly Say[] {
  let left = letters
  const shown = lines.findIndex((line) => {
    left -= weigh(line)
    return left < 0
  })
  return shown < 0
    ? lines
    : [...lines.slice(0, shown), { key: 'told.more', values: { count: lines.length - shown } }]
}

/** The chairman by title, anybody else by name. */
export function senderOf(person: Person): Say {
  return hasRole(person, 'chairman')
    ? { key: 'sentBack.byTitle', values: { title: person.title } }
    : { key: 'sentBack.byName', values: { person: person.name } }
}

/** A person as others are told of them. */
export function nameOf(id: string, { office }: Setting['world']): string {
  const person: Person | undefined = findPerson(office, id)
  return person?.name ?? id
}
