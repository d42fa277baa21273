import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The folder in which the first test that wants a prepared home makes it, for all of the run; see electron/testing. */
export default function setup(): (() => void) | undefined {
  if (process.env.ESR_PREPARED_HOMES !== undefined) return;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'esr-prepared-'));
  process.env.ESR_PREPARED_HOMES = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
