import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A process that we started, known by its pid, and ended by nobody else. */
export interface OwnProcess {
  readonly pid: number;
  /** Asks it to end, insists after `patienceMs`, and returns when it is gone. */
  readonly stop: (patienceMs?: number) => Promise<void>;
}

export interface StartOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Whom it runs as; undefined: the present user. */
  readonly runAs?: Account | undefined;
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Started with file descriptor 3 as a pipe whose first line is the word that it is ready. */
  readonly readyOn: 'stdout' | 'fd3' | 'spawn';
}

/** An account by number, as the kernel knows it. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));

/**
 * The command that runs another one as `runAs`, and asks the kernel to end it when its parent ends, so that even a
 * killed test run leaves nothing behind.
 */
export function asAccount(
  command: readonly string[],
  runAs: Account | undefined,
): readonly [string, ...string[]] {
  const [program, ...args] = command;
  if (program === undefined) throw new Error('asAccount needs a command');
  if (SETPRIV === undefined) return [program, ...args];
  const account = runAs ? [`--reuid=${runAs.uid}`, `--regid=${runAs.gid}`, '--clear-groups'] : [];
  return [SETPRIV, ...account, '--pdeathsig', 'TERM', '--', program, ...args];
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Returns once the process is gone: asked first, then made to. */
export async function stopChild(child: ChildProcess, patienceMs = 5_000): Promise<void> {
  if (ended(child)) return;
  await new Promise<void>((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.once('exit', () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/**
 * Starts a helper (display, bus, keyring) and returns with the first line it says.
 * @throws when it ends, or says nothing for 20 s
 */
export async function startHelper(
  command: readonly string[],
  options: StartOptions,
): Promise<OwnProcess & { readonly firstLine: string }> {
  const [program, ...args] = asAccount(command, options.runAs);
  const child = spawn(program, args, {
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    cwd: '/',
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4_000);
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');
  const source = options.readyOn === 'fd3' ? child.stdio[3] : child.stdout;
  const firstLine = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${command[0]} ${why}\n${complaint}`));
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail('said nothing for 20 s');
    }, 20_000);
    const settle = (line: string): void => {
      clearTimeout(late);
      resolve(line);
    };
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with code ${code}`));
    if (options.readyOn === 'spawn') child.once('spawn', () => settle(''));
    else if (source && 'read' in source) createInterface({ input: source }).once('line', settle);
  });
  child.stdout?.resume();
  child.unref();
  for (const pipe of child.stdio)
    if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return { pid: child.pid ?? 0, firstLine, stop: (patienceMs) => stopChild(child, patienceMs) };
}
