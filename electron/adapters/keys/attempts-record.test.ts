import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createAttemptsFile, LOCKED_AT, openAttemptsRecord, waitAfter } from './attempts-record.ts';

const dir = mkdtempSync(join(tmpdir(), 'esr-attempts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';
const secret = new Uint8Array(32).fill(9);
const START = Date.parse('2026-11-20T17:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

let file: string;
let n = 0;
beforeEach(() => {
  file = join(dir, `attempts-${n++}.json`);
  createAttemptsFile(file, storeId, secret);
});
const reopen = (seconds = 0) => openAttemptsRecord(file, storeId, secret, at(seconds));
const refusal = { at: at(0), username: '919KEYS01', reason: 'refused', way: 'password' } as const;

describe('throttling', { timeout: 60_000 }, () => {
  test('two tries are free, then the wait doubles up to a quarter of an hour, and the tenth locks', () => {
    expect([0, 1, 2, 3, 4, 5, 9, 10, 50].map((f) => waitAfter(f) / 1000)).toEqual([
      0, 0, 0, 5, 10, 20, 320, 900, 900,
    ]);
    const record = reopen();
    const states = Array.from({ length: LOCKED_AT }, (_, i) => record.recordFailure('a', at(i)));
    expect(states[1]).toEqual({ failures: 2, waitUntil: null, locked: false });
    expect(states[2]).toEqual({ failures: 3, waitUntil: at(2 + 5), locked: false });
    expect(states[9]).toEqual({ failures: 10, waitUntil: at(9 + 900), locked: true });
    expect(record.stateOf('b', at(9))).toEqual({ failures: 0, waitUntil: null, locked: false });
  });

  test('the count outlives a restart; a right sign-in and a day end it', () => {
    for (let i = 0; i < 4; i++) reopen().recordFailure('a', at(i));
    expect(reopen().stateOf('a', at(4)).failures).toBe(4);
    expect(reopen().stateOf('a', at(86_400 + 4)).failures).toBe(0);
    reopen().recordSuccess('a');
    expect(reopen().stateOf('a', at(4)).failures).toBe(0);
  });

  test('two tries at once are two, though each opened the record before the other was counted', () => {
    const [one, other] = [reopen(), reopen()];
    one.recordFailure('a', at(0));
    other.recordFailure('a', at(0));
    expect(one.stateOf('a', at(1)).failures).toBe(2);
  });

  test('trying very many names neither grows the file nor pushes anybody’s count out', () => {
    const record = reopen();
    for (let i = 0; i < 3; i++) record.recordFailure('target', at(i));
    for (let i = 0; i < 220; i++) record.recordFailure(`name-${i}`, at(5));
    expect(record.stateOf('target', at(6)).failures).toBe(3);
    expect(record.stateOf('one more', at(6)).locked).toBe(true);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).counts).length).toBe(201);
    record.recordSuccess('target');
    expect(record.stateOf('one more', at(6)).failures).toBe(0);
  });
});

describe('tampering', () => {
  test.each<[string, () => void]>([
    ['deleted', () => rmSync(file)],
    ['emptied', () => writeFileSync(file, '')],
    [
      'set to zero',
      () => writeFileSync(file, readFileSync(file, 'utf8').replace('"failures": 5', '"failures": 0')),
    ],
    ['replaced by another device’s', () => createAttemptsFile(file, storeId, new Uint8Array(32))],
    [
      'replaced by another store’s',
      () => createAttemptsFile(file, '11111111-2222-4333-8444-555555555555', secret),
    ],
  ])('a record that was %s locks everybody for the longest wait', (_how, tamper) => {
    for (let i = 0; i < 5; i++) reopen().recordFailure('a', at(i));
    expect(reopen(5).stateOf('a', at(5)), 'the control').toMatchObject({ failures: 5, locked: false });
    tamper();
    const record = reopen(5);
    for (const id of ['a', 'b']) {
      expect(record.stateOf(id, at(5))).toEqual({ failures: LOCKED_AT, waitUntil: at(905), locked: true });
    }
    expect(record.readRefusals().tampered).toBe(true);
    expect(reopen(6).stateOf('b', at(6)).waitUntil, 'kept across a restart').toBe(at(905));
    expect(record.stateOf('a', at(906)).waitUntil).toBeNull();
    record.recordSuccess('a');
    expect(record.stateOf('a', at(907)).failures).toBe(0);
    expect(record.stateOf('b', at(907)).failures, 'only the one who proved themselves').toBe(LOCKED_AT);
  });
});

describe('refused sign-ins waiting for the ledger', { timeout: 60_000 }, () => {
  test('come back after a restart, and their names cannot be read in the file', () => {
    reopen().queueRefusal(refusal);
    reopen().queueRefusal({ ...refusal, username: 'x'.repeat(500) });
    expect(readFileSync(file, 'utf8')).not.toContain('KEYS01');
    const { refusals, lost, tampered } = reopen().readRefusals();
    expect(refusals).toEqual([refusal, { ...refusal, username: 'x'.repeat(200) }]);
    expect({ lost, tampered }).toEqual({ lost: 0, tampered: false });
    reopen().clearRefusals();
    expect(reopen().readRefusals().refusals).toEqual([]);
  });

  test('more than the file may hold are counted as lost; even the widest names do not make it unreadable', () => {
    const record = reopen();
    for (let i = 0; i < 202; i++) record.queueRefusal({ ...refusal, username: '\u0001'.repeat(300) });
    for (let i = 0; i < 5; i++) record.recordFailure(`name-${i}`, at(0));
    const { refusals, lost, tampered } = reopen().readRefusals();
    expect({ kept: refusals.length, lost, tampered }).toEqual({ kept: 200, lost: 2, tampered: false });
  });
});
