import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { connect, type Engine } from '../../src/store/database.ts'

export const engines: readonly Engine[] = ['sqlite', 'postgresql']

/** The address of an empty database, gone after the run. */
export async function createDatabase(engine: Engine): Promise<string> {
  return engine === 'sqlite' ? `file:${join(createFolder(), 'thuky.db')}` : createOnServer()
}

export function createFolder(): string {
  return mkdtempSync(join(inject('storeFolder'), 'test-'))
}

async function createOnServer(): Promise<string> {
  const server = inject('postgresUrl')
  const name = `t${crypto.randomUUID().replaceAll('-', '')}`
  const { prisma } = await connect(`${server}/postgres`)
  await prisma.$executeRawUnsafe(`CREATE DATABASE ${name}`)
  await prisma.$disconnect()
  return `${server}/${name}`
}
