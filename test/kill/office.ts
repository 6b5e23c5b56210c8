import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { createRecordingChannel } from '../../src/channels/recording.ts'
import { momentOf } from '../../src/core/calendar.ts'
import { packsOf } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import { readOfficeFile, readPrompts } from '../../src/prompts.ts'
import { openStore } from '../../src/store/open.ts'

/** The process that gets killed: a real office on a real file; what it is handed comes by lines, what it stored and sent goes by lines. */
const [database = '', deliveries = '', began = ''] = process.argv.slice(2)
const { words, packs, duties } = await readPrompts('prompts')
const office = await readOfficeFile('prompts/office.example.yaml', duties)
const store = await openStore(`file:${database}`)
const recording = createRecordingChannel('web')
const channel: typeof recording = {
  ...recording,
  send: async (to, message) => {
    appendFileSync(deliveries, `${JSON.stringify({ to, id: message.id })}\n`)
    return recording.send(to, message)
  },
}
/** Runs fast, and on through every restart: so many messages in one minute would be a flood. */
const clock = () => momentOf(Date.UTC(2025, 2, 5) + (Date.now() - Number(began)) * 400)
const app = createApp({ store, packs, words, channels: [channel], clock, log: pino({ level: 'silent' }) })
const now = clock()
await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, now)
for (const { id } of office.people)
  await store.bind({ channel: 'web', chat: id, officeId: office.id, personId: id }, now)
const [pack] = packsOf(office, packs)
if (pack) await app.openPeriod(office.id, pack, periodOf('quy1', 2025))
await channel.start(app.receive('web'))
await app.beat()
process.stdout.write('ready\n')

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'finish') {
    await app.idle()
    // A lease of a killed process must run out before its row may go again.
    await app.stop()
    await store.close()
    process.stdout.write('finished\n')
    break
  }
  const update: { id: string; chat: string; text: string } = JSON.parse(line)
  void channel
    .hand({ ...update, files: [] })
    .then(({ isStored }) => process.stdout.write(`${isStored ? 'stored' : 'refused'} ${update.id}\n`))
}
process.exit(0)
