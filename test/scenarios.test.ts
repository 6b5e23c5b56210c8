import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { play } from '../src/play.ts'
import { readPrompts } from '../src/prompts.ts'
import { readScenario } from '../src/scenario.ts'
import { lintTalk } from './lint.ts'

/** Every scenario is played through the real app; the published reports are looked at more closely in packs/. */
const prompts = await readPrompts('prompts')
const folder = mkdtempSync(join(tmpdir(), 'thuky-scenarios-'))
afterAll(() => rmSync(folder, { recursive: true }))

const files = readdirSync('test/scenarios').filter(
  (file) =>
    file.endsWith('.yaml') && !file.endsWith('.office.yaml') && !/^00\d-[^.]*(?<!-sua)\.yaml$/.test(file),
)

describe('a scenario', () => {
  it.each(files)('%s meets every expectation', async (file) => {
    const scenario = await readScenario(join('test/scenarios', file), prompts.duties)
    const { expected, failed } = await play(scenario, prompts, join(folder, file))
    expect(failed).toEqual([])
    expect(expected).toBeGreaterThan(0)
    const lines = readFileSync(join(folder, file, 'transcript.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(
      lintTalk(
        lines.map((line) => JSON.parse(line)),
        scenario.office,
      ),
    ).toEqual([])
  })
})
