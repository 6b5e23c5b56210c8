import { request } from 'undici'
import { z } from 'zod'
import type { Fetched } from '../channel.ts'
import { type Call, readFailure } from './calls.ts'

interface FileOptions {
  readonly call: Call
  readonly token: string
  readonly apiRoot: string
  readonly callMs: number
}

/** Telegram hands out no larger file than this. */
const LARGEST = 20 * 1024 * 1024

/** Two steps: a name for the way to the bytes, then the bytes. The link holds the token and stays in here. */
export async function fetchFile(options: FileOptions, ref: string): Promise<Fetched> {
  const link = await findLink(options, ref)
  return typeof link === 'string' ? link : download(link, options.callMs)
}

const Found = z.object({ file_path: z.string() })

async function findLink(
  { call, token, apiRoot }: FileOptions,
  ref: string,
): Promise<URL | 'gone' | 'tooLarge' | 'later'> {
  try {
    const { data } = Found.safeParse(await call('getFile', { file_id: ref }))
    if (!data) return 'gone'
    const folder = new URL(`./file/bot${token}/`, apiRoot)
    const link = new URL(`./${data.file_path.split('/').map(encodeURIComponent).join('/')}`, folder)
    return link.href.startsWith(folder.href) ? link : 'gone'
  } catch (error) {
    const failure = readFailure(error)
    if (failure.type !== 'refused' || failure.code !== '400') return 'later'
    return /too big/i.test(failure.description) ? 'tooLarge' : 'gone'
  }
}

/** undici follows no redirect by itself. */
async function download(link: URL, callMs: number): Promise<Fetched> {
  try {
    const { statusCode, body } = await request(link, { signal: AbortSignal.timeout(3 * callMs) })
    if (statusCode !== 200) {
      await body.dump()
      return statusCode === 400 || statusCode === 404 ? 'gone' : 'later'
    }
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body) {
      size += chunk.length
      // Leaving the loop ends the download.
      if (size > LARGEST) return 'tooLarge'
      chunks.push(chunk)
    }
    return { bytes: Buffer.concat(chunks) }
  } catch {
    return 'later'
  }
}
