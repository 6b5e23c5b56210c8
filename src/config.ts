import { join } from 'node:path'
import { z } from 'zod'

const Text = z.string().min(1)
const Url = z.url().transform((url) => url.replace(/\/+$/, ''))

/** What the environment may say; every name is described in .env.example. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: Text.default('127.0.0.1'),
  DATA_DIR: Text.default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/)
    .optional(),
  PROMPTS_DIR: Text.default('prompts'),
  OFFICE_FILE: Text.optional(),
  LOG_LEVEL: z.literal(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  LOG_FILE: Text.optional(),
  PUBLIC_URL: Url.optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:\S{10,}$/)
    .optional(),
  TELEGRAM_API_ROOT: Url.default('https://api.telegram.org'),
  TELEGRAM_MODE: z.literal(['polling', 'webhook']).default('polling'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{8,256}$/)
    .optional(),
  ZALO_OA_APP_ID: z.string().regex(/^\d+$/).optional(),
  ZALO_OA_APP_SECRET: Text.optional(),
  ZALO_OA_WEBHOOK_SECRET: Text.optional(),
  ZALO_OA_REFRESH_TOKEN: Text.optional(),
  ZALO_OA_API_ROOT: Url.optional(),
  ZALO_OAUTH_ROOT: Url.optional(),
  ZALO_OA_PHONE_IMAGE: Url.optional(),
  ZALO_BOT_TOKEN: Text.optional(),
  ZALO_BOT_API_ROOT: Url.default('https://bot-api.zaloplatforms.com'),
  ZALO_BOT_WEBHOOK_SECRET: z.string().min(8).max(256).optional(),
})
type Environment = z.infer<typeof Environment>

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
  /** Without a slash at its end. */
  readonly publicUrl?: string
  readonly accounts: Accounts
}

/** The credentials of each channel; one without is off. */
export interface Accounts {
  readonly telegram?: { readonly token: string; readonly apiRoot: string } & (
    | { readonly mode: 'polling' }
    | { readonly mode: 'webhook'; readonly webhookSecret: string; readonly publicUrl: string }
  )
  readonly zaloOa?: {
    readonly appId: string
    readonly appSecret: string
    readonly webhookSecret?: string
    readonly seedRefreshToken?: string
    readonly apiRoot?: string
    readonly oauthRoot?: string
    /** The picture on the card that asks for a telephone number; without one nobody is asked. */
    readonly phoneImage?: string
  }
  readonly zaloBot?: { readonly token: string; readonly apiRoot: string } & (
    | { readonly mode: 'polling' }
    | { readonly mode: 'webhook'; readonly webhookSecret: string; readonly publicUrl: string }
  )
}

/** The variable that turns each channel on. */
export const SWITCHES = {
  telegram: 'TELEGRAM_BOT_TOKEN',
  zaloOa: 'ZALO_OA_APP_ID',
  zaloBot: 'ZALO_BOT_TOKEN',
} as const satisfies Readonly<Record<keyof Accounts, keyof Environment>>

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
  const env = parsed.data
  const missing = missingBeside(env)
  if (missing !== undefined) return { name: missing, expected: EXPECTED[missing] ?? missing }
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? `file:${join(env.DATA_DIR, 'thuky.db')}`,
    promptsDir: env.PROMPTS_DIR,
    officeFile: env.OFFICE_FILE ?? join(env.PROMPTS_DIR, 'office.example.yaml'),
    logLevel: env.LOG_LEVEL,
    logFile: env.LOG_FILE ?? join(env.DATA_DIR, 'thuky.log'),
    ...(env.PUBLIC_URL === undefined ? {} : { publicUrl: env.PUBLIC_URL }),
    accounts: accountsOf(env),
  }
}

/** What has to stand beside something that is set. */
function missingBeside(env: Environment): keyof Environment | undefined {
  const needed: readonly (keyof Environment)[] = [
    ...(env.TELEGRAM_BOT_TOKEN && env.TELEGRAM_MODE === 'webhook'
      ? (['PUBLIC_URL', 'TELEGRAM_WEBHOOK_SECRET'] as const)
      : []),
    ...(env.ZALO_OA_APP_ID ? (['ZALO_OA_APP_SECRET'] as const) : []),
    ...(env.ZALO_BOT_TOKEN && env.ZALO_BOT_WEBHOOK_SECRET ? (['PUBLIC_URL'] as const) : []),
  ]
  return needed.find((name) => env[name] === undefined)
}

function accountsOf(env: Environment): Accounts {
  const publicUrl = env.PUBLIC_URL ?? ''
  const telegramSecret = env.TELEGRAM_MODE === 'webhook' ? env.TELEGRAM_WEBHOOK_SECRET : undefined
  return {
    ...(env.TELEGRAM_BOT_TOKEN && {
      telegram: {
        token: env.TELEGRAM_BOT_TOKEN,
        apiRoot: env.TELEGRAM_API_ROOT,
        ...modeOf(telegramSecret, publicUrl),
      },
    }),
    ...(env.ZALO_OA_APP_ID &&
      env.ZALO_OA_APP_SECRET && {
        zaloOa: {
          appId: env.ZALO_OA_APP_ID,
          appSecret: env.ZALO_OA_APP_SECRET,
          ...(env.ZALO_OA_WEBHOOK_SECRET && { webhookSecret: env.ZALO_OA_WEBHOOK_SECRET }),
          ...(env.ZALO_OA_REFRESH_TOKEN && { seedRefreshToken: env.ZALO_OA_REFRESH_TOKEN }),
          ...(env.ZALO_OA_API_ROOT && { apiRoot: env.ZALO_OA_API_ROOT }),
          ...(env.ZALO_OAUTH_ROOT && { oauthRoot: env.ZALO_OAUTH_ROOT }),
          ...(env.ZALO_OA_PHONE_IMAGE && { phoneImage: env.ZALO_OA_PHONE_IMAGE }),
        },
      }),
    ...(env.ZALO_BOT_TOKEN && {
      zaloBot: {
        token: env.ZALO_BOT_TOKEN,
        apiRoot: env.ZALO_BOT_API_ROOT,
        ...modeOf(env.ZALO_BOT_WEBHOOK_SECRET, publicUrl),
      },
    }),
  }
}

function modeOf(webhookSecret: string | undefined, publicUrl: string) {
  return webhookSecret === undefined
    ? ({ mode: 'polling' } as const)
    : ({ mode: 'webhook', webhookSecret, publicUrl } as const)
}

const EXPECTED: Readonly<Record<string, string>> = {
  PORT: '0–65535',
  DATABASE_URL: 'file:… | postgresql://…',
  LOG_LEVEL: 'fatal | error | warn | info | debug | silent',
  PUBLIC_URL: 'https://…',
  TELEGRAM_BOT_TOKEN: '123456789:AA…',
  TELEGRAM_MODE: 'polling | webhook',
  TELEGRAM_WEBHOOK_SECRET: 'A-Z a-z 0-9 _ - (8–256)',
  ZALO_OA_APP_ID: '1234567890123456789',
  ZALO_BOT_WEBHOOK_SECRET: '8–256',
}

export function isBadVariable(config: Config | BadVariable): config is BadVariable {
  return 'expected' in config
}
