import { type Channel, OWN_PAGE, type Receive, type Update } from './channel.ts'

/** The chat rooms in the browser. The page shows what the store holds; this channel only says when to look. */
export interface WebChannel extends Channel {
  /** Hands in what a person wrote; `isStored: false` as well when the channel is not running. */
  post(update: Update): ReturnType<Receive>
  /** Calls `onMessage` with the outbox row of each message for this chat, until the returned function is called. */
  listen(chat: string, onMessage: (id: string) => void): () => void
}

export function createWebChannel(): WebChannel {
  let receive: Receive | undefined
  const underWay = new Set<Promise<unknown>>()
  const listenersByChat = new Map<string, Set<(id: string) => void>>()

  return {
    name: 'web',
    capabilities: { ...OWN_PAGE, buttons: 12 },

    async start(given) {
      receive = given
    },

    async post(update) {
      if (!receive) return { isStored: false }
      const handed = receive(update)
      underWay.add(handed)
      return handed.finally(() => underWay.delete(handed))
    },

    listen(chat, onMessage) {
      // A listener of its own each time, so that the same function may listen twice.
      const listener = (id: string) => onMessage(id)
      const listeners = listenersByChat.get(chat) ?? new Set()
      listenersByChat.set(chat, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) listenersByChat.delete(chat)
      }
    },

    async send(to, message) {
      for (const tell of listenersByChat.get(to) ?? []) tell(message.id)
      return { type: 'sent' }
    },

    async stop() {
      receive = undefined
      await Promise.allSettled(underWay)
    },
  }
}
