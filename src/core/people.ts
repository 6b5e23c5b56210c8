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
  const named = office.people.filter((person) => {
    const words = foldText(person.name).split(' ')
    return words.some((_, index) => words.slice(index).join(' ') === wanted)
  })
  if (named.length > 0) return named
  return office.people.filter(({ id, title }) => id === wanted || foldText(title) === wanted)
}
