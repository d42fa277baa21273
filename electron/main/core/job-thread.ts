import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../../../db/connection.ts';
import { createStoreAccess } from '../../../db/repositories/store-access.ts';
import { verifyLedger } from '../../services/ledger/verify-ledger.ts';
import { CancelledError, type JobControl } from '../../services/ports.ts';
import { describeError } from '../logging/describe-error.ts';
import { machineContext } from './ambient.ts';
import { explainError } from './explain-error.ts';
import type { FromJob, JobStart, ToJob } from './job-messages.ts';

// Entry of a job's thread: its own connection to the open store, one task, and out. It must not import Electron.
const port = parentPort;
if (port === null) throw new Error('A job runs in a worker thread.');
const send = (message: FromJob): void => port.postMessage(message);
const { file, key, task, cancelFlag } = workerData as JobStart;

const control: JobControl = {
  progress: (phase, fraction, rows) => send({ type: 'progress', phase, fraction, rows }),
  cancelled: () => Atomics.load(cancelFlag, 0) === 1,
  acquireWrite: () =>
    new Promise((resolve) => {
      port.once('message', (message: ToJob) => {
        message.type satisfies 'granted';
        resolve({ release: () => send({ type: 'release' }) });
      });
      send({ type: 'acquire' });
    }),
};

async function work(): Promise<unknown> {
  const context = machineContext();
  const store = openStore({ file, key, mode: 'job' });
  key.fill(0);
  try {
    const access = createStoreAccess(store.db, context);
    switch (task.kind) {
      case 'verify-ledger':
        return verifyLedger(access.ledger, context.sha256, control);
      case 'preview':
      case 'apply':
      case 'load-sample':
        return null;
      default:
        task satisfies never;
        return null;
    }
  } finally {
    store.close();
  }
}

function tellFailure(error: unknown): void {
  const { code = 'unknown', where = [] } = describeError('job', error);
  const known =
    error instanceof CancelledError
      ? { code: 'CANCELLED' as const, message: 'Cancelled.' }
      : explainError(error);
  const message = 'Something went wrong in the program. Nothing was changed.';
  send({ type: 'failed', name: code, where, ...(known ?? { code: 'UNEXPECTED', message }) });
}

void work()
  .then((result) => send({ type: 'done', result }), tellFailure)
  .finally(() => port.close());
