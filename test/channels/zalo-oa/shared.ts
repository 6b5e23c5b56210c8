import { setTimeout as sleep } from 'node:timers/promises'
import type { Shared } from '../../../src/channels/shared.ts'

/** What the processes of one account hold in common, in memory: each process sees it by its own name. */
export interface MemoryShared {
  of(process: string): Shared
  /** All secrets ever kept under a name, oldest first. */
  secrets(name: string): readonly string[]
  /** From now on the store fails, wholly or in keeping; or works again. */
  break(what?: 'keeping'): void
  mend(): void
}

export function createMemoryShared(clock: () => number, delayMs = 0): MemoryShared {
  const leases = new Map<string, { readonly holder: string; readonly until: number }>()
  const secrets = new Map<string, readonly string[]>()
  let broken: 'all' | 'keeping' | undefined

  async function reach(): Promise<void> {
    if (delayMs > 0) await sleep(delayMs)
    if (broken === 'all') throw new Error('the store is gone')
  }

  return {
    of: (holder) => ({
      async hold(name, forMs) {
        await reach()
        const lease = leases.get(name)
        if (lease && lease.holder !== holder && lease.until > clock()) return false
        leases.set(name, { holder, until: clock() + forMs })
        return true
      },
      async letGo(name) {
        await reach()
        if (leases.get(name)?.holder === holder) leases.delete(name)
      },
      async readSecret(name) {
        await reach()
        return secrets.get(name)?.at(-1)
      },
      async keepSecret(name, secret) {
        await reach()
        if (broken) throw new Error('the store is full')
        secrets.set(name, [...(secrets.get(name) ?? []), secret])
      },
    }),
    secrets: (name) => secrets.get(name) ?? [],
    break: (what) => {
      broken = what ?? 'all'
    },
    mend: () => {
      broken = undefined
    },
  }
}
