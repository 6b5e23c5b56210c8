import { createAsk, createEmpty, createValue } from './answers.ts'
import { type DayReading, type SaidDay, settleDay, settlePromise } from './dates.ts'
import { readEmpty } from './empties.ts'
import type { FigureQuestion, FigureReading } from './figure.ts'
import { readDayOnly } from './joins.ts'
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
  const texts = [...new Set(readings.flatMap(listDays))]
  if (readings.some((reading) => !('iso' in reading))) return askDays('brokenDate', texts, asked)
  if (texts.length > 1 || pieces.some(isMeasure)) return askDays('severalNumbers', texts, asked)
  if (pieces.some((piece) => isMark(piece, 'otherPeriod'))) return askDays('otherPeriod', texts, asked)
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
  const start = settleDay({ year, month, ...from }, asked.today)
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
  const days = pieces.flatMap((piece) => readDayOnly(piece) ?? [])
  return askDays(
    'brokenDate',
    days.flatMap((day) => listDays(settleDay(day, asked.today))),
    asked,
  )
}

function listDays(reading: DayReading): readonly string[] {
  return 'iso' in reading ? [reading.iso] : reading.repairs
}

function askDays(
  why: 'brokenDate' | 'severalNumbers' | 'unreadable' | 'otherPeriod',
  days: readonly string[],
  asked: FigureQuestion,
): FigureReading {
  return createAsk(
    why,
    days.map((day) => createValue(day, asked)),
  )
}
