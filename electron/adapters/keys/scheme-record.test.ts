import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { KeyFileError } from './key-file.ts';
import { isRecordedKey, keyFingerprint, makeScheme, readScheme, writeScheme } from './scheme-record.ts';

const dir = mkdtempSync(join(tmpdir(), 'esr-scheme-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const key = new Uint8Array(32).map((_, i) => i);
const about = {
  storeId: '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11',
  environment: 'TPLY',
  training: true,
  trust: { vpd: '919', name: 'Sample Trust' },
  created: '2026-11-20T17:04:02.000Z',
} as const;
const record = makeScheme(key, about);

test('the fingerprint is HMAC-SHA256, though not made by createHmac, and knows its key and no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(31), (any, at) => {
      const expected = createHmac('sha256', any).update('esr-access-desk key fingerprint v1').digest('hex');
      expect(keyFingerprint(any)).toBe(expected.slice(0, 32));
      const scheme = makeScheme(any, about);
      const other = any.with(at, (any[at] ?? 0) ^ 1);
      expect([isRecordedKey(scheme, any), isRecordedKey(scheme, other)]).toEqual([true, false]);
    }),
  );
  expect(JSON.stringify(record)).not.toContain(Buffer.from(key).toString('hex').slice(0, 16));
});

test('comes back as written, for its owner only, with nothing left over', () => {
  const file = join(dir, 'scheme.json');
  writeScheme(file, record);
  expect(readScheme(file)).toEqual({ kind: 'present', record });
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('a write that cannot be finished leaves the old record', () => {
  const file = join(dir, 'kept.json');
  writeScheme(file, record);
  const before = readFileSync(file);
  mkdirSync(`${file}.new`); // in the temporary file's way
  try {
    writeScheme(file, { ...record, training: false });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(KeyFileError);
    expect((error as KeyFileError).code).toBe('DISK_FAILED');
  }
  expect(readFileSync(file).equals(before)).toBe(true);
});

test.each([
  ['a wrong environment', { ...record, environment: 'TEST' }],
  ['a VPD of four digits', { ...record, trust: { vpd: '9190', name: 'x' } }],
  ['an unencrypted cipher', { ...record, cipher: 'none' }],
  ['an extra key', { ...record, key: 'x' }],
])('%s is unreadable', (_what, content) => {
  const file = join(dir, 'hostile.json');
  writeFileSync(file, JSON.stringify(content));
  expect(readScheme(file)).toEqual({ kind: 'unreadable' });
});

test('a record of a later version is newer, a missing one missing', () => {
  const file = join(dir, 'later.json');
  writeFileSync(file, JSON.stringify({ ...record, version: 2 }));
  expect(readScheme(file).kind).toBe('newer');
  expect(readScheme(join(dir, 'none.json')).kind).toBe('missing');
});
