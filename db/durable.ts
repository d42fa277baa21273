import { closeSync, fsyncSync, openSync } from 'node:fs';
import { StoreError } from './store-error.ts';

/**
 * Forces a file's or folder's content to the disk. Never for a store that is open in this process: closing the descriptor
 * would drop the locks SQLite holds on it.
 */
export function syncToDisk(path: string, what: 'file' | 'folder'): void {
  if (what === 'folder' && process.platform === 'win32') return; // folders cannot be opened there; NTFS journals renames
  const descriptor = openSync(path, what === 'file' ? 'r+' : 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Runs file work and answers a full or failing disk as a StoreError. */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (error instanceof StoreError || typeof code !== 'string' || code.startsWith('SQLITE_')) throw error;
    throw new StoreError(code === 'ENOSPC' || code === 'EDQUOT' ? 'DISK_FULL' : 'DISK_FAILED', {
      cause: error,
    });
  }
}
