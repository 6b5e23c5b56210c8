import { epochOf } from './calendar.ts'
import { keep, type Setting, settled } from './keep.ts'
import { findItem, type Round } from './round.ts'
import type { Step, Talk, World } from './talk.ts'

/** "thêm: …" goes on with the text written last, or with the paragraph offered; undefined when there is neither. */
export function append(talk: Talk, text: string, setting: Setting): Step | undefined {
  const { round } = setting
  const last = lastText(talk, round) ?? askedText(talk, round)
  if (!last) return undefined
  const whole = `${last.text}\n${text}`.trim()
  return keep(settled(talk), [{ code: last.code, given: { state: 'text', text: whole }, raw: text }], setting)
}

function lastText(talk: Talk, { answers }: Round): { code: string; text: string; at: string } | undefined {
  const code = talk.echoed.at(-1)?.code
  const answer = code === undefined ? undefined : answers.get(code)
  return code !== undefined && answer?.given.state === 'text'
    ? { code, text: answer.given.text, at: answer.at }
    : undefined
}

/** The text on the screen: what was offered for it, and nothing where nothing was. */
function askedText(
  { shown, offer, ...talk }: Talk,
  { pack }: Round,
): { code: string; text: string } | undefined {
  const item = shown.length === 1 && !talk.doubt ? findItem(pack, shown[0] ?? '') : undefined
  if (item?.kind !== 'text') return undefined
  return { code: item.code, text: offer?.code === item.code ? offer.text : '' }
}

/** A chat cuts what is longer into messages that follow at once. */
const CUT_AT = 1_900
const CUT_SECONDS = 15

/** Whether the words are the next piece of a long text the chat has cut. */
export function goesOn(talk: Talk, round: Round, { now }: World): boolean {
  const last = lastText(talk, round)
  const raw = last && round.answers.get(last.code)?.raw
  const isFull = raw !== undefined && raw.length >= CUT_AT && !/[.!?…]\s*$/.test(raw)
  return isFull && last !== undefined && epochOf(now) - epochOf(last.at) <= CUT_SECONDS * 1000
}
