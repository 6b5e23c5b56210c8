import { readFileSync } from 'node:fs'

export const engines = ['sqlite', 'postgresql'] as const
export type Engine = (typeof engines)[number]

/** The one schema as Prisma wants it for an engine. */
export function schemaFor(engine: Engine): string {
  return withProvider(readFileSync(new URL('schema.prisma', import.meta.url), 'utf8'), engine)
}

export function withProvider(schema: string, engine: Engine): string {
  return schema
    .replace(/^( *provider += )"sqlite"$/m, `$1"${engine}"`)
    .replace(/^( *output +=).*$/m, `$1 "./${engine}"`)
}
