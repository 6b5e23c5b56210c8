/** Words with `**bold**` in them, as a channel that knows no such marks needs them. */
export interface Marked {
  readonly plain: string
  /** In UTF-16 units of the plain text. */
  readonly bold: readonly { readonly offset: number; readonly length: number }[]
}

export function readMarks(text: string): Marked {
  const bold: { offset: number; length: number }[] = []
  let cut = 0
  const plain = text.replace(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*/g, (whole, words: string, offset: number) => {
    bold.push({ offset: offset - cut, length: words.length })
    cut += whole.length - words.length
    return words
  })
  return { plain, bold }
}
