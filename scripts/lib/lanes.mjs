import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

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

/** Tested as it is packaged, in a stage of its own. */
export const PACKAGE_FOLDERS = ['e2e/package'];

const FIRST_WINDOWS = ['e2e/cards', 'e2e/main-job', 'e2e/security', 'e2e/shell'];
/** What waits for a minute to pass, or for a limit of the program: it does next to nothing meanwhile. */
const WAITING_WINDOWS = ['e2e/waits'];
const OTHER_WINDOWS = fs
  .readdirSync(path.join(root, 'e2e'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `e2e/${name}`)
  .filter((folder) => ![...FIRST_WINDOWS, ...WAITING_WINDOWS, ...PACKAGE_FOLDERS].includes(folder));

/**
 * End-to-end tests, in lanes with a display each. The first two take about as long as one another; the second is whatever the others
 * are not, so that no folder is forgotten. The third waits more than it works, so it takes little from them.
 */
export const WINDOW_LANES = [FIRST_WINDOWS, OTHER_WINDOWS, WAITING_WINDOWS];
