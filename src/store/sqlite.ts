import { setImmediate as letOthersRun, setTimeout as sleep } from 'node:timers/promises'
import { PrismaLibSql } from '@prisma/adapter-libsql'

type Client = ReturnType<PrismaLibSql['createClient']>
type Transaction = Awaited<ReturnType<Client['transaction']>>

/** How long SQLite may wait for another process at a stretch: so long our whole process stands still. */
const stretchMs = 20

export interface SqliteSettings {
  /** Off while migrating: to rebuild a table is to drop the old one. */
  readonly foreignKeys: 'ON' | 'OFF'
  /** FULL: what is committed survives a power cut. */
  readonly synchronous: 'FULL' | 'OFF'
  /** How long another process may hold the file before we give up. */
  readonly patienceMs: number
}

/**
 * libsql's own client opens a connection anew after every interactive transaction, without the
 * pragmas, and begins them deferred. Here one connection does all the work (Prisma's adapter keeps
 * the line: nothing runs beside an open transaction), and a transaction takes the file's write lock
 * as it begins, so that it cannot find itself locked out half-way.
 */
export function sqliteAdapter(
  url: string,
  { foreignKeys, synchronous, patienceMs }: SqliteSettings,
): PrismaLibSql {
  const pragmas = `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ${foreignKeys};`
  const adapter = new PrismaLibSql({ url, timeout: stretchMs })
  const createClient = adapter.createClient.bind(adapter)
  return Object.assign(adapter, {
    createClient: (config: Parameters<typeof createClient>[0]) =>
      onOneConnection(createClient(config), pragmas, patienceMs),
  })
}

function onOneConnection(client: Client, pragmas: string, patienceMs: number): Client {
  const execute = client.execute.bind(client)
  const executeMultiple = client.executeMultiple.bind(client)
  let state: 'new' | 'ready' | 'spoilt' = 'new'
  // Those who stood in line behind one that gave up do not begin to wait anew.
  let lockedSince: number | undefined

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    if (state === 'spoilt') await client.reconnect()
    if (state !== 'ready') await executeMultiple(pragmas)
    state = 'ready'
    return work()
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    // libsql answers before it returns: a loop over the store alone would never let a timer or a socket in.
    await letOthersRun()
    for (let pause = 1; ; pause = Math.min(pause * 2, 20)) {
      try {
        const result = await attempt(work)
        lockedSince = undefined
        return result
      } catch (error) {
        if (!isBusy(error)) throw error
        // libsql leaves a statement that was turned away standing open, and no COMMIT passes it.
        state = 'spoilt'
        lockedSince ??= performance.now()
        if (performance.now() - lockedSince > patienceMs) throw error
        await sleep(pause)
      }
    }
  }

  return Object.assign(client, {
    execute: (...statement: Parameters<typeof execute>) => run(() => execute(...statement)),
    executeMultiple: (script: string) => run(() => executeMultiple(script)),
    transaction: async () => {
      await run(() => execute('BEGIN IMMEDIATE'))
      return transactionOn(execute)
    },
  })
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
}

/** After a fault SQLite may have rolled back by itself and would keep the next statement alone: so none follows one. */
function transactionOn(execute: Client['execute']): Pick<Transaction, 'execute' | 'commit' | 'rollback'> {
  let fault: unknown
  const run = async (statement: Parameters<Transaction['execute']>[0]) => {
    if (fault !== undefined) throw fault
    try {
      return await execute(statement)
    } catch (error) {
      fault = error
      throw error
    }
  }
  const rollback = async () => {
    // There may be nothing left to roll back.
    await execute('ROLLBACK').catch(() => undefined)
  }
  const commit = async () => {
    try {
      await run('COMMIT')
    } catch (error) {
      await rollback()
      throw error
    }
  }
  return { execute: run, commit, rollback }
}
