import { defineConfig } from 'vitest/config'

/** `vitest run` is the unit suite; `--mode e2e`, `--mode fault` and `--mode bench` are the slow ones, one file at a time. */
export default defineConfig(({ mode }) => {
  const slow = mode !== 'test'
  return {
    test: {
      environment: 'node',
      // Native addons (SQLite) want processes, not worker threads.
      pool: 'forks',
      include: slow ? [`test/${mode}/**/*.test.{ts,tsx}`] : ['test/**/*.test.{ts,tsx}'],
      exclude: slow ? [] : ['test/e2e/**', 'test/fault/**', 'test/bench/**'],
      fileParallelism: !slow,
      testTimeout: slow ? 180_000 : 20_000,
      hookTimeout: slow ? 180_000 : 30_000,
      expect: { requireAssertions: !slow },
    },
  }
})
