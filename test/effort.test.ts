import { describe, expect, it } from 'vitest'
import type { Item } from '../src/core/pack.ts'
import type { Round } from '../src/core/round.ts'
import { addScreen, effortByPeriod, effortOf, type Shown } from '../src/effort.ts'
import { pack, round, value } from './core/ward.ts'

/** Of the small ward: I.1 and I.2 mostly stay, I.3 mostly does not arise, I.5 is a task. */
function changed(one: Round): Round {
  const usual: Readonly<Record<string, Partial<Item>>> = {
    'I.1': { usual: 'same' },
    'I.2': { usual: 'same' },
    'I.3': { usual: 'none' },
    'I.5': { isTask: true },
  }
  return { ...one, pack: { ...pack, items: pack.items.map((item) => ({ ...item, ...usual[item.code] })) } }
}

const before = { 'I.1': value('5'), 'I.2': value('2') }
const now = changed(round({}, before))
const none: Shown = new Map()
const counted = (shown: Shown) => {
  const { questions, confirmed, tasks } = effortOf(shown, [])
  return { questions, confirmed, tasks }
}

describe('what a collection costs', () => {
  it('tells items asked from those confirmed in a block and from tasks of the plan', () => {
    let shown = addScreen(none, now, 'ban', ['I.1', 'I.2'])
    shown = addScreen(shown, now, 'ban', ['I.3'])
    shown = addScreen(shown, now, 'ban', ['I.4'])
    shown = addScreen(shown, now, 'ban', ['I.5'])
    expect(counted(shown)).toEqual({ questions: 1, confirmed: 3, tasks: 1 })
  })

  it('asks for what mostly stays where there is nothing to compare it with', () => {
    const first = changed(round())
    expect(counted(addScreen(none, first, 'ban', ['I.1', 'I.2']))).toMatchObject({ questions: 2 })
  })

  it('counts an item once a person, and again for another', () => {
    let shown = addScreen(none, now, 'ban', ['I.4'])
    shown = addScreen(shown, now, 'ban', ['I.4'])
    expect(counted(shown).questions).toBe(1)
    expect(counted(addScreen(shown, now, 'luat', ['I.4'])).questions).toBe(2)
  })

  it('does not count what is on the screen with its answer', () => {
    const answered = changed(round({ 'I.4': value('7') }, before))
    expect(counted(addScreen(none, answered, 'ban', ['I.4'])).questions).toBe(0)
  })

  it('counts an item confirmed in a block and asked for after all as asked, in either order', () => {
    const block = (shown: Shown) => addScreen(shown, now, 'ban', ['I.1', 'I.2'])
    const mixed = (shown: Shown) => addScreen(shown, now, 'ban', ['I.2', 'I.4'])
    expect(counted(mixed(block(none)))).toEqual({ questions: 2, confirmed: 1, tasks: 0 })
    expect(counted(block(mixed(none)))).toEqual({ questions: 2, confirmed: 1, tasks: 0 })
  })

  it('counts messages for the collection opened last before them', () => {
    const passed = [
      { at: '2025-03-01T08:00', person: 'ban', direction: 'out' },
      { at: '2025-03-01T08:01', person: 'ban', direction: 'in' },
      { at: '2025-06-01T08:00', person: 'ban', direction: 'out' },
      { at: '2025-06-01T08:00', person: 'luat', direction: 'out' },
    ] as const
    const opened = [
      { key: '2025-6thang', openedAt: '2025-06-01T08:00' },
      { key: '2025-quy1', openedAt: '2025-03-01T08:00' },
    ]
    const shown = addScreen(none, now, 'ban', ['I.4'])
    expect(effortByPeriod(shown, passed, opened)).toEqual({
      '2025-quy1': { questions: 1, confirmed: 0, tasks: 0, outbound: { ban: 1 }, replies: { ban: 1 } },
      '2025-6thang': { questions: 0, confirmed: 0, tasks: 0, outbound: { ban: 1, luat: 1 }, replies: {} },
    })
  })
})
