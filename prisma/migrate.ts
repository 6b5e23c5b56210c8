/**
 * `tsx prisma/migrate.ts NAME` writes a migration for each engine: the way from the schema as it was
 * at the last migration (migrations/last.prisma) to the schema as it is. Read both before committing;
 * what Prisma cannot say (triggers) is added by hand. Applied at start by src/store/migrate.ts.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { diff } from './diff.ts'
import { type Engine, engines, schemaFor, withProvider } from './schema.ts'

const migrations = new URL('migrations/', import.meta.url)
const last = new URL('last.prisma', migrations)

async function write(engine: Engine, folder: string): Promise<void> {
  const before = existsSync(last) ? withProvider(readFileSync(last, 'utf8'), engine) : undefined
  const sql = await diff(engine, before, schemaFor(engine))
  const target = new URL(`${engine}/${folder}/`, migrations)
  mkdirSync(target, { recursive: true })
  writeFileSync(new URL('migration.sql', target), sql)
  writeFileSync(
    new URL(`${engine}/migration_lock.toml`, migrations),
    `# Prisma's own mark of a migrations folder.\nprovider = "${engine}"\n`,
  )
}

const name = process.argv[2]
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: tsx prisma/migrate.ts name_in_small_letters')
  process.exit(2)
}
const stamp = new Date().toISOString().replaceAll(/[-T:]/g, '').slice(0, 14)
for (const engine of engines) await write(engine, `${stamp}_${name}`)
writeFileSync(last, readFileSync(new URL('schema.prisma', import.meta.url)))
console.log(`prisma/migrations/{${engines.join(',')}}/${stamp}_${name}/migration.sql`)
