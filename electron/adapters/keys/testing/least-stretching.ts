import type { Stretching } from '../seal.ts';

/** The least that a keyring's schema allows; for tests that are about something else. wraps.test.ts keeps the shipped figures. */
export const LEAST_STRETCHING: Stretching = { memoryKiB: 65_536, passes: 3, lanes: 1 };
