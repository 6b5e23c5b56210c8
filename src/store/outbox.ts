import type { Moment } from '../core/answer.ts'
import { readChoices } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Address, Outcome, OutFileContent, OutRow, SaidRow, Store, UnsureRow } from './store.ts'

type ClaimRequest = Parameters<Store['claim']>[0]

interface ClaimedRow {
  readonly id: number | bigint
  readonly attempt: number | bigint
  readonly officeId: string
  readonly personId: string | null
  readonly channel: string
  readonly chat: string
  readonly text: string
  readonly choices: string
  readonly fileId: string | null
  readonly link: string | null
}

/**
 * The head of each chat's line if it is due, what answers somebody before what nobody asked for. A head that must
 * wait keeps the rest waiting. One statement, so that two processes never take the same row.
 */
export async function claim(db: Database, request: ClaimRequest): Promise<readonly OutRow[]> {
  const { channel, at, leaseUntil, limit } = request
  const rows = await db.prisma.$queryRaw<readonly ClaimedRow[]>`
    WITH due AS MATERIALIZED (
      SELECT "id" FROM "Outbox" AS head
      WHERE "state" = 'pending' AND "channel" = ${channel} AND ("notBefore" IS NULL OR "notBefore" <= ${at})
        AND NOT EXISTS (
          SELECT 1 FROM "Outbox"
          WHERE "state" IN ('pending', 'sending') AND "channel" = head."channel" AND "chat" = head."chat"
            AND "id" < head."id"
        )
      ORDER BY "isUnasked", "id" LIMIT ${limit} ${db.takeFreeRows}
    )
    UPDATE "Outbox" SET "state" = 'sending', "attempt" = "attempt" + 1, "leaseUntil" = ${leaseUntil}
    WHERE "id" IN (SELECT "id" FROM due)
    RETURNING "id", "attempt", "officeId", "personId", "channel", "chat", "text", "choices", "fileId", "link"`
  const claimed = rows.toSorted((a, b) => Number(a.id) - Number(b.id))
  const fileById = await readFiles(db, claimed)
  return claimed.map((row) => toOutRow(row, fileById))
}

/** Whether a message went whose sender vanished nobody knows: it is sent again only where twice shows once. */
export async function recover(
  { prisma }: Database,
  { at, repeatable }: Parameters<Store['recover']>[0],
): Promise<void> {
  const isRepeatable =
    repeatable.length === 0 ? Prisma.sql`1 = 0` : Prisma.sql`"channel" IN (${Prisma.join([...repeatable])})`
  await prisma.$executeRaw`
    UPDATE "Outbox" SET
      "state" = CASE WHEN ${isRepeatable} THEN 'pending' ELSE 'unknown' END,
      "reason" = CASE WHEN ${isRepeatable} THEN "reason" ELSE 'the sender vanished' END
    WHERE "state" = 'sending' AND "leaseUntil" <= ${at}`
}

/** The newest such message: what arrived is what was sent last. */
export async function confirmArrival(
  { prisma }: Database,
  { channel, chat }: Address,
  { messageId, text, at }: { readonly messageId?: string; readonly text?: string; readonly at: Moment },
): Promise<boolean> {
  if (text === undefined) return false
  const confirmed = await prisma.$executeRaw`
    UPDATE "Outbox" SET "state" = 'sent', "messageId" = ${messageId ?? null}, "settledAt" = ${at}
    WHERE "id" = (
      SELECT max("id") FROM "Outbox"
      WHERE "state" = 'unknown' AND "channel" = ${channel} AND "chat" = ${chat} AND "text" = ${text}
    )`
  return confirmed === 1
}

/** Messages to its people nobody knows the end of. */
export async function readUnsure(tx: Transaction, officeId: string): Promise<readonly UnsureRow[]> {
  return findUnsure(tx, { officeId })
}

export async function listUnsure({ prisma }: Database, since: Moment): ReturnType<Store['listUnsure']> {
  return findUnsure(prisma, { officeId: { not: '' }, at: { gte: since } })
}

async function findUnsure(tx: Transaction, where: Prisma.OutboxWhereInput): ReturnType<Store['listUnsure']> {
  const rows = await tx.outbox.findMany({
    where: { ...where, state: 'unknown', personId: { not: null } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, officeId, personId, at, text, fileId }) => ({
    id: String(id),
    officeId,
    personId: personId ?? '',
    at,
    text,
    hasFile: fileId !== null,
  }))
}

export async function readChoice(
  { prisma }: Database,
  { channel, chat }: Address,
  { messageId, choice }: { readonly messageId: string; readonly choice: number },
): Promise<string | undefined> {
  if (!/^\d{1,15}$/.test(messageId)) return undefined
  const row = await prisma.outbox.findFirst({ where: { id: Number(messageId), channel, chat } })
  return row === null ? undefined : readChoices(row.choices)[choice]
}

export async function readSaid(
  tx: Transaction,
  officeId: string,
  { personIds, since }: { readonly personIds: readonly string[]; readonly since: Moment },
): Promise<readonly SaidRow[]> {
  if (personIds.length === 0) return []
  const rows = await tx.$queryRaw<readonly SaidColumns[]>`
    SELECT "personId", "at", "text", "isUnasked" FROM "Outbox"
    WHERE "officeId" = ${officeId} AND "personId" IN (${Prisma.join([...personIds])}) AND "at" > ${since}
      AND "state" <> 'refused'`
  return rows.map((row) => ({ ...row, isUnasked: Number(row.isUnasked) === 1 }))
}

type SaidColumns = Omit<SaidRow, 'isUnasked'> & { readonly isUnasked: number | bigint }

async function readFiles(
  { prisma }: Database,
  rows: readonly ClaimedRow[],
): Promise<ReadonlyMap<string, OutFileContent>> {
  const ids = rows.flatMap(({ fileId }) => fileId ?? [])
  if (ids.length === 0) return new Map()
  const files = await prisma.file.findMany({ where: { id: { in: ids } } })
  return new Map(files.map(({ id, name, bytes }) => [id, { name, bytes }]))
}

function toOutRow(row: ClaimedRow, fileById: ReadonlyMap<string, OutFileContent>): OutRow {
  const file = row.fileId === null ? undefined : fileById.get(row.fileId)
  return {
    id: String(row.id),
    attempt: Number(row.attempt),
    ...(row.officeId !== '' && { officeId: row.officeId }),
    ...(row.personId !== null && { personId: row.personId }),
    channel: row.channel,
    chat: row.chat,
    text: row.text,
    choices: readChoices(row.choices),
    ...(row.fileId !== null && file !== undefined && { file: { id: row.fileId, ...file } }),
    ...(row.link === 'upload' && { link: row.link }),
  }
}

export interface Settlement {
  readonly row: { readonly id: string; readonly attempt: number }
  readonly outcome: Outcome
  readonly at: Moment
}

/** A word that comes late still counts: the row is as it was claimed then, or its lease has merely run out. */
export async function settleAll(
  { prisma }: Database,
  batch: readonly Settlement[],
): Promise<readonly undefined[]> {
  const rows = batch.map(({ row: { id, attempt }, outcome, at }) => {
    const isAgain = outcome.type === 'retry'
    const messageId = outcome.type === 'sent' ? outcome.messageId : undefined
    const reason = outcome.type === 'refused' || outcome.type === 'unknown' ? outcome.reason : undefined
    return Prisma.sql`(CAST(${id} AS INTEGER), CAST(${attempt} AS INTEGER),
      CAST(${isAgain ? 'pending' : outcome.type} AS TEXT), CAST(${isAgain ? outcome.notBefore : null} AS TEXT),
      CAST(${isAgain ? null : at} AS TEXT), CAST(${messageId ?? null} AS TEXT), CAST(${reason ?? null} AS TEXT))`
  })
  await prisma.$executeRaw`
    WITH settled ("id", "attempt", "state", "notBefore", "settledAt", "messageId", "reason") AS (
      VALUES ${Prisma.join(rows)}
    )
    UPDATE "Outbox" SET "state" = settled."state", "notBefore" = settled."notBefore",
      "settledAt" = settled."settledAt", "messageId" = settled."messageId", "reason" = settled."reason"
    FROM settled
    WHERE "Outbox"."id" = settled."id" AND "Outbox"."attempt" = settled."attempt"
      AND "Outbox"."state" IN ('sending', 'unknown', 'pending')`
  return batch.map(() => undefined)
}

export async function countWork({ prisma }: Database): ReturnType<Store['countWork']> {
  const inboxWaiting = await prisma.inbox.count({ where: { state: 'waiting' } })
  const counts = await prisma.outbox.groupBy({ by: ['state'], _count: { _all: true } })
  const count = (state: string) => counts.find((row) => row.state === state)?._count._all ?? 0
  return {
    inboxWaiting,
    outbox: {
      pending: count('pending'),
      sending: count('sending'),
      sent: count('sent'),
      refused: count('refused'),
      unknown: count('unknown'),
    },
  }
}
