import { defineConfig } from 'vitest/config'

/** The fast tests of the pure core only: what a mutant must not survive. */
export default defineConfig({ test: { include: ['test/core/**/*.test.ts'] } })
