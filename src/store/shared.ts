import type { Moment } from '../core/answer.ts'
import type { Database } from './database.ts'

interface Lease {
  readonly name: string
  readonly holder: string
  readonly until: Moment
}

/** Free, run out, or the holder's own already: then it is the holder's. */
export async function hold(
  { prisma }: Database,
  { name, holder, until }: Lease,
  at: Moment,
): Promise<boolean> {
  const held = await prisma.$executeRaw`
    INSERT INTO "Lease" ("name", "holder", "until") VALUES (${name}, ${holder}, ${until})
    ON CONFLICT ("name") DO UPDATE SET "holder" = excluded."holder", "until" = excluded."until"
    WHERE "Lease"."holder" = excluded."holder" OR "Lease"."until" <= ${at}`
  return held === 1
}

export async function letGo({ prisma }: Database, name: string, holder: string): Promise<void> {
  await prisma.lease.deleteMany({ where: { name, holder } })
}

export async function readSecret({ prisma }: Database, name: string): Promise<string | undefined> {
  const row = await prisma.secret.findFirst({
    where: { name },
    orderBy: { id: 'desc' },
    select: { secret: true },
  })
  return row?.secret
}

export async function keepSecret(
  { prisma }: Database,
  name: string,
  { secret, at }: { readonly secret: string; readonly at: Moment },
): Promise<void> {
  await prisma.secret.create({ data: { name, secret, at } })
}
