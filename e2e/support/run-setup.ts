import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openRun } from './run.ts';

/** Vitest calls this once before the first end-to-end test, and what it returns after the last. */
export default async function setup(): Promise<() => Promise<void>> {
  const { close, ...facts } = await openRun();
  process.env.ESR_DESK_RUN = JSON.stringify(facts);
  if (process.env.ESR_PREPARED_HOMES === undefined) {
    // Where two lanes run side by side, scripts/test.mjs has named one folder for both.
    const folder = path.join(facts.folder, 'prepared');
    mkdirSync(folder, { mode: 0o700 });
    process.env.ESR_PREPARED_HOMES = folder;
  }
  return close;
}
