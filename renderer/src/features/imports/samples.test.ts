import { expect, it } from 'vitest';
import { samplesOf } from './samples.ts';

const table = {
  headers: ['No', 'URP', 'Empty'],
  sample: [
    ['1', '=CMD()', ''],
    ['1', 'x'.repeat(60)],
    ['2', 'b', ' '],
  ],
};

it('shows different values of the chosen column as text', () => {
  expect(samplesOf(table, 'No')).toBe('1, 2');
  expect(samplesOf(table, 'URP')).toBe(`=CMD(), ${'x'.repeat(40)}…, b`);
});

it('says that a column is empty, and nothing without a column', () => {
  expect(samplesOf(table, 'Empty')).toBe('no values');
  expect(samplesOf(table, undefined)).toBe('');
  expect(samplesOf(table, 'Gone')).toBe('');
});
