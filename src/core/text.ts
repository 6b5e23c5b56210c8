/** Everything unseen that may hide in a chat message: controls (but line breaks and tabs), bidi marks, zero-width signs. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/gu

/** A message as it is kept and read: NFC, without unseen signs, line ends as "\n", trimmed. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .trim()
}

/** Lower case without accents, for matching what people type on phones: "Bỏ qua" → "bo qua". */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
}
