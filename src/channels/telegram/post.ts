import { Input, Markup } from 'telegraf'
import { z } from 'zod'
import type { OutFile, OutMessage, Refused, RetryLater, Sent, Unknown } from '../channel.ts'
import { readMarks } from '../marks.ts'
import type { Call, Failure } from './calls.ts'

const LABEL_MAX = 60
/** Two such buttons are read side by side on a telephone. */
const SHORT_LABEL = 16
const FAILED_PAUSE_MS = 5_000
export const REFUSED_PAUSE_MS = 60_000

/** One message is one call. What is bold is told beside the text: no word of it can be taken for markup. */
export async function post(call: Call, chat: string, message: OutMessage): Promise<Sent> {
  const { plain, bold } = readMarks(message.text)
  const entities = bold.map((range) => ({ type: 'bold' as const, ...range }))
  const keyboard = message.choices.length === 0 ? {} : keyboardOf(message)
  const posted = message.file
    ? call('sendDocument', {
        chat_id: chat,
        document: inputOf(message.file),
        caption: plain,
        caption_entities: entities,
        ...keyboard,
      })
    : call('sendMessage', {
        chat_id: chat,
        text: plain,
        entities,
        link_preview_options: { is_disabled: true },
        ...keyboard,
      })
  // Whatever else stands in the answer: it is there.
  const messageId = Posted.safeParse(await posted).data?.message_id
  return { type: 'sent', ...(messageId === undefined ? {} : { messageId: String(messageId) }) }
}

const Posted = z.object({ message_id: z.int() })

/** What a failed call is to whoever sent the message. */
export function outcomeOf(failure: Failure): RetryLater | Refused | Unknown {
  const { type, code } = failure
  if (type === 'unreached') return { type: 'retryLater', afterMs: FAILED_PAUSE_MS, isPause: true }
  if (type === 'unanswered') return { type: 'unknown', reason: code }
  if (code === '429')
    return { type: 'retryLater', afterMs: failure.retryAfterMs ?? FAILED_PAUSE_MS, isPause: true }
  if (isTokenRefused(failure)) return { type: 'retryLater', afterMs: REFUSED_PAUSE_MS, isPause: true }
  const why = WHY.exec(failure.description)?.[0].toLowerCase()
  const isClosed = code === '403' || why === 'chat not found'
  return {
    type: 'refused',
    reason: why === undefined ? code : `${code} ${why}`,
    ...(isClosed ? { isClosed } : {}),
  }
}

/** What of a refusal may be shown: the whole of it may hold words of the message. */
const WHY =
  /chat not found|blocked|deactivated|kicked|not a member|initiate|too long|too big|no rights|empty/i

export function isTokenRefused({ type, code }: Failure): boolean {
  return type === 'refused' && (code === '401' || code === '404')
}

/** One button a row, two where both are short. */
function keyboardOf({ id, choices }: OutMessage): Pick<Markup.Markup<Keyboard>, 'reply_markup'> {
  const buttons = choices.map((choice, index) => Markup.button.callback(labelOf(choice), `${id}:${index}`))
  return Markup.inlineKeyboard(buttons, {
    wrap: (button, _index, row) => row.length > 1 || [button, ...row].some(({ text }) => !isShort(text)),
  })
}

type Keyboard = ReturnType<typeof Markup.inlineKeyboard>['reply_markup']

function labelOf(choice: string): string {
  const letters = [...choice.normalize('NFC')]
  return letters.length <= LABEL_MAX ? letters.join('') : `${letters.slice(0, LABEL_MAX - 1).join('')}…`
}

function isShort(label: string): boolean {
  return [...label].length <= SHORT_LABEL
}

/** telegraf writes the name into a header as it is. */
function inputOf({ name, bytes }: OutFile): ReturnType<typeof Input.fromBuffer> {
  const safe = name.normalize('NFC').replace(/[\p{Cc}"\\/]/gu, '_')
  return Input.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), safe)
}
