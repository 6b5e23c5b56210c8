import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Update } from '../../src/channels/channel.ts'
import { createTerminalChannel } from '../../src/channels/terminal.ts'
import { describeChannel, type Harness, type Shown } from './contract.ts'

describeChannel('terminal', async (): Promise<Harness> => {
  const terminal = await openTerminal()
  return {
    channel: terminal.channel,
    chat: 'mot-cua',
    isRedelivering: false,
    write: ({ text }) => terminal.type(`${text}\n`),
    shown: () => readShown(terminal.written()),
    close: terminal.close,
  }
})

let terminal: Awaited<ReturnType<typeof openTerminal>>
let updates: Update[]

beforeEach(async () => {
  terminal = await openTerminal()
  updates = []
  await terminal.channel.start(async (update) => {
    updates.push(update)
    return { isStored: true }
  })
})

afterEach(async () => {
  await terminal.channel.stop()
  await terminal.close()
})

test('a letter stands for the words of the choice it is printed with', async () => {
  await terminal.channel.send('mot-cua', {
    id: '1',
    text: 'Đúng không?',
    choices: ['Đúng', 'Không, sửa lại'],
  })
  await terminal.type('b\n')
  expect(updates.map(({ text }) => text)).toEqual(['Không, sửa lại'])
})

test('a figure is a figure even while there are choices', async () => {
  await terminal.channel.send('mot-cua', { id: '1', text: 'Đúng không?', choices: ['Đúng', 'Sai'] })
  await terminal.type('2\n')
  expect(updates.map(({ text }) => text)).toEqual(['2'])
})

test('a letter without choices, past the last choice, or after an answer is a letter', async () => {
  await terminal.type('a\n')
  await terminal.channel.send('mot-cua', { id: '1', text: 'Đúng không?', choices: ['Đúng', 'Sai'] })
  await terminal.type('c\n')
  await terminal.type('a\n')
  expect(updates.map(({ text }) => text)).toEqual(['a', 'c', 'a'])
})

test('an empty line is no message', async () => {
  await terminal.type('\n   \n')
  expect(updates).toEqual([])
})

test('lines typed together arrive one after the other', async () => {
  await terminal.type('1\n2\n3\n')
  expect(updates.map(({ text }) => text)).toEqual(['1', '2', '3'])
})

test('a second draft of the same name does not replace the first', async () => {
  const file = { id: 'f', name: 'Báo cáo.docx', bytes: Uint8Array.of(1) }
  await terminal.channel.send('mot-cua', { id: '1', text: '', choices: [], file })
  await terminal.channel.send('mot-cua', {
    id: '2',
    text: '',
    choices: [],
    file: { ...file, bytes: Uint8Array.of(2) },
  })
  const paths = await readdir(terminal.folder, { recursive: true })
  expect(paths.filter((path) => path.endsWith('.docx'))).toHaveLength(2)
})

test('a file name cannot lead out of the folder', async () => {
  const file = { id: 'f', name: '../../ngoài.docx', bytes: Uint8Array.of(1) }
  await terminal.channel.send('mot-cua', { id: '..', text: '', choices: [], file })
  const paths = await readdir(terminal.folder, { recursive: true })
  expect(paths.filter((path) => path.endsWith('.docx'))).toHaveLength(1)
})

test('the end of the input is told once everything typed has been dealt with', async () => {
  const onEnd = vi.fn(() => updates.length)
  const piped = await openTerminal({ onEnd })
  await piped.channel.start(async (update) => {
    await setTimeout(5)
    updates.push(update)
    return { isStored: true }
  })
  await piped.type('1\n2\n', 'and end')
  await vi.waitFor(() => expect(onEnd).toHaveReturnedWith(2))
  await piped.channel.stop()
  await piped.close()
  expect(onEnd).toHaveBeenCalledOnce()
})

async function openTerminal(more: { readonly onEnd?: () => void } = {}) {
  const input = new PassThrough()
  const output = new PassThrough()
  const folder = await mkdtemp(join(tmpdir(), 'thuky-terminal-'))
  let written = ''
  output.setEncoding('utf8').on('data', (part: string) => {
    written += part
  })
  const channel = createTerminalChannel({ input, output, chat: 'mot-cua', folder, ...more })
  return {
    channel,
    folder,
    written: () => written,
    type: async (text: string, then?: 'and end') => {
      if (then) input.end(text)
      else input.write(text)
      await setTimeout(30)
    },
    close: () => rm(folder, { recursive: true }),
  }
}

/** Reads the screen as a person would: blocks between empty lines, choices by letter, files by arrow. */
async function readShown(written: string): Promise<readonly Shown[]> {
  const blocks = written.split('\n\n').map((block) => block.replace(/^(> |\n)+/, ''))
  return Promise.all(blocks.filter((block) => block.trim() !== '').map(readBlock))
}

async function readBlock(block: string): Promise<Shown> {
  const lines = block.split('\n')
  const path = lines.find((line) => line.startsWith('→ '))?.slice(2)
  const choices = lines.flatMap((line) => /^ {2}[a-l]\) (.*)$/.exec(line)?.[1] ?? [])
  const text = lines.filter((line) => !/^(→| {2}[a-l]\))/.test(line)).join('\n')
  return { text, choices, ...(path ? { file: { name: basename(path), bytes: await readFile(path) } } : {}) }
}
