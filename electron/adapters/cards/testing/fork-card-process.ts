import { fork } from 'node:child_process';
import { join } from 'node:path';
import { cardEnvironment } from '../card-environment.ts';
import type { CardChild } from '../card-host.ts';

export interface ForkedCardProcess extends CardChild {
  readonly pid: number;
}

/**
 * Starts the card process by `child_process.fork`, with the Electron that runs the tests as its Node. The packaged program cannot do
 * that (its RunAsNode fuse is off) and uses a utility process.
 * @param env what the module reads, such as SOFTHSM2_CONF
 */
export function forkCardProcess(env: Readonly<Record<string, string>> = {}): ForkedCardProcess {
  const { NODE_COMPILE_CACHE = '' } = process.env;
  const child = fork(join(import.meta.dirname, 'card-process-entry.ts'), [], {
    env: { ...cardEnvironment(process.env), ...env, NODE_COMPILE_CACHE, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', process.env.DEBUG ? 'inherit' : 'ignore', 'ipc'],
  });
  // A message to a process that has just died is a loss that its exit tells.
  child.on('error', () => undefined);
  return {
    pid: child.pid ?? 0,
    postMessage: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      if (child.exitCode !== null || child.signalCode !== null) listener();
      else child.once('exit', listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
