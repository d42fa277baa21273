import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { StoreConnection } from './connection.ts';
import { copyStore } from './copy.ts';
import { onDisk, syncToDisk } from './durable.ts';

export { finishInterruptedRestore, type RestoreOptions, restoreBackup } from './restore.ts';

export interface BackUpOptions {
  /** Folder of all backups; each backup is a dated folder inside. */
  readonly dir: string;
  /** ISO UTC instant; names the backup. */
  readonly now: string;
  /** How many of the latest to keep. */
  readonly keep: number;
  /** keyring.json and scheme.json: copied beside the store, without them the copy cannot be opened. */
  readonly companions: readonly string[];
  /** Opens the copy with the key and checks it (`proveCopy` of connection.ts); throws when it is not sound. */
  readonly verify: (file: string) => void;
}

export interface Backup {
  readonly folder: string;
  readonly storeFile: string;
  /** ISO UTC instant. */
  readonly takenAt: string;
  /** Bytes of the store's copy. */
  readonly size: number;
}

/** The store's name inside a backup, whatever it is called in use. */
export const BACKUP_STORE = 'store.db';

/**
 * Makes a dated, encrypted, checked copy and then prunes to the latest `keep`; never prunes when the new one failed.
 * Works on any connection, so a job's, off the thread that answers the screen. Throws StoreError for a full or failing disk.
 */
export function backUp(db: StoreConnection, options: BackUpOptions): Backup {
  const folder = join(options.dir, stampOf(options.now));
  if (existsSync(folder)) throw new Error('There is a backup of that instant already.');
  const unfinished = `${folder}.part`;
  try {
    copyStore(db, join(unfinished, BACKUP_STORE), options.verify);
    onDisk(() => {
      for (const companion of options.companions) {
        const copy = join(unfinished, basename(companion));
        copyFileSync(companion, copy);
        syncToDisk(copy, 'file');
      }
      syncToDisk(unfinished, 'folder');
      renameSync(unfinished, folder);
      syncToDisk(options.dir, 'folder');
    });
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  onDisk(() => prune(options.dir, options.keep, folder));
  return describe(folder);
}

/** The whole backups in the folder, newest first; anything else there is passed over. */
export function listBackups(dir: string): readonly Backup[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => STAMP.test(name) && existsSync(join(dir, name, BACKUP_STORE)))
    .sort((a, b) => (a < b ? 1 : -1))
    .map((name) => describe(join(dir, name)));
}

/** The new one stays even where wrong clocks left folders dated later; nothing but our own dated folders is removed. */
function prune(dir: string, keep: number, made: string): void {
  const others = listBackups(dir).filter((backup) => backup.folder !== made);
  for (const backup of others.slice(Math.max(keep, 1) - 1)) rmSync(backup.folder, { recursive: true });
  for (const name of readdirSync(dir)) {
    // Left by a crash: backups are made by the one session that has the store.
    if (name.endsWith('.part') && STAMP.test(name.slice(0, -5))) rmSync(join(dir, name), { recursive: true });
  }
}

function describe(folder: string): Backup {
  const storeFile = join(folder, BACKUP_STORE);
  const [, date, hours, minutes, seconds, ms] = STAMP.exec(basename(folder)) ?? [];
  return {
    folder,
    storeFile,
    takenAt: `${date}T${hours}:${minutes}:${seconds}.${ms}Z`,
    size: statSync(storeFile).size,
  };
}

const STAMP = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/;

/** An instant as a name that every file system takes. */
function stampOf(now: string): string {
  return new Date(now).toISOString().replaceAll(/[:.]/g, '-');
}
