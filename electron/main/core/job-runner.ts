import { Worker } from 'node:worker_threads';
import type { StoreErrorCode } from '../../../db/connection.ts';
import type { JobProgress } from '../../contract/jobs.contract.ts';
import { CancelledError } from '../../services/ground/ports.ts';
import { ServiceError } from '../../services/ground/service-error.ts';
import type { WriteGate } from '../../services/ground/write-gate.ts';
import type { FromJob, JobResults, JobStart, JobTask, ToJob } from './job-messages.ts';
import type { JobAccess } from './vault.ts';

export interface JobRunner {
  readonly run: <T extends JobTask>(title: string, task: T) => Promise<JobResults[T['kind']]>;
  readonly current: () => JobProgress | null;
  /** False when no such job runs. */
  readonly cancel: (jobId: string) => boolean;
  /** Cancels what runs and waits for its end. */
  readonly stop: () => Promise<void>;
}

export interface JobRunnerOptions {
  readonly threadFile: string;
  readonly access: () => JobAccess;
  readonly gate: WriteGate;
  readonly newId: () => string;
  /** A job's connection found the store's disk or a page at fault: the session's own must refuse further work too. */
  readonly onStoreFault: (fault: StoreErrorCode) => void;
  readonly onProgress: (progress: JobProgress) => void;
}

interface Running {
  progress: JobProgress;
  readonly startedAt: number;
  readonly cancelFlag: Int32Array;
  readonly ended: Promise<void>;
  /** Tells a job that waits for the gate that it was cancelled: who holds the gate may be waiting for its end. */
  interrupt: () => void;
}

/** One job at a time, in a thread with a connection of its own. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  let running: Running | null = null;

  const tell = (job: Running, change: Partial<JobProgress>) => {
    job.progress = { ...job.progress, ...change };
    options.onProgress(job.progress);
  };

  const run: JobRunner['run'] = async <T extends JobTask>(title: string, task: T) => {
    if (running !== null) {
      throw new ServiceError(
        'BUSY',
        `“${running.progress.title}” is still running. Wait for it, or cancel it first.`,
      );
    }
    const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
    let ended = (): void => undefined;
    const job: Running = {
      progress: {
        jobId: options.newId(),
        title,
        phase: 'Starting',
        fraction: null,
        rows: 0,
        secondsLeft: null,
        state: 'running',
      },
      startedAt: performance.now(),
      cancelFlag,
      ended: new Promise((resolve) => {
        ended = resolve;
      }),
      interrupt: () => undefined,
    };
    running = job;
    tell(job, {});
    try {
      const result = await inThread(options, job, tell, { ...options.access(), cancelFlag, task });
      tell(job, { state: 'done', fraction: 1, secondsLeft: 0 });
      // The job's thread answers by the same table.
      return result as JobResults[T['kind']];
    } catch (error) {
      tell(job, { state: error instanceof CancelledError ? 'cancelled' : 'failed', secondsLeft: null });
      throw error;
    } finally {
      running = null;
      ended();
    }
  };
  const cancelRunning = (job: Running) => {
    Atomics.store(job.cancelFlag, 0, 1);
    job.interrupt();
    tell(job, { state: 'cancelling' });
  };
  return {
    run,
    current: () => running?.progress ?? null,
    cancel: (jobId) => {
      if (running === null || running.progress.jobId !== jobId) return false;
      cancelRunning(running);
      return true;
    },
    stop: async () => {
      if (running === null) return;
      cancelRunning(running);
      await running.ended;
    },
  };
}

function inThread(
  options: JobRunnerOptions,
  job: Running,
  tell: (job: Running, change: Partial<JobProgress>) => void,
  start: JobStart,
): Promise<unknown> {
  const worker = new Worker(options.threadFile, { workerData: start, name: 'job' });
  let release: (() => void) | null = null;
  const letGo = () => {
    release?.();
    release = null;
  };
  const cancelled = () => Atomics.load(job.cancelFlag, 0) === 1;
  let waiting = false;
  const answer = (type: ToJob['type']) => {
    waiting = false;
    worker.postMessage({ type } satisfies ToJob);
  };
  job.interrupt = () => {
    if (waiting) answer('cancelled');
  };
  const acquire = async () => {
    waiting = true;
    if (cancelled()) answer('cancelled');
    if (!waiting) return;
    const held = await options.gate.acquire();
    // The job may have been cancelled, or have died, while it waited.
    if (!waiting) return held.release();
    release = held.release;
    answer('granted');
  };
  return new Promise<unknown>((resolve, reject) => {
    let outcome: (() => void) | null = null;
    worker.on('message', (message: FromJob) => {
      switch (message.type) {
        case 'progress': {
          const { phase, fraction, rows } = message;
          tell(job, { phase, fraction, rows, secondsLeft: estimate(job, fraction) });
          return;
        }
        case 'acquire':
          void acquire();
          return;
        case 'release':
          letGo();
          return;
        case 'done':
          outcome = () => resolve(message.result);
          return;
        case 'failed':
          if (message.storeFault !== null) options.onStoreFault(message.storeFault);
          outcome = () => reject(toError(message));
          return;
        default:
          message satisfies never;
      }
    });
    worker.on('error', (error) => {
      outcome = () => reject(error);
    });
    // Only once the thread is gone is its connection closed and its copy of the key with it.
    worker.on('exit', () => {
      waiting = false;
      // The thread has done so once its store was open; it may have ended before.
      start.key.fill(0);
      letGo();
      (outcome ?? (() => reject(new Error('the job thread ended without an answer'))))();
    });
  });
}

function toError({ code, message, details, name, where }: Extract<FromJob, { type: 'failed' }>): Error {
  if (code === 'CANCELLED') return new CancelledError();
  if (code !== 'UNEXPECTED') return new ServiceError(code, message, details);
  // A bug, as an exception again: the dispatch logs it under the correlation id that the answer carries.
  const stack = where.map((line) => `    ${line}`).join('\n');
  return Object.assign(new Error('a job failed'), { code: name, stack });
}

/** Seconds left, by what was done so far; null until there is enough to go by. */
function estimate(job: Running, fraction: number | null): number | null {
  const seconds = (performance.now() - job.startedAt) / 1000;
  if (fraction === null || fraction < 0.02 || seconds < 0.5) return null;
  return Math.ceil((seconds / fraction) * (1 - fraction));
}
