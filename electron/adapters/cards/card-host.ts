import type {
  CardFailure,
  CardModule,
  CardPort,
  CardSignRequest,
  CardSignResult,
  CardsSeen,
} from '../../services/cards/card-port.ts';
import { secretBytes } from '../keys/secret-bytes.ts';
import type { FromCards, ToCards } from './card-messages.ts';

/** A card process as its host sees it, however it was started. */
export interface CardChild {
  /** The message is copied; who sends it may wipe its own afterwards. */
  readonly postMessage: (message: ToCards) => void;
  readonly onMessage: (listener: (message: FromCards) => void) => void;
  /** Called once, however it ended. */
  readonly onExit: (listener: () => void) => void;
  /** Ends it at once, also while it hangs in a driver. */
  readonly kill: () => void;
}

/** Milliseconds. */
export interface CardTimes {
  /** From the start of the process until it says what is in the readers: a driver may look for its service first. */
  readonly start: number;
  /** Without a word from a process that only watches; longer than ALIVE_EVERY_MS, and than reading a card takes. */
  readonly silence: number;
  readonly sign: number;
  /** The passcode is typed on the reader: a person's time. */
  readonly signOnKeypad: number;
  /** Until a process that was asked to end is killed. */
  readonly end: number;
  /** Before it is tried again, after the first failure, the second, … and the last from then on. */
  readonly retry: readonly number[];
}

export const CARD_TIMES: CardTimes = {
  start: 10_000,
  silence: 6_000,
  sign: 20_000,
  signOnKeypad: 60_000,
  end: 1_000,
  retry: [5_000, 15_000, 60_000, 300_000],
};

interface Waiting {
  readonly request: CardSignRequest;
  readonly answer: (result: CardSignResult) => void;
}

/** A process that has been well for so long starts afresh with its patience when it fails again. */
const WELL_MS = 60_000;
const GRACE_MS = 100;
const OFF: CardModule = { state: 'off', name: null };

/**
 * The cards, by a process that is started when a module is configured, killed when it does not answer in time, and started again after
 * a while. It runs where nothing blocks for long, or its timeouts would be somebody else's.
 */
export function createCardHost(start: () => CardChild, times: CardTimes = CARD_TIMES): CardPort {
  let paths: readonly string[] = [];
  let seen: CardsSeen = { module: OFF, readers: [] };
  let child: CardChild | null = null;
  let failures = 0;
  let wellSince = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let trying: string | null = null;
  let signing: (Waiting & { readonly id: number }) | null = null;
  let lastId = 0;
  const queue: Waiting[] = [];
  const listeners = new Set<() => void>();

  const show = (next: CardsSeen): void => {
    seen = next;
    for (const listener of [...listeners]) listener();
  };
  const within = (ms: number, late: () => void): void => {
    clearTimeout(timer);
    // Messages that came while this thread was busy are read before it is said that none came.
    timer = setTimeout(() => {
      timer = setTimeout(late, GRACE_MS).unref();
    }, ms).unref();
  };
  // After a hang or a crash nobody knows whether a try was spent.
  const refuse = (waiting: Waiting, reason: CardFailure): void =>
    waiting.answer({ ok: false, reason, tries: 'unknown' });

  /** Lets go of the process without waiting for it: whatever it still says is nobody's. */
  const drop = (reason: 'timed-out' | 'module-failed'): void => {
    clearTimeout(timer);
    const old = child;
    child = null;
    old?.kill();
    const interrupted = signing;
    signing = null;
    if (interrupted !== null) refuse(interrupted, reason);
    for (const waiting of queue.splice(0)) refuse(waiting, 'module-failed');
  };

  const fail = (state: 'hung' | 'failed'): void => {
    const name = seen.module.name ?? trying;
    drop(state === 'hung' ? 'timed-out' : 'module-failed');
    show({ module: { state, name }, readers: [] });
    retryLater();
  };

  const retryLater = (): void => {
    if (performance.now() - wellSince > WELL_MS) failures = 0;
    wellSince = Number.POSITIVE_INFINITY;
    const wait = times.retry[Math.min(failures, times.retry.length - 1)] ?? 0;
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(launch, wait).unref();
  };

  const launch = (): void => {
    const mine = start();
    child = mine;
    trying = null;
    mine.onMessage((message) => {
      if (child === mine) hear(message);
    });
    mine.onExit(() => {
      if (child === mine) fail('failed');
    });
    mine.postMessage({ type: 'use', modulePaths: paths });
    within(times.start, () => child === mine && fail('hung'));
  };

  const watchSilence = (): void => {
    const mine = child;
    if (signing === null) within(times.silence, () => child === mine && fail('hung'));
  };

  const hear = (message: FromCards): void => {
    switch (message.type) {
      case 'trying':
        trying = message.name;
        return;
      case 'alive':
        watchSilence();
        return;
      case 'seen':
        settle(message.seen);
        return;
      case 'signed':
        if (signing?.id !== message.id) return;
        finish(signing, message.result);
        return;
      default:
        message satisfies never;
    }
  };

  const settle = (next: CardsSeen): void => {
    // Nothing to watch: the process has no more to do. What was not there can only come by being installed and configured.
    if (next.module.state !== 'ready') drop('module-failed');
    else {
      wellSince = Math.min(wellSince, performance.now());
      watchSilence();
    }
    show(next);
    if (next.module.state === 'failed') retryLater();
  };

  const finish = (done: Waiting, result: CardSignResult): void => {
    signing = null;
    watchSilence();
    done.answer(result);
    signNext();
  };

  const signNext = (): void => {
    if (signing !== null || child === null) return;
    const next = queue.shift();
    if (next === undefined) return;
    const { readerId, keyId, messages } = next.request;
    const token = tokenOf(seen, readerId);
    if (token === null) {
      refuse(next, 'card-gone');
      signNext();
      return;
    }
    const id = ++lastId;
    signing = { ...next, id };
    const mine = child;
    const pin = secretBytes(Buffer.byteLength(next.request.pin));
    new TextEncoder().encodeInto(next.request.pin, pin);
    within(token.ownKeypad ? times.signOnKeypad : times.sign, () => child === mine && fail('hung'));
    mine.postMessage({ type: 'sign', id, request: { readerId, keyId, pin, messages } });
    pin.fill(0);
  };

  const stop = (): Promise<void> => {
    const old = child;
    child = null;
    drop('module-failed');
    if (old === null) return Promise.resolve();
    return new Promise((ended) => {
      const late = setTimeout(() => old.kill(), times.end);
      old.onExit(() => {
        clearTimeout(late);
        ended();
      });
      old.postMessage({ type: 'end' });
    });
  };

  return {
    now: () => seen,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure: (modulePaths) => {
      const isSame =
        modulePaths.length === paths.length && modulePaths.every((path, at) => path === paths[at]);
      // Saying the same again is how a person tries again; a module that works is left alone.
      if (isSame && ['ready', 'starting'].includes(seen.module.state)) return;
      paths = [...modulePaths];
      failures = 0;
      void stop();
      if (paths.length === 0) return show({ module: OFF, readers: [] });
      show({ module: { state: 'starting', name: null }, readers: [] });
      launch();
    },
    sign: (request) =>
      new Promise((resolve) => {
        const waiting = { request, answer: resolve };
        if (child === null || seen.module.state !== 'ready') {
          return refuse(waiting, 'module-failed');
        }
        queue.push(waiting);
        signNext();
      }),
    close: async () => {
      paths = [];
      listeners.clear();
      seen = { module: OFF, readers: [] };
      await stop();
    },
  };
}

const tokenOf = (seen: CardsSeen, readerId: string) =>
  seen.readers.find(({ token }) => token?.readerId === readerId)?.token ?? null;
