import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import keytar from 'keytar';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ended, said, startChild } from '../../../../db/testing/child.ts';
import { makeFolder } from '../../../../db/testing/store-folder.ts';
import { searchMemory } from '../../../../e2e/support/search-memory.ts';
import { type KeychainPort, loadKeytar } from '../../../adapters/keys/keychain.ts';
import { LEAST_STRETCHING } from '../../../adapters/keys/testing/least-stretching.ts';
import { createRecoveryPhrase } from '../../../adapters/keys/wraps.ts';
import type { CardKey, NewCardWrap } from '../../../services/session/vault.ts';
import { MIGRATIONS, testContext } from '../../../testing/real-store.ts';
import { type CoreVault, createVault } from '../vault.ts';

// The real store, the real keychain of the test run, and RSA keys in place of cards: a card signs no differently.

const SERVICE = 'ESR Access Desk';
const PERSON = { username: 'Olive.Owner', password: 'kettle bicycle marmalade' };
const settings = {
  modulePaths: ['/usr/lib/softhsm/libsofthsm2.so'],
  subjectRule: 'CN=^(\\d{12})$',
  trustAnchors: '',
  revocationLists: [],
  removalLocks: true,
};
const recoveryPhrase = createRecoveryPhrase();
const card: CardKey = { uuid: '912345678901', keyFingerprint: new Uint8Array(32).fill(1) };
const renewed: CardKey = { ...card, keyFingerprint: new Uint8Array(32).fill(2) };
let rsa: KeyObject;
let other: KeyObject;
beforeAll(() => {
  rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
});

let folder: ReturnType<typeof makeFolder>;
let vault: CoreVault;
let storeId: string;
let up: number;
const vaults: CoreVault[] = [];
/** The program started anew on the same PC. */
const start = (keychainPort: () => Promise<KeychainPort> = loadKeytar): CoreVault => {
  vaults.at(-1)?.close();
  const next = createVault({
    userDataDir: folder.dir,
    migrationsDir: MIGRATIONS,
    context: testContext().context,
    newStoreId: randomUUID,
    keychainPort,
    uptime: () => up,
    stretching: LEAST_STRETCHING,
  });
  vaults.push(next);
  return next;
};
const beside = (name: string) => join(folder.dir, 'stores', 'trust', name);

beforeEach(async () => {
  folder = makeFolder('vault');
  up = 3_600_000;
  vault = start();
  await vault.create({
    name: 'trust',
    trustName: 'Eastmoor',
    vpd: '919',
    environment: 'TPLY',
    recoveryPhrase,
    passwords: [PERSON],
    prepare: () => undefined,
  });
  ({ storeId } = JSON.parse(readFileSync(beside('scheme.json'), 'utf8')) as { storeId: string });
});
afterEach(async () => {
  for (const each of vaults.splice(0)) each.close();
  await keytar.deletePassword(SERVICE, storeId);
  await keytar.deletePassword(SERVICE, `${storeId} sign-in tries`);
  folder.remove();
});

const enrol = async (which: CardKey = card, by: KeyObject | null = rsa): Promise<void> => {
  const { salt, message } = vault.newCardWrap();
  const wrap: NewCardWrap =
    by === null
      ? { ...which, salt, binding: 'device', signature: null }
      : { ...which, salt, binding: 'signature', signature: sign('sha256', message, by) };
  await vault.enrolCard(wrap);
};
/** A whole sign-in: the challenge, the card's signature, the unlocking. */
const signIn = async (by: KeyObject | null = rsa, which: CardKey = card) => {
  const challenge = await vault.cardChallenge(which);
  const message = challenge?.wrapMessage ?? Buffer.from('none');
  return vault.unlockByCard({ ...which, signature: by === null ? null : sign('sha256', message, by) });
};

describe('a card', () => {
  it('opens the store after a restart, for reading and writing, by its signature alone', async () => {
    expect(await vault.cardEnrolment(card)).toBe('none');
    await enrol();
    vault = start();
    expect(await vault.cardEnrolment(card), 'before it is open').toBe('enrolled');
    expect(await vault.cardChallenge(card)).toMatchObject({ binding: 'signature', storeId });
    const result = await signIn();
    if (!result.ok) throw new Error(result.reason);
    result.store.access.settings.write('k', 'v');
    expect(vault.open()?.access.settings.read('k')).toBe('v');
    expect(vault.ways()).toEqual({ passwords: 1, cards: { signature: 1, device: 0 }, recovery: true });
  });

  it('wipes the signatures it was given, right or wrong', async () => {
    const { salt, message } = vault.newCardWrap();
    const signature = sign('sha256', message, rsa);
    const again = new Uint8Array(signature);
    const wrong = sign('sha256', message, other);
    await vault.enrolCard({ ...card, salt, binding: 'signature', signature });
    expect((await vault.unlockByCard({ ...card, signature: wrong })).ok).toBe(false);
    expect((await vault.unlockByCard({ ...card, signature: again })).ok).toBe(true);
    for (const bytes of [signature, again, wrong]) expect([...bytes].every((byte) => byte === 0)).toBe(true);
  });

  it('bound to the device opens without a signature, and says so', async () => {
    await enrol(card, null);
    vault = start();
    expect(await vault.cardChallenge(card)).toEqual({ binding: 'device', storeId, wrapMessage: null });
    expect((await signIn(null)).ok).toBe(true);
    expect(vault.ways().cards).toEqual({ signature: 0, device: 1 });
  });

  it('takes no signature that is different each time for one to derive a key from', async () => {
    const { salt } = vault.newCardWrap();
    const wrap = { ...card, salt, binding: 'signature', signature: new Uint8Array(64).fill(7) } as const;
    await expect(vault.enrolCard(wrap)).rejects.toThrow(/short/);
    expect(await vault.cardEnrolment(card)).toBe('none');
  });

  it('with another key is renewed, opens nothing until it is enrolled again, and then the old key does not', async () => {
    await enrol();
    vault.close();
    expect(await vault.cardEnrolment(renewed)).toBe('renewed');
    expect(await vault.cardChallenge(renewed)).toBeNull();
    expect(await signIn(other, renewed)).toMatchObject({ ok: false, reason: 'refused' });
    expect((await signIn()).ok).toBe(true);
    await enrol(renewed, other);
    expect((await signIn(other, renewed)).ok).toBe(true);
    expect(await vault.cardEnrolment(card)).toBe('renewed');
    expect((await signIn()).ok).toBe(false);
  });

  it('taken away opens nothing; the password still does', async () => {
    await enrol();
    await vault.removeCard(card.uuid);
    vault = start();
    expect(await vault.cardEnrolment(card)).toBe('none');
    expect(await signIn()).toMatchObject({ ok: false, reason: 'refused' });
    expect(await vault.hasPassword(PERSON.username.toUpperCase())).toBe(true);
    expect(await vault.hasPassword('nobody')).toBe(false);
    expect((await vault.unlock(PERSON.username, PERSON.password)).ok).toBe(true);
  });

  it('refused is counted, waits, outlasts restarts, is queued under its UUID, and is forgotten by enrolling again', async () => {
    await enrol();
    for (const triesLeft of [9, 8, 7]) {
      vault = start();
      expect(await signIn(other)).toEqual({ ok: false, reason: 'refused', triesLeft });
    }
    expect(await signIn(), 'even the right one waits').toEqual({ ok: false, reason: 'wait', waitSeconds: 5 });
    expect((await vault.unlock(PERSON.username, PERSON.password)).ok, 'a password is another way').toBe(true);
    const { refusals, tampered } = await vault.refusedSignIns();
    expect(refusals.map(({ username, reason, way }) => [username, reason, way])).toEqual([
      ...Array(3).fill([card.uuid, 'refused', 'card']),
      [card.uuid, 'throttled', 'card'],
    ]);
    expect(tampered).toBe(false);
    await enrol();
    vault.close();
    expect((await signIn()).ok).toBe(true);
  });

  it('is not enrolled by a lock that came meanwhile: no wrap of a wiped key is written', async () => {
    const { salt, message } = vault.newCardWrap();
    const enrolling = vault.enrolCard({
      ...card,
      salt,
      binding: 'signature',
      signature: sign('sha256', message, rsa),
    });
    vault.close();
    await expect(enrolling).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await vault.cardEnrolment(card)).toBe('none');
  });

  it('of a PC whose secret was renewed by the phrase is not enrolled any more', async () => {
    await enrol();
    await vault.writeCardSettings(settings);
    const deviceId = await vault.deviceId();
    await vault.checkPassword(PERSON.username, 'not this one'); // so that the keychain remembers a record to be made anew
    expect(deviceId).toMatch(/^[\w-]{43}$/);
    vault = start();
    expect(await vault.deviceId()).toBe(deviceId);
    await keytar.deletePassword(SERVICE, storeId);
    expect((await vault.unlockByPhrase(recoveryPhrase)).ok).toBe(true);
    expect(await vault.cardEnrolment(card)).toBe('none');
    expect(await vault.cardSettings(), 'its MAC was of the lost secret').toEqual({ state: 'none' });
    expect(await vault.deviceId()).not.toBe(deviceId);
    vault = start();
    expect((await vault.unlock(PERSON.username, PERSON.password)).ok).toBe(false);
    expect((await vault.unlockByPhrase(recoveryPhrase)).ok, 'the tries were made anew, not tampered').toBe(
      true,
    );
    expect((await vault.refusedSignIns()).tampered).toBe(false);
  });
});

it('the data key is in no byte of the process after a lock, when a card opened the store and was enrolled again (control: while open)', async () => {
  await enrol();
  const key = Buffer.from(vault.jobAccess().key);
  const hex = Buffer.from(key.toString('hex'));
  vault.close();
  writeFileSync(join(folder.dir, 'card.pem'), rsa.export({ format: 'pem', type: 'pkcs8' }));
  const child = startChild(join(import.meta.dirname, 'testing', 'hold-vault.ts'), [folder.dir, card.uuid]);
  const end = ended(child);
  await said(child, 'OPEN');
  expect(searchMemory(child.pid ?? 0, [key])[0], 'the control').toBeGreaterThan(0);
  const left = said(child, 'LEFT');
  child.stdin?.write('lock\n');
  await left;
  expect(searchMemory(child.pid ?? 0, [key, hex])).toEqual([0, 0]);
  child.stdin?.write('end\n');
  expect((await end).err.replace(/^.*Warning.*$\n?/gm, '').trim()).toBe('');
});

describe('before the store is open', () => {
  it('a refusal found elsewhere waits for the ledger', async () => {
    vault = start();
    await vault.queueRefusal({ username: card.uuid, reason: 'revoked', way: 'card' });
    await vault.unlock(PERSON.username, PERSON.password);
    const { refusals, recorded } = await vault.refusedSignIns();
    expect(refusals).toMatchObject([{ username: card.uuid, reason: 'revoked', way: 'card' }]);
    recorded();
    expect((await vault.refusedSignIns()).refusals).toEqual([]);
  });

  it('card settings are read as they were written, known when altered, and none where there is no store', async () => {
    expect(await vault.cardSettings()).toEqual({ state: 'none' });
    await vault.writeCardSettings(settings);
    vault = start();
    expect(await vault.cardSettings()).toEqual({ state: 'present', settings });
    const words = readFileSync(beside('cards.json'), 'utf8');
    writeFileSync(beside('cards.json'), words.replace('libsofthsm2', 'something-else'));
    expect(await vault.cardSettings()).toEqual({ state: 'altered' });
    await expect(vault.writeCardSettings(settings)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
    const asked = vault.cardSettings();
    rmSync(beside(''), { recursive: true });
    expect(await asked, 'it was thrown away meanwhile').toEqual({ state: 'none' });
    expect(await vault.cardSettings()).toEqual({ state: 'none' });
  });

  it('a backup holds no card settings, and a restore leaves this PC’s own', async () => {
    await vault.writeCardSettings(settings);
    vault.backUp();
    const [backup] = vault.listBackups();
    expect(existsSync(beside(join('backups', backup?.id ?? '', 'keyring.json')))).toBe(true);
    expect(existsSync(beside(join('backups', backup?.id ?? '', 'cards.json')))).toBe(false);
    expect((await vault.restoreBackup(backup?.id ?? '', recoveryPhrase)).ok).toBe(true);
    expect(await vault.cardSettings()).toEqual({ state: 'present', settings });
  });

  it('each of it says so where the keychain has lost the secret', async () => {
    vault = start();
    await keytar.deletePassword(SERVICE, storeId);
    const asked = [
      () => vault.cardEnrolment(card),
      () => vault.cardChallenge(card),
      () => vault.unlockByCard({ ...card, signature: null }),
      () => vault.deviceId(),
      () => vault.cardSettings(),
      () => vault.queueRefusal({ username: '', reason: 'revoked', way: 'card' }),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'KEY_STATE' });
  });
});

describe('the record of tries', () => {
  const wrong = () => vault.unlock(PERSON.username, 'not this one');
  const right = () => vault.unlock(PERSON.username, PERSON.password);

  it('put back as it was before the wrong tries locks everybody, and the ledger is told', async () => {
    vault = start();
    await wrong();
    const before = readFileSync(beside('attempts.json'));
    await wrong();
    vault = start();
    expect(await wrong(), 'the control').toMatchObject({ reason: 'refused', triesLeft: 7 });
    writeFileSync(beside('attempts.json'), before);
    vault = start();
    expect(await right()).toEqual({ ok: false, reason: 'locked' });
    up += 900_000;
    expect((await right()).ok).toBe(true);
    expect((await vault.refusedSignIns()).tampered).toBe(true);
  });

  it('is in the keychain before a refusal is told, and a right sign-in is sound after it', async () => {
    const told = async () => Number(await keytar.getPassword(SERVICE, `${storeId} sign-in tries`));
    const written = () =>
      (JSON.parse(readFileSync(beside('attempts.json'), 'utf8')) as { sequence: number }).sequence;
    vault = start();
    await wrong();
    expect(await told()).toBe(written());
    for (let n = 0; n < 3; n += 1) {
      vault = start();
      expect((await right()).ok).toBe(true);
      expect((await vault.refusedSignIns()).tampered).toBe(false);
    }
    expect(await told()).toBeLessThanOrEqual(written());
  });

  it('that the keychain does not take is no way to try for nothing: right and wrong are answered alike', async () => {
    const real = await loadKeytar();
    const setPassword = () => Promise.reject(new Error('The collection is locked'));
    vault = start(async () => ({
      getPassword: real.getPassword,
      deletePassword: real.deletePassword,
      setPassword,
    }));
    await expect(wrong()).rejects.toMatchObject({ code: 'KEY_STATE' });
    await expect(right()).rejects.toMatchObject({ code: 'KEY_STATE' });
    expect(vault.open()).toBeNull();
    vault = start();
    expect(await wrong(), 'both were counted').toMatchObject({ triesLeft: 7 });
  });
});
