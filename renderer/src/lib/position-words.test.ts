import { expect, it } from 'vitest';
import { positionWords } from './position-words.ts';

it('says ESR’s position name in words', () => {
  expect(positionWords('3560241|Ward Manager|021|General Surgery|')).toBe(
    'Ward Manager, General Surgery (021), 3560241',
  );
  expect(positionWords('3560241|Ward Manager||')).toBe('Ward Manager, 3560241');
});

it('leaves any other form as it is', () => {
  expect(positionWords('Ward Manager')).toBe('Ward Manager');
  expect(positionWords(null)).toBeNull();
});
