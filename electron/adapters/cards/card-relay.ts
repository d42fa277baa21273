import type { CardPort, CardSignResult, CardsSeen } from '../../services/cards/card-port.ts';
import { secretBytes } from '../keys/secret-bytes.ts';
import type { WireSignRequest } from './card-messages.ts';

/** From who uses the cards (the core's thread) to who has them (the main process). */
export type ToCardHost =
  | { readonly type: 'configure'; readonly modulePaths: readonly string[] }
  | { readonly type: 'sign'; readonly id: number; readonly request: WireSignRequest }
  | { readonly type: 'close' };

export type FromCardHost =
  | { readonly type: 'seen'; readonly seen: CardsSeen }
  | { readonly type: 'signed'; readonly id: number; readonly result: CardSignResult }
  | { readonly type: 'closed' };

/**
 * The cards as the core's thread sees them: every call is a message, and `now` is the last one that came.
 * @param send the message is copied by it; the PIN's bytes are wiped when it returns
 */
export function createRelayedCardPort(
  send: (message: ToCardHost) => void,
  onMessage: (listener: (message: FromCardHost) => void) => void,
): CardPort {
  let seen: CardsSeen = { module: { state: 'off', name: null }, readers: [] };
  let lastId = 0;
  let closed = (): void => undefined;
  const listeners = new Set<() => void>();
  const waiting = new Map<number, (result: CardSignResult) => void>();
  const show = (next: CardsSeen): void => {
    seen = next;
    for (const listener of [...listeners]) listener();
  };

  onMessage((message) => {
    switch (message.type) {
      case 'seen':
        show(message.seen);
        return;
      case 'signed':
        waiting.get(message.id)?.(message.result);
        waiting.delete(message.id);
        return;
      case 'closed':
        closed();
        return;
      default:
        message satisfies never;
    }
  });

  return {
    now: () => seen,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure: (modulePaths) => {
      // Known here already: the host may be asked only once the window has shown.
      if (modulePaths.length > 0 && seen.module.state === 'off') {
        show({ module: { state: 'starting', name: null }, readers: [] });
      }
      send({ type: 'configure', modulePaths: [...modulePaths] });
    },
    sign: ({ readerId, keyId, pin, messages }) =>
      new Promise((resolve) => {
        const id = ++lastId;
        waiting.set(id, resolve);
        const bytes = secretBytes(Buffer.byteLength(pin));
        new TextEncoder().encodeInto(pin, bytes);
        send({ type: 'sign', id, request: { readerId, keyId, pin: bytes, messages } });
        bytes.fill(0);
      }),
    close: () =>
      new Promise((done) => {
        closed = done;
        send({ type: 'close' });
      }),
  };
}

/** The other end: answers the messages of `createRelayedCardPort` from a port. Call once. */
export function serveCards(
  port: CardPort,
  send: (message: FromCardHost) => void,
  onMessage: (listener: (message: ToCardHost) => void) => void,
): void {
  port.onChange(() => send({ type: 'seen', seen: port.now() }));
  onMessage((message) => {
    switch (message.type) {
      case 'configure':
        port.configure(message.modulePaths);
        send({ type: 'seen', seen: port.now() });
        return;
      case 'sign': {
        const { pin, ...rest } = message.request;
        const text = Buffer.from(pin.buffer, pin.byteOffset, pin.length).toString('utf8');
        pin.fill(0);
        void port
          .sign({ ...rest, pin: text })
          .then((result) => send({ type: 'signed', id: message.id, result }));
        return;
      }
      case 'close':
        void port.close().finally(() => send({ type: 'closed' }));
        return;
      default:
        message satisfies never;
    }
  });
}
