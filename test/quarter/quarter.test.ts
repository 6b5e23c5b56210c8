import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Channel, Webhook } from '../../src/channels/channel.ts'
import type { Shared } from '../../src/channels/shared.ts'
import { createWebChannel } from '../../src/channels/web.ts'
import { momentOf, readMoment } from '../../src/core/calendar.ts'
import { packsOf } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { createLinks } from '../../src/links.ts'
import { rehearse, seatPeople } from '../../src/play.ts'
import { readPrompts } from '../../src/prompts.ts'
import { readScenario } from '../../src/scenario.ts'
import type { Line } from '../../src/stage.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { createWebServer } from '../../src/web/server.ts'
import { readArchive, textOf } from '../render/archive.ts'
import { MOUTHS, type OpenMouth } from './mouths.ts'

const folder = mkdtempSync(join(tmpdir(), 'thuky-quarter-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const prompts = await readPrompts('prompts')
const scenario = await readScenario('test/scenarios/quy-tron-ven.yaml', prompts.duties, prompts.packs)
const { office } = scenario
const people = office.people.map(({ id }) => id)
const period = periodOf('quy1', 2025)
const [pack] = packsOf(office, prompts.packs)

/** The quarter as it goes where everything is written down: what was typed when, and what came of it. */
let typed: readonly Line[]
let expected: Awaited<ReturnType<typeof outcomeOf>>

beforeAll(async () => {
  const store = await openStore(`file:${join(folder, 'written.db')}`, { synchronous: 'OFF' })
  await seatPeople(scenario, store)
  const { failed, transcript } = await rehearse(scenario, prompts, { store })
  expect(failed).toEqual([])
  typed = transcript.filter(({ direction }) => direction === 'in')
  expected = await outcomeOf(store, transcript.at(-1)?.at ?? '')
  await store.close()
}, 120_000)

/** The answers, and the words of the draft made of them. */
async function outcomeOf(store: Store, at: string) {
  if (!pack) throw new Error('no pack')
  const channels: readonly Channel[] = []
  const app = createApp({ ...prompts, store, channels, clock: () => at, log: pino({ level: 'silent' }) })
  const { file } = await app.draft(office.id, { period, pack })
  const answers = (await store.listAnswers(office.id, period.key)).map(
    ({ code, given, raw, by, reason }) => ({
      code,
      given,
      raw,
      by,
      reason,
    }),
  )
  return { answers, words: wordsOf(file.bytes) }
}

function wordsOf(docx: Uint8Array): string {
  return textOf(readArchive(docx).get('word/document.xml') ?? '')
}

test.each(MOUTHS)(
  'a whole quarter over %s ends as it does in writing',
  async (_, openMouth) => {
    const { store, mouth, log, app, close } = await openOffice(openMouth)
    for (const { at, person, text } of typed) {
      app.clock.now = at
      await mouth.write(person, text)
      await app.idle()
    }
    expect(await outcomeOf(store, typed.at(-1)?.at ?? '')).toEqual(expected)
    const { outbox } = await store.countWork()
    expect({ ...outbox, sent: 0 }).toEqual({ pending: 0, sending: 0, refused: 0, unknown: 0, sent: 0 })
    const shown = people.flatMap((person) => mouth.heard(person))
    expect(shown).toHaveLength(outbox.sent)
    expect(app.faults()).toBe(0)
    const draft = await lastDraft(mouth.heard('chu-tich'))
    expect(wordsOf(draft)).toEqual(expected.words)
    await close()
    for (const secret of mouth.secrets) expect(log()).not.toContain(secret)
  },
  240_000,
)

/** As the chairman gets it: in the channel, or by the link that stands under the words. */
async function lastDraft(
  heard: readonly { readonly text: string; readonly file?: { readonly bytes: Uint8Array } }[],
): Promise<Uint8Array> {
  const last = heard.findLast(({ text, file }) => file !== undefined || text.includes('/tep/'))
  if (last?.file) return last.file.bytes
  const [url = ''] = /http:\S+\/tep\/\S+/.exec(last?.text ?? '') ?? []
  const page = await fetch(url)
  expect(page.status).toBe(200)
  const file = await fetch(url, { method: 'POST' })
  expect((await fetch(url, { method: 'POST' })).status).toBe(410)
  return new Uint8Array(await file.arrayBuffer())
}

async function openOffice(openMouth: OpenMouth) {
  const store = await openStore(`file:${join(folder, `${randomUUID()}.db`)}`, { synchronous: 'OFF' })
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const clock = { now: readMoment(scenario.now) ?? '' }
  const webhooks: Webhook[] = []
  // The server is there before the channel that it is for, whose path is known.
  const later = (path: string): Webhook => ({
    path,
    handle: async (request) => (await webhooks[0]?.handle(request)) ?? { status: 503 },
  })
  const web = {
    rooms: {
      office: async () => undefined,
      transcript: async () => [],
      board: async () => undefined,
      file: async () => undefined,
    },
    channel: createWebChannel(),
    words: prompts.words.startingWith('web.'),
    health: { isReady: async () => true, metrics: async () => '' },
    log,
  }
  let publicUrl = 'http://127.0.0.1'
  const links = {
    open: async (link: Parameters<(typeof desk)['open']>[0]) => {
      const opened = await desk.open(link)
      return { ...opened, url: opened.url.replace('http://127.0.0.1', publicUrl) }
    },
  }
  const desk = await createLinks({
    store,
    clock: () => clock.now,
    publicUrl,
    receive: (name) => app.receive(name),
  })
  const server = createWebServer({
    ...web,
    links: desk,
    webhooks: ['/telegram/webhook', '/zalo/oa', '/zalo/bot'].map(later),
  })
  publicUrl = `http://127.0.0.1:${await server.listen(0)}`
  const shared = sharedBy(store)
  const mouth = await openMouth({
    people,
    shared,
    log,
    publicUrl,
    serve: (webhook) => void webhooks.push(webhook),
  })
  // Nobody waits for the pace here; it has tests of its own.
  const { pace: _, ...capabilities } = mouth.channel.capabilities
  const channel: Channel = { ...mouth.channel, capabilities }
  const app = createApp({ ...prompts, store, channels: [channel], clock: () => clock.now, log, links })
  await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, clock.now)
  for (const personId of people)
    await store.bind(
      { channel: channel.name, chat: mouth.chatOf(personId), officeId: office.id, personId },
      clock.now,
    )
  await channel.start(app.receive(channel.name), app.notify(channel.name))
  if (pack) await app.openPeriod(office.id, pack, period)
  await app.beat()
  return {
    store,
    mouth,
    log: () => lines.join(''),
    app: { clock, idle: app.idle, faults: () => app.counts.faults },
    close: async () => {
      await channel.stop()
      await app.stop()
      await server.close()
      await mouth.close()
      await store.close()
    },
  }
}

function sharedBy(store: Store): Shared {
  const now = (forMs = 0) => momentOf(Date.now() + forMs)
  return {
    hold: (name, forMs) => store.hold({ name, holder: 'here', until: now(forMs) }, now()),
    letGo: (name) => store.letGo(name, 'here'),
    readSecret: (name) => store.readSecret(name),
    keepSecret: (name, secret) => store.keepSecret(name, secret, now()),
  }
}
