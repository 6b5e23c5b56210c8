import { inflateRawSync } from 'node:zlib'

/** The texts of a zip archive by their paths; reads what docx writes and no more. */
export function readArchive(zip: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(zip)
  const end = bytes.length - 22
  const files = new Map<string, string>()
  let entry = bytes.readUInt32LE(end + 16)
  while (entry < end) {
    const [packed, name, extra, comment, start] = [
      bytes.readUInt32LE(entry + 20),
      bytes.readUInt16LE(entry + 28),
      bytes.readUInt16LE(entry + 30),
      bytes.readUInt16LE(entry + 32),
      bytes.readUInt32LE(entry + 42),
    ]
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
    const path = bytes.toString('utf8', entry + 46, entry + 46 + name)
    files.set(path, inflateRawSync(bytes.subarray(data, data + packed)).toString('utf8'))
    entry += 46 + name + extra + comment
  }
  return files
}

/** All elements of that name, with what they hold; none of them may hold another of its name. */
export function elementsOf(xml: string, name: string): readonly string[] {
  return xml.match(new RegExp(`<${name}(?: [^>]*)?(?:/>|>[\\s\\S]*?</${name}>)`, 'g')) ?? []
}

/** What a reader sees of a piece of XML. */
export function textOf(xml: string): string {
  return elementsOf(xml, 'w:t')
    .map((element) => element.replace(/<[^>]*>/g, ''))
    .join('')
}
