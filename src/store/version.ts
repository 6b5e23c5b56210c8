import { randomUUID } from 'node:crypto'
import type { Transaction } from './database.ts'
import type { Deed, StoredVersion } from './store.ts'

/** Oldest first. */
export async function readVersions(
  tx: Transaction,
  officeId: string,
  periodKey: string,
): Promise<readonly StoredVersion[]> {
  const rows = await tx.version.findMany({ where: { officeId, periodKey }, orderBy: { n: 'asc' } })
  return rows.map(({ n, at, by, sha256, fileId, isApproved }) => ({
    n,
    at,
    by,
    sha256,
    fileId,
    isApproved: isApproved === 1,
  }))
}

/** Each with its file, which stays as it was handed out. */
export async function keepVersions(
  tx: Transaction,
  officeId: string,
  { versions, at }: Pick<Deed, 'versions' | 'at'>,
): Promise<void> {
  for (const { periodKey, n, by, sha256, isApproved, file } of versions) {
    const fileId = randomUUID()
    await tx.file.create({
      data: { id: fileId, officeId, name: file.name, bytes: Uint8Array.from(file.bytes) },
    })
    await tx.version.create({
      data: { officeId, periodKey, n, at, by, sha256, fileId, isApproved: isApproved ? 1 : 0 },
    })
  }
}
