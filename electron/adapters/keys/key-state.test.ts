import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeyStatePorts, readKeyState, STORE_FILES } from './key-state.ts';
import type { DeviceSecretReading } from './keychain.ts';
import { makeScheme, writeScheme } from './scheme-record.ts';
import { emptyKeyring, writeKeyring } from './wraps.ts';

const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';
const scheme = makeScheme(new Uint8Array(32), {
  storeId,
  environment: 'LIVE',
  training: false,
  trust: { vpd: '919', name: 'Sample Trust' },
  created: '2026-11-20T17:04:02.000Z',
});
const path = (name: string): string => join(dir, name);
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'esr-state-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function wholeStore(): void {
  writeFileSync(path(STORE_FILES.store), 'pages');
  writeScheme(path(STORE_FILES.scheme), scheme);
  writeKeyring(path(STORE_FILES.keyring), emptyKeyring(storeId));
}

function ports(
  secret: DeviceSecretReading = { state: 'present', secret: new Uint8Array(32) },
  more: Partial<KeyStatePorts> = {},
): KeyStatePorts {
  return {
    isOpen: () => false,
    heldBy: () => null,
    keychain: { readDeviceSecret: async () => secret },
    ...more,
  };
}

test('an empty folder is no store', async () => {
  expect(await readKeyState(dir, ports())).toEqual({ state: 'no-store' });
  expect(readdirSync(dir)).toEqual([]);
});

test('a whole store is ready, and looking changes nothing', async () => {
  wholeStore();
  const before = readdirSync(dir);
  expect(await readKeyState(dir, ports())).toEqual({ state: 'ready', scheme });
  expect(readdirSync(dir)).toEqual(before);
});

test.each<[DeviceSecretReading, object]>([
  [{ state: 'absent' }, { state: 'device-secret-missing', scheme }],
  [{ state: 'locked' }, { state: 'keychain-locked', scheme }],
  [
    { state: 'unavailable', reason: 'why' },
    { state: 'keychain-unavailable', scheme, reason: 'why' },
  ],
])('with the keychain %o', async (reading, expected) => {
  wholeStore();
  expect(await readKeyState(dir, ports(reading))).toEqual(expected);
});

test.each<[string, () => void, string]>([
  ['the store gone', () => rmSync(path(STORE_FILES.store)), 'store-missing'],
  ['the store emptied', () => writeFileSync(path(STORE_FILES.store), ''), 'store-damaged'],
  ['the scheme gone', () => rmSync(path(STORE_FILES.scheme)), 'scheme-missing'],
  ['the scheme garbled', () => writeFileSync(path(STORE_FILES.scheme), '{}'), 'scheme-missing'],
  ['a newer scheme', () => writeFileSync(path(STORE_FILES.scheme), '{"version":2}'), 'store-newer'],
  ['the keyring gone', () => rmSync(path(STORE_FILES.keyring)), 'keyring-missing'],
  ['the keyring garbled', () => writeFileSync(path(STORE_FILES.keyring), 'x'), 'keyring-missing'],
  ['a newer keyring', () => writeFileSync(path(STORE_FILES.keyring), '{"version":3}'), 'store-newer'],
  [
    'another store’s keyring',
    () => writeKeyring(path(STORE_FILES.keyring), emptyKeyring('11111111-2222-4333-8444-555555555555')),
    'keyring-missing',
  ],
])('%s', async (_what, change, state) => {
  wholeStore();
  change();
  expect((await readKeyState(dir, ports())).state).toBe(state);
});

test.each([
  `${STORE_FILES.store}-wal`,
  STORE_FILES.keyring,
  STORE_FILES.scheme,
  `${STORE_FILES.store}.restore.json`,
])('a left-over %s alone is never taken for an empty folder', async (name) => {
  writeFileSync(path(name), 'something');
  expect((await readKeyState(dir, ports())).state).toBe('store-missing');
});

test('another session has it, named or not; our own is open', async () => {
  wholeStore();
  const holder = { host: 'pc-1', user: 'someone', pid: 42, since: '2026-11-20T17:04:02.000Z' };
  const held = (by: ReturnType<KeyStatePorts['heldBy']>) =>
    readKeyState(dir, ports(undefined, { heldBy: () => by }));
  expect(await held(holder)).toEqual({ state: 'store-in-use', scheme, holder });
  expect(await held('unnamed')).toEqual({ state: 'store-in-use', scheme, holder: null });
  const open = ports(undefined, { isOpen: () => true, heldBy: () => holder });
  expect(await readKeyState(dir, open)).toEqual({ state: 'open', scheme });
});
