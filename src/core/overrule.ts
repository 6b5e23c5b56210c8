import { type Answer, type Given, isSameGiven } from './answer.ts'
import {
  compareDecimals,
  type Decimal,
  isSameDecimal,
  readDecimal,
  roundDecimal,
  truncateDecimal,
} from './figures/decimal.ts'
import type { FigureKind } from './figures/figure.ts'
import { writeFigure } from './figures/write.ts'
import type { Finding } from './finding.ts'
import { deriveAll, inputsOf } from './formula.ts'
import { HUNDRED, ZERO } from './interval.ts'
import type { Item, ReportPack } from './pack.ts'
import type { Say } from './say.ts'

/** How a figure that was written agrees with the one computed: it is, rounds, cuts off, or contradicts it. */
export type Agreement = 'same' | 'rounded' | 'cut' | 'other'

export function agreementOf(written: Given, computed: Given): Agreement {
  if (isSameGiven(written, computed)) return 'same'
  if (written.state !== 'value' || computed.state !== 'value') return 'other'
  const [said, exact] = [readDecimal(written.value), readDecimal(computed.value)]
  if (!said || !exact || written.qualifier !== computed.qualifier) return 'other'
  // Neither nought nor the whole is a way to write what is almost that.
  const isEnd = (one: Decimal) => isSameDecimal(one, ZERO) || isSameDecimal(one, HUNDRED)
  if (isEnd(said) && !isSameDecimal(said, exact)) return 'other'
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
    if (!written || written.state === 'pending' || written.state === 'withdrawn') return []
    if (!computed) return [unfounded(item, written)]
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

/** A share of more than the whole, but of plans and targets, which may be surpassed. */
export function findOverfull(
  pack: Pick<ReportPack, 'items'>,
  valueOfItem: (code: string) => Given | undefined,
): readonly Finding[] {
  return pack.items.flatMap((item): Finding[] => {
    if (item.formula?.type !== 'rate' || SURPASSED.test(item.name)) return []
    const given = valueOfItem(item.code)
    const share = given?.state === 'value' ? readDecimal(given.value) : undefined
    if (!given || !share || compareDecimals(share, HUNDRED) <= 0) return []
    const written = write(given, item)
    const range: Say = { key: 'find.upTo', values: { max: '100%' } }
    return [
      {
        relationId: `qua.${item.code}`,
        type: 'bound',
        severity: 'ask',
        codes: [...inputsOf(item.formula), item.code],
        left: written,
        right: '100%',
        say: { key: 'find.bound', values: { item: item.name, written, range } },
        repairs: [],
      },
    ]
  })
}

const SURPASSED = /chỉ tiêu|kế hoạch|dự toán/iu

/** It was written when its parts were known, and one of them is no longer. */
function unfounded(item: Item, written: Given): Finding {
  const right = write(written, item)
  return {
    relationId: `tinh.${item.code}`,
    type: 'computed',
    severity: 'ask',
    codes: [item.code],
    left: '–',
    right,
    say: { key: 'find.unfounded', values: { item: item.name, written: right } },
    repairs: [],
  }
}

function write(given: Given, { kind }: Item): string {
  if (given.state === 'value') return writeFigure(given.value, { kind: kind as FigureKind })
  return given.state === 'none' ? '0' : '–'
}
