import { checksOn } from './annex.ts'
import type { Answer, Given } from './answer.ts'
import { type Against, periodAgainst } from './changes.ts'
import { inChargeOf } from './charge.ts'
import { describePeriod } from './comparison.ts'
import { describeState, type Stance, tellFinding } from './contradictions.ts'
import { reasonKept } from './doubt.ts'
import { type Formula, inputsOf } from './formula.ts'
import { findPerson, type Office } from './office.ts'
import type { Item } from './pack.ts'
import { clip } from './page.ts'
import { askedItems, findItem, isAnswered, type Round, titleOf, writeDay } from './round.ts'
import { beginMaking, type Making } from './runs.ts'
import type { Say } from './say.ts'
import { describeGiven } from './wording.ts'

const NAME_MAX = 80
const RAW_MAX = 100
const INPUTS_SHOWN = 5
const INPUT_NAME_MAX = 45
const FAILING_SHOWN = 1

/** What the reader may see of other items a figure is computed from, and what is known of who is at a contradiction. */
export interface Sight {
  readonly office: Office
  readonly stances: readonly Stance[]
  isSeen(item: Item): boolean
}

/** Where a figure comes from: its value, whose words it was read from and when, how it is computed, what it was, what holds. */
export function describeSource(item: Item, round: Round, sight: Sight): Say {
  const making = beginMaking(round, sight.office)
  const given = making.valueOf(item.code)
  const lines = [
    ...saidLines(item, round, sight.office),
    ...formulaLines(item, making, sight),
    ...earlierLines(item, making),
    ...checkLines(item, making, sight),
    ...(item.hint === undefined
      ? []
      : [{ key: 'source.hint', values: { hint: clip(item.hint, NAME_MAX) } } as const]),
  ]
  const values = {
    code: item.code,
    item: clip(item.name, NAME_MAX),
    period: titleOf(round),
    value: describeShort(given ?? { state: 'pending' }, item, sight.office),
  }
  return lines.length === 0
    ? { key: 'source.bare', values }
    : { key: 'source.head', values: { ...values, lines } }
}

function describeShort(given: Given, item: Item, office: Office): Say {
  const short = given.state === 'text' ? ({ ...given, text: clip(given.text, RAW_MAX) } as const) : given
  return describeGiven(short, item, office)
}

/** Who said it, in what words; or who is awaited. */
function saidLines(item: Item, round: Round, office: Office): readonly Say[] {
  const answer: Answer | undefined = round.answers.get(item.code)
  const isAsked = askedItems(round).includes(item)
  const awaited: readonly Say[] = [
    { key: 'source.awaited', values: { person: inChargeOf(item, round, office).name } },
  ]
  if (!answer) {
    if (item.source === 'derived') return []
    return isAsked ? awaited : [{ key: 'source.notAsked' }]
  }
  const said: Say = {
    key: 'source.said',
    values: {
      raw: clip(answer.raw, RAW_MAX),
      person: findPerson(office, answer.by)?.name ?? answer.by,
      time: answer.at.slice(11, 16),
      day: writeDay(answer.at),
      channel: answer.channel,
    },
  }
  const reason: readonly Say[] =
    answer.reason === undefined
      ? []
      : [{ key: 'source.reason', values: { reason: clip(answer.reason, RAW_MAX) } }]
  return [said, ...reason, ...(isAnswered(answer.given) ? [] : awaited)]
}

function formulaLines(item: Item, making: Making, sight: Sight): readonly Say[] {
  if (!item.formula) return []
  const { formula } = item
  const codes = inputsOf(formula)
  const shown = codes.length > INPUTS_SHOWN + 1 ? pick(formula, codes) : codes
  const left = codes.length - shown.length
  return [
    { key: 'source.computed', values: { formula: { key: `source.${formula.type}` } } },
    ...shown.flatMap((code) => inputLine(code, formula, { making, sight })),
    ...(left === 0 ? [] : [{ key: 'source.inputsMore', values: { count: left } } as const]),
  ]
}

/** Of many the first are shown, and always the whole that is divided by. */
function pick(formula: Formula, codes: readonly string[]): readonly string[] {
  const whole = formula.type === 'rate' || formula.type === 'ratio' ? [formula.whole] : []
  return [...codes.slice(0, INPUTS_SHOWN - whole.length), ...whole]
}

function inputLine(
  code: string,
  formula: Formula,
  { making, sight }: { readonly making: Making; readonly sight: Sight },
): readonly Say[] {
  const input = findItem(making.round.pack, code)
  if (!input) return []
  const item = clip(input.name, INPUT_NAME_MAX)
  if (!sight.isSeen(input)) {
    const person = inChargeOf(input, making.round, sight.office).name
    return [{ key: 'source.inputForeign', values: { code, item, person } }]
  }
  const value = describeShort(making.valueOf(code) ?? { state: 'pending' }, input, sight.office)
  return [{ key: keyOfInput(code, formula), values: { code, item, value } }]
}

function keyOfInput(
  code: string,
  formula: Formula,
): 'source.input' | 'source.inputLess' | 'source.inputOver' {
  if (formula.type === 'difference' && formula.from !== code) return 'source.inputLess'
  const isWhole = (formula.type === 'rate' || formula.type === 'ratio') && formula.whole === code
  return isWhole ? 'source.inputOver' : 'source.input'
}

/** What it was; of a year the one before it is both, and told once. */
function earlierLines(item: Item, { round, office, earlier }: Making): readonly Say[] {
  const [before, yearBefore] = (['previous', 'yearBefore'] as const).map((side) => periodAgainst(round, side))
  const sides: readonly Against[] =
    before?.key === yearBefore?.key ? ['previous'] : (['previous', 'yearBefore'] as const)
  return sides.flatMap((side): readonly Say[] => {
    const given = earlier[side](item.code)
    if (!given || !isAnswered(given)) return []
    const values = { period: describePeriod(round, side), value: describeShort(given, item, office) }
    return [{ key: side === 'previous' ? 'source.previous' : 'source.yearBefore', values }]
  })
}

/** The checks it takes part in: how many hold, and which do not, with what is known of them. */
function checkLines({ code }: Item, making: Making, sight: Sight): readonly Say[] {
  const { held, all } = checksOn(code, making)
  const failing = making.findings.filter(({ codes }) => codes.includes(code))
  const counted: readonly Say[] = all === 0 ? [] : [{ key: 'source.checks', values: { held, all } }]
  const lines = failing.slice(0, FAILING_SHOWN).map((finding): Say => {
    const reason = reasonKept(finding, making.round)
    const told = tellFinding(finding, INPUT_NAME_MAX)
    if (reason !== undefined)
      return { key: 'source.kept', values: { finding: told, reason: clip(reason, NAME_MAX) } }
    return {
      key: 'source.failing',
      values: { finding: told, state: describeState(finding, making.round, sight) },
    }
  })
  const left = failing.length - lines.length
  const more: readonly Say[] = left === 0 ? [] : [{ key: 'source.failingMore', values: { count: left } }]
  return [...counted, ...lines, ...more]
}
