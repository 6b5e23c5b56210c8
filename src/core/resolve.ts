import { numbered } from './ask.ts'
import { askDoubt, type Doubt, noteCode, openFindings, signatureOf } from './doubt.ts'
import { type Accepted, keep, type Setting, settled } from './keep.ts'
import { currentRound, progressLine, say } from './next.ts'
import { isLabelOf, readOptionNumber } from './option.ts'
import { type AskedItem, givenBy, type Reading, type Reply } from './reply.ts'
import { findItem } from './round.ts'
import type { Say } from './say.ts'
import type { Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

/** A message with what it reads as, if it is an answer. */
export interface Heard {
  readonly asked: readonly AskedItem[]
  readonly text: string
  readonly reply: Reply
}

/** One of the numbered ways out of a contradiction, or its reason; undefined when the text is neither. */
export function answerDoubt(talk: Talk, doubt: Doubt, heard: Heard, setting: Setting): Step | undefined {
  const { text } = heard
  const { label, number } = readOptionNumber(text)
  const words = foldText(label)
  // "giữ nguyên vì một hồ sơ công dân rút" brings its reason along; the button does not.
  if (words.startsWith('giu nguyen'))
    return isBare(label) ? askReason(talk, doubt, setting) : takeReason(talk, doubt, heard, setting)
  if (words.startsWith('de toi kiem tra lai')) return putOffDoubt(talk, setting.world)
  const repair = doubt.repairs[number === undefined ? -1 : number - 1]
  const isRepair = repair !== undefined && isLabelOf(label, repair, setting)
  // Where a reason is awaited the ways out are no longer on the screen, until they are shown again.
  const isListed = !talk.isReasonAwaited || talk.confused > 0
  if (isRepair && (label !== '' || isListed))
    return keep(settled(talk), [mended(repair, text, setting)], { ...setting, isRepair: true })
  const way = isListed ? wayOf(doubt, text) : undefined
  if (way === 'keep') return askReason(talk, doubt, setting)
  if (way === 'later') return putOffDoubt(talk, setting.world)
  return talk.isReasonAwaited ? takeReason(talk, doubt, heard, setting) : undefined
}

/** What is computed needs no answer: the figure written over it is taken back. */
function mended(repair: Doubt['repairs'][number], raw: string, { round }: Setting): Accepted {
  const isComputed = findItem(round.pack, repair.code)?.source === 'derived'
  return { ...repair, raw, ...(isComputed ? { given: { state: 'withdrawn' } } : {}) }
}

/** The bare number of a way out: "2", where one repair is offered, is to keep the numbers. */
function wayOf({ repairs }: Doubt, text: string): 'repair' | 'keep' | 'later' | undefined {
  const { label, number } = readOptionNumber(text)
  if (label !== '' || number === undefined) return undefined
  const ways = [...repairs.map(() => 'repair' as const), 'keep' as const, 'later' as const]
  return ways[number - 1]
}

/** What comes where a reason was asked for: the reason, no more than "vâng", or a correction after all. */
function takeReason(talk: Talk, doubt: Doubt, heard: Heard, setting: Setting): Step | undefined {
  const { text } = heard
  const isNothingSaid = isBare(readOptionNumber(text).label || text)
  // "3" may be the figure or the third way out.
  const isWay = wayOf(doubt, text) !== undefined
  if (talk.unsure !== undefined && (isNothingSaid || isWay))
    return askMeaning(talk, talk.unsure, setting.world)
  if (isNothingSaid) return askReason(talk, doubt, setting)
  if (isWay) return askAgain(talk, doubt, text, setting)
  switch (meaningOf(heard, setting)) {
    case 'figures':
      return undefined
    case 'unsure':
      return askMeaning(talk, text, setting.world)
    case 'reason':
      return keepReason(talk, doubt, text, setting)
  }
}

/** Words of assent or about the figure itself, folded: they say nothing of why. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(
  (
    'a ah oi nhe nha nhi da vang u uh um ok oke okie thua bao cao gui em toi minh anh chi dong chi ban ' +
    'cam on xin nhat tri dong y xac nhan chinh xac dung roi giu nguyen y nhu cu van vay the cho cu de ' +
    'la thi co chi thoi duoc phai moi con va voi cua nay do kia day ma ghi lam ly so lieu tong ' +
    'khong ko k chua ro biet gi nao ca phat sinh nham sua lai thanh thay doi dinh chinh chu hay ' +
    'kiem tra ra soat dem xem tren trong khoang gan hon'
  ).split(' '),
)

const NUMBERS: ReadonlySet<string> = new Set(
  'mot hai ba bon tu nam lam sau bay tam chin muoi chuc tram nghin ngan trieu linh le'.split(' '),
)

/** "giữ nguyên", "đúng rồi", "vâng", "không có": neither a figure nor a reason. */
function isBare(text: string): boolean {
  return wordsOf(text).every((word) => SAYS_NOTHING.has(word))
}

function wordsOf(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}.]*[\p{L}\p{N}]/gu) ?? []
}

/**
 * Figures with the items they are of, and nothing beside, are a correction; words that tell more than the
 * names of items are a reason, whatever numbers stand in it. What may be both is asked.
 */
function meaningOf({ asked, text, reply }: Heard, { round }: Setting): 'figures' | 'reason' | 'unsure' {
  if (/^[\p{L}\p{N}.]+\s*=/u.test(text)) return 'figures'
  const codes = [...asked.map(({ item }) => item.code), ...codesOf(reply)]
  const names = new Set(
    codes.flatMap((code) => {
      const item = findItem(round.pack, code)
      return item ? wordsOf(`${item.name} ${item.unit ?? ''}`) : []
    }),
  )
  const told = (words: string) =>
    wordsOf(words).filter(
      (word) => !/\d/.test(word) && !SAYS_NOTHING.has(word) && !NUMBERS.has(word) && !names.has(word),
    ).length
  const readings = reply.type === 'readings' ? reply.readings : []
  const leftover = reply.type === 'readings' ? reply.leftover : []
  const figures = readings.filter((reading) => isFigure(reading) && told(reading.raw) === 0)
  if (figures.length > 0) {
    const isAll = figures.length === readings.length && leftover.length === 0
    return isAll && !GIVES_CAUSE.test(text) ? 'figures' : 'unsure'
  }
  const more = told(text)
  if (more === 0) return 'figures'
  // "chuyển qua 3 mới chuẩn": one word beside the name and the figure is not enough to tell.
  const isNamed = reply.type === 'which' || readings.length > 0
  return more === 1 && isNamed && /\d/.test(text) ? 'unsure' : 'reason'
}

const GIVES_CAUSE = /(?<![\p{L}\p{M}])(?:vì|bởi|tại|lý do|nguyên nhân|(?<!trong )do)(?![\p{L}\p{M}])/iu

function isFigure(reading: Reading): boolean {
  return givenBy(reading)?.state === 'value' || (reading.result.outcome === 'ask' && /\d/.test(reading.raw))
}

function codesOf(reply: Reply): readonly string[] {
  if (reply.type === 'readings') return reply.readings.map(({ code }) => code)
  return reply.type === 'which' ? reply.candidates : []
}

/** The words are kept until it is known whether they are the reason or figures. */
function askMeaning(talk: Talk, text: string, world: World): Step {
  const choices = numbered([{ key: 'doubt.isReason' }, { key: 'doubt.isFigure' }])
  const isAgain = talk.unsure !== undefined
  if (isAgain && talk.confused > 0) return putOffDoubt(talk, world)
  const key = isAgain ? 'doubt.unsureAgain' : 'doubt.unsure'
  const question: Say = { key, values: { raw: shorten(text), lines: choices } }
  return {
    talk: { ...talk, unsure: text, confused: isAgain ? 1 : 0 },
    effects: [{ type: 'say', says: [question, ...progressLine(world)], choices }],
  }
}

/** "1", "1. Ghi làm lý do": what the words in doubt were. */
export function readMeaning(text: string): 'reason' | 'figures' | undefined {
  const { label, number } = readOptionNumber(text)
  const words = foldText(label)
  if (words === '') return number === 1 ? 'reason' : number === 2 ? 'figures' : undefined
  if (/^(?:ghi lam |la )?ly do$/.test(words)) return 'reason'
  return /^(?:la )?sua (?:lai )?so(?: da ghi)?$/.test(words) ? 'figures' : undefined
}

/** "Để tôi kiểm tra lại sau": the contradiction stays open, and is not asked again for these numbers. */
export function putOffDoubt(talk: Talk, world: World): Step {
  const round = currentRound(world)
  const deferred = talk.doubt
    ? [...talk.deferred, `${talk.doubt.relationId} ${talk.doubt.signature}`]
    : talk.deferred
  if (!round) return say({ ...settled(talk), deferred }, [{ key: 'nothing.open' }], world)
  return keep({ ...settled(talk), deferred, undo: [] }, [], { world, round }, [{ key: 'doubt.deferred' }])
}

/** Asked the second time in other words, with the way out. */
function askReason(talk: Talk, doubt: Doubt, { world, round }: Setting): Step {
  const finding = openFindings(round).find((one) => one.relationId === doubt.relationId)
  if (!finding) return keep(settled(talk), [], { world, round })
  if (talk.isReasonUrged) return putOffDoubt(talk, world)
  const question: Say = talk.isReasonAwaited
    ? { key: 'doubt.reasonAgain' }
    : { key: 'doubt.reason', values: { finding: finding.say } }
  return {
    talk: { ...talk, isReasonAwaited: true, isReasonUrged: talk.isReasonAwaited, confused: 0 },
    effects: [{ type: 'say', says: [question, ...progressLine(world)], choices: [{ key: 'quick.skip' }] }],
  }
}

/** What announces a reason and is none: "giữ nguyên vì …". */
const ANNOUNCED =
  /^(?:\d\s*[.)]?\s*)?(?:giữ nguyên|giu nguyen)\s*[,:]?\s*(?:vì|vi|do|bởi|lý do(?: là)?)?\s*[,:]?\s*/iu

/** The reason is kept like an answer, with the numbers it was given for. */
export function keepReason(talk: Talk, doubt: Doubt, text: string, setting: Setting): Step {
  const reason = text.replace(ANNOUNCED, '').trim() || text
  const note: Accepted = {
    code: noteCode(doubt.relationId),
    given: { state: 'text', text: reason },
    raw: text,
    reason: doubt.signature,
  }
  return keep(settled(talk), [note], setting, [{ key: 'doubt.kept', values: { reason: shorten(reason) } }])
}

const ASKED_AGAIN_MAX = 2

/** The same question once more, with the words that were not understood; asked often enough, it is put off. */
export function askAgain(talk: Talk, doubt: Doubt, text: string, { world, round }: Setting): Step {
  const finding = openFindings(round).find((one) => signatureOf(one) === doubt.signature)
  if (!finding) return keep(settled(talk), [], { world, round })
  if (talk.confused >= ASKED_AGAIN_MAX) return putOffDoubt(talk, world)
  const question = askDoubt(finding, round, world.office, world.me)
  const says: readonly Say[] = [
    talk.confused === 0 ? { key: 'doubt.again', values: { raw: shorten(text) } } : { key: 'confused.still' },
    ...question.says,
    ...progressLine(world),
  ]
  return {
    talk: { ...talk, confused: talk.confused + 1 },
    effects: [{ type: 'say', says, choices: question.choices }],
  }
}
