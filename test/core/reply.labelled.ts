import { readFileSync } from 'node:fs'
import type { AskedItem, Reading, Reply } from '../../src/core/reply.ts'

/** A reply as an official types it, with what must be recorded. */
export interface Case {
  readonly line: number
  readonly asked: readonly AskedItem[]
  readonly text: string
  readonly expected: string
}

/** The labelled replies of a file, grouped in it by what was asked. */
export function readCases(file: string, find: (code: string) => AskedItem | undefined): readonly Case[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')
  let asked: readonly AskedItem[] = []
  return lines.flatMap((line, index): Case[] => {
    if (line.startsWith('Hỏi:'))
      asked = line
        .slice(4)
        .trim()
        .split(/\s+/)
        .flatMap((code) => find(code) ?? [])
    const [text, expected] = line.split(' ⇒ ')
    if (line.startsWith('#') || text === undefined || expected === undefined) return []
    return [{ line: index + 1, asked, text: text.replaceAll('\\n', '\n').replaceAll('\\t', '\t'), expected }]
  })
}

function describeReading({ code, result }: Reading): string {
  switch (result.outcome) {
    case 'value':
      return `${code}=${result.value}`
    case 'empty':
      return `${code}=${result.empty}`
    case 'text':
      return `${code}=text`
    default:
      return `${code}=?`
  }
}

/** A reply in the words of the files. */
export function describeReply(reply: Reply): string {
  if (reply.type !== 'readings') return reply.type
  const left = reply.leftover.map((words) => `+ [${words}]`)
  return [...reply.readings.map(describeReading), ...left].join(' ')
}

/** What is kept without a question although the label does not say so: the one thing that must never happen. */
export function listSilentlyWrong(reply: Reply, expected: string): readonly string[] {
  if (reply.type !== 'readings') return []
  return reply.readings
    .map(describeReading)
    .filter((said) => !said.endsWith('=?') && !expected.split(' ').includes(said))
}
