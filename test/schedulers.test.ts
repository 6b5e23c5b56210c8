import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { createRecordingChannel } from '../src/channels/recording.ts'
import { readMoment } from '../src/core/calendar.ts'
import { packsOf } from '../src/core/pack.ts'
import { periodOf } from '../src/core/period.ts'
import { readOfficeFile, readPrompts } from '../src/prompts.ts'
import { openStore } from '../src/store/open.ts'
import { createDatabase, engines } from './store/engines.ts'

/** Ten of each owe something. */
const OFFICES = 100

test.each(engines)(
  'three schedulers at once on %s remind each of a thousand people once',
  async (engine) => {
    const url = await createDatabase(engine)
    const prompts = await readPrompts('prompts')
    const example = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
    const [pack] = packsOf(example, prompts.packs)
    if (!pack) throw new Error('no pack')
    const clock = { now: readMoment('2025-03-04T08:00') ?? '' }
    const workers = await Promise.all(
      [1, 2, 3].map(async () => {
        const store = await openStore(url, { synchronous: 'OFF' })
        const channel = createRecordingChannel('web')
        const app = createApp({
          ...prompts,
          store,
          channels: [channel],
          clock: () => clock.now,
          log: pino({ level: 'silent' }),
        })
        return { store, channel, app }
      }),
    )
    const [first] = workers
    if (!first) throw new Error('nobody works')
    for (let n = 0; n < OFFICES; n += 1) {
      const id = `xa-${n}`
      await first.store.saveOffice({ id, data: JSON.stringify({ ...example, id }) }, clock.now)
      for (const person of example.people)
        await first.store.bind(
          { channel: 'web', chat: `${id}/${person.id}`, officeId: id, personId: person.id },
          clock.now,
        )
      await first.app.openPeriod(id, pack, periodOf('quy1', 2025))
    }
    await first.app.idle()
    // Friday evening to Monday morning nobody was awake: two steps of the ladder have gone by, one is said.
    clock.now = readMoment('2025-03-17T14:05') ?? ''
    await Promise.all(workers.map(({ app }) => app.remind()))
    await Promise.all(workers.map(({ app }) => app.remind()))
    await Promise.all(workers.map(({ app }) => app.idle()))
    const owing = example.people.filter(({ duties }) => duties.length > 0).length
    const reminded = workers.flatMap(({ channel }) =>
      channel.sent.filter(({ message }) => message.text.includes('còn **')).map(({ to }) => to),
    )
    expect(reminded).toHaveLength(OFFICES * owing)
    expect(new Set(reminded).size).toBe(OFFICES * owing)
    expect(workers.map(({ app }) => app.counts.faults)).toEqual([0, 0, 0])
    await Promise.all(workers.map(({ app }) => app.stop()))
    await Promise.all(workers.map(({ store }) => store.close()))
  },
  240_000,
)
