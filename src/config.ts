import { join } from 'node:path'
import { z } from 'zod'

/** What the environment may say; every name is described in .env.example. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/)
    .optional(),
  PROMPTS_DIR: z.string().min(1).default('prompts'),
  OFFICE_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.literal(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  LOG_FILE: z.string().min(1).optional(),
  PUBLIC_URL: z.url().optional(),
})

export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string
  readonly promptsDir: string
  readonly officeFile: string
  readonly logLevel: string
  /** "-" for standard output. */
  readonly logFile: string
  readonly publicUrl?: string
}

/** A variable that cannot be used, for one sentence at the start. */
export interface BadVariable {
  readonly name: string
  readonly expected: string
}

/** Reads the environment once; an empty variable counts as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config | BadVariable {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = Environment.safeParse(present)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      name: String(issue?.path[0] ?? ''),
      expected: EXPECTED[String(issue?.path[0])] ?? issue?.message ?? '',
    }
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, PROMPTS_DIR, OFFICE_FILE, LOG_LEVEL, LOG_FILE, PUBLIC_URL } =
    parsed.data
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? `file:${join(DATA_DIR, 'thuky.db')}`,
    promptsDir: PROMPTS_DIR,
    officeFile: OFFICE_FILE ?? join(PROMPTS_DIR, 'office.example.yaml'),
    logLevel: LOG_LEVEL,
    logFile: LOG_FILE ?? join(DATA_DIR, 'thuky.log'),
    ...(PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL }),
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  PORT: '0–65535',
  DATABASE_URL: 'file:… | postgresql://…',
  LOG_LEVEL: 'fatal | error | warn | info | debug | silent',
  PUBLIC_URL: 'https://…',
}

export function isBadVariable(config: Config | BadVariable): config is BadVariable {
  return 'expected' in config
}
