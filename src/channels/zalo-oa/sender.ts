import type { Logger } from 'pino'
import { type Agent, FormData } from 'undici'
import { z } from 'zod'
import { never } from '../../core/never.ts'
import type { Channel, OutFile, OutMessage, Trouble } from '../channel.ts'
import { readMarks } from '../marks.ts'
import { post, type Reply } from './client.ts'
import { remedyOf } from './errors.ts'
import { GROUP } from './events.ts'
import type { Tokens } from './tokens.ts'

export type Outcome = Awaited<ReturnType<Channel['send']>>

export interface Sender {
  send(to: string, message: OutMessage): Promise<Outcome>
  askPhone(to: string, card: PhoneCard): Promise<Outcome>
  quota(): Quota | undefined
}

export interface SenderOptions {
  readonly apiRoot: string
  readonly buttonTemplate?: string
  readonly tokens: Tokens
  readonly agent: Agent
  readonly requestMs: number
  readonly fileMs: number
  readonly log: Pick<Logger, 'error'>
  /** The administrators are to know. */
  tell(trouble: Trouble): Promise<void>
}

/** What a person sees who is asked for the number. */
export interface PhoneCard {
  readonly title: string
  readonly subtitle: string
  readonly imageUrl: string
}

/** What is left to be sent, as the last answer had it. */
export interface Quota {
  readonly remain?: number
  readonly total?: number
  readonly type?: string
}

interface Body {
  readonly body: string | FormData
  readonly forMs: number
}

const WITHOUT_TOKEN: Outcome = { type: 'retryLater', afterMs: 30_000, isPause: true }
/** A person has to do something first. */
const TROUBLED: Outcome = { type: 'retryLater', afterMs: 600_000, isPause: true }
const AGAIN: Outcome = { type: 'retryLater', afterMs: 10_000 }

export function createSender(options: SenderOptions): Sender {
  const { apiRoot, buttonTemplate, tokens, agent, log } = options
  let lastQuota: Quota | undefined

  async function sendMessage(to: string, message: object): Promise<Outcome> {
    const isGroup = to.startsWith(GROUP)
    const recipient = isGroup ? { group_id: to.slice(GROUP.length) } : { user_id: to }
    const body = JSON.stringify({ recipient, message })
    const path = isGroup ? '/v3.0/oa/group/message' : '/v3.0/oa/message/cs'
    const reply = await call(path, { body, forMs: options.requestMs })
    if (reply?.type !== 'answered') return outcomeOf(reply)
    const read = Shown.safeParse(reply.json)
    if (!read.success) return { type: 'unknown', reason: 'an answer of another form' }
    const { message_id: messageId, quota } = read.data.data
    if (quota) lastQuota = readQuota(quota)
    return { type: 'sent', ...(messageId === undefined ? {} : { messageId }) }
  }

  /** The key by which it may be sent. Nothing has been shown yet, so that every failure may be repeated. */
  async function upload({ name, bytes }: OutFile): Promise<string | Outcome> {
    const body = new FormData()
    body.append('file', new Blob([Buffer.from(bytes)]), name.replace(/["/\\\p{Cc}]/gu, '-'))
    const reply = await call('/v2.0/oa/upload/file', { body, forMs: options.fileMs })
    if (reply?.type === 'unanswered') return AGAIN
    if (reply?.type !== 'answered') return outcomeOf(reply)
    const { token, attachment_id } = Uploaded.parse(reply.json).data
    return token ?? attachment_id ?? { type: 'refused', reason: 'the file was not taken' }
  }

  /** With a token, and once more with a new one where that was refused. Undefined while there is none. */
  async function call(path: string, body: Body): Promise<Reply | undefined> {
    const token = await tokens.read()
    if (token === undefined) return undefined
    const reply = await postWith(token, path, body)
    if (reply.type !== 'failed' || remedyOf(reply.code, reply.words).class !== 'refresh') return reply
    const next = await tokens.read(token)
    return next === undefined ? undefined : postWith(next, path, body)
  }

  function postWith(token: string, path: string, { body, forMs }: Body): Promise<Reply> {
    const json = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
    return post({ url: `${apiRoot}${path}`, headers: { access_token: token, ...json }, body, agent, forMs })
  }

  async function outcomeOf(reply: Exclude<Reply, { type: 'answered' }> | undefined): Promise<Outcome> {
    if (!reply) return WITHOUT_TOKEN
    switch (reply.type) {
      case 'unreached':
        return AGAIN
      case 'unanswered':
        return { type: 'unknown', reason: reply.reason }
      case 'tooMany':
        return { type: 'retryLater', afterMs: reply.afterMs, isPause: true }
      case 'failed':
        return outcomeOfFailure(reply.code, reply.words)
      default:
        return never(reply)
    }
  }

  /** Its number is the whole reason: Zalo's words may repeat what was sent. */
  async function outcomeOfFailure(code: number, words: string): Promise<Outcome> {
    const remedy = remedyOf(code, words)
    const reason = `Zalo error ${code}`
    switch (remedy.class) {
      case 'wait':
        return { type: 'retryLater', afterMs: remedy.afterMs, isPause: remedy.isPause }
      case 'window':
        return { type: 'refused', reason, isClosed: true }
      case 'quota':
        return { type: 'refused', reason, isClosed: true, isQuota: true }
      case 'permanent':
        return { type: 'refused', reason }
      case 'refresh':
        return troubled('tokenRefused')
      case 'person':
        return troubled(remedy.trouble)
      default:
        return never(remedy)
    }
  }

  async function troubled(trouble: Trouble): Promise<Outcome> {
    try {
      await options.tell(trouble)
    } catch (error) {
      // The message waits all the same, and its next refusal is told anew.
      log.error({ err: error, trouble }, 'a trouble with Zalo could not be told')
    }
    return TROUBLED
  }

  return {
    async send(to, { text, choices, file }) {
      const words = text === '' ? {} : { text: writeText(to, text) }
      if (!file) return sendMessage(to, { ...words, ...writeButtons(to, choices, buttonTemplate) })
      const key = await upload(file)
      if (typeof key !== 'string') return key
      return sendMessage(to, { ...words, attachment: { type: 'file', payload: { token: key } } })
    },
    askPhone: (to, { title, subtitle, imageUrl }) => {
      const elements = [{ title: cut(title, 100), subtitle: cut(subtitle, 500), image_url: imageUrl }]
      const payload = { template_type: 'request_user_info', elements }
      return sendMessage(to, { attachment: { type: 'template', payload } })
    },
    quota: () => lastQuota,
  }
}

/** In a group `[@…]` would call people by name. */
function writeText(to: string, text: string): string {
  const { plain } = readMarks(text.normalize('NFC'))
  return to.startsWith(GROUP) ? plain.replace(/\[@[^\]]*\]/g, '') : plain
}

/** A tap shows in the chat as the person's own words, which are those of the choice. Groups have no buttons. */
function writeButtons(to: string, choices: readonly string[], template: string | undefined): object {
  if (choices.length === 0 || to.startsWith(GROUP)) return {}
  const buttons = choices.map((choice) => ({
    title: cut(choice, 100),
    type: 'oa.query.show',
    payload: choice,
  }))
  const payload = template === undefined ? { buttons } : { template_type: template, buttons }
  return { attachment: { type: 'template', payload } }
}

/** Never in the middle of a letter that takes two units. */
function cut(words: string, max: number): string {
  return words.length <= max ? words : `${words.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

const Word = z.union([z.string(), z.number()]).transform(String)
const Figure = z.coerce.number().optional().catch(undefined)
const QuotaReply = z.object({
  remain: Figure,
  total: Figure,
  quota_type: z.string().optional().catch(undefined),
})

const Shown = z.object({
  error: z.union([z.literal(0), z.literal('0')]),
  data: z
    .object({
      message_id: Word.optional().catch(undefined),
      quota: QuotaReply.optional().catch(undefined),
    })
    .catch({ message_id: undefined, quota: undefined }),
})

const Key = z.string().min(1).optional().catch(undefined)
const NO_KEY = { token: undefined, attachment_id: undefined }
const Uploaded = z
  .object({ data: z.object({ token: Key, attachment_id: Key }).catch(NO_KEY) })
  .catch({ data: NO_KEY })

function readQuota({ remain, total, quota_type: type }: z.infer<typeof QuotaReply>): Quota {
  return {
    ...(remain === undefined ? {} : { remain }),
    ...(total === undefined ? {} : { total }),
    ...(type === undefined ? {} : { type }),
  }
}
