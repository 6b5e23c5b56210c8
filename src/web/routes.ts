import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Webhook } from '../channels/channel.ts'
import { type Refusal, type Reply, readBody, readJson, replyFile, replyJson, replyText } from './exchange.ts'
import { listLinkRoutes } from './links.ts'
import { readPages, replyPage } from './pages.ts'
import type { RoomOffice } from './rooms.ts'
import type { WebOptions } from './server.ts'
import type { WebWords } from './words.ts'

/** "stream" leaves the connection open for what happens in the rooms. */
export type Result = Reply | Refusal | { readonly stream: RoomOffice }

/**
 * One thing the server does. Behind the door "office" stand the guards against other sites and the
 * office itself; behind "open" a route guards itself.
 */
export type Route = { readonly method: 'GET' | 'POST'; readonly path: string } & (
  | { readonly door: 'open'; readonly answer: (visit: Visit) => Promise<Result> }
  | { readonly door: 'office'; readonly answer: (visit: OfficeVisit) => Promise<Result> }
)

interface Visit {
  readonly request: IncomingMessage
  /** By the name in the path: "/api/rooms/:person". */
  readonly params: Readonly<Record<string, string>>
}

interface OfficeVisit extends Visit {
  readonly office: RoomOffice
}

const Post = z.object({ id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/), text: z.string() })

export function listRoutes(options: WebOptions, words: WebWords): readonly Route[] {
  const { rooms, channel, health } = options
  const pages = [...readPages(words)].map(
    ([path, page]): Route => ({
      method: 'GET',
      path,
      door: 'office',
      answer: async ({ request }) => replyPage(page, request),
    }),
  )
  return [
    ...pages,
    ...(options.webhooks ?? []).map((webhook) => openWebhook(webhook, options.log)),
    ...listLinkRoutes(options, words),
    {
      method: 'GET',
      path: '/api/office',
      door: 'office',
      answer: async ({ office }) => {
        const people = office.people.map(async (person) => {
          const lines = await rooms.transcript(person.id)
          return { ...person, lastMessage: lines.findLast((line) => line.direction === 'out')?.id ?? '' }
        })
        return replyJson({ ...office, people: await Promise.all(people) })
      },
    },
    {
      method: 'GET',
      path: '/api/rooms/:person',
      door: 'office',
      answer: inRoom(async (person) => replyJson(await rooms.transcript(person))),
    },
    {
      method: 'POST',
      path: '/api/rooms/:person',
      door: 'office',
      answer: inRoom(async (person, { request }) => {
        const body = await readBody(request)
        if (body === 'tooLong') return { status: 413, say: 'web.tooLong', headers: { connection: 'close' } }
        const read = Post.safeParse(readJson(body))
        if (!read.success) return { status: 400, say: 'web.badRequest' }
        const { id, text } = read.data
        const result = await channel.post({ id: `web:${person}:${id}`, chat: person, text, files: [] })
        return result.isStored ? replyJson({}) : replyJson({ say: result.say ?? words['web.notStored'] }, 503)
      }),
    },
    {
      method: 'GET',
      path: '/api/rooms/:person/events',
      door: 'office',
      answer: inRoom(async (_person, { office }) => ({ stream: office })),
    },
    {
      method: 'GET',
      path: '/api/board',
      door: 'office',
      answer: async () => replyJson((await rooms.board()) ?? null),
    },
    {
      method: 'GET',
      path: '/api/files/:id',
      door: 'office',
      answer: async ({ params: { id = '' } }) => {
        const file = await rooms.file(id)
        return file ? replyFile(file) : { status: 404, say: 'web.notFound' }
      },
    },
    { method: 'GET', path: '/healthz', door: 'open', answer: async () => replyText('ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      door: 'open',
      answer: async () => ((await health.isReady()) ? replyText('ready\n') : replyText('not ready\n', 503)),
    },
    {
      method: 'GET',
      path: '/metrics',
      door: 'open',
      answer: async () => {
        const metrics = replyText(await health.metrics())
        return {
          ...metrics,
          headers: { ...metrics.headers, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
        }
      },
    },
  ]
}

/** Whoever calls proves himself to the channel, and is told nothing but how it went. */
function openWebhook({ path, handle }: Webhook, log: WebOptions['log']): Route {
  const say = (status: number): Reply => ({ status, body: '', headers: { 'cache-control': 'no-store' } })
  return {
    method: 'POST',
    path,
    door: 'open',
    answer: async ({ request }) => {
      const body = await readBody(request)
      if (body === 'tooLong') return say(413)
      try {
        return say((await handle({ headers: request.headers, body })).status)
      } catch (cause) {
        log.error({ err: cause, path }, 'a webhook failed')
        return say(500)
      }
    },
  }
}

/** Only into the room of somebody who works here. */
function inRoom(
  answer: (person: string, visit: OfficeVisit) => Promise<Result>,
): (visit: OfficeVisit) => Promise<Result> {
  return async (visit) => {
    const { person: asked } = visit.params
    const person = visit.office.people.find(({ id }) => id === asked)
    return person ? answer(person.id, visit) : { status: 404, say: 'web.unknownPerson' }
  }
}
