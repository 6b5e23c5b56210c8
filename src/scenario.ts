import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { readMoment } from './core/calendar.ts'
import { checkOffice, Office, type Problem } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { readPeriodKey } from './core/period.ts'
import { planFor, withPlan } from './core/plan.ts'
import { findItem } from './core/round.ts'
import { Slug } from './core/slug.ts'
import { HABITS, type Habits } from './habits.ts'
import { checkChosenPack, readOfficeFile } from './prompts.ts'
import { FileFault, readYamlFile } from './yaml.ts'

const Time = z.string().refine((text) => readMoment(text) !== undefined, '2025-03-03T08:00')
const Words = z.array(z.string().min(1))

const Step = z.strictObject({
  from: Slug.optional(),
  channel: z.literal(['telegram', 'zalo', 'web']).optional(),
  says: z.string().optional(),
  press: z.string().optional(),
  /** One file or several, beside the scenario; with `says`, that goes with them. */
  sends: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  /** Said in a group. */
  group: z.boolean().optional(),
  /** The words are a new wording of that person's last message (1), the one before (2), … */
  edits: z.int().min(1).optional(),
  answers: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).optional(),
  at: Time.optional(),
  expect: Words.default([]),
  refuse: Words.default([]),
  expect_to: z.record(Slug, Words).default({}),
})
export type Step = z.infer<typeof Step>

const Period = z.string().refine((text) => readPeriodKey(text) !== undefined, 'quy1-2025')

const ScenarioFile = z.strictObject({
  title: z.string().min(1),
  now: Time,
  office: z.union([z.string().min(1), Office]),
  period: Period.optional(),
  earlier: z
    .record(Period, z.record(z.string(), z.union([z.string(), z.number()]).transform(String)))
    .optional(),
  buttons: z.int().min(0).optional(),
  beat: z.literal([15, 30, 60]).optional(),
  habits: z.record(Slug, z.enum(HABITS)).optional(),
  steps: z.array(Step).min(1),
})

/** A day, a week or a quarter of an office, readable by a clerk, replayed through the real app. */
export interface Scenario {
  readonly title: string
  readonly now: string
  readonly office: Office
  readonly period?: string
  /** What was answered in periods gone by, by code: for comparing with them. */
  readonly earlier?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** How many quick replies the channels show; where there are none, what is pressed is typed. */
  readonly buttons?: number
  /** Minutes from beat to beat while the clock moves; a long play has fewer. */
  readonly beat?: number
  /** What people do by themselves while the clock moves. */
  readonly habits?: Habits
  readonly steps: readonly Step[]
  /** Files that are sent stand beside the scenario. */
  readonly folder: string
}

/** With `packs`, the one its office names must be among them. */
export async function readScenario(
  file: string,
  duties: readonly string[],
  packs?: readonly ReportPack[],
): Promise<Scenario> {
  const folder = dirname(resolve(file))
  const { value, faultAt } = await readYamlFile(file, ScenarioFile)
  const office =
    typeof value.office === 'string'
      ? await readOfficeFile(resolve(folder, value.office), duties, packs)
      : value.office
  const problems = [
    ...(typeof value.office === 'string'
      ? []
      : [...checkOffice(office, duties), ...checkChosenPack(office, packs)].map((problem) => ({
          ...problem,
          path: ['office', ...problem.path],
        }))),
    ...value.steps.flatMap((step, index) => unknownPeople(step, index, office)),
    ...unknownIds(
      Object.keys(value.habits ?? {}).map((id) => [['habits', id], id]),
      office,
    ),
    ...(packs ? unknownEarlier(value.earlier ?? {}, office, packs) : []),
  ]
  if (problems.length > 0) throw new FileFault(problems.map(faultAt))
  const { title, now, period, earlier, buttons, beat, habits, steps } = value
  return {
    title,
    now,
    office,
    steps,
    folder,
    ...(period === undefined ? {} : { period }),
    ...(earlier === undefined ? {} : { earlier }),
    ...(buttons === undefined ? {} : { buttons }),
    ...(beat === undefined ? {} : { beat }),
    ...(habits === undefined ? {} : { habits }),
  }
}

/** What was answered before has to be of a period and of items the office's reports know. */
function unknownEarlier(
  earlier: NonNullable<Scenario['earlier']>,
  office: Office,
  packs: readonly ReportPack[],
): readonly Problem[] {
  return Object.entries(earlier).flatMap(([key, answers]): readonly Problem[] => {
    const period = readPeriodKey(key)
    const pack = packsOf(office, packs).find((one) => period && one.periods[period.name] !== undefined)
    if (!period || !pack) return [{ path: ['earlier', key], key: 'file.badPeriod', value: key }]
    const whole = withPlan(pack, planFor(office, period.year))
    return Object.keys(answers)
      .filter((code) => !findItem(whole, code))
      .map((code): Problem => ({ path: ['earlier', key, code], key: 'file.unknownCode', value: code }))
  })
}

function unknownPeople(step: Step, index: number, office: Office): readonly Problem[] {
  const named: readonly (readonly [Problem['path'], string])[] = [
    ...(step.from === undefined ? [] : [[['steps', index, 'from'], step.from] as const]),
    ...Object.keys(step.expect_to).map((id) => [['steps', index, 'expect_to', id], id] as const),
  ]
  return unknownIds(named, office)
}

function unknownIds(
  named: readonly (readonly [Problem['path'], string])[],
  office: Office,
): readonly Problem[] {
  return named
    .filter(([, id]) => !office.people.some((person) => person.id === id))
    .map(([path, value]): Problem => ({ path, key: 'file.unknownPerson', value }))
}
