import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type Guard, guardConnection } from './guard.ts';
import { classifyStoreError, StoreError, type StoreErrorCode } from './store-error.ts';
import { type StoreLock, takeStoreLock } from './store-lock.ts';

export { classifyStoreError, StoreError, type StoreErrorCode, type StoreHolder } from './store-error.ts';
export { readStoreHolder } from './store-lock.ts';

/** A connection of better-sqlite3 to an open store; drizzle takes it as it is. */
export type StoreConnection = Database.Database;

interface OpenCommon {
  readonly file: string;
  /** The 32 bytes of the raw data key. The caller keeps them and zeroes them; nothing here holds on to them. */
  readonly key: Uint8Array;
  /** How large the WAL grows, in frames (a page each), before it is copied into the file; 1,000 where it is left out. */
  readonly checkpointFrames?: number;
}

/**
 * create: a new store; refused when anything of an old one is there.
 * open: the program's main connection, one for all processes.
 * job: a further read-write connection of the process that has it open.
 * read: read-only, also for backups.
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
  /** Makes it refuse further work because of what another connection to the same file met. */
  readonly refuse: (code: StoreErrorCode) => void;
  /** Closes and, for the main connection, lets the next session in. Safe to call twice. Throws StoreError when the disk fails at it. */
  readonly close: () => void;
}

/**
 * 'ESRD': a file with another mark is some other program's database. One without any was emptied: SQLite takes an empty
 * file for a new database and any key for right.
 */
const APPLICATION_ID = 0x45535244;
/** The first release without the WAL-reset bug (design.md, "The store"). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/**
 * Every page read past the cache is decrypted and its HMAC checked, so the pages in use should stay in memory. A trust
 * of 30,000 people with years of work is some 100 MiB; its indexes and the pages of a day's work fit in 64, and it is
 * only taken as pages are touched. A job has one beside it for as long as it runs, and its staging in memory as well: half is enough
 * there. A check of a backup reads each page once and needs no cache to speak of.
 */
export const CACHE_KIB = { create: 65_536, open: 65_536, job: 32_768, read: 4_096 } as const;
const BUSY_TIMEOUT_MS = 5_000;

/** Opens the store or throws a StoreError. */
export function openStore(options: OpenStoreOptions): Store {
  const { file, key, mode } = options;
  if (key.length !== 32) throw new Error('The data key must be 32 bytes.');
  switch (options.mode) {
    case 'create':
      return createStore(options);
    case 'open':
      return openMain(options);
    case 'job':
    case 'read': {
      refuseMissing(file);
      const { db, guard } = connect(options);
      return { db, file, mode, ...asked(guard), close: () => void (db.open && db.close()) };
    }
  }
}

/**
 * Opens a copy read-only with the key and checks every page; throws a StoreError when it is not a whole, encrypted store.
 * An unencrypted file fails too: it does not open with a key.
 */
export function proveCopy(file: string, key: Uint8Array): void {
  const copy = openStore({ file, key, mode: 'read' });
  try {
    verify(copy.db);
  } finally {
    copy.close();
  }
}

type Asked<M extends OpenStoreOptions['mode']> = Extract<OpenStoreOptions, { mode: M }>;

function createStore(options: Asked<'create'>): Store {
  const { file, now } = options;
  const lock = takeStoreLock(file, now);
  try {
    for (const part of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
      if (existsSync(part)) throw new StoreError('STORE_EXISTS');
    }
    // Made here, so that only its owner may read it; 'wx' refuses a file that appeared meanwhile.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    lock.release(true);
    throw error;
  }
  try {
    const { db, guard } = connect(options);
    return { db, file, mode: 'create', ...asked(guard), close: closer(db, guard, lock) };
  } catch (error) {
    for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
    lock.release(true);
    throw error;
  }
}

function openMain(options: Asked<'open'>): Store {
  const { file, key, now, isRecordedKey } = options;
  refuseMissing(file);
  // Decided before SQLite sees the file: with a wrong key it would have to read a left-over WAL first.
  if (!isRecordedKey(key)) throw new StoreError('WRONG_KEY');
  const lock = takeStoreLock(file, now);
  let db: StoreConnection | undefined;
  try {
    const opened = connect(options);
    db = opened.db;
    if (lock.uncleanBefore) verify(db);
    return { db, file, mode: 'open', ...asked(opened.guard), close: closer(db, opened.guard, lock) };
  } catch (error) {
    db?.close();
    // The name stays behind, so that the next attempt verifies as well.
    lock.release(!lock.uncleanBefore);
    throw error;
  }
}

const asked = ({ refusal, refuse }: Guard): Pick<Store, 'refusal' | 'refuse'> => ({ refusal, refuse });

/** The driver's close copies the WAL too, and tells nobody when that fails: so it is done and told before. */
function closer(db: StoreConnection, guard: Guard, lock: StoreLock): () => void {
  let closed = false;
  return () => {
    if (closed) return;
    closed = true;
    try {
      if (db.open && guard.refusal() === null) guard.checkpoint();
    } finally {
      try {
        if (db.open) db.close();
      } finally {
        // The name stays behind after a fault, so that the next session verifies every page.
        lock.release(guard.refusal() === null);
      }
    }
  };
}

function refuseMissing(file: string): void {
  if (!existsSync(file)) throw new StoreError('STORE_MISSING');
}

function connect(options: OpenStoreOptions): { readonly db: StoreConnection; readonly guard: Guard } {
  const { file, key, mode, checkpointFrames } = options;
  let db: StoreConnection | undefined;
  try {
    db = new Database(file, { fileMustExist: true, readonly: mode === 'read', timeout: BUSY_TIMEOUT_MS });
    db.pragma("cipher='sqlcipher'");
    db.pragma('legacy=4');
    giveKey(db, key);
    db.prepare('SELECT count(*) FROM sqlite_schema').get(); // proves the key: reads and authenticates page 1
    refuseOldSqlite(db);
    if (mode === 'create') db.pragma(`application_id=${APPLICATION_ID}`);
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw new StoreError('STORE_DAMAGED');
    setPragmas(db, mode);
    return { db, guard: guardConnection(db, checkpointFrames) };
  } catch (error) {
    db?.close();
    const code = classifyStoreError(error);
    throw code === null || error instanceof StoreError ? error : new StoreError(code, { cause: error });
  }
}

/** Writes x'<64 hex digits>' byte by byte: a string of the key could never be wiped from the heap. */
function giveKey(db: StoreConnection, key: Uint8Array): void {
  const digits = '0123456789abcdef';
  // Not from Node's shared pool, whose bytes outlive the buffer.
  const literal = Buffer.alloc(key.length * 2 + 3);
  try {
    literal.write("x'", 0, 'latin1');
    key.forEach((byte, i) => {
      literal[2 + i * 2] = digits.charCodeAt(byte >> 4);
      literal[3 + i * 2] = digits.charCodeAt(byte & 15);
    });
    literal.write("'", literal.length - 1, 'latin1');
    // The types are those of plain better-sqlite3, which has no key().
    (db as StoreConnection & { key: (key: Buffer) => number }).key(literal);
  } finally {
    literal.fill(0);
  }
}

function setPragmas(db: StoreConnection, mode: Store['mode']): void {
  if (mode === 'read') {
    setPragma(db, 'query_only', 'ON', 1);
  } else {
    const journal = db.pragma('journal_mode=WAL', { simple: true });
    if (journal !== 'wal') throw new Error(`The store's journal is ${String(journal)}, not WAL.`);
    // Keeps the WAL from staying at the size of the largest import.
    setPragma(db, 'journal_size_limit', '67108864', 67_108_864);
    // SQLite's own checkpoint drops its error: db/guard.ts does it instead.
    setPragma(db, 'wal_autocheckpoint', '0', 0);
  }
  // The driver compiles WAL as NORMAL, which lost acknowledged commits in simulated power cuts.
  setPragma(db, 'synchronous', 'FULL', 2);
  // A large sort would otherwise write plain text to a temporary file.
  setPragma(db, 'temp_store', 'MEMORY', 2);
  setPragma(db, 'foreign_keys', 'ON', 1);
  setPragma(db, 'trusted_schema', 'OFF', 0);
  setPragma(db, 'cell_size_check', 'ON', 1);
  // Without it INSERT OR REPLACE removes a row and no delete trigger hears of it; the ledger's must.
  setPragma(db, 'recursive_triggers', 'ON', 1);
  setPragma(db, 'cache_size', String(-CACHE_KIB[mode]), -CACHE_KIB[mode]);
  setPragma(db, 'busy_timeout', String(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS);
}

/** SQLite ignores a pragma it does not know or may not set, so each is read back. */
function setPragma(db: StoreConnection, name: string, value: string, expected: number): void {
  db.pragma(`${name}=${value}`);
  const seen = db.pragma(name, { simple: true });
  if (seen !== expected) throw new Error(`SQLite did not take ${name}=${value}.`);
}

function refuseOldSqlite(db: StoreConnection): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  for (const [i, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[i] ?? 0;
    if (part > oldest) return;
    if (part < oldest) throw new Error(`SQLite ${version} is too old: ${OLDEST_SQLITE.join('.')} is needed.`);
  }
}

/** Reads and authenticates every page; throws STORE_DAMAGED. */
function verify(db: StoreConnection): void {
  try {
    if (db.pragma('quick_check(1)', { simple: true }) === 'ok') return;
  } catch (error) {
    throw new StoreError(classifyStoreError(error) ?? 'STORE_DAMAGED', { cause: error });
  }
  throw new StoreError('STORE_DAMAGED');
}
