import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import Database from 'better-sqlite3';
import { StoreError, type StoreHolder } from './store-error.ts';

export interface StoreLock {
  /** The last session did not close the store in order (crash, power cut, failed disk): check it before use. */
  readonly uncleanBefore: boolean;
  /** `clean`: the store was closed in order. Without it the next session verifies. */
  readonly release: (clean: boolean) => void;
}

/**
 * One writer across processes: an exclusive transaction on a tiny database of its own. The operating system drops such
 * a lock when the process dies, kill -9 included, so there is never a stale lock to clear by hand.
 * Nothing may open `<store>.lock`, or the store itself, by other means in this process: closing any descriptor of a file
 * drops the process's POSIX locks on it (https://sqlite.org/howtocorrupt.html, section 2.2). So names lie in a file beside it.
 */
export function takeStoreLock(storeFile: string, now: string): StoreLock {
  const lock = holdExclusively(storeFile);
  if (lock === null) throw new StoreError('STORE_IN_USE', { holder: readHolderFile(storeFile) });
  const holderFile = holderPath(storeFile);
  const uncleanBefore = existsSync(holderFile);
  const holder: StoreHolder = { host: hostname(), user: userName(), pid: process.pid, since: now };
  try {
    writeFileSync(holderFile, JSON.stringify(holder), { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw new StoreError(isNoSpace(error) ? 'DISK_FULL' : 'DISK_FAILED', { cause: error });
  }
  return {
    uncleanBefore,
    release: (clean) => {
      if (clean) rmSync(holderFile, { force: true });
      lock.close();
    },
  };
}

/** Who has the store open in any process, this one included; 'unnamed' when it left no name; null when nobody has it. */
export function readStoreHolder(storeFile: string): StoreHolder | 'unnamed' | null {
  if (!existsSync(lockPath(storeFile))) return null;
  const lock = holdExclusively(storeFile);
  if (lock === null) return readHolderFile(storeFile) ?? 'unnamed';
  lock.close();
  return null;
}

function holdExclusively(storeFile: string): Database.Database | null {
  const lock = new Database(lockPath(storeFile), { timeout: 0 });
  try {
    lock.pragma('journal_mode=MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw new StoreError('DISK_FAILED', { cause: error });
  }
}

function readHolderFile(storeFile: string): StoreHolder | undefined {
  try {
    const seen: unknown = JSON.parse(readFileSync(holderPath(storeFile), 'utf8'));
    if (typeof seen !== 'object' || seen === null) return undefined;
    const { host, user, pid, since } = seen as Record<string, unknown>;
    if (typeof host !== 'string' || typeof user !== 'string') return undefined;
    if (typeof pid !== 'number' || typeof since !== 'string') return undefined;
    return { host: host.slice(0, 100), user: user.slice(0, 100), pid, since: since.slice(0, 30) };
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // an account without an entry in the user database
  }
}

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
const lockPath = (storeFile: string): string => `${storeFile}.lock`;
const holderPath = (storeFile: string): string => `${storeFile}.holder.json`;
