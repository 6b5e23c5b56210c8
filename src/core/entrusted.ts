import { awayUntil, inChargeOf } from './charge.ts'
import { findMark } from './mark.ts'
import { findPerson, ownerOf, type Person } from './office.ts'
import type { Item } from './pack.ts'
import { clip } from './page.ts'
import { askedItems, isAnswered, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { World } from './talk.ts'
import { describeGiven } from './wording.ts'

const LINES_MAX = 6
const NAME_MAX = 60

interface Entrusted {
  readonly item: Item
  readonly to: Person
}

/** What falls under a person's duties and others answer as things stand: handed on, or while they are away. */
export function entrustedBy(
  person: Person,
  round: Round,
  { office }: Pick<World, 'office'>,
): readonly Entrusted[] {
  return askedItems(round)
    .filter((item) => ownerOf(office, item.duty).id === person.id)
    .map((item) => ({ item, to: inChargeOf(item, round, office) }))
    .filter(({ to }) => to.id !== person.id)
}

/** "- II.1.1 Số văn bản (đ/c Mai): **05**", as many as a message can hold. */
export function entrustedLines(all: readonly Entrusted[], round: Round, { office }: World): readonly Say[] {
  const lines = all.slice(0, LINES_MAX).map(({ item, to }): Say => {
    const values = { code: item.code, item: clip(item.name, NAME_MAX), person: to.name }
    const given = round.answers.get(item.code)?.given
    return given && isAnswered(given)
      ? { key: 'entrusted.answered', values: { ...values, value: describeGiven(given, item, office) } }
      : { key: 'entrusted.line', values }
  })
  const more = all.length - lines.length
  return more === 0 ? lines : [...lines, { key: 'told.more', values: { count: more } }]
}

/** Why there is nothing one has to answer: one is away, others answer, or it is none of one's business. */
export function sayNothingToAnswer(round: Round, world: World): Say {
  const { me, office } = world
  const until = awayUntil(me, round)
  const mark = until === undefined ? undefined : findMark(round, 'away', me.id)
  const substitute = mark?.given.state === 'text' ? findPerson(office, mark.given.text) : undefined
  if (until !== undefined && substitute)
    return { key: 'away.still', values: { day: writeDay(until), substitute: substitute.name } }
  const entrusted = entrustedBy(me, round, world)
  return entrusted.length === 0
    ? { key: 'nothing.forYou', values: { period: titleOf(round) } }
    : { key: 'entrusted.all', values: { lines: entrustedLines(entrusted, round, world) } }
}
