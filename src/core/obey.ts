import { invite, isKeeper, listChannels, prefer, unbindOther } from './account.ts'
import { describeAgenda } from './agenda.ts'
import { append } from './append.ts'
import { approve, reopen, sendBack, showDifference, showVersions } from './approve.ts'
import { comeBack, goAway } from './away.ts'
import { dayOf } from './calendar.ts'
import type { Command } from './command.ts'
import { answerOnBehalf, correct } from './correct.ts'
import { moveDeadline, pauseReminders } from './deadline.ts'
import { askNotMe, disownAccount } from './disown.ts'
import { askBothAgain, settleDispute } from './dispute.ts'
import { begin } from './greet.ts'
import { askedText, handOn } from './hand.ts'
import { keep, type Setting, settled } from './keep.ts'
import { readLater } from './later.ts'
import { closeCollection, nudge } from './lead.ts'
import { showLook, viewedRound } from './look.ts'
import { setMark } from './mark.ts'
import { never } from './never.ts'
import { ask, currentRound, progressLine, say } from './next.ts'
import { findPerson, hasRole } from './office.ts'
import { findPeople } from './people.ts'
import { dataWindow, readPeriod } from './period.ts'
import { describeProgress } from './progress.ts'
import type { Request } from './request.ts'
import { putOffDoubt } from './resolve.ts'
import { findItem, isAnswered, itemsOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import { workTimeOf } from './schedule.ts'
import { blockAsked, isOffered } from './screen.ts'
import { takeReply } from './take.ts'
import type { Effect, Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { settleUnsure, showUnsure } from './unsure.ts'
import { describeUpload } from './upload.ts'
import { approvedVersion } from './versions.ts'
import { describeMoment, shorten } from './wording.ts'

/** "Ok" may be said to anything: what it would confirm is asked for in so many words. */
function acknowledge(talk: Talk, world: World): Step {
  const round = currentRound(world)
  const block = round && blockAsked(talk, round)
  if (block) return say(talk, [block === 'same' ? { key: 'ask.sameYes' } : { key: 'ask.noneYes' }], world)
  return say(talk, [isOffered(talk) ? { key: 'ask.offerYes' } : { key: 'courtesy' }], world)
}

/** Does what a command asks; undefined when its words are an answer after all. */
export function obey(
  talk: Talk,
  { command, text }: { readonly command: Command; readonly text: string },
  world: World,
): Step | undefined {
  const round = currentRound(world)
  const setting = round && { world, round, raw: text }
  switch (command.type) {
    case 'start':
      return begin(talk, world)
    case 'help':
      return say(talk, helpFor(world), world)
    case 'helpAnswers':
      return say(talk, [{ key: 'help.official' }], world)
    case 'progress':
      return say(talk, describeProgress(currentRound(world), world, command.page), world)
    case 'agenda':
      return say(talk, describeAgenda(world), world)
    case 'skip':
      return skip(talk, world)
    case 'cancel':
      return say({ ...settled(talk), shown: [], confused: 0 }, [{ key: 'echo.cancelled' }], world)
    case 'courtesy':
      return acknowledge(talk, world)
    case 'undo':
      return undo(talk, world)
    case 'source':
      return tellSource(talk, world)
    case 'report':
      return report(talk, command.asked, world)
    case 'look':
      return showLook(talk, command.look, world)
    case 'correct':
      return correct(talk, command, world)
    case 'approve':
      return isProse(talk, command.asked !== '' && !readPeriod(command.asked, dayOf(world.now)), world)
        ? undefined
        : approve(talk, command.asked, world)
    case 'reopen':
      return isProse(talk, command.reason !== '', world) ? undefined : reopen(talk, command.reason, world)
    case 'versions':
      return showVersions(talk, command.n, world)
    case 'difference':
      return showDifference(talk, command.which, world)
    case 'channels':
      return listChannels(talk, world)
    case 'prefer':
      return prefer(talk, command.channel, world)
    case 'unbindOther':
      return unbindOther(talk, command, world)
    case 'invite':
      return invite(talk, command.whom, world)
    case 'upload':
      return say(talk, [describeUpload(world)], world)
    case 'unsure':
      return showUnsure(talk, world)
    case 'settleUnsure':
      return settleUnsure(talk, command, world)
    case 'notMe':
      // With nothing collected there is no question that could be another's.
      return setting ? askNotMe(talk, setting) : disownAccount(talk, world)
    case 'unknown':
      return say(talk, [{ key: 'confused.command', values: { raw: shorten(command.word) } }], world)
    default:
      return setting ? obeyInRound(talk, command, setting) : takeReply(talk, text, world)
  }
}

/** While a paragraph is asked for, words that go on like one are one, whatever they begin with. */
function isProse(talk: Talk, goesOn: boolean, world: World): boolean {
  const round = currentRound(world)
  return goesOn && round !== undefined && askedText(talk, { world, round })
}

type Anywhere =
  | ('approve' | 'reopen' | 'versions' | 'difference' | 'notMe')
  | ('prefer' | 'unbindOther' | 'invite' | 'settleUnsure')
type InRound = Exclude<Request, { type: Anywhere }>

/** What is asked for within the collection under way; undefined when the words are an answer after all. */
function obeyInRound(
  talk: Talk,
  command: InRound,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  switch (command.type) {
    case 'hand':
      return handOn(talk, command, setting)
    case 'away':
      return goAway(talk, command, setting)
    case 'back':
      return comeBack(talk, setting)
    case 'later':
      return nudgeNamed(talk, setting) ?? putOff(talk, command.when, setting)
    case 'nudge':
      return nudge(talk, command.whom, setting)
    case 'behalf':
      return answerOnBehalf(settled(talk), command, setting)
    case 'settle':
      return settleDispute(settled(talk), command, setting)
    case 'askAgain':
      return (
        askBothAgain(talk, command.code, setting) ??
        sendBack(talk, { codes: [command.code], comment: '', isGuessed: true }, setting)
      )
    case 'sendBack':
      return sendBack(talk, command, setting)
    case 'close':
      return closeCollection(talk, setting)
    case 'moveDeadline':
      return moveDeadline(talk, command, setting)
    case 'pause':
    case 'resume':
      return pauseReminders(talk, command.type, setting)
    case 'append':
      return append(talk, command.text, setting)
    default:
      return never(command)
  }
}

/** "nhắc Mai" is a person where somebody is called so, "nhắc mai" is tomorrow. */
function nudgeNamed(talk: Talk, setting: Setting & { readonly raw: string }): Step | undefined {
  const { raw, world } = setting
  const name = /^nhắc\s+(\p{Lu}\S*)$/iu.exec(raw.trim())?.[1]
  const isName = name !== undefined && /^\p{Lu}/u.test(name) && findPeople(world.office, name).length > 0
  return isName ? nudge(talk, name, setting) : undefined
}

/** "để sau 14h": asked again then, and not before. */
function putOff(talk: Talk, when: string, setting: Setting & { readonly raw: string }): Step {
  const { world, round, raw } = setting
  const moment = readLater(when, world.now, workTimeOf(world.office.calendar))
  if (moment === undefined)
    return say(talk, [{ key: 'later.whichTime', values: { raw: shorten(raw) } }], world)
  const mark = setMark('later', world.me.id, { text: moment, raw })
  const isTooLate = moment > round.schedule.deadline
  const says: readonly Say[] = [
    { key: 'later.done', values: { time: describeMoment(moment) } },
    ...(isTooLate
      ? [
          {
            key: 'later.afterDeadline',
            values: { deadline: describeMoment(round.schedule.deadline) },
          } as const,
        ]
      : []),
  ]
  const step = say({ ...settled(talk), confused: 0 }, says, world)
  return {
    talk: step.talk,
    effects: [{ type: 'record', periodKey: round.period.key, ...mark }, ...step.effects],
  }
}

/** A coordinator who answers for items needs both. */
function helpFor(world: World): readonly Say[] {
  const isLeader = hasRole(world.me, 'chairman', 'coordinator')
  const round = currentRound(world)
  const answers = !isLeader || (round !== undefined && itemsOf(round, world.office, world.me).length > 0)
  return [
    ...(hasRole(world.me, 'chairman') ? [{ key: 'help.chairman' } as const] : []),
    ...(hasRole(world.me, 'coordinator') ? [{ key: 'help.coordinator' } as const] : []),
    ...(isKeeper(world.me) ? [{ key: 'help.accounts' } as const] : []),
    ...(answers ? [{ key: isLeader ? 'help.more' : 'help.official' } as const] : []),
  ]
}

/** Puts the shown question off; it comes back after everything else. */
function skip(talk: Talk, world: World): Step {
  if (talk.doubt) return putOffDoubt(talk, world)
  const round = currentRound(world)
  const { choice, ...rest } = talk
  const put = choice ? [choice.code] : talk.shown
  const open = round ? put.filter((code) => !isAnswered(round.answers.get(code)?.given)) : []
  if (open.length === 0) return ask({ ...rest, shown: [] }, world, [])
  const skipped = [...talk.skipped.filter((code) => !open.includes(code)), ...open]
  return ask({ ...rest, skipped, shown: [], confused: 0 }, world, [
    { key: 'echo.skipped', values: { count: open.length } },
  ])
}

/** Puts the last change back, as a new answer. */
function undo(talk: Talk, world: World): Step {
  const round = currentRound(world)
  if (!round || talk.undo.length === 0) return say(talk, [{ key: 'echo.nothingToUndo' }], world)
  const mine = talk.undo.filter(({ code }) => (round.answers.get(code)?.by ?? world.me.id) === world.me.id)
  const [other] = talk.undo.filter((one) => !mine.includes(one))
  if (other && mine.length === 0) return say(talk, [sayChangedSince(other.code, round, world)], world)
  const back = mine.map(({ code, before }) => ({
    code,
    given: before ?? ({ state: 'withdrawn' } as const),
    raw: 'hoàn tác',
  }))
  return keep({ ...settled(talk), undo: [] }, back, { world, round, isUndo: true })
}

function sayChangedSince(code: string, round: Round, world: World): Say {
  const by = round.answers.get(code)?.by ?? ''
  const values = {
    item: findItem(round.pack, code)?.name ?? code,
    person: findPerson(world.office, by)?.name ?? by,
  }
  return { key: 'echo.changedSince', values }
}

function tellSource(talk: Talk, world: World): Step {
  const round = currentRound(world)
  const code = talk.choice?.code ?? talk.shown[0]
  const item = round && code !== undefined ? findItem(round.pack, code) : undefined
  if (!item) return ask(talk, world, [])
  const answer: Say = item.hint
    ? { key: 'ask.hint', values: { item: item.name, hint: item.hint } }
    : { key: 'ask.noHint', values: { item: item.name } }
  return say(talk, [answer], world)
}

/** "/baocao quy1 nguồn": with the record of where every figure comes from. */
const WITH_SOURCES = /(?:^|\s)(?:(?:kem|co) )?nguon$/
const THIS_PERIOD = /^ky nay$/

/** The draft, whoever may have it, for any period that has begun. */
function report(talk: Talk, asked: string, world: World): Step {
  if (!hasRole(world.me, 'chairman', 'coordinator')) return say(talk, [{ key: 'report.notAllowed' }], world)
  const today = dayOf(world.now)
  const current = viewedRound({}, world)
  const folded = foldText(asked)
  const withSources = WITH_SOURCES.test(folded)
  const named = folded.replace(WITH_SOURCES, '').trim()
  const isThis = named === '' || THIS_PERIOD.test(named)
  const period = isThis ? current?.period : readPeriod(named, today)
  if (!period) return say(talk, [whichPeriod(isThis ? '' : named)], world)
  const pack = world.packs.find((one) => one.periods[period.name] !== undefined)
  if (!pack) return say(talk, [{ key: 'report.noPack', values: { asked: shorten(asked) } }], world)
  const { from } = dataWindow(period)
  if (from > today) {
    return say(
      talk,
      [{ key: 'report.notBegun', values: { period: titleOf({ pack, period }), from: writeDay(from) } }],
      world,
    )
  }
  const viewed = { periodKey: period.key, on: today }
  const round = world.rounds.find((one) => one.period.key === period.key)
  const approved = round && approvedVersion(round, world.versions)
  const effect: Effect =
    approved && !withSources
      ? { type: 'resend', periodKey: period.key, n: approved.n, ending: progressLine(world, 'idle') }
      : { type: 'report', packId: pack.id, period, withSources }
  return { talk: { ...talk, viewed }, effects: [effect] }
}

/** What was expected, with an example to copy. */
function whichPeriod(asked: string): Say {
  const example = '/baocao quy1'
  if (asked === '') return { key: 'report.whichPeriod', values: { example } }
  return { key: 'report.unclearPeriod', values: { asked: shorten(asked), example } }
}
