import { CHANNEL_WORDS } from './channel.ts'
import { foldText } from './text.ts'

/** A message that asks for something to be done with people, times or the collection; whether its names are known is seen later. */
export type Request =
  /** "chuyển II.2c.1 cho Lan", "nhờ Hà": `what` is empty for what is being asked, `to` where no name was said. */
  | { readonly type: 'hand'; readonly what: string; readonly to: string }
  /** "tôi nghỉ đến thứ Hai, nhờ Lan" */
  | { readonly type: 'away'; readonly until: string; readonly to: string }
  | { readonly type: 'back' }
  /** "để sau 14h" */
  | { readonly type: 'later'; readonly when: string }
  | { readonly type: 'notMe' }
  /** "nhắc Hà", "nhắc tất cả" */
  | { readonly type: 'nudge'; readonly whom: string }
  /** "ghi thay Hà: II.2c.1 = 5" */
  | { readonly type: 'behalf'; readonly whom: string; readonly answers: string }
  /** "II.2c.1 lấy 256": which of two people's values stands. */
  | { readonly type: 'settle'; readonly code: string; readonly value: string }
  | { readonly type: 'askAgain'; readonly code: string }
  /** "trả lại 3.3.2: sao lại bằng đúng tiếp nhận?" */
  | {
      readonly type: 'sendBack'
      readonly codes: readonly string[]
      readonly comment: string
      /** Not said in so many words: "II.2c.1 sao lại bằng đúng kỳ trước?" */
      readonly isGuessed?: boolean
    }
  | { readonly type: 'approve'; readonly asked: string }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'close' }
  /** "dời hạn quý 1 đến 17h 20/3"; "vẫn dời hạn …" where that was asked about. */
  | {
      readonly type: 'moveDeadline'
      readonly asked: string
      readonly to: string
      readonly isSure: boolean
    }
  /** "tạm dừng nhắc", "nhắc tiếp" */
  | { readonly type: 'pause' | 'resume' }
  | { readonly type: 'versions'; readonly n: string }
  | { readonly type: 'difference'; readonly which: string }
  /** "thêm: …" goes on with the text written last. */
  | { readonly type: 'append'; readonly text: string }
  /** "nhắn qua Zalo" */
  | { readonly type: 'prefer'; readonly channel: string }
  /** "gỡ Hà zalo", "gỡ Hà": `channel` is empty for all of them. */
  | { readonly type: 'unbindOther'; readonly whom: string; readonly channel: string }
  /** "cấp mã Hà" */
  | { readonly type: 'invite'; readonly whom: string }
  /** "gửi lại 1", "đã tới 2, 3" */
  | {
      readonly type: 'settleUnsure'
      readonly as: 'again' | 'arrived'
      readonly numbers: readonly number[]
    }

const CODE = '[a-z0-9]+(?:\\.[a-z0-9]+)+'
const HAND = /^\/?(?:chuyen|giao)\s+(?:(.*?)\s+)?cho\s+(\S.*)$/s
const ASK_HELP =
  /^\/?nho\s+(\S.*?)(?:\s+(?:tra loi|lam|nhap|ghi|bao cao))?(?:\s+(?:giup|ho|thay))?(?:\s+(?:toi|em))?$/
const AWAY =
  /^(?:\/nghi|(?:(?:toi|em|anh|chi|minh)\s+)?(?:xin\s+)?(?:nghi phep|nghi om|nghi|di cong tac|cong tac|di hoc|di hop|di vang|vang mat|vang))\s+(?:den het|den|toi|het)\s+(.+?)(?:\s*[,;.]\s*|\s+)(?:nho|giao cho|uy quyen cho)\s+(\S.*)$/s
const AWAY_ALONE =
  /^(?:\/nghi|(?:(?:toi|em|anh|chi|minh)\s+)?(?:xin\s+)?(?:nghi phep|nghi om|nghi|di cong tac|cong tac|di hoc|di hop|di vang|vang mat|vang))\s+(?:den het|den|toi|het)\s+(\S.{0,40})$/s
/** "tôi nghỉ, nhờ Lan", "tôi đi công tác": until when is asked. */
const AWAY_WITHOUT_DAY =
  /^(?:(?:toi|em|minh)\s+)?(?:xin\s+)?(?:nghi phep|nghi om|nghi|di cong tac|di hoc|di vang|vang mat)\s*[,;.]?\s+(?:nho|giao cho|uy quyen cho)\s+(\S.*)$|^(?:toi|em|minh)\s+(?:xin\s+)?(?:nghi phep|nghi om|nghi|di cong tac|di hoc|di vang|vang mat)(?:\s+(?:may ngay|vai ngay|it hom|it bua))?$/s
const LATER =
  /^(?:\/desau|de sau|nhac(?: lai)?(?: toi| em)?|hen lai|lam sau)\s+(?:vao |luc )?(\S.{0,30})$|^de (?:den )?((?:chieu|toi|sang)(?: nay| mai)?|mai|sang mai|chieu mai|thu .{1,4}|ngay .{1,10})(?: (?:lam|tra loi|bao))?(?: (?:nhe|a|nha))?$/s
const NUDGE = /^(?:\/nhac|nhac nho|nhac|don doc)(?:\s+(\S.*))?$/s
const BEHALF =
  /^(?:\/ghithay|ghi thay|tra loi thay|nhap thay|ghi ho|nhap ho)\s+(?:(?:cho\s+)?([^=:;\n]*?)\s*[:,]\s*)?([^\s=].*?=.*)$/s
/** Without an "=" a name must be known, else "Ghi thay sổ cũ: …" is a sentence. */
const BEHALF_OF =
  /^(?:\/ghithay|ghi thay|tra loi thay|nhap thay|ghi ho|nhap ho)\s+(?:cho\s+)?([^=:;\n]{1,40}?)\s*[:,]\s*(\S.*)$/s
const SETTLE = new RegExp(`^(${CODE})\\s+(?:lay|chon)\\s+(\\S.*)$`, 's')
const ASK_AGAIN = new RegExp(`^hoi lai\\s+(${CODE})$`)
const SEND_BACK = new RegExp(
  `^(?:/tralai|tra lai)\\s+((?:(?:muc|so)\\s+)?${CODE}(?:\\s*(?:,|;|va)\\s*${CODE})*)\\s*[:,.–-]?\\s*(.*)$`,
  's',
)
/** "trả lại", "trả lại cho Hà": of what, has to be asked. */
const SEND_BACK_WHAT = /^(?:\/tralai|tra lai)(?:\s+(?:cho|de|giup|bao cao|du thao)\b.{0,60})?$/s
const DOUBT_WORDS =
  'sao lai|tai sao|vi sao|hoi lai|xem lai|kiem tra|ra soat|doi chieu|xac minh|giai trinh|giai thich|lam lai|sua lai|dem lai|chua dung|khong dung|chua khop|khong khop|chua hop ly|bat thuong|bi sai|\\bsai\\b|nham|co dung khong'
const WONDERS = new RegExp(`^(${CODE})\\s*[:,]?\\s+(?![=:→])(.*(?:${DOUBT_WORDS}).*)$`, 's')
/** "hỏi lại Hà số II.2c.1, sao bằng đúng kỳ trước" */
const ASK_AGAIN_OF = new RegExp(
  `^((?:hoi lai|xem lai|kiem tra lai|yeu cau xem lai)\\s+(?:\\S+\\s+){0,6}?)(${CODE})(?:$|[\\s,:.–-]+(.*)$)`,
  's',
)
const APPROVE =
  /^(?:\/duyet|(?:toi )?(?:dong y )?(?:phe )?duyet)(?:\s+(?:noi dung|bao cao|du thao))*(?:\s+((?:quy|qui|q|6|9|nam|thang).*))?$/
const REOPEN = /^(?:\/molai|mo lai(?: (?:so lieu|ky|bao cao))*)(?:\s*(?:[:,]|vi\b|do\b|ly do\b)+\s*(.+))?$/s
const VERSIONS = /^(?:\/phienban|phien ban|cac phien ban|xem phien ban)(?:\s+(\d{1,3}))?$/
const DIFFERENCE =
  /^(?:\/khacbiet|khac gi|thay doi gi|co gi thay doi|khac biet|khac nhau|so sanh(?= (?:phien )?ban \d))(?:\s+(?:so )?(?:voi|giua))?(?:\s+(?:(?:phien )?ban truoc|(?:(?:phien )?ban )?(\d{1,3}(?:(?:\s*,\s*|\s+)(?:(?:va|voi|so voi)\s+)?(?:(?:phien )?ban )?\d{1,3})?)))?$/
const POLITE_BEFORE = '(?:(?:da|vang|thua|dong chi|nho|xin|toi|em|cho)[, ]\\s*)*'
const POLITE_AFTER = '(?:\\s+(?:a|nhe|nha|di|giup|toi|em|voi|roi|lai))*'
const PREFER = new RegExp(
  `^${POLITE_BEFORE}(?:/nhanqua|nhan (?:cho )?(?:toi |em )?qua)\\s+${CHANNEL_WORDS}${POLITE_AFTER}$`,
)
const NAME = '(\\p{L}[\\p{L}./]*(?: [\\p{L}./]+){0,4}?)'
const ACCOUNT = '(?:(?:lien ket|tai khoan|kenh)\\s+)'
const UNBIND_OF = new RegExp(
  `^(?:/go|go)(?: bo)?\\s+${ACCOUNT}*(?:${CHANNEL_WORDS}\\s+(?:cua\\s+)?|cua\\s+)${NAME}$`,
  'u',
)
/** "go nham", without its accents, is a slip of the finger. */
const UNBIND_FROM = new RegExp(
  `^(?:/go|go)(?: bo)?\\s+${ACCOUNT}*(?!(?:nham|sai|lon|thieu|thua|lech|lai)\\b)${NAME}(?:\\s+(?:khoi\\s+)?${CHANNEL_WORDS})?$`,
  'u',
)
const INVITE = new RegExp(
  `^(?:/capma|cap(?: lai)? ma(?: xac nhan)?(?: moi)?|(?:xin )?ma(?: xac nhan)?(?: moi)?(?=\\s+cho\\s))\\s+(?:cho\\s+)?${NAME}$`,
  'u',
)
const NUMBERS = '(\\d{1,2}(?:(?:\\s*[,;]\\s*|\\s+va\\s+|\\s+)\\d{1,2})*)'
const AGAIN = new RegExp(
  `^${POLITE_BEFORE}(?:/guilai|gui lai)\\s+(?:tin\\s+)?(?:so\\s+)?${NUMBERS}${POLITE_AFTER}$`,
)
const ARRIVED = new RegExp(
  `^(?:da\\s+)?(?:/datoi|(?:tin\\s+)?da (?:toi|den))\\s+(?:tin\\s+)?(?:so\\s+)?${NUMBERS}${POLITE_AFTER}$`,
)
const MOVE_DEADLINE =
  /^(van )?(?:\/doihan|(?:xin )?(?:doi|gia|lui|hoan|keo dai)(?: thoi)? han(?: (?:gui|nop))?(?: bao cao)?)(?:\s+((?!(?:den|sang|toi|thanh|qua|vao)\s).*?))?(?:\s+(?:den|sang|toi|thanh|qua|vao)\s+(\S.*))?$/s
const PAUSE = new RegExp(
  `^${POLITE_BEFORE}(?:/tamdung|(?:tam )?(?:dung|ngung)(?: viec)? nhac(?: nho)?)${POLITE_AFTER}$`,
)
const RESUME = new RegExp(
  `^${POLITE_BEFORE}(?:/nhactiep|(?:tiep tuc nhac|nhac tiep)(?: nho)?)${POLITE_AFTER}$`,
)
const APPEND = /^(?:\/them|them|viet tiep)\s*:\s*(\S.*)$/s

const WORDS: Readonly<Record<string, Request>> = {
  nho: { type: 'hand', what: '', to: '' },
  'nho nguoi khac': { type: 'hand', what: '', to: '' },
  chuyen: { type: 'hand', what: '', to: '' },
  'chuyen cho': { type: 'hand', what: '', to: '' },
  'chuyen nguoi khac': { type: 'hand', what: '', to: '' },
  'chuyen cho nguoi khac': { type: 'hand', what: '', to: '' },
  '/khongphaitoi': { type: 'notMe' },
  'khong phai toi': { type: 'notMe' },
  'khong phai la toi': { type: 'notMe' },
  'ko phai toi': { type: 'notMe' },
  'nham nguoi': { type: 'notMe' },
  'nham nguoi roi': { type: 'notMe' },
  '/dave': { type: 'back' },
  'toi da ve': { type: 'back' },
  'em da ve': { type: 'back' },
  'toi da di lam lai': { type: 'back' },
  'da di lam lai': { type: 'back' },
  'het nghi': { type: 'back' },
  '/chot': { type: 'close' },
  '/dongky': { type: 'close' },
  'chot so lieu': { type: 'close' },
  'khoa so lieu': { type: 'close' },
  'dong ky': { type: 'close' },
  // Said late, they are asked about anew.
  'van chot': { type: 'close' },
  'van duyet': { type: 'approve', asked: '' },
}

type Cut = (part: string | undefined) => string

/** The forms of requests, in the order they are tried; a part is cut from the words as typed. */
const FORMS: readonly (readonly [RegExp, (found: RegExpExecArray, cut: Cut) => Request | undefined])[] = [
  // "Nhờ đồng chí gửi lại 1" asks nobody by name.
  [AGAIN, (found) => ({ type: 'settleUnsure', as: 'again', numbers: numbersIn(found[1]) })],
  [ARRIVED, (found) => ({ type: 'settleUnsure', as: 'arrived', numbers: numbersIn(found[1]) })],
  [PREFER, (found) => ({ type: 'prefer', channel: found[1] ?? '' })],
  [APPEND, (found, cut) => ({ type: 'append', text: cut(found[1]) })],
  [BEHALF, (found, cut) => ({ type: 'behalf', whom: cut(found[1]), answers: cut(found[2]) })],
  [BEHALF_OF, (found, cut) => ({ type: 'behalf', whom: cut(found[1]), answers: cut(found[2]) })],
  [SETTLE, (found, cut) => ({ type: 'settle', code: found[1] ?? '', value: cut(found[2]) })],
  [ASK_AGAIN, (found) => ({ type: 'askAgain', code: found[1] ?? '' })],
  [ASK_AGAIN_OF, askAgainOf],
  [SEND_BACK, sendBack],
  [SEND_BACK_WHAT, () => ({ type: 'sendBack', codes: [], comment: '' })],
  [WONDERS, (found, cut) => ({ ...sendBack(found, cut), isGuessed: true })],
  [HAND, (found, cut) => ({ type: 'hand', what: cut(found[1]), to: cut(found[2]) })],
  [ASK_HELP, (found, cut) => ({ type: 'hand', what: '', to: cut(found[1]) })],
  [AWAY, (found, cut) => ({ type: 'away', until: found[1] ?? '', to: cut(found[2]) })],
  [AWAY_ALONE, (found) => ({ type: 'away', until: found[1] ?? '', to: '' })],
  [AWAY_WITHOUT_DAY, (found, cut) => ({ type: 'away', until: '', to: cut(found[1]) })],
  [MOVE_DEADLINE, moveDeadline],
  [PAUSE, () => ({ type: 'pause' })],
  [RESUME, () => ({ type: 'resume' })],
  [LATER, later],
  [NUDGE, nudge],
  [APPROVE, (found, cut) => ({ type: 'approve', asked: cut(found[1]) })],
  [REOPEN, (found, cut) => ({ type: 'reopen', reason: cut(found[1]) })],
  [VERSIONS, (found) => ({ type: 'versions', n: found[1] ?? '' })],
  [DIFFERENCE, (found) => ({ type: 'difference', which: found[1]?.trim() ?? '' })],
  [UNBIND_OF, (found, cut) => unbindOther(cut(found[0]), { whom: cut(found[2]), channel: found[1] })],
  [UNBIND_FROM, (found, cut) => unbindOther(cut(found[0]), { whom: cut(found[1]), channel: found[2] })],
  [INVITE, (found, cut) => ({ type: 'invite', whom: cut(found[1]) })],
]

/** "Gõ nhầm" begins like "gỡ" to who does not see the accents. */
function unbindOther(
  typed: string,
  { whom, channel = '' }: { readonly whom: string; readonly channel: string | undefined },
): Request | undefined {
  return /^gõ/iu.test(typed) ? undefined : { type: 'unbindOther', whom, channel }
}

/** "dời hạn 20/3" names but a day. */
function moveDeadline(found: RegExpExecArray, cut: Cut): Request {
  const [first, to] = [cut(found[2]), cut(found[3])]
  const isSure = found[1] !== undefined
  return to === ''
    ? { type: 'moveDeadline', asked: '', to: first, isSure }
    : { type: 'moveDeadline', asked: first, to, isSure }
}

function numbersIn(words = ''): readonly number[] {
  return (words.match(/\d+/g) ?? []).map(Number)
}

function sendBack(found: RegExpExecArray, cut: Cut): Request & { type: 'sendBack' } {
  return { type: 'sendBack', codes: cut(found[1]).match(CODES) ?? [], comment: cut(found[2]) }
}

/** What stands before and after the code is the comment. */
function askAgainOf(found: RegExpExecArray, cut: Cut): Request {
  const [before, after] = [found[1], found[3]].map((part) =>
    cut(part).replace(/\s+(?:mục|số|về|muc|so|ve)$/iu, ''),
  )
  const comment = [before, after].filter((part) => part).join(', ')
  return { type: 'sendBack', codes: [cut(found[2])], comment, isGuessed: true }
}

/** Everybody is meant only where that is said. */
function nudge(found: RegExpExecArray, cut: Cut): Request | undefined {
  const whom = cut(found[1])
  return whom === '' && !found[0].startsWith('/') ? undefined : { type: 'nudge', whom }
}

function later(found: RegExpExecArray): Request | undefined {
  const when = found[1] ?? found[2] ?? ''
  return SOUNDS_LIKE_TIME.test(when) ? { type: 'later', when } : undefined
}

const CODES = new RegExp(CODE, 'gi')
const SOUNDS_LIKE_TIME =
  /^(?:(?:chieu|toi|sang|trua|mai|hom sau|thu|ngay|tuan|cuoi|lat|chut|ti nua|(?:luc )?khac|luc nao|khi nao)\b|\d{1,2}\s*(?:h|gio|:|phut|\/|tieng))/
/** What is longer tells of something; only figures given for another, and more of a text, may be. */
const LONGEST = 300

/** Reads a request; undefined when the message is none. */
export function readRequest(text: string): Request | undefined {
  const whole = foldText(text)
  const folded = whole.replace(/[?!.…\s]+$/, '').replace(/^(\/\w+)@\w+/, '$1')
  if (Object.hasOwn(WORDS, folded)) return WORDS[folded]
  // Folding keeps the length of NFC text: what is found in one stands at the same place in the other.
  const cut: Cut = (part = '') => {
    const at = whole.length === text.length ? whole.lastIndexOf(part) : -1
    // What ends the words ends the message: its full stop or question mark belongs to it.
    const end = at + part.length === folded.length ? text.length : at + part.length
    return (at < 0 ? part.normalize('NFC') : text.slice(at, end)).trim()
  }
  for (const [pattern, read] of FORMS) {
    if (folded.length > LONGEST && pattern !== APPEND && pattern !== BEHALF) continue
    // The end of a text is part of it.
    const found = pattern.exec(pattern === APPEND ? whole : folded)
    const request = found && read(found, cut)
    if (request) return request
  }
  return undefined
}
