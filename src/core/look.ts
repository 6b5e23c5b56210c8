import type { Against } from './changes.ts'
import { hasSay } from './charge.ts'
import { describeComparison } from './comparison.ts'
import { describeContradictions, type Stance, stancesOf } from './contradictions.ts'
import type { Finding } from './finding.ts'
import { never } from './never.ts'
import { currentRound, progressLine } from './next.ts'
import { hasRole } from './office.ts'
import type { Item } from './pack.ts'
import type { Page } from './page.ts'
import { askedItems, findItem, isAnswered, itemsOf, progressOf, type Round } from './round.ts'
import type { Say } from './say.ts'
import { describeSource } from './source.ts'
import type { Step, Talk, World } from './talk.ts'
import { shorten } from './wording.ts'

/** What one may look at without changing anything. */
export type Look =
  | { readonly type: 'compare'; readonly against?: Against; readonly page: number }
  | { readonly type: 'contradictions'; readonly page: number }
  /** Without `what`: how to ask. */
  | { readonly type: 'source'; readonly what?: string }

const PAGE = '(?: (?:trang )?(\\d{1,2}))?'
const COMPARE = new RegExp(
  `^(?:/so_?sanh|(?:xem )?so sanh)(?: (?:voi )?(?:(ky truoc|quy truoc)|(cung ky|nam truoc|nam ngoai)(?: nam (?:truoc|ngoai))?))?${PAGE}$`,
)
const CONTRADICTIONS = new RegExp(
  `^(?:/mau_?thuan|(?:xem )?(?:cac )?(?:mau thuan|so (?:chua|khong) khop))${PAGE}$`,
)
const CODE = '([a-z0-9]+(?:\\.[a-z0-9]+)+|\\d{1,3})'
const BEFORE_CODE = '(?:(?:so lieu|chi tieu|so|muc) )?'
const SOURCES = [
  /^\/(?:nguon|so) (.+)$/,
  new RegExp(`^(?:xem )?nguon (?:cua )?${BEFORE_CODE}${CODE}$`),
  new RegExp(`^${BEFORE_CODE}${CODE} (?:nay )?(?:lay )?(?:o dau|tu dau|dau)(?: ra)?$`),
]

/** Reads what somebody wants to look at from folded words; undefined when it is something else. */
export function readLook(folded: string): Look | undefined {
  const compared = COMPARE.exec(folded)
  if (compared) {
    const against = compared[1] ? 'previous' : compared[2] ? 'yearBefore' : undefined
    return { type: 'compare', page: Number(compared[3] ?? 1), ...(against ? { against } : {}) }
  }
  const listed = CONTRADICTIONS.exec(folded)
  if (listed) return { type: 'contradictions', page: Number(listed[1] ?? 1) }
  if (/^(?:\/nguon|\/so|nguon|xem nguon)$/.test(folded)) return { type: 'source' }
  for (const form of SOURCES) {
    const what = form.exec(folded)?.[1]
    if (what !== undefined) return { type: 'source', what: what.trim() }
  }
  return undefined
}

/** Shows it; the question under way stays as it is. */
export function showLook(talk: Talk, look: Look, world: World): Step {
  const round = viewedRound(talk, world)
  if (!round) return tell(talk, [{ key: 'nothing.open' }], { world, choices: [] })
  switch (look.type) {
    case 'compare': {
      const { office } = world
      const seen = { ...look, isSeen: (item: Item) => maySee(item, round, world) }
      const { says, page, words } = describeComparison(round, office, seen)
      return tell(talk, says, { world, round, choices: pageChoices(page, words) })
    }
    case 'contradictions': {
      const { office } = world
      const stances = stancesIn(talk, world)
      const isSeen = (finding: Finding) => maySeeFinding(finding, round, world)
      const listing = { office, stances, page: look.page, isSeen }
      const { says, page, words } = describeContradictions(round, listing)
      return tell(talk, says, { world, round, choices: pageChoices(page, words) })
    }
    case 'source':
      return showSource(talk, look.what, { world, round })
    default:
      return never(look)
  }
}

interface Setting {
  readonly world: World
  readonly round: Round
}

function showSource(talk: Talk, what: string | undefined, { world, round }: Setting): Step {
  const choices: readonly Say[] = []
  if (what === undefined) {
    const how: Say = { key: 'source.how', values: { example: exampleCode(round, world) } }
    return tell(talk, [how], { world, round, choices })
  }
  const item = findItem(round.pack, what) ?? findNumbered(talk, what, round)
  if (!item) {
    const unknown: Say = { key: 'confused.unknownItem', values: { raw: shorten(what) } }
    return tell(talk, [unknown], { world, round, choices })
  }
  if (!maySee(item, round, world))
    return tell(talk, [{ key: 'source.notYours', values: { item: item.name } }], { world, round, choices })
  const { office } = world
  const stances = stancesIn(talk, world)
  const isSeen = (one: Item) => maySee(one, round, world)
  return tell(talk, [describeSource(item, round, { office, stances, isSeen })], { world, round, choices })
}

/** "nguồn 2": the second of what was echoed last, or is being asked. */
function findNumbered(talk: Talk, what: string, round: Round): Item | undefined {
  const n = Number(what)
  const code = talk.echoed.find((one) => one.n === n)?.code ?? talk.shown[n - 1]
  return code === undefined ? undefined : findItem(round.pack, code)
}

/** What is known of who is at a contradiction: the person's own talk, and for leaders everybody's. */
function stancesIn(talk: Talk, { me, stances = [] }: World): readonly Stance[] {
  return [...stancesOf(me.id, talk), ...stances]
}

/** The collection whose draft was sent today, else the one under way; for leaders, when all are closed, the last. */
export function viewedRound(talk: Pick<Talk, 'viewed'>, world: World): Round | undefined {
  const { viewed } = talk
  const isToday = viewed !== undefined && viewed.on === world.now.slice(0, 10)
  const seen = isToday ? world.rounds.find(({ period }) => period.key === viewed.periodKey) : undefined
  const current = seen ?? currentRound(world)
  return current ?? (hasRole(world.me, 'chairman', 'coordinator') ? world.rounds.at(-1) : undefined)
}

/** Leaders and the coordinator see everything, others what they answer for: nothing of one is shown to another. */
function maySee(item: Item, round: Round, { me, office }: World): boolean {
  return hasRole(me, 'chairman', 'coordinator') || hasSay(me, item, round, office)
}

function maySeeFinding({ codes }: Finding, round: Round, world: World): boolean {
  if (hasRole(world.me, 'chairman', 'coordinator')) return true
  return codes.some((code) => {
    const item = findItem(round.pack, code)
    return item !== undefined && maySee(item, round, world)
  })
}

function pageChoices({ page, pages }: Page, words: Say): readonly Say[] {
  return page < pages ? [{ key: 'quick.page', values: { words, page: page + 1 } }] : []
}

/** What was asked for, then how far things are and the ways on. */
function tell(
  talk: Talk,
  says: readonly Say[],
  { world, round, choices }: { world: World; round?: Round; choices: readonly Say[] },
): Step {
  const mine = round ? itemsOf(round, world.office, world.me) : []
  const footer: readonly Say[] =
    mine.length > 0 || !round
      ? progressLine(world)
      : [
          {
            key: 'look.footer',
            values: { ...progressOf(round, askedItems(round)), code: exampleCode(round, world) },
          },
        ]
  return { talk, effects: [{ type: 'say', says: [...says, ...footer], choices }] }
}

/** A code worth trying: a figure that is known, of those the reader may see. */
export function exampleCode(round: Round, world?: World): string {
  const seen = world && !hasRole(world.me, 'chairman', 'coordinator') ? ownItems(round, world) : []
  const items = seen.length > 0 ? seen : round.pack.items
  const figures = items.filter(({ kind }) => kind !== 'text' && kind !== 'choice')
  const known = figures.find(({ code }) => isAnswered(round.answers.get(code)?.given))
  return (known ?? figures[0] ?? items[0])?.code ?? ''
}

function ownItems(round: Round, { me, office }: World): readonly Item[] {
  return itemsOf(round, office, me)
}
