import type { Moment } from '../core/answer.ts'
import { readChoices } from './columns.ts'
import type { Database } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Outcome, OutFileContent, OutRow, Store } from './store.ts'

type ClaimRequest = Parameters<Store['claim']>[0]

interface ClaimedRow {
  readonly id: number | bigint
  readonly state: string
  readonly attempt: number | bigint
  readonly officeId: string
  readonly personId: string | null
  readonly channel: string
  readonly chat: string
  readonly text: string
  readonly choices: string
  readonly fileId: string | null
}

/**
 * The head of each chat's line if it is due, and the rows whose sender vanished. Whether those went
 * nobody knows, so they are sent again only where twice shows once. A head that must wait keeps the
 * rest waiting. One statement, so that two processes never take the same row.
 */
export async function claim(db: Database, request: ClaimRequest): Promise<readonly OutRow[]> {
  const { at, leaseUntil, limit, repeatable } = request
  const isRepeatable =
    repeatable.length === 0 ? Prisma.sql`1 = 0` : Prisma.sql`"channel" IN (${Prisma.join([...repeatable])})`
  const isLost = Prisma.sql`"state" = 'sending' AND "leaseUntil" <= ${at} AND NOT ${isRepeatable}`
  const rows = await db.prisma.$queryRaw<readonly ClaimedRow[]>`
    WITH due AS MATERIALIZED (
      SELECT "id" FROM "Outbox" AS head
      WHERE ("state" = 'pending' AND ("notBefore" IS NULL OR "notBefore" <= ${at})
          OR "state" = 'sending' AND "leaseUntil" <= ${at})
        AND NOT EXISTS (
          SELECT 1 FROM "Outbox"
          WHERE "state" IN ('pending', 'sending') AND "channel" = head."channel" AND "chat" = head."chat"
            AND "id" < head."id" AND NOT (${isLost})
        )
      ORDER BY "id" LIMIT ${limit} ${db.takeFreeRows}
    )
    UPDATE "Outbox" SET
      "state" = CASE WHEN ${isLost} THEN 'unknown' ELSE 'sending' END,
      "attempt" = CASE WHEN ${isLost} THEN "attempt" ELSE "attempt" + 1 END,
      "reason" = CASE WHEN ${isLost} THEN 'the sender vanished' END,
      "leaseUntil" = ${leaseUntil}
    WHERE "id" IN (SELECT "id" FROM due)
    RETURNING "id", "state", "attempt", "officeId", "personId", "channel", "chat", "text", "choices", "fileId"`
  const claimed = rows.filter(({ state }) => state === 'sending').sort((a, b) => Number(a.id) - Number(b.id))
  const fileById = await readFiles(db, claimed)
  return claimed.map((row) => toOutRow(row, fileById))
}

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
