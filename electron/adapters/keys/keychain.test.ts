import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeychain, type KeychainPort } from './keychain.ts';

const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';

function fake(port: Partial<KeychainPort> = {}) {
  const entries = new Map<string, string>();
  const whole: KeychainPort = {
    getPassword: async (_service, account) => entries.get(account) ?? null,
    setPassword: async (_service, account, value) => void entries.set(account, value),
    deletePassword: async (_service, account) => entries.delete(account),
    ...port,
  };
  return { entries, port: async () => whole };
}

describe('the device secret', () => {
  test('is made once, comes back, and leaves no trial entry', async () => {
    const { entries, port } = fake();
    const keychain = createKeychain({ port, storeExists: () => false });
    expect(await keychain.readDeviceSecret(storeId)).toEqual({ state: 'absent' });
    const made = await keychain.createDeviceSecret(storeId, 'new-store');
    expect(made.state).toBe('present');
    expect(await keychain.readDeviceSecret(storeId)).toEqual(made);
    expect([...entries.keys()]).toEqual([storeId]);
    expect(await keychain.createDeviceSecret(storeId, 'new-store')).toEqual({ state: 'refused' });
    expect(await keychain.createDeviceSecret(storeId, 'recovered-by-phrase')).toEqual({ state: 'refused' });
    expect(await keychain.readDeviceSecret(storeId)).toEqual(made);
  });

  test('is never made beside an existing store, unless its phrase was accepted', async () => {
    const { entries, port } = fake();
    const keychain = createKeychain({ port, storeExists: () => true });
    expect(await keychain.createDeviceSecret(storeId, 'new-store')).toEqual({ state: 'refused' });
    expect(entries.size).toBe(0);
    expect((await keychain.createDeviceSecret(storeId, 'recovered-by-phrase')).state).toBe('present');
  });

  test('how far the tries were written lies apart from it, and goes with it', async () => {
    const { entries, port } = fake();
    const keychain = createKeychain({ port, storeExists: () => false });
    expect(await keychain.readSequence(storeId)).toEqual({ state: 'present', sequence: 0 });
    const made = await keychain.createDeviceSecret(storeId, 'new-store');
    expect(await keychain.keepSequence(storeId, 41)).toEqual({ state: 'kept' });
    expect(await keychain.keepSequence(storeId, 42)).toEqual({ state: 'kept' });
    expect(await keychain.readSequence(storeId)).toEqual({ state: 'present', sequence: 42 });
    expect(await keychain.readSequence('11111111-2222-4333-8444-555555555555')).toMatchObject({
      sequence: 0,
    });
    expect(await keychain.readDeviceSecret(storeId)).toEqual(made);
    await keychain.removeDeviceSecret(storeId);
    expect(entries.size).toBe(0);
  });

  test('a keychain that does not answer leaves the number unknown, which is not 0', async () => {
    const { port } = fake({ getPassword: () => Promise.reject(new Error('The collection is locked')) });
    const keychain = createKeychain({ port, storeExists: () => false });
    expect(await keychain.readSequence(storeId)).toEqual({ state: 'locked' });
  });

  test('a keychain that never answers is locked, in the time given', async () => {
    const { port } = fake({ getPassword: () => new Promise(() => {}) });
    const keychain = createKeychain({ port, storeExists: () => false, timeoutMs: 20 });
    expect(await keychain.readDeviceSecret(storeId)).toEqual({ state: 'locked' });
  });

  test('a keychain that reads nothing and refuses a write is not "absent"', async () => {
    const { port } = fake({ setPassword: () => Promise.reject(new Error('Prompt was dismissed')) });
    const keychain = createKeychain({ port, storeExists: () => false });
    expect(await keychain.readDeviceSecret(storeId)).toEqual({ state: 'locked' });
    expect(await keychain.createDeviceSecret(storeId, 'new-store')).toEqual({ state: 'locked' });
  });

  test('a keychain that forgets what it was given is unavailable, and no store is made with it', async () => {
    const { port } = fake({ getPassword: async () => null });
    const keychain = createKeychain({ port, storeExists: () => false });
    expect((await keychain.createDeviceSecret(storeId, 'new-store')).state).toBe('unavailable');
  });

  test('a library that does not load is a state, in our words', async () => {
    const keychain = createKeychain({
      port: () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file /home/someone')),
      storeExists: () => false,
    });
    const reading = await keychain.readDeviceSecret(storeId);
    expect(reading.state).toBe('unavailable');
    expect(JSON.stringify(reading)).not.toContain('someone');
  });
});

describe('with a real Secret Service', () => {
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'esr-keyring-'));
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  test('no D-Bus session is unavailable', async () => {
    const [reading] = await session([], 'read');
    expect(reading).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('No keychain service'),
    });
  });

  test('an unlocked keyring keeps the secret; locked, it is neither absent nor replaced', async () => {
    const unlocked = unlock('pw');
    const questions = ['read', 'read side by side', 'create', 'read', 'create', 'keep', 'sequence'];
    const [absent, sideBySide, made, read, refused, kept, sequence] = await session(unlocked, ...questions);
    expect(absent).toEqual({ state: 'absent' });
    expect(sideBySide).toEqual({ states: Array(8).fill('absent') });
    expect(made).toMatchObject({ state: 'present', secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(read).toEqual(made);
    expect(refused).toEqual({ state: 'refused' });
    expect(kept).toEqual({ state: 'kept' });
    expect(sequence).toEqual({ state: 'present', sequence: 7 });

    const locked = inSession('gnome-keyring-daemon --start --components=secrets >/dev/null');
    expect(await session(locked, 'read', 'create')).toEqual([{ state: 'locked' }, { state: 'locked' }]);

    expect(await session(unlock('pw'), 'read'), 'the control: it was there all along').toEqual([made]);
  });

  const unlock = (password: string): readonly string[] =>
    inSession(`printf '${password}\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null`);
  const inSession = (first: string): readonly string[] => [
    'dbus-run-session',
    '--',
    'sh',
    '-c',
    `${first} && exec "$0" "$@"`,
  ];

  function session(under: readonly string[], ...questions: string[]): Promise<unknown[]> {
    const script = join(import.meta.dirname, 'testing', 'ask-keychain.ts');
    const [command = process.execPath, ...args] = [...under, process.execPath, script, ...questions];
    const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1', XDG_DATA_HOME: data };
    // Without these the session's own keyring answers, never that of the person who runs the tests.
    for (const name of [
      'DBUS_SESSION_BUS_ADDRESS',
      'DISPLAY',
      'WAYLAND_DISPLAY',
      'XDG_RUNTIME_DIR',
      'NODE_OPTIONS',
    ]) {
      delete env[name];
    }
    const child = spawn(command, args, { env });
    let out = '';
    let err = '';
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      err += bytes.toString();
    });
    return new Promise((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new Error(`${command} does not start; install dbus and gnome-keyring.`, { cause })),
      );
      child.once('close', (code) => {
        const answers = out.split('\n').filter((line) => line.startsWith('{'));
        if (code === 0) resolve(answers.map((line): unknown => JSON.parse(line)));
        else reject(new Error(`The keychain child ended with ${code}: ${err}`));
      });
    });
  }
});
