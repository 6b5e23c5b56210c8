import { isKeeper } from './account.ts'
import { numbered } from './ask.ts'
import type { Awaiting } from './awaiting.ts'
import { nameOf } from './follow.ts'
import { say } from './next.ts'
import type { Say } from './say.ts'
import type { Effect, Step, Talk, Unsure, World } from './talk.ts'
import { describeMoment, shorten } from './wording.ts'

const SHOWN_MAX = 10
const QUOTE_MAX = 60

/** "tin chưa rõ": what may or may not have reached somebody, numbered; the numbers mean these until something else is said. */
export function showUnsure(talk: Talk, world: World): Step {
  const { me, unsure = [] } = world
  if (!isKeeper(me)) return say(talk, [{ key: 'unsure.notAllowed' }], world)
  if (unsure.length === 0) return say(talk, [{ key: 'unsure.none' }], world)
  const shown = unsure.slice(0, SHOWN_MAX)
  const lines = numbered(shown.map((one) => describe(one, world)))
  const left = unsure.length - shown.length
  const more: readonly Say[] = left === 0 ? [] : [{ key: 'unsure.more', values: { count: left } }]
  const step = say(
    talk,
    [{ key: 'unsure.list', values: { lines: [...lines, ...more] } }, { key: 'unsure.how' }],
    world,
  )
  return { ...step, talk: { ...step.talk, awaiting: { type: 'unsure', ids: shown.map(({ id }) => id) } } }
}

function describe({ personId, at, text, hasFile }: Unsure, world: World): Say {
  return {
    key: hasFile ? 'unsure.lineFile' : 'unsure.line',
    values: {
      person: nameOf(personId, world),
      time: describeMoment(at),
      text: shorten(text.replaceAll('**', ''), QUOTE_MAX),
    },
  }
}

const BARE_NUMBERS = /^\s*\d{1,2}(?:[\s,;]+\d{1,2})*[.)\s]*$/

/** "1" under the list may be of it, or the figure that is being asked: asked about once, for it must not be recorded unmeant. */
export function askWhatNumber(
  talk: Talk,
  awaiting: Awaiting & { type: 'unsure' },
  { raw, world }: { readonly raw: string; readonly world: World },
): Step | undefined {
  const numbers = raw.match(/\d+/g) ?? []
  const isOfList = numbers.every((n) => Number(n) >= 1 && Number(n) <= awaiting.ids.length)
  if (awaiting.isNumberAsked || !isOfList || !BARE_NUMBERS.test(raw)) return undefined
  const step = say(talk, [{ key: 'unsure.number', values: { n: numbers.join(', ') } }], world)
  return { ...step, talk: { ...step.talk, awaiting: { ...awaiting, isNumberAsked: true } } }
}

/** "gửi lại 1", "đã tới 2, 3", of the list as it was seen; undefined when the words are an answer after all. */
export function settleUnsure(
  talk: Talk,
  { as, numbers }: { readonly as: 'again' | 'arrived'; readonly numbers: readonly number[] },
  world: World,
): Step | undefined {
  const { me, unsure = [] } = world
  if (!isKeeper(me)) return as === 'again' ? say(talk, [{ key: 'unsure.notAllowed' }], world) : undefined
  if (talk.awaiting?.type !== 'unsure') return showUnsure(talk, world)
  const { ids } = talk.awaiting
  const named = [...new Set(numbers)].map((n) => ({ n, id: ids[n - 1] }))
  const settled = named.flatMap(({ n, id }) => {
    const one = unsure.find((message) => message.id === id)
    return one ? [{ n, one }] : []
  })
  const says = named.map(({ n, id }): Say => {
    const found = settled.find((one) => one.n === n)
    if (!found) return { key: id === undefined ? 'unsure.noSuch' : 'unsure.settled', values: { n } }
    return { key: `unsure.${as}`, values: { n, person: nameOf(found.one.personId, world) } }
  })
  const effects = settled.map(({ one }): Effect => ({ type: 'settleUnsure', id: one.id, as }))
  const step = say(talk, says, world)
  return { ...step, effects: [...effects, ...step.effects] }
}
