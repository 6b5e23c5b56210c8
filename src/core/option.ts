import type { Given } from './answer.ts'
import type { Setting } from './keep.ts'
import { findItem } from './round.ts'
import { foldText } from './text.ts'
import { writeValue } from './wording.ts'

/** "2", "b", or a pressed button "2. 1.234 hồ sơ": the number of an option and the words after it. */
export function readOptionNumber(text: string): { readonly number?: number; readonly label: string } {
  const found = /^\s*(?:(\d{1,2})|([a-d]))\s*(?:[.)]\s+(.*)|[.)]?\s*)$/su.exec(text)
  if (!found) return { label: text.trim() }
  const [, digits, letter = '', label = ''] = found
  return { number: digits === undefined ? letter.charCodeAt(0) - 96 : Number(digits), label: label.trim() }
}

/** A button of an earlier question carries its words: only those of this very option are taken for it. */
export function isLabelOf(
  label: string,
  { code, given }: { readonly code: string; readonly given: Given },
  { round, world }: Setting,
): boolean {
  if (label === '') return true
  const item = findItem(round.pack, code)
  if (!item || given.state !== 'value') return !/\d/.test(label)
  return foldText(label).includes(foldText(writeValue(given, item, world.office)))
}
