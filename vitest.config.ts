import path from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

export default defineConfig({
  resolve: {
    // What keeps server code out of the browser's bundle is for the bundler alone.
    alias: { 'server-only': path.resolve(import.meta.dirname, 'node_modules/server-only/empty.js') },
  },
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: [...configDefaults.exclude, '.next/**', '.local/**'],
    globalSetup: 'tests/support/run.ts',
    reporters: ['default', './tests/support/closing-line.ts'],
    // What passing tests print is noise, lite's about every refusal above all.
    silent: 'passed-only',
    // Two cores are what a small machine has; more run more.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // A machine may be busy with other things than this run.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
