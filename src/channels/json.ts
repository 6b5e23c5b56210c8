/** One piece of a JSON text: a string, a mark, or anything else that stands between them. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g
/** Those that a double cannot be trusted with. */
const LONG_INTEGER = /^-?\d{16,}$/

/** As JSON.parse, but an integer of 16 digits or more becomes a string: identifiers are that long. */
export function readLosslessJson(text: string): unknown {
  const read: unknown = JSON.parse(text)
  // Only what is known to be JSON is cut into tokens: no text can then make that slow.
  if (!/\d{16}/.test(text)) return read
  return JSON.parse(text.replace(TOKEN, (token) => (LONG_INTEGER.test(token) ? `"${token}"` : token)))
}

/** The values of one key of the outermost object, numbers as they stand in the text; several where it stands there twice. */
export function readOutermost(json: string, key: string): readonly unknown[] {
  const found: unknown[] = []
  let depth = 0
  let last = ''
  let isWanted = false
  for (const [token] of json.matchAll(TOKEN)) {
    if (isWanted) found.push(token.startsWith('"') ? JSON.parse(token) : token)
    isWanted = depth === 1 && token === ':' && last.startsWith('"') && JSON.parse(last) === key
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    last = token
  }
  return found
}
