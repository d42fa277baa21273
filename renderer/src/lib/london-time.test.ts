import { describe, expect, it } from 'vitest';
import { instantToLondon, londonDay, londonToInstant } from './london-time.ts';

describe('London time in boxes', () => {
  it('reads the box on London’s clock, winter and summer', () => {
    expect(londonToInstant('2026-01-15T14:05')).toBe('2026-01-15T14:05:00.000Z');
    expect(londonToInstant('2026-07-15T14:05')).toBe('2026-07-15T13:05:00.000Z');
  });

  it('comes back to the same value', () => {
    for (const value of ['2026-03-29T03:30', '2026-10-25T00:30', '2026-12-31T23:59'])
      expect(instantToLondon(londonToInstant(value) ?? '')).toBe(value);
  });

  it('names London’s day, not that of the machine', () => {
    expect(londonDay('2026-06-30T23:30:00.000Z')).toBe('2026-07-01');
  });

  it('takes nothing that is no time', () => {
    expect(londonToInstant('')).toBeNull();
    expect(londonToInstant('yesterday')).toBeNull();
  });
});
