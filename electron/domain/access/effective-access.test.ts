import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DatedPart, effectiveSpan, endDateFor, isOver, lastDayOf, worksOn } from './effective-access.ts';

const day = fc
  .integer({ min: 0, max: 400 })
  .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
const part: fc.Arbitrary<DatedPart> = fc
  .record({ a: fc.option(day), b: fc.option(day) })
  .map(({ a, b }) => (a !== null && b !== null && b < a ? { start: b, end: a } : { start: a, end: b }));
const meaning = fc.constantFrom('last-day' as const, 'first-day-without' as const);

describe('the days on which an access works', () => {
  it('are the latest start to the earliest end, by what an end date means', () => {
    const parts = [
      { start: '2026-01-01', end: null },
      { start: '2026-03-01', end: '2026-12-31' },
      { start: null, end: '2026-11-30' },
    ];
    expect(effectiveSpan(parts, 'last-day')).toEqual({ from: '2026-03-01', lastDay: '2026-11-30' });
    expect(effectiveSpan(parts, 'first-day-without')).toEqual({ from: '2026-03-01', lastDay: '2026-11-29' });
    expect(effectiveSpan([{ start: '2026-12-01', end: '2026-11-30' }], 'last-day')).toBeNull();
    expect(lastDayOf('2026-03-01', 'first-day-without')).toBe('2026-02-28');
  });

  it('end on the day that the date to enter in ESR means', () => {
    fc.assert(
      fc.property(day, meaning, (last, how) => {
        expect(lastDayOf(endDateFor(last, how), how)).toBe(last);
      }),
    );
    expect(endDateFor('2026-12-31', 'first-day-without')).toBe('2027-01-01');
    expect(endDateFor(null, 'first-day-without')).toBeNull();
  });

  it('are exactly the days on which every part stands', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), meaning, day, (parts, how, today) => {
        const stands = parts.every(
          ({ start, end }) =>
            (start === null || start <= today) &&
            (end === null || (how === 'last-day' ? today <= end : today < end)),
        );
        const span = effectiveSpan(parts, how);
        expect(span !== null && worksOn(span, today)).toBe(stands);
        if (span !== null && stands) expect(isOver(span, today)).toBe(false);
      }),
    );
  });

  it('do not depend on the order of the parts', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), meaning, (parts, how) => {
        expect(effectiveSpan(parts.toReversed(), how)).toEqual(effectiveSpan(parts, how));
      }),
    );
  });
});
