import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { Engine } from './schema.ts'

/** The SQL that leads from one schema to another, worked out offline; from nothing when `from` is undefined. */
export async function diff(engine: Engine, from: string | undefined, to: string): Promise<string> {
  loadOnce()
  const schemaEngine = await bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', to]] },
    () => undefined,
    noDatabase(engine),
  )
  try {
    const { stdout } = await schemaEngine.diff({
      from: from === undefined ? { tag: 'empty' } : datamodel(from),
      to: datamodel(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return (stdout ?? '').replace(createSchema, '')
  } finally {
    schemaEngine.free()
  }
}

/** Needs a right on the whole database that thuky's user should not have; the schema is there anyway. */
const createSchema = '-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n'

function datamodel(content: string) {
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] }
}

/** The engine wants a connection even to compare two texts; on PostgreSQL it asks whom it is talking to. */
function noDatabase(engine: Engine) {
  const self = { provider: engine === 'sqlite' ? 'sqlite' : 'postgres', adapterName: 'none' }
  const fail = () => Promise.reject(new Error('comparing two schemas needs no database'))
  const greeting = {
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [5, 7, 0],
    rows: [[true, 'PostgreSQL 18.0', 180000]],
  }
  const connection = {
    ...self,
    queryRaw: async () => ({ ok: true, value: greeting }),
    executeRaw: fail,
    executeScript: fail,
    startTransaction: fail,
    dispose: async () => ({ ok: true }),
  }
  return { ...self, connect: async () => ({ ok: true, value: connection }) }
}

/** As much of it as is used: Node has it, @types/node 20 does not say so. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, () => void>> }
}

let isLoaded = false

/** Node 20 cannot import the package's .wasm by itself. */
function loadOnce(): void {
  if (isLoaded) return
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = new WebAssembly.Module(readFileSync(path.replace(/\.js$/, '.wasm')))
  const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  start?.()
  isLoaded = true
}
