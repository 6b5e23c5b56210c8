import type { Capabilities, Channel, OutMessage } from './channels/channel.ts'
import type { LinkDesk } from './links.ts'
import type { NewMessage, OutRow } from './store/store.ts'
import type { Words } from './words.ts'

/** Whether this file can be sent in the channel itself. */
function canCarry(
  { files, fileMax }: Capabilities,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): boolean {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? ''
  return (files === 'any' || files.includes(ending)) && bytes.length <= fileMax
}

/** A message as the channel can carry it: words too long to go with a file go before it, each a message of its own. */
export function fitMessage(
  message: NewMessage,
  capabilities: Capabilities | undefined,
): readonly NewMessage[] {
  if (!capabilities) return [message]
  const fitting = { ...message, choices: message.choices.slice(0, capabilities.buttons) }
  const { file, text, key, ...rest } = fitting
  if (!file || !canCarry(capabilities, file) || text.length <= capabilities.captionMax) return [fitting]
  return [
    { ...rest, key, text },
    { ...rest, key: `${key}:file`, text: '', choices: [], file },
  ]
}

/** A row as it is sent: what the channel cannot carry is an address under the words, which opens once. */
export async function messageOf(
  row: OutRow,
  {
    channel,
    words,
    links,
  }: { readonly channel: Channel; readonly words: Words; readonly links: LinkDesk | undefined },
): Promise<OutMessage> {
  const { id, text, file, link } = row
  const { capabilities } = channel
  const choices = row.choices.slice(0, capabilities.buttons)
  const isCarried = file !== undefined && canCarry(capabilities, file)
  const lines = [
    ...(file && !isCarried ? [await fileLine(row, { words, links })] : []),
    ...(link ? [await uploadLine(row, links)] : []),
  ]
  const said = [text, ...lines].filter((part) => part !== '').join('\n')
  return { id, text: said, choices, ...(isCarried ? { file } : {}) }
}

async function fileLine(
  { officeId, personId, channel, chat, file }: OutRow,
  { words, links }: { readonly words: Words; readonly links: LinkDesk | undefined },
): Promise<string> {
  const name = file?.name ?? ''
  if (!links || officeId === undefined || personId === undefined || !file)
    return words.text('link.none', { name })
  const { url, minutes } = await links.open({
    purpose: 'download',
    officeId,
    personId,
    channel,
    chat,
    fileId: file.id,
  })
  return words.text('link.download', { name, url, minutes })
}

async function uploadLine(
  { officeId, personId, channel, chat }: OutRow,
  links: LinkDesk | undefined,
): Promise<string> {
  if (!links || officeId === undefined || personId === undefined) return ''
  return (await links.open({ purpose: 'upload', officeId, personId, channel, chat })).url
}
