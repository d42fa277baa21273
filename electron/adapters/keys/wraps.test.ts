import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKdf, openSealedKey, SHIPPED_STRETCHING, sealKey } from './seal.ts';
import { LEAST_STRETCHING } from './testing/least-stretching.ts';
import {
  createDataKey,
  createRecoveryPhrase,
  emptyKeyring,
  type Keyring,
  type KeyWrap,
  unwrapWithPassword as openWithPassword,
  unwrapWithPhrase as openWithPhrase,
  type PersonWrap,
  personWrapId,
  readKeyring,
  removePeople,
  removeWrap,
  setPasswordWrap as sealWithPassword,
  setRecoveryWrap as sealWithPhrase,
  writeKeyring,
} from './wraps.ts';

const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';
const deviceSecret = new Uint8Array(32).fill(9);
const password = 'correct horse battery staple';
const key = createDataKey();
const phrase = createRecoveryPhrase();
type SecretWrap = Exclude<KeyWrap, { readonly kind: 'card' }>;
const isSecret = (wrap: KeyWrap): wrap is SecretWrap => wrap.kind !== 'card';
let dir: string;
let ring: Keyring;

// As it ships: everything here is stretched at its whole cost.
const setPasswordWrap = (to: Keyring, sealed: Uint8Array, person: PersonWrap) =>
  sealWithPassword(to, sealed, person, SHIPPED_STRETCHING);
const setRecoveryWrap = (to: Keyring, sealed: Uint8Array, words: string) =>
  sealWithPhrase(to, sealed, words, SHIPPED_STRETCHING);
const unwrapWithPassword = (of: Keyring, person: PersonWrap) =>
  openWithPassword(of, person, SHIPPED_STRETCHING);
const unwrapWithPhrase = (of: Keyring, words: string) => openWithPhrase(of, words, SHIPPED_STRETCHING);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'esr-keys-'));
  ring = await setPasswordWrap(emptyKeyring(storeId), key, { username: '919KEYS01', password, deviceSecret });
  ring = await setRecoveryWrap(ring, key, phrase);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('ways in', () => {
  test('the password opens the key, with the name in any case and the password in any Unicode form', async () => {
    const accented = await setPasswordWrap(ring, key, {
      username: 'b',
      password: 'Zo\u00eb-passphrase',
      deviceSecret,
    });
    expect(await unwrapWithPassword(ring, { username: ' 919keys01 ', password, deviceSecret })).toEqual({
      ok: true,
      key,
    });
    const decomposed = { username: 'B', password: 'Zoe\u0308-passphrase', deviceSecret };
    expect(await unwrapWithPassword(accented, decomposed)).toEqual({ ok: true, key });
  });

  test('another password, name or device does not', async () => {
    const right = { username: '919KEYS01', password, deviceSecret };
    const refused = { ok: false, reason: 'refused' };
    expect(await unwrapWithPassword(ring, { ...right, password: `${password} ` })).toEqual(refused);
    expect(await unwrapWithPassword(ring, { ...right, username: '919KEYS02' })).toEqual(refused);
    expect(await unwrapWithPassword(ring, { ...right, deviceSecret: new Uint8Array(32).fill(8) })).toEqual(
      refused,
    );
  });

  test('whoever has the file and the password still needs the device secret', async () => {
    const about = { storeId, id: 'any', kind: 'password', kdf: newKdf(SHIPPED_STRETCHING) } as const;
    const secret = Buffer.from(password);
    const sealed = await sealKey(key, about, { secret, bound: deviceSecret });
    expect(await openSealedKey(sealed, about, { secret, bound: deviceSecret }), 'the control').toEqual(key);
    expect(await openSealedKey(sealed, about, { secret, bound: new Uint8Array(32).fill(8) })).toBeNull();
    expect(await openSealedKey(sealed, about, { secret, bound: null })).toBeNull();
  });

  test('the recovery phrase alone opens it, however it is typed', async () => {
    expect(phrase.split(' ')).toHaveLength(24);
    const typed = `  ${phrase.toUpperCase().replaceAll(' ', '\n ')} `;
    expect(await unwrapWithPhrase(ring, typed)).toEqual({ ok: true, key });
    expect(await unwrapWithPhrase(removePeople(ring), phrase)).toEqual({ ok: true, key });
  });

  test('words that are no phrase are told from a phrase of another store', async () => {
    const swapped = [...phrase.split(' ').slice(0, 23), 'abandon'].join(' ');
    expect(await unwrapWithPhrase(ring, 'legal winner thank')).toEqual({ ok: false, reason: 'not-a-phrase' });
    expect(await unwrapWithPhrase(ring, 'x '.repeat(24))).toEqual({ ok: false, reason: 'not-a-phrase' });
    expect((await unwrapWithPhrase(ring, createRecoveryPhrase())).ok).toBe(false);
    expect((await unwrapWithPhrase(ring, swapped)).ok).toBe(false);
    expect(await unwrapWithPhrase(ring, createRecoveryPhrase())).toEqual({ ok: false, reason: 'refused' });
  });

  test('replacing closes the old way, removing closes it for good', async () => {
    const person = { username: '919KEYS01', password: 'another long password', deviceSecret };
    const replaced = await setPasswordWrap(ring, key, person);
    expect(replaced.wraps).toHaveLength(2);
    expect((await unwrapWithPassword(replaced, { ...person, password })).ok).toBe(false);
    expect((await unwrapWithPassword(replaced, person)).ok).toBe(true);
    const removed = removeWrap(replaced, personWrapId(deviceSecret, person.username));
    expect((await unwrapWithPassword(removed, person)).ok).toBe(false);
    expect(ring.wraps, 'the ring given is not changed').toHaveLength(2);
  });

  test('the seal is bound to everything written beside it', async () => {
    const person = { username: '919KEYS01', password, deviceSecret };
    const altered = (change: (wrap: SecretWrap) => object): Keyring => ({
      ...ring,
      wraps: ring.wraps.filter(isSecret).map((wrap) => ({ ...wrap, ...change(wrap) })),
    });
    const elsewhere = { ...ring, storeId: '11111111-2222-4333-8444-555555555555' };
    expect((await unwrapWithPassword(elsewhere, person)).ok).toBe(false);
    expect((await unwrapWithPhrase(elsewhere, phrase)).ok).toBe(false);
    const slower = altered((wrap) => ({ kdf: { ...wrap.kdf, passes: 4 } }));
    expect((await unwrapWithPassword(slower, person)).ok).toBe(false);
    const flipped = altered((wrap) => ({
      sealed: `${wrap.sealed.startsWith('A') ? 'B' : 'A'}${wrap.sealed.slice(1)}`,
    }));
    expect((await unwrapWithPassword(flipped, person)).ok).toBe(false);
    expect(
      (
        await unwrapWithPassword(
          altered(() => ({})),
          person,
        )
      ).ok,
      'the control',
    ).toBe(true);
  });

  test('derivation is off the main thread', async () => {
    let turns = 0;
    const counter = setInterval(() => turns++, 1);
    await unwrapWithPassword(ring, { username: 'nobody', password, deviceSecret });
    clearInterval(counter);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('what a guess costs', () => {
  const figures = ({ wraps }: Keyring) =>
    wraps.filter(isSecret).map(({ kdf: { memoryKiB, passes, lanes } }) => ({ memoryKiB, passes, lanes }));

  test('is handed in, kept in the wrap, and never less than the file’s own bounds', async () => {
    expect(figures(ring)).toEqual([SHIPPED_STRETCHING, SHIPPED_STRETCHING]);
    const file = join(dir, 'least.json');
    const person = { username: '919KEYS03', password, deviceSecret };
    const least = await sealWithPassword(ring, key, person, LEAST_STRETCHING);
    expect(figures(least)).toContainEqual(LEAST_STRETCHING);
    writeKeyring(file, least);
    expect(readKeyring(file)).toEqual({ kind: 'present', keyring: least });
    expect(await unwrapWithPassword(least, person), 'by what it was made with').toEqual({ ok: true, key });
    for (const [name, figure] of Object.entries(LEAST_STRETCHING)) {
      const weaker = least.wraps.map((each) =>
        isSecret(each) ? { ...each, kdf: { ...each.kdf, [name]: figure - 1 } } : each,
      );
      writeFileSync(file, JSON.stringify({ ...least, wraps: weaker }));
      expect(readKeyring(file), name).toEqual({ kind: 'unreadable' });
    }
  });
});

describe('keyring.json', () => {
  test('comes back as written, for its owner only, and names nobody', () => {
    const file = join(dir, 'keyring.json');
    writeKeyring(file, ring);
    expect(readKeyring(file)).toEqual({ kind: 'present', keyring: ring });
    const words = readFileSync(file, 'utf8').toLowerCase();
    expect(words).not.toContain('keys01');
    expect(words).not.toContain(Buffer.from(key).toString('hex'));
    expect(words).not.toContain(Buffer.from(key).toString('base64url').toLowerCase());
  });

  const wrap = (change: object) => ({ ...ring.wraps[0], ...change });
  const kdf = (change: object) => wrap({ kdf: { ...ring.wraps.filter(isSecret)[0]?.kdf, ...change } });
  test.each<[string, () => unknown]>([
    ['not JSON', () => '{'],
    ['null', () => null],
    ['an extra key', () => ({ ...ring, extra: 1 })],
    ['an extra key in a wrap', () => ({ ...ring, wraps: [wrap({ extra: 1 })] })],
    ['the same id twice', () => ({ ...ring, wraps: [wrap({}), wrap({})] })],
    ['a weak derivation', () => ({ ...ring, wraps: [kdf({ memoryKiB: 8 })] })],
    ['a derivation that takes all memory', () => ({ ...ring, wraps: [kdf({ memoryKiB: 2 ** 30 })] })],
    ['a short seal', () => ({ ...ring, wraps: [wrap({ sealed: 'AAAA' })] })],
    ['a person as recovery', () => ({ ...ring, wraps: [wrap({ kind: 'recovery' })] })],
    ['a file of many megabytes', () => JSON.stringify(ring) + ' '.repeat(2_000_000)],
  ])('%s is unreadable', (_what, make) => {
    const file = join(dir, 'hostile.json');
    const content = make();
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    expect(readKeyring(file)).toEqual({ kind: 'unreadable' });
  });

  test('a later version and a missing file are told apart from those', () => {
    const file = join(dir, 'later.json');
    writeFileSync(file, JSON.stringify({ version: 3, anything: true }));
    expect(readKeyring(file)).toEqual({ kind: 'newer' });
    expect(readKeyring(join(dir, 'none.json'))).toEqual({ kind: 'missing' });
  });
});
