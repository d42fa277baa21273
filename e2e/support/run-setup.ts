import { openRun } from './run.ts';

/** Vitest calls this once before the first end-to-end test, and what it returns after the last. */
export default async function setup(): Promise<() => Promise<void>> {
  const { close, ...facts } = await openRun();
  process.env.ESR_DESK_RUN = JSON.stringify(facts);
  return close;
}
