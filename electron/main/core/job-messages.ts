import type { StoreErrorCode } from '../../../db/connection.ts';
import type { ErrorDetails, Output } from '../../contract/contract.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { ImportOptions, ImportOutcome, ImportPreview } from '../../contract/imports.contract.ts';
import type { SignedIn } from '../../services/ground/permit.ts';
import type { JobAccess } from './vault.ts';

/** An offered file as the core knows it: the page has only its id. */
export interface FileToRead {
  readonly path: string;
  readonly name: string;
}

export type JobTask =
  | { readonly kind: 'preview'; readonly file: FileToRead; readonly options: ImportOptions }
  | {
      readonly kind: 'apply';
      readonly file: FileToRead;
      readonly options: ImportOptions;
      readonly sha256: string;
      readonly actor: SignedIn;
    }
  | { readonly kind: 'undo-import'; readonly id: string; readonly reason: string; readonly actor: SignedIn }
  | { readonly kind: 'load-sample'; readonly folder: string; readonly actor: SignedIn }
  | { readonly kind: 'verify-ledger' };

/** What each task answers. */
export interface JobResults {
  readonly preview: ImportPreview;
  readonly apply: ImportOutcome;
  readonly 'undo-import': Output<'imports:undo'>;
  readonly 'load-sample': null;
  readonly 'verify-ledger': Output<'ledger:verify'>;
}

export interface JobStart extends JobAccess {
  readonly cancelFlag: Int32Array;
  readonly task: JobTask;
}

/** Answers to `acquire`: the gate is the job's, or the job was cancelled while it waited. */
export type ToJob = { readonly type: 'granted' | 'cancelled' };

export type FromJob =
  | {
      readonly type: 'progress';
      readonly phase: string;
      readonly fraction: number | null;
      readonly rows: number;
    }
  | { readonly type: 'acquire' }
  | { readonly type: 'release' }
  | { readonly type: 'done'; readonly result: unknown }
  | {
      readonly type: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details?: ErrorDetails;
      /** Set where its connection met a fault of the store's disk or a damaged page: no other may go on then. */
      readonly storeFault: StoreErrorCode | null;
      /** Of the exception, for the log. */
      readonly name: string;
      readonly where: readonly string[];
    };
