import {
  AlignmentType,
  type FileChild,
  HeadingLevel,
  LineRuleType,
  Paragraph,
  type ParagraphChild,
} from 'docx'
import { never } from '../core/never.ts'
import type { Block, Run } from '../core/report.ts'
import { layGrid } from './grid.ts'
import { capitalise, textOfRuns, writeRuns } from './runs.ts'
import { type Style, textWidth } from './style.ts'
import { leaveSpace } from './typography.ts'

/** The last block stays with the signature: a signature alone on a page could be put under another text. */
export function layBody(blocks: readonly Block[], style: Style): readonly FileChild[] {
  return blocks.flatMap((block, at) =>
    layBlock(block, { style, isFirst: at === 0, isLast: at === blocks.length - 1 }),
  )
}

interface Place {
  readonly style: Style
  readonly isFirst: boolean
  readonly isLast: boolean
}

function layBlock(block: Block, place: Place): readonly FileChild[] {
  const { style, isFirst, isLast } = place
  switch (block.type) {
    case 'heading':
      return [
        new Paragraph({
          heading: HEADINGS[block.level],
          ...layLines(place),
          keepNext: isLast || block.line === undefined,
          children: writeHeading(block, style),
        }),
      ]
    case 'paragraph':
      return [
        new Paragraph({
          ...layLines(place),
          keepNext: isLast,
          children: writeRuns(block.runs, { size: style.bodySize, isItalic: block.isBasis ?? false }),
        }),
      ]
    case 'table':
      return [
        ...(isFirst ? [leaveSpace(240)] : []),
        layGrid(block, { width: textWidth(style), size: style.bodySize === 14 ? 13 : 12 }),
        leaveSpace(style.spaceAfter, { keepNext: isLast }),
      ]
    default:
      return never(block)
  }
}

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 }

function layLines({ style, isFirst }: Place) {
  return {
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: style.indent },
    spacing: {
      before: isFirst ? 240 : 0,
      after: style.spaceAfter,
      line: style.lineSpacing,
      lineRule: LineRuleType.AUTO,
    },
  }
}

function writeHeading(
  { level, runs, line = [] }: Extract<Block, { type: 'heading' }>,
  { bodySize: size }: Style,
): readonly ParagraphChild[] {
  const isBold = level < 3 || isNumbered(runs)
  return [...writeRuns(level === 1 ? capitalise(runs) : runs, { size, isBold }), ...writeRuns(line, { size })]
}

/** "2.10. Kết quả" is a khoản and bold, "a) Kết quả" a điểm and not. */
function isNumbered(runs: readonly Run[]): boolean {
  return /^\s*\d/.test(textOfRuns(runs))
}
