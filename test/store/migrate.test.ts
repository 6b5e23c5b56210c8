import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { diff } from '../../prisma/diff.ts'
import { schemaFor } from '../../prisma/schema.ts'
import { connect, type Database, type Engine } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { createDatabase, createFolder, engines } from './engines.ts'

describe.each(engines)('migrations on %s', (engine) => {
  test('lead to the very tables of schema.prisma', async () => {
    const url = await createDatabase(engine)
    await migrate(url)
    const migrated = await connect(url)
    const fromSchema = await connect(await createDatabase(engine))
    for (const statement of (await diff(engine, undefined, schemaFor(engine))).split(/;\s*$/m)) {
      if (/^[^-\s]/m.test(statement)) await fromSchema.prisma.$executeRawUnsafe(statement)
    }

    const tables = await describeTables(migrated)
    expect(tables).toEqual(await describeTables(fromSchema))
    expect(tables.length).toBeGreaterThan(100)
    await Promise.all([migrated.prisma.$disconnect(), fromSchema.prisma.$disconnect()])
  })

  test('are applied once by any number of processes that start together', async () => {
    const url = await createDatabase(engine)
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(url)))
    await Promise.all(stores.map((store) => store.close()))

    const database = await connect(url)
    const applied = await database.prisma.migration.findMany({ orderBy: { name: 'asc' } })
    expect(applied.map(({ name }) => name)).toEqual(listNames(engine))
    await database.prisma.$disconnect()
  })

  test('refuse to start when one that was applied has been edited since', async () => {
    const { url, home, folder } = await migrateCopy(engine)
    const file = join(folder, listNames(engine)[0] ?? '', 'migration.sql')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- a second thought\n`)

    await expect(migrate(url, home)).rejects.toThrow(/_first was edited/)
  })

  test('keep nothing of one that fails half-way', async () => {
    const { url, home, folder } = await migrateCopy(engine)
    const broken = join(folder, '99990101000000_broken')
    cpSync(join(folder, listNames(engine)[0] ?? ''), broken, { recursive: true })
    writeFileSync(
      join(broken, 'migration.sql'),
      'CREATE TABLE "Half" ("id" INTEGER);\n\nCREATE TABLE "Half" ("id" INTEGER);\n',
    )

    await expect(migrate(url, home)).rejects.toThrow(/_broken could not be applied/)
    const database = await connect(url)
    await expect(database.prisma.$queryRawUnsafe('SELECT * FROM "Half"')).rejects.toThrow()
    expect(await database.prisma.migration.count()).toBe(listNames(engine).length)
    await database.prisma.$disconnect()
  })

  test('refuse a database that a newer program has changed', async () => {
    const url = await createDatabase(engine)
    await migrate(url)
    const database = await connect(url)
    await database.prisma.migration.create({
      data: { name: '99990101000000_later', checksum: '', appliedAt: '' },
    })

    await expect(migrate(url)).rejects.toThrow(/newer than this program/)
    await database.prisma.$disconnect()
  })
})

async function migrateCopy(engine: Engine) {
  const copy = createFolder()
  const folder = join(copy, engine)
  cpSync(join('prisma/migrations', engine), folder, { recursive: true })
  const url = await createDatabase(engine)
  const home = pathToFileURL(`${copy}/`)
  await migrate(url, home)
  return { url, home, folder }
}

function listNames(engine: Engine): readonly string[] {
  return readdirSync(join('prisma/migrations', engine))
    .filter((name) => /^\d/.test(name))
    .sort()
}

/** One line a column, index column and foreign key. */
async function describeTables({ engine, prisma }: Database): Promise<readonly string[]> {
  const queries = engine === 'sqlite' ? sqliteCatalogue : postgresCatalogue
  const rows: string[] = []
  for (const query of queries) {
    for (const row of await prisma.$queryRawUnsafe<readonly object[]>(query)) {
      rows.push(JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? Number(value) : value)))
    }
  }
  return rows.sort()
}

const sqliteCatalogue = [
  `SELECT t.name AS tbl, c.name, c.type, c."notnull", c.dflt_value, c.pk
     FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'`,
  `SELECT t.name AS tbl, i.name, i."unique", i.origin, c.seqno, c.name AS col
     FROM sqlite_master AS t, pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c WHERE t.type = 'table'`,
  `SELECT t.name AS tbl, f."table", f."from", f."to", f.on_update, f.on_delete
     FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'`,
]

const postgresCatalogue = [
  `SELECT table_name, column_name, data_type, is_nullable, column_default
     FROM information_schema.columns WHERE table_schema = 'public'`,
  `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'`,
  `SELECT conrelid::regclass::text AS tbl, conname, pg_get_constraintdef(oid) AS def
     FROM pg_constraint WHERE connamespace = 'public'::regnamespace`,
]
