import { randomUUID } from 'node:crypto'
import type { Moment } from '../core/answer.ts'
import { redeemInvite } from './address.ts'
import { readInFiles } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Address, Inbound, Store, StoredInbound } from './store.ts'

/** After so many failed turns a message is put aside, so that those behind it come through. */
const failuresAllowed = 3

/** A redelivery within the batch is known, too. A message and the bytes of its files are kept together. */
export async function takeInAll(
  db: Database,
  batch: readonly Inbound[],
): Promise<readonly ('new' | 'known')[]> {
  const { prisma } = db
  const isPlain = ({ files, codeHash }: Inbound) =>
    codeHash === undefined && files.every(({ bytes }) => bytes === undefined)
  if (batch.every(isPlain)) return insert(prisma, batch.map(withoutFiles))
  return prisma.$transaction(async (tx) => {
    const incoming: Incoming[] = []
    for (const inbound of batch) incoming.push(await nameFiles(tx, await withCodeRedeemed(db, tx, inbound)))
    const taken = await insert(tx, incoming)
    for (const [index, { files }] of incoming.entries()) {
      if (taken[index] === 'known') continue
      for (const file of files) if (file.kept) await tx.file.create({ data: file.kept })
    }
    return taken
  })
}

/** Once, however often the message is delivered. */
async function withCodeRedeemed(db: Database, tx: Transaction, inbound: Inbound): Promise<Inbound> {
  const { channel, chat, updateId, codeHash, at } = inbound
  if (codeHash === undefined) return inbound
  const known = await tx.inbox.findUnique({ where: { channel_updateId: { channel, updateId } } })
  if (known !== null) return inbound
  return { ...inbound, note: JSON.stringify(await redeemInvite(db, tx, { channel, chat, codeHash, at })) }
}

/** A message with its files as they are to be kept. */
interface Incoming {
  readonly inbound: Inbound
  readonly files: readonly {
    readonly listed: StoredInbound['files'][number]
    readonly kept?: {
      readonly id: string
      readonly officeId: string
      readonly name: string
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  }[]
}

function withoutFiles(inbound: Inbound): Incoming {
  return { inbound, files: inbound.files.map((file) => ({ listed: listed(file) })) }
}

function listed({ name, size, ref }: Inbound['files'][number]): StoredInbound['files'][number] {
  return { name, size, ...(ref !== undefined && { ref }) }
}

/** Bytes are kept for the office of whoever sent them: what a stranger sends, or a group, is known by its name only. */
async function nameFiles(tx: Transaction, inbound: Inbound): Promise<Incoming> {
  const { channel, chat, sender, files } = inbound
  const hasBytes = sender === undefined && files.some(({ bytes }) => bytes !== undefined)
  const owner = hasBytes
    ? await tx.address.findUnique({ where: { channel_chat: { channel, chat } }, select: { officeId: true } })
    : null
  if (owner === null) return withoutFiles(inbound)
  const { officeId } = owner
  return {
    inbound,
    files: files.map((file) => {
      const { name, size, bytes } = file
      if (bytes === undefined) return { listed: listed(file) }
      const id = randomUUID()
      return { listed: { name, size, id }, kept: { id, officeId, name, bytes: Uint8Array.from(bytes) } }
    }),
  }
}

async function insert(
  tx: Pick<Transaction, '$queryRaw'>,
  batch: readonly Incoming[],
): Promise<readonly ('new' | 'known')[]> {
  const rows = batch.map(({ inbound: { channel, updateId, chat, text, at, edits, sender, note }, files }) => {
    const list = JSON.stringify(files.map((file) => file.listed))
    return Prisma.sql`(${channel}, ${updateId}, ${chat}, ${withoutNul(text)}, ${list}, ${at}, ${edits ?? null},
      ${sender ?? null}, ${note ?? null})`
  })
  const kept = await tx.$queryRaw<readonly Pick<Inbound, 'channel' | 'updateId'>[]>`
    INSERT INTO "Inbox" ("channel", "updateId", "chat", "text", "files", "at", "edits", "sender", "note")
    VALUES ${Prisma.join(rows)}
    ON CONFLICT ("channel", "updateId") DO NOTHING RETURNING "channel", "updateId"`
  const fresh = new Set(kept.map(nameOf))
  return batch.map(({ inbound }) => (fresh.delete(nameOf(inbound)) ? 'new' : 'known'))
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

/** Whoever the chat belongs to now; in a group, the chat of whoever wrote. */
const itsAddress = Prisma.sql`"Address" AS a
  WHERE a."channel" = "Inbox"."channel" AND a."chat" = COALESCE("Inbox"."sender", "Inbox"."chat")`
const itsOwner = Prisma.sql`
  "officeId" = (SELECT "officeId" FROM ${itsAddress}), "personId" = (SELECT "personId" FROM ${itsAddress})`

interface TakenRow {
  readonly id: number | bigint
  readonly updateId: string
  readonly text: string
  readonly files: string
  readonly at: string
  readonly failures: number | bigint
  readonly edits: string | null
  readonly sender: string | null
  readonly note: string | null
  readonly officeId: string | null
  readonly personId: string | null
  readonly behind: number | bigint
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
    RETURNING "id", "updateId", "text", "files", "at", "failures", "edits", "sender", "note", "officeId", "personId",
      CASE WHEN EXISTS (SELECT 1 FROM "Inbox" AS next WHERE next."state" = 'waiting' AND next."channel" = ${channel}
        AND next."chat" = ${chat} AND next."id" > "Inbox"."id") THEN 1 ELSE 0 END AS "behind"`
  if (row === undefined) return undefined
  const { id, updateId, text, files, at, failures, edits, sender, note, officeId, personId, behind } = row
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
      isLast: Number(behind) === 0,
      ...(edits !== null && { edits }),
      ...(sender !== null && { sender }),
      ...(note !== null && { note }),
    },
    officeId: officeId ?? undefined,
    personId: personId ?? undefined,
  }
}

/** The bytes of files that came by reference are kept for the office of whoever sent them; from then on they are as if they had come along. */
export async function keepFetched(
  { prisma }: Database,
  inboundId: string,
  fetched: Parameters<Store['keepFetched']>[1],
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const row = await tx.inbox.findUniqueOrThrow({ where: { id: Number(inboundId) } })
    const { channel, chat } = row
    const owner = await tx.address.findUnique({ where: { channel_chat: { channel, chat } } })
    const files = await Promise.all(
      readInFiles(row.files).map(async ({ name, size, id, ref }) => {
        const bytes = fetched.find((one) => one.ref === ref)?.bytes
        if (bytes === undefined || owner === null) return { name, size, ...(id !== undefined && { id }) }
        const kept = randomUUID()
        await tx.file.create({
          data: { id: kept, officeId: owner.officeId, name, bytes: Uint8Array.from(bytes) },
        })
        return { name, size: bytes.length, id: kept }
      }),
    )
    await tx.inbox.update({ where: { id: row.id }, data: { files: JSON.stringify(files) } })
  })
}

/** Of another chat nothing is told, even where its updates are numbered alike. */
export async function findWords(
  tx: Transaction,
  inbound: Address | undefined,
  updateId: string,
): Promise<string | undefined> {
  if (inbound === undefined) return undefined
  const { channel, chat } = inbound
  const row = await tx.inbox.findFirst({ where: { channel, updateId, chat }, select: { text: true } })
  return row?.text
}
