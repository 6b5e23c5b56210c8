import { readDigitScale } from './atoms.ts'
import {
  addDays,
  type CivilDay,
  isRealDay,
  lengthOfMonth,
  readIsoDay,
  weekdayOf,
  writeIsoDay,
} from './civil.ts'
import { createFinder } from './phrases.ts'
import type { Token } from './tokens.ts'
import { findUnit } from './units.ts'

/** A day as said; what is missing of it is settled by who asks ("14/3": this year; "hẹn 14/3": the next one). */
export interface SaidDay {
  readonly end: number
  readonly day?: number
  readonly month?: number
  readonly year?: number
  /** "thứ Sáu" 5, and the weeks from this one if a week was named. */
  readonly weekday?: number
  readonly weeks?: number
  /** "mai" 1, "hôm qua" -1. */
  readonly offset?: number
  /** "hôm nay" alone promises nothing, "chiều nay" does. */
  readonly isToday?: true
  /** "cuối tháng", "tuần sau": a promise without a day. */
  readonly isVague?: true
  /** Written as no date is: "06/02/023". */
  readonly isBroken?: true
}

/** A day of the calendar, or the days it may have been meant as. */
export type DayReading = { readonly iso: string } | { readonly repairs: readonly string[] }

const DAYS = {
  '-2': ['hôm kia'],
  '-1': ['hôm qua', 'hqua', 'ngày hôm qua', 'bữa qua'],
  today: ['hôm nay', 'hnay', 'bữa nay', 'ngày hôm nay'],
  '0': [
    'sáng|trưa|chiều|tối nay',
    'cuối ngày',
    'cuối giờ',
    'lát nữa',
    'tí nữa',
    'chút nữa',
    '# phút|giờ|tiếng nữa',
  ],
  '1': ['mai', 'ngày mai', 'sáng|trưa|chiều|tối mai', 'hôm sau', 'ngày hôm sau'],
  '2': ['ngày kia', 'ngày mốt', 'sáng|chiều mốt', 'bữa kia'],
  vague: [
    'tuần sau|tới',
    'cuối|đầu|giữa tuần',
    'cuối|đầu|giữa tuần này|sau|tới',
    'cuối|đầu|giữa tháng',
    'cuối|đầu tháng này|sau|tới',
    'tháng sau|tới',
    'vài ngày|hôm|bữa nữa',
    'mấy ngày|hôm|bữa nữa',
    'ít ngày|hôm nữa',
    'hôm khác',
    'dịp khác',
  ],
  later: ['# ngày|hôm|bữa nữa|sau|tới', 'sau # ngày|hôm|bữa', 'trong # ngày|hôm tới|nữa'],
} as const
const WEEKDAYS = {
  '1': ['thứ hai', 'thứ 2', 't2', 'thứ2'],
  '2': ['thứ ba', 'thứ 3', 't3', 'thứ3'],
  '3': ['thứ tư', 'thứ 4', 't4', 'thứ bốn'],
  '4': ['thứ năm', 'thứ 5', 't5'],
  '5': ['thứ sáu', 'thứ 6', 't6'],
  '6': ['thứ bảy', 'thứ bẩy', 'thứ 7', 't7'],
  '7': ['chủ nhật', 'cn'],
} as const
const WEEKS = {
  '-1': ['tuần trước|rồi|qua', 'trước|rồi'],
  '0': ['tuần này', 'này'],
  '1': ['tuần sau|tới', 'tuần kế'],
  '2': ['tuần sau nữa'],
  next: ['tới', 'tới đây'],
  /** The coming one to some, the one after to others. */
  vague: ['sau'],
} as const

const findDay = createFinder(DAYS)
const findWeekday = createFinder(WEEKDAYS)
const findWeek = createFinder(WEEKS)
/** "14/3/25" is 2025; "14/3/85" is asked about. */
const LATEST_SHORT_YEAR = 50
/** After these words "14/3" can only be a day. */
const LEADS = ['ngay', 'hen', 'truoc', 'han', 'sang', 'chieu', 'vao', 'mung', 'mong', 'hom']

/** The day at a token. Two bare numbers ("14/3") are a day only if `isDayAsked` or a word before says so. */
export function readDay(tokens: readonly Token[], at: number, isDayAsked: boolean): SaidDay | undefined {
  return (
    readRelative(tokens, at) ??
    readWeekday(tokens, at, isDayAsked) ??
    readDayWord(tokens, at) ??
    readDotted(tokens, at, isDayAsked) ??
    readNumbers(tokens, at, isDayAsked || LEADS.includes(tokens[at - 1]?.fold ?? ''))
  )
}

/** "14/3" → this year's; a date of next winter said in January is asked about. */
export function settleDay(said: SaidDay, today: string | undefined): DayReading {
  const { day, month, year } = said
  if (said.isBroken || said.isVague) return { repairs: repairYear(said) }
  if (day !== undefined && month !== undefined && year !== undefined)
    return settleParts({ year, month, day }, said)
  const now = today === undefined ? undefined : readIsoDay(today)
  if (today === undefined || now === undefined) return { repairs: [] }
  if (day === undefined) return { iso: settleRelative(said, today) }
  if (month === undefined) return { repairs: listReal([{ ...now, day }]) }
  const settled = settleParts({ year: now.year, month, day }, said)
  if ('iso' in settled && settled.iso > addDays(today, 270)) {
    return { repairs: [settled.iso, ...listReal([{ year: now.year - 1, month, day }])] }
  }
  return settled
}

/** "hẹn thứ Hai": the next one after today; "hẹn 12/3": the next such day, be it today. No day named → undefined. */
export function settlePromise(said: SaidDay, today: string | undefined): string | undefined {
  const now = today === undefined ? undefined : readIsoDay(today)
  if (today === undefined || now === undefined || said.year !== undefined) {
    const settled = settleDay(said, today)
    return 'iso' in settled ? settled.iso : undefined
  }
  if (said.isVague || said.isBroken) return undefined
  if (said.day === undefined) return settleRelative(said, today)
  const { day } = said
  const months =
    said.month === undefined ? [now.month, now.month + 1, now.month + 2] : [said.month, said.month + 12]
  const candidates = months.map((month) => ({
    day,
    month: ((month - 1) % 12) + 1,
    year: now.year + (month > 12 ? 1 : 0),
  }))
  return listReal(candidates).find((iso) => iso >= today)
}

function settleRelative(said: SaidDay, today: string): string {
  if (said.weekday === undefined) return addDays(today, said.offset ?? 0)
  const weekday = weekdayOf(today)
  if (said.weeks !== undefined) return addDays(today, said.weekday - weekday + 7 * said.weeks)
  const ahead = said.weekday - weekday
  return addDays(today, ahead > 0 ? ahead : ahead + 7)
}

function settleParts(parts: CivilDay, said: SaidDay): DayReading {
  if (!isRealDay(parts) || !isLikelyYear(parts.year)) return { repairs: repairDay(parts) }
  const iso = writeIsoDay(parts)
  const isOtherWeekday = said.weekday !== undefined && weekdayOf(iso) !== said.weekday
  return isOtherWeekday ? { repairs: [iso] } : { iso }
}

/** 31/6 may be the 30th or the first of July; 3/14 was written the American way. */
function repairDay({ year, month, day }: CivilDay): readonly string[] {
  if (!isLikelyYear(year)) return []
  if (month > 12) return listReal([{ year, month: day, day: month }])
  if (day < 1 || month < 1) return []
  const last = lengthOfMonth(year, month)
  if (day <= last || day > 31) return []
  return listReal([
    { year, month, day: last },
    { year, month: month + 1, day: day - last },
  ])
}

/** "06/02/023" → 2023; "14/3/85" → 1985 or 2085. */
function repairYear({ day, month, year }: SaidDay): readonly string[] {
  if (day === undefined || month === undefined || year === undefined || year > 99) return []
  const centuries = year > LATEST_SHORT_YEAR ? [1900, 2000] : [2000]
  return listReal(centuries.map((century) => ({ day, month, year: century + year })))
}

function listReal(days: readonly CivilDay[]): readonly string[] {
  return days.filter(isRealDay).map(writeIsoDay)
}

function isLikelyYear(year: number): boolean {
  return year >= 1945 && year <= 2100
}

// Recognisers.

function readRelative(tokens: readonly Token[], at: number): SaidDay | undefined {
  const found = findDay(tokens, at)
  if (found === undefined) return undefined
  const { role, end } = found
  if (role === 'vague') return { end, isVague: true }
  if (role === 'today') return { end, offset: 0, isToday: true }
  if (role !== 'later') return { end, offset: Number(role) }
  const count = Number(tokens.slice(at, end).find(({ type }) => type === 'number')?.text)
  return count <= 366 ? { end, offset: count } : undefined
}

/** "thứ Sáu", "thứ 6 tuần sau", "thứ Sáu, 14/3/2025". */
function readWeekday(tokens: readonly Token[], at: number, isDayAsked: boolean): SaidDay | undefined {
  const found = findWeekday(tokens, at)
  if (found === undefined || isCollecting(tokens, at, found.end)) return undefined
  const weekday = Number(found.role)
  const week = findWeek(tokens, found.end)
  if (week?.role === 'vague') return { end: week.end, weekday, isVague: true }
  if (week?.role === 'next') return { end: week.end, weekday }
  if (week !== undefined) return { end: week.end, weekday, weeks: Number(week.role) }
  const next = [',', '('].includes(tokens[found.end]?.text ?? '') ? found.end + 1 : found.end
  const day =
    readDayWord(tokens, next) ?? readDotted(tokens, next, isDayAsked) ?? readNumbers(tokens, next, true)
  return day?.month === undefined ? { end: found.end, weekday } : { ...day, weekday }
}

/** "thu 5 triệu" is money taken in, not a Thursday. */
function isCollecting(tokens: readonly Token[], at: number, end: number): boolean {
  if (tokens[at]?.text !== 'thu' || findWeek(tokens, end) !== undefined) return false
  const isMeasured = findUnit(tokens, end) !== undefined || readDigitScale(tokens, end) !== undefined
  return isMeasured || ['d', 'dong', '%', '.'].includes(tokens[end]?.fold ?? '')
}

/** "ngày 14 tháng 3 năm 2025", "ngày 14/3", "mùng 5". */
function readDayWord(tokens: readonly Token[], at: number): SaidDay | undefined {
  if (!['ngay', 'mung', 'mong', 'hom'].includes(tokens[at]?.fold ?? '')) {
    return readMonthWord(tokens, at, readWhole(tokens[at]))
  }
  const numbers = readDotted(tokens, at + 1, true) ?? readNumbers(tokens, at + 1, true)
  if (numbers !== undefined) return numbers
  const day = readWhole(tokens[at + 1])
  if (day === undefined || day < 1 || day > 31) return undefined
  return readMonthWord(tokens, at + 1, day) ?? { end: at + 2, day }
}

function readMonthWord(tokens: readonly Token[], at: number, day: number | undefined): SaidDay | undefined {
  const month = readWhole(tokens[at + 2])
  if (day === undefined || day > 31 || tokens[at + 1]?.fold !== 'thang' || month === undefined)
    return undefined
  const yearAt = ['nam', '/', '-', '.'].includes(tokens[at + 3]?.fold ?? '') ? at + 4 : at + 3
  const year = readWhole(tokens[yearAt])
  return year !== undefined && year >= 1000
    ? { end: yearAt + 1, day, month, year }
    : { end: at + 3, day, month }
}

/** 14.3.2025 is one number token; with two parts it is more likely a decimal. */
function readDotted(tokens: readonly Token[], at: number, isDayAsked: boolean): SaidDay | undefined {
  const parts = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{2,4}))?$/.exec(tokens[at]?.text ?? '')
  const isFullDate = parts?.[3]?.length === 4 && Number(parts[2]) <= 12
  if (parts === null || (!isFullDate && !isDayAsked)) return undefined
  return createDay(at + 1, [parts[1], parts[2], parts[3]])
}

/** 14/3/2025, 14-3-2025, 2025-03-14 and, where a day may be meant, 14/3. */
function readNumbers(tokens: readonly Token[], at: number, isDayLikely: boolean): SaidDay | undefined {
  const separator = tokens[at + 1]?.text ?? ''
  const [first, second] = [tokens[at], tokens[at + 2]]
  if (!['/', '-'].includes(separator) || !isShort(second)) return undefined
  const third = tokens[at + 3]?.text === separator ? tokens[at + 4] : undefined
  if (/^\d{4}$/.test(first?.text ?? '') && isShort(third)) {
    return createDay(at + 5, [third?.text, second?.text, first?.text])
  }
  if (!isShort(first)) return undefined
  if (third?.type === 'number' && /^\d{2,5}$/.test(third.text)) {
    return createDay(at + 5, [first?.text, second?.text, third.text])
  }
  const isDay = isDayLikely && third === undefined && Number(second?.text) <= 12
  return isDay ? createDay(at + 3, [first?.text, second?.text, undefined]) : undefined
}

function createDay(end: number, parts: readonly (string | undefined)[]): SaidDay {
  const [day, month, year] = parts.map((part) => (part === undefined ? undefined : Number(part)))
  const said = { end, day: day ?? 0, month: month ?? 0 }
  if (year === undefined || parts[2] === undefined) return said
  if (parts[2].length === 2 && year <= LATEST_SHORT_YEAR) return { ...said, year: 2000 + year }
  return parts[2].length === 4 ? { ...said, year } : { ...said, year, isBroken: true }
}

function isShort(token: Token | undefined): boolean {
  return token !== undefined && /^\d{1,2}$/.test(token.text)
}

function readWhole(token: Token | undefined): number | undefined {
  return token !== undefined && /^\d{1,4}$/.test(token.text) ? Number(token.text) : undefined
}
