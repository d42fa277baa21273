import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { createRelayedCardPort, type FromCardHost } from '../../adapters/cards/card-relay.ts';
import { SHIPPED_STRETCHING } from '../../adapters/keys/seal.ts';
import { describeError } from '../logging/describe-error.ts';
import { createCore } from './core.ts';
import type { CoreStart, FromCore, ToCore } from './messages.ts';

// Entry of the core's thread. It must not import Electron: a worker thread that does hangs without a word.
const port = parentPort;
if (port === null) throw new Error('The core runs in a worker thread.');
const send = (message: FromCore): void => port.postMessage(message);

let hearCards: (message: FromCardHost) => void = () => undefined;
const cards = createRelayedCardPort(
  (message) => send({ type: 'card', message }),
  (listener) => {
    hearCards = listener;
  },
);

const core = createCore({
  start: workerData as CoreStart,
  stretching: SHIPPED_STRETCHING,
  tell: (name, payload) => send({ type: 'event', name, payload } as FromCore),
  onException: (error, operation, correlationId) =>
    send({ type: 'log', level: 'error', entry: describeError(operation, error, correlationId) }),
  cards,
});

port.on('message', (message: ToCore) => {
  switch (message.type) {
    case 'call':
      void core
        .dispatch(message.operation, message.input, message.correlationId)
        .then((answer) => send({ type: 'answer', id: message.id, answer }));
      return;
    case 'lock':
      void core.lock(message.because).finally(() => send({ type: 'locked', id: message.id }));
      return;
    case 'close':
      void core.close().finally(() => send({ type: 'closed', id: message.id }));
      return;
    case 'card':
      hearCards(message.message);
      return;
    default:
      message satisfies never;
  }
});

const probe = new Database(':memory:');
send({ type: 'ready', sqlite: String(probe.prepare('select sqlite_version()').pluck().get()) });
probe.close();
