import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from './database.ts'

interface Rate {
  readonly points: number
  readonly perMs: number
}

export interface Pacer {
  /** Milliseconds to wait; 0 takes the turn. */
  take(name: string, rate: Rate): Promise<number>
  pause(name: string, rate: Rate, forMs: number): Promise<void>
}

type Limiter = RateLimiterMemory | RateLimiterPostgres

/** Processes of one PostgreSQL share a rate; on a SQLite file there is one process, which keeps it in mind. */
export function createPacer({ engine, prisma }: Database): Pacer {
  const limiters = new Map<string, Limiter>()

  function limiterOf({ points, perMs }: Rate): Limiter {
    const key = `${points}/${perMs}`
    const known = limiters.get(key)
    if (known) return known
    const settings = { points, duration: perMs / 1000, keyPrefix: key }
    const made =
      engine === 'sqlite'
        ? new RateLimiterMemory(settings)
        : new RateLimiterPostgres({
            ...settings,
            storeClient: { query },
            storeType: 'client',
            tableName: 'Pace',
            tableCreated: true,
            clearExpiredByTimeout: false,
          })
    limiters.set(key, made)
    return made
  }

  /** What the limiter asks of a connection. */
  async function query({ text, values }: { readonly text: string; readonly values: readonly unknown[] }) {
    const rows = await prisma.$queryRawUnsafe<readonly { points: number; expire: bigint | null }[]>(
      text,
      ...values,
    )
    return {
      rows: rows.map(({ points, expire }) => ({ points, expire: expire === null ? null : Number(expire) })),
      rowCount: rows.length,
    }
  }

  return {
    take: async (name, rate) => {
      try {
        await limiterOf(rate).consume(name)
        return 0
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(refusal.msBeforeNext, 1)
        throw refusal
      }
    },
    pause: async (name, rate, forMs) => {
      const limiter = limiterOf(rate)
      const held = await limiter.get(name)
      // A short pause does not cut a long one short.
      if (held === null || held.remainingPoints > 0 || held.msBeforeNext < forMs)
        await limiter.block(name, forMs / 1000)
    },
  }
}
