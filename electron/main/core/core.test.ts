import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../db/connection.ts';
import { LEAST_STRETCHING } from '../../adapters/keys/testing/least-stretching.ts';
import { readKeyring, unwrapWithPassword } from '../../adapters/keys/wraps.ts';
import { atTheDoor, atWork } from '../../testing/prepared-homes.ts';
import { createTrust, makePc, NEXT_PASSWORD, OWNER, type Pc, type Running } from '../../testing/real-core.ts';
import { RESOURCES } from '../../testing/real-store.ts';

let pc: Pc;
beforeEach(() => {
  pc = makePc('core');
});
afterEach(() => pc.close());

const MINUTE = 60_000;
const OFFICER = {
  username: 'olaf',
  firstPassword: 'a first password of nobody',
  password: 'wintry harbour candles',
};
const wrong = (running: Running, username: string = OWNER.username) =>
  running.refusal('session:signIn', { username, password: 'not the password at all' });

const addOfficer = async ({ call }: Running): Promise<string> => {
  const { username, firstPassword } = OFFICER;
  const { id } = await call('users:add', {
    username,
    displayName: 'The officer',
    employeeNumber: '90000002',
    roles: ['officer'],
    firstPassword,
  });
  return id;
};
const ledger = async ({ call }: Running) => {
  const filter = { text: '', operation: null, actor: null, outcome: null, from: null, to: null };
  return (await call('ledger:list', { filter, offset: 0, limit: 500 })).rows.toReversed();
};
const storeId = () =>
  (JSON.parse(readFileSync(pc.store('scheme.json'), 'utf8')) as { storeId: string }).storeId;
const removeSecret = async () => (await pc.keychain()).deletePassword('ESR Access Desk', storeId());

describe('the trust’s store', () => {
  it('is made, signed out of with a backup, and signed in to again, each step an event', async () => {
    const first = pc.start();
    expect(await first.call('session:getState', {})).toMatchObject({ keyState: 'no-store', user: null });
    await createTrust(first);
    expect(await first.call('session:getState', {})).toMatchObject({
      store: 'trust',
      keyState: 'open',
      trust: { name: 'Eastmoor', vpd: '919', environment: 'TPLY' },
      user: { username: 'olive.owner', roles: ['owner'], mustChangePassword: false },
    });
    expect(await first.call('session:signOut', {})).toMatchObject({ keyState: 'ready', user: null });
    expect((await first.call('session:listBackups', {})).backups).toHaveLength(1);
    pc.advance(MINUTE);
    const second = pc.start();
    await second.signIn('OLIVE.owner ', OWNER.password);
    await second.call('session:lock', { because: 'by-hand' });
    expect(await second.call('session:getState', {})).toMatchObject({ user: null, lockedBecause: 'by-hand' });
    await second.signIn(OWNER.username, OWNER.password);
    expect((await ledger(second)).map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'store.create done',
      'users.add done',
      'session.signIn done',
      'session.signOut done',
      'session.signIn done',
      'session.lock done',
      'session.signIn done',
    ]);
    expect(await second.call('ledger:verify', {})).toMatchObject({ sound: true, size: 7 });
    expect((await second.refusal('session:createTrustStore', await creation(second))).code).toBe(
      'STORE_EXISTS',
    );
  });

  const creation = async ({ call }: Running) => ({
    trustName: 'Westmoor',
    vpd: '920',
    environment: 'LIVE' as const,
    owner: { ...OWNER, employeeNumber: null },
    recoveryPhrase: (await call('session:proposeRecoveryPhrase', {})).words.join(' '),
  });

  it('is left for the choice of stores when that is asked for, though it is the only one, and chosen again', async () => {
    const { running } = await atTheDoor(pc);
    expect(await running.call('session:selectStore', { store: null })).toMatchObject({
      store: null,
      keyState: 'no-store',
      stores: [{ name: 'trust' }],
    });
    expect((await running.refusal('session:signIn', { username: OWNER.username, password: 'x' })).code).toBe(
      'KEY_STATE',
    );
    expect(await running.call('session:selectStore', { store: 'trust' })).toMatchObject({
      keyState: 'ready',
    });
    await running.signIn(OWNER.username, OWNER.password);
    expect(await pc.start().call('session:getState', {}), 'another start takes the only one').toMatchObject({
      store: 'trust',
    });
  });

  it('is not made of a weak password or of words that are no phrase, nor half when what ships with the program is missing', async () => {
    const running = pc.start();
    const good = await creation(running);
    const weak = { ...good, owner: { ...good.owner, password: 'Olive.Owner 2026' } };
    expect((await running.refusal('session:createTrustStore', weak)).code).toBe('WEAK_PASSWORD');
    const [first = '', ...rest] = good.recoveryPhrase.split(' ');
    for (const words of [[...rest, first], rest, ['nonsense', ...rest]]) {
      const input = { ...good, recoveryPhrase: words.join(' ') };
      const { code } = await running.refusal('session:createTrustStore', input);
      expect(code).toBe('REFUSED');
    }
    const broken = pc.start({ resourcesDir: join(pc.dir, 'nowhere') });
    expect((await broken.refusal('session:createTrustStore', good)).code).toBe('UNEXPECTED');
    expect(readdirSync(join(pc.dir, 'stores'))).toEqual([]);
    await running.call('session:createTrustStore', {
      ...good,
      recoveryPhrase: ` ${good.recoveryPhrase.toUpperCase()} `,
    });
  });
});

describe('wrong passwords', () => {
  it('are counted across restarts, make one wait, and are in the ledger after the next sign-in', async () => {
    const { running: first } = await atTheDoor(pc);
    expect(await wrong(first)).toMatchObject({ code: 'WRONG_CREDENTIALS', details: { triesLeft: 9 } });
    expect(await wrong(pc.start())).toMatchObject({ details: { triesLeft: 8 } });
    const third = pc.start();
    expect(await wrong(third)).toMatchObject({ details: { triesLeft: 7 } });
    const right = { username: OWNER.username, password: OWNER.password };
    expect(await third.refusal('session:signIn', right)).toMatchObject({
      code: 'WAIT',
      details: { waitSeconds: 5 },
    });
    expect((await pc.start().refusal('session:signIn', right)).code).toBe('WAIT');
    // Somebody else is not kept waiting, and is told nothing of whether they have an account.
    expect(await wrong(third, 'nobody.here')).toMatchObject({
      code: 'WRONG_CREDENTIALS',
      details: { triesLeft: 9 },
    });
    pc.advance(6_000);
    await third.signIn(OWNER.username, OWNER.password);
    const refused = (await ledger(third)).filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ operation, actor }) => [operation, actor])).toEqual(
      Array(6).fill(['session.signIn', 'The program']),
    );
    await third.call('session:signOut', {});
    expect(await wrong(third)).toMatchObject({ details: { triesLeft: 9 } });
  });

  it('sent side by side are weighed one after the other', async () => {
    const { running } = await atTheDoor(pc);
    const codes = (await Promise.all(Array.from({ length: 6 }, () => wrong(running)))).map(
      ({ code }) => code,
    );
    expect(codes.toSorted()).toEqual([...Array(3).fill('WAIT'), ...Array(3).fill('WRONG_CREDENTIALS')]);
  });

  it('end in a lock-out that outlasts a restart, and that the recovery phrase ends with a new password', async () => {
    const { running, recoveryPhrase } = await atTheDoor(pc);
    for (let n = 0; n < 10; n += 1) {
      expect((await wrong(running)).code).toBe('WRONG_CREDENTIALS');
      if (n < 9) pc.advance(15 * MINUTE);
    }
    const restarted = pc.start();
    const right = { username: OWNER.username, password: OWNER.password };
    expect((await restarted.refusal('session:signIn', right)).code).toBe('LOCKED_OUT');
    const recovery = { recoveryPhrase, username: OWNER.username, newPassword: NEXT_PASSWORD };
    expect((await restarted.refusal('session:recover', { ...recovery, newPassword: 'password' })).code).toBe(
      'WEAK_PASSWORD',
    );
    await restarted.call('session:recover', recovery);
    await restarted.call('session:signOut', {});
    expect((await restarted.refusal('session:signIn', right)).code).toBe('WRONG_CREDENTIALS');
    await restarted.signIn(OWNER.username, NEXT_PASSWORD);
    expect((await ledger(restarted)).filter(({ operation }) => operation === 'session.recover')).toHaveLength(
      1,
    );
  });

  it('of a record that was deleted lock everybody, and are told to the ledger', async () => {
    const { running } = await atTheDoor(pc);
    rmSync(pc.store('attempts.json'));
    const right = { username: OWNER.username, password: OWNER.password };
    expect((await running.refusal('session:signIn', right)).code).toBe('LOCKED_OUT');
    pc.advance(16 * MINUTE);
    await running.signIn(OWNER.username, OWNER.password);
    expect((await ledger(running)).map(({ operation }) => operation)).toContain('session.attemptsAltered');
  });
});

describe('accounts', () => {
  it('begin with a password that must be changed before anything else', async () => {
    const { running } = await atWork(pc);
    await addOfficer(running);
    await running.call('session:signOut', {});
    expect((await running.signIn(OFFICER.username, OFFICER.firstPassword)).user?.mustChangePassword).toBe(
      true,
    );
    expect((await running.refusal('views:list', {})).code).toBe('MUST_CHANGE_PASSWORD');
    const change = (present: string, next: string) =>
      running.ask('session:changePassword', { present, next });
    expect(await change('not this one', OFFICER.password)).toMatchObject({
      code: 'WRONG_CREDENTIALS',
      details: { triesLeft: 9 },
    });
    for (const next of [OFFICER.firstPassword, 'short', 'olaf olaf olaf olaf'])
      expect(await change(OFFICER.firstPassword, next)).toMatchObject({ code: 'WEAK_PASSWORD' });
    expect(await change(OFFICER.firstPassword, OFFICER.password)).toMatchObject({ ok: true });
    await running.call('views:list', {});
    await running.call('session:signOut', {});
    const again = pc.start();
    expect((await again.signIn(OFFICER.username, OFFICER.password)).user?.mustChangePassword).toBe(false);
    expect((await again.refusal('users:list', {})).code).toBe('NOT_PERMITTED');
  });

  it('end for good, but never the own one, so that an owner is left', async () => {
    const { running } = await atWork(pc);
    const id = await addOfficer(running);
    const { users } = await running.call('users:list', {});
    const owner = users.find(({ roles }) => roles.includes('owner'));
    const own = { id: owner?.id ?? '', reason: 'leaving' };
    expect((await running.refusal('users:end', own)).code).toBe('REFUSED');
    await running.call('users:end', { id, reason: 'left the trust' });
    expect((await running.refusal('users:end', { id, reason: 'again' })).code).toBe('REFUSED');
    expect((await running.refusal('users:end', { id: 'nobody', reason: 'again' })).code).toBe('NOT_FOUND');
    const twice = { displayName: 'Again', roles: ['officer' as const], firstPassword: OFFICER.firstPassword };
    for (const input of [
      { ...twice, username: 'OLAF', employeeNumber: null },
      { ...twice, username: 'other', employeeNumber: '90000001' },
    ])
      expect((await running.refusal('users:add', input)).code).toBe('REFUSED');
    await running.call('session:signOut', {});
    const { username, firstPassword: password } = OFFICER;
    expect((await running.refusal('session:signIn', { username, password })).code).toBe('WRONG_CREDENTIALS');
    expect(await running.call('session:getState', {})).toMatchObject({ user: null, keyState: 'ready' });
  });
});

describe('a password that the owner resets', () => {
  const firstPassword = 'another first password of nobody';
  const signIn = (password: string) => ({ username: OFFICER.username, password });

  it('is a first one again: it forgets the wrong tries, the old one opens nothing, and it must be changed', async () => {
    const { running } = await atWork(pc);
    const id = await addOfficer(running);
    await running.call('session:signOut', {});
    await running.signIn(OFFICER.username, OFFICER.firstPassword);
    const change = { present: OFFICER.firstPassword, next: OFFICER.password };
    await running.call('session:changePassword', change);
    await running.call('session:signOut', {});
    for (let n = 0; n < 3; n += 1) await wrong(running, OFFICER.username);
    expect((await running.refusal('session:signIn', signIn(OFFICER.password))).code).toBe('WAIT');
    await running.signIn(OWNER.username, OWNER.password);
    const weak = { id, firstPassword: 'olaf' };
    expect((await running.refusal('users:resetPassword', weak)).code).toBe('WEAK_PASSWORD');
    await running.call('users:resetPassword', { id, firstPassword });
    await running.call('session:signOut', {});
    expect(await running.refusal('session:signIn', signIn(OFFICER.password))).toMatchObject({
      code: 'WRONG_CREDENTIALS',
      details: { triesLeft: 9 },
    });
    const { user } = await running.signIn(OFFICER.username, firstPassword);
    expect(user?.mustChangePassword).toBe(true);
    expect((await running.refusal('views:list', {})).code).toBe('MUST_CHANGE_PASSWORD');
    expect(pc.exceptions).toEqual([]);
  });

  it('lets in whom a recovery on a new PC left without a way in, who was told no more than a stranger', async () => {
    const { running, recoveryPhrase } = await atWork(pc);
    const id = await addOfficer(running);
    await running.call('session:signOut', {});
    await removeSecret();
    const onNewPc = pc.start();
    await onNewPc.call('session:recover', {
      recoveryPhrase,
      username: OWNER.username,
      newPassword: NEXT_PASSWORD,
    });
    await onNewPc.call('session:signOut', {});
    const refused = await onNewPc.refusal('session:signIn', signIn(OFFICER.firstPassword));
    expect(refused).toEqual(await wrong(onNewPc, 'nobody.here'));
    await onNewPc.signIn(OWNER.username, NEXT_PASSWORD);
    await onNewPc.call('users:resetPassword', { id, firstPassword });
    await onNewPc.call('session:signOut', {});
    expect((await onNewPc.signIn(OFFICER.username, firstPassword)).user?.mustChangePassword).toBe(true);
  });
});

it('a change of the idle minutes is told to the shell at once, not at the next sign-in', async () => {
  const { running } = await atWork(pc);
  const { settings } = await running.call('settings:get', {});
  await running.call('settings:change', { ...settings, idleMinutes: 1 });
  expect(running.states.at(-1)).toMatchObject({ idleMinutes: 1, user: { roles: ['owner'] } });
});

describe('a session that ends in the middle of something', () => {
  it('by a lock: the command at work is finished first, and seals the key and not what is left of it', async () => {
    const { running } = await atWork(pc);
    const adding = addOfficer(running);
    const locking = running.core.lock('idle');
    await Promise.all([adding, locking]);
    expect(await running.call('session:getState', {})).toMatchObject({
      keyState: 'ready',
      lockedBecause: 'idle',
    });
    await running.signIn(OFFICER.username, OFFICER.firstPassword);
  });

  it('by another way in: who was signed in is signed out, whether it opens or not', async () => {
    const running = pc.start();
    const recoveryPhrase = await createTrust(running);
    const [first = '', ...rest] = recoveryPhrase.split(' ');
    const bad = {
      recoveryPhrase: [...rest, first].join(' '),
      username: OWNER.username,
      newPassword: NEXT_PASSWORD,
    };
    for (const work of [
      () => running.refusal('session:recover', bad),
      () => running.refusal('session:restoreBackup', { id: 'none', recoveryPhrase }),
      () => wrong(running),
    ]) {
      await work();
      expect(await running.call('session:getState', {})).toMatchObject({ user: null, keyState: 'ready' });
      expect((await running.refusal('home:get', {})).code).toBe('NOT_SIGNED_IN');
      await running.signIn(OWNER.username, OWNER.password);
    }
    const last = (await ledger(running)).filter(({ operation }) => operation === 'session.signOut');
    expect(last).toHaveLength(3);
  });
});

describe('states of the key', () => {
  const keyState = async ({ call }: Running) => (await call('session:getState', {})).keyState;

  it('a second program on the same folder is told who has the store open', async () => {
    const { running: first } = await atWork(pc);
    const second = pc.start();
    const { keyState: state, explanation } = await second.call('session:getState', {});
    expect([state, explanation]).toEqual([
      'store-in-use',
      expect.stringMatching(/ on .+ has the store open/),
    ]);
    const answer = await second.refusal('session:signIn', {
      username: OWNER.username,
      password: OWNER.password,
    });
    expect(answer).toMatchObject({
      code: 'STORE_IN_USE',
      details: { user: expect.any(String), host: expect.any(String), since: expect.any(String) },
    });
    await first.call('session:signOut', {});
    await second.signIn(OWNER.username, OWNER.password);
  });

  it('each fault beside the store has its own state, and a backup mends it by the phrase alone', async () => {
    const { running, recoveryPhrase } = await atWork(pc);
    await running.call('session:signOut', {});
    const { backups } = await running.call('session:listBackups', {});
    const restore = { id: backups[0]?.id ?? '', recoveryPhrase };
    const faults: readonly (readonly [string, () => void])[] = [
      ['keyring-missing', () => rmSync(pc.store('keyring.json'))],
      ['keyring-missing', () => writeFileSync(pc.store('keyring.json'), '{"version":1')],
      ['scheme-missing', () => rmSync(pc.store('scheme.json'))],
      ['store-missing', () => rmSync(pc.store('store.db'))],
      ['store-damaged', () => truncateSync(pc.store('store.db'), 0)],
    ];
    for (const [state, fault] of faults) {
      fault();
      pc.advance(MINUTE);
      const restarted = pc.start();
      expect(await keyState(restarted)).toBe(state);
      const { code } = await restarted.refusal('session:signIn', {
        username: OWNER.username,
        password: OWNER.password,
      });
      expect(['KEY_STATE', 'STORE_DAMAGED']).toContain(code);
      expect(await restarted.call('session:restoreBackup', restore)).toMatchObject({ keyState: 'ready' });
    }
    await running.signIn(OWNER.username, OWNER.password);
    expect((await ledger(running)).at(-2)?.operation).toBe('store.restore');
  });

  /** Every page of the WAL, as a bad disk might; what the connection has in its memory stays whole. */
  const damageWal = () => {
    const wal = pc.store('store.db-wal');
    const bytes = readFileSync(wal);
    const firstPage = 32 + 24; // after the WAL's header and the frame's (https://sqlite.org/fileformat2.html#walformat)
    for (let at = firstPage + 100; at < bytes.length; at += 24 + 4096) {
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    }
    writeFileSync(wal, bytes);
  };

  it('a damaged page that a job meets stops the session too, though it has the page in its memory', async () => {
    const running = pc.start();
    await createTrust(running);
    damageWal();
    expect((await running.call('users:list', {})).users, 'the control: it reads on by itself').toHaveLength(
      1,
    );
    expect((await running.refusal('ledger:verify', {})).code).toBe('STORE_DAMAGED');
    expect((await running.refusal('users:list', {})).code).toBe('STORE_DAMAGED');
  });

  it('what fails as a session ends is told on the way in, and keeps nobody signed in', async () => {
    const running = pc.start();
    await createTrust(running);
    damageWal();
    const state = await running.call('session:lock', { because: 'by-hand' });
    expect(state).toMatchObject({ user: null, lockedBecause: 'by-hand' });
    expect(state.endProblem).toContain('The store file is damaged.');
    expect((await running.refusal('users:list', {})).code).toBe('NOT_SIGNED_IN');
  });

  it('a damaged page and a newer store are told apart at sign-in', async () => {
    const { running } = await atTheDoor(pc);
    copyFileSync(pc.store('store.db'), join(pc.dir, 'whole.db'));
    const bytes = readFileSync(pc.store('store.db'));
    bytes.fill(0x41, 100, 200);
    writeFileSync(pc.store('store.db'), bytes);
    const right = { username: OWNER.username, password: OWNER.password };
    expect((await running.refusal('session:signIn', right)).code).toBe('STORE_DAMAGED');
    copyFileSync(join(pc.dir, 'whole.db'), pc.store('store.db'));
    await addMigration(running);
    expect((await running.refusal('session:signIn', right)).code).toBe('STORE_NEWER');
    expect(pc.exceptions).toEqual([]);
  });

  /** As a newer version of the program would leave it. */
  async function addMigration(running: Running): Promise<void> {
    const ring = readKeyring(pc.store('keyring.json'));
    const kept = await (await pc.keychain()).getPassword('ESR Access Desk', storeId());
    const secret = Buffer.from(kept ?? '', 'base64');
    if (ring.kind !== 'present') throw new Error('no keyring');
    const person = { username: OWNER.username, password: OWNER.password, deviceSecret: secret };
    const opened = await unwrapWithPassword(ring.keyring, person, LEAST_STRETCHING);
    if (!opened.ok) throw new Error('no key');
    const store = openStore({ file: pc.store('store.db'), key: opened.key, mode: 'job' });
    store.db.exec("insert into store_migration (tag, hash, applied_at) values ('9999_newer', 'x', 'x')");
    store.close();
    expect(await keyState(running)).toBe('ready');
  }

  it('without the device secret only the phrase opens, and every old password is refused', async () => {
    const { running, recoveryPhrase } = await atWork(pc);
    await addOfficer(running);
    await running.call('session:signOut', {});
    await removeSecret();
    const onNewPc = pc.start();
    expect(await keyState(onNewPc)).toBe('device-secret-missing');
    const right = { username: OWNER.username, password: OWNER.password };
    expect((await onNewPc.refusal('session:signIn', right)).code).toBe('KEY_STATE');
    const recovery = { recoveryPhrase, username: OWNER.username, newPassword: NEXT_PASSWORD };
    expect((await onNewPc.refusal('session:recover', { ...recovery, username: OFFICER.username })).code).toBe(
      'NOT_FOUND',
    );
    await onNewPc.call('session:recover', recovery);
    await onNewPc.call('session:signOut', {});
    expect(await keyState(onNewPc)).toBe('ready');
    for (const credentials of [right, { username: OFFICER.username, password: OFFICER.firstPassword }])
      expect((await onNewPc.refusal('session:signIn', credentials)).code).toBe('WRONG_CREDENTIALS');
    await onNewPc.signIn(OWNER.username, NEXT_PASSWORD);
  });
});

describe('a backup', () => {
  it('restored takes back what came after it, sets that aside, and moves nothing for a wrong phrase', async () => {
    const running = pc.start();
    const recoveryPhrase = await createTrust(running);
    await running.call('settings:backUpNow', {});
    const [kept] = (await running.call('session:listBackups', {})).backups;
    pc.advance(MINUTE);
    await addOfficer(running);
    await running.call('session:signOut', {});
    const before = readFileSync(pc.store('store.db'));
    const [first = '', ...rest] = recoveryPhrase.split(' ');
    const id = kept?.id ?? '';
    const bad = { id, recoveryPhrase: [...rest, first].join(' ') };
    for (let n = 0; n < 3; n += 1)
      expect((await running.refusal('session:restoreBackup', bad)).code).toBe('WRONG_CREDENTIALS');
    expect((await running.refusal('session:restoreBackup', { id, recoveryPhrase })).code).toBe('WAIT');
    expect((await running.refusal('session:restoreBackup', { id: 'other', recoveryPhrase })).code).toBe(
      'NOT_FOUND',
    );
    expect(readFileSync(pc.store('store.db')).equals(before)).toBe(true);
    pc.advance(MINUTE);
    await running.call('session:restoreBackup', { id, recoveryPhrase });
    await running.signIn(OWNER.username, OWNER.password);
    expect((await running.call('users:list', {})).users).toHaveLength(1);
    expect(await running.call('ledger:verify', {})).toMatchObject({ sound: true });
    const aside = readdirSync(pc.store()).filter((name) => name.startsWith('set-aside-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(pc.store(aside[0] ?? '', 'store.db')).equals(before)).toBe(true);
    expect((await ledger(running)).filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(3);
  });
});

describe('the training store', () => {
  it('is made by the imports; cut short or cancelled it leaves nothing, and can be made again', async () => {
    const running = pc.start();
    const training = join(pc.dir, 'stores', 'training');
    const opening = running.ask('session:openTraining', {});
    await expect.poll(() => running.progress.some((phase) => phase.startsWith('File 1'))).toBe(true);
    expect((await running.refusal('session:selectStore', { store: null })).code).toBe('BUSY');
    const { job } = await running.call('jobs:current', {});
    await running.call('jobs:cancel', { jobId: job?.jobId ?? '' });
    expect(await opening).toMatchObject({ ok: false, code: 'CANCELLED' });
    expect(existsSync(training)).toBe(false);

    const opened = await running.call('session:openTraining', {});
    expect(opened).toMatchObject({ store: 'training', keyState: 'ready', trust: { environment: 'TPLY' } });
    const account = opened.trainingAccounts.find(({ username }) => username === 'officer');
    await running.signIn('officer', account?.password ?? '');
    expect((await running.call('requests:countByStatus', {})).total).toBeGreaterThan(0);
    const { sources } = await running.call('imports:sources', {});
    expect(sources.every(({ rows }) => rows > 0)).toBe(true);
    await lockDuringAJob(running);

    // As a crash in the middle of the loading leaves it.
    writeFileSync(join(training, 'loading'), '');
    const restarted = pc.start();
    expect(await restarted.call('session:getState', {})).toMatchObject({ keyState: 'no-store' });
    await restarted.call('session:openTraining', {});
    await restarted.signIn('officer', account?.password ?? '');
    expect(pc.exceptions).toEqual([]);
  });

  async function lockDuringAJob(running: Running): Promise<void> {
    const path = join(RESOURCES, 'sample-trust', 'GO_919_TST_GOC_20261109_00000102.DAT');
    const { fileId } = await running.call('imports:offerFile', { path });
    const options = {
      fileId,
      kind: 'go' as const,
      mapping: null,
      dates: null,
      takenAt: null,
      startingPosition: null,
      reason: null,
    };
    const [preview] = await Promise.all([
      running.ask('imports:preview', options),
      running.core.lock('suspend'),
    ]);
    expect(preview).toMatchObject({ ok: false, code: 'CANCELLED' });
    expect(await running.call('session:getState', {})).toMatchObject({ keyState: 'ready', user: null });
  }
});
