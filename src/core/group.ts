import { timeLeft } from './agenda.ts'
import { readCommand } from './command.ts'
import { ownersOf } from './overview.ts'
import { progressOf, type Round, titleOf } from './round.ts'
import type { Say } from './say.ts'
import type { World } from './talk.ts'
import { cleanText, foldText } from './text.ts'

/**
 * What is answered in a group, where others read along: how many items each unit has, never a value. What sounds
 * like a figure or a command is asked for in private; the rest is people talking to each other.
 */
export function answerGroup(text: string, world: World): readonly Say[] {
  const said = cleanText(text)
  const words = said.replace(MENTION, ' ').trim()
  const command = readCommand(words)
  if (command?.type === 'progress') return describeGroup(world)
  const isMeant = words.startsWith('/') || MENTION.test(said) || (command && FOR_US.has(command.type))
  return isMeant || (command?.type !== 'courtesy' && hasFigure(words)) ? [{ key: 'group.private' }] : []
}

/** The bot is called by its name. */
const MENTION = /@\w*bot\b/iu

/** Other commands are said among people, too, and without a slash are left to them: "thôi", "để chiều", "nhờ Hà". */
const FOR_US: ReadonlySet<string> = new Set([
  ...['report', 'correct', 'undo', 'source', 'help', 'versions', 'difference'],
  ...['approve', 'reopen', 'close', 'behalf', 'settle', 'askAgain', 'sendBack'],
])

function hasFigure(words: string): boolean {
  return /\d/.test(foldText(words).replace(NO_FIGURE, ' '))
}

/** Times, days, years, periods, rooms, telephones and numbers of documents. */
const NO_FIGURE = new RegExp(
  [
    String.raw`\d{1,2} ?(?:h|g|gio)(?:[ :]?\d{2})?(?!\p{L})`,
    String.raw`\d{1,2}:\d{2}`,
    String.raw`\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?![\d/])`,
    String.raw`(?:ngay|thang|quy|nam|thu|lan|tang|phong|khoa|to|khu|ap|t|q) ?\d+(?![.,/-]?\d)`,
    String.raw`\d{1,2} ?thang`,
    String.raw`\+?\d[\d ]{8,}\d`,
    String.raw`\d+/[\p{L}-]+`,
  ].join('|'),
  'gu',
)

function describeGroup(world: World): readonly Say[] {
  const open = world.rounds.filter(({ isClosed }) => !isClosed)
  return open.length === 0 ? [{ key: 'nothing.open' }] : open.map((round) => describeRound(round, world))
}

function describeRound(round: Round, world: World): Say {
  const units = ownersOf(round, world.office).map(({ person, items }) => {
    const { done, total } = progressOf(round, items)
    return `${unitOf(person.title)} ${done}/${total}`
  })
  return {
    key: 'group.progress',
    values: { period: titleOf(round), units: units.join(', '), left: timeLeft(round, world) },
  }
}

/** "Công chức tư pháp, Văn phòng HĐND và UBND" → "Công chức tư pháp" */
function unitOf(title: string): string {
  return title.split(',')[0] ?? title
}
