import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** A child in the same Electron binary, run as Node, on a TypeScript file of ours. `under`: a command to run it with. */
export function startChild(
  script: string,
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly under?: readonly string[];
    readonly cwd?: string;
  } = {},
): ChildProcess {
  const [command = process.execPath, ...rest] = [...(options.under ?? []), process.execPath, script, ...args];
  const spawnOptions: SpawnOptions = {
    env: { ...process.env, ...options.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  };
  return spawn(command, rest, spawnOptions);
}

/** Resolves with what the child said when it has ended. */
export function ended(child: ChildProcess): Promise<{
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    err += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** Resolves when the child's output has the text; rejects when it ends first. */
export function said(child: ChildProcess, text: string): Promise<void> {
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes(text)) resolve();
    });
    child.stderr?.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.once('close', () => reject(new Error(`The child ended without saying ${text}: ${out}`)));
  });
}
