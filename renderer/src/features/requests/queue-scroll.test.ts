import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listHeight, QUEUE_ROW, scrollOnReturn } from './queue-scroll.ts';

describe('coming back to the queue', () => {
  it('is where it was when the row is in sight, or none is chosen', () => {
    expect(scrollOnReturn(400, 12, 424)).toBe(400);
    expect(scrollOnReturn(400, -1, 424)).toBe(400);
  });

  it('brings the row into sight when the person has gone on meanwhile', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(50_000),
        fc.integer({ min: 256, max: 2000 }),
        (was, selected, height) => {
          const top = scrollOnReturn(was, selected, height);
          expect(selected * QUEUE_ROW).toBeGreaterThanOrEqual(top);
          expect((selected + 2) * QUEUE_ROW).toBeLessThanOrEqual(top + height);
        },
      ),
    );
  });

  it('counts a row that is cut off at either edge as out of sight', () => {
    // 424 high: the head and 9.6 rows. Row 9 ends at 440 with the head, row 8 at 400.
    expect(scrollOnReturn(0, 8, 424)).toBe(0);
    expect(scrollOnReturn(0, 9, 424)).toBeGreaterThan(0);
    expect(scrollOnReturn(41, 1, 424)).toBe(0);
  });

  it('knows the height of the list', () => {
    expect(listHeight(800, 16)).toBe(424);
    expect(listHeight(500, 16)).toBe(256);
  });
});
