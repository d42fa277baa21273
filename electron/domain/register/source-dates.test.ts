import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoDate, parseGoTimestamp, parseSourceInstant, parseSourceMoment } from './source-dates.ts';

describe('dates of the sources', () => {
  it.each([
    ['02-Nov-2026', '2026-11-02', null],
    ['2-NOV-2026 07:15', '2026-11-02', '07:15:00'],
    ['03/04/2026', '2026-04-03', null],
    ['29/02/2028 23:59', '2028-02-29', '23:59:00'],
    ['2026-11-02', '2026-11-02', null],
    ['2026-11-02T07:15:30', '2026-11-02', '07:15:30'],
    [' 2026-11-02 7:15 ', '2026-11-02', '07:15:00'],
  ])('reads %s', (text, date, time) => {
    expect(parseSourceMoment(text)).toEqual({ date, time, instant: null });
  });

  it('takes an offset as written', () => {
    expect(parseSourceMoment('2026-06-02T07:15:00+01:00')?.instant).toBe('2026-06-02T06:15:00.000Z');
    expect(parseSourceMoment('2026-06-02T07:15:00.5Z')?.instant).toBe('2026-06-02T07:15:00.000Z');
  });

  it.each([
    '29/02/2026',
    '31-Apr-2026',
    '02-Nov-26',
    '13/13/2026',
    '2026-11-02T25:00',
    '=1+1',
    '',
    '45231',
    '02-Foo-2026',
    '2026-11-02x',
  ])('does not guess at %s', (text) => expect(parseSourceMoment(text)).toBeNull());

  it('asks the caller for the instant of a local time', () => {
    expect(parseSourceInstant('02-Nov-2026 07:15', (local) => `<${local}>`)).toBe('<2026-11-02T07:15:00>');
  });

  it('reads every real GO date and no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2100 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (y, m, d) => {
          const text = `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`;
          const iso = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
          const at = new Date(`${iso}T00:00:00Z`);
          const real = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
          expect(parseGoDate(text)).toBe(real ? iso : null);
        },
      ),
    );
    expect(parseGoDate('2026110')).toBeNull();
    expect(parseGoTimestamp('20261102 071500')).toBe('2026-11-02T07:15:00');
    expect(parseGoTimestamp('20261102 241500')).toBeNull();
  });
});
