import type { Moment } from '../core/answer.ts'
import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Address, Binding } from './store.ts'

interface Post {
  readonly officeId: string
  readonly personId: string
}

export async function bind(db: Database, binding: Binding, at: Moment): Promise<void> {
  await db.prisma.$transaction((tx) => bindIn(db, tx, binding, at))
}

export async function findPerson({ prisma }: Database, address: Address): Promise<Post | undefined> {
  return (await findAddress(prisma, address)) ?? undefined
}

export async function saveInvite(
  { prisma }: Database,
  invite: Post & { readonly codeHash: string; readonly expiresAt: Moment },
): Promise<void> {
  const { codeHash, officeId, personId, expiresAt } = invite
  await prisma.invite.create({ data: { codeHash, officeId, personId, expiresAt } })
}

export async function redeemInvite(
  db: Database,
  address: Address,
  codeHash: string,
  at: Moment,
): Promise<Post | undefined> {
  return db.prisma.$transaction(async (tx) => {
    const { count } = await tx.invite.updateMany({
      where: { codeHash, spentAt: null, expiresAt: { gt: at } },
      data: { spentAt: at },
    })
    if (count === 0) return undefined
    const { officeId, personId } = await tx.invite.findUniqueOrThrow({ where: { codeHash } })
    await bindIn(db, tx, { ...address, officeId, personId }, at)
    return { officeId, personId }
  })
}

/** Someone else's address moves over to this person, and what was still to be said to the other is not said here. */
async function bindIn(
  db: Database,
  tx: Transaction,
  { channel, chat, officeId, personId }: Binding,
  at: Moment,
): Promise<void> {
  const before = await findAddress(tx, { channel, chat })
  if (before?.officeId === officeId && before.personId === personId) return
  await lockOffices(db, tx, [officeId, ...(before === null ? [] : [before.officeId])])
  await tx.address.deleteMany({ where: { channel, chat } })
  await tx.address.create({ data: { channel, chat, officeId, personId, boundAt: at } })
  await tx.outbox.updateMany({
    where: { channel, chat, state: 'pending', officeId: { not: '' }, NOT: { officeId, personId } },
    data: { state: 'refused', reason: 'the address has moved to another person', settledAt: at },
  })
}

async function lockOffices({ lockRows }: Database, tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Office" WHERE "id" IN (${Prisma.join([...ids])}) ORDER BY "id" ${lockRows}`
}

async function findAddress(tx: Transaction, { channel, chat }: Address): Promise<Post | null> {
  return tx.address.findUnique({
    where: { channel_chat: { channel, chat } },
    select: { officeId: true, personId: true },
  })
}
