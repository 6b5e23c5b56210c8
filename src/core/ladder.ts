import type { Given } from './answer.ts'
import { askGroup, exampleFor, lettered, numbered } from './ask.ts'
import { coordinatorOf } from './charge.ts'
import { tell } from './follow.ts'
import { askForWhom } from './hand.ts'
import { keep, type Setting, settled } from './keep.ts'
import { setMark } from './mark.ts'
import { onScreen, progressLine, say } from './next.ts'
import { readOptionNumber } from './option.ts'
import type { Item } from './pack.ts'
import { findItem, isDone, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

/** What would be said the first time something is not understood. */
export interface NotUnderstood {
  readonly talk: Partial<Talk>
  readonly says: readonly Say[]
  readonly choices: readonly Say[]
  /** The item it is about; else the first open one on the screen. */
  readonly code?: string
  readonly raw: string
}

/**
 * Never the same sentence twice, never a loop: first what is in doubt, then an example with the ways out, then
 * numbered ways, and in the end the question goes to the coordinator and the talk goes on.
 */
export function climb(talk: Talk, puzzle: NotUnderstood, setting: Setting): Step {
  const item = itemOf(talk, puzzle, setting)
  const confused = talk.confused + 1
  const before = { ...talk, ...puzzle.talk, confused }
  // With nothing asked there is nothing to put off.
  if (!item) return say(before, puzzle.says, setting.world)
  if (confused === 1) return speak(before, puzzle.says, puzzle.choices, setting)
  if (confused === 2) {
    // A question with choices is asked again, and what is wrong this time is said; a bare complaint is not said twice.
    const question = puzzle.says.filter(({ key }) => puzzle.talk.choice !== undefined || !BARE.has(key))
    const says: readonly Say[] = [{ key: 'confused.still' }, ...question, exampleSay(item, talk)]
    const isChoice = puzzle.talk.choice !== undefined || item.kind === 'choice'
    const choices: readonly Say[] = isChoice ? puzzle.choices : [{ key: 'quick.skip' }]
    return speak(before, says, choices, setting)
  }
  if (confused === 3) return offerWays(before, item, setting)
  return handUp(before, item, puzzle.raw, setting)
}

function itemOf(talk: Talk, { code }: NotUnderstood, { round }: Setting): Item | undefined {
  const codes = code === undefined ? talk.shown : [code]
  return codes.flatMap((one) => findItem(round.pack, one) ?? []).find((one) => !isDone(round, one))
}

function exampleSay(item: Item, { shown }: Talk): Say {
  if (shown.length > 1) return { key: 'confused.oneByOne', values: { item: item.name } }
  return item.kind === 'text' || item.kind === 'choice'
    ? { key: 'confused.exits' }
    : { key: 'confused.example', values: { item: item.name, example: exampleFor(item) } }
}

function speak(talk: Talk, says: readonly Say[], choices: readonly Say[], { world }: Setting): Step {
  return { talk, effects: [{ type: 'say', says: [...says, ...progressLine(world)], choices }] }
}

/** They say no more than that nothing was understood. */
const BARE: ReadonlySet<Say['key']> = new Set([
  'confused.number',
  'confused.choice',
  'back.position',
  'back.vague',
  'ask.sameWhich',
  'ask.sameWhichOne',
  'ask.noneWhich',
  'ask.noneWhichOne',
])

/** A figure is typed, a text written, one of several chosen. */
function waysFor({ kind }: Item): readonly Say[] {
  const first = kind === 'text' ? 'ways.write' : kind === 'choice' ? 'ways.pick' : 'ways.enter'
  return [{ key: first }, { key: 'ways.none' }, { key: 'ways.later' }, { key: 'ways.other' }]
}

function offerWays(talk: Talk, item: Item, setting: Setting): Step {
  // "2" may be the figure at last: only where no figure is asked for are the ways numbered.
  const lines = item.kind === 'text' ? numbered(waysFor(item)) : lettered(waysFor(item))
  const { choice: _, ...rest } = talk
  return speak(
    { ...rest, shown: [item.code], awaiting: { type: 'ways', code: item.code } },
    [{ key: 'ways.ask', values: { item: item.name, lines } }],
    lines,
    setting,
  )
}

/** One of the numbered ways; undefined when the words are an answer after all. */
export function takeWay(
  talk: Talk,
  code: string,
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { round, world, raw } = setting
  const item = findItem(round.pack, code)
  const { number, label } = readOptionNumber(raw)
  const words = foldText(label)
  const way = words === '' ? number : LABELS[words]
  // A bare number is a figure where one is asked for; with other words beside it is an answer.
  if (item?.kind !== 'text' && /^\s*\d+[.)\s]*$/.test(raw)) return undefined
  if (!item || way === undefined || way < 1 || way > waysFor(item).length) return undefined
  switch (way) {
    case 1: {
      const question = askGroup(round, world.office, [item])
      return speak(onScreen(talk, question), question.says, question.choices, setting)
    }
    case 2: {
      const none: Given = { state: 'none' }
      return keep(settled(talk), [{ code, given: none, raw }], setting)
    }
    case 3:
      return speak(
        { ...talk, awaiting: { type: 'day', code } },
        [{ key: 'ways.whichDay', values: { item: item.name } }],
        [],
        setting,
      )
    default:
      return askForWhom(talk, [code], world)
  }
}

const LABELS: Readonly<Record<string, number>> = {
  'nhap so': 1,
  'nhap noi dung': 1,
  'chon lai': 1,
  'khong phat sinh': 2,
  'hen ngay': 3,
  'nho nguoi khac': 4,
}

/** The question goes to the coordinator and stays on the list; the talk goes on with the next. */
function handUp(talk: Talk, item: Item, raw: string, setting: Setting): Step {
  const { world, round } = setting
  const coordinator = coordinatorOf(world.office)
  const isMine = coordinator.id === world.me.id
  const mark = setMark('help', item.code, { text: shorten(raw), raw })
  const { choice: _, awaiting: __, ...rest } = talk
  const free: Talk = {
    ...settled(rest),
    shown: talk.shown.filter((code) => code !== item.code),
    skipped: [...talk.skipped.filter((code) => code !== item.code), item.code],
    confused: 0,
  }
  const said: Say = isMine
    ? { key: 'confused.putOff', values: { item: item.name } }
    : { key: 'confused.handed', values: { item: item.name, person: coordinator.name } }
  const step = keep(free, isMine ? [] : [mark], setting, [said])
  const told: readonly Effect[] = isMine
    ? []
    : [
        tell(coordinator.id, {
          key: 'help.told',
          values: {
            person: world.me.name,
            item: item.name,
            code: item.code,
            raw: shorten(raw),
            period: titleOf(round),
          },
        }),
      ]
  return { talk: step.talk, effects: [...step.effects, ...told] }
}
