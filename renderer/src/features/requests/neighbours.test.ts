import { describe, expect, it } from 'vitest';
import { NEIGHBOUR_REACH, neighbourOffset, neighboursOf } from './neighbours.ts';

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

describe('previous and next in the queue', () => {
  it('finds both sides by where the request is now, not by where it was', () => {
    expect(neighboursOf(rows, 10, 'b', 99)).toEqual({
      previous: { id: 'a', index: 10 },
      next: { id: 'c', index: 12 },
      place: 12,
    });
  });

  it('has no previous at the top and no next at the end', () => {
    expect(neighboursOf(rows, 0, 'a', 0).previous).toBeNull();
    expect(neighboursOf(rows, 0, 'd', 3).next).toBeNull();
  });

  it('goes on with the row that moved up when a step took the request out of the list', () => {
    expect(neighboursOf(rows, 0, 'gone', 2)).toEqual({
      previous: { id: 'b', index: 1 },
      next: { id: 'c', index: 2 },
      place: null,
    });
  });

  it('offers nothing to somebody who did not come from the queue', () => {
    expect(neighboursOf(rows, 0, 'gone', -1)).toEqual({ previous: null, next: null, place: null });
  });

  it('reads a slice around the place and never before the start', () => {
    expect(neighbourOffset(3)).toBe(0);
    expect(neighbourOffset(500)).toBe(500 - NEIGHBOUR_REACH);
  });
});
