import type { IncomingMessage } from 'node:http'
import { never } from '../core/never.ts'
import { type Reply, readBody, replyFile } from './exchange.ts'
import { refuseOtherHost } from './guards.ts'
import { escapeHtml, readFilled, readStyle, replyPage } from './pages.ts'
import type { Result, Route } from './routes.ts'
import type { WebOptions } from './server.ts'
import type { WebWords } from './words.ts'

/** Short-lived signed links for files where a channel has none; each opens once. */
export interface Links {
  /** What stands behind a token; undefined when it is forged, spent or too old. */
  look(
    token: string,
  ): Promise<
    { readonly purpose: 'download'; readonly name: string } | { readonly purpose: 'upload' } | undefined
  >
  /** Spends the link. */
  download(token: string): Promise<LinkedFile | undefined>
  /** Spends the link once the file is stored. */
  upload(token: string, file: LinkedFile): Promise<'stored' | 'gone' | 'notStored'>
}

interface LinkedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const FILE_MAX = 5 * 1024 * 1024
/** With what a form puts around the file. */
const FORM_MAX = 6 * 1024 * 1024
const NAME_MAX = 120

/** Whoever holds the address may look, and nobody else is to learn it. */
const PRIVATE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' }

/** The token is the right: no office, and no page of ours to come from. Only a press of a button spends it. */
export function listLinkRoutes({ links, publicHost }: WebOptions, words: WebWords): readonly Route[] {
  const html = readFilled('link.html', words)
  const style = readStyle('link.css')
  const gone = replyLink(words['web.fileGone'], 410)

  /** A sentence, with the form of that purpose under it. */
  function replyLink(say: string, status: number, purpose?: string): Reply {
    const body = html
      .replace(/<form [^>]*data-purpose="(\w+)"[\s\S]*?<\/form>/g, (form, whose) =>
        whose === purpose ? form : '',
      )
      .replace('{{say}}', () => escapeHtml(say))
    return { status, body, headers: { 'content-type': 'text/html; charset=utf-8', ...PRIVATE } }
  }

  function withName(sentence: string, name: string): string {
    return sentence.replace('{name}', () => name)
  }

  async function show(given: Links, token: string): Promise<Reply> {
    const behind = await given.look(token)
    if (!behind) return gone
    return behind.purpose === 'download'
      ? replyLink(withName(words['web.fileReady'], behind.name), 200, 'download')
      : replyLink(words['web.fileSend'], 200, 'upload')
  }

  async function open(given: Links, token: string, request: IncomingMessage): Promise<Reply> {
    const behind = await given.look(token)
    const isUpload = behind?.purpose === 'upload'
    // Also what nobody wants is read, and dropped: a browser shows no answer before it has sent all.
    const body = await readBody(request, isUpload ? FORM_MAX : 0)
    if (isUpload) return take(given, token, { body, type: request.headers['content-type'] ?? '' })
    const file = behind && (await given.download(token))
    if (!file) return gone
    const reply = replyFile(file)
    const length = { 'content-length': String(file.bytes.length) }
    return { ...reply, headers: { ...reply.headers, ...length, ...PRIVATE } }
  }

  async function take(
    given: Links,
    token: string,
    { body, type }: { readonly body: Uint8Array | 'tooLong'; readonly type: string },
  ): Promise<Reply> {
    const file = body === 'tooLong' ? body : await readUpload(body, type)
    if (!file) return replyLink(words['web.fileNone'], 400, 'upload')
    if (file === 'tooLong') return replyLink(words['web.fileTooLarge'], 413, 'upload')
    const outcome = await given.upload(token, file)
    switch (outcome) {
      case 'stored':
        return replyLink(withName(words['web.fileStored'], file.name), 200)
      case 'gone':
        return gone
      case 'notStored':
        return replyLink(withName(words['web.fileNotStored'], file.name), 503, 'upload')
      default:
        return never(outcome)
    }
  }

  function behindHost(answer: (given: Links, token: string, request: IncomingMessage) => Promise<Result>) {
    return async ({ request, params: { token = '' } }: Parameters<OpenAnswer>[0]): Promise<Result> => {
      const refusal = refuseOtherHost(request, publicHost)
      if (refusal) return refusal
      if (!links) return { status: 404, say: 'web.notFound' }
      return token.length < TOKEN_MIN ? gone : answer(links, token, request)
    }
  }

  const path = '/tep/:token'
  return [
    {
      method: 'GET',
      path: '/link.css',
      door: 'open',
      answer: async ({ request }) => refuseOtherHost(request, publicHost) ?? replyPage(style, request),
    },
    { method: 'GET', path, door: 'open', answer: behindHost(show) },
    { method: 'POST', path, door: 'open', answer: behindHost(open) },
  ]
}

type OpenAnswer = Extract<Route, { readonly door: 'open' }>['answer']
/** A shorter one was cut off on its way, or made up. */
const TOKEN_MIN = 20

/** The file of a form; undefined where none was chosen. */
async function readUpload(body: Uint8Array, type: string): Promise<LinkedFile | 'tooLong' | undefined> {
  const form = await new Response(body, { headers: { 'content-type': type } })
    .formData()
    .catch((cause: unknown) => {
      if (cause instanceof TypeError) return undefined
      throw cause
    })
  const file = [...(form?.values() ?? [])].find((value) => typeof value !== 'string')
  if (!file || file.name === '' || file.size === 0) return undefined
  if (file.size > FILE_MAX) return 'tooLong'
  return { name: cleanName(file.name), bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** Without a folder, and without signs that are not seen; the ending stays. */
function cleanName(name: string): string {
  const own = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const letters = [...own.replace(/\p{C}/gu, '').trim()]
  return letters.slice(-NAME_MAX).join('') || 'tep'
}
