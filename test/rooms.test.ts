import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Who may look at whom: the house as a test. A room is a folder or a file of src, or jobs. */
const ROOT = resolve(import.meta.dirname, '..')

/** What each room may import of ours, beside itself. A room that is not listed may import nothing. */
const MAY_SEE: Readonly<Record<string, readonly string[]>> = {
  core: [],
  channels: ['core'],
  store: ['core'],
  render: ['core'],
  yaml: ['core'],
  words: ['core', 'yaml'],
  log: [],
  config: [],
  web: ['core', 'channels', 'store'],
  prompts: ['core', 'words', 'yaml', 'web'],
  rounds: ['core', 'store'],
  forms: ['core', 'prompts'],
  draft: ['core', 'render', 'store', 'words'],
  archive: [],
  sheets: ['archive', 'core'],
  documents: ['archive', 'core', 'sheets'],
  invite: [],
  incoming: ['channels', 'core', 'documents', 'invite', 'store'],
  links: ['channels', 'core', 'store', 'web'],
  accounts: ['channels', 'config', 'core', 'store', 'words'],
  outgoing: ['channels', 'links', 'store', 'words'],
  deeds: ['channels', 'core', 'invite', 'outgoing', 'store', 'words', 'draft', 'rounds'],
  delivery: ['channels', 'core', 'store'],
  world: ['core', 'deeds', 'rounds', 'store'],
  steps: ['core', 'deeds', 'store', 'world'],
  chores: ['core', 'rounds', 'steps', 'store'],
  notices: ['channels', 'core', 'steps', 'store'],
  strangers: ['channels', 'core', 'incoming', 'store', 'words'],
  detour: ['channels', 'core', 'delivery', 'outgoing', 'steps', 'store', 'world'],
  app: [
    'channels',
    'chores',
    'core',
    'deeds',
    'delivery',
    'detour',
    'draft',
    'incoming',
    'links',
    'notices',
    'outgoing',
    'rounds',
    'steps',
    'store',
    'strangers',
    'words',
    'world',
  ],
  rooms: ['core', 'store', 'words', 'rounds', 'web'],
  read: ['core', 'words'],
  habits: ['core', 'rounds', 'store'],
  scenario: ['core', 'habits', 'prompts', 'yaml'],
  effort: ['core'],
  stage: ['app', 'channels', 'core', 'effort', 'rounds', 'scenario', 'store'],
  results: ['core', 'effort', 'prompts', 'rounds', 'stage', 'store'],
  play: [
    'app',
    'channels',
    'core',
    'effort',
    'habits',
    'prompts',
    'results',
    'rounds',
    'scenario',
    'stage',
    'store',
  ],
  sample: ['core', 'app', 'store'],
  jobs: ['app'],
  main: [
    'accounts',
    'app',
    'channels',
    'config',
    'core',
    'jobs',
    'links',
    'log',
    'prompts',
    'rooms',
    'rounds',
    'sample',
    'store',
    'web',
    'words',
    'yaml',
  ],
  cli: [
    'accounts',
    'app',
    'channels',
    'config',
    'core',
    'forms',
    'invite',
    'play',
    'prompts',
    'read',
    'rounds',
    'sample',
    'scenario',
    'store',
    'yaml',
  ],
}

/** Libraries that only one room may know. */
const ONLY_IN: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(@prisma\/|@libsql\/|pg$)/, ['store']],
  [/^docx$/, ['render']],
  [/^temporal-polyfill/, ['core']],
  [/^liquidjs$/, ['core']],
  [/^telegraf/, ['channels']],
  [/^undici$/, ['channels']],
  [/^rate-limiter-flexible$/, ['store']],
  [/^node-cron$/, ['main']],
  [/^yaml$/, ['yaml']],
  [/^read-excel-file/, ['forms', 'sheets']],
  [/^mammoth$/, ['documents']],
  [/^write-excel-file/, ['render']],
]

const CORE_LIBRARIES = ['zod', 'temporal-polyfill', 'liquidjs']

interface Import {
  readonly file: string
  readonly room: string
  readonly target: string
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
}

/** "src/core/figures/read.ts" → "core"; "src/app.ts" → "app"; "jobs/beat.ts" → "jobs". */
function roomOf(path: string): string {
  const [top = '', second = ''] = relative(ROOT, path).split('/')
  return top === 'src' ? second.replace(/\.ts$/, '') : top
}

function importsOf(file: string, text: string): readonly Import[] {
  const found = text.matchAll(/\b(?:from |import\(|import )'([^'\n]+)'/g)
  return [...found].map((match) => ({
    file: relative(ROOT, file),
    room: roomOf(file),
    target: match[1] ?? '',
  }))
}

function offences(imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ file, room, target }) => {
    const say = [`${file} → ${target}`]
    if (target.startsWith('.')) {
      const other = roomOf(resolve(ROOT, dirname(file), target))
      return other === room || MAY_SEE[room]?.includes(other) ? [] : say
    }
    if (room === 'core') return CORE_LIBRARIES.includes(target) ? [] : say
    return ONLY_IN.some(([library, rooms]) => library.test(target) && !rooms.includes(room)) ? say : []
  })
}

const all = [...filesUnder(join(ROOT, 'src')), ...filesUnder(join(ROOT, 'jobs'))].flatMap((file) =>
  importsOf(file, readFileSync(file, 'utf8')),
)

describe('the house', () => {
  it('lets every room look only where it may', () => {
    expect(all.length).toBeGreaterThan(100)
    expect(offences(all)).toEqual([])
  })

  it('never reads the clock of the machine in its own zone', () => {
    const local =
      /\.(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)\(|toLocale(?:Date|Time)String/
    const files = [...filesUnder(join(ROOT, 'src')), ...filesUnder(join(ROOT, 'jobs'))]
    expect(files.filter((file) => local.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  it('notices a core that looks into the store, and a library outside its room', () => {
    const broken = importsOf(
      join(ROOT, 'src/core/talk.ts'),
      "import type { Store } from '../store/store.ts'\nimport { readFile } from 'node:fs/promises'",
    )
    expect(offences(broken)).toEqual([
      'src/core/talk.ts → ../store/store.ts',
      'src/core/talk.ts → node:fs/promises',
    ])
    expect(offences(importsOf(join(ROOT, 'src/app.ts'), "import { Document } from 'docx'"))).toEqual([
      'src/app.ts → docx',
    ])
  })

  it('keeps the core free of clocks, chance and waiting', () => {
    const impure = filesUnder(join(ROOT, 'src/core')).filter((file) =>
      /Date\.now|new Date\(\)|Math\.random|\basync\b|\bawait\b|Temporal\.Now|process\./.test(
        readFileSync(file, 'utf8'),
      ),
    )
    expect(impure).toEqual([])
  })

  it('lets only the composition roots ask what time it is', () => {
    const asking = filesUnder(join(ROOT, 'src')).filter((file) =>
      /Date\.now\(|new Date\(\)/.test(readFileSync(file, 'utf8')),
    )
    expect(asking.map((file) => relative(ROOT, file)).sort()).toEqual(['src/cli.ts', 'src/main.ts'])
  })
})
