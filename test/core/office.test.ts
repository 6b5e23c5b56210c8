import { describe, expect, it } from 'vitest'
import { checkOffice, Office } from '../../src/core/office.ts'
import { office } from './ward.ts'

const DUTIES = ['chung', 'mot-cua', 'tu-phap']
const task = (code: string, more: object = {}) => ({ code, name: code, lead: 'chung', due: 'năm', ...more })
const plan = (year: number, groups: object) => ({
  year,
  name: `Kế hoạch ${year}`,
  groups: Object.entries(groups).map(([id, tasks]) => ({ id, name: id, tasks })),
})
const faultsOf = (more: object) =>
  checkOffice(Office.parse({ ...office, ...more }), DUTIES).map(
    ({ path, key, value }) => `${path.join('.')} ${key} ${value}`,
  )

describe('an office', () => {
  it('whose plans and periods are in order has no fault', () => {
    const plans = [
      plan(2025, { 'the-che': [task('1.a', { with: ['mot-cua'] })], 'thu-tuc': [task('2')] }),
      plan(2026, { 'the-che': [task('1.a')] }),
    ]
    const calendar = { periods: { '2026-quy1': { deadline: '2026-03-17T17:00' } } }
    expect(faultsOf({ plans, calendar })).toEqual([])
  })

  it('is at fault where a task is led or helped by a duty nobody knows', () => {
    const tasks = [task('1'), task('2', { lead: 'la', with: ['mot-cua', 'khac'] })]
    expect(faultsOf({ plans: [plan(2025, { 'the-che': tasks })] })).toEqual([
      'plans.0.groups.0.tasks.1.lead file.unknownDuty la',
      'plans.0.groups.0.tasks.1.with.1 file.unknownDuty khac',
    ])
  })

  it('is at fault where a code stands twice in one plan, in whatever letters', () => {
    const plans = [plan(2025, { 'the-che': [task('1.a')], 'thu-tuc': [task('2'), task('1.A')] })]
    expect(faultsOf({ plans })).toEqual(['plans.0.groups.1.tasks.1.code file.twice 1.A'])
  })

  it('is at fault with two plans for a year or one group twice', () => {
    const one = plan(2025, { 'the-che': [task('1')] })
    expect(faultsOf({ plans: [one, { ...one, name: 'Kế hoạch sửa' }] })).toEqual([
      'plans.1.year file.twice 2025',
    ])
    const [group] = one.groups
    expect(faultsOf({ plans: [{ ...one, groups: [group, { ...group, tasks: [task('2')] }] }] })).toEqual([
      'plans.0.groups.1.id file.twice the-che',
    ])
  })

  it('is at fault where the calendar names no period', () => {
    const periods = { '2026-quy1': {}, '2026-quy5': { deadline: '2026-03-17T17:00' } }
    expect(faultsOf({ calendar: { periods } })).toEqual([
      'calendar.periods.2026-quy5 file.badPeriod 2026-quy5',
    ])
  })
})
