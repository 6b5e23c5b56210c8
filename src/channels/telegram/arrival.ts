import { Composer, Context, Telegram } from 'telegraf'
import { message as having } from 'telegraf/filters'
import type { Update as TelegramUpdate } from 'telegraf/types'
import { z } from 'zod'
import type { InFile, Notice, Update } from '../channel.ts'

/** What one update of Telegram's is to us; none of it: it needs nothing. */
export interface Arrival {
  readonly update?: Update
  readonly notice?: Notice
  /** To be answered, or the button keeps turning. */
  readonly press?: { readonly id: string; readonly label?: string }
  /** Telegram has something new that we do not know. */
  readonly isUnknown?: true
}

/** The bot itself. */
export const Me = z.object({ id: z.int(), username: z.string() })
export type Me = z.infer<typeof Me>

/** Of every update the number at least can be read. */
export const Numbered = z.custom<TelegramUpdate>(
  (value) => z.object({ update_id: z.int() }).safeParse(value).success,
)

export type ReadArrival = (update: TelegramUpdate, me: Me) => Promise<Arrival>

const Chat = z.object({ id: z.int(), type: z.string() })
const User = z.object({ id: z.int(), is_bot: z.boolean().default(false) })
const Entity = z.object({ type: z.string(), offset: z.int(), length: z.int() })
const Sized = z.object({ file_size: z.int() })

const Message = z.looseObject({
  message_id: z.int(),
  chat: Chat,
  from: User.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(Entity).default([]),
  caption_entities: z.array(Entity).default([]),
  reply_to_message: z.object({ from: User.optional() }).optional(),
  document: z
    .object({
      file_id: z.string(),
      file_name: z.string().optional(),
      mime_type: z.string().optional(),
      file_size: z.int().default(0),
    })
    .optional(),
  contact: z.object({ phone_number: z.string(), user_id: z.int().optional() }).optional(),
})
type Message = z.infer<typeof Message>

const Query = z.object({
  id: z.string(),
  from: User,
  data: z.string().default(''),
  message: z
    .object({
      chat: Chat,
      reply_markup: z
        .object({
          inline_keyboard: z.array(
            z.array(z.object({ text: z.string(), callback_data: z.string().optional() })),
          ),
        })
        .optional(),
    })
    .optional(),
})

const Membership = z.object({ chat: Chat, new_chat_member: z.object({ status: z.string() }) })
const Migration = z.object({ chat: Chat, migrate_to_chat_id: z.int() })

/** How a file is called that came without a name. */
const NAME_BY_MIME: Readonly<Record<string, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'tep.docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'tep.xlsx',
  'application/pdf': 'tep.pdf',
  'text/plain': 'tep.txt',
  'text/csv': 'tep.csv',
}

/** What is no document and is therefore not fetched. An animation is told as a document too, and so stands here first. */
const NAME_BY_KIND = {
  animation: 'anh-dong.mp4',
  photo: 'anh.jpg',
  voice: 'ghi-am.ogg',
  audio: 'am-thanh.mp3',
  video: 'video.mp4',
  video_note: 'video.mp4',
  sticker: 'nhan-dan.webp',
  contact: 'danh-thiep.vcf',
  location: 'vi-tri',
  poll: 'binh-chon',
  dice: 'xuc-xac',
  story: 'tin-ngan',
} as const

type Routed = Context & { arrival?: Arrival }

/** The ways through telegraf, each ending in what the update is to us. */
export function createReader(token: string): ReadArrival {
  const botId = token.split(':')[0] ?? ''
  const telegram = new Telegram(token)
  const router = new Composer<Routed>()

  router.on(having('migrate_to_chat_id'), (ctx) => {
    ctx.arrival = read(Migration, ctx.message, ({ chat, migrate_to_chat_id }) => ({
      notice: { type: 'moved', chat: String(chat.id), to: String(migrate_to_chat_id) },
    }))
  })
  router.on('message', (ctx) => {
    ctx.arrival = read(Message, ctx.message, (message) =>
      arrivalOf({ message, id: idOf(message) }, ctx.botInfo),
    )
  })
  router.on('edited_message', (ctx) => {
    ctx.arrival = read(Message, ctx.editedMessage, (message) => {
      const edits = idOf(message)
      const id = `${edits}:${ctx.update.update_id}`
      // A place that moves along is told as an edit each few seconds.
      return isWording(message) ? arrivalOf({ message, id, edits }, ctx.botInfo) : {}
    })
  })
  router.on('callback_query', (ctx) => {
    ctx.arrival = read(Query, ctx.callbackQuery, (query) => pressOf(query, `${botId}:q${query.id}`))
  })
  router.on('my_chat_member', (ctx) => {
    ctx.arrival = read(Membership, ctx.myChatMember, ({ chat, new_chat_member: { status } }) =>
      chat.type === 'private' && (status === 'kicked' || status === 'left')
        ? { notice: { type: 'closed', chat: String(chat.id), reason: 'blocked' } }
        : {},
    )
  })

  function idOf({ chat, message_id }: Message): string {
    return `${botId}:${chat.id}:${message_id}`
  }

  const route = router.middleware()
  return async (update, me) => {
    const ctx: Routed = new Context(update, telegram, { ...UNASKED, ...me })
    await route(ctx, async () => undefined)
    return ctx.arrival ?? {}
  }
}

/** What telegraf wants to be told of the bot, and nobody here asks. */
const UNASKED = {
  is_bot: true,
  first_name: '',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
} as const

function read<T>(schema: z.ZodType<T>, value: unknown, take: (value: T) => Arrival): Arrival {
  const { data } = schema.safeParse(value)
  return data === undefined ? { isUnknown: true } : take(data)
}

function arrivalOf(
  { message, id, edits }: { readonly message: Message; readonly id: string; readonly edits?: string },
  me: Me,
): Arrival {
  const { chat, from } = message
  // Whoever speaks as a chat – a channel, an anonymous administrator – is nobody we know.
  if (!from || from.is_bot || message['sender_chat'] !== undefined) return {}
  const sender = senderIn(chat, from)
  if (!sender) return {}
  const text = sender.sender === undefined ? wordsOf(message) : wordsForUs(message, me)
  if (text === undefined) return {}
  const phone = sender.sender === undefined ? ownPhone(message) : undefined
  const files = phone === undefined ? filesOf(message) : []
  // People come and go, messages are pinned: nothing was said.
  if (text === '' && files.length === 0 && phone === undefined) return {}
  return {
    update: {
      id,
      chat: String(chat.id),
      text: text.normalize('NFC'),
      files,
      ...sender,
      ...(edits === undefined ? {} : { edits }),
      ...(phone === undefined ? {} : { phone }),
    },
  }
}

/** Nothing to tell in a private chat, the person in a group; undefined where nobody talks with us. */
function senderIn({ type }: Message['chat'], { id }: z.infer<typeof User>): { sender?: string } | undefined {
  if (type === 'private') return {}
  return type === 'group' || type === 'supergroup' ? { sender: String(id) } : undefined
}

function isWording({ text, caption, document }: Message): boolean {
  return text !== undefined || caption !== undefined || document !== undefined
}

function wordsOf({ text, caption }: Message): string {
  return text ?? caption ?? ''
}

/** What in a group is said to us, without our name; undefined where it is not. */
function wordsForUs(message: Message, me: Me): string | undefined {
  const text = wordsOf(message)
  const name = `@${me.username}`.toLowerCase()
  const entities = message.text === undefined ? message.caption_entities : message.entities
  const said = entities.map(({ type, offset, length }) => {
    return { type, offset, end: offset + length, words: text.slice(offset, offset + length).toLowerCase() }
  })
  const isCommand = said.some(
    ({ type, offset, words }) => type === 'bot_command' && offset === 0 && !words.includes('@'),
  )
  const ours = said.filter(
    ({ type, words }) => (type === 'mention' || type === 'bot_command') && words.endsWith(name),
  )
  if (!isCommand && ours.length === 0 && message.reply_to_message?.from?.id !== me.id) return undefined
  return ours.reduceRight((rest, { end }) => rest.slice(0, end - name.length) + rest.slice(end), text).trim()
}

/** Only one's own card tells one's own number: any card can be sent on. */
function ownPhone({ contact, from }: Message): string | undefined {
  return contact && contact.user_id === from?.id ? contact.phone_number.replace(/\D/g, '') : undefined
}

function filesOf(message: Message): readonly InFile[] {
  const [kind, other] = Object.entries(NAME_BY_KIND).find(([kind]) => message[kind] !== undefined) ?? []
  if (kind !== undefined && other !== undefined) {
    const thing = message[kind]
    // Of a picture there are several sizes, the largest last.
    const sized = Sized.safeParse(Array.isArray(thing) ? thing.at(-1) : thing)
    return [{ name: other, size: sized.data?.file_size ?? 0 }]
  }
  const { document } = message
  if (!document) return []
  const name = document.file_name ?? NAME_BY_MIME[document.mime_type ?? ''] ?? 'tep'
  return [{ name: name.normalize('NFC'), size: document.file_size, ref: document.file_id }]
}

function pressOf({ from, data, message, ...query }: z.infer<typeof Query>, id: string): Arrival {
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? []
  const label = buttons.find(({ callback_data }) => callback_data === data)?.text
  const press = { id: query.id, ...(label === undefined ? {} : { label }) }
  const [, messageId, choice] = /^([^:]{1,20}):(\d{1,3})$/.exec(data) ?? []
  const sender = message && senderIn(message.chat, from)
  if (messageId === undefined || !message || !sender) return { press }
  const pressed = { messageId, choice: Number(choice) }
  return { press, update: { id, chat: String(message.chat.id), text: '', files: [], pressed, ...sender } }
}
