import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { type Channel, type OutFile, type OutMessage, OWN_PAGE, type Receive } from './channel.ts'

interface TerminalOptions {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Whose chair one sits in. */
  readonly chat: string
  /** Where files from the bot are put. */
  readonly folder: string
  /** Called when the person ends the talk (Ctrl-C, Ctrl-D or the end of a piped input). */
  readonly onEnd?: () => void
}

/** Letters, since figures are what people type here: "3" is always the answer 3. */
const LETTERS = 'abcdefghijkl'

/** Talk to the bot in a terminal, one line a message. */
export function createTerminalChannel(options: TerminalOptions): Channel {
  const { input, output, chat, folder } = options
  const session = randomUUID()
  const shownIds = new Set<string>()
  let lines: Interface | undefined
  let choices: readonly string[] = []
  let count = 0
  let underWay: Promise<void> = Promise.resolve()

  async function hand(receive: Receive, line: string): Promise<void> {
    const text = readChoice(choices, line)
    choices = []
    count += 1
    const result = await receive({ id: `${session}:${count}`, chat, text, files: [] })
    if (!result.isStored && result.say !== undefined) output.write(`\n${result.say}\n\n`)
  }

  async function show(message: OutMessage): Promise<void> {
    const paths = message.file ? [await save(folder, message.id, message.file)] : []
    if (message.choices.length > 0) choices = message.choices
    output.write(`\n${writeMessage(message, paths)}\n\n`)
    lines?.prompt(true)
  }

  return {
    name: 'terminal',
    capabilities: { ...OWN_PAGE, buttons: LETTERS.length },

    async start(receive) {
      const opened = createInterface({ input, output, prompt: '> ' })
      lines = opened
      opened.on('line', (line) => {
        // One after the other, as they were typed. Lines already read when we stop are not handed in.
        underWay = underWay.then(() => (lines && line.trim() !== '' ? hand(receive, line) : undefined))
      })
      opened.on('SIGINT', () => opened.close())
      opened.on('close', () => underWay.then(() => lines && options.onEnd?.()))
      opened.prompt()
    },

    async send(to, message) {
      if (to !== chat) return { type: 'refused', reason: 'unknown chat' }
      if (!shownIds.has(message.id)) await show(message)
      shownIds.add(message.id)
      return { type: 'sent' }
    },

    async stop() {
      const opened = lines
      lines = undefined
      opened?.close()
      await underWay
    },
  }
}

function readChoice(choices: readonly string[], line: string): string {
  const letter = line.trim().toLowerCase()
  return (letter.length === 1 ? choices[LETTERS.indexOf(letter)] : undefined) ?? line
}

function writeMessage(message: OutMessage, paths: readonly string[]): string {
  const choices = message.choices.map((choice, index) => `  ${LETTERS[index]}) ${choice}`)
  return [message.text, ...paths.map((path) => `→ ${path}`), ...choices]
    .filter((part) => part !== '')
    .join('\n')
}

/** A folder for each message, so that a second draft of the same name does not replace the first. */
async function save(folder: string, messageId: string, file: OutFile): Promise<string> {
  const into = join(folder, flatten(messageId))
  await mkdir(into, { recursive: true })
  const path = join(into, flatten(file.name))
  await writeFile(path, file.bytes)
  return path
}

/** A name that stays in its folder, on any system. */
function flatten(name: string): string {
  return name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+$/, '-')
}
