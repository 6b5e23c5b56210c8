import { describe, expect, it } from 'vitest'
import { Office } from '../../src/core/office.ts'
import { findPeople } from '../../src/core/people.ts'
import { office } from './ward.ts'

const named = (...names: readonly string[]) =>
  Office.parse({
    ...office,
    people: [
      ...office.people,
      ...names.map((name, index) => ({ id: `nguoi-${index}`, name, title: `Công chức ${index}` })),
    ],
  })

describe('a name', () => {
  const people = named('Bùi Thị Hà', 'Võ Ngọc Hà', 'Trần Nhật Hạ', 'Phan Nhật Minh')
  const found = (name: string) => findPeople(people, name).map((person) => person.name)

  it('is found by the given name, by more of it, whole, or by the title', () => {
    expect(found('Minh')).toEqual(['Phan Nhật Minh'])
    expect(found('đ/c Nhật Minh.')).toEqual(['Phan Nhật Minh'])
    expect(found('PHAN NHAT MINH')).toEqual(['Phan Nhật Minh'])
    expect(found('công chức 1')).toEqual(['Võ Ngọc Hà'])
  })

  it('may be of several people, and is only of those it is spelt like where accents are typed', () => {
    expect(found('ha')).toEqual(['Bùi Thị Hà', 'Võ Ngọc Hà', 'Trần Nhật Hạ'])
    expect(found('chị Hà')).toEqual(['Bùi Thị Hà', 'Võ Ngọc Hà'])
    expect(found('Hạ')).toEqual(['Trần Nhật Hạ'])
    expect(found('Ngọc Hà')).toEqual(['Võ Ngọc Hà'])
  })

  it('is nobody’s when it is a part of a word or a family name', () => {
    expect(found('inh')).toEqual([])
    expect(found('Phan')).toEqual([])
    expect(found('anh')).toEqual([])
  })
})
