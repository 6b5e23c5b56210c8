import {
  AlignmentType,
  type FileChild,
  Header,
  type ISectionOptions,
  PageNumber,
  type PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
} from 'docx'
import type { Style } from './style.ts'
import { FONT } from './typography.ts'

export interface Sheet {
  readonly orientation: (typeof PageOrientation)[keyof typeof PageOrientation]
  readonly margins: Style['margins']
}

/** A section on A4 with its own page numbers, in the middle of the top margin from its second page on. */
export function numberPages(
  children: readonly FileChild[],
  { orientation, margins }: Sheet,
): ISectionOptions {
  const number = new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: 28 })
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      titlePage: true,
      page: {
        size: { width: 11906, height: 16838, orientation },
        margin: { ...margins, header: 567, footer: 567 },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      default: new Header({
        children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })],
      }),
    },
    children,
  }
}
