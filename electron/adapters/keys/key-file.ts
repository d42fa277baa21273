import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** Larger than any file of ours by far; a hostile one is not even read. */
const LARGEST = 1_048_576;

/** The disk refused one of the small files beside the store. */
export class KeyFileError extends Error {
  readonly code: 'DISK_FULL' | 'DISK_FAILED';

  constructor(cause: unknown) {
    const code =
      cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')
        ? 'DISK_FULL'
        : 'DISK_FAILED';
    super(
      code === 'DISK_FULL'
        ? 'The disk is full, so nothing was changed. Free some space, then try again.'
        : 'The disk refused the change, so nothing was changed. Check the disk and the folder’s permissions.',
      { cause },
    );
    this.name = 'KeyFileError';
    this.code = code;
  }
}

/** Writes the whole file or leaves the old one: temporary file, fsync, rename, fsync of the folder. Throws KeyFileError. */
export function writeKeyFile(file: string, content: unknown): void {
  const temporary = `${file}.new`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      const bytes = Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8');
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    syncFolder(dirname(file));
  } catch (error) {
    discard(temporary);
    throw new KeyFileError(error);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What cannot be removed is overwritten by the next write; the reason that counts is the first one.
  }
}

export type KeyFileReading<T> =
  | { readonly kind: 'present'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'newer' };

/** Reads a file that anybody may have altered: too large, not JSON, another shape or an extra key is 'unreadable'. */
export function readKeyFile<T extends { readonly version: number }>(
  file: string,
  schema: z.ZodType<T>,
  version: number,
): KeyFileReading<T> {
  let seen: unknown;
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'missing' };
    if (!stat.isFile() || stat.size > LARGEST) return { kind: 'unreadable' };
    seen = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { kind: 'unreadable' };
  }
  if (typeof seen === 'object' && seen !== null && 'version' in seen) {
    if (typeof seen.version === 'number' && seen.version > version) return { kind: 'newer' };
  }
  const parsed = schema.safeParse(seen);
  return parsed.success ? { kind: 'present', value: parsed.data } : { kind: 'unreadable' };
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // a folder cannot be opened for fsync there; NTFS journals the rename
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
