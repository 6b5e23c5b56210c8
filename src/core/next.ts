import type { Answer } from './answer.ts'
import { askedItem, askGroup, type Question } from './ask.ts'
import { blocksFirst, nextBlock, usualOf } from './block.ts'
import { describeClosed } from './closed.ts'
import { sayNothingToAnswer } from './entrusted.ts'
import { senderOf } from './follow.ts'
import { findMark, markText } from './mark.ts'
import { findPerson, hasRole } from './office.ts'
import type { Item } from './pack.ts'
import {
  findItem,
  isAnswered,
  isDone,
  itemsOf,
  nextGroup,
  progressOf,
  type Round,
  silentItems,
  titleOf,
} from './round.ts'
import type { Say } from './say.ts'
import type { Step, Talk, World } from './talk.ts'
import { describeGiven, describeMoment, shorten } from './wording.ts'

/** The collection a person is asked for: the earliest deadline with something of theirs still open, else the first they have a part in. */
export function currentRound(world: World): Round | undefined {
  const open = world.rounds.filter((round) => !round.isClosed)
  const focused = open.find((round) => round.period.key === world.focus)
  if (focused) return focused
  const own = (round: Round) => itemsOf(round, world.office, world.me)
  return (
    open.find((round) => silentItems(round, own(round)).length > 0) ??
    open.find((round) => own(round).length > 0) ??
    open[0]
  )
}

/** Says something that is no question; the question under way stays as it is. */
export function say(talk: Talk, says: readonly Say[], world: World): Step {
  const round = currentRound(world)
  const isIdle = talk.shown.length === 0 && !talk.choice && !talk.doubt
  const mine = round ? itemsOf(round, world.office, world.me) : []
  const isOpen = round !== undefined && mine.some((item) => !isDone(round, item))
  const choices: readonly Say[] = [
    ...(isIdle && isOpen ? [{ key: 'quick.start' } as const] : []),
    ...(isIdle && mine.length > 0 ? [{ key: 'quick.progress' } as const] : []),
  ]
  const end = progressLine(world, isIdle ? 'idle' : 'asking')
  return { talk, effects: [{ type: 'say', says: [...says, ...end], choices }] }
}

/** Goes on: what has just been done, then the next open question, then the progress. */
export function ask(talk: Talk, world: World, before: readonly Say[]): Step {
  const round = currentRound(world)
  if (!round) {
    const isLeader = hasRole(world.me, 'chairman', 'coordinator')
    const none: Say = isLeader ? describeClosed(world, talk.periodKey) : { key: 'nothing.open' }
    return plain({ ...talk, shown: [] }, [...before, none], world)
  }
  const mine = itemsOf(round, world.office, world.me)
  if (mine.length === 0) {
    return plain({ ...talk, shown: [] }, [...before, sayNothingToAnswer(round, world)], world)
  }
  const silent = silentItems(round, mine)
  const fresh = silent.filter((item) => !talk.skipped.includes(item.code))
  const isUnderWay = ({ code }: Item) => talk.shown.includes(code) && !talk.skipped.includes(code)
  const shown = mine.filter((item) => isUnderWay(item) && !isDone(round, item))
  const isShown = ({ code }: Item) => talk.shown.includes(code)
  const open =
    fresh.length > 0
      ? [
          ...fresh.filter(isShown),
          ...blocksFirst(
            fresh.filter((item) => !isShown(item)),
            round,
          ),
        ]
      : shown
  return open.length === 0 ? finish(talk, world, before) : askFor(open, talk, world, before)
}

/** Asks once more for what was promised for later: who says "bắt đầu" has it now. */
export function askPromised(talk: Talk, world: World, before: readonly Say[] = []): Step {
  const round = currentRound(world)
  const mine = round ? itemsOf(round, world.office, world.me) : []
  const open = mine.filter((item) => round !== undefined && !isDone(round, item))
  const silent = round ? silentItems(round, mine) : []
  return silent.length === 0 && open.length > 0 ? askFor(open, talk, world, before) : ask(talk, world, before)
}

function askFor(open: readonly Item[], talk: Talk, world: World, before: readonly Say[]): Step {
  const round = currentRound(world)
  if (!round) return plain(talk, before, world)
  const isOneOfSeveral = world.rounds.filter((one) => !one.isClosed).length > 1
  const period: readonly Say[] = isOneOfSeveral
    ? [{ key: 'ask.period', values: { period: titleOf(round) } }]
    : []
  const block = nextBlock(open, round)
  // What was sent back is asked by itself: one word may confirm it.
  const [first] = open
  const isBack = ({ code }: Item) => Boolean(markText(round, 'return', code))
  const isAgain = first !== undefined && isBack(first)
  const next = nextGroup(isAgain ? open.filter(isBack) : open)
  const question = askGroup(round, world.office, block.length > 0 ? block : next)
  // Asked again, they have new numbers.
  const numbered = question.shown.map((code, index) => ({ code, n: index + 1 }))
  return {
    talk: onScreen({ ...talk, ...(isAgain ? { echoed: numbered } : {}) }, question),
    effects: [
      {
        type: 'say',
        says: [
          ...before,
          ...period,
          ...sentBack(round, question.shown, world),
          ...question.says,
          ...progressLine(world),
        ],
        choices: question.choices,
      },
    ],
  }
}

/** The talk with a question on the screen, and what that offers. */
export function onScreen({ offer: _, ...talk }: Talk, { shown, offer }: Question): Talk {
  return { ...talk, shown: [...shown], isReminded: false, ...(offer ? { offer } : {}) }
}

/** What was said of the items asked again, and what stands there; one comment on several is said once. */
function sentBack(round: Round, codes: readonly string[], world: World): readonly Say[] {
  const back = codes.flatMap((code) => {
    const item = findItem(round.pack, code)
    const mark = findMark(round, 'return', code)
    const comment = markText(round, 'return', code)
    return item && mark && comment !== undefined ? [{ item, by: mark.by, comment }] : []
  })
  const comments = [...new Set(back.map(({ by, comment }) => `${by} ${comment}`))].flatMap((key): Say[] => {
    const same = back.filter(({ by, comment }) => `${by} ${comment}` === key)
    const [first] = same
    if (!first) return []
    // Sent back by nobody: the figures they were drafted from have changed.
    if (first.comment === '')
      return same.map(({ item }) => ({ key: 'ask.figuresChanged', values: { item: item.name } }))
    const by = findPerson(world.office, first.by)
    const from = by ? senderOf(by) : first.by
    const lines = same.map(({ item }) => standingLine(item, round, world))
    return [{ key: 'ask.sentBack', values: { from, comment: shorten(first.comment), lines } }]
  })
  return standingOf(round, codes) ? [...comments, { key: 'ask.standsHow' }] : comments
}

function standingLine(item: Item, round: Round, { office }: World): Say {
  const given = round.answers.get(item.code)?.given
  const values = { code: item.code, item: item.name }
  return given && isAnswered(given)
    ? { key: 'told.line', values: { ...values, value: describeGiven(given, item, office) } }
    : { key: 'told.item', values }
}

/** The answers on the screen, where all of them were sent back with a comment: one word can confirm them. */
export function standingOf(round: Round, codes: readonly string[]): readonly Answer[] | undefined {
  const answers = codes.flatMap((code) => {
    const answer = round.answers.get(code)
    return markText(round, 'return', code) && answer && isAnswered(answer.given) ? [answer] : []
  })
  return answers.length > 0 && answers.length === codes.length ? answers : undefined
}

/** Nothing fresh is left: all done, or some put off. */
function finish(talk: Talk, world: World, before: readonly Say[]): Step {
  const round = currentRound(world)
  if (!round) return plain(talk, before, world)
  const mine = itemsOf(round, world.office, world.me)
  const open = mine.filter((item) => !isDone(round, item))
  const left = open.length
  const first = mine.find(({ kind }) => kind !== 'text' && kind !== 'choice') ?? mine[0]
  const end: Say =
    left === 0
      ? {
          key: 'done.all',
          values: {
            total: mine.length,
            period: titleOf(round),
            deadline: describeMoment(round.schedule.deadline),
            time: world.now.slice(11, 16),
            code: first?.code ?? '',
            example: first?.isTask ? 'xong' : '5',
          },
        }
      : { key: 'done.butSkipped', values: { count: left } }
  const others = world.rounds.filter((one) => !one.isClosed && one !== round)
  const next = others.find((one) => silentItems(one, itemsOf(one, world.office, world.me)).length > 0)
  const more: readonly Say[] = next ? [{ key: 'done.next', values: { period: titleOf(next) } }] : []
  const choices: readonly Say[] =
    left === 0 && !next ? [{ key: 'quick.progress' }] : [{ key: 'quick.start' }, { key: 'quick.progress' }]
  return {
    // A figure that comes now can only be the one thing still open.
    talk: {
      ...talk,
      shown: open
        .filter((item) => open.length === 1 && item.kind !== 'text' && usualOf(item, round) === undefined)
        .map((item) => item.code),
    },
    effects: [{ type: 'say', says: [...before, end, ...more, ...progressLine(world, 'idle')], choices }],
  }
}

function plain(talk: Talk, says: readonly Say[], world: World): Step {
  return {
    talk,
    effects: [{ type: 'say', says: [...says, ...progressLine(world)], choices: [{ key: 'quick.help' }] }],
  }
}

/** How far one is and the ways on: the last line of every message. */
export function progressLine(world: World, state: 'asking' | 'idle' = 'asking'): readonly Say[] {
  const round = currentRound(world)
  const mine = round ? itemsOf(round, world.office, world.me) : []
  if (!round || mine.length === 0)
    return [{ key: hasRole(world.me, 'chairman', 'coordinator') ? 'footer.leader' : 'footer.guest' }]
  const { done, total } = progressOf(round, mine)
  const helped = mine.filter(({ code }) => findMark(round, 'help', code)).length
  if (helped > 0) return [{ key: 'footer.helped', values: { done, total, helped } }]
  // One may be asked of a correction when all is done.
  const key = state === 'asking' ? 'footer' : done === total ? 'footer.simple' : 'footer.idle'
  return [{ key, values: { done, total } }]
}

/** The items a question showed, as the reader wants them; none when the pack has lost one, for then the numbers on the screen are no longer theirs. */
export function shownItems(round: Round, codes: readonly string[]) {
  const items = codes.flatMap((code) => findItem(round.pack, code) ?? [])
  return items.length < codes.length ? [] : items.map((item) => askedItem(round, item))
}
