import type { Day, Moment } from './answer.ts'
import {
  addDays,
  addMinutes,
  addWorkingDays,
  dayOf,
  firstWorkingDay,
  isWorkingDay,
  momentOn,
  type WorkTime,
} from './calendar.ts'
import { readFigure } from './figures/read.ts'
import { foldText } from './text.ts'

/** Who says in March "1/3" has the day gone by in mind, not the one of next year. */
const DAYS_AHEAD = 270

/** The day a promise names: "thứ Hai", "12/3", "mai"; one that has gone by where that is meant; undefined when it names none. */
export function readPromisedDay(text: string, today: Day): Day | undefined {
  const read = readFigure(`chưa có, hẹn ${text}`, { kind: 'count', today })
  const day = read.outcome === 'empty' && read.empty === 'pending' ? read.until : undefined
  if (day === undefined || /\d{4}/.test(text) || day <= addDays(today, DAYS_AHEAD)) return day
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
}

const EARLIEST = '06:00'
const LATEST = '21:00'
const MORNING = '08:00'

/**
 * When "để sau 14h", "30 phút nữa", "chiều", "thứ Hai" means; an hour that has gone by is tomorrow's. What would fall
 * into the night is put to the next working morning, and what falls on a day off to the next working day.
 */
export function readLater(words: string, now: Moment, work: WorkTime): Moment | undefined {
  const folded = foldText(words)
    .replace(/[.,!?]+$/, '')
    .trim()
  const today = dayOf(now)
  const awake = (moment: Moment) => wake(moment, today, work)
  const spell = /^(\d{1,3})\s*(phut|tieng|gio nua|h nua)/.exec(folded)
  if (spell) return awake(addMinutes(now, Number(spell[1]) * (spell[2] === 'phut' ? 1 : 60)))
  const time = timeIn(folded)
  const isTomorrow = /(?:^|\s)(?:mai|hom sau)(?:\s|$)/.test(folded)
  if (isTomorrow) return awake(momentOn(addDays(today, 1), time ?? MORNING))
  if (time !== undefined && !/thu |ngay |tuan|\d\//.test(folded)) {
    const moment = momentOn(today, time)
    return awake(moment > now ? moment : momentOn(addDays(today, 1), time))
  }
  const day = readPromisedDay(folded.replace(TIME, ' ').trim(), today)
  const moment = day === undefined ? undefined : awake(momentOn(day, time ?? MORNING))
  // "lát nữa", "hôm nay": no hour is named, and this morning has gone by.
  return moment === undefined || moment <= now ? undefined : moment
}

const TIME = /(?:luc |vao )?(\d{1,2})\s*(?:h|gio|:)\s*(\d{2})?(?:\s*(sang|trua|chieu|toi))?/
const PARTS: Readonly<Record<string, string>> = { sang: MORNING, trua: '11:00', chieu: '14:00', toi: '19:00' }

function timeIn(folded: string): string | undefined {
  const found = TIME.exec(folded)
  if (found) {
    const stated = Number(found[1])
    const hour = stated < 12 && (found[3] === 'chieu' || found[3] === 'toi') ? stated + 12 : stated
    const minute = Number(found[2] ?? 0)
    return hour < 24 && minute < 60
      ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      : undefined
  }
  const part = /(?:^|\s)(sang|trua|chieu|toi)(?:\s|$)/.exec(folded)?.[1]
  return part === undefined ? undefined : PARTS[part]
}

/** Who asks on a day off is at work on it. */
function wake(moment: Moment, today: Day, work: WorkTime): Moment {
  const time = moment.slice(11, 16)
  const day = dayOf(moment)
  if (time >= EARLIEST && time <= LATEST)
    return day === today || isWorkingDay(day, work) ? moment : momentOn(firstWorkingDay(day, work), time)
  return momentOn(time < EARLIEST ? firstWorkingDay(day, work) : addWorkingDays(day, 1, work), MORNING)
}
