import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { makeOwnFolder, type RunFacts } from './run.ts';
import { type Keychain, type SecretService, startSecretService } from './secret-service.ts';

export interface DeskOptions {
  /** From an earlier desk, to come back to the same store and keychain; a new folder when left out. */
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly keychain?: Keychain;
  /** The run to open it in; the one that vitest opened when left out. */
  readonly run?: RunFacts;
  /** Where pictures go; `out/e2e` when left out. */
  readonly pictures?: string;
}

export interface Desk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Home of the account it runs as: user data, temporary files, keyring and logs all lie below it. */
  readonly home: string;
  readonly pid: number;
  /** What it was started with, to start it a second time. */
  readonly start: {
    readonly executable: string;
    readonly args: readonly string[];
    readonly env: Record<string, string>;
  };
  readonly secrets: SecretService;
  /** Everything the main process wrote to its output so far. */
  readonly output: () => string;
  /** Writes a PNG and answers where it lies. */
  readonly screenshot: (name: string) => Promise<string>;
  /** The kernel's `Seccomp` of every renderer of this window: 2 is a real sandbox, 0 is none. */
  readonly rendererSeccomp: () => readonly number[];
  /** Ends the program as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Ends the program and its bus and keyring; its files go with the run, or with `forget`. */
  readonly close: (how?: { readonly forget?: boolean }) => Promise<void>;
}

const project = path.resolve(import.meta.dirname, '..', '..');
const CLOSE_MS = 60_000;
/** What a screen may take to show something on a slow machine that has other windows open; what is there is seen at once. */
const PATIENCE_MS = 60_000;

function runFromVitest(): RunFacts {
  const text = process.env.ESR_DESK_RUN;
  if (text === undefined) throw new Error('launchDesk needs a run: start it by “vitest run --project e2e”.');
  return JSON.parse(text) as RunFacts;
}

/** Field of /proc/PID/status; undefined when the process is gone. */
function statusOf(pid: number, field: string): number | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${field}:\\s*(\\d+)`, 'm'));
    return line ? Number(line[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** Pids of every process below `ancestor`, itself included. */
export function processTree(ancestor: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), statusOf(Number(name), 'PPid')] as const),
  );
  const isBelow = (pid: number | undefined): boolean =>
    pid === ancestor || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return [...parents.keys()].filter(isBelow);
}

/** The kernel's `Seccomp` of every renderer below the process `main`. */
export function rendererSeccomp(main: number): readonly number[] {
  const isRenderer = (pid: number): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    } catch {
      return false;
    }
  };
  return processTree(main)
    .filter(isRenderer)
    .flatMap((pid) => statusOf(pid, 'Seccomp') ?? []);
}

/** Returns when the process has ended, or false when it has not within `ms`. */
async function endsWithin(app: ElectronApplication, ending: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const gone = ending.then(() => true as const);
  const done = await Promise.race([gone, late]);
  clearTimeout(timer);
  return done || app.process().exitCode !== null;
}

interface Place {
  readonly home: string;
  readonly userData: string;
  readonly temporary: string;
}

/** A home for the account that Electron runs as, inside the run. */
export function newHome(run: RunFacts): string {
  const home = mkdtempSync(path.join(run.folder, 'desk-'));
  if (run.runAs) chownSync(home, run.runAs.uid, run.runAs.gid);
  return home;
}

/** The folders inside a home. */
export function placeFor(run: RunFacts, home: string): Place {
  return {
    home,
    userData: makeOwnFolder(path.join(home, 'user-data'), run.runAs),
    temporary: makeOwnFolder(path.join(home, 'tmp'), run.runAs),
  };
}

/** What a program started for a person on this home sees of the machine, and nothing else. */
export const environmentOf = (
  run: RunFacts,
  { home, temporary }: Place,
  secrets: SecretService,
): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LANG: 'C.UTF-8',
  TZ: 'Europe/London',
  HOME: home,
  TMPDIR: temporary,
  XDG_CONFIG_HOME: path.join(home, 'config'),
  XDG_CACHE_HOME: path.join(home, 'cache'),
  XDG_RUNTIME_DIR: home,
  ...run.display,
  ...secrets.env,
});

/**
 * Opens the built program in a real window, as an unprivileged user with the sandbox on, with a home, a session bus and
 * a keychain of its own, and waits for its first page.
 */
export async function launchDesk(options: DeskOptions = {}): Promise<Desk> {
  const run = options.run ?? runFromVitest();
  const { home, userData, temporary } = placeFor(
    run,
    options.userData ? path.dirname(options.userData) : newHome(run),
  );
  const secrets = await startSecretService(home, run.runAs ?? undefined, options.keychain);
  const start = {
    executable: run.executable,
    args: [run.app, `--user-data-dir=${userData}`, '--lang=en-GB', ...(options.args ?? [])],
    env: { ...environmentOf(run, { home, userData, temporary }, secrets), ...options.env },
  };
  const printed = path.join(home, 'stdout.log');
  let complained = '';
  let app: ElectronApplication;
  try {
    app = await _electron.launch({
      executablePath: start.executable,
      args: start.args,
      env: { ...start.env, ESR_DESK_GATE: '1' },
      cwd: home,
      chromiumSandbox: true,
      timeout: 60_000,
    });
  } catch (error) {
    await secrets.stop();
    throw error;
  }
  const child = app.process();
  const keep = (text: unknown): void => {
    complained += String(text);
  };
  child.stderr?.on('data', keep);
  const output = (): string => (existsSync(printed) ? readFileSync(printed, 'utf8') : '') + complained;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  };
  const close = async (how: { readonly forget?: boolean } = {}): Promise<void> => {
    if (
      !(await endsWithin(
        app,
        app.close().catch(() => undefined),
        CLOSE_MS,
      ))
    )
      await kill();
    await secrets.stop();
    if (how.forget) rmSync(home, { recursive: true, force: true });
  };
  const pictures = options.pictures ?? path.join(project, 'out', 'e2e');
  try {
    const page = await app.firstWindow({ timeout: 60_000 });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.waitForLoadState('domcontentloaded');
    return {
      app,
      page,
      userData,
      home,
      pid: child.pid ?? 0,
      start,
      secrets,
      output,
      screenshot: async (name) => {
        if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true });
        const file = path.join(pictures, `${name}.png`);
        await page.screenshot({ path: file });
        return file;
      },
      rendererSeccomp: () => rendererSeccomp(child.pid ?? 0),
      kill,
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`The window did not open.\n${output()}`, { cause: error });
  }
}
