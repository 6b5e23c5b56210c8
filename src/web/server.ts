import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Webhook } from '../channels/channel.ts'
import type { WebChannel } from '../channels/web.ts'
import { type Refusal, type Reply, replyJson } from './exchange.ts'
import { refuseStranger } from './guards.ts'
import type { Links } from './links.ts'
import { replySentence } from './pages.ts'
import type { RoomOffice, Rooms } from './rooms.ts'
import { listRoutes, type Result } from './routes.ts'
import { readWords } from './words.ts'

export interface WebOptions {
  readonly rooms: Rooms
  readonly channel: WebChannel
  /** Every web.* sentence. */
  readonly words: Readonly<Record<string, string>>
  readonly health: { isReady(): Promise<boolean>; metrics(): Promise<string> }
  readonly log: { error(fields: object, message: string): void }
  /** The host name by which others reach us, beside localhost. */
  readonly publicHost?: string
  /** Where channels are called by their other side. */
  readonly webhooks?: readonly Webhook[]
  /** Without them there are no links to files. */
  readonly links?: Links
}

export interface WebServer {
  /** Resolves to the port, which matters when 0 was asked for. */
  listen(port: number, host?: string): Promise<number>
  /** Ends the streams and waits for the requests in hand. */
  close(): Promise<void>
}

const HEARTBEAT_MS = 20_000
/** How long `close` waits for a slow other side. */
const GRACE_MS = 5_000

const SAFETY = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

export function createWebServer(options: WebOptions): WebServer {
  const words = readWords(options.words)
  const routes = listRoutes(options, words).map((route) => ({ ...route, pattern: readPattern(route.path) }))
  const streams = new Set<ServerResponse>()
  const inHand = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    inHand.add(response)
    response.on('close', () => inHand.delete(response))
    serve(request, response).catch((cause: unknown) => fail(request, response, cause))
  })
  let heartbeat: NodeJS.Timeout | undefined

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result = await answer(request)
    if ('stream' in result) return stream(response, result.stream)
    write(response, 'say' in result ? word(result, request) : result)
  }

  async function answer(request: IncomingMessage): Promise<Result> {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const found = routes.filter((route) => route.pattern.test(path))
    const route = found.find(({ method }) => method === request.method)
    if (route?.door === 'open') return route.answer({ request, params: readParams(route.pattern, path) })
    const refusal = refuseStranger(request, options.publicHost)
    if (refusal) return refusal
    const office = await options.rooms.office()
    if (!office) return { status: 403, say: 'web.closed' }
    if (route) return route.answer({ request, params: readParams(route.pattern, path), office })
    if (found.length === 0) return { status: 404, say: 'web.notFound' }
    return {
      status: 405,
      say: 'web.wrongMethod',
      headers: { allow: found.map(({ method }) => method).join(', ') },
    }
  }

  function word(refusal: Refusal, request: IncomingMessage): Reply {
    const say = words[refusal.say]
    const reply = request.url?.startsWith('/api/')
      ? replyJson({ say }, refusal.status)
      : replySentence(words['web.title'], say, refusal.status)
    return { ...reply, headers: { ...reply.headers, ...refusal.headers } }
  }

  /** Tells the page where to look anew; what it shows it reads from the store, so nothing is missed. */
  function stream(response: ServerResponse, office: RoomOffice): void {
    if (response.destroyed) return
    response.writeHead(200, {
      ...SAFETY,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    response.flushHeaders()
    const deafen = office.people.map(({ id: person }) =>
      options.channel.listen(person, (id) => {
        tell(response, 'message', { person, id })
        tell(response, 'board', {})
      }),
    )
    streams.add(response)
    response.on('close', () => {
      streams.delete(response)
      for (const stop of deafen) stop()
    })
  }

  /** The server's door for faults: logged in full, shown as one calm sentence with its number. */
  function fail(request: IncomingMessage, response: ServerResponse, cause: unknown): void {
    // The other side went away while we read: nothing of ours is at fault.
    if (request.destroyed && !request.complete) return
    const incident = randomBytes(4).toString('hex')
    options.log.error({ incident, err: cause, method: request.method }, 'a request failed')
    if (response.headersSent) return void response.destroy()
    const say = words['web.fault'].replace('{number}', incident)
    write(
      response,
      request.url?.startsWith('/api/')
        ? replyJson({ say }, 500)
        : replySentence(words['web.title'], say, 500),
    )
  }

  return {
    listen(port, host = '127.0.0.1') {
      heartbeat = setInterval(() => {
        for (const response of streams) tell(response, 'beat', {})
      }, HEARTBEAT_MS)
      return new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          const address = server.address()
          resolve(typeof address === 'object' && address ? address.port : port)
        })
      })
    },

    async close() {
      clearInterval(heartbeat)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const response of streams) response.end()
      const finished = [...inHand].map(
        (response) => new Promise<void>((resolve) => response.on('close', resolve)),
      )
      await Promise.race([Promise.all(finished), setTimeout(GRACE_MS, undefined, { ref: false })])
      // What is left are idle connections, some of which (a browser's spare ones) `close` alone would wait for.
      server.closeAllConnections()
      await closed
    },
  }
}

function tell(response: ServerResponse, event: string, data: object): void {
  if (response.writableEnded || response.destroyed) return
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

function write(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...SAFETY, ...reply.headers }).end(reply.body)
}

/** "/api/rooms/:person" */
function readPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\./g, '\\.').replace(/:(\w+)/g, '(?<$1>[\\w-]{1,200})')}$`)
}

function readParams(pattern: RegExp, path: string): Readonly<Record<string, string>> {
  return pattern.exec(path)?.groups ?? {}
}
