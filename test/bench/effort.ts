import { play } from '../../src/play.ts'
import type { Prompts } from '../../src/prompts.ts'
import { readScenario } from '../../src/scenario.ts'

interface Cost {
  readonly asked: number
  readonly confirmed: number
  readonly tasks: number
  /** The most any one owner was sent. */
  readonly outbound: number
  /** What half of the owners wrote, or less. */
  readonly replies: number
}

/** What the statistics form of sixty lines costs its owners once a period is behind it. */
export async function costOfForm(prompts: Prompts, out: string): Promise<Cost> {
  const scenario = await readScenario('test/scenarios/phu-luc-60.yaml', prompts.duties, prompts.packs)
  const last = Object.values((await play(scenario, prompts, out)).periods).at(-1)
  const owners = scenario.office.people.filter(({ duties }) => duties.length > 0).map(({ id }) => id)
  const replies = owners.map((id) => last?.replies[id] ?? 0).sort((one, other) => one - other)
  return {
    asked: last?.questions ?? 0,
    confirmed: last?.confirmed ?? 0,
    tasks: last?.tasks ?? 0,
    outbound: Math.max(...owners.map((id) => last?.outbound[id] ?? 0)),
    replies: replies[Math.floor(replies.length / 2)] ?? 0,
  }
}
