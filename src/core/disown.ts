import { awayUntil, coordinatorOf } from './charge.ts'
import { tell } from './follow.ts'
import { handTo } from './hand.ts'
import type { Setting } from './keep.ts'
import { marksOf } from './mark.ts'
import { say } from './next.ts'
import { ownerOf, type Person } from './office.ts'
import type { Item } from './pack.ts'
import { findItem, isDone, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'

/** "không phải tôi": the account may be another's, or only the question. */
export function askNotMe(talk: Talk, { world, round }: Setting): Step {
  const step = say(talk, [{ key: 'notMe.ask', values: { name: world.me.name } }], world)
  const choices: readonly Say[] = [{ key: 'notMe.account' }, { key: 'notMe.question' }]
  const shown = talk.choice ? [talk.choice.code] : talk.shown
  // Who has just been handed something answers to that, though nothing of it has been asked yet.
  const codes = shown.length > 0 ? shown : handedTo(world.me, round)
  return {
    talk: { ...step.talk, awaiting: { type: 'notMe', codes: [...codes] } },
    effects: step.effects.map((effect) => (effect.type === 'say' ? { ...effect, choices } : effect)),
  }
}

function handedTo(me: Person, round: Round): readonly string[] {
  return marksOf(round, 'own')
    .filter(({ answer }) => answer.given.state === 'text' && answer.given.text === me.id)
    .flatMap(({ of }) => findItem(round.pack, of) ?? [])
    .filter((item) => !isDone(round, item))
    .map(({ code }) => code)
}

/** "1": the account is let go; "2": the question goes back to whoever handed it on, or to the coordinator. */
export function takeNotMe(
  talk: Talk,
  codes: readonly string[],
  setting: Setting & { readonly raw: string },
): Step | undefined {
  const { world, round, raw } = setting
  const words = foldText(raw).replace(/[.)\s]+$/, '')
  const label = words.replace(/^[12][.)]\s*/, '')
  if (words === '1' || label === 'tai khoan nay khong phai cua toi') return disownAccount(talk, world)
  if (words !== '2' && label !== 'noi dung nay khong do toi phu trach') return undefined
  return giveBack(
    talk,
    codes.flatMap((code) => findItem(round.pack, code) ?? []),
    setting,
  )
}

/** The account is let go; who gathers the report hears of it. */
export function disownAccount(talk: Talk, { office, me }: World): Step {
  const coordinator = coordinatorOf(office)
  const told =
    coordinator.id === me.id ? [] : [tell(coordinator.id, { key: 'notMe.told', values: { person: me.name } })]
  return {
    talk,
    effects: [{ type: 'say', says: [{ key: 'notMe.unbound' }], choices: [] }, { type: 'unbind' }, ...told],
  }
}

/** What came from a colleague goes back to them; one's own to the coordinator, who knows whose it is. */
function giveBack(talk: Talk, items: readonly Item[], setting: Setting & { readonly raw: string }): Step {
  const { world, round } = setting
  const { me, office } = world
  const isOwn = (item: Item) => ownerOf(office, item.duty).id === me.id
  // Beside what came from others, one's own on the same screen is not meant.
  const meant = items.some((item) => !isOwn(item)) ? items.filter((item) => !isOwn(item)) : items
  const [first] = meant
  if (!first) return say(talk, [{ key: 'notMe.which' }], world)
  const coordinator = coordinatorOf(office)
  if (coordinator.id === me.id)
    return say(talk, [{ key: 'notMe.coordinator', values: { code: first.code } }], world)
  const target = (item: Item) => {
    const owner = ownerOf(office, item.duty)
    return isOwn(item) || awayUntil(owner, round) !== undefined ? coordinator : owner
  }
  const to = target(first)
  const isDisowned = ownerOf(office, first.duty).id !== to.id
  return handTo(
    talk,
    to,
    meant.filter((item) => target(item).id === to.id),
    { ...setting, isDisowned },
  )
}
