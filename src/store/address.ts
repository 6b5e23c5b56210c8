import type { Moment } from '../core/answer.ts'
import { addMinutes } from '../core/calendar.ts'
import { readInFiles } from './columns.ts'
import type { Database, Transaction } from './database.ts'
import { countWrite } from './office.ts'
import type { Address, Binding, Redeemed, StoredAddress } from './store.ts'

/** After so many wrong codes within the hour a chat's codes are looked at no more. */
const triesAllowed = 5
const triesMinutes = 60

interface Post {
  readonly officeId: string
  readonly personId: string
}

export async function bind({ prisma }: Database, binding: Binding, at: Moment): Promise<void> {
  await prisma.$transaction((tx) => bindIn(tx, binding, at))
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

/** Kept together with the message the code came in, so that a redelivery neither spends nor tries it again. */
export async function redeemInvite(
  { engine }: Pick<Database, 'engine'>,
  tx: Transaction,
  { channel, chat, codeHash, at }: Address & { readonly codeHash: string; readonly at: Moment },
): Promise<Redeemed> {
  // On SQLite the transaction has the file to itself.
  if (engine === 'postgresql')
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`${channel} ${chat}`}))`
  const tries = await tx.wrongCode.count({
    where: { channel, chat, at: { gt: addMinutes(at, -triesMinutes) } },
  })
  if (tries >= triesAllowed) return { type: 'locked' }
  const { count } = await tx.invite.updateMany({
    where: { codeHash, spentAt: null, expiresAt: { gt: at } },
    data: { spentAt: at },
  })
  if (count === 0) {
    await tx.wrongCode.create({ data: { channel, chat, at } })
    return { type: 'wrong', left: triesAllowed - tries - 1 }
  }
  const { officeId, personId } = await tx.invite.findUniqueOrThrow({ where: { codeHash } })
  const before = await findAddress(tx, { channel, chat })
  const known = await tx.address.findMany({
    where: { officeId, personId, NOT: { channel, chat } },
    select: { channel: true },
    orderBy: { id: 'asc' },
  })
  await bindIn(tx, { channel, chat, officeId, personId }, at)
  const isMoved = before !== null && (before.officeId !== officeId || before.personId !== personId)
  return {
    type: 'bound',
    officeId,
    personId,
    others: known.map((one) => one.channel),
    ...(isMoved && { from: before.personId }),
  }
}

/** Someone else's address moves over to this person, and what was still to be said to the other is not said here. */
async function bindIn(
  tx: Transaction,
  { channel, chat, officeId, personId }: Binding,
  at: Moment,
): Promise<void> {
  const before = await findAddress(tx, { channel, chat })
  if (before?.officeId === officeId && before.personId === personId) return
  await countWrite(tx, [officeId, ...(before === null ? [] : [before.officeId])])
  await tx.address.deleteMany({ where: { channel, chat } })
  await tx.address.create({ data: { channel, chat, officeId, personId, boundAt: at } })
  await tx.outbox.updateMany({
    where: { channel, chat, state: 'pending', officeId: { not: '' }, NOT: { officeId, personId } },
    data: { state: 'refused', reason: 'the address has moved to another person', settledAt: at },
  })
}

async function findAddress(tx: Transaction, { channel, chat }: Address): Promise<Post | null> {
  return tx.address.findUnique({
    where: { channel_chat: { channel, chat } },
    select: { officeId: true, personId: true },
  })
}

/** Each person's in the order they are to be written to: what they chose last, then as they were bound. */
export async function readAddresses(tx: Transaction, officeId: string): Promise<readonly StoredAddress[]> {
  const rows = await tx.address.findMany({ where: { officeId }, orderBy: { id: 'asc' } })
  const chosen = (at: string | null) => at ?? ''
  return rows
    .toSorted((one, other) =>
      chosen(one.preferredAt) < chosen(other.preferredAt)
        ? 1
        : chosen(one.preferredAt) > chosen(other.preferredAt)
          ? -1
          : 0,
    )
    .map(({ channel, chat, personId, boundAt, preferredAt, closedReason }) => ({
      channel,
      chat,
      personId,
      boundAt,
      isPreferred: preferredAt !== null,
      ...(closedReason !== null && { closed: closedReason }),
    }))
}

export async function closeAddress(
  { prisma }: Database,
  { channel, chat }: Address,
  { reason, at }: { readonly reason: string; readonly at: Moment },
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const owner = await findAddress(tx, { channel, chat })
    if (owner === null) return
    await countWrite(tx, [owner.officeId])
    await tx.address.updateMany({
      where: { channel, chat, closedAt: null },
      data: { closedAt: at, closedReason: reason },
    })
  })
}

/** Messages of a chat, their files and its binding go; what was answered is the office's and stays. */
export async function forget(
  { prisma }: Database,
  { channel, chat }: Address,
  { since, at }: { readonly since: Moment; readonly at: Moment },
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const owner = await tx.address.findUnique({ where: { channel_chat: { channel, chat } } })
    if (owner !== null && owner.boundAt > since) return
    if (owner !== null) await countWrite(tx, [owner.officeId])
    await tx.address.deleteMany({ where: { channel, chat } })
    await tx.link.deleteMany({ where: { channel, chat } })
    const said = { channel, OR: [{ chat }, { sender: chat }] }
    const files = (
      await tx.inbox.findMany({ where: { ...said, files: { not: '[]' } }, select: { files: true } })
    )
      .flatMap(({ files }) => readInFiles(files))
      .flatMap(({ id }) => id ?? [])
    await tx.file.deleteMany({ where: { id: { in: files } } })
    await tx.inbox.updateMany({ where: said, data: { text: '', files: '[]', state: 'done' } })
    const heard = { channel, chat }
    await tx.outbox.updateMany({
      where: { ...heard, state: 'pending' },
      data: { state: 'refused', reason: 'the person has withdrawn', settledAt: at },
    })
    await tx.outbox.updateMany({ where: heard, data: { text: '', choices: '[]' } })
    if (owner === null) return
    const { officeId, personId } = owner
    const left = await tx.address.count({ where: { officeId, personId } })
    if (left === 0) await tx.talk.deleteMany({ where: { officeId, personId } })
    const detail = JSON.stringify({ channel })
    await tx.audit.create({ data: { officeId, at, actor: personId, action: 'withdraw', detail } })
  })
}

/** What waits for a group under its old name is said under the new one. */
export async function moveChat({ prisma }: Database, { channel, chat }: Address, to: string): Promise<void> {
  await prisma.outbox.updateMany({ where: { channel, chat, state: 'pending' }, data: { chat: to } })
}
