import { Worker } from 'node:worker_threads';
import type { FromCardHost, ToCardHost } from '../../adapters/cards/card-relay.ts';
import type { Answer, EventName, EventPayload, OperationName } from '../../contract/contract.ts';
import type { CoreStart, FromCore, LogEntry, ShellLock, ToCore } from './messages.ts';

export interface CoreListeners {
  readonly onEvent: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  readonly onLog: (level: 'info' | 'warn' | 'error', entry: LogEntry) => void;
  /** What the core wants of the cards. */
  readonly onCard: (message: ToCardHost) => void;
  /** The thread died: nothing acknowledged is lost, but nothing more can be done in this run. */
  readonly onCrash: (error: unknown) => void;
}

export interface CoreHost {
  /** Who hears of it from now on, and of what was said before. Called once. */
  readonly listen: (listeners: CoreListeners) => void;
  readonly call: (
    operation: OperationName,
    input: unknown,
    correlationId: string,
  ) => Promise<Answer<unknown>>;
  /** Resolves once the session has ended and the store is closed. */
  readonly lock: (because: ShellLock) => Promise<void>;
  /** Closes the store (with its backup) and ends the thread. */
  readonly close: () => Promise<void>;
  /** What the cards have to say to the core. */
  readonly sendCard: (message: FromCardHost) => void;
  readonly sqliteVersion: () => string;
}

export interface CoreHostOptions {
  readonly threadFile: string;
  readonly start: CoreStart;
}

/** Runs the core (services, store, adapters) in a worker thread, so that the window never waits for SQLite or Argon2. */
export function startCore(options: CoreHostOptions): CoreHost {
  const worker = new Worker(options.threadFile, { workerData: options.start, name: 'core' });
  const waiting = new Map<number, { answer: (answer: Answer<unknown>) => void; correlationId: string }>();
  const ending = new Map<number, () => void>();
  let nextId = 1;
  let sqlite = '';
  let ended = false;
  let listeners: CoreListeners | null = null;
  const unheard: ((to: CoreListeners) => void)[] = [];
  const tell = (what: (to: CoreListeners) => void): void => {
    if (listeners === null) unheard.push(what);
    else what(listeners);
  };

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
      case 'locked':
      case 'closed':
        ending.get(message.id)?.();
        ending.delete(message.id);
        return;
      case 'event':
        tell((to) => to.onEvent(message.name, message.payload));
        return;
      case 'card':
        tell((to) => to.onCard(message.message));
        return;
      case 'log':
        tell((to) => to.onLog(message.level, message.entry));
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
    for (const done of ending.values()) done();
    if (error !== null) tell((to) => to.onCrash(error));
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(code === 0 ? null : new Error('core thread ended')));
  const send = (message: ToCore) => worker.postMessage(message);
  /** Sends what ends the session, and waits until the core says that it has. */
  const endSession = (make: (id: number) => ToCore): Promise<void> =>
    new Promise((done) => {
      if (ended) return done();
      const id = nextId++;
      ending.set(id, done);
      send(make(id));
    });

  return {
    listen: (to) => {
      listeners = to;
      for (const what of unheard.splice(0)) what(to);
    },
    call: (operation, input, correlationId) =>
      new Promise((answer) => {
        if (ended) return answer(crashed(correlationId));
        const id = nextId++;
        waiting.set(id, { answer, correlationId });
        send({ type: 'call', id, operation, input, correlationId });
      }),
    lock: (because) => endSession((id) => ({ type: 'lock', id, because })),
    close: async () => {
      await endSession((id) => ({ type: 'close', id }));
      ended = true;
      await worker.terminate();
    },
    sendCard: (message) => {
      if (!ended) send({ type: 'card', message });
    },
    sqliteVersion: () => sqlite,
  };
}
