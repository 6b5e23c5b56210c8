import { approve, isNo, takeComment, takeReopenReason } from './approve.ts'
import type { Awaiting } from './awaiting.ts'
import { takeLastDay, takeSubstitute } from './away.ts'
import { takeEditReason } from './correct.ts'
import { takeNotMe } from './disown.ts'
import { letGo } from './focus.ts'
import { takeWhom } from './hand.ts'
import { keep, type Setting, settled } from './keep.ts'
import { takeWay } from './ladder.ts'
import { readPromisedDay } from './later.ts'
import { closeCollection } from './lead.ts'
import { never } from './never.ts'
import { say } from './next.ts'
import { writeDay } from './round.ts'
import type { Step, Talk } from './talk.ts'
import { foldText } from './text.ts'
import { askWhatNumber } from './unsure.ts'

/** The answer to what the last message asked beside items; undefined when it is none. */
export function answerAwaited(
  before: Talk,
  awaiting: Awaiting,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const talk = letGo(before)
  const { raw, world } = setting
  switch (awaiting.type) {
    case 'ways':
      return takeWay(talk, awaiting.code, setting)
    case 'day':
      return takeDay(talk, awaiting.code, setting)
    case 'whom':
      return takeWhom(talk, awaiting, setting)
    case 'substitute':
      return takeSubstitute(talk, awaiting.until, setting)
    case 'awayDay':
      return takeLastDay(talk, awaiting.to, setting)
    case 'notMe':
      return takeNotMe(talk, awaiting.codes, setting)
    case 'editReason':
      return takeEditReason(talk, awaiting.codes, setting)
    case 'approveGaps':
    case 'closeGaps':
      return takeAnyway(talk, awaiting, setting)
    case 'reopenReason':
      return takeReopenReason(talk, raw, world)
    case 'comment':
      return takeComment(talk, awaiting.codes, setting)
    case 'unsure':
      return askWhatNumber(before, awaiting, setting)
    default:
      return never(awaiting)
  }
}

/** "vẫn duyệt", "chờ đủ" */
function takeAnyway(
  talk: Talk,
  { type, periodKey }: Awaiting & { type: 'approveGaps' | 'closeGaps' },
  { raw, world, round }: Setting & { readonly raw: string },
): Step | undefined {
  const words = foldText(raw)
    .replace(/[.!\s]+$/, '')
    .replace(/^[12][.)]\s+/, '')
  const isAnyway = /^(?:1|van (?:duyet|chot|khoa)|co|dong y|cu (?:duyet|chot))$/.test(words)
  if (isNo(words) || /^(?:2|cho(?: du| them)?)$/.test(words))
    return say(talk, [{ key: 'approve.waiting' }], world)
  if (!isAnyway) return undefined
  const meant = world.rounds.find(({ period }) => period.key === periodKey) ?? round
  return type === 'approveGaps'
    ? approve(talk, meant.period.key, world, true)
    : closeCollection(talk, { world, round: meant }, true)
}

/** The day asked for where somebody has no figure yet. */
function takeDay(talk: Talk, code: string, setting: Setting & { readonly raw: string }): Step | undefined {
  const { raw, round } = setting
  const until = readPromisedDay(raw.replace(/^(?:hẹn|hen)\s+/iu, ''), round.today)
  if (until === undefined) return undefined
  if (until < round.today) {
    const step = say(talk, [{ key: 'later.pastDay', values: { day: writeDay(until) } }], setting.world)
    return { ...step, talk: { ...step.talk, awaiting: { type: 'day', code } } }
  }
  return keep(settled(talk), [{ code, given: { state: 'pending', until }, raw }], setting)
}
