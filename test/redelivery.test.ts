import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { createRecordingChannel } from '../src/channels/recording.ts'
import { periodOf } from '../src/core/period.ts'
import { readPrompts } from '../src/prompts.ts'
import { openStore } from '../src/store/open.ts'
import { talks } from './core/vocabulary.ts'
import { NOW, office, pack } from './core/ward.ts'
import { fc } from './draws.ts'

const RUNS = 40
const LENGTH_MAX = 6

const folder = mkdtempSync(join(tmpdir(), 'thuky-redelivery-'))
const store = await openStore(`file:${join(folder, 'redelivery.db')}`, { synchronous: 'OFF' })
const channel = createRecordingChannel('web')
const app = createApp({
  store,
  packs: [pack],
  words: (await readPrompts('prompts')).words,
  channels: [channel],
  clock: () => NOW,
  log: pino({ level: 'silent' }),
})
await channel.start(app.receive('web'))
afterAll(async () => {
  await app.stop()
  await store.close()
  rmSync(folder, { recursive: true })
})

/** An office of its own for each run, in the one store. */
async function openOffice(number: number): Promise<{ readonly id: string; chatOf(me: string): string }> {
  const id = `nho-${number}`
  const chatOf = (me: string) => `${id}/${me}`
  await store.saveOffice({ id, data: JSON.stringify({ ...office, id }) }, NOW)
  for (const { id: personId } of office.people)
    await store.bind({ channel: 'web', chat: chatOf(personId), officeId: id, personId }, NOW)
  await app.openPeriod(id, pack, periodOf('quy1', 2025))
  await app.idle()
  return { id, chatOf }
}

/** All there is of an office: its answers, what each talk remembers, what was shown to whom. */
async function snapshot(id: string) {
  return {
    answers: await store.listAnswers(id, '2025-quy1'),
    talks: await Promise.all(office.people.map((person) => store.readTalk(id, person.id))),
    shown: channel.sent.filter(({ to }) => to.startsWith(`${id}/`)),
  }
}

describe('a message delivered again', () => {
  let number = 0

  it('changes nothing, whatever was said, at once or when all is over', async () => {
    await fc.assert(
      fc.asyncProperty(
        talks(
          office.people.map(({ id }) => id),
          LENGTH_MAX,
        ),
        async (talk) => {
          number += 1
          const { id, chatOf } = await openOffice(number)
          const updates = talk.map(({ me, text }, index) => ({
            id: `${id}-${index}`,
            chat: chatOf(me),
            text,
            files: [],
          }))
          for (const [index, update] of updates.entries()) {
            const before = (await snapshot(id)).shown.length
            await Promise.all([channel.hand(update), channel.hand(update)])
            await app.idle()
            const { shown } = await snapshot(id)
            const keys = new Set(shown.map(({ message }) => message.id))
            expect(shown.length, `nothing said to ${updates[index]?.text}`).toBeGreaterThan(before)
            expect(keys.size).toBe(shown.length)
          }
          const after = await snapshot(id)
          for (const update of [...updates].reverse()) await channel.hand(update)
          await app.idle()
          expect(await snapshot(id)).toEqual(after)
          expect(app.counts.faults).toBe(0)
        },
      ),
      { numRuns: RUNS },
    )
  }, 120_000)
})
