import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Needle } from './markers.ts';

export interface Hit {
  readonly where: string;
  readonly what: string;
  readonly encoding: string;
}

export interface Scan {
  readonly hits: readonly Hit[];
  /** What was looked at, so that a test can tell that it looked where it meant to. */
  readonly files: readonly string[];
  readonly bytes: number;
}

type Look = (bytes: Buffer) => readonly Needle[];

/** Looks for all needles in one pass, by their first two bytes. */
export function lookFor(needles: readonly Needle[]): Look {
  const byStart = new Map<number, Needle[]>();
  const starts = new Uint8Array(65_536);
  for (const needle of needles) {
    if (needle.bytes.length < 6) throw new Error(`${needle.what} is too short to be looked for`);
    const start = needle.bytes.readUInt16BE(0);
    starts[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }
  return (bytes) => {
    const found = new Set<Needle>();
    for (let at = 0, start = bytes[0] ?? 0; at + 1 < bytes.length; at++) {
      start = ((start << 8) | (bytes[at + 1] ?? 0)) & 0xffff;
      if (starts[start] === 0) continue;
      for (const needle of byStart.get(start) ?? []) {
        if (bytes.subarray(at, at + needle.bytes.length).equals(needle.bytes)) found.add(needle);
      }
    }
    return [...found];
  };
}

const toHits = (where: string, found: readonly Needle[]): readonly Hit[] =>
  found.map(({ what, encoding }) => ({ where, what, encoding }));

/** Every byte of every file below a folder, and every name; links by where they point. */
export function scanFolder(folder: string, look: Look): Scan {
  const hits: Hit[] = [];
  const files: string[] = [];
  let bytes = 0;
  const visit = (below: string): void => {
    for (const name of readdirSync(path.join(folder, below))) {
      const at = path.join(below, name);
      hits.push(...toHits(`name of ${at}`, look(Buffer.from(name))));
      const full = path.join(folder, at);
      const stat = lstatSync(full, { throwIfNoEntry: false });
      if (stat?.isDirectory()) visit(at);
      else if (stat?.isSymbolicLink()) hits.push(...toHits(at, look(Buffer.from(readlinkSync(full)))));
      else if (stat?.isFile()) {
        const content = readIfThere(full);
        if (content === null) continue;
        files.push(at);
        bytes += content.length;
        hits.push(...toHits(at, look(content)));
      }
    }
  };
  visit('.');
  return { hits, files, bytes };
}

/**
 * What anybody on the PC may read of a process (its arguments), what its account may (its environment), and the files
 * it has open that no folder shows any more: SQLite and Chromium delete a temporary file at once and go on with it.
 */
export function scanProcess(pid: number, look: Look): Scan {
  const hits: Hit[] = [];
  const files: string[] = [];
  let bytes = 0;
  const take = (where: string, content: Buffer | null): void => {
    if (content === null) return;
    files.push(where);
    bytes += content.length;
    hits.push(...toHits(`${where} of process ${pid}`, look(content)));
  };
  take('arguments', readIfThere(`/proc/${pid}/cmdline`));
  take('environment', readIfThere(`/proc/${pid}/environ`));
  for (const name of listIfThere(`/proc/${pid}/fd`)) {
    const link = linkIfThere(`/proc/${pid}/fd/${name}`);
    if (link === null || !isDeletedFile(link)) continue;
    take(link, readIfThere(`/proc/${pid}/fd/${name}`));
  }
  return { hits, files, bytes };
}

/** Deleted and on a disk: what lies in memory alone (memfd, /dev/shm) is the page itself. */
const isDeletedFile = (link: string): boolean =>
  link.startsWith('/') && link.endsWith(' (deleted)') && !/^\/(memfd:|dev\/|SYSV)/.test(link);

export const scanText = (where: string, text: string, look: Look): readonly Hit[] =>
  toHits(where, look(Buffer.from(text)));

/** Files and processes come and go while they are looked at. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EINVAL') return null;
    throw error;
  }
}
const readIfThere = (file: string): Buffer | null => orNull(() => readFileSync(file));
const linkIfThere = (file: string): string | null => orNull(() => readlinkSync(file));
const listIfThere = (folder: string): readonly string[] => orNull(() => readdirSync(folder)) ?? [];
