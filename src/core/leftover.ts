/** What a form leaves to be filled in: dots, "{{…}}", "[...]", a line. */
export const LEFTOVER = /\[\s*(?:…|\.{2,})\s*\]|\{\{[^}]*\}\}|[….]*(?:…|\.{3})[….]*|_{3,}/gu

export function hasLeftover(text: string): boolean {
  return text.search(LEFTOVER) >= 0
}
