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
  /** "BÁO CÁO" and the lines under it. */
  readonly title: string
  readonly subject: string
  readonly addressees: readonly string[]
  readonly blocks: readonly Block[]
  readonly signature: Signature
  /** Without the leading dash and the closing mark: the renderer writes them. */
  readonly recipients: readonly string[]
  /** Each on its own landscape section with its own page numbers. */
  readonly appendices: readonly Appendix[]
  /** Where every figure comes from; printed last, only when it was asked for. */
  readonly annex?: Appendix
  readonly gaps: readonly Gap[]
  /** The cover note that lists the gaps, already worded; printed on a page of its own, drafts only. */
  readonly cover: readonly string[]
}

export type Block =
  | {
      readonly type: 'heading'
      readonly level: 1 | 2 | 3
      readonly runs: readonly Run[]
      /** What follows the title on its line, not bold: "V. KIẾN NGHỊ, ĐỀ XUẤT: Không." */
      readonly line?: readonly Run[]
    }
  | {
      readonly type: 'paragraph'
      readonly runs: readonly Run[]
      /** "Căn cứ …": set in italics. */
      readonly isBasis?: boolean
    }
  | Table

export interface Table {
  readonly type: 'table'
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column {
  readonly title: readonly Run[]
  /** Its part of the width, in any measure: all columns together fill the line. */
  readonly share: number
  readonly align: 'left' | 'center' | 'right'
}

export interface Row {
  /** As many as there are columns. */
  readonly cells: readonly (readonly Run[])[]
  /** A heading among the rows, set in bold. */
  readonly isGroup: boolean
}

export interface Appendix {
  /** "Phụ lục", or "Phụ lục I" where there are several. */
  readonly label: readonly Run[]
  readonly title: readonly Run[]
  /** "(Kèm theo Báo cáo số … )", in italics under the title. */
  readonly reference: readonly Run[]
  readonly table: Table
}

export interface Run {
  readonly text: string
  readonly source: Source
  /** Stands at the foot of the page; its mark follows the text. */
  readonly note?: readonly Run[]
  /** Not fit to leave the house: a row of dots, another commune's name, a figure in an open contradiction. */
  readonly isDoubtful?: boolean
}

export type Source =
  /** A template of the pack; `at` is its place in the pack, as in sections.0.text.1. */
  | { readonly type: 'pack'; readonly at: string }
  /** Written in the office's plan of the year; `at` is the task and its field, as in 1.2.name. */
  | { readonly type: 'plan'; readonly at: string }
  /** Computed from the calendar or the office file; `name` as in templates. */
  | { readonly type: 'setting'; readonly name: string }
  /** What an official answered; `code` names the item. */
  | { readonly type: 'answer'; readonly code: string }
  /** Computed from answers by the formula of item `code`. */
  | { readonly type: 'formula'; readonly code: string }
  /** The same item in an earlier period, or the change since then. */
  | {
      readonly type: 'earlier'
      readonly code: string
      readonly how: 'previous' | 'yearBefore' | 'change' | 'yearChange'
    }
  /** One side of a contradiction that was kept, or the reason for it; `part` as in the pack's template. */
  | { readonly type: 'finding'; readonly relationId: string; readonly part: string }
  /** A line of the record of answers, word for word; only in the annex of sources. */
  | { readonly type: 'record'; readonly text: string }
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
