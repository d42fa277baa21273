import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDate,
  formatDayOrInstant,
  formatInstant,
  formatSecondsLeft,
  formatWait,
} from './format.ts';

describe('dates', () => {
  it('are the house form in London time, in winter and in summer', () => {
    expect(formatInstant('2026-03-03T14:05:00.000Z')).toBe('3 Mar 2026, 14:05');
    expect(formatInstant('2026-07-01T23:30:00Z')).toBe('2 Jul 2026, 00:30');
    expect(formatInstant('2026-09-30T11:00:00Z')).toBe('30 Sep 2026, 12:00');
  });

  it('of the calendar know no time zone', () => {
    expect(formatDate('2026-03-29')).toBe('29 Mar 2026');
    expect(formatDate('2026-01-01')).toBe('1 Jan 2026');
  });

  it('show what they cannot read as it is', () => {
    expect(formatInstant('soon')).toBe('soon');
    expect(formatDate('03/03/2026')).toBe('03/03/2026');
  });
});

describe('ages', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  it.each([
    ['2026-11-20T11:59:30Z', 'just now'],
    ['2026-11-20T11:59:00Z', '1 minute ago'],
    ['2026-11-20T11:01:00Z', '59 minutes ago'],
    ['2026-11-20T11:00:00Z', '1 hour ago'],
    ['2026-11-18T12:00:01Z', '47 hours ago'],
    ['2026-11-18T12:00:00Z', '2 days ago'],
    ['2026-11-20T13:00:00Z', 'in the future'],
    ['never', ''],
  ])('of %s is %s', (instant, age) => {
    expect(formatAge(instant, now)).toBe(age);
  });
});

describe('numbers', () => {
  it('count in words', () => {
    expect(formatCount(1, 'request')).toBe('1 request');
    expect(formatCount(0, 'request')).toBe('0 requests');
    expect(formatCount(50_000, 'try', 'tries')).toBe('50,000 tries');
  });

  it('give sizes one figure after the point', () => {
    expect(formatBytes(1)).toBe('1 byte');
    expect(formatBytes(999)).toBe('999 bytes');
    expect(formatBytes(1000)).toBe('1.0 kB');
    expect(formatBytes(999_960)).toBe('1.0 MB');
    expect(formatBytes(48_300_000)).toBe('48.3 MB');
  });

  it('say coarsely what is left, and exactly what must be waited', () => {
    expect(formatSecondsLeft(2)).toBe('a few seconds left');
    expect(formatSecondsLeft(38)).toBe('about 40 seconds left');
    expect(formatSecondsLeft(100)).toBe('about 2 minutes left');
    expect(formatWait(45)).toBe('45 seconds');
    expect(formatWait(60)).toBe('1 minute');
    expect(formatWait(125)).toBe('2 minutes 5 seconds');
  });
});

it('a day that came without a time is shown without one', () => {
  expect(formatDayOrInstant('2026-03-03')).toBe('3 Mar 2026');
  expect(formatDayOrInstant('2026-03-03T14:05:00.000Z')).toBe('3 Mar 2026, 14:05');
});
