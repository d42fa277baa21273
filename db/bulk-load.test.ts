import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../electron/adapters/tabular-files/import-files.ts';
import { isEmpty, withoutIndexes } from './bulk-load.ts';
import { goName, goText, person, post, SMALL } from './staging/testing/go-text.ts';
import { createImportBench, type ImportBench } from './staging/testing/import-bench.ts';

let bench: ImportBench;
let files = 0;
beforeEach(() => {
  bench = createImportBench('bulk-load', createImportFiles());
});
afterEach(() => bench.close());

const write = (name: string, text: string): string => {
  const folder = join(bench.dir, `files-${++files}`);
  mkdirSync(folder);
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const go = (run: number, rows = SMALL) => bench.apply(write(goName({ run }), goText({ run }, rows)));
const HOLDINGS = [
  'Employee Number,User Name,Responsibility,Start Date,End Date',
  '10000002,919NAME01,919 Employee Self Service,01-Jan-2026,',
  '10000003,919NAME02,919 Employee Self Service,01-Jan-2026,',
  '',
].join('\n');
const holdings = () =>
  bench.apply(write('holdings.csv', HOLDINGS), { kind: 'holdings', takenAt: '2026-11-16T07:00:00.000Z' });
/** Every index with what it is made by, and what SQLite itself says of them beside their tables. */
const indexes = () => ({
  made: bench.store.db
    .prepare(`select name, tbl_name, sql from main.sqlite_schema where type = 'index' order by name`)
    .all(),
  sound: bench.store.db.pragma('integrity_check', { simple: true }),
});

describe('a table that is filled for the first time', () => {
  it('has all of its indexes afterwards, as they were made, and each row in them', async () => {
    const before = indexes();
    expect(before.sound).toBe('ok');
    await go(101);
    await holdings();
    expect(indexes()).toEqual(before);
    await go(102, [...SMALL, person(9004, 'New'), post(9004)]);
    expect(indexes()).toEqual(before);
    const { db } = bench.store;
    const found = db.prepare(
      'select count(*) from person indexed by person_employee_number where employee_number = ?',
    );
    expect(found.pluck().get('10000002')).toBe(1);
  });

  it('has them again after a cancel, wherever it comes', async () => {
    const before = { ...indexes(), state: bench.state() };
    let cancelled = 0;
    for (let look = 0; ; look += 1) {
      bench.cancelAt(look);
      const ended = await go(101).then(
        () => 'written',
        () => 'cancelled',
      );
      if (ended === 'written') break;
      cancelled += 1;
      expect({ ...indexes(), state: bench.state() }).toEqual(before);
    }
    // More looks than there are indexes of people and posts: one before each, and those of the reading.
    expect(cancelled).toBeGreaterThan(12);
  });

  it('keeps them where a row is refused', () => {
    const { db } = bench.store;
    const before = indexes();
    const insert = db.prepare("insert into location (from_import_id, location_id) values ('i', ?)");
    const twice = () =>
      withoutIndexes(db, 'location', () => {
        insert.run('280001');
        insert.run('280001');
      });
    expect(twice).toThrow('only where a fault brings them back');
    expect(() => db.transaction(twice)()).toThrow(/UNIQUE constraint failed/);
    expect(indexes()).toEqual(before);
    expect(isEmpty(db, 'location')).toBe(true);
  });
});

it('what a GO file states is in memory no longer while people are put in order', async () => {
  const { staging } = bench.context;
  const renew = staging.renewPeople.bind(staging);
  let left: unknown;
  Object.assign(staging, {
    renewPeople: (...given: Parameters<typeof renew>) => {
      renew(...given);
      left = bench.store.db
        .prepare("select name from temp.sqlite_schema where name like 'stage_%' or name = 'difference'")
        .all();
    },
  });
  await go(101);
  expect(left).toEqual([]);
  expect(bench.store.db.prepare('select count(*) from person_place').pluck().get()).toBe(3);
});
