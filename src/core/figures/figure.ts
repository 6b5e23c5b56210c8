/**
 * A figure as officials write and read it. `read.ts` turns words into one of these outcomes,
 * `write.ts` turns a value back into the canonical Vietnamese form; the two are inverse.
 */
export type FigureKind = 'count' | 'decimal' | 'percent' | 'money' | 'ratio' | 'score' | 'date'

export type Qualifier = 'exact' | 'approx' | 'atLeast' | 'atMost' | 'estimate'

/** What is being asked for; everything but the kind may be unknown. */
export interface FigureQuestion {
  readonly kind: FigureKind
  /** "hồ sơ", "văn bản", "đồng": read if typed, never required. */
  readonly unit?: string
  /** Last period's value, canonical ("1890"); a tenfold slip is asked about. */
  readonly previous?: string
  /** YYYY-MM-DD in Vietnam; needed for "thứ Sáu tuần sau" and for dates without a year. */
  readonly today?: string
}

/** Canonical value: "7847", "95.5", "7/28", "2025-03-14", "2023-05-20..2023-05-30". */
export interface FigureValue {
  readonly outcome: 'value'
  readonly value: string
  readonly unit?: string
  readonly qualifier: Qualifier
}

export type EmptyKind = 'none' | 'notApplicable' | 'pending'

/** `until` is the promised day where one was named ("hẹn thứ Hai"). */
export interface FigureEmpty {
  readonly outcome: 'empty'
  readonly empty: EmptyKind
  readonly until?: string
}

/** More than one reading: never guessed, always asked. */
export interface FigureAsk {
  readonly outcome: 'ask'
  readonly why: AskReason
  readonly choices: readonly (FigureValue | FigureEmpty)[]
}

export interface FigureRefusal {
  readonly outcome: 'refuse'
  readonly why: 'noNumber' | 'noSuchDay' | 'tooLong'
}

export type FigureReading = FigureValue | FigureEmpty | FigureAsk | FigureRefusal

/** Why the bot asks back; the sentence for each stands in prompts/texts.yaml. */
export type AskReason =
  | 'separator' // "1,234": thousands or decimal?
  | 'fraction' // a count cannot be "12.5"
  | 'severalNumbers' // two numbers where one is asked
  | 'range' // "từ 10 đến 15"
  | 'vague' // "mấy chục"
  | 'change' // "tăng 12%": a change, not a level
  | 'dayOrRatio' // "01/11"
  | 'mark' // "-", "x", "k" alone
  | 'shorthand' // "5tr05"
  | 'tenfold' // ten times last period's
  | 'overHundred' // a share above 100 %
  | 'mismatch' // "5.090/5.370 (đạt 15,5%)": figure and rate disagree
  | 'words' // digits and the words beside them differ
  | 'brokenDate' // "31/6/2025", "06/02/023"
  | 'brokenPromise' // "hẹn 30/2", "hẹn hôm qua"
  | 'unit' // the unit typed is not the unit asked for
  | 'spacing' // "1 234 56"
  | 'negative' // "-5"
  | 'unreadable' // "2½", "12abc": a number and something that is none
  | 'otherPeriod' // "kỳ trước 9"
  | 'numbered' // "hồ sơ số 15": a number of a thing, not how many
  | 'sides' // "100%" where "7/28" is asked
  | 'partial' // "12, đang tổng hợp tiếp"; "7" where "7/28" is asked
  | 'share' // "893/990" or "0,95" where a percent is asked
  | 'empty' // "không có máy in màu": nought, or not known?
  | 'state' // "xong 50%": is the task done, or under way?
