import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, esrDate, instantMs, londonDate, showDate, showInstant } from './dates.ts';

const instant = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('dates', () => {
  it('are London dates and times, summer and winter, as another library works them out', () => {
    expect(londonDate('2026-06-30T23:30:00.000Z')).toBe('2026-07-01');
    expect(showInstant('2026-06-30T23:30:00.000Z')).toBe('1 Jul 2026, 00:30');
    expect(showInstant('2026-03-03T14:05:00.000Z')).toBe('3 Mar 2026, 14:05');
    fc.assert(
      fc.property(instant, (one) => {
        const there = new TZDate(one, 'Europe/London');
        expect(londonDate(one)).toBe(format(there, 'yyyy-MM-dd'));
        expect(showInstant(one)).toBe(format(there, 'd MMM yyyy, HH:mm'));
      }),
    );
  });

  it('are shown to people and keyed into ESR each in their own form', () => {
    expect(showDate('2026-03-03')).toBe('3 Mar 2026');
    expect(esrDate('2026-11-03')).toBe('03-Nov-2026');
    for (const bad of ['', '2026-13-01', '3 Mar 2026', '2026-3-3'])
      expect(() => showDate(bad)).toThrow(RangeError);
    expect(() => instantMs('soon')).toThrow(RangeError);
  });

  it('count whole days', () => {
    expect(daysBetween('2026-11-01T12:00:00.000Z', '2026-11-08T11:59:00.000Z')).toBe(6);
    expect(daysBetween('2026-11-08T12:00:00.000Z', '2026-11-01T12:00:00.000Z')).toBe(-7);
  });
});
