import { describe, expect, it } from 'vitest';
import { NEIGHBOUR_ROWS, neighbourOffset, neighboursOf } from './neighbours.ts';

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

  it('reads at least half a block on each side of the place, and never before the start', () => {
    for (let place = 0; place < 400; place += 1) {
      const offset = neighbourOffset(place);
      expect(offset).toBeGreaterThanOrEqual(0);
      if (place >= 25) expect(place - offset).toBeGreaterThanOrEqual(Math.min(place, 25));
      expect(offset + NEIGHBOUR_ROWS - place).toBeGreaterThan(25);
    }
  });

  it('reads nothing new for most steps', () => {
    expect(neighbourOffset(149)).toBe(neighbourOffset(100));
    expect(neighbourOffset(-1)).toBe(0);
  });
});
