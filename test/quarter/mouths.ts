import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Channel, Webhook } from '../../src/channels/channel.ts'
import type { Shared } from '../../src/channels/shared.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { createZaloBotChannel } from '../../src/channels/zalo-bot.ts'
import { createZaloOaChannel } from '../../src/channels/zalo-oa.ts'
import { openFakeTelegram } from '../channels/telegram/fake.ts'
import { openFakeZaloBot } from '../channels/zalo-bot/fake.ts'
import { APP, createFakeOa } from '../channels/zalo-oa/fake.ts'

/** Officials at the other end of a real channel. */
export interface Mouth {
  readonly channel: Channel
  chatOf(person: string): string
  /** The person writes, or presses what stands under their last message in these words. */
  write(person: string, text: string): Promise<void>
  /** What the person was shown, oldest first. */
  heard(person: string): readonly { readonly text: string; readonly file?: { readonly bytes: Uint8Array } }[]
  /** Words that may stand in no log. */
  readonly secrets: readonly string[]
  close(): Promise<void>
}

interface Place {
  readonly people: readonly string[]
  readonly shared: Shared
  readonly log: Logger
  /** Where our server can be reached; it serves what `serve` is given. */
  readonly publicUrl: string
  serve(webhook: Webhook): void
}

export type OpenMouth = (place: Place) => Promise<Mouth>

const PUBLIC = 'https://thuky.tanloc.example'
const SECRET = 'webhook-secret-of-the-test'
const clock = () => Date.now()

function openTelegram(mode: 'polling' | 'webhook'): OpenMouth {
  return async ({ people, shared, log, publicUrl, serve }) => {
    const numberOf = (person: string) => 7000 + people.indexOf(person)
    const fake = await openFakeTelegram({ chats: people.map(numberOf), hasLimits: false })
    const way =
      mode === 'webhook' ? ({ mode, webhookSecret: SECRET, publicUrl } as const) : ({ mode } as const)
    const { token, apiRoot } = fake
    const timing = { pauseMs: 20, longPauseMs: 40 }
    const channel = createTelegramChannel({ token, apiRoot, shared, clock, log, timing, ...way })
    if (channel.webhook) serve(channel.webhook)
    return {
      channel,
      chatOf: (person) => String(numberOf(person)),
      write: async (person, text) => {
        const last = fake.shown(numberOf(person)).findLast(({ choices }) => choices.length > 0)
        const index = last?.choices.indexOf(text) ?? -1
        const { dealt } =
          last && index >= 0 ? fake.press(last.messageId, index) : fake.write(numberOf(person), text)
        await dealt
      },
      heard: (person) => fake.shown(numberOf(person)),
      secrets: [token, token.split(':')[1] ?? token, SECRET],
      close: () => fake.close(),
    }
  }
}

const openZaloOa: OpenMouth = async ({ people, shared, log }) => {
  const idOf = (person: string) => `24684588352919${1000 + people.indexOf(person)}`
  const fake = await createFakeOa({ clock })
  const channel = createZaloOaChannel({
    appId: APP.appId,
    appSecret: APP.appSecret,
    webhookSecret: APP.oaSecret,
    seedRefreshToken: fake.consent(),
    apiRoot: fake.apiRoot,
    oauthRoot: fake.oauthRoot,
    shared,
    clock,
    log,
  })
  if (channel.webhook) await fake.serve(channel.webhook)
  const officials = new Map(people.map((person) => [person, fake.person(idOf(person))]))
  for (const official of officials.values()) official.touch()
  return {
    channel,
    chatOf: idOf,
    write: async (person, text) => {
      const official = officials.get(person)
      const last = official?.shown().findLast(({ choices }) => choices.length > 0)
      await (last?.choices.includes(text) ? official?.press(text) : official?.write(text))
    },
    heard: (person) => officials.get(person)?.shown() ?? [],
    secrets: [APP.appSecret, APP.oaSecret, ...fake.bodies.filter((body) => body.length > 30)],
    close: () => fake.close(),
  }
}

const openZaloBot: OpenMouth = async ({ people, shared, log, publicUrl, serve }) => {
  const token = '4021785533190:not-a-real-bot-token'
  const chatOf = (person: string) => `6ede9afa66b88fe6${1000 + people.indexOf(person)}`
  // Zalo calls no private address.
  const route = (url: string) => url.replace(PUBLIC, publicUrl)
  const fake = await openFakeZaloBot({ token, people: people.map(chatOf), shape: 'flat', route })
  const channel = createZaloBotChannel({
    token,
    apiRoot: fake.apiRoot,
    mode: 'webhook',
    webhookSecret: SECRET,
    publicUrl: PUBLIC,
    shared,
    log,
  })
  if (channel.webhook) serve(channel.webhook)
  return {
    channel,
    chatOf,
    write: async (person, text) => {
      while (!fake.webhook()) await sleep(5)
      await fake.write({ chat: chatOf(person), text })
    },
    heard: (person) => fake.shown(chatOf(person)),
    secrets: [token, token.split(':')[1] ?? token, SECRET],
    close: () => fake.close(),
  }
}

export const MOUTHS: readonly (readonly [string, OpenMouth])[] = [
  ['Telegram, polled', openTelegram('polling')],
  ['Telegram by webhook', openTelegram('webhook')],
  ['Zalo Official Account', openZaloOa],
  ['Zalo Bot', openZaloBot],
]
