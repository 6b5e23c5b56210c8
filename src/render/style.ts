/** What NĐ 30/2020/NĐ-CP, Phụ lục I leaves to the office: sizes in points, lengths in twips. */
export interface Style {
  readonly bodySize: 13 | 14
  /** Of the first line of a paragraph: 1 cm or 1,27 cm. */
  readonly indent: 567 | 720
  /** 240 is single, 360 one and a half. */
  readonly lineSpacing: number
  readonly spaceAfter: number
  readonly margins: {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
  }
}

export const DEFAULT_STYLE: Style = {
  bodySize: 14,
  indent: 720,
  lineSpacing: 288,
  spaceAfter: 120,
  margins: { top: 1134, bottom: 1134, left: 1701, right: 851 },
}

const BOUNDS = { top: [1134, 1418], bottom: [1134, 1418], left: [1701, 1985], right: [851, 1134] } as const

/** Within the bounds of the decree, Phụ lục I, Phần I. */
export function isLawful({ lineSpacing, spaceAfter, margins }: Style): boolean {
  const sides = ['top', 'bottom', 'left', 'right'] as const
  return (
    lineSpacing >= 240 &&
    lineSpacing <= 360 &&
    spaceAfter >= 120 &&
    sides.every((side) => margins[side] >= BOUNDS[side][0] && margins[side] <= BOUNDS[side][1])
  )
}

/** Twips between the margins of the upright page. */
export function textWidth({ margins }: Style): number {
  return 11906 - margins.left - margins.right
}
