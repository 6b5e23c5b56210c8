import type { Moment } from '../core/answer.ts'
import type { Database } from './database.ts'
import type { StoredLink } from './store.ts'

export async function saveLink({ prisma }: Database, link: StoredLink): Promise<void> {
  await prisma.link.create({ data: { ...link } })
}

/** Neither spent nor too old. */
export async function readLink(
  { prisma }: Database,
  id: string,
  at: Moment,
): Promise<StoredLink | undefined> {
  const row = await prisma.link.findFirst({ where: { id, spentAt: null, expiresAt: { gt: at } } })
  if (row === null) return undefined
  const { purpose, officeId, personId, channel, chat, fileId, expiresAt } = row
  return {
    id,
    purpose: purpose === 'upload' ? 'upload' : 'download',
    officeId,
    personId,
    channel,
    chat,
    expiresAt,
    ...(fileId !== null && { fileId }),
  }
}

export async function spendLink({ prisma }: Database, id: string, at: Moment): Promise<boolean> {
  const { count } = await prisma.link.updateMany({
    where: { id, spentAt: null, expiresAt: { gt: at } },
    data: { spentAt: at },
  })
  return count === 1
}
