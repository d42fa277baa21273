import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardWrapId, cardWrapMessage, cardWrapState, setCardWrap, unwrapWithCard } from './card-wraps.ts';
import { openCardSeal, sealForCard } from './seal.ts';
import { LEAST_STRETCHING } from './testing/least-stretching.ts';
import {
  type CardWrap,
  createDataKey,
  createRecoveryPhrase,
  emptyKeyring,
  type Keyring,
  readKeyring,
  removePeople,
  removeWrap,
  setPasswordWrap,
  setRecoveryWrap,
  unwrapWithPassword,
  unwrapWithPhrase,
  writeKeyring,
} from './wraps.ts';

const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';
const otherStore = '11111111-2222-4333-8444-555555555555';
const deviceSecret = new Uint8Array(32).fill(9);
const otherPc = new Uint8Array(32).fill(8);
const key = createDataKey();
const phrase = createRecoveryPhrase();
const salt = new Uint8Array(32).fill(5);
const card = { uuid: '912345678901', keyFingerprint: new Uint8Array(32).fill(1), deviceSecret };
const otherCard = { ...card, uuid: '912345678902' };
const renewed = { ...card, keyFingerprint: new Uint8Array(32).fill(2) };
const refused = { ok: false, reason: 'refused' };
const person = { username: '919KEYS01', password: 'correct horse battery staple', deviceSecret };
/** What an RSA card does: PKCS#1 v1.5 with SHA-256, by node's own crypto. */
const signed = (by: KeyObject, message: Uint8Array): Uint8Array => sign('sha256', message, by);

let dir: string;
let rsa: KeyObject;
let other: KeyObject;
let signature: Uint8Array;
let bare: Keyring;
let ring: Keyring;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'esr-card-wraps-'));
  rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  signature = signed(rsa, cardWrapMessage(storeId, salt));
  bare = await setRecoveryWrap(emptyKeyring(storeId), key, phrase, LEAST_STRETCHING);
  ring = setCardWrap(bare, key, card, { salt, signature });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('a card’s way in', () => {
  test('opens by the card’s signature, made anew, over a message of this store and this wrap alone', () => {
    expect(unwrapWithCard(ring, card, signed(rsa, cardWrapMessage(storeId, salt)))).toEqual({
      ok: true,
      key,
    });
    expect(Buffer.from(cardWrapMessage(storeId, salt)).toString('latin1')).toBe(
      `esr-access-desk card wrap v1\0${storeId}\0${'\x05'.repeat(32)}`,
    );
    for (const message of [
      cardWrapMessage(otherStore, salt),
      cardWrapMessage(storeId, new Uint8Array(32).fill(6)),
      Buffer.from(storeId),
    ])
      expect(unwrapWithCard(ring, card, signed(rsa, message))).toEqual(refused);
  });

  test('does not open by another card’s key, another UUID, another key of the card, another PC, or no signature', () => {
    expect(unwrapWithCard(ring, card, signed(other, cardWrapMessage(storeId, salt)))).toEqual(refused);
    expect(unwrapWithCard(ring, otherCard, signature)).toEqual(refused);
    expect(unwrapWithCard(ring, renewed, signature)).toEqual(refused);
    expect(unwrapWithCard(ring, { ...card, deviceSecret: otherPc }, signature)).toEqual(refused);
    expect(unwrapWithCard(ring, card, null)).toEqual(refused);
    expect(unwrapWithCard(ring, card, new Uint8Array(0))).toEqual(refused);
  });

  test('with the signature, whoever has the files still needs the device secret, and the other way round', () => {
    const about = { storeId, id: 'i', key: 'k', binding: 'signature', salt: 'c2FsdA' } as const;
    const sealed = sealForCard(key, about, { signature, deviceSecret });
    expect(openCardSeal(sealed, about, { signature, deviceSecret }), 'the control').toEqual(key);
    expect(openCardSeal(sealed, about, { signature, deviceSecret: otherPc })).toBeNull();
    expect(openCardSeal(sealed, about, { signature: null, deviceSecret })).toBeNull();
  });

  test('bound to the device, it opens without a signature, on this PC alone, each wrap by a key of its own', () => {
    const bound = setCardWrap(bare, key, card, { salt, signature: null });
    expect(unwrapWithCard(bound, card, null)).toEqual({ ok: true, key });
    expect(unwrapWithCard(bound, card, signature)).toEqual(refused);
    expect(unwrapWithCard(bound, { ...card, deviceSecret: otherPc }, null)).toEqual(refused);
    expect(unwrapWithCard(bound, renewed, null)).toEqual(refused);
    const about = { storeId, id: 'i', key: 'k', binding: 'device', salt: 'c2FsdA' } as const;
    const sealed = sealForCard(key, about, { signature: null, deviceSecret });
    expect(openCardSeal(sealed, about, { signature: null, deviceSecret }), 'the control').toEqual(key);
    for (const change of [{ storeId: otherStore }, { id: 'j' }, { key: 'l' }, { salt: 'c2FsdB' }])
      expect(openCardSeal(sealed, { ...about, ...change }, { signature: null, deviceSecret })).toBeNull();
  });

  test('the seal is bound to everything written beside it', () => {
    const altered = (change: Partial<CardWrap>): Keyring => ({
      ...ring,
      wraps: ring.wraps.map((wrap) => (wrap.kind === 'card' ? { ...wrap, ...change } : wrap)),
    });
    expect(unwrapWithCard(altered({}), card, signature), 'the control').toEqual({ ok: true, key });
    expect(unwrapWithCard({ ...ring, storeId: otherStore }, card, signature)).toEqual(refused);
    expect(unwrapWithCard(altered({ binding: 'device' }), card, null)).toEqual(refused);
    const salted = altered({ salt: Buffer.alloc(32, 6).toString('base64url') });
    expect(unwrapWithCard(salted, card, signature)).toEqual(refused);
  });

  test('is enrolled, not enrolled, or enrolled with another key; enrolling that replaces it', () => {
    expect(cardWrapState(ring, card)).toBe('enrolled');
    expect(cardWrapState(ring, renewed)).toBe('renewed');
    expect(cardWrapState(ring, otherCard)).toBe('none');
    expect(cardWrapState(ring, { ...card, deviceSecret: otherPc })).toBe('none');
    const again = setCardWrap(ring, key, renewed, { salt, signature });
    expect(again.wraps).toHaveLength(2);
    expect([cardWrapState(again, renewed), cardWrapState(again, card)]).toEqual(['enrolled', 'renewed']);
    expect(unwrapWithCard(again, renewed, signature)).toEqual({ ok: true, key });
    expect(unwrapWithCard(again, card, signature)).toEqual(refused);
  });

  test('taken away it opens nothing, and a renewed device secret takes it away with people’s', async () => {
    const removed = removeWrap(ring, cardWrapId(deviceSecret, card.uuid));
    expect(cardWrapState(removed, card)).toBe('none');
    expect(unwrapWithCard(removed, card, signature)).toEqual(refused);
    expect(removePeople(ring).wraps.map(({ kind }) => kind)).toEqual(['recovery']);
    expect((await unwrapWithPhrase(removed, phrase, LEAST_STRETCHING)).ok).toBe(true);
  });
});

describe('keyring.json with cards', () => {
  const file = () => join(dir, 'keyring.json');

  test('comes back as written and names no card, no key and no signature', () => {
    writeKeyring(file(), ring);
    expect(readKeyring(file())).toEqual({ kind: 'present', keyring: ring });
    const words = readFileSync(file(), 'utf8');
    for (const secret of [signature, card.keyFingerprint, key])
      for (const form of ['hex', 'base64', 'base64url'] as const)
        expect(words).not.toContain(Buffer.from(secret).toString(form));
    expect(words).not.toContain(card.uuid);
    expect(words, 'the id is not to be had without the device secret').not.toContain(
      createHmac('sha256', new Uint8Array(32)).update(`card:${card.uuid}`).digest('base64url'),
    );
  });

  test('of the first version is read, and written as the second with the next change', async () => {
    const before = await setPasswordWrap(bare, key, person, LEAST_STRETCHING);
    writeFileSync(file(), JSON.stringify({ ...before, version: 1 }));
    const reading = readKeyring(file());
    if (reading.kind !== 'present') throw new Error(reading.kind);
    expect(reading.keyring).toEqual(before);
    expect(await unwrapWithPassword(reading.keyring, person, LEAST_STRETCHING)).toEqual({ ok: true, key });
    writeKeyring(file(), setCardWrap(reading.keyring, key, card, { salt, signature }));
    // A program of the first version compares this number before it looks at anything else, and says "newer".
    expect(JSON.parse(readFileSync(file(), 'utf8')).version).toBe(2);
  });

  const wrap = (change: object) => ({ ...ring.wraps.find(({ kind }) => kind === 'card'), ...change });
  test.each<[string, () => unknown]>([
    ['a card in a keyring of the first version', () => ({ ...ring, version: 1 })],
    ['a binding that is none', () => ({ ...ring, wraps: [wrap({ binding: 'none' })] })],
    ['a card as recovery', () => ({ ...ring, wraps: [wrap({ id: 'recovery' })] })],
    ['a short salt', () => ({ ...ring, wraps: [wrap({ salt: 'AAAA' })] })],
    ['a card with a derivation', () => ({ ...ring, wraps: [wrap({ kdf: {} })] })],
    ['the same card twice', () => ({ ...ring, wraps: [wrap({}), wrap({})] })],
  ])('%s is unreadable', (_what, make) => {
    writeFileSync(file(), JSON.stringify(make()));
    expect(readKeyring(file())).toEqual({ kind: 'unreadable' });
  });
});
