import { z } from 'zod'
import { Slug } from './slug.ts'

/** "I.1.2", "II.2c.1" or the form's own "3.3.1": what people say when they mean an item. */
export const Code = z.string().regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/)

/** One code or a list of them: what is named is added up. */
export const Codes = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(Code).min(1),
)

/** How much a contradiction weighs: bars approval · must be answered or kept with a reason · is only listed. */
const Severity = z.literal(['hard', 'ask', 'warn'])
export type Severity = z.infer<typeof Severity>

const COMMON = {
  id: Slug,
  severity: Severity.default('ask'),
  /** `wait`: not checked before every value is there; `zero`: one that is missing counts as nought. */
  missing: z.literal(['wait', 'zero']).default('wait'),
}

/** A clerk writes 1.250 for a thousand and 99,5 for a share; inside, both are canonical. */
const Limit = z.preprocess(
  (value) => (typeof value === 'string' ? readLimit(value) : String(value)),
  z.string().regex(/^-?\d+(\.\d+)?$/),
)

function readLimit(text: string): string {
  return /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)
    ? text.replaceAll('.', '').replace(',', '.')
    : text.replace(',', '.')
}

/** YAML reads the codes of a form, 0 and 1, as numbers. */
const Values = z.preprocess(
  (value) => (Array.isArray(value) ? value.map(String) : value),
  z.array(z.string().min(1)).min(1),
)

const Sum = z.strictObject({ ...COMMON, type: z.literal('sum'), total: Code, parts: Codes })
const Part = z.strictObject({ ...COMMON, type: z.literal('part'), part: Code, whole: Code })
const Balance = z.strictObject({ ...COMMON, type: z.literal('balance'), left: Codes, right: Codes })
const Rate = z.strictObject({ ...COMMON, type: z.literal('rate'), rate: Code, part: Codes, whole: Code })
const RatioRate = z.strictObject({ ...COMMON, type: z.literal('ratioRate'), ratio: Code, rate: Code })
const Score = z.strictObject({ ...COMMON, type: z.literal('score'), item: Code })
const Bound = z.strictObject({
  ...COMMON,
  type: z.literal('bound'),
  item: Code,
  min: Limit.optional(),
  max: Limit.optional(),
})
const Coded = z.strictObject({ ...COMMON, type: z.literal('coded'), item: Code, values: Values })
const Exclusive = z.strictObject({ ...COMMON, type: z.literal('exclusive'), items: z.array(Code).min(2) })
const Carried = z.strictObject({ ...COMMON, type: z.literal('carried'), item: Code, last: Code })
const Grows = z.strictObject({ ...COMMON, type: z.literal('grows'), item: Code })
const Same = z.strictObject({ ...COMMON, type: z.literal('same'), item: Code, other: Code })
const NotAfter = z.strictObject({ ...COMMON, type: z.literal('notAfter'), earlier: Code, later: Code })

/** In `notAfter`: the last day of the data window, and the day the report is signed. */
export const PERIOD_END = 'periodEnd'
export const SIGNING = 'signing'

const KINDS = [
  Sum,
  Part,
  Balance,
  Rate,
  RatioRate,
  Score,
  Bound,
  Coded,
  Exclusive,
  Carried,
  Grows,
  Same,
  NotAfter,
] as const

/**
 * What must hold between figures, as a clerk writes it in a pack:
 *
 *     - id: tiep-nhan
 *       type: sum
 *       total: II.2c.1
 *       parts: [II.2c.2, II.2c.4]
 *       severity: ask
 *
 * - `sum` total = parts · `part` part ≤ whole · `balance` left = right, each a sum
 * - `rate` = part ÷ whole in percent · `ratioRate` a ratio "7/28" and the percent beside it
 * - `score` "35,5/36": not above its own maximum · `bound` min ≤ item ≤ max · `coded` one of `values`
 * - `exclusive` shares of which only one can be true add up to 100 at most
 * - `carried` item = `last` of the last period · `grows` never below the earlier period of the year
 * - `same` two places hold one quantity · `notAfter` a date, or `periodEnd`, ≤ a date, or `signing`
 */
export const Relation = z.discriminatedUnion('type', KINDS, {
  error: () => KINDS.map((kind) => kind.shape.type.value).join(' | '),
})
export type Relation = z.infer<typeof Relation>

/** One kind of relation: `RelationOf<'sum'>`. */
export type RelationOf<Type extends Relation['type']> = Extract<Relation, { readonly type: Type }>
