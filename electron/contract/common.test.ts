import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, isoDate } from './common.ts';

const takes = (schema: typeof isoDate | typeof instant, value: unknown): boolean =>
  schema.safeParse(value).success;
const two = (value: number) => String(value).padStart(2, '0');

describe('a date', () => {
  it('is taken when the calendar has that day, and only then', () => {
    const parts = [fc.integer({ min: 1000, max: 9999 }), fc.nat(14), fc.nat(33)] as const;
    fc.assert(
      fc.property(...parts, (year, month, day) => {
        const there = new Date(Date.UTC(year, month - 1, day));
        const same = there.getUTCMonth() === month - 1 && there.getUTCDate() === day;
        expect(takes(isoDate, `${year}-${two(month)}-${two(day)}`)).toBe(same);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2100-02-29', false],
    ['2026-11-31', false],
    ['2026-2-3', false],
    ['20261120', false],
    [' 2026-11-20', false],
    ['2026-11-20\n', false],
    ['12026-11-20', false],
    ['2026-11-20T00:00:00Z', false],
  ])('%j: %s', (value, taken) => {
    expect(takes(isoDate, value)).toBe(taken);
  });
});

describe('an instant', () => {
  it('is whatever a clock of ours can say', () => {
    const moments = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(moments, (moment) => takes(instant, moment.toISOString())));
  });

  it.each([
    ['2026-11-20T17:04:02Z', true],
    ['2026-11-20T17:04:02.5Z', true],
    ['2026-02-30T17:04:02.000Z', false],
    ['2026-11-20T24:00:00.000Z', false],
    ['2026-11-20T17:04:60.000Z', false],
    ['2026-11-20T17:60:00.000Z', false],
    ['2026-11-20T17:04Z', false],
    ['2026-11-20T17:04:02', false],
    ['2026-11-20T17:04:02+01:00', false],
    ['2026-11-20T17:04:02.000000Z', false],
    [`2026-11-20T17:04:02.${'0'.repeat(100_000)}Z`, false],
    ['2026-11-20', false],
  ])('%j: %s', (value, taken) => {
    expect(takes(instant, value)).toBe(taken);
  });
});
