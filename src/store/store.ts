import type { Answer, Moment } from '../core/answer.ts'
import type { MarkKind } from '../core/mark.ts'

/**
 * Everything remembered. Each method is one transaction; `turn` is the one in which a decision,
 * its answers and the words to be said are kept together or not at all.
 */
export interface StoredOffice {
  readonly id: string
  /** The office file as JSON; parsed by core on reading. */
  readonly data: string
}

export interface Address {
  readonly channel: string
  readonly chat: string
}

export interface Binding extends Address {
  readonly officeId: string
  readonly personId: string
}

/** Where somebody of the office writes from. */
export interface StoredAddress extends Address {
  readonly personId: string
  readonly boundAt: Moment
  /** Why nothing can be sent there, until they write again. */
  readonly closed?: string
  readonly isPreferred: boolean
}

export interface StoredPeriod {
  /** "2025-quy1" */
  readonly key: string
  readonly packId: string
  readonly openedAt: Moment
  readonly closedAt?: Moment
  /** From then on only a closing closes it, no longer the calendar. */
  readonly reopenedAt?: Moment
}

/** A draft as it was handed out, numbered from 1 in its period. */
export interface StoredVersion {
  readonly n: number
  readonly at: Moment
  /** Person id. */
  readonly by: string
  readonly sha256: string
  readonly fileId: string
  readonly isApproved: boolean
}

export interface Inbound extends Address {
  /** Unique within the channel. */
  readonly updateId: string
  readonly text: string
  /** A file without bytes is known by its name only, or to be had by its `ref`; a stranger's bytes are not kept. */
  readonly files: readonly {
    readonly name: string
    readonly size: number
    readonly bytes?: Uint8Array
    readonly ref?: string
  }[]
  readonly at: Moment
  /** The update that first brought the message this one is a new wording of. */
  readonly edits?: string
  /** Who wrote, in a group: the chat of that person alone. The turn is theirs. */
  readonly sender?: string
  /** JSON: what became of a code in it, or which button it was. */
  readonly note?: string
  /**
   * A code in it: binds the address and is spent as the message is kept, once. One that is unknown, spent or too old
   * counts as a try of this chat; after the fifth within the hour none is looked at.
   */
  readonly codeHash?: string
}

export interface StoredInbound extends Omit<Inbound, 'files'> {
  readonly id: string
  /** `id` where its bytes are kept, for `fileOf`; `ref` where they have still to be fetched. */
  readonly files: readonly {
    readonly name: string
    readonly size: number
    readonly id?: string
    readonly ref?: string
  }[]
  /** How often a turn for it has failed. */
  readonly failures: number
  /** No other waits behind it in its chat. */
  readonly isLast: boolean
}

/** What happened: the oldest message waiting in a chat, or a beat's deed that has a key for all time. */
export type Cause =
  | ({ readonly type: 'message' } & Address)
  | { readonly type: 'deed'; readonly officeId: string; readonly key: string }

export interface Facts {
  /** Absent for a stranger. */
  readonly office?: StoredOffice
  readonly personId?: string
  readonly inbound?: StoredInbound
  /** All periods of the office, newest opening first. */
  readonly periods: readonly StoredPeriod[]
  /** Stored talk JSON; undefined for a person who has not talked yet. */
  talkOf(personId: string): Promise<string | undefined>
  /** The latest answer to each item. */
  answersOf(periodKey: string): Promise<readonly Answer[]>
  /** All answers, oldest first. */
  historyOf(periodKey: string): Promise<readonly Answer[]>
  /** Oldest first. */
  versionsOf(periodKey: string): Promise<readonly StoredVersion[]>
  fileOf(fileId: string): Promise<OutFileContent | undefined>
  /** The last message with quick replies in the chat whose turn it is. */
  lastChoices(): Promise<string | undefined>
  /** The words of an earlier message of the chat whose turn it is. */
  wordsOf(updateId: string): Promise<string | undefined>
  /** Of everyone in the office; each person's in the order they are to be written to. */
  addresses(): Promise<readonly StoredAddress[]>
  /** What the bot has done of its own accord in these collections, by key. */
  deeds(periodKeys: readonly string[]): Promise<ReadonlySet<string>>
  /** Messages nobody knows the end of, oldest first. */
  unsure(): Promise<readonly UnsureRow[]>
  /** What has been said to these people since, unless it was refused. */
  saidTo(personIds: readonly string[], since: Moment): Promise<readonly SaidRow[]>
}

export interface UnsureRow {
  readonly id: string
  readonly personId: string
  readonly at: Moment
  readonly text: string
  readonly hasFile: boolean
}

export interface SaidRow {
  readonly personId: string
  readonly at: Moment
  readonly text: string
  readonly isUnasked: boolean
}

export interface OutFileContent {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface NewMessage extends Address {
  readonly personId?: string
  /** Names the message for all time; a second one with the same key is not kept. */
  readonly key: string
  readonly text: string
  readonly choices: readonly string[]
  readonly file?: OutFileContent
  /** Nobody asked for it just now: it gives way to replies. */
  readonly isUnasked?: boolean
  /** An address to send a file to goes under the words. */
  readonly link?: 'upload'
  /** Kept as not sent, for this reason. */
  readonly held?: string
}

/** `n` is the number after the last; a second version with the same number is a fault. */
export interface NewVersion extends Omit<StoredVersion, 'at' | 'fileId'> {
  readonly periodKey: string
  readonly file: OutFileContent
}

export interface NewAudit {
  readonly actor: string
  readonly action: string
  /** JSON. */
  readonly detail: string
}

/** What one turn leaves behind, all of it or nothing. */
export interface Deed {
  readonly at: Moment
  readonly talks: readonly { readonly personId: string; readonly talk: string }[]
  readonly answers: readonly { readonly periodKey: string; readonly answer: Answer }[]
  readonly messages: readonly NewMessage[]
  readonly audits: readonly NewAudit[]
  /** Opened, closed or reopened: one kept before takes the new closing and reopening. */
  readonly periods: readonly StoredPeriod[]
  readonly versions: readonly NewVersion[]
  /** Addresses of the office that belong to nobody from now on; kept in the audit as "unbind". */
  readonly unbinds: readonly Address[]
  /** What else becomes of addresses, codes and messages. */
  readonly changes: readonly Change[]
}

/** A deed that leaves nothing behind, to be added to. */
export const EMPTY_DEED: Omit<Deed, 'at'> = {
  talks: [],
  answers: [],
  messages: [],
  audits: [],
  periods: [],
  versions: [],
  unbinds: [],
  changes: [],
}

export type Change =
  /** This address before the person's others. */
  | ({ readonly type: 'prefer' } & Address)
  /** They have written: they can be written to. */
  | ({ readonly type: 'reopen' } & Address)
  /** A message nobody knew the end of: somebody does. */
  | { readonly type: 'settle'; readonly id: string; readonly as: 'arrived' | 'again' }
  | {
      readonly type: 'invite'
      readonly personId: string
      readonly codeHash: string
      readonly expiresAt: Moment
    }

export interface OutRow extends Address {
  readonly id: string
  readonly key: string
  readonly at: Moment
  readonly attempt: number
  readonly isUnasked: boolean
  readonly officeId?: string
  readonly personId?: string
  readonly text: string
  readonly choices: readonly string[]
  readonly file?: { readonly id: string; readonly name: string; readonly bytes: Uint8Array }
  readonly link?: 'upload'
}

/** What opens once, for a file where the channel has none. */
export interface StoredLink extends Address {
  readonly id: string
  readonly purpose: 'download' | 'upload'
  readonly officeId: string
  readonly personId: string
  readonly fileId?: string
  readonly expiresAt: Moment
}

/** A deed whose words never went. */
export interface Undone {
  readonly officeId: string
  readonly key: string
}

export type Outcome =
  | { readonly type: 'sent'; readonly messageId?: string }
  | { readonly type: 'retry'; readonly notBefore: Moment }
  /** It will not go any more; the deed it came of is undone, so that it can be done anew. */
  | { readonly type: 'overtaken'; readonly deed: Undone }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'unknown'; readonly reason: string }

/** One line of a room, oldest first. */
export interface TranscriptLine {
  /** "i12" for what came in, "o34" for what went out. */
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly at: Moment
  readonly channel: string
  readonly text: string
  readonly choices: readonly string[]
  readonly files: readonly { readonly id?: string; readonly name: string }[]
}

export type Redeemed =
  | {
      readonly type: 'bound'
      readonly officeId: string
      readonly personId: string
      /** Channels of the same person from before. */
      readonly others: readonly string[]
      /** To whom the chat belonged. */
      readonly from?: string
    }
  | { readonly type: 'wrong'; readonly left: number }
  | { readonly type: 'locked' }

export interface Store {
  saveOffice(office: StoredOffice, at: Moment): Promise<void>
  listOffices(): Promise<readonly StoredOffice[]>

  bind(binding: Binding, at: Moment): Promise<void>
  findPerson(address: Address): Promise<{ readonly officeId: string; readonly personId: string } | undefined>
  saveInvite(invite: {
    readonly officeId: string
    readonly personId: string
    readonly codeHash: string
    readonly expiresAt: Moment
  }): Promise<void>

  listPeriods(officeId: string): Promise<readonly StoredPeriod[]>
  /** All of them, oldest first: a later answer to the same code replaces the earlier. */
  listAnswers(officeId: string, periodKey: string): Promise<readonly Answer[]>
  /** What the bot has done of its own accord in these collections, by key: "remind:2025-quy1:…". */
  listDeeds(officeId: string, periodKeys: readonly string[]): Promise<ReadonlySet<string>>
  /** Removes what has had its time: links, leases and wrong codes. */
  tidy(at: Moment): Promise<void>
  /** The marks of one kind that stand in a collection. */
  listMarks(
    officeId: string,
    of: { readonly periodKey: string; readonly kind: MarkKind },
  ): Promise<readonly Answer[]>

  /** "known" for a redelivery: nothing is kept a second time. */
  takeIn(inbound: Inbound): Promise<'new' | 'known'>
  /** The chats in which a message waits, oldest first. */
  listWaiting(): Promise<readonly Address[]>
  /**
   * Runs `decide` on the facts and keeps its deed, in one transaction. Resolves to undefined when
   * there was nothing to do (no message waiting, or the deed's key is already kept). When `decide`
   * returns undefined nothing is kept; what it throws is thrown on. It has 30 seconds, and sees the
   * database through its facts only: any other method would wait for this very turn to end.
   */
  turn(cause: Cause, decide: (facts: Facts) => Promise<Deed | undefined>): Promise<Deed | undefined>
  /** What is known of an office now. Nothing is locked, so whoever acts on it decides anew in a turn; undefined for no such office. */
  look<Seen>(officeId: string, read: (facts: Facts) => Promise<Seen>): Promise<Seen | undefined>
  /** Counts a failed turn of an inbound message; the third marks it done with the reason. */
  noteFailure(inboundId: string, incident: string, at: Moment): Promise<{ readonly isGivenUp: boolean }>

  /** The bytes of files that came by reference; one without bytes could not be had. */
  keepFetched(
    inboundId: string,
    files: readonly { readonly ref: string; readonly bytes?: Uint8Array }[],
  ): Promise<void>

  /** Whether anything is due, without taking it. */
  hasDue(channel: string, at: Moment): Promise<boolean>
  /** Takes what is due, at most one message a chat and in the order it was written, replies first, under a lease. */
  claim(request: {
    readonly channel: string
    readonly at: Moment
    readonly leaseUntil: Moment
    readonly limit: number
  }): Promise<readonly OutRow[]>
  /** Rows whose lease ran out: pending again on a repeatable channel, "unknown" elsewhere. Words for who no longer has the chat are refused. */
  recover(request: { readonly at: Moment; readonly repeatable: readonly string[] }): Promise<void>
  /** Messages to anybody, not older than this, nobody knows the end of. */
  listUnsure(since: Moment): Promise<readonly (UnsureRow & { readonly officeId: string })[]>
  /** The words of a quick reply under a message of this chat, whenever it was sent. */
  readChoice(
    address: Address,
    pressed: { readonly messageId: string; readonly choice: number },
  ): Promise<string | undefined>
  /** A message did arrive after all: the newest of this chat whose end nobody knew, by its words. */
  confirmArrival(
    address: Address,
    known: { readonly isIt: (text: string) => boolean; readonly messageId?: string },
    at: Moment,
  ): Promise<boolean>
  /** How many messages went in a channel since. */
  countSent(channel: string, since: Moment): Promise<number>
  /** Milliseconds to wait before one more may be sent under this name; 0 takes the turn. */
  takePace(name: string, rate: { readonly points: number; readonly perMs: number }): Promise<number>
  /** Nothing may be sent under this name for so long. */
  pause(name: string, rate: { readonly points: number; readonly perMs: number }, forMs: number): Promise<void>
  /** Writes down how a send ended; ignored when the row has been claimed anew since. */
  settle(row: { readonly id: string; readonly attempt: number }, outcome: Outcome, at: Moment): Promise<void>

  /** The stored talk as JSON; undefined for a person who has not talked yet. */
  readTalk(officeId: string, personId: string): Promise<string | undefined>
  listTranscript(officeId: string, personId: string): Promise<readonly TranscriptLine[]>
  readFile(officeId: string, fileId: string): Promise<OutFileContent | undefined>
  /** Nothing can be sent there until they write again. */
  closeAddress(address: Address, reason: string, at: Moment): Promise<void>
  /** Everything of a chat that its person wants forgotten; the office's answers stay the office's. Who was bound after `since` is not meant. */
  forget(address: Address, since: Moment, at: Moment): Promise<void>
  /** What waits for a group under its old name is said under the new one. */
  moveChat(address: Address, to: string): Promise<void>

  saveLink(link: StoredLink): Promise<void>
  readLink(id: string, at: Moment): Promise<StoredLink | undefined>
  /** True for the one who opens it. */
  spendLink(id: string, at: Moment): Promise<boolean>

  /** True while the holder has the name, which it then has until then. */
  hold(
    lease: { readonly name: string; readonly holder: string; readonly until: Moment },
    at: Moment,
  ): Promise<boolean>
  letGo(name: string, holder: string): Promise<void>
  readSecret(name: string): Promise<string | undefined>
  keepSecret(name: string, secret: string, at: Moment): Promise<void>

  /** For /metrics and /readyz; throws when the database cannot be used. */
  countWork(): Promise<{
    readonly inboxWaiting: number
    readonly outbox: Readonly<Record<'pending' | 'sending' | 'sent' | 'refused' | 'unknown', number>>
  }>
  close(): Promise<void>
}
