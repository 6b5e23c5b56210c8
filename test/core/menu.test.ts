import { describe, expect, it } from 'vitest'
import { readCommand } from '../../src/core/command.ts'
import { menuFor } from '../../src/core/menu.ts'
import type { Person } from '../../src/core/office.ts'
import { step } from '../../src/core/step.ts'
import { NEW_TALK } from '../../src/core/talk.ts'
import { readPrompts } from '../../src/prompts.ts'
import { keysOf, office, world } from './ward.ts'

const { words } = await readPrompts('prompts')
const administrator = { ...world('luat').me, roles: ['official', 'admin'] } satisfies Person
const PEOPLE = [...office.people, administrator, undefined]
const commandsOf = (person: Person | undefined) => menuFor(person).map(({ command }) => command)

describe('the menu', () => {
  it.each(PEOPLE)('of %j holds nothing that is not understood with a slash', (person) => {
    for (const { command, key } of menuFor(person)) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/)
      const read = readCommand(`/${command}`)
      expect(read?.type, command).not.toBe('unknown')
      expect(read, command).toBeDefined()
      const description = words.phrase({ key }, { address: 'đồng chí', name: '' })
      expect(description.length).toBeGreaterThan(0)
      expect(description.length).toBeLessThanOrEqual(256)
    }
  })

  it.each(PEOPLE.filter((one) => one !== undefined))(
    'of %j offers nothing that is refused to them',
    (person) => {
      for (const command of commandsOf(person)) {
        const one = step(
          NEW_TALK,
          { type: 'message', text: `/${command}`, files: [] },
          { ...world('ban'), me: person },
        )
        expect(
          keysOf(one).filter((key) => /notAllowed|confused/.test(key)),
          command,
        ).toEqual([])
      }
    },
  )

  it('grows with what a person may do', () => {
    const [chairman, coordinator, clerk] = office.people
    expect(commandsOf(clerk)).toEqual([
      'batdau',
      'tiendo',
      'lich',
      'boqua',
      'hoantac',
      'huy',
      'trogiup',
      'kenh',
    ])
    expect(commandsOf(chairman)).toEqual([...commandsOf(clerk), 'baocao', 'sosanh', 'mauthuan'])
    expect(commandsOf(coordinator)).toEqual([...commandsOf(chairman), 'tinchuaro'])
    expect(commandsOf(administrator)).toEqual([...commandsOf(clerk), 'tinchuaro'])
    expect(commandsOf(undefined)).toEqual(['batdau'])
  })
})
