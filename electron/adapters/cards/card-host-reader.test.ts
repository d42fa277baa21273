import { verify, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Pcsc, startPcsc } from '../../../e2e/support/card/pcsc.ts';
import { makeVirtualCard, type VirtualCard } from '../../../e2e/support/card/virtual-card.ts';
import type { CardPort, CardToken } from '../../services/cards/card-port.ts';
import { makeTestCa, type TestKeyType } from '../certificates/testing/test-ca.ts';
import { CARD_TIMES, createCardHost } from './card-host.ts';
import { type ForkedCardProcess, forkCardProcess } from './testing/fork-card-process.ts';

const PIN = '48151623';
const MESSAGE = Buffer.from('The text that was shown.');
const WAIT = { interval: 20 };
const ca = makeTestCa({ now: new Date().toISOString() });

interface TestCard extends VirtualCard {
  readonly der: Uint8Array;
}

function makeCard(keyType: TestKeyType = 'rsa', withSecond = false): TestCard {
  const wishes = { subject: 'O=nhs,OU=People,CN=300100000017', keyType } as const;
  const { der, privateKey } = ca.issueForNewKey({ ...wishes, keyUsage: 'authentication' });
  const second = ca.issueForNewKey({ ...wishes, keyUsage: 'signing' });
  const signing = withSecond ? { signing: { key: second.privateKey, certificateDer: second.der } } : {};
  const card = makeVirtualCard({ key: privateKey, certificateDer: der, pin: PIN, ...signing });
  return { ...card, der: withSecond ? second.der : der };
}

const isSigned = (der: Uint8Array, signature: Uint8Array | undefined): boolean =>
  verify(
    'sha256',
    MESSAGE,
    { key: new X509Certificate(der).publicKey, dsaEncoding: 'ieee-p1363' },
    signature ?? new Uint8Array(),
  );

/** pcscd with two virtual readers, and OpenSC as the module: what a trust's own driver stands beside. */
describe('a card in a reader', () => {
  let folder: string;
  let pcsc: Pcsc;
  let port: CardPort;
  let processes: ForkedCardProcess[];
  let cards: TestCard[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'card-reader-'));
    pcsc = await startPcsc(folder, undefined);
  });
  afterAll(async () => {
    await pcsc?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    processes = [];
    cards = [];
    await watch();
  });
  afterEach(async () => {
    for (const card of cards) if (card.isInserted()) await card.remove();
    await port.close();
  });

  /** The readers, by a process of their own. Patient, unless the test is about a card that never answers. */
  async function watch(signMs = 60_000): Promise<void> {
    port = createCardHost(
      () => {
        const child = forkCardProcess(pcsc.env);
        processes.push(child);
        return child;
      },
      { ...CARD_TIMES, start: 120_000, silence: 120_000, sign: signMs, retry: [100] },
    );
    port.configure([pcsc.module]);
    await expect.poll(() => port.now().module.state, WAIT).toBe('ready');
  }

  const tokenIn = (slot: 0 | 1): CardToken | null =>
    port.now().readers.find(({ name }) => name === pcsc.slots[slot].name)?.token ?? null;
  async function put(card: TestCard, slot: 0 | 1 = 0): Promise<CardToken> {
    if (!cards.includes(card)) cards.push(card);
    await card.insert(pcsc.slots[slot]);
    await expect.poll(() => tokenIn(slot), WAIT).not.toBeNull();
    return tokenIn(slot) as CardToken;
  }
  const sign = (token: CardToken, pin = PIN, keyId = '01', messages: readonly Uint8Array[] = [MESSAGE]) =>
    port.sign({ readerId: token.readerId, keyId, pin, messages });

  it('comes, is read, goes, and has another name when it comes again', async () => {
    expect(port.now().readers.map(({ name, token }) => [name, token])).toEqual([
      [pcsc.slots[0].name, null],
      [pcsc.slots[1].name, null],
    ]);
    const card = makeCard();
    const first = await put(card, 1);
    expect(first.certificates).toEqual([{ keyId: '01', der: new Uint8Array(card.der) }]);
    expect(first).toMatchObject({ tries: 'full', ownKeypad: false });
    expect(tokenIn(0)).toBeNull();
    await card.remove();
    await expect.poll(() => tokenIn(1), WAIT).toBeNull();
    const again = await put(card, 1);
    expect(again.readerId).not.toBe(first.readerId);
    expect(await sign(first)).toEqual({ ok: false, reason: 'card-gone', tries: 'unknown' });
    expect(card.answered('sign')).toBe(0);
  });

  it('that is changed for another between two looks is never taken for the one before', async () => {
    const card = makeCard();
    const token = await put(card);
    const other = makeCard();
    cards.push(other);
    const { pid } = processes[0] as ForkedCardProcess;
    // It looks neither while the reader is empty nor when the other one is in it.
    process.kill(pid, 'SIGSTOP');
    await card.remove();
    await other.insert(pcsc.slots[0]);
    const result = sign(token);
    process.kill(pid, 'SIGCONT');
    expect(await result).toEqual({ ok: false, reason: 'card-gone', tries: 'unknown' });
    expect(other.answered('sign')).toBe(0);
    await expect.poll(() => tokenIn(0)?.certificates[0]?.der, WAIT).toEqual(new Uint8Array(other.der));
    expect(tokenIn(0)?.readerId).not.toBe(token.readerId);
    expect(processes).toHaveLength(1);
  });

  it.each(['rsa', 'p256'] as const)('signs with its %s key, and node:crypto verifies it', async (keyType) => {
    const card = makeCard(keyType);
    const result = await sign(await put(card));
    if (!result.ok) throw new Error(result.reason);
    expect(isSigned(card.der, result.signatures[0])).toBe(true);
    expect(isSigned(makeCard(keyType).der, result.signatures[0])).toBe(false);
  });

  it('is asked for the PIN anew for each signature of a key that wants that', async () => {
    const card = makeCard('rsa', true);
    const result = await sign(await put(card), PIN, '02', [MESSAGE, MESSAGE]);
    if (!result.ok) throw new Error(result.reason);
    expect(result.signatures.map((signature) => isSigned(card.der, signature))).toEqual([true, true]);
    expect(card.answered('verify')).toBeGreaterThanOrEqual(3);
  });

  it('tells its tries: low, last and locked; then the right PIN is no good either', async () => {
    const card = makeCard();
    const token = await put(card);
    expect(await sign(token, '99999999')).toEqual({ ok: false, reason: 'wrong-pin', tries: 'low' });
    expect(card.triesLeft()).toBe(2);
    expect(await sign(token, '99999998')).toEqual({ ok: false, reason: 'wrong-pin', tries: 'last' });
    expect(tokenIn(0)?.tries).toBe('last');
    expect(await sign(token, '99999997')).toEqual({ ok: false, reason: 'pin-locked', tries: 'locked' });
    expect(tokenIn(0)?.tries).toBe('locked');
    expect(await sign(token)).toEqual({ ok: false, reason: 'pin-locked', tries: 'locked' });
    expect(card.triesLeft()).toBe(0);
  });

  it.each(['123', 'letters', '123456789'])('spends no try on “%s”, which cannot be its PIN', async (pin) => {
    const card = makeCard();
    expect(await sign(await put(card), pin)).toMatchObject({ ok: false, reason: 'pin-unfit', tries: 'full' });
    expect(card.triesLeft()).toBe(3);
  });

  it('pulled out in the middle of a signature is gone, and put in again it signs', async () => {
    const card = makeCard();
    const token = await put(card);
    card.onApdu((command) => (command === 'sign' ? card.remove() : undefined));
    expect(await sign(token)).toEqual({ ok: false, reason: 'card-gone', tries: 'unknown' });
    expect(card.answered('sign')).toBe(0);
    await expect.poll(() => tokenIn(0), WAIT).toBeNull();
    card.onApdu(null);
    expect(await sign(await put(card))).toMatchObject({ ok: true });
    expect(processes).toHaveLength(1);
  });

  it('that never answers is given up, its process ended, and the next one sees the readers again', async () => {
    await port.close();
    processes = [];
    await watch(4_000);
    const card = makeCard();
    const token = await put(card);
    card.onApdu((command) => (command === 'sign' ? new Promise(() => undefined) : undefined));
    expect(await sign(token)).toEqual({ ok: false, reason: 'timed-out', tries: 'unknown' });
    expect(port.now()).toMatchObject({ module: { state: 'hung' }, readers: [] });
    await expect.poll(() => existsSync(`/proc/${processes[0]?.pid}`), WAIT).toBe(false);
    card.onApdu(null);
    await card.remove();
    await expect.poll(() => port.now().module.state, WAIT).toBe('ready');
    expect(await sign(await put(card))).toMatchObject({ ok: true });
  });

  it('in one reader is not the one in the other', async () => {
    const [left, right] = [makeCard(), makeCard()];
    const [one, two] = [await put(left, 0), await put(right, 1)];
    const result = await sign(two);
    if (!result.ok) throw new Error(result.reason);
    expect(isSigned(right.der, result.signatures[0])).toBe(true);
    expect(left.answered('sign')).toBe(0);
    await right.remove();
    await expect.poll(() => tokenIn(1), WAIT).toBeNull();
    expect(tokenIn(0)?.readerId).toBe(one.readerId);
  });
});
