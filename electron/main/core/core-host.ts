import { Worker } from 'node:worker_threads';
import type { Answer, EventName, EventPayload, OperationName } from '../../contract/contract.ts';
import type { CoreStart, FromCore, LogEntry, ToCore } from './messages.ts';

export interface CoreHost {
  readonly call: (
    operation: OperationName,
    input: unknown,
    correlationId: string,
  ) => Promise<Answer<unknown>>;
  readonly lock: (because: 'idle' | 'suspend' | 'screen-lock') => void;
  /** Closes the store (with its backup) and ends the thread. */
  readonly close: () => Promise<void>;
  readonly sqliteVersion: () => string;
}

export interface CoreHostOptions {
  readonly threadFile: string;
  readonly start: CoreStart;
  readonly onEvent: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  readonly onLog: (level: 'info' | 'warn' | 'error', entry: LogEntry) => void;
  /** The thread died: nothing acknowledged is lost, but nothing more can be done in this run. */
  readonly onCrash: (error: unknown) => void;
}

/** Runs the core (services, store, adapters) in a worker thread, so that the window never waits for SQLite or Argon2. */
export function startCore(options: CoreHostOptions): CoreHost {
  const worker = new Worker(options.threadFile, { workerData: options.start, name: 'core' });
  const waiting = new Map<number, { answer: (answer: Answer<unknown>) => void; correlationId: string }>();
  const closing = new Map<number, () => void>();
  let nextId = 1;
  let sqlite = '';
  let ended = false;

  const crashed = (correlationId: string): Answer<unknown> => ({
    ok: false,
    code: 'UNEXPECTED',
    message:
      'The program’s core has stopped. What was confirmed is saved. Close the program and start it again.',
    correlationId,
  });
  worker.on('message', (message: FromCore) => {
    switch (message.type) {
      case 'ready':
        sqlite = message.sqlite;
        return;
      case 'answer':
        waiting.get(message.id)?.answer(message.answer);
        waiting.delete(message.id);
        return;
      case 'closed':
        closing.get(message.id)?.();
        return;
      case 'event':
        options.onEvent(message.name, message.payload);
        return;
      case 'log':
        options.onLog(message.level, message.entry);
        return;
      default:
        message satisfies never;
    }
  });
  const end = (error: unknown) => {
    if (ended) return;
    ended = true;
    for (const { answer, correlationId } of waiting.values()) answer(crashed(correlationId));
    waiting.clear();
    for (const done of closing.values()) done();
    if (error !== null) options.onCrash(error);
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(code === 0 ? null : new Error('core thread ended')));
  const send = (message: ToCore) => worker.postMessage(message);

  return {
    call: (operation, input, correlationId) =>
      new Promise((answer) => {
        if (ended) return answer(crashed(correlationId));
        const id = nextId++;
        waiting.set(id, { answer, correlationId });
        send({ type: 'call', id, operation, input, correlationId });
      }),
    lock: (because) => send({ type: 'lock', because }),
    close: async () => {
      if (!ended) {
        const id = nextId++;
        await new Promise<void>((done) => {
          closing.set(id, done);
          send({ type: 'close', id });
        });
      }
      ended = true;
      await worker.terminate();
    },
    sqliteVersion: () => sqlite,
  };
}
