import { utilityProcess } from 'electron';
import { cardEnvironment } from '../../adapters/cards/card-environment.ts';
import type { CardChild } from '../../adapters/cards/card-host.ts';

/** Starts the card process as Electron's own child: the packaged program has no other way to run a script of its own. */
export function startCardProcess(file: string): CardChild {
  const child = utilityProcess.fork(file, [], {
    env: cardEnvironment(process.env),
    serviceName: 'ESR Access Desk cards',
    // A driver may print whatever it likes, a passcode too.
    stdio: 'ignore',
  });
  // Told again by `exit`.
  child.on('error', () => undefined);
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => {
      // Asking politely would wait for a driver that does not come back.
      if (child.pid !== undefined) killAtOnce(child.pid);
      child.kill();
    },
  };
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the decision and the signal.
  }
}
