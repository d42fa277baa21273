import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { isOpenToAll } from './unprivileged.ts';

/** What the program reads while it runs, besides Electron and its packages. */
const PARTS = [
  'package.json',
  'out/main',
  'out/preload',
  'out/renderer',
  'db/migrations',
  'resources',
] as const;

const others = { read: 0o004, enter: 0o001 } as const;

/** Looks at the folders and the files that decide; a clone made under a strict umask is closed at each of them. */
function isReadableByAll(project: string, electronDir: string): boolean {
  const files = [path.join(project, 'package.json'), path.join(electronDir, 'electron')];
  const folders = [
    ...PARTS.slice(1).map((part) => path.join(project, part)),
    path.join(project, 'node_modules'),
  ];
  return (
    [electronDir, ...folders].filter(existsSync).every(isOpenToAll) &&
    files.filter(existsSync).every((file) => (statSync(file).mode & others.read) !== 0)
  );
}

/** Electron shows an archive as a folder; here it is a file like any other. */
export function withoutArchives<T>(work: () => T): T {
  const electron: { noAsar?: boolean } = process;
  const before = electron.noAsar ?? false;
  electron.noAsar = true;
  try {
    return work();
  } finally {
    electron.noAsar = before;
  }
}

/** Gives a file a second name where that makes it readable, and a copy where it does not. */
function shareFile(from: string, to: string): void {
  const { mode } = statSync(from);
  if ((mode & others.read) !== 0) {
    try {
      linkSync(from, to);
      return;
    } catch {
      // Another file system: a copy does as well.
    }
  }
  copyFileSync(from, to);
  chmodSync(to, (mode & 0o100) !== 0 ? 0o755 : 0o644);
}

/** Makes folders that everybody may enter, whatever the umask says. */
function makeOpenFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeOpenFolder(path.dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}

function share(from: string, to: string): void {
  if (!statSync(from).isDirectory()) {
    makeOpenFolder(path.dirname(to));
    shareFile(from, to);
    return;
  }
  makeOpenFolder(to);
  for (const name of readdirSync(from)) share(path.join(from, name), path.join(to, name));
}

/** The packages the program itself needs, out of package-lock.json: neither development nor foreign-platform ones. */
function programPackages(project: string): readonly string[] {
  const lock: unknown = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8'));
  const packages = (lock as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> }).packages;
  return Object.entries(packages)
    .filter(([place, entry]) => place !== '' && !entry.dev && !entry.devOptional)
    .map(([place]) => place)
    .filter((place) => existsSync(path.join(project, place)))
    .filter((place, _, all) => !all.some((outer) => place.startsWith(`${outer}/`)));
}

export interface Staged {
  /** The folder to start Electron on. */
  readonly app: string;
  readonly electronDir: string;
}

/**
 * Answers where an unprivileged account finds the program: in the project itself, or, where the project lies below a
 * folder that only root may enter, in a look-alike inside `into`.
 */
export function stageFor(project: string, electronDir: string, into: string): Staged {
  if (isReadableByAll(project, electronDir)) return { app: project, electronDir };
  const app = path.join(into, 'app');
  const electron = path.join(into, 'electron');
  const parts = [...PARTS, ...programPackages(project)].filter((part) =>
    existsSync(path.join(project, part)),
  );
  for (const part of parts) share(path.join(project, part), path.join(app, part));
  withoutArchives(() => share(electronDir, electron));
  return { app, electronDir: electron };
}

/** Answers where an unprivileged account finds a folder: where it is, or in a look-alike inside `into`. */
export function stageFolder(folder: string, into: string): string {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  if (isOpenToAll(folder) && files.every((file) => (statSync(file).mode & others.read) !== 0)) return folder;
  const copy = path.join(into, path.basename(folder));
  withoutArchives(() => share(folder, copy));
  return copy;
}
