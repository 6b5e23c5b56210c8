import { type Logger, pino } from 'pino'

/** Structured lines without message texts, names or tokens: an error keeps its kind, code and stack, not its words. */
export function createLog(options: { readonly level: string; readonly file: string }): Logger {
  const destination = pino.destination({
    dest: options.file === '-' ? 1 : options.file,
    mkdir: true,
    sync: false,
  })
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    destination,
  )
}

interface LoggedError {
  readonly name: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: LoggedError
}

/** Libraries put what they were given into an error's words: a query with its values, a URL with its token. */
function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...code,
    ...(frames ? { stack: frames.join('\n') } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
