import { defineConfig } from 'vitest/config';

/**
 * Everything runs in the Electron binary as Node (see scripts/test.mjs): the runtime that ships is the runtime that is
 * tested. `--project node` are unit and store tests, `--project e2e` open real windows, one at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          pool: 'forks',
          include: [
            'electron/**/*.test.ts',
            'db/**/*.test.ts',
            'scripts/**/*.test.{ts,mjs}',
            'renderer/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          globalSetup: ['e2e/support/keychain-setup.ts'],
          env: { TZ: 'Europe/London' },
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          pool: 'forks',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/package/**'],
          globalSetup: ['e2e/support/run-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'package',
          environment: 'node',
          pool: 'forks',
          include: ['e2e/package/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
