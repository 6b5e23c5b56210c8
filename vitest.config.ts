import { defineConfig } from 'vitest/config'

// A clock far from Vietnam's, with summer time: whoever reads the machine's zone is found out.
process.env['TZ'] ??= 'America/New_York'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/store/postgres.ts'],
    // Every core: on two, the default leaves one idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { include: ['src/**', 'jobs/**'], exclude: ['src/store/generated/**'] },
  },
})
