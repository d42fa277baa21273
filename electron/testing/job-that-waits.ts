// A job thread that asks for the gate, says what it was answered, holds the gate until its message, and can be made to die.
import { parentPort, workerData } from 'node:worker_threads';

const port = parentPort;
if (port === null) throw new Error('A job runs in a worker thread.');
const { task } = workerData as { task: { kind: string } };
port.postMessage({ type: 'progress', phase: 'Asking', fraction: null, rows: 0 });
if (task.kind === 'preview') throw new TypeError('CANARY in the message');
port.postMessage({ type: 'acquire' });
if (task.kind === 'verify-ledger') process.exit(3);
port.once('message', ({ type }: { type: string }) => {
  port.postMessage({ type: 'progress', phase: type, fraction: 0.5, rows: 1 });
  if (type === 'granted') port.postMessage({ type: 'release' });
  const failed = {
    type: 'failed',
    code: 'CANCELLED',
    message: 'Cancelled.',
    storeFault: null,
    name: 'CancelledError',
    where: [],
  };
  port.postMessage(type === 'granted' ? { type: 'done', result: 'written' } : failed);
  port.close();
});
