import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { Reply } from './exchange.ts'
import type { WebWords } from './words.ts'

const SCRIPTS = ['page.js', 'line.js', 'board.js', 'dom.js']

/** The files of the page, by path, with their words filled in. Read once, at the start. */
export function readPages(words: WebWords): ReadonlyMap<string, Reply> {
  return new Map([
    ['/', keep(readFilled('page.html', words), 'text/html')],
    ['/page.css', readStyle('page.css')],
    ...SCRIPTS.map((name): [string, Reply] => [`/${name}`, keep(readPart(name), 'text/javascript')]),
    ['/icon.svg', keep(readPart('icon.svg'), 'image/svg+xml')],
  ])
}

/** The page as it is, or "304 not modified" where the browser holds it already. */
export function replyPage(page: Reply, request: IncomingMessage): Reply {
  const { etag } = page.headers
  const known = request.headers['if-none-match']?.split(/\s*,\s*/) ?? []
  const isKnown = known.some((tag) => tag.replace(/^W\//, '') === etag)
  return isKnown ? { ...page, status: 304, body: '' } : page
}

/** A page that says one sentence and needs nothing else. */
export function replySentence(title: string, sentence: string, status: number): Reply {
  const body = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head><body><h1>${escapeHtml(sentence)}</h1></body></html>`
  return {
    status,
    body,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  }
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** {{web.title}} becomes that sentence; "{{words}}" all of them as JSON for the script. */
export function readFilled(name: string, words: WebWords): string {
  const known: Readonly<Record<string, string>> = words
  const filled = readPart(name).replace(/\{\{(web\.\w+)\}\}/g, (place, key: string) => {
    const sentence = known[key]
    if (sentence === undefined) throw new Error(`${name} asks for ${place}, which is no word of the pages`)
    return escapeHtml(sentence)
  })
  return filled.replace('"{{words}}"', () => JSON.stringify(words).replace(/</g, '\\u003c'))
}

export function readStyle(name: string): Reply {
  return keep(readPart(name), 'text/css')
}

function readPart(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function keep(body: string, type: string): Reply {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  return {
    status: 200,
    body,
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', etag },
  }
}
