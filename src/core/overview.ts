import { awayUntil } from './charge.ts'
import { marksOf, markText } from './mark.ts'
import { findPerson, hasRole, type Office, type Person } from './office.ts'
import type { Item } from './pack.ts'
import { askedItems, isDone, itemsOf, progressOf, type Round, titleOf, writeDay } from './round.ts'
import type { Say } from './say.ts'
import type { World } from './talk.ts'
import { describeMoment } from './wording.ts'

/** Those who owe most are told with what; the rest by name, so that all stand on one screen. */
const PEOPLE_SHOWN = 5
const CODES_SHOWN = 4

/** Where the whole office stands: who owes what, what is promised for when, who is away and who needs help. */
export function describeOffice(round: Round, { office, me }: World): readonly Say[] {
  const owners = ownersOf(round, office)
  const isOwing = ({ items }: Owner) => items.some((item) => !isDone(round, item))
  const owing = owners
    .filter(isOwing)
    .toSorted((one, other) => openOf(other, round).length - openOf(one, round).length)
  const complete = owners.filter((owner) => !isOwing(owner)).map(({ person }) => person.name)
  const lines = owing.slice(0, PEOPLE_SHOWN).map((owner) => owingLine(owner, round))
  const more = owing.slice(PEOPLE_SHOWN).map(({ person }) => person.name)
  const values = {
    period: titleOf(round),
    ...progressOf(round, askedItems(round)),
    deadline: describeMoment(round.schedule.deadline),
  }
  const rest: readonly Say[] =
    more.length === 0 ? [] : [{ key: 'progress.morePeople', values: { people: more.join(', ') } }]
  const notes = [...promises(round, owing), ...absences(round, office), ...cries(round, office)]
  const says: readonly (Say | false)[] = [
    { key: 'progress.all', values },
    lines.length > 0 && { key: 'progress.owing', values: { lines: [...lines, ...rest] } },
    notes.length > 0 && { key: 'progress.notes', values: { lines: notes } },
    complete.length > 0 && { key: 'progress.complete', values: { people: complete.join(', ') } },
    waysOn(owing, { round, me }),
  ]
  return says.filter((one) => one !== false)
}

function waysOn(owing: readonly Owner[], { round, me }: Pick<World, 'me'> & { readonly round: Round }): Say {
  const isOwing = owing.length > 0
  if (!hasRole(me, 'coordinator')) return { key: isOwing ? 'progress.chairmanHow' : 'progress.approveHow' }
  const other = owing.find(({ person }) => person.id !== me.id)
  const code = other && openOf(other, round)[0]?.code
  // People are called by the last of their names.
  const person = other?.person.name.split(' ').at(-1)
  return person === undefined || code === undefined
    ? { key: 'progress.closeHow' }
    : { key: 'progress.nudgeHow', values: { person, code } }
}

interface Owner {
  readonly person: Person
  readonly items: readonly Item[]
}

/** Those who own at least one item, in the order of the office file. */
export function ownersOf(round: Round, office: Office): readonly Owner[] {
  return office.people
    .map((person) => ({ person, items: itemsOf(round, office, person) }))
    .filter(({ items }) => items.length > 0)
}

function openOf({ items }: Owner, round: Round): readonly Item[] {
  return items.filter((item) => !isDone(round, item))
}

function owingLine(owner: Owner, round: Round): Say {
  const open = openOf(owner, round).map(({ code }) => code)
  const codes = open.slice(0, CODES_SHOWN).join(', ')
  return {
    key: 'progress.personOwing',
    values: {
      person: owner.person.name,
      ...progressOf(round, owner.items),
      codes: open.length > CODES_SHOWN ? `${codes}…` : codes,
    },
  }
}

/** "hẹn 12/03/2025: II.2c.1, II.2c.4 (Bùi Thị Hà)" */
function promises(round: Round, owing: readonly Owner[]): readonly Say[] {
  const promised = owing.flatMap(({ person, items }) =>
    items.flatMap(({ code }) => {
      const given = round.answers.get(code)?.given
      return given?.state === 'pending' && given.until !== undefined
        ? [{ person, code, day: given.until }]
        : []
    }),
  )
  const keys = [...new Set(promised.map(({ person, day }) => `${day} ${person.id}`))].sort()
  return keys.slice(0, NOTES_SHOWN).flatMap((key): Say[] => {
    const same = promised.filter(({ person, day }) => `${day} ${person.id}` === key)
    const [first] = same
    if (!first) return []
    const codes = same.map(({ code }) => code).slice(0, CODES_SHOWN)
    const rest = same.length > codes.length ? '…' : ''
    return [
      {
        key: 'progress.promised',
        values: { day: writeDay(first.day), person: first.person.name, codes: codes.join(', ') + rest },
      },
    ]
  })
}

const NOTES_SHOWN = 4

function absences(round: Round, office: Office): readonly Say[] {
  return office.people.flatMap((person) => absenceOf(person, round, office))
}

/** Until when somebody is away, and who stands in; nothing of who is here. */
export function absenceOf(person: Person, round: Round, office: Office): readonly Say[] {
  const until = awayUntil(person, round)
  const substitute = findPerson(office, markText(round, 'away', person.id) ?? '')
  return until === undefined || !substitute
    ? []
    : [
        {
          key: 'progress.away',
          values: { person: person.name, day: writeDay(until), substitute: substitute.name },
        },
      ]
}

/** Questions that were handed to the coordinator because they were not understood. */
function cries(round: Round, office: Office): readonly Say[] {
  return marksOf(round, 'help')
    .slice(0, NOTES_SHOWN)
    .map(
      ({ of, answer }): Say => ({
        key: 'progress.helped',
        values: { code: of, person: findPerson(office, answer.by)?.name ?? answer.by },
      }),
    )
}
