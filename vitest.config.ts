import path from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { mayForThePage } from './electron/contract/for-the-page.ts';
import { UNIT_LANES } from './scripts/lib/lanes.mjs';

// Every child and thread that a test starts reads the same files of ours: compiled once, each starts in less than half the time.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'out', 'test', 'compiled');

/**
 * A test that hangs is ended by these; one that is true must not be, on a slow machine that is busy besides. So they are long, and no
 * test has a shorter one of its own. What has to be quick is measured, in the lane for it.
 */
const patience = { testTimeout: 240_000, hookTimeout: 240_000, expect: { poll: { timeout: 60_000 } } };

const unit = {
  environment: 'node' as const,
  pool: 'forks' as const,
  globalSetup: ['e2e/support/keychain-setup.ts', 'e2e/support/prepared-setup.ts'],
  env: { TZ: 'Europe/London' },
  ...patience,
};

/** As electron.vite.config.ts puts it into the page. */
const define = { __MAY__: mayForThePage() };

/** Of one lane: see scripts/lib/lanes.mjs. */
const files = ({ include, exclude }: { readonly include: string[]; readonly exclude: string[] }) => ({
  include,
  exclude: [...configDefaults.exclude, ...exclude],
});

const windows = {
  environment: 'node' as const,
  pool: 'forks' as const,
  fileParallelism: false,
  ...patience,
};

/**
 * Everything runs in the Electron binary as Node (see scripts/test.mjs): the runtime that ships is the runtime that is
 * tested. `--project 'node*'` are unit and store tests in their three lanes, `--project e2e` open real windows, one at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        define,
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
        define,
        test: {
          ...unit,
          ...files(UNIT_LANES.real),
          name: 'node-real',
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        define,
        test: {
          ...unit,
          ...files(UNIT_LANES.clock),
          name: 'node-clock',
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        define,
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
        define,
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
