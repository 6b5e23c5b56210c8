import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'

/** The parts of an office file that hold words, by name, unpacked. */
export type Parts = ReadonlyMap<string, Uint8Array>

/** More parts than an office file has, and more words than a chat can take. */
const MOST_PARTS = 2000
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Unpacks the .xml and .rels of a zip; undefined when it is broken or locked, "size" when they would be too large.
 * The directory is asked for that before anything is unpacked, and nothing may grow beyond what it says: a library
 * that reads the same directory afterwards is safe.
 */
export async function unpack(bytes: Uint8Array): Promise<Parts | 'size' | undefined> {
  const entries = readDirectory(bytes)
  if (!entries) return undefined
  const read = entries.filter(({ name }) => /\.(xml|rels)$/.test(name))
  if (read.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) return 'size'
  const parts = new Map<string, Uint8Array>()
  for (const entry of read) {
    const part = await readEntry(bytes, entry)
    if (!part) return undefined
    parts.set(entry.name, part)
  }
  return parts
}

interface Entry {
  readonly name: string
  readonly isPlain: boolean
  readonly at: number
  readonly packed: number
  readonly size: number
}

const END = 0x06054b50
const END_LENGTH = 22
const ENTRY = 0x02014b50
const ENTRY_LENGTH = 46
const RECORD = 0x04034b50
const RECORD_LENGTH = 30
const LONGEST_COMMENT = 0xffff

/** What lies in the zip by its own account; undefined where that does not hold together, or is longer than two bytes can say. */
function readDirectory(bytes: Uint8Array): readonly Entry[] | undefined {
  const view = viewOf(bytes)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > MOST_PARTS) return undefined
  const entries: Entry[] = []
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY_LENGTH > end || view.getUint32(at, true) !== ENTRY) return undefined
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const nameEnd = at + ENTRY_LENGTH + (name ?? 0)
    const isLocked = (view.getUint16(at + 8, true) & 1) === 1
    const method = view.getUint16(at + 10, true)
    if (isLocked || (method !== 0 && method !== 8)) return undefined
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + ENTRY_LENGTH, nameEnd)),
      isPlain: method === 0,
      at: view.getUint32(at + 42, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
    })
    at = nameEnd + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_LENGTH
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at -= 1) {
    if (view.getUint32(at, true) === END) return at
  }
  return undefined
}

const inflate = promisify(inflateRaw)

async function readEntry(
  bytes: Uint8Array,
  { at, isPlain, packed, size }: Entry,
): Promise<Uint8Array | undefined> {
  const view = viewOf(bytes)
  if (at + RECORD_LENGTH > bytes.length || view.getUint32(at, true) !== RECORD) return undefined
  const from = at + RECORD_LENGTH + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const content = bytes.subarray(from, from + packed)
  if (content.length !== packed) return undefined
  if (isPlain) return size === packed ? content : undefined
  try {
    const part = await inflate(content, { maxOutputLength: Math.max(1, size) })
    return part.length === size ? part : undefined
  } catch {
    // Not what was packed, or more than was said: broken, whichever it is.
    return undefined
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
