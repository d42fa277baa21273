import { parentPort, workerData } from 'node:worker_threads';
import { openStore, type Store, type StoreConnection } from '../../../db/connection.ts';
import { createImportRepository } from '../../../db/repositories/imports.repository.ts';
import { createRegisterReader } from '../../../db/repositories/register-reader.ts';
import { createStoreAccess } from '../../../db/repositories/store-access.ts';
import { createRegisterStaging } from '../../../db/staging/register-staging.ts';
import { createImportUndo } from '../../../db/staging/undo-import.ts';
import { createImportFiles } from '../../adapters/tabular-files/import-files.ts';
import { CancelledError, type JobControl, type StoreAccess } from '../../services/ground/ports.ts';
import { applyImport, previewImport } from '../../services/imports/import.service.ts';
import type { ImportContext } from '../../services/imports/import-context.ts';
import { loadSample } from '../../services/imports/load-sample.ts';
import { undoImport } from '../../services/imports/undo-import.ts';
import { verifyLedger } from '../../services/ledger/verify-ledger.ts';
import { describeError } from '../logging/describe-error.ts';
import { machineContext } from './ambient.ts';
import { explainError } from './explain-error.ts';
import type { FromJob, JobResults, JobStart, JobTask, ToJob } from './job-messages.ts';

// Entry of a job's thread: its own connection to the open store, one task, and out. It must not import Electron.
const port = parentPort;
if (port === null) throw new Error('A job runs in a worker thread.');
const send = (message: FromJob): void => port.postMessage(message);
const { file, key, description, task, cancelFlag } = workerData as JobStart;

const control: JobControl = {
  progress: (phase, fraction, rows) => send({ type: 'progress', phase, fraction, rows }),
  cancelled: () => Atomics.load(cancelFlag, 0) === 1,
  acquireWrite: () =>
    new Promise((resolve, reject) => {
      port.once('message', ({ type }: ToJob) => {
        if (type === 'granted') resolve({ release: () => send({ type: 'release' }) });
        else reject(new CancelledError());
      });
      send({ type: 'acquire' });
    }),
};

const context = machineContext();
const importContext = (access: StoreAccess, db: StoreConnection): ImportContext => ({
  files: createImportFiles(),
  access,
  imports: createImportRepository(db),
  register: createRegisterReader(db),
  staging: createRegisterStaging(db),
  clock: context.clock,
  ids: context.ids,
  vpd: description.vpd,
  job: control,
});

let storeFault: Store['refusal'] = () => null;

async function work(): Promise<JobResults[JobTask['kind']]> {
  const store = openStore({ file, key, mode: 'job' });
  storeFault = store.refusal;
  key.fill(0);
  try {
    const access = createStoreAccess(store.db, context);
    switch (task.kind) {
      case 'verify-ledger':
        return verifyLedger(access.ledger, context.sha256, control);
      case 'preview':
        return previewImport(importContext(access, store.db), task.file, task.options);
      case 'apply':
        return await applyImport(
          importContext(access, store.db),
          task.file,
          task.options,
          task.sha256,
          task.actor,
        );
      case 'undo-import':
        return await undoImport(
          { ...importContext(access, store.db), undo: createImportUndo(store.db) },
          task,
          task.actor,
        );
      case 'load-sample':
        await loadSample(importContext(access, store.db), task.folder, task.actor);
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
  send({
    type: 'failed',
    name: code,
    where,
    storeFault: storeFault(),
    ...(known ?? { code: 'UNEXPECTED', message }),
  });
}

void work()
  .then((result) => send({ type: 'done', result }), tellFailure)
  .finally(() => port.close());
