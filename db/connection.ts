import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { StoreErrorCode } from './store-error.ts';

export { classifyStoreError, StoreError, type StoreErrorCode, type StoreHolder } from './store-error.ts';

/** A connection of better-sqlite3 to an open store; drizzle takes it as it is. */
export type StoreConnection = Database.Database;

interface OpenCommon {
  readonly file: string;
  /** The 32 bytes of the raw data key. The caller keeps them and zeroes them; nothing here holds on to them. */
  readonly key: Uint8Array;
}

/**
 * create: a new store; refused when anything of an old one is there. open: the program's main connection, one for all processes.
 * job: a further read-write connection of the process that has it open. read: read-only, also for backups.
 */
export type OpenStoreOptions =
  | (OpenCommon & { readonly mode: 'create'; readonly now: string })
  | (OpenCommon & {
      readonly mode: 'open';
      readonly now: string;
      /** Does the scheme record's fingerprint say this is the store's key? Tells WRONG_KEY from STORE_DAMAGED. */
      readonly isRecordedKey: (key: Uint8Array) => boolean;
    })
  | (OpenCommon & { readonly mode: 'job' | 'read' });

export interface Store {
  readonly db: StoreConnection;
  readonly file: string;
  readonly mode: OpenStoreOptions['mode'];
  /** Why this connection refuses further work (DISK_FAILED, STORE_DAMAGED), or null while it is sound. */
  readonly refusal: () => StoreErrorCode | null;
  /** Closes and, for the main connection, lets the next session in. Safe to call twice. */
  readonly close: () => void;
}

/** Opens the store or throws a StoreError. */
export function openStore(options: OpenStoreOptions): Store {
  if (!existsSync(options.file)) throw new Error('to come');
  throw new Error('to come');
}

/** Opens a copy read-only with the key and checks every page; throws a StoreError when it is not a whole, encrypted store. */
export function proveCopy(_file: string, _key: Uint8Array): void {
  throw new Error('to come');
}
