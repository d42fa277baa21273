import { createHmac, hkdfSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createAttemptsFile, LOCKED_AT, openAttemptsRecord, waitAfter } from './attempts-record.ts';

const dir = mkdtempSync(join(tmpdir(), 'esr-attempts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const storeId = '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11';
const deviceSecret = new Uint8Array(32).fill(9);
const AT = '2026-11-20T17:00:00.000Z';
const DAY = 86_400;

let file: string;
let n = 0;
/** Seconds since the computer was started, and the highest sequence number that the keychain was told. */
let up: number;
let kept: number;
beforeEach(() => {
  file = join(dir, `attempts-${n++}.json`);
  up = 10_000;
  kept = 0;
  createAttemptsFile({ file, storeId, deviceSecret, keptSequence: 0 });
});
const place = () => ({
  file,
  storeId,
  deviceSecret,
  keptSequence: kept,
  uptime: () => up * 1000,
  isWayIn: (id: string) => id.startsWith('way-in'),
});
const reopen = () => openAttemptsRecord(place());
/** A wrong try as the vault counts it: the keychain is told before it is answered. */
const fail = (wrapId: string) => {
  const record = reopen();
  const state = record.recordFailure(wrapId);
  kept = record.sequence();
  return state;
};
const refusal = { at: AT, username: '919KEYS01', reason: 'refused', way: 'password' } as const;
const NONE = { failures: 0, waitMs: 0, locked: false };

describe('throttling', () => {
  test('two tries are free, then the wait doubles up to a quarter of an hour, and the tenth locks', () => {
    expect([0, 1, 2, 3, 4, 5, 9, 10, 50].map((f) => waitAfter(f) / 1000)).toEqual([
      0, 0, 0, 5, 10, 20, 320, 900, 900,
    ]);
    const states = Array.from({ length: LOCKED_AT }, () => fail('a'));
    expect(states[1]).toEqual({ failures: 2, waitMs: 0, locked: false });
    expect(states[2]).toEqual({ failures: 3, waitMs: 5_000, locked: false });
    expect(states[9]).toEqual({ failures: 10, waitMs: 900_000, locked: true });
    up += 1;
    expect(reopen().stateOf('a').waitMs).toBe(899_000);
    up += 899;
    expect(reopen().stateOf('a')).toEqual({ failures: 10, waitMs: 0, locked: true });
    expect(reopen().stateOf('b')).toEqual(NONE);
  });

  test('the count outlives restarts of the program and of the computer, and any time; a right try ends it', () => {
    for (let i = 0; i < 4; i++) fail('a');
    expect(reopen().stateOf('a').failures).toBe(4);
    up += 400 * DAY;
    expect(reopen().stateOf('a')).toEqual({ failures: 4, waitMs: 0, locked: false });
    up = 3;
    expect(reopen().stateOf('a')).toEqual({ failures: 4, waitMs: 7_000, locked: false });
    reopen().recordSuccess('a');
    expect(reopen().stateOf('a')).toEqual(NONE);
  });

  test('after a restart a wait lasts until as much has passed since, and does not begin anew later', () => {
    up = 300;
    for (let i = 0; i < LOCKED_AT; i++) fail('a');
    up = 200;
    expect(reopen().stateOf('a').waitMs).toBe(700_000);
    up = 301;
    expect(reopen().stateOf('a').waitMs).toBe(599_000);
    up = 900;
    expect(reopen().stateOf('a').waitMs).toBe(0);
  });

  test('two tries at once are two, though each opened the record before the other was counted', () => {
    const [one, other] = [reopen(), reopen()];
    one.recordFailure('a');
    other.recordFailure('a');
    expect(one.stateOf('a').failures).toBe(2);
  });

  test('trying very many names neither grows the file nor pushes anybody’s count out nor keeps a real one waiting', () => {
    const record = reopen();
    for (let i = 0; i < 3; i++) record.recordFailure('target');
    for (let i = 0; i < 220; i++) record.recordFailure(`name-${i}`);
    expect(record.stateOf('target').failures).toBe(3);
    expect(record.stateOf('one more').locked).toBe(true);
    expect(record.stateOf('way-in 1')).toEqual(NONE);
    expect(record.recordFailure('way-in 1').failures).toBe(1);
    expect(record.stateOf('way-in 2')).toEqual(NONE);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).counts).length).toBe(202);
    record.recordSuccess('target');
    expect(record.stateOf('one more').failures).toBe(0);
  });

  /** Wrong tries are sent whenever they are taken; time passes, the computer is started anew, the program too. */
  test('no sequence of restarts lets a try through before the wait that the real time allows', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), s: fc.nat(1_000) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const), s: fc.nat(100) }) },
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('try' as const), s: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('throttled' as const), s: fc.constant(0) }) },
    );
    let throughs = 0;
    fc.assert(
      fc.property(fc.nat(2_000), fc.array(step, { minLength: 10, maxLength: 40 }), (start, steps) => {
        up = start;
        kept = 0;
        createAttemptsFile({ file, storeId, deviceSecret, keptSequence: 0 });
        let real = 0;
        const taken: number[] = [];
        for (const { kind, s } of steps) {
          if (kind === 'throttled') reopen().queueRefusal(refusal);
          if (kind === 'wait') {
            real += s;
            up += s;
          }
          if (kind === 'restart') {
            real += s; // the time that it is off, and the time to the first look, are real; only the latter is uptime
            up = Math.floor(s / 2);
          }
          if (kind !== 'try' || reopen().stateOf('a').waitMs > 0) continue;
          const last = taken.at(-1) ?? Number.NEGATIVE_INFINITY;
          expect((real - last) * 1000).toBeGreaterThanOrEqual(waitAfter(taken.length));
          fail('a');
          taken.push(real);
          throughs += 1;
        }
        expect(reopen().stateOf('a').failures).toBe(taken.length);
        // And what one is told to wait is what one waits.
        const { waitMs } = reopen().stateOf('a');
        expect(waitMs).toBeLessThanOrEqual(900_000);
        up += waitMs / 1000;
        expect(reopen().stateOf('a').waitMs).toBe(0);
      }),
      { numRuns: 40 },
    );
    expect(throughs, 'tries are let through at all').toBeGreaterThan(100);
  });

  test('the wall clock is not asked', () => {
    const real = Date.now;
    try {
      for (let i = 0; i < 4; i++) fail('a');
      for (const then of [0, 8.64e15]) {
        Date.now = () => then;
        expect(reopen().stateOf('a').waitMs).toBe(10_000);
      }
    } finally {
      Date.now = real;
    }
  });
});

describe('tampering', () => {
  const zero = () =>
    writeFileSync(file, readFileSync(file, 'utf8').replace('"failures": 5', '"failures": 0'));
  const create = (change: object) => createAttemptsFile({ ...place(), keptSequence: 9_999, ...change });
  let before = '';
  test.each<[string, () => void]>([
    ['deleted', () => rmSync(file)],
    ['emptied', () => writeFileSync(file, '')],
    ['set to zero', zero],
    [
      'given a later sequence',
      () => writeFileSync(file, before.replace(/"sequence": \d+/, '"sequence": 99')),
    ],
    ['replaced by another device’s', () => create({ deviceSecret: new Uint8Array(32) })],
    ['replaced by another store’s', () => create({ storeId: '11111111-2222-4333-8444-555555555555' })],
    ['put back as it was one try ago', () => writeFileSync(file, before)],
  ])('a record that was %s locks everybody for the longest wait', (_how, tamper) => {
    for (let i = 0; i < 4; i++) fail('a');
    before = readFileSync(file, 'utf8');
    fail('a');
    expect(reopen().stateOf('a'), 'the control').toMatchObject({ failures: 5, locked: false });
    tamper();
    const record = reopen();
    for (const id of ['a', 'b']) {
      expect(record.stateOf(id)).toEqual({ failures: LOCKED_AT, waitMs: 900_000, locked: true });
    }
    expect(record.readRefusals().tampered).toBe(true);
    up += 1;
    expect(reopen().stateOf('b').waitMs, 'kept across a restart').toBe(899_000);
    up += 899;
    expect(record.stateOf('a').waitMs).toBe(0);
    record.recordSuccess('a');
    record.clearRefusals();
    expect(reopen().stateOf('a').failures).toBe(0);
    expect(reopen().readRefusals().tampered).toBe(false);
    up += 10 * DAY;
    expect(reopen().stateOf('b').failures, 'only the one who proved themselves').toBe(LOCKED_AT);
  });

  test('a record that is ahead of the keychain is sound: it was written, and the keychain not told in time', () => {
    for (let i = 0; i < 3; i++) fail('a');
    kept -= 1;
    expect(reopen().stateOf('a').failures).toBe(3);
    expect(reopen().readRefusals().tampered).toBe(false);
  });

  test('made anew beside a keychain that remembers the old one, it is sound', () => {
    for (let i = 0; i < 3; i++) fail('a');
    createAttemptsFile({ file, storeId, deviceSecret, keptSequence: kept });
    expect(reopen().stateOf('a')).toEqual(NONE);
  });
});

describe('a record of the first version', () => {
  /** As the program wrote it before there were cards: instants of the wall clock, and no sequence. */
  const writeFirst = (failures: number) => {
    const key = Buffer.from(hkdfSync('sha256', deviceSecret, storeId, 'esr-access-desk attempts v1', 32));
    const parts = [1, [['a', failures, AT]], null, [], [], 0, false];
    const mac = createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
    const content = { version: 1, counts: { a: { failures, last: AT } }, floor: null, proven: [] };
    writeFileSync(file, JSON.stringify({ ...content, refusals: [], lost: 0, tampered: false, mac }));
  };

  test('is read with its counts; its waits begin when it is first read, and once', () => {
    writeFirst(6);
    expect(reopen().stateOf('a')).toEqual({ failures: 6, waitMs: 40_000, locked: false });
    up += 15;
    expect(reopen().stateOf('a').waitMs).toBe(25_000);
    expect(reopen().readRefusals().tampered).toBe(false);
    expect(JSON.parse(readFileSync(file, 'utf8')).version).toBe(2);
  });

  test('put back after the keychain was told of a later one, it is tampered with', () => {
    writeFirst(0);
    fail('a');
    writeFirst(0);
    expect(reopen().stateOf('a').locked).toBe(true);
  });
});

describe('refused sign-ins waiting for the ledger', () => {
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

  test('say of cards what stood against them, and nothing longer than a word', () => {
    const card = { at: AT, username: '912345678901', reason: 'not-yet-valid', way: 'card' } as const;
    reopen().queueRefusal(card);
    expect(readFileSync(file, 'utf8')).not.toContain(card.username);
    expect(reopen().readRefusals().refusals).toEqual([card]);
    expect(() => reopen().queueRefusal({ ...card, reason: 'PIN 1234' })).toThrow();
    expect(reopen().readRefusals()).toMatchObject({ refusals: [card], lost: 0 });
  });

  test('more than the file may hold are counted as lost; even the widest names do not make it unreadable', () => {
    const record = reopen();
    for (let i = 0; i < 202; i++) record.queueRefusal({ ...refusal, username: '\u0001'.repeat(300) });
    for (let i = 0; i < 5; i++) record.recordFailure(`name-${i}`);
    const { refusals, lost, tampered } = reopen().readRefusals();
    expect({ kept: refusals.length, lost, tampered }).toEqual({ kept: 200, lost: 2, tampered: false });
  });
});
