import type { ImportOptions } from '../../contract/imports.contract.ts';
import { FileRefused } from '../../domain/register/file-refusal.ts';
import { CancelledError, type Clock, type Ids, type JobControl, type StoreAccess } from '../ground/ports.ts';
import type { RegisterReader } from '../ground/register-reader.ts';
import { ServiceError } from '../ground/service-error.ts';
import type { ImportFiles, ImportRepository, OnBytes, RegisterStaging } from './import-ports.ts';

/** What an import is given, in the job thread. */
export interface ImportContext {
  readonly files: ImportFiles;
  readonly access: StoreAccess;
  readonly imports: ImportRepository;
  readonly register: RegisterReader;
  readonly staging: RegisterStaging;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The trust's VPD, 3 digits. */
  readonly vpd: string;
  readonly job: JobControl;
}

export interface ChosenFile {
  readonly path: string;
  /** As it is on disk: a GO file's name is checked against its header. */
  readonly name: string;
}

/** What a person says of a file: what they need not say may be left out. */
export type FileOptions = Omit<ImportOptions, 'fileId' | 'dates' | 'reason'> &
  Partial<Pick<ImportOptions, 'dates' | 'reason'>>;

/** Looks at cancel and tells progress, between chunks. `from` to `to` is this phase's share of the whole, 0 to 1. */
export function phase(job: JobControl, name: string, from: number, to: number, rows: () => number): OnBytes {
  return (done, total) => {
    if (job.cancelled()) throw new CancelledError();
    job.progress(name, from + (to - from) * Math.min(1, total === 0 ? 1 : done / total), rows());
  };
}

/** A refused file as the answer the screen shows: one sentence and the next step. Other errors pass. */
export function toServiceError(error: unknown): unknown {
  if (!(error instanceof FileRefused)) return error;
  const { code, sentence, next } = error.refusal;
  return new ServiceError(code === 'file-changed' ? 'FILE_CHANGED' : 'FILE_REFUSED', `${sentence} ${next}`, {
    reason: code,
  });
}
