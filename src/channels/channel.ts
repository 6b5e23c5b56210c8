/** The one port between thuky and the places where officials write. */
export interface Channel {
  /** "telegram", "zalo", "web", "terminal": also the first half of an address. */
  readonly name: string
  readonly capabilities: Capabilities
  /** Begin to hand in what arrives. Resolves when the channel is usable. */
  start(receive: Receive): Promise<void>
  send(to: string, message: OutMessage): Promise<Sent | RetryLater | Refused | Unknown>
  /** Stop taking in; resolves when nothing is under way. */
  stop(): Promise<void>
}

export interface Capabilities {
  readonly textMax: number
  /** How many quick replies may accompany a message; 0 where there are none. */
  readonly buttons: number
  readonly files: boolean
  /** True where the same message sent twice shows once (it is known by its id). */
  readonly isRepeatable: boolean
}

/** What a person sent. `id` is unique within the channel: a redelivery carries the same one. */
export interface Update {
  readonly id: string
  /** The conversation, e.g. a chat id; also where the answer goes. */
  readonly chat: string
  readonly text: string
  readonly files: readonly InFile[]
  /**
   * The update that first brought the message this one is a new wording of; the same one however often it is
   * reworded. Text and files are those of the message as it now stands.
   */
  readonly edits?: string
  /** In a group, which then is the chat: whoever wrote, by the name of their own chat with us. */
  readonly sender?: string
}

export interface InFile {
  readonly name: string
  readonly size: number
  /** Absent where the channel could not hand it in. */
  readonly bytes?: Uint8Array
}

/**
 * Resolves once the update is stored, so that the channel may acknowledge it. `isStored: false`
 * means nothing was kept; `say` is then to be shown at once.
 */
export type Receive = (update: Update) => Promise<{ readonly isStored: boolean; readonly say?: string }>

export interface OutMessage {
  /** The outbox row: repeatable channels know a message by it. */
  readonly id: string
  readonly text: string
  /** Quick replies: pressing one sends exactly these words. */
  readonly choices: readonly string[]
  readonly file?: OutFile
}

export interface OutFile {
  readonly id: string
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Sent {
  readonly type: 'sent'
  readonly messageId?: string
}
export interface RetryLater {
  readonly type: 'retryLater'
  readonly afterMs: number
}
/** The other side said no, for good. */
export interface Refused {
  readonly type: 'refused'
  readonly reason: string
}
/** It left us, and no answer came: nobody may send it again by himself. */
export interface Unknown {
  readonly type: 'unknown'
  readonly reason: string
}
