import { Agent, request } from 'undici'

/** An update as it travels. */
export interface Travelling {
  readonly update_id: number
  readonly [kind: string]: unknown
}

/** What became of an update when the bot first had it: forgotten, or to be told again. */
export type Dealt = 'taken' | 'refused'

export interface Webhook {
  readonly url: string
  readonly secret: string | undefined
  readonly connections: number
}

/** The updates that wait for the bot, by polling or by webhook, each told until it is confirmed. */
export interface Queue {
  readonly size: number
  add(update: Travelling, line: string): Promise<Dealt>
  /** Tells it once more, whatever was confirmed. */
  repeat(updateId: number): Promise<Dealt>
  confirm(offset: number | undefined): void
  /** What `next` gave last is told once more after it is confirmed. */
  doubleLast(): void
  /** At most so many, oldest first. */
  next(limit: number): readonly Travelling[]
  /** Called when there is something to hand out by polling. */
  onAdded(listener: () => void): void
  drop(): void
  setWebhook(webhook: Webhook | undefined): void
  readonly webhook: Webhook | undefined
  close(): Promise<void>
}

interface Waiting {
  readonly update: Travelling
  readonly line: string
  readonly settle: (dealt: Dealt) => void
}

export interface QueueOptions {
  /** Before a webhook that did not take an update is called again; doubled each time. */
  readonly repeatMs: number
  /** What the next call of the webhook shall suffer. */
  takeFault(): string | undefined
}

const LONGEST_MS = 2_000
const KEPT = 10_000

export function createQueue({ repeatMs, takeFault }: QueueOptions): Queue {
  const waiting = new Map<number, Waiting>()
  /** For telling again what was confirmed long ago. */
  const told = new Map<number, Omit<Waiting, 'settle'>>()
  const lines = new Map<string, Promise<void>>()
  let handedOut: readonly number[] = []
  let listener = () => {}
  let webhook: Webhook | undefined
  let agent: Agent | undefined
  const doubled = new Set<number>()
  let isClosed = false

  function put(update: Travelling, line: string): Promise<Dealt> {
    return new Promise((settle) => {
      waiting.set(update.update_id, { update, line, settle })
      if (webhook) stand(update.update_id, line)
      else listener()
    })
  }

  function settle(id: number, dealt: Dealt): void {
    const entry = waiting.get(id)
    if (!entry) return
    entry.settle(dealt)
    if (dealt === 'refused' || doubled.delete(id)) return
    waiting.delete(id)
    told.set(id, { update: entry.update, line: entry.line })
    for (const [oldest] of told) {
      if (told.size <= KEPT) break
      told.delete(oldest)
    }
  }

  /** One line a chat: what follows waits until what came before was taken. */
  function stand(id: number, line: string): void {
    const passed = (lines.get(line) ?? Promise.resolve()).then(() => deliver(id))
    lines.set(line, passed)
    void passed.finally(() => {
      if (lines.get(line) === passed) lines.delete(line)
    })
  }

  async function deliver(id: number): Promise<void> {
    for (let pauseMs = repeatMs; !isClosed && webhook; pauseMs = Math.min(2 * pauseMs, LONGEST_MS)) {
      const entry = waiting.get(id)
      if (!entry) return
      settle(id, (await tryOnce(entry.update, webhook)) ? 'taken' : 'refused')
      if (waiting.has(id)) await sleep(pauseMs)
    }
  }

  async function tryOnce(update: Travelling, where: Webhook): Promise<boolean> {
    const fault = takeFault()
    if (fault === 'reorder') await sleep(repeatMs)
    const isTaken = await call(update, where)
    if (fault === 'duplicate') await call(update, where)
    return isTaken && fault !== 'lose'
  }

  async function call(update: Travelling, { url, secret }: Webhook): Promise<boolean> {
    try {
      const { statusCode, body } = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update),
        ...(agent ? { dispatcher: agent } : {}),
      })
      await body.dump()
      return statusCode >= 200 && statusCode < 300
    } catch {
      return false
    }
  }

  return {
    get size() {
      return waiting.size
    },
    get webhook() {
      return webhook
    },
    add: put,
    repeat(updateId) {
      const entry = told.get(updateId)
      return entry ? put(entry.update, entry.line) : Promise.resolve('refused')
    },
    confirm(offset = Number.NEGATIVE_INFINITY) {
      for (const id of handedOut) settle(id, id < offset ? 'taken' : 'refused')
      handedOut = []
      for (const [id] of waiting) {
        if (id >= offset) break
        settle(id, 'taken')
      }
    },
    doubleLast() {
      for (const id of handedOut) doubled.add(id)
    },
    next(limit) {
      const batch: Travelling[] = []
      for (const [, { update }] of waiting) {
        if (batch.length === limit) break
        batch.push(update)
      }
      handedOut = batch.map(({ update_id }) => update_id)
      return batch
    },
    onAdded(given) {
      listener = given
    },
    drop() {
      waiting.clear()
    },
    setWebhook(given) {
      webhook = given
      void agent?.close()
      agent = given ? new Agent({ connections: given.connections }) : undefined
      if (given) for (const [id, { line }] of waiting) stand(id, line)
      else if (waiting.size > 0) listener()
    },
    async close() {
      isClosed = true
      webhook = undefined
      await agent?.destroy()
    },
  }
}

/** Nobody waits for it at the end. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
