import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, judgeSignIn, NO_FAILURES, released, type SignInRecord } from './sign-in-throttle.ts';

const START = Date.parse('2026-11-20T09:00:00.000Z');
const instant = (ms: number): string => new Date(START + ms).toISOString();
const failed = (failures: number): SignInRecord => ({ failures, lastFailureAt: instant(0) });
const waitMs = (record: SignInRecord, ms = 0, uptime: number | null = null): number => {
  const verdict = judgeSignIn(record, instant(ms), uptime);
  return verdict.kind === 'wait' ? verdict.waitMs : verdict.kind === 'open' ? 0 : Number.POSITIVE_INFINITY;
};

describe('waiting after wrong passwords', () => {
  it('starts at the third, doubles, and ends in a lock at the tenth', () => {
    const waits = Array.from({ length: 11 }, (_, n) => waitMs(failed(n)));
    expect(waits).toEqual([0, 0, 0, 1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, Number.POSITIVE_INFINITY]);
    const policy = { firstWaitAt: 3, firstWaitMs: 1000, longestWaitMs: 900_000, lockedAt: 100 };
    expect(judgeSignIn(failed(50), instant(0), null, policy)).toMatchObject({
      kind: 'wait',
      waitMs: 900_000,
    });
  });

  it('tells how long, and how many tries are left', () => {
    expect(judgeSignIn(NO_FAILURES, instant(0))).toEqual({
      kind: 'open',
      record: NO_FAILURES,
      triesLeft: 10,
    });
    expect(judgeSignIn(failed(9), instant(0))).toMatchObject({
      sentence: expect.stringContaining('2 minutes; 1 try is left'),
    });
    expect(judgeSignIn(failed(3), instant(0))).toMatchObject({
      sentence: expect.stringContaining('1 second; 7 tries are left'),
    });
    expect(judgeSignIn(failed(10), instant(0))).toMatchObject({
      sentence: expect.stringContaining('system owner'),
    });
  });

  it('counts the larger of clock and uptime', () => {
    expect(waitMs(failed(9), 10_000)).toBe(54_000);
    expect(waitMs(failed(9), 10_000, 30_000)).toBe(34_000);
    expect(waitMs(failed(9), 40_000, 30_000)).toBe(24_000);
  });

  it('a clock set back gains nothing, and a clock that ran ahead keeps nobody out for longer than the wait', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 1e12 }), (failures, back) => {
        const full = waitMs(failed(failures));
        const verdict = judgeSignIn(failed(failures), instant(-back));
        expect(verdict).toMatchObject({
          kind: 'wait',
          waitMs: full,
          record: { failures, lastFailureAt: instant(-back) },
        });
        expect(waitMs(verdict.record, -back + full - 1)).toBe(1);
        expect(waitMs(verdict.record, -back + full)).toBe(0);
      }),
    );
  });

  it('never shortens by another failure, and time only ever shortens it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.nat(200_000), fc.nat(200_000), (failures, a, b) => {
        const record = failed(failures);
        expect(waitMs(afterFailure(record, instant(0)))).toBeGreaterThanOrEqual(waitMs(record));
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        expect(waitMs(record, late)).toBeLessThanOrEqual(waitMs(record, early));
      }),
    );
  });

  it('no time opens a locked account, a release does', () => {
    expect(waitMs(failed(10), 1e12, 1e12)).toBe(Number.POSITIVE_INFINITY);
    expect(judgeSignIn(released(), instant(0)).kind).toBe('open');
  });
});
