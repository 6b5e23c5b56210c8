import type { Given } from './answer.ts'
import { type Block, blockOf } from './block.ts'
import type { FigureAsk, FigureEmpty, FigureValue } from './figures/figure.ts'
import { writeFigure } from './figures/write.ts'
import { numbersIn, type Offer, offerFor } from './offer.ts'
import type { Office } from './office.ts'
import type { Item } from './pack.ts'
import { detailCode } from './plan.ts'
import type { AskedItem } from './reply.ts'
import { findItem, isSentBack, type Round } from './round.ts'
import type { Say } from './say.ts'
import { describeGiven, shorten, writeValue } from './wording.ts'

/** A question about one group of items, and what it showed. */
export interface Question {
  readonly says: readonly Say[]
  /** Codes in the order of their numbers. */
  readonly shown: readonly string[]
  readonly choices: readonly Say[]
  /** A paragraph that need only be accepted. */
  readonly offer?: { readonly code: string; readonly text: string; readonly isDraft: boolean }
}

/** The item with last period's value, as the reader wants it. */
export function askedItem(round: Round, item: Item): AskedItem {
  // Of what is sent back "giữ nguyên" means the answer that stands, not the one before it.
  const last = isSentBack(round, item.code) ? undefined : round.previous.get(item.code)?.given
  return last?.state === 'value' ? { item, previous: last.value } : { item }
}

/** Asks for one group: numbered lines with last period's values and one example of how to answer. */
export function askGroup(round: Round, office: Office, items: readonly Item[]): Question {
  const shown = items.map((item) => item.code)
  const [first] = items
  if (!first) return { says: [], shown, choices: [] }
  const block = blockOf(round, shown)
  if (block) return askBlock(block, items, { round, office })
  if (first.kind === 'text') return askWords(first, round, office)
  const lead = round.pack.groups.find((group) => group.id === first.group)?.ask ?? first.name
  if (first.isTask) return askTasks(items, lead, { round, office })
  if (first.kind === 'choice')
    return { says: [askOptions(first)], shown, choices: [...optionLines(first), SKIP] }
  const last = items.map((item) => lastValue(round, office, item))
  const isAllKnown = last.every((value) => value !== undefined)
  const choices: Say[] = [
    ...(isAllKnown && items.length === 1 ? [{ key: 'quick.asBefore' } as const] : []),
    SKIP,
  ]
  if (items.length === 1) {
    const line: Say =
      last[0] === undefined
        ? { key: 'ask.single', values: { item: first.name } }
        : { key: 'ask.singleLast', values: { item: first.name, last: last[0] } }
    const example: Say =
      last[0] === undefined
        ? exampleFor(first)
        : { key: 'ask.exampleLast', values: { example: EXAMPLES[first.kind] } }
    return { says: [{ key: 'ask.one', values: { lead, line } }, example], shown, choices }
  }
  const lines = items.map((item, index): Say => {
    const value = last[index]
    return value === undefined
      ? { key: 'ask.line', values: { n: index + 1, item: item.name } }
      : { key: 'ask.lineLast', values: { n: index + 1, item: item.name, last: value } }
  })
  const example = items
    .map((item, index) => (item.kind === 'count' ? COUNTS[index % COUNTS.length] : EXAMPLES[item.kind]))
    .join('; ')
  return {
    says: [
      { key: 'ask.group', values: { lead, lines } },
      { key: 'ask.example', values: { example } },
    ],
    shown,
    choices,
  }
}

/** A paragraph or a list of documents: what is offered for it, or what to write. */
function askWords(item: Item, round: Round, office: Office): Question {
  if (item.detail) return askDetail(round, item)
  const offer = offerFor(item, round, office)
  if (offer) return askToAccept(item, offer, round)
  return {
    says: [{ key: item.of === 'documents' ? 'ask.documents' : 'ask.text', values: { item: item.name } }],
    shown: [item.code],
    choices: [{ key: 'quick.none' }, SKIP],
  }
}

/** The paragraph is shown whole, and what in it may have changed is named. */
function askToAccept(item: Item, { from, text }: Offer, round: Round): Question {
  const values = { item: item.name, text }
  const numbers = from === 'previous' ? numbersIn(text, round) : []
  return {
    says: [
      from === 'figures' ? { key: 'ask.offerDraft', values } : { key: 'ask.offerLast', values },
      ...(numbers.length === 0
        ? []
        : [{ key: 'ask.offerNumbers', values: { numbers: numbers.join('; ') } } as const]),
      { key: 'ask.offerHow' },
    ],
    shown: [item.code],
    choices: [{ key: 'quick.useIt' }, { key: 'quick.none' }, SKIP],
    offer: { code: item.code, text, isDraft: from === 'figures' },
  }
}

/** Several items at once, to be confirmed in a word. */
function askBlock(
  block: Block,
  items: readonly Item[],
  { round, office }: { readonly round: Round; readonly office: Office },
): Question {
  const lines = items.map((item, index): Say => {
    const values = { n: index + 1, item: item.name }
    const last = block === 'same' ? round.previous.get(item.code)?.given : undefined
    return last
      ? { key: 'ask.sameLine', values: { ...values, last: describeGiven(last, item, office) } }
      : { key: 'ask.line', values }
  })
  const count = items.length
  const isOne = count === 1
  const says: readonly Say[] =
    block === 'same'
      ? [{ key: 'ask.same', values: { lines } }, sayHowSame(items)]
      : [
          { key: 'ask.none', values: { lines } },
          isOne ? { key: 'ask.noneHowOne' } : { key: 'ask.noneHow', values: { count } },
        ]
  const yes: Say = block === 'same' ? { key: 'quick.same' } : { key: 'quick.noneOfThem' }
  return { says, shown: items.map((item) => item.code), choices: [yes, SKIP] }
}

function sayHowSame(items: readonly Item[]): Say {
  const count = items.length
  const areTasks = items.every(({ isTask }) => isTask)
  if (count === 1) return areTasks ? { key: 'ask.sameTaskHow' } : { key: 'ask.sameHowOne' }
  return areTasks ? { key: 'ask.sameTasksHow', values: { count } } : { key: 'ask.sameHow', values: { count } }
}

/** How far the tasks of one part of the plan have come. */
function askTasks(
  items: readonly Item[],
  lead: string,
  { round, office }: { readonly round: Round; readonly office: Office },
): Question {
  const lines = items.map((item, index): Say => {
    const values = { n: index + 1, item: item.name }
    const last = round.previous.get(item.code)?.given
    return last?.state === 'value'
      ? { key: 'ask.lineLast', values: { ...values, last: describeGiven(last, item, office) } }
      : { key: 'ask.line', values }
  })
  return {
    says: [
      { key: 'ask.tasks', values: { lead, lines } },
      items.length === 1 ? { key: 'ask.taskExample' } : { key: 'ask.tasksExample' },
    ],
    shown: items.map((item) => item.code),
    choices: items.length === 1 ? [SKIP] : [{ key: 'quick.allDone' }, SKIP],
  }
}

/** What hangs on a task's state: its product where it is done, what stands in its way where it is late. */
function askDetail({ pack, answers }: Round, item: Item): Question {
  const of = item.detail?.of ?? ''
  const task = shorten(findItem(pack, of)?.name ?? item.name)
  const told = answers.get(detailCode(of, 'difficulty'))?.given
  const difficulty = told?.state === 'text' ? shorten(told.text) : ''
  return {
    says: [sayDetail(item, task, difficulty)],
    shown: [item.code],
    choices: [{ key: 'quick.none' }, SKIP],
  }
}

function sayDetail({ detail, hint, name }: Item, task: string, difficulty: string): Say {
  switch (detail?.is) {
    case 'product':
      return { key: 'ask.product', values: { task, product: shorten(hint ?? name) } }
    case 'cause':
      return { key: 'ask.cause', values: { task, difficulty } }
    case 'remedy':
      return { key: 'ask.remedy', values: { task, difficulty } }
    default:
      return { key: 'ask.difficulty', values: { task } }
  }
}

const SKIP: Say = { key: 'quick.skip' }

/** Plain made-up values: an example must never look like somebody's figure. */
const COUNTS = ['12', '5', '0', '31']

const EXAMPLES: Readonly<Record<Item['kind'], string>> = {
  count: '12',
  decimal: '3,5',
  percent: '95,5%',
  money: '2.500.000 đồng',
  ratio: '7/28',
  score: '35,5/36',
  date: '14/3/2025',
  choice: '1',
  text: '',
}

export function exampleFor(item: Item): Say {
  return { key: 'ask.exampleOne', values: { example: EXAMPLES[item.kind] } }
}

function lastValue(round: Round, office: Office, item: Item): string | undefined {
  if (isSentBack(round, item.code)) return undefined
  const given = round.previous.get(item.code)?.given
  return given?.state === 'value' ? writeValue(given, item, office) : undefined
}

function askOptions(item: Item): Say {
  return { key: 'ask.choice', values: { item: item.name, lines: optionLines(item) } }
}

/** The form's own codes are the numbers, so that "1" cannot mean two things. */
function optionLines(item: Item): readonly Say[] {
  return (item.options ?? []).map(
    (option): Say => ({ key: 'option.line', values: { n: option.value, label: option.name } }),
  )
}

/** "2" is the second option or the figure two: where both could be meant, options have letters. */
function isNumberOf(value: string, options: readonly Given[]): boolean {
  return options.some((_, index) => value === String(index + 1))
}

/** "a. …", "b. …" */
export function lettered(labels: readonly Say[]): readonly Say[] {
  return labels.map(
    (label, index): Say => ({ key: 'option.line', values: { n: 'abcdefghijkl'[index] ?? '', label } }),
  )
}

/** "1. …", "2. …" */
export function numbered(labels: readonly Say[]): readonly Say[] {
  return labels.map((label, index): Say => ({ key: 'option.line', values: { n: index + 1, label } }))
}

/** Asks back with the possible readings as numbered choices: never a silent guess. */
export function askBack(
  asked: AskedItem,
  raw: string,
  ask: FigureAsk,
  office: Office,
): {
  readonly says: readonly Say[]
  readonly options: readonly Given[]
  readonly isLettered: boolean
  readonly choices: readonly Say[]
} {
  const { item } = asked
  const options = ask.choices.map(givenOf)
  const labels = options.map((given) => describeGiven(given, item, office))
  const isClear = options.every(
    (given, index) =>
      given.state !== 'value' || !isNumberOf(given.value, options) || given.value === String(index + 1),
  )
  const lines = isClear ? numbered(labels) : lettered(labels)
  const question = backQuestion(asked, raw, ask)
  const says: readonly Say[] =
    labels.length === 0 ? [question] : [{ key: 'back.choose', values: { question, lines } }]
  return { says, options, isLettered: !isClear, choices: [...lines, SKIP] }
}

/** Questions that stand without readings under them. */
const SAYS_WHAT: ReadonlySet<FigureAsk['why']> = new Set([
  'vague',
  'fraction',
  'severalNumbers',
  'range',
  'change',
  'brokenDate',
  'brokenPromise',
  'sides',
])

function backQuestion(asked: AskedItem, raw: string, ask: FigureAsk): Say {
  const values = { item: asked.item.name, raw: shorten(raw) }
  if (ask.why === 'tenfold' && asked.item.kind !== 'text' && asked.item.kind !== 'choice') {
    const last = writeFigure(asked.previous ?? '0', { kind: asked.item.kind })
    return { key: 'back.tenfold', values: { ...values, last } }
  }
  // Without readings to choose from there is nothing to confirm.
  if (ask.choices.length === 0 && !SAYS_WHAT.has(ask.why))
    return asked.item.kind === 'ratio' || asked.item.kind === 'score'
      ? { key: 'back.sides', values }
      : { key: 'confused.number', values }
  if (ask.why === 'unit') return { key: 'back.unit', values: { ...values, unit: asked.item.unit ?? '' } }
  if (ask.why === 'tenfold') return { key: 'back.tenfold', values: { ...values, last: '' } }
  return { key: `back.${ask.why}`, values }
}

function givenOf(choice: FigureValue | FigureEmpty): Given {
  if (choice.outcome === 'value') {
    return {
      state: 'value',
      value: choice.value,
      qualifier: choice.qualifier,
      ...(choice.unit === undefined ? {} : { unit: choice.unit }),
    }
  }
  if (choice.empty !== 'pending') return { state: choice.empty }
  return choice.until === undefined ? { state: 'pending' } : { state: 'pending', until: choice.until }
}
