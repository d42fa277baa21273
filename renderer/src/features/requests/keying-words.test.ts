import { describe, expect, it } from 'vitest';
import { judgeKeying } from './keying-words.ts';

const now = new Date('2026-07-15T13:05:42.123Z');
const boxes = { keyedAt: '2026-07-15T14:05', startDate: '2026-07-15', endDate: '' };

describe('I have keyed this', () => {
  it('means this very moment when the box shows this minute', () => {
    expect(judgeKeying(boxes, now)).toEqual({
      ok: true,
      words: { keyedAt: '2026-07-15T13:05:42.123Z', startDate: '2026-07-15', endDate: null },
    });
  });

  it('reads an earlier time on London’s clock', () => {
    const judged = judgeKeying({ ...boxes, keyedAt: '2026-07-15T09:00', endDate: '2026-12-31' }, now);
    expect(judged).toMatchObject({ words: { keyedAt: '2026-07-15T08:00:00.000Z', endDate: '2026-12-31' } });
  });

  it.each([
    [{ keyedAt: '' }, 'keyedAt'],
    [{ keyedAt: '2026-07-15T14:06' }, 'keyedAt'],
    [{ startDate: '' }, 'startDate'],
    [{ endDate: '2026-07-14' }, 'endDate'],
  ] as const)('refuses %o', (change, field) => {
    expect(judgeKeying({ ...boxes, ...change }, now)).toMatchObject({ ok: false, field });
  });
});
