import { findMark, markText } from './mark.ts'
import { findPerson, hasRole, type Office, ownerOf, type Person } from './office.ts'
import type { Item } from './pack.ts'
import type { Round } from './round.ts'

type Collection = Pick<Round, 'answers' | 'today'>

/** Who answers for an item as things stand: whoever it was handed to, else the holder of its duty; while they are away, who stands in. */
export function inChargeOf(item: Pick<Item, 'code' | 'duty'>, round: Collection, office: Office): Person {
  const handed = markText(round, 'own', item.code)
  const person = (handed === undefined ? undefined : findPerson(office, handed)) ?? ownerOf(office, item.duty)
  return standInFor(person, round, office) ?? person
}

/** Who stands in for a person who is away today; those who stand in for each other all answer for themselves. */
export function standInFor(person: Person, round: Collection, office: Office): Person | undefined {
  const met = [person.id]
  let last: Person | undefined
  for (let current: Person | undefined = person; current; ) {
    const next: Person | undefined = substituteOf(current, round, office)
    if (!next) return last
    if (met.includes(next.id)) return undefined
    met.push(next.id)
    last = next
    current = next
  }
  return last
}

/** The mark names the substitute; its reason is the last day away. */
function substituteOf(person: Person, round: Collection, office: Office): Person | undefined {
  const until = awayUntil(person, round)
  const substitute = markText(round, 'away', person.id)
  return until === undefined || substitute === undefined ? undefined : findPerson(office, substitute)
}

/** The last day a person is away, while they are. */
export function awayUntil(person: Person, round: Collection): string | undefined {
  const until = findMark(round, 'away', person.id)?.reason
  return until !== undefined && until >= round.today ? until : undefined
}

/** Whose word counts for an item beside whoever answers it now: the holder of its duty, and the coordinators. */
export function hasSay(person: Person, item: Item, round: Collection, office: Office): boolean {
  return (
    hasRole(person, 'coordinator') ||
    ownerOf(office, item.duty).id === person.id ||
    inChargeOf(item, round, office).id === person.id
  )
}

/** The coordinator whom questions and returns go to. */
export function coordinatorOf(office: Office): Person {
  const coordinator = office.people.find((person) => hasRole(person, 'coordinator'))
  if (!coordinator) throw new Error(`office ${office.id} has no coordinator`)
  return coordinator
}
