import { type Answer, type Given, isSameGiven } from './answer.ts'
import type { Block } from './block.ts'
import { keepDisputed, sayForeign, splitDisputed } from './dispute.ts'
import { askDoubt, doubtFor } from './doubt.ts'
import type { Finding } from './finding.ts'
import { followUps, liftedBy } from './follow.ts'
import { deriveAll } from './formula.ts'
import { findMark } from './mark.ts'
import { ask, progressLine, say } from './next.ts'
import { findItem, isAnswered, type Round, valuesOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { describeGiven } from './wording.ts'

/** An answer that was understood. */
export interface Accepted {
  readonly code: string
  readonly given: Given
  readonly raw: string
  readonly reason?: string
}

/** Whose talk it is, and about which collection. */
export interface Setting {
  readonly world: World
  readonly round: Round
  readonly isUndo?: boolean
  /** The answer is a way out of a contradiction that was offered. */
  readonly isRepair?: boolean
  /** The coordinator has chosen between two people's values. */
  readonly isSettled?: boolean
  /** The contradictions the person has put off. */
  readonly deferred?: readonly string[]
  /** Done for others: who is being asked nothing is not asked for their own part after it. */
  readonly isAside?: boolean
  /** Whom the coordinator answers for. */
  readonly behalfOf?: string
  /** What was confirmed in one word: it stands on the screen and is not told again line by line. */
  readonly confirmed?: { readonly block: Block; readonly codes: readonly string[] }
}

/** Records what was accepted, echoes it, asks about what does not add up, or goes on to the next question. */
export function keep(
  talk: Talk,
  accepted: readonly Accepted[],
  setting: Setting,
  extra: readonly Say[] = [],
): Step {
  const kept = record(talk, accepted, setting)
  const codes = accepted.map(({ code }) => code)
  const before = [...kept.says, ...extra]
  const { world, round } = kept.after
  const finding = doubtFor(round, world.office, world.me, talk.deferred)
  if (!finding && kept.isReasonAsked) {
    const says = [...before, ...progressLine(world, 'idle')]
    return {
      talk: { ...kept.talk, shown: [], confused: 0 },
      effects: [...kept.effects, { type: 'say', says, choices: [] }],
    }
  }
  if (!finding) {
    // Beside what was said of other things, the question under way is still open; what is left of a screen is asked next.
    const rest = talk.shown.filter((code) => !codes.includes(code))
    const shown = extra.length === 0 ? rest.filter((code) => !round.answers.has(code)) : rest
    const isIdle = talk.shown.length === 0 && !talk.choice && !talk.doubt
    const on = { ...kept.talk, shown, confused: 0 }
    const next = setting.isAside && isIdle ? say(on, before, world) : ask(on, world, before)
    return { talk: next.talk, effects: [...kept.effects, ...next.effects] }
  }
  // To go back to what was just replaced would lead round in circles where two sums share a total.
  const replaced = (code: string) =>
    setting.isRepair && codes.includes(code) ? setting.round.answers.get(code)?.given : undefined
  const repairs = finding.repairs.filter(({ code, given }) => {
    const before = replaced(code)
    return !before || !isSameGiven(before, given)
  })
  const question = askDoubt({ ...finding, repairs }, round, world.office, world.me)
  const { talk: unasked, says: told } = askedNoReason(kept)
  const says = [...told, ...extra, ...question.says, ...progressLine(world)]
  return {
    talk: {
      ...unasked,
      shown: shownBeside(talk, accepted, finding),
      doubt: question.doubt,
      confused: 0,
    },
    effects: [...kept.effects, { type: 'say', says, choices: question.choices }],
  }
}

/** One question at a time: beside a contradiction, or a figure that is asked back, no reason is asked for. */
export function askedNoReason({ talk, says }: { readonly talk: Talk; readonly says: readonly Say[] }) {
  const { awaiting, ...rest } = talk
  return {
    talk: awaiting?.type === 'editReason' ? rest : talk,
    says: says.filter(({ key }) => key !== 'edit.reason'),
  }
}

/**
 * While a contradiction is asked about, bare numbers mean the items just answered, as the echo numbered them;
 * where it is not about these, they mean nothing: what was answered beside it must not be written over.
 */
function shownBeside(talk: Talk, accepted: readonly Accepted[], finding: Finding): string[] {
  const codes = accepted.map(({ code }) => code)
  if (!codes.some((code) => finding.codes.includes(code))) return []
  return codes.every((code) => talk.shown.includes(code)) ? talk.shown : codes
}

/** The rows to keep, the talk and the world after them, and the words that say so. */
export function record(talk: Talk, given: readonly Accepted[], setting: Setting) {
  const { round } = setting
  const { undisputed: all, disputed, foreign } = splitDisputed(given, setting)
  // Marks are kept beside the answers, but are no items.
  const accepted = all.filter(({ code }) => findItem(round.pack, code))
  const changed = accepted.filter(({ code, given }) => {
    const before = round.answers.get(code)?.given
    // Asked to look again, whoever says the same makes it their word.
    return (
      before === undefined || !isSameGiven(before, given) || findMark(round, 'return', code) !== undefined
    )
  })
  const dispute = keepDisputed(disputed, setting)
  const lifted = liftedBy(accepted, setting)
  const answered = { ...setting, deferred: talk.deferred }
  const follow = followUps({ accepted, changed }, answered, worldWith(setting, [...all, ...lifted]).round)
  const notes = [
    ...all.filter((one) => !accepted.includes(one)),
    ...dispute.marks,
    ...lifted,
    ...follow.marks,
  ]
  const effects = [
    ...[...changed, ...notes].map((one): Effect => ({ type: 'record', periodKey: round.period.key, ...one })),
    ...dispute.effects,
    ...follow.effects,
  ]
  // What was told of a task with its state stands under that task, and has no number of its own.
  const codes = accepted.filter((one) => !isUnderTask(one, accepted, setting)).map(({ code }) => code)
  const echoed = talk.echoed.filter(({ code }) => codes.includes(code))
  // A correction keeps the numbers that stand on the screen: "sửa 1" after "sửa 2" is still the first.
  const isOfEcho = codes.length > 0 && echoed.length === codes.length
  const isOfQuestion = codes.every((code) => talk.shown.includes(code))
  const numbers = codes.map((code, index) => ({
    code,
    n:
      (isOfEcho
        ? echoed.find((one) => one.code === code)?.n
        : isOfQuestion
          ? talk.shown.indexOf(code) + 1
          : undefined) ?? index + 1,
  }))
  const says = [
    ...(accepted.length === 0 ? [] : [echo(accepted, numbers, setting), ...computed(accepted, setting)]),
    ...dispute.says,
    ...sayForeign(foreign, setting),
    ...follow.says,
  ]
  const undo = changed.map(({ code }) => {
    const before = round.answers.get(code)?.given
    return before === undefined ? { code } : { code, before }
  })
  const kept: Talk = {
    ...talk,
    skipped: talk.skipped.filter((code) => !accepted.some((one) => one.code === code)),
    ...(accepted.length === 0 || isOfEcho ? {} : { echoed: numbers }),
    ...(setting.isUndo || changed.length + notes.length === 0 ? {} : { undo }),
    ...(follow.awaiting ? { awaiting: follow.awaiting } : {}),
  }
  const isReasonAsked = follow.awaiting?.type === 'editReason'
  return {
    talk: kept,
    effects,
    says,
    isReasonAsked,
    after: worldWith(setting, [...all, ...dispute.marks, ...lifted, ...follow.marks]),
  }
}

function echo(
  accepted: readonly Accepted[],
  numbers: readonly { readonly code: string; readonly n: number }[],
  setting: Setting,
): Say {
  const { world, round, isUndo } = setting
  // What is taken back may be computed again.
  const after = valuesOf(worldWith(setting, accepted).round)
  const { confirmed } = setting
  const quiet = confirmed && confirmed.codes.length > LINES_TOLD ? confirmed.codes : []
  const lines = accepted.flatMap((one, index): Say[] => {
    const { code, given } = one
    const item = findItem(round.pack, code)
    if (!item || quiet.includes(code) || isUnderTask(one, accepted, setting)) return []
    const n = numbers.find((number) => number.code === code)?.n ?? index + 1
    const state = describeGiven(after(code) ?? given, item, world.office)
    const { value, more, shareBefore } = describeTask(code, state, accepted, setting)
    const before = round.answers.get(code)?.given
    if (before === undefined || (isSameGiven(before, given) && !shareBefore))
      return [{ key: 'echo.line', values: { n, item: item.name, value } }, ...more]
    if (before.state === 'text' && given.state === 'text' && given.text.startsWith(`${before.text}\n`)) {
      const more: Given = { state: 'text', text: given.text.slice(before.text.length) }
      const added = describeGiven(more, item, world.office)
      return [{ key: 'echo.lineLonger', values: { n, item: item.name, added } }]
    }
    const was = withShare(describeGiven(before, item, world.office), shareBefore)
    return [{ key: 'echo.lineChanged', values: { n, item: item.name, before: was, value } }, ...more]
  })
  const count = quiet.length
  const all: readonly Say[] =
    count === 0
      ? []
      : [{ key: confirmed?.block === 'same' ? 'echo.sameAll' : 'echo.noneAll', values: { count } }]
  return { key: isUndo ? 'echo.undone' : 'echo.recorded', values: { lines: [...lines, ...all] } }
}

const LINES_TOLD = 4

/** Whether it was told together with the state of its task. */
function isUnderTask({ code }: Accepted, accepted: readonly Accepted[], { round }: Setting): boolean {
  const of = findItem(round.pack, code)?.detail?.of
  return of !== undefined && accepted.some((one) => one.code === of)
}

/** A state with its share, and under it the rest of what was told of the task. */
function describeTask(code: string, state: Say, accepted: readonly Accepted[], { round, world }: Setting) {
  const details = accepted.flatMap(({ code: of, given }) => {
    const item = findItem(round.pack, of)
    return item?.detail?.of === code && isAnswered(given) ? [{ ...item.detail, item, given }] : []
  })
  const share = details.find(({ is }) => is === 'percent')
  const percent = share && describeGiven(share.given, share.item, world.office)
  const last = share && round.answers.get(share.item.code)?.given
  const isChanged = share && last && isAnswered(last) && !isSameGiven(last, share.given)
  const shareBefore = isChanged ? describeGiven(last, share.item, world.office) : undefined
  const words = round.pack.document.tasks?.details
  const told = details.filter(
    // A difficulty known by nothing but its cause is said once.
    ({ is, given }) =>
      is !== 'percent' &&
      !(is === 'difficulty' && details.some((one) => one.is !== is && isSameGiven(one.given, given))),
  )
  const more = told.map(
    ({ is, item, given }): Say => ({
      key: 'echo.taskDetail',
      values: { detail: words?.[is] ?? item.name, value: describeGiven(given, item, world.office) },
    }),
  )
  return { value: withShare(state, percent), more, shareBefore }
}

/** "Đang thực hiện (60%)" */
function withShare(state: Say, percent: Say | undefined): Say {
  return percent ? { key: 'echo.taskPercent', values: { state, percent } } : state
}

/** Derived items whose value these answers have made or changed. */
function computed(accepted: readonly Accepted[], setting: Setting): readonly Say[] {
  const { round, world } = setting
  const before = deriveAll(round.pack, round.answers)
  const after = deriveAll(round.pack, worldWith(setting, accepted).round.answers)
  const lines = [...after].flatMap(([code, given]): Say[] => {
    const item = findItem(round.pack, code)
    const was = before.get(code)
    if (!item || (was && isSameGiven(was, given))) return []
    return [
      { key: 'derived.line', values: { item: item.name, value: describeGiven(given, item, world.office) } },
    ]
  })
  return lines.length === 0 ? [] : [{ key: 'derived.lines', values: { lines } }]
}

/** The world as it stands once the answers are kept, so that the next question and the progress are right. */
export function worldWith(
  { world, round }: Setting,
  accepted: readonly Accepted[],
): { readonly world: World; readonly round: Round } {
  const answers = new Map(round.answers)
  for (const { code, given, ...words } of accepted) {
    const answer: Answer = {
      code,
      given,
      ...words,
      by: world.me.id,
      at: world.now,
      channel: '',
      messageId: '',
    }
    if (given.state === 'withdrawn') answers.delete(code)
    else answers.set(code, answer)
  }
  const after = { ...round, answers }
  return {
    round: after,
    world: { ...world, rounds: world.rounds.map((one) => (one === round ? after : one)) },
  }
}

/** Nothing is being asked back any more; what was offered is remembered for a button pressed twice. */
export function settled(talk: Talk): Talk {
  const { choice, doubt, unsure: _, ...rest } = talk
  const offered = choice ? choice.options.map((given) => ({ code: choice.code, given })) : doubt?.repairs
  return { ...rest, isReasonAwaited: false, isReasonUrged: false, ...(offered ? { past: offered } : {}) }
}
