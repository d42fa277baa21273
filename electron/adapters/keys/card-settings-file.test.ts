import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readCardSettings, writeCardSettings } from './card-settings-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'esr-card-settings-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const place = {
  file: join(dir, 'cards.json'),
  storeId: '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11',
  deviceSecret: new Uint8Array(32).fill(9),
};
const settings = {
  modulePaths: ['/usr/lib/softhsm/libsofthsm2.so', 'C:\\Program Files\\Card\\m.dll'],
  subjectRule: 'O=nhs,OU=People,CN=^(\\d{12})$',
  trustAnchors: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
  revocationLists: ['/srv/crl/people.crl'],
  removalLocks: true,
};
const altered = { state: 'altered' };
beforeEach(() => rmSync(place.file, { force: true }));

describe('cards.json', () => {
  test('comes back as written, for its owner only, with nothing else that the object carried', () => {
    expect(readCardSettings(place)).toEqual({ state: 'none' });
    writeCardSettings(place, Object.assign({ signatures: { approve: 'card' } }, settings));
    expect(readCardSettings(place)).toEqual({ state: 'present', settings });
    expect(readFileSync(place.file, 'utf8')).not.toContain('signatures');
    if (process.platform !== 'win32') expect(statSync(place.file).mode & 0o777).toBe(0o600);
  });

  test('holds the longest that the settings may be', () => {
    const longest = {
      modulePaths: Array(10).fill('\u0001'.repeat(500)),
      subjectRule: '\u0001'.repeat(300),
      trustAnchors: '\u0001'.repeat(100_000),
      revocationLists: Array(20).fill('\u0001'.repeat(500)),
      removalLocks: false,
    };
    writeCardSettings(place, longest);
    expect(readCardSettings(place)).toEqual({ state: 'present', settings: longest });
  });

  type File = { version: number; settings: typeof settings; mac: string };
  test.each<[string, (file: File) => unknown]>([
    ['another module', (file) => ({ ...file, settings: { ...settings, modulePaths: ['/tmp/evil.so'] } })],
    ['another anchor', (file) => ({ ...file, settings: { ...settings, trustAnchors: '' } })],
    ['removal that does not lock', (file) => ({ ...file, settings: { ...settings, removalLocks: false } })],
    ['no list of what was revoked', (file) => ({ ...file, settings: { ...settings, revocationLists: [] } })],
    ['another rule', (file) => ({ ...file, settings: { ...settings, subjectRule: 'CN=(.*)' } })],
    ['no MAC', (file) => ({ ...file, mac: '' })],
    ['an extra field', (file) => ({ ...file, settings: { ...settings, extra: 1 } })],
    ['half of a surrogate pair', (file) => ({ ...file, settings: { ...settings, subjectRule: '\ud800' } })],
    ['a later version', (file) => ({ ...file, version: 2 })],
    ['nothing in it', () => ''],
  ])('with %s is altered', (_what, alter) => {
    writeCardSettings(place, settings);
    const file = JSON.parse(readFileSync(place.file, 'utf8')) as File;
    writeFileSync(place.file, JSON.stringify(alter(file)));
    expect(readCardSettings(place)).toEqual(altered);
    writeFileSync(place.file, JSON.stringify(file));
    expect(readCardSettings(place), 'the control').toEqual({ state: 'present', settings });
  });

  test('of another PC or another store is altered', () => {
    writeCardSettings(place, settings);
    expect(readCardSettings({ ...place, deviceSecret: new Uint8Array(32) })).toEqual(altered);
    expect(readCardSettings({ ...place, storeId: '11111111-2222-4333-8444-555555555555' })).toEqual(altered);
  });
});
