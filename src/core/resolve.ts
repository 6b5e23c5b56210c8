import { askDoubt, type Doubt, noteCode, openFindings, signatureOf } from './doubt.ts'
import { type Accepted, keep, type Setting, settled } from './keep.ts'
import { currentRound, progressLine, say } from './next.ts'
import { isLabelOf, readOptionNumber } from './option.ts'
import type { Say } from './say.ts'
import type { Step, Talk, World } from './talk.ts'
import { foldText } from './text.ts'
import { shorten } from './wording.ts'

/** One of the numbered ways out of a contradiction, or its reason; undefined when the text is neither. */
export function answerDoubt(talk: Talk, doubt: Doubt, text: string, setting: Setting): Step | undefined {
  const { label, number } = readOptionNumber(text)
  const way = number === undefined ? -1 : number - 1
  const says = (words: string) => foldText(label).startsWith(words)
  if (label !== '' && says('giu nguyen')) {
    // "giữ nguyên vì một hồ sơ công dân rút" brings its reason along; the button has five words.
    return label.split(/\s+/).length > 5
      ? keepReason(talk, doubt, label, setting)
      : askReason(talk, doubt, setting)
  }
  if (label !== '' && says('de toi kiem tra lai')) return putOffDoubt(talk, setting.world)
  const repair = doubt.repairs[way]
  const isRepair = repair !== undefined && isLabelOf(label, repair, setting)
  // A button pressed late is a way out even while a reason is awaited; a bare number or words are the reason.
  if (isRepair && (label !== '' || !talk.isReasonAwaited))
    return keep(settled(talk), [{ ...repair, raw: text }], setting)
  if (talk.isReasonAwaited) return looksLikeFigures(text) ? undefined : keepReason(talk, doubt, text, setting)
  if (repair) return undefined
  if (label !== '') return undefined
  if (way === doubt.repairs.length) return askReason(talk, doubt, setting)
  if (way === doubt.repairs.length + 1) return putOffDoubt(talk, setting.world)
  return undefined
}

/** "Để tôi kiểm tra lại sau": the contradiction stays open, and is not asked again for these numbers. */
export function putOffDoubt(talk: Talk, world: World): Step {
  const round = currentRound(world)
  const deferred = talk.doubt
    ? [...talk.deferred, `${talk.doubt.relationId} ${talk.doubt.signature}`]
    : talk.deferred
  if (!round) return say({ ...settled(talk), deferred }, [{ key: 'nothing.open' }], world)
  return keep({ ...settled(talk), deferred, undo: [] }, [], { world, round }, [{ key: 'doubt.deferred' }])
}

/** "II.2c.1 = 2378" or "2378 hồ sơ" where a reason was asked for is a correction after all. */
function looksLikeFigures(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)).length
  return /=/.test(text) || (/\d/.test(text) && words < 3)
}

function askReason(talk: Talk, doubt: Doubt, { world, round }: Setting): Step {
  const finding = openFindings(round).find((one) => one.relationId === doubt.relationId)
  const says: readonly Say[] = finding
    ? [{ key: 'doubt.reason', values: { finding: finding.say } }]
    : [{ key: 'doubt.noReason' }]
  return {
    talk: { ...talk, isReasonAwaited: true },
    effects: [{ type: 'say', says: [...says, ...progressLine(world)], choices: [{ key: 'quick.skip' }] }],
  }
}

/** The reason is kept like an answer, with the numbers it was given for. */
function keepReason(talk: Talk, doubt: Doubt, text: string, setting: Setting): Step {
  if (!/\p{L}{2}/u.test(text)) {
    return {
      talk,
      effects: [
        {
          type: 'say',
          says: [{ key: 'doubt.noReason' }, ...progressLine(setting.world)],
          choices: [{ key: 'quick.skip' }],
        },
      ],
    }
  }
  const note: Accepted = {
    code: noteCode(doubt.relationId),
    given: { state: 'text', text },
    raw: text,
    reason: doubt.signature,
  }
  return keep(settled(talk), [note], setting, [{ key: 'doubt.kept', values: { reason: shorten(text) } }])
}

/** The same question once more, with the words that were not understood. */
export function askAgain(talk: Talk, doubt: Doubt, text: string, { world, round }: Setting): Step {
  const finding = openFindings(round).find((one) => signatureOf(one) === doubt.signature)
  if (!finding) return keep(settled(talk), [], { world, round })
  const question = askDoubt(finding, round, world.office, world.me)
  const says: readonly Say[] = [
    { key: 'doubt.again', values: { raw: shorten(text) } },
    ...question.says,
    ...progressLine(world),
  ]
  return { talk, effects: [{ type: 'say', says, choices: question.choices }] }
}
