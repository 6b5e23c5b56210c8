/**
 * The report as a tree. Every run of text knows where it comes from; the digit gate and the
 * provenance annex both live on that.
 */
export interface Report {
  readonly isDraft: boolean
  /** Two or more bold lines at the top left, e.g. ["ỦY BAN NHÂN DÂN", "PHƯỜNG AN BÌNH"]. */
  readonly issuer: readonly string[]
  /** "/BC-UBND": the number before it is left open for the clerk who issues the document. */
  readonly symbol: string
  readonly place: string
  /** Long form for the header, "ngày 15 tháng 3 năm 2025"; absent while the date is open. */
  readonly date?: string
  /** "BÁO CÁO" and the line under it. */
  readonly title: string
  readonly subject: string
  readonly addressees: readonly string[]
  readonly blocks: readonly Block[]
  readonly signature: Signature
  /** Without the leading dash and the closing mark: the renderer writes them. */
  readonly recipients: readonly string[]
  readonly gaps: readonly Gap[]
  /** The cover note that lists the gaps, already worded; printed on a page of its own, drafts only. */
  readonly cover: readonly string[]
}

export type Block =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly runs: readonly Run[] }
  | { readonly type: 'paragraph'; readonly runs: readonly Run[] }

export interface Run {
  readonly text: string
  readonly source: Source
}

export type Source =
  /** Written in the pack by its editor. */
  | { readonly type: 'pack' }
  /** Computed from the calendar or the office file. */
  | { readonly type: 'setting' }
  /** What an official answered; `code` names the item. */
  | { readonly type: 'answer'; readonly code: string }
  /** Computed from answers by the formula of item `code`. */
  | { readonly type: 'formula'; readonly code: string }
  /** Nobody has answered yet; the renderer makes it stand out. */
  | { readonly type: 'gap'; readonly code: string }

export interface Signature {
  /** ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] or, for a deputy, three lines with "KT. CHỦ TỊCH". */
  readonly powers: readonly string[]
  readonly name: string
}

export interface Gap {
  readonly code: string
  readonly name: string
  readonly owner: string
  /** The day the owner promised, YYYY-MM-DD. */
  readonly promised?: string
}
