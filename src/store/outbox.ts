import type { Moment } from '../core/answer.ts'
import { readChoices } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Address, Outcome, OutFileContent, OutRow, SaidRow, Store, UnsureRow } from './store.ts'

type ClaimRequest = Parameters<Store['claim']>[0]

interface ClaimedRow {
  readonly id: number | bigint
  readonly key: string
  readonly at: string
  readonly attempt: number | bigint
  readonly isUnasked: number | bigint
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
        AND (head."personId" IS NULL OR EXISTS (
          SELECT 1 FROM "Address" AS a WHERE a."channel" = head."channel" AND a."chat" = head."chat"
            AND a."officeId" = head."officeId" AND a."personId" = head."personId"
        ))
      ORDER BY "isUnasked", "id" LIMIT ${limit} ${db.takeFreeRows}
    )
    UPDATE "Outbox" SET "state" = 'sending', "attempt" = "attempt" + 1, "leaseUntil" = ${leaseUntil}
    WHERE "id" IN (SELECT "id" FROM due)
    RETURNING "id", "key", "at", "attempt", "isUnasked", "officeId", "personId", "channel", "chat", "text", "choices", "fileId", "link"`
  const claimed = rows.toSorted((a, b) => Number(a.id) - Number(b.id))
  const fileById = await readFiles(db, claimed)
  return claimed.map((row) => toOutRow(row, fileById))
}

/** Whose words they are may have lost the chat since; what is said in a group is nobody's. */
const isTheirs = Prisma.sql`("personId" IS NULL OR EXISTS (
  SELECT 1 FROM "Address" AS a WHERE a."channel" = "Outbox"."channel" AND a."chat" = "Outbox"."chat"
    AND a."officeId" = "Outbox"."officeId" AND a."personId" = "Outbox"."personId"))`

export async function hasDue({ prisma }: Database, channel: string, at: Moment): Promise<boolean> {
  const row = await prisma.outbox.findFirst({
    where: { state: 'pending', channel, OR: [{ notBefore: null }, { notBefore: { lte: at } }] },
    select: { id: true },
  })
  return row !== null
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
  await prisma.$executeRaw`
    UPDATE "Outbox" SET "state" = 'refused', "reason" = 'the chat is another person''s', "settledAt" = ${at}
    WHERE "state" = 'pending' AND NOT ${isTheirs}`
}

/** The newest such message: what arrived is what was sent last. */
export async function confirmArrival(
  { prisma }: Database,
  { channel, chat }: Address,
  {
    isIt,
    messageId,
    at,
  }: { readonly isIt: (text: string) => boolean; readonly messageId?: string; readonly at: Moment },
): Promise<boolean> {
  const rows = await prisma.outbox.findMany({
    where: { state: { in: ['unknown', 'sending'] }, channel, chat },
    orderBy: { id: 'desc' },
    select: { id: true, text: true },
  })
  const found = rows.find(({ text }) => isIt(text))
  if (!found) return false
  const { count } = await prisma.outbox.updateMany({
    where: { id: found.id, state: { in: ['unknown', 'sending'] } },
    data: { state: 'sent', messageId: messageId ?? null, settledAt: at },
  })
  return count === 1
}

/** Messages to its people nobody knows the end of. */
export async function readUnsure(tx: Transaction, officeId: string): Promise<readonly UnsureRow[]> {
  return findUnsure(tx, { officeId })
}

/** Of an alert that may not have arrived no alert is made. */
const ALERTS = ['unsure:', 'unreachable:', 'trouble:', 'looping:']

export async function listUnsure({ prisma }: Database, since: Moment): ReturnType<Store['listUnsure']> {
  const isAlert = ALERTS.map((prefix) => ({ key: { startsWith: prefix } }))
  return findUnsure(prisma, { officeId: { not: '' }, at: { gte: since }, NOT: { OR: isAlert } })
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

const LARGEST_ID = 2 ** 31 - 1

/** The last message with quick replies in a chat. */
export async function findLastChoices(
  tx: Transaction,
  address: Address | undefined,
): Promise<string | undefined> {
  if (address === undefined) return undefined
  const { channel, chat } = address
  const row = await tx.outbox.findFirst({
    where: { channel, chat, choices: { not: '[]' }, state: { not: 'refused' } },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return row === null ? undefined : String(row.id)
}

export async function readChoice(
  { prisma }: Database,
  { channel, chat }: Address,
  { messageId, choice }: { readonly messageId: string; readonly choice: number },
): Promise<string | undefined> {
  if (!/^\d{1,10}$/.test(messageId) || Number(messageId) > LARGEST_ID) return undefined
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
    key: row.key,
    at: row.at,
    attempt: Number(row.attempt),
    isUnasked: Number(row.isUnasked) === 1,
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

function reasonOf(outcome: Outcome): string | null {
  if (outcome.type === 'overtaken') return OVERTAKEN
  return outcome.type === 'refused' || outcome.type === 'unknown' ? outcome.reason : null
}

/** Its key is free for the message that will come in its place. */
const OVERTAKEN = 'overtaken'

/** A word that comes late still counts: the row is as it was claimed then, or its lease has merely run out. */
export async function settleAll(
  { prisma }: Database,
  batch: readonly Settlement[],
): Promise<readonly undefined[]> {
  const rows = batch.map(({ row: { id, attempt }, outcome, at }) => {
    const isAgain = outcome.type === 'retry'
    const messageId = outcome.type === 'sent' ? outcome.messageId : undefined
    const state = isAgain ? 'pending' : outcome.type === 'overtaken' ? 'refused' : outcome.type
    return Prisma.sql`(CAST(${id} AS INTEGER), CAST(${attempt} AS INTEGER),
      CAST(${state} AS TEXT), CAST(${isAgain ? outcome.notBefore : null} AS TEXT),
      CAST(${isAgain ? null : at} AS TEXT), CAST(${messageId ?? null} AS TEXT), CAST(${reasonOf(outcome)} AS TEXT))`
  })
  const undone = batch.flatMap(({ outcome }) => (outcome.type === 'overtaken' ? outcome.deed : []))
  const settle = prisma.$executeRaw`
    WITH settled ("id", "attempt", "state", "notBefore", "settledAt", "messageId", "reason") AS (
      VALUES ${Prisma.join(rows)}
    )
    UPDATE "Outbox" SET "state" = settled."state", "notBefore" = settled."notBefore",
      "settledAt" = settled."settledAt", "messageId" = settled."messageId", "reason" = settled."reason",
      "key" = CASE WHEN settled."reason" = ${OVERTAKEN} THEN "key" || ':' || settled."id" ELSE "key" END
    FROM settled
    WHERE "Outbox"."id" = settled."id" AND "Outbox"."attempt" = settled."attempt"
      AND "Outbox"."state" IN ('sending', 'unknown', 'pending')`
  if (undone.length === 0) await settle
  else await prisma.$transaction([settle, prisma.deed.deleteMany({ where: { OR: undone } })])
  return batch.map(() => undefined)
}

export async function countSent({ prisma }: Database, channel: string, since: Moment): Promise<number> {
  return prisma.outbox.count({
    where: { channel, state: { in: ['sent', 'unknown'] }, settledAt: { gte: since } },
  })
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
