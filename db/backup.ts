import type { StoreConnection } from './connection.ts';

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

export interface RestoreOptions {
  readonly backup: Backup;
  /** Path of the present store file; keyring.json and scheme.json lie in its folder. */
  readonly storeFile: string;
  readonly now: string;
}

/** Makes a dated, encrypted, checked copy and then prunes to the latest `keep`; never prunes when the new one failed. */
export function backUp(_db: StoreConnection, _options: BackUpOptions): Backup {
  throw new Error('to come');
}

/** The backups in the folder, newest first. */
export function listBackups(_dir: string): readonly Backup[] {
  throw new Error('to come');
}

/** Puts a backup in the store's place; the present files are moved aside, never deleted. Answers the folder they went to. */
export function restoreBackup(_options: RestoreOptions): { readonly setAside: string } {
  throw new Error('to come');
}

/** Finishes a restore that a crash cut short; call at start-up before anything looks at the store. */
export function finishInterruptedRestore(_storeFile: string): boolean {
  throw new Error('to come');
}
