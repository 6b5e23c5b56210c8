import type { Moment } from '../core/answer.ts'
import { readInFiles } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Address, Inbound, StoredInbound } from './store.ts'

/** After so many failed turns a message is put aside, so that those behind it come through. */
const failuresAllowed = 3

/** A redelivery within the batch is known, too. */
export async function takeInAll(
  { prisma }: Database,
  batch: readonly Inbound[],
): Promise<readonly ('new' | 'known')[]> {
  const rows = batch.map(
    ({ channel, updateId, chat, text, files, at }) =>
      Prisma.sql`(${channel}, ${updateId}, ${chat}, ${withoutNul(text)}, ${JSON.stringify(files)}, ${at})`,
  )
  const kept = await prisma.$queryRaw<readonly Pick<Inbound, 'channel' | 'updateId'>[]>`
    INSERT INTO "Inbox" ("channel", "updateId", "chat", "text", "files", "at") VALUES ${Prisma.join(rows)}
    ON CONFLICT ("channel", "updateId") DO NOTHING RETURNING "channel", "updateId"`
  const fresh = new Set(kept.map(nameOf))
  return batch.map((inbound) => (fresh.delete(nameOf(inbound)) ? 'new' : 'known'))
}

function nameOf({ channel, updateId }: Pick<Inbound, 'channel' | 'updateId'>): string {
  return JSON.stringify([channel, updateId])
}

/** The one character PostgreSQL cannot keep in a text. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

export async function listWaiting({ prisma }: Database): Promise<readonly Address[]> {
  const chats = await prisma.inbox.groupBy({
    by: ['channel', 'chat'],
    where: { state: 'waiting' },
    orderBy: { _min: { id: 'asc' } },
  })
  return chats.map(({ channel, chat }) => ({ channel, chat }))
}

export async function noteFailure(
  { prisma }: Database,
  inboundId: string,
  incident: string,
  at: Moment,
): Promise<{ readonly isGivenUp: boolean }> {
  const rows = await prisma.$queryRaw<readonly { readonly state: string }[]>`
    UPDATE "Inbox" SET "failures" = "failures" + 1, "incident" = ${incident}, "failedAt" = ${at}, ${itsOwner},
      "state" = CASE WHEN "failures" + 1 >= ${failuresAllowed} THEN 'givenUp' ELSE "state" END
    WHERE "id" = ${Number(inboundId)} AND "state" = 'waiting'
    RETURNING "state"`
  return { isGivenUp: rows[0]?.state === 'givenUp' }
}

/** Whoever the chat belongs to now. */
const itsOwner = Prisma.sql`
  "officeId" = (SELECT "officeId" FROM "Address" AS a WHERE a."channel" = "Inbox"."channel" AND a."chat" = "Inbox"."chat"),
  "personId" = (SELECT "personId" FROM "Address" AS a WHERE a."channel" = "Inbox"."channel" AND a."chat" = "Inbox"."chat")`

interface TakenRow {
  readonly id: number | bigint
  readonly updateId: string
  readonly text: string
  readonly files: string
  readonly at: string
  readonly failures: number | bigint
  readonly officeId: string | null
  readonly personId: string | null
}

export interface Taken {
  readonly inbound: StoredInbound
  readonly officeId: string | undefined
  readonly personId: string | undefined
}

/** Marks the oldest waiting message of a chat done; that holds only if the turn does. */
export async function takeOldest(tx: Transaction, { channel, chat }: Address): Promise<Taken | undefined> {
  const [row] = await tx.$queryRaw<readonly TakenRow[]>`
    UPDATE "Inbox" SET "state" = 'done', ${itsOwner}
    WHERE "state" = 'waiting' AND "id" = (
      SELECT min("id") FROM "Inbox" WHERE "state" = 'waiting' AND "channel" = ${channel} AND "chat" = ${chat}
    )
    RETURNING "id", "updateId", "text", "files", "at", "failures", "officeId", "personId"`
  if (row === undefined) return undefined
  const { id, updateId, text, files, at, failures, officeId, personId } = row
  return {
    inbound: {
      id: String(id),
      channel,
      chat,
      updateId,
      text,
      files: readInFiles(files),
      at,
      failures: Number(failures),
    },
    officeId: officeId ?? undefined,
    personId: personId ?? undefined,
  }
}
