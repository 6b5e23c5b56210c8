import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { type ScheduledTask, schedule } from 'node-cron'
import type { Logger } from 'pino'
import { jobs } from '../jobs/list.ts'
import { createAccounts } from './accounts.ts'
import { type App, createApp } from './app.ts'
import { createWebChannel } from './channels/web.ts'
import { type Config, isBadVariable, readConfig, SWITCHES } from './config.ts'
import { momentOf } from './core/calendar.ts'
import { Office, placeOf } from './core/office.ts'
import { createLinks } from './links.ts'
import { createLog } from './log.ts'
import { describeFaults, type Prompts, readOfficeFile, readPrompts } from './prompts.ts'
import { createRooms } from './rooms.ts'
import { periodsWithoutPack } from './rounds.ts'
import { openSample } from './sample.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/store.ts'
import { createWebServer } from './web/server.ts'
import type { Words } from './words.ts'
import { FileFault } from './yaml.ts'

/** The composition root: environment → prompts → store → channels → app → jobs. The only clock. */
const clock = () => momentOf(Date.now())

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const config = readConfig(process.env)
  const prompts = await readPrompts(isBadVariable(config) ? 'prompts' : config.promptsDir)
  const { words } = prompts
  if (isBadVariable(config)) return leave(words.text('cli.badEnvironment', { ...config }))
  await mkdir(config.dataDir, { recursive: true }).catch((cause: Error) =>
    leave(words.text('cli.noFolder', { folder: config.dataDir, reason: reasonOf(cause) })),
  )
  const store = await openStore(config.databaseUrl).catch((cause: Error) =>
    leave(words.text('cli.databaseClosed', { reason: reasonOf(cause) })),
  )
  const log = createLog({ level: config.logLevel, file: config.logFile })
  const channel = createWebChannel()
  const accounts = createAccounts(config.accounts, { store, clock: Date.now, log, words })
  const channels = [channel, ...accounts]
  const { publicUrl } = config
  const links =
    publicUrl === undefined
      ? undefined
      : await createLinks({ store, clock, publicUrl, receive: (name) => app.receive(name) })
  const app = createApp({
    store,
    packs: prompts.packs,
    words,
    channels,
    clock,
    log,
    ...(links ? { links } : {}),
  })
  const server = createWebServer({
    rooms: createRooms({ store, packs: prompts.packs, words, clock }),
    channel,
    words: words.startingWith('web.'),
    health: {
      isReady: () =>
        store.countWork().then(
          () => app.troubled().size === 0,
          () => false,
        ),
      metrics: () => writeMetrics(app, store),
    },
    log,
    webhooks: channels.flatMap(({ webhook }) => webhook ?? []),
    ...(links ? { links } : {}),
    ...(publicUrl === undefined ? {} : { publicHost: new URL(publicUrl).host }),
  })
  await prepareOffice({ store, app, prompts, config })
  await sayWaitingPeriods(store, prompts)
  await channel.start(app.receive(channel.name), app.notify(channel.name))
  const port = await server
    .listen(config.port, config.host)
    .catch((cause: Error & { code?: string }) =>
      leave(
        cause.code === 'EADDRINUSE'
          ? words.text('cli.portTaken', { port: config.port })
          : words.text('cli.badEnvironment', { name: 'HOST', expected: `127.0.0.1 (${reasonOf(cause)})` }),
      ),
    )
  for (const account of accounts) await account.start(app.receive(account.name), app.notify(account.name))
  const tasks = startJobs(app, log)
  console.log(words.text('cli.ready', { address: `http://localhost:${port}/` }))
  for (const line of sayChannels(config, words)) console.log(line)
  log.info({ port }, 'ready')
  void app.beat().catch((error: unknown) => log.error({ err: error }, 'the first beat failed'))

  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    console.log(words.text('cli.stopping'))
    await Promise.all(tasks.map((task) => task.stop()))
    await Promise.all(channels.map((one) => one.stop()))
    await app.stop()
    await server.close()
    await store.close()
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** Where nobody has loaded an office yet, the sample office stands ready to be tried. */
async function prepareOffice({
  store,
  app,
  prompts,
  config,
}: {
  store: Store
  app: App
  prompts: Prompts
  config: Config
}): Promise<void> {
  const office = await readOfficeFile(config.officeFile, prompts.duties, prompts.packs)
  const offices = await store.listOffices()
  const isOwn = offices.length === 0 || offices.some((stored) => stored.id === office.id)
  if (office.isSample && isOwn) await openSample({ store, app, office, packs: prompts.packs, now: clock() })
  else if (!office.isSample) await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, clock())
}

/** Which channels are on, and what would turn the others on. */
function sayChannels({ accounts, publicUrl }: Config, words: Words): readonly string[] {
  const lines = (['telegram', 'zaloOa', 'zaloBot'] as const).map((name) =>
    accounts[name] === undefined
      ? words.text('cli.channelOff', { channel: words.text(`cli.${name}`), variable: SWITCHES[name] })
      : words.text('cli.channelOn', { channel: words.text(`cli.${name}`) }),
  )
  const isLinkless =
    publicUrl === undefined && (accounts.zaloBot !== undefined || accounts.zaloOa !== undefined)
  return isLinkless ? [...lines, words.text('cli.noPublicUrl')] : lines
}

/** A collection whose pack is gone is nowhere to be seen: the start says so. */
async function sayWaitingPeriods(store: Store, prompts: Prompts): Promise<void> {
  for (const { data } of await store.listOffices()) {
    const office = Office.safeParse(JSON.parse(data))
    // One that cannot be read is the beat's to log.
    if (!office.success) continue
    const { words, packs } = prompts
    const waiting = await periodsWithoutPack(store, { office: office.data, packs, now: clock() })
    if (waiting.length > 0)
      console.log(words.text('cli.packGone', { office: placeOf(office.data), periods: waiting.join(', ') }))
  }
}

function startJobs(app: App, log: Logger): readonly ScheduledTask[] {
  return jobs.map((job) =>
    schedule(
      job.cron,
      async () => {
        try {
          await job.run(app)
        } catch (error) {
          app.counts.faults += 1
          log.error({ err: error, job: job.name }, 'a job failed')
        }
      },
      { name: job.name, timezone: 'Asia/Ho_Chi_Minh', noOverlap: true },
    ),
  )
}

async function writeMetrics(app: App, store: Store): Promise<string> {
  const { inboxWaiting, outbox } = await store.countWork()
  const { turns, faults, turnMs } = app.counts
  return [
    '# TYPE thuky_turns_total counter',
    `thuky_turns_total ${turns}`,
    '# TYPE thuky_turn_seconds_total counter',
    `thuky_turn_seconds_total ${(turnMs / 1000).toFixed(3)}`,
    '# TYPE thuky_faults_total counter',
    `thuky_faults_total ${faults}`,
    '# TYPE thuky_inbox_waiting gauge',
    `thuky_inbox_waiting ${inboxWaiting}`,
    '# TYPE thuky_outbox_messages gauge',
    ...Object.entries(outbox).map(([state, count]) => `thuky_outbox_messages{state="${state}"} ${count}`),
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '',
  ].join('\n')
}

/** What lies at the bottom of a fault, in a few words: "ECONNREFUSED", "password authentication failed…". */
function reasonOf(error: Error): string {
  if (error.cause instanceof Error) return reasonOf(error.cause)
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : ''
  return `${code}${error.message.split('\n').at(-1) ?? ''}`.trim() || error.name
}

function leave(message: string): never {
  console.error(message)
  process.exit(1)
}

main().catch(async (error: unknown) => {
  if (error instanceof FileFault) {
    leave((await describeFaults(process.env['PROMPTS_DIR'] || 'prompts', error.faults)).join('\n'))
  }
  console.error(error)
  process.exit(1)
})
