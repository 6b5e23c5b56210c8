import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { sharedIn } from './accounts.ts'
import { type App, createApp } from './app.ts'
import { createTerminalChannel } from './channels/terminal.ts'
import { pasteRefreshToken } from './channels/zalo-oa/tokens.ts'
import { type Config, isBadVariable, readConfig } from './config.ts'
import { addMinutes, dayOf, momentOf } from './core/calendar.ts'
import { findPerson, Office, placeOf } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { dataWindow, type Period, readPeriodKey } from './core/period.ts'
import { titleOf, writeDay } from './core/round.ts'
import { scheduleOf } from './core/schedule.ts'
import { readFormFile } from './forms.ts'
import { hashCode, INVITE_MINUTES, newCode } from './invite.ts'
import { play } from './play.ts'
import {
  describeFaults,
  type Prompts,
  readDuties,
  readOfficeFile,
  readPack,
  readPrompts,
  readShelf,
} from './prompts.ts'
import { readLine } from './read.ts'
import { periodsWithoutPack } from './rounds.ts'
import { openSample } from './sample.ts'
import { readScenario } from './scenario.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/store.ts'
import { FileFault, writeYaml } from './yaml.ts'

/** `npm run -s thuky -- <verb>`: each verb is a few lines over app and core. 0 done, 1 the input is at fault, 2 wrong usage. */
const clock = () => momentOf(Date.now())

interface Call {
  readonly words: readonly string[]
  readonly out?: string
  readonly office?: string
  readonly isJson: boolean
  /** With the record of where every figure comes from. */
  readonly withSources: boolean
}

interface Desk {
  readonly config: Config
  readonly prompts: Prompts
}

/** The input is at fault; the message is in Vietnamese and says how to mend it. */
class Refusal extends Error {}
/** The command line itself is not understood. */
class Usage extends Error {}

const VERBS: Readonly<Record<string, (call: Call, desk: Desk) => Promise<unknown>>> = {
  play: async ({ words: [file], out, isJson }, { prompts }) => {
    if (file === undefined || out === undefined) throw new Usage()
    const scenario = await readScenario(file, prompts.duties, prompts.packs)
    const summary = await play(scenario, prompts, out)
    const { words } = prompts
    for (const { step, words: missing } of isJson ? [] : summary.failed)
      print(words.text('cli.expectation', { step, words: missing }))
    const counts = { expected: summary.expected, failed: summary.failed.length, folder: out }
    if (!isJson) print(words.text('cli.played', { title: scenario.title, ...counts }))
    process.exitCode = summary.failed.length > 0 ? 1 : 0
    return summary
  },
  read: async (_, { prompts }) => {
    let line = 0
    for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1
      if (text.trim() === '') continue
      const result = readLine(text, prompts.words, clock())
      if (!result) throw new Refusal(prompts.words.text('cli.badLine', { line }))
      print(JSON.stringify(result))
    }
    return undefined
  },
  'office check': async ({ words: [file], isJson }, { prompts }) => {
    if (file === undefined) throw new Usage()
    const office = await readOfficeFile(file, prompts.duties, prompts.packs)
    const found = { office: placeOf(office), people: office.people.length }
    if (!isJson) print(prompts.words.text('cli.officeFine', found))
    return { ...found, id: office.id }
  },
  'office load': async ({ words: [file], isJson }, desk) => {
    if (file === undefined) throw new Usage()
    const office = await readOfficeFile(file, desk.prompts.duties, desk.prompts.packs)
    await withStore(desk, (store) =>
      office.isSample
        ? openSample({ store, app: appFor(desk, store), office, packs: desk.prompts.packs, now: clock() })
        : store.saveOffice({ id: office.id, data: JSON.stringify(office) }, clock()),
    )
    const found = { office: placeOf(office), people: office.people.length }
    if (!isJson) print(desk.prompts.words.text('cli.officeLoaded', found))
    return { ...found, id: office.id }
  },
  'pack check': async ({ words: files, isJson }, { prompts, config }) => {
    const shelf = await readShelf(config.promptsDir)
    const checked =
      files.length > 0
        ? await Promise.all(files.map(async (file) => [file, await readPack(file, shelf)] as const))
        : prompts.packs.map((pack) => [pack.id, pack] as const)
    for (const [file, pack] of isJson ? [] : checked)
      print(prompts.words.text('cli.packFine', { file, items: pack.items.length }))
    return checked.map(([file, pack]) => ({ file, id: pack.id, items: pack.items.length }))
  },
  'form import': async ({ words: [file], out, isJson }, { prompts, config }) => {
    if (file === undefined || out === undefined) throw new Usage()
    const form = await readFormFile(file, await readDuties(config.promptsDir))
    if (!form) throw new Refusal(prompts.words.text('cli.noForm', { file }))
    const id = basename(out, '.yaml')
    const label = prompts.words.text('form.label')
    const columns = {
      code: prompts.words.text('form.code'),
      name: prompts.words.text('form.name'),
      unit: prompts.words.text('form.unit'),
      value: prompts.words.text('form.value'),
      note: prompts.words.text('form.note'),
    }
    const { groups, items, rows, defects } = form
    const title = prompts.words.text('form.title', { KY: '{KY}' })
    const reference = prompts.words.text('form.reference', { nam: '{nam}', don_vi: '{don_vi}' })
    const pack = {
      id,
      name: id,
      extends: 'cchc',
      groups,
      items,
      appendices: [{ label, title, reference, columns, rows }],
    }
    await writeOut(out, Buffer.from(writeYaml(pack)), { prompts, config })
    for (const { row, what, value } of isJson ? [] : defects)
      print(prompts.words.text(`form.${what}`, { row, value }))
    const found = { file: out, rows: rows.length, items: items.length, defects: defects.length }
    if (!isJson) print(prompts.words.text('cli.formImported', found))
    return { ...found, defects }
  },
  'period open': async ({ words: [ky], office: officeId, isJson }, desk) => {
    const period = readKy(ky, desk)
    return withStore(desk, async (store) => {
      const office = await chooseOffice(store, officeId, desk)
      const waiting = await periodsWithoutPack(store, { office, packs: desk.prompts.packs, now: clock() })
      if (waiting.length > 0 && !isJson)
        print(
          desk.prompts.words.text('cli.packGone', { office: placeOf(office), periods: waiting.join(', ') }),
        )
      const pack = packFor(office, period, desk)
      const { closes } = scheduleOf(period, office.calendar)
      if (dataWindow(period).from > dayOf(clock()))
        throw new Refusal(
          desk.prompts.words.text('cli.notBegun', {
            period: period.key,
            day: writeDay(dataWindow(period).from),
          }),
        )
      if (closes < clock())
        throw new Refusal(
          desk.prompts.words.text('cli.periodOver', { period: period.key, day: writeDay(dayOf(closes)) }),
        )
      const result = await appFor(desk, store).openPeriod(office.id, pack, period)
      const values = { period: titleOf({ pack, period }), office: placeOf(office) }
      if (!isJson)
        print(desk.prompts.words.text(result === 'opened' ? 'cli.periodOpened' : 'cli.periodKnown', values))
      return { period: period.key, result }
    })
  },
  report: async ({ words: [ky], office: officeId, out, isJson, withSources }, desk) => {
    if (out === undefined) throw new Usage()
    const period = readKy(ky, desk)
    const { from } = dataWindow(period)
    if (from > dayOf(clock()))
      throw new Refusal(desk.prompts.words.text('cli.notBegun', { period: period.key, day: writeDay(from) }))
    return withStore(desk, async (store) => {
      const office = await chooseOffice(store, officeId, desk)
      const pack = packFor(office, period, desk)
      const { file, done, total, sha256 } = await appFor(desk, store).draft(office.id, {
        period,
        pack,
        withSources,
      })
      await writeOut(out, file.bytes, desk)
      if (!isJson) print(desk.prompts.words.text('cli.reportWritten', { file: out, done, total }))
      return { file: out, done, total, sha256 }
    })
  },
  export: async ({ words: [ky], office: officeId, out, isJson }, desk) => {
    if (out === undefined) throw new Usage()
    const period = readKy(ky, desk)
    return withStore(desk, async (store) => {
      const office = await chooseOffice(store, officeId, desk)
      const pack = packFor(office, period, desk)
      await writeOut(out, await appFor(desk, store).figures(office.id, { period, pack }), desk)
      if (!isJson) print(desk.prompts.words.text('cli.exported', { file: out }))
      return { file: out }
    })
  },
  invite: async ({ words: [personId], office: officeId, isJson }, desk) => {
    if (personId === undefined) throw new Usage()
    return withStore(desk, async (store) => {
      const office = await chooseOffice(store, officeId, desk)
      const person = personIn(office, personId, desk)
      const code = newCode()
      await store.saveInvite({
        officeId: office.id,
        personId: person.id,
        codeHash: hashCode(code),
        expiresAt: addMinutes(clock(), INVITE_MINUTES),
      })
      if (!isJson)
        print(desk.prompts.words.text('cli.invite', { person: person.name, code, minutes: INVITE_MINUTES }))
      return { person: person.id, code, minutes: INVITE_MINUTES }
    })
  },
  'zalo token': async ({ words: [given], isJson }, desk) => {
    const { text } = desk.prompts.words
    const { zaloOa } = desk.config.accounts
    if (!zaloOa) throw new Refusal(text('cli.noZaloOa'))
    const token = given ?? (await readSecretLine(text('cli.tokenHow')))
    return withStore(desk, async (store) => {
      const { appSecret } = zaloOa
      const result = await pasteRefreshToken({ shared: sharedIn(store, Date.now), appSecret, token })
      if (result !== 'taken') throw new Refusal(text('cli.tokenWrong', { reason: text(`token.${result}`) }))
      if (!isJson) print(text('cli.tokenKept'))
      return { result }
    })
  },
  talk: async ({ words: [personId], office: officeId }, desk) => {
    if (personId === undefined) throw new Usage()
    return withStore(desk, async (store) => {
      const office = await chooseOffice(store, officeId, desk)
      const person = personIn(office, personId, desk)
      await store.bind(
        { channel: 'terminal', chat: person.id, officeId: office.id, personId: person.id },
        clock(),
      )
      const folder = join(desk.config.dataDir, 'terminal')
      await new Promise<void>((resolve) => {
        process.stdin.on('end', resolve)
        const channel = createTerminalChannel({
          input: process.stdin,
          output: process.stdout,
          chat: person.id,
          folder,
        })
        const app = createApp({ ...appParts(desk, store), channels: [channel] })
        void channel.start(app.receive(channel.name)).then(() =>
          app.receive(channel.name)({
            id: `talk-${Date.now()}`,
            chat: person.id,
            text: '/start',
            files: [],
          }),
        )
      })
      return undefined
    })
  },
}

async function run(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const config = readConfig(process.env)
  if (isBadVariable(config)) {
    const { words } = await readPrompts('prompts')
    throw new Refusal(words.text('cli.badEnvironment', { ...config }))
  }
  const prompts = await readPrompts(config.promptsDir)
  try {
    if (process.argv.includes('--help')) return print(prompts.words.text('cli.usage'))
    const call = readCall(process.argv.slice(2))
    const name = [call.words.slice(0, 2).join(' '), call.words[0] ?? ''].find((one) =>
      Object.hasOwn(VERBS, one),
    )
    const verb = name === undefined ? undefined : VERBS[name]
    if (!verb || name === undefined) throw new Usage()
    const result = await verb(
      { ...call, words: call.words.slice(name.split(' ').length) },
      { config, prompts },
    )
    if (call.isJson && result !== undefined) print(JSON.stringify(result))
  } catch (error) {
    if (!(error instanceof Usage)) throw error
    process.stderr.write(`${prompts.words.text('cli.usage')}\n`)
    process.exitCode = 2
  }
}

function readCall(args: readonly string[]): Call {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        office: { type: 'string' },
        json: { type: 'boolean', default: false },
        sources: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    return {
      words: positionals,
      isJson: values.json,
      withSources: values.sources,
      ...(values.out === undefined ? {} : { out: values.out }),
      ...(values.office === undefined ? {} : { office: values.office }),
    }
  } catch {
    throw new Usage()
  }
}

/** Typed or piped in, so that it need not stand in the shell's history. */
async function readSecretLine(how: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`${how}\n`)
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function withStore<T>({ config }: Desk, work: (store: Store) => Promise<T>): Promise<T> {
  await mkdir(config.dataDir, { recursive: true })
  const store = await openStore(config.databaseUrl)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

function appParts({ prompts }: Desk, store: Store) {
  return {
    store,
    packs: prompts.packs,
    words: prompts.words,
    channels: [],
    clock,
    log: pino({ level: 'silent' }),
  }
}

function appFor(desk: Desk, store: Store): App {
  return createApp(appParts(desk, store))
}

async function writeOut(path: string, bytes: Uint8Array, { prompts }: Desk): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  } catch {
    throw new Refusal(prompts.words.text('cli.notWritten', { file: path }))
  }
}

function readKy(text: string | undefined, { prompts }: Desk): Period {
  if (text === undefined) throw new Usage()
  const period = readPeriodKey(text)
  if (!period) throw new Refusal(prompts.words.text('cli.badPeriod', { period: text }))
  return period
}

function packFor(office: Office, period: Period, { prompts }: Desk): ReportPack {
  const pack = packsOf(office, prompts.packs).find((one) => one.periods[period.name] !== undefined)
  if (!pack) throw new Refusal(prompts.words.text('cli.noPack', { period: period.key }))
  return pack
}

async function chooseOffice(store: Store, id: string | undefined, { prompts }: Desk): Promise<Office> {
  const offices = (await store.listOffices()).map((stored) => Office.parse(JSON.parse(stored.data)))
  const [only] = offices
  if (id === undefined && only && offices.length === 1) return only
  if (id === undefined && offices.length > 1) {
    throw new Refusal(
      prompts.words.text('cli.whichOffice', { offices: offices.map((office) => office.id).join(', ') }),
    )
  }
  const found = offices.find((office) => office.id === id)
  if (!found) throw new Refusal(prompts.words.text('cli.noOffice', { office: id ?? '' }))
  return found
}

function personIn(office: Office, id: string, { prompts }: Desk) {
  const person = findPerson(office, id)
  if (!person) throw new Refusal(prompts.words.text('cli.noPerson', { person: id }))
  return person
}

run().catch(async (error: unknown) => {
  process.exitCode = 1
  if (error instanceof Refusal) process.stderr.write(`${error.message}\n`)
  else if (error instanceof FileFault)
    process.stderr.write(
      `${(await describeFaults(process.env['PROMPTS_DIR'] || 'prompts', error.faults)).join('\n')}\n`,
    )
  else console.error(error)
})
