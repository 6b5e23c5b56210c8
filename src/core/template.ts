/** A sentence with places to fill: "Đã tiếp nhận {II.2c.1}, trong đó {II.2c.2|so} mới." */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'place'; readonly name: string; readonly isBare: boolean }

/** Splits a template; undefined when a brace is left open or a place is empty. */
export function readTemplate(template: string): readonly Piece[] | undefined {
  const pieces: Piece[] = []
  let rest = template
  while (rest !== '') {
    const open = rest.indexOf('{')
    if (open < 0) return rest.includes('}') ? undefined : [...pieces, { type: 'text', text: rest }]
    const place = /^\{([\p{L}\p{N}_.]+)(\|so)?\}/u.exec(rest.slice(open))
    if (!place?.[1] || rest.slice(0, open).includes('}')) return undefined
    if (open > 0) pieces.push({ type: 'text', text: rest.slice(0, open) })
    pieces.push({ type: 'place', name: place[1], isBare: place[2] !== undefined })
    rest = rest.slice(open + place[0].length)
  }
  return pieces
}

export function placeholdersIn(template: string): readonly string[] | undefined {
  return readTemplate(template)?.flatMap((piece) => (piece.type === 'place' ? [piece.name] : []))
}

/** Fills every place from `values`; a place without a value is a fault of the program, templates are checked at load. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const pieces = readTemplate(template)
  if (!pieces) throw new Error(`malformed template: ${template}`)
  return pieces
    .map((piece) => {
      if (piece.type === 'text') return piece.text
      const value = values[piece.name]
      if (value === undefined) throw new Error(`no value for {${piece.name}} in: ${template}`)
      return value
    })
    .join('')
}
