import { configDefaults, defineConfig } from 'vitest/config';
import { UNIT_LANES } from './scripts/lib/lanes.mjs';

const unit = {
  environment: 'node' as const,
  pool: 'forks' as const,
  globalSetup: ['e2e/support/keychain-setup.ts'],
  env: { TZ: 'Europe/London' },
  testTimeout: 20_000,
  hookTimeout: 20_000,
};

/** Of one lane: see scripts/lib/lanes.mjs. */
const files = ({ include, exclude }: { readonly include: string[]; readonly exclude: string[] }) => ({
  include,
  exclude: [...configDefaults.exclude, ...exclude],
});

const windows = {
  environment: 'node' as const,
  pool: 'forks' as const,
  fileParallelism: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/**
 * Everything runs in the Electron binary as Node (see scripts/test.mjs): the runtime that ships is the runtime that is
 * tested. `--project 'node*'` are unit and store tests in their three lanes, `--project e2e` open real windows, one at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...unit,
          ...files(UNIT_LANES.pure),
          name: 'node-pure',
          globalSetup: [],
          isolate: false,
          unstubGlobals: true,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...unit,
          ...files(UNIT_LANES.real),
          name: 'node-real',
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...unit,
          ...files(UNIT_LANES.clock),
          name: 'node-clock',
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          ...windows,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/package/**'],
          globalSetup: ['e2e/support/run-setup.ts'],
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          ...windows,
          name: 'package',
          include: ['e2e/package/**/*.test.ts'],
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
