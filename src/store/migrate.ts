import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Database, type Engine, type Transaction } from './database.ts'

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** Any number, the same in every process. */
const lockNumber = 20250301

const ours = new URL('../../prisma/migrations/', import.meta.url)

/** Brings the database up to date. Each migration and its record are kept together; several processes may start at once. */
export async function migrate(url: string, home = ours): Promise<void> {
  const database = await connect(url, { foreignKeys: 'OFF' })
  try {
    const migrations = readMigrations(new URL(`${database.engine}/`, home))
    const applied = await listApplied(database.engine, database.prisma)
    refuseStrange(migrations, applied)
    for (const migration of migrations) {
      if (!applied.has(migration.name)) await apply(database, migration)
    }
  } finally {
    await database.prisma.$disconnect()
  }
}

function readMigrations(folder: URL): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8').replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** The table of migrations is itself made by the first, so here is the one place that asks whether it is there. */
async function listApplied(engine: Engine, tx: Transaction): Promise<ReadonlyMap<string, string>> {
  const [table] = await tx.$queryRawUnsafe<readonly { readonly n: number | bigint }[]>(
    engine === 'sqlite'
      ? `SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'Migration'`
      : `SELECT count(*) AS n FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'Migration'`,
  )
  if (Number(table?.n) === 0) return new Map()
  const rows = await tx.migration.findMany()
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

function refuseStrange(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  for (const { name, checksum } of migrations) {
    const kept = applied.get(name)
    if (kept !== undefined && kept !== checksum) {
      throw new Error(`migration ${name} was edited after it had been applied: write a new one instead`)
    }
  }
  const known = new Set(migrations.map(({ name }) => name))
  const strange = [...applied.keys()].find((name) => !known.has(name))
  if (strange !== undefined)
    throw new Error(`the database is newer than this program: it has migration ${strange}`)
}

async function apply({ engine, prisma }: Database, migration: Migration): Promise<void> {
  try {
    await prisma.$transaction(async (tx) => {
      // SQLite's transaction has locked the file already.
      if (engine === 'postgresql') await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(${lockNumber})`)
      // Asked again under the lock: another process may have been quicker.
      if (!(await listApplied(engine, tx)).has(migration.name)) await run(engine, tx, migration)
    })
  } catch (cause) {
    throw new Error(`migration ${migration.name} could not be applied`, { cause })
  }
}

async function run(engine: Engine, tx: Transaction, { name, sql, checksum }: Migration): Promise<void> {
  for (const statement of sql.split(/;[ \t]*$/m)) {
    if (/^[^-\s]/m.test(statement)) await tx.$executeRawUnsafe(statement)
  }
  if (engine === 'sqlite') {
    const dangling = await tx.$queryRawUnsafe<readonly unknown[]>('PRAGMA foreign_key_check')
    if (dangling.length > 0) throw new Error('rows would point at nothing')
  }
  await tx.$executeRaw`INSERT INTO "Migration" ("name", "checksum", "appliedAt")
    VALUES (${name}, ${checksum}, CAST(CURRENT_TIMESTAMP AS TEXT))`
}
