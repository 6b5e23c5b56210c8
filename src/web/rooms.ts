import type { TranscriptLine } from '../store/store.ts'

/** What the pages show. Each call reads anew; nothing is remembered here. */
export interface Rooms {
  /** Undefined where there is no sample office: then nothing is served. */
  office(): Promise<RoomOffice | undefined>
  transcript(personId: string): Promise<readonly TranscriptLine[]>
  /** Undefined while no period is open. */
  board(): Promise<Board | undefined>
  file(fileId: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined>
}

export interface RoomOffice {
  readonly name: string
  readonly people: readonly RoomPerson[]
}

interface RoomPerson {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly roles: readonly string[]
}

/** How far the report is, in words and counts ready to be shown. */
export interface Board {
  /** "quý I năm 2025" */
  readonly period: string
  /** Already worded. */
  readonly deadline: string
  readonly done: number
  readonly total: number
  readonly sections: readonly { readonly title: string; readonly items: readonly BoardItem[] }[]
  readonly people: readonly {
    readonly id: string
    readonly name: string
    readonly done: number
    readonly total: number
  }[]
}

export interface BoardItem {
  readonly code: string
  readonly name: string
  readonly owner: string
  readonly state: 'open' | 'answered' | 'empty' | 'pending'
  /** The value or the kind of empty, as a reader sees it; "" while open. */
  readonly shown: string
}
