import type { Answer, Moment } from '../core/answer.ts'
import { addMinutes, epochOf } from '../core/calendar.ts'
import type { MarkKind } from '../core/mark.ts'
import { readGiven } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { StoredOffice, StoredPeriod } from './store.ts'

export async function saveOffice({ prisma }: Database, office: StoredOffice, at: Moment): Promise<void> {
  const { id } = office
  const kept = { data: office.data, savedAt: at }
  await prisma.$transaction(async (tx) => {
    await tx.office.upsert({ where: { id }, create: { id, ...kept }, update: kept })
    await tx.turn.upsert({
      where: { officeId: id },
      create: { officeId: id, rev: 0 },
      update: { rev: { increment: 1 } },
    })
  })
}

/** Every write of what a turn may have read counts, and waits for the turns of its office. */
export async function countWrite(tx: Transaction, officeIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Turn" SET "rev" = "rev" + 1 WHERE "officeId" IN (
      SELECT "officeId" FROM "Turn" WHERE "officeId" IN (${Prisma.join([...officeIds])}) ORDER BY "officeId"
    )`
}

export async function listOffices({ prisma }: Database): Promise<readonly StoredOffice[]> {
  return prisma.office.findMany({ select: { id: true, data: true }, orderBy: { id: 'asc' } })
}

export async function listPeriods({ prisma }: Database, officeId: string): Promise<readonly StoredPeriod[]> {
  return readPeriods(prisma, officeId)
}

export async function listAnswers(
  { prisma }: Database,
  officeId: string,
  periodKey: string,
): Promise<readonly Answer[]> {
  return readAnswers(prisma, officeId, periodKey)
}

export async function readTalk(
  { prisma }: Database,
  officeId: string,
  personId: string,
): Promise<string | undefined> {
  return findTalk(prisma, officeId, personId)
}

export async function findTalk(
  tx: Transaction,
  officeId: string,
  personId: string,
): Promise<string | undefined> {
  const row = await tx.talk.findUnique({ where: { officeId_personId: { officeId, personId } } })
  return row?.talk
}

/** Newest opening first. */
export async function readPeriods(tx: Transaction, officeId: string): Promise<readonly StoredPeriod[]> {
  const rows = await tx.period.findMany({
    where: { officeId },
    orderBy: [{ openedAt: 'desc' }, { key: 'desc' }],
  })
  return rows.map(({ key, packId, openedAt, closedAt, reopenedAt }) => ({
    key,
    packId,
    openedAt,
    ...(closedAt !== null && { closedAt }),
    ...(reopenedAt !== null && { reopenedAt }),
  }))
}

/** Oldest first. */
export async function readAnswers(
  tx: Transaction,
  officeId: string,
  periodKey: string,
): Promise<readonly Answer[]> {
  const rows = await tx.answer.findMany({ where: { officeId, periodKey }, orderBy: { id: 'asc' } })
  return rows.map(answerOf)
}

/** The latest to each item: what a turn needs, however often an item has been corrected. */
export async function readLatestAnswers(
  tx: Transaction,
  officeId: string,
  periodKey: string,
): Promise<readonly Answer[]> {
  const rows = await tx.$queryRaw<readonly AnswerRow[]>`
    SELECT "code", "given", "raw", "by", "at", "channel", "messageId", "reason" FROM "Answer"
    WHERE "id" IN (
      SELECT MAX("id") FROM "Answer"
      WHERE "officeId" = ${officeId} AND "periodKey" = ${periodKey} GROUP BY "code"
    )
    ORDER BY "id"`
  return rows.map(answerOf)
}

/** The marks of one kind that stand, by the beginning of their codes. */
export async function listMarks(
  { prisma }: Database,
  officeId: string,
  { periodKey, kind }: { readonly periodKey: string; readonly kind: MarkKind },
): Promise<readonly Answer[]> {
  const [from, to] = [`${kind}:`, `${kind};`]
  const rows = await prisma.$queryRaw<readonly AnswerRow[]>`
    SELECT "code", "given", "raw", "by", "at", "channel", "messageId", "reason" FROM "Answer"
    WHERE "id" IN (
      SELECT MAX("id") FROM "Answer"
      WHERE "officeId" = ${officeId} AND "periodKey" = ${periodKey} AND "code" >= ${from} AND "code" < ${to}
      GROUP BY "code"
    )
    ORDER BY "id"`
  return rows.map(answerOf).filter(({ given }) => given.state !== 'withdrawn')
}

interface AnswerRow extends Omit<Answer, 'given' | 'reason'> {
  readonly given: string
  readonly reason: string | null
}

function answerOf({ code, given, raw, by, at, channel, messageId, reason }: AnswerRow): Answer {
  const answer = { code, given: readGiven(given), raw, by, at, channel, messageId }
  return reason === null ? answer : { ...answer, reason }
}

/** Keys of deeds name the collection they are about between two colons. */
export async function readDeeds(
  tx: Transaction,
  officeId: string,
  periodKeys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (periodKeys.length === 0) return new Set()
  const rows = await tx.deed.findMany({
    where: { officeId, OR: periodKeys.map((key) => ({ key: { contains: `:${key}` } })) },
    select: { key: true },
  })
  return new Set(rows.map(({ key }) => key))
}

/** What can no longer be used is of use to nobody; how long it may still be asked about is another day. */
export async function tidy({ prisma }: Database, at: Moment): Promise<void> {
  const dayBefore = addMinutes(at, -24 * 60)
  await prisma.$transaction([
    prisma.link.deleteMany({ where: { expiresAt: { lt: dayBefore } } }),
    prisma.wrongCode.deleteMany({ where: { at: { lt: dayBefore } } }),
    prisma.lease.deleteMany({ where: { until: { lt: dayBefore } } }),
    prisma.pace.deleteMany({ where: { expire: { lt: BigInt(epochOf(dayBefore)) } } }),
  ])
}
