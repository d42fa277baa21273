import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { environmentOf, newHome, placeFor, processTree } from '../../e2e/support/launch-desk.ts';
import { stopChild } from '../../e2e/support/processes.ts';
import type { Run, RunFacts } from '../../e2e/support/run.ts';
import { startSecretService } from '../../e2e/support/secret-service.ts';
import { linkToPage, type PageLink } from './cdp.ts';

/** A home with its own user data, session bus and unlocked keyring, all there before a clock starts. */
export interface Home {
  readonly run: RunFacts;
  readonly userData: string;
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export interface OpenWindow {
  /** CLOCK_MONOTONIC in ms, taken just before the process was spawned; Chromium's clock is the same one. */
  readonly spawnedAt: number;
  readonly pid: number;
  readonly link: () => Promise<PageLink>;
  /** Resident memory of all its processes in MB: what app.getAppMetrics() calls the working set. */
  readonly workingSet: () => WorkingSet;
  readonly stop: () => Promise<void>;
}

export interface WorkingSet {
  readonly total: number;
  /** By what Chromium calls the process: browser, renderer, gpu-process, utility … */
  readonly byType: Readonly<Record<string, number>>;
}

/** The same user, display, language and switches for the program and for the empty window. */
export async function openHome(run: RunFacts, folder?: string): Promise<Home> {
  const { home, userData, temporary } = placeFor(run, folder ?? newHome(run));
  const secrets = await startSecretService(home, run.runAs ?? undefined);
  return {
    run,
    userData,
    env: environmentOf(run, { home, userData, temporary }, secrets),
    close: secrets.stop,
  };
}

const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts `app` (a folder with a package.json) on this home. */
export function openWindow(home: Home, app: string): OpenWindow {
  rmSync(path.join(home.userData, 'DevToolsActivePort'), { force: true });
  const args = [app, `--user-data-dir=${home.userData}`, '--lang=en-GB', '--remote-debugging-port=0'];
  const spawnedAt = monotonic();
  const child = spawn(home.run.executable, args, { env: home.env, cwd: home.env.HOME, stdio: 'ignore' });
  return {
    spawnedAt,
    pid: child.pid ?? 0,
    link: () => linkToPage(home.userData),
    workingSet: () => workingSetBelow(child),
    stop: () => stopChild(child, 20_000),
  };
}

const typeOf = (pid: number): string | null => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return /--type=([\w-]+)/.exec(words)?.[1] ?? 'browser';
  } catch {
    return null;
  }
};

const residentMb = (pid: number): number => {
  try {
    const line = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

// The zygotes wait to be forked from and belong to no page; app.getAppMetrics() leaves them out too.
const NOT_COUNTED: ReadonlySet<string> = new Set(['zygote']);

function workingSetBelow(child: ChildProcess): WorkingSet {
  const byType: Record<string, number> = {};
  for (const pid of processTree(child.pid ?? 0)) {
    const type = typeOf(pid);
    if (type === null || NOT_COUNTED.has(type)) continue;
    byType[type] = (byType[type] ?? 0) + residentMb(pid);
  }
  return { total: Object.values(byType).reduce((sum, mb) => sum + mb, 0), byType };
}

const EMPTY_MAIN = `const { app, BrowserWindow } = require('electron');
const page = 'data:text/html,' + encodeURIComponent('<!doctype html><title>Empty</title><p>Empty');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 820, webPreferences: { sandbox: true } }).loadURL(page));
`;

/** The least that Electron can be: one sandboxed window with one word. */
export function writeEmptyApp(run: Run): string {
  const folder = path.join(run.folder, 'empty-app');
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(path.join(folder, 'main.js'), EMPTY_MAIN, { mode: 0o644 });
  writeFileSync(path.join(folder, 'package.json'), '{"name":"empty","main":"main.js"}', { mode: 0o644 });
  return folder;
}

/**
 * A copy of the built program beside its packages, so that a build meanwhile changes nothing of what is measured.
 * @param program where every account may read it
 */
export function copyProgram(run: Run, program: string, name: string): string {
  const copy = path.join(run.folder, name);
  for (const part of [
    'package.json',
    'out/main',
    'out/preload',
    'out/renderer',
    'db/migrations',
    'resources',
  ])
    cpSync(path.join(program, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(program, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}
