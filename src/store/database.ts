import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, type PrismaClient } from './generated/sqlite/client.ts'
import { createMemory, type Memory } from './memory.ts'
import { type SqliteSettings, sqliteAdapter } from './sqlite.ts'

export type Engine = 'sqlite' | 'postgresql'
export type Transaction = Prisma.TransactionClient

/** One database, whichever the engine; written against the SQLite client, which offers the lesser of the two. */
export interface Database {
  readonly engine: Engine
  readonly prisma: PrismaClient
  readonly memory: Memory
  /** Ends a SELECT: these rows are taken, those taken by others passed over. */
  readonly takeFreeRows: Prisma.Sql
}

/** A turn may render a report; others of its office wait in line for it. */
const timeoutMs = 30_000

export async function connect(url: string, settings: Partial<SqliteSettings> = {}): Promise<Database> {
  if (url.startsWith('file:')) {
    const { PrismaClient } = await import('./generated/sqlite/client.ts')
    const prisma = new PrismaClient({
      ...clientOptions,
      adapter: sqliteAdapter(url, { ...sqliteSettings, ...settings }),
    })
    return { engine: 'sqlite', prisma, memory: createMemory(), takeFreeRows: Prisma.empty }
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { PrismaClient: Postgres } = await import('./generated/postgresql/client.ts')
    const prisma = new Postgres({
      ...clientOptions,
      adapter: postgresAdapter(url),
    }) as unknown as PrismaClient
    return {
      engine: 'postgresql',
      prisma,
      memory: createMemory(),
      takeFreeRows: Prisma.sql`FOR NO KEY UPDATE SKIP LOCKED`,
    }
  }
  throw new Error('a database address begins with file: or postgresql://')
}

const clientOptions = {
  errorFormat: 'minimal',
  transactionOptions: { maxWait: timeoutMs, timeout: timeoutMs },
} as const

const sqliteSettings: SqliteSettings = { foreignKeys: 'ON', synchronous: 'FULL', patienceMs: 5000 }

/** A process that vanished must not hold its rows for ever. */
function postgresAdapter(url: string): PrismaPg {
  return new PrismaPg({
    connectionString: url,
    lock_timeout: timeoutMs,
    idle_in_transaction_session_timeout: 2 * timeoutMs,
    connectionTimeoutMillis: 5000,
  })
}
