import { z } from 'zod'
import { checkPlans, Plan } from './plan.ts'
import { CalendarSettings, checkCalendar } from './schedule.ts'
import { Slug } from './slug.ts'

export const Role = z.literal(['official', 'coordinator', 'chairman', 'admin'])
export type Role = z.infer<typeof Role>

/** One who works here. */
export const Person = z.strictObject({
  id: Slug,
  name: z.string().min(1),
  title: z.string().min(1),
  /** How the bot addresses them. */
  address: z.literal(['đồng chí', 'anh', 'chị', 'ông', 'bà']).default('đồng chí'),
  roles: z.array(Role).min(1).default(['official']),
  /** By which an administrator is told who asks to be let in; it lets nobody in by itself. */
  phone: z
    .string()
    .regex(/^0\d{9}$/, '0912345678')
    .optional(),
  /** The duties they hold; items of a report belong to a duty, never to a name. */
  duties: z.array(Slug).default([]),
})
export type Person = z.infer<typeof Person>

/** A commune, ward or special zone: data, loaded from a file, kept in the store. */
export const Office = z.strictObject({
  id: Slug,
  /** The sample office may be tried out in the browser without a login. */
  isSample: z.boolean().default(false),
  kind: z.literal(['xã', 'phường', 'đặc khu', 'thị trấn']),
  name: z.string().min(1),
  province: z.string().min(1),
  /** Which set of titles its duties carry: before or after 01/7/2025. */
  titles: z.literal(['before', 'after']).default('after'),
  /** "Kính gửi:", one or more. */
  superiors: z.array(z.string().min(1)).min(1),
  /** "Nơi nhận:", without "Như trên" and "Lưu", which are added. */
  recipients: z.array(z.string().min(1)).default([]),
  /** Who files the report: "Lưu: VT, <drafter>". */
  drafter: z.string().min(1),
  signer: z.strictObject({
    person: Slug,
    as: z.literal(['chairman', 'deputy', 'acting', 'ordered', 'authorised']).default('chairman'),
  }),
  /** What Nghị định 30/2020 leaves to the office. */
  style: z
    .strictObject({
      /** "05" for a count below ten. */
      leadingZero: z.boolean().default(true),
      bodySize: z.literal([13, 14]).default(14),
      /** Of the first line, in centimetres. */
      indent: z.literal([1, 1.27]).default(1.27),
      lineSpacing: z.number().min(1).max(1.5).default(1.2),
      /** After a paragraph, in points. */
      spaceAfter: z.int().min(6).max(24).default(6),
      /** In millimetres. */
      margins: z
        .strictObject({
          top: z.number().min(20).max(25).default(20),
          bottom: z.number().min(20).max(25).default(20),
          left: z.number().min(30).max(35).default(30),
          right: z.number().min(15).max(20).default(15),
        })
        .prefault({}),
    })
    .prefault({}),
  calendar: CalendarSettings.prefault({}),
  people: z.array(Person).min(1),
  /** The report it makes, where there are several for one period. */
  pack: Slug.optional(),
  /** Its plans for administrative reform, one a year. */
  plans: z.array(Plan).default([]),
})
export type Office = z.infer<typeof Office>

/** A place in a file that is at fault; `key` is worded in prompts/texts.yaml. */
export interface Problem {
  readonly path: readonly (string | number)[]
  readonly key:
    | 'file.twice'
    | 'file.unknownPerson'
    | 'file.unknownDuty'
    | 'file.noRole'
    | 'file.unknownCode'
    | 'file.unknownGroup'
    | 'file.unknownPack'
    | 'file.leftover'
    | 'file.unknownName'
    | 'file.badTemplate'
    | 'file.notHere'
    | 'file.missing'
    | 'file.badPeriod'
    | 'file.badOrder'
    | 'file.atNight'
    | 'file.samePeriod'
    | 'file.wrongKind'
    | 'file.unitsDiffer'
    | 'file.circular'
    | 'file.emptyRange'
  readonly value: string
}

/** What the schema cannot see: people named twice, a signer who is not there, duties and periods nobody knows. */
export function checkOffice(office: Office, duties: readonly string[]): readonly Problem[] {
  const ids = office.people.map((person) => person.id)
  const problems: Problem[] = []
  office.people.forEach((person, index) => {
    if (ids.indexOf(person.id) !== index)
      problems.push({ path: ['people', index, 'id'], key: 'file.twice', value: person.id })
    person.duties.forEach((duty, at) => {
      if (!duties.includes(duty))
        problems.push({ path: ['people', index, 'duties', at], key: 'file.unknownDuty', value: duty })
      const holder = office.people.findIndex((other) => other.duties.includes(duty))
      if (holder < index)
        problems.push({ path: ['people', index, 'duties', at], key: 'file.twice', value: duty })
    })
  })
  if (!ids.includes(office.signer.person)) {
    problems.push({ path: ['signer', 'person'], key: 'file.unknownPerson', value: office.signer.person })
  }
  for (const role of ['coordinator', 'chairman'] as const) {
    if (!office.people.some((person) => person.roles.includes(role))) {
      problems.push({ path: ['people'], key: 'file.noRole', value: role })
    }
  }
  return [...problems, ...checkCalendar(office.calendar), ...checkPlans(office.plans, duties)]
}

/** The holder of a duty; a duty nobody holds falls to the coordinator, who sees it at once. */
export function ownerOf(office: Office, duty: string): Person {
  const owner =
    office.people.find((person) => person.duties.includes(duty)) ??
    office.people.find((person) => person.roles.includes('coordinator'))
  if (!owner) throw new Error(`office ${office.id} has no coordinator`)
  return owner
}

export function findPerson(office: Office, id: string): Person | undefined {
  return office.people.find((person) => person.id === id)
}

export function hasRole(person: Person, ...roles: readonly Role[]): boolean {
  return person.roles.some((role) => roles.includes(role))
}

/** "phường An Bình" */
export function placeOf(office: Office): string {
  return `${office.kind} ${office.name}`
}
