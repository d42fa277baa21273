import { spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeTestCa, type TestKeyType } from '../../../electron/adapters/certificates/testing/test-ca.ts';
import { newHome } from '../launch-desk.ts';
import type { RunFacts } from '../run.ts';
import { type Pcsc, startPcsc } from './pcsc.ts';
import { runPkcs11Tool } from './run-pkcs11-tool.ts';
import { makeVirtualCard, type VirtualCard } from './virtual-card.ts';

const PIN = '48151623';
const UUID = '300100000017';
/** Cards that a test made, to be taken out after it. */
const made: VirtualCard[] = [];
const ca = makeTestCa({ now: new Date().toISOString() });

function makeCard(
  keyType: TestKeyType,
  keyUsage: 'authentication' | 'both' = 'authentication',
): VirtualCard & { readonly der: Uint8Array } {
  const { der, privateKey } = ca.issueForNewKey({ subject: `O=nhs,OU=People,CN=${UUID}`, keyUsage, keyType });
  const card = makeVirtualCard({ key: privateKey, certificateDer: der, pin: PIN });
  made.push(card);
  return { ...card, der };
}

describe('a card that is put into a reader and pulled out, seen by pcscd and OpenSC', () => {
  const run = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;
  const home = newHome(run);
  const runAs = run.runAs ?? undefined;
  let pcsc: Pcsc;
  const tool = (args: readonly string[], pin?: string) => runPkcs11Tool(pcsc, runAs, home, args, pin);

  const listed = async (): Promise<string> => (await tool(['--list-token-slots'])).text;
  /** pcscd looks every 400 ms. */
  const untilEmpty = () =>
    expect.poll(listed, { timeout: 10_000, interval: 100 }).not.toContain('token label');

  /** Signs with the key of PKCS#11's id 01 or 02 and lets openssl, which knows nothing of cards, judge it. */
  async function signAndVerify(der: Uint8Array, keyType: TestKeyType, id = '01'): Promise<string> {
    const [data, signature, key] = ['data', 'signature', 'public.pem'].map((name) =>
      path.join(home, name),
    ) as [string, string, string];
    writeFileSync(data, 'The text that was shown.\n', { mode: 0o644 });
    const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
    writeFileSync(key, createPublicKey(certificate).export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
    const mechanism =
      keyType === 'rsa' ? ['SHA256-RSA-PKCS'] : ['ECDSA-SHA256', '--signature-format', 'openssl'];
    const { code, text } = await tool(
      ['--sign', '--id', id, '--mechanism', ...mechanism, '--input-file', data, '--output-file', signature],
      PIN,
    );
    if (code !== 0) return text;
    return spawnSync('openssl', ['dgst', '-sha256', '-verify', key, '-signature', signature, data], {
      encoding: 'utf8',
    }).stdout;
  }

  beforeAll(async () => {
    pcsc = await startPcsc(home, runAs);
  });
  afterEach(async () => {
    for (const card of made.splice(0)) await card.remove();
    await untilEmpty();
  });
  afterAll(() => pcsc?.stop());

  test('both slots are empty, until a card comes into the second, and after it has gone', async () => {
    expect((await tool(['--list-slots'])).text.match(/\(empty\)/g)).toHaveLength(2);
    const card = makeCard('rsa');
    await card.insert(pcsc.slots[1]);
    const seen = await listed();
    expect(seen).toContain(pcsc.slots[1].name);
    expect(seen).toContain(UUID);
    expect((await tool(['--list-objects', '--type', 'cert'])).text).toContain(`CN=${UUID}`);
    await card.remove();
    await untilEmpty();
  });

  test.each(['rsa', 'p256'] as const)(
    'the %s key of a card signs after the PIN, and openssl verifies it',
    async (keyType) => {
      const card = makeCard(keyType);
      await card.insert(pcsc.slots[0]);
      expect(await signAndVerify(card.der, keyType)).toContain('Verified OK');
      expect(card.answered('sign')).toBeGreaterThan(0);
      const another = makeCard(keyType);
      expect(await signAndVerify(another.der, keyType)).toContain('Verification failure');
    },
  );

  test('a card with a second key pair for signing holds both', async () => {
    const wishes = { subject: `O=nhs,OU=People,CN=${UUID}`, keyType: 'rsa' } as const;
    const first = ca.issueForNewKey({ ...wishes, keyUsage: 'authentication' });
    const second = ca.issueForNewKey({ ...wishes, keyUsage: 'signing' });
    const signing = { key: second.privateKey, certificateDer: second.der };
    const card = makeVirtualCard({ key: first.privateKey, certificateDer: first.der, signing, pin: PIN });
    made.push(card);
    await card.insert(pcsc.slots[0]);
    expect((await tool(['--list-objects', '--type', 'cert'])).text.match(/ID: +0[12]/g)).toHaveLength(2);
    expect(await signAndVerify(first.der, 'rsa', '01')).toContain('Verified OK');
    expect(await signAndVerify(second.der, 'rsa', '02')).toContain('Verified OK');
    expect(await signAndVerify(first.der, 'rsa', '02')).toContain('Verification failure');
  });

  test('wrong PINs count down, the last one locks the card, and the right one does not open it again', async () => {
    const card = makeCard('rsa');
    await card.insert(pcsc.slots[0]);
    const attempt = async (pin: string) => (await tool(['--list-objects', '--type', 'privkey'], pin)).text;
    expect(await listed()).not.toMatch(/final user PIN try|user PIN locked/);
    expect(await attempt('99999999')).toContain('CKR_PIN_INCORRECT');
    expect(card.triesLeft()).toBe(2);
    expect(await attempt('99999998')).toContain('CKR_PIN_INCORRECT');
    expect(card.triesLeft()).toBe(1);
    expect(await listed()).toContain('final user PIN try');
    expect(await attempt('99999997')).toContain('CKR_PIN_LOCKED');
    expect(await listed()).toContain('user PIN locked');
    expect(await attempt(PIN)).toContain('CKR_PIN_LOCKED');
    expect(card.triesLeft()).toBe(0);
  });

  test('the right PIN gives the tries back; what cannot be a PIN spends none', async () => {
    const card = makeCard('rsa');
    await card.insert(pcsc.slots[0]);
    await tool(['--list-objects', '--type', 'privkey'], '99999999');
    expect(card.triesLeft()).toBe(2);
    expect((await tool(['--list-objects', '--type', 'privkey'], 'letters')).code).not.toBe(0);
    expect(card.triesLeft()).toBe(2);
    await tool(['--list-objects', '--type', 'privkey'], PIN);
    expect(card.triesLeft()).toBe(3);
  });

  test('pulled out in the middle of a signature it signs nothing, and put in again it does', async () => {
    const card = makeCard('rsa');
    await card.insert(pcsc.slots[0]);
    card.onApdu((command) => (command === 'sign' ? card.remove() : undefined));
    expect(await signAndVerify(card.der, 'rsa')).toMatch(/CKR_\w+/);
    expect(card.answered('sign')).toBe(0);
    expect(card.isInserted()).toBe(false);
    await untilEmpty();
    card.onApdu(null);
    await card.insert(pcsc.slots[0]);
    expect(await signAndVerify(card.der, 'rsa')).toContain('Verified OK');
  });

  test('stopped, it leaves no process, no folder and nothing in /run', async () => {
    const own = await startPcsc(home, runAs);
    const before = readdirSync('/run');
    expect(readFileSync(`/proc/${own.pid}/comm`, 'utf8')).toBe('pcscd\n');
    await own.stop();
    expect(existsSync(`/proc/${own.pid}`)).toBe(false);
    expect(existsSync(path.dirname(own.env.PCSCLITE_CSOCK_NAME))).toBe(false);
    expect(before).not.toContain('pcscd');
  });
});
