/**
 * The tests' projects. unit: everything that runs on Node alone, real SQLite included; component: Svelte in jsdom;
 * e2e: the built application in real windows, two files at a time; full: the long ones of `npm run test:full`.
 * `npm test` runs them in order (scripts/test.mjs) and needs nothing that is not named here.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const longTests = ['test/e2e/**', 'test/faults/**', 'test/full/**'];
const componentTests = ['test/renderer/**/*.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default'],
    // Every core, where Vitest by itself leaves one free: on two cores that would be half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.{ts,mjs}'],
          exclude: [...longTests, ...componentTests],
          pool: 'forks',
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'component',
          environment: 'jsdom',
          include: componentTests,
          setupFiles: ['test/support/property-seed.ts', 'test/renderer/patience.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          pool: 'forks',
          // What goes wrong once on a machine under load is tried again; the reports still show the retry.
          retry: 1,
          // Each window has a ledger and a profile of its own, and is alone with its focus under the driver.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['test/faults/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'full',
          environment: 'node',
          include: ['test/full/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
