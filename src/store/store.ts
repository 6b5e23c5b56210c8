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
  /** A file without bytes is known by its name only; a stranger's bytes are not kept. */
  readonly files: readonly { readonly name: string; readonly size: number; readonly bytes?: Uint8Array }[]
  readonly at: Moment
  /** The update that first brought the message this one is a new wording of. */
  readonly edits?: string
  /** Who wrote, in a group: the chat of that person alone. The turn is theirs. */
  readonly sender?: string
}

export interface StoredInbound extends Omit<Inbound, 'files'> {
  readonly id: string
  /** `id` where its bytes are kept, for `fileOf`. */
  readonly files: readonly { readonly name: string; readonly size: number; readonly id?: string }[]
  /** How often a turn for it has failed. */
  readonly failures: number
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
  /** The words of an earlier message of the chat whose turn it is. */
  wordsOf(updateId: string): Promise<string | undefined>
  /** Who of the office has a chat to be written to. */
  reachable(): Promise<readonly string[]>
  /** In order of binding. */
  addressesOf(personId: string): Promise<readonly Address[]>
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
}

export interface OutRow extends Address {
  readonly id: string
  readonly attempt: number
  readonly officeId?: string
  readonly personId?: string
  readonly text: string
  readonly choices: readonly string[]
  readonly file?: { readonly id: string; readonly name: string; readonly bytes: Uint8Array }
}

export type Outcome =
  | { readonly type: 'sent'; readonly messageId?: string }
  | { readonly type: 'retry'; readonly notBefore: Moment }
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
  /** Binds the address and spends the code, once; undefined when the code is unknown, spent or too old. */
  redeemInvite(
    address: Address,
    codeHash: string,
    at: Moment,
  ): Promise<{ readonly officeId: string; readonly personId: string } | undefined>

  listPeriods(officeId: string): Promise<readonly StoredPeriod[]>
  /** All of them, oldest first: a later answer to the same code replaces the earlier. */
  listAnswers(officeId: string, periodKey: string): Promise<readonly Answer[]>
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
  /** Counts a failed turn of an inbound message; the third marks it done with the reason. */
  noteFailure(inboundId: string, incident: string, at: Moment): Promise<{ readonly isGivenUp: boolean }>

  /**
   * Takes what is due, at most one message a chat and in the order it was written, under a lease. A
   * row whose lease ran out: pending again on a repeatable channel, "unknown" elsewhere.
   */
  claim(request: {
    readonly at: Moment
    readonly leaseUntil: Moment
    readonly limit: number
    readonly repeatable: readonly string[]
  }): Promise<readonly OutRow[]>
  /** Writes down how a send ended; ignored when the row has been claimed anew since. */
  settle(row: { readonly id: string; readonly attempt: number }, outcome: Outcome, at: Moment): Promise<void>

  /** The stored talk as JSON; undefined for a person who has not talked yet. */
  readTalk(officeId: string, personId: string): Promise<string | undefined>
  listTranscript(officeId: string, personId: string): Promise<readonly TranscriptLine[]>
  readFile(officeId: string, fileId: string): Promise<OutFileContent | undefined>
  /** For /metrics and /readyz; throws when the database cannot be used. */
  countWork(): Promise<{
    readonly inboxWaiting: number
    readonly outbox: Readonly<Record<'pending' | 'sending' | 'sent' | 'refused' | 'unknown', number>>
  }>
  close(): Promise<void>
}
