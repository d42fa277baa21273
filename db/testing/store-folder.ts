import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../connection.ts';

export const NOW = '2026-11-20T17:04:02.000Z';

/** A folder for one test; `remove` it afterwards. */
export function makeFolder(name: string): { readonly dir: string; readonly remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), `esr-store-${name}-`));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** A key that is no secret: the same byte 32 times. */
export function testKey(byte = 0x5a): Uint8Array {
  return new Uint8Array(32).fill(byte);
}

export function createTestStore(file: string, key: Uint8Array = testKey()): Store {
  return openStore({ file, key, mode: 'create', now: NOW });
}

/** Opens as the program does, with a fingerprint that knows only `key`. */
export function openTestStore(
  file: string,
  key: Uint8Array = testKey(),
  recorded: Uint8Array = testKey(),
  options: { readonly checkpointFrames?: number } = {},
): Store {
  return openStore({
    ...options,
    file,
    key,
    mode: 'open',
    now: NOW,
    isRecordedKey: (k) => Buffer.from(recorded).equals(k),
  });
}

/** The code of the StoreError that the work throws; any other outcome fails the test that compares it. */
export function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
}
