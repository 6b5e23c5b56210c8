import type { FigureKind, FigureQuestion, FigureReading } from '../../../src/core/figures/figure.ts'
import { readFigure } from '../../../src/core/figures/read.ts'

/** What a run of made-up replies measured; times in milliseconds. */
export interface FuzzReport {
  readonly count: number
  readonly median: number
  readonly p99: number
  readonly p999: number
  readonly slowest: number
  readonly outcomes: Readonly<Record<FigureReading['outcome'], number>>
}

/**
 * Reads `count` strings no one would type, made from what people do type, and times each: `fuzzFigures(1_000_000)`.
 * Throws what the reader throws. The same seed makes the same strings.
 */
export function fuzzFigures(count: number, seed = 1): FuzzReport {
  const random = createRandom(seed)
  const times = new Float64Array(count)
  const outcomes = { value: 0, ask: 0, empty: 0, refuse: 0 }
  for (let index = 0; index < count; index += 1) {
    const text = makeText(random)
    const kind = pick(KINDS, random)
    const asked = { kind, unit: pick(UNITS, random), today: '2025-03-05', previous: '189' }
    outcomes[readFigure(text, asked).outcome] += 1
    times[index] = timeReading(text, asked)
  }
  times.sort()
  const at = (share: number): number => times[Math.min(count - 1, Math.floor(count * share))] ?? 0
  return { count, median: at(0.5), p99: at(0.99), p999: at(0.999), slowest: at(1), outcomes }
}

const KINDS: readonly FigureKind[] = ['count', 'decimal', 'percent', 'money', 'ratio', 'score', 'date']
const UNITS = ['hồ sơ', 'người', 'văn bản', 'đồng', 'điểm', 'triệu đồng', 'ngày', '']
const SCRAPS = (
  'không có chưa phát sinh khong co ko k hồ sơ hs đ/c người văn bản đồng đ tr triệu tỷ nghìn rưỡi hai mươi ba trăm linh lẻ năm ' +
  'mốt lăm tư hơn khoảng gần từ đến ngày tháng quý thứ sáu tuần sau hẹn mai như kỳ trước giữ nguyên tăng giảm nhầm phải mà là ' +
  '12 7.847 1,234 1.234,56 05 00 95,5% 07/28 14/3/2025 20-30/5 2tr350 5tr05 53hs/768.000đ ISO 9001:2015 75/KH-UBND … .... ' +
  '( ) [ ] , . ; : - + / % ~ ≥ < > = ? ! ^ ½ ² １２ ① \u00a0 \u200b \u202e \ud83d 👍 \n \t \u0301 đ̀ ẫ Ⅳ ١٢ kho6ng hoof aaaa zzzz'
).split(' ')

type Random = () => number

/** Slow readings are timed again: on a busy machine the first time is the scheduler's. */
function timeReading(text: string, asked: FigureQuestion): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 4 && best > 0.3; run += 1) {
    const start = performance.now()
    readFigure(text, asked)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Mulberry32: small, fast and the same everywhere. */
function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T
}

/** Scraps joined with and without spaces, plain noise, and one thing many times over. */
function makeText(random: Random): string {
  const shape = random()
  if (shape < 0.1) return pick(SCRAPS, random).repeat(1 + Math.floor(random() * 200))
  const length = 1 + Math.floor(random() * (shape < 0.2 ? 120 : 9))
  const make =
    shape < 0.4 ? () => String.fromCharCode(Math.floor(random() * 0x3000)) : () => pick(SCRAPS, random)
  return Array.from({ length }, make).join(random() < 0.5 ? ' ' : '')
}
