import type { Answer } from './answer.ts'
import { readCommand } from './command.ts'
import { settled } from './keep.ts'
import { currentRound } from './next.ts'
import { findItem, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Effect, HandedFile, Step, Talk, World } from './talk.ts'
import { cleanText } from './text.ts'
import { describeUpload } from './upload.ts'
import { shorten } from './wording.ts'

/** One thing to be answered in a message: what was typed, or the words of a file. */
export interface Part {
  readonly text: string
  /** The file they were read from. */
  readonly file?: string
}

/** What a message brings, in order, and what is to be said of the rest. */
export function partsOf(
  { text, files }: { readonly text: string; readonly files: readonly HandedFile[] },
  { talk, world }: { readonly talk: Talk; readonly world: World },
): { readonly parts: readonly Part[]; readonly told: readonly Say[] } {
  const typed = cleanText(text)
  const cleaned = files.map((file) => ({ ...file, text: cleanText(file.text ?? '') }))
  const read = cleaned.flatMap((one): Part[] => (one.text === '' ? [] : [{ text: one.text, file: one.name }]))
  const unread = cleaned.filter((one) => one.text === '')
  const stopped = unread.filter((one) => world.takesFiles === false && (one.why ?? 'gone') === 'gone')
  const isNote = read.length > 0 && typed !== '' && isCoverNote(typed, talk, currentRound(world))
  const isPolite = isNote && readCommand(typed) !== undefined
  return {
    parts: [...(typed === '' || isNote ? [] : [{ text: typed }]), ...read],
    told: [
      ...(stopped.length > 0 ? [describeUpload(world)] : []),
      ...unread.filter((one) => !stopped.includes(one)).map(sayUnread),
      ...(isNote && !isPolite ? [{ key: 'sent.note', values: { raw: shorten(typed) } } as const] : []),
    ],
  }
}

/** "Em gửi bảng tổng hợp ạ": words that go with a file and are no answer; the paragraph asked for is in the file. */
function isCoverNote(typed: string, { shown }: Talk, round: Round | undefined): boolean {
  const command = readCommand(typed)
  if (command) return command.type === 'courtesy' || command.type === 'upload'
  const [only] = shown
  const asked = round && only !== undefined ? findItem(round.pack, only) : undefined
  const isTextAsked = shown.length === 1 && asked?.kind === 'text'
  return !typed.includes('=') && (isTextAsked || !/\d/.test(typed))
}

function sayUnread({ name, why }: HandedFile): Say {
  return { key: `sent.${why ?? 'gone'}`, values: { file: shorten(name) } }
}

/** Takes the parts one after the other, as if each had come by itself, and says it all in one message. */
export function takeInTurn(
  parts: readonly Part[],
  start: { readonly talk: Talk; readonly world: World },
  respond: (talk: Talk, part: Part, world: World) => Step,
): Step {
  let { talk, world } = start
  const kept: Effect[] = []
  const before: Say[] = []
  for (const [index, part] of parts.entries()) {
    const step = respond(talk, part, world)
    if (part.file !== undefined) before.push({ key: 'sent.read', values: { file: shorten(part.file) } })
    const isLast = index === parts.length - 1
    for (const effect of step.effects) {
      if (effect.type !== 'say') kept.push(effect)
      else if (isLast) kept.push({ ...effect, says: [...before, ...effect.says] })
      else before.push(...lasting(effect.says, step.talk))
    }
    talk = isLast || isAskedFor(part) ? step.talk : unasked(step.talk, start.talk, step.effects)
    world = after(world, step.effects)
  }
  return { talk, effects: kept }
}

/** "Sửa III.2" before a file: what follows is for that item. */
function isAskedFor({ text, file }: Part): boolean {
  const command = file === undefined ? readCommand(text) : undefined
  return command?.type === 'correct' && command.to === ''
}

/**
 * Nobody has seen the question at the end of a part that others follow: they were written under the one before.
 * Once that has been answered in part its numbers mean nothing any more, and only what names its item is taken.
 */
function unasked(talk: Talk, { shown }: Talk, effects: readonly Effect[]): Talk {
  const { awaiting: _, offer: __, ...rest } = settled(talk)
  const isAnswered = effects.some((effect) => effect.type === 'record' && shown.includes(effect.code))
  return { ...rest, shown: isAnswered || talk.shown.length === 0 ? [] : shown }
}

/** What is asked at the end of a part is overtaken by the next; of a value in doubt it is said that it was not recorded. */
function lasting(says: readonly Say[], { choice }: Talk): readonly Say[] {
  return says
    .filter(({ key }) => !OVERTAKEN.test(key))
    .map((say) =>
      say.key === 'back.choose' && choice
        ? { key: 'back.leftover', values: { raw: shorten(choice.raw) } }
        : say,
    )
}

const OVERTAKEN = /^(?:ask|done|nothing|footer|ways|doubt\.ask(?:Text)?)(?:\.|$)/

function after(world: World, effects: readonly Effect[]): World {
  const rounds = world.rounds.map((round): Round => {
    const answers = new Map(round.answers)
    for (const effect of effects) {
      if (effect.type !== 'record' || effect.periodKey !== round.period.key) continue
      const { code, given, raw } = effect
      const answer: Answer = { code, given, raw, by: world.me.id, at: world.now, channel: '', messageId: '' }
      if (given.state === 'withdrawn') answers.delete(code)
      else answers.set(code, answer)
    }
    return { ...round, answers }
  })
  return { ...world, rounds }
}
