import { isSameGiven } from './answer.ts'
import { askedItem } from './ask.ts'
import { dayOf } from './calendar.ts'
import { readCommand } from './command.ts'
import { type Setting, settled } from './keep.ts'
import { say } from './next.ts'
import { takeReadings } from './readings.ts'
import { type AskedItem, givenBy, type Reading, readReply } from './reply.ts'
import { findItem, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Edited, Rewording, Step, Talk, World } from './talk.ts'
import { cleanText } from './text.ts'
import { shorten } from './wording.ts'

/**
 * A message written anew: it is read against the items it answered, never against what is asked now. What it now
 * says otherwise corrects them; a later correction of what it says as before stays.
 */
export function takeEdit(
  talk: Talk,
  { text, edits, round }: { readonly text: string; readonly edits: Rewording; readonly round: Round },
  world: World,
): Step {
  const known = answersIn(edits, round)
  const [first] = known
  if (!first) return say(talk, [{ key: 'reworded.nothing' }], world)
  const words = withCodes(text, { before: cleanText(edits.before), known, round })
  const read = words === undefined ? undefined : readWords(words, known, { round, world })
  if (!read) return say(talk, [{ key: 'reworded.unclear', values: { code: first.code } }], world)
  const changed = read.readings.filter((reading) => {
    const given = givenBy(reading)
    const before = known.find(({ code }) => code === reading.code)?.given
    const now = round.answers.get(reading.code)?.given
    return ![before, now].some((one) => given && one && isSameGiven(one, given))
  })
  if (changed.length === 0) return say(talk, [{ key: 'reworded.same' }, ...read.told], world)
  return takeReadings(settled(talk), changed, { world, round }, [{ key: 'reworded.taken' }, ...read.told])
}

/** What stood in its own words: "1" for the first of two readings, or a command, stood for something else. */
function answersIn({ before, gave }: Rewording, { pack }: Round): readonly Edited[] {
  const command = readCommand(cleanText(before))
  if (command && command.type !== 'correct') return []
  const words = flatten(before)
  return gave.filter(({ code, raw }) => findItem(pack, code) && words.includes(flatten(raw)))
}

function flatten(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ')
}

/** "2 = 5", "mục 2: 5", "2) 5", "sửa 2 thành 5" */
const NUMBERED =
  /(?<=^|[;,\n])\s*(?:(?:sửa|sua|mục|muc|câu|cau|số|so)\s+)*(\d{1,2})\s*(?:=|:|→|->|\)|\.(?=\s)|(?:là|la|thành|thanh)\s)/giu

/**
 * Numbers are those of the question the message answered, which nobody remembers: its first words say which item
 * each was of. Undefined for a number they do not have.
 */
function withCodes(
  text: string,
  {
    before,
    known,
    round,
  }: { readonly before: string; readonly known: readonly Edited[]; readonly round: Round },
): string | undefined {
  if (known.every(({ code }) => findItem(round.pack, code)?.kind === 'text')) return text
  const numbers = numbersIn(before)
  const isClear = numbers.length === known.length && new Set(numbers).size === numbers.length
  const codes = new Map(isClear ? numbers.map((n, index) => [n, known[index]?.code ?? '']) : [])
  if (numbersIn(text).some((n) => !codes.has(n))) return undefined
  return text.replace(NUMBERED, (_, n: string) => ` ${codes.get(Number(n))} = `).trim()
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(NUMBERED)].map(([, n]) => Number(n))
}

/** Undefined where one of the values is in doubt: nothing is changed by half. */
function readWords(
  text: string,
  known: readonly Edited[],
  { round, world }: Setting,
): { readonly readings: readonly Reading[]; readonly told: readonly Say[] } | undefined {
  const find = (code: string): AskedItem | undefined => {
    const item = findItem(round.pack, code)
    return item && askedItem(round, item)
  }
  const asked = known.flatMap(({ code }) => find(code) ?? [])
  const reply = readReply(asked, text, { today: dayOf(world.now), find, all: asked })
  if (text === '' || reply.type !== 'readings') return undefined
  const own = reply.readings.filter(({ code }) => known.some((one) => one.code === code))
  if (own.length === 0 || own.some((reading) => givenBy(reading) === undefined)) return undefined
  const others = reply.readings.filter((one) => !own.includes(one)).map(({ raw }) => raw)
  return {
    readings: own,
    told: [...others, ...reply.leftover].map(
      (raw): Say => ({ key: 'reworded.beside', values: { raw: shorten(raw) } }),
    ),
  }
}
