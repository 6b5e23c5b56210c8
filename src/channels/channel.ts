/** The one port between thuky and the places where officials write. */
export interface Channel {
  /** "telegram", "zalo", "zalo-bot", "web", "terminal": also the first half of an address. */
  readonly name: string
  readonly capabilities: Capabilities
  /** Where the other side calls us. */
  readonly webhook?: Webhook
  /** Begin to hand in what arrives. Resolves when the channel is usable; without `notify` the rest goes unheard. */
  start(receive: Receive, notify?: Notify): Promise<void>
  send(to: string, message: OutMessage): Promise<Sent | RetryLater | Refused | Unknown>
  /** The bytes of a file that came by reference. */
  fetchFile?(ref: string): Promise<Fetched>
  /** An address that brings whoever opens it here with this code. */
  inviteLink?(code: string): string | undefined
  /** How many messages nobody asked for may still be sent, as far as the other side has told. */
  remaining?(): number | undefined
  /** Asks somebody not known for their telephone number. */
  askPhone?(to: string): Promise<unknown>
  /** What this person may ask for, for the channel's own menu; nobody waits for it. */
  setMenu?(chat: string, menu: readonly MenuEntry[]): Promise<void>
  /** Stop taking in; resolves when nothing is under way. */
  stop(): Promise<void>
}

export interface Capabilities {
  readonly textMax: number
  /** How many quick replies may accompany a message; 0 where there are none. */
  readonly buttons: number
  /** The endings of the file names that can be sent, without the dot. */
  readonly files: 'any' | readonly string[]
  /** In bytes. */
  readonly fileMax: number
  /** The longest text that goes with a file in one message; a longer one goes before it. */
  readonly captionMax: number
  /** Whether people can send files here. */
  readonly takesFiles: boolean
  /** True where the same message sent twice shows once (it is known by its id). */
  readonly isRepeatable: boolean
  /** How many messages a month the account may send. */
  readonly monthly?: number
  /** How fast we may send; absent where nobody counts. */
  readonly pace?: Pace
}

/** Where what is shown is our own: nothing is too long, and nothing shows twice. */
export const OWN_PAGE = {
  textMax: 4000,
  files: 'any',
  fileMax: Number.POSITIVE_INFINITY,
  captionMax: Number.POSITIVE_INFINITY,
  takesFiles: true,
  isRepeatable: true,
} as const satisfies Partial<Capabilities>

/** So many messages in so long a time. */
export interface Rate {
  readonly points: number
  readonly perMs: number
}

export interface Pace {
  /** To everybody together. */
  readonly account: Rate
  chat(to: string): Rate | undefined
}

/** One request of the other side, its body as it came: signatures are of bytes. */
export interface Webhook {
  /** "/telegram/webhook" */
  readonly path: string
  handle(request: {
    readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
    readonly body: Uint8Array
  }): Promise<{ readonly status: number }>
}

/** "/tiendo" with what it does. */
export interface MenuEntry {
  readonly command: string
  readonly description: string
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
  /** A quick reply was pressed: which one of which message; its words are looked up, `text` is empty. */
  readonly pressed?: { readonly messageId: string; readonly choice: number }
  /** The telephone number the person let the channel tell us. */
  readonly phone?: string
}

export interface InFile {
  readonly name: string
  readonly size: number
  /** Absent where the channel could not hand it in. */
  readonly bytes?: Uint8Array
  /** By which `fetchFile` gets the bytes later. */
  readonly ref?: string
}

/** "later": the other side cannot be reached now. */
export type Fetched = { readonly bytes: Uint8Array } | 'gone' | 'tooLarge' | 'later'

/** What a channel learns beside messages. Resolves once it is kept. */
export type Notify = (notice: Notice) => Promise<void>

export type Notice =
  /** A message did arrive there: known by its id, or by its words where its sending got no answer. */
  | { readonly type: 'arrived'; readonly chat: string; readonly messageId?: string; readonly text?: string }
  /** Nobody can be written to there any more, until they write again. */
  | {
      readonly type: 'closed'
      readonly chat: string
      readonly reason: string
      /** When, in epoch milliseconds: who has come since is not meant. */
      readonly at?: number
    }
  /** A group has got another id. */
  | { readonly type: 'moved'; readonly chat: string; readonly to: string }
  /** The person wants what is kept of the talk deleted. */
  | { readonly type: 'withdrawn'; readonly chat: string; readonly at?: number }
  /** The account needs a person: told to the administrators. */
  | { readonly type: 'trouble'; readonly trouble: Trouble }

export type Trouble = 'tokenDead' | 'tokenRefused' | 'notAllowed' | 'otherPoller'

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
  /** Everything of the account waits so long, not this message alone. */
  readonly isPause?: boolean
}
/** The other side said no, for good. */
export interface Refused {
  readonly type: 'refused'
  readonly reason: string
  /** The way to this chat is closed (blocked, outside the window, no quota): the person may be reached elsewhere. */
  readonly isClosed?: boolean
  /** Only for now, since the account has no quota left: the chat itself is open. */
  readonly isQuota?: boolean
}
/** It left us, and no answer came: nobody may send it again by himself. */
export interface Unknown {
  readonly type: 'unknown'
  readonly reason: string
}
