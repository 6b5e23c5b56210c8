/**
 * Makes both Prisma clients from the one schema, without reaching for anything on the network.
 * Runs after every install: quick, silent, and done at once when nothing has changed.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Engine, engines, schemaFor } from './schema.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = fileURLToPath(new URL('../src/store/generated/', import.meta.url))
const require = createRequire(import.meta.url)
const prisma = require.resolve('prisma/build/index.js')
const { version } = require('prisma/package.json') as { version: string }

async function generate(engine: Engine): Promise<void> {
  const schema = `${schemaFor(engine)}\n// Prisma ${version}\n`
  const done = `${out}${engine}.prisma`
  if (existsSync(done) && existsSync(`${out}${engine}/client.ts`) && readFileSync(done, 'utf8') === schema)
    return
  const next = `${out}${engine}.next.prisma`
  writeFileSync(next, schema)
  await promisify(execFile)(process.execPath, [prisma, 'generate', '--no-hints', '--schema', next], {
    cwd: root,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  })
  renameSync(next, done)
}

mkdirSync(out, { recursive: true })
await Promise.all(engines.map(generate))
