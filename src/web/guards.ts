import type { IncomingMessage } from 'node:http'
import type { Refusal } from './exchange.ts'

const LOCAL = ['localhost', '127.0.0.1', '[::1]']

/** What other sites may not do with a browser that can reach us; undefined when the request may pass. */
export function refuseStranger(
  request: IncomingMessage,
  publicHost: string | undefined,
): Refusal | undefined {
  const { host, origin } = request.headers
  const refusal = refuseOtherHost(request, publicHost)
  if (refusal) return refusal
  if (request.method !== 'POST') return undefined
  const asker = origin?.replace(/^https?:\/\//, '')
  // A proxy may have put its own name for us into Host; Origin then still names the public one.
  const isOurPage =
    asker === undefined || asker === host || (publicHost !== undefined && asker === publicHost)
  if (!isOurPage) return { status: 403, say: 'web.wrongOrigin' }
  // A form of another site cannot send this type without asking first.
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')
  return isJson ? undefined : { status: 415, say: 'web.badRequest' }
}

/** Against DNS rebinding: a name that somebody else points at this machine is not ours. */
export function refuseOtherHost(
  { headers }: IncomingMessage,
  publicHost: string | undefined,
): Refusal | undefined {
  const name = hostnameOf(headers.host)
  const isOurs = name !== undefined && [...LOCAL, hostnameOf(publicHost)].includes(name)
  return isOurs ? undefined : { status: 403, say: 'web.wrongHost' }
}

/** Without the port, which a proxy or a container may change. */
function hostnameOf(host: string | undefined): string | undefined {
  const url = `http://${host ?? ''}`
  return URL.canParse(url) ? new URL(url).hostname : undefined
}
