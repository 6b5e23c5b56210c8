import process from 'node:process'
import { defineConfig } from 'prisma/config'

// Generating needs no schema engine, but the CLI would download one: any path that exists stops it.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
