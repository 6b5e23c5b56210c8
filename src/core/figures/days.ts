import { createAsk, createEmpty, createValue } from './answers.ts'
import { type DayReading, type SaidDay, settleDay, settlePromise } from './dates.ts'
import { readEmpty } from './empties.ts'
import type { FigureQuestion, FigureReading } from './figure.ts'
import { isMark, isMeasure, type Piece } from './pieces.ts'

/** A day, or two with "đến" between them, where a date is asked. */
export function chooseDay(pieces: readonly Piece[], asked: FigureQuestion): FigureReading {
  const ranges = pieces.flatMap((piece) => (piece.type === 'days' ? [readRange(piece, asked)] : []))
  const days = pieces.flatMap((piece) => (piece.type === 'day' ? [settleDay(piece.said, asked.today)] : []))
  const isPending = pieces.some((piece) => isMark(piece, 'pending', 'notYetHave'))
  if (isPending) return readPending(pieces, asked)
  const readings = [...ranges, ...days]
  const [first] = readings
  if (first === undefined) return pieces.some(isMeasure) ? askNumber(pieces, asked) : readEmpty(pieces, asked)
  const texts = [
    ...new Set(readings.flatMap((reading) => ('iso' in reading ? [reading.iso] : reading.repairs))),
  ]
  if (readings.some((reading) => !('iso' in reading))) return askDays('brokenDate', texts, asked)
  if (texts.length > 1 || pieces.some(isMeasure)) return askDays('severalNumbers', texts, asked)
  return createValue(texts[0] ?? '', asked)
}

function readRange(
  { from, to }: { readonly from: SaidDay; readonly to: SaidDay },
  asked: FigureQuestion,
): DayReading {
  const end = settleDay(to, asked.today)
  if (!('iso' in end)) return end
  const [year = 0, month = 0] = end.iso.split('-').map(Number)
  // The year (and month) of the second day holds for the first: "20/5 đến 30/5/2023", "20-30/5".
  const start = settleDay({ year, ...(from.day === undefined ? {} : { month }), ...from }, asked.today)
  if (!('iso' in start)) return start
  if (start.iso <= end.iso) return { iso: `${start.iso}..${end.iso}` }
  const before = settleDay({ ...from, year: year - 1 }, asked.today)
  return { repairs: 'iso' in before && from.year === undefined ? [`${before.iso}..${end.iso}`] : [] }
}

/** "chưa có, hẹn thứ Hai" promises the date itself. */
function readPending(pieces: readonly Piece[], asked: FigureQuestion): FigureReading {
  const promised = pieces.flatMap((piece) =>
    piece.type === 'day' ? [settlePromise(piece.said, asked.today)] : [],
  )
  return createEmpty(
    'pending',
    promised.find((day) => day !== undefined),
  )
}

/** A lone number may be the day of this month. */
function askNumber(pieces: readonly Piece[], asked: FigureQuestion): FigureReading {
  const [measure] = pieces.filter(isMeasure)
  if (measure?.type !== 'figure' || !/^\d{1,2}$/.test(measure.raw ?? '')) return createAsk('brokenDate')
  const reading = settleDay({ end: 0, day: Number(measure.raw) }, asked.today)
  return askDays('brokenDate', 'iso' in reading ? [reading.iso] : reading.repairs, asked)
}

function askDays(
  why: 'brokenDate' | 'severalNumbers',
  days: readonly string[],
  asked: FigureQuestion,
): FigureReading {
  return createAsk(
    why,
    days.map((day) => createValue(day, asked)),
  )
}
