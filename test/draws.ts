import fc from 'fast-check'

/**
 * Random tests draw the same each time, so that a red run means the change is at fault and not the day.
 * `DRAWS=7 npx vitest run …` draws others: a fault found so becomes a case of its own.
 */
fc.configureGlobal({ seed: Number(process.env['DRAWS'] ?? 1) })

export { fc }
