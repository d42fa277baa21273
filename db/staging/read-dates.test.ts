import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import type { DateChoices } from '../../electron/contract/imports.contract.ts';
import { inspectFile, readDates } from '../../electron/services/imports/inspect.service.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const HEADER = 'Employee Number,User Name,Responsibility,Start Date,End Date';
const TAKEN = '2026-11-09T07:00:00.000Z';

let bench: ImportBench;
beforeEach(() => {
  bench = createImportBench('read-dates', createImportFiles());
  mkdirSync(join(bench.dir, 'files'));
});
afterEach(() => bench.close());

const write = (rows: readonly string[], titles: readonly string[] = [], header = HEADER): string => {
  const path = join(bench.dir, 'files', 'holdings.csv');
  writeFileSync(path, [...titles, header, ...rows, ''].join('\r\n'));
  return path;
};
const row = (n: number, start: string, end = '') =>
  `${10000000 + n},919AABLE${n % 90},919 Local Reports,${start},${end}`;
const kept = () =>
  bench.store.db
    .prepare(
      'select employee_number as n, start_date as start, end_date as end from holding where until_import_id is null order by 1',
    )
    .all();
const importIt = (path: string, more: { dates?: DateChoices; takenAt?: string | null } = {}) =>
  bench.apply(path, { kind: 'holdings', takenAt: TAKEN, ...more });
const dates = async (path: string, said: DateChoices = {}) => {
  const { suggestion } = inspectFile(
    bench.context.files,
    bench.context.imports,
    { path, name: basename(path) },
    'holdings',
  );
  return readDates(
    bench.context.files,
    bench.context.imports,
    { path, name: basename(path) },
    { kind: 'holdings', mapping: suggestion, dates: said },
    () => setImmediate(),
  );
};
const lastEvent = () => bench.context.access.ledger.recent(1);

describe('dates of a file', () => {
  it('that can only be month first in one place are asked, and read as the person says', async () => {
    const path = write([row(2, '03/04/2026', '11/12/2026'), row(3, '11/25/2025')]);
    const found = await dates(path);
    expect(found.map(({ field, header, state, form }) => [field, header, state, form])).toEqual([
      ['startDate', 'Start Date', 'asks', null],
      ['endDate', 'End Date', 'asks', null],
    ]);
    const before = bench.state();
    await expect(importIt(path)).rejects.toMatchObject({
      code: 'FILE_REFUSED',
      message: expect.stringContaining('“Start date” and “End date”') as string,
    });
    expect(bench.state()).toBe(before);
    const said: DateChoices = { startDate: 'month-first', endDate: 'month-first' };
    expect((await dates(path, said)).map(({ state }) => state)).toEqual(['chosen', 'chosen']);
    await importIt(path, { dates: said });
    expect(kept()).toEqual([
      { n: '10000002', start: '2026-03-04', end: '2026-11-12' },
      { n: '10000003', start: '2025-11-25', end: null },
    ]);
    // What was said is remembered with the columns, and the next file is read by it.
    await importIt(write([row(2, '04/05/2026')]), { takenAt: '2026-11-16T07:00:00.000Z' });
    expect(kept()).toEqual([{ n: '10000002', start: '2026-04-05', end: null }]);
  });

  it('fail their rows where they are of the other order than the person said', async () => {
    const path = write([row(2, '03/04/2026'), row(3, '11/25/2025')]);
    const preview = bench.preview(path, {
      kind: 'holdings',
      takenAt: TAKEN,
      dates: { startDate: 'day-first' },
    });
    expect(preview.counts).toMatchObject({ read: 2, failed: 1, new: 1 });
    expect(preview.failures).toMatchObject([
      { lines: [3], reason: 'Start date has day and month the other way round than its column.' },
    ]);
  });

  it('are read as their whole column is written, though only its last row shows it', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => row(i + 1, '01/02/2026'));
    // Two-digit years behind 5,000 four-digit ones fail alone; and one day after the 12th settles the order.
    const path = write([...many, row(6001, '13/02/2026'), row(6002, '13/02/26')]);
    const [start] = await dates(path);
    expect(start).toMatchObject({ state: 'sure', form: 'day-first', unread: 1 });
    const late = write([...many.map((one) => one.replace('01/02/2026', '46023')), row(6001, '46024', '')]);
    const outcome = await importIt(late);
    expect(outcome.counts).toMatchObject({ read: 5001, failed: 0, new: 5001 });
    expect(kept()[0]).toMatchObject({ start: '2026-01-01' });
  });

  it('are read a second time where the first rows misled', async () => {
    const blank = Array.from({ length: 20 }, (_, i) => row(i + 1, '', '-'));
    const path = write([...blank, row(900, '01-JAN-26', '31-Dec-4712'), row(901, '11-FEB-26', 'N/A')]);
    const preview = bench.preview(path, { kind: 'holdings', takenAt: TAKEN });
    expect(preview.counts).toMatchObject({ read: 22, failed: 0, new: 22 });
    await importIt(path);
    expect(kept().slice(-2)).toEqual([
      { n: '10000900', start: '2026-01-01', end: null },
      { n: '10000901', start: '2026-02-11', end: null },
    ]);
  });

  it('in UTC are days in London, and in Oracle’s form this century’s', async () => {
    await importIt(write([row(2, '2026-03-31T23:00:00Z', '2027-06-30T23:00:00Z')]));
    expect(kept()).toEqual([{ n: '10000002', start: '2026-04-01', end: '2027-07-01' }]);
    await importIt(write([row(2, '01-JAN-26')]), { takenAt: '2026-11-16T07:00:00.000Z' });
    expect(kept()).toEqual([{ n: '10000002', start: '2026-01-01', end: null }]);
  });

  it('that could be either are read day first and said, and what cannot be read fails its row', () => {
    const path = write([row(2, '03/04/2026'), row(3, 'next week'), row(4, '01/01/2026', 'TBC')]);
    const preview = bench.preview(path, { kind: 'holdings', takenAt: TAKEN });
    expect(preview.remarks).toContainEqual(
      expect.stringContaining(
        '“Start date”: Day first: 03/04/2026 is 3 Apr 2026. Nothing in the column shows',
      ),
    );
    expect(preview.failures.map(({ lines, reason }) => [lines[0], reason])).toEqual([
      [3, 'Start date is not a date.'],
      [4, 'End date is not a date.'],
    ]);
  });
});

describe('the moment of a file', () => {
  const taken = (...titles: readonly string[]) =>
    bench.preview(write([row(2, '01-Jan-2026')], titles), { kind: 'holdings' }).takenAt;

  it('is its run date, its as-at, a quarter past midnight', () => {
    expect(taken('Report date range 01-Jan-2026 - 31-Dec-2026', 'Run: 18-Nov-2026 07:15')).toBe(
      '2026-11-18T07:15:00.000Z',
    );
    expect(taken('Run date: 18-Nov-2026 12:15:00 AM')).toBe('2026-11-18T00:15:00.000Z');
    expect(taken('"Generated 18/11/2026 07:15, data as at 16/11/2026"')).toBe('2026-11-16T00:00:00.000Z');
    expect(taken('Run date: 25-Oct-2026 01:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(() => taken('Report date range 01-Jan-2026 - 31-Dec-2026')).toThrow(/does not say when/);
  });

  it('says on the screen what a day alone counts for', () => {
    const path = write([row(2, '01-Jan-2026')], ['Data as at 03/04/2026']);
    const table = inspectFile(
      bench.context.files,
      bench.context.imports,
      { path, name: 'h.csv' },
      'holdings',
    );
    expect(table.takenAtWords).toBe(
      'The file gives a day, 3 Apr 2026, and no time: it counts from the first minute of that day. It could also mean 4 Mar 2026: correct it if so.',
    );
  });

  it('can be corrected by a person, who is told what that changes, and the ledger says that it was typed', async () => {
    const path = write([row(2, '01-Jan-2026')], ['Run: 18-Nov-2026 07:15']);
    const typed = bench.preview(path, { kind: 'holdings', takenAt: '2026-11-19T09:00:00.000Z' });
    expect(typed.remarks).toContain(
      'You say that it was taken on 19 Nov 2026, 09:00; the file says 18 Nov 2026, 07:15. No keyed request is proved otherwise by it.',
    );
    await importIt(path, { takenAt: '2026-11-19T09:00:00.000Z' });
    expect(JSON.stringify(lastEvent())).toContain('The time at which it was taken was typed.');
    await importIt(write([row(2, '01-Jan-2026')], ['Run: 20-Nov-2026 07:15']), { takenAt: null });
    expect(JSON.stringify(lastEvent())).not.toContain('typed');
  });
});

describe('holdings by username', () => {
  it('need no employee number, and keep what the file says of the account and of the grant', async () => {
    const header =
      'User Name,Responsibility,Start Date,End Date,User End Date,Type,Application,Assigned By,Assigned On,Last Updated By,Last Update Date,User Start Date';
    const path = write(
      [
        '919AABLE01,919 Local Reports,01-JAN-26,,,Direct,ESR,SYSADMIN,02-JAN-26,SYSADMIN,03-JAN-26,01-JAN-20',
        '919AABLE01,919 Local Reports,01-JAN-26,,30-JUN-26,Indirect,ESR,,,,,',
      ],
      [],
      header,
    );
    const outcome = await importIt(path);
    expect(outcome.counts).toMatchObject({ new: 2, failed: 0 });
    expect(
      bench.store.db
        .prepare(
          `select employee_number, username, grant_type, application, account_start, account_end, assigned_by, assigned_on,
             updated_by, updated_on from holding order by grant_type`,
        )
        .raw()
        .all(),
    ).toEqual([
      [
        '',
        '919AABLE01',
        'direct',
        'ESR',
        '2020-01-01',
        null,
        'SYSADMIN',
        '2026-01-02',
        'SYSADMIN',
        '2026-01-03',
      ],
      ['', '919AABLE01', 'indirect', 'ESR', null, '2026-06-30', null, null, null, null],
    ]);
  });

  it('say whose account is not known, and give no access by an account that is shut', async () => {
    const header = 'User Name,Responsibility,Start Date,User End Date';
    const path = write(
      [
        '919AABLE01,919 Local Reports,01-Jan-2026,30-Jun-2026',
        '919BBAKE01,919 Local Reports,01-Jan-2026,31-Dec-4712',
      ],
      [],
      header,
    );
    const preview = bench.preview(path, { kind: 'holdings', takenAt: TAKEN, startingPosition: true });
    expect(preview.unknown.map(({ value }) => value)).toEqual(['919AABLE01', '919BBAKE01']);
    await importIt(path);
    // A leaver whose account was shut and whose responsibilities were left open has no access.
    expect(bench.store.db.prepare('select username from starting_position').pluck().all()).toEqual([
      '919BBAKE01',
    ]);
  });

  it('fail a row that names nobody', () => {
    const path = write([
      '-,,919 Local Reports,01-Jan-2026,',
      'N/A,919AABLE01,919 Local Reports,01-Jan-2026,',
    ]);
    const preview = bench.preview(path, { kind: 'holdings', takenAt: TAKEN });
    expect(preview.counts).toMatchObject({ failed: 1, new: 1 });
    expect(preview.failures).toMatchObject([{ lines: [2], reason: 'Employee number is missing.' }]);
  });
});
