import type { Form, Part } from './multipart.ts'

/** What Telegram answers: a result, or what it says no with. */
export type Reply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false
      readonly error_code: number
      readonly description: string
      readonly parameters?: Readonly<Record<string, number>>
    }

export type Params = Form | Readonly<Record<string, unknown>>

export interface FakeChat {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup'
  /** Empty: one may write. */
  state: 'open' | 'blocked' | 'deactivated' | 'kicked'
  /** The supergroup a group has become. */
  movedTo?: number
  readonly shown: FakeShown[]
  commands: readonly { readonly command: string; readonly description: string }[]
  readonly hasRoom: () => number
}

/** One delivery to a person: a message sent twice stands there twice. */
export interface FakeShown {
  readonly chat: number
  readonly messageId: number
  readonly text: string
  readonly entities: readonly { readonly type: string; readonly offset: number; readonly length: number }[]
  /** The buttons row by row. */
  readonly rows: readonly (readonly { readonly text: string; readonly callback_data: string }[])[]
  readonly choices: readonly string[]
  readonly hasPreview: boolean
  readonly file?: { readonly name: string; readonly bytes: Buffer }
}

export interface FakeFile {
  readonly path: string
  readonly bytes: Buffer
  /** The size as it is told. */
  readonly size: number
}

export interface Account {
  readonly id: number
  readonly username: string
  readonly chats: Map<number, FakeChat>
  readonly shown: Map<number, FakeShown>
  readonly files: Map<string, FakeFile>
  /** The presses not answered yet. */
  readonly presses: Set<string>
  readonly answered: { readonly id: string; readonly text: string | undefined }[]
  nextMessageId(): number
  /** How many seconds to wait before anything more may be sent; 0 where one may. */
  hasRoom(): number
}

interface Method {
  /** Every other one is refused: Telegram would overlook it, and with it what was meant. */
  readonly params: readonly string[]
  run(params: Params, account: Account): Reply
}

const TEXT_MAX = 4096
const CAPTION_MAX = 1024
const DATA_MAX = 64
const ANSWER_MAX = 200
const FILE_MAX = 50 * 1024 * 1024
const DOWNLOAD_MAX = 20 * 1024 * 1024

export const METHODS: Readonly<Record<string, Method>> = {
  getMe: {
    params: [],
    run: (_params, { id, username }) =>
      done({
        id,
        is_bot: true,
        first_name: 'thuky',
        username,
        can_join_groups: true,
        can_read_all_group_messages: false,
        supports_inline_queries: false,
      }),
  },
  sendMessage: {
    params: ['chat_id', 'text', 'entities', 'reply_markup', 'link_preview_options'],
    run: (params, account) => {
      const { text, entities = [], link_preview_options: preview } = params
      if (typeof text !== 'string' || text.trim() === '') return bad('message text is empty')
      if (text.length > TEXT_MAX) return bad('message is too long')
      const hasPreview = !isRecord(preview) || preview['is_disabled'] !== true
      return show({ params, text, entities, hasPreview }, account)
    },
  },
  sendDocument: {
    params: ['chat_id', 'document', 'caption', 'caption_entities', 'reply_markup'],
    run: (params, account) => {
      const { document, caption = '', caption_entities: entities = '[]' } = params
      if (!isPart(document)) return bad('there is no document in the request')
      if (document.bytes.length === 0) return bad('file must be non-empty')
      if (document.bytes.length > FILE_MAX) return bad('file is too big', 413)
      if (typeof caption !== 'string' || caption.length > CAPTION_MAX)
        return bad('message caption is too long')
      return show({ params, text: caption, entities, hasPreview: false, file: document }, account)
    },
  },
  answerCallbackQuery: {
    params: ['callback_query_id', 'text'],
    run: ({ callback_query_id: id, text }, { presses, answered }) => {
      if (typeof id !== 'string' || !presses.has(id))
        return bad('query is too old and response timeout expired or query ID is invalid')
      if (text !== undefined && (typeof text !== 'string' || text.length > ANSWER_MAX))
        return bad('MESSAGE_TOO_LONG')
      answered.push({ id, text })
      return done(true)
    },
  },
  getFile: {
    params: ['file_id'],
    run: ({ file_id: id }, { files }) => {
      const file = typeof id === 'string' ? files.get(id) : undefined
      if (!file) return bad('wrong file_id or the file is temporarily unavailable')
      if (file.size > DOWNLOAD_MAX) return bad('file is too big')
      return done({ file_id: id, file_unique_id: id, file_size: file.size, file_path: file.path })
    },
  },
  setMyCommands: {
    params: ['commands', 'scope'],
    run: ({ commands, scope }, { chats }) => {
      if (!isRecord(scope) || scope['type'] !== 'chat') return bad('unsupported scope')
      const chat = chats.get(Number(scope['chat_id']))
      if (!chat) return bad('chat not found')
      if (!Array.isArray(commands) || commands.length > 100 || !commands.every(isCommand))
        return bad('BOT_COMMAND_INVALID')
      chat.commands = commands
      return done(true)
    },
  },
}

export function done(result: unknown): Reply {
  return { ok: true, result }
}

export function bad(description: string, error_code = 400): Reply {
  return { ok: false, error_code, description: `Bad Request: ${description}` }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function busy(seconds: number): Reply {
  return {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  }
}

interface Showing {
  readonly params: Params
  readonly text: string
  readonly entities: unknown
  readonly hasPreview: boolean
  readonly file?: Part
}

function show({ params, text, entities, hasPreview, file }: Showing, account: Account): Reply {
  const chat = account.chats.get(Number(params['chat_id']))
  if (!chat) return bad('chat not found')
  const refusal = refuse(chat)
  if (refusal) return refusal
  const ranges = readRanges(entities, text)
  if (!ranges) return bad("can't parse entities")
  const rows = readRows(params['reply_markup'])
  if (!rows) return bad('BUTTON_DATA_INVALID')
  const seconds = account.hasRoom() || chat.hasRoom()
  if (seconds > 0) return busy(seconds)
  const messageId = account.nextMessageId()
  const choices = rows.flat().map((button) => button.text)
  const shown = { chat: chat.id, messageId, text, entities: ranges, rows, choices, hasPreview }
  const kept = file === undefined ? shown : { ...shown, file }
  chat.shown.push(kept)
  account.shown.set(messageId, kept)
  return done({ message_id: messageId, date: 0, chat: { id: chat.id, type: chat.type }, text })
}

function refuse({ state, movedTo, type }: FakeChat): Reply | undefined {
  if (movedTo !== undefined)
    return {
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: movedTo },
    }
  if (state === 'open') return undefined
  const why = {
    blocked: 'bot was blocked by the user',
    deactivated: 'user is deactivated',
    kicked: `bot was kicked from the ${type} chat`,
  }[state]
  return { ok: false, error_code: 403, description: `Forbidden: ${why}` }
}

function readRanges(entities: unknown, text: string): FakeShown['entities'] | undefined {
  const list: unknown = typeof entities === 'string' ? JSON.parse(entities) : entities
  const isRange = (range: unknown): boolean => {
    if (!isRecord(range)) return false
    const { type, offset, length } = range
    return (
      type === 'bold' &&
      typeof offset === 'number' &&
      typeof length === 'number' &&
      offset >= 0 &&
      length > 0 &&
      offset + length <= text.length
    )
  }
  return Array.isArray(list) && list.every(isRange) ? list : undefined
}

function readRows(markup: unknown): FakeShown['rows'] | undefined {
  if (markup === undefined) return []
  const read: unknown = typeof markup === 'string' ? JSON.parse(markup) : markup
  const rows = isRecord(read) ? read['inline_keyboard'] : undefined
  const isButton = (button: unknown): boolean => {
    if (!isRecord(button)) return false
    const { text, callback_data: data } = button
    if (typeof text !== 'string' || typeof data !== 'string' || text === '') return false
    const size = Buffer.byteLength(data)
    return size > 0 && size <= DATA_MAX
  }
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.length > 0 && row.every(isButton)
  return Array.isArray(rows) && rows.every(isRow) ? rows : undefined
}

function isCommand(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { command, description } = value
  return (
    typeof command === 'string' &&
    /^[a-z0-9_]{1,32}$/.test(command) &&
    typeof description === 'string' &&
    description.length >= 1 &&
    description.length <= 256
  )
}

function isPart(value: unknown): value is Part {
  return isRecord(value) && Buffer.isBuffer(value['bytes'])
}
