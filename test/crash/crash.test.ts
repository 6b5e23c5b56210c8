import { expect, test } from 'vitest'
import { createDatabase, engines } from '../store/engines.ts'
import { crash } from './crash.ts'

/** Once in the suite; `npm run crash` makes it five. */
const RUNS = Number(process.env['CRASH_RUNS'] ?? 1)
const runs = engines.flatMap((engine) => Array.from({ length: RUNS }, (_, run) => [engine, run + 1] as const))

test.each(runs)(
  'two processes killed again and again on %s lose nothing and say nothing twice (run %i)',
  async (engine, run) => {
    const result = await crash(await createDatabase(engine))
    if (RUNS > 1) process.stdout.write(`${engine}, run ${run}: ${JSON.stringify(result)}\n`)
    const { kills, inbound, outbound } = result
    expect(kills).toBeGreaterThan(3)
    expect(inbound).toEqual({ sent: 800, lost: 0, doubled: 0 })
    expect(outbound.rows).toBeGreaterThanOrEqual(800)
    expect(outbound).toMatchObject({ twice: 0, missing: 0 })
    // What was on its way when its sender died: for a person to look at.
    expect(outbound.unknown).toBeLessThan(kills * 20)
  },
  400_000,
)
