import { type Block, blockOf, confirmedDetails, confirmedReading, deniesBlock, readBlock } from './block.ts'
import { type Accepted, keep, type Setting, settled } from './keep.ts'
import { climb } from './ladder.ts'
import { setMark } from './mark.ts'
import { ask, say, standingOf } from './next.ts'
import { acceptsOffer, declinesOffer, fillDraft } from './offer.ts'
import { contextOf, sayLeftover, takeReadings } from './readings.ts'
import { areTasks } from './reply/states.ts'
import { type AskedItem, type Reading, type Reply, readReply } from './reply.ts'
import type { Heard } from './resolve.ts'
import { findItem, type Round } from './round.ts'
import type { Say } from './say.ts'
import type { Step, Talk } from './talk.ts'
import { foldText } from './text.ts'

/** Whether a paragraph is on the screen to be accepted. */
export function isOffered({ offer, shown }: Talk): boolean {
  return offer !== undefined && shown.length === 1 && shown[0] === offer.code
}

/** The paragraph becomes the official's own words; one drafted from figures is remembered as such. */
export function acceptOffer(talk: Talk, raw: string, setting: Setting): Step | undefined {
  const { offer } = talk
  if (!offer || !isOffered(talk) || talk.doubt || !acceptsOffer(raw)) return undefined
  const { code, text, isDraft } = offer
  const { round, world } = setting
  const item = findItem(round.pack, code)
  // The figures may have changed since it was shown: what was not read is not taken.
  const now = item && isDraft ? fillDraft(item, round, world.office) : text
  if (now !== text)
    return ask(talk, world, [{ key: 'ask.figuresChanged', values: { item: item?.name ?? code } }])
  const mark = isDraft ? [setMark('draft', code, { text, raw })] : []
  return keep(settled(talk), [{ code, given: { state: 'text', text }, raw }, ...mark], setting)
}

const STANDS =
  /^(?:cac |nhung )?(?:so |muc )?(?:nay |cu |tren |do )?(?:da |van )?(?:dung|giu nguyen|chinh xac|khong doi|khong thay doi|khong sai|nhu cu|nhu vay)(?: roi| so cu| nhu cu| nhu vay)*[.! ]*$/

/** "giữ nguyên": what was sent back and is being asked again stands as it was. */
export function confirmStanding(talk: Talk, text: string, round: Round): readonly Accepted[] | undefined {
  if (talk.choice || talk.doubt || !STANDS.test(foldText(text).trim())) return undefined
  return standingOf(round, talk.shown)?.map(({ code, given }) => ({ code, given, raw: text }))
}

/** "không", "không dùng": the paragraph is not wanted, and what is to stand there not said yet. */
export function declineOffer(talk: Talk, raw: string, { world, round }: Setting): Step | undefined {
  const item = findItem(round.pack, talk.offer?.code ?? '')
  if (!item || !isOffered(talk) || talk.doubt || !declinesOffer(raw)) return undefined
  const { offer: _, ...rest } = talk
  return say(rest, [{ key: 'ask.text', values: { item: item.name } }], world)
}

/** The block on the screen, unless something else is being asked back. */
export function blockAsked(talk: Talk, round: Round): Block | undefined {
  return talk.choice || talk.doubt ? undefined : blockOf(round, talk.shown)
}

/** "đúng", "không", "2 = 4, còn lại không": what is confirmed is recorded with what was said of single items. */
export function takeBlock(
  talk: Talk,
  block: Block,
  { asked, text }: Heard,
  { world, round }: Setting,
): Step | undefined {
  if (deniesBlock(block, text)) {
    const says = [sayWhichChanged(block, asked)]
    return climb(talk, { talk: {}, says, choices: [{ key: 'quick.skip' }], raw: text }, { world, round })
  }
  const { about, isRestConfirmed } = readBlock(block, text, asked.length)
  if (!isRestConfirmed) return undefined
  const reply: Reply =
    about === ''
      ? { type: 'readings', readings: [], leftover: [] }
      : readReply(asked, about, contextOf(round, world))
  if (reply.type !== 'readings') return undefined
  const named = new Set(reply.readings.map(({ code }) => code))
  const rest = talk.shown.filter((code) => !named.has(code))
  const confirmed = rest.flatMap((code) => [
    confirmedReading(block, code, text, round),
    ...confirmedDetails(code, text, round).filter((detail) => !named.has(detail.code)),
  ])
  const readings = [...reply.readings, ...confirmed]
  const place = ({ code }: Reading) => talk.shown.indexOf(taskOf(code, round) ?? code)
  return takeReadings(
    remember(settled(talk), text),
    readings.toSorted((one, other) => place(one) - place(other)),
    { world, round, confirmed: { block, codes: rest } },
    sayLeftover(reply.leftover),
  )
}

/** The task on which something hangs. */
function taskOf(code: string, { pack }: Round): string | undefined {
  return findItem(pack, code)?.detail?.of
}

function sayWhichChanged(block: Block, asked: readonly AskedItem[]): Say {
  const [only] = asked
  if (areTasks(asked))
    return only && asked.length === 1
      ? { key: 'ask.sameTaskWhich', values: { item: only.item.name } }
      : { key: 'ask.sameTasksWhich' }
  if (only && asked.length === 1)
    return block === 'same'
      ? { key: 'ask.sameWhichOne', values: { item: only.item.name } }
      : { key: 'ask.noneWhichOne', values: { item: only.item.name } }
  return block === 'same' ? { key: 'ask.sameWhich' } : { key: 'ask.noneWhich' }
}

const SHORTEST_SAID = 6

/** "0" may well be said twice, and "II.1.1 = 5" means the same at any time; "228; 225; 225; 3" does not. */
export function remember(talk: Talk, text: string): Talk {
  const { said: _, ...rest } = talk
  const isFigures = /\d/.test(text) && !text.includes('=')
  return text.length < SHORTEST_SAID || !isFigures ? rest : { ...rest, said: text }
}
