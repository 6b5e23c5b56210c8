import type { Given } from './answer.ts'
import type { Item } from './pack.ts'
import type { TaskState } from './plan.ts'
import type { Reading } from './reply.ts'
import { findItem, type Round } from './round.ts'
import { foldText } from './text.ts'

/** What a block of items is asked to confirm: all as in the last period, or nothing arisen. */
export type Block = 'same' | 'none'

/** So that a block stays within one message, whatever its items are called. */
const NAMES_MAX = 520
const ITEMS_MAX = 12

/** What the items on the screen are asked to confirm; undefined when they are asked for one by one. */
export function blockOf(round: Round, codes: readonly string[]): Block | undefined {
  const kinds = new Set(
    codes.map((code) => {
      const item = findItem(round.pack, code)
      return item && usualOf(item, round)
    }),
  )
  const [only] = kinds
  return kinds.size === 1 ? only : undefined
}

/** What an item nobody has spoken of yet mostly is; "as before" only where there is a before. */
export function usualOf(item: Item, { answers, previous }: Round): Block | undefined {
  if (item.kind === 'text' || answers.has(item.code)) return undefined
  if (item.isTask) return isFinished(previous.get(item.code)?.given) ? 'same' : undefined
  if (item.usual === 'none') return 'none'
  return item.usual === 'same' && previousOf(item.code, previous) ? 'same' : undefined
}

/** What was finished mostly stays so; a task that was not is asked how far it has come. */
function isFinished(given: Given | undefined): boolean {
  return given?.state === 'value' && given.value === ('xong' satisfies TaskState)
}

function previousOf(code: string, previous: Round['previous']): Given | undefined {
  const given = previous.get(code)?.given
  return given?.state === 'value' || given?.state === 'none' || given?.state === 'notApplicable'
    ? given
    : undefined
}

/** What is quickly confirmed is asked first, the rest after it in its order. */
export function blocksFirst(items: readonly Item[], round: Round): readonly Item[] {
  const of = (block: Block | undefined) => items.filter((item) => usualOf(item, round) === block)
  return [...of('same'), ...of('none'), ...of(undefined)]
}

/** The block that begins with the first of the open items; none when that one is asked for by itself. */
export function nextBlock(open: readonly Item[], round: Round): readonly Item[] {
  const [first] = open
  const block = first && usualOf(first, round)
  if (!block) return []
  let length = 0
  // How far a task has come is told in other words than a figure.
  const alike = open
    .filter((item) => usualOf(item, round) === block && item.isTask === first.isTask)
    .slice(0, ITEMS_MAX)
  return alike.filter((item, index) => {
    length += item.name.length
    return index === 0 || length <= NAMES_MAX
  })
}

const YES: Readonly<Record<Block, ReadonlySet<string>>> = {
  same: new Set([
    'dung',
    'dung roi',
    'giu nguyen',
    'nhu ky truoc',
    'nhu cu',
    'y cu',
    'khong doi',
    'khong thay doi',
    'khong co thay doi',
    'khong co gi thay doi',
    'van the',
    'van vay',
    'nhu vay',
    'van nhu vay',
    'van nhu the',
    'van xong',
    'van nhu cu',
    'van giu nguyen',
    'chinh xac',
    'xac nhan',
    'dong y',
  ]),
  none: new Set([
    'khong',
    'ko',
    'k',
    'khg',
    'hong',
    'khong co',
    'ko co',
    'khong co gi',
    'khong phat sinh',
    'ko phat sinh',
    'chua phat sinh',
    'khong co phat sinh',
    'kps',
    'khong muc nao',
    'khong cai nao',
  ]),
}

const AROUND =
  /^(?:da|thua|vang|bao cao|dong chi|em|toi|minh|(?:tat )?ca(?! \d)|deu|cac muc|cac so|(?:tat )?ca (?<stated>\d+)(?: (?:muc|so|noi dung))?)\s+|\s+(?:a|nhe|nha|ca|het|tat ca|het ca|dong chi|het roi|roi)$/

const NOT_ALL = /^(?:khong|ko|k|khg|hong)(?: co)? (?:het|ca|tat ca|het ca)$/

/** Whether the words confirm a block whole: "đúng", "dạ đúng hết", "cả 4 đều không". A number that does not count the block does not. */
function confirms(block: Block, text: string, count: number): boolean {
  let words = foldText(text)
    .replace(/[.,;:!…]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  // "Không hết" may as well mean: not all of them.
  if (block === 'none' && NOT_ALL.test(words)) return false
  for (;;) {
    if (YES[block].has(words)) return true
    const stated = AROUND.exec(words)?.groups?.['stated']
    if (stated !== undefined && Number(stated) !== count) return false
    const shorter = words.replace(AROUND, '').trim()
    if (shorter === words) return false
    words = shorter
  }
}

/** "không" to "như kỳ trước?", "có" to "có phát sinh không?": something changed, and not yet what. */
export function deniesBlock(block: Block, text: string): boolean {
  const words = foldText(text)
    .replace(/[.,;:!…]+/g, ' ')
    .trim()
  const isChanged = /^(?:da )?(?:khong|ko|sai|chua dung|khong dung|co thay doi)(?: a)?$/
  const isArisen = /^(?:da )?co(?: phat sinh)?(?: a)?$/
  return block === 'same' ? isChanged.test(words) : isArisen.test(words) || NOT_ALL.test(words)
}

const REST =
  /(?:^|[\s,;.]+)(?:(?:cac|nhung|tat ca) )?(?:(?:muc|so|noi dung|cai|phan) )?(?:con lai|khac)(?: thi)?[\s:,]+([^\d=]+)$/

/** What is said of the block: the words about single items, and whether all others are confirmed. */
export function readBlock(
  block: Block,
  text: string,
  count: number,
): { readonly about: string; readonly isRestConfirmed: boolean } {
  if (confirms(block, text, count)) return { about: '', isRestConfirmed: true }
  // Folding NFC text keeps its length, so the place found in one is the place in the other.
  const rest = REST.exec(foldText(text))
  if (!rest || !confirms(block, rest[1] ?? '', count)) return { about: text, isRestConfirmed: false }
  return { about: text.slice(0, rest.index), isRestConfirmed: true }
}

/** What confirming says of what hangs on a task: the product it was finished with, where no other has been told. */
export function confirmedDetails(
  code: string,
  raw: string,
  { pack, previous, answers }: Round,
): readonly Reading[] {
  return pack.items
    .filter((item) => item.detail?.of === code && item.detail.is === 'product' && !answers.has(item.code))
    .flatMap((item): readonly Reading[] => {
      const given = previous.get(item.code)?.given
      if (given?.state !== 'text') return []
      return [{ code: item.code, raw, result: { outcome: 'text', text: given.text } }]
    })
}

/** What confirming says of an item. */
export function confirmedReading(block: Block, code: string, raw: string, round: Round): Reading {
  const last = previousOf(code, round.previous)
  if (block === 'none' || last === undefined || last.state === 'none')
    return { code, raw, result: { outcome: 'empty', empty: 'none' } }
  if (last.state !== 'value') return { code, raw, result: { outcome: 'empty', empty: 'notApplicable' } }
  const { value, qualifier, unit } = last
  return {
    code,
    raw,
    result: { outcome: 'value', value, qualifier, ...(unit === undefined ? {} : { unit }) },
  }
}
