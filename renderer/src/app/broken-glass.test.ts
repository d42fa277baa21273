import { expect, it } from 'vitest';
import { brokenGlassLines } from './broken-glass.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const until = (displayName: string, hour: string) => ({
  displayName,
  until: `2026-11-20T${hour}:00:00.000Z`,
});

it('says who and until when, the first to end first, and nobody whose time is over', () => {
  expect(brokenGlassLines([], NOW)).toEqual([]);
  expect(brokenGlassLines([until('B', '20'), until('A', '14'), until('C', '12')], NOW)).toEqual([
    'Glass is broken: A may use a password until 20 Nov 2026, 14:00',
    'Glass is broken: B may use a password until 20 Nov 2026, 20:00',
  ]);
});

it('has at most three lines, and the last one counts the rest', () => {
  const five = ['A', 'B', 'C', 'D', 'E'].map((name, index) => until(name, String(14 + index)));
  expect(brokenGlassLines(five.slice(0, 3), NOW)).toHaveLength(3);
  const lines = brokenGlassLines(five, NOW);
  expect(lines).toHaveLength(3);
  expect(lines[2]).toBe('Glass is broken for 3 more accounts: see Users');
});
