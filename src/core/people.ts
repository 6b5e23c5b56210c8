import type { Office, Person } from './office.ts'
import { foldText } from './text.ts'

const HONORIFICS = /^(?:(?:d\/c|dc|dong chi|anh|chi|ong|ba|co|chu|bac|em|ban|sep)\s+)+/

/** Whom a name may mean: "Lan", "đ/c Lan", "Lê Thị Lan", or a title, with or without accents. */
export function findPeople(office: Office, name: string): readonly Person[] {
  const wanted = foldText(name)
    .replace(/[.,;:!?]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(HONORIFICS, '')
  if (wanted === '') return []
  const named = office.people.filter((person) => endsIn(foldText(person.name), wanted))
  // Typed with its accents "Hà" is not "Hạ".
  const typed = name.toLowerCase().trim().slice(-wanted.length)
  const exact = named.filter((person) => endsIn(person.name.toLowerCase(), typed))
  if (named.length > 0) return exact.length > 0 ? exact : named
  return office.people.filter(({ id, title }) => id === wanted || foldText(title) === wanted)
}

function endsIn(name: string, wanted: string): boolean {
  const words = name.split(' ')
  return words.some((_, index) => words.slice(index).join(' ') === wanted)
}
