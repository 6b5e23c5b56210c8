import type { Answer, Given } from './answer.ts'
import { isSameGiven } from './answer.ts'
import { isSameDecimal, readDecimal, roundDecimal, truncateDecimal } from './figures/decimal.ts'
import type { FigureKind } from './figures/figure.ts'
import { writeFigure } from './figures/write.ts'
import type { Finding } from './finding.ts'
import { deriveAll } from './formula.ts'
import type { Item, ReportPack } from './pack.ts'

/** How a figure that was written agrees with the one computed: it is, rounds, cuts off, or contradicts it. */
export type Agreement = 'same' | 'rounded' | 'cut' | 'other'

export function agreementOf(written: Given, computed: Given): Agreement {
  if (isSameGiven(written, computed)) return 'same'
  if (written.state !== 'value' || computed.state !== 'value') return 'other'
  const [said, exact] = [readDecimal(written.value), readDecimal(computed.value)]
  if (!said || !exact) return 'other'
  if (isSameDecimal(roundDecimal(exact, said.scale), said)) return 'rounded'
  return isSameDecimal(truncateDecimal(exact, said.scale), said) ? 'cut' : 'other'
}

/** Figures an official wrote for what is computed, where they say something else. */
export function findOverruled(
  pack: Pick<ReportPack, 'items'>,
  answers: ReadonlyMap<string, Answer>,
): readonly Finding[] {
  const derived = deriveAll(pack, answers)
  return pack.items.flatMap((item): Finding[] => {
    const written = item.formula && answers.get(item.code)?.given
    const computed = derived.get(item.code)
    if (!written || !computed || written.state === 'pending' || written.state === 'withdrawn') return []
    const agreement = agreementOf(written, computed)
    if (agreement === 'same' || agreement === 'rounded') return []
    const [left, right] = [write(computed, item), write(written, item)]
    return [
      {
        relationId: `tinh.${item.code}`,
        type: 'computed',
        severity: agreement === 'cut' ? 'warn' : 'ask',
        codes: [item.code],
        left,
        right,
        say: { key: 'find.computed', values: { item: item.name, computed: left, written: right } },
        repairs: [{ code: item.code, given: computed }],
      },
    ]
  })
}

function write(given: Given, { kind }: Item): string {
  if (given.state === 'value') return writeFigure(given.value, { kind: kind as FigureKind })
  return given.state === 'none' ? '0' : '–'
}
