/**
 * Which tests run beside which others. Where a new file belongs is read off its path, so that none is forgotten:
 *
 * pure   rules and screens' words: nothing but computing. All cores, and one process for many files.
 * real   whatever starts processes, opens stores or asks the keychain. Two at a time, each file in a process of its own.
 * clock  `*.clock.test.ts`: holds something against the clock, which a second load would make untrue. Alone.
 */

const test = (folder) => `${folder}/**/*.test.{ts,mjs}`;
const CLOCK = '**/*.clock.test.ts';

const PURE = ['electron/domain', 'electron/contract', 'renderer'];
const REAL = ['electron/services', 'electron/adapters', 'electron/main', 'db', 'scripts', 'bench'];

export const UNIT_LANES = {
  pure: { include: PURE.map(test), exclude: [CLOCK] },
  real: { include: REAL.map(test), exclude: [CLOCK] },
  clock: { include: [...PURE, ...REAL].map((folder) => `${folder}/**/*.clock.test.ts`), exclude: [] },
};

/**
 * End-to-end tests, in two lanes with a display each that take about as long as one another. Each folder of e2e/ that has
 * tests is in one of them (lanes.test.mjs).
 */
export const WINDOW_LANES = [
  ['e2e/cards', 'e2e/security', 'e2e/shell'],
  ['e2e/imports', 'e2e/main-job', 'e2e/privacy', 'e2e/session', 'e2e/support', 'e2e/users'],
];
/** Tested as it is packaged, in a stage of its own. */
export const PACKAGE_FOLDERS = ['e2e/package'];
