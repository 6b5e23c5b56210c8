import { z } from 'zod'
import type { Alert } from './alert.ts'
import { Given, type Moment } from './answer.ts'
import type { Version } from './approve.ts'
import { Awaiting } from './awaiting.ts'
import type { Stance } from './contradictions.ts'
import { Doubt } from './doubt.ts'
import type { TaskDue } from './due.ts'
import type { Office, Person } from './office.ts'
import type { ReportPack } from './pack.ts'
import type { Period } from './period.ts'
import type { Round } from './round.ts'
import type { Say } from './say.ts'

/**
 * What must be remembered of a conversation beyond the answers. The position is not: the next
 * question is the first open item, so a pack may change while people are mid-way.
 */
export const Talk = z.object({
  v: z.literal(1),
  /** The collection all the rest is about. */
  periodKey: z.string().exactOptional(),
  /** Codes as the last question numbered them. */
  shown: z.array(z.string()).default([]),
  /** They were not asked but reminded of: who begins is asked in the usual order. */
  isReminded: z.boolean().default(false),
  /** Codes as the last echo numbered them: "sửa 2" means these. */
  echoed: z.array(z.object({ n: z.int(), code: z.string() })).default([]),
  /** A question back: one of these for that item. */
  choice: z
    .object({
      code: z.string(),
      raw: z.string(),
      options: z.array(Given),
      isLettered: z.boolean().default(false),
    })
    .exactOptional(),
  /** A contradiction being asked about, and whether its reason is awaited. */
  doubt: Doubt.exactOptional(),
  isReasonAwaited: z.boolean().default(false),
  /** It has been asked for twice. */
  isReasonUrged: z.boolean().default(false),
  /** Words that came for that reason and may be a correction: which, is being asked. */
  unsure: z.string().exactOptional(),
  /** Contradictions put off: their numbers, so that other numbers are asked about anew. */
  deferred: z.array(z.string()).default([]),
  /** The options of the last question back: its buttons may still be pressed. */
  past: z.array(z.object({ code: z.string(), given: Given })).default([]),
  /** The last line that answered something, to know it when it comes again. */
  said: z.string().exactOptional(),
  /** Put off by "bỏ qua", asked again after everything else. */
  skipped: z.array(z.string()).default([]),
  /** What "hoàn tác" puts back. */
  undo: z.array(z.object({ code: z.string(), before: Given.exactOptional() })).default([]),
  /** The paragraph offered for the text on the screen. */
  offer: z.object({ code: z.string(), text: z.string(), isDraft: z.boolean() }).exactOptional(),
  /** What the last message asked beside items. */
  awaiting: Awaiting.exactOptional(),
  /** How many messages came in this minute. */
  pace: z.object({ minute: z.string(), count: z.int() }).exactOptional(),
  /** The collection whose draft was sent last, and when: what is looked at that day is about it. */
  viewed: z.object({ periodKey: z.string(), on: z.string() }).exactOptional(),
  /** What was said last where nothing was understood: never the very same twice in a row. */
  told: z.string().exactOptional(),
  /** How often in a row the bot has not understood. */
  confused: z.int().default(0),
})
export type Talk = z.infer<typeof Talk>

export const NEW_TALK: Talk = Talk.parse({ v: 1 })

/** A talk that begins with another collection: nothing is asked, and how fast its person writes is still known. */
export function talkAnew({ pace }: Talk, periodKey: string): Talk {
  return { ...NEW_TALK, periodKey, ...(pace ? { pace } : {}) }
}

export type Event =
  | {
      readonly type: 'message'
      readonly text: string
      readonly files: readonly HandedFile[]
      readonly edits?: Rewording
    }
  /** Said in a group, where others read along. */
  | { readonly type: 'group'; readonly text: string }
  /** A period has been opened for collection. */
  | { readonly type: 'opened'; readonly periodKey: string }
  /** The person's account has just been confirmed. */
  | {
      readonly type: 'bound'
      readonly channel?: string
      /** Where the same person wrote from before. */
      readonly others?: readonly string[]
      /** To whom the chat belonged before. */
      readonly from?: string
    }
  /** The hour has come at which the person asked to be reminded. */
  | { readonly type: 'recalled'; readonly periodKey: string }
  /** A step of the ladder has come for who still owes, or the morning of the day they promised something for. */
  | { readonly type: 'reminded'; readonly periodKey: string; readonly stage?: string }
  | { readonly type: 'promised'; readonly periodKey: string }
  /** Tasks of the plan in their charge fall due. */
  | { readonly type: 'tasksDue'; readonly tasks: readonly TaskDue[] }
  /** For leaders: what is missing after the deadline, where things stand this week, the deadline has come. */
  | { readonly type: 'overdue'; readonly periodKey: string }
  | { readonly type: 'digest'; readonly periodKey: string }
  | { readonly type: 'due'; readonly periodKey: string }
  | Alert

/** A file somebody sent: its words, or why they could not be read. */
export interface HandedFile {
  readonly name: string
  readonly text?: string
  readonly why?: 'type' | 'size' | 'unreadable' | 'empty' | 'gone'
}

/** A message is a new wording of one sent before. */
export interface Rewording {
  /** Its first words. */
  readonly before: string
  /** What it gave in whichever wording came last, in the order of its first. */
  readonly gave: readonly Edited[]
}

export interface Edited {
  readonly periodKey: string
  readonly code: string
  readonly given: Given
  /** The words it was first read from. */
  readonly raw: string
}

/** What a turn leads to. One `say` is one outbound message. */
export type Effect =
  | {
      readonly type: 'record'
      readonly periodKey: string
      readonly code: string
      readonly given: Given
      readonly raw: string
      readonly reason?: string
    }
  | {
      readonly type: 'say'
      readonly says: readonly Say[]
      readonly choices: readonly Say[]
      /** An address to send a file to goes below the words. */
      readonly link?: 'upload'
    }
  | {
      readonly type: 'report'
      readonly packId: string
      readonly period: Period
      /** With the record of where every figure comes from. */
      readonly withSources: boolean
      /** For somebody else than who spoke. */
      readonly to?: string
      /** Names it for all time: it goes to each of them once. */
      readonly key?: string
      /** Said before it where it goes unasked; else that all is in. */
      readonly lead?: Say
    }
  /** Words to somebody else of the office. */
  | {
      readonly type: 'tell'
      readonly to: string
      readonly says: readonly Say[]
      readonly choices: readonly Say[]
    }
  /** This chat is nobody's any more. */
  | { readonly type: 'unbind' }
  /** Where the person is written to first from now on. */
  | { readonly type: 'prefer'; readonly channel: string }
  /** Somebody else's accounts of a channel, or all, are nobody's any more. */
  | { readonly type: 'unbindOther'; readonly personId: string; readonly channel?: string }
  /** Done for the record beside what it leads to. */
  | {
      readonly type: 'audit'
      readonly action: string
      readonly detail: Readonly<Record<string, string>>
    }
  /** A one-time code for somebody, to be said to who asked. */
  | { readonly type: 'invite'; readonly personId: string }
  /** Somebody knows of a message whether it arrived. */
  | { readonly type: 'settleUnsure'; readonly id: string; readonly as: 'again' | 'arrived' }
  /** A collection is locked, or opened again for a reason. */
  | {
      readonly type: 'period'
      readonly periodKey: string
      readonly isClosed: boolean
      readonly reason?: string
    }
  /** The report as it stands is frozen: its file kept, its answers locked. */
  | { readonly type: 'approve'; readonly packId: string; readonly period: Period }
  /** The file of an earlier version once more. */
  | {
      readonly type: 'resend'
      readonly periodKey: string
      readonly n: number
      /** Said last. */
      readonly ending: readonly Say[]
    }
  | {
      readonly type: 'difference'
      readonly packId: string
      readonly period: Period
      readonly from: Version
      readonly to: Version
      readonly ending: readonly Say[]
    }

export interface World {
  readonly now: Moment
  readonly office: Office
  readonly me: Person
  readonly packs: readonly ReportPack[]
  /** Collections under way, the earliest deadline first. */
  readonly rounds: readonly Round[]
  /** The one the talk is about, while it is open. */
  readonly focus?: string
  /** Who has a chat to be written to. */
  readonly reachable: ReadonlySet<string>
  /** The versions handed out of each collection, by its key, oldest first; only leaders are shown any. */
  readonly versions: ReadonlyMap<string, readonly Version[]>
  /** For leaders: who is being asked about a contradiction, or has put it off. */
  readonly stances?: readonly Stance[]
  /** My own accounts, in the order they are written to. */
  readonly addresses?: readonly {
    readonly channel: string
    readonly isPreferred: boolean
    readonly isClosed: boolean
  }[]
  /** From which this message came. */
  readonly channel?: string
  /** Whether files can be sent there. */
  readonly takesFiles?: boolean
  /** Whether we can hand out links. */
  readonly canLink?: boolean
  /** For coordinators and administrators: messages that may or may not have reached somebody, oldest first. */
  readonly unsure?: readonly Unsure[]
}

/** A message of which nobody knows whether it arrived. */
export interface Unsure {
  readonly id: string
  readonly personId: string
  readonly at: Moment
  readonly text: string
  readonly hasFile: boolean
}

export interface Step {
  readonly talk: Talk
  readonly effects: readonly Effect[]
}
