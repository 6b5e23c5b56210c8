import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import type { Fetched } from '../channel.ts'

export interface Download {
  readonly url: string
  /** Hosts whose files, and those of whose subdomains, may be fetched. */
  readonly hosts: readonly string[]
  readonly maxBytes: number
  readonly forMs: number
}

const REDIRECTS_MAX = 2

/** The bytes at an address somebody else wrote: nothing but a public host of the list is ever asked. */
export async function download({ url, hosts, maxBytes, forMs }: Download): Promise<Fetched> {
  const signal = AbortSignal.timeout(forMs)
  let target = readTarget(url, hosts)
  try {
    for (let hops = 0; target && hops <= REDIRECTS_MAX; hops += 1) {
      const { statusCode, headers, body } = await request(target, { dispatcher: PUBLIC_ONLY, signal })
      if (statusCode === 200) return await readUpTo(body, maxBytes)
      await body.dump()
      if (statusCode === 429 || statusCode >= 500) return 'later'
      const { location } = headers
      target = typeof location === 'string' ? readTarget(location, hosts, target) : undefined
    }
    return 'gone'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NOT_PUBLIC) return 'gone'
    return 'later'
  }
}

/** Only tests list a machine by its number, and speak plain http with it; with a name https is spoken. */
function readTarget(text: string, hosts: readonly string[], base?: URL): URL | undefined {
  if (!URL.canParse(text, base?.href)) return undefined
  const url = new URL(text, base?.href)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  if (isIP(url.hostname) > 0) return hosts.includes(url.hostname) ? url : undefined
  const isListed = hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
  return isListed ? new URL(url.href.replace(/^http:/, 'https:')) : undefined
}

async function readUpTo(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Fetched> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > maxBytes) return 'tooLarge'
    parts.push(part)
  }
  return { bytes: Buffer.concat(parts) }
}

const NOT_PUBLIC = 'ENOTPUBLIC'

const OURS = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  OURS.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  OURS.addSubnet(net, prefix, 'ipv6')

export function isPublic(address: string): boolean {
  return !OURS.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** A name may be made to stand for a machine of ours: what counts is where it leads. */
const lookUpPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, [])
    const open = addresses.filter(({ address }) => isPublic(address))
    const [first] = open
    if (!first) return done(Object.assign(new Error('no public address'), { code: NOT_PUBLIC }), [])
    return options.all ? done(null, open) : done(null, first.address, first.family)
  })
}

const PUBLIC_ONLY = new Agent({ connect: { lookup: lookUpPublic, timeout: 5000 } })
