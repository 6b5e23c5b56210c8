import type { Answer, Moment } from './answer.ts'
import type { Accepted } from './keep.ts'

/**
 * What is kept beside the answers of a collection, like them, under codes no item can have: the reason a
 * contradiction stands · who answers in another's place · who is away, and who stands in · a question handed to
 * the coordinator · when to remind · who was nudged · what was sent back · a second person's other value ·
 * the drafted paragraph that was accepted · that the draft went out unasked · another deadline · that nobody is
 * reminded for the time being.
 */
export type MarkKind =
  | 'note'
  | 'own'
  | 'away'
  | 'help'
  | 'later'
  | 'nudge'
  | 'return'
  | 'rival'
  | 'draft'
  | 'sent'
  | 'deadline'
  | 'pause'

/** What the marks of a whole collection are of. */
export const MOVED = 'moved'
export const COMPLETE = 'complete'
export const ON_DEADLINE = 'deadline'
export const REMINDERS = 'reminders'

export function markCode(kind: MarkKind, of: string): string {
  return `${kind}:${of}`
}

/** The answers of a collection, as far as marks are looked for in them. */
interface Kept {
  readonly answers: ReadonlyMap<string, Answer>
}

export function findMark({ answers }: Kept, kind: MarkKind, of: string): Answer | undefined {
  return answers.get(markCode(kind, of))
}

/** The words a mark was kept with. */
export function markText(kept: Kept, kind: MarkKind, of: string): string | undefined {
  const given = findMark(kept, kind, of)?.given
  return given?.state === 'text' ? given.text : undefined
}

/** The deadline a leader has given the collection in place of the calendar's. */
export function movedDeadline(kept: Kept): Moment | undefined {
  return markText(kept, 'deadline', MOVED)
}

/** Whether nobody is reminded for the time being. */
export function isPaused(kept: Kept): boolean {
  return findMark(kept, 'pause', REMINDERS) !== undefined
}

/** All marks of a kind, each with what it is of. */
export function marksOf(
  { answers }: Kept,
  kind: MarkKind,
): readonly { readonly of: string; readonly answer: Answer }[] {
  const start = `${kind}:`
  return [...answers.values()]
    .filter(({ code }) => code.startsWith(start))
    .map((answer) => ({ of: answer.code.slice(start.length), answer }))
}

/** A mark to be kept; `raw` are the words it was made from. */
export function setMark(
  kind: MarkKind,
  of: string,
  { text, raw, reason }: { readonly text: string; readonly raw: string; readonly reason?: string },
): Accepted {
  return {
    code: markCode(kind, of),
    given: { state: 'text', text },
    raw,
    ...(reason === undefined ? {} : { reason }),
  }
}

export function liftMark(kind: MarkKind, of: string, raw: string): Accepted {
  return { code: markCode(kind, of), given: { state: 'withdrawn' }, raw }
}
