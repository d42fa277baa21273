import { expect, it } from 'vitest';
import { linesInWords } from './failures.tsx';

it('says where to look', () => {
  expect(linesInWords({ count: 1, lines: [4] })).toBe('4');
  expect(linesInWords({ count: 2, lines: [4, 9] })).toBe('4 and 9');
  expect(linesInWords({ count: 3, lines: [4, 9, 1200] })).toBe('4, 9 and 1,200');
  expect(linesInWords({ count: 1, lines: [11], lastLines: [1021] })).toBe('11 to 1,021');
  expect(linesInWords({ count: 2, lines: [4, 9], lastLines: [4, 12] })).toBe('4 and 9 to 12');
  expect(linesInWords({ count: 300, lines: [6, 7, 8, 9, 10] })).toBe('6, 7, 8, 9, 10 and 295 more');
});
