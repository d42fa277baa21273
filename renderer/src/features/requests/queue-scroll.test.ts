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

  it('knows the height of the list', () => {
    expect(listHeight(800, 16)).toBe(424);
    expect(listHeight(500, 16)).toBe(256);
  });
});
