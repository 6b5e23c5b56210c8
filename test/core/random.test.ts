import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/core/answer.ts'
import { hasSay } from '../../src/core/charge.ts'
import { readCommand } from '../../src/core/command.ts'
import { findPerson, hasRole } from '../../src/core/office.ts'
import { Relation } from '../../src/core/relation.ts'
import { findItem, isAnswered, latestByCode, type Round } from '../../src/core/round.ts'
import type { Say } from '../../src/core/say.ts'
import { step } from '../../src/core/step.ts'
import { type Effect, NEW_TALK, type Step, Talk } from '../../src/core/talk.ts'
import { cleanText, foldText } from '../../src/core/text.ts'
import { readPrompts } from '../../src/prompts.ts'
import type { Line } from '../../src/stage.ts'
import { paginate } from '../../src/words.ts'
import { fc } from '../draws.ts'
import { lintTalk } from '../lint.ts'
import { talks } from './vocabulary.ts'
import { NOW, office, pack, round, value, world } from './ward.ts'

/** Sequences of messages tried. */
const RUNS = 10_000
const LENGTH_MAX = 10
/** Sequences whose every message is phrased and looked over as well. */
const READ_RUNS = 1000
const OUTBOUND_MAX = 3

const { words } = await readPrompts('prompts')
const PEOPLE = office.people.map(({ id }) => id)

/** With sums to contradict and last values to repeat. */
const START: Round = {
  ...round({}, { 'I.1': value('30'), 'I.2': value('1'), 'III.1': value('4') }),
  pack: {
    ...pack,
    relations: [
      Relation.parse({ id: 'tong', type: 'sum', total: 'I.1', parts: ['I.2', 'I.3'] }),
      Relation.parse({ id: 'phan', type: 'part', part: 'I.4', whole: 'I.1' }),
    ],
  },
}

/** All that is kept of an office: what everybody's talk remembers, the answers, what each has typed. */
interface Kept {
  readonly talks: ReadonlyMap<string, Talk>
  readonly answers: readonly Answer[]
  readonly typed: ReadonlyMap<string, readonly string[]>
}

const NOTHING: Kept = { talks: new Map(), answers: [], typed: new Map() }

function hear(kept: Kept, me: string, text: string): { readonly step: Step; readonly kept: Kept } {
  const now = { ...START, answers: latestByCode(kept.answers) }
  const taken = step(
    kept.talks.get(me) ?? NEW_TALK,
    { type: 'message', text, files: [] },
    { ...world(me, now) },
  )
  return {
    step: taken,
    kept: {
      talks: new Map(kept.talks).set(me, taken.talk),
      answers: [...kept.answers, ...taken.effects.flatMap((effect) => answerOf(effect, me))],
      typed: new Map(kept.typed).set(me, [...(kept.typed.get(me) ?? []), cleanText(text)]),
    },
  }
}

function answerOf(effect: Effect, by: string): readonly Answer[] {
  if (effect.type !== 'record') return []
  const { periodKey: _, type: __, ...answer } = effect
  return [{ ...answer, by, at: NOW, channel: 'web', messageId: '' }]
}

/** Reads a talk from its first message to its last and tells what is wrong with it, if anything. */
function faultIn(talk: readonly { readonly me: string; readonly text: string }[]): string | undefined {
  let kept = NOTHING
  for (const { me, text } of talk) {
    const after = hear(kept, me, text)
    const fault = faultOf(kept, after, { me, text })
    if (fault !== undefined) return `${fault} – ${me}: ${JSON.stringify(text)}`
    kept = after.kept
  }
  return undefined
}

function faultOf(
  before: Kept,
  { step: { talk, effects }, kept }: ReturnType<typeof hear>,
  { me, text }: { readonly me: string; readonly text: string },
): string | undefined {
  // Words to others, and what goes to them, are not the answer to who spoke.
  const outbound = effects.filter(
    (effect) =>
      effect.type !== 'record' && effect.type !== 'tell' && !(effect.type === 'report' && effect.to),
  )
  if (!outbound.some((effect) => effect.type !== 'say' || effect.says.length > 0)) return 'not answered'
  if (outbound.length > OUTBOUND_MAX) return `${outbound.length} messages for one`
  const now = { ...START, answers: latestByCode(kept.answers) }
  const then = { ...START, answers: latestByCode(before.answers) }
  // What stood on the screen or in the echo may have been handed on since.
  const { shown = [], echoed = [] } = before.talks.get(me) ?? {}
  const earlier = [...shown, ...echoed.map(({ code }) => code)]
  const strange = talk.shown.find((code) => !earlier.includes(code) && !mayBeAsked(me, code, [then, now]))
  if (strange !== undefined) return `${strange} is shown to ${me}`
  for (const effect of effects) {
    if (effect.type !== 'record') continue
    if (!effect.code.includes(':') && !mayAnswer(me, effect.code, before))
      return `${effect.code} is recorded for ${me}`
    if (!isTyped(effect.raw, kept.typed.get(me) ?? [])) return `“${effect.raw}” was never typed`
  }
  const lost = lostBetween(before, kept)
  if (lost !== undefined && !takesBack(text)) return `${lost} is lost`
  const stored = Talk.safeParse(JSON.parse(JSON.stringify(talk)))
  return stored.success && isDeepStrictEqual(stored.data, talk) ? undefined : 'not storable'
}

/** What is on the screen is what one has a say in, before the message or after it. */
function mayBeAsked(me: string, code: string, rounds: readonly Round[]): boolean {
  const item = findItem(START.pack, code)
  const person = findPerson(office, me)
  return item !== undefined && person !== undefined && rounds.some((one) => hasSay(person, item, one, office))
}

/** Whoever has a say in an item as things stood; of two values the leaders choose one. */
function mayAnswer(me: string, code: string, before: Kept): boolean {
  const item = findItem(START.pack, code)
  const person = findPerson(office, me)
  const now = { ...START, answers: latestByCode(before.answers) }
  return (
    item !== undefined &&
    person !== undefined &&
    (hasRole(person, 'coordinator', 'chairman') || hasSay(person, item, now, office))
  )
}

/** What stands beside an answer is a part of what was typed; what is taken back has the words of its command. */
function isTyped(raw: string, typed: readonly string[]): boolean {
  return raw === 'hoàn tác' || typed.some((text) => text.includes(raw))
}

function lostBetween(before: Kept, after: Kept): string | undefined {
  const answers = latestByCode(after.answers)
  return [...latestByCode(before.answers)].find(
    ([code, { given }]) => !code.includes(':') && isAnswered(given) && !isAnswered(answers.get(code)?.given),
  )?.[0]
}

/** An answer goes only where somebody says so: undoes it, or says that it is not there yet. */
function takesBack(text: string): boolean {
  return readCommand(cleanText(text))?.type === 'undo' || /chua|hen|…|\.\./.test(foldText(cleanText(text)))
}

/** The talk as people see it, pages and all. */
function shownIn(talk: Parameters<typeof faultIn>[0]): readonly Line[] {
  let kept = NOTHING
  return talk.flatMap(({ me, text }): readonly Line[] => {
    const heard = hear(kept, me, text)
    kept = heard.kept
    const line = { at: NOW, person: me, channel: 'web', files: [] }
    const said = heard.step.effects.flatMap((effect): readonly Line[] => {
      if (effect.type !== 'say') return []
      const write = (say: Say) => words.phrase(say, { address: 'đồng chí', name: 'Lê Mối' })
      const pages = paginate(effect.says.map(write).join('\n\n'))
      return pages.map((page, index) => ({
        ...line,
        direction: 'out',
        text: page,
        buttons: index === pages.length - 1 ? effect.choices.map(write) : [],
      }))
    })
    return [{ ...line, direction: 'in', text, buttons: [] }, ...said]
  })
}

describe('any talk of several people in turn', () => {
  it('is answered message by message, never throws, loses nothing and makes nothing up', () => {
    fc.assert(
      fc.property(talks(PEOPLE, LENGTH_MAX), (talk) => {
        const fault = faultIn(talk)
        if (fault !== undefined) expect.fail(fault)
      }),
      { numRuns: RUNS },
    )
  }, 180_000)

  it('is said within its length, with progress and a way on, and never the same twice to who was not understood', () => {
    fc.assert(
      fc.property(talks(PEOPLE, LENGTH_MAX), (talk) => {
        const [fault] = lintTalk(shownIn(talk), office)
        if (fault !== undefined) expect.fail(fault)
      }),
      { numRuns: READ_RUNS },
    )
  }, 60_000)
})
