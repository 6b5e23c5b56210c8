import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldText } from '../src/core/text.ts'
import { rehearse, seatPeople } from '../src/play.ts'
import { type Prompts, readOfficeFile, readPrompts } from '../src/prompts.ts'
import type { Scenario, Step } from '../src/scenario.ts'
import type { Line } from '../src/stage.ts'
import { openStore } from '../src/store/open.ts'

/** Dialogues a clerk can read and write; the language is told in conversations/README.md. */
const FOLDER = join(import.meta.dirname, 'conversations')
const OFFICES = join(import.meta.dirname, 'scenarios')

export interface Dialogue extends Scenario {
  readonly file: string
  /** Ways it cannot be played, each said with its reason in the header: "Chỉ: có dấu – …". */
  readonly leftOut: readonly Way['name'][]
}

/** How a dialogue is played: with quick replies or without, words as written or without accents. */
export interface Way {
  readonly name: string
  readonly hasButtons: boolean
  readonly hasAccents: boolean
}

export const WAYS: readonly Way[] = [
  { name: 'có nút, có dấu', hasButtons: true, hasAccents: true },
  { name: 'không nút, có dấu', hasButtons: false, hasAccents: true },
  { name: 'có nút, không dấu', hasButtons: true, hasAccents: false },
  { name: 'không nút, không dấu', hasButtons: false, hasAccents: false },
]

export interface Playhouse {
  readonly prompts: Prompts
  readonly dialogues: readonly Dialogue[]
  play(dialogue: Dialogue, way: Way): ReturnType<typeof rehearse>
  close(): void
}

/** Each office with its people on every channel is made once; each play begins from a copy. */
export async function openPlayhouse(): Promise<Playhouse> {
  const prompts = await readPrompts('prompts')
  const example = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
  const named = readdirSync(OFFICES).filter((file) => file.endsWith('.office.yaml'))
  const offices = new Map(
    await Promise.all(
      named.map(async (file) => [file, await readOfficeFile(join(OFFICES, file), prompts.duties)] as const),
    ),
  )
  const folder = mkdtempSync(join(tmpdir(), 'thuky-dialogues-'))
  const dialogues = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => readDialogue(file, readFileSync(join(FOLDER, file), 'utf8'), { example, offices }))
  const prepared = new Map<string, Promise<Prepared>>()
  const prepare = (office: Scenario['office']) => {
    const known = prepared.get(office.id) ?? prepareOffice(office, folder)
    prepared.set(office.id, known)
    return known
  }
  let played = 0
  return {
    prompts,
    dialogues,
    async play(dialogue, way) {
      played += 1
      const file = join(folder, `${played}.db`)
      const parts = await prepare(dialogue.office)
      for (const { part, bytes } of parts) writeFileSync(`${file}${part}`, bytes)
      const copy = await openStore(`file:${file}`, { synchronous: 'OFF' })
      try {
        return await rehearse(way.hasAccents ? dialogue : withoutAccents(dialogue), prompts, {
          store: copy,
          hasButtons: way.hasButtons,
          beatMinutes: 60,
          ...(way.hasAccents ? {} : { isHeard: hearing(wordsTyped(dialogue)) }),
        })
      } finally {
        await copy.close()
        for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true })
      }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

type Prepared = readonly { readonly part: string; readonly bytes: Uint8Array }[]

async function prepareOffice(office: Scenario['office'], folder: string): Promise<Prepared> {
  const file = join(folder, `${office.id}.db`)
  const store = await openStore(`file:${file}`)
  await seatPeople({ title: '', now: '2020-01-01T08:00', office, folder: FOLDER, steps: [] }, store)
  await store.close()
  // The log may not have been folded into the file yet: both, read in one go, are the database.
  return ['', '-wal']
    .filter((part) => existsSync(`${file}${part}`))
    .map((part) => ({ part, bytes: readFileSync(`${file}${part}`) }))
}

interface Draft {
  readonly step: Partial<Step>
  readonly expect: string[]
  readonly refuse: string[]
  readonly reached: Record<string, string[]>
}

/** Whose dialogue it is: the sample office's, or one named in the head. */
interface Offices {
  readonly example: Scenario['office']
  readonly offices: ReadonlyMap<string, Scenario['office']>
}

export function readDialogue(file: string, text: string, { example, offices }: Offices): Dialogue {
  const settings = new Map<string, string>()
  const steps: Draft[] = []
  for (const line of text.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const setting = /^(Tiêu đề|Lúc|Kỳ|Chỉ|Cơ quan|Đã báo [a-z0-9-]+): (.*)$/.exec(line)
    if (setting) settings.set(setting[1] ?? '', setting[2] ?? '')
    else if (/^\s/.test(line)) readMark(line, steps.at(-1))
    else steps.push({ step: readStep(line), expect: [], refuse: [], reached: {} })
  }
  const named = settings.get('Cơ quan')
  const office = named === undefined ? example : offices.get(named)
  if (!office) throw new Error(`no office ${named} in ${OFFICES}`)
  return {
    file,
    leftOut: readOnly(settings.get('Chỉ')),
    title: settings.get('Tiêu đề') ?? '',
    now: settings.get('Lúc') ?? '2025-03-05T08:00',
    period: settings.get('Kỳ') ?? 'quy1-2025',
    office,
    folder: FOLDER,
    earlier: readEarlier(settings),
    steps: steps.map(
      ({ step, expect, refuse, reached }): Step => ({ ...step, expect, refuse, expect_to: reached }),
    ),
  }
}

/** "Đã báo quy1-2024: II.2c.1 = 200; II.2c.5 = 190" */
function readEarlier(settings: ReadonlyMap<string, string>): Record<string, Record<string, string>> {
  const past = [...settings].filter(([name]) => name.startsWith('Đã báo '))
  const answers = (text: string) =>
    Object.fromEntries(text.split(';').map((one) => one.split('=').map((word) => word.trim())))
  return Object.fromEntries(past.map(([name, text]) => [name.slice('Đã báo '.length), answers(text)]))
}

/** What must be among the replies, must not, or must have reached somebody else. */
function readMark(line: string, draft: Draft | undefined): void {
  const [, mark, person, words = ''] = /^\s+(?:([<≠])|→ ([a-z0-9-]+):) (.*)$/.exec(line) ?? []
  if (!draft || words === '') throw new Error(`a line that expects nothing: ${line}`)
  if (mark === '<') draft.expect.push(words)
  else if (mark === '≠') draft.refuse.push(words)
  else if (person !== undefined) draft.reached[person] = [...(draft.reached[person] ?? []), words]
}

/** "có dấu – lý do": which ways that leaves out. */
function readOnly(words: string | undefined): readonly Way['name'][] {
  if (words === undefined) return []
  const [, only = ''] = /^((?:có|không) (?:dấu|nút)) – \S.+$/.exec(words) ?? []
  if (only === '') throw new Error(`“Chỉ:” cần một cách và lý do, ví dụ “Chỉ: có dấu – …”: ${words}`)
  return WAYS.filter(({ name }) => !name.includes(only)).map(({ name }) => name)
}

function readStep(line: string): Partial<Step> {
  if (line.startsWith('@ ')) return { at: line.slice(2).trim() }
  const said = /^([a-z0-9-]+)(?:@(telegram|zalo|web))?(?: \((.+?)\))?: ?(.*)$/.exec(line)
  if (!said) throw new Error(`a line that is neither said nor expected: ${line}`)
  const [, from = '', channel, how, text = ''] = said
  const who = { from, ...(channel === undefined ? {} : { channel: channel as 'telegram' | 'zalo' | 'web' }) }
  const press = /^\[(.+)\]$/.exec(text)?.[1]
  const spoken = press === undefined ? { says: text.replaceAll('\\n', '\n') } : { press }
  return { ...who, ...spoken, ...(how === undefined ? {} : readHow(how)) }
}

/** In the group, as a new wording of an earlier message, or with files. */
function readHow(how: string): Partial<Step> {
  const [, edits] = /^sửa ?(\d*)$/.exec(how) ?? []
  if (edits !== undefined) return { edits: Number(edits || '1') }
  if (how === 'nhóm') return { group: true }
  if (!how.startsWith('tệp ')) throw new Error(`neither in a group, nor reworded, nor a file: ${how}`)
  return {
    sends: how
      .slice(4)
      .split(', ')
      .map((name) => join('tep', name)),
  }
}

function withoutAccents(dialogue: Dialogue): Dialogue {
  return {
    ...dialogue,
    steps: dialogue.steps.map((step) =>
      step.says === undefined ? step : { ...step, says: foldText(step.says) },
    ),
  }
}

/** Every word somebody types in the dialogue, folded: the bot may show it as typed. */
function wordsTyped({ steps }: Dialogue): ReadonlySet<string> {
  return new Set(steps.flatMap(({ says = '' }) => foldText(says).match(WORD) ?? []))
}

const WORD = /[\p{L}\p{N}]+/gu

/** Where an expectation quotes what somebody typed, it may come without accents; everything else is strict. */
function hearing(typed: ReadonlySet<string>) {
  return (words: string, heard: string): boolean => {
    const pattern = words
      .split(/([\p{L}\p{N}]+)/u)
      .map((part) => {
        const folded = foldText(part)
        const exact = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        return typed.has(folded) && folded !== part ? `(?:${exact}|${folded})` : exact
      })
      .join('')
    return new RegExp(pattern, 'u').test(heard)
  }
}

/** What was said on both sides from the first message on, for a person to read. */
export function writeTranscript(lines: readonly Line[]): string {
  return lines
    .slice(lines.findIndex(({ direction }) => direction === 'in'))
    .map(({ person, direction, text, buttons, files }) => {
      const more = [...files.map((file) => `{${file}}`), ...buttons.map((button) => `[${button}]`)].join(' ')
      const arrow = direction === 'in' ? `${person}: ` : `    → ${person}: `
      return `${arrow}${text.replaceAll('\n', '\n      ')}${more === '' ? '' : `\n      ${more}`}`
    })
    .join('\n')
}
