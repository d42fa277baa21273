import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardPort, CardSignRequest, CardsSeen } from '../../services/cards/card-port.ts';
import { createCardHost } from './card-host.ts';
import { createRelayedCardPort, serveCards, type ToCardHost } from './card-relay.ts';
import { forkCardProcess } from './testing/fork-card-process.ts';
import { makeSoftToken } from './testing/soft-token.ts';

const PIN = '271828';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Both ends over a real channel, as between the main process and the core's thread. */
function relay(port: CardPort): { readonly relayed: CardPort; readonly sent: ToCardHost[] } {
  const { port1, port2 } = new MessageChannel();
  const sent: ToCardHost[] = [];
  serveCards(
    port,
    (message) => port1.postMessage(message),
    (listener) => void port1.on('message', listener),
  );
  const relayed = createRelayedCardPort(
    (message) => {
      sent.push(message);
      port2.postMessage(message);
    },
    (listener) => void port2.on('message', listener),
  );
  ends.push(() => port1.close());
  return { relayed, sent };
}

describe('the cards of another thread', () => {
  it('are seen, sign and end as if they were here', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'card-relay-'));
    const token = makeSoftToken({
      dir,
      label: 'Card of a test',
      pin: PIN,
      keys: [{ id: '01', type: 'rsa' }],
    });
    ends.push(token.close);
    const host = createCardHost(() => forkCardProcess(token.env));
    const { relayed } = relay(host);
    const states: string[] = [];
    const stop = relayed.onChange(() => states.push(relayed.now().module.state));
    expect(relayed.now().module.state).toBe('off');
    relayed.configure([token.modulePath]);
    // Before the other thread has heard of it.
    expect(relayed.now().module.state).toBe('starting');
    await expect.poll(() => relayed.now().module.state).toBe('ready');
    const readerId = relayed.now().readers[0]?.token?.readerId ?? '';
    const request = { readerId, keyId: '01', messages: [Buffer.from('text')] };
    const [wrong, right] = [
      relayed.sign({ ...request, pin: '141421' }),
      relayed.sign({ ...request, pin: PIN }),
    ];
    expect(await wrong).toEqual({ ok: false, reason: 'wrong-pin', tries: 'low' });
    expect(await right).toMatchObject({ ok: true, signatures: [expect.any(Uint8Array)] });
    stop();
    await relayed.close();
    expect(states.filter((state, at) => state !== states[at - 1])).toEqual(['starting', 'ready']);
    expect(host.now().module.state).toBe('off');
  });

  it('get the passcode whole, and neither end keeps its bytes', async () => {
    const requests: CardSignRequest[] = [];
    const seen: CardsSeen = { module: { state: 'ready', name: 'test' }, readers: [] };
    const { relayed, sent } = relay({
      now: () => seen,
      onChange: () => () => undefined,
      configure: () => undefined,
      sign: async (request) => {
        requests.push(request);
        return { ok: true, signatures: [], cardMs: 0 };
      },
      close: async () => undefined,
    });
    await relayed.sign({ readerId: 'r', keyId: '01', pin: 'pässwört 1', messages: [] });
    expect(requests[0]?.pin).toBe('pässwört 1');
    const message = sent.find(({ type }) => type === 'sign');
    if (message?.type !== 'sign') throw new Error('Nothing was sent.');
    expect(message.request.pin).toEqual(new Uint8Array(Buffer.byteLength('pässwört 1')));
  });
});
