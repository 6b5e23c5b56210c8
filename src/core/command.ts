import { type Look, readLook } from './look.ts'
import { type Request, readRequest } from './request.ts'
import { foldText } from './text.ts'

/** What a message may be beside an answer. */
export type Command =
  | { readonly type: 'start' }
  | { readonly type: 'help' }
  /** How to answer, for a leader who answers too. */
  | { readonly type: 'helpAnswers' }
  /** The first page unless it says which. */
  | { readonly type: 'progress'; readonly page?: number }
  /** The coming deadlines. */
  | { readonly type: 'agenda' }
  | { readonly type: 'skip' }
  | { readonly type: 'cancel' }
  | { readonly type: 'undo' }
  | { readonly type: 'source' }
  /** Where one is written to. */
  | { readonly type: 'channels' }
  /** How to send a file. */
  | { readonly type: 'upload' }
  /** Messages that may not have arrived. */
  | { readonly type: 'unsure' }
  /** "Cảm ơn đồng chí", "vâng": polite, and no answer to anything. */
  | { readonly type: 'courtesy' }
  | { readonly type: 'report'; readonly asked: string }
  | { readonly type: 'look'; readonly look: Look }
  | { readonly type: 'correct'; readonly what: string; readonly to: string }
  | { readonly type: 'unknown'; readonly word: string }
  | Request

type Bare = Exclude<Command['type'], 'report' | 'look' | 'correct' | 'unknown' | Request['type']>

/** Accent-free, so that "Bỏ qua", "bo qua" and "BỎ QUA" are one; the whole message must be the word. */
const WORDS: Readonly<Record<string, Bare>> = {
  '/start': 'start',
  '/batdau': 'start',
  'bat dau': 'start',
  'lam ngay': 'start',
  'tiep tuc': 'start',
  'xin chao': 'start',
  chao: 'start',
  '/help': 'help',
  '/trogiup': 'help',
  'tro giup': 'help',
  'tro giup 2': 'helpAnswers',
  '/trogiup 2': 'helpAnswers',
  'huong dan': 'help',
  '/tiendo': 'progress',
  'tien do': 'progress',
  'con gi': 'progress',
  'con thieu gi': 'progress',
  '/lich': 'agenda',
  lich: 'agenda',
  'xem lich': 'agenda',
  'lich bao cao': 'agenda',
  'han gui': 'agenda',
  'han nop': 'agenda',
  'bao gio het han': 'agenda',
  'khi nao het han': 'agenda',
  '/boqua': 'skip',
  'bo qua': 'skip',
  'de sau': 'skip',
  '/huy': 'cancel',
  huy: 'cancel',
  'huy bo': 'cancel',
  thoi: 'cancel',
  '/hoantac': 'undo',
  'hoan tac': 'undo',
  'tra lai so cu': 'undo',
  'so nay lay o dau': 'source',
  'lay o dau': 'source',
  'so nay lay dau': 'source',
  '/kenh': 'channels',
  kenh: 'channels',
  'kenh cua toi': 'channels',
  '/guitep': 'upload',
  'gui tep': 'upload',
  'gui file': 'upload',
  '/tinchuaro': 'unsure',
  'tin chua ro': 'unsure',
  'cam on': 'courtesy',
  'xin cam on': 'courtesy',
  'cam on dong chi': 'courtesy',
  'xin cam on dong chi': 'courtesy',
  ok: 'courtesy',
  oke: 'courtesy',
  okie: 'courtesy',
  vang: 'courtesy',
  da: 'courtesy',
  'da vang': 'courtesy',
  'vang a': 'courtesy',
  'nhat tri': 'courtesy',
}

const PROGRESS_PAGE = /^(?:\/tiendo|tien do) (?:trang )?(\d{1,2})$/

/** "/baocao", "/bao_cao_quy1", "/baocaoquy1": with the slash nothing else can be meant. */
const SLASH_REPORT = /^\/bao[ _]?cao(?:@\w+)?[ _]*(.*)$/
const REPORT =
  /^(?:(?:(?:cho|gui|dua|lay|muon|can|giup|toi|minh|anh|chi|em|xin|xem|duoc|ban) )*)((?:du thao )?(?:bao ?cao|bc)|du thao)(?: (?:cchc|cai cach hanh chinh))?(?: ?(.*))$/
/** Without the slash only a period may follow, or what tries to be one: "Báo cáo đúng hạn 6 tháng đầu năm" is a sentence of the report. */
const PERIOD_WORD =
  /^(?:quy|qui|q|thang|t|nam|dau|cuoi|nay|ngoai|truoc|sau|toi|ca|ky|cua|va|nua|i{1,3}|iv|v|mot|hai|ba|bon|tu|chin|kem|nguon|\d+)$/
const PERIOD_NOUN = /^(?:quy|qui|q|thang|t|nam|ky)$/

function isLikePeriod(folded: string): boolean {
  const words = withoutCourtesy(folded)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, ' ')
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return true
  return words.every((word) => PERIOD_WORD.test(word)) && words.some((word) => PERIOD_NOUN.test(word))
}

/** "gửi báo cáo" alone is work done, "cho tôi xin báo cáo quý 1" a wish. */
function readReport(folded: string): Command | undefined {
  if (folded.length >= 120) return undefined
  const wished = withoutCourtesy(folded)
  const slash = SLASH_REPORT.exec(folded)?.[1]
  const plain = slash === undefined && !/^gui bao ?cao/.test(wished) ? REPORT.exec(wished) : undefined
  const asked = slash ?? plain?.[2]
  if (asked === undefined || (plain && !isLikePeriod(asked))) return undefined
  return { type: 'report', asked: asked.trim() }
}

const CORRECT =
  /^(?:\/sua|sua lai|sua)(?:@\w+)?\s+(?:muc |cau |so )?([\p{L}\p{N}.]+)(?:\s*(?:=|:|->|→|\s+thanh|\s+la)\s*|\s+|$)(.*)$/su

/** Reads a command; undefined when the message is an answer. */
export function readCommand(text: string): Command | undefined {
  const folded = foldText(text)
    .replace(/[?!.…]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const bare = folded.replace(/^(\/\w+)@\w+/, '$1')
  const word = [bare, withoutCourtesy(bare)].flatMap((one) =>
    Object.hasOwn(WORDS, one) ? (WORDS[one] ?? []) : [],
  )[0]
  if (word) return { type: word }
  const page = PROGRESS_PAGE.exec(withoutCourtesy(bare))?.[1]
  if (page) return { type: 'progress', page: Number(page) }
  const look = readLook(withoutCourtesy(bare))
  if (look) return { type: 'look', look }
  const report = readReport(folded)
  if (report) return report
  const correct = readCorrection(text)
  if (correct) return correct
  const request = readRequest(text)
  if (request) return request
  return folded.startsWith('/') ? { type: 'unknown', word: text.split(/\s/)[0] ?? '' } : undefined
}

const BEFORE = ['da', 'thua', 'vang', 'dong chi', 'anh', 'chi', 'em', 'toi', 'cho', 'xin', 'hoi', 'xin phep']
const AFTER = ['a', 'nhe', 'nha', 'voi', 'di', 'dong chi']

/** "dạ cho tôi hỏi số này lấy ở đâu ạ" → "so nay lay o dau" */
function withoutCourtesy(folded: string): string {
  let words = folded.replace(/,/g, ' ').replace(/\s+/g, ' ').trim()
  for (let cut = true; cut; ) {
    const before = BEFORE.find((one) => words.startsWith(`${one} `))
    const after = AFTER.find((one) => words.endsWith(` ${one}`))
    if (before) words = words.slice(before.length + 1)
    if (after) words = words.slice(0, -after.length - 1)
    cut = before !== undefined || after !== undefined
  }
  return words.trim()
}

/** "sửa 3 = 190", "sửa II.2c.1 thành 5", "sửa 3". Accents of the new value are kept. */
function readCorrection(text: string): Command | undefined {
  const folded = foldText(text)
  if (!/^\/?sua\b/.test(folded)) return undefined
  const found = CORRECT.exec(folded)
  const what = found?.[1]
  if (!what || !/\d/.test(what)) return undefined
  const to = found[2] ?? ''
  // "Sửa 02 quy trình nội bộ" is work done, not a correction: without "=", "thành" or "là" it must be said with the slash.
  const isPlain =
    to === '' || /^\/|[=:→]|->|\s(?:thanh|la)\s/.test(folded.slice(0, folded.length - to.length))
  if (!isPlain) return undefined
  // Folding NFC text keeps its length, so code and value can be cut from the words as typed.
  const at = folded.indexOf(what)
  return {
    type: 'correct',
    what: text.slice(at, at + what.length),
    to: to === '' ? '' : text.slice(text.length - to.length).trim(),
  }
}
