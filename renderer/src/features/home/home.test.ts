import { describe, expect, it } from 'vitest';
import { shareOf } from './bars.ts';
import { greetingFor } from './greeting.ts';

describe('a bar', () => {
  it('is a share of the longest, and any count above 0 can be seen', () => {
    expect(shareOf(0, 10)).toBe(0);
    expect(shareOf(5, 10)).toBe(50);
    expect(shareOf(1, 5000)).toBe(2);
    expect(shareOf(10, 10)).toBe(100);
    expect(shareOf(0, 0)).toBe(0);
  });
});

describe('the greeting', () => {
  it('goes by London’s clock', () => {
    expect(greetingFor(new Date('2026-07-01T10:59:00Z'))).toBe('Good morning');
    expect(greetingFor(new Date('2026-07-01T11:00:00Z'))).toBe('Good afternoon');
    expect(greetingFor(new Date('2026-12-01T18:00:00Z'))).toBe('Good evening');
  });
});
