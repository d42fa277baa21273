import Database from 'better-sqlite3';

/** Every way the store can refuse, as a closed set: each has its own screen and its own next step. */
export type StoreErrorCode =
  | 'STORE_MISSING'
  | 'STORE_EXISTS'
  | 'WRONG_KEY'
  | 'STORE_DAMAGED'
  | 'STORE_IN_USE'
  | 'STORE_NEWER'
  | 'DISK_FULL'
  | 'DISK_FAILED';

/** Who has the store open. Shown on the screen; never put into a log or an error's message. */
export interface StoreHolder {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  /** ISO UTC instant. */
  readonly since: string;
}

const MESSAGES: Readonly<Record<StoreErrorCode, string>> = {
  STORE_MISSING: 'The store file is not where it should be. Restore a backup, or choose the right folder.',
  STORE_EXISTS: 'There is a store here already. Sign in to it, or choose an empty folder.',
  WRONG_KEY: 'This key does not open this store. Sign in again, or use the recovery phrase.',
  STORE_DAMAGED: 'The store file is damaged. Restore the latest backup from the recovery screen.',
  STORE_IN_USE: 'Another session has the store open. Close it there, then try again.',
  STORE_NEWER: 'The store was written by a newer version of this program. Install that version to open it.',
  DISK_FULL: 'The disk is full, so the last change was not saved. Free some space, then try again.',
  DISK_FAILED: 'The disk did not confirm the last change. Close the store and open it again to check it.',
};

/** An expected refusal of the store: has a code, and a sentence with the next step. Holds no key and no personal data. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** Set for STORE_IN_USE when the other session left its name. */
  readonly holder: StoreHolder | undefined;

  constructor(code: StoreErrorCode, options: { cause?: unknown; holder?: StoreHolder | undefined } = {}) {
    super(MESSAGES[code], 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'StoreError';
    this.code = code;
    this.holder = options.holder;
  }
}

/**
 * What an error of SQLite's (or ours) means to the user; null for what is no condition of the store, such as a broken
 * constraint, which the caller must handle or let fail. SQLite's result codes: https://sqlite.org/rescode.html
 */
export function classifyStoreError(error: unknown): StoreErrorCode | null {
  if (error instanceof StoreError) return error.code;
  if (!(error instanceof Database.SqliteError)) return null;
  const { code } = error;
  // The WAL's index could not grow by a page: met on a full disk, before anything was written.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'DISK_FULL';
  // Running out of memory inside an I/O call says nothing about the disk.
  if (code === 'SQLITE_IOERR_NOMEM') return null;
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY')) return 'DISK_FAILED';
  if (code.startsWith('SQLITE_CANTOPEN')) return 'DISK_FAILED';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'STORE_DAMAGED';
  return null;
}
