import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { play } from '../src/play.ts'
import { readOfficeFile, readPrompts } from '../src/prompts.ts'
import type { Scenario, Step } from '../src/scenario.ts'

/**
 * Dialogues a clerk can read and write. A line "người: lời" is said; indented, "< chữ" must be in the
 * reply and "≠ chữ" must not; "người: [nút]" presses a quick reply; "@ giờ" moves the clock. "người (nhóm): lời"
 * is said in the group; "người (sửa): lời" rewords that person's last message, "(sửa 2)" the one before;
 * "người (tệp a.docx): lời" sends files, the words go with them.
 * "Đã báo quy1-2024: mã = số; …" above it all is what was answered in an earlier period.
 */
const FOLDER = join(import.meta.dirname, 'conversations')
const prompts = await readPrompts('prompts')
const example = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
/** "Cơ quan: nhiem-vu.office.yaml" in a dialogue's head names one of these, in place of the example. */
const planned = await readOfficeFile('test/scenarios/nhiem-vu.office.yaml', prompts.duties)
const offices: Readonly<Record<string, typeof example>> = { 'nhiem-vu.office.yaml': planned }

interface Draft {
  step: Partial<Step>
  expect: string[]
  refuse: string[]
}

function readDialogue(text: string): Scenario {
  const settings = new Map<string, string>()
  const steps: Draft[] = []
  for (const line of text.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const setting = /^(Tiêu đề|Lúc|Kỳ|Cơ quan|Đã báo [a-z0-9-]+): (.*)$/.exec(line)
    const mark = /^\s+([<≠]) (.*)$/.exec(line)
    if (setting) settings.set(setting[1] ?? '', setting[2] ?? '')
    else if (mark) steps.at(-1)?.[mark[1] === '<' ? 'expect' : 'refuse'].push(mark[2] ?? '')
    else steps.push({ step: readStep(line), expect: [], refuse: [] })
  }
  return {
    title: settings.get('Tiêu đề') ?? '',
    now: settings.get('Lúc') ?? '2025-03-05T08:00',
    period: settings.get('Kỳ') ?? 'quy1-2025',
    office: offices[settings.get('Cơ quan') ?? ''] ?? example,
    folder: FOLDER,
    earlier: readEarlier(settings),
    steps: steps.map(({ step, expect, refuse }): Step => ({ ...step, expect, refuse, expect_to: {} })),
  }
}

/** "Đã báo quy1-2024: II.2c.1 = 200; II.2c.5 = 190" */
function readEarlier(settings: ReadonlyMap<string, string>): Record<string, Record<string, string>> {
  const past = [...settings].filter(([name]) => name.startsWith('Đã báo '))
  const answers = (text: string) =>
    Object.fromEntries(text.split(';').map((one) => one.split('=').map((word) => word.trim())))
  return Object.fromEntries(past.map(([name, text]) => [name.slice('Đã báo '.length), answers(text)]))
}

function readStep(line: string): Draft['step'] {
  if (line.startsWith('@ ')) return { at: line.slice(2).trim() }
  const said = /^([a-z0-9-]+)(?: \((.+?)\))?: ?(.*)$/.exec(line)
  if (!said) throw new Error(`a line that is neither said nor expected: ${line}`)
  const [, from = '', how, words = ''] = said
  return { ...spoken(from, words.replaceAll('\\n', '\n')), ...(how === undefined ? {} : readHow(how)) }
}

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

function spoken(from: string, text: string): Draft['step'] {
  const press = /^\[(.+)\]$/.exec(text)?.[1]
  return press === undefined ? { from, says: text } : { from, press }
}

describe('conversations', () => {
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()) {
    const scenario = readDialogue(readFileSync(join(FOLDER, file), 'utf8'))
    it(`${file}: ${scenario.title}`, async () => {
      const out = mkdtempSync(join(tmpdir(), 'thuky-dialogue-'))
      const summary = await play(scenario, prompts, out)
      const transcript = readFileSync(join(out, 'transcript.jsonl'), 'utf8')
      rmSync(out, { recursive: true })
      expect(summary.failed, transcript).toEqual([])
      expect(summary.expected).toBeGreaterThan(0)
    })
  }
})
