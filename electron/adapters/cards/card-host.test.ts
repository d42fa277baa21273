import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardPort, CardSignRequest, CardToken } from '../../services/cards/card-port.ts';
import { createCardHost } from './card-host.ts';
import { type ForkedCardProcess, forkCardProcess } from './testing/fork-card-process.ts';
import { makeSoftToken, type SoftKey, type SoftToken } from './testing/soft-token.ts';

const PIN = '271828';
const MESSAGE = Buffer.from('The text that was shown.');
const RSA: SoftKey = { id: '01', type: 'rsa' };
const EC: SoftKey = { id: 'c2', type: 'ec' };
/** Not read here: only carried. */
const certificate = (name: string) => createHash('sha512').update(name).digest();

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'card-host-'));
}

interface Desk {
  readonly port: CardPort;
  readonly processes: readonly ForkedCardProcess[];
  readonly token: (label: string) => CardToken;
  readonly sign: (change?: Partial<CardSignRequest>) => ReturnType<CardPort['sign']>;
}

/** The cards of one folder, seen by a card process of their own. */
async function openDesk(token: SoftToken, modulePath = token.modulePath): Promise<Desk> {
  const processes: ForkedCardProcess[] = [];
  const port = createCardHost(() => {
    const child = forkCardProcess(token.env);
    processes.push(child);
    return child;
  });
  ends.push(token.close, port.close);
  port.configure([modulePath]);
  await expect.poll(() => port.now().module.state).toBe('ready');
  const tokens = () => port.now().readers.flatMap((reader) => reader.token ?? []);
  return {
    port,
    processes,
    token: (label) => tokens().find((each) => each.label === label) as CardToken,
    sign: (change) => {
      const readerId = tokens()[0]?.readerId ?? '';
      return port.sign({ readerId, keyId: '01', pin: PIN, messages: [MESSAGE], ...change });
    },
  };
}

const one = (keys: readonly SoftKey[], without: readonly string[] = []): SoftToken =>
  makeSoftToken({ dir: makeFolder(), label: 'Card of a test', pin: PIN, keys, without });

/** Judged by node:crypto, which knows nothing of cards. */
function isSignature(token: SoftToken, id: string, message: Uint8Array, signature: Uint8Array | undefined) {
  const key = createPublicKey({ key: Buffer.from(token.readPublicKey(id)), format: 'der', type: 'spki' });
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature ?? new Uint8Array());
}

describe('a card', () => {
  it('is shown with its label, its tries and its certificates, and the module by its own words', async () => {
    const token = one([{ ...RSA, certificateDer: certificate('first') }, EC]);
    const { port } = await openDesk(token);
    expect(port.now().module.name).toBe('Implementation of PKCS11 (libsofthsm2.so)');
    const [first, blank] = port.now().readers;
    expect(first?.token).toMatchObject({ label: 'Card of a test', tries: 'full', ownKeypad: false });
    expect(first?.token?.certificates).toEqual([{ keyId: '01', der: new Uint8Array(certificate('first')) }]);
    // SoftHSM's slot with a token that was never set up.
    expect(blank?.token).toBeNull();
  });

  it('signs several messages after one login, RSA alike each time, and node:crypto verifies them', async () => {
    const token = one([RSA]);
    const { sign } = await openDesk(token);
    const other = Buffer.from('Another text.');
    const result = await sign({ messages: [MESSAGE, other, MESSAGE] });
    if (!result.ok) throw new Error(result.reason);
    const [first, second, third] = result.signatures;
    expect(isSignature(token, '01', MESSAGE, first)).toBe(true);
    expect(isSignature(token, '01', other, second)).toBe(true);
    expect(isSignature(token, '01', other, first)).toBe(false);
    expect(third).toEqual(first);
    expect(result.cardMs).toBeGreaterThan(0);
  });

  it('signs with a key on a curve as r || s', async () => {
    const token = one([EC]);
    const { sign } = await openDesk(token);
    const result = await sign({ keyId: 'c2' });
    if (!result.ok) throw new Error(result.reason);
    expect(result.signatures[0]).toHaveLength(64);
    expect(isSignature(token, 'c2', MESSAGE, result.signatures[0])).toBe(true);
  });

  it('that does not hash by itself makes the very same signature', async () => {
    const token = one([RSA], ['CKM_SHA256_RSA_PKCS']);
    const { sign } = await openDesk(token);
    const result = await sign();
    if (!result.ok) throw new Error(result.reason);
    expect(isSignature(token, '01', MESSAGE, result.signatures[0])).toBe(true);
  });

  it('whose key asks for the PIN at each signature gets it', async () => {
    const token = one([{ ...RSA, alwaysAsks: true }]);
    const { sign } = await openDesk(token);
    const result = await sign({ messages: [MESSAGE, Buffer.from('two')] });
    if (!result.ok) throw new Error(result.reason);
    expect(isSignature(token, '01', Buffer.from('two'), result.signatures[1])).toBe(true);
  });

  it('is logged out of after each signature: the next one asks again', async () => {
    const token = one([RSA]);
    const { sign } = await openDesk(token);
    expect(await sign()).toMatchObject({ ok: true });
    expect(await sign({ pin: '141421' })).toMatchObject({ ok: false, reason: 'wrong-pin' });
  });

  it('says that a PIN was wrong, and that its tries are low until the right one', async () => {
    const { sign, token } = await openDesk(one([RSA]));
    expect(await sign({ pin: '141421' })).toEqual({ ok: false, reason: 'wrong-pin', tries: 'low' });
    expect(token('Card of a test').tries).toBe('low');
    expect(await sign()).toMatchObject({ ok: true });
    expect(token('Card of a test').tries).toBe('full');
  });

  it.each([
    ['too short', '123'],
    ['too long', '1'.repeat(256)],
    ['empty, where there is no keypad', ''],
  ])('is not asked with a PIN that is %s: no try is spent', async (_, pin) => {
    const { sign, token } = await openDesk(one([RSA]));
    expect(await sign({ pin })).toEqual({ ok: false, reason: 'pin-unfit', tries: 'full' });
    expect(token('Card of a test').tries).toBe('full');
  });

  it('that is locked says so before it is asked and when it is, and takes the right PIN no more', async () => {
    const token = one([RSA]);
    token.lockPin();
    const desk = await openDesk(token);
    expect(desk.token('Card of a test').tries).toBe('locked');
    expect(await desk.sign()).toEqual({ ok: false, reason: 'pin-locked', tries: 'locked' });
  });

  it('has no key of an id that it has not', async () => {
    const { sign } = await openDesk(one([RSA]));
    expect(await sign({ keyId: '77' })).toEqual({ ok: false, reason: 'key-missing', tries: 'full' });
  });

  it('that is not there gets nobody’s PIN', async () => {
    const { sign } = await openDesk(one([RSA]));
    expect(await sign({ readerId: 'no-such' })).toEqual({ ok: false, reason: 'card-gone', tries: 'unknown' });
  });

  it('tells of a certificate that is renewed while it stays in its reader', async () => {
    const token = one([{ ...RSA, certificateDer: certificate('first') }]);
    const desk = await openDesk(token);
    const { readerId } = desk.token('Card of a test');
    token.putCertificate('01', certificate('renewed'));
    await expect
      .poll(() => desk.token('Card of a test').certificates[0]?.der)
      .toEqual(new Uint8Array(certificate('renewed')));
    expect(desk.token('Card of a test').readerId).toBe(readerId);
  });
});

describe('two cards', () => {
  it('are told apart, and each takes its own PIN only', async () => {
    const dir = makeFolder();
    const first = makeSoftToken({ dir, label: 'First', pin: PIN, keys: [RSA] });
    const second = makeSoftToken({ dir, label: 'Second', pin: '161803', keys: [RSA] });
    const desk = await openDesk(first);
    const [one, two] = [desk.token('First').readerId, desk.token('Second').readerId];
    expect(one).not.toBe(two);
    expect(await desk.sign({ readerId: two })).toEqual({ ok: false, reason: 'wrong-pin', tries: 'low' });
    expect(desk.token('First').tries).toBe('full');
    const result = await desk.sign({ readerId: two, pin: '161803' });
    if (!result.ok) throw new Error(result.reason);
    expect(isSignature(second, '01', MESSAGE, result.signatures[0])).toBe(true);
    expect(isSignature(first, '01', MESSAGE, result.signatures[0])).toBe(false);
  });

  it('sign one after the other when both are asked at once', async () => {
    const dir = makeFolder();
    const first = makeSoftToken({ dir, label: 'First', pin: PIN, keys: [RSA] });
    const second = makeSoftToken({ dir, label: 'Second', pin: '161803', keys: [EC] });
    const desk = await openDesk(first);
    const [a, b] = await Promise.all([
      desk.sign({ readerId: desk.token('First').readerId }),
      desk.sign({ readerId: desk.token('Second').readerId, keyId: 'c2', pin: '161803' }),
    ]);
    expect(isSignature(first, '01', MESSAGE, a.ok ? a.signatures[0] : undefined)).toBe(true);
    expect(isSignature(second, 'c2', MESSAGE, b.ok ? b.signatures[0] : undefined)).toBe(true);
  });
});
