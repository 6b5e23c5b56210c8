import { z } from 'zod'
import type { Moment } from './core/answer.ts'
import { dayOf, readMoment } from './core/calendar.ts'
import type { FigureAsk, FigureEmpty, FigureValue } from './core/figures/figure.ts'
import { readFigure } from './core/figures/read.ts'
import { writeFigure } from './core/figures/write.ts'
import type { Say } from './core/say.ts'
import type { Words } from './words.ts'

const Line = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  item: z.object({
    kind: z.literal(['count', 'decimal', 'percent', 'money', 'ratio', 'score', 'date']),
    unit: z.string().exactOptional(),
    previous: z.string().exactOptional(),
  }),
  now: z.string().exactOptional(),
})

const READER = { address: 'đồng chí', name: '' }

/** One line of `thuky read`: how the bot would read a reply; undefined when the line is not of the form. */
export function readLine(
  text: string,
  words: Words,
  now: Moment,
): Readonly<Record<string, unknown>> | undefined {
  const parsed = Line.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { id, text: reply, item } = parsed.data
  const today = dayOf(
    (parsed.data.now === undefined ? undefined : readMoment(parsed.data.now)) ?? parsed.data.now ?? now,
  )
  const reading = readFigure(reply, { ...item, today })
  const phrase = (say: Say) => words.phrase(say, READER)
  switch (reading.outcome) {
    case 'value':
    case 'empty':
      return { id, ...reading }
    case 'ask': {
      const choices = reading.choices.map((choice) => describeChoice(choice, item.kind, phrase))
      return { id, outcome: 'ask', question: phrase(questionOf(reading.why, reply, item)), choices }
    }
    case 'refuse':
      return {
        id,
        outcome: 'refuse',
        reason: phrase({ key: 'confused.number', values: { raw: reply, item: item.unit ?? item.kind } }),
      }
  }
}

function questionOf(why: FigureAsk['why'], raw: string, item: z.infer<typeof Line>['item']): Say {
  const values = { item: item.unit ?? item.kind, raw }
  if (why === 'tenfold') return { key: 'back.tenfold', values: { ...values, last: item.previous ?? '' } }
  if (why === 'unit') return { key: 'back.unit', values: { ...values, unit: item.unit ?? '' } }
  return { key: `back.${why}`, values }
}

function describeChoice(
  choice: FigureValue | FigureEmpty,
  kind: z.infer<typeof Line>['item']['kind'],
  phrase: (say: Say) => string,
): string {
  if (choice.outcome === 'value') {
    const written = writeFigure(choice.value, { kind })
    return choice.unit === undefined || written.endsWith(choice.unit) ? written : `${written} ${choice.unit}`
  }
  return phrase(
    choice.empty === 'none'
      ? { key: 'given.none' }
      : choice.empty === 'notApplicable'
        ? { key: 'given.notApplicable' }
        : { key: 'given.pending' },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
