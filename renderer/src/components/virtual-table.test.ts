import { describe, expect, it } from 'vitest';
import { stepTo } from './step-to.ts';
import { slicesFor } from './use-slices.ts';

describe('keys in a list', () => {
  it.each([
    ['j', -1, 0],
    ['j', 0, 1],
    ['ArrowDown', 9, 9],
    ['k', -1, 9],
    ['ArrowUp', 0, 0],
    ['k', 5, 4],
    ['Home', 7, 0],
    ['End', 0, 9],
    ['PageDown', 8, 9],
    ['PageDown', -1, 4],
    ['PageUp', 2, 0],
  ])('%s from row %i leads to row %i', (key, from, to) => {
    expect(stepTo(key, from, 10, 4)).toBe(to);
  });

  it('move nowhere in an empty list, nor by another key', () => {
    expect(stepTo('j', -1, 0, 4)).toBeNull();
    expect(stepTo('x', 3, 10, 4)).toBeNull();
  });
});

describe('slices in view', () => {
  it('cover the rows, both ends included', () => {
    expect(slicesFor(0, 0)).toEqual([0]);
    expect(slicesFor(0, 49)).toEqual([0]);
    expect(slicesFor(49, 50)).toEqual([0, 1]);
    expect(slicesFor(49_950, 49_999)).toEqual([999]);
    expect(slicesFor(-1, 10)).toEqual([0]);
  });
});
