import {
  type Capabilities,
  type Channel,
  type OutMessage,
  OWN_PAGE,
  type Receive,
  type Update,
} from './channel.ts'

/** The channel that writes things down: for tests and for replaying scenarios. */
export interface RecordingChannel extends Channel {
  /** What people were shown, oldest first. */
  readonly sent: readonly { readonly to: string; readonly message: OutMessage }[]
  /** A person writes; resolves once the update is stored or turned away. */
  hand(update: Update): ReturnType<Receive>
}

type Outcome = Awaited<ReturnType<Channel['send']>>

interface RecordingOptions {
  readonly capabilities?: Partial<Capabilities>
  /** How the first sends end, in this order, each once; "sent" from then on. */
  readonly outcomes?: readonly Outcome[]
}

export function createRecordingChannel(name: string, options: RecordingOptions = {}): RecordingChannel {
  let receive: Receive | undefined
  const underWay = new Set<Promise<unknown>>()
  const outcomes = [...(options.outcomes ?? [])]
  const sent: { to: string; message: OutMessage }[] = []
  const capabilities = {
    ...OWN_PAGE,
    buttons: 12,
    ...options.capabilities,
  }

  return {
    name,
    capabilities,
    sent,

    async start(given) {
      receive = given
    },

    async hand(update) {
      if (!receive) return { isStored: false }
      const handed = receive(update)
      underWay.add(handed)
      const result = await handed.finally(() => underWay.delete(handed))
      if (!result.isStored && result.say !== undefined) {
        sent.push({ to: update.chat, message: { id: `say:${update.id}`, text: result.say, choices: [] } })
      }
      return result
    },

    async send(to, message) {
      const outcome = outcomes.shift() ?? { type: 'sent', messageId: message.id }
      // "Unknown" is written down too: the worst case is that it did arrive and only the answer was lost.
      const isShown = outcome.type === 'sent' || outcome.type === 'unknown'
      const isKnown =
        capabilities.isRepeatable && sent.some((row) => row.to === to && row.message.id === message.id)
      if (isShown && !isKnown) sent.push({ to, message })
      return outcome
    },

    async stop() {
      receive = undefined
      await Promise.allSettled(underWay)
    },
  }
}
