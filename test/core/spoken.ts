import type { Step } from '../../src/core/talk.ts'
import { readPrompts } from '../../src/prompts.ts'
import type { Line } from '../../src/stage.ts'
import { paginate } from '../../src/words.ts'
import { lintTalk } from '../lint.ts'
import { NOW, office } from './ward.ts'

const { words } = await readPrompts('prompts')

/** What each person is shown, page by page, once the step is phrased. */
export function shownAfter({ effects }: Step, me: string): readonly Line[] {
  return effects.flatMap((effect): readonly Line[] => {
    if (effect.type !== 'say' && effect.type !== 'tell') return []
    const audience = { address: 'đồng chí', name: 'Lê Mối' }
    const person = effect.type === 'tell' ? effect.to : me
    const pages = paginate(effect.says.map((say) => words.phrase(say, audience)).join('\n\n'))
    const choices = effect.choices.map((choice) => words.phrase(choice, audience))
    return pages.map((text, index) => ({
      ...{ at: NOW, person, channel: 'web', direction: 'out', text, files: [] },
      buttons: index === pages.length - 1 ? choices : [],
    }))
  })
}

/** All that is said, as one text. */
export function textOf(step: Step, me: string): string {
  return shownAfter(step, me)
    .map(({ text }) => text)
    .join('\n')
}

/** What is wrong with the messages of a step, seen as the answer to these words, or as news where there are none. */
export function faultsIn(step: Step, me: string, typed?: string): readonly string[] {
  const line = { at: NOW, person: me, channel: 'web', buttons: [], files: [] }
  const before: readonly Line[] = typed === undefined ? [] : [{ ...line, direction: 'in', text: typed }]
  return lintTalk([...before, ...shownAfter(step, me)], office)
}
