import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backup } from './backup.ts';
import { onDisk, syncToDisk } from './durable.ts';
import { StoreError } from './store-error.ts';
import { takeStoreLock } from './store-lock.ts';

export interface RestoreOptions {
  readonly backup: Backup;
  /** Path of the present store file; keyring.json and scheme.json lie in its folder. It need not exist any more. */
  readonly storeFile: string;
  /** ISO UTC instant; names the folder the present files are moved to. */
  readonly now: string;
}

/** What goes back beside the store. The record of sign-in attempts does not: a restore must not undo a lock-out. */
const COMPANIONS = ['scheme.json', 'keyring.json'] as const;
const LEFTOVERS = ['-wal', '-shm', '-journal'] as const;

/**
 * Puts a backup in the store's place; the present files are moved aside, never deleted. Everything is copied beside the
 * store first; from then on a note on disk lets `finishInterruptedRestore` complete it after a crash at any point.
 * The store must be closed (STORE_IN_USE). The next session verifies what was restored before using it.
 */
export function restoreBackup(options: RestoreOptions): { readonly setAside: string } {
  const { backup, storeFile, now } = options;
  const plan = planFor(storeFile, new Date(now).toISOString().replaceAll(/[:.]/g, '-'));
  const lock = takeStoreLock(storeFile, now);
  try {
    onDisk(() => stage(backup, plan));
    onDisk(() => {
      writeFileSync(`${plan.note}.new`, JSON.stringify({ version: 1, stamp: plan.stamp }), { mode: 0o600 });
      syncToDisk(`${plan.note}.new`, 'file');
      renameSync(`${plan.note}.new`, plan.note);
      syncToDisk(plan.folder, 'folder');
      exchange(plan);
    });
    return { setAside: plan.setAside };
  } finally {
    lock.release(false); // leaves the mark of an unclean end, so that the next session checks every page
  }
}

/** Finishes a restore that a crash cut short; call at start-up before anything looks at the store. True when it did. */
export function finishInterruptedRestore(storeFile: string, now: string): boolean {
  const stamp = readNote(planFor(storeFile, '').note);
  if (stamp === null) return false;
  const lock = takeStoreLock(storeFile, now);
  try {
    onDisk(() => exchange(planFor(storeFile, stamp)));
    return true;
  } finally {
    lock.release(false);
  }
}

interface Plan {
  readonly stamp: string;
  readonly storeFile: string;
  readonly folder: string;
  readonly staged: string;
  readonly setAside: string;
  readonly note: string;
}

function planFor(storeFile: string, stamp: string): Plan {
  const folder = dirname(storeFile);
  return {
    stamp,
    storeFile,
    folder,
    staged: join(folder, `restore-${stamp}`),
    setAside: join(folder, `set-aside-${stamp}`),
    note: `${storeFile}.restore.json`,
  };
}

function stage(backup: Backup, plan: Plan): void {
  const sources = [backup.storeFile, ...COMPANIONS.map((name) => join(backup.folder, name))];
  if (sources.some((source) => !existsSync(source))) throw new StoreError('STORE_MISSING');
  try {
    mkdirSync(plan.staged, { recursive: true, mode: 0o700 });
    for (const source of sources) {
      const name = source === backup.storeFile ? basename(plan.storeFile) : basename(source);
      copyFileSync(source, join(plan.staged, name));
      syncToDisk(join(plan.staged, name), 'file');
    }
    syncToDisk(plan.staged, 'folder');
  } catch (error) {
    rmSync(plan.staged, { recursive: true, force: true });
    throw error;
  }
}

/** Can be done again from any point: a file still staged means that what lies in its place is the old one. */
function exchange(plan: Plan): void {
  const store = basename(plan.storeFile);
  mkdirSync(plan.setAside, { recursive: true, mode: 0o700 });
  const isStaged = (name: string): boolean => existsSync(join(plan.staged, name));
  const moveAside = (name: string): void => {
    if (existsSync(join(plan.folder, name))) renameSync(join(plan.folder, name), join(plan.setAside, name));
  };
  // A write-ahead log must never meet a store it does not belong to.
  if (isStaged(store)) for (const suffix of LEFTOVERS) moveAside(`${store}${suffix}`);
  for (const name of [...COMPANIONS, store]) {
    if (!isStaged(name)) continue;
    moveAside(name);
    renameSync(join(plan.staged, name), join(plan.folder, name));
  }
  syncToDisk(plan.setAside, 'folder');
  syncToDisk(plan.folder, 'folder');
  rmSync(plan.staged, { recursive: true, force: true });
  if (readdirSync(plan.setAside).length === 0) rmSync(plan.setAside, { recursive: true });
  rmSync(plan.note, { force: true });
  syncToDisk(plan.folder, 'folder');
}

/** The stamp of a restore under way; the note is checked, because it decides which folders are moved. */
function readNote(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const stamp = typeof note === 'object' && note !== null && 'stamp' in note ? note.stamp : null;
    return typeof stamp === 'string' && /^[\dTZ-]{1,40}$/.test(stamp) ? stamp : null;
  } catch {
    return null;
  }
}
