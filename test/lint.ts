import { readCommand } from '../src/core/command.ts'
import type { Office } from '../src/core/office.ts'
import { cleanText, foldText } from '../src/core/text.ts'
import type { Line } from '../src/stage.ts'

/** One message as somebody was shown it, with what that person had typed since the one before. */
interface Shown {
  readonly person: string
  readonly text: string
  /** With the pages before it. */
  readonly whole: string
  readonly buttons: readonly string[]
  readonly files: readonly string[]
  /** Typed since the last message to this person. */
  readonly typed: readonly string[]
  /** Followed by another page of the same message: what stands at the end of a message stands there. */
  readonly isContinued: boolean
  /** The message before it to the same person. */
  readonly before?: string
}

interface Rule {
  readonly broken: string
  readonly isBroken: (shown: Shown, owes: boolean) => boolean
}

/** The chat that everyone reads: a digest in it wants nothing of anybody. */
const GROUP = 'nhóm'
const PAGE_MAX = 900
/** Longer, a line is no longer taken in at a glance on a telephone. */
const LINE_MAX = 420

/** Messages that need not say how far one is, each with its reason. */
const WITHOUT_PROGRESS: readonly RegExp[] = [
  // The opening tells how much there is, and nothing of it can have been answered.
  /^Kính gửi .*Hạn gửi: /su,
  // The draft is told of as a whole: its own count stands in it.
  /^Báo cáo .*\nĐủ nội dung: \d+\/\d+/su,
  // A collection that is closed or approved has nothing left to count.
  /^Đã (?:chốt số liệu|duyệt) báo cáo /su,
  // Who is away or has handed all on has nothing to count.
  /(?:Gõ “\/tiendo” để xem tiến độ, .*|Gõ “trợ giúp” để xem hướng dẫn\.)$/su,
  // Somebody else answers from now on, or nobody's chat it is.
  /vắng đến hết ngày|đã bỏ liên kết tài khoản|gửi mã 6 ký tự/su,
  // Nothing can be answered any more.
  /^Kỳ .* đã khóa số liệu/su,
  /^Hiện chưa có kỳ báo cáo nào/su,
  // What failed is said apart from the talk.
  /Mã sự cố|mã sự cố|chưa được ghi\*\* do hệ thống/su,
]

const WAY = /(?:gõ|chọn|trả lời|gửi|bấm|ghi|ví dụ|viết|dùng|quay lại)[^“]*“[^”]+”|(?:^|[\s“(])\/[a-z]+/iu
const NUMBERED = /^(?:\d{1,2}|[a-h])\. \S/mu

const RULES: readonly Rule[] = [
  { broken: `dài quá ${PAGE_MAX} ký tự`, isBroken: ({ text }) => text.length > PAGE_MAX },
  {
    broken: 'thiếu “(Đã có n/m)” ở cuối',
    isBroken: ({ text, typed, isContinued }, owes) =>
      owes &&
      // News of what others did is no answer: it says how far one is when one speaks.
      typed.length > 0 &&
      !isContinued &&
      !/\(Đã có \d+\/\d+[,)]/.test(endOf(text)) &&
      !WITHOUT_PROGRESS.some((exception) => exception.test(text)),
  },
  {
    broken: 'không chỉ lối đi tiếp ở cuối',
    isBroken: ({ person, text, isContinued }) =>
      person !== GROUP &&
      !isContinued &&
      // What may be typed stands line by line.
      !/gõ:\n\S/u.test(text) &&
      // Who is not known here has but one way on: a code from the office.
      !/gửi mã 6 ký tự|nhận mã xác nhận mới/u.test(text) &&
      !WAY.test(endOf(text)) &&
      !(NUMBERED.test(text) && /chọn/iu.test(endOf(text))),
  },
  {
    broken: 'nút có chữ không nằm trong tin',
    isBroken: ({ whole, buttons }) => buttons.some((button) => !standsIn(button, whole)),
  },
  { broken: 'có chỗ chưa điền', isBroken: ({ text }) => LEFTOVER.test(ownWords(text)) },
  { broken: 'chưa phải NFC', isBroken: ({ text }) => text !== text.normalize('NFC') },
  { broken: 'xưng hô không phù hợp', isBroken: ({ text }) => RUDE.test(ownWords(text)) },
  { broken: 'có chữ tiếng Anh', isBroken: ({ text }) => ENGLISH.test(ownWords(text)) },
  { broken: 'có dấu chấm than', isBroken: ({ text }) => ownWords(text).includes('!') },
  { broken: 'có biểu tượng cảm xúc', isBroken: ({ text }) => EMOJI.test(ownWords(text)) },
  { broken: 'có hai dấu cách liền nhau', isBroken: ({ text }) => /\S {2,}\S| $/mu.test(ownWords(text)) },
  {
    broken: 'có dấu cách trước dấu câu',
    isBroken: ({ text }) => / [,;:?.)](?:\s|$)/mu.test(ownWords(text)),
  },
  {
    broken: 'có dấu câu lặp',
    isBroken: ({ text }) => /[,;:?]{2}|(?<!\.)\.\.(?!\.)|\.[,;:?]/u.test(ownWords(text)),
  },
  {
    broken: `có dòng dài quá ${LINE_MAX} ký tự`,
    isBroken: ({ text }) =>
      ownWords(text)
        .split('\n')
        .some((line) => line.length > LINE_MAX),
  },
  { broken: 'lặp nguyên văn tin trước', isBroken: isSaidAgain },
]

const LEFTOVER = /[{}]|\b(?:undefined|null|NaN)\b|\[object /u
const RUDE = /(?<![\p{L}\p{M}])(?:bạn|mày|tao|ê|cậu|tớ|mi)(?![\p{L}\p{M}])/iu
const ENGLISH =
  /(?<![\p{L}\p{M}/.])(?:ok|okay|error|please|file|report|draft|(?<!Zalo \()bot|chat|link|menu|click|submit|cancel|skip|help|deadline|update|admin|user|input|format|item|status|email|sorry|hello|done|yes|no)(?![\p{L}\p{M}])/iu
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u

/** The last two lines: where a hurried reader looks. */
function endOf(text: string): string {
  return text.trimEnd().split('\n').slice(-2).join('\n')
}

/** Without what is quoted: words of the user, and words to be typed. */
function ownWords(text: string): string {
  let depth = 0
  let kept = ''
  for (const letter of text) {
    if (letter === '“') depth += 1
    if (depth === 0 || letter === '\n') kept += letter
    if (letter === '”' && depth > 0) {
      depth -= 1
      if (depth === 0) kept += '“”'
    }
    // What somebody typed may open a quotation and not close it.
    if (letter === '\n') depth = 0
  }
  return kept
}

/** A button can be typed by who cannot press it: its words, or its number, stand in the text. */
function standsIn(button: string, text: string): boolean {
  const label = button.replace(/^(?:\d{1,2}|[a-h])\. /u, '')
  const number = label === button ? undefined : button.slice(0, button.indexOf('.') + 1)
  const isNumbered = number !== undefined && text.split('\n').some((line) => line.startsWith(`${number} `))
  return isNumbered || foldText(text).includes(foldText(label))
}

/** Who asks twice may be told twice; who was not understood must not. */
function isAskedTwice(words: string): boolean {
  const command = readCommand(cleanText(words))
  // "sửa II.1" asks for the question of II.1.
  if (command?.type === 'correct') return command.to === ''
  return command !== undefined && command.type !== 'unknown'
}

function isSaidAgain({ person, text, before, typed }: Shown): boolean {
  const isUnderstood = text.startsWith('Tôi đã ghi') || typed.some(isAskedTwice)
  // In a group several ask the same; news of others may come twice; a message may be reworded twice.
  const isNews = typed.length === 0 || text.includes('tin đồng chí vừa sửa')
  return text === before && !isUnderstood && !isNews && person !== GROUP
}

/** What is wrong with the messages of a play, in words a clerk can follow. */
export function lintTalk(lines: readonly Line[], { people }: Pick<Office, 'people'>): readonly string[] {
  return [...lintEach(lines, people), ...lintFlood(lines)]
}

const OUTBOUND_MAX = 3

/** One message leads to one, long ones to a few pages, never to a flood. */
function lintFlood(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(({ direction, person, text }, index) => {
    if (direction === 'out') return []
    const next = lines.findIndex((line, at) => at > index && line.direction === 'in')
    const answers = lines
      .slice(index + 1, next < 0 ? undefined : next)
      .filter((line) => line.person === person).length
    return answers > OUTBOUND_MAX ? [`${answers} tin cho một lời: ${person} → ${text}`] : []
  })
}

function lintEach(lines: readonly Line[], people: Office['people']): readonly string[] {
  const isTold = (id: string) =>
    lines.some(({ person, text }) => person === id && text.includes('không có nội dung phải cung cấp'))
  const owners = new Set(people.flatMap(({ id, duties }) => (duties.length > 0 && !isTold(id) ? [id] : [])))
  return shownTo(lines).flatMap((shown) =>
    RULES.filter(({ isBroken }) => isBroken(shown, owners.has(shown.person))).map(
      ({ broken }) =>
        `${broken}: ${shown.person} ← ${shown.text} ${shown.buttons.map((one) => `[${one}]`).join(' ')}`,
    ),
  )
}

function shownTo(lines: readonly Line[]): readonly Shown[] {
  const people = [...new Set(lines.map(({ person }) => person))]
  return people.flatMap((person) => {
    const own = lines.filter((line) => line.person === person)
    return own.flatMap((line, index): Shown[] => {
      if (line.direction === 'in') return []
      const earlier = own.slice(0, index)
      const last = earlier.findLastIndex(({ direction }) => direction === 'out')
      const before = earlier[last]?.text
      return [
        {
          person,
          text: line.text,
          whole: [...pagesBefore(own, index), line].map(({ text }) => text).join('\n'),
          buttons: line.buttons,
          files: line.files,
          typed: earlier.slice(last + 1).map(({ text }) => text),
          isContinued: isPageBefore(line, own[index + 1]),
          ...(before === undefined ? {} : { before }),
        },
      ]
    })
  })
}

function pagesBefore(own: readonly Line[], index: number): readonly Line[] {
  const [page, before] = [own[index], own[index - 1]]
  if (!before || before.direction === 'in' || !isPageBefore(before, page)) return []
  return [...pagesBefore(own, index - 1), before]
}

/** Pages are filled as far as they go: the next line would not have fitted. */
function isPageBefore(line: Line, next: Line | undefined): boolean {
  if (next?.direction !== 'out') return false
  return line.text.length + 1 + (next.text.split('\n')[0]?.length ?? 0) > PAGE_MAX
}
