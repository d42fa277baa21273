import { createPublicKey, verify } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CARD_TIMES, createCardHost } from '../../electron/adapters/cards/card-host.ts';
import { forkCardProcess } from '../../electron/adapters/cards/testing/fork-card-process.ts';
import { makeTestCa } from '../../electron/adapters/certificates/testing/test-ca.ts';
import type { CardPort, CardToken } from '../../electron/services/cards/card-port.ts';
import { type Pcsc, startPcsc } from '../support/card/pcsc.ts';
import { makeVirtualCard, type VirtualCard } from '../support/card/virtual-card.ts';
import { newHome } from '../support/launch-desk.ts';
import type { RunFacts } from '../support/run.ts';

// The program's own card process with OpenSC's module and pcscd: what SoftHSM, whose tokens are never pulled out, cannot show.

const PIN = '31415926';
const UUID = '300100000017';
const MESSAGE = Buffer.from('The text that was shown.');
const run = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;
const ca = makeTestCa({ now: new Date().toISOString() });

interface TestCard extends VirtualCard {
  readonly der: Uint8Array;
}

let pcsc: Pcsc;
let port: CardPort;
const cards: VirtualCard[] = [];

function makeCard(keyType: 'rsa' | 'p256' = 'rsa', uuid = UUID): TestCard {
  const { der, privateKey } = ca.issueForNewKey({
    subject: `O=nhs,OU=People,CN=${uuid}`,
    keyUsage: 'authentication',
    keyType,
  });
  const card = makeVirtualCard({ key: privateKey, certificateDer: der, pin: PIN });
  cards.push(card);
  return { ...card, der };
}

const tokens = (): readonly CardToken[] => port.now().readers.flatMap(({ token }) => token ?? []);
const until = (count: number) =>
  expect.poll(() => tokens().length, { timeout: 10_000, interval: 20 }).toBe(count);

/** The one card that is in. */
async function only(): Promise<CardToken> {
  await until(1);
  const [token] = tokens();
  if (!token) throw new Error('It went away again.');
  return token;
}

const sign = ({ readerId }: CardToken, pin = PIN, keyId = '01') =>
  port.sign({ readerId, keyId, pin, messages: [MESSAGE] });

function isSignature(der: Uint8Array, signature: Uint8Array | undefined): boolean {
  const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
  const key = createPublicKey(certificate);
  return verify('sha256', MESSAGE, { key, dsaEncoding: 'ieee-p1363' }, signature ?? new Uint8Array());
}

beforeAll(async () => {
  pcsc = await startPcsc(newHome(run), run.runAs ?? undefined);
});
afterAll(() => pcsc?.stop());

const TIMES = { ...CARD_TIMES, sign: 3_000, retry: [200] };
beforeEach(async () => {
  port = createCardHost(() => forkCardProcess(pcsc.env), TIMES);
  port.configure([pcsc.module]);
  await expect.poll(() => port.now().module.state, { timeout: 10_000 }).toBe('ready');
});
afterEach(async () => {
  for (const card of cards.splice(0)) {
    card.onApdu(null);
    await card.remove();
  }
  await until(0);
  await port.close();
});

describe('a card', () => {
  test('comes and goes, and put in again has another name', async () => {
    expect(port.now().readers.map(({ name }) => name)).toEqual(pcsc.slots.map(({ name }) => name));
    const card = makeCard();
    await card.insert(pcsc.slots[1]);
    const first = await only();
    expect(first).toMatchObject({ label: UUID, tries: 'full', ownKeypad: false });
    expect(first.certificates).toEqual([{ keyId: '01', der: new Uint8Array(card.der) }]);
    expect(port.now().readers.find(({ token }) => token)?.name).toBe(pcsc.slots[1].name);
    await card.remove();
    await until(0);
    await card.insert(pcsc.slots[1]);
    expect((await only()).readerId).not.toBe(first.readerId);
  });

  test.each(['rsa', 'p256'] as const)(
    'with an %s key signs, and node:crypto verifies it',
    async (keyType) => {
      const card = makeCard(keyType);
      await card.insert(pcsc.slots[0]);
      const result = await sign(await only());
      if (!result.ok) throw new Error(result.reason);
      expect(isSignature(card.der, result.signatures[0])).toBe(true);
      expect(isSignature(makeCard(keyType).der, result.signatures[0])).toBe(false);
    },
  );

  test('takes no wrong PIN although the right one was just given', async () => {
    const card = makeCard();
    await card.insert(pcsc.slots[0]);
    expect(await sign(await only())).toMatchObject({ ok: true });
    expect(await sign(await only(), '27182818')).toMatchObject({ ok: false, reason: 'wrong-pin' });
    expect(card.answered('sign')).toBe(1);
  });

  test('says when the next wrong PIN is the last, and that it is locked', async () => {
    const card = makeCard();
    await card.insert(pcsc.slots[0]);
    // OpenSC never says “low” of a PIV card, which does not tell how many tries it has in all: the card process remembers.
    expect(await sign(await only(), '27182818')).toEqual({ ok: false, reason: 'wrong-pin', tries: 'low' });
    expect(await sign(await only(), '27182818')).toEqual({ ok: false, reason: 'wrong-pin', tries: 'last' });
    expect((await only()).tries).toBe('last');
    expect(await sign(await only(), '27182818')).toEqual({
      ok: false,
      reason: 'pin-locked',
      tries: 'locked',
    });
    expect((await only()).tries).toBe('locked');
    const asked = card.answered('verify');
    expect(await sign(await only())).toEqual({ ok: false, reason: 'pin-locked', tries: 'locked' });
    expect(card.answered('verify'), 'a card that is known to be locked is not asked').toBe(asked);
  });

  test.each([
    ['too short', '123'],
    ['too long', '123456789'],
  ])('is not asked with a PIN that is %s', async (_, pin) => {
    const card = makeCard();
    await card.insert(pcsc.slots[0]);
    expect(await sign(await only(), pin)).toEqual({ ok: false, reason: 'pin-unfit', tries: 'full' });
    expect(card.triesLeft()).toBe(3);
  });

  test('pulled out in the middle of a signature is gone; back in, it signs', async () => {
    const card = makeCard();
    await card.insert(pcsc.slots[0]);
    const token = await only();
    card.onApdu((command) => (command === 'sign' ? card.remove() : undefined));
    expect(await sign(token)).toEqual({ ok: false, reason: 'card-gone', tries: 'unknown' });
    await until(0);
    card.onApdu(null);
    expect(await sign(token)).toMatchObject({ ok: false, reason: 'card-gone' });
    await card.insert(pcsc.slots[0]);
    const result = await sign(await only());
    expect(isSignature(card.der, result.ok ? result.signatures[0] : undefined)).toBe(true);
  });

  test('swapped for another between two looks is never asked with the first one’s PIN', async () => {
    const [first, second] = [makeCard(), makeCard('rsa', '300100000018')];
    await first.insert(pcsc.slots[0]);
    const token = await only();
    await first.remove();
    await second.insert(pcsc.slots[0]);
    expect(await sign(token)).toMatchObject({ ok: false, reason: 'card-gone' });
    expect(second.triesLeft()).toBe(3);
    expect(second.answered('sign')).toBe(0);
  });

  test('that never answers is given up, and the next signature works again', async () => {
    const card = makeCard();
    await card.insert(pcsc.slots[0]);
    const token = await only();
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    card.onApdu((command) => (command === 'sign' ? held : undefined));
    expect(await sign(token)).toEqual({ ok: false, reason: 'timed-out', tries: 'unknown' });
    expect(port.now().module.state).toBe('hung');
    card.onApdu(null);
    answer();
    await expect.poll(() => port.now().module.state, { timeout: 10_000 }).toBe('ready');
    const result = await sign(await only());
    expect(isSignature(card.der, result.ok ? result.signatures[0] : undefined)).toBe(true);
  });

  test('that is slow is waited for', async () => {
    const card = makeCard();
    await card.insert(pcsc.slots[0]);
    const token = await only();
    card.onApdu((command) => (command === 'sign' ? pause(1_500) : undefined));
    const result = await sign(token);
    if (!result.ok) throw new Error(result.reason);
    expect(result.cardMs).toBeGreaterThan(1_000);
  });
});

describe('two cards in two readers', () => {
  test('with the same number are two, each with its own key and its own PIN’s tries', async () => {
    const [first, second] = [makeCard(), makeCard()];
    await first.insert(pcsc.slots[0]);
    await second.insert(pcsc.slots[1]);
    await until(2);
    const [one, two] = pcsc.slots.map(
      ({ name }) => port.now().readers.find((reader) => reader.name === name)?.token,
    );
    if (!one || !two) throw new Error('A reader shows no card.');
    expect(one.readerId).not.toBe(two.readerId);
    expect(await sign(two, '27182818')).toMatchObject({ reason: 'wrong-pin' });
    expect([first.triesLeft(), second.triesLeft()]).toEqual([3, 2]);
    const [a, b] = await Promise.all([sign(one), sign(two)]);
    expect(isSignature(first.der, a.ok ? a.signatures[0] : undefined)).toBe(true);
    expect(isSignature(second.der, b.ok ? b.signatures[0] : undefined)).toBe(true);
    await first.remove();
    await until(1);
    expect(tokens()[0]?.readerId).toBe(two.readerId);
  });
});

test('a card is gone when the service of its reader ends', async () => {
  const own = await startPcsc(newHome(run), run.runAs ?? undefined);
  await port.close();
  port = createCardHost(() => forkCardProcess(own.env), TIMES);
  port.configure([own.module]);
  const card = makeCard();
  await card.insert(own.slots[0]);
  await until(1);
  await own.stop();
  await until(0);
});
