import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Account, asAccount } from './processes.ts';
import { stageFor, withoutArchives } from './staging.ts';
import { CannotOpen, ensureSandbox, isOpenToAll, unprivilegedAccount } from './unprivileged.ts';
import { startDisplay } from './virtual-display.ts';

/** What every window of one run shares: plain data, so that it passes from the run's start to its workers. */
export interface RunFacts {
  /** Everything of the run lies in here and goes with it. */
  readonly folder: string;
  readonly runAs: Account | null;
  /** The folder Electron is started on. */
  readonly app: string;
  /** The unpacked Electron, where `runAs` can read it. */
  readonly electronDir: string;
  /** Starts Electron as `runAs`. */
  readonly executable: string;
  readonly display: Readonly<Record<string, string>>;
}

export interface Run extends RunFacts {
  readonly close: () => Promise<void>;
}

const project = path.resolve(import.meta.dirname, '..', '..');

/** The Electron that set-up provided. */
export function recordedElectron(): { readonly dir: string; readonly executable: string } {
  const file = path.join(project, '.electron', 'runtime.json');
  if (!existsSync(file)) throw new CannotOpen('There is no Electron yet: run “npm run setup” first.');
  const { dir, executable } = JSON.parse(readFileSync(file, 'utf8')) as { dir: string; executable: string };
  return { dir, executable };
}

/** A temporary folder that the unprivileged account can reach, whatever TMPDIR says. */
function makeRunFolder(runAs: Account | undefined): string {
  const homes = [os.tmpdir(), '/tmp', '/var/tmp'].filter(existsSync);
  const home = runAs ? homes.find(isOpenToAll) : homes[0];
  if (home === undefined) throw new CannotOpen('No temporary folder is open to every account.');
  const folder = mkdtempSync(path.join(home, 'esr-desk-'));
  if (runAs) chmodSync(folder, 0o711);
  return folder;
}

/**
 * Playwright starts the program by itself, so that whom it runs as has to be part of the program's name. Its standard
 * output goes to a file, because Playwright would swallow what is said before the first window; it reads only the other.
 */
export function writeStarter(
  folder: string,
  electron: string,
  runAs: Account | undefined,
  before: readonly string[] = [],
): string {
  const starter = path.join(folder, `${path.basename(electron)}-as-account`);
  const command = asAccount([electron, ...before], runAs).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  writeFileSync(starter, `#!/bin/sh\nexec ${command.join(' ')} "$@" >>"$HOME/stdout.log"\n`);
  chmodSync(starter, 0o755);
  return starter;
}

/** Where the account finds the gate that holds `ready` back for Playwright. */
function placeReadyGate(folder: string): string {
  const gate = path.join(folder, 'ready-gate.cjs');
  copyFileSync(path.join(import.meta.dirname, 'ready-gate.cjs'), gate);
  chmodSync(gate, 0o644);
  return gate;
}

/** Makes a folder inside the run that belongs to whom Electron runs as, and to nobody else. */
export function makeOwnFolder(folder: string, runAs: Account | null): string {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (runAs) chownSync(folder, runAs.uid, runAs.gid);
  }
  const found = lstatSync(folder);
  if (!found.isDirectory() || (runAs && found.uid !== runAs.uid)) {
    throw new CannotOpen(`${folder} belongs to somebody else; move it away and try again.`);
  }
  return folder;
}

export interface RunOptions {
  /** Another program than the project's: a folder with a package.json, for trying the harness itself. */
  readonly app?: string;
  /** Draw on the present display instead of one that nobody sees. */
  readonly present?: boolean;
}

/** The present display, with a copy of the key to it that the other account may read. */
function presentDisplay(folder: string, runAs: Account | undefined): Record<string, string> {
  const keep = ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_SESSION_TYPE'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const key = process.env.XAUTHORITY ?? path.join(os.homedir(), '.Xauthority');
  if (!runAs || !existsSync(key))
    return { ...Object.fromEntries(keep), ...(runAs ? {} : { XAUTHORITY: key }) };
  const copy = path.join(folder, 'display-authority');
  writeFileSync(copy, readFileSync(key), { mode: 0o600 });
  chownSync(copy, runAs.uid, runAs.gid);
  return { ...Object.fromEntries(keep), XAUTHORITY: copy };
}

/**
 * Opens a run: folder, display, and the program where the account that runs it can read it.
 * @throws when the program has not been built, or the kernel has no sandbox for it
 */
export async function openRun(options: RunOptions = {}): Promise<Run> {
  const source = options.app ?? project;
  const { main } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { main: string };
  if (!existsSync(path.join(source, main))) {
    throw new CannotOpen(`The program has not been built (${main} is missing): run “npm run build”.`);
  }
  const runAs = unprivilegedAccount();
  const electron = recordedElectron();
  const folder = makeRunFolder(runAs);
  try {
    const staged = runAs
      ? stageFor(source, electron.dir, folder)
      : { app: source, electronDir: electron.dir };
    const inside = path.join(staged.electronDir, path.relative(electron.dir, electron.executable));
    accessSync(inside, constants.X_OK);
    if (process.platform === 'linux') ensureSandbox(staged.electronDir, runAs);
    const virtual = process.platform === 'linux' && !options.present ? await startDisplay(folder) : undefined;
    return {
      folder,
      runAs: runAs ?? null,
      app: staged.app,
      electronDir: staged.electronDir,
      executable: writeStarter(folder, inside, runAs, options.present ? [] : ['-r', placeReadyGate(folder)]),
      display: virtual?.env ?? presentDisplay(folder, runAs),
      close: async () => {
        await virtual?.stop();
        withoutArchives(() => rmSync(folder, { recursive: true, force: true }));
      },
    };
  } catch (error) {
    withoutArchives(() => rmSync(folder, { recursive: true, force: true }));
    throw error;
  }
}
