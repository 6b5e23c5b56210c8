import { afterAll, describe, expect, it } from 'vitest'
import { openPlayhouse, type Way, writeTranscript } from './dialogues.ts'
import { lintTalk } from './lint.ts'

/** Plays every dialogue these ways; one test file for each half of the ways, so that two cores share them. */
export async function checkDialogues(ways: readonly Way[]): Promise<void> {
  const house = await openPlayhouse()
  afterAll(() => house.close())

  describe.each(ways)('conversations, $name', (way) => {
    const dialogues = house.dialogues.filter(({ leftOut }) => !leftOut.includes(way.name))
    it.each(dialogues)('$file: $title', async (dialogue) => {
      const { failed, transcript } = await house.play(dialogue, way)
      expect(failed, writeTranscript(transcript)).toEqual([])
      expect(lintTalk(transcript, dialogue.office)).toEqual([])
      expect(dialogue.steps.some(({ expect: words }) => words.length > 0)).toBe(true)
    })
  })
}
