import { assemble } from '../../src/core/assemble.ts'
import type { Report } from '../../src/core/report.ts'
import { draftReport } from '../../src/draft.ts'
import { play } from '../../src/play.ts'
import { type Prompts, readPrompts } from '../../src/prompts.ts'
import { readScenario } from '../../src/scenario.ts'
import { readReplayed } from '../packs/replayed.ts'
import { measureRender } from './render.ts'

/** The largest of the four replays, as its officials answered it: 181 items, a form of 104 rows, the record of sources. */
export async function openLargest(folder: string) {
  const prompts = await readPrompts('prompts')
  const scenario = await readScenario('test/scenarios/002-truong-thi-9thang-2023.yaml', prompts.duties)
  await play(scenario, prompts, folder)
  return { prompts, office: scenario.office, ...readReplayed(folder, scenario, prompts) }
}

type Largest = Awaited<ReturnType<typeof openLargest>>

/** Milliseconds from the answers to the finished file, gate, appendix and record of sources among them. */
export async function timeDrafts({ prompts, office, round, history }: Largest): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < 25; index += 1) {
    const started = performance.now()
    await draftReport({ round, office, history }, prompts.words)
    if (index >= 5) times.push(performance.now() - started)
  }
  return times.sort((one, other) => one - other)
}

/** The same report rendered by us and by docxtemplater, and ours again with its body ten times over. */
export async function timeRenderers({
  office,
  round,
}: Omit<Largest, 'prompts'> & { readonly prompts: Prompts }) {
  const report = assemble(round, office)
  const grown: Report = {
    ...report,
    blocks: Array.from({ length: 10 }, () => report.blocks).flat(),
    appendices: [],
  }
  const plain: Report = { ...report, appendices: [] }
  return {
    whole: await measureRender(report),
    once: (await measureRender(plain)).ours,
    tenfold: (await measureRender(grown)).ours,
  }
}
