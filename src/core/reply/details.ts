import type { FigureReading } from '../figures/figure.ts'
import { readFigure } from '../figures/read.ts'
import { never } from '../never.ts'
import type { TaskState } from '../plan.ts'
import { foldText } from '../text.ts'
import { isSpelt } from './statewords.ts'

/** What was said behind the state of a task: "60%", "KH số 12/KH-UBND …", "do chưa có kinh phí, đề nghị cấp bổ sung". */
export interface Told {
  /** The words beside the state make it doubtful: one of these, or nobody can say which. */
  readonly doubt?: readonly TaskState[]
  readonly percent?: { readonly raw: string; readonly result: FigureReading }
  readonly product?: string
  readonly trouble?: Trouble
  /** Words that are of nothing asked here. */
  readonly left?: string
}

export interface Trouble {
  readonly difficulty?: string
  readonly cause?: string
  readonly remedy?: string
}

const EDGE = /^[\s,;:.()–-]+|[\s,;:.(–-]+$/gu

/** Without the signs around it; a bracket that opened before the words closes behind them. */
function trimEdges(words: string): string {
  const bare = words.replace(EDGE, '')
  return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1).trim() : bare
}

/** What changes nothing of what was said. */
const FLUFF =
  /^(?:(?:a|nhe|nha|roi|het|ca|luon|em|dung (?:han|tien do|ke hoach)|truoc han|theo (?:dung )?(?:ke hoach|tien do)|so voi (?:ke hoach|tien do)|(?:trong )?(?:ky|quy|thang|nam) (?:nay|qua)|trong ky|tot|day du)(?![\p{L}\p{N}])[\s,.]*)+/u

/** When it was done is asked of no task. */
const DONE_ON =
  /^[\s,(]*(?:(?:vào|vao|từ|tu)\s+)?(?:ngày\s+|ngay\s+)?\d{1,2}\/\d{1,2}(?:\/\d{2,4})?(?![\d/])\)?/iu

/** Reads the words behind a state; whatever cannot be placed with certainty is left, or makes the state a question. */
export function readBehind(state: TaskState, tail: string, today: string): Told {
  const percent = findPercent(tail, today)
  const behind = dropFluff(percent ? tail.slice(percent.end) : tail)
  const rest = state === 'xong' ? behind.replace(DONE_ON, '') : behind
  const may = percent && doubtShare(state, percent)
  if (may) return { doubt: may }
  const share = percent ? shareOf(state, percent) : {}
  const words = trimEdges(rest)
  if (words === '') return share
  // "xong một nửa" is not "xong, một nửa …".
  const isApart = /^\s*[,;:.(–-]/.test(rest) || percent !== undefined
  return { ...share, ...readWords(state, words, isApart) }
}

/** The same once it is settled which state is meant: what does not go with that one is let go. */
export function readSettled(state: TaskState, tail: string, today: string): Told {
  const percent = findPercent(tail, today)
  const told = readBehind(state, percent ? tail.slice(percent.end) : tail, today)
  const { doubt: _, left: __, ...rest } = told
  return percent && !isShare(percent.reading, '0') && !isShare(percent.reading, '100')
    ? { ...rest, ...shareOf(state, percent) }
    : rest
}

function shareOf(state: TaskState, { raw, reading }: Percent): Pick<Told, 'percent'> {
  return state === 'dang-lam' || state === 'cham' ? { percent: { raw, result: reading } } : {}
}

function dropFluff(tail: string): string {
  const folded = foldText(tail)
  if (folded.length !== tail.length) return tail
  const lead = folded.length - folded.trimStart().length
  const fluff = FLUFF.exec(folded.slice(lead))?.[0] ?? ''
  return fluff === '' ? tail : tail.slice(lead + fluff.trimEnd().length)
}

interface Percent {
  readonly raw: string
  readonly reading: FigureReading
  readonly end: number
  /** "đạt 60%", "60% rồi" say how much is done; "chậm 60%" may be how late it is. */
  readonly isPlain: boolean
}

const PERCENT =
  /^(?<lead>[\s,;:.(–-]*)(?<said>(?:(?:duoc|dat|khoang|hon|gan|tam|co|ty le|tien do|khoi luong|hoan thanh|thuc hien|lam|xong|moi|la|uoc|da|tren|duoi|deu)\s+)*\d[\d.,\s–-]*(?:%|phan tram))\s*\)?(?:\s*(?:khoi luong|ke hoach|cong viec|tien do|nhiem vu|chi tieu)(?!\p{L}))*/u

/** Only at once behind the state, and only with its sign: "12/KH-UBND" and "05/01/2026" are of a document. */
function findPercent(tail: string, today: string): Percent | undefined {
  const folded = foldText(tail)
  const found = folded.length === tail.length ? PERCENT.exec(folded) : null
  const { lead = '', said } = found?.groups ?? {}
  if (!found || said === undefined) return undefined
  // "60% hồ sơ được số hóa" is no share of the task.
  const after = tail.slice(found[0].length).trimStart()
  if (/^\p{L}/u.test(after) && !FLUFF.test(foldText(after)) && !readMark(after)) return undefined
  const span = tail.slice(lead.length, lead.length + said.length)
  return {
    raw: span,
    reading: readFigure(span.replace(/^\D*?(?=(?:khoảng|khoang|hơn|hon|gần|gan|trên|dưới|ước)\s)/iu, ''), {
      kind: 'percent',
      today,
    }),
    end: found[0].length,
    isPlain: lead.trim() === '' && /^\d/.test(said),
  }
}

/** A share that does not go with the state: "xong 50%", "chưa làm 20%", "đang làm 100%". */
function doubtShare(state: TaskState, { reading, isPlain }: Percent): readonly TaskState[] | undefined {
  const [isNought, isWhole] = [isShare(reading, '0'), isShare(reading, '100')]
  switch (state) {
    case 'xong':
      return isWhole ? undefined : ['dang-lam', 'xong']
    case 'chua-lam':
      return isNought ? undefined : ['chua-lam', 'dang-lam']
    case 'khong-phat-sinh':
      return ['khong-phat-sinh', 'dang-lam']
    default:
      if (isWhole) return ['xong', state]
      if (isNought) return ['chua-lam', state]
      return state === 'cham' && isPlain ? ['cham', 'dang-lam'] : undefined
  }
}

function isShare(reading: FigureReading, value: string): boolean {
  return reading.outcome === 'value' && reading.value === value
}

/** "nhưng", "còn": what was said first does not hold, or not of all of it. */
const CONTRAST: Readonly<Record<TaskState, RegExp>> = {
  xong: /(?:^|[\s,])(?:nhung|tru|rieng|mot phan|mot nua|nua|gan|chua|dang|cham|tre|con)(?!\p{L})/u,
  'dang-lam': /(?:^|[\s,])(?:da xong|xong roi|cham|tre|tam dung|khong phat sinh)(?!\p{L})/u,
  'chua-lam':
    /^(?:xong|het|dat)(?!\p{L})|(?:^|[\s,])(?:da xong|xong roi|dang lam|dang thuc hien|nhung)(?!\p{L})/u,
  cham: /^(?:nhung |song |gio |nay |hien )*(?:da )?(?:xong|hoan thanh)(?!\p{L})|(?:^|[\s,])(?:da xong|xong roi|da hoan thanh|nhung)(?!\p{L})/u,
  'khong-phat-sinh': /(?:^|[\s,])(?:nhung|tru|rieng|dang|cham|xong)(?!\p{L})/u,
}
/** A document begins: its kind with a number, or the number alone. */
const DOCUMENT =
  /^(?:(?:theo|tai|bang|co|la|san pham|sp|ban hanh|da ban hanh)\s*:?\s+)*(?<document>(?:(?:ke hoach|kh|bao cao|bc|quyet dinh|qd|cong van|cv|thong bao|tb|to trinh|ttr|nghi quyet|nq|bien ban|bb|huong dan|hd|van ban|vb)(?!\p{L})[^,;\n]{0,24}?\d|so\s*:?\s*\d|\d+\s*\/\s*(?:\d{4}\s*\/\s*)?\p{L})[\s\S]*)$/u
/** Words that say when, and leave the state as it is. */
const WHEN = /^(?:(?:du kien|trong|den|het|cuoi|dau|tu|ngay)\s|\d{1,2}\s*\/\s*\d{1,2}(?!\d))/u

function readWords(state: TaskState, words: string, isApart: boolean): Told {
  const folded = foldText(words)
  const document = state === 'xong' && folded.length === words.length ? DOCUMENT.exec(folded) : null
  const { document: product } = document?.groups ?? {}
  if (product !== undefined && !/(?:^|[\s,])nhung(?!\p{L})/u.test(folded))
    return { product: words.slice(words.length - product.length).trim() }
  if (CONTRAST[state].test(folded)) return { doubt: [] }
  if (state === 'cham') return tellTrouble(cutParts(words), true)
  const parts = state === 'xong' || state === 'khong-phat-sinh' ? [] : cutParts(words)
  if (isApart || parts[0]?.of !== undefined) return tellTrouble(parts, false, words)
  return WHEN.test(folded) ? { left: words } : { doubt: [] }
}

/** Of a task that is late any words are of its difficulty; of another only those that say so. */
function tellTrouble(parts: readonly Part[], isBare: boolean, words = ''): Told {
  const isTaken = ({ of, text }: Part) => {
    const folded = foldText(text)
    if (folded.replace(/\P{L}/gu, '').length < FEWEST_LETTERS) return false
    return of !== undefined || (isBare && !LATENESS.test(folded) && !WHEN.test(folded))
  }
  const trouble = troubleOf(parts.filter(isTaken), isBare)
  const left =
    parts.length === 0
      ? words
      : parts
          .filter((part) => !isTaken(part))
          .map(({ text }) => text)
          .join('; ')
  return { ...(trouble ? { trouble } : {}), ...(left === '' ? {} : { left }) }
}

const CAUSE =
  /^(?:nguyen nhan(?: chu quan| khach quan| chinh)?(?:\s*(?:la|do|vi)(?!\p{L})|\s*:)*|ly do(?:\s*(?:la|do|vi)(?!\p{L})|\s*:)*|boi vi|do|vi|boi|tai)(?=[\s:])[\s:]*/u
const REMEDY =
  /^(?:de nghi|kien nghi|de xuat|xin|se|giai phap|khac phuc|bien phap|huong (?:xu ly|khac phuc|giai quyet)|mong)(?!\p{L})/u
const REMEDY_LABEL =
  /^(?:giai phap(?: khac phuc)?|bien phap(?: khac phuc)?|huong (?:xu ly|khac phuc|giai quyet)|de xuat|kien nghi|khac phuc)\s*(?::|la(?!\p{L}))\s*/u
const DIFFICULTY = /^(?:kho khan|vuong|vuong mac|gap kho|gap vuong|thieu|con thieu|ton tai|han che)(?!\p{L})/u
const DIFFICULTY_LABEL =
  /^(?:kho khan|vuong mac|kho khan,? vuong mac|ton tai|han che)\s*(?::|la(?!\p{L}))\s*/u
/** Where another part may begin: behind a sign, or "và đề nghị". A full stop within a number or a date is none. */
const SEAM =
  /[,;]\s*|\.\s+|\n+|\s+(?:và|va)\s+(?=(?:đề nghị|de nghi|kiến nghị|kien nghi|đề xuất|de xuat)(?!\p{L}))/giu

/** "đó", "tài", "sẻ" open no part. */
const SPELT = { do: 'do', vi: 'vì', tai: 'tại', boi: 'bởi', xin: 'xin', se: 'sẽ' }

/** How late it is, which is no reason. */
const LATENESS = /^(?:khoang |gan |hon )*\d+ (?:ngay|tuan|thang|quy)(?!\p{L})/u
const FEWEST_LETTERS = 3

interface Part {
  /** Undefined where no word says what it is. */
  readonly of: keyof Trouble | undefined
  readonly text: string
}

/** "thiếu kinh phí, do chưa được cấp, đề nghị cấp bổ sung": each part begins with a word that says what it is. */
function cutParts(words: string): readonly Part[] {
  const seams = [...words.matchAll(SEAM)].map((seam) => ({
    at: seam.index,
    end: seam.index + seam[0].length,
  }))
  const marks: { at: number; from: number; of: keyof Trouble | undefined }[] = []
  for (const { at, end } of [{ at: 0, end: 0 }, ...seams]) {
    const mark = readMark(words.slice(end))
    const isInside = at < (marks.at(-1)?.from ?? 0)
    if ((mark || end === 0) && !isInside) marks.push({ at, from: end + (mark?.skip ?? 0), of: mark?.of })
  }
  return marks
    .map(({ from, of }, index) => ({ of, text: trimEdges(words.slice(from, marks[index + 1]?.at)) }))
    .filter(({ text }) => text !== '')
}

/** What the words say they are, and how many signs of them are but the label. */
function readMark(words: string): { readonly of: keyof Trouble; readonly skip: number } | undefined {
  const folded = foldText(words)
  if (folded.length !== words.length || !isSpelt(words.split(/[\s:,]/, 1)[0] ?? '', SPELT)) return undefined
  const cause = CAUSE.exec(folded)?.[0]
  if (cause !== undefined) return { of: 'cause', skip: cause.length }
  if (REMEDY.test(folded)) return { of: 'remedy', skip: REMEDY_LABEL.exec(folded)?.[0].length ?? 0 }
  if (!DIFFICULTY.test(folded)) return undefined
  return { of: 'difficulty', skip: DIFFICULTY_LABEL.exec(folded)?.[0].length ?? 0 }
}

function join(parts: readonly Part[], ...of: readonly Part['of'][]): string | undefined {
  const texts = parts.filter((part) => of.includes(part.of)).map(({ text }) => text)
  return texts.length === 0 ? undefined : texts.join('; ')
}

/** What stands in the way is the difficulty; where only its cause or its remedy is told, that names it. */
function troubleOf(parts: readonly Part[], isBare: boolean): Trouble | undefined {
  const cause = join(parts, 'cause')
  const remedy = join(parts, 'remedy')
  const difficulty = join(parts, 'difficulty', ...(isBare ? [undefined] : [])) ?? cause ?? remedy
  if (difficulty === undefined) return undefined
  return {
    difficulty,
    ...(cause === undefined ? {} : { cause }),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

/** "chậm do …" to the question why it is late. */
const LATE_BECAUSE =
  /^(?:chậm|cham|trễ|tre)(?: tiến độ| tien do| hạn| han)?\s+(?=(?:là |la )?(?:do|vì|vi|bởi|tại)\s)/iu

/** The answer to a question about one of them, which may tell the next as well: "do thiếu người, đề nghị bổ sung". */
export function readTrouble(is: keyof Trouble, words: string): Trouble {
  const parts = cutParts(words.trim().replace(LATE_BECAUSE, ''))
  const remedy = join(parts, 'remedy')
  switch (is) {
    case 'difficulty':
      return troubleOf(parts, true) ?? { difficulty: words }
    case 'cause': {
      const cause = join(parts, undefined, 'difficulty', 'cause')
      return { ...(cause === undefined ? {} : { cause }), ...(remedy === undefined ? {} : { remedy }) }
    }
    case 'remedy':
      return { remedy: parts.length === 1 ? (parts[0]?.text ?? words) : words }
    default:
      return never(is)
  }
}
