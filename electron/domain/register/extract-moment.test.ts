import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentChange, sayMoment, suggestTakenAt } from './extract-moment.ts';

const moment = (...rows: readonly string[]) => {
  const found = suggestTakenAt(rows.map((row) => row.split(',')));
  return found && `${found.date} ${found.time ?? ''}`.trim();
};

describe('the moment of an extract', () => {
  it.each([
    // A range is what was asked for, never when.
    ['2026-11-18 07:15:00', 'Report date range 01-Jan-2026 - 31-Dec-2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'From 01/01/2026 to 31/12/2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'Reporting period: 01.11.2026 - 30.11.2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'Between 01-Jan-2026 and 31-Dec-2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'Date from,01-Jan-2026,Date to,31-Dec-2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'Start Date: 01-Jan-2026', 'End date 31-Dec-2026', 'Run date,18-Nov-2026 07:15'],
    [
      '2026-11-18 07:15:00',
      'Effective from 01-Jan-2026',
      'Week ending 22-Nov-2026',
      'Run: 18-Nov-2026 07:15',
    ],
    [null, 'Report date range 01-Jan-2026 - 31-Dec-2026'],
    [null, 'Report period 2026-01-01 to 2026-12-31'],
    ['2026-11-18 07:15:00', 'Run Date: 20261118 071500'],
    ['2026-11-18 07:15:00', 'Run date: 18/11/2026 0715 hrs'],
    ['2026-11-18 07:15:00', 'Run date: 18/11/2026 at 07:15hrs.'],
    ['2026-11-18 19:15:00', 'Extracted 18 November 2026 1915 hours'],
    ['2026-11-18 07:15:00', 'Run date: 18-Nov-2026', 'Run time: 0715hrs'],
    // Of another run, or of the report's own making.
    [null, 'Next run: 25-Nov-2026'],
    [null, 'Next scheduled run date 25-Nov-2026'],
    ['2026-11-18 07:15:00', 'Previous run: 11-Nov-2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'Prior extract date,11-Nov-2026', 'Run: 18-Nov-2026 07:15'],
    ['2026-11-18 07:15:00', 'Template created 01/02/2020', 'Run date: 18/11/2026 07:15'],
    ['2026-11-18 07:15:00', 'Report definition last updated 12/03/2024', 'Run date: 18/11/2026 07:15'],
    // A quarter past midnight.
    ['2026-11-18 00:15:00', 'Run date: 18-Nov-2026 12:15:00 AM'],
    ['2026-11-18 12:15:00', 'Run date: 18-Nov-2026 12:15 pm'],
    ['2026-11-18 19:15:00', 'Run date: 18/11/2026 7:15PM'],
    ['2026-11-18 07:00:00', 'Printed 18 November 2026 at 7 am'],
    // What it is as at beats when it was made.
    ['2026-11-16', 'Generated 18/11/2026 07:15, data as at 16/11/2026'],
    ['2026-11-16', 'Data as at 16/11/2026, generated 18/11/2026 07:15'],
    ['2026-11-16 06:00:00', 'Printed: 18-Nov-2026 09:00', 'Last refreshed 16-Nov-2026 06:00'],
    ['2026-11-16 06:00:00', 'Run date: 18-Nov-2026 09:00', 'Position as at 16th November 2026, 06:00'],
    ['2026-11-16', 'Run date: 18-Nov-2026 09:00', 'As of: 2026-11-16'],
    ['2026-11-16', 'Effective Date: 16-NOV-26', 'Report date: 18-NOV-26 07:15'],
    // And never what is still to come when it was made.
    ['2026-11-18 07:15:00', 'Generated 18/11/2026 07:15, as at 30/11/2026'],
    // Of when it was run and when it was printed, the run.
    ['2026-11-16 07:15:00', 'Printed 18-Nov-2026 09:00', 'Run date: 16-Nov-2026 07:15'],
    ['2026-11-16 07:15:00', 'Print date: 18-Nov-2026 09:00', 'Extracted on 16-Nov-2026 07:15'],
    // The time beside, before or below its date.
    ['2026-11-18 07:15:00', 'Run Date:,18-Nov-2026,Run Time:,07:15'],
    ['2026-11-18 07:15:00', 'Run Date: 18-Nov-2026', 'Run time: 07:15'],
    ['2026-11-18 07:15:00', 'Report run at 07:15 on 18-Nov-2026'],
    ['2026-11-18 07:15:00', 'Run: Wed 18 Nov 2026 07.15'],
    ['2026-11-18 07:15:30', 'Extract taken: 2026-11-18T07:15:30'],
    ['2026-11-18', 'Report date: 18.11.26'],
    ['2026-11-25', 'Run date: 11/25/2026'],
    // Nothing that says when.
    [null, 'Active Responsibilities', 'All staff'],
    [null, 'Version 2.1, revised 12-Mar-2019'],
    [null, 'Active Responsibilities 12345678'],
  ])('is %s of %j', (expected, ...rows) => {
    expect(moment(...(rows as string[]))).toBe(expected);
  });

  it('says from which row it comes, and where it could be another day', () => {
    expect(suggestTakenAt([['ESR'], ['Run date: 03/04/2026 07:15', '']])).toMatchObject({
      date: '2026-04-03',
      from: 'Run date: 03/04/2026 07:15',
      otherwise: '2026-03-04',
    });
    expect(suggestTakenAt([['Run date: 18/11/2026']])?.otherwise).toBeNull();
    expect(suggestTakenAt([['Run: 2026-11-18T00:30:00Z']])?.instant).toBe('2026-11-18T00:30:00.000Z');
  });

  it('is the as-at whatever else stands around it, in any order', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((d) => `${String(d).padStart(2, '0')}-Oct-2026`);
    const asAt = fc.constantFrom('As at', 'Data as at:', 'position as at', 'As of', 'Snapshot date:');
    const noise = fc.constantFrom(
      'Run date: 20-Nov-2026 07:15',
      'Generated 21-Nov-2026',
      'Date range 01-Jan-2020 - 31-Dec-2030',
      'From 01-Jan-2020 to 31-Dec-2030',
      'Start date 01-Jan-2020',
      'Active Responsibilities',
    );
    fc.assert(
      fc.property(day, asAt, fc.array(noise, { maxLength: 4 }), fc.nat(4), (at, label, rows, where) => {
        const all: string[] = [...rows];
        all.splice(Math.min(where, rows.length), 0, `${label} ${at}`);
        expect(moment(...all)).toBe(`2026-10-${at.slice(0, 2)}`);
      }),
    );
  });
});

describe('what a typed moment changes', () => {
  const keyed = ['2026-11-17T10:00:00.000Z', '2026-11-18T10:00:00.000Z', '2026-11-19T10:00:00.000Z'];

  it('counts the keyings it proves, and those it leaves', () => {
    const later = momentChange(keyed, '2026-11-17T07:15:00.000Z', '2026-11-20T09:00:00.000Z');
    expect(later).toEqual({ proved: 3, left: 0 });
    expect(sayMoment('2026-11-17T07:15:00.000Z', '2026-11-20T09:00:00.000Z', later)).toBe(
      'You say that it was taken on 20 Nov 2026, 09:00; the file says 17 Nov 2026, 07:15. 3 keyed requests would be proved that would not be.',
    );
    const earlier = momentChange(keyed, '2026-11-18T12:00:00.000Z', '2026-11-17T12:00:00.000Z');
    expect(sayMoment('2026-11-18T12:00:00.000Z', '2026-11-17T12:00:00.000Z', earlier)).toContain(
      '1 keyed request would wait for the next extract.',
    );
    // A keying at the very moment is not proved by it.
    expect(momentChange(keyed, null, '2026-11-18T10:00:00.000Z')).toEqual({ proved: 1, left: 0 });
  });

  it('is the difference of what each proves', () => {
    const at = fc
      .date({ min: new Date('2026-11-01'), max: new Date('2026-11-30'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(fc.array(at), at, at, (all, own, typed) => {
        const by = (moment: string) => all.filter((one) => one < moment).length;
        const { proved, left } = momentChange(all, own, typed);
        expect(proved - left).toBe(by(typed) - by(own));
        expect(Math.min(proved, left)).toBe(0);
      }),
    );
  });
});
